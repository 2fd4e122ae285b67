"""A lone workspace joins the office's project from the exchange page: the setup file, its code, who works here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.dialogs import body_of, fit
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.joinstep import JoinStep
from progressus_desktop.gui.parts import Button, text
from progressus_desktop.services import adopting, workspaces
from progressus_desktop.words import _

_WIDE = 600


class JoinDialog(QDialog):
    """What is here goes along; the dialog stays open until it worked or a person gives up."""

    def __init__(self, context: Context, over: QWidget) -> None:
        super().__init__(over)
        self._context = context
        theme = context.theme
        self.setObjectName("join_dialog")
        self.setWindowTitle(_("Join the office's project"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        margin = theme.space(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.space(10))
        column.addWidget(text(_("Join the office's project"), "h2"))
        words = _("Everything entered here stays and goes to the office with the next exchange.")
        column.addWidget(text(words, wrap=True))
        self.step = JoinStep(theme)
        self.step.retranslate()
        person = next((each for each in workspaces.people(context.ws) if each.id == context.ws.person), None)
        self.step.fields["user"].setText(person.name if person is not None else "")
        area, inside = body_of("join_body", column)
        inside.addWidget(self.step)
        row = QHBoxLayout()
        row.addStretch(1)
        leave = Button(theme, _("&Not now"))
        leave.clicked.connect(self.reject)
        self.act = Button(theme, _("&Join"), "primary", "check")
        self.act.setDefault(True)
        self.act.setObjectName("join_button")
        self.act.clicked.connect(self.submit)
        row.addWidget(leave)
        row.addWidget(self.act)
        column.addLayout(row)
        fit(self, theme, _WIDE, area, inside)

    def submit(self) -> None:
        """Try the code and take the workspace over; what is wrong is said at its field and nothing is changed."""
        if not self.step.complete():
            return
        file, code, user = self.step.value()
        self.act.setEnabled(False)

        def work(_progress: Progress) -> Committed:
            return adopting.join(self._context.ws, file, code, user)

        def done(_made: Committed) -> None:
            self._context.notify.banner(
                "ok", _("This workspace belongs to the office's project now"),
                _("Exchange data to send what was entered before."), key="exchange",
            )  # fmt: skip
            self.accept()

        def failed(failure: ProgressusError) -> None:
            self.act.setEnabled(True)
            self.step.refuse(failure)

        self._context.jobs.start(self, _("Joining the project"), work, done, failed, writer=True)
