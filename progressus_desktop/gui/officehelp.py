"""A forgotten password with the office's help: the request and its six words, the answer, the new password."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from progressus_desktop.clock import Clock
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.errors import announce
from progressus_desktop.gui.jobs import Jobs, Progress
from progressus_desktop.gui.newpassword import NewPassword
from progressus_desktop.gui.parts import Button, StateLine, scrolled, text
from progressus_desktop.gui.saving import ask_source, ask_target, file_name
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import office_recovery
from progressus_desktop.words import _


class SixWords(QWidget):
    """What to do with the six words, and the words themselves, where a keyboard and a screen reader can reach them."""

    def __init__(self, name: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._say, self.words = text("", "label", wrap=True), text("", "h2", wrap=True)
        self.words.setObjectName(name)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        column.addWidget(self._say)
        column.addWidget(self.words)
        self.hide()

    def show_words(self, say: str, words: tuple[str, ...]) -> None:
        """Show ``words`` under what to do with them; none hide both."""
        self._say.setText(say)
        self.words.setText(" · ".join(words))
        self.words.setAccessibleName(f"{say} {', '.join(words)}")
        self.setVisible(bool(words))


class OfficeHelp(QDialog):
    """Over the unlock page; it may be closed between the request and the answer, which take days."""

    renewed = Signal(str)
    """The new password, which opens the workspace now."""

    def __init__(self, theme: Theme, jobs: Jobs, clock: Clock, folder: Path, over: QWidget) -> None:
        super().__init__(over)
        self._jobs, self._clock, self._folder = jobs, clock, folder
        self._answer: Path | None = None
        self.setObjectName("office_help_dialog")
        self.setWindowTitle(_("Help by the office"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column, margin = QVBoxLayout(self), theme.space(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.space(10))
        column.addWidget(text(_("Help by the office"), "h2"))
        body = QWidget()
        body.setProperty("k", "page")
        self._area = scrolled("office_help_area", body)
        column.addWidget(self._area, 1)
        self.error = StateLine(theme, "err")
        column.addWidget(self.error)
        self._fill(theme, body)
        column.addLayout(self._buttons(theme))
        room = over.window().size()
        self.resize(min(theme.px(600), room.width() - margin), min(theme.px(600), room.height() - 2 * margin))
        self._show_request()
        self._show_answer(None)
        self._go(self.load if self.load.isEnabled() else self.ask)

    def _fill(self, theme: Theme, body: QWidget) -> None:
        column = QVBoxLayout(body)
        column.setContentsMargins(4, 0, 4, 4)
        column.setSpacing(theme.space(10))
        self.ask = Button(theme, "", "", "send")
        self.ask.setObjectName("save_request_button")
        self.ask.clicked.connect(self._ask_target)
        self.saved = StateLine(theme, "ok")
        self.words = SixWords("request_words")
        self.load = Button(theme, _("Read the office's answer…"), "", "download")
        self.load.setObjectName("read_answer_button")
        self.load.clicked.connect(self._ask_source)
        self.read = StateLine(theme, "ok")
        self.new = NewPassword(theme)
        hint = _("The file holds no records. Only the office can use it, and only for this laptop.")
        column.addWidget(text(_("1. Send a request to the office"), "h3"))
        column.addWidget(text(hint, "small", wrap=True))
        column.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.saved)
        column.addWidget(self.words)
        column.addWidget(text(_("2. Read the answer"), "h3"))
        hint = _("The office sends a file back. This window may be closed until it comes.")
        column.addWidget(text(hint, "small", wrap=True))
        column.addWidget(self.load, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.read)
        self._third = text(_("3. Choose a new password"), "h3")
        for part in (self._third, self.new):
            column.addWidget(part)
        column.addStretch(1)

    def _buttons(self, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self.leave = Button(theme, _("&Close"))
        self.leave.setObjectName("close_office_help_button")
        self.leave.clicked.connect(self.reject)
        self.renew = Button(theme, _("Set the password and &open"), "primary", "lock-open")
        self.renew.setObjectName("renew_button")
        self.renew.clicked.connect(self.submit)
        row.addWidget(self.leave)
        row.addWidget(self.renew)
        return row

    def _fail(self, failure: ProgressusError) -> None:
        self.error.show_state("err", str(failure))
        announce(self, str(failure))

    # -- the request ----------------------------------------------------------------------------------------

    def _show_request(self) -> None:
        """The words of the request that waits, also of one written days ago."""
        try:
            words = office_recovery.waiting_words(self._folder)
        except ProgressusError as failure:
            self._fail(failure)
            words = ()
        self.words.show_words(_("Call the office and read it these words:"), words)
        again = _("Save a new request… (it ends the one before)")
        self.ask.set_text(again if words else _("Save the request…"))
        self.load.setEnabled(bool(words))

    def _ask_target(self) -> None:
        name = file_name(_("request-to-the-office"), ".progressus-request")
        kinds = _("Requests for help (*.progressus-request)")
        ask_target(self, _("Save the request"), name, kinds, self.write)

    def write(self, target: Path) -> None:
        """Write the request and show the words to read aloud."""
        self.error.show_state("err", "")
        try:
            office_recovery.request(self._folder, target)
        except ProgressusError as failure:
            self._fail(failure)
            return
        self._show_answer(None)
        self.saved.show_state("ok", _("The request is ready: {file}. Send it to the office.", file=str(target)))
        self._show_request()
        self._go(self.words.words)

    # -- the answer -----------------------------------------------------------------------------------------

    def _ask_source(self) -> None:
        kinds = ";;".join((_("Answers of the office (*.progressus-answer)"), _("All files (*)")))
        ask_source(self, _("Read the office's answer"), kinds, self.take)

    def take(self, file: Path) -> None:
        """Look whether the file is the answer, then ask for the new password."""
        self.error.show_state("err", "")
        self._show_answer(None)
        try:
            office_recovery.check_answer(self._folder, file)
        except ProgressusError as failure:
            self._fail(failure)
            self._go(self.load)
            return
        self._show_answer(file)
        self._go(self.new.first)

    def _show_answer(self, file: Path | None) -> None:
        """Ask for the password once there is an answer, and only then."""
        self._answer = file
        self.read.show_state("ok", _("This is the answer to your request.") if file else "")
        for part in (self._third, self.new, self.renew):
            part.setVisible(file is not None)

    def submit(self) -> None:
        """Set the new password off the window's thread: making the key takes a moment on purpose."""
        answer, new = self._answer, self.new.value()
        if answer is None or not new:
            return
        self.error.show_state("err", "")
        self.renew.setEnabled(False)

        def work(_progress: Progress) -> None:
            office_recovery.recover(self._folder, answer, new, self._clock)

        def done(_none: None) -> None:
            self.accept()
            self.renewed.emit(new)

        def failed(failure: ProgressusError) -> None:
            self.renew.setEnabled(True)
            self._fail(failure)

        self._jobs.start(self, _("Setting the password"), work, done, failed)

    def _go(self, widget: QWidget) -> None:
        """Bring what comes next into sight, with the focus, once the dialog for files is gone."""

        def go() -> None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(widget)

        QTimer.singleShot(0, self, go)
