"""What a report shall be about: one record of a list, a month, or days from and to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from progressus_desktop.clock import today
from progressus_desktop.domain.catalog import entity
from progressus_desktop.domain.fields import Field, Type
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.datefield import DateField
from progressus_desktop.gui.filterbar import FilterBar
from progressus_desktop.gui.listsource import ListSource, columns_in
from progressus_desktop.gui.periods import before, month_name
from progressus_desktop.gui.tables import RowModel
from progressus_desktop.gui.tableview import ListTable
from progressus_desktop.gui.whereabouts import Whereabouts
from progressus_desktop.services.reporting_kinds import Kind
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store import query
from progressus_desktop.words import N_, _

if TYPE_CHECKING:
    from progressus_desktop.domain.records import Committed

MONTHS = 18
_ONE, _DAYS = "one", "days"
_NAMES = {
    "event": N_("Events to print"), "partner": N_("Partners to print"), "cluster": N_("Clusters to print"),
}  # fmt: skip
_LESS = frozenset({"place", "kind", "persons"})
"""Columns that do not tell records apart; the list of a report is half as wide as its page."""
_DATES = (
    Field("date_from", Type.DATE, N_("From day"), example="01.11.2026"),
    Field("date_to", Type.DATE, N_("To day"), example="30.11.2026"),
)


class RecordChoice(QWidget):
    """A list of one record type with its filters; ``chosen`` tells that another record became current."""

    chosen = Signal()
    opened = Signal()

    def __init__(self, context: Context, entity_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._entity = context, entity_name
        self._order = entity(entity_name).order
        now = lambda: today(context.ws.clock)  # noqa: E731 - a value handed on
        self.filters = FilterBar(context.theme, entity_name, now)
        self.model = RowModel(columns_in(context, entity(entity_name)), self)
        self.table = ListTable(context.theme, self.model)
        self.table.setObjectName(f"report_{entity_name}s_table")
        frame = QFrame()
        frame.setProperty("k", "table")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.filters)
        self.column.addWidget(frame, 1)
        self.filters.changed.connect(self.refilter)
        self.table.order_asked.connect(self.sort_by)
        self.table.current_record.connect(lambda _id: self.chosen.emit())
        self.table.opened.connect(lambda _id: self.opened.emit())
        self.whereabouts = Whereabouts(context, self.table, lambda: self._source)
        self.refilter()

    def refilter(self) -> None:
        """Show the records the filters ask for."""
        sought = self.table.record_id()
        self._source = ListSource(self._context.ws, self._entity, self.filters.wanted(), self._order)
        self.model.show(self._source, self._order)
        if not self.model.exact:
            self.model.counted(query.total(self._context.ws, self._entity, self._source.view))
        self.table.keep_place(sought)
        self.table.size_columns()
        self.chosen.emit()

    def sort_by(self, order: str) -> None:
        """Order the records by a column."""
        self._order = order
        with self.whereabouts.kept():
            self.refilter()

    def choose(self, record_id: str) -> None:
        """Make a record current, whatever was filtered before."""
        if not self.table.go_to(record_id):
            self.filters.clear()
            self.table.go_to(record_id)

    def relayout(self, *, compact: bool, wide: bool) -> None:
        """Few columns where there is little room."""
        self.filters.set_compact(compact or not wide)
        for number, column in enumerate(self.model.columns):
            self.table.setColumnHidden(number, not column.in_compact and (compact or column.name in _LESS))

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        self.column.setSpacing(self._context.theme.space(8))
        self.filters.restyle()
        self.table.restyle()
        lines = 3 if self._context.theme.scale > 1 else 5
        self.table.setMinimumHeight(self.table.verticalHeader().defaultSectionSize() * lines)

    def retranslate(self) -> None:
        """Words of filters and columns."""
        self.table.setAccessibleName(_(_NAMES[self._entity]))
        self.table.setAccessibleDescription(_("Enter saves the document."))
        self.filters.retranslate()
        self.model.words_changed()


class Subject(QWidget):
    """The part of the page that says what the report is about; ``changed`` comes with each change."""

    changed = Signal()
    opened = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kind: Kind | None = None
        self.lists: dict[str, RecordChoice] = {}
        self.scope, self.scope_label = self._combo("report_scope")
        self.month, self.month_label = self._combo("report_month")
        self.days = [DateField() for _each in _DATES]
        self.day_labels = [QLabel() for _each in _DATES]
        self.stack = QStackedWidget()
        self._empty = QWidget()
        self.stack.addWidget(self._empty)
        grid = self._grid = QGridLayout()
        for at, (label, widget) in enumerate(
            [
                (self.scope_label, self.scope),
                (self.month_label, self.month),
                *zip(self.day_labels, self.days, strict=True),
            ]
        ):
            grid.addWidget(label, 0, at)
            grid.addWidget(widget, 1, at)
            widget.setMinimumWidth(context.theme.px(120))
        grid.setColumnStretch(4, 1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addWidget(self.stack, 1)
        column.addStretch(0)
        for declared, label, field in zip(_DATES, self.day_labels, self.days, strict=True):
            field.setObjectName(f"report_{declared.name}")
            label.setBuddy(field)
            field.bind(context, declared)
            field.dress(context.theme)
            field.editingFinished.connect(self.changed)
        self.scope.currentIndexChanged.connect(lambda _at: self._show())
        self.month.currentIndexChanged.connect(lambda _at: self.changed.emit())

    def _combo(self, name: str) -> tuple[QComboBox, QLabel]:
        combo, label = QComboBox(), QLabel()
        combo.setObjectName(name)
        label.setBuddy(combo)
        return combo, label

    # -- what is asked ----------------------------------------------------------------------------------

    def show_kind(self, kind: Kind) -> None:
        """Ask for what this report needs."""
        self._kind = kind
        self._show()

    def _show(self) -> None:
        kind = self._kind
        if kind is None:
            return
        both = bool(kind.about and kind.span)
        days = self.by_days()
        shown: list[tuple[QWidget, bool]] = [(self.scope, both), (self.scope_label, both)]
        shown += [(widget, kind.span == "month") for widget in (self.month, self.month_label)]
        shown += [(widget, days) for widget in (*self.days, *self.day_labels)]
        for widget, visible in shown:
            widget.setVisible(visible)
        listed = bool(kind.about) and not days
        self.stack.setCurrentWidget(self._list(kind.about) if listed else self._empty)
        self.stack.setVisible(listed)
        self.changed.emit()

    def by_days(self) -> bool:
        """Whether days from and to are asked for."""
        kind = self._kind
        if kind is None or kind.span != "period":
            return False
        return not kind.about or self.scope.currentData() == _DAYS

    def _list(self, entity_name: str) -> RecordChoice:
        if entity_name not in self.lists:
            made = RecordChoice(self._context, entity_name)
            made.chosen.connect(self.changed)
            made.opened.connect(self.opened)
            made.retranslate()
            self.lists[entity_name] = made
            self.stack.addWidget(made)
            made.restyle()
        return self.lists[entity_name]

    def choose(self, record_id: str) -> None:
        """Ask about this record, or this month (YYYY-MM)."""
        kind = self._kind
        if kind is not None and kind.span == "month":
            self.month.setCurrentIndex(max(0, self.month.findData(record_id)))
        elif kind is not None and kind.about:
            self.scope.setCurrentIndex(max(0, self.scope.findData(_ONE)))
            self._list(kind.about).choose(record_id)

    def asked(self) -> Asked:
        """What is asked for so far."""
        kind = self._kind
        if kind is None:
            return Asked()
        if self.by_days():
            first, last = (value if isinstance(value, str) else "" for value in (each.value() for each in self.days))
            return Asked(date_from=first, date_to=last)
        if kind.about:
            return Asked(self.lists[kind.about].table.record_id())
        return Asked(month=str(self.month.currentData() or "")) if kind.span == "month" else Asked()

    def code(self) -> str:
        """What the name of the file says it is about."""
        asked = self.asked()
        if asked.record_id and self._kind is not None:
            record = query.get(self._context.ws, self._kind.about, asked.record_id)
            return record.code if record else ""
        return asked.month or "–".join(part for part in (asked.date_from, asked.date_to) if part)

    def refresh(self, done: Committed) -> None:
        """Follow a commit."""
        for name, choice in self.lists.items():
            if any(each in {name, "partner"} for each, _id in done.records):
                choice.refilter()

    # -- looks ---------------------------------------------------------------------------------------------

    def relayout(self, *, compact: bool, wide: bool) -> None:
        """Few columns where there is little room."""
        for each in self.lists.values():
            each.relayout(compact=compact, wide=wide)

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        theme = self._context.theme
        self._grid.setHorizontalSpacing(theme.space(12))
        self._grid.setVerticalSpacing(theme.space(4))
        self._column.setSpacing(theme.space(8))
        for each in self.lists.values():
            each.restyle()

    def retranslate(self) -> None:
        """Make all words again, keeping what is chosen."""
        chosen = self.scope.currentData(), self.month.currentData()
        now = today(self._context.ws.clock)
        with QSignalBlocker(self.scope), QSignalBlocker(self.month):
            self.scope.clear()
            for key, words in ((_ONE, _("One event")), (_DAYS, _("Days from and to"))):
                self.scope.addItem(words, key)
            self.month.clear()
            for ago in range(MONTHS):
                year, month = before(now.year, now.month, ago)
                self.month.addItem(month_name(year, month), f"{year}-{month:02d}")
            self.scope.setCurrentIndex(max(0, self.scope.findData(chosen[0])))
            self.month.setCurrentIndex(max(0, self.month.findData(chosen[1])))
        self.scope_label.setText(_("Of what"))
        self.month_label.setText(_("&Month"))
        for declared, label, field in zip(_DATES, self.day_labels, self.days, strict=True):
            label.setText(_(declared.label))
            field.retranslate()
        for choice in self.lists.values():
            choice.retranslate()
