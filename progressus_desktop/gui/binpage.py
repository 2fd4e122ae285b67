"""The bin: what was deleted in the last 30 days, and how to have it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from progressus_desktop.clock import local
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui import erasedialog, wordrows
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.facts import title_of
from progressus_desktop.gui.parts import Button, text
from progressus_desktop.gui.widths import COMPACT
from progressus_desktop.gui.wordrows import WordRows
from progressus_desktop.services import records
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, _, ngettext

KEPT_DAYS = 30
_MOST_EACH = 500
_DAY_MS = 86_400_000
_HEADS = (N_("Name"), N_("What"), N_("Deleted"), N_("Leaves the bin"))


@dataclass(frozen=True, slots=True)
class Deleted:
    """One deleted record; ``at_ms`` is when, in UTC."""

    entity: str
    id: str
    title: str
    at_ms: int

    def words(self) -> tuple[str, str, str, str]:
        """The cells of its row."""
        gone = local(self.at_ms)
        leaves = (gone + timedelta(days=KEPT_DAYS)).strftime("%d.%m.%Y")
        return self.title, _(ENTITIES[self.entity].label), gone.strftime("%d.%m.%Y, %H:%M"), leaves


def deleted_records(ws: Workspace) -> list[Deleted]:
    """What was deleted in the last 30 days, the newest first."""
    since = ws.clock.now_ms() - KEPT_DAYS * _DAY_MS
    found: list[Deleted] = []
    for name in ENTITIES:
        for row in query.window(ws, name, View(deleted=True), 0, _MOST_EACH):
            at = int(row.values.get("changed_ms") or 0)
            if at >= since:
                record = query.get(ws, name, row.id)
                found.append(Deleted(name, row.id, title_of(ws, record) if record else row.id, at))
    return sorted(found, key=lambda each: -each.at_ms)


class BinPage(QWidget):
    """A table of deleted records; restore is one key away."""

    restored = Signal(str, str)
    """Record type and id of what came back."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setObjectName("bin_page")
        self.setProperty("noring", True)  # an empty bin takes the focus itself: there is nothing to frame
        self.model: WordRows[Deleted] = WordRows(_HEADS)
        theme = context.theme
        self.name = text("", "h1")
        self.restore_button = Button(theme, "", "primary", "archive-restore")
        self.restore_button.setObjectName("restore_button")
        head = QHBoxLayout()
        head.addWidget(self.name)
        head.addStretch(1)
        self.erase_button = Button(theme, "", "danger", "shield")
        self.erase_button.setObjectName("bin_erase_button")
        head.addWidget(self.erase_button)
        head.addWidget(self.restore_button)
        self.explains = text("", wrap=True)
        self.table = QTableView()
        self.table.setObjectName("bin_table")
        self.table.setModel(self.model)
        wordrows.set_up(self.table)
        self.empty = text("", "h2", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.counts = text("", "small")
        column = self._column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(self.explains)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.counts)
        self.restore_button.clicked.connect(self.restore_chosen)
        self.erase_button.clicked.connect(self.erase_chosen)
        self.table.doubleClicked.connect(lambda _index: self.restore_chosen())
        context.bus.committed.connect(self._committed)
        context.theme.changed.connect(self.restyle)
        self.retranslate()

    def reload(self) -> None:
        """Read the bin again, keeping the row."""
        row = self.table.currentIndex().row()
        rows = deleted_records(self._context.ws)
        self.model.show(rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.restore_button.setEnabled(bool(rows))
        self.erase_button.setEnabled(bool(rows))
        self.counts.setText(ngettext("{n} entry in the bin", "{n} entries in the bin", len(rows)) if rows else "")
        if rows:
            self.table.selectRow(min(max(row, 0), len(rows) - 1))

    def chosen(self) -> list[Deleted]:
        """The selected records."""
        return [self.model.rows[index.row()] for index in self.table.selectionModel().selectedRows()]

    def restore_chosen(self) -> None:
        """Take the selected records out of the bin."""
        chosen = self.chosen()
        try:
            for each in chosen:
                records.restore(self._context.ws, each.entity, each.id)
                self.restored.emit(each.entity, each.id)
        except ProgressusError as error:
            self._context.notify.error(error)
            return
        if chosen:
            self._context.notify.undo_bar(_("Restored: {name}", name=chosen[-1].title))

    def erase_chosen(self) -> None:
        """Ask about erasing the selected records for ever, those of the first one's type."""
        chosen = self.chosen()
        if chosen:
            same = [each.id for each in chosen if each.entity == chosen[0].entity]
            erasedialog.ask(self._context, chosen[0].entity, same, self, lambda: self.first_focus().setFocus())

    def _committed(self, done: Committed) -> None:
        if self.isVisible() or done.kind in {"delete", "restore", "erase"}:
            self.reload()

    # -- what the shell asks -----------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return _("Bin")

    def first_focus(self) -> QWidget:
        """Where the focus goes when the page opens."""
        self.reload()
        return self.table if self.model.rows else self

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        return (self.table, self.erase_button, self.restore_button) if self.model.rows else ()

    def actions_here(self) -> Mapping[str, object]:
        """What menus and shortcuts may ask of this page."""
        return {"erase": self.erase_chosen, "select_all": self.table.selectAll} if self.model.rows else {}

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter restores the selected records."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.table.hasFocus():
            self.restore_chosen()
        else:
            super().keyPressEvent(event)

    def relayout(self, logical_width: int) -> None:
        """Where there is little room only the name and what it is are shown."""
        self.table.setColumnHidden(2, logical_width < COMPACT)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        theme = self._context.theme
        theme.frame_page(self._column)
        wordrows.restyle(self.table, theme, ((1, 18), (2, 18), (3, 16)))

    def retranslate(self) -> None:
        """Make all words again."""
        self.name.setText(_("Bin"))
        self.restore_button.set_text(_("Rest&ore"))
        self.erase_button.set_text(_("Era&se for ever…"))
        self.explains.setText(_("What you delete stays here for {n} days. Enter restores it.", n=KEPT_DAYS))
        self.empty.setText(_("The bin is empty."))
        self.table.setAccessibleName(_("Deleted entries"))
        self.reload()
        self.restyle()
