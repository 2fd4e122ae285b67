"""Lists of other records on a form: the contact persons of a partner, and the events it took part in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from progressus_desktop.domain.records import Committed, Record
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.facts import day_words
from progressus_desktop.gui.parts import Button, text
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import picking, records
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, _

_Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
_ROW, _HEAD = 36, 34


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a list, in words."""

    id: str
    cells: tuple[str, ...]


class _Model(QAbstractTableModel):
    def __init__(self, parent: QObject, heads: Sequence[str], numbers: frozenset[int]) -> None:
        super().__init__(parent)
        self._heads, self._numbers = heads, numbers
        self.lines: list[Line] = []

    def show_lines(self, lines: list[Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, _parent: _Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        return len(self.lines)

    def columnCount(self, _parent: _Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        return len(self._heads)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.lines[index.row()].cells[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return cell or "–"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(self._heads[index.column()])}: {cell or '–'}"
        return self._side(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _side(self, column: int) -> int:
        side = Qt.AlignmentFlag.AlignRight if column in self._numbers else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(self._heads[section])
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None


class _Table(QTableView):
    opened, removed, resized = Signal(), Signal(), Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class LinkedList(QWidget):
    """A table of records that refer to the one on the form; what differs is in the classes below."""

    open_asked = Signal(str, str, object)
    heads: tuple[str, ...] = ()
    weights: tuple[int, ...] = ()
    numbers: frozenset[int] = frozenset()
    """Columns whose numbers stand at the right."""
    entity = ""
    followed: frozenset[str] = frozenset()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._record = ""
        self.model = _Model(self, self.heads, self.numbers)
        self.table = _Table()
        self.nothing = text("", "muted", wrap=True)
        self.buttons = QHBoxLayout()

    def bind(self, context: Context) -> None:
        """Build the table and its buttons."""
        self._context = context
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.buttons)
        column.addWidget(self.nothing)
        column.addWidget(self.table, 1)
        self._rest = QWidget()
        column.addWidget(self._rest, 1)
        table = self.table
        table.setObjectName(f"{self.entity}_linked")
        table.setModel(self.model)
        table.setTabKeyNavigation(False)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionsClickable(False)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        table.horizontalHeader().setStretchLastSection(True)
        table.resized.connect(self._share)
        table.opened.connect(self.open_current)
        table.removed.connect(self.remove_current)
        table.doubleClicked.connect(lambda _index: self.open_current())
        self.make_buttons(context.theme)
        self.buttons.addStretch(1)
        context.bus.committed.connect(self._committed)
        self.retranslate()

    def first_stop(self) -> QWidget:
        """Where the focus goes when the field is asked to take it."""
        return self.table

    def make_buttons(self, theme: Theme) -> None:
        """Put the buttons into ``buttons``."""

    def lines(self, ws: Workspace, record_id: str) -> list[Line]:
        """The records to show, read from the store."""
        raise NotImplementedError

    def empty_words(self) -> str:
        """What is said when there is none."""
        raise NotImplementedError

    def open_current(self) -> None:
        """Open the chosen record."""

    def remove_current(self) -> None:
        """Take the chosen record away, where that is possible."""

    def current(self) -> str:
        """Id of the chosen record."""
        row = self.table.currentIndex().row()
        return self.model.lines[row].id if 0 <= row < len(self.model.lines) else ""

    def _committed(self, done: Committed) -> None:
        if self.isVisible() and any(name in self.followed for name, _id in done.records):
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What changed while another section was in sight is shown now."""
        super().showEvent(event)
        self.refresh()

    def show_record(self, record_id: str) -> None:
        """Show the list of a record, nothing for one that is not stored yet."""
        self._record = record_id
        self.refresh()

    def refresh(self) -> None:
        """Read the list again; the chosen record stays chosen."""
        if self._context is None:
            return
        now, row = self.current(), max(self.table.currentIndex().row(), 0)
        lines = self.lines(self._context.ws, self._record) if self._record else []
        self.model.show_lines(lines)
        if lines:
            self.table.selectRow(next((n for n, each in enumerate(lines) if each.id == now), min(row, len(lines) - 1)))
        self.table.setVisible(bool(lines))
        self._rest.setVisible(not lines)
        self.nothing.setVisible(not lines)
        self.nothing.setText(
            self.empty_words() if self._record else _("Fill in the first field; then this list can be filled too.")
        )
        self.show_buttons(stored=bool(self._record), chosen=bool(lines))

    def show_buttons(self, *, stored: bool, chosen: bool) -> None:
        """Show the buttons that can do something."""

    def count(self) -> int:
        """How many records there are."""
        return len(self.model.lines)

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        self._column.setSpacing(theme.space(8))
        self.buttons.setSpacing(theme.space(8))
        self.table.verticalHeader().setDefaultSectionSize(max(theme.space(_ROW), theme.px(20) + 8))
        self.table.horizontalHeader().setFixedHeight(max(theme.space(_HEAD), theme.px(20) + 10))
        self._share()

    def _share(self) -> None:
        """Columns in sight share the width by their weights."""
        weights = {at: each for at, each in enumerate(self.weights) if not self.table.isColumnHidden(at)}
        room = self.table.viewport().width()
        for at, weight in weights.items():
            self.table.setColumnWidth(at, room * weight // sum(weights.values()))

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Only the first three columns, buttons under one another, where there is little room."""
        for number in range(3, len(self.heads)):
            self.table.setColumnHidden(number, narrow)
        self._share()
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self.buttons.setDirection(way)

    def retranslate(self) -> None:
        """Make all words again."""
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.heads) - 1)
        self.refresh()


class ContactList(LinkedList):
    """Contact persons of a partner."""

    heads = (N_("Contact person"), N_("Function"), N_("Phone"), N_("E-mail"), N_("Information clause"))
    weights = (200, 150, 130, 200, 160)
    entity = "contact"
    followed = frozenset({"contact", "person"})

    def make_buttons(self, theme: Theme) -> None:
        """Add, open, remove."""
        self.add_button = Button(theme, "", "", "plus")
        self.open_button = Button(theme, "", "", "pencil")
        self.remove_button = Button(theme, "", "ghost", "trash-2")
        for name, button, act in (
            ("contact_add_button", self.add_button, self.add),
            ("contact_open_button", self.open_button, self.open_current),
            ("contact_remove_button", self.remove_button, self.remove_current),
        ):
            button.setObjectName(name)
            button.clicked.connect(act)
            self.buttons.addWidget(button)

    def first_stop(self) -> QWidget:
        """Where the focus goes when the field is asked to take it."""
        return self.table if self.model.lines else self.add_button

    def lines(self, ws: Workspace, record_id: str) -> list[Line]:
        """Persons in the order of their names."""
        found = [Line(each.id, _contact_cells(ws, each)) for each in query.linked(ws, "contact", "partner", record_id)]
        return sorted(found, key=lambda line: line.cells[0])

    def empty_words(self) -> str:
        """Nobody yet."""
        return _("No contact person yet. Add the one you talk to.")

    def add(self) -> None:
        """A new contact person of this partner."""
        if self._record:
            self.open_asked.emit("contact", "", {"partner": self._record})

    def open_current(self) -> None:
        """Open the chosen person."""
        if self.current():
            self.open_asked.emit("contact", self.current(), {})

    def remove_current(self) -> None:
        """Move the chosen person to the bin."""
        if self._context is None or not self.current():
            return
        try:
            records.remove(self._context.ws, "contact", self.current())
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return
        self._context.notify.undo_bar(_("Contact person moved to the bin."))

    def show_buttons(self, *, stored: bool, chosen: bool) -> None:
        """Open and remove need a chosen person."""
        self.add_button.setVisible(stored)
        self.open_button.setVisible(chosen)
        self.remove_button.setVisible(chosen)

    def retranslate(self) -> None:
        """Make all words again."""
        super().retranslate()
        self.table.setAccessibleName(_("Contact persons"))
        self.table.setAccessibleDescription(_("Enter opens a person, Delete moves it to the bin."))
        self.add_button.set_text(_("Add contact person"))
        self.open_button.set_text(_("Correct"))
        self.open_button.setAccessibleName(_("Correct the chosen person"))
        self.remove_button.set_text(_("Move to the bin"))
        self.remove_button.setAccessibleName(_("Move the chosen person to the bin"))


def _contact_cells(ws: Workspace, record: Record) -> tuple[str, ...]:
    fields = record.fields
    given = fields.get("clause_given_on")
    return (
        picking.title(ws, "person", str(fields.get("person") or "")),
        str(fields.get("function") or ""),
        ", ".join(str(row.get("phone") or "") for row in fields.get("phones") or ()),
        ", ".join(str(row.get("email") or "") for row in fields.get("emails") or ()),
        _("given on {date}", date=day_words(given)) if isinstance(given, str) else "",
    )


class EventList(LinkedList):
    """Events a partner took part in, newest first."""

    heads = (N_("Date"), N_("Event title"), N_("Place"), N_("People"))
    weights = (120, 360, 220, 80)
    numbers = frozenset({3})
    entity = "event"
    followed = frozenset({"event"})
    _ROLES = ("partners", "host", "lead_organiser", "co_organisers")

    def lines(self, ws: Workspace, record_id: str) -> list[Line]:
        """Every event that names the partner."""
        found = {each.id: each for name in self._ROLES for each in query.linked(ws, "event", name, record_id)}
        newest = sorted(found.values(), key=lambda each: str(each.fields.get("date") or ""), reverse=True)
        return [
            Line(
                each.id,
                (
                    day_words(each.fields.get("date")),
                    str(each.fields.get("title") or ""),
                    str(each.derived.get("place") or ""),
                    str(each.derived.get("persons") or ""),
                ),
            )
            for each in newest
        ]

    def empty_words(self) -> str:
        """None yet."""
        return _("No joint event yet. Choose this partner in an event, and it appears here.")

    def open_current(self) -> None:
        """Go to the event."""
        if self._context is not None and self.current():
            self._context.navigate("event", self.current())

    def retranslate(self) -> None:
        """Make all words again."""
        super().retranslate()
        self.table.setAccessibleName(_("Joint events"))
        self.table.setAccessibleDescription(_("Enter opens the event."))
