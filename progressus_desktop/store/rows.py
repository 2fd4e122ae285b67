"""Writing the rows of touched records: the record cache, entity tables, sets, maps and rows, counters.

What depends on other rows (derived values, problems, sort keys, search words) follows in ``dependants.py``. A new
row is written outside the lists (``listed = 0``), so that their indexes are written once, by that second step.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from typing import Any

from progressus_desktop.domain import values as forms
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import Field, Merge, Type
from progressus_desktop.domain.fitting import fits, fitted_item
from progressus_desktop.store import compose
from progressus_desktop.store.changes import DELETED, MERGED, Entry, record_text
from progressus_desktop.store.compose import Composed, Heads
from progressus_desktop.store.searchrows import SearchRows
from progressus_desktop.store.tables import IN_VALUES, Shape, many, q, shape

Reference = tuple[str, str]
"""A reference field and the id it holds."""

Kept = Mapping[str, str]
"""For each merged record the one that stands for it: columns name that one, the log stays as it is."""


@dataclass
class Touched:
    """A record that entries change. ``known``: something was known of it before; ``stored``: it has its number.

    ``only`` is the one entry that a new record has so far, None where there is more to put together; ``standing`` its
    state and last own arrival as they are stored.
    """

    no: int
    uuid: bytes
    entity: str
    heads: Heads = field(default_factory=dict)
    own_arrival: int = 0
    stored: bool = True
    known: bool = False
    fields: set[str] = field(default_factory=set)
    now: Composed = field(init=False)
    search_row: int | None = None
    only: Entry | None = None
    standing: tuple[str, int] | None = None

    @cached_property
    def id(self) -> str:
        """The record's id as text."""
        return record_text(self.uuid)

    def begin(self, entry: Entry) -> None:
        """Take the first entry of a new record, which supersedes nothing."""
        self.heads = {name: [entry.id] for name in entry.keys}
        self.only = entry if entry.keys and not {DELETED, MERGED} & entry.keys.keys() else None

    def supersede(self, name: str, superseded: Iterable[bytes]) -> list[bytes]:
        """Take these heads of a key away and note its field as changed; gives those that were no heads."""
        self.fields.add(name.partition("/")[0])
        heads = self.heads.get(name, [])
        strange = []
        for old in superseded:
            if old in heads:
                heads.remove(old)
            else:
                strange.append(old)
        if name in self.heads and not heads:
            del self.heads[name]
        return strange


@dataclass(slots=True)
class Changed:
    """What a write changed that other records may depend on."""

    touched: Touched
    references: set[Reference]
    renamed: bool


def column_value(of: Field, value: Any) -> Any:
    """What a column holds: NULL for nothing and for what is not, or could not be read as, its type."""
    if value is None or forms.is_unread(value) or not fits(of, value):
        return None
    if of.type is Type.BOOLEAN:
        return int(bool(value))
    if isinstance(value, str):
        # SQLite's text ends at NUL for some functions; the log keeps the value whole
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}") if "\0" in value else value
    return plain(value)


@cache
def _places(entity: str) -> dict[str, tuple[int, Callable[[Any], Any]]]:
    """The place of each scalar among the columns, and what turns its value into the column's."""
    scalars = shape(entity).scalars
    return {each.name: (place, _to_column(each)) for place, each in enumerate(scalars)}


def _to_column(of: Field) -> Callable[[Any], Any]:
    usual = partial(column_value, of)
    if of.type in {Type.INTEGER, Type.BOOLEAN, Type.MATRIX, Type.HASH}:
        return usual

    def text(value: Any) -> Any:
        return value if type(value) is str and "\0" not in value else usual(value)

    return text


