"""The named list by keyboard: names one after another, presence by Space, cells by F2, rows from a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from progressus_desktop.gui.context import Context
from progressus_desktop.gui.namedpaste import PasteSheet
from progressus_desktop.gui.pages_named import NamedListPage
from progressus_desktop.services import records
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import use_language
from tests.gui.conftest import show
from tests.journeys.hands import Hands, Key

EVENT = {
    "title": "Szkolenie", "kind": "workshop", "status": "held", "date": "2026-10-17", "locality": "Zmyślona",
    "course": "Rozmowa o pracę.", "participants": {"pwd": {"f": 3}},
}  # fmt: skip


@pytest.fixture
def page(qtbot: QtBot, empty_ws: Workspace, context_of: Callable[[Workspace], Context]) -> NamedListPage:
    (project,) = query.window(empty_ws, "project", View(), 0)
    records.save(empty_ws, "project", project.id, {"named_attendance": True})
    event = records.add_many(empty_ws, "event", [EVENT])[0]
    records.add_many(empty_ws, "partner", [{"name": "KGW „Malwa”", "kind": "kgw", "locality": "Zmyślona"}])
    context = context_of(empty_ws)
    use_language("pl")
    made = NamedListPage(context)
    qtbot.addWidget(made)
    made.resize(1170, 640)
    made.relayout(1366)
    made.open("", {"event": event})
    show(qtbot, made)
    made.first_focus().setFocus()
    return made


def present(page: NamedListPage) -> dict[str, tuple[str, str]]:
    return {each.name: (each.fields.get("present"), each.fields.get("role")) for each in page.table.people.people}


def test_names_are_added_one_after_another_and_cells_changed_in_place(page: NamedListPage, qtbot: QtBot) -> None:
    hands = Hands(qtbot)
    for number, name in enumerate(("Ewa Adamska", "Jan Nijaki"), start=1):
        hands.type(name)
        hands.until(lambda: QApplication.activePopupWidget() is not None)
        hands.press(Key.Key_Return)  # the one line there is stands marked
        hands.until(lambda wanted=number: len(page.table.people.people) == wanted)
        hands.until(lambda: hands.at() == "named_picker")
    assert present(page) == {"Adamska Ewa": ("yes", "participant"), "Nijaki Jan": ("yes", "participant")}

    page.table.setFocus()
    hands.press(Key.Key_Home)
    hands.press(Key.Key_Up)
    hands.press(Key.Key_Space)
    assert present(page)["Adamska Ewa"][0] == "no"
    hands.press(Key.Key_Space)
    assert present(page)["Adamska Ewa"][0] == "yes"

    hands.press(Key.Key_Right, times=2)
    hands.press(Key.Key_F2)
    hands.until(lambda: isinstance(QApplication.focusWidget(), QComboBox))
    hands.type("wol")
    hands.press(Key.Key_Return)
    hands.until(lambda: present(page)["Adamska Ewa"][1] == "volunteer")
    assert page.boxes[0].plain.text().startswith("Z listy: 2 ")


def test_rows_of_a_spreadsheet_are_shown_before_they_are_added(page: NamedListPage, qtbot: QtBot) -> None:
    QApplication.clipboard().setText(
        "Nazwisko i imię\tOrganizacja\tRola\tPłeć\n"
        "Dowolna Iga\tKGW „Malwa”\tpracownik NGO\tK\n"
        "Fikcyjny Piotr\tNieznana Fundacja\tinstytucja\tM\n"
        "Próbny Jan\t\twolontariusz\tM\n"
    )
    page.paste_button.click()
    (sheet,) = page.findChildren(PasteSheet)
    assert not page.table.people.people
    accept = [each for each in sheet.findChildren(QPushButton) if "2" in each.text()]
    QTest.keyClick(accept[0], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(page.table.people.people) == 2)
    assert present(page) == {"Dowolna Iga": ("yes", "ngo_staff"), "Próbny Jan": ("yes", "volunteer")}
    assert [each.organisation for each in page.table.people.people] == ["KGW „Malwa”", ""]


def test_a_project_that_keeps_no_lists_shows_a_list_and_takes_nobody(page: NamedListPage) -> None:
    ws = page._context.ws
    (project,) = query.window(ws, "project", View(), 0)
    records.save(ws, "project", project.id, {"named_attendance": False})
    page.refresh()
    assert not page.picker.isEnabled()
    assert not page.paste_button.isEnabled()
    assert page.nobody.isVisible()


def test_names_stay_in_sight_while_the_other_columns_are_scrolled(page: NamedListPage, qtbot: QtBot) -> None:
    ws, (event,) = page._context.ws, query.window(page._context.ws, "event", View(), 0)
    people = records.add_many(ws, "person", [{"last_name": name} for name in ("Adamska", "Biała")], draft=True)
    records.add_many(ws, "participant", [{"event": event.id, "person": each} for each in people], draft=True)
    qtbot.waitUntil(lambda: page.table.model().rowCount() == 2)
    page.relayout(683)
    page.resize(683, 640)
    table = page.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(1, table.model().columnCount() - 1))
    qtbot.waitUntil(lambda: table.horizontalScrollBar().value() > 0)
    assert table.names.isVisible()
    assert table.names.visualRect(table.model().index(1, 1)).right() <= table.names.width()
    for column in range(table.model().columnCount() - 2, 1, -1):
        QTest.keyClick(table, Qt.Key.Key_Left)
        assert table.currentIndex().column() == column
        assert table.visualRect(table.currentIndex()).left() >= table.names.wide - 1
    QTest.keyClick(table, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: not table.names.isVisible())
