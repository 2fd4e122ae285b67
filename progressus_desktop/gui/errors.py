"""Failures as calm words: expected ones in place, bugs through one hook with a text to copy."""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QThread, QtMsgType, qInstallMessageHandler, qVersion
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from progressus_desktop import __version__, logs
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.parts import Banner, Button, text
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _

_log = logging.getLogger("progressus_desktop")
_DEEPEST = 12


def announce(widget: QWidget, words: str) -> None:
    """Say ``words`` politely to a screen reader."""
    if not words:
        return
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, words)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
    QAccessible.updateAccessibility(event)


def description(kind: type[BaseException], trace: TracebackType | None) -> str:
    """What a developer needs and no personal data: versions, the kind of error and its places, never its values."""
    import platform

    lines = [
        f"Progressus Desktop {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
        kind.__name__,
    ]
    frames = traceback.extract_tb(trace)[-_DEEPEST:]
    lines += [f"  {logs.place_in(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join(lines)


class Calm(QDialog):
    """A dialog with one message, an optional text to copy, and one safe way out."""

    def __init__(self, theme: Theme, title: str, words: str, details: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._details = details
        column = QVBoxLayout(self)
        margin = theme.space(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.space(16))
        column.addWidget(Banner(theme, "err", title, words))
        row = QHBoxLayout()
        if details:
            self.copy = Button(theme, _("&Copy the description"), "", "copy")
            self.copy.clicked.connect(self._copy)
            row.addWidget(self.copy)
        row.addStretch(1)
        self.close_button = Button(theme, _("C&lose"), "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        row.addWidget(self.close_button)
        column.addLayout(row)
        said = text("", "muted")
        self._said = said
        column.addWidget(said)
        said.hide()
        self.setFixedWidth(min(theme.px(560), 1000))
        self.close_button.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._details)
        self._said.setText(_("Copied. Paste it into a message to the office. It holds no personal data."))
        self._said.show()
        announce(self, self._said.text())


class LastResort:
    """Catches what nobody caught: writes the log, shows a calm dialog, and the program goes on."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._open: Calm | None = None
        self.last = ""

    def install(self) -> None:
        """Become the hook of Python and the reader of Qt's messages."""
        sys.excepthook = self.caught
        qInstallMessageHandler(qt_message)

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Handle an exception that nothing else did."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.last = description(kind, trace)
        _log.error("unexpected: %s", self.last)
        app = QApplication.instance()
        if app is None or QThread.currentThread() is not app.thread() or self._open is not None:
            return
        if isinstance(error, ProgressusError):
            title, words = _("This could not be done"), str(error)
        else:
            title = _("Something went wrong in the program")
            words = _("What you typed is safe. You can go on working. Send the description to the project office.")
        self._open = Calm(self._theme, title, words, self.last, QApplication.activeWindow())
        self._open.finished.connect(self._closed)
        self._open.open()

    def _closed(self) -> None:
        if self._open is not None:
            self._open.deleteLater()
        self._open = None


def qt_message(kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
    """Put what Qt complains about into the log."""
    levels = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }
    _log.log(levels.get(kind, logging.ERROR), "qt: %s", words)
