"""Choosing a password and keeping a recovery sheet: fields shared by the first run and the settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from progressus_desktop.errors import AccessError, ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.dialogs import body_of, fit
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.newpassword import NewPassword, labelled
from progressus_desktop.gui.parts import Button, prop, text
from progressus_desktop.gui.saving import ask_target
from progressus_desktop.services import office_paper, office_recovery, recovery
from progressus_desktop.store import keys
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import _

_WIDE = 520


class PasswordDialog(QDialog):
    """The old password and the new one twice."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        theme = context.theme
        self.setWindowTitle(_("Change the password"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        margin = theme.space(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.space(12))
        column.addWidget(text(_("Change the password"), "h2"))
        self.old = QLineEdit()
        self.old.setObjectName("old_password")
        self.old.setEchoMode(QLineEdit.EchoMode.Password)
        self._area, inside = body_of("password_body", column)
        inside.addLayout(labelled(_("&Current password, or the code from the recovery sheet"), self.old))
        self.new = NewPassword(theme)
        kept = self.new.error.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # what is wrong is said without moving the fields or leaving the sight
        self.new.error.setSizePolicy(kept)
        inside.addWidget(self.new)
        inside.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        leave = Button(theme, _("&Leave it as it is"))
        leave.clicked.connect(self.reject)
        leave.setDefault(True)
        self.change = Button(theme, _("Chan&ge the password"), "primary", "key-round")
        self.change.clicked.connect(self.submit)
        row.addWidget(leave)
        row.addWidget(self.change)
        column.addLayout(row)
        fit(self, theme, _WIDE, self._area, inside)

    def submit(self) -> None:
        """Change it off the window's thread: making the key takes a moment on purpose."""
        old, new = self.old.text(), self.new.value()
        if not new:
            self._area.ensureWidgetVisible(self.new.error)
            return
        self.change.setEnabled(False)

        def work(_progress: Progress) -> None:
            recovery.change_password(self._context.ws, old, new)

        def done(_none: None) -> None:
            self._context.notify.banner(
                "ok", _("The password was changed"), _("The recovery sheet stays valid."), key="password"
            )
            self.accept()

        def failed(error: ProgressusError) -> None:
            self.change.setEnabled(True)
            self.new.error.show_state("err", str(error))
            prop(self.old, "bad", isinstance(error, AccessError))

        self._context.jobs.start(self, _("Change the password"), work, done, failed)


def ask_new_password(context: Context, parent: QWidget) -> None:
    """Open the dialog."""
    PasswordDialog(context, parent).open()


def opens(ws: Workspace, typed: str) -> bool:
    """Whether a code typed from the sheet opens this workspace."""
    try:
        keys.unwrap(keys.load(ws.folder / "keys.json"), "recovery", keys.read_recovery_code(typed), ws.card.id)
    except AccessError:
        return False
    return True


def office_help(context: Context) -> QVBoxLayout:
    """Lets the person turn the office's help with a forgotten password on and off, and says what it costs."""
    ws = context.ws
    box = QCheckBox(_("The &office may help when I forget the password"))
    box.setObjectName("office_help")
    box.setChecked(office_recovery.is_on(ws.folder))
    box.setEnabled(not ws.read_only)

    def turn(on: bool) -> None:  # noqa: FBT001 - Qt's signal
        try:
            (office_recovery.turn_on if on else office_recovery.turn_off)(ws)
        except ProgressusError as failure:
            with QSignalBlocker(box):
                box.setChecked(not on)
            context.notify.error(failure)

    box.toggled.connect(turn)  # not clicked: the action of screen readers only toggles
    price = _("Somebody with the office's workspace and this laptop in hand could then open the data too.")
    box.setAccessibleDescription(price)
    column = QVBoxLayout()
    column.addWidget(box)
    column.addWidget(text(price, "muted", wrap=True))
    return column


def save_paper_key(context: Context, parent: QWidget) -> None:
    """Write the sheet with a new key of the office where the person says; the old one ends with it."""
    name = _("office-key.pdf")
    ask_target(parent, _("Office's key on paper"), name, "PDF (*.pdf)", lambda target: write_paper_key(context, target))


def write_paper_key(context: Context, target: Path) -> None:
    """Write the sheet beside the work and say what to do with it."""

    def work(_progress: Progress) -> Path:
        return office_paper.sheet(context.ws, target)

    def done(made: Path) -> None:
        words = _("Print {file} and delete the file. Packages written from now on open with it.", file=made.name)
        context.notify.banner("ok", _("The sheet with the office's key is ready"), words, key="paper")

    context.jobs.start(context.bus, _("Office's key on paper"), work, done, context.notify.error)


def save_recovery_sheet(context: Context, parent: QWidget, after: Callable[[], None]) -> None:
    """Write a new sheet where the person says; the old one ends with it."""
    name = _("recovery-sheet.pdf")
    ask_target(
        parent, _("Save the recovery sheet"), name, "PDF (*.pdf)",
        lambda target: write_recovery_sheet(context, target, after),
    )  # fmt: skip


def write_recovery_sheet(context: Context, target: Path, after: Callable[[], None]) -> None:
    """Write the sheet beside the work, say what to do with it, then go on with ``after``."""

    def work(_progress: Progress) -> Path:
        return recovery.sheet(context.ws, target)

    def done(made: Path) -> None:
        words = _("Print {file} and delete the file. The older sheet no longer works.", file=made.name)
        context.notify.banner("ok", _("The recovery sheet is ready"), words, key="sheet")
        after()

    context.jobs.start(context.bus, _("Recovery sheet"), work, done, context.notify.error)
