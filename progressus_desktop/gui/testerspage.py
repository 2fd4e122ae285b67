"""The office's page Testers: who sent what when, gaps by month, contact, laptops."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHBoxLayout,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from progressus_desktop.clock import local
from progressus_desktop.domain import territory
from progressus_desktop.domain.records import Committed
from progressus_desktop.domain.sorting import fold
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.parts import Button, prop, text
from progressus_desktop.gui.widths import COMPACT
from progressus_desktop.services import overview
from progressus_desktop.services.overview import Overview, Tester
from progressus_desktop.words import N_, _, language, ngettext

_HEADS = (N_("Tester"), N_("Place"), N_("Contact"), N_("Laptops"), N_("Events"), N_("Missing reports"))
_SHARES = (25, 15, 18, 15, 9, 18)
"""Of the width of the table, by column; names are the longest words."""
_FULL = 12
_ID = int(Qt.ItemDataRole.UserRole)
_ROW = 34


class _Table(QTableWidget):
    opened = Signal(str)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.share()

    def share(self) -> None:
        """Columns in sight share the width."""
        shares = {at: share for at, share in enumerate(_SHARES) if not self.isColumnHidden(at)}
        for at, share in shares.items():
            self.setColumnWidth(at, self.viewport().width() * share // sum(shares.values()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)

    def current(self) -> str:
        item = self.item(self.currentRow(), 0)
        return str(item.data(_ID)) if item is not None else ""


class TestersPage(QWidget):
    """One row for each tester organisation over the last twelve months; Enter opens its record."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._compact = False
        self.found: Overview | None = None
        self.setObjectName("testers_page")
        self.name, self.subtitle = text("", "h1"), text("", "muted", wrap=True)
        self.filter = QLineEdit()
        self.filter.setObjectName("testers_filter")
        self.invite_button = Button(context.theme, "", "", "user-plus")
        self.invite_button.setObjectName("invite_tester_button")
        self.table = _Table()
        self.table.setObjectName("testers_table")
        self._build()
        self.filter.textChanged.connect(lambda _words: self._show())
        self.table.opened.connect(self._open)
        self.table.itemDoubleClicked.connect(lambda _item: self._open(self.table.current()))
        self.invite_button.clicked.connect(lambda: context.navigate("packages"))
        context.bus.committed.connect(self._committed)
        context.theme.changed.connect(self.restyle)
        self.retranslate()

    def _build(self) -> None:
        table = self.table
        table.setColumnCount(len(_HEADS))
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionsClickable(False)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._column = QVBoxLayout(self)
        head = self._head = QHBoxLayout()
        names = QVBoxLayout()
        names.addWidget(self.name)
        names.addWidget(self.subtitle)
        head.addLayout(names, 1)
        head.addWidget(self.filter)
        head.addWidget(self.invite_button)
        self._column.addLayout(head)
        self._column.addWidget(table, 1)

    # -- showing ------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read again what changed meanwhile."""
        super().showEvent(event)
        self.read()

    def _committed(self, _done: Committed) -> None:
        if self.isVisible():
            self.read()

    def read(self) -> None:
        """Read all testers; a few statements of SQL."""
        ws = self._context.ws
        with ws.reading() as connection:
            self.found = overview.read(ws, connection, many=_FULL)
        self._show()

    def open(self, tester: str) -> None:
        """Choose the row of a tester."""
        self.filter.clear()
        self.read()
        for row in range(self.table.rowCount()):
            item = self.table.item(row, 0)
            if item is not None and item.data(_ID) == tester:
                self.table.setCurrentCell(row, 0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        if self.found is None:
            return
        now = self.table.current()
        words = fold(self.filter.text())
        chosen = [each for each in self.found.testers if words in fold(f"{each.name} {each.locality} {each.email}")]
        self.table.setRowCount(len(chosen))
        for row, tester in enumerate(chosen):
            for column, said in enumerate(self._cells(tester)):
                item = QTableWidgetItem(said or "–")
                item.setData(_ID, tester.id)
                item.setToolTip(said)
                item.setData(int(Qt.ItemDataRole.AccessibleTextRole), f"{_(_HEADS[column])}: {said or '–'}")
                self.table.setItem(row, column, item)
            if tester.id == now:
                self.table.setCurrentCell(row, 0)
        if self.table.currentRow() < 0 and chosen:
            self.table.setCurrentCell(0, 0)
        gaps = sum(len(each.gaps) for each in self.found.testers)
        number = ngettext("{n} tester", "{n} testers", len(self.found.testers))
        missing = ngettext("{n} report is missing", "{n} reports are missing", gaps)
        none = _("no report is missing")
        self.subtitle.setText(f"{number} · {missing if gaps else none}")

    def _cells(self, tester: Tester) -> tuple[str, ...]:
        gmina = territory.gmina(tester.gmina)
        place = ", ".join(part for part in (tester.locality, gmina.label if gmina else "") if part)
        laptops = [
            f"{each.label} ({local(each.heard_ms):%d.%m.%Y})"
            if each.heard_ms
            else _("{label} (not heard of yet)", label=each.label)
            for each in tester.laptops
        ]
        months = self.found.months if self.found is not None else ()
        return (
            tester.name, place, " · ".join(part for part in (tester.phone, tester.email) if part), ", ".join(laptops),
            str(sum(cell.events for cell in tester.cells)), ", ".join(_short(months[at]) for at in tester.gaps),
        )  # fmt: skip

    def _open(self, tester: str) -> None:
        if tester:
            self._context.navigate("partner", tester)

    # -- as a page ----------------------------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return _("Testers")

    def first_focus(self) -> QWidget:
        """Where the focus goes when the page opens."""
        return self.table

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        return self.filter, self.table

    def actions_here(self) -> Mapping[str, object]:
        """What menus and shortcuts may ask of this page."""
        return {"open": lambda: self._open(self.table.current())}

    def relayout(self, logical_width: int) -> None:
        """Fewer columns where there is little room."""
        self._compact = logical_width < COMPACT
        ways = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head.setDirection(ways[self._compact])
        for column in (1, 2, 3):
            self.table.setColumnHidden(column, self._compact)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes and colours from the theme again."""
        theme = self._context.theme
        side = theme.space(14 if self._compact else 20)
        prop(self.name, "t", "h2" if self._compact else "h1")
        self._column.setContentsMargins(side, theme.space(10), side, theme.space(8))
        self._column.setSpacing(theme.space(8))
        self._head.setSpacing(theme.space(8))
        self.filter.setMinimumWidth(0 if self._compact else theme.px(220))
        self.table.verticalHeader().setDefaultSectionSize(max(theme.space(_ROW), theme.px(20) + 8))
        header = self.table.horizontalHeader()
        header.setFixedHeight(max(theme.space(_ROW), theme.px(20) + 10))
        header.setStretchLastSection(True)
        self.table.share()

    def retranslate(self) -> None:
        """Make all words again."""
        self.name.setText(_("Testers"))
        self.filter.setPlaceholderText(_("Filter testers"))
        self.filter.setAccessibleName(_("Filter testers"))
        self.invite_button.set_text(_("&Invite a tester"))
        self.table.setHorizontalHeaderLabels([_(each) for each in _HEADS])
        self.table.setAccessibleName(_("Testers"))
        self.table.setAccessibleDescription(_("Enter opens the organisation."))
        self._show()


def _short(month: str) -> str:
    from babel.dates import format_date

    return format_date(date.fromisoformat(f"{month}-01"), "LLL", locale=language()).rstrip(".")
