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
    """Makes records of a list current: the same one after ordering anew, the first with typed letters."""

    def __init__(self, context: Context, table: ListTable, source: Callable[[], ListSource]) -> None:
        super().__init__(table)
        self._context, self._table, self._source = context, table, source
        table.find_letters = self._find

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Order inside; a long list shows its beginning first and goes on to the record when a job has found it."""
        sought = self._table.record_id() if self._long() else ""
        if sought:
            self._table.leave_place()
        yield
        if sought:
            self._seek(sought)

    def _find(self, letters: str) -> None:
        found = self._source().first_with(letters)
        if found and self._long():
            self._seek(found)
        elif found:
            self._table.go_to(found)

    def _long(self) -> bool:
        return self._table.model().rowCount() > AT_ONCE

    def _seek(self, record_id: str) -> None:
        ws, wanted, place = self._context.ws, self._source(), self._table.currentIndex().row()

        def work(_progress: Progress) -> int | None:
            with ws.reader() as connection:
                return query.position_on(connection, wanted.entity, wanted.view, record_id)

        def done(row: int | None) -> None:
            untouched = self._source() is wanted and self._table.currentIndex().row() == place
            if row is not None and untouched:
                self._table.go_to_row(row)

        self._context.jobs.start(self, _("Searching"), work, done, self._context.notify.error)
