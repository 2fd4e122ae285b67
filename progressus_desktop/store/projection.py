"""From log entries to tables: heads, entity rows, derived values, problems, search index, counters.

The same code projects a save, a replay and a foreign package, in any order and any batch.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.domain import codelists, sorting, territory, validation
from progressus_desktop.domain import values as forms
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import ANY, Field, Level, Merge, Type
from progressus_desktop.store import cipher, compose, indexing
from progressus_desktop.store.changes import Entry
from progressus_desktop.store.compose import Composed, Heads
from progressus_desktop.store.looking import LONGEST_TITLE, TableLookup
from progressus_desktop.store.tables import Shape, q, shape, sort_column
from progressus_desktop.words import speaking


@dataclass(slots=True)
class _Touched:
    no: int
    uuid: bytes
    entity: str
    heads: Heads
    is_new: bool
    own_arrival: int
    old_refs: dict[tuple[str, str], set[str]]
    old_title: str | None = None


class Projector:
    """Projects entries inside one open transaction; ``space`` is whose relations count as one's own."""

    def __init__(self, connection: Connection, space: str) -> None:
        self.connection = connection
        # The driver itself: of a save's twenty small statements SQLAlchemy's part costs more than SQLite's.
        driver = cipher.raw(connection)
        self._run, self._run_many = driver.execute, driver.executemany
        self.space = space
        self.lookup = TableLookup(connection, space)
        self.fresh: dict[bytes, Entry] = {}
        self._touched: dict[bytes, _Touched] = {}

    def number(self, record: bytes, entity: str) -> int:
        """The record's number; an unknown record gets the next one."""
        return self._load(record, entity).no

    def is_new(self, record: bytes, entity: str) -> bool:
        """Whether nothing is known of this record yet."""
        return self._load(record, entity).is_new

    def _load(self, record: bytes, entity: str) -> _Touched:
        known = self._touched.get(record)
        if known is not None:
            return known
        found = self._run("SELECT no, heads, last_own_arrival FROM record WHERE uuid = ?", (record,)).fetchone()
        if found is None:
            cursor = self._run(
                "INSERT INTO record (uuid, entity, state, heads, version, changed_ms, last_own_arrival)"
                " VALUES (?, ?, 'placeholder', x'80', x'', 0, 0)",
                (record, entity),
            )
            made = _Touched(int(cursor.lastrowid), record, entity, {}, is_new=True, own_arrival=0, old_refs={})
        else:
            heads = compose.unpack(bytes(found[1]))
            made = _Touched(found[0], record, entity, heads, not heads, found[2], {})
        self._touched[record] = made
        return made

    def take(self, entry: Entry, *, arrival: int, own: bool) -> None:
        """Let one entry that the log already holds change the heads of its record."""
        touched = self._load(entry.record, entry.entity)
        self.fresh[entry.id] = entry
        if own:
            touched.own_arrival = arrival
        for name, (_value, superseded) in entry.keys.items():
            heads = touched.heads.setdefault(name, [])
            for old in superseded:
                if old in heads:
                    heads.remove(old)
                elif not own and not self._known(old, arrival):
                    self._run("INSERT OR IGNORE INTO presup VALUES (?, ?)", (old, name))
            if own or not self._superseded_before(entry.id, name):
                heads.append(entry.id)
            if not heads:
                del touched.heads[name]

    def _known(self, change_id: bytes, arrival: int) -> bool:
        # In a replay the log holds later changes too; only earlier ones have had their turn.
        if change_id in self.fresh:
            return True
        sql = "SELECT 1 FROM log_change WHERE id = ? AND arrival < ?"
        return self._run(sql, (change_id, arrival)).fetchone() is not None

    def _superseded_before(self, change_id: bytes, name: str) -> bool:
        done = self._run("DELETE FROM presup WHERE id = ? AND name = ?", (change_id, name))
        return bool(done.rowcount > 0)

    def finish(self) -> None:
        """Write rows, then what depends on other rows, of everything touched."""
        composed: dict[bytes, Composed] = {}
        for touched in self._touched.values():
            if touched.entity in ENTITIES:
                composed[touched.uuid] = self._write_record(touched)
            else:
                self._write_unknown(touched)
        self.lookup.forget()
        pending: dict[tuple[str, str], None] = {}
        for touched in self._touched.values():
            if touched.entity in ENTITIES:
                pending[touched.entity, str(uuid.UUID(bytes=touched.uuid))] = None
        for dependant in self._dependants():
            pending[dependant] = None
        for entity, record_id in pending:
            self._write_dependent(entity, record_id, composed.get(uuid.UUID(record_id).bytes))
        self._touched.clear()
        self.fresh.clear()

    def _write_unknown(self, touched: _Touched) -> None:
        packed = compose.pack(touched.heads)
        self._store(touched, packed, "live", None, 0)
        for name in touched.heads:
            self._run("INSERT OR IGNORE INTO extra VALUES (?, ?)", (touched.no, name))

    def _store(self, touched: _Touched, packed: bytes, state: str, space: str | None, changed_ms: int) -> None:
        self._run(
            "UPDATE record SET space = ?, state = ?, heads = ?, version = ?, changed_ms = ?, last_own_arrival = ?"
            " WHERE no = ?",
            (space, state, packed, compose.version(packed), changed_ms, touched.own_arrival, touched.no),
        )

    def _write_record(self, touched: _Touched) -> Composed:
        ids = {head for each in touched.heads.values() for head in each}
        for each in touched.heads.values():
            each.sort()
        now = compose.compose(touched.heads, compose.entries(self.connection, ids, self.fresh))
        packed = compose.pack(touched.heads)
        space = now.values.get("space")
        self._store(touched, packed, now.state, space if isinstance(space, str) else None, now.changed_ms)
        self._note_conflicts(touched.no, now)
        of = shape(touched.entity)
        touched.old_refs = self._references(of, touched.no)
        touched.old_title = self._title(of, touched.no)
        if now.erased:
            self._remove_row(of, touched.no)
            return now
        self._write_row(of, touched, now)
        for field in of.children:
            self._write_child(of, field, touched, now)
        return now

    def _remove_row(self, of: Shape, no: int) -> None:
        """An erased record stands in no table and no index."""
        before = self._run(
            f"SELECT deleted, listed, search_row FROM {q(of.table)} WHERE record_no = ?", (no,)
        ).fetchone()
        if before is None:
            return
        self._count(of.table, -1, before[0], before[1])
        if before[2] is not None:
            self._run(f"DELETE FROM {q(of.index)} WHERE rowid = ?", (before[2],))
        self._run(f"DELETE FROM {q(of.table)} WHERE record_no = ?", (no,))
        for field in of.children:
            self._run(f"DELETE FROM {q(of.child(field))} WHERE record_no = ?", (no,))

    def _note_conflicts(self, no: int, now: Composed) -> None:
        self._run("DELETE FROM conflict WHERE record_no = ?", (no,))
        for name in now.conflicts:
            self._run("INSERT INTO conflict VALUES (?, ?)", (no, name))
        if now.edited_after_delete:
            self._run("INSERT INTO conflict VALUES (?, '*')", (no,))

    def _write_row(self, of: Shape, touched: _Touched, now: Composed) -> None:
        listed = int(not now.deleted and now.values.get("in_project") is not True)
        before = self._run(
            f"SELECT deleted, listed, search_row FROM {q(of.table)} WHERE record_no = ?", (touched.no,)
        ).fetchone()
        self._count(of.table, -1, before[0], before[1]) if before else None
        self._count(of.table, 1, int(now.deleted), listed)
        common = ("record_no", "id", "code", "space", "entry", "deleted", "listed", "changed_ms", "search_row")
        row: list[Any] = [
            touched.no, str(uuid.UUID(bytes=touched.uuid)), _text(now.values.get("code")),
            _text(now.values.get("space")), _text(now.values.get("entry")) or "draft", int(now.deleted), listed,
            now.changed_ms, before[2] if before else None,
        ]  # fmt: skip
        row += [column_value(f, now.values.get(f.name)) for f in of.scalars]
        names = ", ".join(q(name) for name in (*common, *(f.name for f in of.scalars)))
        marks = ", ".join("?" * len(row))
        self._run(f"INSERT OR REPLACE INTO {q(of.table)} ({names}) VALUES ({marks})", tuple(row))

    def _count(self, entity: str, step: int, deleted: int, listed: int) -> None:
        kind = "deleted" if deleted else "listed" if listed else "apart"
        self._run(
            "INSERT INTO counter VALUES (?, ?, ?) ON CONFLICT (entity, kind) DO UPDATE SET n = n + excluded.n",
            (entity, kind, step),
        )

    def _write_child(self, of: Shape, field: Field, touched: _Touched, now: Composed) -> None:
        prefix = f"{field.name}/"
        items = {k[len(prefix) :]: v for k, v in now.values.items() if k.startswith(prefix)}
        table = q(of.child(field))
        if not touched.is_new:
            self._run(f"DELETE FROM {table} WHERE record_no = ?", (touched.no,))
        if not items:
            return
        has_place = field.merge is Merge.ROWS
        names = ["record_no", "item_key"] + (["position"] if has_place else []) + [q(p.name) for p in field.parts]
        rows = []
        for item, value in items.items():
            parts = value if isinstance(value, Mapping) else {}
            place = [parts.get(forms.POSITION)] if has_place else []
            rows.append((touched.no, item, *place, *(column_value(p, parts.get(p.name)) for p in field.parts)))
        self._run_many(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", rows)

    def _references(self, of: Shape, no: int) -> dict[tuple[str, str], set[str]]:
        """What the rows say this record refers to, before they are written again."""
        out: dict[tuple[str, str], set[str]] = {}
        single, several = _watched(of.table)
        if single:
            sql = f"SELECT {', '.join(map(q, single))} FROM {q(of.table)} WHERE record_no = ?"
            row = self._run(sql, (no,)).fetchone() or [None] * len(single)
            out = {(of.table, name): {value} if value else set() for name, value in zip(single, row, strict=True)}
        for name in several:
            sql = f"SELECT item_key FROM {q(of.child(of.entity.field(name)))} WHERE record_no = ?"
            out[of.table, name] = {row[0] for row in self._run(sql, (no,))}
        return out

    def _title(self, of: Shape, no: int) -> str | None:
        names = ", ".join(q(name) for name in of.entity.title)
        row = self._run(f"SELECT {names} FROM {q(of.table)} WHERE record_no = ?", (no,)).fetchone()
        return None if row is None else "\0".join(str(each or "") for each in row)

    def _dependants(self) -> Iterable[tuple[str, str]]:
        """Records whose derived values, problems or search words depend on what was touched."""
        for touched in list(self._touched.values()):
            if touched.entity not in ENTITIES:
                continue
            of = shape(touched.entity)
            present = self._references(of, touched.no)
            for key, old in touched.old_refs.items():
                for target in old | present.get(key, set()):
                    for entity in _needed(*key):
                        yield entity, target
            yield from self._following(touched.entity, str(uuid.UUID(bytes=touched.uuid)))
            if touched.old_title is not None and touched.old_title != self._title(of, touched.no):
                yield from self._referring(touched.entity, str(uuid.UUID(bytes=touched.uuid)))
            if touched.entity == "project":
                yield from self._everything()

    def _following(self, entity: str, record_id: str) -> Iterable[tuple[str, str]]:
        """Records with a derived value computed from this one, which they name."""
        yield from self._naming(_followed(entity), record_id)

    def _referring(self, entity: str, record_id: str) -> Iterable[tuple[str, str]]:
        yield from self._naming(indexing.referring(entity), record_id)

    def _naming(self, fields: Iterable[tuple[str, Field]], record_id: str) -> Iterable[tuple[str, str]]:
        for other, field in fields:
            of = shape(other)
            if field.type is Type.REFERENCE:
                sql = f"SELECT id FROM {q(of.table)} WHERE {q(field.name)} = ?"
            else:
                sql = (
                    f"SELECT e.id FROM {q(of.child(field))} c JOIN {q(of.table)} e ON e.record_no = c.record_no"
                    " WHERE c.item_key = ?"
                )
            for row in self._run(sql, (record_id,)).fetchall():
                yield other, row[0]

    def _everything(self) -> Iterable[tuple[str, str]]:
        for name in ENTITIES:
            for row in self._run(f"SELECT id FROM {q(name)}").fetchall():
                yield name, row[0]

    def _write_dependent(self, entity: str, record_id: str, now: Composed | None) -> None:
        of = shape(entity)
        found = self._run(
            f"SELECT record_no, deleted, search_row FROM {q(of.table)} WHERE id = ?"
            if now is None
            else f"SELECT record_no, deleted, search_row FROM {q(of.table)} WHERE record_no ="
            " (SELECT no FROM record WHERE uuid = ?)",
            (record_id if now is None else uuid.UUID(record_id).bytes,),
        ).fetchone()
        if found is None:
            return
        if now is None:
            packed = self._run("SELECT heads FROM record WHERE no = ?", (found[0],)).fetchone()
            heads = compose.unpack(bytes(packed[0]) if packed else b"\x80")
            now = compose.compose(heads, compose.entries(self.connection, {h for e in heads.values() for h in e}))
        values = compose.fields(entity, now.values) | {"id": record_id}
        problems = validation.check(of.entity, values, self.lookup)
        errors = sum(p.level is Level.ERROR for p in problems)
        derived = {d.name: d.compute(values, self.lookup) for d in of.entity.derived}
        row = indexing.replace(self.connection, of, found, values | derived, self.lookup, errors)
        sets: dict[str, Any] = {"errors": errors, "warnings": len(problems) - errors, "search_row": row}
        sets |= {d.name: _plain(derived[d.name]) for d in of.entity.derived}
        sets |= {sort_column(of, name): sort_value(of, name, values | derived, self.lookup) for name in of.by_words}
        names = ", ".join(f"{q(name)} = ?" for name in sets)
        sql = f"UPDATE {q(of.table)} SET {names} WHERE record_no = ?"
        self._run(sql, (*sets.values(), found[0]))


@cache
def _watched(entity: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Reference fields of an entity, single and sets, that other records' derived values depend on."""
    of = shape(entity)
    single = tuple(f.name for f in of.scalars if f.type is Type.REFERENCE and _needed(entity, f.name))
    return single, tuple(f.name for f in of.children if f.type is Type.REFERENCES and _needed(entity, f.name))


@cache
def _needed(entity: str, name: str) -> Sequence[str]:
    wanted = f"{entity}.{name}"
    return [e.name for e in ENTITIES.values() if any(wanted in d.needs for d in e.derived)]


@cache
def _followed(target: str) -> tuple[tuple[str, Field], ...]:
    """Reference fields that may name a record of ``target`` and from which their own records are computed."""
    return tuple(
        (of.name, of.field(name))
        for of in ENTITIES.values()
        for name in dict.fromkeys(name for each in of.derived for name in each.follows)
        if of.field(name).target in {target, ANY}
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _plain(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, (dict, list, tuple)) else value


def column_value(field: Field, value: Any) -> Any:
    """What a column holds: NULL for nothing and for text that could not be read as its type."""
    if value is None or forms.is_unread(value):
        return None
    if field.type is Type.BOOLEAN:
        return int(bool(value))
    if isinstance(value, str):
        # SQLite's text ends at NUL for some functions; the log keeps the value whole
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return _plain(value)


def sort_value(of: Shape, name: str, values: Mapping[str, Any], lookup: TableLookup) -> bytes | None:
    """The Polish sort key of a column's words; codes sort by their Polish word."""
    value = values.get(name)
    if not isinstance(value, str) or not value:
        return None
    field = of.entity.field(name) if of.entity.has(name) else None
    if field is not None and field.type is Type.CODE:
        with speaking("pl"):
            return sorting.sort_key(codelists.shipped(field.codes, value))
    if field is not None and field.type is Type.GMINA:
        found = territory.gmina(value)
        return sorting.sort_key(found.label if found else value)
    if field is not None and field.type is Type.REFERENCE:
        with speaking("pl"):
            return sorting.sort_key(lookup.title(field.target, value))
    return sorting.sort_key(value[:LONGEST_TITLE])
