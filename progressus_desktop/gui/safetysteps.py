"""The steps of the first run that keep data safe: password, recovery sheet, backup, and restoring one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.firststeps import Step
from progressus_desktop.gui.jobs import Jobs, Progress
from progressus_desktop.gui.parts import Button, StateLine, prop, text
from progressus_desktop.gui.saving import ask_folder, ask_target
from progressus_desktop.gui.settingshub import SettingsHub
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _


class PasswordStep(Step):
    """The password of the workspace."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        from progressus_desktop.gui.newpassword import NewPassword

        self.fields = NewPassword(theme)
        self.fields.setMaximumWidth(theme.px(560))
        self.column.addWidget(self.fields)
        self.column.addStretch(1)

    def title(self) -> str:
        """The step's name."""
        return _("Password")

    def what(self) -> str:
        """What it protects."""
        return _("It encrypts everything. Nobody can open the data without it or the recovery sheet.")

    def first_focus(self) -> QWidget:
        """The first field."""
        return self.fields.first

    def value(self) -> str:
        """The password."""
        return self.fields.first.text()

    def forget(self) -> None:
        """Empty the fields."""
        self.fields.first.clear()
        self.fields.second.clear()

    def complete(self) -> bool:
        """Long enough and twice the same."""
        return bool(self.fields.value())

    def retranslate(self) -> None:
        """Make its words again."""
        self.fields.retranslate()


def _together(label: QWidget, field: QWidget) -> QVBoxLayout:
    """A field close under its label."""
    group = QVBoxLayout()
    group.setSpacing(4)
    group.addWidget(label)
    group.addWidget(field)
    return group


