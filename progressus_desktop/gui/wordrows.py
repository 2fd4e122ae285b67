"""A table of rows that say their own words: one line each, chosen whole, read only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _

Index = QModelIndex | QPersistentModelIndex
_DISPLAY, _TIP = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)


class Worded(Protocol):
    """A row."""

    def words(self) -> Sequence[str]:
        """The words of its cells."""


Row = TypeVar("Row", bound=Worded)


class WordRows(QAbstractTableModel, Generic[Row]):
    """Rows under ``heads``, which are translated when they are asked for."""

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self._heads = heads
        self.rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Replace the rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Number of columns."""
        return 0 if parent is not None and parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """The words of a cell, which a narrow column may cut."""
        return self.rows[index.row()].words()[index.column()] if role in {_DISPLAY, _TIP} else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802
        """The column's label."""
        if role == _DISPLAY and orientation == Qt.Orientation.Horizontal and section < len(self._heads):
            return _(self._heads[section])
        return None


def set_up(table: QTableView, stretch: int = 0) -> None:
    """Rows of one line, chosen whole; the column ``stretch`` takes the room that is left."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.verticalHeader().setVisible(False)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    head = table.horizontalHeader()
    head.setHighlightSections(False)
    head.setTextElideMode(Qt.TextElideMode.ElideRight)
    head.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def restyle(table: QTableView, theme: Theme, letters: Sequence[tuple[int, int]]) -> None:
    """Take sizes from the theme; ``letters`` says how wide each other column is."""
    metrics = QFontMetrics(theme.font("body"))
    table.verticalHeader().setDefaultSectionSize(max(theme.px(33), metrics.height() + theme.space(15)))
    for number, wide in letters:
        table.setColumnWidth(number, metrics.averageCharWidth() * wide + theme.space(18))
