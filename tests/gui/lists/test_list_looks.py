"""Layouts, sizes and names of a list page: narrow, compact, 200 %, themes, languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from progressus_desktop.gui.context import Context
from progressus_desktop.gui.listpage import ListPage
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import use_language
from tests.gui.conftest import open_list

CONTROLS = (QAbstractButton, QComboBox, QLineEdit)


def controls(page: QWidget) -> list[QWidget]:
    return [each for kind in CONTROLS for each in page.findChildren(kind) if each.isVisible()]


def shown_columns(page: ListPage) -> list[str]:
    columns = page.model.columns
    return [each.name for number, each in enumerate(columns) if not page.table.isColumnHidden(number)]


@pytest.mark.parametrize("width", [1366, 1280])
def test_everything_stands_side_by_side_from_1280_px(qtbot: QtBot, context: Context, width: int) -> None:
    page = open_list(qtbot, context, width=width)
    assert page.preview.isVisible()
    assert page.preview.width() == (350 if width == 1366 else 318)
    assert page.table.horizontalHeader().length() <= page.table.viewport().width() + 1


def test_the_partners_list_gives_up_the_locality_at_1280_px(qtbot: QtBot, context: Context) -> None:
    assert "locality" in shown_columns(open_list(qtbot, context, "partner"))
    assert "locality" not in shown_columns(open_list(qtbot, context, "partner", width=1280))


def test_between_900_and_1280_the_preview_opens_in_place_of_the_list(qtbot: QtBot, context: Context) -> None:
    page = open_list(qtbot, context, width=1100)
    assert not page.preview.isVisible()
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert page.preview.isVisible()
    assert not page.table.isVisible()
    QTest.keyClick(page.preview.open_button, Qt.Key.Key_Escape)
    assert page.table.isVisible()
    assert page.table.hasFocus()


def test_at_200_percent_three_columns_and_the_actions_below(
    qtbot: QtBot, shared_ws: Workspace, context_of: Callable[[Workspace], Context]
) -> None:
    context = context_of(shared_ws)
    context.theme.apply("light", 200)
    page = open_list(qtbot, context)
    assert shown_columns(page) == ["date", "title", "state"]
    assert page.model.cells(0).text(0) == "10.12"
    assert page.row_actions.isVisible()
    assert not page.head.new_button.isVisible()
    qtbot.waitUntil(lambda: page.head.number.text() == "220")
    assert page.height() == 626
    assert not page.filters.combos["state"].isVisible()
    page.filters.more_button.click()
    assert page.filters.combos["state"].isVisible()
    page.filters.more_button.click()
    page.relayout(1366)
    assert page.filters.combos["state"].isVisible(), "all filters are there again with smaller text"


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("entity", ["event", "partner"])
def test_no_control_is_smaller_than_32_px_and_none_is_clipped(
    qtbot: QtBot, shared_ws: Workspace, context_of: Callable[[Workspace], Context], percent: int, entity: str
) -> None:
    context = context_of(shared_ws)
    context.theme.apply("contrast", percent)
    page = open_list(qtbot, context, entity)
    small = [each.objectName() for each in controls(page) if min(each.width(), each.height()) < 32]
    assert not small
    clipped = [
        each.objectName()
        for each in controls(page)
        if isinstance(each, QAbstractButton) and each.sizeHint().width() > each.width()
    ]
    assert not clipped
    assert page.table.rowHeight(0) >= 32


def test_every_control_has_a_name_for_a_screen_reader(events: ListPage) -> None:
    buddies = {label.buddy() for label in events.findChildren(QLabel)}
    for each in controls(events):
        named = each.accessibleName() or (each.text() if isinstance(each, QAbstractButton) else "")
        assert named or each in buddies, each.objectName()
    assert events.table.accessibleName() == "Events"
    assert events.table.accessibleDescription()


def test_the_tab_order_is_the_order_of_reading(events: ListPage) -> None:
    order = ["filter_text", "filter_period", "filter_state", "filter_topics", "filter_kind"]
    events.filters.text.setFocus()
    for following in order[1:]:
        focus = QApplication.focusWidget()
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        assert QApplication.focusWidget().objectName() == following


def test_mnemonics_are_unique_on_the_page(events: ListPage) -> None:
    letters = [
        each.text()[each.text().index("&") + 1].lower()
        for each in events.findChildren(QAbstractButton)
        if each.isVisible() and "&" in each.text()
    ]
    assert len(letters) == len(set(letters))


def test_the_language_changes_live(qtbot: QtBot, events: ListPage) -> None:
    use_language("pl")
    events.retranslate()
    assert events.filters.combos["period"].itemText(1) == "listopad 2026"
    use_language("en")
    events.retranslate()
    assert events.filters.combos["period"].itemText(1) == "November 2026"


def test_an_empty_workspace_says_what_a_partner_is_and_offers_the_first(
    qtbot: QtBot, empty_ws: Workspace, context_of: Callable[[Workspace], Context]
) -> None:
    page = open_list(qtbot, context_of(empty_ws), "event")
    assert page.empty.isVisible()
    assert page.empty.new_button.hasFocus()
    with qtbot.waitSignal(page.new_record):
        QTest.keyClick(page.empty.new_button, Qt.Key.Key_Space)
