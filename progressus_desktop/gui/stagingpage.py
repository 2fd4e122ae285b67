"""A table from a spreadsheet before it is taken in: rows by state, cell by cell, a tick for each, one button."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from progressus_desktop.domain.catalog import entity
from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Job, Progress
from progressus_desktop.gui.parts import Button, ProgressPanel, clear_layout, text
from progressus_desktop.gui.stagingdetail import StagingDetail
from progressus_desktop.gui.stagingmodel import HEADS, NAME, STATES, StagingModel
from progressus_desktop.gui.stagingtable import StagingTable
from progressus_desktop.gui.widths import COMPACT
from progressus_desktop.services import tables_in
from progressus_desktop.services.tables_in import StagedRow, Staging, State
from progressus_desktop.words import _, ngettext

T = TypeVar("T")


class StagingPage(QWidget):
    """Lives beside a list; what is ticked is written in one commit, with one undo."""

    closed = Signal()

    def __init__(self, context: Context, entity_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._entity = context, entity(entity_name)
        self._file = Path()
        self._job: Job | None = None
        self._compact, self._over = False, False
        self.setObjectName("staging_page")
        self.model = StagingModel(context.theme)
        self._build()
        self.model.ticked.connect(self._count)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._show(now.row()))
        self.model.modelReset.connect(self._first)
        context.theme.changed.connect(self.restyle)
        self.retranslate()

    # -- building -----------------------------------------------------------------------------------

    def _build(self) -> None:
        theme = self._context.theme
        self.back = Button(theme, "", "ghost", "arrow-left")
        self.back.setObjectName("staging_back_button")
        self.name = text("", "h1")
        self.take_button = Button(theme, "", "primary", "download")
        self.take_button.setObjectName("staging_take_button")
        head = self._head = QHBoxLayout()
        head.addWidget(self.back)
        head.addWidget(self.name, 1)
        head.addWidget(self.take_button)
        filters = self._filters()
        self.table = StagingTable(theme, self.model)
        self.detail = StagingDetail(theme)
        self._halves = QHBoxLayout()
        self._halves.addWidget(self.table, 7)
        self._halves.addWidget(self.detail, 5)
        self._work = QVBoxLayout()
        column = self._column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(self.notes)
        column.addLayout(filters)
        column.addLayout(self._work)
        column.addLayout(self._halves, 1)
        self.back.clicked.connect(self.go_back)
        self.take_button.clicked.connect(self.take)
        self.table.toggled.connect(self.toggle)
        self.table.looked_at.connect(self.look)
        self.look_button.clicked.connect(self.look)
        self.states.currentIndexChanged.connect(lambda _number: self.model.filter(self.states.currentData()))

    def _filters(self) -> QHBoxLayout:
        """The line above the table: which rows, and how to decide."""
        self.notes = text("", "small", wrap=True)
        self.states = QComboBox()
        self.states.setObjectName("staging_states")
        self.states_label = QLabel()
        self.states_label.setProperty("t", "label")
        self.states_label.setBuddy(self.states)
        self.hint = text("", "small")
        filters = QHBoxLayout()
        filters.addWidget(self.states_label)
        filters.addWidget(self.states)
        filters.addWidget(self.hint, 1)
        self.look_button = Button(self._context.theme, "", "", "eye", small=True)
        self.look_button.setObjectName("staging_look_button")
        filters.addWidget(self.look_button)
        return filters

    # -- reading ------------------------------------------------------------------------------------

    def read(self, file: Path) -> None:
        """Read a file beside the window and show what it would change."""
        self._file = file
        self.name.setText(_("Load from Excel: {file}", file=file.name))
        self.show_plan(None)
        context, name = self._context, self._entity.name

        def work(progress: Progress) -> Staging:
            return tables_in.stage(context.ws, name, file, progress)

        self._start(_("Reading the table"), work, self.show_plan, writer=False)

    def _start(self, label: str, work: Callable[[Progress], T], done: Callable[[T], None], *, writer: bool) -> None:
        def ended(result: T) -> None:
            self._stop_showing()
            done(result)

        def failed(error: ProgressusError) -> None:
            self._stop_showing()
            self._context.notify.error(error)
            if self.model.plan is None:
                self.go_back()

        stays = _("If you stop, everything stays as it is now.")
        self._job = self._context.jobs.start(self, label, work, ended, failed, writer=writer, stays=stays)
        if not writer:
            panel = ProgressPanel(self._context.theme, label, stays)
            panel.follow(self._job)
            self._work.addWidget(panel)
            panel.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop_showing(self) -> None:
        self._job = None
        clear_layout(self._work)

    def show_plan(self, plan: Staging | None) -> None:
        """Show a staging, the rows that need a decision first in the filter's order."""
        self.model.show(plan)
        self._fill_states()
        self.notes.setText(" ".join(str(each) for each in plan.notes) if plan else "")
        self.notes.setVisible(bool(plan and plan.notes))
        for part in (self.states, self.states_label, self.take_button):
            part.setVisible(plan is not None)
        self._over = False
        self._place()
        if plan is not None:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._context.notify.announce(self._sum())

    def _fill_states(self) -> None:
        plan, now = self.model.plan, self.states.currentData()
        counts = plan.counts() if plan else {}
        self.states.blockSignals(True)
        self.states.clear()
        self.states.addItem(_("all ({n})", n=len(plan.rows) if plan else 0), None)
        for state in State:
            if counts.get(state):
                self.states.addItem(f"{_(STATES[state][0])} ({counts[state]})", state.value)
        self.states.setCurrentIndex(max(self.states.findData(now), 0))
        self.states.blockSignals(False)

    def _sum(self) -> str:
        plan = self.model.plan
        counts = plan.counts() if plan else {}
        return ", ".join(str(tables_in.count_words(state, counts[state])) for state in State if counts.get(state))

    def _first(self) -> None:
        if self.model.shown:
            self.table.selectRow(0)
            self.table.setCurrentIndex(self.model.index(0, NAME))
        self._show(0 if self.model.shown else -1)

    def _show(self, number: int) -> None:
        shown = self.model.shown
        self.detail.show_row(shown[number] if 0 <= number < len(shown) else None)

    def _count(self) -> None:
        number = len(self.model.chosen())
        words = ngettext("&Load {n} row", "&Load {n} rows", number) if number else _("&Load the ticked rows")
        self.take_button.set_text(words)

    # -- deciding ----------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Tick the selected rows, or untick them when all are ticked (Space)."""
        numbers = self.table.selected()
        rows = [self.model.shown[number] for number in numbers]
        if not rows:
            return
        on = not all(self.model.is_ticked(row) for row in rows)
        before = len(self.model.chosen())
        self.model.tick(numbers, on=on)
        if len(self.model.chosen()) == before:
            self._context.notify.announce(_("This row cannot be loaded. {why}", why=self._why(rows[0])))
        else:
            self._context.notify.announce(_("ticked") if on else _("not ticked"))

    @staticmethod
    def _why(row: StagedRow) -> str:
        return str(row.reasons[0]) if row.reasons else _("Everything in this row is here already.")

    def look(self) -> None:
        """Go to the row's cells; where there is little room they take the table's place and give it back."""
        self._over = self._compact and not self._over
        self._place()
        back = self._compact and not self._over
        (self.table if back else self.detail.area).setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> None:
        """Write the ticked rows; nothing ticked is said."""
        chosen, plan = self.model.chosen(), self.model.plan
        if plan is None or self._job is not None:
            return
        if not chosen:
            words = _("Tick the rows to be loaded with the spacebar.")
            self._context.notify.banner("info", _("Nothing is ticked"), words, key="staging")
            return
        ws = self._context.ws

        def work(progress: Progress) -> Committed | None:
            return tables_in.apply(ws, plan, chosen, progress)

        self._start(_("Loading the table"), work, lambda done: self._taken(done, len(chosen)), writer=True)

    def _taken(self, done: Committed | None, count: int) -> None:
        left = (
            len([row for row in self.model.plan.rows if row.state is not State.SAME]) - count if self.model.plan else 0
        )
        title = ngettext("{n} row of the table was loaded", "{n} rows of the table were loaded", count)
        words = ngettext("{n} row was left out.", "{n} rows were left out.", left) if left > 0 else ""
        words = " ".join((words, _("One undo takes everything back."))).strip()
        self.model.show(None)
        self.closed.emit()
        if done is not None:
            self._context.notify.banner("ok", title, words, key="staging")
            self._context.notify.undo_bar(title + ".")

    def go_back(self) -> None:
        """Leave without writing anything."""
        if self._job is not None and not self._job.writer:
            self._job.cancel()
        self.model.show(None)
        self.closed.emit()

    # -- what the shell asks ------------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return _("Load from Excel")

    def first_focus(self) -> QWidget:
        """Where the focus goes when the page opens."""
        return self.table if self.model.plan is not None else self.back

    def help_topic(self) -> str:
        """Tables have a chapter of their own."""
        return "tables"

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        parts = (self.states, self.table, self.detail.area, self.take_button)
        return tuple(each for each in parts if each.isVisibleTo(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape goes back; Ctrl+Enter loads."""
        key, control = event.key(), event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_Escape and self._over:
            self.look()
        elif key == Qt.Key.Key_Escape:
            self.go_back()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and control:
            self.take()
        else:
            super().keyPressEvent(event)

    def relayout(self, logical_width: int) -> None:
        """Where there is little room the table keeps three columns and a row's cells take its place."""
        self._compact = logical_width < COMPACT
        self._over = self._over and self._compact
        self._place()
        self.restyle()

    def _place(self) -> None:
        there = self.model.plan is not None
        self.table.set_compact(compact=self._compact)
        self.table.setVisible(there and not (self._compact and self._over))
        self.detail.setVisible(there and (self._over or not self._compact))
        self.hint.setVisible(there and not self._compact)
        self.look_button.setVisible(there and self._compact)
        self.look_button.set_text(_("Back to the &table") if self._over else _("Row in &detail"))

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        theme = self._context.theme
        theme.frame_page(self._column)
        self._halves.setSpacing(theme.space(12))
        self.model.restyle()
        self.table.restyle()
        self.detail.restyle()

    def retranslate(self) -> None:
        """Make all words again."""
        self.back.set_text(_("&Back"))
        self.name.setText(
            _("Load from Excel: {file}", file=self._file.name) if self._file.name else _("Load from Excel")
        )
        self.states_label.setText(_("Sho&w rows:"))
        self.states.setAccessibleName(_("Rows shown"))
        self.hint.setText(_("Space – tick · Ctrl+A – all · Ctrl+Enter – load"))
        self.table.setAccessibleName(_("Rows of the table"))
        plan = self.model.plan
        self.notes.setText(" ".join(str(each) for each in plan.notes) if plan else "")
        self._fill_states()
        self._count()
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(HEADS) - 1)
        self.restyle()
