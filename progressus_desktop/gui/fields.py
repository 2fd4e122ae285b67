"""The widgets of forms: one for each kind of value, all with the same few methods.

A form widget is named in a ``.ui`` file as a promoted class. After loading it is bound to its field
declaration, dressed in the theme's sizes, shows a value and gives it back. What cannot be read as the
field's type is given back as ``{"?": text}``, so that nothing typed is lost.
"""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QElapsedTimer, QSignalBlocker, Qt, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from progressus_desktop.clock import today
from progressus_desktop.domain import codelists, parsing
from progressus_desktop.domain.fields import Field, Type
from progressus_desktop.domain.sorting import fold
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _

__all__ = ["BooleanField", "CodeField", "FieldWidget", "LongTextField", "TextField", "value_widget"]


class FieldWidget(Protocol):
    """What the binder asks of every widget of a form. ``changed`` is emitted when a person changed the value."""

    changed: SignalInstance

    def bind(self, context: Context, field: Field) -> None:
        """Know the field's declaration and where its values live."""

    def dress(self, theme: Theme) -> None:
        """Take sizes and icons from the theme."""

    def retranslate(self) -> None:
        """Make all words again."""

    def show_value(self, value: Any) -> None:
        """Show a stored value; None is nothing. Emits no ``changed``."""

    def value(self) -> Any:
        """The value in its stored form, None for nothing, ``{"?": text}`` for what cannot be read."""


_BEFORE_HYPHEN = 2
_TOPIC = "topic"
"""The list whose words are whole sentences: shown by code and short name."""


def _hyphenated(text: str) -> str:
    """A postal code with its hyphen as soon as the third digit is typed."""
    digits = text.replace("-", "")
    if len(digits) <= _BEFORE_HYPHEN or not digits.isdigit() or "-" in text:
        return text
    return f"{digits[:_BEFORE_HYPHEN]}-{digits[_BEFORE_HYPHEN:]}"


