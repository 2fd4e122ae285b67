"""Doing something once, a little later: many calls in a row become one, and pages read only while they are seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

_SOON_MS = 150


def later(owner: QObject, milliseconds: int, act: Callable[[], object]) -> QTimer:
    """A timer that calls ``act`` once, ``milliseconds`` after its last ``start()``; it ends with its owner."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(act)
    return timer


class RereadPage(QWidget):
    """A page that reads again shortly after it came into sight, and after each ``read_soon`` while it is in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.soon = later(self, _SOON_MS, self.read_again)

    def read_again(self) -> None:
        """Read and show anew."""
        raise NotImplementedError

    def read_soon(self) -> None:
        """Read again in a moment, if anybody sees it."""
        if self.isVisible():
            self.soon.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read again what changed meanwhile."""
        super().showEvent(event)
        self.soon.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing is read while nobody sees it, and after the workspace is closed."""
        super().hideEvent(event)
        self.soon.stop()
