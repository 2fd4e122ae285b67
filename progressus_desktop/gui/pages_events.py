"""The page Events: the list and the calendar as tabs, and the forms opened from both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabBar, QWidget

from progressus_desktop.gui.calendarview import CalendarView
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.listpage import ListPage
from progressus_desktop.gui.recordpage import RecordPage
from progressus_desktop.words import _

_LIST, _CALENDAR = 0, 1


class EventListPage(ListPage):
    """A list page with tabs below its head; in the calendar the list gives way. ``new_on`` carries a day (ISO)."""

    new_on = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "event", parent)
        self.tabs.currentChanged.connect(lambda _tab: self._turn())
        self.calendar.open_asked.connect(self.open_record)
        self.calendar.new_asked.connect(self.new_on)
        self.calendar.save_asked.connect(self.acts.save_calendar)

    def _build(self) -> None:
        super()._build()
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("event_tabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        for _tab in (_LIST, _CALENDAR):
            self.tabs.addTab("")
        self._column.insertWidget(1, self.tabs)
        self.calendar = CalendarView(self._context, self)
        self.calendar.hide()
        self._column.addWidget(self.calendar, 1)

    @property
    def in_calendar(self) -> bool:
        """Whether the calendar is in sight."""
        return self.tabs.currentIndex() == _CALENDAR

    def _turn(self) -> None:
        self._place_parts()
        if not self.in_calendar:
            self._preview_later.start()

    def _place_parts(self) -> None:
        super()._place_parts()
        there = self.model.rowCount() > 0 or self.filters.wanted().active
        self.filters.setVisible(there and not self.in_calendar)
        self._body.setVisible(not self.in_calendar)
        if self.in_calendar:
            self.row_actions.hide()
        self.calendar.setVisible(self.in_calendar)

    def current_id(self) -> str:
        """The event chosen in the list, or in the calendar."""
        return self.calendar.list.record_id() if self.in_calendar else super().current_id()

    def first_focus(self) -> QWidget:
        """Where the focus goes when the page opens."""
        return self.calendar.grid if self.in_calendar else super().first_focus()

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        inside = (self.calendar.grid, self.calendar.list) if self.in_calendar else super().areas()
        return (self.tabs, *inside)

    def actions_here(self) -> Mapping[str, object]:
        """What menus and shortcuts may ask of this page; in the calendar those of a list are missing."""
        here = super().actions_here()
        if not self.in_calendar:
            return here
        chosen = self.current_id()
        own: dict[str, object] = {"history": lambda: self.history_asked.emit(chosen)} if chosen else {}
        own |= {name: here[name] for name in ("export", "import", "print", "calendar")}
        return own | {
            "new": lambda: self.new_on.emit(self.calendar.grid.day().isoformat()),
            "open": lambda: self.open_record.emit(chosen) if chosen else None,
        }

    def show_at(self, record_id: str) -> None:
        """Come back from a form to where it was opened."""
        if self.in_calendar:
            self.calendar.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().show_at(record_id)

    def relayout(self, logical_width: int) -> None:
        """Follow the window's width divided by the text scale."""
        super().relayout(logical_width)
        self.calendar.relayout(compact=self._compact)

    def restyle(self) -> None:
        """Take sizes and colours from the theme again."""
        super().restyle()
        self.calendar.restyle()

    def retranslate(self) -> None:
        """Make all words again after a change of language."""
        super().retranslate()
        for tab, words in ((_LIST, _("List")), (_CALENDAR, _("Calendar"))):
            self.tabs.setTabText(tab, words)
        self.tabs.setAccessibleName(_("Views of events"))
        self.calendar.retranslate()


class EventsPage(RecordPage):
    """A record page whose front has tabs."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "event", parent)
        self.list.new_on.connect(self._new_on)

    def front(self) -> Any:
        """The list with its tabs."""
        page = EventListPage(self._context)
        page.import_asked.connect(self.ask_table)
        return page

    def _new_on(self, day: str) -> None:
        self._leave_form()
        self._trail = []
        self._open("event", "", {"date": day})
