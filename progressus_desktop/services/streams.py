"""Positions in the streams of laptops: what of theirs is here, what of ours is there, and whose stream it is.

A stream is a log in the order of its laptop; a position names a change in it. Every package and every receipt says
with its position which change stands there: a laptop that was copied, or set back to an older state together with the
program's own notes, has another change there, and notices it before anything is taken for confirmed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.exchange import ranges
from progressus_desktop.exchange.container import Manifest
from progressus_desktop.exchange.peers import Peer
from progressus_desktop.store.workspace import Workspace

_HEADS = "stream_heads"


def position(connection: Connection) -> int:
    """The newest position of our own stream."""
    return int(connection.exec_driver_sql("SELECT coalesce(max(arrival), 0) FROM log_change").scalar() or 0)


def head(connection: Connection, at: int) -> bytes:
    """The change that stands at a position of our own stream, empty if none."""
    found = connection.exec_driver_sql("SELECT id FROM log_change WHERE arrival = ?", (at,)).scalar()
    return bytes(found) if found is not None else b""


def arrived(ws: Workspace, peer: Peer, manifest: Manifest) -> Peer:
    """The peer with the positions of its stream that this package brings.

    What the sender takes for confirmed counts only if it was confirmed by this very laptop; a split package counts
    when all its parts with changes have come.
    """
    first = manifest.number - manifest.part[0] + 1
    parts = manifest.scope.get("parts", 1)
    parts = parts if type(parts) is int else 1
    if not any(replica in {b"", ws.replica.id} for replica, _key in manifest.recipients) or not manifest.number:
        got = ranges.add(peer.got, manifest.lo, manifest.hi) if parts == 1 else peer.got
        return replace(peer, got=got)
    numbers = ranges.add(peer.numbers, manifest.number, manifest.number)
    got = ranges.add(peer.got, 1, manifest.base)
    if all(ranges.has(numbers, number) for number in range(first, first + parts)):
        got = ranges.add(got, manifest.lo, manifest.hi)
    return replace(peer, got=got, numbers=numbers)


def note_head(connection: Connection, peer: Peer, manifest: Manifest) -> None:
    """Remember which change of the sender stands at the end of what this package covers."""
    change = manifest.scope.get("head")
    if isinstance(change, bytes) and change:
        every = _heads(connection)
        upto = ranges.contiguous(peer.got)
        kept = {at: each for at, each in every.get(peer.replica.hex(), {}).items() if int(at) >= upto}
        # the first that told it stays: a copy that tells another one must notice by our receipt
        every[peer.replica.hex()] = {str(manifest.hi): change.hex()} | kept
        sql = "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)"
        connection.exec_driver_sql(sql, (_HEADS, json.dumps(every)))


def head_of(connection: Connection, peer: Peer) -> bytes:
    """The change of a peer that stands where our receipt ends, empty if it is not known."""
    found = _heads(connection).get(peer.replica.hex(), {}).get(str(ranges.contiguous(peer.got)), "")
    return bytes.fromhex(found)


def _heads(connection: Connection) -> dict[str, dict[str, str]]:
    kept = connection.exec_driver_sql("SELECT value FROM setting WHERE name = ?", (_HEADS,)).scalar()
    found: dict[str, dict[str, str]] = json.loads(kept) if kept else {}
    return found


def receipt(ws: Workspace, manifest: Manifest) -> Mapping[str, Any] | None:
    """What the sender confirms of the stream of this laptop, None if nothing."""
    found = manifest.acks.get(ws.replica.id.hex())
    return found if isinstance(found, dict) and type(found.get("to")) is int else None


def is_of_another(connection: Connection, confirmed: Mapping[str, Any] | None) -> bool:
    """Whether a receipt is for a stream that is not ours although it bears our number: a copy's, or a later state's."""
    if confirmed is None:
        return False
    if confirmed["to"] > position(connection):
        return True
    change = confirmed.get("head")
    return isinstance(change, bytes) and change != b"" and change != head(connection, confirmed["to"])
