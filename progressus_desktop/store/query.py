"""Reading records: one whole, a window of a list, totals, links. Never a whole table in the window."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from progressus_desktop.domain import catalog, validation
from progressus_desktop.domain.fields import ANY, Lookup, Type
from progressus_desktop.domain.records import FieldConflict, Record
from progressus_desktop.errors import AmbiguousError, NotFoundError
from progressus_desktop.store import cipher, compose, delivery, tables
from progressus_desktop.store.looking import TableLookup, column_back
from progressus_desktop.store.tables import IN_BLOBS, IN_VALUES, Shape, q, shape
from progressus_desktop.store.views import View, clause
from progressus_desktop.words import N_, Message

if TYPE_CHECKING:
    from progressus_desktop.store.workspace import Workspace

__all__ = [
    "Row", "View", "by_codes", "count", "each", "get", "linked", "lookup", "many", "newest", "own_counts", "position",
    "present_of", "resolve", "scalars", "titles", "total", "window",
]  # fmt: skip

_SHORTEST_PREFIX = 8
_NOT_HERE = frozenset({"placeholder", "erased"})
_EACH = 1_000
_COMMON = ("code", "space", "entry", "deleted", "changed_ms", "errors", "warnings")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: record number, id, and columns by name (scalars, derived, entry, errors, warnings…)."""

    no: int
    id: str
    values: Mapping[str, Any]


def lookup(ws: Workspace, connection: Connection | None = None) -> Lookup:
    """Read access to other records for rules."""
    return TableLookup(ws.connection, ws.space, ws.guard) if connection is None else TableLookup(connection, ws.space)


def entity_of(ws: Workspace, record_id: str) -> str:
    """The type of a record, empty if it is not here."""
    with ws.reading() as connection:
        return TableLookup(connection, ws.space).entity_of(record_id)


def title(ws: Workspace, entity: str, record_id: str) -> str:
    """The name of a record as lists and references show it; empty if it is not here."""
    with ws.reading() as connection:
        return TableLookup(connection, ws.space).title(entity, record_id)


def titles(connection: Connection, entity: str, looking: TableLookup) -> list[tuple[str, str, str]]:
    """Id, code and name of every live record of a type."""
    sql = f"SELECT id, code FROM {q(shape(entity).table)} WHERE deleted = 0"
    rows = cipher.raw(connection).execute(sql).fetchall()
    looking.read_titles(entity, (row[0] for row in rows))
    return [(row[0], row[1] or "", looking.title(entity, row[0])) for row in rows]


def get(ws: Workspace, entity: str, record_id: str) -> Record | None:
    """One record with its values, what stands behind them and its problems; None if it is not here."""
    with ws.reading() as connection:
        return read(connection, entity, record_id, TableLookup(connection, ws.space))


def read(connection: Connection, entity: str, record_id: str, looking: TableLookup) -> Record | None:
    """:func:`get` on a given connection."""
    try:
        key = uuid.UUID(record_id).bytes
    except ValueError:
        return None
    found = connection.exec_driver_sql(
        "SELECT no, heads, version, state, changed_ms FROM record WHERE uuid = ? AND entity = ?", (key, entity)
    ).first()
    if found is None or found[3] in _NOT_HERE:
        return None
    heads = compose.unpack(bytes(found[1]))
    ids = {head for every in heads.values() for head in every}
    now = compose.compose(heads, compose.entries(connection, ids))
    of = shape(entity)
    names = ", ".join(q(d.name) for d in of.entity.derived) or "1"
    row = connection.exec_driver_sql(f"SELECT {names} FROM {q(of.table)} WHERE record_no = ?", (found[0],)).first()
    record_id = str(uuid.UUID(bytes=key))
    now.merged_into = looking.kept(record_id) if found[3] == "merged" else ""
    record = _record(of, record_id, found, now, row or (), looking)
    return _delivered(record, delivery.of(connection, [found[0]]).get(found[0]))


def _delivered(record: Record, delivered: delivery.Delivery | None) -> Record:
    return record if delivered is None else replace(record, delivery=delivered.state, delivered_ms=delivered.at)


