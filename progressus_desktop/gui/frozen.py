"""The first columns of a wide table stay in sight while the rest is scrolled sideways."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

_MOST_OF = 2 / 3
"""Where the first columns would take more of the width than this, they scroll with the rest."""


class FrozenColumns(QTableView):
    """The first ``many`` columns over a table that was scrolled; focus and clicks are the table's.

    It wants a delegate of its own: one shared with the table would hand what is typed to both.
    """

    def __init__(self, table: QTableView, many: int) -> None:
        super().__init__(table)
        self._table, self._many = table, many
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("k", "frozen")
        self.setShowGrid(table.showGrid())
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(table.verticalScrollMode())
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self.place())
        table.horizontalHeader().sectionResized.connect(lambda *_sizes: self.place())
        table.model().modelReset.connect(self.place)
        table.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the size of the table."""
        if watched is self._table and event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self.place()
        return super().eventFilter(watched, event)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """What is done with the mouse here is done with the table."""
        if isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseButtonPress:
                row = self.indexAt(event.position().toPoint())
                if row.isValid():
                    self._table.setFocus(Qt.FocusReason.MouseFocusReason)
                    self._table.setCurrentIndex(row)
            return True
        return super().viewportEvent(event)

    @property
    def wide(self) -> int:
        """How much of the table it covers, 0 while nothing is scrolled."""
        return self.width() if not self.isHidden() else 0

    def place(self) -> None:
        """Lie over the first columns while they are scrolled out of sight."""
        table = self._table
        widths = [table.columnWidth(column) for column in range(self._many)]
        bar = table.horizontalScrollBar()
        if not bar.value() or sum(widths) > table.viewport().width() * _MOST_OF:
            self.hide()
            return
        for column in range(self.model().columnCount()):
            self.setColumnHidden(column, column >= self._many)
            if column < self._many:
                self.setColumnWidth(column, widths[column])
        self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        self.horizontalHeader().setFixedHeight(table.horizontalHeader().height())
        room, head = table.viewport().geometry(), table.horizontalHeader().height()
        self.setGeometry(room.left(), room.top() - head, sum(widths) + 2, room.height() + head)
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())
        self.show()
        self.raise_()

    def uncover(self, index: QModelIndex | QPersistentModelIndex) -> None:
        """Scroll the table so that a cell right of these columns does not lie under them."""
        hidden = self.wide - self._table.visualRect(index).left()
        if self.wide and index.column() >= self._many and hidden > 0:
            bar = self._table.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)
