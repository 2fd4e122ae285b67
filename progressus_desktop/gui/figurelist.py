"""The section of an indicator's form that shows its value for a period and the records behind it."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from progressus_desktop.clock import today
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.figures import Figure
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.listfooter import grouped
from progressus_desktop.gui.parts import text
from progressus_desktop.gui.periods import periods
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import indicators, permission
from progressus_desktop.store import query
from progressus_desktop.words import _

_TARGET = int(Qt.ItemDataRole.UserRole)
_MOST = 500
_WHOLE = ("0001-01-01", "9999-12-31")


class _List(QListWidget):
    opened = Signal()

    def keyPressEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class FigureList(QWidget):
    """Computed beside the work; Enter opens the record behind the number."""

    open_asked = Signal(str, str, object)
    entity = ""
    """Nothing is said beside the section: the number is a click away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._record = ""
        self._counted = 0
        self.period_label, self.period = text("", "label"), QComboBox()
        self.value, self.parts = text("", "h1"), text("", "muted", wrap=True)
        self.list = _List()

    def bind(self, context: Context) -> None:
        """Build the choice of the period, the number and the list."""
        self._context = context
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self.period.setObjectName("figure_period")
        self.period_label.setBuddy(self.period)
        row.addWidget(self.period_label)
        row.addWidget(self.period)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.value)
        column.addWidget(self.parts)
        self.list.setObjectName("figure_list_sources")
        column.addWidget(self.list, 1)
        self.period.activated.connect(lambda _row: self.refresh())
        self.list.opened.connect(self._open)
        self.list.itemDoubleClicked.connect(lambda _item: self._open())
        self.retranslate()

    def first_stop(self) -> QWidget:
        """Where the focus goes when the list is asked to take it."""
        return self.period

    def show_record(self, record_id: str) -> None:
        """Show the figure of an indicator, nothing for one that is not stored yet."""
        self._record = record_id
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What changed meanwhile is counted now."""
        super().showEvent(event)
        self.refresh()

    def count(self) -> int:
        """How many records are behind the number."""
        return self._counted

    def refresh(self) -> None:
        """Count again, beside the work."""
        context = self._context
        if context is None or not self._record or not self.isVisible():
            return
        ws, record_id = context.ws, self._record
        dates = self.period.currentData() or _WHOLE
        own = "" if permission.role(ws) in {"office", "coordinator"} else ws.space

        def work(_progress: Progress) -> Figure | None:
            with ws.reader() as connection:
                found = [each for each in query.each(ws, "indicator", query.View(), connection) if each.id == record_id]
                if not found:
                    return None
                known = indicators.facts(ws, dates[0], dates[1], own, connection)
                return indicators.figure({**found[0].fields, "id": record_id}, known)

        def failed(error: ProgressusError) -> None:
            context.notify.error(error)

        context.jobs.start(self, _("Counting"), work, self._show, failed)

    def _show(self, figure: Figure | None) -> None:
        if self._context is None or figure is None:
            return
        self._counted = len(figure.sources)
        self.value.setText(grouped(figure.value))
        women, men, unknown = figure.sexes
        words = [_("women {n}", n=women), _("men {n}", n=men), *([_("not given {n}", n=unknown)] if unknown else [])]
        self.parts.setText(", ".join(words) if figure.people else "")
        self.parts.setVisible(figure.people)
        self.list.clear()
        for source in figure.sources[:_MOST]:
            title = query.title(self._context.ws, source.entity, source.record) or _("not on this laptop")
            kind = _(ENTITIES[source.entity].label)
            item = QListWidgetItem(f"{kind}: {title}  –  {grouped(source.amount)}")
            item.setData(_TARGET, (source.entity, source.record))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _open(self) -> None:
        item = self.list.currentItem()
        if item is not None and self._context is not None:
            self._context.navigate(*item.data(_TARGET))

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        self._column.setSpacing(theme.space(8))

    def set_narrow(self, _narrow: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Nothing of its own."""

    def retranslate(self) -> None:
        """Make all words again."""
        if self._context is None:
            return
        chosen = max(self.period.currentIndex(), 0)
        day: date = today(self._context.ws.clock)
        self.period_label.setText(_("Period"))
        self.period.clear()
        self.period.addItem(_("whole time"), _WHOLE)
        for each in periods(day):
            if each.dates is not None:
                self.period.addItem(each.label, each.dates)
        self.period.setCurrentIndex(chosen)
        self.list.setAccessibleName(_("Records behind the number"))
        self.list.setAccessibleDescription(_("Enter opens the record."))
