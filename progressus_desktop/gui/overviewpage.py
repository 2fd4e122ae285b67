"""The office's overview: testers by months, indicators against targets, what waits (picture 15)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from progressus_desktop import clock
from progressus_desktop.domain import monthly_report as report
from progressus_desktop.domain.records import Committed
from progressus_desktop.domain.sorting import fold
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.indicatorcard import IndicatorCard
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.parts import Button, Card, prop, scrolled, speak_for, text
from progressus_desktop.gui.periods import month_name, months_name
from progressus_desktop.gui.printing import say_saved, write_beside
from progressus_desktop.gui.saving import ask_target, file_name
from progressus_desktop.gui.soon import RereadPage
from progressus_desktop.gui.testergrid import TesterGrid
from progressus_desktop.gui.widths import COMPACT
from progressus_desktop.services import overview
from progressus_desktop.services.overview import MISSING, Overview, Tester
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.words import _, ngettext

_HALVES = 4
_FOLLOWED = frozenset({"monthly_report", "event", "partner", "project", "indicator"})
_ALL, _GAPS, _RETURNED, _WAITING = "all", "gaps", "returned", "waiting"


class OverviewPage(RereadPage):
    """Counted in SQL when it is shown and after commits; the indicators beside the work."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._compact = False
        self.found: Overview | None = None
        self.setObjectName("overview_page")
        theme = context.theme
        self.name, self.subtitle = text("", "h1"), text("", "muted", wrap=True)
        self.task_button, self.summary_button = Button(theme, "", "", "list-checks"), Button(theme, "", "", "download")
        self.table_button = Button(theme, "", "", "file-spreadsheet")
        self.table_button.setObjectName("overview_table_button")
        self.task_button.setObjectName("new_tester_task_button")
        self.summary_button.setObjectName("office_summary_button")
        self.filter, self.region, self.which, self.span = QLineEdit(), QComboBox(), QComboBox(), QComboBox()
        for name, widget in (
            ("tester_filter", self.filter), ("tester_region", self.region), ("tester_which", self.which),
            ("overview_span", self.span),
        ):  # fmt: skip
            widget.setObjectName(name)
        self.grid = TesterGrid(theme)
        self.legend, self.shown_number = text("", "small", wrap=True), text("", "small")
        self.indicators = IndicatorCard(context)
        self.waits = Card(theme)
        self.waits_head, self.waits_words = text("", "h2"), text("", "body", wrap=True)
        self.reports_button = Button(theme, "", "", "file-text")
        self.packages_button = Button(theme, "", "primary", "inbox")
        self.reports_button.setObjectName("waiting_reports_button")
        self.packages_button.setObjectName("read_packages_button")
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        body = QWidget()
        body.setProperty("k", "page")
        self._column = QVBoxLayout(body)
        outer.addWidget(scrolled("overview_area", body))
        head = self._head = QHBoxLayout()
        names = QVBoxLayout()
        names.addWidget(self.name)
        names.addWidget(self.subtitle)
        head.addLayout(names, 1)
        for button in (self.task_button, self.summary_button, self.table_button):
            head.addWidget(button)
        self._column.addLayout(head)
        left = self._left = QVBoxLayout()
        filters = self._filters = QHBoxLayout()
        for widget, share in ((self.filter, 3), (self.region, 5), (self.which, 4), (self.span, 5)):
            filters.addWidget(widget, share)
        left.addLayout(filters)
        left.addWidget(self.grid, 1)
        below = QHBoxLayout()
        below.addWidget(self.legend, 1)
        below.addWidget(self.shown_number)
        left.addLayout(below)
        right = self._right = QVBoxLayout()
        right.addWidget(self.indicators, 1)
        for each in (self.waits_head, self.waits_words, self.reports_button, self.packages_button):
            self.waits.column.addWidget(each)
        right.addWidget(self.waits)
        self._halves = QHBoxLayout()
        self._halves.addLayout(left, 7)
        self._halves.addLayout(right, 3)
        self._column.addLayout(self._halves, 1)

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda _words: self._show())
        for box in (self.region, self.which):
            box.activated.connect(lambda _row: self._show())
        self.span.activated.connect(lambda _row: self.read())
        self.grid.opened.connect(self.open_cell)
        self.task_button.clicked.connect(lambda: self._context.navigate("task", ""))
        self.summary_button.clicked.connect(self.save_summary)
        self.table_button.clicked.connect(self.save_table)
        self.reports_button.clicked.connect(lambda: self._context.navigate("review"))
        self.packages_button.clicked.connect(lambda: self._context.navigate("packages"))
        self._context.bus.committed.connect(self._committed)
        self._context.theme.changed.connect(self.restyle)

    # -- reading ------------------------------------------------------------------------------------------------

    def _committed(self, done: Committed) -> None:
        if any(entity in _FOLLOWED for entity, _id in done.records):
            self.read_soon()

    def read_again(self) -> None:
        """The grid, what waits and the indicators."""
        self.read()
        self.indicators.refresh()

    def read(self) -> None:
        """Count testers by months; a few statements of SQL."""
        ws = self._context.ws
        with ws.reading() as connection:
            self.found = overview.read(ws, connection, str(self.span.currentData() or ""))
            waiting = overview.waiting(connection)
        words = ngettext("{n} report waits for a decision", "{n} reports wait for a decision", waiting)
        self.waits_words.setText(words if waiting else _("No report waits for a decision."))
        self._fill_regions()
        self._show()

    def chosen(self) -> list[Tester]:
        """The testers that the filters let through."""
        found = self.found
        if found is None:
            return []
        words, region, which = fold(self.filter.text()), self.region.currentData(), self.which.currentData()
        tests: dict[str, Callable[[Tester], bool]] = {
            _GAPS: lambda each: bool(each.gaps),
            _RETURNED: lambda each: any(cell.state == report.RETURNED for cell in each.cells),
            _WAITING: lambda each: any(cell.state == report.SENT for cell in each.cells),
        }
        test = tests.get(str(which), _any)
        return [
            each
            for each in found.testers
            if words in fold(f"{each.name} {each.locality}")
            and (not region or each.voivodeship == region)
            and test(each)
        ]

    def _show(self) -> None:
        found = self.found
        if found is None:
            return
        chosen = self.chosen()
        self.grid.show_testers(found.months, chosen)
        number = ngettext("{n} tester", "{n} testers", len(chosen))
        self.shown_number.setText(_("{shown} of {all}", shown=number, all=len(found.testers)))
        month = found.months[-2]
        name = month_name(int(month[:4]), int(month[5:]))
        self.subtitle.setText(
            _(
                "Reports for {month}: {accepted} accepted, {waiting} to review, {returned} returned, {missing} missing",
                month=name,
                accepted=found.count(month, report.ACCEPTED),
                waiting=found.count(month, report.SENT),
                returned=found.count(month, report.RETURNED),
                missing=found.count(month, MISSING),
            )
        )
        due = f"{found.due:%d.%m.%Y}"
        self.legend.setText(_("A number: accepted, so many events. Next due on {due}.", due=due))

    def _fill_regions(self) -> None:
        if self.found is None:
            return
        chosen = self.region.currentData()
        with QSignalBlocker(self.region):
            self.region.clear()
            self.region.addItem(_("Voivodeship: all"), "")
            for code, name in overview.voivodeships(self.found).items():
                self.region.addItem(name, code)
            self.region.setCurrentIndex(max(0, self.region.findData(chosen)))

    # -- doing --------------------------------------------------------------------------------------------------

    def open_cell(self, tester: str, record: str) -> None:
        """Open the report of a month, or the tester where none came."""
        if record:
            self._context.navigate("review", record)
        else:
            self._context.navigate("testers", tester)

    def save_summary(self) -> None:
        """Ask for a place and write the office summary there."""
        name = file_name(_("office summary {code}", code=self.found.months[-1] if self.found else "").strip(), ".pdf")
        ask_target(self, _("Office summary"), name, _("PDF files (*.pdf)"), self._write)

    def _write(self, target: Path) -> None:
        write_beside(self._context, "office-summary", Asked(), target)

    def save_table(self) -> None:
        """Ask for a place and write there as a workbook what is shown."""
        if self.found is not None:
            name = file_name(_("overview {code}", code=self.found.months[-1]), ".xlsx")
            ask_target(self, _("Save to Excel"), name, _("Excel workbook (*.xlsx)"), self._write_table)

    def _write_table(self, target: Path) -> None:
        context, found, chosen = self._context, self.found, self.chosen()
        if found is None:
            return

        def work(_progress: Progress) -> Path:
            from progressus_desktop.services import overview_out

            return overview_out.export(context.ws, found.months, chosen, target)

        done = partial(say_saved, context)
        context.jobs.start(context.bus, _("Saving the table"), work, done, context.notify.error)

    # -- as a page ----------------------------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return _("Overview")

    def first_focus(self) -> QWidget:
        """Where the focus goes when the page opens."""
        return self.grid

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        return self.filter, self.grid, self.packages_button

    def actions_here(self) -> Mapping[str, object]:
        """What menus and shortcuts may ask of this page."""
        return {"print": self.save_summary, "export": self.save_table}

    def relayout(self, logical_width: int) -> None:
        """The cards below the table where there is little room."""
        self._compact = logical_width < COMPACT
        ways = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for row in (self._halves, self._filters, self._head):
            row.setDirection(ways[self._compact])
        self.grid.set_compact(self._compact)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes and colours from the theme again."""
        theme = self._context.theme
        side = theme.space(14 if self._compact else 20)
        prop(self.name, "t", "h2" if self._compact else "h1")
        self._column.setContentsMargins(side, theme.space(10), side, theme.space(8))
        self._column.setSpacing(theme.space(8))
        for layout in (self._head, self._filters, self._left, self._right):
            layout.setSpacing(theme.space(8))
        self._halves.setSpacing(theme.space(12))
        self.grid.restyle()
        self.grid.setMinimumHeight(theme.px(250) if self._compact else 0)
        self.indicators.setMinimumHeight(theme.px(260) if self._compact else 0)
        self._show()

    def retranslate(self) -> None:
        """Make all words again."""
        self.name.setText(_("Overview"))
        self.task_button.set_text(_("New tas&k for testers"))
        self.summary_button.set_text(_("Office &summary (PDF)"))
        self.table_button.set_text(_("Save to Exce&l"))
        self.filter.setPlaceholderText(_("Filter testers"))
        self.filter.setAccessibleName(_("Filter testers"))
        speak_for(self.region, _("Voivodeship"))
        speak_for(self.which, _("Which testers"))
        speak_for(self.span, _("Months"))
        which, span = self.which.currentData(), self.span.currentData()
        with QSignalBlocker(self.which), QSignalBlocker(self.span):
            self.which.clear()
            for key, words in (
                (_ALL, _("Show: all")), (_GAPS, _("Show: with a gap")), (_RETURNED, _("Show: returned")),
                (_WAITING, _("Show: to review")),
            ):  # fmt: skip
                self.which.addItem(words, key)
            self.which.setCurrentIndex(max(0, self.which.findData(which)))
            self.span.clear()
            last = f"{clock.today(self._context.ws.clock):%Y-%m}"
            for _half in range(_HALVES):
                months = overview.months_to(last)
                self.span.addItem(months_name(months[0], months[-1]), last)
                last = overview.months_to(months[0], 2)[0]
            self.span.setCurrentIndex(max(0, self.span.findData(span)))
        self.waits_head.setText(_("What waits"))
        self.reports_button.set_text(_("Review rep&orts"))
        self.packages_button.set_text(_("Read &packages"))
        self._fill_regions()
        self.grid.retranslate()
        self.indicators.retranslate()
        self._show()


def _any(_tester: Tester) -> bool:
    return True
