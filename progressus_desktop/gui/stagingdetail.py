"""One row of a staging, whole: why it is doubtful or wrong, and its cells before and after."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from progressus_desktop.gui.parts import StateLine, prop, swap_body, text
from progressus_desktop.gui.stagingmodel import STATES
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services.tables_in import StagedRow, State
from progressus_desktop.words import _

_KINDS = {State.NEW: "ok", State.CHANGED: "info", State.DOUBTFUL: "warn", State.WRONG: "err", State.SAME: "none"}
_MOST_LETTERS = 400


class StagingDetail(QFrame):
    """Fills itself anew for each row; it scrolls inside."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._row: StagedRow | None = None
        self.setProperty("k", "card")
        self.setObjectName("staging_detail")
        column = self._column = QVBoxLayout(self)
        self.title = text("", "h2", wrap=True)
        self.state = StateLine(theme)
        column.addWidget(self.title)
        column.addWidget(self.state)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.viewport().setAutoFillBackground(False)
        column.addWidget(self.area, 1)
        self.restyle()

    def show_row(self, row: StagedRow | None) -> None:
        """Show a row, or that none is chosen."""
        self._row = row
        self.title.setText(row.title if row else _("No row is chosen"))
        self.state.show_state(
            _KINDS[row.state] if row else "none",
            _("Line {n}: {state}", n=row.line, state=_(STATES[row.state][0])) if row else "",
        )
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.space(8))
        spoken = [self.title.text(), self.state.words.text()]
        for each in (*row.reasons, *row.remarks) if row else ():
            spoken.append(str(each))
            column.addWidget(text(str(each), wrap=True))
        if row and row.cells:
            column.addLayout(self._cells(row))
            spoken += [f"{c.column.head}: {c.before or '–'} → {c.after or '–'}" for c in row.cells]
        elif row and row.state is State.SAME:
            column.addWidget(text(_("Everything in this row is here already."), wrap=True))
        column.addStretch(1)
        swap_body(self.area, body)
        body.setAutoFillBackground(False)  # the card shows through
        self.area.setAccessibleName(". ".join(spoken))

    def _cells(self, row: StagedRow) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.space(12))
        grid.setVerticalSpacing(self._theme.space(8))
        is_new = not row.record
        heads = (_("Column"), _("Value")) if is_new else (_("Column"), _("Before"), _("After"))
        for number, words in enumerate(heads):
            grid.addWidget(text(words, "h3"), 0, number)
        for place, cell in enumerate(row.cells, start=1):
            grid.addWidget(text(cell.column.head, "h3", wrap=True), place, 0, Qt.AlignmentFlag.AlignTop)
            if not is_new:
                grid.addWidget(self._box("soft", "−", "err", cell.before), place, 1)
            grid.addWidget(self._box("ok", "+", "ok", cell.after), place, len(heads) - 1)
        for number in range(len(heads)):
            grid.setColumnStretch(number, 2 if number == 0 else 3)
        return grid

    def _box(self, kind: str, sign: str, tone: str, words: str) -> QFrame:
        frame = QFrame()
        prop(frame, "k", kind)
        row = QHBoxLayout(frame)
        row.setContentsMargins(self._theme.space(10), self._theme.space(5), self._theme.space(10), self._theme.space(5))
        row.addWidget(text(sign, tone), 0, Qt.AlignmentFlag.AlignTop)
        shown = words if len(words) <= _MOST_LETTERS else words[:_MOST_LETTERS] + "…"
        row.addWidget(text(shown or "–", wrap=True), 1)
        return frame

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        side, top = self._theme.space(16), self._theme.space(12)
        self._column.setContentsMargins(side, top, side, top)
        self._column.setSpacing(self._theme.space(8))
        self.show_row(self._row)