class TextField(QLineEdit):
    """One line of text of any scalar type that people type: text, number, date, time, identifiers."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._field: Field | None = None
        self._value: Any = None
        self._shown = ""
        self.textEdited.connect(self._edited)
        self.editingFinished.connect(self.tidy)

    def bind(self, context: Context, field: Field) -> None:
        """Know the declaration."""
        self._context, self._field = context, field
        if field.type is Type.INTEGER:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.retranslate()

    def dress(self, theme: Theme) -> None:
        """Nothing of its own: the style sheet does it."""

    def retranslate(self) -> None:
        """Show the example and the value in the language in force."""
        if self._field is not None:
            self.setPlaceholderText(_("E.g. {example}", example=_(self._field.example)) if self._field.example else "")
            if self.text() == self._shown:
                self.show_value(self._value)

    def _edited(self, text: str) -> None:
        if self._field is not None and self._field.type is Type.POSTAL_CODE and self.cursorPosition() == len(text):
            self.setText(_hyphenated(text))
        self.changed.emit()

    def show_value(self, value: Any) -> None:
        """Show a stored value as people write it."""
        self._value = value
        self._shown = parsing.shown(self._field, value) if self._field is not None else str(value or "")
        if self.text() != self._shown:
            self.setText(self._shown)
            self.setCursorPosition(0)

    def value(self) -> Any:
        """The value as typed."""
        if self.text() == self._shown or self._field is None or self._context is None:
            return self._value
        try:
            return parsing.parse(self._field, self.text(), today(self._context.ws.clock))
        except parsing.ParseError:
            return {"?": self.text()}

    def tidy(self) -> None:
        """Write what was understood in its usual spelling; what was not stays as typed."""
        if self.text() != self._shown:
            self.show_value(self.value())

    def put(self, text: str) -> None:
        """Write ``text`` as if it had been typed."""
        self.setText(text)
        self.changed.emit()
        self.tidy()


class LongTextField(QPlainTextEdit):
    """Several lines of text; Tab leaves it, Enter begins a line. It grows with its text between two and eight lines."""

    changed = Signal()
    _LEAST, _MOST = 2, 8

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field: Field | None = None
        self._value: Any = None
        self._shown = ""
        self._quiet = False
        self.least_lines = self._LEAST
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._edited)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())

    def bind(self, _context: Context, field: Field) -> None:
        """Know the declaration."""
        self._field = field
        self.retranslate()

    def dress(self, _theme: Theme) -> None:
        """Take the height of lines again."""
        self._grow()

    def retranslate(self) -> None:
        """Show the example in the language in force."""
        if self._field is not None:
            self.setPlaceholderText(_("E.g. {example}", example=_(self._field.example)) if self._field.example else "")

    def _edited(self) -> None:
        if not self._quiet:
            self.changed.emit()

    def _grow(self) -> None:
        lines = min(max(self.document().size().height(), self.least_lines), self._MOST)
        margins = self.contentsMargins()  # edge and padding of the style sheet
        around = margins.top() + margins.bottom() + round(self.document().documentMargin() * 2)
        height = round(lines * self.fontMetrics().lineSpacing()) + around
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)

    def show_value(self, value: Any) -> None:
        """Show a stored text."""
        self._value = value
        self._shown = str(value.get("?", "")) if isinstance(value, dict) else str(value or "")
        if self.toPlainText() != self._shown:
            self._quiet = True
            self.setPlainText(self._shown)
            self._quiet = False

    def value(self) -> Any:
        """The text without its trailing blanks."""
        if self.toPlainText() == self._shown:
            return self._value
        return parsing.clean_text(self.toPlainText(), lines=True).rstrip() or None

    def put(self, text: str) -> None:
        """Write ``text`` as if it had been typed."""
        self.setPlainText(text)


class CodeField(QComboBox):
    """One code of a list, or none. The wheel scrolls the form, it never changes an answer by accident."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = ""
        self._strange = ""
        self._letters, self._since = "", QElapsedTimer()
        self.nothing = "–"
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda _row: self.changed.emit())

    def bind(self, _context: Context, field: Field) -> None:
        """Know the list."""
        self._list = field.codes
        self.retranslate()

    def dress(self, _theme: Theme) -> None:
        """Nothing of its own."""

    def retranslate(self) -> None:
        """Fill the list in the language in force."""
        kept = self.value()
        self.clear()
        self.addItem(self.nothing, None)
        for item in codelists.items(self._list):
            self.addItem(f"{item.code} {item.short}" if self._list == _TOPIC else item.label, item.code)
        self.show_value(kept)

    def show_value(self, value: Any) -> None:
        """Show a code; one that is no longer offered is shown all the same."""
        text = value.get("?", "") if isinstance(value, dict) else value
        row = self.findData(text) if text else 0
        if row < 0:
            self.addItem(codelists.word(self._list, str(text)), text)
            row = self.count() - 1
            self._strange = str(text) if isinstance(value, dict) else ""
        self.setCurrentIndex(row)

    def value(self) -> Any:
        """The chosen code."""
        code = self.currentData()
        return {"?": code} if code and code == self._strange else code

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Let the form scroll."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Letters choose by the beginning of a word, without Polish marks if one likes; a blank may be among them."""
        text, held = event.text(), event.modifiers()
        commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        begun = bool(self._letters) and self._since.elapsed() < QApplication.keyboardInputInterval()
        if not text.isprintable() or not text or held & commands or (text == " " and not begun):
            super().keyPressEvent(event)
            return
        self._letters = (self._letters if begun else "") + text
        self._since.start()
        self._choose(fold(self._letters))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Coming here again begins a new word."""
        super().focusInEvent(event)
        self._letters = ""

    def _choose(self, letters: str) -> None:
        words = [fold(self.itemText(row)) for row in range(self.count())]
        found = [row for row, word in enumerate(words) if word.startswith(letters)]
        if not found and len(set(letters)) == 1:
            # the same letter again goes on to the next word that begins with it
            found = [row for row, word in enumerate(words) if word.startswith(letters[0])]
            found = [row for row in found if row > self.currentIndex()] or found
        if found and found[0] != self.currentIndex():
            self.setCurrentIndex(found[0])
            self.changed.emit()


class BooleanField(QCheckBox):
    """Yes or not yet answered; once answered, taking the tick away is a no."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: Any = None
        self._field: Field | None = None
        self.toggled.connect(self._clicked)  # not clicked: the action of screen readers only toggles

    def bind(self, _context: Context, field: Field) -> None:
        """Know the declaration; the label stands beside the box."""
        self._field = field
        self.retranslate()

    def dress(self, _theme: Theme) -> None:
        """Nothing of its own."""

    def retranslate(self) -> None:
        """Words beside the box."""
        if self._field is not None:
            self.setText(_(self._field.label))

    def _clicked(self, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._value = checked
        self.changed.emit()

    def show_value(self, value: Any) -> None:
        """Show an answer."""
        self._value = value
        with QSignalBlocker(self):
            self.setChecked(value is True)

    def value(self) -> Any:
        """True, False or nothing."""
        return self._value


def value_widget(kind: Type) -> QWidget:
    """A new widget for a scalar part of a row."""
    if kind is Type.CODE:
        return CodeField()
    if kind is Type.BOOLEAN:
        return BooleanField()
    if kind in {Type.DATE, Type.PARTIAL_DATE}:
        from progressus_desktop.gui.datefield import DateField

        return DateField()
    if kind in {Type.REFERENCE, Type.GMINA}:
        from progressus_desktop.gui.picker import PickerField

        return PickerField()
    return TextField()
