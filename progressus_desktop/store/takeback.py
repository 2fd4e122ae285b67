"""Taking back a whole import: for each record one change that makes it what it was before."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.store import compose
from progressus_desktop.store.changes import DELETED, Change, Entry, decode
from progressus_desktop.store.undo import MovedOnError


def imported(connection: Connection, numbers: list[int]) -> list[Entry]:
    """The entries that imports brought, in the order in which they came."""
    marks = ", ".join("?" * len(numbers))
    rows = connection.exec_driver_sql(
        f"SELECT id, body FROM log_change WHERE import_no IN ({marks}) ORDER BY arrival", tuple(numbers)
    )
    return [decode(bytes(row[0]), bytes(row[1])) for row in rows]


def inverse_of(connection: Connection, entries: list[Entry]) -> list[Change]:
    """The changes that take these entries back, one for each record.

    Raises:
        MovedOnError: a key one of them wrote was written again since by something else.
    """
    by_record: dict[bytes, list[Entry]] = {}
    for entry in entries:
        by_record.setdefault(entry.record, []).append(entry)
    clashes: list[tuple[str, str, str, Any, Any]] = []
    out = []
    for record, brought in by_record.items():
        change = _inverse(connection, record, brought, clashes)
        if change is not None:
            out.append(change)
    if clashes:
        raise MovedOnError(clashes)
    return out


def _inverse(
    connection: Connection, record: bytes, brought: list[Entry], clashes: list[tuple[str, str, str, Any, Any]]
) -> Change | None:
    entity, key = brought[0].entity, str(uuid.UUID(bytes=record))
    ids = {entry.id for entry in brought}
    packed = connection.exec_driver_sql("SELECT heads FROM record WHERE uuid = ?", (record,)).scalar_one()
    heads = compose.unpack(bytes(packed))
    everything = {head for each in heads.values() for head in each}
    others = connection.exec_driver_sql(
        "SELECT id FROM log_change WHERE record_no = (SELECT no FROM record WHERE uuid = ?)", (record,)
    )
    if {bytes(row[0]) for row in others} <= ids:
        return Change("delete", entity, key, {DELETED: (None, tuple(sorted(everything)))})
    known = compose.entries(connection, everything | {old for e in brought for _v, o in e.keys.values() for old in o})
    keys: dict[str, tuple[Any, tuple[bytes, ...]]] = {}
    for name in {name for entry in brought for name in entry.keys}:
        now = heads.get(name, [])
        if not any(head in ids for head in now):
            if any(name in entry.keys and not _superseded_inside(entry, name, brought) for entry in brought):
                value = compose.compose({name: now}, known).values.get(name) if now and name != DELETED else None
                clashes.append((entity, key, name, None, value))
            continue
        keys[name] = (_before(name, now, ids, brought, known), tuple(now))
    if not keys:
        return None
    kind = "save" if DELETED not in keys else "restore" if keys[DELETED][0] else "delete"
    return Change(kind, entity, key, keys)


def _superseded_inside(entry: Entry, name: str, brought: list[Entry]) -> bool:
    return any(name in other.keys and entry.id in other.keys[name][1] for other in brought)


def _before(name: str, now: list[bytes], ids: set[bytes], brought: list[Entry], known: dict[bytes, Entry]) -> Any:
    """The value that stood here before the import: the other head of a conflict, else what was replaced."""
    kept = [known[head] for head in now if head not in ids]
    if not kept:
        replaced = {old for entry in brought if name in entry.keys for old in entry.keys[name][1]} - ids
        kept = [known[old] for old in replaced if old in known and name in known[old].keys]
    if kept:
        return max(kept, key=lambda entry: (entry.hlc, entry.id)).keys[name][0]
    return True if name == DELETED else None