def _record(
    of: Shape,
    record_id: str,
    found: Any,
    now: compose.Composed,
    row: Sequence[Any],
    looking: TableLookup,
    *,
    with_problems: bool = True,
) -> Record:
    """A record; ``found`` is (number, heads, version…), ``row`` its derived columns."""
    entity = of.table
    values = looking.resolved(entity, compose.fields(entity, now.values))
    derived = dict(zip((d.name for d in of.entity.derived), row, strict=False)) if row else {}
    common = {name: values.get(name, "") for name in ("code", "entry", "space")}
    values = {name: value for name, value in values.items() if name not in common or of.entity.has(name)}
    problems = (
        validation.check(of.entity, values | {"id": record_id, "code": common["code"]}, looking)
        if with_problems
        else ()
    )
    conflicts = tuple(
        FieldConflict(
            f"{record_id}:{name}",
            name,
            tuple((e.keys[name][0], str(uuid.UUID(bytes=e.author)) if e.author else "", e.at) for e in entries),
        )
        for name, entries in sorted(now.conflicts.items())
    )
    if now.edited_after_delete:
        conflicts += (FieldConflict(f"{record_id}:*", "*", ()),)
    return Record(
        id=record_id,
        entity=entity,
        code=str(common["code"]),
        entry=str(common["entry"] or "draft"),
        space=str(common["space"]),
        deleted=now.deleted or bool(now.merged_into),
        merged_into=now.merged_into,
        version=bytes(found[2]).hex(),
        fields=values,
        derived=derived,
        seen=now.seen,
        changed_ms=now.changed_ms,
        conflicts=conflicts,
        problems=problems,
    )


def many(
    connection: Connection, entity: str, ids: Sequence[str], looking: TableLookup, *, with_problems: bool = False
) -> dict[str, Record]:
    """Many records by id, read in a few statements; those that are not here are missing."""
    driver = cipher.raw(connection)
    of = shape(entity)
    sql = f"SELECT uuid, no, heads, version, state FROM record WHERE uuid {IN_BLOBS} AND entity = ?"
    wanted = _hexes(ids)
    rows = [row for row in driver.execute(sql, (tables.many(wanted), entity)).fetchall() if row[4] not in _NOT_HERE]
    heads = {row[1]: compose.unpack(bytes(row[2])) for row in rows}
    entries = compose.entries(connection, {i for one in heads.values() for each in one.values() for i in each})
    names = ", ".join(["record_no", *(q(d.name) for d in of.entity.derived)])
    sql = f"SELECT {names} FROM {q(of.table)} WHERE record_no {IN_VALUES}"
    derived = {row[0]: row[1:] for row in driver.execute(sql, (tables.many(heads),))}
    delivered = delivery.of(connection, list(heads))
    found = {}
    for row in rows:
        now = compose.compose(heads[row[1]], entries)
        about = (row[1], row[2], row[3], row[4], now.changed_ms)
        record_id = str(uuid.UUID(bytes=bytes(row[0])))
        now.merged_into = looking.kept(record_id) if row[4] == "merged" else ""
        columns = derived.get(row[1], ())
        record = _record(of, record_id, about, now, columns, looking, with_problems=with_problems)
        found[record_id] = _delivered(record, delivered.get(row[1]))
    return found


def _hexes(ids: Sequence[str]) -> list[str]:
    """Ids as the record cache finds them; what is no id is left out."""
    out = []
    for each in ids:
        try:
            out.append(uuid.UUID(each).hex)
        except ValueError:
            continue
    return out


def present_keys(ws: Workspace, record_id: str) -> tuple[dict[str, Any], dict[str, tuple[bytes, ...]], list[bytes]]:
    """A record's log keys with values, the heads behind each value, and all heads; empty if it is new."""
    with ws.reading() as connection:
        sql = "SELECT heads FROM record WHERE uuid = ?"
        row = cipher.raw(connection).execute(sql, (uuid.UUID(record_id).bytes,)).fetchone()
        if row is None:
            return {}, {}, []
        heads = compose.unpack(bytes(row[0]))
        ids = sorted({head for every in heads.values() for head in every})
        now = compose.compose(heads, compose.entries(connection, ids))
        return now.values, now.seen, ids


@dataclass(frozen=True, slots=True)
class PresentKeys:
    """A record's version, log keys with values, and the heads behind each value."""

    version: str
    values: Mapping[str, Any]
    seen: Mapping[str, tuple[bytes, ...]]


def present_of(connection: Connection, ids: Sequence[str]) -> dict[str, PresentKeys]:
    """:func:`present_keys` of many records, with their versions; those that are not here are missing."""
    sql = f"SELECT uuid, heads, version FROM record WHERE uuid {IN_BLOBS}"
    rows = cipher.raw(connection).execute(sql, (tables.many(_hexes(ids)),)).fetchall()
    heads = {bytes(row[0]): compose.unpack(bytes(row[1])) for row in rows}
    found = compose.entries(connection, {i for one in heads.values() for each in one.values() for i in each})
    out = {}
    for row in rows:
        now = compose.compose(heads[bytes(row[0])], found)
        out[str(uuid.UUID(bytes=bytes(row[0])))] = PresentKeys(bytes(row[2]).hex(), now.values, now.seen)
    return out


