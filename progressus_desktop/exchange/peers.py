"""The laptops that packages go to and come from, as the workspace remembers them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.exchange import ranges
from progressus_desktop.exchange.ranges import Ranges

OFFICE, TESTER = "office", "tester"
GONE = "gone"
"""The role of a laptop that the office took out of the project: nothing goes to it, nothing of it is read."""


@dataclass(frozen=True, slots=True)
class Peer:
    """One other laptop. Positions are arrivals: ``sent_to`` and ``acked_to`` of our log, ``got`` of theirs.

    ``numbers`` are the package numbers that came, ``missing`` the SHA-256 of attachments they said they lack,
    ``erased`` the records they confirmed as erased; ``retired`` means another replica of the same key replaced it.
    """

    number: int
    name: str
    role: str
    space: str
    sign_key: bytes
    age_key: str
    replica: bytes
    prefix: str = ""
    letter: str = ""
    sent_to: int = 0
    acked_to: int = 0
    got: Ranges = ()
    numbers: Ranges = ()
    file_no: int = 0
    last_file: bytes = b""
    missing: tuple[str, ...] = ()
    erased: tuple[str, ...] = ()
    sent_ms: int = 0
    heard_ms: int = 0
    compared: bool = False
    retired: bool = False

    @property
    def label(self) -> str:
        """Prefix and letter as in human codes: whose laptop, and which."""
        return f"{self.prefix}{self.letter}"


_COLUMNS = (
    "number", "name", "role", "space", "sign_key", "age_key", "replica", "prefix", "letter", "sent_to", "acked_to",
    "got", "numbers", "file_no", "last_file", "missing", "erased", "sent_ms", "heard_ms", "compared", "retired",
)  # fmt: skip
_SQL = f"SELECT {', '.join(_COLUMNS)} FROM peer"


def _peer(row: Any) -> Peer:
    found = dict(zip(_COLUMNS, row, strict=True))
    for name in ("sign_key", "replica", "last_file"):
        found[name] = bytes(found[name])
    for name in ("got", "numbers"):
        found[name] = ranges.read(json.loads(found[name]))
    for name in ("missing", "erased"):
        found[name] = tuple(json.loads(found[name]))
    for name in ("compared", "retired"):
        found[name] = bool(found[name])
    return Peer(**found)


def every(connection: Connection, *, retired: bool = False) -> list[Peer]:
    """All laptops known, the office first, then by name; ``retired`` asks for the replaced ones too."""
    rows = connection.exec_driver_sql(f"{_SQL} ORDER BY role <> 'office', name, number").all()
    return [each for each in map(_peer, rows) if retired or not each.retired]


def by_key(connection: Connection, sign_key: bytes) -> list[Peer]:
    """The replicas of one signing key, newest first."""
    rows = connection.exec_driver_sql(f"{_SQL} WHERE sign_key = ? ORDER BY number DESC", (sign_key,)).all()
    return [_peer(row) for row in rows]


def of_replica(connection: Connection, sign_key: bytes, replica: bytes) -> Peer | None:
    """The laptop with this key and replica id."""
    row = connection.exec_driver_sql(f"{_SQL} WHERE sign_key = ? AND replica = ?", (sign_key, replica)).first()
    return _peer(row) if row else None


def save(connection: Connection, peer: Peer) -> Peer:
    """Keep a laptop; number 0 makes a new one."""
    values = {name: getattr(peer, name) for name in _COLUMNS}
    for name in ("got", "numbers", "missing", "erased"):
        values[name] = json.dumps(values[name])
    for name in ("compared", "retired"):
        values[name] = int(values[name])
    number = values["number"] or None
    row = (number, *(values[name] for name in _COLUMNS[1:]))
    marks = ", ".join("?" * len(_COLUMNS))
    cursor = connection.exec_driver_sql(f"INSERT OR REPLACE INTO peer ({', '.join(_COLUMNS)}) VALUES ({marks})", row)
    return peer if number else replace(peer, number=int(cursor.lastrowid))
