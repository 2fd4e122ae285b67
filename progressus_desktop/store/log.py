"""The only writer of the log: append changes and project them, in one transaction."""

from __future__ import annotations

import contextlib
import gc
import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from progressus_desktop.clock import local
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import NotFoundError
from progressus_desktop.store import cipher, identity
from progressus_desktop.store.changes import DELETED, JOINED, MERGED, Change, Entry, change_id, encode, record_bytes
from progressus_desktop.store.projection import CHUNK, Projector
from progressus_desktop.store.tables import IN_BLOBS, many, unguarded
from progressus_desktop.words import N_, Message

if TYPE_CHECKING:
    from progressus_desktop.store.workspace import Workspace


Progress = Callable[[int, int], None]
"""Told after each part: how many changes are written, and of how many. It may raise to give up: nothing stays."""

_MANY = 1_000
"""From so many changes on a commit has a connection of its own, so that nobody who reads meanwhile waits, and the
garbage collector rests, which would walk all changes again and again."""


def append(
    ws: Workspace,
    changes: Sequence[Change],
    kind: str,
    label: str,
    undoes: int | None = None,
    progress: Progress | None = None,
) -> Committed:
    """Write one commit of this laptop.

    Raises:
        NewerVersionError: the file was written by a newer program.
        StorageError: the disk is full or cannot be written; nothing was changed.
    """
    ws.must_be_writable()
    apart = len(changes) >= _MANY
    with contextlib.nullcontext() if apart else ws.guard:
        ws.flag.on = True
        try:
            with ws.writing_apart() if apart else ws.writing() as connection, resting_collector(len(changes)):
                if ws.copied:
                    identity.renew(connection)
                number = write(ws, connection, changes, Commit(kind, label, undoes), progress)
        finally:
            ws.flag.on = False
        if ws.copied:
            identity.remember(ws.connection, ws.folder)
            ws.copied = False
    ws.clock.ticked()
    return Committed(number, kind, label, tuple(dict.fromkeys((c.entity, c.record) for c in changes)))


@contextmanager
def resting_collector(count: int) -> Iterator[None]:
    """No garbage collection while many changes are written (twice as fast, measured)."""
    rests = count >= _MANY and gc.isenabled()
    if rests:
        gc.disable()
    try:
        yield
    finally:
        if rests:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Commit:
    """What a commit is: its kind, its label, and the commit it undoes."""

    kind: str
    label: str
    undoes: int | None = None


@dataclass(slots=True)
class _Writer:
    """This laptop as it writes one commit: what its next change is numbered."""

    replica: bytes
    prefix: str
    seq: int
    hlc: int
    action: int
    code: int
    at: int
    author: bytes
    space: str

    def entry(self, change: Change, record: bytes, *, is_new: bool) -> tuple[Entry, bytes]:
        """The next entry of the log, and its body; a new record gets its space and code."""
        keys: dict[str, Any] = dict(change.keys)
        if change.kind == "save" and is_new:
            known = ENTITIES.get(change.entity)
            if "space" not in keys:
                keys["space"] = ("office" if known is not None and known.office else self.space, ())
            if known is not None and known.coded and "code" not in keys:
                self.code += 1
                keys["code"] = (f"{self.prefix}-{local(self.at).year}-{self.code:04d}", ())
        self.seq, self.hlc = self.seq + 1, max(self.at, self.hlc + 1)
        about = (change.kind, change.entity, record, self.hlc, self.at, self.author, self.action, keys, change.extra)
        body = encode(Entry(b"", *about), os.urandom(8))
        return Entry(change_id(self.replica, self.seq, body), *about), body


def _writer(ws: Workspace, connection: Connection) -> _Writer:
    sql = "SELECT id, prefix, letter, last_seq, last_hlc, last_action, last_code FROM replica WHERE own = 1"
    own = cipher.raw(connection).execute(sql).fetchone()
    author = uuid.UUID(ws.person).bytes if ws.person else b""
    place = (ws.clock.now_ms(), author, ws.space)
    return _Writer(bytes(own[0]), f"{own[1]}{own[2]}", own[3], own[4], own[5] + 1, own[6], *place)


