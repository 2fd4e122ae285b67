"""The joint actions of a cluster as a table: what, who leads, when, with what result, how it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from progressus_desktop import clock
from progressus_desktop.domain.catalog import entity
from progressus_desktop.domain.rules import plain_date
from progressus_desktop.gui.columns import Column, columns_of
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.filters import Wanted
from progressus_desktop.gui.listsource import ListSource
from progressus_desktop.gui.tables import RowModel
from progressus_desktop.gui.tableview import ListTable
from progressus_desktop.store import query
from progressus_desktop.words import N_, _

_MOST_ROWS = 5
_ORDER = "-date_from"


def when_words(first: Any, last: Any) -> str:
    """From when to when: "from 03.12.2026", "10–11.2026" for whole months, "05.11.2026" for one day."""
    begin, end = plain_date(first), plain_date(last)
    if begin is None:
        return _("until {day}", day=f"{end:%d.%m.%Y}") if end else "–"
    if end is None:
        return _("from {day}", day=f"{begin:%d.%m.%Y}")
    if begin == end:
        return f"{begin:%d.%m.%Y}"
    whole = begin.day == 1 and (end + timedelta(days=1)).day == 1
    if whole and begin.year == end.year:
        return f"{begin:%m.%Y}" if begin.month == end.month else f"{begin:%m}–{end:%m.%Y}"
    return f"{begin:%d.%m}–{end:%d.%m.%Y}" if begin.year == end.year else f"{begin:%d.%m.%Y}–{end:%d.%m.%Y}"


def _action_columns(context: Context) -> list[Column]:
    """What the page shows of a joint action: name, who leads, when, result, state."""
    known = {
        each.name: each
        for each in columns_of(
            entity("action"),
            lambda: clock.today(context.ws.clock),
            lambda target, record: query.title(context.ws, target, record),
        )
    }

    def when(row: Any) -> str:
        return when_words(row.values.get("date_from"), row.values.get("date_to"))

    def result(row: Any) -> str:
        return str(row.values.get("real_result") or row.values.get("expected_result") or "")

    return [
        known["title"],
        known["leader"],
        Column("date_from", N_("Time of the action"), when),
        Column("real_result", N_("Result of the action"), result, most=30),
        replace(known["state"], label=N_("State")),
    ]


class ActionTable(QFrame):
    """As high as its rows, up to five of them."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setProperty("k", "table")
        self.model = RowModel(_action_columns(context), self)
        self.table = ListTable(context.theme, self.model, self)
        self.table.setObjectName("action_table")
        self.table.head.setSectionsClickable(False)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)

    def show_cluster(self, cluster_id: str) -> None:
        """Show the actions of a cluster; nothing is shown where there is none."""
        source = ListSource(self._context.ws, "action", Wanted(where=(("cluster", cluster_id),)), _ORDER)
        self.model.show(source, _ORDER)
        self.table.keep_place()
        self.setVisible(self.model.rowCount() > 0)
        self._fit()

    def _fit(self) -> None:
        rows = min(max(self.model.rowCount(), 1), _MOST_ROWS)
        height = self.table.verticalHeader().defaultSectionSize() * rows
        self.setFixedHeight(height + self.table.head.height() + self._context.theme.space(6))

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Only the main columns where there is little room."""
        for number, column in enumerate(self.model.columns):
            self.table.setColumnHidden(number, compact and not column.in_compact)

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        self.table.restyle()
        self._fit()

    def retranslate(self) -> None:
        """Make all words again."""
        self.table.setAccessibleName(_(entity("action").plural))
        self.table.setAccessibleDescription(_("Enter opens the joint action."))
        self.model.words_changed()
