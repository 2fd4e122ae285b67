"""What stands behind a part of a report, on its form: the records, and what the office remarked about the part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from progressus_desktop.domain import monthly_report as report
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.linked import Line, LinkedList
from progressus_desktop.gui.mending import open_record
from progressus_desktop.gui.parts import StateLine
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import monthly, report_parts
from progressus_desktop.services.report_parts import PartLine
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, _

_COUNTED = {
    "events": "event", "contacts": "interaction", "partners": "partner", "clusters": "cluster",
    "observations": "observation",
}  # fmt: skip


class ReportPartList(LinkedList):
    """Counted beside the work when its section is shown; Enter opens the record behind a figure."""

    counted = Signal()
    heads = (N_("Date"), N_("Record"), N_("In figures"))
    weights = (110, 420, 200)
    followed = frozenset({"event", "interaction", "partner", "cluster", "observation", "monthly_report"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = ""
        self._lines: list[PartLine] = []
        self._counted_once = False

    def bind(self, context: Context) -> None:
        """Build the table; which part it is of, its own name says."""
        self.part = self.objectName().partition("_")[0]
        self.entity = _COUNTED.get(self.part, "")
        self.remark = StateLine(context.theme, "warn", "")
        self.remark.setObjectName(f"{self.part}_remark")
        super().bind(context)
        self.table.setObjectName(f"{self.part}_part_table")
        self._column.insertWidget(0, self.remark)
        self.remark.hide()

    def lines(self, ws: Workspace, record_id: str) -> list[Line]:
        """What was counted last; a new count is begun."""
        if self.isVisible():
            self._count(ws, record_id)
        return self._shown()

    def _shown(self) -> list[Line]:
        return [Line(f"{each.entity}/{each.record}", (each.day, each.words, each.figures)) for each in self._lines]

    def _count(self, ws: Workspace, record_id: str) -> None:
        context = self._context
        record = query.get(ws, monthly.NAME, record_id)
        if context is None or record is None:
            return
        self._show_remark(ws, record_id)

        def work(_progress: Progress) -> Mapping[str, Sequence[PartLine]]:
            return report_parts.overlook(ws, record.fields).lines

        def failed(error: ProgressusError) -> None:
            context.notify.error(error)

        context.jobs.start(self, _("Counting"), work, self._counted, failed)

    def _counted(self, lines: Mapping[str, Sequence[PartLine]]) -> None:
        """One count serves every part of the form."""
        for each in self._form().findChildren(ReportPartList):
            each.take(lines.get(each.part, ()))
        self.counted.emit()

    def _form(self) -> QWidget:
        found: QWidget = self
        while (parent := found.parentWidget()) is not None and found.objectName() != "sections":
            found = parent
        return found

    def take(self, lines: Sequence[PartLine]) -> None:
        """Show what was counted; the chosen record stays chosen where nothing changed."""
        if self._counted_once and list(lines) == self._lines:
            return
        self._lines, self._counted_once = list(lines), True
        self.model.show_lines(self._shown())
        self.table.setColumnHidden(0, not any(each.day for each in lines))
        self._share()
        self.table.setVisible(bool(lines))
        self._rest.setVisible(not lines)
        self.nothing.setVisible(not lines)
        self.nothing.setText(self.empty_words())
        if lines:
            self.table.selectRow(0)

    def _show_remark(self, ws: Workspace, record_id: str) -> None:
        record = query.get(ws, monthly.NAME, record_id)
        number = report.newest(record.fields) if record is not None else 0
        said = report.remark(record.fields, number, self.part) if record is not None else {}
        decided = bool(record is not None and report.decision(record.fields, number))
        shown = decided and said.get("review") == report.REMARK
        words = _("Remark of the office to version {number}: {text}", number=number, text=str(said.get("text") or ""))
        self.remark.show_state("warn", words if shown else "")
        self.remark.setVisible(shown)

    def show_record(self, record_id: str) -> None:
        """Show a report; nothing of another one stays in sight."""
        if record_id != self._record:
            self._lines, self._counted_once = [], False
        super().show_record(record_id)

    def empty_words(self) -> str:
        """Nothing was recorded in this time."""
        return _("No records for this section in this time.") if self._counted_once else _("Counting…")

    def open_current(self) -> None:
        """Go to the record behind the figure."""
        entity, _slash, record = self.current().partition("/")
        if self._context is not None and record:
            open_record(self._context, entity, record)

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        super().dress(theme)
        self.table.setMinimumHeight(theme.px(120))

    def retranslate(self) -> None:
        """Make all words again."""
        super().retranslate()
        self.table.setAccessibleName(_("Records behind the number"))
        self.table.setAccessibleDescription(_("Enter opens the record."))
