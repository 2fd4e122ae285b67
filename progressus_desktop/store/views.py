"""What a list shows and in which order, as SQL that reads windows and never a whole table (performance.md)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.domain.fields import Through, Type
from progressus_desktop.domain.sorting import fold
from progressus_desktop.errors import UsageError
from progressus_desktop.store import spoken
from progressus_desktop.store.indexing import NUMBER_MASK, row_id, token
from progressus_desktop.store.tables import Shape, q, sort_column
from progressus_desktop.words import N_, Message

MOST_SORTED = 1_000
"""Hits of a search that are sorted by another column; more stay in order of date and the list says so."""

_STATE_TAGS = {"entry", "errors"}


@dataclass(frozen=True, slots=True)
class View:
    """A list's filter and order. ``order`` is a column ("-date" falls); ``period`` two ISO dates, both included.

    ``on`` is the ISO day on which what holds for a time must hold (a membership); without it any time will do.
    """

    order: str = ""
    text: str = ""
    where: tuple[tuple[str, str], ...] = ()
    period: tuple[str, str] | None = None
    deleted: bool = False
    in_project: bool = False
    on: str = ""

    @property
    def unfiltered(self) -> bool:
        """Whether the list shows everything there is."""
        return not (self.text.strip() or self.where or self.period or self.in_project)


def words_query(text: str, column: str = "words") -> str:
    """A full-text query: every word of ``text``, folded, as the beginning of a word; empty if there is none."""
    found = re.findall(r"\w+", fold(text))
    return f"{column} : ({' AND '.join(chr(34) + word + chr(34) + ' *' for word in found)})" if found else ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A view turned into conditions on one entity's table and index."""

    of: Shape
    view: View
    match: str
    rows: tuple[int, int] | None
    conditions: tuple[tuple[str, Any], ...] = field(default=())

    @property
    def by_index(self) -> bool:
        """Whether the search index alone answers: words, tags and period, nothing else."""
        return bool(self.match) and not self.conditions

    @property
    def order(self) -> tuple[str, bool]:
        """Column and whether it falls."""
        wanted = self.view.order or ("-changed_ms" if self.view.deleted else self.of.entity.order)
        return wanted.lstrip("-"), wanted.startswith("-")

    def where(self) -> tuple[str, list[Any]]:
        """Condition on the table ``e`` and its values."""
        parts = ["e.deleted = 1" if self.view.deleted else "e.deleted = 0"]
        values: list[Any] = []
        if not self.view.deleted and not self.view.in_project:
            parts = ["e.listed = 1"]
        if self.match or self.rows:
            inner, inner_values = self._index_where()
            parts.append(f"e.record_no IN (SELECT rowid & {NUMBER_MASK} FROM {q(self.of.index)} WHERE {inner})")
            values += inner_values
        for sql, value in self.conditions:
            parts.append(sql)
            values += value if isinstance(value, tuple) else [] if value is None else [value]
        return " AND ".join(parts), values

    def _index_where(self) -> tuple[str, list[Any]]:
        parts: list[str] = []
        values: list[Any] = []
        if self.match:
            parts.append(f"{q(self.of.index)} MATCH ?")
            values.append(self.match)
        if self.rows:
            parts.append("rowid BETWEEN ? AND ?")
            values += list(self.rows)
        return " AND ".join(parts), values

    def count(self, connection: Connection) -> int:
        """Exact number of rows."""
        if self.by_index:
            inner, values = self._index_where()
            sql = f"SELECT count(*) FROM {q(self.of.index)} WHERE {inner}"
        else:
            where, values = self.where()
            sql = f"SELECT count(*) FROM {q(self.of.table)} e WHERE {where}"
        return int(connection.exec_driver_sql(sql, tuple(values)).scalar() or 0)

    def numbers(self, connection: Connection, offset: int, limit: int, count: int) -> list[int]:
        """Record numbers of a window; past the middle the list is read from its other end."""
        if self._in_index_order(connection):
            return self._index_numbers(connection, offset, limit)
        column, falls = self.order
        by = self.by(connection, column)
        where, values = self.where()
        backwards = count > 0 and offset > count // 2
        if backwards:
            offset, limit = max(count - offset - limit, 0), min(limit, count - offset)
        way = "ASC" if falls == backwards else "DESC"
        sql = (
            f"SELECT e.record_no FROM {q(self.of.table)} e WHERE {where}"
            f" ORDER BY {by} {way}, e.record_no {way} LIMIT ? OFFSET ?"
        )
        found = [row[0] for row in connection.exec_driver_sql(sql, (*values, limit, offset)).all()]
        return found[::-1] if backwards else found

    def _in_index_order(self, connection: Connection) -> bool:
        if not self.by_index:
            return False
        column, falls = self.order
        if falls and f"-{column}" == self.of.entity.order and self._dated(column):
            return True
        inner, values = self._index_where()
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {q(self.of.index)} WHERE {inner} LIMIT {MOST_SORTED + 1})"
        return int(connection.exec_driver_sql(sql, tuple(values)).scalar() or 0) > MOST_SORTED

    def _dated(self, column: str) -> bool:
        kinds = self.of.kinds
        return kinds.get(column) is Type.DATE

    def _index_numbers(self, connection: Connection, offset: int, limit: int) -> list[int]:
        inner, values = self._index_where()
        sql = f"SELECT rowid FROM {q(self.of.index)} WHERE {inner} ORDER BY rowid DESC LIMIT ? OFFSET ?"
        return [row[0] & NUMBER_MASK for row in connection.exec_driver_sql(sql, (*values, limit, offset))]

    def column(self, name: str) -> str:
        """The column a list is ordered by when it is asked for ``name``.

        Raises:
            UsageError: there is none.
        """
        if name in self.of.sortable:
            return sort_column(self.of, name)
        if name in {"changed_ms", "code", "entry", "errors", "warnings"} or name in self.of.columns:
            return name
        raise UsageError(Message(N_("There is no column “{name}”."), {"name": name}), field=name)

    def by(self, connection: Connection, name: str) -> str:
        """What of table ``e`` a list is ordered by when it is asked for ``name``, in the language spoken.

        Raises:
            UsageError: there is no such column.
        """
        column = self.column(name)
        return spoken.order_by(connection, self.of, name) or f"e.{q(column)}"

    def place(self, connection: Connection, number: int) -> int | None:
        """The place of a record in the list, or None if it is not shown."""
        if not self._shows(connection, number):
            return None
        if self._in_index_order(connection):
            own = f"SELECT search_row FROM {q(self.of.table)} WHERE record_no = ?"
            row = connection.exec_driver_sql(own, (number,)).scalar()
            inner, inner_values = self._index_where()
            sql = f"SELECT count(*) FROM {q(self.of.index)} WHERE {inner} AND rowid > ?"
            return int(connection.exec_driver_sql(sql, (*inner_values, row)).scalar() or 0)
        column, falls = self.order
        by = self.by(connection, column)
        own_sql = f"SELECT {by} FROM {q(self.of.table)} e WHERE e.record_no = ?"
        value = connection.exec_driver_sql(own_sql, (number,)).scalar()
        return self._before(connection, by, value, number, falls=falls)

    def _shows(self, connection: Connection, number: int) -> bool:
        """Whether the list shows a record; the index is asked by the record's row, which reads none of the others."""
        if self.by_index:
            own = f"(SELECT search_row FROM {q(self.of.table)} WHERE record_no = ?)"
            where, values = self._index_where()
            sql = f"SELECT count(*) FROM {q(self.of.index)} WHERE {where} AND rowid = {own}"
        else:
            where, values = self.where()
            sql = f"SELECT count(*) FROM {q(self.of.table)} e WHERE {where} AND e.record_no = ?"
        return bool(connection.exec_driver_sql(sql, (*values, number)).scalar())

    def _before(self, connection: Connection, by: str, value: Any, number: int, *, falls: bool) -> int:
        """Counted in parts that are each a range of the index: one condition with OR reads all of it."""
        where, values = self.where()
        ahead = ">" if falls else "<"
        ranges: list[tuple[str, list[Any]]] = [(f"{by} IS ? AND e.record_no {ahead} ?", [value, number])]
        # NULL sorts before everything in SQLite
        if value is not None:
            ranges.append((f"{by} {ahead} ?", [value]))
        if falls == (value is None):
            ranges.append((f"{by} IS {'NOT ' if falls else ''}NULL", []))
        sql = f"SELECT count(*) FROM {q(self.of.table)} e WHERE {where} AND "
        found = [connection.exec_driver_sql(sql + part, (*values, *of)).scalar() for part, of in ranges]
        return sum(int(each or 0) for each in found)


