"""Real laptops for the machine: SQLCipher workspaces on a disk in memory, emptied between two histories."""

from __future__ import annotations

import random
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from progressus_desktop.exchange import container
from progressus_desktop.store import check, cipher, compose, erasing, identity, log, query, receiving, workspace
from progressus_desktop.store.changes import Change, decode
from progressus_desktop.store.receiving import Origin, Pair, Received
from progressus_desktop.store.tables import q, shape
from progressus_desktop.store.workspace import Workspace
from tests.conftest import LIGHT

RECORDS = tuple(uuid.UUID(int=0xEE << 64 | number).bytes for number in (1, 2, 3))
START = datetime.fromisoformat("2026-11-23T11:48:00+01:00")
_DAY_MS = 24 * 60 * 60 * 1000
_KEPT = {"replica", "setting", "alembic_version"}
SCALARS = ("title", "locality", "participants")
CHILDREN = ("partners", "topics", "arrangements")


class Hands:
    """A clock that tests turn by hand."""

    def __init__(self) -> None:
        self.ms = int(START.timestamp() * 1000)

    def now_ms(self) -> int:
        return self.ms

    def ticked(self) -> None:
        self.ms += 1


class Chance:
    """Randomness with a seed, in the place of the system's, so that a failure comes back."""

    def __init__(self) -> None:
        self._rng = random.Random(1)

    def urandom(self, size: int) -> bytes:
        return self._rng.randbytes(size)

    def again(self) -> None:
        """From the beginning."""
        self._rng.seed(2)


class Laptop:
    """One replica."""

    def __init__(self, folder: Path, prefix: str, chance: Chance) -> None:
        self.clock = Hands()
        self._chance = chance
        self.ws: Workspace = workspace.create(folder, "haslo", self.clock, prefix=prefix, work=LIGHT)
        self.run = cipher.raw(self.ws.connection).execute
        self.id = self.ws.replica.id
        self.ws.set_setting("role", "office")
        self._tables = [
            row[0]
            for row in self.run(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            )
            if row[0] not in _KEPT and not row[0].startswith(("sqlite_", "search_"))
        ]
        self._indexes = [
            row[0] for row in self.run("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'")
        ]
        self._filled = " UNION ALL ".join(
            f"SELECT {place} WHERE EXISTS (SELECT 1 FROM {q(name)})"
            for place, name in enumerate([*self._indexes, *self._tables])
        )

    def empty(self) -> None:
        """As it was when it was made."""
        self._chance.again()
        self.clock.ms = int(START.timestamp() * 1000)
        self.ws.flag.on = True
        with self.ws.writing():
            every = [*self._indexes, *self._tables]
            for name in [every[row[0]] for row in self.run(self._filled).fetchall()]:
                is_index = name in self._indexes
                self.run(
                    f"INSERT INTO {q(name)} ({q(name)}) VALUES ('delete-all')" if is_index else f"DELETE FROM {q(name)}"
                )
            self.run("UPDATE replica SET last_seq = 0, last_hlc = 0, last_action = 0, last_code = 0")
        self.ws.flag.on = False

    def written(self, arrival: int) -> list[Pair]:
        """What the log got since that arrival."""
        rows = self.run("SELECT id, body FROM log_change WHERE arrival > ? ORDER BY arrival", (arrival,))
        return [(bytes(row[0]), bytes(row[1])) for row in rows]

    def position(self) -> int:
        return int(self.run("SELECT coalesce(max(arrival), 0) FROM log_change").fetchone()[0])

    def commit(self, changes: Sequence[Change], kind: str = "edit") -> None:
        self.ws.commit(changes, kind, kind)

    def receive(
        self, sender: bytes, batches: Sequence[Sequence[Pair]], run: int = 0, *, keep: bool = True
    ) -> list[Received]:
        """Take batches, each as a package of its own, in one transaction."""
        out = []
        with receiving.transaction(self.ws, keep=keep) as connection:
            for batch in batches:
                origin = Origin(b"", sender, 0, 0, run)
                out.append(receiving.receive(self.ws, connection, origin, batch, _anything, container.entry))
                run = run or out[-1].run
        return out

    def heads(self) -> dict[bytes, dict[str, set[bytes]]]:
        rows = self.run("SELECT uuid, heads FROM record").fetchall()
        return {
            bytes(row[0]): {name: set(heads) for name, heads in compose.unpack(bytes(row[1])).items()} for row in rows
        }

    def form(self, record: bytes) -> tuple[dict[str, Any], dict[str, tuple[bytes, ...]], list[bytes]]:
        """What a form shows and what stands behind it."""
        return query.present_keys(self.ws, str(uuid.UUID(bytes=record)))

    def questions(self) -> set[tuple[bytes, str]]:
        sql = "SELECT r.uuid, c.name FROM conflict c JOIN record r ON r.no = c.record_no"
        return {(bytes(row[0]), row[1]) for row in self.run(sql)}

    def awaited(self) -> set[tuple[bytes, str]]:
        return {(bytes(row[0]), row[1]) for row in self.run("SELECT id, name FROM presup")}

    def rows(self) -> dict[bytes, dict[str, Any]]:
        """What the tables say of each record: scalars as columns, items as the keys of their tables."""
        of = shape("event")
        names = ", ".join(q(name) for name in ("record_no", "id", "deleted", *SCALARS))
        out: dict[int, dict[str, Any]] = {}
        ids: dict[bytes, dict[str, Any]] = {}
        for number, record, deleted, *values in self.run(f"SELECT {names} FROM event"):
            out[number] = {"deleted": bool(deleted), **dict(zip(SCALARS, values, strict=True))}
            out[number] |= {name: set() for name in CHILDREN}
            ids[uuid.UUID(record).bytes] = out[number]
        for name in CHILDREN:
            for number, item in self.run(f"SELECT record_no, item_key FROM {q(of.child(of.entity.field(name)))}"):
                out[number][name].add(item)
        return ids

    def says(self, record: bytes) -> bool:
        """Whether anything that was written of a record can still be read in the log."""
        sql = "SELECT id, body FROM log_change WHERE record_no = (SELECT no FROM record WHERE uuid = ?)"
        entries = [decode(bytes(row[0]), bytes(row[1])) for row in self.run(sql, (record,))]
        return any(value is not None for entry in entries for value, _old in entry.keys.values())

    def clock_is_bounded(self, before: int) -> bool:
        last = int(self.run("SELECT last_hlc FROM replica WHERE own = 1").fetchone()[0])
        return last <= max(before, self.clock.ms + _DAY_MS)

    def last_hlc(self) -> int:
        return int(self.run("SELECT last_hlc FROM replica WHERE own = 1").fetchone()[0])

    def replays(self) -> bool:
        """Whether the tables equal a replay of the log into empty ones."""
        before, after = check._compared(self.ws, keep=False, progress=None)
        return before == after

    def whole(self) -> bool:
        """Whether every cache equals a replay of the log."""
        return check.check(self.ws).ok


