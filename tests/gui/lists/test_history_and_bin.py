"""History of a record, the bin, and the reports page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from progressus_desktop.gui.binpage import BinPage
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.historypage import HistoryPage
from progressus_desktop.gui.reportspage import ReportsPage
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
    history.list.setCurrentIndex(history.model.index(2))
    history.return_to_chosen()
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


@pytest.fixture
def reports(qtbot: QtBot, context: Context) -> ReportsPage:
    page = ReportsPage(context)
    qtbot.addWidget(page)
    page.resize(1170, 626)
    page.relayout(1366)
    page.show()
    return page


@pytest.mark.parametrize("kind", ["event-card", "attendance-sheet", "monthly"])
def test_each_report_is_saved_as_pdf_with_a_banner(
    qtbot: QtBot, reports: ReportsPage, said: Any, tmp_path: Path, kind: str
) -> None:
    target = tmp_path / f"{kind}.pdf"
    reports.export(kind, target, record_id=reports.table.record_id(), month="2026-11")
    qtbot.waitUntil(lambda: bool(said.banners), timeout=20_000)
    assert said.banners == [("ok", f"Saved {kind}.pdf")]
    assert target.read_bytes().startswith(b"%PDF")


def test_the_month_picker_begins_with_this_month(reports: ReportsPage) -> None:
    assert reports.month.currentText() == "November 2026"
    assert reports.month.itemData(1) == "2026-10"


def test_saving_asks_for_a_place_with_a_ready_name(qtbot: QtBot, reports: ReportsPage) -> None:
    reports.save_month()
    dialog = reports.findChild(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "monthly report 2026-11.pdf"
    dialog.reject()
