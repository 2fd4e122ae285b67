"""The step of the first run for a person with a setup file: the file, its code from the telephone, who works here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from progressus_desktop.errors import DamagedError, ProgressusError
from progressus_desktop.gui.firststeps import Step
from progressus_desktop.gui.parts import Button, StateLine, prop, text
from progressus_desktop.gui.saving import ask_source
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import N_, _


class JoinStep(Step):
    """The setup file from the office, its code, and the person's name."""

    FIELDS = (
        (
            "code",
            N_("&Code from the office"),
            N_("Twelve letters and digits, told by telephone. Hyphens may be left out."),
        ),
        ("user", N_("Your first and last na&me"), N_("It signs your changes.")),
    )

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.file: Path | None = None
        self.choose = Button(theme, "", "", "file-key-2")
        self.choose.setObjectName("choose_setup_button")
        self.choose.clicked.connect(self._choose)
        self.state = StateLine(theme, "info")
        self.column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.state)
        self.fields: dict[str, QLineEdit] = {}
        self._labels = {}
        for name, _words, _hint in self.FIELDS:
            field, label, hint = QLineEdit(), text("", "label"), text("", "small", wrap=True)
            field.setObjectName(f"join_{name}")
            field.setMaximumWidth(theme.px(560))
            label.setBuddy(field)
            group = QVBoxLayout()
            group.setSpacing(4)
            parts: tuple[QWidget, ...] = (label, hint, field)
            for part in parts:
                group.addWidget(part)
            self.column.addLayout(group)
            self.fields[name], self._labels[name] = field, (label, hint)
        self.column.addWidget(self.error)
        self.column.addStretch(1)

    def title(self) -> str:
        """The step's name."""
        return _("Setup file from the office")

    def what(self) -> str:
        """What it brings."""
        return _("It brings the organisation, the project and its lists. It works once, on this laptop.")

    def first_focus(self) -> QWidget:
        """What is missing first."""
        return self.choose if self.file is None else self.fields["code"]

    def _choose(self) -> None:
        kinds = _("Setup files (*.progressus-setup *.progressus)")
        ask_source(self, _("Choose the setup file"), kinds, self.pick)

    def pick(self, file: Path) -> None:
        """Take the file a person pointed at."""
        self.file = file
        self.state.show_state("info", file.name)
        self.error.show_state("err", "")
        self.fields["code"].setFocus()

    def value(self) -> tuple[Path, str, str]:
        """The file, the code, the person."""
        return self.file or Path(), self.fields["code"].text(), " ".join(self.fields["user"].text().split())

    def complete(self) -> bool:
        """Everything is given; the code itself is tried by the page."""
        for name in self.fields:
            prop(self.fields[name], "bad", False)
        if self.file is None:
            return self._fail(self.choose, _("Choose the setup file."))
        for name, words in (("code", _("Type the code.")), ("user", _("Type your name."))):
            if not self.fields[name].text().strip():
                return self._fail(self.fields[name], words)
        self.error.show_state("err", "")
        return True

    def refuse(self, failure: ProgressusError) -> None:
        """The file or its code is not good: say it at the field."""
        target = self.choose if isinstance(failure, DamagedError) else self.fields["code"]
        self._fail(target, str(failure))

    def _fail(self, target: QWidget, words: str) -> bool:
        if isinstance(target, QLineEdit):
            prop(target, "bad", True)
        self.error.show_state("err", words)
        target.setFocus()
        return False

    def retranslate(self) -> None:
        """Make its words again."""
        self.choose.set_text(_("Choose the setup &file…"))
        for name, words, hint in self.FIELDS:
            label, small = self._labels[name]
            label.setText(_(words))
            small.setText(_(hint))
