"""The table of a named list: arrows choose a cell, Space turns presence, F2 or Enter changes the cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from progressus_desktop.domain import codelists
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.sorting import fold
from progressus_desktop.gui.columns import Mark
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.facts import day_words
from progressus_desktop.gui.fields import CodeField
from progressus_desktop.gui.frozen import FrozenColumns
from progressus_desktop.services.attendance import Attendee
from progressus_desktop.words import N_, _

_Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
_ROW, _PADDING, _ICON = 33, 9, 16

COLUMNS = (
    ("", N_("No."), 46),
    ("person", N_("Last and first name"), 0),
    ("organisation", N_("Organisation"), 144),
    ("role", N_("Role"), 174),
    ("sex", N_("Sex"), 54),
    ("present", N_("Presence"), 118),
    ("signed", N_("Signature"), 108),
    ("image_consent", N_("Consent to photos"), 140),
    ("clause_given_on", N_("Clause"), 104),
)
"""Field, head and width in pixels at 100 %; the name takes the rest."""

_MARKS: Mapping[str, Mapping[str, Mark]] = {
    "present": {
        "yes": Mark("circle-check", "ok"),
        "no": Mark("circle-dashed", "muted"),
        "late": Mark("triangle-alert", "warn"),
        "left_early": Mark("triangle-alert", "warn"),
    },
    "image_consent": {
        "yes": Mark("circle-check", "ok"),
        "no": Mark("circle-x", "err"),
        "unknown": Mark("circle-dashed", "muted"),
        "withdrawn": Mark("circle-x", "err"),
    },
}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


class NamedModel(QAbstractTableModel):
    """The people of a list; ``changed`` carries the record, the field and its new value."""

    changed = Signal(str, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.people: list[Attendee] = []
        self.of = ENTITIES["participant"]

    def show(self, people: list[Attendee]) -> None:
        """Replace the rows."""
        self.beginResetModel()
        self.people = people
        self.endResetModel()

    def rowCount(self, _parent: _Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        """Number of people."""
        return len(self.people)

    def columnCount(self, _parent: _Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        """Number of columns."""
        return len(COLUMNS)

    def words(self, row: int, column: int) -> str:
        """What a cell says."""
        person, name = self.people[row], COLUMNS[column][0]
        fields = person.fields
        if not name:
            return str(row + 1)
        if name == "person":
            return person.name or _("person erased")
        if name == "organisation":
            return person.organisation or "–"
        if name == "signed":
            at = fields.get("signed_row")
            return "–" if not fields.get("signed") else _("Yes, row {n}", n=at) if at else _("Yes")
        if name == "clause_given_on":
            return day_words(fields.get(name)) or "–"
        value = str(fields.get(name) or "")
        word = codelists.short(self.of.field(name).codes, value) if value else "–"
        return _capital(word) if name in _MARKS else word

    def mark(self, row: int, column: int) -> Mark | None:
        """The icon of a cell."""
        name, fields = COLUMNS[column][0], self.people[row].fields
        if name == "signed":
            return Mark("circle-check", "ok") if fields.get("signed") else None
        return _MARKS.get(name, {}).get(str(fields.get(name) or ""))

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words; for a screen reader with the head and the name."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self.words(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            head, name = _(COLUMNS[index.column()][1]), self.people[index.row()].name
            return f"{name}, {head}: {self.words(index.row(), index.column())}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """Heads of columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(COLUMNS[section][1])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Everything but the number, the name and the organisation is changed in its cell."""
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        fixed = COLUMNS[index.column()][0] in {"", "person", "organisation"}
        return plain if fixed else plain | Qt.ItemFlag.ItemIsEditable


class _Cell(QStyledItemDelegate):
    def __init__(self, context: Context, parent: NamedTable) -> None:
        super().__init__(parent)
        self._context, self._table = context, parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, rect = self._context.theme, option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        here = self._table.currentIndex() == index
        painter.fillRect(rect, theme.tokens("sel" if chosen else "alt" if index.row() & 1 else "base"))
        model = self._table.people
        mark = model.mark(index.row(), index.column())
        inner = rect.adjusted(theme.space(_PADDING), 0, -theme.space(4), 0)
        token = "onSel" if chosen else mark.token if mark else "text"
        if mark is not None:
            side = theme.px(_ICON)
            place = QRect(QPoint(inner.left(), inner.center().y() - side // 2), QSize(side, side))
            theme.icon(mark.icon, token, side).paint(painter, place)
            inner.setLeft(place.right() + theme.space(6))
        painter.setPen(theme.tokens(token))
        painter.setFont(theme.font("h3" if mark else "body"))
        words = model.words(index.row(), index.column())
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
        if here and self._table.hasFocus():
            painter.setPen(theme.tokens(token))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index) -> QWidget:  # noqa: N802
        name = COLUMNS[index.column()][0]
        field = self._table.people.of.field(name)
        said = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
        if not field.codes:
            line = QLineEdit(parent)
            line.setProperty("k", "cell")
            line.setAccessibleName(said)
            return line
        combo = CodeField(parent)
        combo.bind(self._context, field)
        combo.setAccessibleName(said)
        combo.activated.connect(lambda _row: self._done(combo))
        return combo

    def _done(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:  # noqa: N802 - Qt's name
        name = COLUMNS[index.column()][0]
        fields = self._table.people.people[index.row()].fields
        if isinstance(editor, CodeField):
            editor.show_value(fields.get(name))
        elif isinstance(editor, QLineEdit):
            at = fields.get("signed_row")
            row = str(at or (_("yes") if fields.get("signed") else ""))
            editor.setText(row if name == "signed" else day_words(fields.get(name)))

    def setModelData(self, editor: QWidget, _model: Any, index: _Index) -> None:  # noqa: N802 - Qt's name
        name, record = COLUMNS[index.column()][0], self._table.people.people[index.row()].id
        if isinstance(editor, CodeField):
            self._table.people.changed.emit(record, name, editor.value())
        elif isinstance(editor, QLineEdit):
            self._table.people.changed.emit(record, name, editor.text().strip())


class NamedTable(QTableView):
    """One tab stop. ``removed`` carries the record to be taken off, ``pasted`` the text of the clipboard."""

    removed = Signal(str)
    pasted = Signal()
    turned = Signal(str)
    """Presence of this record shall change from yes to no or back."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.people = NamedModel(self)
        self.setModel(self.people)
        self.setItemDelegate(_Cell(context, self))
        self.setObjectName("named_table")
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.names = FrozenColumns(self, 2)
        self.names.setItemDelegate(_Cell(context, self))

    def scrollTo(  # noqa: N802 - Qt's name
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into sight, beside the names that stay there."""
        super().scrollTo(index, hint)
        self.names.uncover(index)

    def record(self) -> str:
        """Id of the current row's record, empty when there is none."""
        row = self.currentIndex().row()
        return self.people.people[row].id if 0 <= row < len(self.people.people) else ""

    def show_people(self, people: list[Attendee]) -> None:
        """Show these people; the current cell stays with its person."""
        now, column, row = self.record(), max(self.currentIndex().column(), 1), max(self.currentIndex().row(), 0)
        self.people.show(people)
        at = next((n for n, each in enumerate(people) if each.id == now), min(row, len(people) - 1))
        if people:
            self.setCurrentIndex(self.people.index(at, column))

    def go_to(self, record_id: str) -> None:
        """Make a record current."""
        at = next((n for n, each in enumerate(self.people.people) if each.id == record_id), -1)
        if at >= 0:
            self.setCurrentIndex(self.people.index(at, max(self.currentIndex().column(), 1)))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space, F2, Enter, Delete and paste; the rest is Qt's."""
        key, now = event.key(), self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif key == Qt.Key.Key_Space and self.record():
            self.turned.emit(self.record())
        elif key in {Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            # Enter that ends the work in a cell comes here too
            busy = self.state() == QAbstractItemView.State.EditingState
            if not busy and self.people.flags(now) & Qt.ItemFlag.ItemIsEditable:
                self.edit(now)
        elif key == Qt.Key.Key_Delete and self.record():
            self.removed.emit(self.record())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """The name takes the room that is left."""
        super().resizeEvent(event)
        self._share()

    def restyle(self) -> None:
        """Take sizes from the theme."""
        theme = self._context.theme
        self.verticalHeader().setDefaultSectionSize(max(theme.space(_ROW), theme.px(20) + 8))
        self.horizontalHeader().setFixedHeight(max(theme.space(_ROW), theme.px(20) + 12))
        self._share()

    def _share(self) -> None:
        theme = self._context.theme
        taken = 0
        for number, (name, _head, width) in enumerate(COLUMNS):
            if name != "person":
                self.setColumnWidth(number, theme.px(width))
                taken += theme.px(width)
        self.setColumnWidth(1, max(self.viewport().width() - taken, theme.px(190)))
        self.names.place()


def signature(text: str) -> dict[str, Any]:
    """What was typed into the cell "signature": a row number, yes, or nothing."""
    digits = "".join(each for each in text if each.isdigit())
    if digits:
        return {"signed": True, "signed_row": int(digits)}
    return {"signed": fold(text) in {fold(_("yes")), "tak", "t", "yes", "y", "x"}, "signed_row": None}
