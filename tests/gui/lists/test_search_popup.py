"""Search everywhere (Ctrl+K)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from progressus_desktop.gui.context import Context
from progressus_desktop.gui.search_popup import SearchPopup
from progressus_desktop.gui.searchrows import spans


@pytest.fixture
def popup(qtbot: QtBot, context: Context) -> Iterator[SearchPopup]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 696)
    before = QLineEdit(window)
    window.show()
    before.setFocus()
    command = QAction("&Lock\tCtrl+Shift+L", window)
    made = SearchPopup(context, lambda: [command], window)
    made.open()
    yield made
    window.close()


def kinds(popup: SearchPopup) -> list[str]:
    return [row.kind for row in popup.rows.rows]


def test_hits_stand_in_groups_of_at_most_four_with_show_all(popup: SearchPopup) -> None:
    QTest.keyClicks(popup.text, "warsztat")
    groups = [row.title for row in popup.rows.rows if row.kind == "group"]
    assert groups == ["Events (4+)"]
    assert kinds(popup) == ["group", "record", "record", "record", "record", "all"]


def test_the_card_grows_with_its_hits_as_far_as_the_window_goes(popup: SearchPopup) -> None:
    QTest.keyClicks(popup.text, "warsztat")
    assert popup.rows.rows[1].detail.endswith(".2026"), "hits say where and when"
    last = popup.list.visualRect(popup.rows.index(popup.rows.rowCount() - 1))
    assert last.bottom() <= popup.list.viewport().height()
    popup.text.setText("l")
    popup.parentWidget().resize(1366, 500)
    assert popup.rows.rowCount() > 10
    assert popup.card.height() == 500 - 2 * popup.card.y()


def test_enter_opens_the_first_hit_and_the_focus_returns(qtbot: QtBot, popup: SearchPopup) -> None:
    QTest.keyClicks(popup.text, "jutrzenka")
    with qtbot.waitSignal(popup.opened) as opened:
        QTest.keyClick(popup.text, Qt.Key.Key_Return)
    assert opened.args[0] == "partner"
    assert not popup.isVisible()


def test_polish_marks_are_not_needed(popup: SearchPopup) -> None:
    QTest.keyClicks(popup.text, "laka")
    assert any(row.title == "Łąka i Las" for row in popup.rows.rows)


def test_arrows_skip_the_names_of_groups(popup: SearchPopup) -> None:
    QTest.keyClicks(popup.text, "l")
    chosen = []
    for _each in range(8):
        chosen.append(popup.rows.rows[popup.list.currentIndex().row()].kind)
        QTest.keyClick(popup.text, Qt.Key.Key_Down)
    assert "group" not in chosen


def test_commands_are_found_and_run(qtbot: QtBot, popup: SearchPopup) -> None:
    QTest.keyClicks(popup.text, "lock")
    row = next(each for each in popup.rows.rows if each.kind == "command")
    assert row.title == "Lock"
    with qtbot.waitSignal(row.action.triggered):
        QTest.keyClick(popup.text, Qt.Key.Key_Return)


def test_show_all_asks_for_the_list_with_the_text(qtbot: QtBot, popup: SearchPopup) -> None:
    QTest.keyClicks(popup.text, "warsztat")
    for _each in range(4):
        QTest.keyClick(popup.text, Qt.Key.Key_Down)
    with qtbot.waitSignal(popup.all_asked) as asked:
        QTest.keyClick(popup.text, Qt.Key.Key_Return)
    assert asked.args == ["event", "warsztat"]


def test_escape_closes(popup: SearchPopup) -> None:
    QTest.keyClick(popup.text, Qt.Key.Key_Escape)
    assert not popup.isVisible()


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Łąka i Las", "laka", [(0, 4)]),
        ("Lipniki, świetlica", "swiet lip", [(0, 3), (9, 14)]),
        ("Warsztat", "sztat", []),
    ],
)
def test_matches_are_marked_at_the_beginning_of_words(text: str, wanted: str, found: list[tuple[int, int]]) -> None:
    assert spans(text, wanted) == found


def test_the_card_goes_when_the_focus_goes_elsewhere(qtbot: QtBot, popup: SearchPopup) -> None:
    beside = popup.parentWidget().findChild(QLineEdit, "")
    assert isinstance(beside, QLineEdit)
    beside.setFocus(Qt.FocusReason.ShortcutFocusReason)
    qtbot.waitUntil(popup.isHidden)
    assert beside.hasFocus(), "what took the focus keeps it"
    popup.open()
    assert popup.isVisible()
    assert popup.text.hasFocus()
