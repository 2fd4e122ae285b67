"""Tables of numbers with the keys of a spreadsheet: participants by role and sex, and simple counts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from progressus_desktop.domain.fields import Field
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.grid import GridModel
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _

_ROW, _HEAD = 32, 34


class _Cell(QStyledItemDelegate):
    """Editing begins with what was typed; the model reads it."""

    def createEditor(  # noqa: N802 - Qt's name
        self, parent: QWidget, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setFrame(False)
        editor.setProperty("k", "cell")
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: Any, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802
        if isinstance(editor, QLineEdit):
            model.put(index.row(), index.column(), editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter writes at once: usually it waits for the event loop, and fast fingers would type into the old cell."""
        enter = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in enter:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.SubmitModelCache)
            return True
        return super().eventFilter(editor, event)


def mark_current(view: QTableView) -> None:
    """Mark the current cell while its table has the focus, and only then: two marks would be one too many."""
    chosen = view.selectionModel()
    if view.hasFocus():
        chosen.select(view.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    else:
        chosen.clearSelection()


class MatrixField(QTableView):
    """One tab stop: Tab goes through the cells and out of the last one; Ctrl+Tab leaves at once."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self.grid = GridModel(self)
        self.setModel(self.grid)
        self.setProperty("k", "grid")
        self.setItemDelegate(_Cell(self))
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.grid.edited.connect(self.changed)
        self.grid.modelReset.connect(self._fit)

    # -- as a form's field ------------------------------------------------------------------------------

    def bind(self, _context: Context, field: Field) -> None:
        """Know the lists of rows and columns; dynamic properties ``totals`` and ``short`` come from the form."""
        self.grid.totals = bool(self.property("totals"))
        self.grid.short_heads = bool(self.property("short"))
        self.grid.set_lists(field.codes, field.columns)

    def dress(self, theme: Theme) -> None:
        """Take sizes, fonts and colours from the theme."""
        self._theme = theme
        self.grid.set_theme(theme)
        self._fit()

    def retranslate(self) -> None:
        """Heads in the language in force."""
        self.setAccessibleDescription(_("Type numbers as in a spreadsheet: arrows, Enter, Tab"))
        self.grid.refresh()
        self._fit()

    def show_value(self, value: Any) -> None:
        """Show counts."""
        self.grid.set_cells(value if isinstance(value, dict) and "?" not in value else {})
        if not self.currentIndex().isValid():
            self._go(0, 0)
        mark_current(self)

    def value(self) -> Any:
        """The counts entered, None for none."""
        return self.grid.cells() or None

    def set_bad(self, bad: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Mark the grand total."""
        if self.grid.bad != bad:
            self.grid.bad = bad
            self.grid.refresh()

    # -- size -----------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        if self._theme is None:
            return
        theme = self._theme
        row = max(theme.space(_ROW), theme.px(20) + 4)
        self.verticalHeader().setDefaultSectionSize(row)
        head = max(theme.space(_HEAD), theme.px(20) + 8)
        self.horizontalHeader().setFixedHeight(head)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setFont(theme.font("h3" if header is self.horizontalHeader() else "label"))
            header.ensurePolished()
        widest = max(
            (
                self.verticalHeader().fontMetrics().horizontalAdvance(self.grid.head(n, Qt.Orientation.Vertical))
                for n in range(self.grid.rowCount())
            ),
            default=0,
        )
        self.verticalHeader().setFixedWidth(min(widest + theme.space(20), theme.px(230)))
        frame = 2 * self.frameWidth() + 2
        self.setFixedHeight(head + row * self.grid.rowCount() + frame)
        self.updateGeometry()
        self._share()

    def _share(self) -> None:
        """Columns share the width, each at least as wide as its head; heads grow short where they do not fit."""
        if self._theme is None or not self.grid.columnCount():
            return
        room = self.viewport().width()
        wanted = self._heads()
        short = bool(self.property("short"))
        if self.grid.short_heads != short:
            self.grid.short_heads = short
            wanted = self._heads()
        if not short and sum(wanted) > room:
            self.grid.short_heads = True
            wanted = self._heads()
        if max(wanted) * len(wanted) <= room:
            wanted = [room // len(wanted)] * len(wanted)
        spare = max(room - sum(wanted), 0) // len(wanted)
        for number, width in enumerate(wanted):
            last = number == len(wanted) - 1
            self.setColumnWidth(number, max(room - sum(wanted[:-1]) - spare * number, width) if last else width + spare)

    def _heads(self) -> list[int]:
        metrics = self.horizontalHeader().fontMetrics()
        gap = self._theme.space(6) if self._theme is not None else 6
        heads = (self.grid.head(n, Qt.Orientation.Horizontal) for n in range(self.grid.columnCount()))
        return [metrics.horizontalAdvance(words) + gap for words in heads]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the new width."""
        super().resizeEvent(event)
        self._share()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """All rows are in sight; columns share the width."""
        width = self.verticalHeader().width() + self.grid.columnCount() * (self._theme.px(58) if self._theme else 58)
        return QSize(width, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As the size hint: numbers are never cut."""
        return self.sizeHint()

    # -- keys ------------------------------------------------------------------------------------------------

    def _go(self, row: int, column: int) -> None:
        index = self.grid.index(row, column)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _editable_size(self) -> tuple[int, int]:
        extra = int(self.grid.totals)
        return self.grid.rowCount() - extra, self.grid.columnCount() - extra

    def _step(self, forward: bool) -> bool:  # noqa: FBT001 - private
        """To the next or previous cell in reading order; False at the end."""
        rows, columns = self._editable_size()
        now = self.currentIndex()
        row, column = max(now.row(), 0), max(now.column(), 0)
        place = min(row, rows - 1) * columns + min(column, columns - 1) + (1 if forward else -1)
        if not 0 <= place < rows * columns:
            return False
        self._go(place // columns, place % columns)
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001, N802 - Qt's name and order
        """Tab goes through the cells; from the last (or, backwards, the first) to the next control."""
        return self._step(forward) or super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Coming with Tab begins at the first cell, with Shift+Tab at the last."""
        rows, columns = self._editable_size()
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self._go(0, 0)
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._go(rows - 1, columns - 1)
        super().focusInEvent(event)
        mark_current(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The mark of the current cell goes with the focus."""
        super().focusOutEvent(event)
        mark_current(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Spreadsheet keys."""
        now, key = self.currentIndex(), event.key()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.grid.paste(now.row(), now.column(), QApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(str(now.data(Qt.ItemDataRole.EditRole)))
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.grid.put(now.row(), now.column(), "")
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._go(min(now.row() + 1, self.grid.rowCount() - 1), now.column())
        elif key == Qt.Key.Key_Tab and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().focusNextPrevChild(True)
        elif event.text().isprintable() and event.text().strip() and not self._with_command(event):
            self._type(event.text())
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _with_command(event: QKeyEvent) -> bool:
        held = event.modifiers()
        return bool(held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))

    def _type(self, first: str) -> None:
        """What is typed replaces what stood there."""
        now = self.currentIndex()
        if not self.grid.flags(now) & Qt.ItemFlag.ItemIsEditable:
            return
        self.edit(now)
        editor = self.indexWidget(now) or self.viewport().focusWidget()
        if isinstance(editor, QLineEdit):
            editor.setText(first)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802
        """After Enter the cell below, after Tab the next one; neither begins editing by itself."""
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        now = self.currentIndex()
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._go(min(now.row() + 1, self.grid.rowCount() - 1), now.column())
        elif hint in {
            QAbstractItemDelegate.EndEditHint.EditNextItem,
            QAbstractItemDelegate.EndEditHint.EditPreviousItem,
        }:
            forward = hint == QAbstractItemDelegate.EndEditHint.EditNextItem
            if not self._step(forward):
                super().focusNextPrevChild(forward)


class CountsField(MatrixField):
    """Counts of a map's items in one column: how many people asked for what."""

    def bind(self, _context: Context, field: Field) -> None:
        """Know the list of items."""
        self._field = field
        self.grid.set_lists(field.codes, "", _(field.parts[0].label))

    def retranslate(self) -> None:
        """The head in the language in force."""
        self.grid.set_lists(self._field.codes, "", _(self._field.parts[0].label))
        super().retranslate()

    def show_value(self, value: Any) -> None:
        """Show a map of counts."""
        key, part = self._field.key_name, self._field.parts[0].name
        items = value if isinstance(value, list) else []
        super().show_value({str(item[key]): {"": item.get(part)} for item in items})

    def value(self) -> Any:
        """The items with a count."""
        key, part = self._field.key_name, self._field.parts[0].name
        return [{key: row, part: cells[""]} for row, cells in self.grid.cells().items()] or None
