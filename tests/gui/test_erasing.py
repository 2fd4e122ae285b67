"""Erasing for ever in the window: by keyboard, with a reason, said before and after, from every page that shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from progressus_desktop.gui import erasedialog
from progressus_desktop.gui.binpage import BinPage
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.erasedialog import EraseDialog
from progressus_desktop.gui.pages_named import NamedListPage
from progressus_desktop.gui.recordpage import RecordPage
from progressus_desktop.gui.refusedialog import RefuseDialog
from progressus_desktop.services import attendance, erasure, records, refusing
from progressus_desktop.store import query, search
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import use_language
from tests.builders import a_partner
from tests.gui.conftest import Said, show
from tests.journeys.hands import Hands, Key

REASON = "prosba osoby"


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    return Hands(qtbot)


@pytest.fixture
def here(empty_ws: Workspace, context_of: Callable[[Workspace], Context]) -> Context:
    made = context_of(empty_ws)
    use_language("pl")
    return made


def a_contact(ws: Workspace) -> tuple[str, str]:
    """A contact and its person."""
    person = {"last_name": "Kanarkowska", "first_name": "Zyta"}
    saved = records.save(ws, "contact", None, {"person": person, "partner": a_partner(ws)}, draft=False)
    found = query.get(ws, "contact", saved.id)
    assert found is not None
    return found.id, str(found.fields["person"])


def opened(qtbot: QtBot, page: QWidget) -> EraseDialog:
    found = page.findChild(EraseDialog)
    assert found is not None
    qtbot.waitUntil(lambda: found.isActiveWindow() and found.reason.hasFocus())
    return found


def test_a_person_is_erased_from_its_contact_by_keyboard_and_the_form_is_left(
    qtbot: QtBot, hands: Hands, here: Context, said: Said
) -> None:
    contact, person = a_contact(here.ws)
    page = RecordPage(here, "contact")
    qtbot.addWidget(page)
    page.resize(1170, 640)
    page.relayout(1366)
    show(qtbot, page)
    page.open(contact)
    page.form("contact").acts.erase()
    dialog = opened(qtbot, page)
    assert "Osoba: 1" in dialog.said[0]
    assert dialog.reason.accessibleName() == "Powód usunięcia (wymagane)"
    assert "Zyta Kanarkowska" in dialog.reason.accessibleDescription()
    assert "Kanarkowska" not in dialog.windowTitle()

    hands.press(Key.Key_Tab, times=2)
    assert hands.at() == "erase_button"
    hands.press(Key.Key_Space)
    hands.until(dialog.error.isVisible)
    assert hands.at() == "erase_reason", "without a reason nothing is erased, and that is said where it is written"
    hands.type(REASON)
    hands.press(Key.Key_Tab, times=2)
    hands.press(Key.Key_Space)
    hands.until(lambda: query.get(here.ws, "person", person) is None)
    hands.until(lambda: page.stack.currentWidget() is page.list)
    assert query.get(here.ws, "contact", contact) is None
    assert not search.everywhere(here.ws, "Kanarkowska")
    assert said.banners == [("ok", "Usunięto na zawsze 2 wpisy")]


def test_escape_and_enter_leave_everything_as_it_is(qtbot: QtBot, hands: Hands, here: Context) -> None:
    contact, person = a_contact(here.ws)
    over = QWidget()
    qtbot.addWidget(over)
    show(qtbot, over)
    for key in (Key.Key_Escape, Key.Key_Return):
        erasedialog.ask(here, "contact", [contact], over, lambda: None)
        dialog = opened(qtbot, over)
        hands.type(REASON)
        hands.press(key)
        qtbot.waitUntil(lambda shown=dialog: over.findChild(EraseDialog) is not shown)
    assert query.get(here.ws, "person", person) is not None


def test_a_reason_that_names_the_person_is_refused(qtbot: QtBot, hands: Hands, here: Context) -> None:
    _contact, person = a_contact(here.ws)
    over = QWidget()
    qtbot.addWidget(over)
    show(qtbot, over)
    erasedialog.ask(here, "person", [person], over, lambda: None)
    dialog = opened(qtbot, over)
    hands.type("prosi kanarkowska")
    dialog.submit()
    qtbot.waitUntil(dialog.error.isVisible)
    assert "bez imion" in dialog.error.words.text()
    assert query.get(here.ws, "person", person) is not None
    dialog.reject()


def test_a_person_is_erased_from_the_named_list_and_the_row_goes_on_counting(
    qtbot: QtBot, hands: Hands, here: Context
) -> None:
    ws = here.ws
    (project,) = query.window(ws, "project", View(), 0)
    records.save(ws, "project", project.id, {"named_attendance": True})
    event = records.save(ws, "event", None, {"title": "Szkolenie", "date": "2026-10-17"}, draft=True).id
    attendance.add(ws, event, {"last_name": "Kanarkowska", "first_name": "Zyta"})
    page = NamedListPage(here)
    qtbot.addWidget(page)
    page.resize(1170, 640)
    page.relayout(1366)
    page.open("", {"event": event})
    show(qtbot, page)
    page.table.setFocus()
    ask = page.actions_here()["erase"]
    assert callable(ask)
    ask()
    dialog = opened(qtbot, page)
    assert any("1 wiersz listy" in each for each in dialog.said)
    hands.type(REASON)
    dialog.act.setFocus()
    hands.press(Key.Key_Return)
    hands.until(lambda: page.table.people.words(0, 1) == "osoba usunięta")
    hands.until(lambda: QApplication.activeModalWidget() is None)
    assert attendance.sums(ws, event, attendance.listed(ws, event)).present == 1


def test_the_project_a_workspace_stands_on_cannot_be_erased_from_its_form(qtbot: QtBot, here: Context) -> None:
    page = RecordPage(here, "project")
    qtbot.addWidget(page)
    (project,) = query.window(here.ws, "project", View(), 0)
    page.open(project.id)
    assert "erase" not in page.form("project").acts.here()
    assert "archive" in page.form("project").acts.here()


def test_what_lies_in_the_bin_is_erased_there(qtbot: QtBot, hands: Hands, here: Context) -> None:
    partner = a_partner(here.ws, name="Kanarki")
    records.remove(here.ws, "partner", partner)
    page = BinPage(here)
    qtbot.addWidget(page)
    page.resize(1000, 500)
    show(qtbot, page)
    page.first_focus().setFocus()
    page.erase_button.setFocus()
    hands.press(Key.Key_Space)
    dialog = opened(qtbot, page)
    hands.type("pomylka")
    dialog.submit()
    hands.until(lambda: not page.model.rows)
    hands.until(lambda: QApplication.activeModalWidget() is None)  # backups follow; the next test asks for no dialog
    assert [each.reason for each in erasure.progress(here.ws)] == ["pomylka"]


def test_whoever_may_not_erase_is_told_why_and_asked_nothing(
    qtbot: QtBot, here: Context, said: Said, tmp_path: Path
) -> None:
    _contact, person = a_contact(here.ws)
    user = records.save(here.ws, "user", None, {"last_name": "Czytelna", "role": "reader"}, draft=True).id
    here.ws.person = user
    over = QWidget()
    qtbot.addWidget(over)
    erasedialog.ask(here, "person", [person], over, lambda: None)
    assert over.findChild(EraseDialog) is None
    assert said.banners[0][0] == "err"
    assert QApplication.activeModalWidget() is None


def test_a_request_is_refused_by_keyboard_and_the_letter_is_saved_now_and_again(
    qtbot: QtBot, hands: Hands, here: Context, said: Said, tmp_path: Path
) -> None:
    contact, person = a_contact(here.ws)
    over = QWidget()
    qtbot.addWidget(over)
    show(qtbot, over)
    erasedialog.ask(here, "contact", [contact], over, lambda: None)
    opened(qtbot, over)
    hands.press(Key.Key_Tab, times=3)
    assert hands.at() == "erase_refuse_button"
    hands.press(Key.Key_Space)
    dialog = over.findChild(RefuseDialog)
    hands.until(lambda: dialog.isActiveWindow() and dialog.asked.hasFocus())
    hands.type("02.05.2026")
    dialog.act.setFocus()
    hands.press(Key.Key_Space)
    assert dialog.error.isVisible(), "without a ground nothing is recorded"
    assert hands.at() == "refuse_ground"
    assert refusing.refusals(here.ws, person) == []
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Tab)
    hands.type("Do 31.12.2032")
    hands.press(Key.Key_Tab, times=2)
    assert hands.at() == "refuse_button"
    hands.press(Key.Key_Space)
    hands.until(lambda: over.findChild(QFileDialog) is not None)
    (made,) = refusing.refusals(here.ws, person)
    assert (made.ground, made.words, made.asked_on) == ("legal_duty", "Do 31.12.2032", "2026-05-02")
    asked = over.findChild(QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "pismo.pdf"))
    asked.reject()
    hands.until((tmp_path / "pismo.pdf").is_file)
    assert said.undo == ["Zapisano odmowę. Niczego nie usunięto."]
    hands.until(lambda: over.findChild(RefuseDialog) is None)
    again = RefuseDialog(here, person, "Zyta", over)
    again.open()
    button = again.findChild(QPushButton, "refuse_letter_button")
    assert button is not None
    assert button.accessibleName().startswith("Pismo z ")
    again.reject()
    hands.until(lambda: over.findChild(RefuseDialog) is None)
