"""A value as a cell of a spreadsheet and back: written in words, read as forgivingly as a form, and typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from progressus_desktop.domain import codelists, territory
from progressus_desktop.domain.dates import read_time
from progressus_desktop.domain.fields import Field, Merge, Type
from progressus_desktop.domain.parsing import ParseError, clean_text, parse
from progressus_desktop.domain.tablecolumns import Column, Kind
from progressus_desktop.domain.values import empty
from progressus_desktop.words import N_, Message, _

Cell = str | int | float | bool | date | time | timedelta | None
"""What a cell holds: ``datetime`` is a ``date`` here; None is an empty cell."""

LONGEST_CELL = 32_767
"""Characters that a cell of a spreadsheet holds."""

_DAY_ZERO = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_SEPARATOR = " | "
_FAILED = re.compile(
    r"#(N/A|N/D!?|REF!|ADR!|VALUE!|ARG!|WARTOŚĆ!|DIV/0!|DZIEL/0!|NAME\?|NAZWA\?|NUM!|LICZBA!|NULL!|ZERO!)",
    re.IGNORECASE,
)
"""What spreadsheets, English and Polish, show where a formula came to nothing."""
_REGON_DIGITS = 9


class Names(Protocol):
    """Names of the records that references name."""

    def shown(self, entity: str, record_id: str) -> str:
        """The name that :meth:`found` leads back to this record."""

    def found(self, entity: str, text: str) -> Any:
        """What a name, code or id names: an id, or an object for a person who is to be made.

        Raises:
            ParseError: nothing or more than one thing has this name.
        """


def shown(column: Column, values: Mapping[str, Any], names: Names) -> Cell:
    """The cell of a record; ``values`` are its fields, derived values, ``id``, ``version``, ``code`` and ``entry``."""
    value = values.get(column.field.name)
    if value is None:
        return None
    if isinstance(value, dict) and set(value) == {"?"}:
        return str(value["?"])
    if column.kind is Kind.CELL:
        found = (value.get(column.row) or {}).get(column.cell) if isinstance(value, dict) else None
        return str(found["?"]) if isinstance(found, dict) else found
    if column.kind is Kind.ITEM:
        return _item(column.field, column.row, value, names)
    return of_value(column.field, value, names)


def _item(of: Field, key: str, value: Any, names: Names) -> Cell:
    """A map item: its parts in their places, an item without parts as a tick."""
    found = next((item for item in value if item.get(of.key_name) == key), None)
    if found is None:
        return None
    parts = [of_value(part, found.get(part.name), names, inside=", ") for part in of.parts]
    if len(parts) == 1 and parts[0] is not None:
        return parts[0]
    words = [text_of(each) for each in parts]
    while words and not words[-1]:
        words.pop()
    return _SEPARATOR.join(words) or _("yes")


def of_value(of: Field, value: Any, names: Names, *, inside: str = _SEPARATOR) -> Cell:  # noqa: PLR0911 - a line a type
    """The cell of one value; ``inside`` stands between the members of a set."""
    if value is None:
        return None
    if isinstance(value, dict) and set(value) == {"?"}:
        return str(value["?"])
    if of.type is Type.BOOLEAN:
        return _("yes") if value else _("no")
    if of.type is Type.CODE and of.codes:
        return _word(of.codes, value)
    if of.type is Type.CODES:
        return inside.join(_word(of.codes, each) for each in value)
    if of.type is Type.GMINA:
        return _word(codelists.GMINA, value)
    if of.type is Type.REFERENCE:
        return names.shown(of.target, value)
    if of.type is Type.REFERENCES:
        return inside.join(names.shown(of.target, each) for each in value)
    if of.type is Type.DATE:
        return _as_date(value)
    if of.type is Type.TIME:
        return _as_time(value)
    return value if isinstance(value, int) else str(value)


def _word(codes: str, code: str) -> str:
    if codes != codelists.GMINA:
        return codelists.word(codes, code)
    return f"{code} {territory.shown(code)}" if territory.gmina(code) else code


def _as_date(value: str) -> Cell:
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return value
    # A spreadsheet's days begin in 1900, and its 1900 has a day too many.
    return found if found.isoformat() == value and found.year > 1900 else value  # noqa: PLR2004


def _as_time(value: str) -> Cell:
    return time.fromisoformat(value) if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value) else value


def text_of(cell: Cell) -> str:  # noqa: PLR0911 - a line a type
    """A cell as text, the same for a typed cell and for one that a CSV file holds: ISO dates, whole numbers plain."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, datetime):
        midnight = cell.time() == time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, (time, timedelta)):
        return _clock(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell).replace(".", ",")
    return clean_text(cell, lines=True).strip() if isinstance(cell, str) else str(cell)


