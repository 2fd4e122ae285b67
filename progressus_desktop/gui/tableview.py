"""The table of a list page: whole rows, fixed heights, letters jump through a query, not through rows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QItemSelectionModel, QItemSelectionRange, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from progressus_desktop.gui.delegates import PADDING, CellDelegate
from progressus_desktop.gui.tables import RowModel
from progressus_desktop.gui.theme import Theme

_LEAST_ROW, _ROW_PADDING = 32, 15
_HEAD_PADDING = 17
_ARROW = 8
_LETTERS_MS = 1000
_MEASURED = 40
_MOST_SELECTED = 1000
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WHOLE_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class ListHeader(QHeaderView):
    """Column heads in bold on the bar's colour, with an arrow at the column the rows are ordered by."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionsMovable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        self.setMinimumSectionSize(self._theme.px(40))
        metrics = QFontMetrics(self._theme.font("h3"))
        self.setFixedHeight(max(self._theme.px(32), metrics.height() + self._theme.space(_HEAD_PADDING)))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803 - Qt's names
        """Paint one head."""
        model = self.model()
        if not isinstance(model, RowModel) or not rect.isValid():
            return
        theme = self._theme
        column = model.columns[logicalIndex]
        painter.save()
        painter.fillRect(rect, theme.tokens("sidebar"))
        painter.setPen(QPen(theme.tokens("line"), 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(QPen(theme.tokens("border"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(theme.space(PADDING) - 1, 0, -theme.space(PADDING) + 2, 0)
        if column.name == model.sorted_by.lstrip("-"):
            self._arrow(painter, inner, falling=model.sorted_by.startswith("-"))
            inner.setRight(inner.right() - theme.px(_ARROW) - 2)
        font = theme.font("h3")
        painter.setFont(font)
        painter.setPen(theme.tokens("text"))
        words = str(model.headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        text = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(_RIGHT if column.right else _LEFT), text)
        painter.restore()

    def _arrow(self, painter: QPainter, inner: QRect, *, falling: bool) -> None:
        size = self._theme.px(_ARROW)
        left, middle, half = inner.right() - size, inner.center().y(), size // 4
        tip, base = (middle - half, middle + half) if falling else (middle + half, middle - half)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tokens("muted"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPolygon([QPoint(left, base), QPoint(left + size, base), QPoint(left + size // 2, tip)])


class ListTable(QTableView):
    """A table over a :class:`RowModel`; the current record stays current by its id."""

    current_record = Signal(str)
    """Id of the record that became current, empty when there is none."""
    order_asked = Signal(str)
    """The order a person asked for by a click on a head ("date", "-date")."""
    opened = Signal(str)
    """Enter or a double click on a record."""

    def __init__(self, theme: Theme, model: RowModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = model
        self._current = ""
        self._typed = ""
        self._since = QElapsedTimer()
        self.find_letters: Callable[[str], None] = lambda _letters: None
        self.paints = CellDelegate(theme, self)
        self.head = ListHeader(theme, self)
        self.setHorizontalHeader(self.head)
        self.setModel(model)
        self.setItemDelegate(self.paints)
        self._set_up()
        self.restyle()
        model.on_release = self._released
        self.head.sectionClicked.connect(self._head_clicked)
        self.verticalScrollBar().sliderMoved.connect(lambda _value: model.hold())
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self._moved(now.row()))
        self.doubleClicked.connect(lambda index: self.opened.emit(model.id_at(index.row())))

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setDragEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side = self.verticalHeader()
        side.setVisible(False)
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def restyle(self) -> None:
        """Take fonts and sizes from the theme again."""
        self.paints.restyle()
        self.head.restyle()
        metrics = QFontMetrics(self._theme.font("body"))
        height = max(_LEAST_ROW, metrics.height() + self._theme.space(_ROW_PADDING))
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.size_columns()

    # -- columns ------------------------------------------------------------------------------

    def size_columns(self) -> None:
        """Give each column the width of its first rows, within its cap; the name takes the rest.

        Measuring takes as long as painting, so a table out of sight is measured when it is shown.
        """
        if not self.isVisible():
            return
        room = self.viewport().width()
        stretch, widths, short = -1, {}, {}
        metrics = QFontMetrics(self._theme.font("body"))
        for number, column in enumerate(self._rows.columns):
            if self.isColumnHidden(number):
                continue
            if column.stretch:
                stretch = number
                continue
            head, widest = self._wanted(number)
            widths[number] = min(widest, max(head, metrics.averageCharWidth() * column.most))
            short[number] = widest - widths[number]
        if stretch >= 0:
            left = max(room - sum(widths.values()), metrics.averageCharWidth() * 16)
            if any(short.values()):  # what the name does not need goes to words that were cut
                spare = max(left - max(self._wanted(stretch)), 0)
                for number, lack in short.items():
                    more = min(lack, spare)
                    widths[number], spare, left = widths[number] + more, spare - more, left - more
            widths[stretch] = left
        for number, width in widths.items():
            self.setColumnWidth(number, width)

    def _wanted(self, number: int) -> tuple[int, int]:
        """Pixels that the head and the widest of the first rows take."""
        column = self._rows.columns[number]
        label = str(self._rows.headerData(number, Qt.Orientation.Horizontal) or "")
        head = QFontMetrics(self._theme.font("h3")).horizontalAdvance(label) + 2 * self._theme.space(PADDING)
        head += self._theme.px(_ARROW) + 2 if column.sortable else 0
        widest = head
        for row in range(min(_MEASURED, self._rows.rowCount())):
            cells = self._rows.cells(row)
            if cells is not None:
                marked = cells.mark(number) is not None
                widest = max(widest, self.paints.wanted_width(cells.text(number), marked=marked))
        return head, widest

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Measure what changed out of sight."""
        super().showEvent(event)
        self.size_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the columns within the new width."""
        super().resizeEvent(event)
        self.size_columns()

    def _head_clicked(self, section: int) -> None:
        column = self._rows.columns[section]
        if column.sortable:
            now = self._rows.sorted_by
            self.order_asked.emit(f"-{column.name}" if now == column.name else column.name)

    # -- the current record ---------------------------------------------------------------------

    def record_id(self) -> str:
        """Id of the current record, empty when there is none."""
        return self._current

    def keep_place(self, sought: str | None = None, *, first_if_gone: bool = True) -> None:
        """After rows changed: make the same record current again, or the first row.

        ``sought`` is what was current before rows went: Qt has chosen one of those left meanwhile. A view that may
        begin anew does so unless the record is at hand: looking for it among all that a key in the filter found took
        ten times as long as showing the first of them.
        """
        now = self.currentIndex().row()
        sought = self._current if sought is None else sought
        everywhere = self._rows.near or not first_if_gone
        row = self._rows.row_of(sought, now if everywhere else -1, everywhere=everywhere) if sought else None
        if row is None:
            row = min(max(now, 0), self._rows.rowCount() - 1) if not first_if_gone else 0
        if self._rows.rowCount() == 0:
            self._moved(-1)
            return
        if row != self.currentIndex().row() or self._rows.id_at(row) != self._current:
            self._go(row)

    @property
    def near(self) -> bool:
        """Whether the row of any record may be asked for at once."""
        return self._rows.near

    def go_to_row(self, row: int) -> None:
        """Make the record in a row current."""
        if 0 <= row < self._rows.rowCount():
            self._go(row)

    def go_to(self, record_id: str) -> bool:
        """Make a record current; False if this view does not hold it."""
        row = self._rows.row_of(record_id)
        if row is None or row >= self._rows.rowCount():
            return False
        self._go(row)
        return True

    def neighbour(self, record_id: str, step: int) -> str:
        """Go to the row before or after that of a record; its id, empty at the end of the list."""
        if not self.go_to(record_id):
            return ""
        row = self.currentIndex().row() + step
        if not 0 <= row < self.model().rowCount():
            return ""
        self._go(row)
        return self.record_id()

    def _go(self, row: int) -> None:
        index = self._rows.index(row, self._name_column())
        self.selectionModel().setCurrentIndex(index, _WHOLE_ROW)
        self.scrollTo(index)
        self._moved(row)

    def _name_column(self) -> int:
        return next((n for n, column in enumerate(self._rows.columns) if column.stretch), 0)

    def _moved(self, row: int) -> None:
        record_id = self._rows.id_at(row)
        if record_id != self._current:
            self._current = record_id
            self.current_record.emit(record_id)

    def _parts(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]

    def selected_rows(self) -> tuple[int, ...]:
        """Numbers of the selected rows in order, at most 1,000 of them."""
        rows: set[int] = set()
        for part in self._parts():
            rows.update(range(part.top(), min(part.bottom() + 1, part.top() + _MOST_SELECTED)))
        return tuple(sorted(rows)[:_MOST_SELECTED])

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(part.height() for part in self._parts())

    def selected_ids(self) -> tuple[str, ...]:
        """Ids of the selected records in order, at most 1,000 of them."""
        return tuple(found for row in self.selected_rows() if (found := self._rows.id_at(row)))

    def _released(self) -> None:
        self.viewport().update()

    # -- keys -------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens; Home and End go to the first and last row; the rest is Qt's."""
        key = event.key()
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._current:
                self.opened.emit(self._current)
            return
        if plain and key in {Qt.Key.Key_Home, Qt.Key.Key_End} and self._rows.rowCount():
            self._go(0 if key == Qt.Key.Key_Home else self._rows.rowCount() - 1)
            return
        if plain and key == Qt.Key.Key_Space and not self._letters_running():
            event.ignore()  # the page shows or hides the preview
            return
        if key in {Qt.Key.Key_Delete, Qt.Key.Key_Copy} or event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()
            return
        super().keyPressEvent(event)

    def _letters_running(self) -> bool:
        return bool(self._typed) and self._since.isValid() and self._since.elapsed() < _LETTERS_MS

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Jump to the first record whose name begins with the letters typed within a second.

        The base class would walk the rows one by one: 19 s for a million.
        """
        self._typed = self._typed + search if self._letters_running() else search.lstrip()
        self._since.start()
        if self._typed:
            self.find_letters(self._typed)
