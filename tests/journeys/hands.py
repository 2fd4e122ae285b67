"""Hands on a keyboard: keys go to whatever has the focus, as on a real machine. They count what they press."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

Key, Mod = Qt.Key, Qt.KeyboardModifier
CONTROL, SHIFT, ALT = Mod.ControlModifier, Mod.ShiftModifier, Mod.AltModifier


class Hands:
    """``presses`` counts keys that are not text."""

    def __init__(self, qtbot: QtBot) -> None:
        self._bot = qtbot
        self.presses = 0

    def target(self) -> QWidget:
        # a window gets the focus back a moment after its pop-up closed; fingers are never that quick
        self.until(lambda: QApplication.activePopupWidget() is not None or QApplication.focusWidget() is not None)
        popup = QApplication.activePopupWidget()
        found = popup.focusWidget() or popup if popup is not None else QApplication.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    def press(self, key: Key, held: Mod = Mod.NoModifier, times: int = 1) -> None:
        for _time in range(times):
            QTest.keyClick(self.target(), key, held)
            self.presses += 1

    def type(self, text: str) -> None:
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(self.target(), letter)
                continue
            # QTest knows ASCII only; a real keyboard sends ą with AltGr as one key with its text
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.target(), QKeyEvent(kind, 0, Mod.NoModifier, letter))

    def fill(self, text: str) -> None:
        """Type and go on with Enter."""
        self.type(text)
        self.press(Key.Key_Return)

    def until(self, true: Callable[[], bool], timeout: int = 5000) -> None:
        self._bot.waitUntil(true, timeout=timeout)

    @staticmethod
    def at() -> str:
        """The name of the control with the focus, or of the nearest named one around it."""
        found = QApplication.focusWidget()
        while found is not None and not found.objectName():
            found = found.parentWidget()
        return found.objectName() if found is not None else ""
