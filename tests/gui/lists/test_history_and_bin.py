"""History of a record, and the bin."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from progressus_desktop.gui.binpage import BinPage
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.historypage import HistoryPage
from progressus_desktop.services import records
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from tests.gui.conftest import show


def newest(context: Context) -> str:
    return query.window(context.ws, "event", View(order="-date"), 0, 1)[0].id


@pytest.fixture
def history(qtbot: QtBot, own: Context) -> HistoryPage:
    page = HistoryPage(own)
    qtbot.addWidget(page)
    page.resize(1170, 626)
    event = newest(own)
    records.save(own.ws, "event", event, {"place_name": "Hala", "start": "17:00"}, draft=True)
    records.save(own.ws, "event", event, {"place_name": "Rynek"}, draft=True)
    page.open("event", event)
    page.show()
    return page


def test_history_lists_changes_with_before_and_after(history: HistoryPage) -> None:
    assert history.model.rowCount() == 3
    assert history.chosen().fields["place_name"] == ("Hala", "Rynek")
    words = history.model.data(history.model.index(0))
    assert "Today, 11:48" in words
    assert "Anna Przykładowa" in words


def test_undo_of_one_change_makes_a_new_one(history: HistoryPage, own: Context, said: Any) -> None:
    QTest.keyClick(history.undo_button, Qt.Key.Key_Space)
    event = query.get(own.ws, "event", newest(own))
    assert event.fields["place_name"] == "Hala"
    assert history.model.rowCount() == 4
    assert said.undo


def test_an_older_change_that_moved_on_is_not_undone(history: HistoryPage, own: Context, said: Any) -> None:
    history.list.setCurrentIndex(history.model.index(1))
    history.undo_chosen()
    assert said.banners[0][0] == "err"
    assert query.get(own.ws, "event", newest(own)).fields["place_name"] == "Rynek"


def test_return_to_an_earlier_state(history: HistoryPage, own: Context) -> None:
    history.list.setCurrentIndex(history.model.index(1))
    history.return_to_chosen()  # to the state before the first of the two changes
    fields = query.get(own.ws, "event", newest(own)).fields
    assert fields["place_name"] == "Remiza"
    assert "start" not in fields


def test_copy_before_puts_the_values_on_the_clipboard(history: HistoryPage) -> None:
    history.copy_before()
    assert "Hala" in QGuiApplication.clipboard().text()


def test_the_bin_shows_what_was_deleted_and_enter_restores_it(qtbot: QtBot, own: Context) -> None:
    event = newest(own)
    records.remove(own.ws, "event", event)
    page = BinPage(own)
    qtbot.addWidget(page)
    show(qtbot, page)
    assert [each.id for each in page.model.rows] == [event]
    assert page.model.rows[0].words()[1:] == ("Event", "23.11.2026, 11:48", "23.12.2026")
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert not query.get(own.ws, "event", event).deleted
    assert page.empty.isVisible()
