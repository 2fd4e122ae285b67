"""A list that shows words of a language is ordered by these words, also where the stored keys are of another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from progressus_desktop.domain import codelists, indicator
from progressus_desktop.domain.sorting import sort_key
from progressus_desktop.services import indicators, records
from progressus_desktop.store import bulk, query, spoken
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import LANGUAGES, speaking
from tests.exchange.laptops import an_office

KINDS = ("kgw", "foundation", "employer", "school", "gmina", "media")


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_are_ordered_by_the_words_shown_up_and_down_and_each_has_its_place(ws: Workspace, language: str) -> None:
    rows = [{"name": f"Partner {n}", "kind": kind, "locality": "Wzorów"} for n, kind in enumerate(KINDS * 3)]
    records.add_many(ws, "partner", [*rows, {"name": "Bez rodzaju", "locality": "Wzorów"}], draft=True)
    with speaking(language):
        for order in ("kind", "-kind"):
            view = View(order=order)
            found = query.window(ws, "partner", view, 0)
            kinds = [str(row.values["kind"]) for row in found if row.values["kind"]]
            words = [codelists.word("partner_kind", kind) for kind in kinds]
            assert words == sorted(words, key=sort_key, reverse=order.startswith("-"))
            assert (found[-1] if order.startswith("-") else found[0]).values["kind"] is None
            assert [query.position(ws, "partner", view, row.id) for row in found] == list(range(len(found)))
            ids = [row.id for row in found]
            tail = query.window(ws, "partner", view, 15, 4)
            assert [row.id for row in tail] == ids[15:]


def test_the_starter_indicators_are_ordered_by_the_names_shown_and_own_names_stand_among_them(tmp_path: Path) -> None:
    office = an_office(tmp_path / "office")
    try:
        own = {"code": "X1", "name": "Meetings of our own", "unit": "meetings", "rule": "manual"}
        records.add_many(office, "indicator", [*indicators.starter(), own])
        with speaking("en"):
            found = [indicator.words_of(row.values)[0] for row in query.window(office, "indicator", View(), 0)]
            assert len(found) > 5
            assert found == sorted(found, key=sort_key)
            assert own["name"] in found
            with office.reading() as connection:
                view = View(order="-name")
                listed = [indicator.words_of(each)[0] for each in bulk.listed(connection, "indicator", view)]
            assert listed == found[::-1]
    finally:
        office.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stage_that_is_worked_out_is_ordered_by_its_word_too(ws: Workspace, language: str) -> None:
    stages = ("identified", "contacted", "talks", "declared", "agreement", "active")
    rows = [
        {"name": f"Partner {n}", "relations": [{"stage": stage, "date": "2026-03-01"}]}
        for n, stage in enumerate(stages)
    ]
    records.add_many(ws, "partner", rows, draft=True)
    with speaking(language):
        found = [str(row.values["stage"]) for row in query.window(ws, "partner", View(order="stage"), 0)]
        words = [codelists.word("stage", each) for each in found]
    assert len(words) == len(stages)
    assert words == sorted(words, key=sort_key)


def test_where_there_are_very_many_records_the_index_serves_alone(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"name": f"Partner {n}", "kind": kind, "locality": "Wzorów"} for n, kind in enumerate(KINDS)]
    records.add_many(ws, "partner", rows, draft=True)
    polish = [row.id for row in query.window(ws, "partner", View(order="kind"), 0)]
    monkeypatch.setattr(spoken, "MOST", 3)
    with speaking("en"):
        assert [row.id for row in query.window(ws, "partner", View(order="kind"), 0)] == polish
