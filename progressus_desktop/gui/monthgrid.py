"""A month as a table of weeks: each day with its events. One tab stop, arrows go from day to day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QTextLayout
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from progressus_desktop.gui.theme import Theme
from progressus_desktop.store.agenda import Appointment
from progressus_desktop.words import _, language, ngettext

_Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
_WEEKS, _DAYS = 6, 7
_LINE, _ICON, _PADDING, _NARROW, _LEAST = 20, 14, 6, 90, 36
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_DAYS, Qt.Key.Key_Down: _DAYS}
_MONTHS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})

MARKS: Mapping[str, tuple[str, str]] = {
    "planned": ("calendar-clock", "info"),
    "confirmed": ("calendar-clock", "info"),
    "held": ("circle-check", "ok"),
    "cancelled": ("ban", "muted"),
    "moved": ("ban", "muted"),
}
"""Icon and colour of an event by its status."""


def first_shown(day: date) -> date:
    """The Monday with which the table of a day's month begins."""
    first = day.replace(day=1)
    return first - timedelta(days=first.weekday())


def month_later(day: date, months: int) -> date:
    """The same day some months later, or the last of a shorter month."""
    number = day.year * 12 + day.month - 1 + months
    first = date(number // 12, number % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def day_words(day: date) -> str:
    """A day in full: "piątek, 27 listopada 2026"."""
    return format_date(day, "EEEE, d MMMM y", locale=language())


class MonthModel(QAbstractTableModel):
    """Six weeks from a Monday."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.month = date(2000, 1, 1)
        self.today = date(2000, 1, 1)
        self.days: Mapping[date, Sequence[Appointment]] = {}

    def show(self, month: date, days: Mapping[date, Sequence[Appointment]]) -> None:
        """Show the month of a day, with what is known of its days."""
        self.beginResetModel()
        self.month, self.days = month.replace(day=1), days
        self.endResetModel()

    def rowCount(self, _parent: _Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        """Weeks."""
        return _WEEKS

    def columnCount(self, _parent: _Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        """Days of a week."""
        return _DAYS

    def day(self, index: _Index) -> date:
        """The day of a cell."""
        return first_shown(self.month) + timedelta(days=index.row() * _DAYS + index.column())

    def place(self, day: date) -> QModelIndex:
        """The cell of a day."""
        number = (day - first_shown(self.month)).days
        return self.index(number // _DAYS, number % _DAYS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The number of the day; for a screen reader the day in full with its events."""
        day = self.day(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(day.day)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            events = self.days.get(day, ())
            said = ngettext("{n} event", "{n} events", len(events)) if events else _("no event")
            names = ": " + ", ".join(each.title for each in events) if events else ""
            return f"{day_words(day)}, {said}{names}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """Days of the week."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return format_date(date(2001, 1, 1 + section), "EEE", locale=language())
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: MonthGrid) -> None:
        super().__init__(parent)
        self._theme, self._grid = theme, parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, rect, model = self._theme, option.rect, self._grid.days
        day = model.day(index)
        inside = day.month == model.month.month
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, theme.tokens("accentSoft" if chosen else "base" if inside else "alt"))
        painter.setPen(QPen(theme.tokens("line"), 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if chosen:
            painter.setPen(QPen(theme.tokens("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        gap = theme.space(_PADDING)
        inner = rect.adjusted(gap, theme.space(3), -gap, -theme.space(2))
        now = day == model.today
        painter.setPen(theme.tokens("accent" if now else "text" if inside else "muted"))
        painter.setFont(theme.font("h3" if now or inside else "body"))
        narrow = rect.width() < theme.px(_NARROW)
        words = _("{day}, today", day=day.day) if now and not narrow else str(day.day)
        left = Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, int(left | Qt.AlignmentFlag.AlignTop), words)
        events, high = model.days.get(day, ()), theme.px(_LINE)
        if events and (narrow or inner.height() < 2 * high):
            icon, token = MARKS.get(events[0].status, ("circle-dashed", "muted"))
            corner = QRect(inner.right() - 2 * high, inner.top(), 2 * high, high)
            self._line(painter, corner, icon, token, str(len(events)))
        elif events:
            self._events(painter, inner.adjusted(0, high, 0, 0), events)

    def _events(self, painter: QPainter, room: QRect, events: Sequence[Appointment]) -> None:
        """As many events as there is room for, and how many more."""
        theme, high = self._theme, self._theme.px(_LINE)
        lines = max(1, room.height() // high)
        shown = events[: lines if len(events) <= lines else lines - 1]
        tall = high * max(1, lines // len(events))
        at = QRect(room.topLeft(), QSize(room.width(), tall if shown else high))
        for each in shown:
            icon, token = MARKS.get(each.status, ("circle-dashed", "muted"))
            self._line(painter, at, icon, token, each.title or _("Without a name"))
            at.translate(0, tall)
        more = len(events) - len(shown)
        if more:
            painter.setPen(theme.tokens("muted"))
            painter.setFont(theme.font("small"))
            words = (
                ngettext("and {n} more", "and {n} more", more) if shown else ngettext("{n} event", "{n} events", more)
            )
            painter.drawText(at, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)

    def _line(self, painter: QPainter, at: QRect, icon: str, token: str, words: str) -> None:
        theme, side = self._theme, self._theme.px(_ICON)
        high = theme.px(_LINE)
        place = QRect(QPoint(at.left(), at.top() + (high - side) // 2), QSize(side, side))
        theme.icon(icon, token, side).paint(painter, place)
        rest = at.adjusted(side + theme.space(4), 0, 0, 0)
        painter.setPen(theme.tokens("text"))
        painter.setFont(theme.font("small"))
        if rest.height() >= 2 * high:
            _wrapped(painter, rest, words)
            return
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)


def _wrapped(painter: QPainter, room: QRect, words: str) -> None:
    """Whole lines only; the last one that has room ends in an ellipsis if there is more to say."""
    metrics = painter.fontMetrics()
    high = metrics.lineSpacing()
    last = max(room.height() // high, 1) - 1
    layout = QTextLayout(words, painter.font())
    layout.beginLayout()
    for number in range(last + 1):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(room.width())
        start = line.textStart()
        part = words[start : start + line.textLength()] if number < last else words[start:]
        shown = metrics.elidedText(part.strip(), Qt.TextElideMode.ElideRight, room.width())
        at = QRect(room.left(), room.top() + number * high, room.width(), high)
        painter.drawText(at, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
    layout.endLayout()


class MonthGrid(QTableView):
    """``moved`` carries the day that is current now, ``entered`` the one on which Enter was pressed."""

    moved = Signal(object)
    entered = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.days = MonthModel(self)
        self.setModel(self.days)
        self.setItemDelegate(_Painter(theme, self))
        self.setObjectName("month_grid")
        self.setProperty("k", "grid")
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(lambda index: self.go_to(self.days.day(index)))
        self.doubleClicked.connect(lambda index: self.entered.emit(self.days.day(index)))

    def day(self) -> date:
        """The current day."""
        return self.days.day(self.currentIndex()) if self.currentIndex().isValid() else self.days.month

    def go_to(self, day: date) -> None:
        """Make a day current; its month comes into sight."""
        if day.replace(day=1) != self.days.month:
            self.days.show(day, {})
        self.setCurrentIndex(self.days.place(day))
        self.moved.emit(day)

    def show_days(self, days: Mapping[date, Sequence[Appointment]]) -> None:
        """Show what is on the days of this month; the current day stays."""
        day = self.day()
        self.days.show(self.days.month, days)
        self.setCurrentIndex(self.days.place(day))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows by day and week, PgUp and PgDn by month, Home and End to the ends of the month, Enter opens."""
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.go_to(self.day() + timedelta(days=_STEPS[key]))
        elif key in _MONTHS:
            self.go_to(month_later(self.day(), _MONTHS[key]))
        elif key == Qt.Key.Key_Home:
            self.go_to(self.day().replace(day=1))
        elif key == Qt.Key.Key_End:
            self.go_to(month_later(self.day().replace(day=1), 1) - timedelta(days=1))
        elif key in _ENTER:
            self.entered.emit(self.day())
        else:
            super().keyPressEvent(event)

    def restyle(self) -> None:
        """Take sizes from the theme."""
        theme = self._theme
        self.horizontalHeader().setFont(theme.font("h3"))
        self.verticalHeader().setMinimumSectionSize(theme.px(32))
        self.setMinimumHeight(theme.px(_LEAST) * (_WEEKS + 1))
        self.viewport().update()
