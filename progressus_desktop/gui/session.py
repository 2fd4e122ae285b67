"""Work in one open workspace: its shell, its pages, undo, backups, the lock, and what was recovered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction

from progressus_desktop.clock import local
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui import manual, sessionpages
from progressus_desktop.gui.autolock import AutoLock
from progressus_desktop.gui.badges import Badges
from progressus_desktop.gui.bus import ChangeBus
from progressus_desktop.gui.commands import PAGE
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Job, Progress
from progressus_desktop.gui.search_popup import SearchPopup
from progressus_desktop.gui.soon import later
from progressus_desktop.gui.window import OFFICE_PAGES, REVIEW, TESTER_PAGES, Shell
from progressus_desktop.services import exchanging, keeping, permission, recovering, undoing, workspaces
from progressus_desktop.services.exchanging import Waiting
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import _, ngettext

if TYPE_CHECKING:
    from progressus_desktop.gui.main import Program

_BACKUP_AFTER_MS = 3000
_COUNT_AFTER_MS = 1500
OFFICE_ROLES = frozenset({"office", "coordinator"})


class Session(QObject):
    """Lives from unlocking to locking. ``waits`` carries what waits for the exchange, when it was counted again."""

    waits = Signal(object)
    backed_up = Signal()

    def __init__(self, program: Program, ws: Workspace) -> None:
        super().__init__(program)
        self.program, self.ws = program, ws
        self.office = exchanging.is_office(ws)
        self.shell = Shell(program.theme)
        self.bus = ChangeBus(ws, self)
        self.context = Context(
            ws=ws,
            bus=self.bus,
            jobs=program.jobs,
            theme=program.theme,
            settings=program.settings,
            navigate=self.navigate,
            notify=self.shell.notices,
        )
        self._timers: list[QTimer] = []
        self.search = SearchPopup(self.context, self._commands, self.shell)
        self.lock = AutoLock(program.app, lambda: any(job.writer for job in program.jobs.running()))
        self.waiting = Waiting()
        self._counting = later(self, _COUNT_AFTER_MS, self._count)
        self._timers.append(self._counting)
        self._pages()
        self.badges = Badges(self.context, self.shell.sidebar, self)
        self._connect()

    @property
    def name(self) -> str:
        """The name of the workspace, for the title of the window."""
        return self.ws.name

    def _pages(self) -> None:
        sessionpages.add(self)
        self._show_pages()

    def person_changed(self) -> None:
        """Show the pages of the role of the person who works now, with their numbers."""
        self._show_pages()
        self._show_numbers()

    def _show_pages(self) -> None:
        role = permission.role(self.ws)
        self.shell.show_pages(OFFICE_PAGES if role in OFFICE_ROLES else TESTER_PAGES)

    def _connect(self) -> None:
        self.shell.asked.connect(self.command)
        self.shell.shown.connect(lambda _name: self._name_undo())
        self.bus.committed.connect(self._committed)
        self.search.opened.connect(self.navigate)
        self.search.all_asked.connect(self._show_all)
        self.lock.notice.connect(self._lock_notice)
        self.lock.calm.connect(lambda: self.shell.notices.clear("lock"))
        self.lock.due.connect(lambda: self.command("lock"))
        self.program.jobs.busy.connect(self._locked)
        self.program.jobs.started.connect(self._follow)

    # -- beginning and end ---------------------------------------------------------------------------------

    def begin(self, page: str, record_id: str | None) -> None:
        """Show the first page and say what a person must know."""
        self.settings_changed()
        self._standing_banners()
        self._name_undo()
        self._show_backup()
        if page and record_id:
            self.navigate(page, record_id)
        else:
            self.shell.go(page or self.shell.first())
        self._soon(0, self._recover)
        self._counting.start()
        if not self.ws.read_only:
            self._soon(_BACKUP_AFTER_MS, self._daily)

    def _soon(self, milliseconds: int, act: Callable[[], None]) -> None:
        """Do something later, unless the session has ended by then."""
        timer = later(self, milliseconds, act)
        timer.start()
        self._timers.append(timer)

    def _standing_banners(self) -> None:
        notices = self.shell.notices
        if self.ws.is_demo:
            words = _("Everything here is invented. Nothing goes to the office.")
            notices.banner("info", _("Sample data"), words, key="!demo")
        if self.ws.read_only:
            why = str(self.ws.why_read_only or "")
            notices.banner("warn", _("This workspace is open for reading only"), why, key="!readonly")
            self.shell.status.saved("readonly")
        if self.ws.copied and not self.ws.is_demo:
            notices.banner(
                "info",
                _("This workspace was copied or moved"),
                _("It works as another laptop from now on. If you only moved it, say so."),
                _("It was moved"),
                self._was_moved,
                "copied",
            )

    def _was_moved(self) -> None:
        self.ws.keep_identity()
        self.shell.notices.clear("copied")

    def _recover(self) -> None:
        """After an unclean end: what was kept becomes changes; say which fields, and let a person go there."""
        found = recovering.recover(self.ws)
        if not found:
            return
        names = [_(ENTITIES[each.entity].field(name).label) for each in found for name in each.fields]
        first = found[0]
        title = ngettext("{n} field was recovered", "{n} fields were recovered", len(names))
        words = _("The program ended suddenly. Kept: {fields}.", fields=", ".join(dict.fromkeys(names)))
        self.shell.notices.banner(
            "info", title, words, _("Show"), lambda: self.navigate(first.entity, first.id), "recovered"
        )

    def settings_changed(self) -> None:
        """Follow the settings."""
        minutes = self.program.settings.value.auto_lock_minutes
        self.shell.status.lock_after(minutes)
        self.lock.start(minutes)

    def retranslate(self) -> None:
        """Make all words again."""
        self.shell.retranslate()
        self._show_numbers()
        keep = [key for key in self.shell.notices.keys() if not key.startswith("!")]  # noqa: SIM118 - not a mapping
        for key in keep:
            self.shell.notices.clear(key)
        self._standing_banners()
        self._name_undo()
        self._show_backup()
        self.search.retranslate()

    def may_leave(self) -> bool:
        """Commit what was typed; False while a writer must not be disturbed."""
        if any(job.writer for job in self.program.jobs.running()):
            self.shell.notices.banner("info", _("Work is under way"), _("Wait until it ends, or stop it."), key="busy")
            return False
        try:
            self.shell.leave()
        except ProgressusError as failure:
            self.shell.notices.error(failure)
            return False
        return True

    def place(self) -> tuple[str, str | None]:
        """Where the person works now: page and record."""
        page = self.shell.pages.get(self.shell.current)
        record = getattr(page, "record_id", None)
        return self.shell.current, record() if callable(record) else None

    def close(self) -> None:
        """Close the workspace; its key leaves the memory."""
        for timer in self._timers:
            timer.stop()
        self.lock.stop()
        self.shell.hide()  # so that no field is left in a workspace that is closed
        self.bus.close()
        self.program.jobs.close()
        self.shell.deleteLater()
        self.ws.close()
        self.deleteLater()

    # -- going and doing ------------------------------------------------------------------------------------

    def navigate(self, where: str, record_id: str | None = None, place: str = "") -> None:
        """Go to a page, to a record of a type, to a field or section of its form or another place of the page."""
        if where == "monthly_report" and permission.role(self.ws) in OFFICE_ROLES:
            where = REVIEW
        if where == "participant" and record_id:
            record = query.get(self.ws, where, record_id)
            where, record_id = "event", str(record.fields.get("event") or "") if record else ""
        if not self.shell.knows(where):
            return
        page = self.shell.go(where, focus=record_id is None)
        if record_id is not None:
            page.open(record_id)
        if place and hasattr(page, "go_to"):
            page.go_to(place)
        if place or record_id is not None:
            self.shell.refresh()

    def exchange_page(self) -> str:
        """Where the person who works exchanges data; in the sample project a tester works in the office's workspace."""
        return "packages" if self.office and permission.role(self.ws) in OFFICE_ROLES else "exchange"

    def _show_all(self, entity: str, text: str) -> None:
        page = self.shell.go(entity)
        if hasattr(page, "filter_by"):
            page.filter_by(text)

    def _commands(self) -> list[QAction]:
        return list(self.shell.commands.actions.values())

    def command(self, name: str) -> None:
        """Commands that are not a page's own."""
        from progressus_desktop.gui import acts, stepping

        own: dict[str, Callable[[], object]] = {
            "lock": self.program.leave,
            "undo": lambda: stepping.step(self, redo=False),
            "redo": lambda: stepping.step(self, redo=True),
            "search": self.search.open,
            "save": self._save,
            "bin": lambda: self.shell.go("bin"),
            "exchange": lambda: self.shell.go(self.exchange_page()),
            "versions": lambda: self.shell.go("versions"),
            "undo_import": lambda: acts.undo_import(self),
            "other": self.program.leave,
            "backup": lambda: acts.backup(self),
            "restore": lambda: acts.restore(self),
            "check": lambda: acts.check(self),
            "person": lambda: acts.choose_person(self),
            "help": lambda: self.program.help(manual.chapter_of(self._topic())),
            "keys": lambda: self.program.help(manual.KEYS),
            "office_info": lambda: acts.office_info(self),
            "about": lambda: acts.about(self),
        }
        if name.startswith(PAGE):
            self.shell.go(name.removeprefix(PAGE))
        elif name in own:
            own[name]()
        else:
            self.program.command(name)

    def _topic(self) -> str:
        """What the page in sight is about, for its help: the page, or the section of its form."""
        page = self.shell.pages.get(self.shell.current)
        topic = getattr(page, "help_topic", None)
        return str(topic()) if topic is not None else self.shell.current

    def _save(self) -> None:
        try:
            self.shell.leave()
        except ProgressusError as failure:
            self.shell.status.saved("failed")
            self.shell.notices.error(failure)
            return
        if not self.ws.read_only:
            self.shell.status.saved("saved")
            self.shell.notices.announce(_("Everything is saved."))

    def _committed(self, _done: Committed) -> None:
        self.shell.status.saved("saved", f"{local(self.ws.clock.now_ms()):%H:%M}")
        if not self.shell.notices.offering:
            self.shell.undo_bar.hide()
        self.shell.notices.offering = False
        self._name_undo()
        self._counting.start()

    def _name_undo(self) -> None:
        if self.ws.read_only:
            self.shell.commands.name_undo("", "", can_undo=False, can_redo=False)
            return
        undo, redo = undoing.next_words(self.ws)
        self.shell.commands.name_undo(undo, redo, can_undo=True, can_redo=True)
        self.shell.top.undo.setAccessibleDescription(undo)
        self.shell.top.redo.setAccessibleDescription(redo)

    # -- backups and the lock -----------------------------------------------------------------------------------

    def _daily(self) -> None:
        def work(_progress: Progress) -> Path | None:
            return keeping.daily(self.ws)

        def done(_made: Path | None) -> None:
            self._show_backup()
            self.backed_up.emit()

        self.program.jobs.start(self, _("Daily backup"), work, done, self.shell.notices.error)

    def _show_backup(self) -> None:
        from progressus_desktop.gui import acts

        words, good = acts.backup_words(self.ws)
        self.shell.status.backup(words, good=good)

    def _lock_notice(self, seconds: int) -> None:
        title = _("The program locks in {n} seconds", n=seconds)
        words = _("What you typed will be kept.")
        self.shell.notices.banner("warn", title, words, _("I am working"), self.lock.worked, "lock")

    def _locked(self, busy: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Lock editing under a writer."""
        self.shell.hold(held=busy)
        if not busy:
            self.shell.focus_page()
            self._counting.start()

    def _follow(self, job: Job) -> None:
        if job.writer:
            self.shell.follow(job, job.stays or _("Editing waits meanwhile. What is done before a stop stays."))

    # -- what waits for the exchange --------------------------------------------------------------------------

    def _count(self) -> None:
        """Count what waits to be sent, beside the window; the sidebar and the status bar say it."""
        if self.ws.read_only or self.ws.is_demo:
            return

        kept = self.program.settings.value.exchange_folder
        folder = Path(kept) if kept else None

        def work(_progress: Progress) -> Waiting:
            return exchanging.waiting(self.ws, folder)

        def done(found: Waiting) -> None:
            self.waiting = found
            self._show_numbers()

        self.program.jobs.start(self, _("Counting what waits"), work, done, self.shell.notices.error)

    def _show_numbers(self) -> None:
        """Show what waits, in the language in force; the badge counts what a person can do something about."""
        self.badges.show_words()
        found, parts = self.waiting, []
        if found.to_send:
            parts.append(ngettext("{n} record to send", "{n} records to send", found.to_send))
        if found.packages:
            parts.append(ngettext("{n} package to read", "{n} packages to read", found.packages))
        if found.questions:
            parts.append(ngettext("{n} value with two versions", "{n} values with two versions", found.questions))
        for page in ("exchange", "packages"):
            self.shell.sidebar.set_count(page, found.to_send + found.packages + found.questions, ", ".join(parts))
        self.waits.emit(found)
        if found.unconfirmed and not found.to_send:
            words = ngettext("{n} record waits for a receipt", "{n} records wait for a receipt", found.unconfirmed)
            parts.insert(0, words)
        self.shell.status.exchange(", ".join(parts))

    def people(self) -> list[workspaces.Person]:
        """Who can work here."""
        return workspaces.people(self.ws)
