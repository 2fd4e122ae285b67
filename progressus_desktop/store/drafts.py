"""Fields kept while a visit to a form lasts: one durable encrypted write each, gone when the record is committed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from progressus_desktop.store.workspace import Workspace


def keep(ws: Workspace, entity: str, record_id: str, name: str, value: Any) -> None:
    """Keep one field's value, or ``{"?": text}`` as typed. Durable when this returns.

    Raises:
        StorageError: it could not be written; the caller keeps the text and tries again.
    """
    text = json.dumps(value, ensure_ascii=False)
    with ws.writing() as connection:
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO draft (record, name, entity, value, at_ms) VALUES (?, ?, ?, ?, ?)",
            (record_id, name, entity, text, ws.clock.now_ms()),
        )


def of(ws: Workspace, record_id: str) -> dict[str, Any]:
    """The kept fields of a record."""
    with ws.reading() as connection:
        rows = connection.exec_driver_sql("SELECT name, value FROM draft WHERE record = ?", (record_id,)).all()
    return {row[0]: json.loads(row[1]) for row in rows}


def pending(ws: Workspace) -> dict[tuple[str, str], dict[str, Any]]:
    """All kept fields by (entity, record), as an unclean end left them; oldest record first."""
    with ws.reading() as connection:
        rows = connection.exec_driver_sql("SELECT entity, record, name, value FROM draft ORDER BY at_ms, name").all()
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        found.setdefault((row[0], row[1]), {})[row[2]] = json.loads(row[3])
    return found


def forget(ws: Workspace, record_id: str, name: str) -> None:
    """Drop one kept field (a draft step undone).

    Raises:
        StorageError: it could not be written.
    """
    with ws.writing() as connection:
        connection.exec_driver_sql("DELETE FROM draft WHERE record = ? AND name = ?", (record_id, name))


def drop(ws: Workspace, record_id: str) -> None:
    """Drop all kept fields of a record.

    Raises:
        StorageError: it could not be written.
    """
    with ws.writing() as connection:
        connection.exec_driver_sql("DELETE FROM draft WHERE record = ?", (record_id,))
