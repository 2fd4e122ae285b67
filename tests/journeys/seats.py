"""Seats of a journey: laptops with a window each, side by side, and what hands do in every one of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from progressus_desktop.clock import FixedClock
from progressus_desktop.gui.main import Program
from progressus_desktop.services import workspaces
from progressus_desktop.store.workspace import Workspace
from tests.exchange.laptops import NOW, PASSWORD
from tests.journeys.hands import CONTROL, Hands, Key

MOST_STOPS = 60
"""Controls that Tab passes on the way to another one."""


class Seat:
    """A person at a laptop: the one window of the program, and hands on its keyboard."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, stick: Path | None = None) -> None:
        self.hands, self.clock = Hands(qtbot), FixedClock(NOW)
        qapp.setStyle("Fusion")
        self.program = Program(qapp, self.clock)
        place = str(stick) if stick is not None else ""
        self.program.settings.change(theme="light", text_scale=100, language="pl", exchange_folder=place)
        self.program.window.resize(1366, 696)
        self.program.window.show()

    def enter(self, ws: Workspace) -> None:
        """Work in an open workspace."""
        self.program.enter(ws)
        self.sit()

    def open(self, folder: Path) -> None:
        """Unlock a workspace."""
        self.enter(workspaces.open_(folder, self.clock, password=PASSWORD))

    def sit(self) -> None:
        """Turn to this window; the other one keeps what it shows.

        The screenless platform lets the focus go now and then when a window or dialog of another seat ends.
        """
        window = self.program.window
        window.activateWindow()
        self.hands.until(lambda: QApplication.activeWindow() is window and QApplication.focusWidget() is not None)

    def close(self) -> None:
        """Go home."""
        self.program.leave(lock=False)
        self.program.jobs.close()
        self.program.window.close()
        self.program.deleteLater()

    @property
    def session(self) -> Any:
        """The work in the open workspace."""
        assert self.program.session is not None
        return self.program.session

    @property
    def ws(self) -> Workspace:
        """The open workspace."""
        found: Workspace = self.session.ws
        return found

    @property
    def page(self) -> Any:
        """The page in sight."""
        return self.session.shell.page(self.session.shell.current)

    def quiet(self) -> None:
        """Wait until all work beside the window has ended."""
        self.hands.until(lambda: not self.program.jobs.running(), timeout=20_000)

    # -- getting about --------------------------------------------------------------------------------------

    def go(self, name: str) -> Any:
        """A page of the sidebar by its Ctrl+digit."""
        entries = [entry.name for entry in self.session.shell._entries]
        self.hands.press(Key[f"Key_{entries.index(name) + 1}"], CONTROL)
        self.hands.until(lambda: self.session.shell.current == name)
        return self.page

    def reach(self, name: str, *, back: bool = False) -> None:
        """Tab until the control called ``name`` has the focus."""
        key = Key.Key_Backtab if back else Key.Key_Tab
        for _stop in range(MOST_STOPS):
            if self.hands.at() == name:
                return
            self.hands.press(key)
        popup = QApplication.activePopupWidget()
        message = f"{name} cannot be reached from here; the focus is at {self.hands.at()}, a list at {popup}"
        raise AssertionError(message)

    def write(self, name: str, words: str) -> None:
        """Go to a field, write over what stands there and go on."""
        self.reach(name)
        self.hands.press(Key.Key_A, CONTROL)
        self.hands.fill(words)

    def pick(self, name: str, words: str) -> None:
        """Type the whole name of a record into a field that chooses one: whether its list is quick or slow."""
        self.reach(name)
        self.hands.press(Key.Key_A, CONTROL)
        self.hands.fill(words)
        self.hands.until(lambda: QApplication.activePopupWidget() is None)
        self.sit()

    def find(self, words: str, title: str) -> None:
        """Open what the search everywhere finds first."""
        popup = self.session.search
        self.hands.press(Key.Key_K, CONTROL)
        self.hands.until(popup.isVisible)
        self.hands.type(words)
        self.hands.until(lambda: any(title in row.title for row in popup.rows.rows if row.kind == "record"))
        self.hands.press(Key.Key_Return)
        self.hands.until(lambda: not popup.isVisible())

    def name_file(self, target: Path, *, over: QWidget | None = None) -> None:
        """Type a path into the dialog that asks for a file or a folder, over the window or over a dialog of it."""
        self.hands.until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
        line = QApplication.activeModalWidget().findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        line.setText(str(target))
        QTest.keyPress(line, Key.Key_Return)  # the dialog is gone before the key comes up
        self.hands.presses += 1
        self.hands.until(lambda: QApplication.activeModalWidget() is over)
        if over is None:
            self.sit()
        else:
            over.activateWindow()

    # -- exchanging -----------------------------------------------------------------------------------------

    def rest(self) -> Any:
        """Wait until the page of the exchange has looked around."""
        page = self.page
        self.hands.until(lambda: not self.program.jobs.running() and page.exchanger.seen is not None, timeout=20_000)
        self.sit()
        return page

    def exchange(self) -> Any:
        """The tester's one button; the page then shows its summary."""
        page = self.go("exchange")
        if page.stack.currentWidget() is page.summary:  # of the time before
            self.reach("summary_back_button")
            self.hands.press(Key.Key_Space)
        self.rest()
        assert self.hands.at() == "exchange_button", self.hands.at()
        self.hands.press(Key.Key_Space)
        self.hands.until(lambda: page.stack.currentWidget() is page.summary, timeout=20_000)
        self.quiet()
        return page

    def read_packages(self) -> Any:
        """The office reads all that lies in the place."""
        page = self.go("packages")
        self.rest()
        assert self.hands.at() == "read_packages_button"
        self.hands.press(Key.Key_Space)
        self.hands.until(lambda: page._done is not None, timeout=20_000)
        self.quiet()
        return page

    def write_packages(self, folder: Path) -> None:
        """The office writes a package for everybody into a folder."""
        page = self.go("packages")
        self.rest()
        self.reach("write_packages_button", back=True)
        before = set(folder.iterdir())
        self.hands.press(Key.Key_Space)
        self.name_file(folder)
        self.hands.until(lambda: set(folder.iterdir()) != before, timeout=20_000)
        self.rest()
        assert page.exchanger.folder is not None
