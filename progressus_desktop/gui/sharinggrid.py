"""Members of a cluster × categories of offers: who gives and who seeks what, in one table with one tab stop."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from progressus_desktop.domain import codelists
from progressus_desktop.domain.cooperation import CATEGORIES, Sharing
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import N_, _

_Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
_ROW, _PADDING, _ICON = 32, 8, 16
GIVES, SEEKS = "gives", "seeks"
SIGNS = {
    GIVES: (N_("Gives"), "circle-arrow-up", "ok"),
    SEEKS: (N_("Seeks"), "circle-arrow-down", "warn"),
}


def category_head(code: str) -> str:
    """A category as a head of a column or line: with a capital letter."""
    words = codelists.short(CATEGORIES, code)
    return words[:1].upper() + words[1:]


class _Model(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.sharing: Sharing | None = None
        self.names: dict[str, str] = {}

    def show(self, sharing: Sharing | None, names: dict[str, str]) -> None:
        self.beginResetModel()
        self.sharing, self.names = sharing, names
        self.endResetModel()

    def rowCount(self, _parent: _Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        return len(self.sharing.members) if self.sharing is not None else 0

    def columnCount(self, _parent: _Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        return len(self.sharing.columns) if self.sharing is not None else 0

    def sign(self, index: _Index) -> str:
        if self.sharing is None or not index.isValid():
            return ""
        member, category = self.sharing.members[index.row()], self.sharing.columns[index.column()]
        if category in self.sharing.gives[member]:
            return GIVES
        return SEEKS if category in self.sharing.seeks[member] else ""

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        sign = self.sign(index)
        words = _(SIGNS[sign][0]) if sign else "–"
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole and self.sharing is not None:
            member, category = self.sharing.members[index.row()], self.sharing.columns[index.column()]
            said = words.lower() if sign else _("nothing")
            return f"{self.names.get(member, '')}, {codelists.word(CATEGORIES, category)}, {said}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        if self.sharing is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.names.get(self.sharing.members[section], "") if role == Qt.ItemDataRole.DisplayRole else None
        code = self.sharing.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return category_head(code)
        if role == Qt.ItemDataRole.ToolTipRole:
            return codelists.word(CATEGORIES, code)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, rect = self._theme, option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, theme.tokens("accentSoft" if chosen else "base"))
        painter.setPen(QPen(theme.tokens("line"), 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        model = index.model()
        sign = model.sign(index) if isinstance(model, _Model) else ""
        if not sign:
            painter.setPen(theme.tokens("muted"))
            painter.setFont(theme.font("body"))
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), "–")
            return
        words, icon, token = SIGNS[sign]
        side, gap = theme.px(_ICON), theme.space(_PADDING)
        place = QRect(QPoint(rect.left() + gap, rect.center().y() - side // 2), QSize(side, side))
        theme.icon(icon, token, side).paint(painter, place)
        painter.setPen(theme.tokens(token))
        painter.setFont(theme.font("h3"))
        inner = rect.adjusted(gap + side + theme.space(6), 0, 0, 0)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), _(words))


class _Head(QHeaderView):
    """Heads of columns in bold, on two lines where one is not enough."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803 - Qt's names
        theme = self._theme
        painter.save()
        painter.fillRect(rect, theme.tokens("sidebar"))
        painter.setPen(QPen(theme.tokens("line"), 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(QPen(theme.tokens("border"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(theme.font("h3"))
        painter.setPen(theme.tokens("text"))
        words = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(rect.adjusted(theme.space(_PADDING), 0, -2, 0), flags, words)
        painter.restore()


class SharingGrid(QTableView):
    """Arrows go through the cells; Enter opens the organisation's offers and needs."""

    opened = Signal(str)
    """The member whose row was opened."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = _Model()
        self.setHorizontalHeader(_Head(theme, self))
        self.setModel(self._model)
        self.setItemDelegate(_Painter(theme, self))
        self.setProperty("k", "grid")
        self.setObjectName("sharing_grid")
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setCornerButtonEnabled(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(lambda _index: self._open())

    def show_sharing(self, sharing: Sharing | None, names: dict[str, str]) -> None:
        """Show who gives and seeks what; ``names`` of the members by id."""
        now = self.currentIndex()
        row, column = max(now.row(), 0), max(now.column(), 0)
        self._model.show(sharing, names)
        rows, columns = self._model.rowCount(), self._model.columnCount()
        if rows and columns:
            self.setCurrentIndex(self._model.index(min(row, rows - 1), min(column, columns - 1)))
        self.restyle()

    def member(self) -> str:
        """The member of the current row."""
        sharing, row = self._model.sharing, self.currentIndex().row()
        return sharing.members[row] if sharing is not None and 0 <= row < len(sharing.members) else ""

    def _open(self) -> None:
        if self.member():
            self.opened.emit(self.member())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Columns share the width."""
        super().resizeEvent(event)
        self._fit()

    def restyle(self) -> None:
        """Take sizes from the theme; all rows are in sight."""
        theme = self._theme
        row = max(theme.px(_ROW), theme.px(20) + 8)
        self.verticalHeader().setDefaultSectionSize(row)
        head = self.horizontalHeader()
        head.setFont(theme.font("h3"))
        self.verticalHeader().setFont(theme.font("h3"))
        lines = 2 if any(" " in category_head(each) for each in self._columns()) else 1
        head.setFixedHeight(lines * head.fontMetrics().lineSpacing() + theme.space(12))
        widest = max(
            (self.verticalHeader().fontMetrics().horizontalAdvance(name) for name in self._model.names.values()),
            default=0,
        )
        self.verticalHeader().setFixedWidth(min(widest + theme.space(22), theme.px(230)))
        self._fit()

    def _fit(self) -> None:
        """As high as its rows, and the scroll bar where the columns need one."""
        bar = self.horizontalScrollBar().sizeHint().height() if self._share() else 0
        rows = self.verticalHeader().defaultSectionSize() * max(self._model.rowCount(), 1)
        height = self.horizontalHeader().height() + rows + 2 * self.frameWidth() + bar
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def _columns(self) -> tuple[str, ...]:
        return self._model.sharing.columns if self._model.sharing is not None else ()

    def _share(self) -> bool:
        """Give each column its part of the width, at least its own; gives whether they need to scroll."""
        columns = self._columns()
        if not columns:
            return False
        metrics = self.horizontalHeader().fontMetrics()
        words = [part for each in columns for part in category_head(each).split(" ")]
        longest = max(metrics.horizontalAdvance(part) for part in words)
        signs = max(metrics.horizontalAdvance(_(sign[0])) for sign in SIGNS.values())
        least = max(longest, signs + self._theme.px(_ICON) + self._theme.space(6)) + self._theme.space(2 * _PADDING + 2)
        room = self.viewport().width()
        each = max(room // len(columns), least)
        for number in range(len(columns)):
            last = number == len(columns) - 1
            self.setColumnWidth(number, max(room - each * number, each) if last else each)
        return least * len(columns) > room
