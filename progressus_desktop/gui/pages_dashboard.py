"""The dashboard: what waits today, the report of the month, what comes, who has not heard what, safety (picture 03)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date

from babel.dates import format_date
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from progressus_desktop import clock
from progressus_desktop.domain import monthly_report as report
from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.dashcards import DashCard, EventsCard, LinesCard, ReportCard, StatesCard, TopicsCard
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.parts import Button, scrolled, text
from progressus_desktop.gui.printing import print_document
from progressus_desktop.gui.soon import later
from progressus_desktop.gui.widths import COMPACT
from progressus_desktop.services import dashboard, exchanging, keeping, monthly, tasks, workspaces
from progressus_desktop.services.dashboard import Dashboard, Line
from progressus_desktop.services.exchanging import Receipt, Waiting
from progressus_desktop.words import _, language, ngettext

STICK_DAYS = 7
"""After how many days a copy on a stick should be made again."""

_REST_MS = 200
_DAY_MS = 86_400_000


class DashboardPage(QWidget):
    """Six cards in two columns, in one where there is little room."""

    def __init__(self, context: Context, command: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._command = context, command
        self.setObjectName("dashboard_page")
        self._found: Dashboard | None = None
        self._receipts: list[Receipt] = []
        self._waiting: Waiting | None = None
        self._compact = False
        self._rest = later(self, _REST_MS, self.refresh)
        self._build()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        theme = self._context.theme
        self.hello, self.today_label = text("", "h1"), text("", "small", wrap=True)
        self.new_event, self.new_contact = Button(theme, "", "", "plus"), Button(theme, "", "", "plus")
        self.new_event.setObjectName("new_event_button")
        self.new_contact.setObjectName("new_contact_button")
        self.day = LinesCard(theme, "today_card", "sun", Button(theme, "", "link", small=True))
        finish = Button(theme, "", "primary", "arrow-right", after=True)
        self.report = ReportCard(theme, "report_card", "file-text", finish)
        self.events = EventsCard(theme, "events_card", "calendar-days", Button(theme, "", "ghost", small=True))
        gaps = Button(theme, "", "ghost", "list-filter", small=True)
        self.topics = TopicsCard(theme, "topics_card", "message-square", gaps)
        self.exchange = StatesCard(
            theme, "exchange_card", "arrow-left-right", Button(theme, "", "", "arrow-left-right")
        )
        self.backup = StatesCard(theme, "backup_card", "hard-drive", Button(theme, "", "", "usb"))
        self.cards: tuple[DashCard, ...] = (
            self.day, self.report, self.events, self.topics, self.exchange, self.backup,
        )  # fmt: skip

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        head = self._head = QHBoxLayout()
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.hello)
        names.addWidget(self.today_label)
        head.addLayout(names, 1)
        head.addWidget(self.new_event)
        head.addWidget(self.new_contact)
        column.addLayout(head)
        body = self._body = QWidget()
        body.setProperty("k", "page")
        self._grid = QGridLayout(body)
        self._area = scrolled("dashboard_room", body)
        column.addWidget(self._area, 1)
        self._place()

    def _place(self) -> None:
        """Two columns of three cards; one below the other in the compact layout."""
        columns = 1 if self._compact else 2
        for number, card in enumerate(self.cards):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, number // columns, number % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, int(column < columns))
        for row in range(len(self.cards)):
            last = row == (len(self.cards) - 1) // columns
            self._grid.setRowStretch(row, 0 if self._compact or last else 1)

    def _connect(self) -> None:
        go = self._context.navigate
        self.new_event.clicked.connect(lambda: go("event", ""))
        self.new_contact.clicked.connect(lambda: go("interaction", ""))
        self.day.button.clicked.connect(lambda: go("task"))
        self.report.button.clicked.connect(self.finish_report)
        self.events.button.clicked.connect(lambda: go("event"))
        self.topics.button.clicked.connect(lambda: go("coverage"))
        self.exchange.button.clicked.connect(lambda: self._command("exchange"))
        self.backup.button.clicked.connect(lambda: self._command("backup"))
        self.day.asked.connect(self._follow)
        self.report.asked.connect(self._follow)
        self.events.sheet_asked.connect(self._print_sheet)
        self._context.bus.committed.connect(self._committed)
        self._context.bus.closing.connect(self._rest.stop)
        self._context.theme.changed.connect(self.restyle)

    # -- what is shown ----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look again at what changed meanwhile."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing is looked at while nobody sees it."""
        super().hideEvent(event)
        self._rest.stop()

    def _committed(self, _done: Committed) -> None:
        if self.isVisible():
            self._rest.start()

    def refresh(self) -> None:
        """Read everything beside the window, then show it."""
        ws = self._context.ws
        alone = ws.read_only or ws.is_demo

        def work(_progress: Progress) -> tuple[Dashboard, list[Receipt]]:
            return dashboard.read(ws), [] if alone else exchanging.receipts(ws)

        def done(found: tuple[Dashboard, list[Receipt]]) -> None:
            self._found, self._receipts = found
            self._show()

        self._context.jobs.start(self, _("Reading the dashboard"), work, done, self._context.notify.error)

    def show_waiting(self, found: Waiting) -> None:
        """Say what waits for the exchange."""
        self._waiting = found
        self._show_exchange()

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        place = self._focus_place()
        self.day.show_lines(found.lines, _("Nothing waits today."))
        self.day.button.set_text(_("All tasks ({n})", n=found.open_tasks))
        self.report.show_report(found.report)
        over = found.report.state in {report.READY, report.ACCEPTED}
        self.report.button.set_text(_("&Open the report") if over else _("&Finish the report"))
        self.events.show_events(found.events)
        self.topics.show_topics(found.topics)
        self._show_exchange()
        self.show_backup()
        self._focus_back(place)
        QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        """Take the height of the new rows at once: the scroll area would squeeze them for a moment."""
        self._grid.activate()
        height = max(self._body.minimumSizeHint().height(), self._area.viewport().height())
        self._body.resize(self._body.width(), height)
        self._grid.activate()

    def _show_exchange(self) -> None:
        states = []
        if self._context.ws.is_demo:
            states.append(("info", _("Everything here is invented. Nothing goes to the office.")))
        for each in self._receipts[:1]:
            words = _("{name} has {n} of {of} records, confirmed on {day}", name=each.name, n=each.records, of=each.of,
                      day=f"{clock.local(each.at_ms):%d.%m.%Y}")  # fmt: skip
            states.append(("ok", words))
        waiting = self._waiting
        if waiting is not None and waiting.to_send:
            words = ngettext("{n} record waits to be sent", "{n} records wait to be sent", waiting.to_send)
            states.append(("warn", words))
        elif waiting is not None:
            states.append(("ok", _("Nothing waits to be sent.")))
        self.exchange.show_states(states or [("none", _("Nothing was exchanged yet."))])

    def show_backup(self) -> None:
        """Say when the newest backups were made."""
        ws = self._context.ws
        found, now = keeping.copied(ws), ws.clock.now_ms()
        if found.here_ms:
            here = ("ok", _("On this computer: {when}, checked", when=_day_words(found.here_ms, now)))
        else:
            here = ("none", _("On this computer: none yet"))
        if not found.elsewhere_ms:
            there = ("warn", _("On a stick: none yet (recommended every {n} days)", n=STICK_DAYS))
        elif (now - found.elsewhere_ms) // _DAY_MS > STICK_DAYS:
            when = _day_words(found.elsewhere_ms, now)
            there = ("warn", _("On a stick: {when} (recommended every {n} days)", when=when, n=STICK_DAYS))
        else:
            there = ("ok", _("On a stick: {when}", when=_day_words(found.elsewhere_ms, now)))
        self.backup.show_states([here, there])

    # -- keeping the focus ------------------------------------------------------------------------------------

    def _links(self, card: DashCard) -> list[QPushButton]:
        buttons = [each for each in card.findChildren(QPushButton) if each is not card.button]
        return [each for each in buttons if each.isVisibleTo(card)]

    def _focus_place(self) -> tuple[DashCard, int] | None:
        """The card and number of the link with the focus: its row will be made anew."""
        focus = QApplication.focusWidget()
        for card in self.cards:
            links = self._links(card)
            if isinstance(focus, QPushButton) and focus in links:
                return card, links.index(focus)
        return None

    def _focus_back(self, place: tuple[DashCard, int] | None) -> None:
        if place is None:
            return
        card, number = place

        def focus() -> None:
            links = self._links(card)
            target = links[min(number, len(links) - 1)] if links else card.button
            target.setFocus(Qt.FocusReason.OtherFocusReason)

        QTimer.singleShot(0, self, focus)  # what was just put into a layout comes into sight a moment later

    # -- what can be done ----------------------------------------------------------------------------------------

    def _follow(self, line: Line) -> None:
        """Do what a line offers."""
        if line.act != "done":
            self._context.navigate(line.entity, line.record_id, line.place)
            return
        try:
            tasks.turn(self._context.ws, [line.record_id])
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return
        self._context.notify.undo_bar(_("Done: {what}", what=line.message))

    def finish_report(self) -> None:
        """The report of the month, begun now if nobody did, with all that it lacks."""
        month = self._found.report.month if self._found else ""
        if month:
            with suppress(ProgressusError):  # who may not begin one sees how it stands
                monthly.begin(self._context.ws, month)
        self._context.navigate("monthly_report", month)

    def _print_sheet(self, event: str) -> None:
        print_document(self._context, self, "attendance-sheet", event)

    # -- as a page -----------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Nothing is typed here."""

    def title(self) -> str:
        """The page's name."""
        return _("Dashboard")

    def first_focus(self) -> QWidget:
        """Where work begins: what is in sight without scrolling."""
        return self.day.button if self._compact else self.report.button

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        return tuple(card.button for card in self.cards)

    def actions_here(self) -> Mapping[str, object]:
        """What menus and shortcuts may ask of this page."""
        return {"new": lambda: self._context.navigate("event", "")}

    def relayout(self, logical_width: int) -> None:
        """One column where there is little room."""
        compact = logical_width < COMPACT
        if compact != self._compact:
            self._compact = compact
            self._place()
        self.new_contact.setVisible(not compact)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        theme = self._context.theme
        side = theme.space(14 if self._compact else 20)
        self._column.setContentsMargins(side, theme.space(8), side, theme.space(10))
        self._column.setSpacing(theme.space(8))
        self._head.setSpacing(theme.space(8))
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.space(12))
        self._grid.setVerticalSpacing(theme.space(12))
        for card in self.cards:
            card.restyle()
        self._show()

    def retranslate(self) -> None:
        """Make all words again."""
        ws = self._context.ws
        self.hello.setText(_("Good morning"))
        person = next((each.name for each in workspaces.people(ws) if each.id == ws.person), "")
        day = clock.today(ws.clock)
        who = [_("working: {name}", name=person)] if person else []
        self.today_label.setText(" · ".join([f"{_weekday(day)}, {day:%d.%m.%Y}", *who]))
        self.new_event.set_text(_("New &event"))
        self.new_contact.set_text(_("New &contact"))
        self.day.title.setText(_("To do today"))
        self.day.button.set_text(_("All tasks"))
        self.report.title.setText(_("Report of the month"))
        self.report.button.set_text(_("&Finish the report"))
        self.events.title.setText(_("Next events"))
        self.events.button.set_text(_("All events"))
        self.topics.title.setText(_("Topics and expected audiences"))
        self.topics.button.set_text(_("Show &gaps"))
        self.exchange.title.setText(_("Exchange with the office"))
        self.exchange.button.set_text(_("E&xchange data"))
        self.backup.title.setText(_("Backup"))
        self.backup.button.set_text(_("Copy to a &stick"))
        self.restyle()


def _weekday(day: date) -> str:
    words = format_date(day, "EEEE", locale=language())
    return words[:1].upper() + words[1:]


def _day_words(at_ms: int, now_ms: int) -> str:
    """A moment as "today 8:15", "yesterday" or "12 days ago"."""
    made, now = clock.local(at_ms), clock.local(now_ms)
    days = (now.date() - made.date()).days
    if days <= 0:
        return _("today {time}", time=f"{made.hour}:{made:%M}")
    return ngettext("{n} day ago", "{n} days ago", days)
