"""Taking back a whole import: for each record the changes that make it say what it would say without it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.domain import values as forms
from progressus_desktop.store import compose, undo
from progressus_desktop.store.changes import ANCHORS, DELETED, MERGED, Change, Entry, decode
from progressus_desktop.store.compose import Heads
from progressus_desktop.store.undo import MovedOnError

Clash = tuple[str, str, str, Any, Any]


def imported(connection: Connection, numbers: list[int]) -> list[Entry]:
    """The entries that imports brought, in the order in which they came."""
    marks = ", ".join("?" * len(numbers))
    rows = connection.exec_driver_sql(
        f"SELECT id, body FROM log_change WHERE import_no IN ({marks}) ORDER BY arrival", tuple(numbers)
    )
    return [decode(bytes(row[0]), bytes(row[1])) for row in rows]


def inverse_of(connection: Connection, entries: list[Entry]) -> list[Change]:
    """The changes that take these entries back.

    Raises:
        MovedOnError: a key one of them wrote was written again since by something else.
    """
    by_record: dict[bytes, set[bytes]] = {}
    for entry in entries:
        by_record.setdefault(entry.record, set()).add(entry.id)
    clashes: list[Clash] = []
    out: list[Change] = []
    for record, ids in by_record.items():
        out += _Record(connection, record, ids).inverse(clashes)
    if clashes:
        raise MovedOnError(clashes)
    return out


class _Record:
    """One record with and without what an import brought."""

    def __init__(self, connection: Connection, record: bytes, ids: set[bytes]) -> None:
        rows = connection.exec_driver_sql(
            "SELECT id, body FROM log_change WHERE record_no = (SELECT no FROM record WHERE uuid = ?)", (record,)
        )
        self._ids = ids
        self._known = {bytes(row[0]): decode(bytes(row[0]), bytes(row[1])) for row in rows}
        self._kept = [entry for entry in self._known.values() if entry.id not in ids]
        self._heads = compose.heads_of(self._known.values())
        self._before = compose.heads_of(self._kept)
        self._entity = next(iter(self._known.values())).entity
        self._id = str(uuid.UUID(bytes=record))

    def inverse(self, clashes: list[Clash]) -> list[Change]:
        """The changes of this record; keys that moved on are added to ``clashes``."""
        now, was = (compose.compose(heads, self._known) for heads in (self._heads, self._before))
        if not self._kept or was.deleted:
            return [] if now.deleted else [self._deletion()]
        first: dict[str, tuple[Any, tuple[bytes, ...]]] = {}
        more: list[dict[str, tuple[Any, tuple[bytes, ...]]]] = []
        for name in dict.fromkeys(name for each in self._ids for name in self._known[each].keys):
            taken = [head for head in self._heads.get(name, []) if head in self._ids]
            if not taken:
                self._note_moved(name, clashes)
                continue
            # without these no record can be: they stay where somebody went on with one that the import made
            if name in ANCHORS and name not in self._before:
                continue
            value, superseded, others = _write(name, self._heads[name], self._before, self._known, set(taken))
            first[name] = (value, superseded)
            for place, other in enumerate(others):
                more += [{}] if place == len(more) else []
                more[place][name] = (other, ())
        if not first:
            return []
        return self._with_edges([first, *more])

    def _with_edges(self, every: list[dict[str, tuple[Any, tuple[bytes, ...]]]]) -> list[Change]:
        """Of these keys the edges are changes of their own."""
        edges = [keys.pop(MERGED) for keys in every if MERGED in keys]
        out = [
            undo.merge(self._entity, self._id, value, {**self._heads, MERGED: list(superseded)})
            for value, superseded in edges
        ]
        first = every[0]
        kind = "save" if DELETED not in first else "restore" if first[DELETED][0] else "delete"
        kinds = [kind, *["save"] * (len(every) - 1)]
        return [*out, *(Change(k, self._entity, self._id, keys) for k, keys in zip(kinds, every, strict=True) if keys)]

    def _deletion(self) -> Change:
        everything = tuple(sorted({head for each in self._heads.values() for head in each}))
        return Change("delete", self._entity, self._id, {DELETED: (None, everything)})

    def _note_moved(self, name: str, clashes: list[Clash]) -> None:
        """Somebody wrote this key again, knowing what the import had brought."""
        if any(name in entry.keys and self._ids & set(entry.keys[name][1]) for entry in self._kept):
            heads = self._heads.get(name, [])
            shown = compose.compose({name: heads}, self._known).values.get(name) if heads and name != DELETED else None
            clashes.append((self._entity, self._id, name, None, shown))


def _write(
    name: str, heads: Sequence[bytes], before: Heads, known: dict[bytes, Entry], taken: set[bytes]
) -> tuple[Any, tuple[bytes, ...], list[Any]]:
    """What to write, superseding what, and what else to write beside it: a question that stood here stands again."""
    kept = [head for head in heads if head not in taken]
    gone = compose.distinct(name, [known[head] for head in before.get(name, []) if head not in kept])
    values = [known[head].keys[name][0] for head in kept]
    wanted = [value for value in gone if not any(forms.same(value, each) for each in values)]
    if wanted:
        return wanted[0], tuple(sorted(taken)), wanted[1:]
    if not kept:
        return (True if name == DELETED else None), tuple(sorted(taken)), []
    value = compose.distinct(name, [known[head] for head in kept])[0]
    same = {head for head in kept if forms.same(known[head].keys[name][0], value)}
    return value, tuple(sorted(taken | same)), []
