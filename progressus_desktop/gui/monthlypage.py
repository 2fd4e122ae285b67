"""The tester's page Reports: the board of one month, and the form of its report."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from progressus_desktop.gui.context import Context
from progressus_desktop.gui.recordpage import RecordPage
from progressus_desktop.gui.reportboard import ReportBoard
from progressus_desktop.services import monthly


class MonthlyPage(RecordPage):
    """A record page whose front is the board of a month instead of a list."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, monthly.NAME, parent)

    def front(self) -> Any:
        """The board."""
        return ReportBoard(self._context)

    def new(self) -> None:
        """The report of the month in sight, begun if nobody did."""
        self.list.write()

    def filter_by(self, _text: str) -> None:
        """Reports are chosen by their month."""
        self.stack.setCurrentWidget(self.list)
