"""A short table to read: words in cells, states as icon and words. One tab stop, arrows read row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from progressus_desktop.gui.parts import KINDS
from progressus_desktop.gui.theme import Theme

_MOST_ROWS = 8
_MEASURED = 60
_WIDEST = 0.45
"""Share of the table that a column beside the stretching one may take."""


@dataclass(frozen=True, slots=True)
class State:
    """A cell with a state: a kind of ``parts.KINDS`` and its words."""

    kind: str
    words: str


Cell = str | int | State


def _words(cell: Cell) -> str:
    return cell.words if isinstance(cell, State) else str(cell)


class FactTable(QTableView):
    """Shows rows of cells; ``opened`` names the row on which Enter was pressed."""

    opened = Signal(int)

    def __init__(self, theme: Theme, name: str, most_rows: int = _MOST_ROWS) -> None:
        super().__init__()
        self._theme, self._most = theme, most_rows
        self._stretch = 0
        self._heads: Sequence[str] = ()
        self._rows: Sequence[Sequence[Cell]] = ()
        self.setObjectName(name)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setSectionsClickable(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setMinimumSectionSize(1)
        theme.changed.connect(self.restyle)

    def show_rows(self, heads: Sequence[str], rows: Sequence[Sequence[Cell]], stretch: int = 0) -> None:
        """Show these rows; the column ``stretch`` takes the room that is left."""
        row = self.currentIndex().row()
        self._stretch, self._heads, self._rows = stretch, tuple(heads), rows
        self._model.clear()
        self._model.setHorizontalHeaderLabels(list(heads))
        for cells in rows:
            self._model.appendRow([self._item(cell) for cell in cells])
        self.restyle()
        if self.hasFocus() and rows:
            self._read(min(max(row, 0), len(rows) - 1))

    def point(self, row: int) -> None:
        """Make this the current row; it is marked only while somebody reads the table."""
        if self.hasFocus():
            self._read(row)
        else:
            at = self._model.index(row, 0)
            self.selectionModel().setCurrentIndex(at, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _item(self, cell: Cell) -> QStandardItem:
        words = _words(cell)
        item = QStandardItem(words)
        item.setToolTip(words)
        if isinstance(cell, int):
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if isinstance(cell, State):
            icon, token = KINDS[cell.kind]
            item.setIcon(self._theme.icon(icon, token, self._theme.px(16)))
            item.setForeground(self._theme.tokens(token))
            item.setFont(self._theme.font("h3"))
        return item

    def words(self) -> list[list[str]]:
        """What the rows say."""
        return [[_words(each) for each in row] for row in self._rows]

    def _read(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self._model.index(row, 0), flags)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The first row is read at once."""
        super().focusInEvent(event)
        if self._rows and not self.currentIndex().isValid():
            self._read(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing is marked in a table nobody reads."""
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.clearSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens what the row is about."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give the columns their room."""
        super().resizeEvent(event)
        self._size_columns()

    def restyle(self) -> None:
        """Take sizes and colours from the theme again."""
        self.setIconSize(QSize(self._theme.px(16), self._theme.px(16)))
        for number, cells in enumerate(self._rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, State):
                    self._model.setItem(number, column, self._item(cell))
        metrics = QFontMetrics(self._theme.font("h3"))
        row = max(self._theme.px(33), metrics.height() + self._theme.space(12))
        self.verticalHeader().setDefaultSectionSize(row)
        self.horizontalHeader().setFixedHeight(row)
        self.setFixedHeight(row * (min(max(len(self._rows), 1), self._most) + 1) + 4)
        self._size_columns()

    def _size_columns(self) -> None:
        count = self._model.columnCount()
        if not count or count != len(self._heads):
            return
        metrics = QFontMetrics(self._theme.font("h3"))
        around, room = self._theme.space(28), self.viewport().width()
        wanted = []
        for column in range(count):
            texts = [self._heads[column], *(_words(cells[column]) for cells in self._rows[:_MEASURED])]
            icons = any(isinstance(cells[column], State) for cells in self._rows)
            width = max(metrics.horizontalAdvance(each) for each in texts) + around
            wanted.append(width + (self._theme.px(16) + self._theme.space(18) if icons else 0))
        for column in range(count):
            if column != self._stretch:
                wanted[column] = min(wanted[column], round(room * _WIDEST))
        wanted[self._stretch] = max(room - sum(wanted) + wanted[self._stretch], round(room * (1 - _WIDEST) / count))
        over = sum(wanted) / room if room > 0 and sum(wanted) > room else 1
        for column in range(count):
            self.setColumnWidth(column, int(wanted[column] / over))
