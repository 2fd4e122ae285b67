"""The most restrictive consent holds at once, whoever wrote last, and a person is asked (domain.md, section 10)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from progressus_desktop.services import consents, deciding, merging, records
from progressus_desktop.store import check, query
from progressus_desktop.store.workspace import Workspace
from tests.builders import write
from tests.exchange.laptops import send, swap

IMAGE = "image:all"
STATES = ("given", "refused", "withdrawn", "objected")
"""Mildest first."""


def a_person(ws: Workspace, state: str = "given", **more: Any) -> str:
    said = [{"purpose": IMAGE, "state": state}] if state else []
    return write(ws, "person", {"entry": "ready", "last_name": "Zgodna", "consents": said, **more})


def state(ws: Workspace, person: str) -> str:
    found: Mapping[str, Any] = query.lookup(ws).record("person", person) or {}
    (said,) = [each for each in found.get("consents") or () if each["purpose"] == IMAGE]
    return str(said["state"])


def pass_time(ws: Workspace) -> None:
    for _time in range(100):
        ws.clock.ticked()


@pytest.mark.parametrize("last", ["mild", "strict"])
def test_two_laptops_say_different_things_and_the_stricter_one_holds_on_both(
    office: Workspace, tester: Workspace, tmp_path: Path, last: str
) -> None:
    pairs = dict(zip([a_person(tester, "") for _pair in STATES[1:]], pairwise(STATES), strict=True))
    send(tester, office, tmp_path / "a")
    pass_time(tester if last == "mild" else office)
    for person, (mild, strict) in pairs.items():
        consents.answer(office, person, strict)
        consents.answer(tester, person, mild)
    swap(tester, office, tmp_path / "b")
    send(office, tester, tmp_path / "c")
    for ws in (office, tester):
        asked = {each.record: each for each in deciding.conflicts(ws)}
        for person, (_mild, strict) in pairs.items():
            assert state(ws, person) == strict
            assert asked[person].field == f"consents/{IMAGE}"
            assert asked[person].versions[0].value["state"] == strict, "the first version is the one shown meanwhile"
    decided = next(iter(pairs))
    deciding.resolve(office, f"{decided}:consents/{IMAGE}", "value", {"state": "given"})
    send(office, tester, tmp_path / "d")
    for ws in (office, tester):
        assert state(ws, decided) == "given", "what a person decided holds"
        assert len(deciding.conflicts(ws)) == len(pairs) - 1
        assert check.check(ws).ok


def test_a_photo_is_out_at_once_when_one_laptop_withdraws_and_the_other_gives_later(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    from progressus_desktop.domain import photo as rules

    person = a_person(tester)
    event = write(tester, "event", {"entry": "ready", "title": "Warsztat", "date": "2026-05-04"})
    about = {"kind": "photo", "alt": "Osoba", "people_shown": "recognisable", "persons": [person], "persons_count": 1}
    photo = write(tester, "photo", {"entry": "ready", "event": event, **about})
    swap(tester, office, tmp_path / "a")
    consents.answer(office, person, "withdrawn")
    consents.answer(tester, person, "given", more={"way": "paper"})
    send(office, tester, tmp_path / "b")
    record = query.get(tester, "photo", photo)
    assert record is not None
    assert rules.permission({**record.fields, "id": photo}, query.lookup(tester)) == "withdrawn"


@pytest.mark.parametrize(("kept", "dropped"), [("given", "withdrawn"), ("withdrawn", "given"), ("", "refused")])
def test_of_two_persons_made_one_the_stricter_consent_holds_at_once(
    office: Workspace, tester: Workspace, tmp_path: Path, kept: str, dropped: str
) -> None:
    keep, drop = a_person(tester, kept), a_person(tester, dropped)
    swap(tester, office, tmp_path / "a")
    merging.merge(tester, "person", keep, drop)
    send(tester, office, tmp_path / "b")
    strictest = max(kept, dropped, key=lambda each: STATES.index(each) if each else -1)
    for ws in (tester, office):
        assert state(ws, keep) == strictest
        assert [each.field for each in deciding.conflicts(ws)] == ([f"consents/{IMAGE}"] if kept else [])
        assert check.check(ws).ok


def test_a_consent_that_follows_another_on_one_laptop_is_an_ordinary_change(office: Workspace) -> None:
    person = a_person(office, "withdrawn")
    consents.answer(office, person, "given")
    assert state(office, person) == "given"
    assert not deciding.conflicts(office)
    records.save(office, "person", person, {"consents": [{"purpose": IMAGE, "state": "refused"}]})
    assert state(office, person) == "refused"
