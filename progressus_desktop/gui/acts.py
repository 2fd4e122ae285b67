"""What the menus File, Tools and Help do: backup, restore, check, who works, help and information."""

from __future__ import annotations

import platform
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from progressus_desktop import __version__, clock
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.parts import Button, text
from progressus_desktop.gui.saving import ask_folder
from progressus_desktop.services import exchanging, keeping, workspaces
from progressus_desktop.store import backup as copies
from progressus_desktop.store.check import CheckReport
from progressus_desktop.words import _

if TYPE_CHECKING:
    from progressus_desktop.gui.session import Session
    from progressus_desktop.gui.theme import Theme
    from progressus_desktop.store.workspace import Workspace

_OLD = timedelta(days=7)


class Sheet(QDialog):
    """A dialog of plain words with one safe way out, and perhaps a text to copy."""

    def __init__(self, theme: Theme, title: str, rows: list[tuple[str, str]], parent: QWidget, copy: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = self.column = QVBoxLayout(self)
        margin = theme.space(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.space(10))
        column.addWidget(text(title, "h2"))
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for left, right in rows:
            self.list.addItem(QListWidgetItem(f"{left}  –  {right}" if right else left))
        self.list.setCurrentRow(0)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        if copy:
            button = Button(theme, _("&Copy the description"), "", "copy")
            button.clicked.connect(lambda: QApplication.clipboard().setText(copy))
            row.addWidget(button)
        row.addStretch(1)
        self.close_button = Button(theme, _("C&lose"), "primary")
        self.close_button.clicked.connect(self.accept)
        row.addWidget(self.close_button)
        column.addLayout(row)
        self.resize(min(theme.px(560), 1000), min(theme.px(440), 620))


def backup_words(ws: Workspace) -> tuple[str, bool]:
    """When the newest backup of this laptop was made, in words, and whether that is recent."""
    have = copies.listed(ws.folder / "backups")
    if not have:
        return "", False
    made, now = clock.local(max(each.at_ms for each in have)), clock.local(ws.clock.now_ms())
    if made.date() == now.date():
        return _("today {time}", time=f"{made.hour}:{made:%M}"), True
    return f"{made:%d.%m.%Y}", now - made < _OLD


def backup(session: Session) -> None:
    """Make a verified backup where the person says."""
    before = session.program.settings.value.backup_folder
    start = Path(before) if before else None
    ask_folder(session.shell, _("Where to put the backup"), lambda folder: backup_to(session, folder), start)


def backup_to(session: Session, folder: Path) -> None:
    """Make a verified backup in ``folder`` and remember the folder."""
    notices = session.shell.notices

    def work(_progress: Progress) -> Path:
        return keeping.backup(session.ws, folder)

    def done(made: Path) -> None:
        session.program.settings.change(backup_folder=str(folder))
        session.backed_up.emit()
        notices.banner(
            "ok", _("The backup is ready"), _("Verified. It is in {folder}.", folder=str(made)), key="backup"
        )

    session.program.jobs.start(session, _("Backup"), work, done, notices.error)


def restore(session: Session) -> None:
    """Restore happens at the start: into a new folder, with the backup's password."""
    if session.program.leave(lock=False):
        session.program.show_first()
        first = session.program.first
        if first is not None:
            first.choose("restore")  # type: ignore[attr-defined]  # FirstRun, imported late


def undo_import(session: Session) -> None:
    """Take back the newest import of packages, through the page that shows the exchange."""
    run = exchanging.last_import(session.ws)
    if not run:
        session.shell.notices.banner("info", _("There is no import to take back"), key="exchange")
        return
    session.command("exchange")
    session.shell.page(session.shell.current).exchanger.take_back(run)


def check(session: Session) -> None:
    """Check the file, the log and the attachments beside work."""
    notices = session.shell.notices

    def work(_progress: Progress) -> CheckReport:
        from progressus_desktop.store.check import check as checked

        return checked(session.ws)

    def done(report: CheckReport) -> None:
        if report.ok:
            notices.banner(
                "ok", _("The workspace is whole"), _("File, history and attachments were checked."), key="check"
            )
        else:
            words = " ".join(str(each) for each in report.findings[:3])
            notices.banner("err", _("The check found something"), words, key="check")

    session.program.jobs.start(session, _("Check"), work, done, notices.error)


def choose_person(session: Session) -> None:
    """Who sits at the computer now; the name signs the changes."""
    people = session.people()
    rows = [(each.name, "") for each in people]
    dialog = Sheet(session.program.theme, _("Who works now?"), rows, session.shell)
    dialog.list.setCurrentRow(next((n for n, each in enumerate(people) if each.id == session.ws.person), 0))

    def chosen() -> None:
        row = dialog.list.currentRow()
        if 0 <= row < len(people):
            try:
                workspaces.work_as(session.ws, people[row].id)
            except ProgressusError as failure:
                session.shell.notices.error(failure)
                return
            session.person_changed()
            session.shell.notices.announce(_("{name} works now.", name=people[row].name))

    dialog.close_button.set_text(_("C&hoose"))
    dialog.list.itemActivated.connect(dialog.accept)
    dialog.accepted.connect(chosen)
    dialog.open()


def office_text(session: Session) -> str:
    """Version, state of the file and the last error: what the office asks on the phone, without personal data."""
    info = workspaces.info(session.ws)
    counts = ", ".join(f"{name} {number}" for name, number in info["counts"].items())
    lines = [
        f"Progressus Desktop {__version__}, Qt {qVersion()}, Python {platform.python_version()}, {platform.platform()}",
        f"{info['role']}, {info['code_prefix']}, {info['device']}",
        f"read-only: {info['read_only']}, demo: {info['demo']}",
        counts,
        session.program.resort.last,
    ]
    return "\n".join(line for line in lines if line)


def office_info(session: Session) -> None:
    """Copy the information for the office."""
    words = office_text(session)
    rows = [(line, "") for line in words.splitlines()]
    Sheet(session.program.theme, _("Information for the office"), rows, session.shell, words).open()


def about(session: Session) -> None:
    """Version and licences."""
    rows = [
        (_("Progressus Desktop"), __version__),
        (_("Licence"), "MIT"),
        (_("Fonts"), "Atkinson Hyperlegible Next, Source Sans 3 (SIL OFL 1.1)"),
        (_("Icons"), "Lucide (ISC)"),
        ("Qt, PySide6", f"{qVersion()} (LGPL)"),
    ]
    Sheet(session.program.theme, _("About the program"), rows, session.shell).open()
