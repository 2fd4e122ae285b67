"""The timeline of a contact log: one entry a contact, newest first, each opened with Enter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from progressus_desktop.domain import codelists
from progressus_desktop.domain.records import Record
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.facts import as_typed, day_words
from progressus_desktop.gui.parts import Button, text
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import picking, records
from progressus_desktop.store import history, query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import _, ngettext

_Index = QModelIndex | QPersistentModelIndex
_ID = int(Qt.ItemDataRole.UserRole)
_RECORD = _ID + 1
_ICONS = {
    "visit": "map-pin", "phone": "phone", "email": "mail", "letter": "mail", "meeting": "users",
    "online": "message-square", "event": "calendar-days",
}  # fmt: skip


def contact_facts(ws: Workspace, partner: str) -> list[tuple[str, str]]:
    """The first contact person of a partner: label and words of name, phone, e-mail and clause, where known."""
    found = query.linked(ws, "contact", "partner", partner, 1)
    if not found:
        return []
    fields = found[0].fields
    name = picking.title(ws, "person", str(fields.get("person") or ""))
    given = fields.get("clause_given_on")
    facts = [
        (_("Contact person"), ", ".join(part for part in (name, fields.get("function")) if part)),
        *((_("Phone"), as_typed(row.get("phone"))) for row in (fields.get("phones") or [])[:1]),
        *((_("E-mail"), as_typed(row.get("email"))) for row in (fields.get("emails") or [])[:1]),
        (_("Information clause"), _("given on {date}", date=day_words(given)) if isinstance(given, str) else ""),
    ]
    return [fact for fact in facts if fact[1]]


def head_words(ws: Workspace, record: Record) -> str:
    """Form of contact, persons, topics: "telefon, Marek Przykładny · T3"."""
    fields = record.fields
    channel = fields.get("channel")
    people = [picking.title(ws, "contact", each) for each in fields.get("contacts") or () if isinstance(each, str)]
    who = people[0] if len(people) == 1 else ngettext("{n} person", "{n} persons", len(people)) if people else ""
    way = codelists.word("channel", channel) if isinstance(channel, str) else ""
    first = ", ".join(part for part in (way, who) if part)
    topics = ", ".join(str(item.get("topic")) for item in fields.get("topics") or ())
    return " · ".join(part for part in (first, topics) if part)


def body_words(record: Record) -> str:
    """The result and what was said."""
    fields = record.fields
    result = fields.get("result")
    said = str(fields.get("subject") or fields.get("summary") or "")
    if isinstance(result, str) and result != "informed":
        word = codelists.word("interaction_result", result)
        return f"{word[:1].upper()}{word[1:]}: {said}"
    return f"{said[:1].upper()}{said[1:]}"


class _Painter(QStyledItemDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme: Theme | None = None
        self.author: Callable[[str], str] = lambda _record: ""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(200, self.theme.px(40) + 8) if self.theme is not None else QSize(200, 48)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        if self.theme is None:
            return
        theme, rect = self.theme, option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, theme.tokens("accentSoft"))
        side = theme.px(34)
        circle = QRect(rect.left() + 6, rect.top() + (rect.height() - side) // 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.tokens("line"), 2))
        painter.drawLine(circle.center().x(), rect.top(), circle.center().x(), rect.bottom())
        painter.setPen(QPen(theme.tokens("accent"), 1))
        painter.setBrush(theme.tokens("accentSoft"))
        painter.drawEllipse(circle)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        record: Record = index.data(_RECORD)
        channel = str(record.fields.get("channel") or "")
        inner = theme.px(18)
        gap = (side - inner) // 2
        theme.icon(_ICONS.get(channel, "message-square"), "accent", inner).paint(
            painter, QRect(circle.left() + gap, circle.top() + gap, inner, inner)
        )
        left = circle.right() + theme.space(12)
        half = rect.height() // 2
        top = QRect(left, rect.top() + 2, rect.right() - left - 8, half - 2)
        top.setRight(self._sign(painter, top, record.id))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setPen(theme.tokens("text"))
        painter.setFont(theme.font("h3"))
        day = day_words(record.fields.get("date"))
        painter.drawText(top, flags, day)
        top.setLeft(top.left() + painter.fontMetrics().horizontalAdvance(day) + theme.space(10))
        painter.setFont(theme.font("body"))
        painter.setPen(theme.tokens("muted"))
        head = str(index.data(Qt.ItemDataRole.WhatsThisRole))
        painter.drawText(top, flags, painter.fontMetrics().elidedText(head, Qt.TextElideMode.ElideRight, top.width()))
        painter.setPen(theme.tokens("text"))
        low = QRect(left, rect.top() + half, rect.right() - left - 8, half - 2)
        body = body_words(record)
        painter.drawText(low, flags, painter.fontMetrics().elidedText(body, Qt.TextElideMode.ElideRight, low.width()))

    def _sign(self, painter: QPainter, place: QRect, record_id: str) -> int:
        """Say at the right who wrote the entry; gives where the rest of the line must end."""
        name = self.author(record_id)
        if not name or self.theme is None:
            return place.right()
        painter.setFont(self.theme.font("small"))
        painter.setPen(self.theme.tokens("muted"))
        words = _("entry: {name}", name=name)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), words)
        return place.right() - painter.fontMetrics().horizontalAdvance(words) - self.theme.space(12)


class _List(QListWidget):
    opened, removed = Signal(), Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class TalkList(QWidget):
    """``opened`` gives the id of the contact to correct."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self.list = _List()
        self.list.setObjectName("talks")
        self.list.setProperty("k", "talks")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._painter = _Painter(self.list)
        self._painter.author = self._author
        self._authors: dict[str, str] = {}
        self.list.setItemDelegate(self._painter)
        self.nothing = text("", "muted", wrap=True)

    def bind(self, context: Context) -> None:
        """Build the list and its buttons."""
        self._context = context
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        self.open_button = Button(context.theme, "", "", "pencil", small=True)
        self.open_button.setObjectName("talks_open_button")
        self.remove_button = Button(context.theme, "", "ghost", "trash-2", small=True)
        self.remove_button.setObjectName("talks_remove_button")
        row.addWidget(self.open_button)
        row.addWidget(self.remove_button)
        row.addStretch(1)
        column.addLayout(row)
        self._rest = QWidget()
        column.addWidget(self._rest, 1)
        self.list.opened.connect(self._open)
        self.list.itemDoubleClicked.connect(lambda _item: self._open())
        self.list.removed.connect(self._remove)
        self.open_button.clicked.connect(self._open)
        self.remove_button.clicked.connect(self._remove)

    def _author(self, record_id: str) -> str:
        """Who wrote a contact, as "Anna P."; asked only for rows in sight."""
        if record_id not in self._authors and self._context is not None:
            first, *rest = history.author(self._context.ws, record_id).split() or [""]
            self._authors[record_id] = " ".join((first, *(f"{each[0]}." for each in rest[-1:])))
        return self._authors.get(record_id, "")

    def _current(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    def _open(self) -> None:
        if self._current():
            self.opened.emit(self._current())

    def _remove(self) -> None:
        if self._context is None or not self._current():
            return
        try:
            records.remove(self._context.ws, "interaction", self._current())
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return
        self._context.notify.undo_bar(_("Contact moved to the bin."))

    def show_talks(self, found: list[Record]) -> None:
        """Show these contacts; the current one stays current."""
        if self._context is None:
            return
        now, row = self._current(), max(self.list.currentRow(), 0)
        self.list.clear()
        for record in found:
            head = head_words(self._context.ws, record)
            item = QListWidgetItem(body_words(record))
            item.setData(_ID, record.id)
            item.setData(_RECORD, record)
            item.setData(int(Qt.ItemDataRole.WhatsThisRole), head)
            spoken = f"{day_words(record.fields.get('date'))}, {head}. {body_words(record)}"
            item.setData(int(Qt.ItemDataRole.AccessibleTextRole), spoken)
            self.list.addItem(item)
        kept: Any = next((n for n, each in enumerate(found) if each.id == now), min(row, len(found) - 1))
        self.list.setCurrentRow(kept)
        for widget in (self.list, self.open_button, self.remove_button):
            widget.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self._rest.setVisible(not found)

    def count(self) -> int:
        """How many contacts are shown."""
        return self.list.count()

    def dress(self, theme: Theme) -> None:
        """Take sizes and colours from the theme."""
        self._painter.theme = theme
        self.list.viewport().update()

    def retranslate(self) -> None:
        """Make all words again."""
        self.list.setAccessibleName(_("Contact log"))
        self.list.setAccessibleDescription(_("Enter opens a contact to correct it, Delete moves it to the bin."))
        self.nothing.setText(_("No contact yet. Write the first one in the line above."))
        self.open_button.set_text(_("Correct"))
        self.open_button.setAccessibleName(_("Correct the chosen contact"))
        self.remove_button.set_text(_("Move to the bin"))
        self.remove_button.setAccessibleName(_("Move the chosen contact to the bin"))