def _later(_ws: Workspace, _files: object) -> None:
    """Old backups and free pages are not looked at here; the tests of erasure do it."""


def _anything(_entry: Any, _held: Any) -> str:
    return ""


def _unwritten(connect: Callable[..., Any], place: str) -> Callable[..., Any]:
    """SQLCipher without a file for what lies in ``place``: encrypting and writing pages is a fifth of a history."""

    def in_memory(address: str, **named: Any) -> Any:
        if place not in address:
            return connect(address, **named)
        name = uuid.uuid5(uuid.NAMESPACE_URL, address.partition("?")[0])
        return connect(f"file:{name}?mode=memory&cache=shared", **named)

    return in_memory


@contextmanager
def made(count: int, *, files: bool = True) -> Iterator[list[Laptop]]:
    """Laptops on a disk in memory where there is one, each a machine's place of its own; or without ``files``."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of this run's own is made in it
    with (
        pytest.MonkeyPatch.context() as patch,
        tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as place,
    ):
        patch.setenv("PROGRESSUS_HOME", f"{place}/home")
        if not files:
            patch.setattr(cipher.sqlcipher3, "connect", _unwritten(cipher.sqlcipher3.connect, place))
        chance = Chance()
        patch.setattr(log, "os", chance)
        patch.setattr(identity, "new_id", lambda: chance.urandom(6))
        patch.setattr(erasing, "clean_up", _later)
        laptops = [Laptop(Path(place) / f"laptop-{number}", f"AA{chr(65 + number)}", chance) for number in range(count)]
        try:
            yield laptops
        finally:
            for each in laptops:
                each.ws.close()
