"""Scenario 5 of domain.md, section 13: an inspector at the door; one folder of a period with its gaps named.

Then a gap is mended from where it is named. The same folder is made at a terminal.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from progressus_desktop.services import photos, records
from progressus_desktop.store.workspace import Workspace
from tests.cli.conftest import Run
from tests.exchange.laptops import a_tester, an_office
from tests.exchange.trips import a_picture
from tests.journeys.hands import Key
from tests.journeys.seats import Seat
from tests.journeys.terminal import Terminal
from tests.reports import reading

MOST_PRESSES = 40
"""Keys besides text that the folder may take: what fits well into two minutes."""

_HELD = {"kind": "workshop", "status": "held", "locality": "Wzorów", "course": "Rozmowa."}


def a_visited_tester(folder: Path) -> tuple[Workspace, str]:
    """A tester with one event that has all but its agenda and marks, and one of which nothing was kept."""
    office = an_office(folder / "office")
    ws = a_tester(office, folder / "tester")
    office.close()
    whole = _HELD | {
        "title": "Warsztat z listą", "date": "2026-05-06", "participants": {"ngo_staff": {"f": 4, "m": 3}},
        "counted_by": "list", "signatures_count": 7, "topics": [{"topic": "T1", "depth": "workshop"}],
    }  # fmt: skip
    bare = _HELD | {"title": "Spotkanie bez niczego", "date": "2026-05-08"}
    outside = _HELD | {"title": "Dawne targi", "date": "2026-02-01"}
    events = records.add_many(ws, "event", [whole, bare, outside])
    for number, (kind, people) in enumerate(
        [("list_scan", None), ("photo", "crowd"), ("photo", "crowd"), ("photo", "crowd"), ("photo", "recognisable")]
    ):
        words = {"kind": kind, "people_shown": people} if people else {"kind": kind}
        photos.add(ws, events[0], a_picture(number, 60), "Sala", caption=f"Plik {number}", further=words)
    return ws, events[1]


def _whole(printed: str) -> None:
    """What the folder of May must and must not say."""
    for words in ("Warsztat z listą", "Spotkanie bez niczego", "Zdjęcia i zgody", "Skan listy", "agenda"):
        assert words in printed
    assert "Dawne targi" not in printed
    assert "Pominięto 1 zdjęcie bez zgody." in printed


def _gaps(seat: Seat) -> list[str]:
    return [each.text() for each in seat.page.lacks.findChildren(QLabel) if each.text()]


def test_the_folder_of_a_period_is_saved_with_its_gaps_and_a_gap_is_mended(
    seats: Callable[[], Seat], tmp_path: Path
) -> None:
    ws, bare = a_visited_tester(tmp_path)
    seat = seats()
    seat.enter(ws)
    seat.go("monthly_report")
    seat.reach("other_prints_button")
    seat.hands.press(Key.Key_Space)
    assert seat.hands.at() == "report_documents"
    seat.hands.type("teczka")
    assert seat.page.kind.name == "control-folder"
    seat.reach("report_scope")
    seat.hands.press(Key.Key_Down)
    seat.reach("report_date_from")
    seat.hands.type("1.5.2026")
    seat.reach("report_date_to")
    seat.hands.type("31.5.2026")
    seat.reach("save_report_button")
    seat.hands.until(lambda: _gaps(seat)[0] == "Do sprawdzenia: 9")
    assert "W „Spotkanie bez niczego” brakuje: skan listy obecności." in _gaps(seat)
    seat.hands.press(Key.Key_Space)
    file = tmp_path / "teczka.pdf"
    seat.name_file(file)
    seat.hands.until(file.exists, timeout=20_000)
    seat.quiet()
    assert seat.hands.presses <= MOST_PRESSES, seat.hands.presses
    _whole(reading.text(file.read_bytes()))

    seat.reach("mend_button", back=True)
    assert seat.hands.target().accessibleDescription() == "W „Spotkanie bez niczego” brakuje: skan listy obecności."
    seat.hands.press(Key.Key_Space)
    assert seat.session.shell.current == "event"
    assert seat.page.form("event").record_id() == bare


@pytest.mark.unchecked
def test_the_same_folder_is_made_at_a_terminal(run: Run, tmp_path: Path) -> None:
    ws, bare = a_visited_tester(tmp_path)
    ws.close()
    tester = Terminal(run, ws.folder)
    files = [str(tmp_path / name) for name in ("maj.pdf", "jedno.pdf")]
    tester("report", "control-folder", "--from", "2026-05-01", "--to", "2026-05-31", "--out", files[0])
    _whole(reading.text(Path(files[0]).read_bytes()))
    tester("report", "control-folder", "--id", bare, "--out", files[1])
    assert "skan listy" in reading.text(Path(files[1]).read_bytes())
    for file in files:
        assert tester("report", "check", file) == {"ok": True, "findings": []}
