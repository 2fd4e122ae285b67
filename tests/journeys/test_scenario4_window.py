"""Scenario 4 of domain.md, section 13, in two windows: a monthly report is written, sent, returned and accepted.

Whatever changes later, what was sent never does: not at the tester's, not at the office's.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from progressus_desktop.domain import monthly_report as report
from progressus_desktop.services import monthly, records, reporting
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store.workspace import Workspace
from tests.exchange.laptops import a_tester, an_office, send
from tests.journeys.hands import CONTROL, Key
from tests.journeys.seats import Seat
from tests.journeys.test_scenario3_window import labels
from tests.reports import reading

MONTH = "2026-05"
EVENT = {
    "title": "Spotkanie o klastrze", "kind": "meeting", "status": "held", "date": "2026-05-10", "locality": "Wzorów",
    "course": "Umówiono listy.", "participants": {"ngo_staff": {"f": 3, "m": 2}},
}  # fmt: skip


def _state(seat: Seat) -> str:
    """The sentence on the board, once it has been read."""
    board = seat.page.list
    seat.quiet()
    seat.hands.until(lambda: not board.soon.isActive())
    seat.quiet()
    return str(board.state.words.text())


def _write(seat: Seat, part: str, words: str) -> None:
    """Open the report at a part by the list of parts, write there and come back."""
    board = seat.page.list
    seat.hands.until(lambda: board.looked is not None, timeout=20_000)
    seat.hands.press(Key.Key_Home)
    seat.hands.press(Key.Key_Down, times=report.PARTS.index(part))
    seat.hands.press(Key.Key_Return)
    seat.hands.type(words)


def _print(seat: Seat, file: Path) -> bytes:
    seat.hands.press(Key.Key_P, CONTROL)
    seat.name_file(file)
    seat.quiet()
    return file.read_bytes()


def _frozen(ws: Workspace, record: str) -> bytes:
    """The first version as this laptop prints it."""
    return reporting.made(ws, "monthly", Asked(record, version=1), "pl")


def test_a_month_is_reported_in_minutes_and_what_was_sent_never_changes(
    seats: Callable[[], Seat], stick: Path, tmp_path: Path
) -> None:
    boss = an_office(tmp_path / "office")
    krokus = a_tester(boss, tmp_path / "tester")
    records.add_many(krokus, "event", [EVENT | {"lead_organiser": krokus.space}])
    tester, office = seats(), seats()
    tester.enter(krokus)
    office.enter(boss)

    tester.sit()
    tester.go("monthly_report")
    _write(tester, "short", "Jedno spotkanie dla pięciu osób.")
    tester.hands.press(Key.Key_G, CONTROL)
    tester.hands.press(Key.Key_Escape)
    assert _state(tester).startswith("Gotowe · wersja 1 z 12.05.2026")
    sent = _print(tester, tmp_path / "maj.pdf")
    assert "Jedno spotkanie dla pięciu osób." in reading.text(sent)
    tester.exchange()
    report_id = monthly.find(krokus, MONTH).id

    office.sit()
    office.read_packages()
    office.go("review")
    office.hands.press(Key.Key_Return)
    assert _print(office, tmp_path / "biuro.pdf") == sent
    office.reach("review_remark")
    office.hands.type("Brakuje planu.")
    office.reach("return_report_button")
    office.hands.press(Key.Key_Space)
    office.write_packages(stick)

    tester.sit()
    tester.find("klastrze", "Spotkanie o klastrze")
    tester.hands.press(Key.Key_PageDown, CONTROL, times=2)
    assert tester.hands.at() == "participants"
    tester.hands.type("30")
    tester.hands.press(Key.Key_Tab, CONTROL)
    tester.exchange()
    assert "Sprawozdanie miesięczne: maj 2026" in labels(tester)
    tester.go("monthly_report")
    assert _state(tester) == ("Zwrócone · wersja 1 z 12.05.2026 · popraw do 19.05.2026 · nieaktualne od 12.05.2026")
    assert "Brakuje planu." in tester.page.list.remarks.text()
    assert _print(tester, tmp_path / "znowu.pdf") == sent == _frozen(boss, report_id)

    tester.reach("report_ready_button")
    tester.hands.press(Key.Key_Space)
    assert monthly.find(krokus, MONTH).entry == "draft"
    tester.go("monthly_report")
    _write(tester, "plan", "Dwa spotkania w czerwcu.")
    tester.hands.press(Key.Key_G, CONTROL)
    tester.hands.press(Key.Key_Escape)
    assert _state(tester).startswith("Gotowe · wersja 2")
    again = _print(tester, tmp_path / "poprawione.pdf")
    assert "Dwa spotkania w czerwcu." in reading.text(again)
    send(krokus, boss, tmp_path / "there")

    office.sit()
    office.go("review")
    office.reach("accept_report_button")
    office.hands.press(Key.Key_Space)
    send(boss, krokus, tmp_path / "there")
    tester.sit()
    assert _state(tester).startswith("Przyjęte · wersja 2")
    assert _frozen(krokus, report_id) == _frozen(boss, report_id) == sent
    assert reporting.made(boss, "monthly", Asked(report_id), "pl") == again
