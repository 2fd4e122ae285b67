"""One field with two versions: each side as a choice, what it was before, and the result, always editable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from progressus_desktop.clock import local
from progressus_desktop.domain import catalog, codelists, parsing
from progressus_desktop.domain import values as forms
from progressus_desktop.domain.fields import Field, Merge, Type
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.fields import LongTextField, value_widget
from progressus_desktop.gui.matrix import MatrixField
from progressus_desktop.gui.parts import Card, StateLine, prop, speak_for, text
from progressus_desktop.services import deciding
from progressus_desktop.services.deciding import EDGE, WHOLE, Conflict, Version
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import _

_COMMON = {field.name: field for field in catalog.COMMON}
_MOST_LETTERS = 300


def field_of(conflict: Conflict) -> Field | None:
    """The declaration behind a key; None for what this version does not know and for deletions."""
    stem = conflict.field.partition("/")[0]
    of = catalog.ENTITIES.get(conflict.entity)
    if of is not None and of.has(stem):
        return of.field(stem)
    return _COMMON.get(stem)


def label_of(conflict: Conflict) -> str:
    """The field's name, with the item for a key of a map ("Topics: T1 …")."""
    if conflict.field == WHOLE:
        return _("Whole record")
    if conflict.field == EDGE:
        return _("Merged into")
    field, item = field_of(conflict), conflict.field.partition("/")[2]
    if field is None:
        return conflict.field
    if item and field.merge is Merge.MAP and field.codes:
        return f"{_(field.label)}: {codelists.word(field.codes, item)}"
    return _(field.label)


def words_of(ws: Workspace, conflict: Conflict, value: Any) -> str:
    """A version in words; nothing for an empty one."""
    field, item = field_of(conflict), conflict.field.partition("/")[2]
    if conflict.field == EDGE:
        return query.title(ws, conflict.entity, str(value)) if value else _("not merged")
    if value is None or field is None:
        return "" if value is None else str(value)
    if not item:
        return _scalar(ws, field, value)
    if not isinstance(value, Mapping):
        return str(value)
    parts = [part for part in field.parts if value.get(part.name) is not None]
    return "; ".join(f"{_(part.label)}: {_scalar(ws, part, value[part.name])}" for part in parts)


def _scalar(ws: Workspace, field: Field, value: Any) -> str:
    if field.type in {Type.REFERENCE, Type.REFERENCES} and not forms.is_unread(value):
        ids = value if isinstance(value, list) else [value]
        return ", ".join(query.title(ws, field.target, str(each)) or str(each) for each in ids)
    words = parsing.shown(field, value)
    return words if len(words) <= _MOST_LETTERS else words[:_MOST_LETTERS] + "…"


class ItemResult(QWidget):
    """The parts of a map item or a row, each with its widget; what this version does not know is kept."""

    changed = Signal()

    def __init__(self, context: Context, field: Field) -> None:
        super().__init__()
        self._value: dict[str, Any] = {}
        self.parts: dict[str, Any] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in field.parts:
            widget: Any = LongTextField() if part.type is Type.LONG_TEXT else value_widget(part.type)
            widget.bind(context, part)
            widget.dress(context.theme)
            widget.changed.connect(self.changed)
            label = text(_(part.label), "small")
            label.setBuddy(widget)
            column.addWidget(label)
            column.addWidget(widget)
            speak_for(widget, _(part.label))
            self.parts[part.name] = widget

    def show_value(self, value: Any) -> None:
        """Show an item."""
        self._value = dict(value) if isinstance(value, Mapping) else {}
        for name, widget in self.parts.items():
            widget.show_value(self._value.get(name))

    def value(self) -> Any:
        """The item as edited."""
        out = {name: value for name, value in self._value.items() if name not in self.parts}
        out |= {name: widget.value() for name, widget in self.parts.items()}
        return {name: value for name, value in out.items() if not forms.empty(value)}


def result_widget(context: Context, conflict: Conflict) -> Any:
    """A widget for the result, bound and dressed; None where there is nothing to edit."""
    field = field_of(conflict)
    if field is None or field.merge is Merge.SET:
        return None
    if "/" in conflict.field:
        return ItemResult(context, field) if field.parts else None
    widget: Any
    if field.type is Type.MATRIX:
        widget = MatrixField()
    elif field.type is Type.LONG_TEXT:
        widget = LongTextField()
    else:
        widget = value_widget(field.type)
    widget.bind(context, field)
    widget.dress(context.theme)
    widget.retranslate()
    return widget


