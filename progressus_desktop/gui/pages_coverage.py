"""Topics by audience: how often each was told to whom, what is missing, and the records behind each number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from progressus_desktop import clock
from progressus_desktop.domain import codelists, territory
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.coverage import Coverage
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.listpage import COMPACT
from progressus_desktop.gui.parts import Button, Card, text
from progressus_desktop.gui.periods import periods
from progressus_desktop.services import permission, topiccover
from progressus_desktop.services.entering import own_organisation
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.words import _, ngettext

_ROLES, _TOPICS = "participant_role", "topic"
_TARGET = int(Qt.ItemDataRole.UserRole)
_MOST = 500
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class _Sources(QListWidget):
    """The events and talks behind a number; Enter opens one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("coverage_sources")
        self.setWordWrap(True)
        self.itemDoubleClicked.connect(lambda _item: self.open())

    def show_records(self, ids: tuple[str, ...]) -> None:
        """List these events and talks."""
        self.clear()
        for each in ids[:_MOST]:
            entity = query.entity_of(self._context.ws, each)
            title = query.title(self._context.ws, entity, each) if entity else _("not on this laptop")
            item = QListWidgetItem(f"{_(ENTITIES[entity].label)}: {title}" if entity else title)
            item.setData(_TARGET, (entity, each))
            self.addItem(item)
        self.setCurrentRow(0)

    def open(self) -> None:
        """Open the current record."""
        item = self.currentItem()
        if item is not None and item.data(_TARGET)[0]:
            self._context.navigate(*item.data(_TARGET))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in _ENTER:
            self.open()
        else:
            super().keyPressEvent(event)


