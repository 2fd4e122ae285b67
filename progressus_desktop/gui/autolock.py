"""Locks after a time without work, with a notice a minute before; any key or movement counts as work.

Keys and movements are seen where they come in, at the windows. A filter of the whole application would be asked about
every event of every widget: making a page took a third longer.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication

_NOTICE_S = 60
_WORK = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.InputMethod,
}


class AutoLock(QObject):
    """Counts the time without work. ``may_wait`` says whether long work forbids locking now."""

    notice = Signal(int)
    """The lock comes in this many seconds."""
    calm = Signal()
    """Work went on: take the notice away."""
    due = Signal()

    def __init__(self, app: QApplication, may_wait: Callable[[], bool]) -> None:
        super().__init__(app)
        self._app, self._may_wait = app, may_wait
        self._minutes, self._noticed = 15, False
        self._counting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._step)

    def start(self, minutes: int) -> None:
        """Begin to count."""
        self._minutes, self._noticed = minutes, False
        if not self._counting:
            self._counting = True
            self._app.focusWindowChanged.connect(self._watch)
            self._watch(self._app.focusWindow())
        self._timer.start((minutes * 60 - _NOTICE_S) * 1000)

    def stop(self) -> None:
        """Count no longer; it goes, and its filters with it."""
        self._timer.stop()
        if self._counting:
            self._counting = False
            self._app.focusWindowChanged.disconnect(self._watch)
        self.deleteLater()

    def _watch(self, window: QWindow | None) -> None:
        """Look at a window once it has had the keyboard; Qt keeps one filter of us however often it is installed."""
        if window is not None:
            window.installEventFilter(self)

    def worked(self) -> None:
        """Somebody works: begin to count again."""
        if self._noticed:
            self._noticed = False
            self.calm.emit()
        self._timer.start((self._minutes * 60 - _NOTICE_S) * 1000)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See every key and movement."""
        if self._counting and event.type() in _WORK and event.spontaneous():
            self.worked()
        return False

    def _step(self) -> None:
        if self._may_wait():
            self.worked()
        elif self._noticed:
            self.due.emit()
        else:
            self._noticed = True
            self.notice.emit(_NOTICE_S)
            self._timer.start(_NOTICE_S * 1000)
