"""Topics by audience: how often each was told to whom, what is missing, and the records behind each number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from progressus_desktop import clock
from progressus_desktop.domain import codelists, territory
from progressus_desktop.domain.coverage import Coverage
from progressus_desktop.domain.records import Committed
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.coveragegrid import TOPICS, Cell, CoverageGrid, Line, Source, Sources
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.parts import Button, Card, scrolled, text
from progressus_desktop.gui.periods import month_name, periods
from progressus_desktop.gui.soon import later
from progressus_desktop.gui.widths import COMPACT
from progressus_desktop.services import permission, topiccover
from progressus_desktop.services.entering import own_organisation
from progressus_desktop.services.topiccover import EVER, Told
from progressus_desktop.store.looking import TableLookup
from progressus_desktop.words import N_, _, ngettext

_ROLES = "participant_role"
_AUDIENCES, _MONTHS, _GMINAS = "audiences", "months", "gminas"
ROWS = {_AUDIENCES: N_("audiences"), _MONTHS: N_("months"), _GMINAS: N_("gminas")}
"""What the rows of the table can stand for."""

_GRID, _LIST = 156, 96
"""Least heights of the table and of the records in pixels at 100 %."""

_MOST, _REST_MS, _BEHIND_MS = 500, 200, 60
_COUNTED = frozenset({"event", "interaction", "partner", "code_text"})


class CoveragePage(QWidget):
    """A period, a gmina and the kind of rows above; the table left, what is behind the current cell right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setObjectName("coverage_page")
        self._compact = False
        self._office = False
        self._told = Told({})
        self._found: Coverage | None = None
        theme = context.theme
        self.back = Button(theme, "", "ghost", "arrow-left")
        self.back.setObjectName("back_button")
        self.name, self.sum = text("", "h1"), text("", "h3", wrap=True)
        self.period, self.gmina, self.rows = QComboBox(), QComboBox(), QComboBox()
        self.labels = {self.period: QLabel(), self.gmina: QLabel(), self.rows: QLabel()}
        self.sources, self.grid = Sources(context), CoverageGrid(context)
        self.behind, self.gap = text("", "h2", wrap=True), text("", "body", wrap=True)
        self._rest = later(self, _REST_MS, self.refresh)
        self._later = later(self, _BEHIND_MS, self._look_behind)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        head = self._head = QHBoxLayout()
        head.addWidget(self.back)
        head.addWidget(self.name, 1)
        column.addLayout(head)
        row = self._row = QHBoxLayout()
        for combo, label in self.labels.items():
            label.setBuddy(combo)
            row.addWidget(label)
            row.addWidget(combo)
        for combo, name in ((self.period, "period"), (self.gmina, "gmina"), (self.rows, "rows")):
            combo.setObjectName(f"coverage_{name}")
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.sum)
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
        card.column.addWidget(self.behind)
        card.column.addWidget(self.gap)
        card.column.addWidget(self.sources, 1)
        card.column.addStretch(0)
        halves.addWidget(frame, 3)
        halves.addWidget(card, 2)
        column.addWidget(scrolled("coverage_room", room), 1)

    def _connect(self) -> None:
        for timer in (self._rest, self._later):
            self._context.bus.closing.connect(timer.stop)
        self.back.clicked.connect(self._go_back)
        for combo in self.labels:
            combo.activated.connect(lambda _row: self._show())
        self.grid.currentCellChanged.connect(lambda *_cells: self._say())
        self.grid.entered.connect(self._enter)
        self._context.bus.committed.connect(self._committed)
        self._context.theme.changed.connect(self.restyle)

    def _go_back(self) -> None:
        if not self._office:
            self._context.navigate("dashboard")

    # -- what is shown ------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Count what changed meanwhile, for the person who works now."""
        super().showEvent(event)
        self._office = permission.role(self._context.ws) in {"office", "coordinator"}
        self.back.setVisible(not self._office)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing is counted while nobody sees it."""
        super().hideEvent(event)
        self._rest.stop()
        self._later.stop()

    def _committed(self, done: Committed) -> None:
        if self.isVisible() and any(entity in _COUNTED for entity, _id in done.records):
            self._rest.start()

    def refresh(self) -> None:
        """Count everything again, beside the window."""
        ws = self._context.ws
        own = "" if self._office else own_organisation(ws)

        def work(_progress: Progress) -> Told:
            with ws.reader() as connection:
                return topiccover.read(connection, own)

        self._context.jobs.start(self, _("Counting"), work, self._counted, self._context.notify.error)

    def _counted(self, told: Told) -> None:
        self._told = told
        self._fill_periods()
        self._fill_gminas()
        self._show()

    def _chosen(self) -> tuple[topiccover.Months, str]:
        return self.period.currentData() or EVER, str(self.gmina.currentData() or "")

    def _show(self) -> None:
        months, gmina = self._chosen()
        found = self._found = self._told.coverage(months, gmina)
        gaps = ngettext("{n} audience is missing", "{n} audiences are missing", len(found.gaps))
        share = _("{percent}% of expected audiences", percent=found.percent)
        self.sum.setText(f"{share} · {gaps}" if found.gaps else share)
        kind = self.rows.currentData()
        if kind == _MONTHS:
            here = [each for each in self._told.months() if months[0] <= each <= months[1]]
            named = {each: month_name(int(each[:4]), int(each[5:])) for each in here}
            lines = [_share(each, named[each], self._told.coverage((each, each), gmina)) for each in here]
        elif kind == _GMINAS:
            places = [each for each in self._gminas() if gmina in {"", each}]
            lines = [_share(each, _place(each), self._told.coverage(months, each)) for each in places]
        else:
            lines = [_audience(each, found) for each in codelists.codes(_ROLES)]
        self.grid.show_lines(lines)
        self._say()

    def _say(self) -> None:
        """Name what is missing in the current cell, or list what is behind it."""
        topic, key = self.grid.cell()
        (months, gmina), kind = self._chosen(), self.rows.currentData()
        if kind == _AUDIENCES:
            there = self._found is not None and self._found.counts[topic].get(key, 0) > 0
            missing: tuple[str, ...] = () if there else (key,)
        else:
            months, gmina = ((key, key), gmina) if kind == _MONTHS else (months, key)
            missing = tuple(who for code, who in self._told.coverage(months, gmina).gaps if code == topic)
        who = ", ".join(codelists.word(_ROLES, each) for each in missing)
        place = _place(gmina) if gmina else ""
        lacking = (
            _("{topic} was not told in {place} to: {who}", topic=topic, who=who, place=place)
            if place
            else _("{topic} was not told to: {who}", topic=topic, who=who)
        )
        self.gap.setText(lacking if missing else _("{topic}: nobody is missing", topic=topic))
        self.gap.setVisible(bool(missing) or kind != _AUDIENCES)
        self.behind.setText(_("Records behind the number") if kind == _AUDIENCES else _("Who is missing"))
        self.sources.setVisible(kind == _AUDIENCES and not missing)
        if self.sources.isVisibleTo(self):
            self._later.start()

    def _look_behind(self) -> None:
        """Find the records behind the current number, beside the window."""
        ws, cell, own = self._context.ws, self.grid.cell(), self._told.own
        months, gmina = self._chosen()

        def work(_progress: Progress) -> list[Source]:
            with ws.reader() as connection:
                names = TableLookup(connection, ws.space)
                found = topiccover.behind(connection, cell, months, gmina, own, _MOST)
                for entity in ("event", "interaction"):
                    names.read_titles(entity, [record for of, record in found if of == entity])
                return [Source(entity, record, names.title(entity, record)) for entity, record in found]

        def done(found: list[Source]) -> None:
            if cell == self.grid.cell():
                self.sources.show_records(found)

        self._context.jobs.start(self, _("Counting"), work, done, self._context.notify.error)

    def _enter(self) -> None:
        """To the records behind a number; from a month or a gmina to its audiences."""
        kind, (_topic, key) = self.rows.currentData(), self.grid.cell()
        if kind == _AUDIENCES:
            if self.sources.isVisible():
                self.sources.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if kind == _MONTHS:
            self.period.setCurrentIndex(self.period.findData((key, key)))
        else:
            self.gmina.setCurrentIndex(self.gmina.findData(key))
        self.rows.setCurrentIndex(self.rows.findData(_AUDIENCES))
        self.grid.setCurrentCell(0, max(self.grid.currentColumn(), 0))
        self._show()

    # -- choices --------------------------------------------------------------------------------------------------

    def _gminas(self) -> list[str]:
        named = {each: _place(each) for each in self._told.gminas()}
        return sorted(named, key=lambda each: named[each])

    def _fill_gminas(self) -> None:
        _fill(self.gmina, [(_("all"), ""), *((_place(each), each) for each in self._gminas())])

    def _fill_periods(self) -> None:
        """The whole time, the periods of every list, and each month there is anything of."""
        choices: list[tuple[str, Any]] = [(_("whole time"), None)]
        choices += [
            (each.label, (each.dates[0][:7], each.dates[1][:7]))
            for each in periods(clock.today(self._context.ws.clock))
        ]
        known = {data for _label, data in choices}
        months = [each for each in self._told.months() if (each, each) not in known]
        _fill(self.period, [*choices, *((month_name(int(m[:4]), int(m[5:])), (m, m)) for m in months)])

    # -- as a page ------------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Nothing is typed here."""

    def title(self) -> str:
        """The page's name."""
        return _("Topics and audiences")

    def first_focus(self) -> QWidget:
        """Where work begins."""
        return self.grid

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        return (self.period, self.grid, self.sources)

    def actions_here(self) -> Mapping[str, object]:
        """Nothing of its own."""
        return {}

    def keyPressEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self._go_back()
        else:
            super().keyPressEvent(event)

    def relayout(self, logical_width: int) -> None:
        """One below the other where there is little room."""
        self._compact = logical_width < COMPACT
        way = QBoxLayout.Direction.TopToBottom if self._compact else QBoxLayout.Direction.LeftToRight
        self._halves.setDirection(way)
        self.sum.setVisible(not self._compact)
        self.behind.setVisible(not self._compact)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        theme = self._context.theme
        side = theme.space(14 if self._compact else 20)
        self._column.setContentsMargins(side, theme.space(8), side, theme.space(10))
        for layout in (self._column, self._head, self._row, self._halves):
            layout.setSpacing(theme.space(8))
        for combo in self.labels:
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(8 if self._compact else 16)
        self.grid.restyle()
        self.grid.setMinimumHeight(theme.px(_GRID))
        self.sources.setMinimumHeight(theme.px(_LIST))

    def retranslate(self) -> None:
        """Make all words again."""
        self.back.set_text(_("Dashboard"))
        self.back.setAccessibleName(_("Back: {where}", where=_("Dashboard")))
        self.name.setText(_("Topics and audiences"))
        for combo, words in (
            (self.period, _("&Period")), (self.gmina, _("&Gmina")), (self.rows, _("&Rows")),
        ):  # fmt: skip
            self.labels[combo].setText(words)
        self.sources.setAccessibleName(_("Records behind the number"))
        self.sources.setAccessibleDescription(_("Enter opens the record."))
        _fill(self.rows, [(_(words), kind) for kind, words in ROWS.items()])
        self._fill_periods()
        self._fill_gminas()
        self.grid.retranslate()
        self.restyle()
        self._show()


