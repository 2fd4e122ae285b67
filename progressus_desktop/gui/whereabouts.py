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


class Whereabouts(QObject):
    """Makes records of a list current: the same one after ordering anew, the first with typed letters."""

    def __init__(self, context: Context, table: ListTable, source: Callable[[], ListSource]) -> None:
        super().__init__(table)
        self._context, self._table, self._source = context, table, source
        self._found: tuple[ListSource, int, int] | None = None
        table.find_letters = self._find

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Order inside; a long list shows its beginning first and goes on to the record when a job has found it."""
        sought = self._table.record_id()
        yield
        if sought and sought != self._table.record_id():
            self._seek(sought)

    def _find(self, letters: str) -> None:
        found = self._source().first_with(letters)
        if found and self._table.near:
            self._table.go_to(found)
        elif found:
            self._seek(found)

    def _seek(self, record_id: str) -> None:
        ws, wanted, place = self._context.ws, self._source(), self._table.currentIndex().row()

        def work(_progress: Progress) -> int | None:
            with ws.reader() as connection:
                return query.position_on(connection, wanted.entity, wanted.view, record_id)

        def done(row: int | None) -> None:
            self._found = None if row is None else (wanted, row, place)
            self.arrive()

        self._context.jobs.start(self, _("Searching"), work, done, self._context.notify.error)

    def arrive(self) -> None:
        """Go where the record was found, once the list is counted as far as that; not if a person moved meanwhile."""
        if self._found is None:
            return
        wanted, row, place = self._found
        if self._source() is not wanted or self._table.currentIndex().row() != place:
            self._found = None
        elif row < self._table.model().rowCount():
            self._found = None
            self._table.go_to_row(row)
