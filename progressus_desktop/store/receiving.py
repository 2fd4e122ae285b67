"""Changes of other laptops into the log: known ones skipped, the rest appended and projected, in one transaction.

The same code makes the preview, whose transaction is rolled back, and the import.
"""

from __future__ import annotations

import gc
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from progressus_desktop.store import erasing
from progressus_desktop.store.changes import DELETED, Entry
from progressus_desktop.store.projection import Projector

if TYPE_CHECKING:
    from progressus_desktop.store.workspace import Workspace

BATCH = 5_000
_DAY_MS = 24 * 60 * 60 * 1000
_FIND = 500


@dataclass(frozen=True, slots=True)
class Origin:
    """Where changes come from: the package's hash, the sender's replica, the span of its stream, and which import."""

    file_hash: bytes
    sender: bytes
    low: int
    high: int
    run: int = 0


@dataclass(slots=True)
class Received:
    """What an import did. ``records`` are (entity, id) pairs; ``run`` is the id of the whole import.

    ``erased`` counts records erased by it, ``files`` are attachments that nothing names any more.
    """

    number: int = 0
    run: int = 0
    known: int = 0
    added: int = 0
    new: int = 0
    changed: int = 0
    removed: int = 0
    conflicts: int = 0
    refused: int = 0
    clones: set[bytes] = field(default_factory=set)
    records: dict[tuple[str, str], None] = field(default_factory=dict)
    erased: int = 0
    files: set[str] = field(default_factory=set)


Judge = Callable[[Connection, Entry], str]
"""Says why a change may not come in: an empty text lets it in, else it waits in quarantine."""


@contextmanager
def transaction(ws: Workspace, *, keep: bool = True) -> Iterator[Connection]:
    """One write transaction that may write the log; without ``keep`` everything is rolled back at its end."""
    ws.must_be_writable()
    with ws.guard:
        ws.flag.on = True
        collecting = gc.isenabled()
        gc.disable()  # an import makes a million small objects and no cycles; measured twice as fast
        try:
            with ws.writing() as connection:
                yield connection
                if not keep:
                    raise _NotKept  # noqa: TRY301 - the way a preview ends
        except _NotKept:
            pass
        finally:
            ws.flag.on = False
            if collecting:
                gc.enable()


class _NotKept(Exception):  # noqa: N818 - no error: the way a preview ends
    """Rolls a preview back."""


def receive(
    ws: Workspace,
    connection: Connection,
    origin: Origin,
    incoming: Iterable[tuple[bytes, bytes]],
    judge: Judge,
    parse: Callable[[bytes, bytes], Entry],
    progress: Callable[[int], None] | None = None,
) -> Received:
    """Take changes (id, body), in any order, inside :func:`transaction`; ``parse`` refuses a body that is none.

    Raises:
        DamagedError: a body is no change; nothing is kept.
    """
    out = Received()
    now = ws.clock.now_ms()
    cursor = connection.exec_driver_sql(
        "INSERT INTO log_import (file_hash, sender, low, high, at_ms, counts, run) VALUES (?, ?, ?, ?, ?, '', ?)",
        (origin.file_hash, origin.sender, origin.low, origin.high, now, origin.run),
    )
    out.number = int(cursor.lastrowid)
    out.run = origin.run or out.number
    connection.exec_driver_sql("UPDATE log_import SET run = ? WHERE number = ?", (out.run, out.number))
    commits: dict[tuple[bytes, int], int] = {}
    erased_by = {entry.record: entry.id for entry in (parse(*each) for each in erasing.erasures(connection))}
    erases: list[Entry] = []
    newest, seen = 0, iter(incoming)
    while batch := list(islice(seen, BATCH)):
        fresh = _unknown(connection, batch)
        out.known += len(batch) - len(fresh)
        projector = Projector(connection, ws.space)
        for change_id, body in fresh:
            entry = parse(change_id, body)
            why = judge(connection, entry)
            if why:
                out.refused += 1
                _set_aside(connection, origin, out.number, change_id, body, why)
                continue
            if entry.kind == erasing.ERASE:
                erases.append(entry)
                erased_by.setdefault(entry.record, entry.id)
            elif entry.record in erased_by:
                body = erasing.redacted(body, erased_by[entry.record])  # noqa: PLW2901 - its values stop here
                entry = parse(change_id, body)
            _append(connection, projector, entry, body, out, commits)
            newest = max(newest, entry.hlc)
        projector.finish()
        if progress is not None:
            progress(out.known + out.added + out.refused)
    if erases:
        out.erased, out.files = len(erases), erasing.empty_out(connection, erases)
        erasing.reproject(connection, ws.space, [(entry.entity, entry.record) for entry in erases])
    _move_clock(connection, min(newest, now + _DAY_MS))
    out.conflicts = _count_conflicts(connection, out)
    _note_counts(connection, out)
    return out


