"""The table of a staging: Space ticks the selected rows; ticks are drawn so that each theme shows their edge."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from progressus_desktop.gui.stagingmodel import HEADS, ICON, LINE, NAME, STATE, TICK, WHAT, StagingModel
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _

Index = QModelIndex | QPersistentModelIndex
_BOX = 18
_CHECK = ((0.22, 0.52), (0.42, 0.72), (0.80, 0.28))
_LETTERS = {LINE: 7, STATE: 14, NAME: 26}


class TickDelegate(QStyledItemDelegate):
    """Draws a box with an edge, and a check in it; a row that cannot be taken has none."""

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(table)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell's ground and the box."""
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        plain.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
        plain.text = ""
        plain.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, plain.widget)
        if state is None:
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._theme.tokens("onSel" if selected else "text")
        box = self._box(option.rect)
        painter.setPen(QPen(ink, self._theme.px(2)))
        painter.drawRoundedRect(box, 3, 3)
        if Qt.CheckState(state) is Qt.CheckState.Checked:
            side, corner = box.width(), box.topLeft()
            painter.drawPolyline([corner + QPoint(round(x * side), round(y * side)) for x, y in _CHECK])
        painter.restore()

    def _box(self, cell: QRect) -> QRect:
        side = self._theme.px(_BOX)
        return QRect(cell.left() + self._theme.space(10), cell.center().y() - side // 2, side, side)


class StagingTable(QTableView):
    """Whole rows; Space is ``toggled``, Enter is ``looked_at``, Ctrl+Enter is left to the page."""

    toggled = Signal()
    looked_at = Signal()

    def __init__(self, theme: Theme, model: StagingModel) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("staging_table")
        self.setModel(model)
        self.setItemDelegateForColumn(TICK, TickDelegate(theme, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
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
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(lambda _index: self.toggled.emit())

    def selected(self) -> list[int]:
        """Numbers of the selected rows in sight."""
        return [index.row() for index in self.selectionModel().selectedRows()]

    def set_compact(self, *, compact: bool) -> None:
        """Three columns where there is little room, else all; name and what happens share what is left."""
        for column in (LINE, WHAT):
            self.setColumnHidden(column, compact)
        for column in (NAME, WHAT):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        theme = self._theme
        metrics = QFontMetrics(theme.font("body"))
        self.setIconSize(QSize(theme.px(ICON), theme.px(ICON)))
        self.verticalHeader().setDefaultSectionSize(max(theme.px(33), metrics.height() + theme.space(15)))
        for column, letters in _LETTERS.items():
            self.setColumnWidth(column, metrics.averageCharWidth() * letters + theme.space(26))
        head = QFontMetrics(theme.font("h3")).horizontalAdvance(_(HEADS[TICK])) + theme.space(24)
        self.setColumnWidth(TICK, max(head, theme.px(44)))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take Space and Enter; the rest is Qt's."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() == Qt.Key.Key_Space:
            self.toggled.emit()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif enter:
            self.looked_at.emit()
        else:
            super().keyPressEvent(event)
