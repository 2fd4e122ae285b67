"""Entity tables and other caches: a pure function of the log, made from the declarations.

Scalars, matrices and derived values are columns of one table per entity; each set, map and rows field
is a table of its own. When the fingerprint of the declarations changes they are dropped and replayed;
when only the indexes are to be others, those are made anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import Derived, Entity, Field, Merge, Type
from progressus_desktop.store import cipher, schema

REVISION = 3
"""Raise it when the shape of caches or the sort key changes without a declaration changing."""

_WHOLE = {Type.INTEGER, Type.BOOLEAN}
_SORTED_BY_WORDS = {
    Type.TEXT, Type.LONG_TEXT, Type.CODE, Type.GMINA, Type.PHONE, Type.EMAIL, Type.URL, Type.REFERENCE,
}  # fmt: skip
CACHES = ("record", "conflict", "presup", "extra", "counter", "merged")


IN_VALUES = "IN (SELECT value FROM json_each(?))"
"""A condition on any number of texts or numbers, given by :func:`many`: one text of SQL, prepared once."""

IN_BLOBS = "IN (SELECT unhex(value) FROM json_each(?))"
"""The same for ids of bytes, given as hexadecimal digits."""


def many(values: Iterable[str | int]) -> str:
    """The values for :data:`IN_VALUES` or :data:`IN_BLOBS`."""
    return json.dumps(list(values))


def q(name: str) -> str:
    """``name`` quoted for SQL: some fields bear SQL's own words ("end")."""
    return f'"{name}"'


@dataclass(frozen=True, slots=True)
class Shape:
    """How an entity lies in the database."""

    entity: Entity
    scalars: tuple[Field, ...]
    children: tuple[Field, ...]
    sortable: tuple[str, ...]
    by_words: frozenset[str]

    @property
    def table(self) -> str:
        """The entity's table."""
        return self.entity.name

    @property
    def index(self) -> str:
        """The entity's search index."""
        return f"search_{self.entity.name}"

    def child(self, field: Field) -> str:
        """The table of a set, map or rows field."""
        return f"{self.entity.name}_{field.name}"

    @property
    def kinds(self) -> dict[str, Type]:
        """Type of each column."""
        return {f.name: f.type for f in self.scalars} | {d.name: d.type for d in self.entity.derived}

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that hold values, in order: scalars, then derived."""
        return tuple(f.name for f in self.scalars) + tuple(d.name for d in self.entity.derived)


@cache
def shape(name: str) -> Shape:
    """The shape of the entity called ``name``."""
    entity = ENTITIES[name]
    # a code that people give themselves lies where every record has its code
    scalars = tuple(f for f in entity.fields if f.merge in {Merge.SCALAR, Merge.MATRIX} and f.name != "code")
    children = tuple(f for f in entity.fields if f.merge in {Merge.SET, Merge.MAP, Merge.ROWS})
    all_columns: list[Field | Derived] = [*scalars, *entity.derived]
    offered = [f for f in all_columns if f.column or f.name in entity.title]
    order = entity.order.lstrip("-")
    names = dict.fromkeys([f.name for f in offered] + ([order] if order else []))
    kinds = {f.name: f.type for f in all_columns}
    sortable = tuple(n for n in names if n in kinds and kinds[n] is not Type.MATRIX)
    return Shape(entity, scalars, children, sortable, frozenset(n for n in sortable if kinds[n] in _SORTED_BY_WORDS))


def sort_column(of: Shape, name: str) -> str:
    """The column that orders by ``name``."""
    return f"{name}_sort" if name in of.by_words else name


def _type(kind: Type) -> str:
    return "INTEGER" if kind in _WHOLE else "TEXT"


_COMMON = """
CREATE TABLE record (no INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, entity TEXT NOT NULL, space TEXT,
  state TEXT NOT NULL, heads BLOB NOT NULL, version BLOB NOT NULL, changed_ms INTEGER NOT NULL,
  last_own_arrival INTEGER NOT NULL);
CREATE TABLE conflict (record_no INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (record_no, name)) WITHOUT ROWID;
CREATE TABLE presup (id BLOB NOT NULL, name TEXT NOT NULL, record BLOB NOT NULL,
  PRIMARY KEY (id, name, record)) WITHOUT ROWID;
