"""Where a record went in a long list, found beside the work: all that stands before it has to be counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject

from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.listsource import ListSource
from progressus_desktop.gui.tableview import ListTable
from progressus_desktop.store import query
from progressus_desktop.words import _

AT_ONCE = 20_000
"""Rows of a list in which a record is found without a job, within a few milliseconds."""


class Whereabouts(QObject):
    """Keeps the current record of a table current when its rows are ordered anew."""

    def __init__(self, context: Context, table: ListTable) -> None:
        super().__init__(table)
        self._context = context
        self._table = table

    @contextmanager
    def kept(self, source: Callable[[], ListSource]) -> Iterator[None]:
        """Order inside; a long list shows its beginning first and goes on to the record when a job has found it."""
        sought = self._table.record_id() if self._table.model().rowCount() > AT_ONCE else ""
        if sought:
            self._table.go_to_row(0)
        yield
        if sought:
            self._seek(source, sought)

    def _seek(self, source: Callable[[], ListSource], record_id: str) -> None:
        ws, wanted = self._context.ws, source()

        def work(_progress: Progress) -> int | None:
            with ws.reader() as connection:
                return query.position_on(connection, wanted.entity, wanted.view, record_id)

        def done(row: int | None) -> None:
            untouched = source() is wanted and self._table.currentIndex().row() == 0
            if row is not None and untouched:
                self._table.go_to_row(row)

        self._context.jobs.start(self, _("Searching"), work, done, self._context.notify.error)
