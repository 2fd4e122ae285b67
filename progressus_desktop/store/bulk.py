"""Many records at once for reports and tables: from the entity tables, a few statements for hundreds of records.

What comes is what :func:`~progressus_desktop.store.query.read` says of each record (a test compares them), without
problems, conflicts and text that could not be read as its type.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.domain import values as forms
from progressus_desktop.domain.fields import Field, Merge, Type, Values
from progressus_desktop.store.looking import column_back
from progressus_desktop.store.tables import Shape, q, shape
from progressus_desktop.store.views import View, clause

_AT_ONCE = 500
_COMMON = ("id", "code", "entry", "space")
_LISTS = frozenset({Type.CODES, Type.REFERENCES, Type.MATRIX})


def listed(connection: Connection, entity: str, view: View, fields: frozenset[str] | None = None) -> Iterator[Values]:
    """The records of a list, in its order; ``fields`` are the sets, maps and rows wanted of them, None means all."""
    of = shape(entity)
    source = clause(connection, of, view)
    where, values = source.where()
    column, falls = source.order
    by = f"{source.by(connection, column)} {'DESC' if falls else 'ASC'}, " if column else ""
    sql = f"SELECT e.record_no FROM {q(of.table)} e WHERE {where} ORDER BY {by}e.record_no"
    yield from _whole(connection, of, [row[0] for row in connection.exec_driver_sql(sql, tuple(values))], fields)


def those(connection: Connection, entity: str, ids: Sequence[str]) -> Iterator[Values]:
    """The live records with these ids, in the order of their ids."""
    of = shape(entity)
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        sql = f"SELECT record_no FROM {q(of.table)} WHERE id IN ({_marks(part)}) AND deleted = 0 ORDER BY id"
        found = connection.exec_driver_sql(sql, tuple(part))
        yield from _whole(connection, of, [row[0] for row in found])


def linked(connection: Connection, entity: str, names: Sequence[str], record_id: str) -> Iterator[Values]:
    """Live records of ``entity`` one of whose reference fields ``names`` holds ``record_id``, each once, by id."""
    of = shape(entity)
    sources = []
    for name in names:
        field = of.entity.field(name)
        if field.type is Type.REFERENCE:
            sources.append(f"SELECT record_no FROM {q(of.table)} WHERE {q(name)} = ?")
        else:
            sources.append(f"SELECT record_no FROM {q(of.child(field))} WHERE item_key = ?")
    sql = (
        f"SELECT e.record_no FROM {q(of.table)} e WHERE e.record_no IN ({' UNION '.join(sources)})"
        " AND e.deleted = 0 ORDER BY e.id"
    )
    found = connection.exec_driver_sql(sql, (record_id,) * len(sources))
    yield from _whole(connection, of, [row[0] for row in found])


def referred_to(connection: Connection, entity: str, name: str) -> frozenset[str]:
    """Ids of all records that some live record of ``entity`` holds in its reference field ``name``."""
    of = shape(entity)
    sql = f"SELECT DISTINCT {q(name)} FROM {q(of.table)} WHERE deleted = 0 AND {q(name)} IS NOT NULL"
    return frozenset(row[0] for row in connection.exec_driver_sql(sql))


def _whole(
    connection: Connection, of: Shape, numbers: Sequence[int], fields: frozenset[str] | None = None
) -> Iterator[Values]:
    for start in range(0, len(numbers), _AT_ONCE):
        part = numbers[start : start + _AT_ONCE]
        found = _scalars(connection, of, part)
        for field in of.children:
            if fields is not None and field.name not in fields:
                continue
            for number, keys in _items(connection, of, field, part).items():
                value = forms.from_keys(field, keys)
                if value:
                    found[number][field.name] = value
        yield from (found[number] for number in part)


def _scalars(connection: Connection, of: Shape, numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
    names = (*_COMMON, *of.columns)
    sql = f"SELECT record_no, {', '.join(map(q, names))} FROM {q(of.table)} WHERE record_no IN ({_marks(numbers)})"
    back = [field for field in of.scalars if field.type in {Type.BOOLEAN, Type.MATRIX}]
    found = {}
    for row in connection.exec_driver_sql(sql, tuple(numbers)):
        values = {name: value for name, value in zip(names, row[1:], strict=True) if value is not None}
        for field in back:
            if field.name in values:
                values[field.name] = column_back(field, values[field.name])
        found[row[0]] = values
    return found


def _items(connection: Connection, of: Shape, field: Field, numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The items of a set, map or rows field as log keys, by record number."""
    place = ["position"] if field.merge is Merge.ROWS else []
    names = ["record_no", "item_key", *place, *(part.name for part in field.parts)]
    sql = (
        f"SELECT {', '.join(map(q, names))} FROM {q(of.child(field))}"
        f" WHERE record_no IN ({_marks(numbers)}) ORDER BY record_no"
    )
    found: dict[int, dict[str, Any]] = {}
    for number, item, *rest in connection.exec_driver_sql(sql, tuple(numbers)):
        value: Any = True
        if field.merge is not Merge.SET:
            value = {forms.POSITION: rest[0]} if place else {}
            parts = zip(field.parts, rest[len(place) :], strict=True)
            value |= {part.name: _back(part, each) for part, each in parts if each is not None}
        found.setdefault(number, {})[f"{field.name}/{item}"] = value
    return found


def _back(part: Field, value: Any) -> Any:
    if part.type in _LISTS:
        return json.loads(value)
    return bool(value) if part.type is Type.BOOLEAN else value


def _marks(numbers: Sequence[object]) -> str:
    return ", ".join("?" * len(numbers))
