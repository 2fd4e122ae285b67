"""The page Events: list, calendar, photos and consents as tabs, and the forms opened from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabBar, QWidget

from progressus_desktop.gui.calendarview import CalendarView
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.gallerypage import GalleryPage
from progressus_desktop.gui.listpage import ListPage
from progressus_desktop.gui.recordpage import RecordPage
from progressus_desktop.store import query
from progressus_desktop.words import _

_LIST, _CALENDAR, _PHOTOS = 0, 1, 2
_OF_PARTNER = "photos:"


def photos_of(partner: str) -> str:
    """The place on this page where the photos of a partner are (for ``navigate``)."""
    return f"{_OF_PARTNER}{partner}"


class EventTabs(QTabBar):
    """The views of events, in one order wherever they stand."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        for _tab in (_LIST, _CALENDAR, _PHOTOS):
            self.addTab("")

    def choose(self, tab: int) -> None:
        """Show a tab as chosen without telling anybody."""
        self.blockSignals(True)
        self.setCurrentIndex(tab)
        self.blockSignals(False)

    def retranslate(self) -> None:
        """Make all words again."""
        self.setAccessibleName(_("Views of events"))
        for tab, words in enumerate((_("List"), _("Calendar"), _("Photos and consents"))):
            self.setTabText(tab, words)


class EventListPage(ListPage):
    """A list page with tabs below its head; in the calendar the list gives way. ``new_on`` carries a day (ISO)."""

    new_on = Signal(str)
    photos_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "event", parent)
        self.tabs.currentChanged.connect(lambda _tab: self._turn())

    def _build(self) -> None:
        super()._build()
        self._tab = _LIST
        self._calendar: CalendarView | None = None
        self.tabs = EventTabs(self)
        self.tabs.setObjectName("event_tabs")
        self._column.insertWidget(1, self.tabs)
        QWidget.setTabOrder(self.head.new_button, self.tabs)  # as one reads: the tabs come before the filters

    @property
    def calendar(self) -> CalendarView:
        """The calendar, made when it is first needed."""
        if self._calendar is None:
            made = self._calendar = CalendarView(self._context, self)
            made.hide()
            self._column.addWidget(made, 1)
            made.open_asked.connect(self.open_record)
            made.new_asked.connect(self.new_on)
            made.save_asked.connect(self.acts.save_calendar)
            made.relayout(compact=self._compact)
        return self._calendar

    @property
    def in_calendar(self) -> bool:
        """Whether the calendar is in sight."""
        return self.tabs.currentIndex() == _CALENDAR

    def _turn(self) -> None:
        if self.tabs.currentIndex() == _PHOTOS:
            self.tabs.choose(self._tab)
            self.photos_asked.emit()
            return
        self._tab = self.tabs.currentIndex()
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
            self.calendar.show()
        elif self._calendar is not None:
            self._calendar.hide()

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
        if self._calendar is not None:
            self._calendar.relayout(compact=self._compact)

    def restyle(self) -> None:
        """Take sizes and colours from the theme again."""
        super().restyle()
        if self._calendar is not None:
            self._calendar.restyle()

    def retranslate(self) -> None:
        """Make all words again after a change of language."""
        super().retranslate()
        self.tabs.retranslate()
        if self._calendar is not None:
            self._calendar.retranslate()


class EventsPage(RecordPage):
    """A record page whose front has tabs; one of them shows photos and consents."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "event", parent)
        self._gallery: GalleryPage | None = None
        self._tabs: EventTabs | None = None
        self._from_photos = False
        self.list.new_on.connect(self._new_on)
        self.list.photos_asked.connect(self.show_photos)

    def front(self) -> Any:
        """The list with its tabs."""
        page = EventListPage(self._context)
        page.import_asked.connect(self.ask_table)
        return page

    def _new_on(self, day: str) -> None:
        self._leave_form()
        self._trail = []
        self._open("event", "", {"date": day})

    # -- photos -----------------------------------------------------------------------------------------------

    def photos(self) -> GalleryPage:
        """The page of photos, made when it is first needed."""
        if self._gallery is None:
            made = self._gallery = GalleryPage(self._context, self.stack)
            tabs = self._tabs = EventTabs(made)
            tabs.setObjectName("photo_tabs")
            tabs.choose(_PHOTOS)
            tabs.currentChanged.connect(self._leave_photos)
            tabs.retranslate()
            made.tabs_place.addWidget(tabs, 0, Qt.AlignmentFlag.AlignLeft)
            QWidget.setTabOrder(made.add_button, tabs)
            made.open_asked.connect(self._open_from_photos)
            self.stack.addWidget(made)
            made.relayout(self._width)
        return self._gallery

    def show_photos(self) -> None:
        """Bring the photos into sight; from the form of an event those of that event."""
        entity, event = self._here()
        self._leave_form()
        page = self.photos()
        if entity == "event" and event:
            page.show_owner(entity, event, query.title(self._context.ws, entity, event))
        self.stack.setCurrentWidget(page)
        page.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def go_to(self, place: str) -> None:
        """Go to a field or section of the form in sight, or to the photos of a partner."""
        partner = place.removeprefix(_OF_PARTNER)
        if partner == place:
            super().go_to(place)
            return
        self.show_photos()
        self.photos().show_owner("partner", partner, query.title(self._context.ws, "partner", partner))

    def show_list(self) -> None:
        """Bring the list or the calendar into sight, whichever was there before."""
        self.photos().leave()
        self.stack.setCurrentWidget(self.list)
        self.list.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _leave_photos(self, tab: int) -> None:
        if self._tabs is not None and tab != _PHOTOS:
            self._tabs.choose(_PHOTOS)
            self.list.tabs.setCurrentIndex(tab)
            self.show_list()

    def _open_from_photos(self, entity: str, record_id: str, preset: object) -> None:
        self._from_photos = True
        self.show_over(entity, record_id, preset)

    def _back(self) -> None:
        if self._from_photos and not self._trail:
            self._from_photos = False
            self.show_photos()
        else:
            super()._back()

    def open(self, record_id: str, section: str = "") -> None:
        """Open an event."""
        self._from_photos = False
        super().open(record_id, section)

    def leave(self) -> None:
        """End the visit to the form or the photos in sight.

        Raises:
            ProgressusError: it could not be saved.
        """
        super().leave()
        if self._gallery is not None:
            self._gallery.leave()

    def actions_here(self) -> Mapping[str, object]:
        """What menus and shortcuts may ask of the page in sight."""
        there = self._gallery is not None and self.stack.currentWidget() is self._gallery
        return {**super().actions_here(), "photos": self.show_list if there else self.show_photos}

    def relayout(self, logical_width: int) -> None:
        """Pass the width on."""
        super().relayout(logical_width)
        if self._gallery is not None:
            self._gallery.relayout(logical_width)

    def retranslate(self) -> None:
        """Make all words again."""
        super().retranslate()
        if self._gallery is not None and self._tabs is not None:
            self._gallery.retranslate()
            self._tabs.retranslate()
