"""The office answers a forgotten password: who asks, the six words to compare by telephone, the answer file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout

from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.officehelp import SixWords
from progressus_desktop.gui.parts import Button, Card, StateLine, text
from progressus_desktop.gui.saving import ask_source, ask_target, file_name
from progressus_desktop.services import office_recovery
from progressus_desktop.services.office_recovery import Asked
from progressus_desktop.words import _


class AnswerCard(Card):
    """Hidden until a request was chosen. The answer is saved only by the button that says the words are the same.

    ``shown`` tells that it is there and has the focus.
    """

    shown = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme)
        self._context = context
        self._file, self._asked = Path(), Asked("", ())
        theme = context.theme
        self.setObjectName("answer_card")
        self.title, self._hint = text("", "h2", wrap=True), text("", "small", wrap=True)
        self.words = SixWords("asked_words")
        self.state = StateLine(theme, "err")
        self.save = Button(theme, "", "", "badge-check")
        self.save.setObjectName("save_answer_button")
        self.close_button = Button(theme, "", "ghost", "x")
        self.close_button.setObjectName("close_answer_button")
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.addWidget(self.save)
        row.addWidget(self.close_button)
        row.addStretch(1)
        for part in (self.title, self._hint, self.words, self.state):
            self.column.addWidget(part)
        self.column.addLayout(row)
        self.save.clicked.connect(self._ask_target)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def begin(self) -> None:
        """Ask for the file that the laptop sent."""
        kinds = ";;".join((_("Requests for help (*.progressus-request)"), _("All files (*)")))
        ask_source(self.window(), _("Answer a forgotten password"), kinds, self.read)

    def read(self, file: Path) -> None:
        """Show who asks and which words that person sees; nothing is answered yet."""
        self._file, self._asked = file, Asked("", ())
        self.state.show_state("err", "")
        try:
            self._asked = office_recovery.asked(self._context.ws, file)
        except ProgressusError as failure:
            self.state.show_state("err", str(failure))
            self._context.notify.announce(str(failure))
        self.retranslate()
        self.show()
        QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        """Once the dialog for files is gone."""
        first = self.words.words if self._asked.words else self.close_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown.emit()

    def _ask_target(self) -> None:
        name = file_name(_("answer-{name}", name=self._asked.name), ".progressus-answer")
        ask_target(self, _("Save the answer"), name, _("Answers of the office (*.progressus-answer)"), self.write)

    def write(self, target: Path) -> None:
        """Write the answer, which only the laptop that asked can read."""
        try:
            made = office_recovery.answer(self._context.ws, self._file, target)
        except ProgressusError as failure:
            self.state.show_state("err", str(failure))
            self._context.notify.announce(str(failure))
            return
        words = _("The answer is ready: {file}. Send it to {name}.", file=str(made.file), name=made.name)
        self.state.show_state("ok", words)
        self._context.notify.announce(words)

    def relayout(self, *, narrow: bool) -> None:
        """Buttons one below the other where there is little room."""
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def retranslate(self) -> None:
        """Make all words again."""
        asks = bool(self._asked.words)
        heading = _("“{name}” asks for a new password", name=self._asked.name)
        self.title.setText(heading if asks else _("Answer a forgotten password"))
        self._hint.setText(_("Call a number you know, not one from the message. A stranger could have sent the file."))
        self._hint.setVisible(asks)
        self.words.show_words(_("Does the person at the laptop read you these words?"), self._asked.words)
        self.save.set_text(_("The words are the same: save the answer…"))
        self.save.setVisible(asks)
        self.close_button.set_text(_("Hide"))
        self.close_button.setAccessibleDescription(self.title.text())
