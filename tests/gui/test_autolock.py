"""Whoever works is not locked out; whoever went away is, after a notice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from progressus_desktop.gui.autolock import AutoLock


class Lock(AutoLock):
    """Notes what it was asked about."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app, lambda: self.busy)
        self.asked: list[QObject] = []
        self.said: list[str] = []
        self.busy = False
        self.notice.connect(lambda _seconds: self.said.append("notice"))
        self.calm.connect(lambda: self.said.append("calm"))
        self.due.connect(lambda: self.said.append("due"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.asked.append(watched)
        return super().eventFilter(watched, event)

    def time_passes(self) -> None:
        self._timer.timeout.emit()


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made).addWidget(QLineEdit())
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def lock(qapp: QApplication, window: QWidget) -> Iterator[Lock]:
    made = Lock(qapp)
    made.start(15)
    yield made
    made.stop()


def test_a_notice_comes_before_the_lock(lock: Lock) -> None:
    lock.time_passes()
    lock.time_passes()
    assert lock.said == ["notice", "due"]


def test_long_work_is_waited_for(lock: Lock) -> None:
    lock.busy = True
    lock.time_passes()
    assert lock.said == []


@pytest.mark.parametrize("what", ["key", "press", "movement"])
def test_any_key_or_movement_is_work(lock: Lock, window: QWidget, what: str) -> None:
    handle = window.windowHandle()
    lock.time_passes()
    if what == "key":
        QTest.keyClick(handle, Qt.Key.Key_A)
    elif what == "press":
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(20, 20))
    else:
        QTest.mouseMove(handle, QPoint(30, 30))
    assert lock.said == ["notice", "calm"]


def test_work_in_a_dialog_is_work_too(lock: Lock, window: QWidget, qtbot: QtBot) -> None:
    dialog = QDialog(window)
    QVBoxLayout(dialog).addWidget(QLineEdit())
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWindow() == dialog.windowHandle())
    lock.time_passes()
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_A)
    assert lock.said[-2:] == ["notice", "calm"]
    dialog.close()


def test_only_windows_are_looked_at_not_every_event_of_their_widgets(lock: Lock, window: QWidget) -> None:
    for number in range(50):
        QLabel(str(number), window).show()
    QApplication.processEvents()
    assert all(isinstance(each, QWindow) for each in lock.asked)
    assert len(lock.asked) < 25


def test_after_the_end_nothing_is_looked_at(lock: Lock, window: QWidget) -> None:
    lock.time_passes()
    lock.stop()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    assert lock.said == ["notice"]
