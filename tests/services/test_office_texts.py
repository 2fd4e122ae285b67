"""What the office writes: words of code lists, expected audiences, talking points; and its indicators."""

from __future__ import annotations

import pytest

from progressus_desktop.domain import codelists
from progressus_desktop.domain.code_text import identity
from progressus_desktop.errors import AccessError, ValidationError
from progressus_desktop.services import indicators, records, texts, undoing
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import speaking

T4 = {"list": "topic", "item": "T4", "short_pl": "Klastry", "expected_audiences": ["media", "ngo_staff"]}


def test_the_office_s_words_take_the_place_of_the_program_s_and_undo_takes_them_back(lone: Workspace) -> None:
    (made,) = records.add_many(lone, "code_text", [T4])
    assert made == identity(T4)
    assert (codelists.short("topic", "T4"), codelists.expected_audiences("T4")) == ("Klastry", ("media", "ngo_staff"))
    with speaking("en"):
        assert codelists.short("topic", "T4") == "Forming clusters"
    assert codelists.shipped("topic", "T4").startswith("Możliwości")
    undoing.undo(lone)
    assert codelists.short("topic", "T4") == "Tworzenie klastrów"
    assert set(codelists.expected_audiences("T4")) == {"ngo_staff", "local_government"}


def test_there_is_one_text_for_a_code_and_writing_it_again_brings_it_back(lone: Workspace) -> None:
    records.add_many(lone, "code_text", [T4])
    saved = records.save(lone, "code_text", None, {"list": "topic", "item": "T4", "short_pl": "Tworzenie"})
    assert saved.id == identity(T4)
    assert query.total(lone, "code_text", View()) == 1
    records.remove(lone, "code_text", saved.id)
    again = records.save(lone, "code_text", None, {"list": "topic", "item": "T4", "short_pl": "Wspólnie"})
    found = query.get(lone, "code_text", again.id)
    assert found is not None
    assert (found.id, found.deleted, codelists.short("topic", "T4")) == (saved.id, False, "Wspólnie")


def test_another_code_means_another_record(lone: Workspace) -> None:
    first = records.save(lone, "code_text", None, T4).id
    moved = records.save(lone, "code_text", first, {"item": "T3"})
    assert moved.id == identity({"list": "topic", "item": "T3"}) != first
    assert [row.values["item"] for row in query.window(lone, "code_text", View(), 0)] == ["T3"]
    assert codelists.short("topic", "T4") == "Tworzenie klastrów"


def test_a_text_needs_a_code_of_its_list(lone: Workspace) -> None:
    with pytest.raises(ValidationError) as refused:
        records.add_many(lone, "code_text", [{**T4, "item": "T9"}])
    assert refused.value.field == "item"


def test_the_newest_talking_point_is_read_in_the_language_in_force(lone: Workspace) -> None:
    row = {"topic": "T3", "audience": "employer", "text_pl": "Do pracodawcy:", "text_en": "To an employer:"}
    records.add_many(lone, "talking_point", [row])
    found = texts.talking_point(lone, "T3", "employer")
    assert found is not None
    assert found.text == "Do pracodawcy:"
    with speaking("en"):
        english = texts.talking_point(lone, "T3", "employer")
    assert english is not None
    assert english.text == "To an employer:"
    assert texts.talking_point(lone, "T4", "employer") is None
    hints = records.problems(lone, "talking_point", "", row)
    assert [each.code for each in hints] == ["duplicate"]


def test_office_records_are_the_office_s_once_a_workspace_has_joined(lone: Workspace) -> None:
    (made,) = records.add_many(lone, "talking_point", [{"topic": "T3", "audience": "media", "text_pl": "Do mediów:"}])
    record = query.get(lone, "talking_point", made)
    assert record is not None
    assert record.space == "office"
    lone.set_setting("office_key", "00" * 32)
    with pytest.raises(AccessError):
        records.save(lone, "talking_point", made, {"text_pl": "Inaczej:"})


def test_the_starter_set_has_one_indicator_a_rule_and_is_added_once(lone: Workspace) -> None:
    made = indicators.add_starter(lone)
    assert len(made) == len(codelists.codes("indicator_rule")) - 1
    assert indicators.add_starter(lone) == []
    codes = [row.values["code"] for row in query.window(lone, "indicator", View(order="code"), 0)]
    assert codes[:2] == ["W01", "W02"]
    assert query.resolve(lone, "indicator", "w01") == made[0]
    assert query.get(lone, "indicator", made[0]).fields["code"] == "W01"  # type: ignore[union-attr]  # just made


def test_figures_come_from_ready_records_of_one_s_own(lone: Workspace) -> None:
    event = {
        "title": "Targi", "kind": "fair", "status": "held", "date": "2026-11-14", "locality": "Wzorów",
        "course": "Było dobrze.", "participants": {"pwd": {"f": 2, "m": 1}},
    }  # fmt: skip
    ready, _draft = records.add_many(lone, "event", [event]), records.add_many(lone, "event", [event], draft=True)
    indicators.add_starter(lone)
    found = {each.rule: each for each in indicators.all_of(lone, "2026-11-01", "2026-11-30", lone.space)}
    assert (found["events_held"].figure.value, found["recipients"].figure.value) == (1, 3)
    assert [each.record for each in found["recipients"].figure.sources] == ready
    (target,) = [row.id for row in query.window(lone, "indicator", View(where=(("rule", "recipients"),)), 0)]
    records.save(lone, "indicator", target, {"target": 12})
    reached = {each.rule: each.percent for each in indicators.all_of(lone, "2026-11-01", "2026-11-30")}
    assert (reached["recipients"], reached["events_held"]) == (25, None)
    assert indicators.all_of(lone, "2026-11-01", "2026-11-30", "somebody")[0].figure.value == 0
