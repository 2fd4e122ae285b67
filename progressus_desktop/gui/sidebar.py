"""The pages at the left, always with words; the active one has a bar, a white fill and bold words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout, QWidget

from progressus_desktop.gui.parts import clear_layout, on_choice
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page of the sidebar: ``name`` for code, ``title`` as an English message, a Lucide icon."""

    name: str
    title: str
    icon: str
    at_bottom: bool = False


class NavButton(QAbstractButton):
    """One page: icon, words and perhaps a count that waits for the person."""

    def __init__(self, theme: Theme, entry: PageEntry, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.entry = theme, entry
        self._count, self._waiting = 0, ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.retranslate()

    def set_count(self, count: int, waiting: str) -> None:
        """Show a badge; ``waiting`` says the same in words ("5 open")."""
        self._count, self._waiting = count, waiting
        self.retranslate()
        self.update()

    def retranslate(self) -> None:
        """Make the words again."""
        title = _(self.entry.title)
        self.setText(title)
        self.setAccessibleName(f"{title}, {self._waiting}" if self._count else title)
        self.setFixedHeight(self._theme.px(40))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide enough for the words in bold."""
        return QSize(self._theme.px(48) + self.fontMetrics().horizontalAdvance(self.text()) + 40, self._theme.px(40))

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """The window decides which page is active."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows go to the neighbours, Enter opens."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The active page has three marks: bar, white fill, bold."""
        theme, painter = self._theme, QPainter(self)
        active, rect = self.isChecked(), self.rect()
        if active:
            painter.fillRect(rect, theme.tokens("base"))
            painter.fillRect(QRect(0, 0, 4, rect.height()), theme.tokens("accent"))
        elif self.underMouse():
            painter.fillRect(rect, theme.tokens("accentSoft"))
        if active and theme.high_contrast:
            painter.setPen(QPen(theme.tokens("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        side = theme.px(20)
        icon = theme.icon(self.entry.icon, "accent" if active else "text", side)
        left = theme.space(16)
        icon.paint(painter, QRect(left, (rect.height() - side) // 2, side, side))
        painter.setPen(theme.tokens("text"))
        painter.setFont(theme.font("h3" if active else "label"))
        words = rect.adjusted(left + side + theme.space(12), 0, -theme.space(8), 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())
        if self._count:
            self._badge(painter, rect)

    def _badge(self, painter: QPainter, rect: QRect) -> None:
        theme = self._theme
        painter.setFont(theme.font("key"))
        words = str(self._count)
        height = theme.px(20)
        width = max(height, painter.fontMetrics().horizontalAdvance(words) + theme.space(12))
        badge = QRect(rect.right() - width - theme.space(12), (rect.height() - height) // 2, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.tokens("border"), 1))
        painter.setBrush(theme.tokens("base"))
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setPen(theme.tokens("text"))
        painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), words)


class Sidebar(QFrame):
    """All pages of the workspace."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, entries: Sequence[PageEntry] = ()) -> None:
        super().__init__()
        self._theme = theme
        self._marked = ""
        self.setProperty("k", "sidebar")
        self.setAccessibleName(_("Pages"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 1, 8)
        self._column.setSpacing(0)
        self.buttons: list[NavButton] = []
        self.show_entries(entries)

    def show_entries(self, entries: Sequence[PageEntry]) -> None:
        """Show these pages in place of those before."""
        clear_layout(self._column)
        self.buttons = []
        stretched = False
        for entry in entries:
            if entry.at_bottom and not stretched:
                stretched = True
                self._column.addStretch(1)
                rule = QFrame(self)
                rule.setProperty("k", "rule")
                self._column.addWidget(rule)
                self._column.addSpacing(6)
            button = NavButton(self._theme, entry, self)
            button.clicked.connect(lambda _checked=False, name=entry.name: self.chosen.emit(name))
            on_choice(button, partial(self._is_marked, entry.name), partial(self._choose, entry.name))
            self._column.addWidget(button)
            self.buttons.append(button)
        self.mark(self._marked)
        self.retranslate()

    def _is_marked(self, name: str) -> bool:
        return self._marked == name

    def _choose(self, name: str) -> None:
        self.chosen.emit(name)
        # the window may have stayed where it was
        self.mark(self._marked)

    def mark(self, name: str) -> None:
        """Show which page is active."""
        self._marked = name
        for button in self.buttons:
            button.setChecked(button.entry.name == name)

    def active(self) -> QWidget:
        """The button of the active page, the sidebar itself while there is none."""
        first = self.buttons[0] if self.buttons else self
        return next((button for button in self.buttons if button.isChecked()), first)

    def set_count(self, name: str, count: int, waiting: str) -> None:
        """Show a badge at a page."""
        for button in self.buttons:
            if button.entry.name == name:
                button.set_count(count, waiting)

    def retranslate(self) -> None:
        """Make words and sizes again."""
        self.setAccessibleName(_("Pages"))
        for button in self.buttons:
            button.retranslate()
        self.setFixedWidth(max([self._theme.px(196), *(button.sizeHint().width() for button in self.buttons)]))
