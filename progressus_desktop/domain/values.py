"""Between the one form of values above the log and the keys under which the log keeps them.

A scalar or a matrix is one key; each item of a set, map or rows is a key of its own, so that
two laptops may add different items without a question (exchange.md, section 1).
"""

from __future__ import annotations

import secrets
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Any

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Field, Merge

POSITION = "position"
"""The part of a row in the log that holds its place; it is never shown."""

STEP = 1024
"""Distance of new positions, so that rows can be put between others without touching them."""

KEY_BYTES = 4


def is_unread(value: Any) -> bool:
    """Whether ``value`` is text that could not be read as its type."""
    return isinstance(value, dict) and len(value) == 1 and "?" in value


def readable(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Values without text that could not be read, as rules and derived values see them."""
    for value in values.values():
        kind = type(value)
        if (kind is dict or kind is list) and _holds_unread(value):
            break
    else:
        return values
    out: dict[str, Any] = {}
    for name, value in values.items():
        if type(value) is list:
            out[name] = [_readable_item(item) if type(item) is dict else item for item in value]
        elif not is_unread(value):
            out[name] = value
    return out


def _holds_unread(value: Any) -> bool:
    kind = type(value)
    if kind is dict:
        return "?" in value
    return kind is list and any(type(item) is dict and any(map(_holds_unread, item.values())) for item in value)


def _readable_item(item: dict[str, Any]) -> dict[str, Any]:
    wrong = [name for name, part in item.items() if is_unread(part)]
    return {name: part for name, part in item.items() if name not in wrong} if wrong else item


def empty(value: Any) -> bool:
    """Whether nothing was entered. False and zero are answers."""
    return value is None or value in ("", [], {}, ())


def _part(field: Field, value: Any) -> Any:
    if field.merge is Merge.SET and isinstance(value, (list, tuple)):
        return sorted(set(value)) or None
    return None if empty(value) else value


def _parts(field: Field, item: Mapping[str, Any], skip: str) -> dict[str, Any]:
    """An item's parts without what is empty and without its key; unknown parts are kept for newer versions."""
    declared = {part.name: part for part in field.parts}
    out: dict[str, Any] = {}
    for name, value in item.items():
        kept = _part(declared[name], value) if name in declared else value
        if name != skip and not empty(kept):
            out[name] = kept
    return out


def _matrix(value: Any) -> Any:
    if not isinstance(value, Mapping) or is_unread(value):
        return value
    rows = {
        row: {column: cell for column, cell in cells.items() if cell is not None} if isinstance(cells, dict) else cells
        for row, cells in value.items()
    }
    return {row: cells for row, cells in rows.items() if cells not in (None, {})} or None


def normal(field: Field, value: Any) -> Any:
    """``value`` in its one canonical form; None when nothing is entered.

    Sets are sorted and without repeats, map items in the order of their code list, empty parts
    left out. Rows without a key get one from their content only in :func:`with_keys`.
    """
    if is_unread(value):
        return value
    if field.merge is Merge.ROWS and isinstance(value, (list, tuple)):
        return [_parts(field, row, POSITION) for row in value] or None
    return from_keys(field, to_keys(field, value))


def to_keys(field: Field, value: Any) -> dict[str, Any]:
    """The log keys of a value: ``{"name": …}``, ``{"partners/<id>": True}``, ``{"agenda/<key>": {…, "position": n}}``.

    Rows must have their keys (:func:`with_keys`). Nothing entered: None under the field's name for a
    scalar or matrix, no keys for the others.
    """
    name = field.name
    if is_unread(value):
        return {name: value}
    if field.merge is Merge.SCALAR:
        return {name: None if empty(value) else value}
    if field.merge is Merge.MATRIX:
        return {name: _matrix(value)}
    if field.merge is Merge.SET:
        return {f"{name}/{item}": True for item in sorted(set(value or ()))}
    if field.merge is Merge.MAP:
        return {f"{name}/{item[field.key_name]}": _parts(field, item, field.key_name) for item in value or ()}
    return {
        f"{name}/{row['key']}": _parts(field, row, "key") | {POSITION: place * STEP}
        for place, row in enumerate(value or (), start=1)
    }


def from_keys(field: Field, keys: Mapping[str, Any]) -> Any:
    """The value made of its log keys (other fields' keys are ignored); None when nothing is there."""
    name = field.name
    if field.merge in {Merge.SCALAR, Merge.MATRIX} or is_unread(keys.get(name)):
        return keys.get(name)
    prefix = f"{name}/"
    items = {key[len(prefix) :]: value for key, value in keys.items() if key.startswith(prefix) and value is not None}
    if field.merge is Merge.SET:
        return sorted(key for key, value in items.items() if value) or None
    if field.merge is Merge.MAP:
        order = {code: place for place, code in enumerate(codelists.codes(field.codes))} if field.codes else {}
        keyed = sorted(items.items(), key=lambda item: (order.get(item[0], len(order)), item[0]))
        return [{field.key_name: key, **value} for key, value in keyed] or None
    rows = sorted(items.items(), key=lambda item: (position(item[1]), item[0]))
    return [{"key": key} | {part: each for part, each in row.items() if part != POSITION} for key, row in rows] or None


def position(row: Mapping[str, Any]) -> int:
    """The place of a row as the log keeps it, 0 if it has none."""
    place = row.get(POSITION)
    return place if isinstance(place, int) else 0


def _random_key() -> str:
    return secrets.token_hex(KEY_BYTES)


def with_keys(
    field: Field,
    rows: Iterable[Mapping[str, Any]],
    before: Iterable[Mapping[str, Any]] | None,
    new_key: Callable[[], str] = _random_key,
) -> list[dict[str, Any]]:
    """Rows, each with a key of its own: the given one, that of an equal row of ``before``, else a new one."""
    written = [_parts(field, row, POSITION) for row in rows]
    taken = {row["key"] for row in written if "key" in row}
    spare: dict[str, list[str]] = {}
    for row in before or ():
        if row["key"] not in taken:
            spare.setdefault(_content(row), []).append(row["key"])
    used: set[str] = set()
    out: list[dict[str, Any]] = []
    for row in written:
        content = {part: value for part, value in row.items() if part != "key"}
        key = row.get("key", "")
        if not key or key in used:
            equal = spare.get(_content(content))
            key = equal.pop(0) if equal else new_key()
            while key in used:
                key = new_key()
        used.add(key)
        out.append({"key": key, **content})
    return out


def _content(row: Mapping[str, Any]) -> str:
    return repr(sorted((part, value) for part, value in row.items() if part != "key"))


def diff(field: Field, keys: Mapping[str, Any], value: Any, new_key: Callable[[], str] = _random_key) -> dict[str, Any]:
    """The keys to write so that the log says ``value`` where it said ``keys``; None takes an item away.

    ``keys`` are the present keys with their values (positions included). Unchanged items are not
    written; a row moved or added takes a position between its neighbours, the others keep theirs.
    """
    prefix = f"{field.name}/"
    present = {k: v for k, v in keys.items() if v is not None and (k == field.name or k.startswith(prefix))}
    if field.merge is Merge.ROWS and not is_unread(value):
        before = from_keys(field, present)
        rows = with_keys(field, value or (), None if is_unread(before) else before, new_key)
        wanted = _placed(field, present, rows)
    else:
        wanted = {key: each for key, each in to_keys(field, value).items() if each is not None}
    changes: dict[str, Any] = dict.fromkeys((key for key in present if key not in wanted), None)
    return changes | {key: each for key, each in wanted.items() if key not in present or not same(present[key], each)}


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal in the log's eyes: True is not 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(each, other[key]) for key, each in one.items())
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def _placed(field: Field, present: Mapping[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    names = [f"{field.name}/{row['key']}" for row in rows]
    old = [position(present[name]) if name in present else None for name in names]
    places = _positions(old)
    return {
        name: {part: each for part, each in row.items() if part != "key"} | {POSITION: place}
        for name, row, place in zip(names, rows, places, strict=True)
    }


def _positions(old: list[int | None]) -> list[int]:
    """Rising positions that keep as many of ``old`` as can stay; all are numbered anew where no room is left."""
    stay = _longest_rising(old)
    out: list[int] = []
    for place in range(len(old)):
        kept = old[place]
        if place in stay and kept is not None:
            out.append(kept)
            continue
        low = out[-1] if out else None
        following = next((old[later] for later in range(place + 1, len(old)) if later in stay), None)
        out.append(_between(low, following, sum(1 for later in range(place, len(old)) if later not in stay)))
    if any(first >= second for first, second in pairwise(out)):
        return [STEP * place for place in range(1, len(old) + 1)]
    return out


def _between(low: int | None, high: int | None, waiting: int) -> int:
    if high is None:
        return STEP if low is None else low + STEP
    if low is None:
        return high - STEP * waiting
    return low + max(1, (high - low) // (waiting + 1))


def _longest_rising(numbers: list[int | None]) -> set[int]:
    """Places of a longest strictly rising subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    previous: dict[int, int | None] = {}
    for place, number in enumerate(numbers):
        if number is None:
            continue
        at = bisect_left(tails, number)
        previous[place] = ends[at - 1] if at else None
        if at == len(tails):
            tails.append(number)
            ends.append(place)
        else:
            tails[at], ends[at] = number, place
    found: set[int] = set()
    place_or_none = ends[-1] if ends else None
    while place_or_none is not None:
        found.add(place_or_none)
        place_or_none = previous[place_or_none]
    return found
