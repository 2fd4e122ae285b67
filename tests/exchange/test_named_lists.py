"""A named list on two laptops: it travels with its people, is one record a person, and outlives their erasure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from progressus_desktop.services import attendance, deciding, erasure, records
from progressus_desktop.store import check, query, search
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from tests.exchange.laptops import send, swap

EVENT = {
    "title": "Szkolenie", "kind": "workshop", "status": "held", "date": "2026-05-06", "locality": "Zmyślona",
    "course": "Rozmowa o pracę.", "participants": {"pwd": {"f": 3}}, "counted_by": "list",
}  # fmt: skip


@pytest.fixture
def event(office: Workspace, tester: Workspace, tmp_path: Path) -> str:
    """An event with two people on its list, on both laptops."""
    (project,) = query.window(office, "project", View(), 0)
    records.save(office, "project", project.id, {"named_attendance": True})
    swap(tester, office, tmp_path / "stick")
    made = records.add_many(tester, "event", [EVENT])[0]
    for last, sex in (("Kanarkowska", "f"), ("Nijaki", "m")):
        attendance.add(tester, made, {"last_name": last, "first_name": "Lu"}, role="ngo_staff", sex=sex, signed=True)
    swap(tester, office, tmp_path / "stick")
    return made


def names(ws: Workspace, event: str) -> list[str]:
    return [each.name for each in attendance.listed(ws, event)]


def matrix(ws: Workspace, event: str) -> Any:
    record = records.get(ws, "event", event)
    assert record is not None
    return record.fields["participants"]


def test_the_list_travels_with_its_people_and_the_numbers_follow_there_too(office: Workspace, event: str) -> None:
    assert names(office, event) == ["Kanarkowska Lu", "Nijaki Lu"]
    assert matrix(office, event) == {"ngo_staff": {"f": 1, "m": 1}}


def test_an_erased_person_stays_on_the_list_without_a_name_and_goes_on_counting(
    office: Workspace, tester: Workspace, event: str, tmp_path: Path
) -> None:
    chosen = next(each for each in attendance.listed(office, event) if each.name.startswith("Kanarkowska"))
    erasure.erase(office, "person", str(chosen.fields["person"]), "prośba osoby")
    send(office, tester, tmp_path / "stick")
    for ws in (office, tester):
        assert names(ws, event) == ["", "Nijaki Lu"]
        (left, _other) = attendance.listed(ws, event)
        assert (left.fields["role"], left.fields["sex"], left.fields["present"]) == ("ngo_staff", "f", "yes")
        assert matrix(ws, event) == {"ngo_staff": {"f": 1, "m": 1}}
        assert not search.everywhere(ws, "Kanarkowska")
        assert check.check(ws).ok


def test_a_person_put_on_the_list_on_two_laptops_stands_there_once(
    office: Workspace, tester: Workspace, event: str, tmp_path: Path
) -> None:
    person = records.save(tester, "person", None, {"last_name": "Próbna", "first_name": "Olga"}, draft=False).id
    swap(tester, office, tmp_path / "stick")
    first = attendance.add(tester, event, person, role="volunteer")
    second = attendance.add(office, event, person, role="employer")
    assert first == second
    swap(tester, office, tmp_path / "stick")
    for ws in (office, tester):
        assert names(ws, event).count("Próbna Olga") == 1
        assert [each.field for each in deciding.conflicts(ws) if each.record == first] == ["role"]
