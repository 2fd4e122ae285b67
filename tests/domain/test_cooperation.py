"""Offers, clusters, joint actions, tasks, observations: what their rules say, and what follows from them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from progressus_desktop.domain import catalog, cluster, membership, task
from progressus_desktop.domain.cooperation import cooperation_now, sharing
from progressus_desktop.domain.fields import ANY, Values
from progressus_desktop.domain.validation import check
from tests.domain.builders import Shelf

DAY = date(2026, 11, 23)
GOOD: dict[str, dict[str, Any]] = {
    "offer": {"partner": "p1", "category": "transport", "new_since_project": False},
    "cluster": {
        "name": "Nad Strugą", "area": ["3215052"], "stage": "idea",
        "stage_dates": [{"stage": "idea", "date": "2026-03-10"}],
    },
    "membership": {
        "cluster": "c1", "partner": "p1", "role": "member", "date_from": "2026-03-10", "cooperation_before": "none",
    },
    "action": {"title": "Wspólny dowóz"},
    "task": {"what": "Zadzwonić", "due": "2026-11-30"},
    "observation": {"date": "2026-11-18", "kind": "problem", "text": "Nie wiadomo, kto płaci.", "partner": "p1"},
}  # fmt: skip


def told(entity: str, **changes: Any) -> list[tuple[str, str, str]]:
    values = {name: value for name, value in (GOOD[entity] | changes).items() if value is not None}
    return [(each.field, each.level.value, each.code) for each in check(catalog.entity(entity), values, Shelf())]


@pytest.mark.parametrize("entity", GOOD)
def test_a_good_record_has_no_problems_and_an_empty_one_names_what_it_needs(entity: str) -> None:
    assert told(entity) == []
    missing = {each.field for each in check(catalog.entity(entity), {}, Shelf()) if each.code == "required"}
    required = {field.name for field in catalog.entity(entity).fields if field.required}
    assert missing - {"partner"} == required - {"partner"}


def test_the_required_fields_are_those_of_the_domain() -> None:
    wanted = {
        "offer": "partner category new_since_project", "cluster": "name stage area",
        "membership": "cluster partner role date_from cooperation_before", "action": "title", "task": "what due",
        "observation": "date kind text",
    }  # fmt: skip
    for entity, names in wanted.items():
        assert {f.name for f in catalog.entity(entity).fields if f.required} == set(names.split()), entity


@pytest.mark.parametrize(
    ("entity", "changes", "problem"),
    [
        ("offer", {"new_since_project": True}, ("new_since", "warning", "new_since_missing")),
        ("offer", {"description": "dla osób z autyzmem i padaczką"}, ("description", "warning", "health_data")),
        ("cluster", {"stage": "declaration"}, ("stage_dates", "warning", "stage_date_missing")),
        (
            "cluster",
            {
                "stage_dates": [
                    {"stage": "idea", "date": "2026-05-10"},
                    {"stage": "initiative_group", "date": "2026-03-01"},
                ]
            },
            ("stage_dates", "warning", "stages_in_order"),
        ),
        ("membership", {"date_to": "2025"}, ("date_to", "error", "dates_in_order")),
        ("action", {"state": "finished"}, ("real_result", "warning", "result_missing")),
        ("action", {"date_from": "2026-05-02", "date_to": "2026-05-01"}, ("date_to", "error", "dates_in_order")),
        ("task", {"state": "open", "done_on": "2026-11-20"}, ("done_on", "warning", "open_with_day")),
        ("observation", {"partner": None}, ("partner", "error", "required")),
        ("observation", {"partner": None, "size": "micro"}, ("partner", "error", "required")),
        ("observation", {"weight": 6}, ("weight", "error", "weight")),
    ],
)
def test_what_does_not_agree_is_said(entity: str, changes: dict[str, Any], problem: tuple[str, str, str]) -> None:
    assert told(entity, **changes) == [problem]


def test_size_and_reach_may_stand_for_an_organisation() -> None:
    assert told("observation", partner=None, size="micro", reach="gmina") == []


def test_size_and_reach_of_an_observation_are_the_partner_s() -> None:
    compute = {each.name: each.compute for each in catalog.entity("observation").derived}
    shelf = Shelf({("partner", "p1"): {"size": "small", "reach": "powiat"}})
    typed = {"partner": "p1", "size": "micro", "reach": "village"}
    assert [compute[name](typed, shelf) for name in ("size_met", "reach_met")] == ["small", "powiat"]
    assert compute["size_met"]({"size": "micro"}, shelf) == "micro"


def test_a_stage_has_a_number_and_the_day_it_was_reached() -> None:
    dates = [
        {"stage": "idea", "date": "2026-03-10"},
        {"stage": "rules_and_coordinator", "date": "2026-09-01"},
        {"stage": "ended", "date": "2027-01-01"},
    ]
    assert [cluster.stage_number(each) for each in ("idea", "rules_and_coordinator", "dreamt")] == [1, 5, 0]
    assert cluster.reached_on({"stage_dates": dates}, "declaration") == date(2026, 9, 1)
    assert cluster.reached_on({"stage_dates": dates[:1]}, "declaration") is None
    assert cluster.reached_on({"stage_dates": dates[2:]}, "declaration") is None


def test_a_partial_end_counts_to_its_last_day() -> None:
    ends = (None, "2026", "2026-10", "2026-11-23", "2026-11-22")
    holds = [membership.is_member({"date_from": "2026-03-10", "date_to": until}, DAY) for until in ends]
    assert holds == [True, True, False, True, False]
    assert not membership.is_member({"date_from": "2026-12-01"}, DAY)


def test_members_give_and_seek_and_what_nobody_gives_is_a_gap() -> None:
    offers = [
        {"partner": "osp", "category": "transport"},
        {"partner": "osp", "category": "equipment", "valid_to": "2026-10"},
        {"partner": "zaz", "category": "internship", "valid_to": "2026"},
        {"partner": "stranger", "category": "lawyer"},
    ]
    needs = {"us": ["transport", "personal_assistance"], "zaz": ["transport", "internship"], "osp": []}
    found = sharing(("us", "osp", "zaz"), offers, needs, DAY)
    assert (found.gives["osp"], found.seeks["zaz"]) == (frozenset({"transport"}), frozenset({"transport"}))
    assert [(each.category, each.givers, each.seekers) for each in found.matches] == [
        ("transport", ("osp",), ("us", "zaz"))
    ]
    assert [(each.category, each.seekers) for each in found.gaps] == [("personal_assistance", ("us",))]
    assert found.columns == ("internship", "personal_assistance", "transport")
    assert "lawyer" in found.missing
    assert "equipment" in found.missing


def test_cooperation_now_comes_from_joint_actions() -> None:
    actions: list[Values] = [
        {"partners": ["us", "osp"], "state": "finished"},
        {"leader": "zaz", "employers": ["us"], "state": "in_progress"},
        {"partners": ["osp"], "state": "finished"},
        {"partners": ["osp", "zaz"], "state": "planned"},
    ]
    assert [cooperation_now(each, actions) for each in ("us", "osp", "pup")] == ["steady", "occasional", "none"]


def test_a_task_is_about_a_record_of_any_type() -> None:
    shelf = Shelf(
        {
            (ANY, "e1"): {"entity": "event", "title": "Targi", "date": "2026-11-14"},
            (ANY, "p1"): {"entity": "partner", "name": "Jutrzenka"},
            (ANY, "o1"): {"entity": "offer", "category": "transport", "partner": "p1"},
        }
    )
    assert [task.about({"record": each}, shelf) for each in ("e1", "p1", "o1", "gone", None)] == [
        "Targi, 14.11.2026", "Jutrzenka", None, None, None,
    ]  # fmt: skip


def test_the_id_of_a_source_s_task_is_the_same_on_every_laptop() -> None:
    event = "01890000-0000-7000-8000-000000000001"
    assert task.source_id(event, "0a1b2c3d") == task.source_id(event, "0a1b2c3d")
    assert task.source_id(event, "0a1b2c3d") != task.source_id(event, "0a1b2c3e")
    assert task.source_id(event, "next_step")[14] == "5"
