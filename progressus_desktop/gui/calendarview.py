"""The calendar of events: a month at the left, what the current day holds at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from progressus_desktop import clock
from progressus_desktop.domain import codelists
from progressus_desktop.domain.records import Committed
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.monthgrid import MARKS, MonthGrid, day_words, first_shown, month_later
from progressus_desktop.gui.parts import Button, Card, scrolled, text
from progressus_desktop.gui.periods import month_name
from progressus_desktop.gui.soon import later
from progressus_desktop.services import calendars
from progressus_desktop.store.agenda import Appointment
from progressus_desktop.words import _

_REST_MS = 60
_SHOWN_DAYS = 6 * 7
_LIST = 96
"""Least height of the events of a day in pixels at 100 %."""
_ID = int(Qt.ItemDataRole.UserRole)
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class DayList(QListWidget):
    """The events of one day; Enter opens one."""

    opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("day_list")
        self.setWordWrap(True)
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(item.data(_ID)))

    def show_events(self, events: Sequence[Appointment]) -> None:
        """List these events."""
        self.clear()
        theme = self._context.theme
        for each in events:
            hours = "–".join(part for part in (each.start, each.end) if part)
            status = codelists.word("event_status", each.status) if each.status else ""
            rest = " · ".join(part for part in (each.place, status) if part)
            lines = (hours, each.title or _("Without a name"), rest)
            item = QListWidgetItem("\n".join(line for line in lines if line))
            icon, token = MARKS.get(each.status, ("circle-dashed", "muted"))
            item.setIcon(theme.icon(icon, token, theme.px(16)))
            item.setData(_ID, each.id)
            self.addItem(item)
        self.setCurrentRow(0)

    def record_id(self) -> str:
        """The current event, empty if there is none."""
        item = self.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens."""
        if event.key() in _ENTER and self.record_id():
            self.opened.emit(self.record_id())
        else:
            super().keyPressEvent(event)


