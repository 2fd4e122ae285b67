"""A list of sections with the state of each in words; for large text two rows above the section."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from progressus_desktop.gui.parts import KINDS
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _

_KIND = int(Qt.ItemDataRole.UserRole)
_STATE = _KIND + 1
_ACTIVE = _KIND + 2


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QListWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        return QSize(self._theme.px(150), self._theme.px(39) + 12)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._theme
        rect: QRect = option.rect
        state = option.state
        active = bool(index.data(_ACTIVE))
        if active or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.tokens("accentSoft"))
        if active:
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), theme.tokens("accent"))
        left, half = theme.space(16), rect.height() // 2
        top = QRect(rect.left() + left, rect.top() + 4, rect.width() - left - 6, half - 4)
        painter.setPen(theme.tokens("text"))
        painter.setFont(theme.font("h3" if active else "body"))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(
            top, flags, painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, top.width())
        )
        icon, token = KINDS[str(index.data(_KIND))]
        side = theme.px(15)
        low = QRect(top.left(), rect.top() + half, top.width(), half - 4)
        theme.icon(icon, token, side).paint(
            painter, QRect(low.left(), low.top() + (low.height() - side) // 2, side, side)
        )
        painter.setPen(theme.tokens(token))
        font = theme.font("small")
        font.setWeight(font.Weight.Medium)
        painter.setFont(font)
        low.setLeft(low.left() + side + theme.space(5))
        words = painter.fontMetrics().elidedText(str(index.data(_STATE)), Qt.TextElideMode.ElideRight, low.width())
        painter.drawText(low, flags, words)


class SectionList(QListWidget):
    """Arrows move and show; each row is a title and a state (a kind of ``KINDS`` and its words)."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._compact, self._narrow = theme, False, False
        self.setProperty("k", "sections")
        self.setItemDelegate(_Painter(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.currentRowChanged.connect(self._moved)
        self._quiet = False

    def show_rows(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Show (title, kind, words of the state); the current row stays."""
        self._quiet = True
        now = max(self.currentRow(), 0)
        self.clear()
        for title, kind, words in rows:
            item = QListWidgetItem(title)
            item.setData(_KIND, kind)
            item.setData(_STATE, words)
            item.setData(int(Qt.ItemDataRole.AccessibleTextRole), f"{title}, {words}")
            self.addItem(item)
        self.setCurrentRow(min(now, len(rows) - 1))
        self._quiet = False
        self.setAccessibleName(_("Sections"))
        self.set_compact(self._compact)

    def mark(self, number: int) -> None:
        """Make a row the active one."""
        self._quiet = True
        self.setCurrentRow(number)
        for row in range(self.count()):
            self.item(row).setData(_ACTIVE, row == number)
        self._quiet = False

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Beside the section, or above it and only two rows high."""
        self._compact = compact
        row = self._theme.px(39) + 12
        if compact:
            self.setMaximumWidth(16777215)
            self.setFixedHeight(row * 2)
        else:
            self.setMinimumHeight(0)
            self.setMaximumHeight(16777215)
            self.setFixedWidth(self._theme.px(206 if self._narrow else 226))

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Leave more room to the section."""
        self._narrow = narrow
        self.set_compact(self._compact)

    def _moved(self, row: int) -> None:
        if row >= 0 and not self._quiet:
            self.chosen.emit(row)
