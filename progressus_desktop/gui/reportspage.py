"""Reports as PDF: the monthly report, and the card and attendance sheet of an event."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from progressus_desktop.clock import today
from progressus_desktop.domain.catalog import entity
from progressus_desktop.domain.records import Committed
from progressus_desktop.gui.columns import columns_of
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.filterbar import FilterBar
from progressus_desktop.gui.jobs import Job, Progress
from progressus_desktop.gui.listpage import COMPACT
from progressus_desktop.gui.listsource import ListSource
from progressus_desktop.gui.parts import Button, Card, text
from progressus_desktop.gui.periods import before, month_name
from progressus_desktop.gui.saving import ask_target, file_name, open_file
from progressus_desktop.gui.tables import RowModel
from progressus_desktop.gui.tableview import ListTable
from progressus_desktop.store import query
from progressus_desktop.words import LANGUAGES, N_, _

MONTHS = 18
_LANGUAGES = {"pl": N_("Polish"), "en": N_("English")}
_KEY = "report-saved"
_WIDE = 1400


class ReportsPage(QWidget):
    """Left the monthly report and how to print, right the events for card and sheet."""

    left = Signal()
    """A report begins: drafts must be committed first (the shell ends the visit)."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setObjectName("reports_page")
        self.job: Job | None = None
        self._build()
        self._connect()
        self.retranslate()
        self.refilter()

    def _build(self) -> None:
        theme = self._context.theme
        self.name = text("", "h1")
        self.month = QComboBox()
        self.month.setObjectName("report_month")
        self.month_label = QLabel()
        self.month_label.setBuddy(self.month)
        self.month_button = Button(theme, "", "primary", "download")
        self.month_button.setObjectName("monthly_pdf_button")
        self.language = QComboBox()
        self.language.setObjectName("report_language")
        self.language_label = QLabel()
        self.language_label.setBuddy(self.language)
        self.large = QCheckBox()
        self.large.setObjectName("report_large_print")
        self._monthly, self._how, self._events = Card(theme), Card(theme), Card(theme)
        self._monthly_title, self._how_title, self._events_title = text("", "h2"), text("", "h2"), text("", "h2")
        self._monthly_words, self._events_words = text("", wrap=True), text("", wrap=True)
        monthly: tuple[QWidget, ...] = (
            self._monthly_title,
            self._monthly_words,
            self.month_label,
            self.month,
            self.month_button,
        )
        how: tuple[QWidget, ...] = (self._how_title, self.language_label, self.language, self.large)
        for part in monthly:
            self._monthly.column.addWidget(part)
        for part in how:
            self._how.column.addWidget(part)
        self._build_events()
        self._lay_out()

    def _build_events(self) -> None:
        theme, context = self._context.theme, self._context
        self.filters = FilterBar(theme, "event", lambda: today(context.ws.clock))
        self.model = RowModel(columns_of(entity("event"), lambda: today(context.ws.clock)), self)
        self.table = ListTable(theme, self.model)
        self.table.setObjectName("report_events_table")
        frame = QFrame()
        frame.setProperty("k", "table")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        self.card_button = Button(theme, "", "", "file-text")
        self.card_button.setObjectName("event_card_pdf_button")
        self.sheet_button = Button(theme, "", "", "printer")
        self.sheet_button.setObjectName("sheet_pdf_button")
        buttons = self._buttons = QHBoxLayout()
        buttons.addWidget(self.card_button)
        buttons.addWidget(self.sheet_button)
        buttons.addStretch(1)
        shown: tuple[QWidget, ...] = (self._events_title, self._events_words, self.filters)
        for part in shown:
            self._events.column.addWidget(part)
        self._events.column.addWidget(frame, 1)
        self._events.column.addLayout(buttons)

    def _lay_out(self) -> None:
        side = QWidget()
        left = self._left_column = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self._monthly)
        left.addWidget(self._how)
        left.addStretch(1)
        self._side = QScrollArea()
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        self._side.setWidgetResizable(True)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._side.setWidget(side)
        self._halves = QHBoxLayout()
        self._halves.addWidget(self._side, 2)
        self._halves.addWidget(self._events, 5)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.name)
        self._column.addLayout(self._halves, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self.refilter)
        self.table.order_asked.connect(self.sort_by)
        self.table.opened.connect(lambda _id: self.save_card())
        self.table.find_letters = self._find
        self.month_button.clicked.connect(self.save_month)
        self.card_button.clicked.connect(self.save_card)
        self.sheet_button.clicked.connect(self.save_sheet)
        self._context.bus.committed.connect(self._committed)
        self._context.theme.changed.connect(self.restyle)
        self._order = "-date"

    # -- events -----------------------------------------------------------------------------------------

    def refilter(self) -> None:
        """Show the events the filters ask for."""
        self._source = ListSource(self._context.ws, "event", self.filters.wanted(), self._order)
        self.model.show(self._source, self._order)
        if not self.model.exact:
            self.model.counted(query.total(self._context.ws, "event", self._source.view))
        self.table.keep_place()
        self.table.size_columns()
        some = self.model.rowCount() > 0
        self.card_button.setEnabled(some)
        self.sheet_button.setEnabled(some)

    def _find(self, letters: str) -> str:
        return self._source.first_with(letters)

    def sort_by(self, order: str) -> None:
        """Order the events by a column."""
        self._order = order
        self.refilter()

    def _committed(self, done: Committed) -> None:
        if any(name in {"event", "partner"} for name, _id in done.records):
            self.refilter()

    # -- saving -----------------------------------------------------------------------------------------

    def save_month(self) -> None:
        """Save the monthly report of the chosen month."""
        month = str(self.month.currentData())
        name = file_name(_("monthly report {month}", month=month), ".pdf")
        self._ask(name, lambda target: self.export("monthly", target, month=month))

    def save_card(self) -> None:
        """Save the card of the chosen event."""
        self._save_event("event-card", N_("event card {code}"))

    def save_sheet(self) -> None:
        """Save the attendance sheet of the chosen event."""
        self._save_event("attendance-sheet", N_("attendance sheet {code}"))

    def _save_event(self, kind: str, stem: str) -> None:
        record = query.get(self._context.ws, "event", self.table.record_id())
        if record is None:
            self._context.notify.banner("info", _("Choose an event first"), "", key=_KEY)
            return
        name = file_name(_(stem, code=record.code), ".pdf")
        self._ask(name, lambda target: self.export(kind, target, record_id=record.id))

    def _ask(self, name: str, chosen: Callable[[Path], object]) -> None:
        self.left.emit()
        ask_target(self, _("Save as PDF"), name, _("PDF files (*.pdf)"), chosen)

    def export(self, kind: str, target: Path, *, record_id: str = "", month: str = "") -> Job:
        """Write the report beside the work; a banner with *Open* tells when it is there."""
        from progressus_desktop.services import reporting

        context, language = self._context, str(self.language.currentData() or "")
        large = self.large.isChecked()

        def work(_progress: Progress) -> Path:
            return reporting.export(
                context.ws, kind, target, record_id=record_id, month=month, lang=language, large_print=large
            )

        self.job = context.jobs.start(self, _("Saving a report"), work, self._saved, context.notify.error)
        return self.job

    def _saved(self, target: Path) -> None:
        title = _("Saved {name}", name=target.name)
        self._context.notify.banner("ok", title, str(target.parent), _("Open"), lambda: open_file(target), _KEY)

    # -- what the shell asks -------------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return _("Reports")

    def first_focus(self) -> QWidget:
        """Where the focus goes when the page opens."""
        return self.month

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        return self.month, self.filters.text, self.table

    def relayout(self, logical_width: int) -> None:
        """Where there is little room the events stand below the monthly report."""
        compact = logical_width < COMPACT
        self._halves.setDirection(QHBoxLayout.Direction.TopToBottom if compact else QHBoxLayout.Direction.LeftToRight)
        self.filters.set_compact(logical_width < _WIDE)
        for number, column in enumerate(self.model.columns):
            self.table.setColumnHidden(number, not column.in_compact and (compact or column.name == "place"))
        self.restyle()

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        theme = self._context.theme
        side = theme.space(20)
        self._column.setContentsMargins(side, theme.space(12), side, theme.space(12))
        self._column.setSpacing(theme.space(10))
        self._halves.setSpacing(theme.space(12))
        self._left_column.setSpacing(theme.space(12))
        self.filters.restyle()
        self.table.restyle()

    def retranslate(self) -> None:
        """Make all words again, keeping what is chosen."""
        self.name.setText(_("Reports"))
        self._monthly_title.setText(_("Monthly report"))
        self._monthly_words.setText(_("Events, contacts and partners of one month with the four topics."))
        self.month_label.setText(_("&Month"))
        self.month_button.set_text(_("&Save monthly report (PDF)"))
        self._how_title.setText(_("How it is printed"))
        self.language_label.setText(_("Langua&ge of the print"))
        self.large.setText(_("&Large print"))
        self._events_title.setText(_("Event card and attendance sheet"))
        self._events_words.setText(_("Choose an event, then what to save."))
        self.card_button.set_text(_("Event &card (PDF)"))
        self.sheet_button.set_text(_("&Attendance sheet (PDF)"))
        self.table.setAccessibleName(_("Events to print"))
        self.table.setAccessibleDescription(_("Enter saves the event card."))
        self._fill()
        self.filters.retranslate()
        self.model.words_changed()
        self.restyle()

    def _fill(self) -> None:
        chosen = self.month.currentData(), self.language.currentData()
        now = today(self._context.ws.clock)
        self.month.clear()
        for ago in range(MONTHS):
            year, month = before(now.year, now.month, ago)
            self.month.addItem(month_name(year, month), f"{year}-{month:02d}")
        self.language.clear()
        for code in LANGUAGES:
            self.language.addItem(_(_LANGUAGES[code]), code)
        self.month.setCurrentIndex(max(0, self.month.findData(chosen[0])))
        self.language.setCurrentIndex(max(0, self.language.findData(chosen[1])))