class CalendarView(QWidget):
    """``open_asked`` carries an event, ``new_asked`` the day (ISO) of a new one, ``save_asked`` asks for the file."""

    open_asked = Signal(str)
    new_asked = Signal(str)
    save_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._days: Mapping[date, Sequence[Appointment]] = {}
        self._loaded: date | None = None
        self.setObjectName("calendar_view")
        theme = context.theme
        self.before, self.after = Button(theme, "", "", "arrow-left"), Button(theme, "", "", "arrow-right", after=True)
        self.now, self.save = Button(theme, "", "", "calendar"), Button(theme, "", "", "calendar-plus")
        self.new = Button(theme, "", "", "plus")
        self.month, self.day_name = text("", "h2"), text("", "h2", wrap=True)
        self.nothing = text("", "muted", wrap=True)
        self.grid, self.list = MonthGrid(theme, self), DayList(context)
        self._rest = later(self, _REST_MS, self.refresh)
        self._lay_out()
        self._connect()
        self.grid.days.today = clock.today(context.ws.clock)
        self.retranslate()
        self.grid.go_to(self.grid.days.today)

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = self._row = QHBoxLayout()
        named = (("before", self.before), ("after", self.after), ("today", self.now), ("save", self.save))
        for name, button in named:
            button.setObjectName(f"calendar_{name}_button")
        row.addWidget(self.before)
        row.addWidget(self.month)
        row.addWidget(self.after)
        row.addWidget(self.now)
        row.addStretch(1)
        row.addWidget(self.save)
        column.addLayout(row)
        room = QWidget()
        room.setProperty("k", "page")
        halves = self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, room)
        halves.setContentsMargins(0, 0, 0, 0)
        frame = QFrame()
        frame.setProperty("k", "table")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid)
        card = Card(self._context.theme)
        self.new.setObjectName("calendar_new_button")
        for part in (self.day_name, self.nothing):
            card.column.addWidget(part)
        card.column.addWidget(self.list, 1)
        card.column.addStretch(0)
        card.column.addWidget(self.new)
        halves.addWidget(frame, 5)
        halves.addWidget(card, 2)
        self._room, self._area = room, scrolled("calendar_room", room)
        column.addWidget(self._area, 1)

    def _connect(self) -> None:
        self._context.bus.closing.connect(self._rest.stop)
        self.before.clicked.connect(lambda: self.grid.go_to(month_later(self.grid.day(), -1)))
        self.after.clicked.connect(lambda: self.grid.go_to(month_later(self.grid.day(), 1)))
        self.now.clicked.connect(lambda: self.grid.go_to(self.grid.days.today))
        self.save.clicked.connect(self.save_asked)
        self.new.clicked.connect(lambda: self.new_asked.emit(self.grid.day().isoformat()))
        self.grid.moved.connect(self._moved)
        self.grid.entered.connect(self._enter)
        self.list.opened.connect(self.open_asked)
        self._context.bus.committed.connect(self._committed)

    # -- what is shown ------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What changed meanwhile is read now."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing is read while nobody sees it."""
        super().hideEvent(event)
        self._rest.stop()

    def _committed(self, done: Committed) -> None:
        if self.isVisible() and any(entity == "event" for entity, _id in done.records):
            self._rest.start()

    def _moved(self, day: date) -> None:
        month = day.replace(day=1)
        if month != self._loaded:
            self._loaded, self._days = month, {}
            self.month.setText(month_name(day.year, day.month))
            if self.isVisible():
                self._rest.start()
        self._show_day()
        self._bring_into_sight()

    def _bring_into_sight(self) -> None:
        """Where there is little room the month scrolls: the current day stays in sight."""
        grid = self.grid
        place = grid.visualRect(grid.currentIndex())
        point = grid.viewport().mapTo(self._room, place.center())
        self._area.ensureVisible(point.x(), point.y(), 0, place.height())

    def refresh(self) -> None:
        """Read the month in sight, beside the window."""
        ws, month = self._context.ws, self.grid.days.month
        first = first_shown(month)
        last = first + timedelta(days=_SHOWN_DAYS - 1)

        def work(_progress: Progress) -> dict[date, list[Appointment]]:
            with ws.reader() as connection:
                return calendars.month(connection, first, last)

        def done(found: dict[date, list[Appointment]]) -> None:
            if month == self.grid.days.month:
                self._days = found
                self.grid.show_days(found)
                self._show_day()
                self._bring_into_sight()

        self._context.jobs.start(self, _("Reading the calendar"), work, done, self._context.notify.error)

    def _show_day(self) -> None:
        day = self.grid.day()
        events = self._days.get(day, ())
        words = day_words(day)
        self.day_name.setText(words[:1].upper() + words[1:])
        self.list.show_events(events)
        self.list.setVisible(bool(events))
        self.nothing.setVisible(not events)

    def _enter(self, day: date) -> None:
        """One event opens, several are chosen from in the list, none leads to a new one."""
        events = self._days.get(day, ())
        if len(events) == 1:
            self.open_asked.emit(events[0].id)
        elif events:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes from the day back to the month."""
        if event.key() == Qt.Key.Key_Escape and not self.grid.hasFocus():
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    # -- words and sizes ----------------------------------------------------------------------------------------

    def relayout(self, *, compact: bool) -> None:
        """One below the other where there is little room."""
        way = QBoxLayout.Direction.TopToBottom if compact else QBoxLayout.Direction.LeftToRight
        self._halves.setDirection(way)
        self.save.setVisible(not compact)
        self.now.setVisible(not compact)
        self.day_name.setVisible(not compact)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        theme = self._context.theme
        for layout in (self._column, self._row):
            layout.setSpacing(theme.space(8))
        self._halves.setSpacing(theme.space(12))
        self.grid.restyle()
        self.list.setMinimumHeight(theme.px(_LIST))
        self._show_day()

    def retranslate(self) -> None:
        """Make all words again."""
        self.before.set_text(_("Month before"))
        self.after.set_text(_("Month after"))
        self.now.set_text(_("Today"))
        self.save.set_text(_("Save the calendar (.ics)"))
        self.new.set_text(_("New event on this day"))
        self.nothing.setText(_("There is no event on this day."))
        self.grid.setAccessibleName(_("Calendar of events"))
        self.grid.setAccessibleDescription(
            _("Arrows choose a day, PgUp and PgDn a month, Enter opens the event of the day.")
        )
        self.list.setAccessibleName(_("Events of the day"))
        self.list.setAccessibleDescription(_("Enter opens the record."))
        day = self.grid.day()
        self.month.setText(month_name(day.year, day.month))
        self.restyle()
