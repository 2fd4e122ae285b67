"""The second step of a projection: what depends on other rows.

Derived values, problems, sort keys and search words, first of the records that were written, then of those that
refer to them or are referred to by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.domain import codelists, sorting, territory, validation
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import ANY, Field, Level, Type
from progressus_desktop.domain.values import readable
from progressus_desktop.store import cipher, compose, indexing
from progressus_desktop.store.compose import Composed
from progressus_desktop.store.looking import LONGEST_TITLE, TableLookup
from progressus_desktop.store.rows import Changed, is_listed, needing, plain
from progressus_desktop.store.searchrows import SearchRows
from progressus_desktop.store.tables import IN_VALUES, Shape, many, q, shape, sort_column
from progressus_desktop.words import speaking

Named = tuple[str, str]
"""A record by its entity and id."""

_AT_ONCE = 1_000


@dataclass(slots=True)
class Written:
    """A record whose row is written: its number, id, what it says, and its old row in the search index."""

    no: int
    id: str
    now: Composed
    search_row: int | None


def of_changes(driver: Any, entity: str, changed: Sequence[Changed]) -> Iterator[Named]:
    """Records whose derived values, problems or search words depend on what was changed in these."""
    for each in changed:
        for name, target in each.references:
            for other in needing(entity, name):
                yield other, target
    yield from _holding(driver, _followed(entity), [each.touched.id for each in changed])
    renamed = [each.touched.id for each in changed if each.renamed]
    if renamed:
        yield from _naming(driver, entity, renamed, set())
    if entity == "project":
        for name in ENTITIES:
            for row in driver.execute(f"SELECT id FROM {q(name)}").fetchall():
                yield name, row[0]


def _naming(driver: Any, entity: str, ids: Sequence[str], seen: set[str]) -> Iterator[Named]:
    """Records that are found or sorted by the names of these; their own names may hold them too."""
    for other, field in indexing.referring(entity):
        found = [each for _other, each in _holding(driver, ((other, field),), ids)]
        yield from ((other, each) for each in found)
        renamed = [each for each in found if each not in seen]
        if renamed and field.name in shape(other).entity.title:
            seen.update(renamed)
            yield from _naming(driver, other, renamed, seen)


def _holding(driver: Any, fields: Iterable[tuple[str, Field]], ids: Sequence[str]) -> Iterator[Named]:
    """Records that hold one of these ids in one of these reference fields."""
    wanted = (many(ids),)
    for other, field in fields:
        of = shape(other)
        if field.type is Type.REFERENCE:
            sql = f"SELECT id FROM {q(of.table)} WHERE {q(field.name)} {IN_VALUES}"
        else:
            source = f"{q(of.child(field))} c JOIN {q(of.table)} e ON e.record_no = c.record_no"
            sql = f"SELECT e.id FROM {source} WHERE c.item_key {IN_VALUES}"
        yield from ((other, row[0]) for row in driver.execute(sql, wanted).fetchall())


@cache
def _followed(target: str) -> tuple[tuple[str, Field], ...]:
    """Reference fields that may name a record of ``target`` and from which their own records are computed."""
    return tuple(
        (of.name, of.field(name))
        for of in ENTITIES.values()
        for name in dict.fromkeys(name for each in of.derived for name in each.follows)
        if of.field(name).target in {target, ANY}
    )


def renew(connection: Connection, lookup: TableLookup, index: SearchRows, pending: Iterable[Named]) -> None:
    """Write what depends on other rows anew for records that are named but were not written."""
    groups: dict[str, list[str]] = {}
    for name, record_id in pending:
        groups.setdefault(name, []).append(record_id)
    driver = cipher.raw(connection)
    for name, ids in groups.items():
        of = shape(name)
        for start in range(0, len(ids), _AT_ONCE):
            part = many(ids[start : start + _AT_ONCE])
            sql = f"SELECT record_no, id, search_row FROM {q(of.table)} WHERE id {IN_VALUES}"
            rows = {row[0]: row for row in driver.execute(sql, (part,))}
            sql = f"SELECT no, heads, state FROM record WHERE no {IN_VALUES}"
            stored = driver.execute(sql, (many(rows),)).fetchall()
            heads = {row[0]: compose.unpack(bytes(row[1])) for row in stored}
            found = compose.entries(connection, {i for one in heads.values() for each in one.values() for i in each})
            written = [
                Written(no, row[1], compose.compose(heads[no], found, with_seen=False), row[2])
                for no, row in rows.items()
            ]
            merged = {row[0] for row in stored if row[2] == "merged"}
            for each in written:
                each.now.merged_into = lookup.kept(each.id) if each.no in merged else ""
            lookup.expect(each.id for each in written)
            write(connection, lookup, index, of, written)


def write(
    connection: Connection, lookup: TableLookup, index: SearchRows, of: Shape, written: Sequence[Written]
) -> None:
    """Write derived values, problems and sort keys of records of one type; their search words go to ``index``."""
    every = [(each, compose.fields(of.table, each.now.values) | {"id": each.id}) for each in written]
    _read_titles(lookup, of, [values for _each, values in every])
    index.remove(of, (each.search_row for each in written if each.search_row is not None))
    indexed: list[tuple[int, str, str]] = []
    sets: list[tuple[Any, ...]] = []
    sorted_by = sorted(of.by_words)
    with speaking("pl"):
        for each, values in every:
            legible = readable(values)
            problems = validation.check(of.entity, values, lookup, legible)
            errors = sum(p.level is Level.ERROR for p in problems)
            derived = {d.name: d.compute(legible, lookup) for d in of.entity.derived}
            shown = values | derived
            row = None if each.now.hidden else indexing.entry(of, each.no, shown, lookup, errors)
            if row is not None:
                indexed.append(row)
            sets.append((
                is_listed(each.now), errors, len(problems) - errors, row[0] if row else None,
                *(plain(value) for value in derived.values()),
                *(sort_value(of, name, shown, lookup) for name in sorted_by),
                each.no,
            ))  # fmt: skip
    index.add(of, indexed)
    _update(cipher.raw(connection), of, sets, {each.no for each in written if each.search_row is not None})


def _update(driver: Any, of: Shape, sets: Sequence[tuple[Any, ...]], listed: AbstractSet[int]) -> None:
    """Write these columns; of rows that stood in the lists before only what changed, because each has its index."""
    names = _columns(of.table)
    before: dict[int, tuple[Any, ...]] = {}
    if listed:
        sql = f"SELECT {', '.join(map(q, names))}, record_no FROM {q(of.table)} WHERE record_no {IN_VALUES}"
        before = {row[-1]: row for row in driver.execute(sql, (many(listed),))}
    groups: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for row in sets:
        old = before.get(row[-1])
        if old is None:
            groups.setdefault(names, []).append(row)
            continue
        changed = [place for place in range(len(names)) if old[place] != row[place]]
        if changed:
            key = tuple(names[place] for place in changed)
            groups.setdefault(key, []).append((*(row[place] for place in changed), row[-1]))
    for key, rows_of in groups.items():
        driver.executemany(_update_sql(of.table, key), rows_of)


@cache
def _columns(entity: str) -> tuple[str, ...]:
    of = shape(entity)
    names = ["listed", "errors", "warnings", "search_row", *(d.name for d in of.entity.derived)]
    return (*names, *(sort_column(of, name) for name in sorted(of.by_words)))


@cache
def _update_sql(entity: str, names: tuple[str, ...]) -> str:
    return f"UPDATE {q(entity)} SET {', '.join(f'{q(name)} = ?' for name in names)} WHERE record_no = ?"


def _read_titles(lookup: TableLookup, of: Shape, every: Sequence[Mapping[str, Any]]) -> None:
    """Read the names of all that these records refer to at once."""
    for field in _named(of.table):
        ids: set[str] = set()
        for values in every:
            value = values.get(field.name)
            if isinstance(value, str):
                ids.add(value)
            elif isinstance(value, list):
                ids.update(value)
        if ids:
            lookup.read_titles(field.target, ids)


@cache
def _named(entity: str) -> tuple[Field, ...]:
    """Reference fields whose records' names are searched or sorted by."""
    of = shape(entity)
    kinds = {Type.REFERENCE, Type.REFERENCES}
    return tuple(f for f in of.entity.fields if f.type in kinds and indexing.by_name(of.entity, f))


def sort_value(of: Shape, name: str, values: Mapping[str, Any], lookup: TableLookup) -> bytes | None:
    """The Polish sort key of a column's words; codes sort by their Polish word."""
    value = values.get(name)
    if not isinstance(value, str) or not value:
        return None
    field = of.entity.field(name) if of.entity.has(name) else None
    if field is not None and field.type is Type.CODE:
        return _word_key(field.codes, value)
    if field is not None and field.type is Type.GMINA:
        found = territory.gmina(value)
        return sorting.sort_key(found.label if found else value)
    if field is not None and field.type is Type.REFERENCE:
        with speaking("pl"):
            return sorting.sort_key(lookup.title(field.target, value))
    return sorting.sort_key(value[:LONGEST_TITLE])


@lru_cache(4096)
def _word_key(codes: str, code: str) -> bytes:
    with speaking("pl"):
        return sorting.sort_key(codelists.shipped(codes, code))
