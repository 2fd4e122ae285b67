"""Personal data to look through once a year, by keyboard: why each may go, opening, restoring, erasing for ever."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from progressus_desktop.clock import FixedClock
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.erasedialog import EraseDialog
from progressus_desktop.gui.retentionpage import RetentionPage
from progressus_desktop.services import records
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import use_language
from tests.builders import a_partner, write
from tests.gui.conftest import NOW, Said, show
from tests.journeys.hands import Hands, Key


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    return Hands(qtbot)


@pytest.fixture
def went() -> list[Any]:
    return []


@pytest.fixture
def page(
    qtbot: QtBot, empty_ws: Workspace, context_of: Callable[[Workspace], Context], went: list[Any]
) -> RetentionPage:
    context = dataclasses.replace(context_of(empty_ws), navigate=lambda *where: went.append(where))
    use_language("pl")
    made = RetentionPage(context)
    qtbot.addWidget(made)
    made.resize(1170, 640)
    made.relayout(1366)
    return made


def opened(qtbot: QtBot, page: RetentionPage) -> None:
    show(qtbot, page)
    page.first_focus().setFocus()
    qtbot.waitUntil(lambda: page.later.isVisible() or page.table.hasFocus())


def titles(page: RetentionPage) -> list[str]:
    return [each.words()[0] for each in page.model.rows]


def test_nothing_to_delete_is_said_kindly(qtbot: QtBot, page: RetentionPage) -> None:
    opened(qtbot, page)
    assert page.empty.text() == "Teraz nie ma czego usuwać."
    assert "Nic nie usuwa się samo." in page.explains.text()
    assert not page.table.isVisible()
    assert not page.erase_button.isEnabled()
    assert page.hasFocus()


def test_a_record_is_opened_restored_or_erased_and_the_list_follows(
    qtbot: QtBot, page: RetentionPage, hands: Hands, empty_ws: Workspace, went: list[Any], said: Said
) -> None:
    ws = empty_ws
    partner = a_partner(ws)

    def a_contact(name: str, **more: object) -> str:
        person = {"last_name": name, "first_name": "Ewa"}
        return records.save(ws, "contact", None, {"person": person, "partner": partner, **more}, draft=False).id

    removed, objected = a_contact("Zwykła"), a_contact("Odmowna", objection=True)
    alone = write(ws, "person", {"last_name": "Samotna"})
    records.remove(ws, "contact", removed)
    ws.clock = FixedClock(NOW + timedelta(days=40))
    opened(qtbot, page)
    hands.until(lambda: len(page.model.rows) == 4)  # the removed contact, its person, who objected, the lone one
    bin_row = page.model.rows[0].words()
    assert bin_row[1:] == (
        "Osoba kontaktowa", "Jest w koszu ponad 30 dni, a jego historia wciąż jest przechowywana.", "23.11.2026",
    )  # fmt: skip
    assert page.counts.text() == "4 wpisy do decyzji"

    assert hands.at() == "retention_table"
    hands.press(Key.Key_Return)
    hands.until(lambda: len(page.model.rows) == 2)
    found = query.get(ws, "contact", removed)
    assert found is not None
    assert not found.deleted, "Enter takes out of the bin what lies there"
    assert said.undo

    rows = {each.due.id: row for row, each in enumerate(page.model.rows)}
    assert set(rows) == {objected, alone}
    assert hands.at() == "retention_table"
    assert rows[objected] == 0
    hands.press(Key.Key_Return)
    assert went == [("contact", objected)]
    hands.press(Key.Key_Down)
    assert not page.open_button.isEnabled(), "a person has no form of its own"

    page.actions_here()["erase"]()  # type: ignore[operator]
    dialog = page.findChild(EraseDialog)
    assert dialog is not None
    hands.until(dialog.reason.hasFocus)
    hands.type("przeglad roczny")
    dialog.act.setFocus()
    hands.press(Key.Key_Return)
    hands.until(lambda: QApplication.activeModalWidget() is None)
    hands.until(lambda: [each.due.id for each in page.model.rows] == [objected])
    assert query.get(ws, "person", alone) is None
    assert not page.nothing.isVisible()
