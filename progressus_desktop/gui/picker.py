"""Choosing another record, or a gmina, by typing any part of its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QCompleter, QLineEdit, QListView, QWidget

from progressus_desktop.domain import catalog, territory
from progressus_desktop.domain.fields import Field, Type
from progressus_desktop.domain.sorting import fold
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.soon import later
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import picking
from progressus_desktop.words import _

_MOST = 20
_TYPING_MS = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the list: ``id`` is empty for "add what was typed"."""

    id: str
    words: str
    title: str


class PickerField(QComboBox):
    """A text that searches while it is typed; the arrow, F4 or Alt+Down shows the first of all.

    What is typed and found nowhere may be added as a new record, if the type allows it; else it is kept as typed.
    """

    changed = Signal()
    chosen = Signal()
    """A person chose a line of the list (typing alone does not)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._field: Field | None = None
        self._value: Any = None
        self._shown = ""
        self._choices: list[Choice] = []
        self.edit, self._hits = QLineEdit(self), QListView(self)
        self.setLineEdit(self.edit)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(_MOST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lines = QStringListModel(self)
        completer = self._completer = QCompleter(self._lines, self)
        completer.setPopup(self._hits)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(8)
        self.setCompleter(completer)
        self._hits.installEventFilter(self)
        self._pointed = False
        self.goes_on = True
        completer.activated.connect(self._taken)  # the text of the line
        self._later = later(self, _TYPING_MS, self._offer)
        self.edit.textEdited.connect(self._typed)
        self.activated.connect(self._picked)

    def bind(self, context: Context, field: Field) -> None:
        """Know what is chosen from."""
        self._context, self._field = context, field
        self.retranslate()

    def dress(self, theme: Theme) -> None:
        """The list of hits has the size of text."""
        self._hits.setFont(theme.font("body"))

    def retranslate(self) -> None:
        """Example and value in the language in force."""
        if self._field is not None:
            example = _(self._field.example) if self._field.example else ""
            hint = _("E.g. {example}", example=example) if example else _("Type part of a name")
            self.edit.setPlaceholderText(hint)
            if self.currentText() == self._shown:
                self.show_value(self._value)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """The line inside takes the focus on some platforms, so it is named too."""
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    # -- value ----------------------------------------------------------------------------------------

    def _title(self, value: Any) -> str:
        if not value or self._field is None or self._context is None:
            return ""
        if isinstance(value, dict):
            return str(value.get("?") or picking.words_of_new(value))
        if self._field.type is Type.GMINA:
            return territory.shown(str(value))
        return picking.title(self._context.ws, self._field.target, str(value))

    def show_value(self, value: Any) -> None:
        """Show the name of a record."""
        self._value = value
        self._shown = self._title(value)
        self._later.stop()
        self._lines.setStringList([])  # the completer would offer the last hits again at the next letter
        self.edit.setText(self._shown)
        self.edit.setCursorPosition(0)
        self.setToolTip(self._shown)

    def value(self) -> Any:
        """The id; what was typed and is no name of anything as ``{"?": text}``."""
        text = self.currentText().strip()
        if text == self._shown.strip():
            return self._value
        if not text:
            return None
        found = self._exact(text)
        return found if found is not None else {"?": text}

    def _exact(self, text: str) -> str | None:
        wanted = fold(text)
        hits = [each for each in self._found(text) if each.id]
        exact = {each.id for each in hits if wanted in {fold(each.words), fold(each.title)}}
        if self._field is not None and self._field.type is Type.GMINA and not exact:
            # the register is complete: what only one gmina answers to can mean nothing else
            exact = {each.id for each in hits}
        return exact.pop() if len(exact) == 1 else None

    def tidy(self) -> None:
        """Show the name of what was understood."""
        if self.currentText().strip() != self._shown.strip():
            self.show_value(self.value())

    # -- searching --------------------------------------------------------------------------------------

    def _found(self, text: str) -> list[Choice]:
        if self._field is None or self._context is None:
            return []
        if self._field.type is Type.GMINA:
            return [Choice(each.code, each.long_label, each.label) for each in territory.find(text, _MOST)]
        hits = picking.found(self._context.ws, self._field.target, text, _MOST)
        return [Choice(each.id, each.words, each.title) for each in hits]

    def _with_new(self, choices: list[Choice], text: str) -> list[Choice]:
        target = self._field.target if self._field is not None else ""
        exact = any(fold(each.title) == fold(text) for each in choices)
        if text and not exact and target in picking.ADDED:
            label = _(catalog.entity(target).label).lower()
            choices = [*choices, Choice("", _("Add a new {what}: “{name}”", what=label, name=text), text)]
        return choices

    def _typed(self, text: str) -> None:
        self.changed.emit()
        if text.strip():
            self._later.start()
        else:
            self._later.stop()
            self._hits.hide()

    def _offer(self) -> None:
        text = self.currentText().strip()
        if not self.hasFocus() or not text:
            return
        self._choices = self._with_new(self._found(text), text)
        self._lines.setStringList([each.words for each in self._choices])
        self._completer.setCompletionPrefix(text)
        if self._choices:
            self._widen(self._hits)
            self._completer.complete()
            self._point_at_only()
        else:
            self._hits.hide()

    def _widen(self, hits: QAbstractItemView) -> None:
        """Let the list show its lines whole, as far as the window goes."""
        metrics = hits.fontMetrics()
        widest = max((metrics.horizontalAdvance(each.words) for each in self._choices), default=0)
        hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        hits.setMinimumWidth(min(widest + 4 * metrics.averageCharWidth() + 24, self.window().width() // 2))

    def _only(self) -> int:
        """The row of the one record found; -1 if there is none, or if a person must choose."""
        rows = [row for row, each in enumerate(self._choices) if each.id]
        return rows[0] if len(rows) == 1 else 0 if len(self._choices) == 1 else -1

    def _point_at_only(self) -> None:
        """Mark what Enter will take; quietly, for the completer writes what is marked into the line."""
        chosen = self._hits.selectionModel()
        chosen.blockSignals(True)
        chosen.setCurrentIndex(self._lines.index(self._only()), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        chosen.blockSignals(False)
        self._pointed = self._hits.currentIndex().isValid()
        self._hits.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter takes the marked line, or keeps what was typed, and ``goes_on``: one key, as in every other field.

        The first arrow down means the line that is marked already, not the one after it (which makes a new record).
        """
        enter = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if watched is not self._hits or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Down and event.type() == QEvent.Type.KeyPress and self._pointed:
            self._pointed = False
            return True
        if event.key() not in enter:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress:
            row = self._hits.currentIndex().row()
            self._hits.hide()
            if 0 <= row < len(self._choices):
                self._take(self._choices[row])
            if self.goes_on:
                self.focusNextChild()
        return True

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        """The arrow shows the first of all, or what the typed text finds."""
        typed = self.currentText().strip()
        text = "" if typed == self._shown.strip() else typed
        self._choices = self._with_new(self._found(text), text)
        self._fill(self._choices)
        if self.count():
            self._widen(self.view())
            super().showPopup()

    def _fill(self, choices: Sequence[Choice]) -> None:
        kept = self.currentText()
        blocked = self.blockSignals(True)
        self.clear()
        self.addItems([each.words for each in choices])
        self.setCurrentIndex(-1)
        self.edit.setText(kept)
        self.blockSignals(blocked)

    def _picked(self, row: int) -> None:
        if 0 <= row < len(self._choices) and self.itemText(row) == self._choices[row].words:
            self._take(self._choices[row])

    def _taken(self, words: str) -> None:
        found = next((each for each in self._choices if each.words == words), None)
        if found is not None:
            # the completer writes its own line into the field after this signal
            QTimer.singleShot(0, self, lambda: self._take(found))

    def _take(self, choice: Choice) -> None:
        if self._context is None or self._field is None:
            return
        value: Any = choice.id
        if not choice.id:
            value = picking.added(self._context.ws, self._field.target, choice.title)
        self.show_value(value)
        self.changed.emit()
        self.chosen.emit()

    # -- keys and wheel -----------------------------------------------------------------------------------

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show what was understood."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.tidy()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Let the form scroll."""
        event.ignore()
