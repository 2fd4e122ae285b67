"""Which records belong to which laptop (exchange.md, section 2), worked out from the tables as they are now."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import Connection

from progressus_desktop.domain import photo
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import Type
from progressus_desktop.exchange.peers import GONE, OFFICE, Peer
from progressus_desktop.store import compose
from progressus_desktop.store.changes import decode
from progressus_desktop.store.looking import TableLookup
from progressus_desktop.store.tables import q

SHARED = tuple(name for name, of in ENTITIES.items() if of.office)
"""Record types of the office that every laptop gets: project, code texts, talking points, indicators."""

ADOPTED = "adopted"
"""The setting with the last arrival before a lone workspace joined: what lies before it never leaves."""

_READY = ("ready", "archived")
_CLUSTER_PARTS = ("membership", "action")

_NEEDED = (
    f"(r.entity IN ({', '.join('?' * len(SHARED))})"
    " OR r.entity = 'partner' AND EXISTS (SELECT 1 FROM partner o WHERE o.record_no = r.no AND o.in_project = 1))"
)
"""The project, its organisations and the office's lists: without them no laptop can work, so they need not be ready."""


@dataclass(frozen=True, slots=True)
class Me:
    """Who packs: the role of this workspace, its space, its replica."""

    role: str
    space: str
    replica: bytes


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that may not go yet; ``why`` is "draft" or the type of the record it waits for."""

    entity: str
    record: str
    why: str


def refresh(connection: Connection, me: Me, peer: Peer, position: int) -> list[Waiting]:
    """Fill ``temp.scope`` with what goes to ``peer`` and note in ``peer_record`` what is in its scope since when.

    ``temp.held`` gets what would belong there but has to wait.

    ``position`` is our newest arrival: a record that enters the scope now counts as changed now.
    Gives what would belong to the scope but has to wait.
    """
    connection.exec_driver_sql("DROP TABLE IF EXISTS temp.scope")
    connection.exec_driver_sql("DROP TABLE IF EXISTS temp.held")
    connection.exec_driver_sql("CREATE TEMP TABLE scope (no INTEGER PRIMARY KEY)")
    connection.exec_driver_sql("CREATE TEMP TABLE held (no INTEGER PRIMARY KEY)")
    _fill(connection, me, peer)
    waiting: list[Waiting] = []
    if me.space != peer.space:
        # drafts travel only among the laptops of their own space; what everybody needs travels as it is
        waiting = _leave_drafts(connection)
        waiting += _leave_dependants(connection)
    _note(connection, me, peer, position)
    return waiting


def _fill(connection: Connection, me: Me, peer: Peer) -> None:
    if me.role == OFFICE:
        if peer.role == OFFICE:
            _add(connection, "SELECT no FROM record WHERE state <> 'placeholder'", ())
            return
        _of_tester(connection, peer.space)
    elif _may_have_mine(me, peer):
        # what is not ours to write comes from the office itself, with its signature
        _add(connection, "SELECT no FROM record WHERE state <> 'placeholder' AND space = ?", (me.space,))
        own = uuid.UUID(me.space).bytes if me.space != OFFICE else b""
        _add(connection, "SELECT no FROM record WHERE state <> 'placeholder' AND uuid = ?", (own,))


def _may_have_mine(me: Me, peer: Peer) -> bool:
    """Whether a tester's records may go to this laptop: the office's, or one of the same organisation.

    The roster names every laptop of the project, so this is asked here and not left to whoever lists counterparts.
    """
    return peer.role != GONE and (peer.role == OFFICE or peer.space == me.space != "")


def _of_tester(connection: Connection, space: str) -> None:
    _add(connection, "SELECT no FROM record WHERE state <> 'placeholder' AND space = ?", (space,))
    marks = ", ".join("?" * len(SHARED))
    _add(connection, f"SELECT no FROM record WHERE state <> 'placeholder' AND entity IN ({marks})", SHARED)
    _add(connection, "SELECT record_no FROM partner WHERE in_project = 1", ())
    # every document carries the strip of logos
    _add(connection, "SELECT p.record_no FROM photo p JOIN project j ON j.visibility_strip = p.id", ())
    if "membership" in ENTITIES:
        _clusters(connection, space)


def _clusters(connection: Connection, space: str) -> None:
    """With a cluster go its memberships, joint actions, its members' partner records and their offers."""
    connection.exec_driver_sql("DROP TABLE IF EXISTS temp.clusters")
    connection.exec_driver_sql("CREATE TEMP TABLE clusters (id TEXT PRIMARY KEY)")
    connection.exec_driver_sql("INSERT OR IGNORE INTO temp.clusters SELECT id FROM cluster WHERE space = ?", (space,))
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO temp.clusters SELECT cluster FROM membership WHERE partner = ? AND cluster IS NOT NULL",
        (space,),
    )
    inside = "IN (SELECT id FROM temp.clusters)"
    _add(connection, f"SELECT record_no FROM cluster WHERE id {inside}", ())
    for entity in _CLUSTER_PARTS:
        _add(connection, f"SELECT record_no FROM {q(entity)} WHERE cluster {inside}", ())
    members = f"SELECT partner FROM membership WHERE cluster {inside}"
    # a membership names what was merged into its partner: that record goes too, if it is of the same organisation
    merged = (
        "SELECT m.record_no FROM merged m JOIN record r ON r.no = m.record_no"
        f" JOIN membership s ON s.partner = m.canonical AND s.space = r.space WHERE s.cluster {inside}"
    )
    _add(connection, merged, ())
    _add(connection, f"SELECT record_no FROM partner WHERE id IN ({members})", ())
    _add(connection, f"SELECT record_no FROM offer WHERE partner IN ({members})", ())


