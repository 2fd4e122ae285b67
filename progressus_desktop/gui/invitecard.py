"""Invite a tester: a name, a setup file, and a code shown large to be told by telephone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QWidget

from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.parts import Button, Card, StateLine, text
from progressus_desktop.gui.saving import ask_target, file_name
from progressus_desktop.services import inviting
from progressus_desktop.services.inviting import Invitation
from progressus_desktop.words import _


class InviteCard(Card):
    """Hidden until asked for; ``invited`` tells that there is a new laptop to wait for."""

    invited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme)
        self._context = context
        theme = context.theme
        self.setObjectName("invite_card")
        self._title, self._hint = text("", "h2"), text("", "small", wrap=True)
        self._label, self.organisation = text("", "label"), QLineEdit()
        self.organisation.setObjectName("invite_name")
        self._label.setBuddy(self.organisation)
        self.make = Button(theme, "", "", "file-key")
        self.make.setObjectName("make_setup_button")
        self.close_button = Button(theme, "", "ghost", "x")
        self.close_button.setObjectName("close_invite_button")
        self.state = StateLine(theme, "err")
        self._code_words, self.code = text("", "label", wrap=True), text("", "big")
        self.code.setObjectName("setup_code")
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.addWidget(self.organisation, 1)
        row.addWidget(self.make)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button)
        self.column.addLayout(head)
        above: tuple[QWidget, ...] = (self._hint, self._label)
        below: tuple[QWidget, ...] = (self.state, self._code_words, self.code)
        for part in above:
            self.column.addWidget(part)
        self.column.addLayout(row)
        for part in below:
            self.column.addWidget(part)
        self.make.clicked.connect(self._ask)
        self.organisation.returnPressed.connect(self._ask)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def begin(self, name: str = "") -> None:
        """Show it for a new laptop, perhaps of an organisation known already."""
        self.organisation.setText(name)
        self._clear()
        self.show()
        self.organisation.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        self.state.show_state("err", "")
        for part in (self._code_words, self.code):
            part.hide()

    def _ask(self) -> None:
        name = " ".join(self.organisation.text().split())
        if not name:
            self.state.show_state("err", _("Write the name of the organisation. E.g. Association “Good Meadow”."))
            self.organisation.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        target = file_name(_("setup-file-{name}", name=name), ".progressus-setup")
        kinds = _("Setup files (*.progressus-setup)")
        ask_target(self, _("Save the setup file"), target, kinds, self._write_later)

    def _write_later(self, target: Path) -> None:
        """The dialog closes before the work locks the page below it."""
        QTimer.singleShot(0, self, lambda: self.write(target))

    def write(self, target: Path) -> None:
        """Write the setup file and show its code."""
        context, name = self._context, self.organisation.text()
        self._clear()

        def work(_progress: Progress) -> Invitation:
            return inviting.invite(context.ws, name, target)

        def done(made: Invitation) -> None:
            self.state.show_state("ok", _("The setup file is ready: {file}", file=str(made.file)))
            self._code_words.setText(_("Tell this code by telephone, never together with the file:"))
            self.code.setText(made.code)
            self.code.setAccessibleName(_("Code: {letters}", letters=" ".join(made.code)))
            for part in (self._code_words, self.code):
                part.show()
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)
            context.notify.announce(_("The setup file is ready. Its code is shown."))
            self.invited.emit()

        def failed(failure: ProgressusError) -> None:
            self.state.show_state("err", str(failure))

        context.jobs.start(self, _("Making the setup file"), work, done, failed, writer=True)

    def relayout(self, *, narrow: bool) -> None:
        """The button below the field where there is little room."""
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def retranslate(self) -> None:
        """Make all words again."""
        self._title.setText(_("Invite a tester"))
        self._hint.setText(_("One setup file for each laptop. It works once, with its code."))
        self._label.setText(_("&Name of the organisation"))
        self.make.set_text(_("&Make the setup file…"))
        self.close_button.set_text(_("Hide"))
        self.close_button.setAccessibleDescription(_("Invite a tester"))
