"""Scenario 3 of domain.md, section 13, in two windows: fourteen packages at once, receipts, the office's question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from progressus_desktop.services import packing, photos, records
from progressus_desktop.store import check, query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from tests.exchange.laptops import a_tester, an_office
from tests.exchange.trips import a_partner, a_picture, an_event, content
from tests.journeys.hands import CONTROL, Key
from tests.journeys.seats import Seat

TESTERS = 14
MEETING = "Spotkanie o dojazdach"
QUESTION = "Dopisać, kto jeździ busem"


def a_period(ws: Workspace) -> str:
    """47 records of a tester for the office, 12 of them photos; gives an event."""
    partners = [{"name": f"OSP Wieś {number}", "kind": "osp", "locality": "Wzorów"} for number in range(30)]
    records.add_many(ws, "partner", partners)
    events = [an_event(ws, title) for title in (MEETING, "Targi", "Warsztat", "Wizyta")]
    shown = {"people_shown": "nobody"}
    for number in range(12):
        photo = photos.add(ws, events[0], a_picture(number, 60), "Mapa", further=shown)
        records.mark_ready(ws, "photo", photo)
    return events[0]


def fourteen(office: Workspace, folder: Path, stick: Path) -> Workspace:
    """All testers; every one but the first has left its package on the stick."""
    first = a_tester(office, folder / "t0")
    for number in range(1, TESTERS):
        other = a_tester(office, folder / f"t{number}", f"Klub {number}")
        a_partner(other, f"Świetlica {number}")
        packing.pack(other, stick)
        other.close()
    return first


def labels(seat: Seat) -> list[str]:
    """All words in sight on the page."""
    return [each.text() for each in seat.page.findChildren(QLabel) if each.isVisible()]


@pytest.mark.unchecked
def test_fourteen_packages_are_read_at_once_and_receipts_and_a_question_come_back(
    seats: Callable[[], Seat], stick: Path, tmp_path: Path
) -> None:
    boss = an_office(tmp_path / "office")
    krokus = fourteen(boss, tmp_path, stick)
    a_period(krokus)
    tester, office = seats(), seats()
    tester.enter(krokus)
    office.enter(boss)

    tester.sit()
    tester.exchange()
    office.sit()
    page = office.read_packages()
    assert len(page.table.words()) == TESTERS
    assert all("now" in row[2] for row in page.table.words()), page.table.words()
    assert query.total(boss, "partner", View()) == 30 + TESTERS - 1

    office.go("task")
    office.hands.press(Key.Key_N, CONTROL)
    office.write("what", QUESTION)
    office.write("due", "+7")
    office.pick("record", MEETING)
    office.hands.press(Key.Key_Escape)
    (sent,) = stick.glob("progressus-PRG-STOA-*")
    (stick / "progressus-PRG-STOA-FUNA-0099.progressus").write_bytes(sent.read_bytes()[:-1000])
    before = content(boss)
    page = office.read_packages()
    assert [row[2] for row in page.table.words() if row[2] != "Nic nowego"] == [
        "Ta paczka jest uszkodzona albo niepełna."
    ]
    assert content(boss) == before
    office.write_packages(stick)

    tester.sit()
    tester.exchange()
    told = labels(tester)
    for words in (
        "Dostarczono 47 z 47 zapisów, 12 z 12 zdjęć", f"Nowe zadanie od biura: {QUESTION}", "Termin: wt. 19.05.2026",
    ):  # fmt: skip
        assert words in told
    assert not any("uszkodzona" in words for words in told), "the torn package is not for this laptop"
    tester.reach("came_open_button")
    tester.hands.press(Key.Key_Space)
    assert tester.session.shell.current == "task"
    assert tester.hands.target().text() == QUESTION
    for ws in (krokus, boss):
        assert not check.check(ws).findings
