"""What packages brought and may not come in yet: it is kept beside the log and looked at again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def beside(run: Callable[..., Any], sender: bytes) -> list[Any]:
    """Id, body and reason of what waits from the sender's own organisation, the newest first.

    Only that keeps back what the sender says later of the same record: nobody can keep the records of others out by
    naming them first. For a sender that is no known laptop it is everything.
    """
    sql = (
        "SELECT q.id, q.body, q.reason FROM quarantine q LEFT JOIN peer p ON p.number = q.peer_no"
        " WHERE coalesce(p.space = (SELECT space FROM peer WHERE replica = ?), 1) ORDER BY q.rowid DESC"
    )
    rows: list[Any] = run(sql, (sender,)).fetchall()
    return rows
