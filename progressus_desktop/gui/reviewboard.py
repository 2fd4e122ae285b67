"""The office reviews one report: its frozen parts, a remark to each, accept or return (picture 26)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from progressus_desktop.clock import local
from progressus_desktop.domain import monthly_report as report
from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui import passages
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.facts import day_words
from progressus_desktop.gui.formhead import ElidedLabel
from progressus_desktop.gui.parts import Button, Card, StateLine, prop, scrolled, swap_body, text
from progressus_desktop.gui.reviewdecision import DecisionCard
from progressus_desktop.gui.saving import ask_target, file_name
from progressus_desktop.gui.sectionlist import SectionList
from progressus_desktop.gui.widths import COMPACT
from progressus_desktop.services import monthly, permission, reviewing
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.services.reviewing import Part, Review
from progressus_desktop.store import query
from progressus_desktop.words import _, ngettext

_REMARK_LINES = 2


class ReviewBoard(QWidget):
    """One version of one report; remarks are kept when their field is left."""

    closed = Signal()
    history_asked = Signal(str, str)
    task_asked = Signal(str, str, object)
    """A new task about a remark: type, id (empty), preset values."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._compact = self._both = False
        self._record = ""
        self._at = 0
        self._saved = ""
        self.shown: Review | None = None
        self.setObjectName("review_board")
        self._make()
        self._build()
        self._connect()
        self.retranslate()

    def _make(self) -> None:
        theme = self._context.theme
        self.back, self.name = Button(theme, "", "ghost", "arrow-left"), ElidedLabel("h1")
        self.history, self.pdf = Button(theme, "", "", "history"), Button(theme, "", "", "download")
        self.state = StateLine(theme, "none", "")
        self.parts = SectionList(theme)
        self.parts.setObjectName("review_parts")
        self._middle, self.decision = Card(theme), DecisionCard(self._context)
        self.part_name, self.frozen_at = text("", "h2"), text("", "small", wrap=True)
        self.frozen_at.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.area = scrolled("review_area")
        self.area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # it scrolls inside
        self.remark, self.remark_label = QPlainTextEdit(), text("", "label")
        self.remark.setObjectName("review_remark")
        self.remark.setTabChangesFocus(True)
        self.remark.installEventFilter(self)
        self.remark_label.setBuddy(self.remark)
        self.remark_hint, self.earlier = text("", "small", wrap=True), text("", "muted", wrap=True)
        self.fine = Button(theme, "", "", "check")
        self.task = Button(theme, "", "", "list-checks")
        self.previous, self.next = Button(theme, "", "", "arrow-left"), Button(theme, "", "", "arrow-right", after=True)
        for name, button in (
            ("review_back_button", self.back), ("history_button", self.history), ("review_pdf_button", self.pdf),
            ("review_fine_button", self.fine), ("review_task_button", self.task),
            ("previous_part_button", self.previous), ("next_part_button", self.next),
        ):  # fmt: skip
            button.setObjectName(name)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        body = QWidget()
        body.setProperty("k", "page")
        self._column = QVBoxLayout(body)
        outer.addWidget(scrolled("review_board_area", body))
        head = self._head = QHBoxLayout()
        head.addWidget(self.back)
        head.addWidget(self.name, 1)
        head.addWidget(self.history)
        head.addWidget(self.pdf)
        self._column.addLayout(head)
        self._column.addWidget(self.state)
        inside = self._middle.column
        top = QHBoxLayout()
        top.addWidget(self.part_name)
        top.addWidget(self.frozen_at, 1)
        inside.addLayout(top)
        inside.addWidget(self.area, 1)
        rule = QFrame()
        rule.setProperty("k", "rule")
        for widget in (rule, self.remark_label, self.remark_hint, self.remark):
            inside.addWidget(widget)
        acts = self._acts = QHBoxLayout()
        acts.addWidget(self.fine)
        acts.addWidget(self.task)
        acts.addStretch(1)
        inside.addLayout(acts)
        inside.addWidget(self.earlier)
        ways = self._ways = QHBoxLayout()
        ways.addWidget(self.previous)
        ways.addStretch(1)
        ways.addWidget(self.next)
        inside.addLayout(ways)
        self._halves = QHBoxLayout()
        self._halves.addWidget(self.parts)
        self._halves.addWidget(self._middle, 5)
        self._halves.addWidget(self.decision, 2)
        self._column.addLayout(self._halves, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.close_review)
        self.history.clicked.connect(self._ask_history)
        self.pdf.clicked.connect(self.save_pdf)
        self.parts.chosen.connect(self.show_part)
        self.fine.clicked.connect(self.nothing_to_remark)
        self.task.clicked.connect(self._new_task)
        self.previous.clicked.connect(lambda: self.show_part(self._at - 1))
        self.next.clicked.connect(lambda: self.show_part(self._at + 1))
        self.decision.decided.connect(self.decide)
        self._context.bus.committed.connect(self._committed)
        self._context.theme.changed.connect(self.restyle)

    # -- showing --------------------------------------------------------------------------------------------------

    def open(self, record_id: str) -> None:
        """Show the newest version of a report, at the first part nobody looked at yet."""
        self._record, self._saved, self._both = record_id, "", False
        self._read()
        parts = self.shown.parts if self.shown is not None else ()
        self._at = next((n for n, part in enumerate(parts) if part.review == reviewing.NOT_SEEN), 0)
        self._show()

    def record_id(self) -> str:
        """The report in sight."""
        return self._record

    def _read(self) -> None:
        record = query.get(self._context.ws, monthly.NAME, self._record)
        self.shown = None
        if record is None:
            return
        try:
            self.shown = reviewing.review_of(self._context.ws, record)
        except ProgressusError as failure:
            self._context.notify.error(failure)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """A newer version may have come while another page was in sight."""
        super().showEvent(event)
        record = query.get(self._context.ws, monthly.NAME, self._record) if self.shown is not None else None
        if record is not None and self.shown is not None and report.newest(record.fields) != self.shown.number:
            self.open(self._record)

    def _committed(self, done: Committed) -> None:
        if self.isVisible() and (monthly.NAME, self._record) in done.records:
            typed = self.remark.toPlainText() if self.remark.hasFocus() else None
            self._read()
            self._show()
            if typed is not None:
                self._put(typed)

    @property
    def part(self) -> Part | None:
        """The part in sight."""
        return self.shown.parts[self._at] if self.shown is not None else None

    def _show(self) -> None:
        shown, ws = self.shown, self._context.ws
        record = query.get(ws, monthly.NAME, self._record)
        for widget in (self._middle, self.decision, self.parts, self.pdf):
            widget.setEnabled(shown is not None)
        if record is None or shown is None or self.part is None:
            self.state.show_state("warn", _("The file of this version has not arrived yet."))
            return
        self.name.show_text(reviewing.title(ws, record))
        stands = monthly.standing(ws, record)
        parts = [stands.words, *([_("Remarks saved at {time}", time=self._saved)] if self._saved else [])]
        self.state.show_state("sent" if stands.state == report.SENT else "info", " · ".join(parts))
        self.parts.show_rows([self._row(n, each) for n, each in enumerate(shown.parts)])
        self.parts.mark(self._at)
        self._show_part(self.part, shown)
        self._show_decision(shown, stands)

    def _label(self, at: int) -> str:
        return f"{at + 1}. {_(report.ENTITY.sections[at].label)}"

    def _row(self, at: int, part: Part) -> tuple[str, str, str]:
        kind, words = {
            report.REMARK: ("warn", ngettext("{n} remark", "{n} remarks", 1)),
            report.NO_REMARK: ("ok", _("No remarks")),
        }.get(part.review, ("none", _("Not looked at")))
        return self._label(at), kind, words

    def _show_part(self, part: Part, shown: Review) -> None:
        theme, sections = self._context.theme, report.ENTITY.sections
        self.part_name.setText(self._label(self._at))
        self.frozen_at.setText(_("Frozen on {day}", day=day_words(shown.frozen.data["at"][:10])))
        swap_body(self.area, passages.sheet(theme, part, shown.number, self._turn_both, both=self._both))
        self._put(part.remark)
        self.earlier.setText(_("Remark to version {number}: “{text}”", number=shown.number - 1, text=part.earlier))
        self.earlier.setVisible(bool(part.earlier))
        self.previous.setEnabled(self._at > 0)
        self.next.setEnabled(self._at + 1 < len(sections))
        for button, at, words in (
            (self.previous, max(self._at - 1, 0), _("Previous section: {name}")),
            (self.next, min(self._at + 1, len(sections) - 1), _("Next section: {name}")),
        ):
            button.set_text(_(sections[at].label))
            button.setAccessibleName(words.format(name=_(sections[at].label)))

    def _put(self, words: str) -> None:
        self.remark.blockSignals(True)
        self.remark.setPlainText(words)
        self.remark.blockSignals(False)

    def _turn_both(self) -> None:
        self._both = not self._both
        self._show()

    def _show_decision(self, shown: Review, stands: monthly.Standing) -> None:
        may = permission.Permission(self._context.ws).decides(report.ENTITY)
        done = stands.state == report.ACCEPTED
        for widget in (self.remark, self.fine):
            widget.setEnabled(may and not done)
        self.task.setEnabled(may)
        self.decision.show_review(shown, stands, may=may)

    # -- reviewing ------------------------------------------------------------------------------------------------

    def show_part(self, at: int) -> None:
        """Keep the remark and go to another part."""
        if self.shown is None or not 0 <= at < len(self.shown.parts):
            return
        self.keep()
        self._at, self._both = at, False
        self._show()

    def keep(self) -> None:
        """Keep what was written about the part in sight."""
        part, words = self.part, self.remark.toPlainText().strip()
        if part is not None and words != part.remark:
            self._review(part.name, words or None)

    def nothing_to_remark(self) -> None:
        """Note that there is nothing to remark, and go on to the next part nobody looked at."""
        part = self.part
        if part is None:
            return
        self._put("")
        self._review(part.name, "")
        parts = self.shown.parts if self.shown is not None else ()
        order = [*range(self._at + 1, len(parts)), *range(self._at)]
        following = next((n for n in order if parts[n].review == reviewing.NOT_SEEN), self._at)
        self._at, self._both = following, False
        self._show()
        self.fine.setFocus(Qt.FocusReason.OtherFocusReason)

    def _review(self, part: str, words: str | None) -> None:
        if self.shown is None:
            return
        ws = self._context.ws
        try:
            monthly.review(ws, self._record, self.shown.number, part, words)
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return
        self._saved = f"{local(ws.clock.now_ms()):%H:%M}"
        self._read()

    def decide(self, decision: str) -> None:
        """Accept or return the version in sight."""
        self.keep()
        if self.shown is None:
            return
        try:
            monthly.decide(self._context.ws, self._record, self.shown.number, decision)
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return
        self._read()
        self._show()
        accepted = decision == report.ACCEPTED
        said = _("Accepted.") if accepted else _("Returned. The remarks go with the next package.")
        self._context.notify.announce(said)

    def _new_task(self) -> None:
        self.keep()
        words = self.remark.toPlainText().strip()
        self.task_asked.emit(
            "task", "", {"record": self._record, "origin": "office", **({"what": words} if words else {})}
        )

    def _ask_history(self) -> None:
        self.keep()
        self.history_asked.emit(monthly.NAME, self._record)

    def save_pdf(self) -> None:
        """Ask for a place and write the version in sight there."""
        from progressus_desktop.gui.printing import write_beside

        if self.shown is None:
            return
        record = self.shown.record
        name = file_name(_("monthly report {code}", code=record.code or record.id), ".pdf")
        asked = Asked(self._record, version=self.shown.number)
        kind = str(record.fields.get("kind") or report.MONTHLY)
        ask_target(
            self, _("Monthly report"), name, _("PDF files (*.pdf)"),
            lambda target: write_beside(self._context, kind, asked, target),
        )  # fmt: skip

    def close_review(self) -> None:
        """Keep the remark and go back to the list."""
        self.keep()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A remark is kept when its field is left."""
        if watched is self.remark and event.type() == QEvent.Type.FocusOut:
            self.keep()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_review()
        else:
            super().keyPressEvent(event)

    # -- as a page ------------------------------------------------------------------------------------------------

    def first_focus(self) -> QWidget:
        """Where the focus goes when the page opens."""
        return self.parts

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        return self.back, self.parts, self.remark, self.decision.first_stop()

    def actions_here(self) -> Mapping[str, object]:
        """What menus and shortcuts may ask of this page."""
        return {
            "history": self._ask_history, "print": self.save_pdf, "export": self.save_pdf,
            "next_section": lambda: self.show_part(self._at + 1),
            "previous_section": lambda: self.show_part(self._at - 1),
        }  # fmt: skip

    def relayout(self, logical_width: int) -> None:
        """Everything below each other where there is little room."""
        self._compact = logical_width < COMPACT
        ways = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for row in (self._halves, self._acts):
            row.setDirection(ways[self._compact])
        self.parts.set_compact(self._compact)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes and colours from the theme again."""
        theme = self._context.theme
        side = theme.space(14 if self._compact else 20)
        prop(self.name, "t", "h2" if self._compact else "h1")
        self._column.setContentsMargins(side, theme.space(6), side, theme.space(8))
        self._column.setSpacing(theme.space(6))
        for row in (self._head, self._halves, self._acts, self._ways):
            row.setSpacing(theme.space(8))
        self.remark.setFixedHeight(self.remark.fontMetrics().lineSpacing() * _REMARK_LINES + theme.space(20))
        self.area.setMinimumHeight(theme.px(170) if self._compact else 0)
        self.decision.setMinimumWidth(0 if self._compact else theme.px(216))
        self.parts.set_compact(self._compact)

    def retranslate(self) -> None:
        """Make all words again."""
        self.back.set_text(_("Reports"))
        self.back.setAccessibleName(_("Back: {where}", where=_("Reports")))
        self.history.set_text(_("History"))
        self.pdf.set_text(_("Save &PDF"))
        self.remark_label.setText(_("Remar&k to this section"))
        self.remark_hint.setText(_("The tester sees it at this section once you have decided."))
        self.fine.set_text(_("No remarks to this section"))
        self.task.set_text(_("New task from the remark"))
        self.decision.retranslate()
        if self.shown is not None:
            self._show()
        self.restyle()