def by_codes(connection: Connection, entity: str, codes: Sequence[str]) -> dict[str, str]:
    """The ids of records with these codes; a code that two have names neither."""
    if not codes:
        return {}
    sql = f"SELECT code, min(id) FROM {q(shape(entity).table)} WHERE code {IN_VALUES} GROUP BY code HAVING count(*) = 1"
    return {row[0]: row[1] for row in cipher.raw(connection).execute(sql, (tables.many(codes),))}


def scalars(connection: Connection, entity: str, names: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Id and these columns of every live record."""
    of = shape(entity)
    kept = [name for name in names if name in of.columns]
    columns = ", ".join(["id", *map(q, kept)])
    for row in cipher.raw(connection).execute(f"SELECT {columns} FROM {q(of.table)} WHERE deleted = 0"):
        yield row[0], {name: value for name, value in zip(kept, row[1:], strict=True) if value is not None}


def resolve(ws: Workspace, entity: str, text: str) -> str:
    """The id of the record that ``text`` names: an id, the beginning of one (8 characters or more), or a code.

    Raises:
        NotFoundError: there is none.
        AmbiguousError: there is more than one.
    """
    shapes = [shape(name) for name in ([*catalog.ENTITIES] if entity == ANY else [catalog.entity(entity).name])]
    wanted = text.strip()
    found: set[str] = set()
    with ws.reading() as connection:
        for of in shapes:
            found |= _named(connection, of, wanted)
    if len(found) > 1:
        hint = Message(N_("Give more of its id."))
        raise AmbiguousError(Message(N_("More than one record answers to “{name}”."), {"name": wanted}), hint=hint)
    if not found:
        raise NotFoundError(Message(N_("There is no record “{name}”."), {"name": wanted}))
    return found.pop()


def _named(connection: Connection, of: Shape, wanted: str) -> set[str]:
    """Ids of the records of one type that a code or (the beginning of) an id names, at most two of each."""
    sql = f"SELECT id FROM {q(of.table)} WHERE code = ? LIMIT 2"
    found = {row[0] for row in connection.exec_driver_sql(sql, (wanted.upper(),))}
    hexes = wanted.lower()
    if len(hexes) >= _SHORTEST_PREFIX and re.fullmatch(r"[0-9a-f-]+", hexes):
        sql = f"SELECT id FROM {q(of.table)} WHERE id >= ? AND id < ? LIMIT 2"
        found |= {row[0] for row in connection.exec_driver_sql(sql, (hexes, hexes + "g"))}
    return found


def window(ws: Workspace, entity: str, view: View, offset: int, limit: int = 128) -> list[Row]:
    """Rows ``offset`` to ``offset + limit`` of a list."""
    with ws.reading() as connection:
        return window_on(connection, entity, view, offset, limit)


def window_on(connection: Connection, entity: str, view: View, offset: int, limit: int) -> list[Row]:
    """:func:`window` on a given connection, for a worker thread."""
    of = shape(entity)
    source = clause(connection, of, view)
    rows = count(connection, entity, view) if offset else 0
    return _rows(connection, of, source.numbers(connection, offset, limit, rows))


def _rows(connection: Connection, of: Shape, numbers: list[int]) -> list[Row]:
    if not numbers:
        return []
    names = ["record_no", "id", *_COMMON, *of.columns]
    marks = ", ".join("?" * len(numbers))
    sql = f"SELECT {', '.join(q(name) for name in names)} FROM {q(of.table)} WHERE record_no IN ({marks})"
    by_number = {row[0]: row for row in connection.exec_driver_sql(sql, tuple(numbers)).all()}
    delivered = delivery.of(connection, numbers, dated=False)
    rows = []
    for number in numbers:
        values = dict(zip(names, by_number[number], strict=True))
        values["delivery"] = delivered[number].state
        for field in of.scalars:
            if field.type in {Type.BOOLEAN, Type.MATRIX}:
                values[field.name] = column_back(field, values[field.name])
        rows.append(Row(number, values["id"], values))
    return rows


def newest(ws: Workspace, entity: str, limit: int = 2) -> list[str]:
    """Ids of the live records entered last on this laptop, newest first."""
    sql = f"SELECT id FROM {q(shape(entity).table)} WHERE deleted = 0 ORDER BY record_no DESC LIMIT ?"
    with ws.reading() as connection:
        return [row[0] for row in connection.exec_driver_sql(sql, (limit,))]


def total(ws: Workspace, entity: str, view: View) -> int:
    """How many rows a list has; without a filter from a counter, never by counting."""
    with ws.reading() as connection:
        return count(connection, entity, view)


def count(connection: Connection, entity: str, view: View) -> int:
    """:func:`total` on a given connection."""
    of = shape(entity)
    if view.unfiltered:
        sql = "SELECT coalesce(sum(n), 0) FROM counter WHERE entity = ? AND kind = ?"
        kind = "deleted" if view.deleted else "listed"
        return int(connection.exec_driver_sql(sql, (of.table, kind)).scalar() or 0)
    return clause(connection, of, view).count(connection)


def position(ws: Workspace, entity: str, view: View, record_id: str) -> int | None:
    """The place of a record in a list, or None if the list does not show it."""
    with ws.reading() as connection:
        return position_on(connection, entity, view, record_id)


def position_on(connection: Connection, entity: str, view: View, record_id: str) -> int | None:
    """The same on a connection of the caller, for workers: counting what stands before takes time in a long list."""
    of = shape(entity)
    sql = f"SELECT record_no FROM {q(of.table)} WHERE id = ?"
    number = connection.exec_driver_sql(sql, (record_id,)).scalar()
    return None if number is None else clause(connection, of, view).place(connection, number)


def linked(
    ws: Workspace, entity: str, name: str, record_id: str, limit: int = 200, *, removed: bool = False
) -> list[Record]:
    """Records of ``entity`` whose reference field ``name`` holds ``record_id``, in its order; ``removed``: bin too."""
    of = shape(entity)
    field, order = of.entity.field(name), of.entity.order
    by = f"e.{q(order.lstrip('-'))} {'DESC' if order.startswith('-') else 'ASC'}, " if order else ""
    if field.type is Type.REFERENCE:
        source = f"{q(of.table)} e WHERE e.{q(name)} = ?"
    else:
        source = f"{q(of.child(field))} c JOIN {q(of.table)} e ON e.record_no = c.record_no WHERE c.item_key = ?"
    sql = f"SELECT e.id FROM {source} {'' if removed else 'AND e.deleted = 0'} ORDER BY {by}e.record_no DESC LIMIT ?"
    with ws.reading() as connection:
        ids = [row[0] for row in connection.exec_driver_sql(sql, (record_id, limit))]
        looking = TableLookup(connection, ws.space)
        found = (read(connection, entity, each, looking) for each in ids)
        return [record for record in found if record is not None]


def each(ws: Workspace, entity: str, view: View, connection: Connection | None = None) -> Iterator[Record]:
    """All records of a list, one after another, inside one snapshot (for exports and reports)."""
    with nullcontext(connection) if connection is not None else ws.reader() as at:
        yield from _each(ws, entity, view, at)


def _each(ws: Workspace, entity: str, view: View, connection: Connection) -> Iterator[Record]:
    of = shape(entity)
    looking = TableLookup(connection, ws.space)
    source = clause(connection, of, view)
    rows = count(connection, entity, view)
    for offset in range(0, rows, _EACH):
        numbers = source.numbers(connection, offset, _EACH, rows)
        sql = f"SELECT record_no, id FROM {q(of.table)} WHERE record_no {IN_VALUES}"
        ids = {row[0]: row[1] for row in cipher.raw(connection).execute(sql, (tables.many(numbers),))}
        found = many(connection, entity, list(ids.values()), looking, with_problems=True)
        yield from (found[ids[number]] for number in numbers if ids[number] in found)


def own_counts(
    ws: Workspace, entity: str, view: View, by: str = "", sum_of: str = "", connection: Connection | None = None
) -> tuple[int, dict[str, int], int]:
    """Of a list: number of rows, numbers by the codes of column ``by``, and the sum of column ``sum_of``."""
    of = shape(entity)
    known = set(of.columns) | set(_COMMON)
    group = q(by) if by in known else "''"
    amount = f"sum({q(sum_of)})" if sum_of in known else "0"
    with nullcontext(connection) if connection is not None else ws.reading() as at:
        rows = _grouped(at, of, view, group, amount)
    return sum(r[1] for r in rows), {str(r[0] or ""): r[1] for r in rows}, sum(r[2] for r in rows)


def _grouped(connection: Connection, of: Shape, view: View, group: str, amount: str) -> list[Any]:
    where, values = clause(connection, of, view).where()
    sql = f"SELECT {group}, count(*), coalesce({amount}, 0) FROM {q(of.table)} e WHERE {where} GROUP BY 1"
    return list(connection.exec_driver_sql(sql, tuple(values)))
