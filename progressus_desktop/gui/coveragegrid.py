"""The table of topics and audiences, and the list of records behind one of its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
)

from progressus_desktop.domain import codelists
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.gui.context import Context
from progressus_desktop.words import _

TOPICS = "topic"
_TARGET = int(Qt.ItemDataRole.UserRole)
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of a cell with the kind of its state: ok, warn or nothing."""

    words: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it stands for (an audience, a month, a gmina), its head, and a cell for each topic."""

    key: str
    head: str
    spoken: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Source:
    """A record behind a number."""

    entity: str
    id: str
    title: str


_SIGNS = {"ok": ("circle-check", "ok"), "warn": ("triangle-alert", "warn")}


class Sources(QListWidget):
    """The events and talks behind a number; Enter opens one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("coverage_sources")
        self.setWordWrap(True)
        self.itemDoubleClicked.connect(lambda _item: self.open())

    def show_records(self, found: Sequence[Source]) -> None:
        """List these events and talks."""
        self.clear()
        for each in found:
            item = QListWidgetItem(f"{_(ENTITIES[each.entity].label)}: {each.title}")
            item.setData(_TARGET, (each.entity, each.id))
            self.addItem(item)
        self.setCurrentRow(0)

    def open(self) -> None:
        """Open the current record."""
        item = self.currentItem()
        if item is not None:
            self._context.navigate(*item.data(_TARGET))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens."""
        if event.key() in _ENTER:
            self.open()
        else:
            super().keyPressEvent(event)


class CoverageGrid(QTableWidget):
    """Topics across; audiences, months or gminas down. ``entered``: Enter was pressed on the current cell."""

    entered = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(0, len(codelists.codes(TOPICS)))
        self._context = context
        self._lines: Sequence[Line] = ()
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
        self.itemDoubleClicked.connect(lambda _item: self.entered.emit())

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these rows, keeping the place of the current cell."""
        row, column = max(self.currentRow(), 0), max(self.currentColumn(), 0)
        self._lines = lines
        theme = self._context.theme
        side = theme.px(16)
        self.setIconSize(QSize(side, side))
        blocked = self.blockSignals(True)
        self.setRowCount(len(lines))
        self.setVerticalHeaderLabels([each.head for each in lines])
        for at, line in enumerate(lines):
            for place, (topic, cell) in enumerate(zip(codelists.codes(TOPICS), line.cells, strict=True)):
                icon, token = _SIGNS.get(cell.kind, ("", "muted"))
                item = QTableWidgetItem(theme.icon(icon, token, side), cell.words) if icon else QTableWidgetItem("–")
                item.setForeground(theme.tokens(token))
                item.setFont(theme.font("h3" if icon else "body"))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{topic}, {line.spoken}: {cell.words}")
                self.setItem(at, place, item)
        self.setCurrentCell(min(row, len(lines) - 1), column)
        self.blockSignals(blocked)

    def cell(self) -> tuple[str, str]:
        """Topic and key of the row of the current cell; the key is empty where there are no rows."""
        topics, row = codelists.codes(TOPICS), self.currentRow()
        return topics[max(self.currentColumn(), 0)], self._lines[row].key if 0 <= row < len(self._lines) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes behind the number."""
        if event.key() in _ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def restyle(self) -> None:
        """Take sizes from the theme."""
        theme = self._context.theme
        self.verticalHeader().setDefaultSectionSize(max(theme.px(32), theme.px(20) + 8))
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setFont(theme.font("h3"))
        self.show_lines(self._lines)

    def retranslate(self) -> None:
        """Heads in the language in force."""
        for place, topic in enumerate(codelists.codes(TOPICS)):
            head = QTableWidgetItem(topic)
            head.setToolTip(codelists.word(TOPICS, topic))
            self.setHorizontalHeaderItem(place, head)
        self.setAccessibleName(_("Topics and audiences"))
        self.setAccessibleDescription(_("Arrows choose a cell, Enter goes to the records behind it."))
