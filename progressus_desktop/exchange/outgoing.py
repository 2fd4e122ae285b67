"""What a package to one laptop holds: everything in its scope that it has not confirmed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import Type
from progressus_desktop.exchange import scope
from progressus_desktop.exchange.judging import judge_of
from progressus_desktop.exchange.peers import OFFICE, TESTER, Peer
from progressus_desktop.exchange.scope import Me, Waiting
from progressus_desktop.store.changes import Entry, decode
from progressus_desktop.store.looking import TableLookup
from progressus_desktop.store.receiving import Held
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
    connection.exec_driver_sql("DROP TABLE IF EXISTS temp.chosen")
    connection.exec_driver_sql("CREATE TEMP TABLE chosen (arrival INTEGER PRIMARY KEY, no INTEGER NOT NULL)")
    for changed in (
        "log_change c JOIN peer_record p ON p.peer_no = :peer AND p.record_no = c.record_no WHERE c.arrival > :acked",
        "peer_record p JOIN log_change c ON c.record_no = p.record_no WHERE p.peer_no = :peer AND p.since > :acked",
    ):
        connection.exec_driver_sql(
            f"INSERT OR IGNORE INTO temp.chosen SELECT c.arrival, c.record_no FROM {changed} AND c.arrival >= p.first"
            " AND NOT EXISTS (SELECT 1 FROM record r WHERE r.no = c.record_no AND r.state = 'erased')"
            " AND substr(c.id, 1, 6) <> :replica AND NOT EXISTS"
            " (SELECT 1 FROM log_import i WHERE i.number = c.import_no AND i.sender = :replica)",
            {"peer": peer.number, "acked": peer.acked_to, "replica": peer.replica},
        )
    for arrival, number in _concurrent(connection, peer):
        connection.exec_driver_sql("INSERT OR IGNORE INTO temp.chosen VALUES (?, ?)", (arrival, number))
    if me.role != OFFICE:
        _leave_to_the_office(connection, me)
    rows = connection.exec_driver_sql("SELECT arrival FROM temp.chosen ORDER BY arrival")
    return Outgoing(
        tuple(row[0] for row in rows),
        _attachments(connection, peer, whole=me.space == peer.space),
        tuple(waiting),
        position,
        int(connection.exec_driver_sql("SELECT count(DISTINCT no) FROM temp.chosen").scalar() or 0),
    )


def _concurrent(connection: Connection, peer: Peer) -> list[tuple[int, int]]:
    """Rows older than the first ready save that still headed a key after it: the other side of an open question."""
    rows = connection.exec_driver_sql(
        "SELECT record_no, first FROM peer_record WHERE peer_no = ? AND first > 0 AND since > ?",
        (peer.number, peer.acked_to),
    ).all()
    out: list[tuple[int, int]] = []
    begun = scope.adopted(connection)
    for number, first in rows:
        for head in scope.heads_before(connection, number, first):
            found = connection.exec_driver_sql(
                "SELECT arrival FROM log_change WHERE id = ? AND substr(id, 1, 6) <> ? AND arrival > ?",
                (head, peer.replica, begun),
            ).scalar()
            if found is not None:
                out.append((int(found), number))
    return out


def _leave_to_the_office(connection: Connection, me: Me) -> None:
    """What only the office may bring goes from the office to every laptop, with its signature."""
    rows = connection.exec_driver_sql(
        "SELECT c.arrival, c.id, c.body, r.space FROM temp.chosen t JOIN log_change c ON c.arrival = t.arrival"
        " JOIN log_import i ON i.number = c.import_no JOIN peer p ON p.replica = i.sender AND p.role = 'office'"
        " JOIN record r ON r.no = c.record_no"
    ).all()
    judge = judge_of(Peer(0, "", TESTER, me.space, b"", "", me.replica), me.space)
    for arrival, change, body, space in rows:
        entry = decode(bytes(change), bytes(body))
        if judge(entry, Held(entry.entity, space, deleted=False)):
            connection.exec_driver_sql("DELETE FROM temp.chosen WHERE arrival = ?", (arrival,))


def sizes(connection: Connection, arrivals: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """These arrivals with the size of their bodies, in order."""
    for start in range(0, len(arrivals), _BATCH):
        part = arrivals[start : start + _BATCH]
        marks = ", ".join("?" * len(part))
        sql = f"SELECT arrival, length(body) FROM log_change WHERE arrival IN ({marks}) ORDER BY arrival"
        yield from ((row[0], row[1]) for row in connection.exec_driver_sql(sql, part))


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
    """Attachments that the chosen changes name, and those the other laptop lacks; originals stay in their space."""
    found: dict[str, None] = {}
    missing = set(peer.missing)
    for name, fields in hashes(whole=whole):
        rows = connection.exec_driver_sql(
            "SELECT c.id, c.body FROM temp.chosen t JOIN record r ON r.no = t.no"
            " JOIN log_change c ON c.arrival = t.arrival WHERE r.entity = ?",
            (name,),
        )
        entries = [decode(bytes(row[0]), bytes(row[1])) for row in rows]
        named = {entry.keys[field][0] for entry in entries for field in fields if _names(entry, field)}
        for field in fields:
            held = _held(connection, peer, name, field)
            wanted = [(sha, record) for sha, record in held if sha in named or sha in missing]
            found |= dict.fromkeys(_leaving(connection, peer, name, wanted, whole=whole))
    return tuple(found)


def _held(connection: Connection, peer: Peer, name: str, field: str) -> list[tuple[str, str]]:
    """The attachments of a field and their records in the scope of ``peer``, in order."""
    rows = connection.exec_driver_sql(
        f"SELECT e.{q(field)}, e.id FROM {q(name)} e JOIN peer_record p ON p.record_no = e.record_no"
        f" WHERE p.peer_no = ? AND e.deleted = 0 AND e.{q(field)} IS NOT NULL ORDER BY e.record_no",
        (peer.number,),
    )
    return [(row[0], row[1]) for row in rows]


def _leaving(connection: Connection, peer: Peer, name: str, held: list[tuple[str, str]], *, whole: bool) -> list[str]:
    """Without photos whose consent was taken back after their record had gone: the picture itself stays here.

    What the office has of a tester's photos came from there.
    """
    if whole or peer.role != OFFICE or name != "photo":
        return [sha for sha, _record in held]
    looking = TableLookup(connection, "")
    return [sha for sha, record in held if scope.may_leave(looking, record)]


def _names(entry: Entry, field: str) -> bool:
    return field in entry.keys and isinstance(entry.keys[field][0], str)


def lacking(connection: Connection, me: Me, peer: Peer, is_here: Callable[[str], bool]) -> list[str]:
    """Attachments that are not here although records say so which the other laptop may hold, sorted."""
    found: set[str] = set()
    for name, fields in hashes(whole=me.space == peer.space):
        for field in fields:
            rows = connection.exec_driver_sql(
                f"SELECT DISTINCT e.{q(field)} FROM {q(name)} e JOIN record r ON r.no = e.record_no"
                f" WHERE e.deleted = 0 AND e.{q(field)} IS NOT NULL AND (r.space = :space OR :space = 'office')",
                {"space": peer.space},
            )
            found |= {row[0] for row in rows if not is_here(row[0])}
    return sorted(found)


def attachments_of(connection: Connection, peer: Peer, *, whole: bool) -> tuple[str, ...]:
    """All attachments of records in the scope of ``peer`` as :func:`select` noted it."""
    found: dict[str, None] = {}
    for name, fields in hashes(whole=whole):
        for field in fields:
            held = _held(connection, peer, name, field)
            found |= dict.fromkeys(_leaving(connection, peer, name, held, whole=whole))
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
