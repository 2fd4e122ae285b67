"""The steps of the first run, one widget each: who sits there, the organisation, the look."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from progressus_desktop import clock as clocks
from progressus_desktop.clock import Clock
from progressus_desktop.gui.parts import Button, Card, Chip, IconLabel, StateLine, on_choice, prop, text
from progressus_desktop.gui.settingshub import SettingsHub
from progressus_desktop.gui.theme import SCALES, Theme
from progressus_desktop.words import N_, _

_TWO_COLUMNS = 640


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


class _Answer(Card):
    """One answer: a round button with its words and a hint; a click anywhere on the card chooses it."""

    def __init__(self, theme: Theme, code: str, icon: str) -> None:
        super().__init__(theme)
        self.button, self.hint = QRadioButton(), text("", "muted", wrap=True)
        self.button.setObjectName(f"role_{code}")
        self.button.setProperty("t", "h2")
        self.button.toggled.connect(lambda on: prop(self, "k", "chosen" if on else "card"))
        self.head = QHBoxLayout()
        self.head.addWidget(self.button)
        self.head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addLayout(self.head)
        words.addWidget(self.hint)
        row = QHBoxLayout()
        row.addWidget(IconLabel(theme, icon, "accent", 28))
        row.addSpacing(8)
        row.addLayout(words, 1)
        self.column.addLayout(row)
        self._indent()
        theme.changed.connect(self._indent)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose it."""
        super().mouseReleaseEvent(event)
        self.button.setChecked(True)
        self.button.setFocus(Qt.FocusReason.MouseFocusReason)

    def _indent(self) -> None:
        """The hint begins under the words, not under the round button."""
        self.head.setSpacing(self._theme.space(14))
        self.hint.setIndent(self._theme.px(18) + self._theme.space(8) + 2)