def _clock(value: time | timedelta) -> str:
    if isinstance(value, time):
        return value.isoformat("minutes")
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def shortened(text: str) -> str:
    """A text as far as a cell holds it; what does not fit is said at its end."""
    if len(text) <= LONGEST_CELL:
        return text
    tail = _(" … (shortened: the whole text is in the program)")
    return text[: LONGEST_CELL - len(tail)] + tail


def read(column: Column, cell: Cell, before: Any, today: date, names: Names) -> Any:
    """The value of the column's whole field after this cell, where it was ``before``; None when nothing is left.

    Raises:
        ParseError: the cell cannot be read as what the column holds.
    """
    of = column.field
    if column.kind is Kind.CELL:
        rows = {row: dict(cells) for row, cells in before.items()} if isinstance(before, dict) else {}
        number = _read_integer(of, cell, today)
        cells = rows.setdefault(column.row, {})
        cells.pop(column.cell, None)
        if number is not None:
            cells[column.cell] = number
        return {row: each for row, each in rows.items() if each} or None
    if column.kind is Kind.ITEM:
        others = [item for item in before or () if item.get(of.key_name) != column.row]
        item = _read_item(of, text_of(cell), today, names)
        return [*others, {of.key_name: column.row, **item}] if item is not None else others or None
    return read_value(of, cell, today, names)


def _read_integer(of: Field, cell: Cell, today: date) -> int | None:
    return _integer(Field(of.name, Type.INTEGER, of.label), text_of(cell), today)


def _read_item(of: Field, text: str, today: date, names: Names) -> dict[str, Any] | None:
    """The parts of a map item, each in its place; a word that does not fit its place may stand in another."""
    if not text:
        return None
    if text.casefold() in {"tak", "yes", "x", _("yes").casefold()} and len(of.parts) != 1:
        return {}
    found: dict[str, Any] = {}
    for place, words in enumerate(each.strip() for each in text.split("|")):
        if words:
            places = [*of.parts[place : place + 1], *(part for part in of.parts if part.name not in found)]
            part, value = _fitting(places, words, today, names)
            found[part.name] = value
    return found


def _fitting(parts: list[Field], words: str, today: date, names: Names) -> tuple[Field, Any]:
    first: ParseError | None = None
    for part in parts:
        try:
            return part, read_value(part, words, today, names)
        except ParseError as error:
            first = first or error
    raise first or ParseError(Message(N_("There is more in this cell than the program can take. Correct it.")))


def read_value(of: Field, cell: Cell, today: date, names: Names) -> Any:
    """The value of a cell as the field's; None for an empty one.

    Raises:
        ParseError: the cell cannot be read as the field's type.
    """
    text = text_of(cell)
    if not text:
        return None
    if text[0] == "#" and _FAILED.fullmatch(text):
        raise ParseError(
            Message(N_("The spreadsheet could not calculate this cell ({text}). Correct it there."), {"text": text})
        )
    if of.type in {Type.REFERENCE, Type.REFERENCES}:
        return _references(of, text, names)
    reader = _READERS.get(of.type)
    if reader is None:
        return parse(of, text, today)
    try:
        return reader(of, text, today)
    except ParseError as error:
        error.field = of.name
        raise