class Side(QRadioButton):
    """One version as a choice. Arrows go to the other side and to the other fields, Enter to the result."""

    moved = Signal(int)
    sideways = Signal(int)
    edit = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The keys of the page."""
        key = event.key()
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.sideways.emit(1 if key == Qt.Key.Key_Right else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.edit.emit()
        else:
            super().keyPressEvent(event)


class VersionRow(QWidget):
    """A field, its sides and its result. ``moved`` asks for the next or previous field."""

    changed = Signal()
    moved = Signal(int)

    def __init__(self, context: Context, conflict: Conflict, names: Mapping[str | bytes, str]) -> None:
        super().__init__()
        self._context, self.conflict, self._names = context, conflict, names
        self._edited = self._chosen = False
        self.label = label_of(conflict)
        self.sides: list[Side] = []
        self._cards: list[Card] = []
        self._group = QButtonGroup(self)
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.row.setContentsMargins(0, 0, 0, 0)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(text(self.label, "h3", wrap=True))
        before = words_of(context.ws, conflict, conflict.before)
        head.addWidget(text(_("was: {words}", words=before or _("empty")), "small", wrap=True))
        head.addStretch(1)
        self.row.addLayout(head, 3)
        for version in self._ordered():
            self._add_side(version)
        self.state = StateLine(context.theme, "warn", _("Not chosen yet"))
        self.result: Any = result_widget(context, conflict)
        result = QVBoxLayout()
        result.setSpacing(4)
        if self.result is not None:
            speak_for(self.result, _("Result: {field}", field=self.label))
            self.result.changed.connect(self._edit)
            result.addWidget(self.result)
        result.addWidget(self.state)
        result.addStretch(1)
        self.row.addLayout(result, 5)

    def _ordered(self) -> list[Version | None]:
        """Ours first; of a deletion there are two answers without values."""
        if self.conflict.field == WHOLE:
            return [None, None]
        ours = [each for each in self.conflict.versions if each.ours]
        return [*ours, *(each for each in self.conflict.versions if not each.ours)]

    def _add_side(self, version: Version | None) -> None:
        theme, number = self._context.theme, len(self.sides)
        if version is None:
            words = _("Keep the record as it was edited") if number == 0 else _("Delete the record")
            by = ""
        else:
            words = words_of(self._context.ws, self.conflict, version.value) or _("empty")
            who = self._names.get(version.by) or self._names.get(version.device) or _("another laptop")
            by = f"{who}, {local(version.at):%d.%m.%Y, %H:%M}"
            by = _("Here: {who}", who=by) if version.ours else by
        card, side = Card(theme), Side()
        side.setObjectName(f"side_{number}")
        side.setAccessibleName(f"{self.label}: {words}. {by}".strip())
        side.toggled.connect(lambda on, card=card: prop(card, "k", "chosen" if on else "card"))
        side.toggled.connect(lambda on, number=number: self.choose(number) if on else None)
        side.clicked.connect(lambda _checked=False, number=number: self.choose(number) if self._edited else None)
        side.moved.connect(self.moved)
        side.sideways.connect(lambda step, number=number: self._sideways(number + step))
        side.edit.connect(self.edit)
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.addWidget(side, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(text(words, wrap=True))
        if by:
            column.addWidget(text(by, "small", wrap=True))
        line.addLayout(column, 1)
        card.column.addLayout(line)
        self._group.addButton(side)
        self.sides.append(side)
        self._cards.append(card)
        self.row.addWidget(card, 5)

    # -- choosing -------------------------------------------------------------------------------------------

    def choose(self, number: int) -> None:
        """Take one side; its value becomes the result."""
        side = self.sides[number]
        side.setChecked(True)
        version = self._ordered()[number]
        self._chosen, self._edited = True, False
        if self.result is not None and version is not None:
            self.result.show_value(version.value)
        self.state.show_state("ok", _("Chosen"))
        self.changed.emit()

    def _sideways(self, number: int) -> None:
        if 0 <= number < len(self.sides):
            self.sides[number].setFocus(Qt.FocusReason.OtherFocusReason)
            self.choose(number)

    def _edit(self) -> None:
        self._chosen = self._edited = True
        self.state.show_state("draft", _("Corrected by hand"))
        self.changed.emit()

    def edit(self) -> None:
        """Go to the result."""
        target = self.result
        if isinstance(target, ItemResult):
            target = next(iter(target.parts.values()))
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        """Go to the chosen side, or to the first."""
        chosen = next((each for each in self.sides if each.isChecked()), self.sides[0])
        chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def chosen(self) -> bool:
        """Whether there is something to save."""
        return self._chosen

    def answer(self) -> tuple[str, Any]:
        """What to save: the way (ours, theirs, value) and the value."""
        number = next((n for n, each in enumerate(self.sides) if each.isChecked()), 0)
        if self.conflict.field == WHOLE:
            return (deciding.THEIRS if number else deciding.OURS), None
        if self._edited:
            return "value", self.result.value()
        version = self._ordered()[number]
        return "value", version.value if version is not None else None

    def unread(self) -> bool:
        """Whether the result cannot be read as its field; says so."""
        wrong = self._edited and forms.is_unread(self.result.value())
        if wrong:
            self.state.show_state("err", _("This cannot be read. Write it as in the form."))
            self.edit()
        return bool(wrong)