class RoleStep(Step):
    """Who sits there. ``asked`` goes on at once: a person begins without the office's file."""

    asked = Signal()
    ROLES = (
        (
            "join", "file-key-2", N_("I have a fi&le from the office"),
            N_("The setup file brings organisation, topics and dates. You need its short code from the office."),
        ),
        ("office", "building-2", N_("I am the project &office"), N_("You make the project and the list of testers.")),
        (
            "restore", "archive-restore", N_("I have a new &computer (restore)"),
            N_("Your data come back from a backup. Its password or the recovery sheet is needed."),
        ),
        (
            "demo", "flask-conical", N_("I want to tr&y it (sample data)"),
            N_("An invented organisation and events. Nothing goes to the office."),
        ),
    )  # fmt: skip

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        self._answers: dict[str, _Answer] = {}
        for code, icon, _words, _hint in self.ROLES:
            card = self._answers[code] = _Answer(theme, code, icon)
            card.button.toggled.connect(self._with_answer)
            group.addButton(card.button)
            self.buttons[code] = card.button
            self.column.addWidget(card)
        self._usual = Chip(theme, "ok", _("Most often"))
        self._answers["join"].head.insertWidget(1, self._usual)
        self.alone = Button(theme, "", "link")
        self.alone.setObjectName("role_tester")
        self.alone.clicked.connect(self._begin_alone)
        self.column.addWidget(self.alone, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self._alone = False
        self.buttons["join"].setChecked(True)

    def _with_answer(self) -> None:
        self._alone = False

    def _begin_alone(self) -> None:
        self._alone = True
        self.asked.emit()

    def title(self) -> str:
        """The question."""
        return _("Who are you?")

    def what(self) -> str:
        """Where data stay."""
        return _("All data stay on this computer and are encrypted. No network is needed.")

    def first_focus(self) -> QWidget:
        """The answer chosen."""
        return self.alone if self._alone else self.buttons[self.value()]

    def shown(self) -> None:
        """Coming back, the answer that is marked counts again."""
        self._alone = False

    def value(self) -> str:
        """join, office, restore, demo or tester."""
        return "tester" if self._alone else next(code for code, each in self.buttons.items() if each.isChecked())

    def choose(self, role: str) -> None:
        """Choose an answer."""
        self._alone = role == "tester"
        if not self._alone:
            self.buttons[role].setChecked(True)

    def retranslate(self) -> None:
        """Make its words again."""
        self._usual.words.setText(_("Most often"))
        self.alone.set_text(_("I have no file from the office – begin without it, &join later"))
        for code, _icon, words, hint in self.ROLES:
            self.buttons[code].setText(_(words))
            self._answers[code].hint.setText(_(hint))
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
    ROWS = (("name",), ("short_code", "leader_name"), ("date_from", "date_to"), ("org", "user"))
    """Which fields stand side by side where there is room."""

    def __init__(self, theme: Theme, clock: Clock) -> None:
        super().__init__(theme)
        self._clock = clock
        self.fields: dict[str, QLineEdit] = {}
        self._labels: dict[str, tuple[Any, Any]] = {}
        self._errors: dict[str, StateLine] = {}
        self._rows: list[QBoxLayout] = []
        for names in self.ROWS:
            row = QHBoxLayout()
            row.setSpacing(theme.space(14))
            for name in names:
                row.addLayout(self._group(name), 1)
            self._rows.append(row)
            self.column.addLayout(row)
        self.column.addStretch(1)

    def _group(self, name: str) -> QVBoxLayout:
        """A field with its label and hint above it and what is wrong below it."""
        field = self.fields[name] = QLineEdit()
        field.setObjectName(f"first_{name}")
        label, hint = self._labels[name] = text("", "label"), text("", "small", wrap=True)
        error = self._errors[name] = StateLine(self.theme, "err")
        label.setBuddy(field)
        group = QVBoxLayout()
        group.setSpacing(4)
        for widget in (label, hint, field, error):
            group.addWidget(widget)
        group.addStretch(1)
        return group

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """One column where there is little room."""
        super().resizeEvent(event)
        narrow = self.width() < self.theme.px(_TWO_COLUMNS)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        for row in self._rows:
            row.setDirection(way)

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
        """The project's fields, the organisation, the person; for a complete step."""
        said = {name: field.text().strip() for name, field in self.fields.items()}
        project: dict[str, Any] = {"name": said["name"], "short_code": said["short_code"].upper()}
        project |= {name: self._day(name)[0] for name in ("date_from", "date_to")}
        project["leader_name"] = said["leader_name"]
        return project, said["org"], said["user"]

    def _day(self, name: str) -> tuple[str, str]:
        """The ISO date of a field, or what is wrong with it."""
        from progressus_desktop.domain import catalog, parsing

        field, today = catalog.entity("project").field(name), clocks.today(self._clock)
        try:
            return str(parsing.parse(field, self.fields[name].text(), today)), ""
        except parsing.ParseError as wrong:
            return "", str(wrong)

    def _wrong(self) -> dict[str, str]:
        """What is wrong with each field, in words."""
        found = {}
        for name, words, _hint in self.FIELDS:
            if not self.fields[name].text().strip():
                label = _(words).replace("&", "")
                found[name] = _("Fill in the field “{field}”.", field=label)
            elif name in {"date_from", "date_to"} and self._day(name)[1]:
                found[name] = self._day(name)[1]
        if not found and self._day("date_from")[0] > self._day("date_to")[0]:
            found["date_to"] = _("The project cannot end before it begins.")
        code = self.fields["short_code"].text().strip()
        if code and not (2 <= len(code) <= 6 and code.isascii() and code.isalpha()):  # noqa: PLR2004 - as the domain says
            found["short_code"] = _("A short code is 2 to 6 capital letters A–Z. E.g. PROG.")
        return found

    def complete(self) -> bool:
        """Every field filled, dates that can be read; what is wrong stands under its field."""
        wrong = self._wrong()
        for name, field in self.fields.items():
            said = wrong.get(name, "")
            prop(field, "bad", bool(said))
            self._errors[name].show_state("err", said)
            field.setAccessibleDescription(said or self._labels[name][1].text())
        if wrong:
            self.fields[next(name for name in self.fields if name in wrong)].setFocus(Qt.FocusReason.TabFocusReason)
        return not wrong

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
            self._on_choice(button, "theme", code)
            self.column.addWidget(button)
        self.column.addWidget(self._size)
        row = QHBoxLayout()
        self.scales: dict[int, Button] = {}
        for percent in SCALES:
            size = self.scales[percent] = Button(theme, f"{percent}%")
            size.setCheckable(True)
            self._on_choice(size, "text_scale", percent)
            row.addWidget(size)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)
        settings.changed.connect(self.retranslate)

    def _on_choice(self, button: QAbstractButton, name: str, value: object) -> None:
        settings = self._settings
        on_choice(button, lambda: getattr(settings.value, name) == value, lambda: settings.change(**{name: value}))

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
