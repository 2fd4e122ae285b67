"""The only writer of the log: append changes and project them, in one transaction."""

from __future__ import annotations

import os
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from progressus_desktop.clock import local
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.records import Committed
from progressus_desktop.store import identity
from progressus_desktop.store.changes import Change, Entry, change_id, encode, record_bytes
from progressus_desktop.store.projection import Projector

if TYPE_CHECKING:
    from progressus_desktop.store.workspace import Workspace


def append(ws: Workspace, changes: Sequence[Change], kind: str, label: str, undoes: int | None = None) -> Committed:
    """Write one commit of this laptop.

    Raises:
        NewerVersionError: the file was written by a newer program.
        StorageError: the disk is full or cannot be written; nothing was changed.
    """
    ws.must_be_writable()
    with ws.guard:
        ws.flag.on = True
        try:
            with ws.writing() as connection:
                if ws.copied:
                    identity.renew(connection)
                number = write(ws, connection, changes, kind, label, undoes)
        finally:
            ws.flag.on = False
        if ws.copied:
            identity.remember(ws.connection, ws.folder)
            ws.copied = False
    ws.clock.ticked()
    return Committed(number, kind, label, tuple(dict.fromkeys((c.entity, c.record) for c in changes)))


def write(
    ws: Workspace, connection: Connection, changes: Sequence[Change], kind: str, label: str, undoes: int | None = None
) -> int:
    """Write one commit inside an open write transaction with the flag raised; gives its number."""
    own = connection.exec_driver_sql(
        "SELECT id, prefix, letter, last_seq, last_hlc, last_action, last_code FROM replica WHERE own = 1"
    ).one()
    replica, seq, hlc, action, code = bytes(own[0]), own[3], own[4], own[5] + 1, own[6]
    at = ws.clock.now_ms()
    author = uuid.UUID(ws.person).bytes if ws.person else b""
    cursor = connection.exec_driver_sql(
        "INSERT INTO log_commit (at_ms, author, device, action_no, kind, label, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (at, ws.person, replica, action, kind, label, undoes),
    )
    commit_no = int(cursor.lastrowid)
    projector = Projector(connection, ws.space)
    for change in changes:
        record = record_bytes(change.record)
        keys: dict[str, Any] = dict(change.keys)
        if change.kind == "save" and projector.is_new(record, change.entity):
            known = ENTITIES.get(change.entity)
            if "space" not in keys:
                keys["space"] = ("office" if known is not None and known.office else ws.space, ())
            if known is not None and known.coded and "code" not in keys:
                code += 1
                keys["code"] = (f"{own[1]}{own[2]}-{local(at).year}-{code:04d}", ())
        seq, hlc = seq + 1, max(at, hlc + 1)
        entry = Entry(b"", change.kind, change.entity, record, hlc, at, author, action, keys, change.extra)
        body = encode(entry, os.urandom(8))
        made = replace(entry, id=change_id(replica, seq, body))
        row = connection.exec_driver_sql(
            "INSERT INTO log_change (id, record_no, commit_no, body) VALUES (?, ?, ?, ?)",
            (made.id, projector.number(record, change.entity), commit_no, body),
        )
        projector.take(made, arrival=int(row.lastrowid), own=True)
    projector.finish()
    connection.exec_driver_sql(
        "UPDATE replica SET last_seq = ?, last_hlc = ?, last_action = ?, last_code = ? WHERE id = ?",
        (seq, hlc, action, code, replica),
    )
    connection.exec_driver_sql("DELETE FROM draft WHERE record = ?", [(each,) for each in {c.record for c in changes}])
    return commit_no
