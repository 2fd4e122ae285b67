"""Forms are made in short pieces while nobody needs the window, and at once when somebody asks for them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib import import_module

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from progressus_desktop.gui import forms
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.formpage import FormPage
from progressus_desktop.gui.recordpage import RecordPage
from progressus_desktop.gui.soon import Pieces
from progressus_desktop.store.workspace import Workspace
from tests.gui.conftest import show
from tests.gui.forms.test_ui_files import NAMES

MOST_MS = 150
"""Processor time of one piece: 26 ms where it was written, 40 on the same machine in use, and others are slower."""


def test_no_piece_of_making_a_form_stops_the_window_for_long(
    qtbot: QtBot, empty_ws: Workspace, context_of: Callable[[Workspace], Context]
) -> None:
    for module in forms.PROMOTED.values():  # the program loads them while the password is typed
        import_module(f"progressus_desktop.gui.{module}")
    context = context_of(empty_ws)
    longest = {}
    for entity in NAMES:
        page = FormPage(context, entity)
        qtbot.addWidget(page)
        longest[entity] = max(pieces_of(page))
        assert page.binder.widgets
    assert {entity: took for entity, took in longest.items() if took > MOST_MS} == {}


def pieces_of(page: FormPage) -> list[float]:
    """The processor time of each piece, in milliseconds."""
    making, took, going_on = page.make(), [], True
    while going_on:
        begun = time.thread_time()
        going_on = next(making, True) is None
        took.append((time.thread_time() - begun) * 1000)
    return took


def test_a_form_is_there_before_anybody_asks_and_once_only(
    qtbot: QtBot, open_page: Callable[[str], RecordPage]
) -> None:
    page = open_page("task")
    qtbot.waitUntil(lambda: "task" in page._forms)
    made = page.form("task")
    page.new()
    assert page.stack.currentWidget() is made
    assert page.findChildren(FormPage) == [made]


def test_who_does_not_wait_gets_the_whole_form(qapp: QApplication, open_page: Callable[[str], RecordPage]) -> None:
    page = open_page("event")
    for _piece in range(3):
        next(page._make("event"))
    assert "event" not in page._forms
    page.new()
    assert page.stack.currentWidget() is page.form("event")
    page._ahead.start()  # what was begun ahead finds nothing left to do
    page._ahead._work()
    qapp.processEvents()
    assert page.findChildren(FormPage) == [page.form("event")]


def test_no_piece_is_made_under_the_hands_of_somebody(qapp: QApplication, qtbot: QtBot) -> None:
    made: list[int] = []

    def steps() -> Iterator[None]:
        for number in range(1000):
            made.append(number)
            time.sleep(0.01)  # longer than a turn of the event loop may last
            yield

    page = QWidget()
    qtbot.addWidget(page)
    show(qtbot, page)
    pieces = Pieces(page, 0, steps())
    pieces.start()
    qtbot.waitUntil(lambda: len(made) > 1)
    pieces._rest_ms = 3_600_000
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_A)
    before = len(made)
    for _turn in range(20):
        qapp.processEvents()
    assert len(made) == before
    pieces._rest_ms = 0
    pieces.start()
    qtbot.waitUntil(lambda: len(made) > before)
    pieces.stop()
