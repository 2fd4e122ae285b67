"""Erasing a record for good: its values leave the log, the tables, the search index, drafts, files and old backups.

What stays is the skeleton of its changes without values (exchange.md, section 3), so that an old stick can bring
nothing back and other laptops can be told.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cbor2
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from sqlalchemy import Connection

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.errors import DamagedError
from progressus_desktop.store import backup, cipher, keys, media, places
from progressus_desktop.store.changes import Entry, decode
from progressus_desktop.store.projection import Projector
from progressus_desktop.store.tables import q, shape
from progressus_desktop.words import N_, Message

if TYPE_CHECKING:
    from progressus_desktop.store.workspace import Workspace

ERASE = "erase"
_NONCE = 12


def redacted(body: bytes, erased_by: bytes) -> bytes:
    """The body without its values, times and author; it keeps what the merge needs and names the erase change."""
    schema, kind, entity, record, hlc, _at, _salt, _author, action, keys_, _extra = cbor2.loads(body)
    bare = {name: [None, superseded] for name, (_value, superseded) in keys_.items()}
    return cbor2.dumps(
        [schema, kind, entity, record, hlc, 0, b"", b"", action, bare, {"erased_by": erased_by}], canonical=True
    )


def erased_records(connection: Connection) -> list[bytes]:
    """Uuids of all records erased here, sorted."""
    return [bytes(row[0]) for row in connection.exec_driver_sql("SELECT uuid FROM erased ORDER BY uuid")]


def erasures(connection: Connection) -> list[tuple[bytes, bytes]]:
    """The erase changes (id, body) of all erased records, in the order in which they came."""
    rows = cipher.raw(connection).execute(
        "SELECT c.id, c.body FROM log_change c JOIN record r ON r.no = c.record_no"
        " WHERE r.uuid IN (SELECT uuid FROM erased) ORDER BY c.arrival"
    )
    found = [(bytes(row[0]), bytes(row[1])) for row in rows]
    return [each for each in found if decode(*each).kind == ERASE]


def empty_out(connection: Connection, entries: Iterable[Entry]) -> set[str]:
    """Redact everything of the records that these erase changes name; gives the files that nothing names any more.

    The erase changes themselves must stand in the log already and be projected afterwards or with this.
    """
    files: set[str] = set()
    for entry in entries:
        author = str(uuid.UUID(bytes=entry.author)) if entry.author else ""
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO erased (uuid, author, at_ms) VALUES (?, ?, ?)", (entry.record, author, entry.at)
        )
        files |= _files_of(connection, entry)
        rows = connection.exec_driver_sql(
            "SELECT arrival, id, body FROM log_change WHERE record_no = (SELECT no FROM record WHERE uuid = ?)",
            (entry.record,),
        ).all()
        for arrival, change_id, body in rows:
            if decode(bytes(change_id), bytes(body)).kind != ERASE:
                connection.exec_driver_sql(
                    "UPDATE log_change SET body = ? WHERE arrival = ?", (redacted(bytes(body), entry.id), arrival)
                )
        record = str(uuid.UUID(bytes=entry.record))
        begun = "SELECT record FROM draft WHERE name = 'person' AND value = ?"
        connection.exec_driver_sql(
            f"DELETE FROM draft WHERE record = ? OR record IN ({begun})", (record, json.dumps(record))
        )
        _leave_quarantine(connection, entry.record)
    return {sha for sha in files if not _still_named(connection, sha)}


def _files_of(connection: Connection, entry: Entry) -> set[str]:
    """Files that any version of the record named."""
    if entry.entity not in ENTITIES:
        return set()
    names = set(media.fields_of(entry.entity))
    rows = connection.exec_driver_sql(
        "SELECT id, body FROM log_change WHERE record_no = (SELECT no FROM record WHERE uuid = ?)", (entry.record,)
    )
    found = set()
    for change_id, body in rows:
        for name, (value, _superseded) in decode(bytes(change_id), bytes(body)).keys.items():
            if name in names and isinstance(value, str):
                found.add(value)
    return found


def _still_named(connection: Connection, sha: str) -> bool:
    for name in ENTITIES:
        for field in media.fields_of(name):
            sql = (
                f"SELECT 1 FROM {q(name)} e JOIN record r ON r.no = e.record_no WHERE e.{q(field)} = ?"
                " AND r.uuid NOT IN (SELECT uuid FROM erased)"
            )
            if connection.exec_driver_sql(sql, (sha,)).first() is not None:
                return True
    return False


def _leave_quarantine(connection: Connection, record: bytes) -> None:
    for change_id, body in connection.exec_driver_sql("SELECT id, body FROM quarantine").all():
        if decode(bytes(change_id), bytes(body)).record == record:
            connection.exec_driver_sql("DELETE FROM quarantine WHERE id = ?", (change_id,))


def reproject(connection: Connection, space: str, records: Sequence[tuple[str, bytes]]) -> None:
    """Write the caches of erased records anew and squeeze deleted words out of the search indexes."""
    projector = Projector(connection, space)
    for entity, record in records:
        projector.number(record, entity)
    projector.finish()
    for name in ENTITIES:
        # of every type: other records were found by the name of an erased one
        _squeeze(connection, shape(name).index)


def _squeeze(connection: Connection, index: str) -> None:
    """Drop deleted words: with contentless tables they stay in the index until segments are merged.

    A lone segment is never merged with itself, so an empty row makes a second one; row 0 belongs to no record.
    """
    run = cipher.raw(connection).execute
    run(f"INSERT INTO {q(index)} (rowid, words, tags) VALUES (0, 'x', '')")
    run(f"INSERT INTO {q(index)} ({q(index)}) VALUES ('optimize')")
    run(f"DELETE FROM {q(index)} WHERE rowid = 0")


def clean_up(ws: Workspace, files: Iterable[str]) -> None:
    """After the commit: files, free pages, WAL and old backups; a new backup stands before the old ones go.

    Raises:
        StorageError: there is no room for the new backup; the values are gone from the workspace, not from old backups.
    """
    for sha in files:
        media.remove(ws, sha)
    with ws.guard, cipher.translated():
        ws.connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    with ws.reading() as connection:
        write_ledger(ws, erasures(connection))
    folder = ws.folder / "backups"
    before = [info.path for info in backup.listed(folder)]
    backup.make(ws, folder)
    for old in before:
        shutil.rmtree(old, ignore_errors=True)


# -- the ledger: outside the database, so that a restored backup forgets nothing -------------------------------


def _ledger(ws: Workspace) -> Path:
    return places.data_dir() / "erased" / f"{ws.card.id}.ledger"


def write_ledger(ws: Workspace, changes: list[tuple[bytes, bytes]]) -> None:
    """Keep the erase changes, encrypted, beside the program's data.

    Raises:
        OSError: it could not be written.
    """
    nonce = os.urandom(_NONCE)
    key = keys.derived(ws.data_key, b"erase ledger")
    sealed = ChaCha20Poly1305(key).encrypt(nonce, cbor2.dumps([list(each) for each in changes]), b"ledger")
    places.write_safely(_ledger(ws), nonce + sealed)


def read_ledger(ws: Workspace) -> list[tuple[bytes, bytes]]:
    """The erase changes kept on this machine for this workspace.

    Raises:
        DamagedError: the ledger was changed by somebody.
    """
    try:
        sealed = _ledger(ws).read_bytes()
    except OSError:
        return []
    key = keys.derived(ws.data_key, b"erase ledger")
    try:
        found = cbor2.loads(ChaCha20Poly1305(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], b"ledger"))
    except (InvalidTag, ValueError) as error:
        hint = Message(N_("Ask the office for a package before you work on: it brings all erasures again."))
        raise DamagedError(Message(N_("The list of erased records is damaged.")), hint=hint) from error
    return [(bytes(each[0]), bytes(each[1])) for each in found]


@dataclass(frozen=True, slots=True)
class Pending:
    """An erased record: when, by whom (id of a person), why; the laptops that confirmed it and those that did not."""

    record: bytes
    entity: str
    at_ms: int
    author: str
    reason: str
    confirmed: tuple[str, ...]
    waiting: tuple[str, ...]


def pending(connection: Connection) -> list[Pending]:
    """Each erased record in the order of time, with what the other laptops said of it."""
    laptops = connection.exec_driver_sql(
        "SELECT name, prefix || letter, erased FROM peer WHERE retired = 0 AND role <> 'gone' AND length(sign_key) = 32"
    ).all()
    heard = [(f"{name} ({label})", frozenset(json.loads(done))) for name, label, done in laptops]
    reasons: dict[bytes, str] = {}
    for change_id, body in erasures(connection):
        entry = decode(change_id, body)
        reasons.setdefault(entry.record, str(entry.extra.get("reason") or ""))
    out = []
    rows = connection.exec_driver_sql(
        "SELECT e.uuid, r.entity, e.at_ms, e.author FROM erased e LEFT JOIN record r ON r.uuid = e.uuid"
        " ORDER BY e.at_ms, e.uuid"
    )
    for record, entity, at, author in rows:
        key = bytes(record)
        done = tuple(name for name, said in heard if key.hex() in said)
        left = tuple(name for name, said in heard if key.hex() not in said)
        why = reasons.get(key, "")
        out.append(Pending(key, str(entity or ""), int(at), str(author or ""), why, done, left))
    return out
