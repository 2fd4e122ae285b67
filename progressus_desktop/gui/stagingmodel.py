"""The rows of a table that is about to be taken in: tick, line, state, name, what it would do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QIcon

from progressus_desktop.gui.theme import Theme
from progressus_desktop.services.tables_in import DEFAULT, StagedRow, Staging, State
from progressus_desktop.words import N_, _, ngettext

Index = QModelIndex | QPersistentModelIndex
TICK, LINE, STATE, NAME, WHAT = range(5)
HEADS = (N_("Take"), N_("Line"), N_("State"), N_("Name"), N_("What would happen"))
STATES = {
    State.NEW: (N_("new"), "plus", "ok"),
    State.CHANGED: (N_("changed"), "pencil", "info"),
    State.DOUBTFUL: (N_("doubtful"), "triangle-alert", "warn"),
    State.WRONG: (N_("wrong"), "circle-x", "err"),
    State.SAME: (N_("the same"), "circle-check", "muted"),
}
"""Word, icon and colour of each state."""

ICON = 16
"""Pixels of an icon at 100 %."""

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_CHECK = int(Qt.ItemDataRole.CheckStateRole)
_DECORATION = int(Qt.ItemDataRole.DecorationRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_ASKED = frozenset({_DISPLAY, _CHECK, _DECORATION, _TOOLTIP, _SPOKEN})
_MOST_LETTERS = 160


def can_take(row: StagedRow) -> bool:
    """Whether a person may tick the row."""
    return row.state not in {State.WRONG, State.SAME} and bool(row.values)


def what_words(row: StagedRow) -> str:
    """What a row would do, or why not, in one line."""
    if row.reasons:
        return str(row.reasons[0])
    if row.state is State.CHANGED:
        names = ", ".join(cell.column.head for cell in row.cells[:3])
        return ngettext("{n} cell: {names}", "{n} cells: {names}", len(row.cells), names=names)
    if row.remarks:
        return str(row.remarks[0])
    return _("will be added") if row.state is State.NEW else ""


class StagingModel(QAbstractTableModel):
    """Rows of one staging, filtered by state; ticks are kept by row whatever the filter shows."""

    ticked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.plan: Staging | None = None
        self.shown: Sequence[StagedRow] = ()
        self._ticks: set[int] = set()
        self._icons: dict[State, QIcon] = {}

    def show(self, plan: Staging | None) -> None:
        """Show a staging; what is new or changed is ticked."""
        self.plan = plan
        rows = plan.rows if plan else ()
        self._ticks = {id(row) for row in rows if row.state in DEFAULT and can_take(row)}
        self.filter(None)

    def filter(self, state: str | None) -> None:
        """Show the rows of one state, or all."""
        self.beginResetModel()
        rows = self.plan.rows if self.plan else ()
        self.shown = [row for row in rows if state is None or row.state == state]
        self.endResetModel()
        self.ticked.emit()

    def chosen(self) -> list[StagedRow]:
        """The ticked rows, in order, also those out of sight."""
        return [row for row in self.plan.rows if id(row) in self._ticks] if self.plan else []

    def is_ticked(self, row: StagedRow) -> bool:
        """Whether a row is ticked."""
        return id(row) in self._ticks

    def tick(self, rows: Sequence[int], *, on: bool) -> None:
        """Tick or untick rows in sight; those that cannot be taken stay unticked."""
        for number in rows:
            row = self.shown[number]
            if on and can_take(row):
                self._ticks.add(id(row))
            elif not on:
                self._ticks.discard(id(row))
        if rows:
            self.dataChanged.emit(self.index(min(rows), TICK), self.index(max(rows), WHAT))
            self.ticked.emit()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Number of columns."""
        return 0 if parent is not None and parent.isValid() else len(HEADS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Ticks can be set where the row can be taken."""
        found = super().flags(index)
        if index.column() == TICK and can_take(self.shown[index.row()]):
            found |= Qt.ItemFlag.ItemIsUserCheckable
        return found

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Words, tick and icon of a cell."""
        role = int(role)
        if role not in _ASKED:
            return None
        row, column = self.shown[index.row()], index.column()
        if role == _CHECK:
            return self._check(row) if column == TICK and can_take(row) else None
        if role == _DECORATION:
            return self._icon(row.state) if column == STATE else None
        words = self._words(row, column)
        if role == _DISPLAY:
            return "" if column == TICK else words
        return words

    def _icon(self, state: State) -> QIcon:
        """A state's icon, readable on a selected row too."""
        if state not in self._icons:
            _word, name, token = STATES[state]
            size = QSize(self._theme.px(ICON), self._theme.px(ICON))
            made = QIcon(self._theme.icon(name, token).pixmap(size))
            made.addPixmap(self._theme.icon(name, "onSel").pixmap(size), QIcon.Mode.Selected)
            self._icons[state] = made
        return self._icons[state]

    def restyle(self) -> None:
        """Take colours from the theme again."""
        self._icons.clear()

    def _check(self, row: StagedRow) -> Qt.CheckState:
        return Qt.CheckState.Checked if self.is_ticked(row) else Qt.CheckState.Unchecked

    def _words(self, row: StagedRow, column: int) -> str:
        if column == TICK:
            return _("ticked") if self.is_ticked(row) else _("not ticked")
        if column == LINE:
            return str(row.line)
        if column == STATE:
            return _(STATES[row.state][0])
        words = row.title if column == NAME else what_words(row)
        return words if len(words) <= _MOST_LETTERS else words[:_MOST_LETTERS] + "…"

    def setData(self, index: Index, value: Any, role: int = _DISPLAY) -> bool:  # noqa: N802 - Qt's name
        """Tick with the mouse."""
        if int(role) != _CHECK or index.column() != TICK:
            return False
        self.tick([index.row()], on=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802
        """The column's label."""
        if int(role) == _DISPLAY and orientation == Qt.Orientation.Horizontal and section < len(HEADS):
            return _(HEADS[section])
        return None
