"""Reading many records at once says of each what reading it alone says."""

from __future__ import annotations

import pytest

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.store import bulk, query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from tests.builders import a_partner, an_event, an_interaction, write


@pytest.fixture
def filled(ws: Workspace) -> Workspace:
    partner = a_partner(
        ws, needs=["transport", "training"], in_project=True, members=3,
        relations=[
            {"key": "00000002", "organisation": ws.space, "stage": "talks", "date": "2026-10-01", "position": 2048},
            {"key": "00000001", "organisation": ws.space, "stage": "declared", "date": "2026-11-01", "position": 1024},
        ],
    )  # fmt: skip
    other = a_partner(ws)
    for number in range(12):
        an_event(
            ws, title=f"Wydarzenie {number}", date=f"2026-11-{number + 1:02}", partners=sorted([partner, other]),
            participants={"pwd": {"f": number + 1}}, lead_organiser=partner,
            topics=[
                {"topic": "T3", "depth": "workshop", "audience": ["employer", "ngo_staff"]},
                {"topic": "T1", "depth": "presented"},
            ],
            agenda=[{"key": "0000000b", "item": "Otwarcie"}, {"key": "0000000a", "item": "Rozmowy", "time": "10:00"}],
            materials=[{"key": "0000000c", "what": "ulotka", "count": 3, "marked": True}],
        )  # fmt: skip
    an_interaction(ws, partner, topics=[{"topic": "T2"}])
    write(ws, "person", {"last_name": "Łoś", "consents": [{"purpose": "image:all", "state": "given"}]})
    return ws


def _alone(ws: Workspace, entity: str, record_id: str) -> dict[str, object]:
    record = query.get(ws, entity, record_id)
    assert record is not None
    derived = {name: value for name, value in record.derived.items() if value is not None}
    common = {"id": record.id, "code": record.code, "entry": record.entry, "space": record.space}
    return {name: value for name, value in {**record.fields, **derived, **common}.items() if value not in ("", None)}


@pytest.mark.parametrize("entity", sorted(ENTITIES))
def test_what_comes_in_bulk_is_what_comes_alone(filled: Workspace, entity: str) -> None:
    view = View(in_project=True) if ENTITIES[entity].has("in_project") else View()
    with filled.reading() as connection:
        found = list(bulk.listed(connection, entity, view))
    assert found or entity not in {"event", "partner", "interaction", "person"}
    for values in found:
        alone = _alone(filled, entity, str(values["id"]))
        assert {name: value for name, value in values.items() if value != ""} | {"entry": alone["entry"]} == alone


def test_a_list_comes_in_its_order_and_within_its_period(filled: Workspace) -> None:
    with filled.reading() as connection:
        found = list(bulk.listed(connection, "event", View(order="-date", period=("2026-11-03", "2026-11-05"))))
    assert [values["date"] for values in found] == ["2026-11-05", "2026-11-04", "2026-11-03"]


def test_records_that_refer_to_one_are_found_by_single_and_by_many_references(filled: Workspace) -> None:
    with filled.reading() as connection:
        partner = next(iter(bulk.listed(connection, "partner", View(in_project=True))))["id"]
        for names in (["partners"], ["lead_organiser"], ["partners", "lead_organiser", "host"]):
            found = list(bulk.linked(connection, "event", names, str(partner)))
            assert len(found) == 12
            assert [values["id"] for values in found] == sorted(str(values["id"]) for values in found)