def _fill(combo: QComboBox, choices: list[tuple[str, Any]]) -> None:
    """Offer these choices; what was chosen stays chosen if it is still there."""
    chosen = combo.currentData()
    with QSignalBlocker(combo):
        combo.clear()
        for words, data in choices:
            combo.addItem(words, data)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))


def _place(gmina: str) -> str:
    found = territory.gmina(gmina)
    return found.name if found is not None else gmina


def _audience(audience: str, found: Coverage) -> Line:
    """A row of numbers: how often each topic was told to an audience, and which of them are gaps."""
    cells = []
    for topic in codelists.codes(TOPICS):
        number = found.counts[topic][audience]
        gap = (topic, audience) in found.gaps
        cells.append(Cell(str(number), "ok") if number else Cell(_("missing"), "warn") if gap else Cell("–"))
    head = codelists.short(_ROLES, audience)
    return Line(audience, head[:1].upper() + head[1:], codelists.word(_ROLES, audience), cells)


def _share(key: str, name: str, found: Coverage) -> Line:
    """A row of a month or a gmina: how many of the expected audiences heard of each topic."""
    cells = [
        Cell(_("{met} of {expected}", met=each.met, expected=each.expected), "warn" if each.missing else "ok")
        for each in topiccover.topics(found)
    ]
    return Line(key, name[:1].upper() + name[1:], name, cells)