def clause(_connection: Connection, of: Shape, view: View) -> Clause:
    """The conditions of a view.

    Raises:
        UsageError: an unknown field or a bad date.
    """
    parts: list[str] = []
    conditions: list[tuple[str, Any]] = []
    words = words_query(view.text)
    if words:
        parts.append(words)
    elif view.text.strip():
        conditions.append(("0", None))  # signs only: nothing matches
    for name, value in view.where:
        link = next((each for each in of.entity.through if each.name == name), None)
        if link is not None:
            conditions.append(_through(of, link, value, view.on))
        elif not view.deleted and (name in of.entity.tags or name in _STATE_TAGS):
            parts.append(f'tags : ("{token(name, value)}")')
        else:
            conditions.append(_condition(of, name, value))
    rows = _period(view.period) if view.period else None
    if view.deleted:
        # deleted records are not in the index
        parts, rows = [], None
    if (parts or rows) and not view.in_project and of.entity.has("in_project"):
        parts.append(f'tags : ("{token("listed", "yes")}")')
    return Clause(of, view, " AND ".join(parts), rows, tuple(conditions))


def _period(period: Sequence[str]) -> tuple[int, int]:
    try:
        first, last = date.fromisoformat(period[0]), date.fromisoformat(period[1])
    except ValueError as error:
        raise UsageError(Message(N_("A period needs two dates, for example 2026-01-01 and 2026-08-31."))) from error
    return row_id(first, 0), row_id(last, NUMBER_MASK)


