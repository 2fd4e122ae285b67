"""What a package to one laptop holds: everything in its scope that it has not confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import Type
from progressus_desktop.exchange import scope
from progressus_desktop.exchange.peers import OFFICE, Peer
from progressus_desktop.exchange.scope import Me, Waiting
from progressus_desktop.store.tables import q, shape

_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Arrivals of the changes to send, in order; attachments by SHA-256 (hex); what has to wait; our position."""

    arrivals: tuple[int, ...]
    attachments: tuple[str, ...]
    waiting: tuple[Waiting, ...]
    position: int
    records: int

    @property
    def empty(self) -> bool:
        """Whether there is nothing to send."""
        return not self.arrivals and not self.attachments


def select(connection: Connection, me: Me, peer: Peer) -> Outgoing:
    """What ``peer`` has not confirmed. Writes ``peer_record``, so it needs a write transaction."""
    position = int(connection.exec_driver_sql("SELECT coalesce(max(arrival), 0) FROM log_change").scalar() or 0)
    waiting = scope.refresh(connection, me, peer, position)
    rows = connection.exec_driver_sql(
        "SELECT c.arrival, c.record_no FROM log_change c JOIN peer_record p"
        " ON p.peer_no = :peer AND p.record_no = c.record_no"
        " LEFT JOIN log_import i ON i.number = c.import_no"
        " WHERE (p.since > :acked OR c.arrival > :acked) AND c.arrival >= p.first"
        " AND NOT EXISTS (SELECT 1 FROM record r WHERE r.no = c.record_no AND r.state = 'erased')"
        " AND substr(c.id, 1, 6) <> :replica AND (i.sender IS NULL OR i.sender <> :replica) ORDER BY c.arrival",
        {"peer": peer.number, "acked": peer.acked_to, "replica": peer.replica},
    ).all()
    arrivals = {row[0] for row in rows} | _concurrent(connection, peer)
    if me.role != OFFICE:
        arrivals -= _not_ours(connection, arrivals, me)
    return Outgoing(
        tuple(sorted(arrivals)),
        _attachments(connection, peer, whole=me.space == peer.space),
        tuple(waiting),
        position,
        len({row[1] for row in rows}),
    )


def _concurrent(connection: Connection, peer: Peer) -> set[int]:
    """Rows older than the first ready save that still headed a key after it: the other side of an open question."""
    rows = connection.exec_driver_sql(
        "SELECT record_no, first FROM peer_record WHERE peer_no = ? AND first > 0 AND since > ?",
        (peer.number, peer.acked_to),
    ).all()
    out: set[int] = set()
    for number, first in rows:
        for head in scope.heads_before(connection, number, first):
            found = connection.exec_driver_sql(
                "SELECT arrival FROM log_change WHERE id = ? AND substr(id, 1, 6) <> ?", (head, peer.replica)
            ).scalar()
            if found is not None:
                out.add(int(found))
    return out


def _not_ours(connection: Connection, arrivals: set[int], me: Me) -> set[int]:
    """Rows that only the office may bring: they came in its packages, so the other laptop gets them from there too."""
    rows = connection.exec_driver_sql(
        "SELECT c.arrival FROM log_change c JOIN log_import i ON i.number = c.import_no"
        " JOIN peer p ON p.replica = i.sender AND p.role = 'office'"
        " JOIN record r ON r.no = c.record_no WHERE r.space IS NOT :space",
        {"space": me.space},
    )
    return {int(row[0]) for row in rows} & arrivals


def bodies(connection: Connection, arrivals: tuple[int, ...]) -> Iterator[tuple[bytes, bytes]]:
    """The changes (id, body) at these arrivals, in order."""
    for start in range(0, len(arrivals), _BATCH):
        part = arrivals[start : start + _BATCH]
        marks = ", ".join("?" * len(part))
        rows = connection.exec_driver_sql(
            f"SELECT id, body FROM log_change WHERE arrival IN ({marks}) ORDER BY arrival", part
        )
        for row in rows:
            yield bytes(row[0]), bytes(row[1])


def _attachments(connection: Connection, peer: Peer, *, whole: bool) -> tuple[str, ...]:
    """Attachments of records that changed, and those the other laptop said it lacks; originals stay in their space."""
    found: dict[str, None] = {}
    for name, fields in hashes(whole=whole):
        for field in fields:
            rows = connection.exec_driver_sql(
                f"SELECT e.{q(field)}, p.since > :acked OR"
                " (SELECT max(arrival) FROM log_change WHERE record_no = e.record_no) > :acked"
                f" FROM {q(name)} e JOIN peer_record p ON p.peer_no = :peer AND p.record_no = e.record_no"
                f" WHERE e.deleted = 0 AND e.{q(field)} IS NOT NULL",
                {"peer": peer.number, "acked": peer.acked_to},
            )
            for sha, changed in rows:
                if changed or sha in peer.missing:
                    found[sha] = None
    return tuple(found)


def attachments_of(connection: Connection, peer: Peer, *, whole: bool) -> tuple[str, ...]:
    """All attachments of records in the scope of ``peer`` as :func:`select` noted it."""
    found: dict[str, None] = {}
    for name, fields in hashes(whole=whole):
        for field in fields:
            rows = connection.exec_driver_sql(
                f"SELECT e.{q(field)} FROM {q(name)} e JOIN peer_record p ON p.record_no = e.record_no"
                f" WHERE p.peer_no = ? AND e.deleted = 0 AND e.{q(field)} IS NOT NULL",
                (peer.number,),
            )
            found |= dict.fromkeys(row[0] for row in rows)
    return tuple(found)


def hashes(*, whole: bool) -> list[tuple[str, list[str]]]:
    """Fields that name attachments, by record type; without ``whole`` only the copies that may leave the space."""
    out = []
    for name in ENTITIES:
        fields = [field.name for field in shape(name).scalars if field.type is Type.HASH]
        leaving = [field for field in fields if whole or field != "original" or len(fields) == 1]
        if leaving:
            out.append((name, leaving))
    return out
