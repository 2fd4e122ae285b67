"""Choosing files kept in the program: what each is, its date, what it belongs to and its size; several at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from progressus_desktop.domain import codelists
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.facts import day_words
from progressus_desktop.gui.grid import capital
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.newpassword import labelled
from progressus_desktop.gui.parts import Button, text
from progressus_desktop.gui.searchfield import SearchField
from progressus_desktop.gui.stagingtable import TickDelegate
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import picking
from progressus_desktop.services.picking import FileFound
from progressus_desktop.words import N_, _, ngettext

_Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
_HEADS = (N_("Chosen"), N_("Kind of file"), N_("Caption"), N_("Date"), N_("Belongs to"), N_("Size of the file"))
_TICK, _KIND, _CAPTION, _DAY, _OWNER, _SIZE = range(len(_HEADS))
_LETTERS = {_KIND: 14, _DAY: 10, _OWNER: 30, _SIZE: 14}
_WIDE_ONLY = (_KIND, _DAY, _SIZE)
_FULL_WIDTH = 760


class _Model(QAbstractTableModel):
    """Ticks are kept by record, so that a filter hides none of them for good."""

    def __init__(self, parent: QWidget, context: Context, chosen: Iterable[str]) -> None:
        super().__init__(parent)
        self._context = context
        self.ticks = dict.fromkeys(chosen)
        self.every: Sequence[FileFound] = ()
        self.shown: list[FileFound] = []

    def show_fitting(self, typed: str) -> None:
        """Show the files in whose words all that was typed stands."""
        self.beginResetModel()
        self.shown = picking.fitting(self.every, typed)
        self.endResetModel()

    def toggle(self, rows: Iterable[int]) -> None:
        """Tick rows, or take the ticks away where all of them have one."""
        ids = [self.shown[row].id for row in rows]
        on = not all(each in self.ticks for each in ids)
        for each in ids:
            if on:
                self.ticks[each] = None
            else:
                self.ticks.pop(each, None)
        self.dataChanged.emit(self.index(0, _TICK), self.index(max(len(self.shown) - 1, 0), _TICK))

    def rowCount(self, _parent: _Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        return len(self.shown)

    def columnCount(self, _parent: _Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        return len(_HEADS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.shown[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole:
            if column != _TICK:
                return None
            return Qt.CheckState.Checked if row.id in self.ticks else Qt.CheckState.Unchecked
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole} and column != _TICK:
            return self.words(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if column != _TICK:
                return f"{_(_HEADS[column])}: {self.words(row, column)}"
            return f"{_('ticked') if row.id in self.ticks else _('not ticked')}, {self.whole(row)}"
        return None

    def whole(self, row: FileFound) -> str:
        """All that is told of a file."""
        return " · ".join(self.words(row, each) for each in range(_KIND, len(_HEADS)))

    def words(self, row: FileFound, column: int) -> str:
        """One cell; the size is asked of the disk only for rows in sight."""
        if column == _KIND:
            return capital(codelists.word("photo_kind", row.kind)) if row.kind else "–"
        if column == _SIZE:
            return picking.size_words(self._context.ws, row) or _("not on this laptop")
        return {_CAPTION: row.caption, _DAY: day_words(row.date), _OWNER: row.owner}[column] or "–"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADS[section])
        return None


class _Table(QTableView):
    toggled, taken = Signal(), Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Space:
            self.toggled.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class FileChooser(QDialog):
    """Typing narrows the list, Space ticks, Enter takes what is ticked: ``taken`` carries the ids."""

    taken = Signal(object)

    def __init__(self, context: Context, chosen: Sequence[str], over: QWidget) -> None:
        super().__init__(over)
        self._context = context
        self.setObjectName("file_chooser")
        self.setWindowTitle(_("Choose files"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme = context.theme
        column = QVBoxLayout(self)
        margin = theme.space(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.space(8))
        column.addWidget(text(_("Choose files"), "h2"))
        self.typed = SearchField(theme)
        self.typed.setObjectName("file_filter")
        self.typed.setPlaceholderText(_("Part of a caption, kind, date, event or partner"))
        column.addLayout(labelled(_("&Narrow the list"), self.typed))
        self.model = _Model(self, context, chosen)
        self._make_table(theme, column)
        self.whole, self.told = text("", wrap=True), text("", "small", wrap=True)
        self.whole.setObjectName("file_whole")
        column.addWidget(self.whole)
        column.addWidget(self.told)
        self._make_foot(theme, column)
        self.typed.textChanged.connect(self._narrow)
        self._say()
        window = over.window()
        self.resize(min(theme.px(980), window.width() - 60), min(theme.px(560), window.height() - 60))
        ws = context.ws

        def work(_progress: Progress) -> Sequence[FileFound]:
            return picking.files(ws)

        context.jobs.start(self, _("Reading the list of files"), work, self._come, context.notify.error)

    def _make_table(self, theme: Theme, column: QVBoxLayout) -> None:
        table = self.table = _Table()
        table.setObjectName("file_choices")
        table.setModel(self.model)
        table.setItemDelegateForColumn(_TICK, TickDelegate(theme, table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(max(theme.space(36), theme.px(20) + 8))
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        letter = QFontMetrics(theme.font("body")).averageCharWidth()
        for number, letters in _LETTERS.items():
            table.setColumnWidth(number, letter * letters + theme.space(26))
        words = QFontMetrics(theme.font("h3")).horizontalAdvance(_(_HEADS[_TICK]))
        table.setColumnWidth(_TICK, words + theme.space(26))
        head.setSectionResizeMode(_CAPTION, QHeaderView.ResizeMode.Stretch)
        table.setAccessibleName(_("Files"))
        table.setAccessibleDescription(_("Space ticks, Enter takes what is ticked."))
        table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_whole())
        table.toggled.connect(self._toggle)
        table.taken.connect(self.take)
        table.clicked.connect(lambda index: self._toggle() if index.column() == _TICK else None)
        table.doubleClicked.connect(lambda _index: self._toggle())
        column.addWidget(table, 1)

    def _make_foot(self, theme: Theme, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.addStretch(1)
        leave = Button(theme, _("&Leave it as it is"))
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        self.act = Button(theme, "", "primary", "check")
        self.act.setObjectName("file_take_button")
        self.act.setAutoDefault(False)
        self.act.clicked.connect(self.take)
        row.addWidget(leave)
        row.addWidget(self.act)
        column.addLayout(row)

    def _come(self, found: Sequence[FileFound]) -> None:
        self.model.every = found
        self._narrow()
        self._context.notify.announce(self.told.text())

    def _narrow(self, _typed: str = "") -> None:
        self.model.show_fitting(self.typed.text())
        if self.model.shown:
            self.table.selectRow(0)
        self._show_whole()
        self._say()

    def _show_whole(self) -> None:
        """All about the current file: columns may be cut short or hidden."""
        row = self.table.currentIndex().row()
        there = 0 <= row < len(self.model.shown)
        self.whole.setText(self.model.whole(self.model.shown[row]) if there else "")

    def _toggle(self) -> None:
        self.model.toggle(index.row() for index in self.table.selectionModel().selectedRows())
        self._say()

    def _say(self) -> None:
        number, all_of_them = len(self.model.shown), len(self.model.every)
        if all_of_them and not number:
            words = _("Nothing fits what was typed.")
        else:
            words = ngettext("{n} file.", "{n} files.", number)
        if all_of_them == picking.MOST_FILES:
            words += " " + _("Only the newest are listed; older ones are found by typing their name into the field.")
        self.told.setText(words)
        ticked = len(self.model.ticks)
        self.act.set_text(ngettext("&Take {n} file", "&Take {n} files", ticked))

    def take(self) -> None:
        """Hand over what is ticked: what was chosen before stays first."""
        self.taken.emit(list(self.model.ticks))
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """From the line of search words, Enter and the arrow down lead into the list."""
        down = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}
        if down and self.typed.hasFocus():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Three columns where there is little room; the words of a row tell a screen reader all of them."""
        super().resizeEvent(event)
        for column in _WIDE_ONLY:
            self.table.setColumnHidden(column, self.width() < self._context.theme.px(_FULL_WIDTH))
