"""Fields that hold several answers: code lists with ticks, and sets of other records."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Field
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.parts import Button, speak_for
from progressus_desktop.gui.picker import PickerField
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import picking
from progressus_desktop.words import _, ngettext

_ID = int(Qt.ItemDataRole.UserRole)
_MOST_ROWS = 7


class CodesField(QListWidget):
    """A list of codes with a tick each, in columns: arrows choose, Space ticks."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = ""
        self._theme: Theme | None = None
        self._columns = 3
        self.setProperty("k", "ticks")
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(True)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.itemChanged.connect(self._ticked)

    def bind(self, _context: Context, field: Field) -> None:
        """Know the list."""
        self._list = field.codes
        self.retranslate()

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        self._theme = theme
        self._fit()

    def retranslate(self) -> None:
        """Fill the list in the language in force."""
        kept = self.value() or []
        self._fill(kept)

    def _fill(self, ticked: list[str]) -> None:
        blocked = self.blockSignals(True)
        row = max(self.currentRow(), 0)
        self.clear()
        offered = [(item.code, item.label) for item in codelists.items(self._list)] if self._list else []
        offered += [
            (each, codelists.word(self._list, each)) for each in ticked if each not in {code for code, _w in offered}
        ]
        for code, label in offered:
            item = QListWidgetItem(label)
            item.setData(_ID, code)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if code in ticked else Qt.CheckState.Unchecked)
            self.addItem(item)
        self.setCurrentRow(min(row, self.count() - 1))
        self.blockSignals(blocked)
        self._fit()

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """One column where there is little room."""
        self._columns = 1 if narrow else 3
        self._fit()

    def _fit(self) -> None:
        if self._theme is None:
            return
        row = max(self._theme.space(34), self._theme.px(20) + 6)
        width = max((self.viewport().width() - 12) // self._columns, self._theme.px(120))
        blocked = self.blockSignals(True)
        for number in range(self.count()):
            self.item(number).setSizeHint(QSize(width, row))
        self.blockSignals(blocked)
        rows = -(-self.count() // self._columns)
        self.setFixedHeight(min(rows, _MOST_ROWS if self._columns > 1 else rows) * row + 2 * self.frameWidth() + 4)

    def resizeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Columns share the width."""
        super().resizeEvent(event)
        self._fit()

    def _ticked(self, _item: QListWidgetItem) -> None:
        self.changed.emit()

    def show_value(self, value: Any) -> None:
        """Show ticks."""
        self._fill([str(each) for each in value] if isinstance(value, list) else [])

    def value(self) -> Any:
        """The ticked codes, None for none."""
        ticked = [
            str(self.item(row).data(_ID))
            for row in range(self.count())
            if self.item(row).checkState() == Qt.CheckState.Checked
        ]
        return sorted(ticked) or None


class _StayingMenu(QMenu):
    """A menu of ticks that stays open while one ticks."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.close()
        else:
            super().keyPressEvent(event)


class PickMany(QPushButton):
    """A button that says what is chosen and opens a list of ticks."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = ""
        self._chosen: list[str] = []
        self._name = ""
        self.setProperty("k", "picker")
        self._menu = _StayingMenu(self)
        self._menu.aboutToShow.connect(self._offer)
        self.setMenu(self._menu)
        self.setAutoDefault(False)

    def set_list(self, name: str, words: str) -> None:
        """Choose from a code list; ``words`` name the field."""
        self._list, self._name = name, words
        self._say()

    def _offer(self) -> None:
        self._menu.clear()
        for item in codelists.items(self._list):
            action = QAction(item.label, self._menu)
            action.setCheckable(True)
            action.setChecked(item.code in self._chosen)
            action.toggled.connect(lambda on, code=item.code: self._toggle(code, on=on))
            self._menu.addAction(action)

    def _toggle(self, code: str, *, on: bool) -> None:
        wanted = set(self._chosen) | {code} if on else set(self._chosen) - {code}
        self._chosen = sorted(wanted)
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        names = [codelists.word(self._list, code) for code in self._chosen]
        if not names:
            words = "–"
        elif len(names) == 1:
            words = names[0]
        else:
            words = ngettext("{n} audience", "{n} audiences", len(names))
        # the style sheet gives a button with a menu no room before its words
        self.setText(f"  {words}")
        self.setToolTip(", ".join(names))
        said = ", ".join(names) or _("none")
        self.setAccessibleName(f"{self._name}: {said}")

    def show_codes(self, codes: list[str]) -> None:
        """Show what is chosen."""
        self._chosen = sorted(codes)
        self._say()

    def codes(self) -> list[str]:
        """What is chosen."""
        return list(self._chosen)


class ReferencesField(QWidget):
    """A set of other records: a picker, and below it the list of what was chosen; Delete takes one away."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._field: Field | None = None
        self._theme: Theme | None = None
        self._ids: list[Any] = []
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.picker = PickerField()
        self.picker.goes_on = False  # another name may follow
        self.list = QListWidget()
        self.list.setProperty("k", "chosen")
        self.list.installEventFilter(self)
        self._row = QHBoxLayout()
        self._row.addWidget(self.picker, 1)
        column.addLayout(self._row)
        column.addWidget(self.list)
        self.remove_button: Button | None = None
        self.list_button: Button | None = None
        self.picker.chosen.connect(self._take)

    def bind(self, context: Context, field: Field) -> None:
        """Know what is chosen from."""
        self._context, self._field = context, field
        self.picker.setObjectName(f"{field.name}_picker")
        self.list.setObjectName(f"{field.name}_chosen")
        self.picker.bind(context, field)
        self.remove_button = Button(context.theme, "", "ghost", "trash-2")
        self.remove_button.setObjectName(f"{field.name}_remove_button")
        self.remove_button.clicked.connect(self._remove)
        if field.target == "photo":
            self.list_button = Button(context.theme, "", "", "list-checks")
            self.list_button.setObjectName(f"{field.name}_list_button")
            self.list_button.clicked.connect(self.choose)
            self._row.addWidget(self.list_button)
        self._row.addWidget(self.remove_button)
        self.retranslate()

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        self._theme = theme
        self.picker.dress(theme)
        self._column.setSpacing(theme.space(6))
        self._fit()

    def retranslate(self) -> None:
        """Words in the language in force."""
        if self._field is None or self.remove_button is None:
            return
        name = _(self._field.label)
        self.picker.retranslate()
        self.picker.edit.setPlaceholderText(_("Type part of a name"))
        self.setAccessibleName(name)
        speak_for(self.picker, name)
        self.list.setAccessibleName(_("{name}: chosen", name=name))
        self.list.setAccessibleDescription(_("Delete takes the chosen one away."))
        self.remove_button.set_text(_("Take away"))
        self.remove_button.setAccessibleName(_("{name}: take the chosen one away", name=name))
        if self.list_button is not None:
            self.list_button.set_text(_("Choose files…"))
            self.list_button.setAccessibleName(_("{name}: choose files", name=name))
        self._fill()

    def _fit(self) -> None:
        if self._theme is None or self.remove_button is None:
            return
        row = max(self._theme.space(36), self._theme.px(20) + 8)
        shown = min(self.list.count(), _MOST_ROWS)
        self.list.setVisible(shown > 0)
        self.remove_button.setVisible(shown > 0)
        self.list.setFixedHeight(shown * row + 2 * self.list.frameWidth() + 4)

    def _fill(self) -> None:
        row = max(self.list.currentRow(), 0)
        self.list.clear()
        for each in self._ids:
            title = picking.words_of_new(each) if isinstance(each, dict) else self._title(str(each))
            item = QListWidgetItem(title or _("not on this laptop"))
            item.setData(_ID, each)
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self._fit()

    def _title(self, record_id: str) -> str:
        if self._context is None or self._field is None:
            return ""
        return picking.title(self._context.ws, self._field.target, record_id)

    def _take(self) -> None:
        value = self.picker.value()
        typed = isinstance(value, dict) and "?" in value
        if value and not typed and value not in self._ids:
            self._ids.append(value)
            self._fill()
            self.list.setCurrentRow(self.list.count() - 1)
            self.changed.emit()
        if not typed:
            self.picker.show_value(None)

    def _remove(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._ids):
            del self._ids[row]
            self._fill()
            self.changed.emit()
            (self.list if self._ids else self.picker).setFocus()

    def choose(self) -> None:
        """Show all files with what tells them apart, to tick several."""
        from progressus_desktop.gui.filechooser import FileChooser

        if self._context is not None:
            chooser = FileChooser(self._context, [str(each) for each in self._ids], self)
            chooser.taken.connect(self._put)
            chooser.open()

    def _put(self, ids: list[str]) -> None:
        if ids != self._ids:
            self._ids = [*ids]
            self._fill()
            self.list.setCurrentRow(self.list.count() - 1)
            self.changed.emit()

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """The buttons stand under the picker where there is little room and there are two."""
        if self.list_button is not None:
            way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
            self._row.setDirection(way)

    def first_stop(self) -> QWidget:
        """Where the focus goes when the field is asked to take it."""
        return self.picker

    def takes_enter(self) -> bool:
        """Whether Enter takes a name now."""
        return bool(self.picker.currentText().strip())

    def tidy(self) -> None:
        """A name typed in full is taken when the field is left."""
        self._take()

    def show_value(self, value: Any) -> None:
        """Show a set."""
        self._ids = list(value) if isinstance(value, list) else []
        self.picker.show_value(None)
        self._fill()

    def value(self) -> Any:
        """The chosen ids, None for none."""
        return list(self._ids) or None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Delete in the list takes the record away."""
        pressed = watched is self.list and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete:
            self._remove()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter takes what was typed."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.picker.currentText().strip():
            self.picker.tidy()
            self._take()
        else:
            super().keyPressEvent(event)
