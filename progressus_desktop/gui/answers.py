"""A list of questions answered yes, no or not applicable with one key each: one table, one tab stop."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Field
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.grid import capital
from progressus_desktop.gui.matrix import mark_current
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _

_Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
_CODE = int(Qt.ItemDataRole.UserRole)
_SIGNS = {"yes": ("check", "ok"), "no": ("x", "err"), "na": ("", "muted")}
_ROW = 32
_ORDER = (None, "yes", "no", "na")


class _Model(QAbstractTableModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.items: list[str] = []
        self.answers: dict[str, Any] = {}
        self.list, self.columns = "", 3

    def fill(self, name: str, columns: int) -> None:
        self.beginResetModel()
        self.list, self.columns = name, columns
        self.items = [item.code for item in codelists.items(name)]
        self.items += [each for each in self.answers if each not in self.items]
        self.endResetModel()

    def rowCount(self, _parent: _Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        return -(-len(self.items) // self.columns)

    def columnCount(self, _parent: _Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        return self.columns

    def place(self, index: _Index) -> str:
        at = index.column() * self.rowCount() + index.row()
        return self.items[at] if index.isValid() and at < len(self.items) else ""

    def at(self, number: int) -> QModelIndex:
        rows = max(self.rowCount(), 1)
        return self.index(number % rows, number // rows)

    def answer_words(self, code: str) -> str:
        answer = self.answers.get(code)
        return codelists.word("answer", str(answer)) if answer else _("no answer")

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        code = self.place(index)
        if not code:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return capital(codelists.word(self.list, code))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{capital(codelists.word(self.list, code))}, {self.answer_words(code)}"
        return self.answers.get(code) if role == _CODE else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        found = self.place(index)
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if found else Qt.ItemFlag.NoItemFlags


class _Painter(QStyledItemDelegate):
    def __init__(self, parent: AnswersField) -> None:
        super().__init__(parent)
        self.theme: Theme | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        if self.theme is None or index.data() is None:
            return
        theme, rect = self.theme, option.rect
        room = theme.px(62)
        left = QRect(rect.left() + theme.space(9), rect.top(), rect.width() - room - theme.space(20), rect.height())
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.tokens("text"))
        words = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, flags, words)
        answer = index.data(_CODE)
        right = QRect(left.right() + theme.space(6), rect.top(), room, rect.height())
        if not answer:
            painter.drawText(right, flags, "–")
            return
        icon, token = _SIGNS.get(str(answer), ("", "muted"))
        side = theme.px(15)
        if icon:
            theme.icon(icon, token, side).paint(
                painter, QRect(right.left(), right.top() + (right.height() - side) // 2, side, side)
            )
        painter.setPen(theme.tokens(token))
        painter.setFont(theme.font("label"))
        if not icon:
            painter.drawText(QRect(right.left(), right.top(), side, right.height()), flags, "—")
        painter.drawText(right.adjusted(side + theme.space(6), 0, 0, 0), flags, codelists.short("answer", str(answer)))


class AnswersField(QTableView):
    """Arrows choose the item; T, N and D (or Y, N, D) answer, Delete clears, Space or a click goes through them."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field: Field | None = None
        self._theme: Theme | None = None
        self._model = _Model(self)
        self._painter = _Painter(self)
        self.setModel(self._model)
        self.setItemDelegate(self._painter)
        self.setProperty("k", "grid")
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def bind(self, _context: Context, field: Field) -> None:
        """Know the list of questions."""
        self._field = field
        self._model.fill(field.codes, 3)

    def dress(self, theme: Theme) -> None:
        """Take sizes and colours from the theme."""
        self._theme = self._painter.theme = theme
        self._fit()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setAccessibleDescription(_("arrows – item · T yes · N no · D does not apply"))
        self.viewport().update()

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """One column where there is little room."""
        wanted = 1 if narrow else 3
        if wanted != self._model.columns and self._field is not None:
            self._model.fill(self._field.codes, wanted)
            self._fit()

    def _fit(self) -> None:
        if self._theme is None:
            return
        row = max(self._theme.space(_ROW), self._theme.px(20) + 4)
        self.verticalHeader().setDefaultSectionSize(row)
        self.setFixedHeight(row * self._model.rowCount() + 2 * self.frameWidth() + 2)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """All rows are in sight."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def show_value(self, value: Any) -> None:
        """Show answers."""
        items = value if isinstance(value, list) else []
        key = self._field.key_name if self._field else "item"
        self._model.answers = {str(item[key]): item.get("answer") for item in items}
        if self._field is not None and any(each not in self._model.items for each in self._model.answers):
            self._model.fill(self._field.codes, self._model.columns)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.index(0, 0))
        mark_current(self)
        self.viewport().update()

    def value(self) -> Any:
        """The questions that were answered."""
        key = self._field.key_name if self._field else "item"
        found = {code: answer for code, answer in self._model.answers.items() if answer}
        return [{key: code, "answer": found[code]} for code in self._model.items if code in found] or None

    def answered(self) -> tuple[int, int]:
        """How many of how many questions are answered."""
        return sum(1 for each in self._model.answers.values() if each), len(self._model.items)

    def _answer(self, answer: str | None) -> None:
        code = self._model.place(self.currentIndex())
        if not code or self._model.answers.get(code) == answer:
            return
        self._model.answers[code] = answer
        self._model.dataChanged.emit(self.currentIndex(), self.currentIndex())
        self.changed.emit()

    def _next_answer(self) -> None:
        now = self._model.answers.get(self._model.place(self.currentIndex()))
        at = _ORDER.index(now) if now in _ORDER else 0
        self._answer(_ORDER[(at + 1) % len(_ORDER)])

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Mark the current item."""
        super().focusInEvent(event)
        mark_current(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The mark goes with the focus."""
        super().focusOutEvent(event)
        mark_current(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """One key an answer."""
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier & ~Qt.KeyboardModifier.KeypadModifier
        answers = {Qt.Key.Key_T: "yes", Qt.Key.Key_Y: "yes", Qt.Key.Key_N: "no", Qt.Key.Key_D: "na"}
        answers |= {Qt.Key.Key_Delete: "", Qt.Key.Key_Backspace: ""}
        if held == Qt.KeyboardModifier.NoModifier and event.key() in answers:
            self._answer(answers[Qt.Key(event.key())] or None)
        elif held == Qt.KeyboardModifier.NoModifier and event.key() == Qt.Key.Key_Space:
            self._next_answer()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            rows = self._model.rowCount()
            at = self.currentIndex().column() * rows + self.currentIndex().row() + 1
            if at < len(self._model.items):
                self.setCurrentIndex(self._model.at(at))
            else:
                self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """The first click chooses the item, each further one its answer."""
        before = self.currentIndex()
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.type() == QEvent.Type.MouseButtonPress and index.isValid() and index == before:
            self._next_answer()