CREATE TABLE extra (record_no INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (record_no, name)) WITHOUT ROWID;
CREATE TABLE counter (entity TEXT NOT NULL, kind TEXT NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (entity, kind)) WITHOUT ROWID;
CREATE TABLE merged (record_no INTEGER PRIMARY KEY, id TEXT NOT NULL, target TEXT NOT NULL, canonical TEXT)
"""


def _entity_sql(of: Shape) -> list[str]:
    columns = ["record_no INTEGER PRIMARY KEY", "id TEXT NOT NULL", "code TEXT", "space TEXT", "entry TEXT"]
    columns += ["deleted INTEGER NOT NULL", "listed INTEGER NOT NULL", "changed_ms INTEGER NOT NULL"]
    columns += ["errors INTEGER", "warnings INTEGER", "search_row INTEGER"]
    columns += [f"{q(f.name)} {_type(f.type)}" for f in of.scalars]
    columns += [f"{q(d.name)} {_type(d.type)}" for d in of.entity.derived]
    columns += [f"{q(sort_column(of, name))} BLOB" for name in of.sortable if name in of.by_words]
    sql = [f"CREATE TABLE {q(of.table)} ({', '.join(columns)})"]
    sql += [_child_sql(of, f) for f in of.children]
    sql.append(
        f"CREATE VIRTUAL TABLE {q(of.index)} USING fts5(words, tags, content='', contentless_delete=1,"
        " tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')"
    )
    return sql


def _child_sql(of: Shape, field: Field) -> str:
    table = q(of.child(field))
    parts = "".join(f", {q(part.name)} {_type(part.type)}" for part in field.parts)
    place = ", position INTEGER" if field.merge is Merge.ROWS else ""
    keys = "record_no INTEGER NOT NULL, item_key TEXT NOT NULL"
    return f"CREATE TABLE {table} ({keys}{place}{parts}, PRIMARY KEY (record_no, item_key)) WITHOUT ROWID"


@cache
def _indexes() -> dict[str, str]:
    """The statement that makes each index, by its name."""
    return _lookups() | {name: made for entity in ENTITIES for name, made in _made(_list_indexes(shape(entity)))}


@cache
def _lookups() -> dict[str, str]:
    found = {"record_by_entity": "record (entity, state)", "record_by_own": "record (entity, last_own_arrival)"}
    for entity in ENTITIES:
        found |= _lookup_indexes(shape(entity))
    return dict(_made(found))


def _made(places: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, place in places.items():
        kind = "UNIQUE INDEX" if place.endswith(" (id)") else "INDEX"
        yield name, f"CREATE {kind} {q(name)} ON {place}"


def _list_indexes(of: Shape) -> dict[str, str]:
    """What lists are ordered by."""
    table = q(of.table)
    found = {
        f"{of.table}_by_{name}": f"{table} ({q(sort_column(of, name))}, record_no, id) WHERE listed = 1"
        for name in of.sortable
    }
    return found | {f"{of.table}_bin": f"{table} (changed_ms, record_no, id) WHERE deleted = 1"}


def _lookup_indexes(of: Shape) -> dict[str, str]:
    """What single records are found by."""
    table, names = q(of.table), {f.name for f in of.scalars}
    # the newest record (held, of an event) that names another is asked for with each save
    dated = ", deleted" + (", status" if "status" in names else "") + ", date" if "date" in names else ""
    found = {f"{of.table}_code": f"{table} (code)", f"{of.table}_id": f"{table} (id)"}
    for f in of.scalars:
        if f.type in {Type.REFERENCE, Type.NIP, Type.REGON, Type.KRS, Type.EMAIL}:
            columns = q(f.name) + (dated if f.type is Type.REFERENCE else "")
            found[f"{of.table}_is_{f.name}"] = f"{table} ({columns})"
    for f in of.children:
        if f.merge is Merge.SET:
            found[f"{of.child(f)}_item"] = f"{q(of.child(f))} (item_key, record_no)"
    return found


@cache
def fingerprint() -> str:
    """A hash that changes with the shape of any cache, but not with its indexes."""
    text = [str(REVISION), _COMMON]
    for name in ENTITIES:
        of = shape(name)
        text += _entity_sql(of)
        text.append(repr([(f.name, f.searchable) for f in of.entity.fields]) + repr(of.entity.tags))
    return hashlib.blake2b("\n".join(text).encode(), digest_size=16).hexdigest()


def create(connection: Connection, *, lists: bool = True) -> None:
    """Make empty caches, guarded against direct writes, and note their fingerprint.

    Without ``lists`` the indexes of the lists are left to :func:`arrange`, when the tables are full: that is faster.
    """
    run = cipher.raw(connection).execute
    for statement in _COMMON.split(";"):
        if statement.strip():
            run(statement)
    names = list(CACHES)
    for entity in ENTITIES:
        of = shape(entity)
        for statement in _entity_sql(of):
            run(statement)
        names += [of.table, *(of.child(f) for f in of.children)]
    for name in names:
        _guard(connection, name)
    for statement in (_indexes() if lists else _lookups()).values():
        run(statement)
    connection.exec_driver_sql("INSERT OR REPLACE INTO setting VALUES ('caches', ?)", (fingerprint(),))
    connection.exec_driver_sql("INSERT OR REPLACE INTO setting VALUES ('cache_tables', ?)", (" ".join(names),))


def arrange(connection: Connection) -> None:
    """Make those indexes that are missing or made otherwise, and remove those that are not wanted any more."""
    there, wanted = _present_indexes(connection), _indexes()
    for name in there.keys() - {name for name, made in wanted.items() if there.get(name) == made}:
        connection.exec_driver_sql(f"DROP INDEX {q(name)}")
    for name, statement in wanted.items():
        if there.get(name) != statement:
            connection.exec_driver_sql(statement)


def arranged(connection: Connection) -> bool:
    """Whether the indexes are those that this program wants."""
    return _present_indexes(connection) == _indexes()


def _present_indexes(connection: Connection) -> dict[str, str]:
    sql = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    return {name: made for name, table, made in connection.exec_driver_sql(sql) if table in _cache_tables()}


@cache
def _cache_tables() -> frozenset[str]:
    every = (shape(entity) for entity in ENTITIES)
    return frozenset(CACHES).union(*({of.table, *(of.child(f) for f in of.children)} for of in every))


def drop(connection: Connection) -> None:
    """Remove all caches, also those of an older program's declarations."""
    row = connection.exec_driver_sql("SELECT value FROM setting WHERE name = 'cache_tables'").first()
    known = row[0].split() if row else []
    search = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'")
    for name in [*known, *(each[0] for each in search.all())]:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {q(name)}")