def write(
    ws: Workspace,
    connection: Connection,
    changes: Sequence[Change],
    commit: Commit,
    progress: Progress | None = None,
) -> int:
    """Write one commit inside an open write transaction with the flag raised; gives its number.

    Raises:
        NotFoundError: every record of it was erased.
    """
    changes = _not_erased(connection, changes)
    writer = _writer(ws, connection)
    run = cipher.raw(connection).execute
    cursor = run(
        "INSERT INTO log_commit (at_ms, author, device, action_no, kind, label, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (writer.at, ws.person, writer.replica, writer.action, commit.kind, commit.label, commit.undoes),
    )
    number = int(cursor.lastrowid)
    projector = Projector(connection, ws.space)
    with unguarded(connection, really=len(changes) >= CHUNK):
        for start in range(0, len(changes), CHUNK):
            part = changes[start : start + CHUNK]
            _append_part(connection, projector, writer, part, number)
            if progress is not None:
                progress(start + len(part), len(changes))
        projector.finish()
    run(
        "UPDATE replica SET last_seq = ?, last_hlc = ?, last_action = ?, last_code = ? WHERE id = ?",
        (writer.seq, writer.hlc, writer.action, writer.code, writer.replica),
    )
    if run("SELECT 1 FROM draft LIMIT 1").fetchone():
        records = [(each,) for each in {c.record for c in changes}]
        connection.exec_driver_sql("DELETE FROM draft WHERE record = ?", records)
    return number


def _not_erased(connection: Connection, changes: Sequence[Change]) -> Sequence[Change]:
    """What may be written: a form that was open while its record was erased brings nothing of it back."""
    run = cipher.raw(connection).execute
    if run("SELECT 1 FROM erased LIMIT 1").fetchone() is None:
        return changes
    gone = {str(uuid.UUID(bytes=bytes(row[0]))) for row in run("SELECT uuid FROM erased")}
    left = [change for change in changes if change.kind == "erase" or change.record not in gone]
    if changes and not left:
        raise NotFoundError(Message(N_("There is no such record.")))
    return left


def _of_own_record(connection: Connection, number: int, change: Change) -> Change:
    """The change with what it supersedes of merged records named apart: their own heads stay as they are."""
    if change.kind == "erase" or {DELETED, MERGED} & change.keys.keys():
        return change
    ids = {old for _value, olds in change.keys.values() for old in olds}
    sql = f"SELECT id FROM log_change WHERE id {IN_BLOBS} AND record_no <> ?"
    rows = cipher.raw(connection).execute(sql, (many(each.hex() for each in ids), number)).fetchall()
    others = {bytes(row[0]) for row in rows}
    if not others:
        return change
    keys = {name: (value, tuple(i for i in olds if i not in others)) for name, (value, olds) in change.keys.items()}
    apart = {name: [i for i in olds if i in others] for name, (_value, olds) in change.keys.items()}
    return replace(change, keys=keys, extra={**change.extra, JOINED: {name: ids for name, ids in apart.items() if ids}})


def _append_part(
    connection: Connection, projector: Projector, writer: _Writer, changes: Sequence[Change], commit_no: int
) -> None:
    records = [record_bytes(change.record) for change in changes]
    projector.prepare((record, change.entity) for record, change in zip(records, changes, strict=True))
    driver = cipher.raw(connection)
    arrival = int(driver.execute("SELECT coalesce(max(arrival), 0) FROM log_change").fetchone()[0])
    made: list[tuple[Entry, int]] = []
    rows: list[tuple[int, bytes, int, int, bytes]] = []
    begun: set[bytes] = set()
    merged = driver.execute("SELECT 1 FROM merged LIMIT 1").fetchone() is not None
    merged = merged or any(MERGED in change.keys for change in changes)
    for record, asked in zip(records, changes, strict=True):
        change = asked
        is_new = record not in begun and projector.is_new(record, change.entity)
        begun.add(record)
        number = projector.number(record, change.entity)
        if merged or projector.is_strange(record, change):
            change = _of_own_record(connection, number, change)
        entry, body = writer.entry(change, record, is_new=is_new)
        arrival += 1
        made.append((entry, arrival))
        rows.append((arrival, entry.id, number, commit_no, body))
    sql = "INSERT INTO log_change (arrival, id, record_no, commit_no, body) VALUES (?, ?, ?, ?, ?)"
    driver.executemany(sql, rows)
    projector.take_many(made, own=True)
