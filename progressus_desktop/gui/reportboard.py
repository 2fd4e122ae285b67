"""The front of the tester's page Reports: one month's report with its parts, what to mend, and how it will look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from progressus_desktop import clock
from progressus_desktop.domain import codelists
from progressus_desktop.domain import monthly_report as report
from progressus_desktop.domain.fields import Level
from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.mending import mend
from progressus_desktop.gui.pagepreview import PagePreview
from progressus_desktop.gui.parts import Button, Card, StateLine, prop, scrolled, text
from progressus_desktop.gui.periods import month_name
from progressus_desktop.gui.reportlacks import LackList
from progressus_desktop.gui.saving import ask_target, file_name
from progressus_desktop.gui.sectionlist import SectionList
from progressus_desktop.gui.soon import RereadPage
from progressus_desktop.gui.widths import COMPACT, ROOMY
from progressus_desktop.services import monthly, overview, report_parts
from progressus_desktop.services.report_parts import Looked
from progressus_desktop.services.report_readiness import PartState
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store import query
from progressus_desktop.words import _, language, ngettext

_MONTHS = 18
_FINAL = "final"
_KINDS = {
    report.DRAFT: "draft",
    report.READY: "ok",
    report.SENT: "sent",
    report.RETURNED: "warn",
    report.ACCEPTED: "ok",
}


class ReportBoard(RereadPage):
    """Stands where other record types have their list, with the same signals."""

    open_record = Signal(str, str)
    new_record = Signal()
    add_contact = Signal(str)
    history_asked = Signal(str)
    import_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._compact = False
        self.looked: Looked | None = None
        self._looked_at = ("", "")
        self.setObjectName("report_board")
        theme = context.theme
        self.name, self.state = text("", "h1"), StateLine(theme, "none", "")
        self.month, self.month_label = QComboBox(), text("", "label")
        self.month.setObjectName("report_month")
        self.month_label.setBuddy(self.month)
        self.others_button = Button(theme, "", "", "printer")
        self.parts = SectionList(theme)
        self.parts.setObjectName("report_parts")
        self.lacks = LackList(theme, rows=0)
        self.remarks = text("", "body", wrap=True)
        self.blocks = text("", "small", wrap=True)
        self.write_button = Button(theme, "", "", "pencil")
        self.save_button = Button(theme, "", "", "download")
        self.ready_button = Button(theme, "", "primary", "check")
        self.preview = PagePreview(context)
        self._middle, self._right = Card(theme), Card(theme)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        for name, button in (
            ("other_prints_button", self.others_button), ("write_report_button", self.write_button),
            ("save_report_button", self.save_button), ("report_ready_button", self.ready_button),
        ):  # fmt: skip
            button.setObjectName(name)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        body = QWidget()
        body.setProperty("k", "page")
        self._column = QVBoxLayout(body)
        outer.addWidget(scrolled("report_board_area", body))
        head = self._head = QHBoxLayout()
        head.addWidget(self.name, 1)
        for widget in (self.month_label, self.month, self.others_button):
            head.addWidget(widget)
        self._column.addLayout(head)
        self._column.addWidget(self.state)
        middle = self._middle.column
        middle.addWidget(self.remarks)
        middle.addWidget(self.lacks, 1)
        middle.addWidget(self.blocks)
        for button in (self.write_button, self.save_button, self.ready_button):
            middle.addWidget(button)
        self._right.column.addWidget(self.preview)
        self._halves = QHBoxLayout()
        self._halves.addWidget(self.parts)
        self._halves.addWidget(self._middle, 5)
        self._halves.addWidget(self._right, 6)
        self._column.addLayout(self._halves, 1)

    def _connect(self) -> None:
        self.month.activated.connect(lambda _row: self.read_again())
        self.parts.itemActivated.connect(lambda _item: self.write())
        self.lacks.asked.connect(lambda lack: mend(self._context, lack))
        self.others_button.clicked.connect(lambda: self._context.navigate("reports"))
        self.write_button.clicked.connect(self.write)
        self.ready_button.clicked.connect(self.hand_over)
        self.save_button.clicked.connect(self.save_pdf)
        self._context.bus.committed.connect(self._committed)
        self._context.theme.changed.connect(self.restyle)

    # -- which report --------------------------------------------------------------------------------------------

    def key(self) -> tuple[str, str]:
        """Period and kind of the report in sight."""
        chosen = str(self.month.currentData() or "")
        return ("", report.FINAL) if chosen == _FINAL else (chosen, report.MONTHLY)

    def choose(self, period: str) -> None:
        """Show the report of a month, or the final one."""
        at = self.month.findData(period or _FINAL)
        if at >= 0:
            self.month.setCurrentIndex(at)
            self.read_again()

    def current_id(self) -> str:
        """Id of the report in sight, empty while nobody began it."""
        return self.looked.record.id if self.looked is not None and self.looked.record is not None else ""

    def _months(self) -> list[str]:
        """This month and those before it, back to the beginning of the project."""
        day: date = clock.today(self._context.ws.clock)
        project = query.lookup(self._context.ws).project()
        first = str(project.get("testing_from") or project.get("date_from") or "")[:7]
        found = [f"{day:%Y-%m}"]
        while len(found) < _MONTHS and (not first or found[-1] > first):
            before = date.fromisoformat(f"{found[-1]}-01") - timedelta(days=1)
            found.append(f"{before:%Y-%m}")
        return found

    def _fill_months(self) -> None:
        chosen = self.month.currentData()
        states = overview.states_of(self._context.ws)
        with QSignalBlocker(self.month):
            self.month.clear()
            for each in self._months():
                state = states.get(each, "")
                name = month_name(int(each[:4]), int(each[5:]))
                self.month.addItem(f"{name} · {codelists.word('report_state', state)}" if state else name, each)
            self.month.addItem(_("Final report"), _FINAL)
            self.month.setCurrentIndex(max(0, self.month.findData(chosen)))

    # -- looking -------------------------------------------------------------------------------------------------

    def _committed(self, _done: Committed) -> None:
        self.read_soon()

    def read_again(self) -> None:
        """Count the report beside the work; the page stays as it is meanwhile."""
        key = self.key()
        if key != self._looked_at:
            self.looked, self._looked_at = None, key  # what is done from now on is about this one
        if not self.isVisible():
            return
        self._fill_months()
        context, lang = self._context, language()
        self.name.setText(monthly.title({"kind": key[1], "period": key[0]}))
        ws, record = context.ws, monthly.find(context.ws, *key)
        stands = monthly.standing(ws, record) if record is not None else monthly.Standing(report.DRAFT)

        def work(_progress: Progress) -> Looked:
            return report_parts.look_at(ws, record, stands, *key)

        def done(found: Looked) -> None:
            if key == self.key() and lang == language():
                self._show(found)

        context.jobs.start(self, _("Counting"), work, done, context.notify.error)
        self.preview.ask(key[1], Asked(month=key[0]), lang)

    def _show(self, found: Looked) -> None:
        self.looked = found
        record, stands = found.record, found.standing
        self.name.setText(monthly.title({"kind": self.key()[1], "period": self.key()[0]}))
        self._show_state()
        self.parts.show_rows([self._row(place, each) for place, each in enumerate(found.over.states, 1)])
        self.parts.mark(max(self.parts.currentRow(), 0))
        self.lacks.show_lacks(found.lacks)
        names = {section.name: section.label for section in report.ENTITY.sections}
        said = [f"{_(names[each.part])}: {each.text}" for each in stands.remarks]
        self.remarks.setText("\n".join([_("Remarks of the office"), *said]) if said else "")
        self.remarks.setVisible(bool(said))
        over = record is not None and record.entry != "draft"
        errors = self._errors()
        words = ngettext(
            "It can be handed over once {n} thing is mended.",
            "It can be handed over once {n} things are mended.",
            errors,
        )
        self.blocks.setText(
            words if errors else _("What is handed over never changes. Drafts are left out and counted.")
        )
        self.blocks.setVisible(not over)
        self.ready_button.set_text(_("&Correct it") if over else _("Mark as read&y"))
        self.ready_button.setEnabled(over or not errors)
        self.write_button.set_text(_("&Open the report") if over else _("&Write the report"))
        self.save_button.set_text(_("&Save PDF") if over else _("&Save working copy (PDF)"))

    def _show_state(self) -> None:
        found = self.looked
        if found is None:
            return
        parts = [found.standing.words]
        if found.standing.state in {report.DRAFT, report.RETURNED} and self.key()[0] and not found.standing.due:
            due = monthly.deadline(self._context.ws, self.key()[0])
            parts.append(_("due on {day}", day=f"{due:%d.%m.%Y}"))
        kind = "warn" if found.standing.since is not None else _KINDS[found.standing.state]
        self.state.show_state(kind, " · ".join(parts))

    def _errors(self) -> int:
        found = self.looked
        if found is None or found.record is None:
            return 1
        return sum(1 for each in found.record.problems if each.level is Level.ERROR)

    def _row(self, place: int, each: PartState) -> tuple[str, str, str]:
        section = next(section for section in report.ENTITY.sections if section.name == each.part)
        return f"{place}. {_(section.label)}", each.kind, each.words

    # -- what can be done -------------------------------------------------------------------------------------------

    def begin(self) -> str:
        """The id of the report in sight, begun now if nobody did; empty if that is not allowed."""
        period, kind = self.key()
        try:
            return self.current_id() or monthly.begin(self._context.ws, period, kind)
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return ""

    def write(self) -> None:
        """Open the form at the part chosen in the list."""
        record = self.begin()
        if record:
            at = max(self.parts.currentRow(), 0)
            self.open_record.emit(record, report.PARTS[at] if self.parts.hasFocus() else "")

    def hand_over(self) -> None:
        """Freeze the report in sight, or open it again for its next version."""
        looked, ws = self.looked, self._context.ws
        if looked is None or looked.record is None:
            return
        over = looked.record.entry != "draft"
        try:
            (monthly.amend if over else monthly.hand_over)(ws, looked.record.id)
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return
        said = (
            _("The report can be written again.") if over else _("Ready. It goes to the office with the next package.")
        )
        self._context.notify.announce(said)

    def save_pdf(self) -> None:
        """Ask for a place and write the report there."""
        from progressus_desktop.gui.printing import write_beside

        period, kind = self.key()
        record = self.looked.record if self.looked is not None else None
        stem = _("monthly report {code}", code=record.code if record is not None else period)
        asked = Asked(month=period)
        ask_target(
            self, self.name.text(), file_name(stem, ".pdf"), _("PDF files (*.pdf)"),
            lambda target: write_beside(self._context, kind, asked, target),
        )  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter on a part opens the form there."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.parts.hasFocus():
            self.write()
        else:
            super().keyPressEvent(event)

    # -- as a page ----------------------------------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return _("Reports")

    def first_focus(self) -> QWidget:
        """Where the focus goes when the page opens."""
        return self.parts

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        return self.parts, self.ready_button if self.ready_button.isEnabled() else self.write_button, self.month

    def actions_here(self) -> Mapping[str, Any]:
        """What menus and shortcuts may ask of this page."""
        here: dict[str, Any] = {"new": self.write, "print": self.save_pdf, "export": self.save_pdf}
        if self.current_id():
            here |= {"open": self.write, "history": lambda: self.history_asked.emit(self.current_id())}
        return here

    def show_at(self, _record_id: str) -> None:
        """Come back from the form."""
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def neighbour(self, _record_id: str, _step: int) -> str:
        """Reports are chosen by their month."""
        return ""

    def relayout(self, logical_width: int) -> None:
        """The preview goes where there is little room, then everything stands below each other."""
        self._compact = logical_width < COMPACT
        ways = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(ways[self._compact])
        self._head.setDirection(ways[self._compact])
        self.parts.set_compact(self._compact)
        self._right.setVisible(logical_width >= ROOMY)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes and colours from the theme again."""
        theme = self._context.theme
        side = theme.space(14 if self._compact else 20)
        prop(self.name, "t", "h2" if self._compact else "h1")
        self._column.setContentsMargins(side, theme.space(10), side, theme.space(8))
        self._column.setSpacing(theme.space(8))
        self._head.setSpacing(theme.space(8))
        self._halves.setSpacing(theme.space(12))
        self.parts.set_compact(self._compact)
        self.preview.restyle()
        self.lacks.area.setMinimumHeight(theme.px(150) if self._compact else 0)

    def retranslate(self) -> None:
        """Make all words again."""
        self._fill_months()
        self.month_label.setText(_("&Month"))
        self.others_button.set_text(_("Other &documents"))
        self.parts.setAccessibleName(_("Sections"))
        self.parts.setAccessibleDescription(_("Enter opens the section."))
        self.lacks.retranslate()
        self.preview.retranslate()
        if self.looked is not None:
            self._show(self.looked)
            self.soon.start()
        else:
            self.name.setText(_("Reports"))
            for button, words in (
                (self.write_button, _("&Write the report")), (self.save_button, _("&Save working copy (PDF)")),
                (self.ready_button, _("Mark as read&y")),
            ):  # fmt: skip
                button.set_text(words)
