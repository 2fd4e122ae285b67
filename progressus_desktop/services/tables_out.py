"""A list as a table for a spreadsheet: what is shown, in its order, with ids and versions (domain.md, section 12)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from progressus_desktop.domain import catalog, codelists, territory
from progressus_desktop.domain.fields import Derived, Entity, Field, Merge, PersonalData, Type
from progressus_desktop.domain.records import Record
from progressus_desktop.errors import StorageError
from progressus_desktop.services import permission
from progressus_desktop.store import places, query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message, _

_FORMULA = re.compile(r"[=+\-@\t\r]")
_HARMLESS = re.compile(r"[+-]?\d[\d\s().,/+-]*")


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: its head, the field, and which cell or key of it."""

    head: str
    name: str
    field: Field | None = None
    row: str = ""
    cell: str = ""


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula: a leading = + - @ or tab gets an apostrophe before it.

    Numbers and phone numbers (+48 …) stay as they are: they cannot calculate anything.
    """
    return f"'{text}" if text and _FORMULA.match(text) and not _HARMLESS.fullmatch(text) else text


def export_csv(ws: Workspace, entity: str, view: View, columns: Sequence[str], target: Path) -> int:
    """Write a list as CSV (UTF-8 with BOM, semicolons, ISO dates); gives the number of rows.

    ``columns`` names fields; empty means all. A reader gets no personal data.

    Raises:
        StorageError: the file cannot be written; an older one is untouched.
    """
    of = catalog.entity(entity)
    heads = list(_columns(of, columns, personal=permission.role(ws) != "reader"))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([neutral(each.head) for each in heads])
    count = 0
    for record in query.each(ws, of.name, view):
        writer.writerow([neutral(_cell(ws, record, each)) for each in heads])
        count += 1
    try:
        places.write_safely(target, out.getvalue().encode("utf-8-sig"))
    except OSError as error:
        hint = Message(N_("Your data are safe. Free some space or choose another folder."))
        raise StorageError(Message(N_("The table was not written.")), hint=hint) from error
    return count


def _columns(of: Entity, wanted: Sequence[str], *, personal: bool) -> Iterator[_Column]:
    yield _Column("id", "id")
    yield _Column("version", "version")
    if of.coded:
        yield _Column(_("Code"), "code")
    yield _Column(_("Entry state"), "entry")
    for field in of.fields:
        hidden = not personal and field.personal in {PersonalData.PERSONAL, PersonalData.SPECIAL}
        if not hidden and (not wanted or field.name in wanted):
            yield from _field_columns(field)
    for derived in of.derived:
        if not wanted or derived.name in wanted:
            yield _Column(_(derived.label), derived.name, _as_field(derived))


def _as_field(derived: Derived) -> Field:
    codes = derived.name if derived.type is Type.CODE and codelists.exists(derived.name) else ""
    return Field(derived.name, derived.type, derived.label, codes=codes)


def _field_columns(field: Field) -> Iterator[_Column]:
    """A scalar or set is one column, a matrix one a cell, a map with known keys one a key; rows stay out."""
    label = _(field.label)
    if field.merge is Merge.MATRIX:
        for row in codelists.codes(field.codes):
            for cell in codelists.codes(field.columns):
                words = f"{codelists.word(field.codes, row)}, {codelists.word(field.columns, cell)}"
                yield _Column(f"{label}: {words}", field.name, field, row, cell)
    elif field.merge is Merge.MAP:
        for key in codelists.codes(field.codes) if field.codes else ():
            yield _Column(f"{label}: {codelists.word(field.codes, key)}", field.name, field, key)
    elif field.merge is not Merge.ROWS:
        yield _Column(label, field.name, field)


def _cell(ws: Workspace, record: Record, column: _Column) -> str:
    if column.field is None:
        word = str(getattr(record, column.name))
        return codelists.word("entry", word) if column.name == "entry" else word
    value = record.fields.get(column.name, record.derived.get(column.name))
    if value is None:
        return ""
    if isinstance(value, dict) and set(value) == {"?"}:
        return str(value["?"])
    if column.field.merge is Merge.MATRIX:
        return str((value.get(column.row) or {}).get(column.cell, ""))
    if column.field.merge is Merge.MAP:
        return _item(column.field, column.row, value)
    return _plain(ws, column.field, value)


def _item(field: Field, key: str, value: Any) -> str:
    """A map item as its parts in words; an item without parts is a tick."""
    found = next((item for item in value if item.get(field.key_name) == key), None)
    if found is None:
        return ""
    words = [_part(part, found[part.name]) for part in field.parts if found.get(part.name) is not None]
    return " | ".join(words) or _("yes")


def _part(part: Field, value: Any) -> str:
    if part.type is Type.CODE:
        return codelists.word(part.codes, value)
    if part.type is Type.CODES:
        return ", ".join(codelists.word(part.codes, each) for each in value)
    return str(value)


def _plain(ws: Workspace, field: Field, value: Any) -> str:  # noqa: PLR0911 - one line a type
    if field.type is Type.BOOLEAN:
        return _("yes") if value else _("no")
    if field.type is Type.CODE and field.codes:
        return codelists.word(field.codes, value)
    if field.type is Type.CODES:
        return " | ".join(codelists.word(field.codes, each) for each in value)
    if field.type is Type.GMINA:
        return f"{value} {territory.shown(value)}"
    if field.type is Type.REFERENCE:
        return query.title(ws, field.target, value) or value
    if field.type is Type.REFERENCES:
        return " | ".join(query.title(ws, field.target, each) or each for each in value)
    return str(value)
