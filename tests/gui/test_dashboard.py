"""The dashboard by keyboard: finish a task where it stands, go to what a line names, look behind a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from progressus_desktop.gui.context import Context
from progressus_desktop.gui.pages_coverage import CoveragePage
from progressus_desktop.gui.pages_dashboard import DashboardPage
from progressus_desktop.services import monthly, records
from progressus_desktop.services.exchanging import Waiting
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from tests.gui.conftest import Said, show

Went = list[tuple[str, ...]]


@pytest.fixture
def went() -> Went:
    return []


@pytest.fixture
def ours(empty_ws: Workspace, context_of: Callable[[Workspace], Context], went: Went) -> Context:
    def go(where: str, record_id: str | None = None, place: str = "") -> None:
        went.append(tuple(part for part in (where, record_id, place) if part))

    return replace(context_of(empty_ws), navigate=go)


def opened(qtbot: QtBot, context: Context, went: Went) -> DashboardPage:
    page = DashboardPage(context, lambda name: went.append((name,)))
    qtbot.addWidget(page)
    page.resize(1170, 640)
    page.relayout(1366)
    show(qtbot, page)
    qtbot.waitUntil(lambda: page._found is not None)
    qtbot.wait(1)  # what was put into layouts comes into sight
    return page


def links(page: DashboardPage) -> list[QPushButton]:
    return page._links(page.day)


def test_done_finishes_a_task_and_the_focus_goes_on_to_the_next(
    qtbot: QtBot, ours: Context, went: Went, said: Said
) -> None:
    tasks = records.add_many(
        ours.ws, "task", [{"what": f"zadanie {n}", "who": "Anna", "due": f"2026-11-2{n + 4}"} for n in range(2)]
    )
    page = opened(qtbot, ours, went)
    links(page)[0].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    done = query.get(ours.ws, "task", tasks[0])
    assert done is not None
    assert (done.fields["state"], done.fields["done_on"]) == ("done", "2026-11-23")
    assert said.undo
    qtbot.waitUntil(lambda: len(links(page)) == 1)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is links(page)[0])


def test_links_and_buttons_lead_where_they_say(qtbot: QtBot, ours: Context, went: Went) -> None:
    wrong = {"title": "Warsztat", "status": "held", "date": "2026-11-18", "start": "10:00", "end": "09:00"}
    event = records.add_many(ours.ws, "event", [wrong], draft=True)[0]
    page = opened(qtbot, ours, went)
    assert page.first_focus() is page.report.button
    links(page)[0].click()
    assert went[-1][:2] == ("event", event)
    page._links(page.report)[0].click()
    assert went[-1] == ("monthly_report", "2026-11", "short")
    for button, where in (
        (page.report.button, ("monthly_report", "2026-11")),
        (page.day.button, ("task",)),
        (page.topics.button, ("coverage",)),
        (page.exchange.button, ("exchange",)),
        (page.backup.button, ("backup",)),
    ):
        button.click()
        assert went[-1] == where
    assert monthly.find(ours.ws, "2026-11") is not None, "the report that is to be finished is begun"


def test_what_waits_for_the_exchange_is_said_once_it_is_counted(qtbot: QtBot, ours: Context, went: Went) -> None:
    page = opened(qtbot, ours, went)
    before = page.exchange.body.count()
    page.show_waiting(Waiting(to_send=14))
    assert before == 1

    def said() -> list[str]:
        return [each.text() for each in page.exchange.findChildren(QLabel) if each.isVisible()]

    qtbot.waitUntil(lambda: any("14" in each for each in said()))


def test_behind_a_number_of_coverage_are_the_records_it_counts(qtbot: QtBot, ours: Context, went: Went) -> None:
    held = {
        "title": "Warsztat", "kind": "workshop", "status": "held", "date": "2026-11-18", "locality": "Zmyślona",
        "course": "Rozmowa.", "participants": {"pwd": {"f": 3}}, "signatures_count": 3, "gmina": "3215052",
        "topics": [{"topic": "T2", "depth": "workshop", "audience": ["ngo_staff"]}],
    }  # fmt: skip
    event = records.add_many(ours.ws, "event", [held])[0]
    page = CoveragePage(ours)
    qtbot.addWidget(page)
    page.resize(1170, 640)
    page.relayout(1366)
    show(qtbot, page)
    qtbot.waitUntil(lambda: bool(page._told.months()))
    page.grid.setFocus()
    row = next(at for at in range(page.grid.rowCount()) if page.grid.item(at, 1).text() == "1")
    QTest.keyClick(page.grid, Qt.Key.Key_Right)
    for _step in range(row):
        QTest.keyClick(page.grid, Qt.Key.Key_Down)
    assert page.grid.cell() == ("T2", "ngo_staff")
    qtbot.waitUntil(lambda: page.sources.count() == 1)
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert went[-1] == ("event", event)
    QTest.keyClick(page.grid, Qt.Key.Key_Escape)
    assert went[-1] == ("dashboard",)


def test_from_a_gmina_enter_goes_to_its_audiences(qtbot: QtBot, ours: Context) -> None:
    topics = [{"topic": "T2", "depth": "workshop", "audience": ["ngo_staff"]}]
    held = {
        "title": "Warsztat", "kind": "workshop", "status": "held", "date": "2026-11-18", "locality": "Zmyślona",
        "course": "Rozmowa.", "participants": {"pwd": {"f": 3}}, "gmina": "3215052", "topics": topics,
    }  # fmt: skip
    records.add_many(ours.ws, "event", [held, {**held, "gmina": "3215023", "topics": []}])
    page = CoveragePage(ours)
    qtbot.addWidget(page)
    page.relayout(1366)
    show(qtbot, page)
    qtbot.waitUntil(lambda: bool(page._told.months()))
    page.rows.setCurrentIndex(2)
    page.rows.activated.emit(2)
    assert page.grid.rowCount() == 1
    page.grid.setCurrentCell(0, 3)
    assert "T4" in page.gap.text()
    assert "Grzmiąca" in page.gap.text()
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert page.gmina.currentText() == "Grzmiąca"
    assert page.grid.rowCount() == 11