def _note_counts(connection: Connection, out: Received) -> None:
    if not out.added and not out.refused:
        connection.exec_driver_sql("DELETE FROM log_import WHERE number = ?", (out.number,))
    else:
        counts = f"{out.new} {out.changed} {out.removed} {out.conflicts}"
        connection.exec_driver_sql("UPDATE log_import SET counts = ? WHERE number = ?", (counts, out.number))


def _unknown(connection: Connection, batch: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """What of a batch is new here, once each, in order."""
    known: set[bytes] = set()
    for start in range(0, len(batch), _FIND):
        ids = tuple(each[0] for each in batch[start : start + _FIND])
        marks = ", ".join("?" * len(ids))
        found = connection.exec_driver_sql(f"SELECT id FROM log_change WHERE id IN ({marks})", ids)
        known |= {bytes(row[0]) for row in found}
    fresh = []
    for change_id, body in batch:
        if change_id not in known:
            known.add(change_id)
            fresh.append((change_id, body))
    return fresh


def _append(
    connection: Connection,
    projector: Projector,
    entry: Entry,
    body: bytes,
    out: Received,
    commits: dict[tuple[bytes, int], int],
) -> None:
    is_new = projector.is_new(entry.record, entry.entity)
    number = projector.number(entry.record, entry.entity)
    row = connection.exec_driver_sql(
        "INSERT INTO log_change (id, record_no, commit_no, import_no, body) VALUES (?, ?, ?, ?, ?)",
        (entry.id, number, _commit(connection, entry, commits), out.number, body),
    )
    projector.take(entry, arrival=int(row.lastrowid), own=False)
    if _has_twin(connection, entry.id):
        out.clones.add(entry.id[:6])
    out.added += 1
    key = (entry.entity, str(uuid.UUID(bytes=entry.record)))
    if entry.kind == "delete" and DELETED in entry.keys:
        out.removed += 1
    elif key not in out.records:
        out.new += is_new
        out.changed += not is_new
    out.records[key] = None


def _has_twin(connection: Connection, change_id: bytes) -> bool:
    """Whether another change bears the same replica and number: the laptop it came from was copied."""
    low, high = change_id[:10] + b"\0" * 6, change_id[:10] + b"\xff" * 6
    sql = "SELECT 1 FROM log_change WHERE id BETWEEN ? AND ? AND id <> ? LIMIT 1"
    return connection.exec_driver_sql(sql, (low, high, change_id)).first() is not None


def _commit(connection: Connection, entry: Entry, commits: dict[tuple[bytes, int], int]) -> int:
    """The number of the commit that a foreign change was part of, rebuilt from its replica and action."""
    device = entry.id[:6]
    key = (device, entry.action)
    number = commits.get(key)
    if number is None:
        row = connection.exec_driver_sql(
            "SELECT number FROM log_commit WHERE device = ? AND action_no = ?", (device, entry.action)
        ).first()
        number = int(row[0]) if row else 0
    if not number:
        author = str(uuid.UUID(bytes=entry.author)) if entry.author else ""
        cursor = connection.exec_driver_sql(
            "INSERT INTO log_commit (at_ms, author, device, action_no, kind, label) VALUES (?, ?, ?, ?, 'package', '')",
            (entry.at, author, device, entry.action),
        )
        number = int(cursor.lastrowid)
    commits[key] = number
    return number


def _set_aside(connection: Connection, origin: Origin, number: int, change_id: bytes, body: bytes, why: str) -> None:
    peer = connection.exec_driver_sql("SELECT number FROM peer WHERE replica = ?", (origin.sender,)).scalar() or 0
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO quarantine (id, peer_no, import_no, body, reason) VALUES (?, ?, ?, ?, ?)",
        (change_id, peer, number, body, why),
    )


def _move_clock(connection: Connection, hlc: int) -> None:
    """Later own changes order after what was seen, but a peer's clock moves ours at most a day ahead."""
    connection.exec_driver_sql("UPDATE replica SET last_hlc = max(last_hlc, ?) WHERE own = 1", (hlc,))


def _count_conflicts(connection: Connection, out: Received) -> int:
    return int(
        connection.exec_driver_sql(
            "SELECT count(*) FROM conflict WHERE record_no IN (SELECT record_no FROM log_change WHERE import_no = ?)",
            (out.number,),
        ).scalar()
        or 0
    )