def plain(value: Any) -> Any:
    """A value as a column keeps it: objects and lists as JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, (dict, list, tuple)) else value


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def is_listed(now: Composed) -> int:
    """Whether the ordinary list shows the record (1) or not (0)."""
    return int(not now.hidden and now.values.get("in_project") is not True)


def write_common(driver: Any, every: Sequence[Touched]) -> None:
    """Write the record cache and the conflicts of all touched records, and the keys of unknown record types."""
    new, old, moved = [], [], []
    for each in every:
        now = each.now
        packed = compose.pack_one(each.only) if each.only is not None else compose.pack(each.heads)
        row = (_text(now.values.get("space")), packed, compose.version(packed), now.changed_ms)
        standing = (now.state, each.own_arrival)
        if not each.stored:
            new.append((*row, *standing, each.no, each.uuid, each.entity))
        elif each.standing == standing:
            old.append((*row, each.no))
        else:
            moved.append((*row, *standing, each.no))
    driver.executemany(
        "INSERT INTO record (space, heads, version, changed_ms, state, last_own_arrival, no, uuid, entity)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        new,
    )
    # state and arrival have indexes, which would be written again with them
    driver.executemany("UPDATE record SET space = ?, heads = ?, version = ?, changed_ms = ? WHERE no = ?", old)
    driver.executemany(
        "UPDATE record SET space = ?, heads = ?, version = ?, changed_ms = ?, state = ?, last_own_arrival = ?"
        " WHERE no = ?",
        moved,
    )
    known = many(each.no for each in every if each.known)
    driver.execute(f"DELETE FROM conflict WHERE record_no {IN_VALUES}", (known,))
    conflicts = []
    for each in every:
        if each.entity in ENTITIES:
            conflicts += [(each.no, name) for name in each.now.conflicts]
            conflicts += [(each.no, "*")] if each.now.edited_after_delete else []
    driver.executemany("INSERT INTO conflict VALUES (?, ?)", conflicts)
    strange = [each for each in every if each.entity not in ENTITIES]
    driver.executemany("DELETE FROM extra WHERE record_no = ?", [(each.no,) for each in strange if each.now.erased])
    unknown = [(each.no, name) for each in strange if not each.now.erased for name in each.heads]
    driver.executemany("INSERT OR IGNORE INTO extra VALUES (?, ?)", unknown)


def write(driver: Any, of: Shape, group: Sequence[Touched], kept: Kept) -> list[Changed]:
    """Write the rows of touched records of one type; gives what changed for others."""
    before = _before(driver, of, [each for each in group if each.known])
    counts: Counter[str] = Counter()
    new: list[tuple[Any, ...]] = []
    old: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    places = _places(of.table)
    for each in group:
        now, row = each.now, before.get(each.no)
        counts[_kind(now.hidden, is_listed(now))] += 1
        get = now.values.get
        scalars: list[Any] = [None] * len(of.scalars)
        for name, value in now.values.items():
            if name in places:
                place, to_column = places[name]
                scalars[place] = to_column(value)
        if kept:
            for place in _reference_places(of.table):
                scalars[place] = kept.get(scalars[place], scalars[place])
        common = (_text(get("code")), _text(get("space")), _text(get("entry")) or "draft", now.hidden)
        if row is None:
            new.append((each.no, each.id, *common, now.changed_ms, *scalars))
        else:
            counts[_kind(row.deleted, row.listed)] -= 1
            each.search_row = row.search_row
            names = _rewritten(of, each, row)
            values = dict(zip(_COMMON, (*common, now.changed_ms), strict=True))
            row_values = [values[name] if name in values else scalars[places[name][0]] for name in names]
            old.setdefault(names, []).append((*row_values, each.no))
    driver.executemany(_insert(of.table), new)
    for names, changed in old.items():
        driver.executemany(_update(of.table, names), changed)
    driver.executemany(
        "INSERT INTO counter VALUES (?, ?, ?) ON CONFLICT (entity, kind) DO UPDATE SET n = n + excluded.n",
        [(of.table, kind, step) for kind, step in counts.items() if step],
    )
    _write_items(driver, of, group, kept)
    return [_changed(of, each, before.get(each.no), kept) for each in group]


def remove(driver: Any, index: SearchRows, of: Shape, group: Sequence[Touched]) -> list[Changed]:
    """Take erased records out of every table and the search index; gives what changed for others."""
    before = _before(driver, of, group)
    for no, row in before.items():
        driver.execute(
            "UPDATE counter SET n = n - 1 WHERE entity = ? AND kind = ?", (of.table, _kind(row.deleted, row.listed))
        )
        if row.search_row is not None:
            index.remove(of, (row.search_row,))
        for table in (of.table, *(of.child(child) for child in of.children)):
            driver.execute(f"DELETE FROM {q(table)} WHERE record_no = ?", (no,))
    return [_changed(of, each, before.get(each.no), {}) for each in group]


def _kind(hidden: int, shown: int) -> str:
    return ("listed" if shown else "apart", "deleted", "merged")[hidden]


@cache
def _reference_places(entity: str) -> tuple[int, ...]:
    """The places of the columns that hold ids of other records."""
    return tuple(n for n, each in enumerate(shape(entity).scalars) if each.type is Type.REFERENCE)


@cache
def _insert(entity: str) -> str:
    of = shape(entity)
    names = ["record_no", "id", "code", "space", "entry", "deleted", "changed_ms", *(f.name for f in of.scalars)]
    marks = ", ".join("?" * len(names))
    return f"INSERT INTO {q(of.table)} (listed, {', '.join(map(q, names))}) VALUES (0, {marks})"


_COMMON = ("code", "space", "entry", "deleted", "changed_ms")


def _rewritten(of: Shape, each: Touched, before: _Before) -> tuple[str, ...]:
    """The columns that changed: writing another one again would cost its indexes for nothing."""
    names: set[str] = {"code", "space", "entry"} & each.fields
    names |= _places(of.table).keys() & each.fields
    if before.deleted != each.now.hidden:
        names.add("deleted")
    return ("changed_ms", *sorted(names))


@cache
def _update(entity: str, names: tuple[str, ...]) -> str:
    return f"UPDATE {q(entity)} SET {', '.join(f'{q(name)} = ?' for name in names)} WHERE record_no = ?"


def _write_items(driver: Any, of: Shape, group: Sequence[Touched], kept: Kept) -> None:
    """Write the items of every set, map and rows field where they changed."""
    written: dict[str, list[tuple[Any, ...]]] = {child.name: [] for child in of.children}
    by_name = {child.name: child for child in of.children}
    emptied: dict[str, list[tuple[int]]] = {}
    for each in group:
        if each.known:
            for name in each.fields & written.keys():
                emptied.setdefault(name, []).append((each.no,))
        for key, value in each.now.values.items():
            name, slash, item = key.partition("/")
            if slash and name in written and (not each.known or name in each.fields):
                fitting = fitted_item(by_name[name], value)
                if fitting is not None:
                    written[name].append((each.no, item, fitting if isinstance(fitting, dict) else {}))
    for child in of.children:
        table = q(of.child(child))
        driver.executemany(f"DELETE FROM {table} WHERE record_no = ?", emptied.get(child.name, ()))
        if written[child.name]:
            items = _of_kept(child, written[child.name], kept) if kept else written[child.name]
            _write_child(driver, table, child, items)


def _of_kept(child: Field, items: Sequence[tuple[Any, ...]], kept: Kept) -> list[tuple[Any, ...]]:
    """Items that name the records that stand for merged ones, each once."""
    if child.type is Type.REFERENCES:
        return list(
            {(no, kept.get(item, item)): (no, kept.get(item, item), parts) for no, item, parts in items}.values()
        )
    names = [part.name for part in child.parts if part.type is Type.REFERENCE]
    return [
        (no, item, {**parts, **{name: kept.get(parts[name], parts[name]) for name in names if name in parts}})
        for no, item, parts in items
    ]


def _write_child(driver: Any, table: str, child: Field, items: Sequence[tuple[Any, ...]]) -> None:
    """Write items: record number, item key, parts."""
    has_place = child.merge is Merge.ROWS
    names = ["record_no", "item_key"] + (["position"] if has_place else []) + [q(p.name) for p in child.parts]
    rows = [
        (
            no,
            item,
            *([forms.position(parts)] if has_place else ()),
            *(column_value(part, parts.get(part.name)) for part in child.parts),
        )
        for no, item, parts in items
    ]
    driver.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", rows)


@dataclass(slots=True)
class _Before:
    """What a record's row said before it is written again."""

    deleted: int
    listed: int
    search_row: int | None
    title: tuple[str, ...]
    references: set[Reference]


