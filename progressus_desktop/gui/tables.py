"""Rows of a list, read in windows of 128 so that a million open as fast as a hundred.

The model never holds more than 64 windows and never resets: a change of filter or a commit changes
the number of rows at the end and repaints what is on screen, so a screen reader keeps its place.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from progressus_desktop.gui.columns import Column, Mark
from progressus_desktop.gui.soon import later
from progressus_desktop.words import _

WINDOW = 128
KEPT = 64
_SHIFT = 7
_MASK = WINDOW - 1
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_HORIZONTAL = Qt.Orientation.Horizontal
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_SETTLE_MS = 30
LOADING = "…"
AT_ONCE = 20_000
"""Rows of a list in which any record is found without a job, within a few milliseconds."""

Index = QModelIndex | QPersistentModelIndex


class RowLike(Protocol):
    """What the model needs of a row: its record's id; the columns read the rest."""

    @property
    def id(self) -> str:
        """Id of the record."""


class Source(Protocol):
    """Where rows come from: one filtered and ordered view of one record type."""

    def total(self) -> int | None:
        """Number of rows, or None if counting them would take too long here."""

    def window(self, offset: int, limit: int) -> Sequence[RowLike]:
        """``limit`` rows from ``offset``, fewer at the end."""

    def position(self, record_id: str) -> int | None:
        """The row of a record, None if the view does not hold it."""


class Cells:
    """One row as it is shown; words are made when the row is first painted."""

    __slots__ = ("_columns", "_marks", "_short", "_texts", "row")

    def __init__(self, row: RowLike, columns: Sequence[Column], *, short: bool = False) -> None:
        self.row = row
        self._short = short
        self._columns = columns
        self._texts: list[str] | None = None
        self._marks: dict[int, Mark | None] = {}

    def text(self, column: int) -> str:
        """The words of one cell."""
        texts = self._texts
        if texts is None:
            texts = self._texts = [
                each.short(self.row) if self._short and each.short else each.text(self.row) for each in self._columns
            ]
        return texts[column]

    def mark(self, column: int) -> Mark | None:
        """Icon and colour of one cell, None for plain text."""
        if column not in self._marks:
            reader = self._columns[column].mark
            self._marks[column] = reader(self.row) if reader else None
        return self._marks[column]


class RowModel(QAbstractTableModel):
    """The rows of one :class:`Source` under fixed columns."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.sorted_by = ""
        self.exact = True
        self.short = False
        self._source: Source | None = None
        self._count = 0
        self._windows: OrderedDict[int, list[Cells]] = OrderedDict()
        self._newest = -1
        self._holding = False
        self._settle = later(self, _SETTLE_MS, self._release)
        self.on_release: Callable[[], None] = lambda: None

    # -- what Qt asks -------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Number of rows; a provisional one until :meth:`counted` when ``exact`` is False."""
        return 0 if parent is not None and parent.isValid() else self._count

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Number of columns."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """The words of a cell; colours, icons and alignment are the delegate's business."""
        if role != 0:
            return None
        cells = self.cells(index.row())
        return cells.text(index.column()) if cells else LOADING

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802
        """The column's label; for a screen reader with the direction it is sorted by."""
        if orientation != _HORIZONTAL or role not in {_DISPLAY, _ACCESSIBLE} or section >= len(self.columns):
            return None
        column = self.columns[section]
        label = _(column.label)
        if role == _ACCESSIBLE and column.name == self.sorted_by.lstrip("-"):
            falling = self.sorted_by.startswith("-")
            return (
                _("{column}, sorted from the last", column=label)
                if falling
                else _("{column}, sorted from the first", column=label)
            )
        return label

    # -- rows ---------------------------------------------------------------------------------

    @property
    def near(self) -> bool:
        """Whether the row of any record may be asked for at once: the rows are counted, and not too many."""
        return self.exact and self._count <= AT_ONCE

    def cells(self, row: int) -> Cells | None:
        """The row to show, None while the scroll bar is being dragged over rows not read yet."""
        number = row >> _SHIFT
        window = self._windows.get(number)
        if window is None:
            if self._holding:
                return None
            window = self._load(number)
        elif number != self._newest:
            self._windows.move_to_end(number)
            self._newest = number
        place = row & _MASK
        return window[place] if place < len(window) else None

    def id_at(self, row: int) -> str:
        """Id of the record in a row, empty outside the list."""
        cells = self.cells(row) if 0 <= row < self._count else None
        return cells.row.id if cells else ""

    def row_of(self, record_id: str, near: int = -1, *, everywhere: bool = True) -> int | None:
        """The row of a record; ``near`` is tried first, the windows in memory next, with ``everywhere`` the store."""
        if 0 <= near < self._count and self.id_at(near) == record_id:
            return near
        for number, window in self._windows.items():
            for place, cells in enumerate(window):
                if cells.row.id == record_id:
                    return (number << _SHIFT) + place
        return self._source.position(record_id) if everywhere and self._source and record_id else None

    def _load(self, number: int) -> list[Cells]:
        rows = self._source.window(number << _SHIFT, WINDOW) if self._source else ()
        window = [Cells(row, self.columns, short=self.short) for row in rows]
        self._windows[number] = window
        self._newest = number
        if len(self._windows) > KEPT:
            self._windows.popitem(last=False)
        return window

    # -- changes ------------------------------------------------------------------------------

    def show(self, source: Source, order: str) -> None:
        """Show another view: another filter or another order."""
        self._source = source
        self.sorted_by = order
        self.reload()
        self.headerDataChanged.emit(_HORIZONTAL, 0, len(self.columns) - 1)

    def reload(self) -> None:
        """Read again what is on screen and correct the number of rows, without a reset."""
        self._windows.clear()
        self._newest = -1
        total = self._source.total() if self._source else 0
        self.exact = total is not None
        if total is None:
            first = self._load(0)
            total = len(first)
            self.exact = total < WINDOW
        self._resize(total)
        self._repaint()

    def counted(self, total: int) -> None:
        """Take the exact number of rows from the job that counted them."""
        self.exact = True
        self._resize(total)

    def refresh(self) -> None:
        """Follow a commit: rows on screen are read again and only those that differ are repainted."""
        before = dict(list(self._windows.items())[-2:])
        self._windows.clear()
        self._newest = -1
        total = self._source.total() if self._source else 0
        if total is not None:
            self.exact = True
            self._resize(total)
        for number, old in before.items():
            for place, cells in enumerate(self._load(number)):
                row = (number << _SHIFT) + place
                if row < self._count and (place >= len(old) or old[place].row != cells.row):
                    self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1), [_DISPLAY])

    def words_changed(self) -> None:
        """Make all words again, after a change of language or of the day; another language may mean another order."""
        self._windows.clear()
        self._newest = -1
        self.headerDataChanged.emit(_HORIZONTAL, 0, len(self.columns) - 1)
        self._repaint()

    def _resize(self, total: int) -> None:
        if total > self._count:
            self.beginInsertRows(QModelIndex(), self._count, total - 1)
            self._count = total
            self.endInsertRows()
        elif total < self._count:
            self.beginRemoveRows(QModelIndex(), total, self._count - 1)
            self._count = total
            self.endRemoveRows()

    def _repaint(self) -> None:
        if self._count:
            last = self.index(self._count - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [_DISPLAY])

    # -- dragging the scroll bar -----------------------------------------------------------------

    def hold(self) -> None:
        """Rows not read yet show "…" until 30 ms after the last call."""
        self._holding = True
        self._settle.start()

    def _release(self) -> None:
        self._holding = False
        self.on_release()
