"""Read access to other records for rules and derived values."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.domain import codelists
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import ANY, Field, Merge, Type, Values
from progressus_desktop.store import cipher
from progressus_desktop.store.tables import IN_VALUES, Shape, many, q, shape

LONGEST_TITLE = 120
"""Characters of a name made of a long text (an observation has no other)."""


_WHOLE = frozenset({"person", "photo"})


def column_back(field: Field, value: Any) -> Any:
    """A column's value in the one form of values."""
    if value is None:
        return None
    if field.type is Type.BOOLEAN:
        return bool(value)
    return json.loads(value) if field.type is Type.MATRIX else value


def kept_records(run: Callable[[str], Any]) -> dict[str, str]:
    """For each merged record the one that stands for it."""
    return {row[0]: row[1] for row in run("SELECT id, canonical FROM merged WHERE canonical IS NOT NULL").fetchall()}


@cache
def _converted(entity: str) -> tuple[Field, ...]:
    """The fields whose columns hold something else than their values."""
    return tuple(each for each in shape(entity).scalars if each.type in {Type.BOOLEAN, Type.MATRIX})


def _naming(of: Shape, field: Field, record: str) -> str:
    """Where the live records ``e`` stand whose reference field holds the id that an SQL expression says."""
    if field.type is Type.REFERENCE:
        return f"FROM {q(of.table)} e WHERE e.{q(field.name)} = {record} AND e.deleted = 0"
    source = f"FROM {q(of.child(field))} c JOIN {q(of.table)} e ON e.record_no = c.record_no"
    return f"{source} WHERE c.item_key = {record} AND e.deleted = 0"


class _Rows(list[Any]):
    """Rows that were all read, behind a cursor's verbs."""

    def fetchall(self) -> list[Any]:
        return self

    def fetchone(self) -> Any:
        return self[0] if self else None


def _read_whole(connection: Connection, guard: AbstractContextManager[Any]) -> Callable[..., _Rows]:
    """Reads a statement to its end under the guard: a rollback of another thread would cut an open cursor off."""
    execute = cipher.raw(connection).execute

    def run(sql: str, values: tuple[Any, ...] = ()) -> _Rows:
        with guard:
            return _Rows(execute(sql, values).fetchall())

    return run


