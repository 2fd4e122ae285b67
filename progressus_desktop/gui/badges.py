"""Numbers beside the pages of the sidebar: what waits for the person, counted beside the work."""

from __future__ import annotations

from PySide6.QtCore import QObject

from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.sidebar import Sidebar
from progressus_desktop.gui.soon import later
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.words import _, ngettext

_REST_MS = 150
_OPEN = View(where=(("state", "open"),))


class Badges(QObject):
    """Counts open tasks at the start and after each commit that touches a task."""

    def __init__(self, context: Context, sidebar: Sidebar, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._sidebar = context, sidebar
        self._number = 0
        self._rest = later(self, _REST_MS, self._count)
        context.bus.committed.connect(self._committed)
        context.bus.closing.connect(self._rest.stop)
        self._rest.start()

    def _committed(self, done: Committed) -> None:
        if any(entity == "task" for entity, _id in done.records):
            self._rest.start()

    def _count(self) -> None:
        ws = self._context.ws

        def work(_progress: Progress) -> int:
            with ws.reader() as connection:
                return query.own_counts(ws, "task", _OPEN, connection=connection)[0]

        def counted(number: int) -> None:
            self._number = number
            self.show_words()

        def failed(error: ProgressusError) -> None:
            self._context.notify.error(error)

        self._context.jobs.start(self, _("Counting"), work, counted, failed)

    def show_words(self) -> None:
        """Show the number again, in the language in force."""
        self._sidebar.set_count("task", self._number, ngettext("{n} open", "{n} open", self._number))
