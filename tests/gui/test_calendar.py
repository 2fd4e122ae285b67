"""The calendar of events by keyboard: from day to day, into an event and back, a new event on a day, the files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from progressus_desktop.gui.context import Context
from progressus_desktop.gui.listpage import ListPage
from progressus_desktop.gui.monthgrid import MonthGrid, month_later
from progressus_desktop.gui.pages_events import EventsPage
from progressus_desktop.services import records
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import use_language
from tests.gui.conftest import Said, show

Key = Qt.Key
AHEAD = {"kind": "workshop", "status": "planned", "locality": "Zmyślona", "start": "10:00"}


@pytest.fixture
def ids(empty_ws: Workspace) -> list[str]:
    days = (("Pierwsze", "2026-11-27"), ("Drugie", "2026-11-30"), ("Trzecie", "2026-11-30"), ("Dalekie", "2027-01-15"))
    return records.add_many(empty_ws, "event", [{**AHEAD, "title": t, "date": d} for t, d in days], draft=True)


@pytest.fixture
def page(qtbot: QtBot, empty_ws: Workspace, ids: list[str], context_of: Callable[[Workspace], Context]) -> EventsPage:
    context = context_of(empty_ws)
    use_language("pl")
    made = EventsPage(context)
    qtbot.addWidget(made)
    made.resize(1170, 640)
    made.relayout(1366)
    show(qtbot, made)
    made.list.tabs.setFocus()
    QTest.keyClick(made.list.tabs, Key.Key_Right)
    made.first_focus().setFocus()
    qtbot.waitUntil(lambda: bool(grid(made).days.days))
    return made


def grid(page: EventsPage) -> MonthGrid:
    found = page.list.calendar.grid
    assert isinstance(found, MonthGrid)
    return found


def press(page: EventsPage, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(grid(page), key)


def test_arrows_go_from_day_to_day_and_enter_opens_the_event_of_one(page: EventsPage, ids: list[str]) -> None:
    assert QApplication.focusWidget() is grid(page)
    assert grid(page).day() == date(2026, 11, 23)
    press(page, *[Key.Key_Right] * 4)
    assert grid(page).currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) == (
        "piątek, 27 listopada 2026, 1 wydarzenie: Pierwsze"
    )
    press(page, Key.Key_Return)
    assert page.record_id() == ids[0]
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert QApplication.focusWidget() is grid(page)
    assert grid(page).day() == date(2026, 11, 27)


def test_of_several_events_one_is_chosen_in_the_list_of_the_day(page: EventsPage, ids: list[str]) -> None:
    press(page, Key.Key_Down, Key.Key_Return)
    assert QApplication.focusWidget() is page.list.calendar.list
    QTest.keyClick(page.list.calendar.list, Key.Key_Down)
    QTest.keyClick(page.list.calendar.list, Key.Key_Return)
    assert page.record_id() == ids[2]


def test_months_follow_the_keys_and_are_read_anew(page: EventsPage, qtbot: QtBot) -> None:
    press(page, Key.Key_PageDown, Key.Key_PageDown)
    assert grid(page).day() == date(2027, 1, 23)
    assert page.list.calendar.month.text() == "styczeń 2027"
    qtbot.waitUntil(lambda: date(2027, 1, 15) in grid(page).days.days)
    press(page, Key.Key_Home, Key.Key_Left)
    assert grid(page).day() == date(2026, 12, 31)
    press(page, Key.Key_End, Key.Key_Right)
    assert grid(page).day() == date(2027, 1, 1)
    assert month_later(date(2026, 12, 31), 2) == date(2027, 2, 28)


def test_a_new_event_takes_the_day_and_shows_in_the_calendar(page: EventsPage, qtbot: QtBot) -> None:
    press(page, Key.Key_Right)
    new = page.actions_here()["new"]
    assert callable(new)
    new()
    assert page.form("event").form.findChild(QLineEdit, "date").text() == "24.11.2026"
    page.leave()
    page.stack.setCurrentWidget(page.list)
    records.add_many(page._context.ws, "event", [{**AHEAD, "title": "Nowe", "date": "2026-11-24"}], draft=True)
    qtbot.waitUntil(lambda: date(2026, 11, 24) in grid(page).days.days)


def test_planned_events_and_contact_persons_are_saved_as_files(
    page: EventsPage, qtbot: QtBot, said: Said, tmp_path: Path
) -> None:
    page.list.acts._write_calendar(tmp_path / "w.ics")
    qtbot.waitUntil(lambda: ("ok", "Zapisano w.ics") in said.banners)
    assert (tmp_path / "w.ics").read_bytes().count(b"BEGIN:VEVENT") == 4
    partners = ListPage(page._context, "partner")
    qtbot.addWidget(partners)
    assert {"cards"} <= set(partners.actions_here())
    partners.acts._write_cards(View(), tmp_path / "k.vcf")
    qtbot.waitUntil(lambda: ("ok", "Zapisano k.vcf") in said.banners)
