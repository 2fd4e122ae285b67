"""History of one record: its changes with before and after, and the undo of one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QListView, QVBoxLayout, QWidget

from progressus_desktop.clock import today
from progressus_desktop.domain import codelists, parsing
from progressus_desktop.domain.catalog import entity
from progressus_desktop.domain.fields import Type
from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.facts import title_of
from progressus_desktop.gui.historyrows import (
    HistoryDelegate,
    HistoryModel,
    change_of,
    source_words,
    state_of,
)
from progressus_desktop.gui.parts import Banner, Button, Chip, clear_layout, prop, scrolled, text
from progressus_desktop.gui.widths import COMPACT
from progressus_desktop.services import records
from progressus_desktop.store import history, query, undo
from progressus_desktop.store.history import HistoryEntry
from progressus_desktop.words import N_, _, ngettext

_COMMON = {"entry": N_("Entry state"), "code": N_("Code"), "space": N_("Space")}
_HIDDEN = {"space"}
_MOST_LETTERS = 400
_LEAST_LIST, _LEAST_DETAIL = 96, 150


class HistoryPage(QWidget):
    """Left the changes, right what one of them changed."""

    closed = Signal(str, str)
    """Go back to the record: its type and id."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._entity, self._id = "", ""
        self._from_list, self._narrow = False, False
        self.setObjectName("history_page")
        self.model = HistoryModel()
        self._build()
        self.list.selectionModel().currentRowChanged.connect(lambda now, _before: self._show(now.row()))
        context.bus.committed.connect(self._committed)
        context.theme.changed.connect(self.restyle)
        self.retranslate()

    def _build(self) -> None:
        theme = self._context.theme
        self.back = Button(theme, "", "ghost", "arrow-left")
        self.back.setObjectName("history_back_button")
        self.name = text("", "h1", wrap=True)
        self.what = text("", "small")
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addWidget(self.name, 1)
        self.list = QListView()
        self.list.setObjectName("history_list")
        self.list.setModel(self.model)
        self.list.setItemDelegate(HistoryDelegate(theme, self.model))
        self.list.setProperty("k", "hits")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._chips = QHBoxLayout()
        self._left, self._right = QFrame(), QFrame()
        for card in (self._left, self._right):
            card.setProperty("k", "card")
        left = QVBoxLayout(self._left)
        left.setContentsMargins(1, 8, 1, 8)
        left.addWidget(self.list, 1)
        self._whole = text("", "small", wrap=True)
        self._whole.setContentsMargins(14, 0, 14, 0)
        left.addWidget(self._whole)
        self._build_detail()
        inside = QWidget()
        self._halves = QHBoxLayout(inside)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.addWidget(self._left, 5)
        self._halves.addWidget(self._right, 8)
        column = self._column = QVBoxLayout(self)
        column.addLayout(head)
        column.addLayout(self._chips)
        column.addWidget(scrolled("history_area", inside), 1)
        self.back.clicked.connect(self.go_back)

    def _build_detail(self) -> None:
        theme = self._context.theme
        right = self._detail = QVBoxLayout(self._right)
        self._title, self._by = text("", "h2"), text("", "small", wrap=True)
        right.addWidget(self._title)
        right.addWidget(self._by)
        self._fields = QWidget()
        self._grid = QVBoxLayout(self._fields)
        self._grid.setContentsMargins(0, 0, 0, 0)
        area = self._area = scrolled("history_fields", self._fields)
        self._fields.setAutoFillBackground(False)
        right.addWidget(area, 1)
        self._buttons = QHBoxLayout()
        self.undo_button = Button(theme, "", "primary", "undo-2")
        self.undo_button.setObjectName("undo_change_button")
        self.return_button = Button(theme, "", "", "history")
        self.return_button.setObjectName("return_to_button")
        self.copy_button = Button(theme, "", "", "copy")
        self.copy_button.setObjectName("copy_before_button")
        self._buttons.addWidget(self.undo_button)
        self._buttons.addWidget(self.return_button)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.copy_button)
        right.addLayout(self._buttons)
        self.undo_button.clicked.connect(self.undo_chosen)
        self.return_button.clicked.connect(self.return_to_chosen)
        self.copy_button.clicked.connect(self.copy_before)

    # -- showing --------------------------------------------------------------------------------------

    def open(self, entity_name: str, record_id: str, *, from_list: bool = False) -> None:
        """Show the history of a record, the newest change first."""
        self._entity, self._id, self._from_list = entity_name, record_id, from_list
        self._name_way_back()
        self._reload(0)

    def _reload(self, row: int) -> None:
        record = query.get(self._context.ws, self._entity, self._id)
        entries = history.of_record(self._context.ws, self._entity, self._id)
        self.model.show(entries, today(self._context.ws.clock))
        title = title_of(self._context.ws, record) if record else ""
        self.name.setText(_("History: {title}", title=title))
        clear_layout(self._chips)
        chip = Chip(self._context.theme, "info", ngettext("{n} change", "{n} changes", len(entries)))
        self._chips.addWidget(chip)
        self._chips.addWidget(text(", ".join(part for part in (title, record.code if record else "") if part), "small"))
        self._chips.addStretch(1)
        if entries:
            self.list.setCurrentIndex(self.model.index(min(row, len(entries) - 1)))
        self._show(self.list.currentIndex().row())

    def chosen(self) -> HistoryEntry | None:
        """The change shown at the right."""
        row = self.list.currentIndex().row()
        return self.model.entries[row] if 0 <= row < len(self.model.entries) else None

    def _show(self, row: int) -> None:
        clear_layout(self._grid)
        entry = self.model.entries[row] if 0 <= row < len(self.model.entries) else None
        for button in (self.undo_button, self.return_button, self.copy_button):
            button.setEnabled(entry is not None)
        if entry is None:
            self._title.setText("")
            self._by.setText("")
            return
        day = today(self._context.ws.clock)
        shown = {name: entry.fields[name] for name in self._in_order(entry.fields) if name not in _HIDDEN}
        self._title.setText(change_of(entry.at_ms, day))
        count = ngettext("{n} field changed.", "{n} fields changed.", len(shown))
        merged = _("in a record merged into this one") if entry.source else ""
        about = ", ".join(part for part in (entry.by_name, source_words(entry.kind), merged) if part)
        self._by.setText(f"{about}. {count}")
        self._grid.addLayout(self._pairs(shown))
        self._grid.addWidget(self._promise())
        self._grid.addStretch(1)
        first = row == len(self.model.entries) - 1
        self.undo_button.setEnabled(not first)
        self.undo_button.setToolTip(_("This change made the record. Move it to the bin instead.") if first else "")
        self.return_button.setEnabled(not first)
        self.return_button.setToolTip(_("There is no earlier state.") if first else "")
        before = self.model.entries[row if first else row + 1]
        self.return_button.set_text(state_of(before.at_ms, day))

    def _in_order(self, fields: Mapping[str, object]) -> list[str]:
        """Names as the form has them, then those that every record has."""
        own = [field.name for field in entity(self._entity).fields if field.name in fields]
        return [*own, *(name for name in fields if name not in own)]

    def _pairs(self, shown: dict[str, tuple[Any, Any]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._context.theme.space(12))
        grid.setVerticalSpacing(self._context.theme.space(10))
        for number, words in enumerate((_("Field"), _("Before"), _("After"))):
            grid.addWidget(text(words, "h3"), 0, number)
        for row, (name, (before, after)) in enumerate(shown.items(), start=1):
            grid.addWidget(text(self._label(name), "h3", wrap=True), row, 0)
            grid.addWidget(self._box("soft", "−", "err", self._words(name, before)), row, 1)
            grid.addWidget(self._box("ok", "+", "ok", self._words(name, after)), row, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 5)
        grid.setColumnStretch(2, 5)
        return grid

    def _box(self, kind: str, sign: str, tone: str, words: str) -> QFrame:
        frame = QFrame()
        prop(frame, "k", kind)
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 6, 12, 6)
        if words:
            row.addWidget(text(sign, tone), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text(words or "–", wrap=True), 1, Qt.AlignmentFlag.AlignTop)
        return frame

    def _promise(self) -> QWidget:
        return Banner(
            self._context.theme,
            "info",
            _("Undoing deletes nothing"),
            _("It makes a new change in the history. Later changes of other fields stay."),
        )

    def _label(self, name: str) -> str:
        of = entity(self._entity)
        if of.has(name):
            return _(of.field(name).label)
        return _(_COMMON[name]) if name in _COMMON else name

    def _words(self, name: str, value: Any) -> str:
        if value is None or value == "":
            return ""
        of = entity(self._entity)
        if name == "entry":
            return codelists.word("entry", str(value))
        if not of.has(name):
            return str(value)
        field = of.field(name)
        if field.type in {Type.REFERENCE, Type.REFERENCES}:
            ids = value if isinstance(value, list) else [value]
            titles = [query.title(self._context.ws, field.target, str(each)) or str(each) for each in ids]
            return ", ".join(titles)
        words = parsing.shown(field, value)
        return words if len(words) <= _MOST_LETTERS else words[:_MOST_LETTERS] + "…"

    # -- doing ------------------------------------------------------------------------------------------

    def undo_chosen(self) -> None:
        """Undo the chosen change; if a later one touched the same field nothing is written and both are shown."""
        entry = self.chosen()
        if entry is None:
            return
        try:
            undo.undo_commit(self._context.ws, entry.commit_no)
        except ProgressusError as error:
            self._context.notify.error(error)
            return
        self._context.notify.undo_bar(_("The change was undone."))

    def return_to_chosen(self) -> None:
        """Make the record again what it was before the chosen change, as one new change."""
        row = self.list.currentIndex().row()
        values: dict[str, Any] = {}
        of = entity(self._entity)
        for newer in (each for each in self.model.entries[: row + 1] if not each.source):
            values |= {name: before for name, (before, _after) in newer.fields.items() if of.has(name)}
        if not values:
            return
        try:
            records.save(self._context.ws, self._entity, self._id, values)
        except ProgressusError as error:
            self._context.notify.error(error)
            return
        self._context.notify.undo_bar(_("The earlier state is back."))

    def copy_before(self) -> None:
        """Put the values before the change on the clipboard."""
        entry = self.chosen()
        if entry is None:
            return
        lines = [f"{self._label(name)}: {self._words(name, before)}" for name, (before, _after) in entry.fields.items()]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._context.notify.announce(_("Copied."))

    def _committed(self, done: Committed) -> None:
        if self._id and (self._entity, self._id) in done.records:
            self._reload(0)

    def _name_way_back(self) -> None:
        where = _("List") if self._from_list else _("Form")
        self.back.set_text(where)
        self.back.setAccessibleName(_("Back: {where}", where=where))

    def go_back(self) -> None:
        """Go back to the record."""
        self.closed.emit(self._entity, self._id)

    # -- what the shell asks ------------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return _("History")

    def first_focus(self) -> QWidget:
        """Where the focus goes when the page opens."""
        return self.list

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        return self.list, self.undo_button

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def relayout(self, logical_width: int) -> None:
        """Where there is little room the changes stand above what they changed."""
        narrow = logical_width < COMPACT
        self._narrow = narrow
        self._halves.setDirection(QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight)
        self._buttons.setDirection(QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        theme = self._context.theme
        theme.frame_page(self._column)
        self._halves.setSpacing(theme.space(12))
        self._detail.setContentsMargins(theme.space(18), theme.space(14), theme.space(18), theme.space(12))
        prop(self.name, "t", "h2" if self._narrow else "h1")
        self.list.setMinimumHeight(theme.px(_LEAST_LIST) if self._narrow else 0)
        self._area.setMinimumHeight(theme.px(_LEAST_DETAIL) if self._narrow else 0)
        self.list.doItemsLayout()

    def retranslate(self) -> None:
        """Make all words again."""
        self._name_way_back()
        self.list.setAccessibleName(_("Changes, newest first"))
        self.undo_button.set_text(_("&Undo this change"))
        self.copy_button.set_text(_("&Copy “Before”"))
        self.return_button.set_text(_("Retur&n to this state"))
        self._whole.setText(_("The history holds every change since the record was made."))
        if self._id:
            self._reload(max(self.list.currentIndex().row(), 0))
        self.restyle()