def current(connection: Connection) -> bool:
    """Whether the caches fit this program's declarations."""
    row = connection.exec_driver_sql("SELECT value FROM setting WHERE name = 'caches'").first()
    return row is not None and row[0] == fingerprint()


def guard_log(connection: Connection) -> None:
    """Let the database itself refuse a write to the log outside a commit."""
    for name in schema.GUARDED:
        _guard(connection, name)


@contextmanager
def unguarded(connection: Connection, *, really: bool) -> Iterator[None]:
    """Inside a long write of the store's own, the tables without their guards, which cost a seventh of its time.

    They come back with the block's end, or with the rollback that an error brings. Without ``really`` they stay.
    """
    run = cipher.raw(connection).execute
    names = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard~_%' ESCAPE '~'"
    guards = run(names).fetchall() if really else []
    for name, _sql in guards:
        run(f"DROP TRIGGER {q(name)}")
    yield
    for _name, sql in guards:
        run(sql)


def _guard(connection: Connection, table: str) -> None:
    for verb in ("INSERT", "UPDATE", "DELETE"):
        cipher.raw(connection).execute(
            f"CREATE TRIGGER {q(f'guard_{table}_{verb.lower()}')} BEFORE {verb} ON {q(table)}"
            " WHEN progressus_writing() = 0 BEGIN SELECT RAISE(ABORT, 'only a commit may write here'); END"
        )
