"""Indicators against their targets, counted beside the work; each leads to the records behind it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from progressus_desktop import clock
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.listfooter import grouped
from progressus_desktop.gui.parts import Button, Card, IconLabel, scrolled, swap_body, text
from progressus_desktop.services import targets
from progressus_desktop.services.indicators import Indicator
from progressus_desktop.words import _

_LETTERS = 34
"""Longer names end in an ellipsis; the whole name is said and shown as a tooltip."""


class IndicatorCard(Card):
    """The indicators that have a target, in the order of their codes."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme)
        self._context = context
        self._found: targets.Targets | None = None
        self.title, self.plan = text("", "h2"), text("", "small", wrap=True)
        self.area = scrolled("indicator_area")
        # what scrolls inside asks the page for no height: from large text back to small it would go on asking
        self.area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.column.addWidget(self.title)
        self.column.addWidget(self.plan)
        self.column.addWidget(self.area, 1)
        self.retranslate()

    def refresh(self) -> None:
        """Count again, beside the work."""
        context = self._context

        def work(_progress: Progress) -> targets.Targets:
            with context.ws.reader() as connection:
                return targets.counted(context.ws, connection)

        context.jobs.start(self, _("Counting"), work, self._show, context.notify.error)

    def _show(self, found: targets.Targets) -> None:
        self._found = found
        theme = self._context.theme
        body = QWidget()
        body.setProperty("k", "sheet")
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, theme.space(8), 0)
        rows.setSpacing(theme.space(4))
        for each in found.indicators:
            rows.addWidget(self._row(each, found.plan))
        if not found.indicators:
            rows.addWidget(text(_("No indicator has a target yet."), "muted", wrap=True))
        rows.addStretch(1)
        swap_body(self.area, body)
        today = f"{clock.today(self._context.ws.clock):%d.%m.%Y}"
        self.plan.setText(_("As of {day}. Plan for today: {n}%", day=today, n=found.plan))

    def _row(self, each: Indicator, plan: int) -> QWidget:
        theme, percent = self._context.theme, each.percent or 0
        widget = QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, theme.space(4))
        column.setSpacing(2)
        low = percent < plan
        number = _("{n} of {all}", n=grouped(each.figure.value), all=grouped(each.target or 0))
        called, _unit = each.words
        shown = called if len(called) <= _LETTERS else f"{called[: _LETTERS - 1]}…"
        name = Button(theme, shown, "link", small=True)
        name.setObjectName(f"indicator_{each.code}")
        name.setAccessibleName(f"{called}: {number}, {percent}%")
        name.setToolTip(called)
        name.clicked.connect(lambda _checked=False, record=each.id: self._open(record))
        column.addWidget(name)
        row = QHBoxLayout()
        row.setContentsMargins(theme.space(4) + 1, 0, 0, 0)  # under the words of the link above
        row.setSpacing(theme.space(8))
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setMaximum(100)
        bar.setMinimumWidth(theme.px(24))
        bar.setValue(min(percent, 100))
        bar.setAccessibleName(called)
        row.addWidget(text(number, "body"))
        row.addWidget(bar, 1)
        row.addWidget(IconLabel(theme, "triangle-alert" if low else "circle-check", "warn" if low else "ok", 16))
        row.addWidget(text(_("{n}% below plan", n=percent) if low else f"{percent}%", "small"))
        column.addLayout(row)
        return widget

    def _open(self, record: str) -> None:
        self._context.navigate("indicator", record, "figures")

    def retranslate(self) -> None:
        """Make all words again."""
        self.title.setText(_("Indicators and targets"))
        if self._found is not None:
            self._show(self._found)