def _hold(connection: Connection, number: int) -> None:
    connection.exec_driver_sql("DELETE FROM temp.scope WHERE no = ?", (number,))
    connection.exec_driver_sql("INSERT OR IGNORE INTO temp.held VALUES (?)", (number,))


def _add(connection: Connection, sql: str, values: tuple[object, ...]) -> None:
    connection.exec_driver_sql(f"INSERT OR IGNORE INTO temp.scope {sql}", values)


def _leave_drafts(connection: Connection) -> list[Waiting]:
    """Take out what was never ready and photos that may not be shown; what went once goes on being sent."""
    rows = connection.exec_driver_sql(
        "SELECT r.no, r.entity, r.uuid FROM temp.scope s JOIN record r ON r.no = s.no"
        " WHERE NOT EXISTS (SELECT 1 FROM peer_record p WHERE p.record_no = r.no AND p.first > 0)"
        f" AND NOT {_NEEDED}",
        SHARED,
    ).all()
    out = []
    for number, entity, record in rows:
        if _first_ready(connection, number) == 0:
            _hold(connection, number)
            out.append(Waiting(entity, str(uuid.UUID(bytes=bytes(record))), "draft"))
    return out + _leave_photos(connection)


def _leave_photos(connection: Connection) -> list[Waiting]:
    looking = TableLookup(connection, "")
    new = connection.exec_driver_sql(
        "SELECT e.record_no, e.id FROM photo e JOIN temp.scope s ON s.no = e.record_no WHERE e.kind = 'photo'"
        " AND NOT EXISTS (SELECT 1 FROM peer_record p WHERE p.record_no = e.record_no AND p.first > 0)"
    ).all()
    out = []
    for number, record in new:
        if not may_leave(looking, record):
            _hold(connection, number)
            out.append(Waiting("photo", record, "permission"))
    return out


def may_leave(looking: TableLookup, record: str) -> bool:
    """Whether the copy of this photo may go to the office; scans and documents go as they are."""
    values = {**(looking.record("photo", record) or {}), "id": record}
    return values.get("kind") != "photo" or photo.may_leave(values, looking)


def _first_ready(connection: Connection, number: int) -> int:
    """The arrival of the save that first made a record ready, 0 if none did."""
    rows = connection.exec_driver_sql(
        "SELECT arrival, id, body FROM log_change WHERE record_no = ? AND arrival > ? ORDER BY arrival",
        (number, adopted(connection)),
    )
    for arrival, change_id, body in rows:
        entry = decode(bytes(change_id), bytes(body))
        if entry.keys.get("entry", ("",))[0] in _READY or entry.kind == "erase":
            return int(arrival)
    return 0


def adopted(connection: Connection) -> int:
    """The last arrival before this workspace joined with records of its own, 0 if it had none."""
    return int(connection.exec_driver_sql("SELECT value FROM setting WHERE name = ?", (ADOPTED,)).scalar() or 0)


def _leave_dependants(connection: Connection) -> list[Waiting]:
    """Take out records that need another which has to wait, until nothing changes.

    What is not of this space came from the office, so it is there already.
    """
    required = [
        (entity, field)
        for entity in ENTITIES.values()
        for field in entity.fields
        if field.required and field.type is Type.REFERENCE and field.target in ENTITIES
    ]
    out: list[Waiting] = []
    before = -1
    while len(out) != before:
        before = len(out)
        for entity, field in required:
            rows = connection.exec_driver_sql(
                f"SELECT e.record_no, e.id FROM {q(entity.name)} e JOIN temp.scope s ON s.no = e.record_no"
                f" JOIN {q(field.target)} t ON t.id = e.{q(field.name)}"
                " JOIN record r ON r.no = s.no"
                f" WHERE t.record_no IN (SELECT no FROM temp.held) AND NOT {_NEEDED}",
                SHARED,
            ).all()
            for number, record in rows:
                _hold(connection, number)
                out.append(Waiting(entity.name, record, field.target))
    return out


def _note(connection: Connection, me: Me, peer: Peer, position: int) -> None:
    connection.exec_driver_sql(
        "DELETE FROM peer_record WHERE peer_no = ? AND record_no NOT IN (SELECT no FROM temp.scope)", (peer.number,)
    )
    new = connection.exec_driver_sql(
        "SELECT no FROM temp.scope WHERE no NOT IN (SELECT record_no FROM peer_record WHERE peer_no = ?)",
        (peer.number,),
    ).all()
    whole = me.space == peer.space
    for (number,) in new:
        first = adopted(connection) if whole else _first_ready(connection, number)
        connection.exec_driver_sql(
            "INSERT INTO peer_record (peer_no, record_no, since, first) VALUES (?, ?, ?, ?)",
            (peer.number, number, position, first),
        )


def heads_before(connection: Connection, number: int, arrival: int) -> set[bytes]:
    """Ids of the changes that still headed a key after the change at ``arrival``, itself left out."""
    rows = connection.exec_driver_sql(
        "SELECT id, body FROM log_change WHERE record_no = ? AND arrival <= ? ORDER BY arrival", (number, arrival)
    )
    heads = compose.heads_of(decode(bytes(row[0]), bytes(row[1])) for row in rows)
    return {head for each in heads.values() for head in each}
