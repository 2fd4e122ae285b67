"""The composition root: start fast with the unlock window, then the shell of the open workspace."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QIcon, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from progressus_desktop import assets, clock, logs
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.errors import LastResort
from progressus_desktop.gui.jobs import Jobs, Progress
from progressus_desktop.gui.pages_unlock import UnlockPage, known, name_of
from progressus_desktop.gui.settingshub import SettingsHub
from progressus_desktop.gui.theme import SCALES, Theme
from progressus_desktop.gui.translator import Languages
from progressus_desktop.words import _, language

if TYPE_CHECKING:
    from PySide6.QtGui import QShortcut

    from progressus_desktop.gui.focus import FocusRing
    from progressus_desktop.gui.helpwindow import HelpWindow
    from progressus_desktop.gui.session import Session
    from progressus_desktop.store.workspace import Workspace

_WIDTH, _HEIGHT = 1280, 660
_LEAST_WIDTH, _LEAST_HEIGHT = 640, 480
_LATEST_MS = 1000
_BEFORE_UNLOCKING = ("help", "larger", "smaller", "normal", "contrast")


class MainWindow(QWidget):
    """The one window. What it shows changes; closing it asks the session first."""

    painted = Signal()
    """Its first picture is on the screen; once."""

    def __init__(self, closing: Callable[[], bool]) -> None:
        super().__init__()
        self._closing, self._seen = closing, False
        self.setObjectName("main_window")
        self.setProperty("k", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.stack = QStackedLayout(self)
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)

    def show_only(self, page: QWidget) -> None:
        """Show ``page``; the pages before it stay until they are taken away."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tell once that people see something: from then on there is time to load what opening needs."""
        super().paintEvent(event)
        if not self._seen:
            QTimer.singleShot(0, self, self._tell)  # after the pages inside it, which are painted next

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """A window that starts minimised paints nothing, and is told of all the same."""
        super().showEvent(event)
        if not self._seen:
            QTimer.singleShot(_LATEST_MS, self, self._tell)

    def _tell(self) -> None:
        if not self._seen:
            self._seen = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Close when nothing typed can be lost."""
        if self._closing():
            event.accept()
        else:
            event.ignore()


class Program(QObject):
    """Owns the application's parts and goes from first run or unlocking to work and back."""

    def __init__(self, app: QApplication, now: clock.Clock) -> None:
        super().__init__(app)
        self.app, self.clock = app, now
        self.settings = SettingsHub(self)
        self.languages = Languages(app)
        self.languages.use(self.settings.value.language)
        self.theme = Theme(app)
        self.resort = LastResort(self.theme)
        self._look()
        self.jobs = Jobs(self)
        self.ring: FocusRing | None = None
        self.window = MainWindow(self._may_close)
        self.window.painted.connect(self._make_ready)
        self.unlock: UnlockPage | None = None
        self.first: QWidget | None = None
        self.session: Session | None = None
        self.manual: HelpWindow | None = None
        self._place: tuple[str, str | None] = ("", None)
        self._shortcuts: list[QShortcut] = []
        self._shown = self._state()
        self.settings.changed.connect(self._settings_changed)

    # -- look and words -----------------------------------------------------------------------------------

    def _state(self) -> tuple[object, ...]:
        value = self.settings.value
        return value.theme, value.text_scale, value.font, value.language

    def _look(self) -> None:
        value = self.settings.value
        self.theme.apply(value.theme, value.text_scale, own_font=value.font != "system")

    def _settings_changed(self) -> None:
        state = self._state()
        if state[:3] != self._shown[:3]:
            self._look()
        if state[3] != self._shown[3]:
            self.languages.use(self.settings.value.language)
            self.retranslate()
        self._shown = state
        if self.session is not None:
            self.session.settings_changed()

    def retranslate(self) -> None:
        """Make every word in sight again."""
        if self.unlock is not None:
            self.unlock.retranslate()
        if self.first is not None:
            self.first.retranslate()  # type: ignore[attr-defined]  # FirstRun, imported late
        if self.session is not None:
            self.session.retranslate()
        if self.manual is not None:
            self.manual.retranslate()
        self._title()

    def _title(self) -> None:
        page = self.session.name if self.session else _("Unlock") if self.unlock else _("First run")
        self.window.setWindowTitle(f"{page} – Progressus Desktop")

    def _keys(self) -> None:
        """Help and the look have their keys before unlocking too, where no menu brings them."""
        from PySide6.QtGui import QKeySequence, QShortcut

        from progressus_desktop.gui.commands import command_of

        for name in _BEFORE_UNLOCKING:
            for keys in command_of(name).keys:
                shortcut = QShortcut(QKeySequence(keys), self.window)
                shortcut.activated.connect(lambda name=name: self.command(name))
                self._shortcuts.append(shortcut)
        self._use_keys()

    def _use_keys(self) -> None:
        """In an open workspace the menus have these keys; bound twice, a key would do nothing at all."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(self.session is None)

    def command(self, name: str) -> None:
        """Commands that work everywhere."""
        scale, theme = self.settings.value.text_scale, self.settings.value.theme
        if name == "larger":
            self.settings.change(text_scale=next((each for each in SCALES if each > scale), SCALES[-1]))
        elif name == "smaller":
            self.settings.change(text_scale=next((each for each in reversed(SCALES) if each < scale), SCALES[0]))
        elif name == "normal":
            self.settings.change(text_scale=SCALES[0])
        elif name == "contrast":
            self.settings.change(theme="auto" if theme == "contrast" else "contrast")
        elif name == "language":
            self.settings.change(language="en" if language() == "pl" else "pl")
        elif name == "help":
            self.help("password" if self.unlock is not None else "start")
        elif name == "quit":
            self.window.close()

    def help(self, chapter: str) -> None:
        """Show a chapter of the manual beside the work, in the one help window."""
        from progressus_desktop.gui.helpwindow import HelpWindow

        if self.manual is None:
            self.manual = HelpWindow(self.theme, self.jobs, self.clock, self.window)
        self.manual.show_chapter(chapter)

    # -- from start to work -----------------------------------------------------------------------------------

    def start(self, folder: Path | None) -> None:
        """Show the first run or the unlock page; what opening needs is loaded while the password is typed."""
        self.window.painted.connect(self._load_ahead)
        last = str(folder) if folder else self.settings.value.last_workspace
        folders = known(last)
        if folders:
            self.show_unlock(folders)
        else:
            self.show_first()
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.window.resize(min(screen.width(), _WIDTH), min(screen.height(), _HEIGHT))
        if screen.width() <= 1400:  # noqa: PLR2004 - a laptop's screen is used whole
            self.window.showMaximized()
        else:
            self.window.show()

    def _make_ready(self) -> None:
        """What the first picture did not need: the ring, the keys, the icon."""
        from progressus_desktop.gui.focus import FocusRing

        self.ring = FocusRing(self.app, self.theme)
        self._keys()
        self.window.setWindowIcon(QIcon(str(assets.folder("icons") / "program.svg")))

    def _load_ahead(self) -> None:
        self.jobs.start(self, _("Opening…"), _load, lambda _nothing: None, lambda _failure: None)

    def show_unlock(self, folders: list[Path]) -> None:
        """Ask for the password."""
        if self.unlock is None:
            self.unlock = UnlockPage(self.theme)
            self.unlock.unlock_asked.connect(self.open)
            self.unlock.new_asked.connect(self.show_first)
            self.unlock.help_asked.connect(self.ask_office)
            self.unlock.command.connect(self.command)
        self.unlock.show_workspaces(folders, self.settings.value.auto_lock_minutes)
        self.window.show_only(self.unlock)
        self.unlock.first_focus().setFocus()
        self._title()

    def show_first(self) -> None:
        """Ask who sits there and make a workspace."""
        from progressus_desktop.gui.pages_firstrun import FirstRun

        self.jobs.reopen()
        self.first = FirstRun(self.theme, self.settings, self.jobs, self.clock)
        self.first.opened.connect(self.enter)
        self.first.command.connect(self.command)
        self.first.left.connect(self._leave_first)
        self.window.show_only(self.first)
        self.first.focus_step()
        self._title()

    def _leave_first(self) -> None:
        folders = known(self.settings.value.last_workspace)
        if folders:
            self.show_unlock(folders)
            self._forget_first()
        else:
            self.window.close()

    def _forget_first(self) -> None:
        if self.first is not None:
            self.window.stack.removeWidget(self.first)
            self.first.deleteLater()
            self.first = None

    def open(self, folder: Path, password: str, code: str) -> None:
        """Open a workspace off the window's thread: making the key takes a moment on purpose."""
        self.jobs.reopen()
        page = self.unlock
        if page is not None:
            page.set_busy(True)

        def work(_progress: Progress) -> Workspace:
            from progressus_desktop.services import workspaces

            return workspaces.open_(folder, self.clock, password=password, recovery_code=code)

        def failed(error: ProgressusError) -> None:
            if page is not None:
                page.set_busy(False)
                page.fail(str(error))

        self.jobs.start(self, _("Opening…"), work, self.enter, failed)

    def ask_office(self, folder: Path) -> None:
        """Ask the office to help with a forgotten password; the new one opens the workspace."""
        from progressus_desktop.gui.officehelp import OfficeHelp

        self.jobs.reopen()
        dialog = OfficeHelp(self.theme, self.jobs, self.clock, folder, self.unlock or self.window)
        dialog.renewed.connect(lambda new: self.open(folder, new, ""))
        dialog.open()

    def enter(self, ws: Workspace) -> None:
        """Work in an open workspace, at the place left when it was locked."""
        from progressus_desktop.gui.session import Session

        self.jobs.reopen()
        self.settings.change(last_workspace=str(ws.folder.resolve()))
        self.session = Session(self, ws)
        self._use_keys()
        self.window.show_only(self.session.shell)
        if self.unlock is not None:
            self.window.stack.removeWidget(self.unlock)
            self.unlock.deleteLater()
            self.unlock = None
        self._forget_first()
        self._title()
        self.session.begin(*self._place)
        self._place = ("", None)

    def leave(self, *, lock: bool = True) -> bool:
        """Close the workspace after what was typed is kept; with ``lock`` ask for its password again."""
        session = self.session
        if session is None:
            return True
        if not session.may_leave():
            return False
        self._place = session.place() if lock else ("", None)
        folder = session.ws.folder
        self.session = None
        self._use_keys()
        if lock:
            self.show_unlock([folder, *(each for each in known("") if each != folder)])
        self.window.stack.removeWidget(session.shell)
        session.close()
        return True

    def _may_close(self) -> bool:
        if not self.leave(lock=False):
            return False
        self.jobs.close()
        return True


