"""The list of one record type: head, filters, table, preview, footer, empty states, compact layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from progressus_desktop import clock
from progressus_desktop.domain.catalog import entity
from progressus_desktop.domain.records import Committed
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.counting import Counting
from progressus_desktop.gui.emptystate import EmptyState, NothingFound
from progressus_desktop.gui.filterbar import FilterBar
from progressus_desktop.gui.listactions import ListActions
from progressus_desktop.gui.listfooter import ListFooter
from progressus_desktop.gui.listhead import ListActionsRow, ListHead
from progressus_desktop.gui.listsource import ListSource, columns_in, followed, offered
from progressus_desktop.gui.preview import Preview
from progressus_desktop.gui.soon import later
from progressus_desktop.gui.tables import RowModel
from progressus_desktop.gui.tableview import ListTable
from progressus_desktop.gui.whereabouts import Whereabouts
from progressus_desktop.gui.widths import BESIDE, COMPACT, FULL
from progressus_desktop.store.query import View
from progressus_desktop.words import _

_PREVIEW_WIDTH = {"event": (350, 318), "partner": (256, 256), "task": (270, 270)}
_OTHER_WIDTH = (300, 280)
_PREVIEW_MS = 15


class ListPage(QWidget):
    """Table left, preview right. Enter opens a record, Space shows or hides the preview."""

    open_record = Signal(str)
    new_record = Signal()
    add_contact = Signal(str)
    """Add a contact with this partner."""
    history_asked = Signal(str)
    """Show the history of this record."""
    import_asked = Signal()
    """Take in a table from a spreadsheet."""

    def __init__(self, context: Context, entity_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._entity = entity(entity_name)
        self._followed = followed(self._entity)
        self._order = self._entity.order or self._entity.title[0]
        self._compact, self._beside, self._narrow = False, True, False
        self._preview_wanted, self._over = True, False
        self.setObjectName(f"{entity_name}_list_page")
        self.head = ListHead(context, entity_name, self)
        self.filters = FilterBar(context.theme, entity_name, lambda: clock.today(context.ws.clock), self, self._offered)
        self.model = RowModel(columns_in(context, self._entity), self)
        self.table = ListTable(context.theme, self.model, self)
        self.table.setObjectName(f"{entity_name}_table")
        self.preview = Preview(context, entity_name, self)
        self.footer = ListFooter(entity_name, self)
        self.row_actions = ListActionsRow(context, entity_name, self)
        self.empty = EmptyState(context.theme, entity_name, self, tables=not self._entity.office)
        self.nothing = NothingFound(context.theme, self)
        self.counting = Counting(context, self)
        self.whereabouts = Whereabouts(context, self.table, lambda: self._source)
        self.acts = ListActions(context, entity_name, self)
        self._source = self._make_source()
        self._build()
        self._connect()
        self.retranslate()
        self.refilter()

    # -- building -----------------------------------------------------------------------------------

    def _build(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.addWidget(self.head)
        column.addWidget(self.filters)
        self._body = QStackedWidget(self)
        column.addWidget(self._body, 1)
        column.addWidget(self.row_actions)
        main = QWidget(self)
        self._halves = QHBoxLayout(main)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._left = QWidget(main)
        left = self._left_column = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        self._card = QFrame(self._left)
        self._card.setProperty("k", "table")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        inside.addWidget(self.nothing)
        left.addWidget(self._card, 1)
        left.addWidget(self.footer)
        self._halves.addWidget(self._left, 1)
        self._halves.addWidget(self.preview)
        self._body.addWidget(main)
        self._body.addWidget(self.empty)
        self._preview_later = later(self, _PREVIEW_MS, self._show_preview)
        self._context.bus.closing.connect(self._preview_later.stop)

    def _connect(self) -> None:
        self.filters.changed.connect(self.refilter)
        self.table.current_record.connect(lambda _id: self._preview_later.start())
        self.table.order_asked.connect(self.sort_by)
        self.table.opened.connect(self.open_record)
        self.preview.opened.connect(self.open_record)
        self.preview.closed.connect(self.toggle_preview)
        self.preview.asked.connect(self._preview_asked)
        self.counting.counted.connect(self._counted)
        self.nothing.clear_asked.connect(self.filters.clear)
        for asked in (self.empty.new_asked, self.head.new_asked, self.row_actions.new_asked):
            asked.connect(self.new_record)
        self.empty.import_asked.connect(self.import_asked)
        self.row_actions.open_asked.connect(self.open_current)
        self.row_actions.preview_asked.connect(self.toggle_preview)
        self.head.print_asked.connect(self.acts.print_page)
        self.head.export_asked.connect(lambda: self.acts.export(self.view()))
        self._context.bus.committed.connect(self._committed)
        self._context.theme.changed.connect(self.restyle)

    def _preview_asked(self, what: str, record_id: str) -> None:
        if what == "print":
            self.acts.print_sheet(record_id)
        elif what == "done":
            self.acts.turn_tasks([record_id])
        elif what == "about":
            self.acts.open_about(record_id)
        else:
            self.add_contact.emit(record_id)

    # -- rows ---------------------------------------------------------------------------------------

    def _offered(self, column: str) -> Sequence[tuple[str, str]]:
        return offered(self._context.ws, column)

    def _make_source(self) -> ListSource:
        return ListSource(self._context.ws, self._entity.name, self.filters.wanted(), self._order)

    def refilter(self) -> None:
        """Show what the filters ask for, at once; exact counts follow from a job. Without filters the record stays."""
        with nullcontext() if self.filters.wanted().active else self.whereabouts.kept():
            self._show_rows()

    def _show_rows(self) -> None:
        sought = self.table.record_id()
        self._source = self._make_source()
        self.model.show(self._source, self._order)
        self._after_rows(sought)
        if not self.table.record_id() or not self.filters.wanted().active:
            self.table.size_columns()

    def _after_rows(self, sought: str | None = None, *, stay: bool = False) -> None:
        self.table.keep_place(sought, first_if_gone=not stay)
        rows = self.model.rowCount()
        filtered = self._source.filtered
        self._body.setCurrentIndex(1 if rows == 0 and not filtered else 0)
        self.table.setVisible(rows > 0)
        self.nothing.setVisible(rows == 0 and filtered)
        self.filters.setVisible(rows > 0 or filtered)
        self._place_parts()
        if not self.model.exact:
            self.footer.show_more_than(rows)
        self.counting.start(self._source)

    def _counted(self, source: object, sums: object) -> None:
        if source is not self._source:
            return
        self.model.counted(sums.total)  # type: ignore[attr-defined]  # a Qt signal carries it as object
        self.whereabouts.arrive()
        self.footer.show_sums(sums)  # type: ignore[arg-type]  # as above
        self.head.show_total(sums.total)  # type: ignore[attr-defined]  # as above

    def sort_by(self, order: str) -> None:
        """Order rows by a column; the current record stays current, in a long list as soon as it is found."""
        self._order = order
        with self.whereabouts.kept():
            self._show_rows()

    def _committed(self, done: Committed) -> None:
        if not any(name in self._followed for name, _id in done.records):
            return
        self.model.refresh()
        self._after_rows(stay=True)
        if self.isVisible():
            self._preview_later.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What changed while another page was in sight is shown now."""
        super().showEvent(event)
        self.filters.offer_again()
        self._preview_later.start()
        self.counting.start(self._source)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing is read for a page that is out of sight."""
        super().hideEvent(event)
        self._preview_later.stop()
        self.counting.stop()

    # -- preview -------------------------------------------------------------------------------------

    def _show_preview(self) -> None:
        if self.preview.isVisibleTo(self):
            self.preview.show_record(self.table.record_id())

    def toggle_preview(self) -> None:
        """Show or hide the preview; where there is no room beside the list it takes the list's place."""
        if self._beside:
            self._preview_wanted = not self._preview_wanted
        else:
            self._over = not self._over and bool(self.table.record_id())
        self._place_parts()
        self._show_preview()
        if self._over:
            self.preview.open_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.table.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_parts(self) -> None:
        over = self._over and not self._beside
        beside = self._beside and self._preview_wanted and self.model.rowCount() > 0
        self.preview.setVisible(over or beside)
        self._left.setVisible(not over)
        self.preview.set_room(narrow=self._narrow, over=over)
        if over:
            self.preview.setMinimumWidth(0)
            self.preview.setMaximumWidth(16_777_215)
        else:
            wide, narrow = _PREVIEW_WIDTH.get(self._entity.name, _OTHER_WIDTH)
            self.preview.setFixedWidth(self._context.theme.px(narrow if self._narrow else wide))
        has_rows = self._body.currentIndex() == 0
        self.row_actions.setVisible(self._compact and has_rows and not over)
        self.footer.setVisible(not self._compact)
        self.head.set_room(compact=self._compact, empty=not has_rows)

    # -- what the shell and the record page ask -------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return _(self._entity.plural)

    def first_focus(self) -> QWidget:
        """Where the focus goes when the page opens."""
        if self._body.currentIndex() == 1:
            return self.empty.new_button
        return self.table if self.model.rowCount() else self.filters.text

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        parts = (self.filters.text, self.table, self.preview.open_button)
        return tuple(each for each in parts if each.isVisibleTo(self))

    def actions_here(self) -> Mapping[str, object]:
        """What menus and shortcuts may ask of this page."""
        chosen = self.table.record_id()
        here: dict[str, object] = {}
        if chosen:
            here = {"history": lambda: self.history_asked.emit(chosen), "erase": self.acts.erase_selected}
        if chosen and self._entity.name == "partner":
            here["add_contact"] = lambda: self.add_contact.emit(chosen)
        if self._entity.name == "event":
            here |= {"calendar": self.acts.save_calendar} | ({"after": self.acts.after_event} if chosen else {})
        if self._entity.name == "indicator":
            here["starter"] = self.acts.add_starter
        if self._entity.name in {"partner", "contact"}:
            here["cards"] = lambda: self.acts.save_cards(self.view())
        if chosen and self._entity.name == "task":
            here["done"] = lambda: self.acts.turn_tasks(self.table.selected_ids())
        return here | {
            "new": self.new_record.emit,
            "open": self.open_current,
            "find": self.focus_filter,
            "preview": self.toggle_preview,
            "delete": self.acts.remove_selected,
            "copy": self.acts.copy_rows,
            "select_all": self.table.selectAll,
            "export": lambda: self.acts.export(self.view()),
            "import": self.import_asked.emit,
            "print": self.acts.print_page,
        }

    def show_at(self, record_id: str) -> None:
        """Come back to the list with this record current (Esc in its form)."""
        if record_id and not self.table.go_to(record_id) and self.filters.wanted().active:
            self.table.keep_place()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def neighbour(self, record_id: str, step: int) -> str:
        """Go to the row before or after that of a record; its id, empty at the end of the list."""
        return self.table.neighbour(record_id, step)

    def current_id(self) -> str:
        """Id of the current record, empty when there is none."""
        return self.table.record_id()

    def view(self) -> View:
        """The rows as they are filtered and ordered."""
        return self._source.view

    def open_current(self) -> None:
        """Open the current record."""
        if self.table.record_id():
            self.open_record.emit(self.table.record_id())

    def focus_filter(self) -> None:
        """Ctrl+F."""
        if self._over:
            self.toggle_preview()
        self.filters.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.text.selectAll()

    # -- keys ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys of a list that the table leaves to the page."""
        key, control = event.key(), event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_Escape and self._over:
            self.toggle_preview()
        elif key in {Qt.Key.Key_Escape, Qt.Key.Key_Down} and self.filters.text.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key == Qt.Key.Key_Space and not control and self.table.hasFocus():
            self.toggle_preview()
        elif key == Qt.Key.Key_Delete and self.table.hasFocus():
            self.acts.remove_selected()
        elif control and key == Qt.Key.Key_C and self.table.hasFocus():
            self.acts.copy_rows()
        elif control and key == Qt.Key.Key_H and self.table.record_id():
            self.history_asked.emit(self.table.record_id())
        elif control and key == Qt.Key.Key_Space and self._entity.name == "task" and self.table.hasFocus():
            self.acts.turn_tasks(self.table.selected_ids())
        elif control and key == Qt.Key.Key_D and self._entity.name == "partner" and self.table.record_id():
            self.add_contact.emit(self.table.record_id())
        else:
            super().keyPressEvent(event)

    # -- words and sizes -----------------------------------------------------------------------------

    def relayout(self, logical_width: int) -> None:
        """Follow the window's width divided by the text scale (design-language.md, section 3.1)."""
        self._compact = logical_width < COMPACT
        self._beside = logical_width >= BESIDE
        self._narrow = logical_width < FULL
        if self._beside:
            self._over = False
        self.filters.set_compact(self._compact)
        self.footer.set_few_hints(self._narrow)
        for number, column in enumerate(self.model.columns):
            squeezed = column.gives_way and self._narrow
            self.table.setColumnHidden(number, squeezed or (self._compact and not column.in_compact))
        if self.model.short != self._compact:
            self.model.short = self._compact
            self.model.words_changed()
        self.restyle()

    def restyle(self) -> None:
        """Take sizes and colours from the theme again."""
        theme = self._context.theme
        side = theme.space(14 if self._compact else 20)
        top = theme.space(7 if self._compact else 12)
        self._column.setContentsMargins(side, top, side, theme.space(8))
        self._column.setSpacing(theme.space(7 if self._compact else 8))
        self._halves.setSpacing(theme.space(12))
        self._left_column.setSpacing(theme.space(6))
        for part in (self.head, self.filters, self.row_actions):
            part.restyle()
        for words in (self.preview, self.empty, self.nothing):
            words.retranslate()
        self._place_parts()
        self.table.restyle()

    def retranslate(self) -> None:
        """Make all words again after a change of language."""
        self.table.setAccessibleName(self.title())
        self.table.setAccessibleDescription(_("Enter opens, Space shows the preview, letters jump to a name."))
        for part in (self.filters, self.head, self.footer, self.row_actions):
            part.retranslate()
        self.model.words_changed()
        self.table.keep_place()
        self.restyle()
