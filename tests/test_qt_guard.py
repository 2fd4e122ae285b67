"""PySide6 6.12.0 on Python 3.11 lost a reference of None with each void call until the interpreter aborted."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_void_calls_do_not_eat_references_of_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(30_000):
        label.setText("x")
    assert abs(sys.getrefcount(None) - before) < 1_000
