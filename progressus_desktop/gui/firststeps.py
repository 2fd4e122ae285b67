"""The steps of the first run, one widget each: who sits there, the organisation, the look."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from progressus_desktop import clock as clocks
from progressus_desktop.clock import Clock
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.parts import Button, Card, IconLabel, StateLine, prop, text
from progressus_desktop.gui.settingshub import SettingsHub
from progressus_desktop.gui.theme import SCALES, Theme
from progressus_desktop.words import N_, _


class Step(QWidget):
    """One step: the page asks its words and whether it may go on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(6, 6, 8, 6)
        self.column.setSpacing(theme.space(10))
        self.error = StateLine(theme, "err")

    def title(self) -> str:
        """The step's question."""
        return ""

    def what(self) -> str:
        """One sentence about it."""
        return ""

    def first_focus(self) -> QWidget:
        """Where its work begins."""
        return self

    def shown(self) -> None:
        """It came into sight."""

    def complete(self) -> bool:
        """Whether the person may go on; says what is missing."""
        return True

    def retranslate(self) -> None:
        """Make its words again."""


class RoleStep(Step):
    """Who sits there."""

    demo_asked = Signal()
    ROLES = (
        (
            "join", "file-key-2", N_("I have a fi&le from the office"),
            N_("The setup file brings organisation, topics and dates. You need its short code from the office."),
        ),
        ("office", "building-2", N_("I am the project &office"), N_("You make the project and the list of testers.")),
        (
            "restore", "archive-restore", N_("I have a new &computer (restore)"),
            N_("Your data come back from a backup. Its password is needed."),
        ),
        (
            "demo", "flask-conical", N_("I want to &try it (sample data)"),
            N_("An invented organisation and events. Nothing goes to the office."),
        ),
        (
            "tester", "user", N_("I begin &without the office's file"),
            N_("Your organisation's own workspace, without exchange of data."),
        ),
    )  # fmt: skip

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        self._hints: dict[str, Any] = {}
        for code, icon, _words, _hint in self.ROLES:
            card = Card(theme)
            row = QHBoxLayout()
            row.addWidget(IconLabel(theme, icon, "accent", 28))
            row.addSpacing(8)
            words = QVBoxLayout()
            words.setSpacing(2)
            button = QRadioButton()
            button.setObjectName(f"role_{code}")
            button.setProperty("t", "h2")
            button.toggled.connect(lambda on, card=card: prop(card, "k", "chosen" if on else "card"))
            hint = text("", "muted", wrap=True)
            words.addWidget(button)
            words.addWidget(hint)
            row.addLayout(words, 1)
            card.column.addLayout(row)
            group.addButton(button)
            self.buttons[code], self._hints[code] = button, hint
            self.column.addWidget(card)
        self.column.addStretch(1)
        self.buttons["join"].setChecked(True)

    def title(self) -> str:
        """The question."""
        return _("Who are you?")

    def what(self) -> str:
        """Where data stay."""
        return _("All data stay on this computer and are encrypted. No network is needed.")

    def first_focus(self) -> QWidget:
        """The answer chosen."""
        return self.buttons[self.value()]

    def value(self) -> str:
        """join, office, restore, demo or tester."""
        return next(code for code, button in self.buttons.items() if button.isChecked())

    def choose(self, role: str) -> None:
        """Choose an answer."""
        self.buttons[role].setChecked(True)

    def retranslate(self) -> None:
        """Make its words again."""
        for code, _icon, words, hint in self.ROLES:
            self.buttons[code].setText(_(words))
            self._hints[code].setText(_(hint))
            self.buttons[code].setAccessibleDescription(_(hint))


