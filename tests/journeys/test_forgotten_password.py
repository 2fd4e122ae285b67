"""A forgotten password: two windows, a request, the six words on both screens, an answer, a new password."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from progressus_desktop.gui.officehelp import OfficeHelp
from progressus_desktop.services import office_recovery
from tests.exchange.laptops import a_tester, an_office
from tests.journeys.hands import ALT, Key
from tests.journeys.seats import Seat

NEW = "rower jabłko mgła"


def _unlock(seat: Seat, folder: Path) -> Any:
    seat.program.show_unlock([folder])
    seat.sit()
    seat.hands.until(lambda: seat.hands.at() == "secret")
    return seat.program.unlock


def _dialog(seat: Seat) -> OfficeHelp:
    """Ask the office, from the unlock page, by keyboard."""
    seat.reach("ask_office_button")
    seat.hands.press(Key.Key_Space)
    seat.hands.until(lambda: isinstance(QApplication.activeWindow(), OfficeHelp))
    found = QApplication.activeWindow()
    assert isinstance(found, OfficeHelp)
    return found


def test_the_office_helps_with_a_forgotten_password_through_two_windows(
    seats: Callable[[], Seat], tmp_path: Path
) -> None:
    office_ws = an_office(tmp_path / "office")
    folder = tmp_path / "tester"
    tester_ws = a_tester(office_ws, folder)
    request, answer = tmp_path / "prosba.progressus-request", tmp_path / "odpowiedz.progressus-answer"

    tester = seats()
    tester.enter(tester_ws)
    settings = tester.session.shell.go("settings")
    settings._show(2)
    box: Any = settings.findChild(QObject, "office_help")
    assert not box.isChecked(), "off until a person turns it on"
    box.setFocus()
    tester.hands.press(Key.Key_Space)
    assert office_recovery.is_on(folder)
    assert tester.program.leave()

    page = _unlock(tester, folder)
    assert page.office_button.isHidden()
    page.forgot_button.setFocus()
    tester.hands.press(Key.Key_Space)
    dialog = _dialog(tester)
    tester.reach("save_request_button")
    tester.hands.press(Key.Key_Space)
    tester.name_file(request, over=dialog)
    tester.hands.until(lambda: bool(dialog.words.words.text()))
    words = dialog.words.words.text()
    assert len(words.split(" · ")) == 6
    dialog.reject()

    office = seats()
    office.enter(office_ws)
    packages = office.go("packages")
    office.rest()
    office.reach("answer_forgotten_button")
    office.hands.press(Key.Key_Space)
    office.name_file(request)
    office.hands.until(lambda: bool(packages.answer.words.words.text()))
    assert "Stowarzyszenie Krokus" in packages.answer.title.text()
    assert packages.answer.words.words.text() == words
    packages.answer.read(tmp_path / "tester.setup")
    assert packages.answer.save.isHidden(), "nothing is answered that is no request"
    packages.answer.read(request)
    office.hands.until(lambda: office.hands.at() == "asked_words")
    office.reach("save_answer_button")
    office.hands.press(Key.Key_Space)
    office.name_file(answer)
    office.hands.until(answer.exists)

    tester.sit()
    dialog = _dialog(tester)
    assert dialog.words.words.text() == words, "the words are still there days later"
    dialog.take(request)
    assert "Nic nie zmieniono" in dialog.error.words.text(), dialog.error.words.text()
    assert dialog.new.isHidden()
    tester.reach("read_answer_button")
    tester.hands.press(Key.Key_Space)
    tester.name_file(answer, over=dialog)
    tester.hands.until(lambda: tester.hands.at() == "password")
    tester.hands.type(NEW)
    tester.hands.press(Key.Key_Tab)
    tester.hands.type(NEW)
    tester.hands.press(Key.Key_O, ALT)
    tester.hands.until(lambda: tester.program.session is not None, timeout=20_000)
    assert tester.ws.folder == folder
    tester.quiet()
