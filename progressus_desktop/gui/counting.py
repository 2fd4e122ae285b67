"""Exact counts of a list, made beside the work so that typing in a filter never waits for them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Job, Progress
from progressus_desktop.gui.listfooter import Sums
from progressus_desktop.gui.listsource import ListSource
from progressus_desktop.gui.soon import later
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import _

_REST_MS = 120
_COUNTED = {"event": ("status", "persons"), "partner": ("stage", ""), "task": ("state", "")}
"""By which column the footer counts, and which it sums up."""


class Counting(QObject):
    """Counts the newest view asked for; a view asked for in between is never counted."""

    counted = Signal(object, object)
    """The source and its :class:`Sums`."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted: ListSource | None = None
        self._running: Job | None = None
        self._rest = later(self, _REST_MS, self._count)

    def start(self, source: ListSource) -> None:
        """Count ``source`` once no other view was asked for in 120 ms."""
        self._wanted = source
        self._rest.start()

    def stop(self) -> None:
        """Count nothing until asked again."""
        self._rest.stop()
        self._wanted = None

    def _count(self) -> None:
        source = self._wanted
        if source is None or self._running is not None:
            return  # asked again when the running count ends
        ws = self._context.ws

        def work(_progress: Progress) -> Sums:
            with ws.reader() as connection:
                return _sums(ws, source, connection)

        def done(sums: Sums) -> None:
            self._running = None
            if source is self._wanted:
                self.counted.emit(source, sums)
            elif self._wanted is not None:
                self._rest.start()

        def failed(error: ProgressusError) -> None:
            self._running = None
            self._context.notify.error(error)

        self._running = self._context.jobs.start(self, _("Counting"), work, done, failed)


def _sums(ws: Workspace, source: ListSource, connection: object) -> Sums:
    by, sum_of = _COUNTED.get(source.entity, ("", ""))
    total, codes, amount = query.own_counts(ws, source.entity, source.view, by, sum_of, connection)  # type: ignore[arg-type]  # a connection of the store, not named in the window's layer
    return Sums(total, {by: codes} if by else {}, amount)
