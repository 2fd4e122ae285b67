"""Testers by months: how each report stands in an icon and words, of an accepted one the number of events held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from progressus_desktop.domain import monthly_report as report
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services.overview import MISSING, NOT_SENT, Cell, Tester
from progressus_desktop.words import N_, _, language

_LOOKS = {
    report.ACCEPTED: ("circle-check", "ok", ""),
    report.RETURNED: ("triangle-alert", "warn", N_("Returned")),
    report.SENT: ("send", "info", N_("To review")),
    MISSING: ("circle-x", "err", N_("None")),
    NOT_SENT: ("circle-dashed", "muted", N_("Not sent")),
}
_REPORT = int(Qt.ItemDataRole.UserRole)
_TESTER = _REPORT + 1
_ROW, _HEAD, _MONTH, _WIDE, _NAME, _ICON = 32, 34, 80, 134, 150, 16
_LAST, _NEWEST = 3, 2
"""Months that stay where there is little room, and those with room for words."""
_SHORT = {"Stowarzyszenie": "Stow.", "Fundacja": "Fund.", "Spółdzielnia socjalna": "Sp. soc."}
"""How long first words of names are written where there is little room."""


class TesterGrid(QTableWidget):
    """Arrows move from cell to cell, Enter opens its report. ``opened`` carries tester and report (may be empty)."""

    opened = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._compact = theme, False
        self._months: Sequence[str] = ()
        self._testers: Sequence[Tester] = ()
        self.setObjectName("tester_grid")
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.itemDoubleClicked.connect(self._open)

    def show_testers(self, months: Sequence[str], testers: Sequence[Tester]) -> None:
        """Show these; the chosen cell stays where it was."""
        row, column = max(self.currentRow(), 0), max(self.currentColumn(), 0)
        self._months, self._testers = months, testers
        self.setColumnCount(1 + len(months))
        self.setRowCount(len(testers))
        self.setHorizontalHeaderLabels([_("Tester"), *map(_short, months)])
        for at, tester in enumerate(testers):
            self.setItem(at, 0, self._item(_shortened(tester.name) or _("without a name"), tester.id, tester.name))
            for place, cell in enumerate(tester.cells, 1):
                self.setItem(at, place, self._cell(tester, months[place - 1], cell))
        self.setCurrentCell(min(row, len(testers) - 1), min(column, len(months)))
        self.restyle()

    def _item(self, words: str, tester: str, spoken: str, record: str = "") -> QTableWidgetItem:
        item = QTableWidgetItem(words)
        item.setData(_TESTER, tester)
        item.setData(_REPORT, record)
        item.setData(int(Qt.ItemDataRole.AccessibleTextRole), spoken)
        item.setToolTip(spoken)
        return item

    def _cell(self, tester: Tester, month: str, cell: Cell) -> QTableWidgetItem:
        icon, token, label = _LOOKS[cell.state]
        said = _(label) if label else _("Accepted")
        words = _(label) if label else str(cell.events)
        spoken = _(
            "{tester}, {month}: {state}, events: {n}",
            tester=tester.name,
            month=_short(month),
            state=said,
            n=cell.events,
        )
        item = self._item(words, tester.id, spoken, cell.report)
        item.setIcon(self._theme.icon(icon, token, self._theme.px(_ICON)))
        item.setForeground(self._theme.tokens(token))
        return item

    def _open(self) -> None:
        item = self.currentItem()
        if item is not None:
            self.opened.emit(str(item.data(_TESTER)), str(item.data(_REPORT) or ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        else:
            super().keyPressEvent(event)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Only the last months where there is little room."""
        self._compact = compact
        self.restyle()

    def restyle(self) -> None:
        """Take sizes from the theme."""
        theme = self._theme
        self.setIconSize(QSize(theme.px(_ICON), theme.px(_ICON)))
        self.verticalHeader().setDefaultSectionSize(max(theme.space(_ROW), theme.px(20) + 8))
        header = self.horizontalHeader()
        header.setFixedHeight(max(theme.space(_HEAD), theme.px(20) + 10))
        for column in range(self.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            newest = column >= self.columnCount() - _NEWEST
            self.setColumnWidth(column, theme.px(_WIDE if newest else _MONTH))
        if self.columnCount():
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show as many months as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Names keep their room: the oldest months give way, the last ones stay."""
        months = range(self.columnCount() - 1, 0, -1)
        left = self.viewport().width() - self._theme.px(_NAME)
        for shown, column in enumerate(months, 1):
            left -= self.columnWidth(column) or self._theme.px(_WIDE if shown <= _NEWEST else _MONTH)
            self.setColumnHidden(column, shown > _LAST and (self._compact or left < 0))

    def retranslate(self) -> None:
        """Make all words again."""
        self.setAccessibleName(_("Testers by months"))
        self.setAccessibleDescription(_("Enter opens the report of the month."))
        self.show_testers(self._months, self._testers)


def _short(month: str) -> str:
    from babel.dates import format_date

    return format_date(date.fromisoformat(f"{month}-01"), "LLL", locale=language()).rstrip(".")


def _shortened(name: str) -> str:
    long = next((each for each in _SHORT if name.startswith(each)), "")
    return _SHORT[long] + name.removeprefix(long) if long else name
