"""Undo and redo are new commits with the inverse changes; the log never shrinks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from progressus_desktop.domain import values as forms
from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ConflictError
from progressus_desktop.store import cipher, compose, query
from progressus_desktop.store.changes import DELETED, MERGED, Change, Entry, decode, joined
from progressus_desktop.store.tables import IN_BLOBS, IN_VALUES, many
from progressus_desktop.words import N_, Message

if TYPE_CHECKING:
    from progressus_desktop.store.workspace import Workspace

Progress = Callable[[int, int], None]
_AT_ONCE = 1_000
_NOT_ERASED = (
    "EXISTS (SELECT 1 FROM log_change c JOIN record r ON r.no = c.record_no"
    " WHERE c.commit_no = {commit}.number AND r.state <> 'erased')"
)
"""Something of the commit is still there: of what was erased nothing can be brought back."""
_NOT_UNDOABLE = ("undo", "redo", "package", "erase", "setup")


@dataclass(frozen=True, slots=True)
class CommitInfo:
    """A commit that could be undone or redone; ``at_ms`` is UTC, ``changes`` how many changes it wrote."""

    number: int
    kind: str
    label: str
    at_ms: int
    changes: int


class MovedOnError(ConflictError):
    """A value changed after the commit that was to be undone; ``clashes`` are (entity, record, field, was, now)."""

    def __init__(self, clashes: list[tuple[str, str, str, Any, Any]]) -> None:
        message = Message(N_("This was not undone: the value was changed again later."))
        hint = Message(N_("Nothing was changed. Open the record's history and decide which value should stay."))
        super().__init__(message, hint=hint, field=clashes[0][2])
        self.clashes = clashes


def next_undo(ws: Workspace) -> CommitInfo | None:
    """The newest own commit that is neither an undo nor undone, or None."""
    with ws.reading() as connection:
        marks = ", ".join("?" * len(_NOT_UNDOABLE))
        row = connection.exec_driver_sql(
            "SELECT k.number FROM log_commit k WHERE k.device IN (SELECT id FROM replica WHERE own = 1)"
            f" AND k.kind NOT IN ({marks}) AND NOT EXISTS ("
            "   SELECT 1 FROM log_commit u WHERE u.undoes = k.number AND u.kind = 'undo' AND NOT EXISTS ("
            "     SELECT 1 FROM log_commit r WHERE r.undoes = u.number AND r.kind = 'redo'))"
            f" AND {_NOT_ERASED.format(commit='k')} ORDER BY k.number DESC LIMIT 1",
            _NOT_UNDOABLE,
        ).first()
        return _info(connection, row[0]) if row else None


def next_redo(ws: Workspace) -> CommitInfo | None:
    """The newest undo that was not redone and has no ordinary commit after it, or None."""
    with ws.reading() as connection:
        row = connection.exec_driver_sql(
            "SELECT u.number FROM log_commit u WHERE u.kind = 'undo'"
            " AND u.device IN (SELECT id FROM replica WHERE own = 1)"
            " AND NOT EXISTS (SELECT 1 FROM log_commit r WHERE r.undoes = u.number AND r.kind = 'redo')"
            " AND NOT EXISTS (SELECT 1 FROM log_commit k WHERE k.number > u.number AND k.kind NOT IN ('undo', 'redo')"
            "   AND k.device = u.device)"
            f" AND {_NOT_ERASED.format(commit='u')} ORDER BY u.number DESC LIMIT 1"
        ).first()
        return _info(connection, row[0]) if row else None


def _info(connection: Connection, number: int) -> CommitInfo:
    row = connection.exec_driver_sql(
        "SELECT kind, label, at_ms, undoes FROM log_commit WHERE number = ?", (number,)
    ).one()
    label = row[1]
    if row[0] == "undo" and row[3] is not None:
        label = connection.exec_driver_sql("SELECT label FROM log_commit WHERE number = ?", (row[3],)).scalar()
    count = connection.exec_driver_sql("SELECT count(*) FROM log_change WHERE commit_no = ?", (number,)).scalar()
    return CommitInfo(number, row[0], str(label or ""), row[2], int(count or 0))


def _uuid(record: bytes) -> str:
    import uuid

    return str(uuid.UUID(bytes=record))


def _entries(connection: Connection, number: int) -> list[Entry]:
    rows = connection.exec_driver_sql("SELECT id, body FROM log_change WHERE commit_no = ? ORDER BY arrival", (number,))
    return [decode(bytes(row[0]), bytes(row[1])) for row in rows]


def undo(ws: Workspace, progress: Progress | None = None) -> Committed | None:
    """Undo the newest own commit; None if there is nothing to undo. ``progress`` may raise to give up.

    Raises:
        MovedOnError: a value moved on since; nothing was written.
    """
    found = next_undo(ws)
    return undo_commit(ws, found.number, progress=progress) if found else None


def redo(ws: Workspace, progress: Progress | None = None) -> Committed | None:
    """Redo the newest undo; None if there is nothing to redo. ``progress`` may raise to give up.

    Raises:
        MovedOnError: a value moved on since; nothing was written.
    """
    found = next_redo(ws)
    return undo_commit(ws, found.number, "redo", progress) if found else None


def undo_commit(ws: Workspace, number: int, kind: str = "undo", progress: Progress | None = None) -> Committed:
    """Write the inverse of a commit as a new one.

    Raises:
        MovedOnError: a key it wrote was written again since; nothing was written.
    """
    with ws.reader() as connection:
        label = str(connection.exec_driver_sql("SELECT label FROM log_commit WHERE number = ?", (number,)).scalar())
        clashes: list[tuple[str, str, str, Any, Any]] = []
        changes: list[Change] = []
        every = _by_record(reversed(_entries(connection, number)))
        for start in range(0, len(every), _AT_ONCE):
            part = every[start : start + _AT_ONCE]
            past = _past(connection, part)
            for mine in part:
                changes += _inverse(past, mine, clashes)
            if progress is not None:
                progress(0, len(every))
    if clashes:
        raise MovedOnError(clashes)
    return ws.commit(changes, kind, label, undoes=number, progress=progress)


@dataclass(frozen=True, slots=True)
class _Past:
    """What stands behind some records: their heads, the entries these and the undone ones name, their first changes.

    ``erased`` are those of which nothing can be brought back.
    """

    heads: Mapping[bytes, compose.Heads]
    erased: frozenset[bytes]
    entries: Mapping[bytes, Entry]
    first: frozenset[bytes]


def _past(connection: Connection, part: list[list[Entry]]) -> _Past:
    driver = cipher.raw(connection)
    uuids = many(mine[0].record.hex() for mine in part)
    rows = driver.execute(f"SELECT uuid, heads, no, state FROM record WHERE uuid {IN_BLOBS}", (uuids,)).fetchall()
    heads = {bytes(row[0]): compose.unpack(bytes(row[1])) for row in rows}
    wanted = {i for one in heads.values() for each in one.values() for i in each}
    wanted |= {old for mine in part for each in mine for name in each.keys for old in _replaced(each, name)}
    sql = (
        "SELECT id FROM log_change WHERE arrival IN"
        f" (SELECT min(arrival) FROM log_change WHERE record_no {IN_VALUES} GROUP BY record_no)"
    )
    first = frozenset(bytes(row[0]) for row in driver.execute(sql, (many(row[2] for row in rows),)))
    erased = frozenset(bytes(row[0]) for row in rows if row[3] == "erased")
    return _Past(heads, erased, compose.entries(connection, wanted), first)


def _by_record(entries: Iterable[Entry]) -> list[list[Entry]]:
    found: dict[bytes, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.record, []).append(entry)
    return list(found.values())


def _inverse(past: _Past, mine: list[Entry], clashes: list[tuple[str, str, str, Any, Any]]) -> list[Change]:
    """The changes that take back what one commit wrote of one record: usually one entry and one change."""
    entry, record = mine[0], _uuid(mine[0].record)
    if entry.record in past.erased:
        return []
    heads, present = past.heads[entry.record], past.entries
    names = list(dict.fromkeys(name for each in mine for name in each.keys))
    before = {name: _values_before(past, mine, name) for name in names}
    moved = [name for name in names if not _still(mine, name, [present[i] for i in heads.get(name, [])])]
    if moved:
        now = compose.compose({name: heads[name] for name in moved if name in heads}, present)
        clashes += [(entry.entity, record, name, before[name][0], now.values.get(name)) for name in moved]
        return []
    if entry.kind == "delete":
        return [Change("restore", entry.entity, record, {DELETED: (True, tuple(heads[DELETED]))})]
    if entry.kind == "restore" or entry.id in past.first:
        ids = tuple(sorted({head for each in heads.values() for head in each}))
        return [Change("delete", entry.entity, record, {DELETED: (None, ids)})]
    if MERGED in names:
        return [merge(entry.entity, record, before[MERGED][0], heads)]
    out = [Change("save", entry.entity, record, {name: (before[name][0], tuple(heads[name])) for name in names})]
    # What settled a question replaced several values: the others come back beside the first, and ask again.
    for place in range(1, max(map(len, before.values()))):
        keys = {name: (values[place], ()) for name, values in before.items() if place < len(values)}
        out.append(Change("save", entry.entity, record, keys))
    return out


def _still(mine: list[Entry], name: str, heads: list[Entry]) -> bool:
    """Whether a key still says what the entries wrote; an undo that brought the value back counts as that."""
    wrote = [each.keys[name][0] for each in mine if name in each.keys]
    return bool(heads) and all(any(forms.same(head.keys[name][0], value) for value in wrote) for head in heads)


def _values_before(past: _Past, mine: list[Entry], name: str) -> list[Any]:
    """The different values that the entries replaced in a key, the one shown then first; None for nothing."""
    ids = {old for each in mine if name in each.keys for old in _replaced(each, name)} - {each.id for each in mine}
    replaced = [past.entries[i] for i in sorted(ids) if i in past.entries and name in past.entries[i].keys]
    return compose.distinct(name, replaced) or [None]


def _replaced(entry: Entry, name: str) -> tuple[bytes, ...]:
    """What a change superseded in a key, of its own record and of those merged into it."""
    return (*entry.keys[name][1], *joined(entry).get(name, ()))


def merge(entity: str, record: str, kept: Any, heads: Mapping[str, Sequence[bytes]]) -> Change:
    """The change that says what a record is merged into, None for nothing; it knows all that the record says now."""
    if not kept:
        return Change("unmerge", entity, record, {MERGED: (None, tuple(heads.get(MERGED, ())))})
    everything = tuple(sorted({head for each in heads.values() for head in each}))
    return Change("merge", entity, record, {MERGED: (kept, everything)})


def remove(ws: Workspace, entity: str, record_id: str) -> Change:
    """The change that moves a record to the bin."""
    _values, _seen, ids = query.present_keys(ws, record_id)
    return Change("delete", entity, record_id, {DELETED: (None, tuple(ids))})


def restore(ws: Workspace, entity: str, record_id: str) -> Change | None:
    """The change that takes a record out of the bin; None if it is not there."""
    with ws.reading() as connection:
        row = connection.exec_driver_sql(
            "SELECT heads FROM record WHERE uuid = ? AND state IN ('deleted', 'deleted-and-edited')",
            (bytes.fromhex(record_id.replace("-", "")),),
        ).first()
    if row is None:
        return None
    return Change("restore", entity, record_id, {DELETED: (True, tuple(compose.unpack(bytes(row[0]))[DELETED]))})
