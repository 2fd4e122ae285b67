"""The numbers behind a matrix of counts: rows and columns of code lists, with totals that follow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from progressus_desktop.domain import codelists
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _

_Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
NONE = "–"
_ANSWERS = re.compile(r"\d{1,15}")

Cells = dict[str, dict[str, Any]]


def read_count(text: str) -> Any:
    """What was typed into a cell: a number, None for nothing, else ``{"?": text}``."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text)
    if plain in {"", NONE, "-"}:
        return None
    return int(plain) if _ANSWERS.fullmatch(plain) else {"?": text.strip()}


def capital(words: str) -> str:
    """``words`` with a capital first letter, as heads of rows have it."""
    return words[:1].upper() + words[1:]


class GridModel(QAbstractTableModel):
    """Counts by row and column. With ``totals`` a last row and column add them up; they cannot be edited."""

    edited = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._row_list = self._column_list = ""
        self._rows: list[str] = []
        self._columns: list[str] = []
        self._single = ""
        self._cells: Cells = {}
        self.totals, self.short_heads, self.bad, self.read_only = False, False, False, False

    def set_lists(self, rows: str, columns: str, single: str = "") -> None:
        """Rows and columns of these code lists; ``single`` is the words over an only column."""
        self._row_list, self._column_list, self._single = rows, columns, single
        self._fill()

    def set_theme(self, theme: Theme) -> None:
        """Colours and fonts of totals."""
        self._theme = theme
        self.refresh()

    def _fill(self) -> None:
        self.beginResetModel()
        self._rows = [item.code for item in codelists.items(self._row_list)]
        self._rows += [row for row in self._cells if row not in self._rows]
        self._columns = [item.code for item in codelists.items(self._column_list)] if self._column_list else [""]
        self.endResetModel()

    def refresh(self) -> None:
        """Show words, totals and colours again."""
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    # -- values ---------------------------------------------------------------------------------------

    def set_cells(self, cells: Mapping[str, Mapping[str, Any]]) -> None:
        """Show these counts."""
        self._cells = {row: dict(columns) for row, columns in cells.items() if isinstance(columns, Mapping)}
        known = set(self._rows)
        if any(row not in known for row in self._cells):
            self._fill()
        self.refresh()

    def cells(self) -> Cells:
        """The counts that were entered."""
        kept = {row: {c: n for c, n in columns.items() if n is not None} for row, columns in self._cells.items()}
        return {row: columns for row, columns in kept.items() if columns}

    def put(self, row: int, column: int, text: str) -> bool:
        """Write what was typed into a cell; False for a total or outside."""
        if self.read_only or not (0 <= row < len(self._rows) and 0 <= column < len(self._columns)):
            return False
        code, under, value = self._rows[row], self._columns[column], read_count(text)
        if self._cells.get(code, {}).get(under) == value:
            return True
        self._cells.setdefault(code, {})[under] = value
        self.refresh()
        self.edited.emit()
        return True

    def paste(self, row: int, column: int, block: str) -> bool:
        """Write a block copied from a spreadsheet, from this cell to the right and down."""
        lines = block.rstrip("\r\n").split("\n")
        done = [
            self.put(row + down, column + right, text)
            for down, line in enumerate(lines)
            for right, text in enumerate(line.rstrip("\r").split("\t"))
        ]
        return any(done)

    def is_total(self, row: int, column: int) -> bool:
        """Whether a cell is a total."""
        return row >= len(self._rows) or column >= len(self._columns)

    def _number(self, row: int, column: int) -> Any:
        rows = self._rows if row >= len(self._rows) else [self._rows[row]]
        columns = self._columns if column >= len(self._columns) else [self._columns[column]]
        if not self.is_total(row, column):
            return self._cells.get(rows[0], {}).get(columns[0])
        found = [self._cells.get(r, {}).get(c) for r in rows for c in columns]
        numbers = [each for each in found if isinstance(each, int)]
        return sum(numbers) if any(numbers) else None

    # -- Qt ---------------------------------------------------------------------------------------------

    def rowCount(self, _parent: _Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        """Rows of the list, and the total."""
        return len(self._rows) + self.totals

    def columnCount(self, _parent: _Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        """Columns of the list, and the total."""
        return len(self._columns) + self.totals

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Totals can be read but not edited."""
        kept = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        locked = self.read_only or self.is_total(index.row(), index.column())
        return kept if locked else kept | Qt.ItemFlag.ItemIsEditable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._words(row, column, role)
        return self._look(row, column, role)

    def _words(self, row: int, column: int, role: int) -> str:
        value = self._number(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return "" if value is None else str(value.get("?") if isinstance(value, dict) else value)
        grand = self.is_total(row, column) and row >= len(self._rows) and column >= len(self._columns)
        shown = NONE if value is None else str(value.get("?")) if isinstance(value, dict) else f"{value:,}"
        shown = shown.replace(",", "\u00a0")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.head(row, Qt.Orientation.Vertical, full=True)}, {self.column_words(column)}, {shown}"
        return f"✕ {shown}" if grand and self.bad else shown

    def _look(self, row: int, column: int, role: int) -> Any:
        if self._theme is None:
            return None
        total = self.is_total(row, column)
        grand = row >= len(self._rows) and column >= len(self._columns)
        strange = isinstance(self._number(row, column), dict)
        if role == Qt.ItemDataRole.FontRole:
            return self._theme.font("h3" if total else "body")
        if role == Qt.ItemDataRole.BackgroundRole and (total or strange):
            return self._theme.tokens("errSoft" if strange or (grand and self.bad) else "alt")
        if role == Qt.ItemDataRole.ForegroundRole and (strange or (grand and self.bad)):
            return self._theme.tokens("err")
        return None

    def column_words(self, column: int) -> str:
        """The full name of a column."""
        return self.head(column, Qt.Orientation.Horizontal, full=True)

    def head(self, section: int, orientation: Qt.Orientation, *, full: bool = False) -> str:
        """Words at the head of a row or column."""
        across = orientation == Qt.Orientation.Horizontal
        codes, name = (self._columns, self._column_list) if across else (self._rows, self._row_list)
        if section >= len(codes):
            return _("Total")
        if not name:
            return self._single
        if across:
            words = codelists.word(name, codes[section])
            return capital(words if full or not self.short_heads else codelists.short(name, codes[section]))
        return capital(codelists.word(name, codes[section]) if full else codelists.short(name, codes[section]))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """Heads of rows and columns; the full name as a tooltip."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.head(section, orientation)
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.head(section, orientation, full=True)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = orientation == Qt.Orientation.Horizontal
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None
