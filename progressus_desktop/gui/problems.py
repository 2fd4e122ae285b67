"""Problems of a field, shown under it in words, with an icon and in their colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from progressus_desktop.domain.fields import Level, Problem
from progressus_desktop.gui.parts import Button, IconLabel, clear_layout, text
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _

OPEN, MERGE = "open", "merge"
ASIDE = "aside"
"""The property of controls that Enter in a field passes over: Tab reaches them."""

_MOST = 3


class ProblemLines(QWidget):
    """Up to three problems; nothing to see while there are none.

    Where ``offers`` says so, a record that may be the same can be opened or merged: ``asked`` carries which,
    and its id.
    """

    asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offers = False
        self.buttons: list[Button] = []
        self._theme: Theme | None = None
        self._problems: tuple[Problem, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 0, 2)
        self.hide()

    def dress(self, theme: Theme) -> None:
        """Take sizes and colours from the theme."""
        self._theme = theme
        self._show()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these problems, errors first."""
        ordered = tuple(sorted(problems, key=lambda each: each.level is not Level.ERROR))[:_MOST]
        if ordered != self._problems:
            self._problems = ordered
            self._show()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self._show()

    def words(self) -> str:
        """What is shown, for screen readers."""
        return " ".join(str(each.message) for each in self._problems)

    def _show(self) -> None:
        clear_layout(self._column)
        self.buttons = []
        self.setVisible(bool(self._problems))
        if self._theme is None:
            return
        self._column.setSpacing(self._theme.space(2))
        for problem in self._problems:
            error = problem.level is Level.ERROR
            row = QHBoxLayout()
            row.setSpacing(self._theme.space(6))
            icon = IconLabel(self._theme, "circle-x" if error else "triangle-alert", "err" if error else "warn", 16)
            row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(text(str(problem.message), "err" if error else "warn", wrap=True), 1)
            self._column.addLayout(row)
            if problem.record and self.offers:
                self._column.addLayout(self._ways_on(self._theme, problem))

    def _ways_on(self, theme: Theme, problem: Problem) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.space(8))
        for what, words, icon in ((OPEN, _("Open the other one"), "external-link"), (MERGE, _("Merge…"), "link")):
            button = Button(theme, words, "", icon, small=True)
            button.setObjectName(f"duplicate_{what}_button")
            button.setProperty(ASIDE, True)
            button.setAccessibleDescription(str(problem.message))
            button.clicked.connect(lambda _on=False, what=what, record=problem.record: self.asked.emit(what, record))
            row.addWidget(button)
            self.buttons.append(button)
        row.addStretch(1)
        return row
