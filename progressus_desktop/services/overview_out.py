"""The office's overview as a workbook: the testers shown by months, and the indicators against their targets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from progressus_desktop.domain import codelists, territory
from progressus_desktop.domain.tablecells import Cell as TableCell
from progressus_desktop.exchange import workbook_out
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services import tables_out, targets
from progressus_desktop.services.overview import MISSING, NOT_SENT, Cell, Tester
from progressus_desktop.words import N_, _

if TYPE_CHECKING:
    from progressus_desktop.store.workspace import Workspace

_WITHOUT = {MISSING: N_("No report"), NOT_SENT: N_("Not sent")}


def export(ws: Workspace, months: Sequence[str], testers: Sequence[Tester], target: Path) -> Path:
    """Write these testers with these months (YYYY-MM), and every indicator that has a target, as XLSX.

    Raises:
        StorageError: the file cannot be written; an older one is untouched.
    """
    with ws.reader() as connection:
        counted = targets.counted(ws, connection)
    book = workbook_out.Book()
    heads = [_("Tester"), _("Locality"), _("Gmina"), _("Voivodeship")]
    for month in months:
        name = say.month_name(month)
        heads += [_("{month}: events", month=name), _("{month}: report", month=name)]
    sheet = book.sheet(_("Testers by months"), heads)
    for tester in testers:
        sheet.write(_row(tester))
    heads = [_("Code"), _("Indicator"), _("Unit"), _("Value"), _("Target"), _("Percent of the target"),
             _("Plan for today in percent"), _("Records behind the number")]  # fmt: skip
    sheet = book.sheet(_("Indicators and targets"), heads)
    for each in counted.indicators:
        behind = len({(by.entity, by.record) for by in each.figure.sources})
        sheet.write([each.code, *each.words, each.figure.value, each.target, each.percent, counted.plan, behind])
    tables_out.keep(target, book.content())
    return target


def _row(tester: Tester) -> list[TableCell]:
    gmina = territory.gmina(tester.gmina)
    place = [gmina.name, gmina.voivodeship] if gmina is not None else ["", ""]
    cells: list[TableCell] = [tester.name, tester.locality, *place]
    for cell in tester.cells:
        cells += [cell.events, _state(cell)]
    return cells


def _state(cell: Cell) -> str:
    return _(_WITHOUT[cell.state]) if cell.state in _WITHOUT else codelists.word("report_state", cell.state)