def _through(of: Shape, link: Through, value: str, on: str) -> tuple[str, Any]:
    """The few records that others name are looked up by number: no list is read for them."""
    holds = ""
    if on and link.since and link.until:
        # an end that is a month or a year counts to its last day
        holds = f" AND ? BETWEEN coalesce(m.{q(link.since)}, '') AND coalesce(m.{q(link.until)}, '9') || '~'"
    sql = (
        f"e.record_no IN (SELECT p.record_no FROM {q(link.entity)} m JOIN {q(of.table)} p ON p.id = m.{q(link.by)}"
        f" WHERE m.deleted = 0 AND m.{q(link.name)} = ?{holds})"
    )
    return sql, (value, on) if holds else (value,)


def _condition(of: Shape, name: str, value: str) -> tuple[str, Any]:
    for child in of.children:
        if child.name == name:
            table = q(of.child(child))
            return f"EXISTS (SELECT 1 FROM {table} c WHERE c.record_no = e.record_no AND c.item_key = ?)", value
    types = of.kinds
    if name in types or name in {"id", "code", "space", "entry"}:
        if value == "":
            return f"e.{q(name)} IS NULL", None
        if value.startswith("<=") and types.get(name) in {Type.DATE, Type.INTEGER}:
            return f"e.{q(name)} <= ?", value[2:]
        if types.get(name) is Type.BOOLEAN:
            return f"coalesce(e.{q(name)}, 0) = ?", int(value.lower() in {"true", "1", "yes", "tak"})
        if types.get(name) is Type.INTEGER:
            return f"e.{q(name)} = ?", int(value) if re.fullmatch("-?[0-9]{1,15}", value) else value
        return f"e.{q(name)} = ?", value
    raise UsageError(Message(N_("There is no field “{name}”."), {"name": name}), field=name)
