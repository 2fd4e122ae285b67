"""The four topics of an event: how each was raised, to whom, and of the first which part."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Field
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.fields import CodeField
from progressus_desktop.gui.many import PickMany
from progressus_desktop.gui.parts import text
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import N_, _

_WITH_ASPECTS = "T1"
_DEPTH_LETTERS = 8
_NAME = 132
"""Pixels in which the longest short name of a topic takes two lines."""
_NOT_RAISED = N_("not raised")


class _Line:
    """The controls of one topic."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.name = QLabel()
        self.depth = CodeField()
        self.audience = PickMany()
        self.aspects: dict[str, QCheckBox] = {}
        self.aspects_row = QWidget()
        self.which = text("", "small")


class TopicsField(QWidget):
    """A line for each topic; "not raised" is an ordinary answer."""

    changed = Signal()
    has_heads = True
    """The heads of its columns say what it is; no label above them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field: Field | None = None
        self._context: Context | None = None
        self._lines: list[_Line] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._heads = [text("", "h3"), text("", "h3"), text("", "h3")]
        self._narrow: bool | None = None

    def bind(self, context: Context, field: Field) -> None:
        """Build the lines."""
        self._context, self._field = context, field
        parts = {part.name: part for part in field.parts}
        for item in codelists.items(field.codes):
            line = _Line(item.code)
            line.name.setTextFormat(Qt.TextFormat.RichText)
            line.name.setWordWrap(True)
            line.depth.nothing = _(_NOT_RAISED)
            line.depth.bind(context, parts["depth"])
            line.depth.setMinimumContentsLength(_DEPTH_LETTERS)
            line.depth.setObjectName(f"{field.name}_{item.code}_depth")
            line.name.setBuddy(line.depth)
            line.audience.setObjectName(f"{field.name}_{item.code}_audience")
            line.depth.changed.connect(lambda line=line: self._depth(line))
            line.audience.changed.connect(self.changed)
            self._aspects(line, item.code == _WITH_ASPECTS)
            self._lines.append(line)
        self.set_narrow(narrow=False)
        self.retranslate()

    def first_stop(self) -> QWidget:
        """Where the focus goes when the field is asked to take it."""
        return self._lines[0].depth

    def _aspects(self, line: _Line, wanted: bool) -> None:  # noqa: FBT001 - private
        row = QHBoxLayout(line.aspects_row)
        row.setContentsMargins(24, 0, 0, 0)
        row.addWidget(line.which)
        for item in codelists.items("topic_aspect") if wanted else ():
            box = QCheckBox()
            box.setObjectName(f"topics_{line.code}_{item.code}")
            box.toggled.connect(self.changed)
            line.aspects[item.code] = box
            row.addWidget(box)
        row.addStretch(1)

    def _depth(self, line: _Line) -> None:
        if line.depth.value() is None:
            line.audience.show_codes([])
            for box in line.aspects.values():
                box.setChecked(False)
        self._show_aspects(line)
        self.changed.emit()

    def _show_aspects(self, line: _Line) -> None:
        line.aspects_row.setVisible(bool(line.aspects) and line.depth.value() is not None)

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        self._grid.setHorizontalSpacing(theme.space(10))
        self._grid.setVerticalSpacing(theme.space(5))
        self._grid.setColumnMinimumWidth(0, theme.px(_NAME))

    def retranslate(self) -> None:
        """Words in the language in force."""
        heads = (_("Topic"), _("How it was raised"), _("To whom (audience)"))
        for label, words in zip(self._heads, heads, strict=True):
            label.setText(words)
        for line in self._lines:
            short = codelists.short("topic", line.code)
            line.name.setText(f"<b>{line.code}</b> {short}")
            line.name.setToolTip(codelists.word("topic", line.code))
            line.depth.nothing = _(_NOT_RAISED)
            line.depth.retranslate()
            line.depth.setAccessibleName(f"{line.code} {short}: {heads[1].lower()}")
            line.depth.setAccessibleDescription(codelists.word("topic", line.code))
            line.audience.set_list("participant_role", f"{line.code} {short}: {heads[2].lower()}")
            line.which.setText(_("Which of these:"))
            for code, box in line.aspects.items():
                box.setText(codelists.word("topic_aspect", code))

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Under one another where there is little room."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for column, label in enumerate(self._heads):
            self._grid.addWidget(label, 0, column)
            label.setVisible(not narrow)
        for number, line in enumerate(self._lines):
            at = 1 + number * 4
            if narrow:
                for down, widget in enumerate((line.name, line.depth, line.audience, line.aspects_row)):
                    self._grid.addWidget(widget, at + down, 0, 1, 3)
            else:
                for column, widget in enumerate((line.name, line.depth, line.audience)):
                    self._grid.addWidget(widget, at, column)
                self._grid.addWidget(line.aspects_row, at + 1, 0, 1, 3)
        for column, stretch in enumerate((5, 3, 4)):
            self._grid.setColumnStretch(column, stretch)

    def show_value(self, value: Any) -> None:
        """Show which topics were raised."""
        items = {str(item.get("topic")): item for item in value} if isinstance(value, list) else {}
        for line in self._lines:
            item = items.get(line.code, {})
            line.depth.show_value(item.get("depth"))
            line.audience.show_codes([str(each) for each in item.get("audience") or ()])
            for code, box in line.aspects.items():
                with QSignalBlocker(box):
                    box.setChecked(code in (item.get("aspects") or ()))
            self._show_aspects(line)

    def value(self) -> Any:
        """The topics that were raised."""
        out = []
        for line in self._lines:
            aspects = sorted(code for code, box in line.aspects.items() if box.isChecked())
            parts = {"depth": line.depth.value(), "audience": line.audience.codes(), "aspects": aspects}
            kept = {name: each for name, each in parts.items() if each}
            if kept:
                out.append({"topic": line.code, **kept})
        return out or None


class TopicTicks(QWidget):
    """Four ticks for a contact: the audience follows from the partner's kind."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field: Field | None = None
        self._value: dict[str, dict[str, Any]] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.boxes: dict[str, QCheckBox] = {}

    def bind(self, _context: Context, field: Field) -> None:
        """Build the ticks."""
        self._field = field
        for item in codelists.items(field.codes):
            box = QCheckBox(item.code)
            box.setObjectName(f"{field.name}_{item.code}")
            box.toggled.connect(self.changed)
            self.boxes[item.code] = box
            self._row.addWidget(box)
        self._row.addStretch(1)
        self.retranslate()

    def first_stop(self) -> QWidget:
        """Where the focus goes when the field is asked to take it."""
        return next(iter(self.boxes.values()))

    def dress(self, theme: Theme) -> None:
        """Take gaps from the theme."""
        self._row.setSpacing(theme.space(10))

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Full names of the topics stand under one another where there is little room."""
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)

    def retranslate(self) -> None:
        """Short names in tooltips and for screen readers."""
        for code, box in self.boxes.items():
            short = codelists.short("topic", code)
            box.setToolTip(f"{code} {short}")
            box.setAccessibleName(_("Topic {code}: {name}", code=code, name=short))

    def show_value(self, value: Any) -> None:
        """Show the topics of a contact."""
        items = value if isinstance(value, list) else []
        self._value = {str(item.get("topic")): dict(item) for item in items}
        for code, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setChecked(code in self._value)

    def value(self) -> Any:
        """The ticked topics with what is known of each."""
        ticked = [code for code, box in self.boxes.items() if box.isChecked()]
        return [self._value.get(code, {"topic": code}) for code in ticked] or None
