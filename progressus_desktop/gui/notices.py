"""Banners above the page, the undo bar below it, and words for screen readers: how pages speak."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from progressus_desktop.errors import CancelledError, ProgressusError
from progressus_desktop.gui import errors
from progressus_desktop.gui.parts import Banner, Button, clear_layout, text
from progressus_desktop.gui.statusbar import StatusBar
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _

_MOST = 3


class UndoBar(QFrame):
    """Says "Partner removed. Undo" until the next change."""

    def __init__(self, theme: Theme, undo: Callable[[], None]) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("k", "undo")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space(12), 4, theme.space(8), 4)
        self.words = text("", "label")
        self.button = Button(theme, _("Undo"), "", "undo-2", small=True)
        self.button.clicked.connect(undo)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()

    def offer(self, words: str) -> None:
        """Show what was done."""
        self.words.setText(words)
        self.button.set_text(_("Undo"))
        self.button.setAccessibleDescription(words)
        self.setVisible(bool(words))


class Notices(QWidget):
    """Keeps the banners in order; the newest three stay in sight."""

    def __init__(self, theme: Theme, status: StatusBar, undo: UndoBar) -> None:
        super().__init__()
        self._theme, self._status, self._undo = theme, status, undo
        self._column = QVBoxLayout(self)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._banners: dict[str, Banner] = {}
        self._number = 0
        self.offering = False
        theme.changed.connect(self._space)
        self._space()

    def _space(self) -> None:
        side = self._theme.space(20)
        self._column.setContentsMargins(side, self._theme.space(8), side, 0)
        self._column.setSpacing(self._theme.space(8))
        self.setVisible(bool(self._banners))

    def banner(
        self,
        kind: str,
        title: str,
        text: str = "",
        action: str = "",
        act: Callable[[], None] | None = None,
        key: str = "",
    ) -> None:
        """Show a banner until it is dealt with; one of the same ``key`` gives way."""
        if not key:
            self._number += 1
            key = f"#{self._number}"
        self.clear(key)
        banner = Banner(self._theme, kind, title, text, closable=not key.startswith("!"), one_line=key.startswith("!"))
        banner.closed.connect(lambda: self.clear(key))
        if action and act is not None:
            banner.set_action(action, act)
        self._banners[key] = banner
        self._column.insertWidget(0, banner)
        passing = [each for each in self._banners if not each.startswith("!")]
        for old in passing[:-_MOST]:
            self.clear(old)
        self._space()
        self.announce(f"{title}. {text}".strip())

    def clear(self, key: str) -> None:
        """Take the banner of ``key`` away."""
        banner = self._banners.pop(key, None)
        if banner is not None:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self._space()

    def keys(self) -> tuple[str, ...]:
        """The keys of the banners in sight."""
        return tuple(self._banners)

    def clear_all(self) -> None:
        """Take everything away."""
        self._banners.clear()
        clear_layout(self._column)
        self._space()

    def undo_bar(self, text: str) -> None:
        """Offer to undo what was just done."""
        self._undo.offer(text)
        self.offering = bool(text)
        self.announce(text)

    def announce(self, text: str) -> None:
        """Say something politely to a screen reader."""
        errors.announce(self.window(), text)

    def error(self, failure: ProgressusError) -> None:
        """Show an expected failure; a stop that was asked for is news, not a failure."""
        if isinstance(failure, CancelledError):
            self.banner("info", str(failure.message), str(failure.hint or ""))
            return
        self.banner("err", str(failure.message), str(failure.hint or ""))

    def saved(self, state: str, at: str = "") -> None:
        """Say how saving stands."""
        self._status.saved(state, at)
