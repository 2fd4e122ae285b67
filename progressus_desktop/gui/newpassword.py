"""A new password typed twice, with words that say what is missing."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from progressus_desktop.gui.parts import StateLine, prop, text
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _

SHORTEST = 10


def labelled(words: str, field: QWidget, hint: str = "") -> QVBoxLayout:
    """A field under its label and hint."""
    group = QVBoxLayout()
    group.setSpacing(4)
    label = text(words, "label")
    label.setBuddy(field)
    group.addWidget(label)
    if hint:
        group.addWidget(text(hint, "small", wrap=True))
    group.addWidget(field)
    return group


class NewPassword(QWidget):
    """Twice the new password, with words that say what is missing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(8))
        self.first, self.second = QLineEdit(), QLineEdit()
        for field, name in ((self.first, "password"), (self.second, "password_again")):
            field.setObjectName(name)
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self._labels = (text("", "label"), text("", "small", wrap=True), text("", "label"))
        for label, field in ((self._labels[0], self.first), (self._labels[2], self.second)):
            label.setBuddy(field)
            group = QVBoxLayout()
            group.setSpacing(4)
            group.addWidget(label)
            if field is self.first:
                group.addWidget(self._labels[1])
            group.addWidget(field)
            column.addLayout(group)
        self.shown = QCheckBox()
        self.shown.toggled.connect(self._echo)
        column.addWidget(self.shown)
        self.error = StateLine(theme, "err")
        column.addWidget(self.error)
        self.retranslate()

    def retranslate(self) -> None:
        """Make its words again."""
        first, hint, second = self._labels
        first.setText(_("&Password"))
        hint.setText(_("At least {n} characters. Several words are the easiest to remember.", n=SHORTEST))
        second.setText(_("Password &again"))
        self.shown.setText(_("S&how the password"))

    def _echo(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        for field in (self.first, self.second):
            field.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    def value(self) -> str:
        """The password if it is good, else empty with the reason shown and the focus on the field."""
        short = len(self.first.text()) < SHORTEST
        differ = self.first.text() != self.second.text()
        words = ""
        if short:
            words = _("The password is too short. Add another word.")
        elif differ:
            words = _("The two passwords differ. Type the second one again.")
        self.error.show_state("err", words)
        prop(self.first, "bad", short)
        prop(self.second, "bad", differ and not short)
        if words:
            (self.first if short else self.second).setFocus()
            return ""
        return self.first.text()
