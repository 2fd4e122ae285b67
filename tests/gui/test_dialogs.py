"""Dialogs give every word the height it needs, at any size of text and on a small screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from progressus_desktop.domain.catalog import entity
from progressus_desktop.gui.afterevent import AfterEvent
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.dialogs import HIGHEST, WIDEST
from progressus_desktop.gui.erasedialog import EraseDialog
from progressus_desktop.gui.joindialog import JoinDialog
from progressus_desktop.gui.mergedialog import MergeDialog
from progressus_desktop.gui.passwords import PasswordDialog
from progressus_desktop.gui.refusedialog import RefuseDialog
from progressus_desktop.services import outlook
from progressus_desktop.store import query
from progressus_desktop.store.query import View


def after(context: Context, over: QWidget) -> QDialog:
    ids = [row.id for row in query.window(context.ws, "event", View(), 0, 60)]
    events = [query.get(context.ws, "event", each) for each in ids]
    return AfterEvent(context, next(each for each in events if each is not None), over)


def erase(context: Context, over: QWidget) -> QDialog:
    chosen = [row.id for row in query.window(context.ws, "partner", View(), 0, 2)]
    return EraseDialog(context, outlook.of(context.ws, "partner", chosen), lambda: None, over)


def refuse(context: Context, over: QWidget) -> QDialog:
    return RefuseDialog(context, context.ws.person, "Anna Przykładowa", over)


def merge(context: Context, over: QWidget) -> QDialog:
    first = query.window(context.ws, "partner", View(), 0, 2)
    return MergeDialog(context, entity("partner"), first[0].id, lambda _kept: None, over, first[1].id)


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("make", [after, erase, refuse, merge, PasswordDialog, JoinDialog])
def test_no_line_of_words_is_cut_off(
    qtbot: QtBot, context: Context, make: Callable[[Context, QWidget], QDialog], percent: int
) -> None:
    context.theme.apply("contrast", percent, own_font=True)
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(1366, 696)
    over.show()
    dialog = make(context, over)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.open()
    assert dialog.width() <= WIDEST
    assert dialog.height() <= HIGHEST
    wrapped = [each for each in dialog.findChildren(QLabel) if each.wordWrap() and each.isVisible() and each.text()]
    assert wrapped
    assert [each.text() for each in wrapped if each.height() < each.heightForWidth(each.width())] == []
