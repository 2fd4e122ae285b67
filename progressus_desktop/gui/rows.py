"""Rows of a record (arrangements, sessions, agenda): a table, and one line in which a row is added or changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHBoxLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from progressus_desktop.domain import parsing, territory
from progressus_desktop.domain.fields import Field, Type
from progressus_desktop.domain.values import empty
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.fields import value_widget
from progressus_desktop.gui.parts import Button, speak_for
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import picking
from progressus_desktop.words import _

_Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
_MOST_ASKED = 14
"""Letters of what a choice asks for that have room in any case."""
_WIDE = {Type.TEXT: 4, Type.LONG_TEXT: 5, Type.URL: 3, Type.REFERENCE: 3, Type.CODE: 2, Type.DATE: 4}
_ROW, _HEAD, _MOST_ROWS = 33, 34, 6
_MANY_PARTS = 3
_MEASURED = 20
Row = dict[str, Any]


class _Model(QAbstractTableModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.parts: tuple[Field, ...] = ()
        self.rows: list[Row] = []
        self.context: Context | None = None

    def set_rows(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, _parent: _Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        return len(self.rows)

    def columnCount(self, _parent: _Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        return len(self.parts)

    def words(self, row: Mapping[str, Any], part: Field) -> str:
        value = row.get(part.name)
        if empty(value):
            return "–"
        if isinstance(value, dict):
            return str(value.get("?", ""))
        if part.type is Type.REFERENCE and self.context is not None:
            return picking.title(self.context.ws, part.target, str(value)) or _("not on this laptop")
        if part.type is Type.GMINA:
            return territory.shown(str(value))
        return parsing.shown(part, value)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        part = self.parts[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self.words(self.rows[index.row()], part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(part.label)}: {self.words(self.rows[index.row()], part)}"
        if role == Qt.ItemDataRole.TextAlignmentRole and part.type is Type.INTEGER:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(self.parts[section].label)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class _Table(QTableView):
    opened, removed, resized = Signal(), Signal(), Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class RowsField(QWidget):
    """Enter in the line adds its row; Enter or F2 on a row brings it into the line; Delete takes it away.

    What was typed into the line and not added yet becomes a row when the field is left: nothing typed is lost.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field: Field | None = None
        self._theme: Theme | None = None
        self._editing = -1
        self._model = _Model(self)
        self.table = _Table()
        self.table.setModel(self._model)
        self.table.setTabKeyNavigation(False)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.resized.connect(self._share)
        self.table.opened.connect(self._open)
        self.table.doubleClicked.connect(lambda _index: self._open())
        self.table.removed.connect(self._remove)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _then: self._words())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.table)
        self._line = QHBoxLayout()
        self._column.addLayout(self._line)
        self._inputs: list[Any] = []
        self.add_button: Button | None = None
        self.remove_button: Button | None = None

    # -- as a form's field ------------------------------------------------------------------------------

    def bind(self, context: Context, field: Field) -> None:
        """Build the line for the parts of a row."""
        self._field = field
        self._model.context = context
        self._model.parts = field.parts
        self._model.set_rows([])
        for part in field.parts:
            widget: Any = value_widget(part.type)
            widget.setObjectName(f"{field.name}_{part.name}")
            widget.bind(context, part)
            self._line.addWidget(widget, self._weight(part))
            self._inputs.append(widget)
        self.add_button = Button(context.theme, "", "", "plus")
        self.add_button.setObjectName(f"{field.name}_add_button")
        self.add_button.clicked.connect(self.add)
        self.remove_button = Button(context.theme, "", "ghost", "trash-2")
        self.remove_button.setObjectName(f"{field.name}_remove_button")
        self.remove_button.clicked.connect(self._remove)
        self._line.addWidget(self.add_button)
        self._line.addWidget(self.remove_button)
        self.retranslate()

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        self._theme = theme
        self._column.setSpacing(theme.space(6))
        self._line.setSpacing(theme.space(8))
        for widget in self._inputs:
            widget.dress(theme)
        self._fit()

    def retranslate(self) -> None:
        """Words in the language in force."""
        if self._field is None:
            return
        name = _(self._field.label)
        self.setAccessibleName(name)
        self.table.setAccessibleName(name)
        self.table.setAccessibleDescription(_("Enter changes the row, Delete takes it away."))
        for widget, part in zip(self._inputs, self._field.parts, strict=True):
            widget.retranslate()
            label = _(part.label)
            speak_for(widget, f"{name}: {label.lower()}")
            if hasattr(widget, "nothing"):
                widget.nothing = f"{label}…"
                widget.setMinimumContentsLength(min(len(label) + 1, _MOST_ASKED))
                widget.retranslate()
            elif hasattr(widget, "edit"):  # a picker
                widget.edit.setPlaceholderText(label)
            elif hasattr(widget, "setPlaceholderText"):
                example = _(part.example) if part.example else ""
                words = _("{label}, e.g. {example}", label=label, example=example) if example else label
                # a number or a date has no room for both
                widget.setPlaceholderText(words if part.type is Type.TEXT else label)
                widget.setToolTip(words)
        self._model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._field.parts) - 1)
        self._words()

    def _words(self) -> None:
        if self.add_button is None or self.remove_button is None or self._field is None:
            return
        name = _(self._field.label)
        self.add_button.set_text(_("Change the row") if self._editing >= 0 else _("Add"))
        self.add_button.setAccessibleName(f"{name}: {self.add_button.text().strip().lower()}")
        self.remove_button.set_text(_("Take away"))
        self.remove_button.setAccessibleName(_("{name}: take the chosen row away", name=name))
        self.remove_button.setVisible(bool(self._model.rows))

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Under one another where there is little room."""
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._line.setDirection(way)

    def show_value(self, value: Any) -> None:
        """Show rows."""
        self._model.set_rows([dict(row) for row in value] if isinstance(value, list) else [])
        self._clear_line()
        self._fit()

    def value(self) -> Any:
        """The rows, the one being typed included."""
        pending = self._typed()
        rows = [dict(row) for row in self._model.rows]
        if pending and self._editing >= 0:
            rows[self._editing] = {**self._kept(self._editing), **pending}
        elif pending:
            rows.append(pending)
        return rows or None

    def first_stop(self) -> QWidget:
        """Where the focus goes when the field is asked to take it."""
        found: QWidget = self._inputs[0]
        return found

    def settled(self) -> bool:
        """Whether nothing stands in the line: what was added or taken away is meant, and Esc does not undo it."""
        return not self._typed()

    def takes_enter(self) -> bool:
        """Whether Enter adds a row now."""
        return bool(self._typed()) or self.table.hasFocus()

    def tidy(self) -> None:
        """What stands in the line becomes a row; called when the field is left."""
        if self._typed():
            self.add()

    # -- rows ------------------------------------------------------------------------------------------------

    def _kept(self, row: int) -> Row:
        names = {part.name for part in self._model.parts}
        return {name: each for name, each in self._model.rows[row].items() if name not in names}

    def _weight(self, part: Field) -> int:
        """Share of the width; the first words of a row say the most."""
        parts = self._model.parts
        first = next((each for each in parts if each.type is Type.TEXT), None)
        return _WIDE.get(part.type, 2) * (2 if part is first and len(parts) >= _MANY_PARTS else 1)

    def _typed(self) -> Row:
        found = {part.name: widget.value() for widget, part in zip(self._inputs, self._model.parts, strict=True)}
        return {name: value for name, value in found.items() if not empty(value)}

    def add(self) -> None:
        """Add the row of the line, or write it back to where it came from."""
        typed = self._typed()
        if not typed:
            self._inputs[0].setFocus()
            return
        rows = list(self._model.rows)
        at = self._editing
        if at >= 0:
            rows[at] = {**self._kept(at), **typed}
        else:
            rows.append(typed)
            at = len(rows) - 1
        inside = self.isAncestorOf(self.window().focusWidget() or self)
        self._model.set_rows(rows)
        self._clear_line()
        self.table.selectRow(at)
        self._fit()
        self.changed.emit()
        if inside:
            self._inputs[0].setFocus()

    def _open(self) -> None:
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self._model.rows):
            return
        self._editing = row
        for widget, part in zip(self._inputs, self._model.parts, strict=True):
            widget.show_value(self._model.rows[row].get(part.name))
        self._words()
        self._inputs[0].setFocus()

    def _remove(self) -> None:
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self._model.rows):
            row = len(self._model.rows) - 1
        rows = list(self._model.rows)
        del rows[row]
        self._model.set_rows(rows)
        self._clear_line()
        if rows:
            self.table.selectRow(min(row, len(rows) - 1))
        self._fit()
        self.changed.emit()
        (self.table if rows else self._inputs[0]).setFocus()

    def _clear_line(self) -> None:
        self._editing = -1
        for widget in self._inputs:
            widget.show_value(None)
        self._words()

    def leave_row(self) -> bool:
        """Esc in the line leaves the row as it was; False if no row was being changed."""
        if self._editing < 0 and not self._typed():
            return False
        self._clear_line()
        return True

    def _fit(self) -> None:
        if self._theme is None:
            return
        theme = self._theme
        row, head = max(theme.space(_ROW), theme.px(20) + 6), max(theme.space(_HEAD), theme.px(20) + 10)
        self.table.verticalHeader().setDefaultSectionSize(row)
        self.table.horizontalHeader().setFixedHeight(head)
        shown = min(max(len(self._model.rows), 1), _MOST_ROWS)
        self.table.setVisible(bool(self._model.rows))
        self.table.setFixedHeight(head + row * shown + 2 * self.table.frameWidth() + 2)
        self._share()

    def _share(self) -> None:
        """Each column has its head whole, then what its words need, then its share of what is left."""
        parts = self._model.parts
        if self._theme is None or not parts:
            return
        weights = [self._weight(part) for part in parts]
        room = self.table.viewport().width()
        metrics, around = QFontMetrics(self._theme.font("h3")), self._theme.space(26)
        least = [metrics.horizontalAdvance(_(part.label)) + around for part in parts]
        more = [max(self._widest(number, metrics) + around - each, 0) for number, each in enumerate(least)]
        rest = max(room - sum(least), 0)
        given = [each * min(rest, sum(more)) // max(sum(more), 1) for each in more]
        left = rest - sum(given)
        for number, weight in enumerate(weights):
            self.table.setColumnWidth(number, least[number] + given[number] + left * weight // sum(weights))

    def _widest(self, column: int, metrics: QFontMetrics) -> int:
        """Pixels that the longest words of a column take; very long ones may be cut."""
        words = (
            str(self._model.index(row, column).data() or "") for row in range(min(len(self._model.rows), _MEASURED))
        )
        return min(max((metrics.horizontalAdvance(each) for each in words), default=0), self.table.width() // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter in the line adds its row."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._typed():
            for widget in self._inputs:
                if hasattr(widget, "tidy"):
                    widget.tidy()
            self.add()
        elif event.key() == Qt.Key.Key_Escape and self.leave_row():
            event.accept()
        else:
            super().keyPressEvent(event)
