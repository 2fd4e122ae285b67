"""The bar at the bottom: what is saved, the last backup, when the lock comes, the size of the text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from progressus_desktop.gui.parts import IconLabel, text
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _

_GAPS = 2
"""The stretch that parts what is saved from the backup in the compact layout stands so far behind the first words."""


class StatusBar(QFrame):
    """Six short facts; F6 reaches them as one sentence for screen readers."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("k", "status")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        row = self._row = QHBoxLayout(self)
        self._saved, self._saved_icon = text("", "body"), IconLabel(theme, "circle-check", "ok", 15)
        self._backup, self._backup_icon = text("", "body"), IconLabel(theme, "hard-drive", "ok", 15)
        self._lock, self._scale = text("", "body"), text("", "body")
        self._lock_icon = IconLabel(theme, "lock-open", "muted", 15)
        self._scale_icon = IconLabel(theme, "zoom-in", "muted", 15)
        self._exchange, self._exchange_icon = text("", "body"), IconLabel(theme, "arrow-left-right", "warn", 15)
        self._exchange_words = ""
        self._compact = False
        self._state, self._at, self._backup_words, self._backup_good, self._minutes = "saved", "", "", True, 15
        for icon, words in (
            (self._saved_icon, self._saved),
            (self._backup_icon, self._backup),
            (self._exchange_icon, self._exchange),
        ):
            row.addWidget(icon)
            row.addWidget(words)
            row.addSpacing(10)
            row.addStretch(1 if words is self._exchange else 0)
        for icon, words in ((self._lock_icon, self._lock), (self._scale_icon, self._scale)):
            row.addWidget(icon)
            row.addWidget(words)
            row.addSpacing(10)
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Take sizes and words again."""
        theme = self._theme
        self._row.setContentsMargins(theme.space(12), 0, theme.space(4), 0)
        self._row.setSpacing(theme.space(5))
        self.setFixedHeight(theme.px(24) + 4)
        self.show_words()

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Shorter words for large text."""
        self._compact = compact
        self._row.setStretch(self._row.indexOf(self._saved) + _GAPS, int(compact))
        self._lock.setVisible(not compact)
        self._lock_icon.setVisible(not compact)
        self.show_words()

    def saved(self, state: str, at: str = "") -> None:
        """Say how saving stands: saving, saved, failed or readonly."""
        self._state, self._at = state, at or self._at
        self.show_words()

    def backup(self, words: str, *, good: bool) -> None:
        """Say when the last backup was made ("today 8:15")."""
        self._backup_words, self._backup_good = words, good
        self.show_words()

    def exchange(self, words: str) -> None:
        """Say what waits to be sent or read ("To send: 14 records"); nothing hides it."""
        self._exchange_words = words
        self.show_words()

    def lock_after(self, minutes: int) -> None:
        """Say after how many minutes without work the lock comes."""
        self._minutes = minutes
        self.show_words()

    def show_words(self) -> None:
        """Make all words again."""
        icon, token, words = self._saving()
        self._saved_icon.show_icon(icon, token)
        self._saved.setText(words)
        short, when = self._compact, self._backup_words or _("none yet")
        self._backup.setText(_("Copy: {when}", when=when) if short else _("Backup: {when}", when=when))
        self._backup_icon.show_icon("hard-drive", "ok" if self._backup_good else "warn")
        percent = round(self._theme.scale * 100)
        self._scale.setText(f"{percent}%" if short else _("Text {percent}%", percent=percent))
        self._lock.setText(_("Locks after {n} min", n=self._minutes))
        self._exchange.setText(self._exchange_words)
        for part in (self._exchange, self._exchange_icon):
            part.setVisible(bool(self._exchange_words) and not short)
        parts = (self._saved, self._backup, self._exchange, self._lock, self._scale)
        self.setAccessibleName(". ".join(part.text() for part in parts if part.text()))

    def _saving(self) -> tuple[str, str, str]:
        if self._state == "saving":
            return "loader", "muted", _("Saving…")
        if self._state == "failed":
            return "circle-x", "err", _("Not saved on the disk – try again")
        if self._state == "readonly":
            return "eye", "info", _("For reading only")
        if not self._at:
            return "circle-check", "ok", _("All saved")
        if self._compact:
            return "circle-check", "ok", _("Saved {at}", at=self._at)
        return "circle-check", "ok", _("All saved ({at})", at=self._at)
