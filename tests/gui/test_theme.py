"""A change of the look costs each widget a little, however deep it stands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from progressus_desktop.gui.theme import Theme
from tests.gui.conftest import show

DEPTH = 30


class Counted(QObject):
    """Counts how often a widget was told that its style is another."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.times += event.type() == QEvent.Type.StyleChange
        return False


def test_another_look_is_worked_out_as_often_for_a_deep_widget_as_for_a_flat_one(
    qapp: QApplication, qtbot: QtBot
) -> None:
    theme = Theme(qapp)
    theme.apply("light", 100)
    window = QWidget()
    qtbot.addWidget(window)
    inner = window
    for _level in range(DEPTH):
        column = QVBoxLayout(inner)
        inner = QWidget(inner)
        column.addWidget(inner)
    deep, flat = QLabel("deep", inner), QLabel("flat", window)
    show(qtbot, window)
    counts = []
    for label in (deep, flat):
        counted = Counted()
        label.installEventFilter(counted)
        counts.append(counted)
    theme.apply("dark", 150)
    assert [each.times for each in counts] == [2, 2]
    assert deep.palette().windowText().color() == flat.palette().windowText().color() == theme.tokens("text")
    assert deep.font().pixelSize() == theme.font("body").pixelSize()
    theme.apply("light", 100)
