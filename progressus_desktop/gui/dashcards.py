"""The cards of the dashboard: lines with what can be done about each, the month's report, events, topics."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QProgressBar, QVBoxLayout, QWidget

from progressus_desktop.domain import codelists
from progressus_desktop.gui.formhead import ElidedLabel
from progressus_desktop.gui.parts import KINDS, Button, Card, IconLabel, clear_layout, text
from progressus_desktop.gui.periods import month_name
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services.dashboard import Line, MonthReport
from progressus_desktop.services.taskstate import in_days, with_weekday
from progressus_desktop.services.topiccover import Topic
from progressus_desktop.store.query import Row
from progressus_desktop.words import N_, _, ngettext

ACTS = {
    "mend": N_("Mend"), "fill": N_("Fill in"), "done": N_("Done"), "contact": N_("Add contact"), "show": N_("Show"),
    "write": N_("Write"),
}  # fmt: skip
"""The words of the links beside lines."""

_NAMED, _ROOM = 2, 32
"""How many audiences are named, and letters there is room for; else only one is."""
_ICON = 18


class DashCard(Card):
    """A card with an icon, a name, and one button at the right; lines come below."""

    def __init__(self, theme: Theme, name: str, icon: str, button: Button) -> None:
        super().__init__(theme)
        self.setObjectName(name)
        self._theme = theme
        self.title = text("", "h2")
        self.button = button
        self.button.setObjectName(f"{name}_button")
        head = self._head = QHBoxLayout()
        head.addWidget(IconLabel(theme, icon, "accent", 20))
        head.addWidget(self.title, 1)
        head.addWidget(button)
        self.column.addLayout(head)
        self.body = QVBoxLayout()
        self.column.addLayout(self.body)
        self.column.addStretch(1)

    def restyle(self) -> None:
        """Take gaps from the theme."""
        self._head.setSpacing(self._theme.space(8))
        self.body.setSpacing(self._theme.space(2))

    def clear(self) -> QVBoxLayout:
        """The body without what was in it."""
        clear_layout(self.body)
        return self.body


class LinesCard(DashCard):
    """Lines with a link each; ``asked`` carries the line whose link was followed."""

    asked = Signal(object)

    def show_lines(self, lines: Sequence[Line], nothing: str) -> None:
        """Show these lines, or that there are none."""
        into = self.clear()
        self.fill(into, lines)
        if not lines:
            into.addWidget(text(nothing, "muted", wrap=True))

    def fill(self, into: QLayout, lines: Sequence[Line]) -> None:
        """Add a row for each line."""
        for line in lines:
            into.addWidget(self._row(line))

    def _row(self, line: Line) -> QWidget:
        theme = self._theme
        widget = QWidget()
        widget.setMinimumHeight(theme.px(34))
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(8))
        icon, token = KINDS[line.kind]
        row.addWidget(IconLabel(theme, icon, token, _ICON))
        words = str(line.message)
        row.addWidget(text(words, wrap=True), 1)
        if line.due:
            row.addWidget(text(_("by {day}", day=with_weekday(line.due, year=False)), "small"))
        if line.act:
            link = Button(theme, _(ACTS[line.act]), "link", small=True)
            link.setAccessibleDescription(words)
            link.clicked.connect(lambda _checked=False: self.asked.emit(line))
            row.addWidget(link)
        return widget


class ReportCard(LinesCard):
    """The report of the month: how much is ready, until when, and what is left to do."""

    def show_report(self, report: MonthReport) -> None:
        """Show how it stands."""
        month = month_name(int(report.month[:4]), int(report.month[5:]))
        self.title.setText(_("Report for {month}", month=month))
        into = self.clear()
        row = QHBoxLayout()
        left = ngettext("{ready} of {n} part ready", "{ready} of {n} parts ready", report.total, ready=report.ready)
        row.addWidget(text(left, "h3"), 1)
        due = with_weekday(report.due.isoformat())
        row.addWidget(text(_("Due: {day} ({left})", day=due, left=in_days(report.days_left)), "small"))
        into.addLayout(row)
        into.addWidget(bar(report.ready, report.total, left))
        self.fill(into, report.lines)


class EventsCard(DashCard):
    """The next events, each with its attendance sheet; ``sheet_asked`` carries the event's id."""

    sheet_asked = Signal(str)

    def show_events(self, rows: Sequence[Row]) -> None:
        """Show these events."""
        into = self.clear()
        if not rows:
            into.addWidget(text(_("No event is planned."), "muted", wrap=True))
        for row in rows:
            into.addWidget(self._row(row))

    def _row(self, event: Row) -> QWidget:
        theme, values = self._theme, event.values
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(12))
        when, what = QVBoxLayout(), QVBoxLayout()
        day = text(with_weekday(values.get("date")), "h3")
        day.setMinimumWidth(theme.px(112))
        when.addWidget(day)
        when.addWidget(text(str(values.get("start") or ""), "h3"))
        title = str(values.get("title") or _("Without a name"))
        place = ", ".join(str(values[name]) for name in ("place_name", "locality") if values.get(name))
        for words, style in ((title, "body"), (place, "small")):
            label = ElidedLabel(style)
            label.show_text(words)
            what.addWidget(label)
        for column in (when, what):
            column.setSpacing(0)
        sheet = Button(theme, _("Attendance sheet"), "ghost", "printer", small=True)
        sheet.setAccessibleDescription(title)
        sheet.clicked.connect(lambda _checked=False: self.sheet_asked.emit(event.id))
        row.addLayout(when)
        row.addLayout(what, 1)
        row.addWidget(sheet)
        return widget