class SheetStep(Step):
    """The recovery sheet: saved as PDF, its code typed back once."""

    def __init__(self, theme: Theme, jobs: Jobs, workspace: Callable[[], Any]) -> None:
        super().__init__(theme)
        self._jobs, self._workspace = jobs, workspace
        self._made = False
        self.save = Button(theme, "", "", "printer")
        self.save.clicked.connect(self._save)
        self.state = StateLine(theme, "ok")
        self._label, self.code = text("", "label"), QLineEdit()
        self.code.setObjectName("sheet_code")
        self.code.setMaximumWidth(theme.px(560))
        self._label.setBuddy(self.code)
        self.skip = Button(theme, "", "link")
        self._skipped = False
        self.skip.clicked.connect(self._skip)
        self.column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.state)
        self.column.addLayout(_together(self._label, self.code))
        self.column.addWidget(self.error)
        self.column.addWidget(self.skip, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def title(self) -> str:
        """The step's name."""
        return _("Recovery sheet")

    def what(self) -> str:
        """What it is for."""
        return _(
            "Save it, print it and keep it away from the laptop. It opens the data when the password is forgotten."
        )

    def first_focus(self) -> QWidget:
        """The button that makes the sheet."""
        return self.save

    def shown(self) -> None:
        """A new workspace has no sheet yet."""
        self._skipped = False

    def _save(self) -> None:
        ask_target(self, _("Save the recovery sheet"), _("recovery-sheet.pdf"), "PDF (*.pdf)", self.write)

    def write(self, target: Path) -> None:
        """Write the sheet; then its code is asked back."""
        ws = self._workspace()

        def work(_progress: Progress) -> Path:
            from progressus_desktop.services import recovery

            return recovery.sheet(ws, target)

        def done(made: Path) -> None:
            self._made = True
            self.state.show_state("ok", _("Saved: {file}. Print it now.", file=str(made)))
            self.code.setFocus()

        def failed(failure: ProgressusError) -> None:
            self.error.show_state("err", str(failure))

        self._jobs.start(self, _("Recovery sheet"), work, done, failed)

    def _skip(self) -> None:
        self._skipped = True
        self.error.show_state(
            "warn", _("Without the sheet a forgotten password means lost data. Settings, Safety makes one later.")
        )

    def complete(self) -> bool:
        """The code from the paper opens the workspace, or the person chose to do it later."""
        if self._skipped:
            return True
        if not self._made:
            self.error.show_state("err", _("Save the sheet first, or choose to do it later."))
            return False
        from progressus_desktop.gui.passwords import opens

        good = opens(self._workspace(), self.code.text())
        prop(self.code, "bad", not good)
        self.error.show_state(
            "err", "" if good else _("This is not the code of the sheet. Look at the paper and type it again.")
        )
        return good

    def retranslate(self) -> None:
        """Make its words again."""
        self.save.set_text(_("&Save the recovery sheet…"))
        self._label.setText(_("&Code typed from the sheet"))
        self.skip.set_text(_("I will do it &later"))


class BackupStep(Step):
    """Where copies go."""

    def __init__(self, theme: Theme, settings: SettingsHub) -> None:
        super().__init__(theme)
        self._settings = settings
        self._daily, self._own = text("", wrap=True), text("", wrap=True)
        self.choose = Button(theme, "", "", "folder-open")
        self.choose.clicked.connect(self._choose)
        for widget in (self._daily, self._own):
            self.column.addWidget(widget)
        self.column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def title(self) -> str:
        """The step's name."""
        return _("Backup")

    def what(self) -> str:
        """Why."""
        return _("A laptop can break or get lost. A backup on a stick brings the data back.")

    def first_focus(self) -> QWidget:
        """The button."""
        return self.choose

    def _choose(self) -> None:
        before = self._settings.value.backup_folder
        ask_folder(self, _("Where to put the backup"), self._keep, Path(before) if before else None)

    def _keep(self, folder: Path) -> None:
        self._settings.change(backup_folder=str(folder))
        self.retranslate()

    def retranslate(self) -> None:
        """Make its words again."""
        self._daily.setText(_("The program makes a verified backup in its own folder once a day."))
        folder = self._settings.value.backup_folder
        self._own.setText(_("Own backups go to: {folder}", folder=folder or _("not chosen yet")))
        self.choose.set_text(_("&Choose a stick or folder…"))


class RestoreStep(Step):
    """A backup and what opens it: its password, or the code of the recovery sheet."""

    def __init__(self, theme: Theme, settings: SettingsHub) -> None:
        super().__init__(theme)
        self._settings = settings
        self.folder: Path | None = None
        self.choose = Button(theme, "", "", "folder-open")
        self.choose.clicked.connect(self._choose)
        self.state = StateLine(theme, "info")
        self._label, self.secret = text("", "label"), QLineEdit()
        self.secret.setObjectName("restore_password")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setMaximumWidth(theme.px(560))
        self._label.setBuddy(self.secret)
        self.column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.state)
        self.column.addLayout(_together(self._label, self.secret))
        self.column.addWidget(self.error)
        self.column.addStretch(1)

    def title(self) -> str:
        """The step's name."""
        return _("Restore from a backup")

    def what(self) -> str:
        """What happens."""
        return _("The data go into a new folder. Nothing that is on this computer is changed.")

    def first_focus(self) -> QWidget:
        """The button."""
        return self.choose

    def _choose(self) -> None:
        start = Path(self._settings.value.backup_folder) if self._settings.value.backup_folder else None
        ask_folder(self, _("Choose the backup"), self.pick, start)

    def pick(self, folder: Path) -> None:
        """Take a backup a person pointed at."""
        self.folder = folder
        self.state.show_state("info", str(folder))
        self.secret.setFocus()

    def value(self) -> tuple[Path, str]:
        """The backup and its password or code."""
        return self.folder or Path(), self.secret.text()

    def complete(self) -> bool:
        """Both given."""
        words = "" if self.folder else _("Choose the folder of the backup.")
        if self.folder and not self.secret.text():
            words = _("Type the password or the code from the sheet.")
        self.error.show_state("err", words)
        return not words

    def retranslate(self) -> None:
        """Make its words again."""
        self.choose.set_text(_("&Choose the backup…"))
        self._label.setText(_("&Password of the backup, or the code from the recovery sheet"))