class _Grid(QTableWidget):
    """Audiences down, topics across; Enter goes to the records behind the cell."""

    def __init__(self, context: Context, sources: _Sources) -> None:
        super().__init__(len(codelists.codes(_ROLES)), len(codelists.codes(_TOPICS)))
        self._context, self._sources = context, sources
        self._found: Coverage | None = None
        self.setObjectName("coverage_grid")
        self.setProperty("k", "grid")
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.currentCellChanged.connect(lambda *_cells: self._show_sources())

    def show_coverage(self, found: Coverage) -> None:
        """Show these counts, keeping the current cell."""
        row, column = max(self.currentRow(), 0), max(self.currentColumn(), 0)
        self._found = found
        theme = self._context.theme
        side = theme.px(16)
        self.setIconSize(QSize(side, side))
        for at, audience in enumerate(codelists.codes(_ROLES)):
            for place, topic in enumerate(codelists.codes(_TOPICS)):
                words, icon, token = self._cell(found, topic, audience)
                item = QTableWidgetItem(theme.icon(icon, token, side), words) if icon else QTableWidgetItem(words)
                item.setForeground(theme.tokens(token))
                item.setFont(theme.font("h3" if icon else "body"))
                told = f"{topic}, {codelists.word(_ROLES, audience)}: {words}"
                item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
                self.setItem(at, place, item)
        self.setCurrentCell(row, column)
        self._show_sources()

    def _cell(self, found: Coverage, topic: str, audience: str) -> tuple[str, str, str]:
        number = found.counts[topic][audience]
        if number:
            return str(number), "circle-check", "ok"
        return (_("missing"), "triangle-alert", "warn") if (topic, audience) in found.gaps else ("–", "", "muted")

    def cell(self) -> tuple[str, str]:
        """Topic and audience of the current cell."""
        topics, audiences = codelists.codes(_TOPICS), codelists.codes(_ROLES)
        return topics[max(self.currentColumn(), 0)], audiences[max(self.currentRow(), 0)]

    def _show_sources(self) -> None:
        if self._found is not None:
            self._sources.show_records(self._found.records.get(self.cell(), ()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in _ENTER and self._sources.count():
            self._sources.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def restyle(self) -> None:
        """Take sizes from the theme."""
        theme = self._context.theme
        self.verticalHeader().setDefaultSectionSize(max(theme.px(32), theme.px(20) + 8))
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setFont(theme.font("h3"))
        if self._found is not None:
            self.show_coverage(self._found)

    def retranslate(self) -> None:
        """Heads in the language in force."""
        for place, topic in enumerate(codelists.codes(_TOPICS)):
            head = QTableWidgetItem(topic)
            head.setToolTip(codelists.word(_TOPICS, topic))
            self.setHorizontalHeaderItem(place, head)
        words = (codelists.short(_ROLES, each) for each in codelists.codes(_ROLES))
        self.setVerticalHeaderLabels([each[:1].upper() + each[1:] for each in words])
        self.setAccessibleName(_("Topics and audiences"))
        self.setAccessibleDescription(_("Arrows choose a cell, Enter goes to the records behind it."))


class CoveragePage(QWidget):
    """A period and a gmina above, the table left, the records behind the current cell right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setObjectName("coverage_page")
        self._compact = False
        self._office = permission.role(context.ws) in {"office", "coordinator"}
        theme = context.theme
        self.back = Button(theme, "", "ghost", "arrow-left")
        self.back.setVisible(not self._office)
        self.back.setObjectName("back_button")
        self.name, self.sum = text("", "h1"), text("", "h3", wrap=True)
        self.period, self.period_label = QComboBox(), QLabel()
        self.gmina, self.gmina_label = QComboBox(), QLabel()
        self.period.setObjectName("coverage_period")
        self.gmina.setObjectName("coverage_gmina")
        self.sources = _Sources(context)
        self.grid = _Grid(context, self.sources)
        self.behind, self.gap = text("", "h2"), text("", "body", wrap=True)
        self._lay_out()
        self.back.clicked.connect(self._go_back)
        self.period.activated.connect(lambda _row: self.refresh())
        self.gmina.activated.connect(lambda _row: self.refresh())
        self.grid.currentCellChanged.connect(lambda *_cells: self._say_gap())
        context.theme.changed.connect(self.restyle)
        self.retranslate()

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        head = self._head = QHBoxLayout()
        head.addWidget(self.back)
        head.addWidget(self.name, 1)
        column.addLayout(head)
        row = self._row = QHBoxLayout()
        for label, combo in ((self.period_label, self.period), (self.gmina_label, self.gmina)):
            label.setBuddy(combo)
            row.addWidget(label)
            row.addWidget(combo)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.sum)
        halves = self._halves = QHBoxLayout()
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
        column.addLayout(halves, 1)

    def _go_back(self) -> None:
        if not self._office:
            self._context.navigate("dashboard")

    # -- what is shown ------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Count what changed meanwhile."""
        super().showEvent(event)
        self._fill_gminas()
        self.refresh()

    def _fill_gminas(self) -> None:
        """The gminas where there were events."""
        chosen = self.gmina.currentData()
        found = query.own_counts(self._context.ws, "event", View(), "gmina")[1]
        named = {code: place.name for code in found if code and (place := territory.gmina(code)) is not None}
        with QSignalBlocker(self.gmina):
            self.gmina.clear()
            self.gmina.addItem(_("all"), "")
            for code, name in sorted(named.items(), key=lambda each: each[1]):
                self.gmina.addItem(name, code)
            self.gmina.setCurrentIndex(max(0, self.gmina.findData(chosen)))

    def refresh(self) -> None:
        """Count again, beside the window."""
        ws = self._context.ws
        period, gmina = self.period.currentData(), str(self.gmina.currentData() or "")
        own = "" if self._office else own_organisation(ws)

        def work(_progress: Progress) -> Coverage:
            with ws.reader() as connection:
                return topiccover.read(ws, connection, own, period, gmina)

        self._context.jobs.start(self, _("Counting"), work, self._show, self._context.notify.error)

    def _show(self, found: Coverage) -> None:
        gaps = ngettext("{n} audience is missing", "{n} audiences are missing", len(found.gaps))
        share = _("{percent}% of expected audiences", percent=found.percent)
        self.sum.setText(f"{share} · {gaps}" if found.gaps else share)
        self.grid.show_coverage(found)
        self._say_gap()

    def _say_gap(self) -> None:
        """Name what is missing where a cell has no records."""
        topic, audience = self.grid.cell()
        told = self.sources.count() > 0
        who = codelists.word(_ROLES, audience)
        place = self.gmina.currentText() if self.gmina.currentData() else ""
        words = (
            _("{topic} was not told in {place} to: {who}", topic=topic, who=who, place=place)
            if place
            else _("{topic} was not told to: {who}", topic=topic, who=who)
        )
        self.gap.setText(words)
        self.gap.setVisible(not told)
        self.sources.setVisible(told)

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
        self.grid.restyle()

    def retranslate(self) -> None:
        """Make all words again."""
        self.back.set_text(_("Dashboard"))
        self.back.setAccessibleName(_("Back: {where}", where=_("Dashboard")))
        self.name.setText(_("Topics and audiences"))
        self.period_label.setText(_("&Period"))
        self.gmina_label.setText(_("&Gmina"))
        self.behind.setText(_("Records behind the number"))
        self.sources.setAccessibleName(_("Records behind the number"))
        self.sources.setAccessibleDescription(_("Enter opens the record."))
        chosen = self.period.currentIndex()
        with QSignalBlocker(self.period):
            self.period.clear()
            self.period.addItem(_("whole time"), None)
            for each in periods(clock.today(self._context.ws.clock)):
                if each.dates is not None:
                    self.period.addItem(each.label, each.dates)
            self.period.setCurrentIndex(max(chosen, 0))
        self._fill_gminas()
        self.grid.retranslate()
        self.restyle()