def _before(driver: Any, of: Shape, group: Sequence[Touched]) -> dict[int, _Before]:
    if not group:
        return {}
    numbers = many(each.no for each in group)
    single, several = watched(of.table)
    names = [*of.entity.title, *single]
    columns = ", ".join(["record_no", "deleted", "listed", "search_row", *map(q, names)])
    found = {}
    for row in driver.execute(f"SELECT {columns} FROM {q(of.table)} WHERE record_no {IN_VALUES}", (numbers,)):
        title = tuple(str(each or "") for each in row[4 : 4 + len(of.entity.title)])
        held = zip(single, row[4 + len(title) :], strict=True)
        found[row[0]] = _Before(row[1], row[2], row[3], title, {(name, each) for name, each in held if each})
    for name in several:
        table = q(of.child(of.entity.field(name)))
        for row in driver.execute(f"SELECT record_no, item_key FROM {table} WHERE record_no {IN_VALUES}", (numbers,)):
            if row[0] in found:
                found[row[0]].references.add((name, row[1]))
    return found


def _changed(of: Shape, touched: Touched, before: _Before | None, kept: Kept) -> Changed:
    values = touched.now.values
    single, several = watched(of.table)
    references = {(name, values[name]) for name in single if isinstance(values.get(name), str) and values[name]}
    if several:
        heads = ((name, *name.partition("/")) for name in values if "/" in name)
        references |= {(head, item) for _name, head, _slash, item in heads if head in several}
    references = {(name, kept.get(each, each)) for name, each in references} if kept else references
    title = tuple(str(column_value(of.entity.field(n), values.get(n)) or "") for n in of.entity.title)
    if before is not None:
        references |= before.references
    return Changed(touched, references, before is None or before.title != title)


@cache
def watched(entity: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Reference fields of an entity, single and sets, that other records' derived values depend on."""
    of = shape(entity)
    single = tuple(f.name for f in of.scalars if f.type is Type.REFERENCE and needing(entity, f.name))
    return single, tuple(f.name for f in of.children if f.type is Type.REFERENCES and needing(entity, f.name))


@cache
def needing(entity: str, name: str) -> Sequence[str]:
    """The record types with a derived value computed from that field of records that refer to them."""
    wanted = f"{entity}.{name}"
    return [e.name for e in ENTITIES.values() if any(wanted in d.needs for d in e.derived)]
