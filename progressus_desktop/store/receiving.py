"""Changes of other laptops into the log: known ones skipped, the rest appended and projected, in one transaction.

The same code makes the preview, whose transaction is rolled back, and the import.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from progressus_desktop.store import cipher, erasing, quarantine
from progressus_desktop.store.changes import DELETED, Entry, record_text, target_of
from progressus_desktop.store.projection import Projector
from progressus_desktop.store.tables import IN_BLOBS, IN_VALUES, many, unguarded

if TYPE_CHECKING:
    from progressus_desktop.store.workspace import Workspace

BATCH = 4_000
"""Changes looked up and written at once; more is not faster and takes memory."""

TOLD = 50_000
"""Records that the listeners are told by name after an import; a window holds no more."""

_FINISH = 100_000
_DAY_MS = 24 * 60 * 60 * 1000
_REPLICA, _SEQUENCE = 6, 10
"""Where the replica and the sequence number of a change's id end."""


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
    """What an import did. ``records`` are (entity, id) pairs, at most :data:`TOLD`; ``run`` is the whole import's id.

    ``refused`` counts the changes that wait in quarantine since this import; ``conflicts`` the questions it opened;
    ``erased`` records erased by it, ``files`` the attachments that nothing names any more.
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

    def add(self, other: Received) -> None:
        """Count another import of the same run with this one."""
        for name in ("added", "new", "changed", "removed", "conflicts", "refused", "erased"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.clones |= other.clones
        self.files |= other.files
        self.records |= other.records


@dataclass(frozen=True, slots=True)
class Held:
    """What is known here of a record that a change is about; a placeholder is nothing."""

    entity: str
    space: str | None
    deleted: bool


Judge = Callable[[Entry, Held | None], str]
"""Says why a change may not come in: an empty text lets it in, else it waits in quarantine."""

Parse = Callable[[bytes, bytes], Entry]
"""Reads an id and a body that came from outside; raises if it is none."""

Pair = tuple[bytes, bytes]
"""The id and the body of a change."""


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
    incoming: Iterable[Pair],
    judge: Judge,
    parse: Parse,
    progress: Callable[[int], None] | None = None,
) -> Received:
    """Take changes (id, body), in any order, inside :func:`transaction`; ``parse`` refuses a body that is none.

    ``progress`` hears how many changes were looked at; it may raise to give up.

    Raises:
        DamagedError: a body is no change; nothing is kept.
    """
    intake = _Intake(ws, connection, origin, judge, parse)
    changes = iter(incoming)
    done = 0
    batch = list(islice(changes, BATCH))
    with unguarded(connection, really=len(batch) == BATCH):
        while batch:
            intake.take(batch)
            done += len(batch)
            if progress is not None:
                progress(done)
            batch = list(islice(changes, BATCH))
        return intake.finish()


class _Intake:
    """One import while it runs."""

    def __init__(self, ws: Workspace, connection: Connection, origin: Origin, judge: Judge, parse: Parse) -> None:
        self._ws = ws
        self._connection = connection
        driver = cipher.raw(connection)
        self._run, self._run_many = driver.execute, driver.executemany
        self._origin, self._judge, self._parse = origin, judge, parse
        self._projector = Projector(connection, ws.space)
        self._first = self._arrival = self._newest("log_change", "arrival")
        self._first_record = self._newest("record", "no")
        self._questions = self._open_questions()
        self._unfinished = 0
        self._deleted: set[int] = set()
        self._outside = self._left_outside()
        self._hlc = 0
        self._erases: list[Entry] = []
        self._erased_by = {entry.record: entry.id for entry in (parse(*each) for each in erasing.erasures(connection))}
        self.out = self._begun()

    def _left_outside(self) -> dict[bytes, tuple[bytes, str]]:
        """Records whose making waits in quarantine, with that change and why: what followed it waits too."""
        rows = quarantine.beside(self._run, self._origin.sender)
        return {self._parse(bytes(row[0]), bytes(row[1])).record: (bytes(row[0]), row[2]) for row in rows}

    def _newest(self, table: str, column: str) -> int:
        return int(self._run(f"SELECT coalesce(max({column}), 0) FROM {table}").fetchone()[0])

    def _open_questions(self) -> set[tuple[int, str]]:
        return {(row[0], row[1]) for row in self._run("SELECT record_no, name FROM conflict")}

    def _begun(self) -> Received:
        origin = self._origin
        cursor = self._run(
            "INSERT INTO log_import (file_hash, sender, low, high, at_ms, counts, run) VALUES (?, ?, ?, ?, ?, '', ?)",
            (origin.file_hash, origin.sender, origin.low, origin.high, self._ws.clock.now_ms(), origin.run),
        )
        number = int(cursor.lastrowid)
        run = origin.run or number
        self._run("UPDATE log_import SET run = ? WHERE number = ?", (run, number))
        return Received(number=number, run=run)

    def take(self, batch: list[Pair]) -> None:
        """Take one batch."""
        fresh = self._unknown(batch)
        if not fresh:
            return
        entries = [(self._parse(change_id, body), body) for change_id, body in fresh]
        accepted = [self._bare(*each) for each in self._judged(entries)]
        self._append(accepted)
        self._unfinished += len(accepted)
        if self._unfinished >= _FINISH:
            self._projector.finish()
            self._unfinished = 0

    def _unknown(self, batch: list[Pair]) -> list[Pair]:
        """What of a batch is new here, once each, in order; copies of a laptop are noted on the way."""
        stems = many({change_id[:_SEQUENCE].hex() for change_id, _body in batch})
        sql = (
            "SELECT c.id FROM json_each(?) j JOIN log_change c"
            " ON c.id BETWEEN unhex(j.value || '000000000000') AND unhex(j.value || 'ffffffffffff')"
        )
        known = {bytes(row[0]) for row in self._run(sql, (stems,))}
        tags = {each[:_SEQUENCE]: each for each in known}
        own = self._ws.replica.id
        fresh: list[Pair] = []
        for pair in batch:
            change_id = pair[0]
            if change_id in known:
                self.out.known += 1
                continue
            known.add(change_id)
            fresh.append(pair)
            # Another change under the same number, or one of ours that we do not know: a laptop was copied, or set
            # back to an older state. Everything is kept.
            if change_id[:_REPLICA] == own or tags.setdefault(change_id[:_SEQUENCE], change_id) != change_id:
                self.out.clones.add(change_id[:_REPLICA])
        return fresh

    def _bare(self, entry: Entry, body: bytes) -> tuple[Entry, bytes]:
        """The values of an erased record stop here; the erasure itself is noted."""
        if entry.kind == erasing.ERASE:
            self._erases.append(entry)
            self._erased_by.setdefault(entry.record, entry.id)
        elif entry.record in self._erased_by:
            bare = erasing.redacted(body, self._erased_by[entry.record])
            return self._parse(entry.id, bare), bare
        return entry, body

    # -- what may come in ----------------------------------------------------------------------------------

    def _judged(self, entries: list[tuple[Entry, bytes]]) -> list[tuple[Entry, bytes]]:
        """Those that may come in; the others are set aside."""
        targets = {target for entry, _body in entries if (target := target_of(entry))}
        held = self._held({entry.record for entry, _body in entries} | targets)
        ids = many(entry.id.hex() for entry, _body in entries)
        waiting = {bytes(row[0]) for row in self._run(f"SELECT id FROM quarantine WHERE id {IN_BLOBS}", (ids,))}
        accepted = []
        aside: list[tuple[Entry, bytes, str]] = []
        for entry, body in entries:
            present = held.get(entry.record)
            why = self._why_not(entry, present) or self._why_not_into(entry, held)
            if why and entry.id in waiting:
                self.out.known += 1
                continue
            if why:
                aside.append((entry, body, why))
                self.out.refused += 1
                continue
            accepted.append((entry, body))
            held[entry.record] = _after(entry, present)
            if entry.kind == "delete" and present is not None and not present.deleted:
                self._deleted.add(self._projector.number(entry.record, entry.entity))
        self._set_aside(aside)
        if waiting:
            free = [(entry.id,) for entry, _body in accepted if entry.id in waiting]
            self._run_many("DELETE FROM quarantine WHERE id = ?", free)
        return accepted

    def _held(self, records: set[bytes]) -> dict[bytes, Held]:
        self._projector.flush()
        sql = f"SELECT uuid, entity, space, state FROM record WHERE uuid {IN_BLOBS} AND state <> 'placeholder'"
        rows = self._run(sql, (many(each.hex() for each in records),))
        return {bytes(row[0]): Held(row[1], row[2], row[3] == "deleted") for row in rows}

    def _why_not(self, entry: Entry, present: Held | None) -> str:
        if present is not None:
            return "other-type" if present.entity != entry.entity else self._judge(entry, present)
        making, reason = self._outside.get(entry.record, (entry.id, ""))
        if making != entry.id:
            return reason
        why = self._judge(entry, present)
        if why:
            self._outside[entry.record] = (entry.id, why)
        else:
            self._outside.pop(entry.record, None)
        return why

    def _why_not_into(self, entry: Entry, held: dict[bytes, Held]) -> str:
        """Whoever merges a record into another one changes both."""
        target = held.get(target_of(entry))
        return self._judge(replace(entry, record=target_of(entry), keys={}), target) if target is not None else ""

    def _set_aside(self, aside: list[tuple[Entry, bytes, str]]) -> None:
        if not aside:
            return
        peer = self._run("SELECT number FROM peer WHERE replica = ?", (self._origin.sender,)).fetchone()
        number = peer[0] if peer else 0
        self._run_many(
            "INSERT INTO quarantine (id, peer_no, import_no, body, reason) VALUES (?, ?, ?, ?, ?)",
            [(entry.id, number, self.out.number, body, why) for entry, body, why in aside],
        )

    # -- into the log --------------------------------------------------------------------------------------

    def _append(self, accepted: list[tuple[Entry, bytes]]) -> None:
        self._projector.prepare((entry.record, entry.entity) for entry, _body in accepted)
        commits = self._commits([entry for entry, _body in accepted])
        rows: list[tuple[int, bytes, int, int, int, bytes]] = []
        taken: list[tuple[Entry, int]] = []
        for (entry, body), commit in zip(accepted, commits, strict=True):
            self._arrival += 1
            number = self._projector.number(entry.record, entry.entity)
            rows.append((self._arrival, entry.id, number, commit, self.out.number, body))
            taken.append((entry, self._arrival))
        self._hlc = max([self._hlc, *(entry.hlc for entry, _body in accepted)])
        sql = "INSERT INTO log_change (arrival, id, record_no, commit_no, import_no, body) VALUES (?, ?, ?, ?, ?, ?)"
        self._run_many(sql, rows)
        self.out.added += len(rows)
        self._projector.take_many(taken, own=False)

    def _commits(self, entries: list[Entry]) -> list[int]:
        """The commit that each foreign change was part of, rebuilt from their replica and action.

        A commit made here is none of them: a copy of this laptop used its number for something else.
        """
        keys = [(entry.id[:_REPLICA], entry.action) for entry in entries]
        actions: dict[bytes, set[int]] = {}
        for device, action in keys:
            actions.setdefault(device, set()).add(action)
        found: dict[tuple[bytes, int], int] = {}
        for device, numbers in actions.items():
            sql = (
                "SELECT action_no, number FROM log_commit WHERE device = ? AND kind = 'package'"
                f" AND action_no {IN_VALUES}"
            )
            found |= {(device, row[0]): row[1] for row in self._run(sql, (device, many(numbers)))}
        number = self._newest("log_commit", "number")
        made = []
        for key, entry in zip(keys, entries, strict=True):
            if key not in found:
                number += 1
                found[key] = number
                made.append((number, entry.at, record_text(entry.author) if entry.author else "", *key))
        self._run_many(
            "INSERT INTO log_commit (number, at_ms, author, device, action_no, kind, label)"
            " VALUES (?, ?, ?, ?, ?, 'package', '')",
            made,
        )
        return [found[key] for key in keys]

    # -- the end -------------------------------------------------------------------------------------------

    def finish(self) -> Received:
        """Write what is left and count."""
        self._projector.finish()
        if self._erases:
            self.out.erased, self.out.files = len(self._erases), erasing.empty_out(self._connection, self._erases)
            named = [(entry.entity, entry.record) for entry in self._erases]
            erasing.reproject(self._connection, self._ws.space, named)
        self._move_clock()
        self._count()
        out = self.out
        if out.added or out.refused:
            counts = f"{out.new} {out.changed} {out.removed} {out.conflicts}"
            self._run("UPDATE log_import SET counts = ? WHERE number = ?", (counts, out.number))
        else:
            self._run("DELETE FROM log_import WHERE number = ?", (out.number,))
        return out

    def _move_clock(self) -> None:
        """Later own changes order after what was seen, but a peer's clock moves ours at most a day ahead."""
        hlc = min(self._hlc, self._ws.clock.now_ms() + _DAY_MS)
        self._run("UPDATE replica SET last_hlc = max(last_hlc, ?) WHERE own = 1", (hlc,))

    def _count(self) -> None:
        out = self.out
        sql = "SELECT count(DISTINCT record_no) FROM log_change WHERE arrival > ?"
        touched = self._run(sql, (self._first,)).fetchone()[0]
        out.new = self._run("SELECT count(*) FROM record WHERE no > ?", (self._first_record,)).fetchone()[0]
        gone = f"SELECT count(*) FROM record WHERE no {IN_VALUES} AND no <= ? AND state = 'deleted'"
        out.removed = self._run(gone, (many(self._deleted), self._first_record)).fetchone()[0]
        out.changed = touched - out.new - out.removed
        out.conflicts = len(self._open_questions() - self._questions)
        sql = (
            "SELECT entity, uuid FROM record WHERE no IN"
            " (SELECT DISTINCT record_no FROM log_change WHERE arrival > ? LIMIT ?)"
        )
        rows = self._run(sql, (self._first, TOLD))
        out.records = {(row[0], record_text(bytes(row[1]))): None for row in rows}


def _after(entry: Entry, present: Held | None) -> Held:
    """What is held of a record once this change is in, as far as a judge asks."""
    space = entry.keys["space"][0] if "space" in entry.keys else present.space if present else None
    deleted = entry.keys[DELETED][0] is None if DELETED in entry.keys else bool(present and present.deleted)
    return Held(entry.entity, space if isinstance(space, str) else None, deleted)
