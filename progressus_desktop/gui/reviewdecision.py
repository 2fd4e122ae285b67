"""The decision beside a review: how far it is, accept or return, what the remarks imply."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from progressus_desktop import clock
from progressus_desktop.domain import monthly_report as report
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.facts import day_words
from progressus_desktop.gui.parts import Button, Card, prop, text
from progressus_desktop.services import monthly
from progressus_desktop.services.reviewing import Review
from progressus_desktop.words import _, ngettext


class DecisionCard(Card):
    """``decided`` carries accepted or returned; remarks make returning the primary act."""

    decided = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme)
        self._context = context
        self._shown: tuple[Review, monthly.Standing, bool] | None = None
        theme = context.theme
        self.head, self.words = text("", "h2"), text("", "body", wrap=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setObjectName("review_progress")
        self.note, self.after = text("", "small", wrap=True), text("", "body", wrap=True)
        self.accept, self.give_back = Button(theme, "", "", "check"), Button(theme, "", "primary", "undo-2")
        self.accept.setObjectName("accept_report_button")
        self.give_back.setObjectName("return_report_button")
        for each in (self.head, self.words, self.progress, self.note, self.after):
            self.column.addWidget(each)
        self.column.addStretch(1)
        self.column.addWidget(self.accept)
        self.column.addWidget(self.give_back)
        self.accept.clicked.connect(lambda: self.decided.emit(report.ACCEPTED))
        self.give_back.clicked.connect(lambda: self.decided.emit(report.RETURNED))
        self.retranslate()

    def first_stop(self) -> QWidget:
        """The act that the remarks imply."""
        return self.give_back if self.give_back.isEnabled() else self.accept

    def show_review(self, shown: Review, stands: monthly.Standing, *, may: bool) -> None:
        """Show how far the review is; ``may`` says whether the present person decides."""
        self._shown = (shown, stands, may)
        done = stands.state == report.ACCEPTED
        self.progress.setMaximum(len(shown.parts))
        self.progress.setValue(shown.seen)
        remarks = ngettext("{n} remark", "{n} remarks", shown.remarks)
        words = _("Looked at {n} of {all} parts, {remarks}.", n=shown.seen, all=len(shown.parts), remarks=remarks)
        self.words.setText(words)
        self.progress.setAccessibleName(words)
        due = clock.today(self._context.ws.clock) + timedelta(days=monthly.CORRECTION_DAYS)
        self.after.setText(_("Correction by {day}", day=day_words(stands.due or due.isoformat())))
        self.after.setVisible(not done)
        self.accept.setEnabled(may and not done)
        self.give_back.setEnabled(may and not done and shown.remarks > 0)
        label = ngettext("Return with {n} remark", "Return with {n} remarks", shown.remarks)
        self.give_back.set_text(label if shown.remarks else _("Return with remarks"))
        prop(self.give_back, "k", "primary" if shown.remarks else "")
        prop(self.accept, "k", "" if shown.remarks else "primary")
        self.accept.retint()
        self.give_back.retint()

    def retranslate(self) -> None:
        """Make all words again."""
        self.head.setText(_("Decision"))
        self.note.setText(_("An accepted report does not change any more. Later corrections make a new version."))
        self.accept.set_text(_("&Accept the report"))
        self.give_back.set_text(_("Return with remarks"))
        if self._shown is not None:
            shown, stands, may = self._shown
            self.show_review(shown, stands, may=may)
