"""News of commits, brought once from the workspace to the window's thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from progressus_desktop.store.workspace import Workspace


class ChangeBus(QObject):
    """Emits ``committed`` in the window's thread after each commit, whichever thread made it."""

    committed = Signal(object)
    closing = Signal()
    """The workspace is about to close: nothing may be written any more."""

    def __init__(self, ws: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._leave = ws.subscribe(self.committed.emit)

    def close(self) -> None:
        """Listen no longer, and tell whoever would write later. Safe to call twice."""
        self._leave()
        self._leave = _gone
        self.closing.emit()


def _gone() -> None:
    """There is nobody left to tell."""