def _references(of: Field, text: str, names: Names) -> Any:
    if of.type is Type.REFERENCE:
        return names.found(of.target, text)
    parts = [part.strip() for part in re.split(r"[|\n]" if re.search(r"[|\n]", text) else r";", text)]
    found = [names.found(of.target, part) for part in parts if part]
    if any(not isinstance(each, str) for each in found):
        raise ParseError(Message(N_("A new person can only be added where one person is named.")))
    return sorted(set(found)) or None


def _integer(of: Field, text: str, today: date) -> int | None:
    found = parse(of, re.sub(r"[.,]0{1,2}$", "", text), today)
    return found if isinstance(found, int) else None


def _date(of: Field, text: str, today: date) -> str | None:
    """A date in any usual spelling; a serial number of a spreadsheet is one too. The year must be there."""
    text = re.sub(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$", "", text)
    if re.fullmatch(r"\d{5}", text) and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        return (_DAY_ZERO + timedelta(days=int(text))).isoformat()
    if re.match(r"[+\-\u2212\u2013]", text):
        raise ParseError(Message(N_("This is not a date. Write day, month and year. E.g. 27.11.2026.")))
    found = parse(of, text, today)
    if isinstance(found, str) and found[2:4] not in text:
        raise ParseError(Message(N_("The year is missing. Write day, month and year. E.g. 27.11.2026.")))
    return found if isinstance(found, str) else None


def _time(of: Field, text: str, today: date) -> Any:
    if re.fullmatch(r"0,\d+", text):
        return _clock(timedelta(days=float(text.replace(",", "."))))
    return parse(of, read_time(re.sub(r"^(\d{1,2}:\d{2}):00$", r"\1", text)), today)


def _gmina(of: Field, text: str, today: date) -> Any:
    code = text.partition(" ")[0]
    return code if territory.gmina(code) else parse(of, text, today)


def _codes(of: Field, text: str, today: date) -> Any:
    """A set: the whole cell may be one word that holds a comma."""
    one = Field(of.name, Type.GMINA if of.codes == codelists.GMINA else Type.CODE, of.label, codes=of.codes)
    if not re.search(r"[|;\n]", text):
        try:
            return [read_value(one, text, today, _NoNames())]
        except ParseError:
            if of.codes == codelists.GMINA:
                raise
            return parse(of, text, today)
    parts = [part.strip() for part in re.split(r"[|;\n]", text)]
    return sorted({read_value(one, part, today, _NoNames()) for part in parts if part}) or None


def _regon(of: Field, text: str, today: date) -> Any:
    """A REGON; a spreadsheet takes the zeros at its beginning away."""
    digits = re.sub(r"[\s\-]", "", text)
    short = digits.isdigit() and len(digits) < _REGON_DIGITS
    return parse(of, digits.zfill(_REGON_DIGITS) if short else text, today)


class _NoNames:
    """Stands where nothing can be referred to."""

    def shown(self, _entity: str, record_id: str) -> str:
        """The id."""
        return record_id

    def found(self, _entity: str, text: str) -> str:
        """The text."""
        return text


_READERS = {
    Type.INTEGER: _integer,
    Type.DATE: _date,
    Type.TIME: _time,
    Type.GMINA: _gmina,
    Type.CODES: _codes,
    Type.REGON: _regon,
}


def same(of: Field, one: Any, other: Any) -> bool:
    """Whether two values of a field mean the same to a person: items in another order, a phone spelled otherwise."""
    if of.type is Type.PHONE and isinstance(one, str) and isinstance(other, str):
        from progressus_desktop.domain.identifiers import e164

        return one == other or bool(e164(one) and e164(one) == e164(other))
    if of.merge is Merge.MAP and isinstance(one, list) and isinstance(other, list):
        return sorted(map(repr, map(_sorted_item, one))) == sorted(map(repr, map(_sorted_item, other)))
    return bool(one == other) or (empty(one) and empty(other))


def _sorted_item(item: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return sorted((name, value) for name, value in item.items() if value not in (None, "", []))
