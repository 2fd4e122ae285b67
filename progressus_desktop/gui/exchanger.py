"""The long work behind the pages of the exchange: look at the place, exchange, write for e-mail, take back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import CancelledError, ProgressusError, QuestionError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.exchangewords import place_name
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.parts import Banner
from progressus_desktop.gui.saving import ask_folder, open_file
from progressus_desktop.services import applying, deciding, exchanging, packing
from progressus_desktop.services.deciding import TakenBack
from progressus_desktop.services.exchanging import Look, Summary
from progressus_desktop.services.packing import Packed
from progressus_desktop.words import _, ngettext

_MOST_NOTES = 3
_KEY, _PLACE = "exchange", "exchange-place"


class Exchanger(QObject):
    """One for each page; every answer comes as a signal in the window's thread."""

    looked = Signal(object)
    looking = Signal()
    done = Signal(object)
    stopped = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._looking = self._again = False
        self.seen: Look | None = None

    @property
    def folder(self) -> Path | None:
        """The place chosen last."""
        kept = self._context.settings.value.exchange_folder
        return Path(kept) if kept else None

    def choose(self) -> None:
        """Ask for a stick or a folder."""
        self._ask(_("Choose a stick or folder"), self.use)

    def _ask(self, title: str, chosen: Callable[[Path], None]) -> None:
        ask_folder(self._page, title, chosen, self.folder)

    def use(self, folder: Path) -> None:
        """Remember a place and look at it."""
        self._context.settings.change(exchange_folder=str(folder))
        self.look()

    def look(self) -> None:
        """See what is there and what would go; asks again once if asked while it looks."""
        if self._looking:
            self._again = True
            return
        self._looking = True
        self.looking.emit()
        folder = self.folder

        def work(progress: Progress) -> Look:
            return exchanging.look(self._context.ws, folder, progress)

        self._context.jobs.start(self, _("Looking at the place"), work, self._saw, self._blind)

    def _saw(self, found: Look) -> None:
        self._looking, self.seen = False, found
        self._context.notify.clear(_PLACE)
        self.looked.emit(found)
        if self._again:
            self._again = False
            self.look()

    def _blind(self, failure: ProgressusError) -> None:
        """The stick is out, or the disk says no: show what goes without it."""
        self._looking = self._again = False
        self._context.notify.banner("warn", str(failure.message), str(failure.hint or ""), key=_PLACE)
        self.seen = None
        self.looked.emit(None)

    def run(self, *, write: bool = True, accepted: frozenset[bytes] = frozenset()) -> None:
        """Exchange data with the place, or only read there; without a place ask for it first.

        ``accepted`` are the hashes of packages that may remove a great part of the records.
        """
        folder = self.folder
        if folder is None or not folder.is_dir():
            self.choose()
            return

        def work(progress: Progress) -> Summary:
            return exchanging.exchange(self._context.ws, folder, progress, write=write, accepted=accepted.__contains__)

        label = _("Exchanging data") if write else _("Reading packages")
        self._context.jobs.start(self, label, work, self.done.emit, self._failed, writer=True)

    def _failed(self, failure: ProgressusError) -> None:
        if isinstance(failure, CancelledError):
            words = _("Packages read before stay and can be taken back. The rest waits.")
            self._context.notify.banner("info", _("Stopped"), words, key=_KEY)
        else:
            self._context.notify.error(failure)
        self.stopped.emit()
        self.look()

    def ask_mail(self, to: str = "") -> None:
        """Ask where the files for an e-mail shall lie; ``to`` is one counterpart, empty for all."""
        self._ask(_("Where to put the files for the e-mail"), lambda folder: self.to_mail(folder, to))

    def to_mail(self, folder: Path, to: str = "") -> None:
        """Write packages small enough for an e-mail."""

        def work(progress: Progress) -> list[Packed]:
            return packing.pack(self._context.ws, folder, to=to, progress=progress)

        def done(made: list[Packed]) -> None:
            names = ", ".join(each.file.name for each in made[:4])
            words = _("Attach to the e-mail: {files}", files=names)
            title = ngettext("{n} file for the e-mail is ready", "{n} files for the e-mail are ready", len(made))
            self._context.notify.banner("ok", title, words, _("Show the folder"), lambda: open_file(folder), key=_KEY)
            self.look()

        self._context.jobs.start(self, _("Writing packages"), work, done, self._failed, writer=True)

    def take_back(self, run: int) -> None:
        """Undo one import: everything it brought that this laptop may change."""
        context = self._context

        def work(_progress: Progress) -> TakenBack:
            return deciding.undo_import(context.ws, run)

        def done(back: TakenBack) -> None:
            count = len(back.committed.records) if back.committed is not None else 0
            words = ngettext("{n} record is as it was before.", "{n} records are as they were before.", count)
            if back.refused:
                words += " " + ngettext(
                    "{n} record belongs to somebody else and stays.",
                    "{n} records belong to somebody else and stay.",
                    len(back.refused),
                )
            context.notify.banner("ok", _("The import was taken back"), words, key=_KEY)
            self.stopped.emit()
            self.look()

        context.jobs.start(self, _("Taking back the import"), work, done, self._failed, writer=True)

    def read_again(self, run: int) -> None:
        """Bring back what an import had brought that was taken back."""

        def work(_progress: Progress) -> Committed:
            return deciding.redo_import(self._context.ws, run)

        def done(made: Committed) -> None:
            words = ngettext("{n} record is back.", "{n} records are back.", len(made.records))
            self._context.notify.banner("ok", _("The package was read again"), words, key=_KEY)
            self.stopped.emit()
            self.look()

        self._context.jobs.start(self, _("Reading packages"), work, done, self._failed, writer=True)

    def notes(self, done: Summary, *, write: bool) -> list[Banner]:
        """What has to be done after an exchange that did not read everything."""
        theme = self._context.theme
        out = []
        if done.imported.left:
            count = len(done.imported.left)
            title = ngettext("Stopped: {n} package waits", "Stopped: {n} packages wait", count)
            words = _("Packages read before stay and can be taken back. The rest waits.")
            banner = Banner(theme, "info", title, words)
            banner.set_action(_("Read the rest"), lambda: self.run(write=write), "rotate-ccw")
            out.append(banner)
        for each in [each for each in done.found if isinstance(each.failure, QuestionError)]:
            title = ngettext("Package “{file}” would remove {n} of {all} records here",
                             "Package “{file}” would remove {n} of {all} records here", each.asks,
                             file=each.file.name, all=each.of)  # fmt: skip
            words = _("Nothing of it was read. Ask {name} whether that is right.", name=each.sender)
            banner = Banner(theme, "warn", title, words)
            act = ngettext("Read it and remove {n} record", "Read it and remove {n} records", each.asks)
            agree = partial(self.run, write=write, accepted=frozenset({each.hash}))
            banner.set_action(act, agree, "download").setObjectName("accept_removals_button")
            out.append(banner)
        for each in [each for each in done.found if each.taken_back and each.state == applying.KNOWN][:_MOST_NOTES]:
            title = _("Package “{file}” was taken back before", file=each.file.name)
            banner = Banner(theme, "info", title, _("What it had brought can come back."))
            banner.set_action(_("Read it again"), partial(self.read_again, each.taken_back), "rotate-ccw")
            out.append(banner)
        return out

    def place_words(self) -> str:
        """The place in words."""
        return place_name(self.folder) if self.folder is not None else _("No place chosen yet")
