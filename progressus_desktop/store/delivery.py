"""Where a record is besides this laptop, derived from the counterpart's positions (exchange.md, section 2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.store.tables import IN_VALUES, many

LOCAL, TO_SEND, PACKED, CONFIRMED = "local", "to_send", "packed", "confirmed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """``state`` is local, to_send, packed or confirmed; ``at`` when it was packed or confirmed (UTC ms, 0 unknown)."""

    state: str = LOCAL
    at: int = 0


_NOWHERE = Delivery()


def of(connection: Connection, numbers: Sequence[int], *, dated: bool = True) -> dict[int, Delivery]:
    """The delivery to the office of records by number; what came from elsewhere counts as confirmed.

    When it was confirmed is looked up for each record, so a list, which shows no dates, asks without.
    """
    if not numbers:
        return {}
    wanted = many(numbers)
    rows = connection.exec_driver_sql(f"SELECT no, last_own_arrival FROM record WHERE no {IN_VALUES}", (wanted,))
    own: dict[int, int] = {row[0]: row[1] for row in rows.all()}
    office = connection.exec_driver_sql(
        "SELECT number, sent_to, acked_to, sent_ms FROM peer WHERE role = 'office' AND retired = 0 LIMIT 1"
    ).first()
    if office is None:
        came = connection.exec_driver_sql("SELECT 1 FROM peer LIMIT 1").first() is not None
        return {number: Delivery(CONFIRMED) if came and not last else _NOWHERE for number, last in own.items()}
    rows = connection.exec_driver_sql(
        f"SELECT record_no, since FROM peer_record WHERE peer_no = ? AND record_no {IN_VALUES}", (office[0], wanted)
    )
    since: dict[int, int] = {row[0]: row[1] for row in rows.all()}
    receipts = connection if dated else None
    return {number: _of(receipts, office, last, since.get(number)) for number, last in own.items()}


def _of(receipts: Connection | None, office: Any, last_own: int, since: int | None) -> Delivery:
    number, sent_to, acked_to, sent_ms = office
    if not last_own:
        return Delivery(CONFIRMED)
    if since is None:
        return _NOWHERE
    needed = max(last_own, since)
    if needed <= acked_to:
        if receipts is None:
            return Delivery(CONFIRMED)
        at = receipts.exec_driver_sql(
            "SELECT min(at_ms) FROM receipt WHERE peer_no = ? AND upto >= ?", (number, needed)
        ).scalar()
        return Delivery(CONFIRMED, int(at or 0))
    return Delivery(PACKED, sent_ms) if needed <= sent_to else Delivery(TO_SEND)