class TableLookup:
    """:class:`~progressus_desktop.domain.fields.Lookup` over the tables of one connection.

    Records come with their scalar fields, ``id``, ``code``, ``entry`` and derived columns; sets, maps and
    rows are left out, since no rule of another record needs them, but for those of persons and photos, which
    decide together what may be shown. With ``guard`` the connection is shared with other threads.
    """

    def __init__(
        self, connection: Connection, own_organisation: str, guard: AbstractContextManager[Any] | None = None
    ) -> None:
        self._run: Callable[..., Any] = (
            cipher.raw(connection).execute if guard is None else _read_whole(connection, guard)
        )
        self._own = own_organisation
        self._project: Values | None = None
        self._titles: dict[tuple[str, str], str] = {}
        self._expected: frozenset[str] = frozenset()
        self._held: dict[tuple[str, str], frozenset[str]] = {}
        self._newest: dict[tuple[str, str, tuple[str, str] | None], dict[str, str | None]] = {}
        self._kept: dict[str, str] | None = None

    def forget(self) -> None:
        """Read again what was kept."""
        self._project = None
        self._titles.clear()
        self._kept = None
        self.expect(())

    def kept(self, record_id: str) -> str:
        """The record that stands for this one: another if it was merged, else itself."""
        if self._kept is None:
            self._kept = kept_records(self._run)
        return self._kept.get(record_id, record_id)

    def expect(self, ids: Iterable[str]) -> None:
        """These records are about to be asked about: those that nothing refers to are told apart in one statement.

        The tables must not change until the next call.
        """
        self._expected = frozenset(ids)
        self._held.clear()
        self._newest.clear()

    def resolved(self, entity: str, values: dict[str, Any]) -> dict[str, Any]:
        """The values with the records that stand for merged ones in their references, each once."""
        self.kept("")
        if not self._kept:
            return values
        out = dict(values)
        for field in ENTITIES[entity].fields:
            value = out.get(field.name)
            if field.type is Type.REFERENCE and isinstance(value, str):
                out[field.name] = self.kept(value)
            elif field.type is Type.REFERENCES and isinstance(value, list):
                out[field.name] = sorted({self.kept(each) if isinstance(each, str) else each for each in value})
            elif isinstance(value, list):
                names = [part.name for part in field.parts if part.type is Type.REFERENCE]
                out[field.name] = [self._resolved_item(each, names) for each in value]
        return out

    def _resolved_item(self, item: Any, names: Sequence[str]) -> Any:
        if not isinstance(item, dict):
            return item
        return {**item, **{name: self.kept(item[name]) for name in names if isinstance(item.get(name), str)}}

    def record(self, entity: str, record_id: str) -> Values | None:
        """Fields of that live record, or None."""
        if entity == ANY:
            known = self.entity_of(record_id)
            found = self.record(known, record_id) if known else None
            return {**found, "entity": known} if found is not None else None
        of = shape(entity)
        record_id = self.kept(record_id)
        found = next(self._rows(of, f"FROM {q(of.table)} e WHERE e.id = ? AND e.deleted = 0", record_id), None)
        return {**found, **self._sets(of, record_id)} if found is not None and entity in _WHOLE else found

    def _sets(self, of: Shape, record_id: str) -> dict[str, Any]:
        """Sets, maps and rows of one record."""
        out: dict[str, Any] = {}
        for field in of.children:
            names = ["item_key", *(part.name for part in field.parts)]
            sql = f"SELECT {', '.join('c.' + q(name) for name in names)} FROM {q(of.child(field))} c"
            sql += f" JOIN {q(of.table)} e ON e.record_no = c.record_no WHERE e.id = ? ORDER BY "
            sql += "c.position, c.item_key" if field.merge is Merge.ROWS else "c.item_key"
            rows = self._run(sql, (record_id,)).fetchall()
            if field.merge is Merge.SET:
                items: list[Any] = [row[0] for row in rows]
            else:
                keys = ["key" if field.merge is Merge.ROWS else field.key_name, *names[1:]]
                pairs = (zip(keys, row, strict=True) for row in rows)
                items = [{name: value for name, value in each if value is not None} for each in pairs]
            if items:
                out[field.name] = items
        return out

    def entity_of(self, record_id: str) -> str:
        """The type of a record, empty if it is not here."""
        try:
            key = uuid.UUID(record_id).bytes
        except ValueError:
            return ""
        row = self._run("SELECT entity FROM record WHERE uuid = ?", (key,)).fetchone()
        return str(row[0]) if row is not None and row[0] in ENTITIES else ""

    def linked(self, entity: str, name: str, record_id: str, only: Sequence[str] = ()) -> Iterable[Values]:
        """Live records of ``entity`` whose reference field ``name`` holds ``record_id``."""
        return self._rows(*found, only) if (found := self._source(entity, name, record_id)) else iter(())

    def newest(self, entity: str, name: str, record_id: str, where: tuple[str, str] | None = None) -> str | None:
        """The newest full ``date`` among those records: the index of a reference ends with the date.

        Of the records that are expected it is read for all of them in one statement.
        """
        if entity not in ENTITIES or not ENTITIES[entity].has(name):
            return None
        many_asked = len(self._expected) > 1 and record_id in self._expected
        if not many_asked:
            return self._newest_of(entity, name, where, [self.kept(record_id)]).get(self.kept(record_id))
        known = self._newest.get((entity, name, where))
        if known is None:
            known = self._newest_of(entity, name, where, {self.kept(each) for each in self._expected})
            self._newest[entity, name, where] = known
        return known.get(self.kept(record_id))

    def _newest_of(
        self, entity: str, name: str, where: tuple[str, str] | None, ids: Iterable[str]
    ) -> dict[str, str | None]:
        of = shape(entity)
        given = () if where is None else (where[1],)
        only = "" if where is None else f" AND e.{q(where[0])} = ?"
        source = f"{_naming(of, of.entity.field(name), 'j.value')}{only} AND e.date LIKE '____-__-__'"
        sql = f"SELECT j.value, (SELECT e.date {source} ORDER BY e.date DESC LIMIT 1) FROM json_each(?) j"
        return dict(self._run(sql, (*given, many(ids))).fetchall())

    def _source(self, entity: str, name: str, record_id: str) -> tuple[Shape, str, str] | None:
        """Where the records stand that name this one, and the one that stands for it; None if there are none."""
        held = self._held.get((entity, name))
        if held is not None and record_id in self._expected and record_id not in held:
            return None
        if entity not in ENTITIES or not ENTITIES[entity].has(name):
            return None
        of = shape(entity)
        field = of.entity.field(name)
        if held is None and len(self._expected) > 1:
            self._held[entity, name] = self._referred_to(of, field)
        return of, _naming(of, field, "?"), self.kept(record_id)

    def _referred_to(self, of: Shape, field: Field) -> frozenset[str]:
        """Which of the expected records this field holds anywhere: one look into the index for each of them."""
        single = field.type is Type.REFERENCE
        table, column = (of.table, field.name) if single else (of.child(field), "item_key")
        held = f"EXISTS (SELECT 1 FROM {q(table)} WHERE {q(column)} = j.value)"
        sql = f"SELECT j.value FROM json_each(?) j WHERE {held}"
        return frozenset(row[0] for row in self._run(sql, (many(self._expected),)))

    def _rows(self, of: Shape, source: str, record_id: str, only: Sequence[str] = ()) -> Iterator[Values]:
        names = ["id", "code", "entry", *(only or of.columns)]
        sql = f"SELECT {', '.join('e.' + q(name) for name in names)} {source}"
        for row in self._run(sql, (record_id,)).fetchall():
            values = {name: value for name, value in zip(names, row, strict=True) if value is not None}
            for field in _converted(of.table):
                if field.name in values:
                    values[field.name] = column_back(field, values[field.name])
            yield values

    def project(self) -> Values:
        """Fields of the workspace's project, empty if there is none."""
        if self._project is None:
            of = shape("project")
            sql = f"SELECT id FROM {q(of.table)} WHERE deleted = 0 ORDER BY record_no LIMIT 1"
            found = self._run(sql).fetchone()
            self._project = (self.record("project", found[0]) or {}) if found else {}
        return self._project

    def own_organisation(self) -> str:
        """Id of the organisation this workspace belongs to, empty if none."""
        return "" if self._own == "office" else self._own

    def title(self, entity: str, record_id: str) -> str:
        """The name of a record, empty if it is not here."""
        key = (entity, record_id)
        if key not in self._titles and entity == ANY:
            known = self.entity_of(record_id)
            self._titles[key] = self.title(known, record_id) if known else ""
        if key not in self._titles and self.kept(record_id) != record_id:
            self._titles[key] = self.title(entity, self.kept(record_id))
        if key not in self._titles:
            self._read_titles(shape(entity), "= ?", record_id)
        return self._titles.setdefault(key, "")

    def read_titles(self, entity: str, ids: Iterable[str]) -> None:
        """Read the names of many records at once."""
        wanted = [each for each in ids if (entity, each) not in self._titles]
        if entity == ANY:
            for each in wanted:
                self.title(ANY, each)
        elif wanted:
            self._read_titles(shape(entity), IN_VALUES, many({self.kept(each) for each in wanted}))
            for each in wanted:
                self._titles.setdefault((entity, each), self._titles.get((entity, self.kept(each)), ""))

    def _read_titles(self, of: Shape, condition: str, wanted: str) -> None:
        names = of.entity.title
        rows = self._run(
            f"SELECT id, {', '.join(map(q, names))} FROM {q(of.table)} WHERE id {condition}", (wanted,)
        ).fetchall()
        for place, name in enumerate(names, start=1):
            field = of.entity.field(name)
            if field.type is Type.REFERENCE and len(rows) > 1:
                self.read_titles(field.target, {row[place] for row in rows if row[place]})
        for row in rows:
            words = [self._word(of, name, each) for name, each in zip(names, row[1:], strict=True)]
            self._titles[of.table, row[0]] = " ".join(word for word in words if word)

    def _word(self, of: Shape, name: str, value: Any) -> str:
        field = of.entity.field(name)
        if value and field.type is Type.REFERENCE:
            return self.title(field.target, value)
        if value and field.type is Type.CODE:
            return codelists.shipped(field.codes, value)
        text = str(value or "")
        return text if len(text) <= LONGEST_TITLE else f"{text[: LONGEST_TITLE - 1].rstrip()}…"
