"""Refusing a request for erasure: its day, the ground, own words; what is recorded is answered by a letter as PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Field, Type
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.datefield import DateField
from progressus_desktop.gui.dialogs import body_of, fit
from progressus_desktop.gui.facts import day_words
from progressus_desktop.gui.fields import LongTextField
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.newpassword import labelled
from progressus_desktop.gui.parts import Button, StateLine, plain, text
from progressus_desktop.gui.saving import ask_target
from progressus_desktop.services import refusing
from progressus_desktop.words import N_, _

_WIDE = 560
_ASKED = Field("asked_on", Type.DATE, N_("Asked on"), example="12.05.2026")
_WORDS = Field("words", Type.LONG_TEXT, N_("In own words"))


class RefuseDialog(QDialog):
    """Nothing is erased; the safe choice is the default. Earlier refusals are listed with their letters."""

    def __init__(self, context: Context, person: str, name: str, over: QWidget) -> None:
        super().__init__(over)
        self._context, self._person = context, person
        theme = context.theme
        self.setObjectName("refuse_dialog")
        self.setWindowTitle(_("Refuse in writing"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        margin = theme.space(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.space(8))
        column.addWidget(text(_("Refuse the erasure in writing"), "h2"))
        column.addWidget(text(name, "h3", wrap=True))
        area, inside = body_of("refuse_body", column)
        self._earlier(inside)
        self.asked, self.ground, self.own = DateField(), QComboBox(), LongTextField()
        self._make_fields(inside)
        self.error = StateLine(theme, "err")
        self.error.hide()
        column.addWidget(self.error)
        self._foot(column)
        fit(self, theme, _WIDE, area, inside)
        self.asked.setFocus(Qt.FocusReason.OtherFocusReason)

    def _earlier(self, column: QVBoxLayout) -> None:
        for each in refusing.refusals(self._context.ws, self._person):
            row = QHBoxLayout()
            words = _("Refused on {date}: {ground}", date=day_words(each.date),
                      ground=codelists.word(refusing.GROUNDS, each.ground))  # fmt: skip
            row.addWidget(text(words, "small", wrap=True), 1)
            again = Button(self._context.theme, _("Letter…"), "", "file-text", small=True)
            again.setAccessibleName(_("Letter of {date}", date=day_words(each.date)))
            again.setObjectName("refuse_letter_button")
            again.setAutoDefault(False)
            again.clicked.connect(lambda _on=False, key=each.key: self._letter(key))
            row.addWidget(again)
            column.addLayout(row)

    def _make_fields(self, column: QVBoxLayout) -> None:
        context = self._context
        for name, widget, field in (("refuse_asked", self.asked, _ASKED), ("refuse_words", self.own, _WORDS)):
            widget.setObjectName(name)
            widget.bind(context, field)
            widget.dress(context.theme)
        self.ground.setObjectName("refuse_ground")
        self.ground.addItem(_("Choose…"), "")
        for item in codelists.items(refusing.GROUNDS):
            self.ground.addItem(item.label, item.code)
        self.ground.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.ground.setMinimumContentsLength(12)
        asked, ground, own = _("A&sked on"), _("&Ground of the refusal (required)"), _("In &own words")
        column.addLayout(labelled(asked, self.asked, _("An answer is due within a month of the request.")))
        column.addLayout(labelled(ground, self.ground))
        column.addLayout(labelled(own, self.own, _("What is kept, why and until when. It stands in the letter.")))
        for words, part in ((asked, self.asked), (ground, self.ground), (own, self.own)):
            part.setAccessibleName(plain(words))

    def _foot(self, column: QVBoxLayout) -> None:
        theme = self._context.theme
        row = QHBoxLayout()
        row.addStretch(1)
        leave = Button(theme, _("&Leave it as it is"))
        leave.setObjectName("refuse_leave_button")
        leave.setDefault(True)
        leave.clicked.connect(self.reject)
        self.act = Button(theme, _("&Record the refusal and save the letter…"), "primary", "file-text")
        self.act.setObjectName("refuse_button")
        self.act.clicked.connect(self.submit)
        row.addWidget(leave)
        row.addWidget(self.act)
        column.addLayout(row)

    def submit(self) -> None:
        """Record the refusal, then ask where the letter shall go; what is wrong is said and nothing is recorded."""
        asked = self.asked.value()
        day = str(asked.get("?") or "") if isinstance(asked, dict) else str(asked or "")
        ground, words = str(self.ground.currentData() or ""), str(self.own.value() or "")
        try:
            _person, made = refusing.refuse(self._context.ws, "person", self._person, ground, words, day)
        except ProgressusError as failure:
            self._say(failure)
            return
        self._context.notify.undo_bar(_("The refusal is recorded. Nothing was erased."))
        self._letter(made.key)
        self.accept()

    def _say(self, failure: ProgressusError) -> None:
        words = str(failure)
        self.error.show_state("err", words)
        self.error.show()
        wrong = {"asked_on": self.asked, "words": self.own}.get(failure.field or "", self.ground)
        wrong.setFocus(Qt.FocusReason.OtherFocusReason)
        self._context.notify.announce(words)

    def _letter(self, key: str) -> None:
        """No name stands in the name of the file."""
        ask_target(
            self.parentWidget() or self, _("Save the letter"), _("answer-to-a-request.pdf"), _("PDF files (*.pdf)"),
            lambda target: self._write(key, target),
        )  # fmt: skip

    def _write(self, key: str, target: Path) -> None:
        from progressus_desktop.gui.printing import say_saved

        context, person = self._context, self._person

        def work(_progress: Progress) -> Path:
            return refusing.write_letter(context.ws, person, target, key)

        context.jobs.start(
            context.bus, _("Saving the letter"), work, lambda made: say_saved(context, made), context.notify.error
        )
