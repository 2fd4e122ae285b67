"""Exchange (pictures 11, 11b): what will come, what goes and stays, what the office has – and one action."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from progressus_desktop.domain.records import Committed
from progressus_desktop.gui import exchangewords as say
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.exchanger import Exchanger
from progressus_desktop.gui.exchangesummary import SummaryView
from progressus_desktop.gui.facttable import Cell, FactTable, State
from progressus_desktop.gui.joindialog import JoinDialog
from progressus_desktop.gui.parts import Banner, Button, Card, IconLabel, StateLine, scrolled, text
from progressus_desktop.gui.soon import later
from progressus_desktop.gui.stepmark import NumberMark
from progressus_desktop.gui.widths import COMPACT
from progressus_desktop.services import adopting
from progressus_desktop.services.exchanging import Look, Summary
from progressus_desktop.words import _, ngettext

_PAUSE_MS = 800


class ExchangePage(QWidget):
    """The tester's page. ``command`` runs a command of the window ("help", "versions")."""

    def __init__(self, context: Context, command: Callable[[str], None]) -> None:
        super().__init__()
        self._context, self._command = context, command
        self.setProperty("k", "page")
        self.setObjectName("exchange_page")
        self.exchanger = Exchanger(context, self)
        self._seen: Look | None = None
        self._timer = later(self, _PAUSE_MS, self.exchanger.look)
        self._build()
        self._connect()
        self.retranslate()

    # -- building -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        theme = self._context.theme
        self._name, self._what = text("", "h1"), text("", "small", wrap=True)
        self.how = Button(theme, "", "", "circle-help")
        self.how.setObjectName("exchange_help_button")
        head = QHBoxLayout()
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._name)
        names.addWidget(self._what)
        head.addLayout(names, 1)
        head.addWidget(self.how, 0, Qt.AlignmentFlag.AlignTop)
        self._questions = QVBoxLayout()
        self.summary = SummaryView(self._context, self.exchanger, self._command)
        before = QWidget()
        column = self._column = QVBoxLayout(before)
        column.addLayout(head)
        column.addLayout(self._questions)
        column.addWidget(self._cards(), 1)
        column.addWidget(self._action())
        self.stack = QStackedWidget()
        self.stack.addWidget(before)
        self.stack.addWidget(self.summary)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    def _cards(self) -> QScrollArea:
        theme = self._context.theme
        self._coming, self._going = Card(theme), Card(theme)
        self._come_title, self._preview, self._go_title, self._has_title = (
            text("", "h2", wrap=True), text("", "h3", wrap=True), text("", "h2", wrap=True), text("", "h2", wrap=True),
        )  # fmt: skip
        self.place = StateLine(theme, "info")
        self.other = Button(theme, "", "", "folder-open", small=True)
        self.other.setObjectName("exchange_place_button")
        self.found, self.will_come = FactTable(theme, "found_table", 6), FactTable(theme, "coming_table", 6)
        self.will_go, self.has = FactTable(theme, "going_table"), FactTable(theme, "receipts_table", 4)
        self._numbers = NumberMark(theme, 1), NumberMark(theme, 2)
        head, going = QHBoxLayout(), QHBoxLayout()
        for row, number in zip((head, going), self._numbers, strict=True):
            row.addWidget(number)
        head.addWidget(self._come_title, 1)
        head.addWidget(self.other)
        self._coming.column.addLayout(head)
        for part in (self.place, self.found, self._preview, self.will_come):
            self._coming.column.addWidget(part)
        self._coming.column.addStretch(1)
        going.addWidget(self._go_title, 1)
        self._going.column.addLayout(going)
        for part in (self.will_go, self._has_title, self.has):
            self._going.column.addWidget(part)
        self._going.column.addStretch(1)
        body = QWidget()
        body.setProperty("k", "page")
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, body)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.addWidget(self._coming, 1)
        self._halves.addWidget(self._going, 1)
        return scrolled("exchange_area", body)

    def _action(self) -> Card:
        theme = self._context.theme
        card = self._action_card = Card(theme)
        row = QHBoxLayout()
        self._promise_icon = IconLabel(theme, "badge-check", "ok", 20)
        self._promise, self._small = text("", "h3", wrap=True), text("", "small", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._promise)
        words.addWidget(self._small)
        row.addWidget(self._promise_icon)
        row.addLayout(words, 1)
        self.mail = Button(theme, "", "", "mail")
        self.mail.setObjectName("exchange_mail_button")
        self.go = Button(theme, "", "primary", "arrow-left-right")
        self.go.setObjectName("exchange_button")
        self.join = Button(theme, "", "", "file-key-2")
        self.join.setObjectName("join_project_button")
        self.join.hide()
        buttons = QHBoxLayout()
        buttons.addWidget(self.join)
        buttons.addWidget(self.mail)
        buttons.addWidget(self.go)
        row.addLayout(buttons)
        card.column.addLayout(row)
        return card

    def _connect(self) -> None:
        self.how.clicked.connect(lambda: self._command("help"))
        self.other.clicked.connect(self.exchanger.choose)
        self.mail.clicked.connect(self.exchanger.ask_mail)
        self.go.clicked.connect(self.exchanger.run)
        self.join.clicked.connect(lambda _checked=False: JoinDialog(self._context, self).open())
        self.exchanger.looked.connect(self._show)
        self.exchanger.looking.connect(self._is_looking)
        self.exchanger.done.connect(self._finished)
        self.exchanger.stopped.connect(self.back)
        self.summary.back_asked.connect(self.back)
        self._context.bus.committed.connect(self._committed)
        self._context.bus.closing.connect(self._timer.stop)
        self._context.theme.changed.connect(self.restyle)

    # -- showing --------------------------------------------------------------------------------------------

    def _is_looking(self) -> None:
        self.place.show_state("none", _("{place}: looking…", place=self.exchanger.place_words()))

    def _show(self, seen: Look | None) -> None:
        self._seen = seen
        self._show_questions(seen.open_questions if seen else 0)
        self._show_found(seen)
        self._show_going(seen)
        known = bool(seen and seen.counterparts)
        self.mail.setEnabled(known)
        self.mail.setToolTip("" if known else _("There is nobody to exchange data with yet."))
        self.join.setVisible(not known and adopting.may_join(self._context.ws))
        self._say_promise(seen)

    def _show_questions(self, count: int) -> None:
        while (item := self._questions.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if count:
            title = ngettext("{n} value has two versions", "{n} values have two versions", count)
            words = _("Now or later: until then the newer version is shown.")
            banner = Banner(self._context.theme, "warn", title, words)
            button = banner.set_action(_("&Decide"), lambda: self._command("versions"), "copy")
            button.setObjectName("decide_button")
            self._questions.addWidget(banner)

    def _show_found(self, seen: Look | None) -> None:
        found = seen.here if seen else []
        place = self.exchanger.place_words()
        if self.exchanger.folder is None:
            self.place.show_state("info", _("Choose a stick or folder where packages are exchanged."))
        elif seen is None:
            self.place.show_state("warn", place)
        else:
            new = len(seen.new)
            count = ngettext("{n} package", "{n} packages", len(found))
            words = _("{place}: {count}, {new} new", place=place, count=count, new=new)
            self.place.show_state("info" if new else "none", words)
        heads = (_("Package"), _("From"), _("State"))
        rows: list[list[Cell]] = [
            [say.package_name(each.result), say.sender_of(each.result), say.found_state(each)] for each in found
        ]
        self.found.show_rows(heads, rows or [(_("No packages here"), "–", "–")], 1)
        coming: list[list[Cell]] = [list(row) for row in say.coming_rows(seen.coming)] if seen else []
        if seen and seen.conflicts:
            words = ngettext("{n} field", "{n} fields", seen.conflicts)
            coming.append([_("Changed here and there"), words, State("warn", _("Two versions"))])
        total = sum(each.new + each.changed for each in seen.coming) if seen else 0
        self._preview.setText(
            ngettext("Preview – nothing is changed yet ({n} record)",
                     "Preview – nothing is changed yet ({n} records)", total)
        )  # fmt: skip
        heads = (_("What comes"), _("About"), _("What we do"))
        self.will_come.show_rows(heads, coming or [(_("Nothing new"), "–", "–")], 1)

    def _show_going(self, seen: Look | None) -> None:
        rows: list[list[Cell]] = []
        for each in seen.going if seen else []:
            stays = say.staying(each)
            rows.append([say.kind_of(each.entity), each.records, State("draft", stays) if stays else "–"])
        if seen and seen.attachments:
            rows.append([_("Photo files"), seen.attachments, "–"])
        heads = (_("What we send"), _("Goes"), _("Stays here"))
        self.will_go.show_rows(heads, rows or [(_("Nothing to send"), 0, "–")], 2)
        has: list[list[Cell]] = [
            [each.name, say.day(each.at_ms),
             State("ok", _("{n} of {all} records", n=each.records, all=each.of))]
            for each in (seen.receipts if seen else [])
        ]  # fmt: skip
        nothing = [(_("Nothing confirmed yet"), "–", "–")]
        self.has.show_rows((_("Who"), _("Receipt of"), _("Confirmed")), has or nothing, 2)

    def _say_promise(self, seen: Look | None) -> None:
        if seen is None or not seen.counterparts:
            self._promise.setText(_("There is nobody to exchange data with yet."))
            self._small.setText(_("The office makes a setup file for each laptop. Ask it for yours."))
            return
        count = ngettext("reading {n} package", "reading {n} packages", len(seen.new))
        promise = _("One action: backup, {reading}, writing ours, one summary", reading=count)
        self._promise.setText(promise)
        self.go.setAccessibleDescription(promise)
        names = ", ".join(each.name for each in seen.counterparts[:3])
        self._small.setText(_("Only {names} can open our package. Reading can be taken back.", names=names))

    # -- doing ----------------------------------------------------------------------------------------------

    def _finished(self, done: Summary) -> None:
        self.summary.show_summary(done)
        self.stack.setCurrentWidget(self.summary)
        self.summary.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        self._context.notify.announce(self.summary.spoken())

    def back(self) -> None:
        """Go back from the summary to the place."""
        if self.stack.currentWidget() is self.summary:
            self.stack.setCurrentIndex(0)
            self.go.setFocus(Qt.FocusReason.OtherFocusReason)
            self.exchanger.look()

    def _committed(self, _done: Committed) -> None:
        if self.isVisible():
            self._timer.start()

    # -- what the shell asks --------------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return _("Exchange")

    def first_focus(self) -> QWidget:
        """The one action, or what comes after it; the place is looked at again."""
        if self.stack.currentWidget() is self.summary:
            self.summary.recount()
            return self.summary.first_focus()
        self.exchanger.look()
        return self.go

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        if self.stack.currentWidget() is self.summary:
            return (self.summary.first_focus(),)
        return self.found, self.will_go, self.go

    def relayout(self, logical_width: int) -> None:
        """One card above the other where there is little room."""
        narrow = logical_width < COMPACT
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._halves.setDirection(direction)
        for part in (self._promise_icon, self._promise, self._small, self._what):
            part.setVisible(not narrow)
        self.summary.relayout(narrow=narrow)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        theme = self._context.theme
        theme.frame_page(self._column)
        self._halves.setSpacing(theme.space(12))
        for number in self._numbers:
            number.restyle()

    def retranslate(self) -> None:
        """Make all words again."""
        self._name.setText(_("Exchange of data"))
        self._what.setText(_("Without a network: a stick, a folder or an e-mail with an attachment"))
        self.how.set_text(_("H&ow does it work?"))
        self._come_title.setText(_("What we read"))
        self._go_title.setText(_("What we send to the office"))
        self._has_title.setText(_("What the office has already"))
        self.other.set_text(_("Other &place"))
        self.mail.set_text(_("&Save for e-mail"))
        self.join.set_text(_("&Join a project…"))
        self.go.set_text(_("E&xchange data"))
        for table, words in (
            (self.found, _("Packages found")), (self.will_come, _("What the packages bring")),
            (self.will_go, _("What we send and what stays")), (self.has, _("What was confirmed")),
        ):  # fmt: skip
            table.setAccessibleName(words)
        self.summary.retranslate()
        self._show(self._seen)
        self.restyle()
