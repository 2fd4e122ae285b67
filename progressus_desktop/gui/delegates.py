"""One delegate paints every cell of a list: words, icon and word, selection, zebra."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QHelpEvent, QIcon, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from progressus_desktop.gui.tables import LOADING, RowModel
from progressus_desktop.gui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
PADDING = 9
_ICON = 16
_ICON_GAP = 6
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class CellDelegate(QStyledItemDelegate):
    """Paints the cells of a :class:`RowModel` straight from its rows.

    Asking the model role by role (what the base class does) costs 1,700 calls a repaint.
    """

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self.restyle()

    def restyle(self) -> None:
        """Take fonts, colours and icons from the theme again."""
        theme = self._theme
        self._font = theme.font("body")
        self._bold = QFont(theme.font("h3"))
        self._metrics = QFontMetrics(self._font)
        self._bold_metrics = QFontMetrics(self._bold)
        self._colours: dict[str, QColor] = {}
        self._icons: dict[tuple[str, str], QIcon] = {}
        self._padding = theme.space(PADDING)
        self._icon_size = theme.px(_ICON)
        self._icon_gap = theme.space(_ICON_GAP)

    def wanted_width(self, text: str, *, marked: bool) -> int:
        """Width in pixels that shows ``text`` whole, with its icon if it has one."""
        metrics = self._bold_metrics if marked else self._metrics
        icon = self._icon_size + self._icon_gap if marked else 0
        return metrics.horizontalAdvance(text) + icon + 2 * self._padding + 2

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        model = index.model()
        if not isinstance(model, RowModel):
            super().paint(painter, option, index)
            return
        rect: QRect = option.rect
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:  # with a brush: for a colour PySide makes the types of all gradients at the first list, 1.5 ms
            painter.fillRect(rect, QBrush(self._colour("sel")))
        elif index.row() & 1:
            painter.fillRect(rect, QBrush(self._colour("alt")))
        column = index.column()
        cells = model.cells(index.row())
        text = cells.text(column) if cells else LOADING
        mark = cells.mark(column) if cells else None
        inner = rect.adjusted(self._padding, 0, -self._padding, 0)
        if mark is not None:
            token = "onSel" if selected else mark.token
            top = inner.top() + (inner.height() - self._icon_size) // 2
            place = QRect(QPoint(inner.left(), top), QSize(self._icon_size, self._icon_size))
            self._icon(mark.icon, token).paint(painter, place)
            inner.setLeft(place.right() + self._icon_gap)
        if not text:
            return
        metrics = self._bold_metrics if mark else self._metrics
        if metrics.horizontalAdvance(text) > inner.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.setFont(self._bold if mark else self._font)
        painter.setPen(self._colour("onSel" if selected else mark.token if mark else "text"))
        painter.drawText(inner, int(_RIGHT if model.columns[column].right else _LEFT), text)

    def helpEvent(  # noqa: N802 - Qt's name
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Show the whole text of an elided cell."""
        model = index.model()
        if event.type() != QEvent.Type.ToolTip or not isinstance(model, RowModel):
            return super().helpEvent(event, view, option, index)
        cells = model.cells(index.row())
        text = cells.text(index.column()) if cells else ""
        marked = bool(cells and cells.mark(index.column()))
        rect: QRect = option.rect
        if text and self.wanted_width(text, marked=marked) > rect.width():
            QToolTip.showText(event.globalPos(), text, view)
        else:
            QToolTip.hideText()
        return True

    def _colour(self, token: str) -> QColor:
        colour = self._colours.get(token)
        if colour is None:
            colour = self._colours[token] = self._theme.tokens(token)
        return colour

    def _icon(self, name: str, token: str) -> QIcon:
        icon = self._icons.get((name, token))
        if icon is None:
            icon = self._icons[name, token] = self._theme.icon(name, token, self._icon_size)
        return icon