def _load(progress: Progress) -> None:
    """Load the database's libraries and the first pages while the password is typed."""
    try:
        from progressus_desktop.gui import sessionpages

        sessionpages.load_ahead(progress)
    except Exception as error:  # noqa: BLE001 - opening tries again and shows what is wrong
        logs.unexpected(error)


def application(arguments: list[str]) -> QApplication:
    """The application object, set up but showing nothing."""
    found = QApplication.instance()
    # as an option, because setStyle() gives the style back and making it an object of Python takes 6 ms
    app = found if isinstance(found, QApplication) else QApplication([*arguments, "-style", "fusion"])
    app.setApplicationName("Progressus Desktop")
    app.setDesktopFileName("progressus-desktop")
    return app


def _close_on_signals(program: Program) -> None:
    """Let the system end the program as a person does: what was typed is kept (logging out, shutting down)."""
    import signal
    import socket

    from PySide6.QtCore import QSocketNotifier

    ear, mouth = socket.socketpair()
    mouth.setblocking(False)
    signal.set_wakeup_fd(mouth.fileno())  # wakes the event loop, in which Python's handlers otherwise never run
    notifier = QSocketNotifier(ear.fileno(), QSocketNotifier.Type.Read, program)
    notifier.activated.connect(lambda: ear.recv(1))
    program.destroyed.connect(lambda: mouth.close())  # noqa: PLW0108 - a bound method would not keep the socket
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda _number, _frame: program.window.close())


def run(where: str | Path = "", *, password: str = "", now: clock.Clock | None = None) -> int:
    """Open the window and stay until it closes; with a password the workspace opens at once (the demo)."""
    folder = Path(where) if where else None
    app = application(sys.argv[:1])
    program = Program(app, now or clock.from_environment())
    program.resort.install()
    program.window.painted.connect(lambda: _close_on_signals(program))
    program.start(folder)
    if folder is not None and password and name_of(folder):
        QTimer.singleShot(0, lambda: program.open(folder, password, ""))
    return app.exec()
