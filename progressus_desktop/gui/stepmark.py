"""Numbered circles: a step of the first run in the list beside it, and before the head of a card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from progressus_desktop.gui.parts import text
from progressus_desktop.gui.theme import Theme


class NumberMark(QWidget):
    """A number in a circle before the head of a card: decoration, the head itself is read."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self._number = theme, number
        self.restyle()

    def restyle(self) -> None:
        """Take its size from the theme again."""
        side = self._theme.px(26) + 2
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the circle."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.rect().adjusted(1, 1, -1, -1)
        painter.setBrush(theme.tokens("accentSoft"))
        painter.setPen(QPen(theme.tokens("accent"), 2 if theme.high_contrast else 1))
        painter.drawEllipse(rect)
        painter.setPen(theme.tokens("text"))
        painter.setFont(theme.font("h3"))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), str(self._number))


class StepMark(QWidget):
    """A numbered circle and the step's name; the current one is filled and bold."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self._number, self._current = theme, number, False
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space(40), 0, 0, 0)
        self.words: QLabel = text("", "muted")
        row.addWidget(self.words, 1)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        self.setFixedHeight(self._theme.px(32))
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(self._theme.px(28) + self._theme.space(12), 0, 0, 0)

    def mark(self, words: str, *, current: bool) -> None:
        """Show the step's name and whether it is the current one."""
        self._current = current
        self.words.setText(words)
        self.words.setProperty("t", "h3" if current else "muted")
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the circle."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(26)
        rect = self.rect().adjusted(1, (self.height() - side) // 2, 0, 0)
        rect.setSize(rect.size().scaled(side, side, Qt.AspectRatioMode.IgnoreAspectRatio))
        fill: QColor = theme.tokens("accent" if self._current else "base")
        painter.setBrush(fill)
        painter.setPen(QPen(theme.tokens("accent" if self._current else "border"), 1))
        painter.drawEllipse(rect)
        painter.setPen(theme.tokens("onAccent" if self._current else "text"))
        painter.setFont(theme.font("key"))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), str(self._number))
