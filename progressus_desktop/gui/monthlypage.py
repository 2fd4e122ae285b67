"""The tester's page Reports: the board of one month, and the form of its report."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from progressus_desktop.domain import monthly_report as report
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.recordpage import RecordPage
from progressus_desktop.gui.reportboard import ReportBoard
from progressus_desktop.services import monthly
from progressus_desktop.store import query


class MonthlyPage(RecordPage):
    """A record page whose front is the board of a month instead of a list."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, monthly.NAME, parent)

    def front(self) -> Any:
        """The board."""
        return ReportBoard(self._context)

    def open(self, record_id: str, section: str = "") -> None:
        """Open a report; named by its month (YYYY-MM) it is shown on the board, whether somebody began it or not."""
        if record_id and not report.MONTH.fullmatch(record_id):
            record = query.get(self._context.ws, monthly.NAME, record_id)
            self.list.choose(str(record.fields.get("period") or "") if record is not None else "")
            super().open(record_id, section)
            return
        self._leave_form()
        self.stack.setCurrentWidget(self.list)
        if record_id:
            self.list.choose(record_id)
        self.list.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def go_to(self, place: str) -> None:
        """Write the part of the report in sight; on the form go to a field or section."""
        if self.list.isVisibleTo(self) and place in report.PARTS:
            record = self.list.begin()
            if record:
                super().open(record, place)
        else:
            super().go_to(place)

    def new(self) -> None:
        """The report of the month in sight, begun if nobody did."""
        self.list.write()

    def filter_by(self, _text: str) -> None:
        """Reports are chosen by their month."""
        self.stack.setCurrentWidget(self.list)
