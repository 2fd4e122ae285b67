"""Packages (picture 19): the office reads many at once, each with its result, and sees how every laptop stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from progressus_desktop.clock import local
from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import AccessError
from progressus_desktop.gui import exchangewords as say
from progressus_desktop.gui.answercard import AnswerCard
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.exchanger import Exchanger
from progressus_desktop.gui.facttable import Cell, FactTable
from progressus_desktop.gui.invitecard import InviteCard
from progressus_desktop.gui.laptopscard import LaptopsCard
from progressus_desktop.gui.parts import Banner, Button, Card, StateLine, clear_layout, scrolled, text
from progressus_desktop.gui.passwords import save_paper_key
from progressus_desktop.gui.soon import later
from progressus_desktop.gui.widths import COMPACT
from progressus_desktop.services import office_paper
from progressus_desktop.services.exchanging import Look, Summary
from progressus_desktop.words import _, ngettext

_PAUSE_MS = 800
_MOST_BANNERS = 3


class PackagesPage(QWidget):
    """The office's page of the exchange. ``command`` runs a command of the window ("versions")."""

    def __init__(self, context: Context, command: Callable[[str], None]) -> None:
        super().__init__()
        self._context, self._command = context, command
        self.setProperty("k", "page")
        self.setObjectName("packages_page")
        self.exchanger = Exchanger(context, self)
        self._seen: Look | None = None
        self._done: Summary | None = None
        self._timer = later(self, _PAUSE_MS, self._look)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        context, theme = self._context, self._context.theme
        self._name, self._what = text("", "h1"), text("", "small", wrap=True)
        self.invite_button = Button(theme, "", "", "file-key")
        self.invite_button.setObjectName("invite_button")
        self.write = Button(theme, "", "", "send")
        self.write.setObjectName("write_packages_button")
        self.read = Button(theme, "", "primary", "download")
        self.read.setObjectName("read_packages_button")
        head = self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._name)
        names.addWidget(self._what)
        head.addLayout(names, 1)
        buttons = QHBoxLayout()
        for button in (self.invite_button, self.write, self.read):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(buttons)
        self._notes = QVBoxLayout()
        self._files = Card(theme)
        self.place = StateLine(theme, "info")
        self.other = Button(theme, "", "", "folder-open", small=True)
        self.other.setObjectName("packages_place_button")
        place = QHBoxLayout()
        place.addWidget(self.place, 1, Qt.AlignmentFlag.AlignVCenter)
        place.addWidget(self.other)
        self.table = FactTable(theme, "packages_table", 12)
        self._files.column.addLayout(place)
        self._files.column.addWidget(self.table)
        self.invite, self.answer, self.laptops = InviteCard(context), AnswerCard(context), LaptopsCard(context)
        body = QWidget()
        body.setProperty("k", "page")
        inside = self._inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(self._notes)
        for part in (self.invite, self.answer, self._files, self.laptops):
            inside.addWidget(part)
        inside.addStretch(1)
        area = self._area = scrolled("packages_area", body)
        column = self._column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(area, 1)

    def _connect(self) -> None:
        self.other.clicked.connect(self.exchanger.choose)
        self.read.clicked.connect(lambda _checked=False: self.exchanger.run(write=False))
        self.write.clicked.connect(lambda _checked=False: self.exchanger.ask_mail())
        self.invite_button.clicked.connect(lambda _checked=False: self.invite.begin())
        self.invite.invited.connect(self.laptops.reload)
        self.laptops.mail_asked.connect(self.exchanger.ask_mail)
        self.laptops.forgotten.clicked.connect(lambda _checked=False: self.answer.begin())
        self.answer.shown.connect(lambda: self._area.ensureWidgetVisible(self.answer.words))
        self.exchanger.looked.connect(self._show)
        self.exchanger.looking.connect(
            lambda: self.place.show_state("none", _("{place}: looking…", place=self.exchanger.place_words()))
        )
        self.exchanger.done.connect(self._finished)
        self.exchanger.stopped.connect(self._forget)
        self._context.bus.committed.connect(self._committed)
        self._context.bus.closing.connect(self._timer.stop)
        self._context.theme.changed.connect(self.restyle)

    # -- showing --------------------------------------------------------------------------------------------

    def _look(self) -> None:
        self.exchanger.look()
        self.laptops.reload()

    def _show(self, seen: Look | None) -> None:
        self._seen = seen
        place = self.exchanger.place_words()
        if self.exchanger.folder is None:
            self.place.show_state("info", _("Choose a stick or folder where packages are exchanged."))
        elif seen is None:
            self.place.show_state("warn", place)
        else:
            count = ngettext("{n} package", "{n} packages", len(seen.here))
            words = _("{place}: {count}, {new} new", place=place, count=count, new=len(seen.new))
            self.place.show_state("info" if seen.new else "none", words)
        self._fill()
        self._show_notes()

    def _fill(self) -> None:
        """What each package is, or what it did in the reading just made."""
        done = {each.file: each for each in self._done.imported.packages} if self._done else {}
        rows: list[list[Cell]] = []
        for found in self._seen.here if self._seen else []:
            result = done.get(found.result.file, found.result)
            state = say.found_state(found) if found.result.file not in done else say.done_state(result)
            rows.append([say.sender_of(result), say.package_name(result), state])
        heads = (_("From"), _("Package"), _("Result"))
        self.table.show_rows(heads, rows or [("–", _("No packages here"), "–")], 2)

    def _show_notes(self) -> None:
        clear_layout(self._notes)
        theme, seen, done = self._context.theme, self._seen, self._done
        if seen and seen.open_questions:
            title = ngettext("{n} value has two versions", "{n} values have two versions", seen.open_questions)
            banner = Banner(theme, "warn", title, _("Now or later: until then the newer version is shown."))
            banner.set_action(_("&Decide"), lambda: self._command("versions"), "copy").setObjectName("decide_button")
            self._notes.addWidget(banner)
        if done is not None:
            self._show_done(done)
        if seen and seen.counterparts and not office_paper.printed(self._context.ws):
            self._hint_at_paper()

    def _hint_at_paper(self) -> None:
        title, words = _("The office has no key on paper yet"), _("It opens packages when the laptop is lost.")
        banner = Banner(self._context.theme, "info", title, words)
        ask = partial(save_paper_key, self._context, self)
        banner.set_action(_("Save the sheet…"), ask, "printer").setObjectName("paper_key_button")
        self._notes.addWidget(banner)

    def _show_done(self, done: Summary) -> None:
        """What the reading just made brought, and what it left."""
        theme = self._context.theme
        failed = [each for each in done.found if each.failure is not None and not each.asks]
        for number, each in enumerate(failed[:_MOST_BANNERS]):
            failure = each.failure
            title = _("Package “{file}” was not read", file=each.file.name)
            banner = Banner(theme, "err", title, str(failure))
            if isinstance(failure, AccessError) and number == 0:
                banner.set_action(_("Ne&w setup file"), self.invite.begin, "file-key")
            elif number == 0:
                banner.set_action(_("Read it again"), lambda: self.exchanger.run(write=False), "rotate-ccw")
            self._notes.addWidget(banner)
        for note in self.exchanger.notes(done, write=False):
            self._notes.addWidget(note)
        taken = sum(each.state == "applied" for each in done.imported.packages)
        title = ngettext("{n} package was read", "{n} packages were read", taken)
        words = _("Backup from before: {at}. The testers get receipts with the next package.",
                  at=f"{local(done.at_ms):%d.%m.%Y, %H:%M}")  # fmt: skip
        banner = Banner(theme, "ok", title, words)
        if done.imported.run:
            run = done.imported.run
            banner.set_action(_("&Take back what came"), lambda: self.exchanger.take_back(run), "undo-2")
        self._notes.addWidget(banner)

    # -- doing ----------------------------------------------------------------------------------------------

    def _finished(self, done: Summary) -> None:
        self._done = done
        taken = sum(each.state == "applied" for each in done.imported.packages)
        self._context.notify.announce(ngettext("{n} package was read", "{n} packages were read", taken))
        self._look()

    def _forget(self) -> None:
        self._done = None
        self._show(self._seen)

    def _committed(self, _done: Committed) -> None:
        if self.isVisible():
            self._timer.start()

    # -- what the shell asks --------------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return _("Packages")

    def first_focus(self) -> QWidget:
        """The primary action; the place is looked at again."""
        self._look()
        return self.read

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        return self.read, self.table, self.laptops.table

    def relayout(self, logical_width: int) -> None:
        """Buttons below the title where there is little room."""
        narrow = logical_width < COMPACT
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._head.setDirection(direction)
        self._what.setVisible(not narrow)
        self.invite.relayout(narrow=narrow)
        self.answer.relayout(narrow=narrow)
        self.laptops.relayout(narrow=narrow)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        theme = self._context.theme
        theme.frame_page(self._column)
        self._head.setSpacing(theme.space(8))
        self._inside.setSpacing(theme.space(12))
        self._notes.setSpacing(theme.space(8))

    def retranslate(self) -> None:
        """Make all words again."""
        self._name.setText(_("Packages"))
        self._what.setText(_("From the testers, on sticks and by e-mail"))
        self.invite_button.set_text(_("&Invite a tester"))
        self.write.set_text(_("Write &packages…"))
        self.read.set_text(_("Rea&d packages"))
        self.other.set_text(_("&Other place"))
        self.table.setAccessibleName(_("Packages found"))
        self.invite.retranslate()
        self.answer.retranslate()
        self.laptops.retranslate()
        self._show(self._seen)
        self.restyle()
