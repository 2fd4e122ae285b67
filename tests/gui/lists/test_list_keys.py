"""What the keyboard does in a list."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from progressus_desktop.gui import tables
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.listpage import ListPage
from progressus_desktop.gui.listsource import ListSource
from progressus_desktop.services import records
from progressus_desktop.store import query
from progressus_desktop.store.query import View

Key = Qt.Key


def first_title(page: ListPage) -> str:
    return str(page.model.cells(0).text(1))  # type: ignore[union-attr]  # there is a row


def test_a_list_opens_on_its_newest_record_with_the_focus_in_the_table(events: ListPage) -> None:
    assert events.model.rowCount() == 220
    assert events.table.hasFocus()
    assert events.table.currentIndex().row() == 0
    assert events.model.cells(0).text(0) == "10.12.2026"


def test_enter_opens_the_current_record(qtbot: QtBot, events: ListPage) -> None:
    QTest.keyClick(events.table, Key.Key_Down)
    with qtbot.waitSignal(events.open_record) as opened:
        QTest.keyClick(events.table, Key.Key_Return)
    assert opened.args == [events.model.id_at(1)]


def test_space_hides_the_preview_and_shows_it_again(events: ListPage) -> None:
    assert events.preview.isVisible()
    QTest.keyClick(events.table, Key.Key_Space)
    assert not events.preview.isVisible()
    assert events.table.hasFocus()
    QTest.keyClick(events.table, Key.Key_Space)
    assert events.preview.isVisible()


def test_the_preview_follows_the_current_row(qtbot: QtBot, events: ListPage) -> None:
    QTest.keyClick(events.table, Key.Key_End)
    assert events.table.currentIndex().row() == 219
    qtbot.waitUntil(lambda: events.preview.record_id() == events.model.id_at(219))


def test_letters_jump_to_a_name_through_a_query(partners: ListPage) -> None:
    QTest.keyClicks(partners.table, "pu")
    assert partners.model.cells(partners.table.currentIndex().row()).text(0) == "PUP Wzorów"


def test_letters_find_polish_names(partners: ListPage) -> None:
    partners.table.keyboardSearch("ź")
    assert partners.model.cells(partners.table.currentIndex().row()).text(0) == "Źrebię"


def test_letters_jump_in_a_long_list_once_the_row_is_found(
    partners: ListPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "AT_ONCE", 1)
    partners.table.keyboardSearch("ź")
    qtbot.waitUntil(lambda: partners.model.cells(partners.table.currentIndex().row()).text(0) == "Źrebię")


def test_tab_leaves_the_table(events: ListPage) -> None:
    QTest.keyClick(events.table, Key.Key_Tab)
    assert not events.table.hasFocus()


def test_control_f_goes_to_the_filter_and_down_returns(events: ListPage) -> None:
    events.focus_filter()
    assert events.filters.text.hasFocus()
    QTest.keyClick(events.filters.text, Key.Key_Down)
    assert events.table.hasFocus()


def test_typing_in_the_filter_shows_matches_at_once_and_counts_them(qtbot: QtBot, events: ListPage) -> None:
    events.focus_filter()
    QTest.keyClicks(events.filters.text, "remiza lipniki")
    assert 0 < events.model.rowCount() < 220
    assert all("Remiza, Lipniki" in events.model.cells(row).text(2) for row in range(events.model.rowCount()))
    qtbot.waitUntil(lambda: events.footer.counts.text().startswith(f"{events.model.rowCount()} events"))


def test_the_filter_needs_no_polish_marks(events: ListPage) -> None:
    QTest.keyClicks(events.filters.text, "zniwa lekinia")
    assert events.model.rowCount() > 0


def test_a_filter_that_finds_nothing_says_so_and_can_be_cleared(qtbot: QtBot, events: ListPage) -> None:
    QTest.keyClicks(events.filters.text, "qqqq")
    assert events.model.rowCount() == 0
    assert events.nothing.isVisible()
    qtbot.mouseClick(events.nothing.clear_button, Qt.MouseButton.LeftButton)
    assert events.model.rowCount() == 220
    assert events.table.isVisible()


def test_the_current_record_stays_current_while_filtering(events: ListPage) -> None:
    QTest.keyClick(events.table, Key.Key_Down)
    QTest.keyClick(events.table, Key.Key_Down)
    kept = events.table.record_id()
    words = str(events.model.cells(2).text(1)).split()[-1]
    QTest.keyClicks(events.filters.text, words)
    assert events.table.record_id() == kept


def test_combos_filter_by_state_and_topic(events: ListPage) -> None:
    state, topic = events.filters.combos["state"], events.filters.combos["topics"]
    state.setCurrentIndex(state.findData("status=planned"))
    assert events.model.rowCount() == 18
    topic.setCurrentIndex(topic.findData("topics=T1"))
    assert events.model.rowCount() == 9
    events.filters.clear()
    assert events.model.rowCount() == 220


def test_the_period_filter_takes_both_ends(events: ListPage) -> None:
    period = events.filters.combos["period"]
    period.setCurrentIndex(period.findData("month"))
    assert events.model.cells(0).text(0) == "30.11.2026"
    assert events.model.cells(29).text(0) == "01.11.2026"
    assert events.filters.wanted().period == ("2026-11-01", "2026-11-30")


def test_partners_without_contact_for_sixty_days(qtbot: QtBot, partners: ListPage) -> None:
    partners.filters.silent.setChecked(True)
    qtbot.waitUntil(lambda: partners.model.rowCount() == 1)
    assert partners.model.cells(0).text(0) == "Pieczarkarnia „Jutrzenka”"
    assert "103 days ago" in partners.model.cells(0).text(3)


def test_control_c_copies_the_selected_rows_as_a_table(events: ListPage) -> None:
    QTest.keyClick(events.table, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(events.table, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["Date", "Event title", "Place", "People", "State"]
    assert len(lines) == 3
    assert lines[1].startswith("10.12.2026\t")


def test_control_a_selects_every_row(events: ListPage) -> None:
    QTest.keyClick(events.table, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert events.table.selected_count() == 220


def test_delete_moves_to_the_bin_with_an_undo_bar_and_keeps_the_place(
    own_events: ListPage, own: Context, said: Any
) -> None:
    events, context = own_events, own
    QTest.keyClick(events.table, Key.Key_Down)
    gone, following = events.model.id_at(1), events.model.id_at(2)
    QTest.keyClick(events.table, Key.Key_Delete)
    assert said.undo == ["Event moved to the bin."]
    assert events.model.rowCount() == 219
    assert events.table.record_id() == following
    assert query.total(context.ws, "event", View(deleted=True)) == 1
    records.restore(context.ws, "event", gone)
    assert events.model.rowCount() == 220
    assert events.table.record_id() == following


def test_a_commit_repaints_only_the_rows_it_changed(qtbot: QtBot, own_events: ListPage, own: Context) -> None:
    events, context = own_events, own
    with qtbot.waitSignal(events.model.dataChanged) as changed:
        records.save(context.ws, "event", events.model.id_at(3), {"title": "Nowa nazwa"}, draft=True)
    assert (changed.args[0].row(), changed.args[1].row()) == (3, 3)
    assert events.model.cells(3).text(1) == "Nowa nazwa"


def test_a_click_on_a_head_sorts_and_keeps_the_record(events: ListPage) -> None:
    QTest.keyClick(events.table, Key.Key_Down)
    kept = events.table.record_id()
    events.sort_by("title")
    titles = [events.model.cells(row).text(1) for row in range(220)]
    assert titles == sorted(titles, key=lambda each: each.replace("Ż", "Zz"))
    assert events.table.record_id() == kept


def test_a_long_list_shows_its_beginning_at_once_and_goes_on_to_the_record(
    events: ListPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "AT_ONCE", 10)
    events.sort_by("-date")
    QTest.keyClick(events.table, Key.Key_End)
    kept = events.table.record_id()
    events.sort_by("title")
    assert events.table.currentIndex().row() == 0
    qtbot.waitUntil(lambda: events.table.record_id() == kept)
    events.sort_by("-title")
    QTest.keyClick(events.table, Key.Key_Down)
    moved = events.table.record_id()
    qtbot.waitUntil(lambda: not events._context.jobs.running())
    assert events.table.record_id() == moved


def test_a_filter_begins_with_its_first_hit_and_without_it_the_record_stays(
    events: ListPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "AT_ONCE", 10)
    asked: list[str] = []
    monkeypatch.setattr(ListSource, "position", lambda _source, record_id: asked.append(record_id))
    events.sort_by("-date")
    QTest.keyClick(events.table, Key.Key_End)
    QTest.keyClicks(events.filters.text, "numer")
    assert events.table.currentIndex().row() == 0
    assert events.table.record_id() == events.model.id_at(0)
    for _each in range(5):
        QTest.keyClick(events.table, Key.Key_Down)
    kept = events.table.record_id()
    events.filters.clear()
    qtbot.waitUntil(lambda: events.table.record_id() == kept)
    assert (events.model.rowCount(), asked) == (220, []), "looked for in the window's own thread"


def test_the_menu_key_offers_every_action_with_its_key(events: ListPage) -> None:
    menu = events.acts.menu()
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert "Open\tEnter" in words
    assert "Move to the bin\tDelete" in words
    assert "Order by" in words


def test_control_n_and_the_primary_button_ask_for_a_new_record(qtbot: QtBot, events: ListPage) -> None:
    with qtbot.waitSignal(events.new_record):
        qtbot.mouseClick(events.head.new_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(events.new_record):
        events.actions_here()["new"]()
