"""Doing something a little later: many calls become one, long work comes in pieces, pages read while they are seen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent, QWindow
from PySide6.QtWidgets import QWidget

_SOON_MS = 150
_PIECE_S = 0.008
_HANDS = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin}


def later(owner: QObject, milliseconds: int, act: Callable[[], object]) -> QTimer:
    """A timer that calls ``act`` once, ``milliseconds`` after its last ``start()``; it ends with its owner."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(act)
    return timer


class Pieces(QObject):
    """Work for when nobody needs the window: a little of it in each turn of the event loop, none under their hands."""

    def __init__(self, owner: QWidget, rest_ms: int, steps: Iterator[None]) -> None:
        """Work on ``steps`` once nobody has typed, clicked or scrolled for ``rest_ms``."""
        super().__init__(owner)
        self._owner, self._rest_ms, self._steps = owner, rest_ms, steps
        self._window: QWindow | None = None
        self._turn = later(self, 0, self._work)

    def start(self) -> None:
        """Begin, or go on, after a rest."""
        if self._window is None and (window := self._owner.window().windowHandle()) is not None:
            self._window = window
            window.installEventFilter(self)
        self._turn.start(self._rest_ms)

    def stop(self) -> None:
        """Leave it until it is started again."""
        self._turn.stop()
        if self._window is not None:
            self._window.removeEventFilter(self)
            self._window = None

    def _work(self) -> None:
        until = time.perf_counter() + _PIECE_S
        for _step in self._steps:
            if time.perf_counter() > until:
                self._turn.start(0)
                return
        self.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let go as soon as somebody does something."""
        if event.type() in _HANDS:
            self._turn.start(self._rest_ms)
        return False


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
