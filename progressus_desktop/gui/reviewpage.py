"""The office's page Reports: the list of all reports, and the review of the one that is opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from progressus_desktop.domain import monthly_report as report
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.listpage import ListPage
from progressus_desktop.gui.recordpage import RecordPage
from progressus_desktop.gui.reviewboard import ReviewBoard
from progressus_desktop.services import monthly
from progressus_desktop.store import query
from progressus_desktop.words import _


class ReportList(ListPage):
    """Reports only arrive: none is begun here, and while there are none the packages are offered instead."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, monthly.NAME, parent)

    def _place_parts(self) -> None:
        super()._place_parts()
        self.head.new_button.hide()
        self.row_actions.new_button.hide()

    def restyle(self) -> None:
        """Take sizes and colours from the theme again."""
        super().restyle()
        self.empty.new_button.set_text(_("Read &packages"))
        self.empty.new_button.set_icon("inbox")

    def actions_here(self) -> Mapping[str, object]:
        """What menus and shortcuts may ask of this page."""
        here = dict(super().actions_here())
        for name in ("new", "import"):
            here.pop(name, None)
        return here


class ReviewPage(RecordPage):
    """A record page on which a report that was handed over opens as a review; the form is for one's own."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, monthly.NAME, parent)
        self.setObjectName("review_page")
        self._reviewing = False
        self.board = ReviewBoard(context, self.stack)
        self.stack.addWidget(self.board)
        self.board.closed.connect(self._to_list)
        self.board.history_asked.connect(self._show_history)
        self.board.task_asked.connect(self.show_over)

    def front(self) -> Any:
        """The list of what arrived."""
        return ReportList(self._context)

    def new(self) -> None:
        """Reports come with packages."""
        self._context.navigate("packages")

    def open(self, record_id: str, section: str = "") -> None:
        """Open a report for review, or its form while it was never handed over."""
        record = query.get(self._context.ws, monthly.NAME, record_id)
        if record is None or not report.newest(record.fields):
            self._reviewing = False
            super().open(record_id, section)
            return
        self._reviewing = True
        self._leave_form()
        self.board.open(record_id)
        self.stack.setCurrentWidget(self.board)
        self.board.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _to_list(self) -> None:
        self._reviewing = False
        self.stack.setCurrentWidget(self.list)
        self.list.show_at(self.board.record_id())
        self._tell()

    def _back(self) -> None:
        """From a task made out of a remark back to the review."""
        super()._back()
        if self.stack.currentWidget() is self.list and self._reviewing:
            self.open(self.board.record_id())

    def leave(self) -> None:
        """Keep what was written.

        Raises:
            ProgressusError: it could not be saved.
        """
        if self.stack.currentWidget() is self.board:
            self.board.keep()
        super().leave()

    def record_id(self) -> str | None:
        """The report in sight, for coming back after unlocking."""
        if self.stack.currentWidget() is self.board:
            return self.board.record_id()
        return super().record_id()

    def help_topic(self) -> str:
        """What F1 tells about: the office's review, not the tester's writing."""
        return "review"

    def actions_here(self) -> Mapping[str, object]:
        """What menus and shortcuts may ask of the page in sight."""
        here = dict(super().actions_here())
        here.pop("new", None)
        return here

    def _pages(self) -> tuple[Any, ...]:
        return (*super()._pages(), *([self.board] if hasattr(self, "board") else []))
