"""Values as a newer version or a faulty program may have written them: what this version can read, the rest as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from progressus_desktop.domain.fields import Field, Merge, Type
from progressus_desktop.domain.values import is_unread

_HASH = re.compile(r"[0-9a-f]{64}")


def _is_text(value: Any) -> bool:
    return type(value) is str


def _is_texts(value: Any) -> bool:
    return type(value) is list and all(type(each) is str for each in value)


def _is_matrix(value: Any) -> bool:
    if type(value) is not dict:
        return False
    for row, cells in value.items():
        if type(row) is not str or type(cells) is not dict:
            return False
        for name, cell in cells.items():
            if type(name) is not str or not (type(cell) is int or cell is None or _is_unread_text(cell)):
                return False
    return True


def _is_unread_text(value: Any) -> bool:
    return is_unread(value) and type(value["?"]) is str


_FITS: Mapping[Type, Callable[[Any], bool]] = {
    Type.INTEGER: lambda value: type(value) is int,
    Type.BOOLEAN: lambda value: type(value) is bool,
    Type.HASH: lambda value: type(value) is str and _HASH.fullmatch(value) is not None,
    Type.CODES: _is_texts,
    Type.REFERENCES: _is_texts,
    Type.MATRIX: _is_matrix,
}


def kind_of(field: Field) -> Callable[[Any], bool]:
    """What tells whether a value is of the kind that a field declares."""
    return _FITS.get(field.type, _is_text)


def fits(field: Field, value: Any) -> bool:
    """Whether a value under one key is of the kind that its field declares, or text that could not be read as it."""
    return value is None or _FITS.get(field.type, _is_text)(value) or _is_unread_text(value)


def fitted(field: Field, value: Any) -> Any:
    """A value as it is if it fits, else as text that could not be read."""
    return value if fits(field, value) else {"?": _as_text(value)}


def _as_text(value: Any) -> str:
    found = value["?"] if is_unread(value) else value
    return found if isinstance(found, str) else repr(found)


def fitted_item(field: Field, value: Any) -> Any:
    """An item of a set, map or rows with parts that fit; None if it is none at all. Unknown parts stay if JSON can."""
    if field.merge is Merge.SET:
        return value if value is True else None
    if type(value) is not dict or not all(type(name) is str for name in value):
        return None
    wrong = {part.name: fitted(part, value[part.name]) for part in field.parts if not fits(part, value.get(part.name))}
    fitting = {**value, **wrong} if wrong else value
    return fitting if _is_plain(fitting) else {name: part for name, part in fitting.items() if _is_plain(part)}


def _is_plain(value: Any) -> bool:
    """Whether JSON can say it."""
    if type(value) is dict:
        return all(type(name) is str and _is_plain(each) for name, each in value.items())
    return all(map(_is_plain, value)) if type(value) is list else not isinstance(value, bytes)
