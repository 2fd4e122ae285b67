"""How large a dialog is: as wide as asked, as high as its words need. What a screen has no room for scrolls."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from progressus_desktop.gui.parts import IconLabel, scrolled, text
from progressus_desktop.gui.theme import Theme

WIDEST, HIGHEST = 1000, 640
"""Pixels that a laptop's screen has for a dialog."""


def body_of(name: str, column: QVBoxLayout) -> tuple[QScrollArea, QVBoxLayout]:
    """An area of a dialog that scrolls when there is no room for all of it, and the column inside."""
    body = QWidget()
    inside = QVBoxLayout(body)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(column.spacing())
    area = scrolled(name, body)
    column.addWidget(area, 1)
    return area, inside


def tell(theme: Theme, inside: QVBoxLayout, lines: Iterable[tuple[str, str, str]]) -> None:
    """Say what follows, line by line: icon, colour and words of each."""
    grid = QGridLayout()
    grid.setSpacing(theme.space(8))
    for number, (icon, token, words) in enumerate(lines):
        grid.addWidget(IconLabel(theme, icon, token), number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text(words, wrap=True), number, 1)
    grid.setColumnStretch(1, 1)
    inside.addLayout(grid)
    inside.addStretch(1)


def fit(dialog: QDialog, theme: Theme, wide: int, area: QScrollArea, inside: QVBoxLayout) -> bool:
    """Make a dialog ``wide`` pixels of the design wide, and as high as its words need; gives whether some must scroll.

    Qt takes no account of how words wrap once a dialog would fill two thirds of the screen, and cuts the last ones off.
    """
    for each in dialog.findChildren(QWidget):
        each.ensurePolished()  # the style sheet gives the words their size only then
    width = min(theme.px(wide), WIDEST)
    dialog.setFixedWidth(width)
    column = dialog.layout()
    if column is None:
        return False
    margins = column.contentsMargins()
    needed = inside.totalHeightForWidth(width - margins.left() - margins.right())
    needed = needed if needed >= 0 else inside.totalSizeHint().height()
    around = column.totalHeightForWidth(width)
    around = (around if around >= 0 else column.totalSizeHint().height()) - area.sizeHint().height()
    high = needed + around + theme.space(8)
    dialog.resize(width, min(high, HIGHEST))
    return high > HIGHEST
