"""A list as a table for a spreadsheet: what is shown, in its order, with ids and versions (domain.md, section 12)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.domain import catalog, tablecells
from progressus_desktop.domain.fields import Entity, Field
from progressus_desktop.domain.records import Record
from progressus_desktop.domain.tablecells import Cell
from progressus_desktop.domain.tablecolumns import KEY, Column, Kind, columns, row_columns, sheets
from progressus_desktop.errors import StorageError, UsageError
from progressus_desktop.exchange import delimited, workbook_out
from progressus_desktop.services import permission
from progressus_desktop.services.tablenames import RecordNames
from progressus_desktop.store import places, query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message, _

_FORMULA = re.compile(r"[=+\-@\t\r]")
_HARMLESS = re.compile(r"[+-]?\d[\d\s().,/+-]*")
_TOLD = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Export:
    """One export: what is read, in which columns."""

    ws: Workspace
    of: Entity
    view: View
    columns: tuple[Column, ...]
    personal: bool
    progress: Progress | None


def export(
    ws: Workspace, entity: str, view: View, target: Path, first: Sequence[str] = (), progress: Progress | None = None
) -> int:
    """Write a list as XLSX or CSV by the target's ending; gives the number of records.

    ``first`` names the columns that the list shows: they lead, all others follow, so that nothing is lost when the
    table comes back. A reader gets no personal data. ``progress`` may raise to give up; then no file is left.

    Raises:
        StorageError: the file cannot be written; an older one is untouched.
        UsageError: the name ends with neither .xlsx nor .csv.
    """
    of = catalog.entity(entity)
    ending = target.suffix.lower()
    if ending not in {".csv", ".xlsx"}:
        hint = Message(N_("Give a file name that ends with .xlsx or .csv."))
        raise UsageError(Message(N_("Tables are written as XLSX or CSV.")), hint=hint)
    personal = permission.role(ws) != "reader"
    wanted = _Export(ws, of, view, columns(of, personal=personal, first=first), personal, progress)
    with ws.reader() as connection:
        content, count = (_csv if ending == ".csv" else _xlsx)(wanted, connection)
    keep(target, content)
    return count


def keep(target: Path, content: bytes) -> None:
    """Write a table that was made.

    Raises:
        StorageError: it cannot be written; an older file is untouched.
    """
    try:
        places.write_safely(target, content)
    except OSError as error:
        hint = Message(N_("Your data are safe. Free some space or choose another folder."))
        raise StorageError(Message(N_("The table was not written.")), hint=hint) from error


def _records(wanted: _Export, connection: Connection) -> Iterator[Record]:
    every = query.count(connection, wanted.of.name, wanted.view)
    for number, record in enumerate(query.each(wanted.ws, wanted.of.name, wanted.view, connection), start=1):
        yield record
        if wanted.progress is not None and number % _TOLD == 0:
            wanted.progress(number, max(every, number))


def values_of(record: Record) -> dict[str, Any]:
    """A record as the cells of a table see it."""
    return {
        **record.derived, **record.fields, "id": record.id, "version": record.version, "code": record.code,
        "entry": record.entry,
    }  # fmt: skip


# -- CSV ------------------------------------------------------------------------------------------------------


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula: a leading = + - @ or tab gets an apostrophe before it.

    Numbers and phone numbers (+48 …) stay as they are: they cannot calculate anything. Text that has such an
    apostrophe already gets another, so that reading, which takes one away, gives back what was written.
    """
    dangerous = _FORMULA.match(text) and not _HARMLESS.fullmatch(text)
    return f"'{text}" if dangerous or delimited.NEUTRAL.match(text) else text


def _csv(wanted: _Export, connection: Connection) -> tuple[bytes, int]:
    """UTF-8 with BOM, semicolons, decimal comma, ISO dates."""
    names = RecordNames(connection, wanted.ws.space)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([neutral(each.head) for each in wanted.columns])
    count = 0
    for record in _records(wanted, connection):
        values = values_of(record)
        cells = (tablecells.text_of(tablecells.shown(column, values, names)) for column in wanted.columns)
        writer.writerow([neutral(cell) for cell in cells])
        count += 1
    return out.getvalue().encode("utf-8-sig"), count


# -- XLSX -----------------------------------------------------------------------------------------------------


def _xlsx(wanted: _Export, connection: Connection) -> tuple[bytes, int]:
    """Typed cells, frozen heads, widths; the rows of a record are on sheets of their own."""
    names = RecordNames(connection, wanted.ws.space)
    parts = [
        (field, row_columns(field, personal=wanted.personal)) for field in sheets(wanted.of, personal=wanted.personal)
    ]
    book = workbook_out.Book()
    main = book.sheet(_(wanted.of.plural), [each.head for each in wanted.columns])
    others = [
        (field, of_rows, book.sheet(_(field.label), [*(each.head for each in of_rows), _("Record")]))
        for field, of_rows in parts
    ]
    count = 0
    for record in _records(wanted, connection):
        values = values_of(record)
        main.write([tablecells.shown(column, values, names) for column in wanted.columns])
        for field, of_rows, sheet in others:
            for cells in _rows(field, of_rows, record, names):
                sheet.write([*cells, _title(wanted.of, record)])
        count += 1
    return book.content(), count


def _rows(field: Field, of_rows: Sequence[Column], record: Record, names: RecordNames) -> Iterator[list[Cell]]:
    value = record.fields.get(field.name)
    for row in value if isinstance(value, list) else ():
        yield [
            record.id if column.kind is Kind.ID and column is not KEY else tablecells.shown(column, row, names)
            for column in of_rows
        ]


def _title(of: Entity, record: Record) -> str:
    words = [record.fields.get(name) for name in of.title]
    return " ".join(word for word in words if isinstance(word, str)) or record.code
