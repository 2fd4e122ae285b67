"""Forgiving input: what people type becomes a stored value, and back.

What cannot be read raises :class:`ParseError` with words that say how to write it; the form keeps
the text. Characters that no keyboard types (NUL and other control characters, halves of surrogate
pairs) are dropped here, because they come from careless copying.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from progressus_desktop.domain import codelists, territory
from progressus_desktop.domain.dates import read_date, read_partial_date, read_time, shown_date
from progressus_desktop.domain.fields import Field, Type
from progressus_desktop.domain.identifiers import (
    read_email,
    read_krs,
    read_nip,
    read_phone,
    read_postal_code,
    read_regon,
    read_url,
)
from progressus_desktop.domain.reading import ParseError
from progressus_desktop.domain.sorting import fold
from progressus_desktop.words import N_, Message, _

__all__ = ["ParseError", "clean_text", "normalised", "parse", "shown"]

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_BLANKS = re.compile(r"[\s\u00a0\u202f]+")
_MOST_DIGITS = 15


def clean_text(text: str, *, lines: bool) -> str:
    """``text`` without control characters; ``lines`` keeps line ends and tabs, else they become spaces."""
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if lines else re.sub(r"[\n\t\u0085\u2028\u2029]+", " ", text)


def _integer(text: str) -> int:
    digits = _BLANKS.sub("", text)
    if re.fullmatch(r"\d{1,3}([.]\d{3})+", digits):
        digits = digits.replace(".", "")
    if re.fullmatch(r"[-\u2212\u2013]\d+", digits):
        raise ParseError(Message(N_("A number cannot be below zero. E.g. 24.")))
    if not re.fullmatch(r"[0-9]+", digits):
        raise ParseError(Message(N_("Write a whole number with digits. E.g. 24.")))
    if len(digits.lstrip("0")) > _MOST_DIGITS:
        raise ParseError(Message(N_("This number is too large. E.g. 1240.")))
    return int(digits)


_YES = {"tak", "t", "yes", "y", "true", "prawda", "1", "x"}
_NO = {"nie", "n", "no", "false", "falsz", "0"}


def _boolean(text: str) -> bool:
    folded = fold(text)
    if folded in _YES | _NO:
        return folded in _YES
    raise ParseError(Message(N_("Write yes or no.")))


def _code(name: str, text: str) -> str:
    if codelists.has(name, text):
        return text
    wanted = _BLANKS.sub(" ", fold(text))
    words = codelists.spellings(name)
    if wanted in words:
        return words[wanted]
    begun = {code for spelling, code in words.items() if spelling.startswith(wanted)}
    if len(begun) == 1:
        return begun.pop()
    some = ", ".join(item.label for item in codelists.items(name)[:4])
    raise ParseError(Message(N_("Choose a word from the list. E.g. {some}."), {"some": some}))


def _gmina(text: str) -> str:
    if territory.gmina(text):
        return text
    exact = territory.by_label(text)
    found = exact or territory.find(text, 2)
    if len(found) == 1:
        return found[0].code
    if found:
        raise ParseError(Message(N_("There are several such gminas. Choose one from the list.")))
    raise ParseError(Message(N_("There is no such gmina. Write part of its name. E.g. Grzmi.")))


def _many(name: str, text: str) -> list[str] | None:
    parts = [part.strip() for part in re.split(r"[|;\n]" if re.search(r"[|;\n]", text) else r",", text)]
    return sorted({_code(name, part) for part in parts if part}) or None


_READERS: Mapping[Type, Callable[[str], Any]] = {
    Type.INTEGER: _integer,
    Type.BOOLEAN: _boolean,
    Type.TIME: read_time,
    Type.GMINA: _gmina,
    Type.NIP: read_nip,
    Type.REGON: read_regon,
    Type.KRS: read_krs,
    Type.POSTAL_CODE: read_postal_code,
    Type.PHONE: read_phone,
    Type.EMAIL: read_email,
    Type.URL: read_url,
}


def parse(field: Field, text: str, today: date) -> Any:
    """The stored value of what was typed; None when nothing was.

    Raises:
        ParseError: the text cannot be read as the field's type.
    """
    if field.type is Type.LONG_TEXT:
        return clean_text(text, lines=True).rstrip() or None
    stripped = clean_text(text, lines=field.type in {Type.CODES, Type.REFERENCES}).strip()
    if stripped in {"", "–", "-"} and (field.type is not Type.TEXT or not stripped):
        return None
    if field.type in {Type.TEXT, Type.REFERENCE, Type.HASH}:
        return stripped
    try:
        return _typed(field, stripped, today)
    except ParseError as error:
        error.field = field.name
        raise


def _typed(field: Field, text: str, today: date) -> Any:
    if field.type is Type.DATE:
        return read_date(text, today)
    if field.type is Type.PARTIAL_DATE:
        return read_partial_date(text, today)
    if field.type is Type.CODE:
        return _code(field.codes, text)
    if field.type is Type.CODES:
        return _many(field.codes, text)
    if field.type is Type.REFERENCES:
        return sorted({part.strip() for part in re.split(r"[|;,\n]", text) if part.strip()}) or None
    if field.type in _READERS:
        return _READERS[field.type](text)
    raise ParseError(Message(N_("This cannot be written as one text. Fill it in in the form.")))


_NORMALISED = {Type.NIP, Type.REGON, Type.KRS, Type.POSTAL_CODE, Type.URL, Type.EMAIL}


def normalised(field: Field, value: Any) -> Any:
    """A value from JSON in its stored spelling (``856-734-62-15`` as digits); unreadable ones stay as they are."""
    if isinstance(value, list) and field.parts:
        by_name = {part.name: part for part in field.parts}
        return [
            {name: normalised(by_name[name], each) if name in by_name else each for name, each in item.items()}
            if isinstance(item, dict)
            else item
            for item in value
        ]
    if field.type not in _NORMALISED or not isinstance(value, str):
        return value
    try:
        return _READERS[field.type](value.strip()) if value.strip() else None
    except ParseError:
        return value


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")


def _shown_nip(value: str) -> str:
    return f"{value[:3]}-{value[3:6]}-{value[6:8]}-{value[8:]}" if re.fullmatch(r"\d{10}", value) else value


def shown(field: Field, value: Any) -> str:
    """A stored value as its field shows it: ``27.11.2026``, ``1 240`` (with a no-break space), words for codes."""
    if value is None:
        return ""
    if isinstance(value, dict) and set(value) == {"?"}:
        return str(value["?"])
    if field.type is Type.BOOLEAN:
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return _grouped(value)
    if isinstance(value, str):
        return _shown_text(field, value)
    return _shown_many(field, value)


def _shown_text(field: Field, value: str) -> str:
    if field.type in {Type.DATE, Type.PARTIAL_DATE}:
        return shown_date(value)
    if field.type is Type.CODE:
        return codelists.word(field.codes, value)
    if field.type is Type.GMINA:
        return territory.shown(value)
    return _shown_nip(value) if field.type is Type.NIP else value


def _shown_many(field: Field, value: Any) -> str:
    if field.type is Type.CODES:
        return " | ".join(codelists.word(field.codes, each) for each in value)
    if field.type is Type.REFERENCES:
        return " | ".join(value)
    if field.type is Type.MATRIX:
        rows = (
            f"{codelists.word(field.codes, row)}: "
            + ", ".join(f"{codelists.short(field.columns, column)} {cell}" for column, cell in cells.items())
            for row, cells in value.items()
        )
        return "; ".join(rows)
    return "; ".join(_shown_item(field, item) for item in value)


def _shown_item(field: Field, item: Mapping[str, Any]) -> str:
    head = []
    if field.key_name:
        key = str(item.get(field.key_name, ""))
        head = [codelists.word(field.codes, key) if field.codes else key]
    return ", ".join(head + [shown(part, item[part.name]) for part in field.parts if item.get(part.name) is not None])
