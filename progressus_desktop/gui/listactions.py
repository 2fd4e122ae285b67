"""What a list can do with its rows: copy, bin, print, save as a table, context menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from progressus_desktop.domain.catalog import entity
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui import afterevent, erasedialog
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.printing import fill_menu, print_document, say_saved
from progressus_desktop.gui.saving import ask_target, file_name
from progressus_desktop.services import records, reporting_kinds
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.words import _, ngettext

if TYPE_CHECKING:
    from progressus_desktop.gui.listpage import ListPage


class ListActions(QObject):
    """The verbs of one list page."""

    def __init__(self, context: Context, entity_name: str, page: ListPage) -> None:
        super().__init__(page)
        self._context = context
        self._entity = entity(entity_name)
        self._page = page
        page.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        page.table.customContextMenuRequested.connect(self._menu_at)

    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard as a table that a spreadsheet takes."""
        page = self._page
        shown = [n for n in range(page.model.columnCount()) if not page.table.isColumnHidden(n)]
        lines = ["\t".join(_(page.model.columns[n].label) for n in shown)]
        rows = page.table.selected_rows()
        for row in rows:
            cells = page.model.cells(row)
            if cells is not None:
                lines.append("\t".join(cells.text(n).replace("\t", " ") for n in shown))
        QGuiApplication.clipboard().setText("\n".join(lines))
        words = ngettext("Copied {n} row.", "Copied {n} rows.", len(rows))
        if page.table.selected_count() > len(rows):
            words += " " + _("That is the most at once; save the table to have them all.")
        self._context.notify.announce(words)

    def remove_selected(self) -> None:
        """Move the selected records to the bin; the undo bar offers them back."""
        ids = self._page.table.selected_ids()
        if not ids:
            return
        try:
            records.remove_many(self._context.ws, self._entity.name, ids)
        except ProgressusError as error:
            self._context.notify.error(error)
            return
        if len(ids) > 1:
            words = ngettext("{n} entry moved to the bin.", "{n} entries moved to the bin.", len(ids))
        else:
            words = _(self._entity.words.removed)
        self._context.notify.undo_bar(words)

    def erase_selected(self) -> None:
        """Ask about erasing the selected records for ever."""
        page = self._page
        erasedialog.ask(self._context, self._entity.name, page.table.selected_ids(), page, page.table.setFocus)

    def turn_tasks(self, ids: Sequence[str]) -> None:
        """Mark tasks as done, or open them again where all are done."""
        from progressus_desktop.services import tasks

        try:
            done = tasks.turn(self._context.ws, ids)
        except ProgressusError as error:
            self._context.notify.error(error)
            return
        if done is not None:
            self._context.notify.undo_bar(ngettext("{n} task changed.", "{n} tasks changed.", len(done.records)))

    def add_starter(self) -> None:
        """Add the indicators of the starter set that are not there yet."""
        from progressus_desktop.services import indicators

        try:
            made = indicators.add_starter(self._context.ws)
        except ProgressusError as error:
            self._context.notify.error(error)
            return
        self._context.notify.undo_bar(ngettext("{n} indicator added.", "{n} indicators added.", len(made)))

    def open_about(self, record_id: str) -> None:
        """Open the record that a task is about."""
        found = query.get(self._context.ws, self._entity.name, record_id)
        about = str(found.fields.get("record") or "") if found else ""
        known = query.entity_of(self._context.ws, about) if about else ""
        if known:
            self._context.navigate(known, about)

    # -- files --------------------------------------------------------------------------------------

    def export(self, view: View) -> None:
        """Save the rows of the view, as they are filtered and ordered, as a table for a spreadsheet."""
        name = file_name(_(self._entity.plural).lower(), ".xlsx")
        kinds = ";;".join((_("Excel workbook (*.xlsx)"), _("Table as text (*.csv)")))
        ask_target(self._page, _("Save to Excel"), name, kinds, lambda target: self._export(view, target))

    def _export(self, view: View, target: Path) -> None:
        from progressus_desktop.services import tables_out

        context, name = self._context, self._entity.name
        page = self._page
        shown = [c.name for n, c in enumerate(page.model.columns) if not page.table.isColumnHidden(n)]

        def work(progress: Progress) -> Path:
            tables_out.export(context.ws, name, view, target, shown, progress)
            return target

        context.jobs.start(context.bus, _("Saving the table"), work, self._saved, context.notify.error)

    def save_calendar(self) -> None:
        """Save all planned events as a file that other calendars take."""
        name = file_name(_("events"), ".ics")
        ask_target(self._page, _("Save the calendar"), name, _("Calendar (*.ics)"), self._write_calendar)

    def _write_calendar(self, target: Path) -> None:
        from progressus_desktop.services import calendars

        context = self._context

        def saved(number: int) -> None:
            words = ngettext("{n} planned event", "{n} planned events", number)
            context.notify.banner("ok", _("Saved {name}", name=target.name), words, key="list-saved")

        context.jobs.start(
            context.bus, _("Saving the calendar"),
            lambda progress: calendars.write(context.ws, View(order="date"), target, progress),
            saved, context.notify.error,
        )  # fmt: skip

    def save_cards(self, view: View) -> None:
        """Save the contact persons of the list as a file that address books take."""
        name = file_name(_("contacts"), ".vcf")
        kinds = _("Contacts (*.vcf)")
        ask_target(self._page, _("Save the contacts"), name, kinds, lambda target: self._write_cards(view, target))

    def _write_cards(self, view: View, target: Path) -> None:
        from progressus_desktop.services import cards

        context, name = self._context, self._entity.name

        def saved(done: cards.Written) -> None:
            left = done.not_informed + done.objected + done.former
            words = [ngettext("{n} person.", "{n} persons.", done.cards)]
            if left:
                words.append(
                    ngettext(
                        "{n} person was left out: without the clause, with an objection, or no longer the contact.",
                        "{n} persons were left out: without the clause, with an objection, or no longer the contact.",
                        left,
                    )
                )
            words.append(_("The file holds personal data: keep it only where it is needed."))
            title = _("Saved {name}", name=target.name)
            context.notify.banner("ok", title, " ".join(words), key="list-saved")

        context.jobs.start(
            context.bus, _("Saving the contacts"),
            lambda progress: cards.write(context.ws, name, view, target, progress), saved, context.notify.error,
        )  # fmt: skip

    def print_sheet(self, record_id: str) -> None:
        """Save the attendance sheet of one event as PDF, ready for printing."""
        if not record_id:
            self._context.notify.banner("info", _("Choose an event first"), _("The sheet is made for one event."))
            return
        print_document(self._context, self._page, "attendance-sheet", record_id)

    def print_page(self) -> None:
        """Print the tasks as they are filtered and ordered; of other lists the sheet of the event chosen."""
        if self._entity.name != "task":
            self.print_sheet(self._page.current_id())
            return
        name = file_name(_("task list"), ".pdf")
        view = self._page.view()
        kinds = _("PDF files (*.pdf)")
        ask_target(self._page, _("Print the task list"), name, kinds, lambda target: self._write_tasks(view, target))

    def _write_tasks(self, view: View, target: Path) -> None:
        from progressus_desktop.services import reporting_tasklist

        context = self._context
        context.jobs.start(
            context.bus, _("Print the task list"),
            lambda _progress: reporting_tasklist.write(context.ws, view, target), self._saved, context.notify.error,
        )  # fmt: skip

    def after_event(self) -> None:
        """The list, the card and the note of the current event, in one go."""
        afterevent.offer(self._context, self._page.table.record_id(), self._page)

    def _print(self, kind: str) -> None:
        print_document(self._context, self._page, kind, self._page.table.record_id())

    def _saved(self, target: Path) -> None:
        say_saved(self._context, target)

    # -- menu ------------------------------------------------------------------------------------------

    def _menu_at(self, point: QPoint) -> None:
        self.menu().popup(self._page.table.viewport().mapToGlobal(point))

    def menu(self) -> QMenu:
        """The context menu (Shift+F10): everything that can be done with the rows, and the order."""
        page = self._page
        menu = QMenu(page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        one = bool(page.table.record_id())
        self._add(menu, _("Open"), page.open_current, "Enter", on=one)
        self._add(menu, _("Preview"), page.toggle_preview, _("Spacebar"), on=one)
        if reporting_kinds.about(self._entity.name):
            prints = menu.addMenu(_("Print"))
            prints.setEnabled(one)
            fill_menu(prints, self._entity.name, self._print)
        if self._entity.name == "event":
            self._add(menu, _("After the event…"), self.after_event, on=one)
        if self._entity.name == "partner":
            self._add(menu, _("Add contact"), lambda: page.add_contact.emit(page.table.record_id()), "Ctrl+D", on=one)
        self._add(menu, _("History"), lambda: page.history_asked.emit(page.table.record_id()), "Ctrl+H", on=one)
        menu.addSeparator()
        self._add(menu, _("Copy"), self.copy_rows, "Ctrl+C", on=one)
        self._add(menu, _("Select all"), page.table.selectAll, "Ctrl+A", on=one)
        self._add(menu, _("Move to the bin"), self.remove_selected, "Delete", on=one)
        self._add(menu, _("Erase for ever…"), self.erase_selected, on=one)
        menu.addSeparator()
        order = menu.addMenu(_("Order by"))
        for column in page.model.columns:
            if column.sortable:
                self._add_order(order, column.name, _(column.label))
        return menu

    def _add(self, menu: QMenu, words: str, act: Callable[[], object], keys: str = "", *, on: bool = True) -> None:
        action = QAction(f"{words}\t{keys}" if keys else words, menu)
        action.setEnabled(on)
        action.triggered.connect(lambda _checked=False: act())
        menu.addAction(action)

    def _add_order(self, menu: QMenu, name: str, label: str) -> None:
        now = self._page.model.sorted_by
        for order, words in (
            (name, _("{column}, from the first", column=label)),
            (
                f"-{name}",
                _("{column}, from the last", column=label),
            ),
        ):
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(now == order)
            action.triggered.connect(lambda _checked=False, chosen=order: self._page.sort_by(chosen))
            menu.addAction(action)
