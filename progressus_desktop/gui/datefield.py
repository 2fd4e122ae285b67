"""A date as people type it (27.11, +7, dziś), with a calendar that can be left alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from progressus_desktop.domain.fields import Type
from progressus_desktop.gui.fields import TextField
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _, language

_ISO = len("2026-11-27")


class _Popup(QFrame):
    """The calendar under a date field; Enter chooses, Esc leaves the date as it was."""

    def __init__(self, field: DateField, day: QDate) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        self.setProperty("k", "card")
        self._field = field
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        self.calendar = QCalendarWidget()
        from PySide6.QtCore import QLocale

        self.calendar.setLocale(QLocale(language()))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        plain = QTextCharFormat()
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekend, plain)
        self.calendar.setAccessibleName(_("Calendar"))
        self.calendar.setSelectedDate(day)
        column.addWidget(self.calendar)
        self.calendar.activated.connect(self._chosen)
        self.calendar.clicked.connect(self._chosen)

    def _chosen(self, day: QDate) -> None:
        self.close()
        self._field.put(day.toString("dd.MM.yyyy"))


class DateField(TextField):
    """A date or (by its declaration) a year or month."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._open = QToolButton(self)
        self._open.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._open.setCursor(Qt.CursorShape.PointingHandCursor)
        self._open.clicked.connect(lambda _checked=False: self.open_calendar())

    def dress(self, theme: Theme) -> None:
        """Tint the calendar's sign."""
        self._theme = theme
        side = theme.px(16)
        self._open.setIcon(theme.icon("calendar", "text", side))
        self._open.setIconSize(QSize(side, side))
        self.setTextMargins(0, 0, side + theme.space(8), 0)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the calendar's sign at the end."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        wide = self._open.iconSize().width() + 16
        self._open.setGeometry(self.width() - wide - 2, 2, wide, max(self.height() - 4, 0))

    def retranslate(self) -> None:
        """Name the calendar's button too."""
        super().retranslate()
        self._open.setToolTip(_("Choose from the calendar (F4)"))
        self._open.setAccessibleName(_("Choose from the calendar (F4)"))

    def _day(self) -> QDate:
        value: Any = self.value()
        if isinstance(value, str) and len(value) == _ISO:
            found = QDate.fromString(value, "yyyy-MM-dd")
            if found.isValid():
                return found
        from progressus_desktop import clock

        now = clock.today(self._context.ws.clock) if self._context is not None else date.min
        return QDate(now.year, now.month, now.day)

    def open_calendar(self) -> None:
        """Show the calendar under the field."""
        if self.isReadOnly():
            return
        popup = _Popup(self, self._day())
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.adjustSize()
        below = self.mapToGlobal(QPoint(0, self.height() + 2))
        room = self.screen().availableGeometry()
        if below.y() + popup.height() > room.bottom():
            below = self.mapToGlobal(QPoint(0, -popup.height() - 2))
        below.setX(max(room.left(), min(below.x(), room.right() - popup.width())))
        popup.move(below)
        popup.show()
        popup.calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def put_today(self) -> None:
        """Ctrl+; writes today's date."""
        if self._field is not None and self._field.type in {Type.DATE, Type.PARTIAL_DATE}:
            self.put("+0")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """F4 and Alt+Down open the calendar, Ctrl+; is today."""
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if (event.key() == Qt.Key.Key_F4 and not event.modifiers()) or alt_down:
            self.open_calendar()
        elif event.key() == Qt.Key.Key_Semicolon and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.put_today()
        else:
            super().keyPressEvent(event)
