"""Records erased for good: which, and the erase changes that travel first in every package (exchange.md, section 3)."""

from __future__ import annotations

from sqlalchemy import Connection

from progressus_desktop.store.changes import decode


def erased_records(connection: Connection) -> list[bytes]:
    """Uuids of all records erased here, sorted."""
    return [bytes(row[0]) for row in connection.exec_driver_sql("SELECT uuid FROM erased ORDER BY uuid")]


def erasures(connection: Connection) -> list[tuple[bytes, bytes]]:
    """The erase changes (id, body) of all erased records."""
    rows = connection.exec_driver_sql(
        "SELECT c.id, c.body FROM log_change c JOIN record r ON r.no = c.record_no"
        " WHERE r.uuid IN (SELECT uuid FROM erased) ORDER BY c.arrival"
    )
    found = [(bytes(row[0]), bytes(row[1])) for row in rows]
    return [each for each in found if decode(*each).kind == "erase"]
