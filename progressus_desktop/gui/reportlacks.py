"""What a report will lack, each with a link to the place where it can be mended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from progressus_desktop.domain.fields import Level
from progressus_desktop.gui.parts import Button, IconLabel, swap_body, text
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services.reporting_lacks import Lack
from progressus_desktop.words import _, ngettext

MOST = 40
"""More would be no list to work through; the rest is counted."""


class LackList(QWidget):
    """A heading with the count, then the lacks, errors first. ``asked`` carries the one to be mended.

    So many ``rows`` are in sight without scrolling; for 0 as many as there is room for.
    """

    asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None, rows: int = 3) -> None:
        super().__init__(parent)
        self._theme, self._most = theme, rows
        self._lacks: Sequence[Lack] = ()
        self.title = text("", "h3")
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.title)
        column.addWidget(self.area, 1)
        column.addStretch(0)
        self.show_lacks(())

    def show_lacks(self, lacks: Sequence[Lack]) -> None:
        """Show these instead of what was shown before."""
        self._lacks = lacks
        self.retranslate()

    def retranslate(self) -> None:
        """Make all rows again."""
        number = len(self._lacks)
        words = ngettext("To look at: {n}", "To look at: {n}", number)
        self.title.setText(words if number else _("Nothing is missing"))
        body = QWidget()
        body.setProperty("k", "page")
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(self._theme.space(4))
        for lack in self._lacks[:MOST]:
            rows.addWidget(self._row(lack))
        if number > MOST:
            rest = number - MOST
            rows.addWidget(text(ngettext("and {n} more", "and {n} more", rest), "muted"))
        rows.addStretch(1)
        swap_body(self.area, body)
        self.area.setVisible(number > 0)
        if self._most:
            tall = min(number, self._most) * self._theme.px(38) + self._theme.space(4)
            self.area.setFixedHeight(tall if number else 0)

    def _row(self, lack: Lack) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, self._theme.space(8), 0)
        row.setSpacing(self._theme.space(8))
        error = lack.level is Level.ERROR
        row.addWidget(IconLabel(self._theme, "circle-x" if error else "triangle-alert", "err" if error else "warn", 16))
        row.addWidget(text(str(lack), wrap=True), 1)
        if lack.record_id:
            mend = Button(self._theme, _("Mend"), "link", small=True)
            mend.setObjectName("mend_button")
            mend.setAccessibleDescription(str(lack))
            mend.clicked.connect(lambda _checked=False: self.asked.emit(lack))
            row.addWidget(mend)
        return widget
