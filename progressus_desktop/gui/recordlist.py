"""A list of other records on a form (offers of a partner, members of a cluster), made of their own declaration.

The ``.ui`` file names the record type and the field that refers to the form's record in the dynamic
properties ``entity`` and ``by``; columns, words and marks are those of the type's own list, but for the
columns named in ``without``. ``counted`` names another type in whose words the records are counted.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from progressus_desktop.domain.catalog import entity
from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.filters import Wanted
from progressus_desktop.gui.listsource import ListSource, columns_in, followed
from progressus_desktop.gui.parts import Button, plain, text
from progressus_desktop.gui.tables import RowModel
from progressus_desktop.gui.tableview import ListTable
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import records
from progressus_desktop.store import query
from progressus_desktop.words import _

_LEAST_ROWS = 3


class RecordList(QWidget):
    """Enter opens a record over the form, Delete moves it to the bin, the first button adds one."""

    open_asked = Signal(str, str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._record = ""

    # -- building ---------------------------------------------------------------------------------------

    def bind(self, context: Context) -> None:
        """Build the table from the declaration of the record type that the form names."""
        self._context = context
        self._of = entity(str(self.property("entity")))
        self._by = str(self.property("by"))
        self._followed = followed(self._of)
        theme = context.theme
        left_out = {self._by, *str(self.property("without") or "").split(",")}
        columns = [each for each in columns_in(context, self._of) if each.name not in left_out]
        if not any(each.stretch for each in columns):
            columns[0] = replace(columns[0], stretch=True, in_compact=True)
        self.model = RowModel(columns, self)
        self._card = QFrame(self)
        self._card.setProperty("k", "table")
        self.table = ListTable(theme, self.model, self._card)
        self.table.setObjectName(f"{self._of.name}_linked")
        self.table.head.setSectionsClickable(False)
        self.nothing = text("", "muted", wrap=True)
        self.add_button = Button(theme, "", "", "plus")
        self.open_button = Button(theme, "", "", "pencil")
        self.remove_button = Button(theme, "", "ghost", "trash-2")
        self.buttons = QHBoxLayout()
        for name, button, act in (
            ("add", self.add_button, self.add),
            ("open", self.open_button, self.open_current),
            ("remove", self.remove_button, self.remove_current),
        ):
            button.setObjectName(f"{self._of.name}_{name}_button")
            button.clicked.connect(act)
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        self._lay_out()
        self.table.opened.connect(self._open)
        context.bus.committed.connect(self._committed)
        self.retranslate()

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.buttons)
        column.addWidget(self.nothing)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        column.addWidget(self._card, 1)
        self._rest = QWidget()
        column.addWidget(self._rest, 1)

    @property
    def entity(self) -> str:
        """The record type that is counted: the list's own, or what each of its records stands for."""
        return str(self.property("counted") or self._of.name)

    def first_stop(self) -> QWidget:
        """Where the focus goes when the list is asked to take it."""
        return self.table if self.model.rowCount() else self.add_button

    # -- records ------------------------------------------------------------------------------------------

    def show_record(self, record_id: str) -> None:
        """Show the list of a record, nothing for one that is not stored yet."""
        self._record = record_id
        self.refresh()

    def refresh(self) -> None:
        """Read the list again; the chosen record stays chosen."""
        if self._context is None:
            return
        if self._record:
            source = ListSource(self._context.ws, self._of.name, Wanted(where=((self._by, self._record),)), "")
            self.model.show(source, self._of.order)
            if not self.model.exact:
                self.model.counted(query.total(self._context.ws, self._of.name, source.view))
        else:
            self.model.counted(0)
        rows = bool(self._record) and self.model.rowCount() > 0
        self.table.keep_place()
        self._card.setVisible(rows)
        self._rest.setVisible(not rows)
        self.nothing.setVisible(not rows)
        later = _("Fill in the first field; then this list can be filled too.")
        self.nothing.setText(_(entity(self.entity).words.empty) if self._record else later)
        self.add_button.setVisible(bool(self._record))
        self.open_button.setVisible(rows)
        self.remove_button.setVisible(rows)

    def count(self) -> int:
        """How many records there are."""
        return self.model.rowCount() if self._record else 0

    def _committed(self, done: Committed) -> None:
        if self.isVisible() and any(name in self._followed for name, _id in done.records):
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What changed while another section was in sight is shown now."""
        super().showEvent(event)
        self.refresh()

    def add(self) -> None:
        """A new record that refers to the form's."""
        if self._record:
            several = self._of.field(self._by).merge.value == "set"
            self.open_asked.emit(self._of.name, "", {self._by: [self._record] if several else self._record})

    def open_current(self) -> None:
        """Open the chosen record."""
        self._open(self.table.record_id())

    def _open(self, record_id: str) -> None:
        if record_id:
            self.open_asked.emit(self._of.name, record_id, {})

    def remove_current(self) -> None:
        """Move the chosen record to the bin."""
        if self._context is None or not self.table.record_id():
            return
        try:
            records.remove(self._context.ws, self._of.name, self.table.record_id())
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return
        self._context.notify.undo_bar(_(self._of.words.removed))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Delete moves the chosen record to the bin."""
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.remove_current()
        else:
            super().keyPressEvent(event)

    # -- words and sizes ----------------------------------------------------------------------------------

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        self._column.setSpacing(theme.space(8))
        self.buttons.setSpacing(theme.space(8))
        self.table.restyle()
        rows = self.table.verticalHeader().defaultSectionSize() * _LEAST_ROWS
        self._card.setMinimumHeight(rows + self.table.head.height() + 4)

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Only the main columns, buttons under one another, where there is little room."""
        for number, column in enumerate(self.model.columns):
            self.table.setColumnHidden(number, narrow and not column.in_compact)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self.buttons.setDirection(way)

    def retranslate(self) -> None:
        """Make all words again."""
        plural, counted = _(self._of.plural), self.property("counted")
        named = _(entity(str(counted)).label).lower() if counted else ""
        add = _("Add: {what}", what=named) if named else plain(_(self._of.words.new))
        self.table.setAccessibleName(plural)
        self.table.setAccessibleDescription(_("Enter opens, Delete moves to the bin."))
        self.add_button.set_text(add)
        for button, words in ((self.open_button, _("Correct")), (self.remove_button, _("Move to the bin"))):
            button.set_text(words)
            button.setAccessibleName(_("{what}: {act}", what=plural, act=words.lower()))
        self.model.words_changed()
        self.refresh()


def counts_of(lists: list[Any], section_of: Any) -> dict[str, dict[str, int]]:
    """How many records the lists of a form show, by section and record type."""
    found: dict[str, dict[str, int]] = {}
    for each in (each for each in lists if each.entity):
        found.setdefault(section_of(each), {})[each.entity] = each.count()
    return found
