"""A line for search words with a magnifier that grows with the text."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from progressus_desktop.gui.theme import Theme

_ICON = 18
_LEFT = 8


class SearchField(QLineEdit):
    """The magnifier is painted, not a button: nothing to reach, nothing to name."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bare = False
        theme.changed.connect(self.restyle)
        self.restyle()

    def set_bare(self, bare: bool) -> None:  # noqa: FBT001 - a state, as Qt's setters
        """Leave the magnifier out where there is little room."""
        self._bare = bare
        self.restyle()

    def restyle(self) -> None:
        """Take sizes and colours from the theme again."""
        taken = 0 if self._bare else self._theme.px(_ICON) + self._theme.space(_LEFT)
        self.setTextMargins(taken, 0, 0, 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the field, then the magnifier."""
        super().paintEvent(event)
        if self._bare:
            return
        side = self._theme.px(_ICON)
        place = QPoint(self._theme.space(_LEFT), (self.height() - side) // 2)
        painter = QPainter(self)
        self._theme.icon("search", "muted", side).paint(painter, QRect(place, QSize(side, side)))
        painter.end()