class OrganisationStep(Step):
    """The project, the organisation, and the person."""

    FIELDS = (
        ("name", N_("Project &name"), ""),
        ("short_code", N_("&Short code"), N_("2 to 6 capital letters, e.g. PROG.")),
        ("leader_name", N_("Project &leader"), N_("The organisation that leads the project.")),
        ("date_from", N_("Project &from"), N_("E.g. 01.01.2026")),
        ("date_to", N_("Project t&o"), N_("E.g. 31.12.2027")),
        ("org", N_("Your o&rganisation"), N_("E.g. Association “Good Meadow”")),
        ("user", N_("Your first and last na&me"), N_("It signs your changes.")),
    )

    def __init__(self, theme: Theme, clock: Clock) -> None:
        super().__init__(theme)
        self._clock = clock
        self.fields: dict[str, QLineEdit] = {}
        self._labels: dict[str, tuple[Any, Any]] = {}
        for name, _words, _hint in self.FIELDS:
            field = QLineEdit()
            field.setObjectName(f"first_{name}")
            field.setMaximumWidth(theme.px(560))
            label, hint = text("", "label"), text("", "small", wrap=True)
            label.setBuddy(field)
            group = QVBoxLayout()
            group.setSpacing(4)
            for widget in (label, hint, field):
                group.addWidget(widget)
            self.column.addLayout(group)
            self.fields[name], self._labels[name] = field, (label, hint)
        self.column.addWidget(self.error)
        self.column.addStretch(1)

    def title(self) -> str:
        """The question."""
        return _("Organisation and people")

    def what(self) -> str:
        """Why it is asked."""
        return _("These words stand on reports. Everything can be changed later.")

    def first_focus(self) -> QWidget:
        """The first field."""
        return self.fields["name"]

    def value(self) -> tuple[dict[str, Any], str, str]:
        """The project's fields, the organisation, the person."""
        from progressus_desktop.domain import catalog, parsing

        of, today = catalog.entity("project"), clocks.today(self._clock)
        said = {name: field.text().strip() for name, field in self.fields.items()}
        project: dict[str, Any] = {"name": said["name"], "short_code": said["short_code"].upper()}
        for name in ("date_from", "date_to"):
            project[name] = parsing.parse(of.field(name), said[name], today)
        project["leader_name"] = said["leader_name"]
        return project, said["org"], said["user"]

    def complete(self) -> bool:
        """Every field filled, dates that can be read."""
        for name, words, _hint in self.FIELDS:
            empty = not self.fields[name].text().strip()
            prop(self.fields[name], "bad", empty)
            if empty:
                label = _(words).replace("&", "")
                return self._fail(name, _("Fill in the field “{field}”.", field=label))
        try:
            project, _org, _user = self.value()
        except ProgressusError as failure:
            return self._fail("date_from", str(failure))
        except ValueError as failure:
            return self._fail("date_from", str(failure))
        if project["date_from"] > project["date_to"]:
            return self._fail("date_to", _("The project cannot end before it begins."))
        code = project["short_code"]
        if not (2 <= len(code) <= 6 and code.isascii() and code.isalpha()):  # noqa: PLR2004 - as the domain says
            return self._fail("short_code", _("A short code is 2 to 6 capital letters A–Z. E.g. PROG."))
        self.error.show_state("err", "")
        return True

    def _fail(self, name: str, words: str) -> bool:
        prop(self.fields[name], "bad", True)
        self.error.show_state("err", words)
        self.fields[name].setFocus()
        return False

    def retranslate(self) -> None:
        """Make its words again."""
        for name, words, hint in self.FIELDS:
            label, small = self._labels[name]
            label.setText(_(words))
            small.setText(_(hint) if hint else "")
            small.setVisible(bool(hint))


class LookStep(Step):
    """Theme and text size, applied at once."""

    THEMES = (
        ("auto", N_("&Automatic")),
        ("light", N_("&Light")),
        ("dark", N_("&Dark")),
        ("contrast", N_("&High contrast")),
    )

    def __init__(self, theme: Theme, settings: SettingsHub) -> None:
        super().__init__(theme)
        self._settings = settings
        self._label, self._size = text("", "label"), text("", "label")
        self.column.addWidget(self._label)
        group = QButtonGroup(self)
        self.themes: dict[str, QRadioButton] = {}
        for code, _words in self.THEMES:
            button = self.themes[code] = QRadioButton()
            button.setObjectName(f"first_theme_{code}")
            group.addButton(button)
            button.clicked.connect(lambda _on=False, code=code: settings.change(theme=code))
            self.column.addWidget(button)
        self.column.addWidget(self._size)
        row = QHBoxLayout()
        self.scales: dict[int, Button] = {}
        for percent in SCALES:
            size = self.scales[percent] = Button(theme, f"{percent}%")
            size.setCheckable(True)
            size.clicked.connect(lambda _on=False, percent=percent: settings.change(text_scale=percent))
            row.addWidget(size)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)
        settings.changed.connect(self.retranslate)

    def title(self) -> str:
        """The step's name."""
        return _("Appearance and text")

    def what(self) -> str:
        """When it works."""
        return _("Changes work at once. You can change them any time in Settings.")

    def first_focus(self) -> QWidget:
        """The theme chosen."""
        return self.themes.get(self._settings.value.theme, self.themes["auto"])

    def retranslate(self) -> None:
        """Make its words again."""
        self._label.setText(_("Theme"))
        self._size.setText(_("Text size"))
        for code, words in self.THEMES:
            self.themes[code].setText(_(words))
            self.themes[code].setChecked(self._settings.value.theme == code)
        for percent, button in self.scales.items():
            button.setChecked(self._settings.value.text_scale == percent)
            button.setAccessibleName(_("Text size {percent}%", percent=percent))