class TopicsCard(DashCard):
    """Topic by topic how many of the expected audiences heard of it, and who did not."""

    def show_topics(self, topics: Sequence[Topic]) -> None:
        """Show these topics."""
        into = self.clear()
        for each in topics:
            into.addWidget(self._row(each))

    def _row(self, topic: Topic) -> QWidget:
        widget = QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, self._theme.space(3))
        column.setSpacing(self._theme.space(2))
        row = QHBoxLayout()
        row.setSpacing(self._theme.space(6))
        name = codelists.short("topic", topic.code)
        code = QLabel(topic.code)
        code.setProperty("t", "h3")
        label = ElidedLabel("body")
        label.show_text(name)
        words = missing_words(topic)
        kind = "warn" if topic.missing else "ok"
        state = text(words, kind)
        state.setToolTip(audiences(topic.missing, len(topic.missing)))
        row.addWidget(code)
        row.addWidget(label, 1)
        row.addWidget(IconLabel(self._theme, *KINDS[kind], 16))
        row.addWidget(state)
        column.addLayout(row)
        column.addWidget(bar(topic.met, topic.expected, f"{topic.code} {name}: {words}"))
        return widget


class StatesCard(DashCard):
    """Plain lines of a state each."""

    def show_states(self, states: Sequence[tuple[str, str]]) -> None:
        """Show these kinds with their words."""
        into = self.clear()
        into.setSpacing(self._theme.space(6))
        for kind, words in states:
            icon, token = KINDS[kind]
            row = QHBoxLayout()
            row.setSpacing(self._theme.space(8))
            row.addWidget(IconLabel(self._theme, icon, token, _ICON), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(text(words, wrap=True), 1)
            into.addLayout(row)


def audiences(codes: Sequence[str], most: int) -> str:
    """The first of some audiences in words, and how many more there are."""
    named = ", ".join(codelists.short("participant_role", each) for each in codes[:most])
    more = len(codes) - most
    return f"{named} {ngettext('and {n} more', 'and {n} more', more)}" if more > 0 else named


def missing_words(topic: Topic) -> str:
    """How a topic stands: "9 of 11 · missing: media, guests", or that nobody is missing."""
    if not topic.missing:
        return _("complete")
    missing = audiences(topic.missing, _NAMED)
    if len(missing) > _ROOM:
        missing = audiences(topic.missing, 1)
    return _("{met} of {expected} · missing: {who}", met=topic.met, expected=topic.expected, who=missing)


def bar(done: int, total: int, words: str) -> QProgressBar:
    """A thin bar that says ``words``."""
    made = QProgressBar()
    made.setTextVisible(False)
    made.setRange(0, max(total, 1))
    made.setValue(done)
    made.setAccessibleName(words)
    return made
