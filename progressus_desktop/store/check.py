"""Is the workspace whole? Database pages, log, caches against a replay, attachments; and the repair of caches."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.errors import ProgressusError
from progressus_desktop.store import cipher, tables
from progressus_desktop.store.changes import decode, tag
from progressus_desktop.store.projection import Projector
from progressus_desktop.store.tables import q, shape
from progressus_desktop.words import N_, NN_, Message

if TYPE_CHECKING:
    from progressus_desktop.store.workspace import Workspace

_BATCH = 2_000
_FEW = 5_000
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was found; no findings means whole. Counts are of what was looked at."""

    findings: tuple[Message, ...]
    changes: int
    records: int
    attachments: int

    @property
    def ok(self) -> bool:
        """Whether everything is whole."""
        return not self.findings


def check(ws: Workspace, rebuild: bool = False, progress: Progress | None = None) -> CheckReport:  # noqa: FBT001, FBT002 - reads well named
    """Look at everything; with ``rebuild`` write the caches anew from the log when they differ."""
    findings: list[Message] = []
    if not ws.read_only:
        with ws.guard, cipher.translated():
            # The page check reads the main file alone, so what still stands in the WAL has to come home first.
            ws.connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    with ws.reading() as connection:
        findings += _pages(connection)
        findings += _log(connection)
        changes = connection.exec_driver_sql("SELECT count(*) FROM log_change").scalar() or 0
        records = connection.exec_driver_sql("SELECT count(*) FROM record").scalar() or 0
    if not findings:
        before, after = _compared(ws, keep=rebuild, progress=progress)
        if before != after and not rebuild:
            findings.append(Message(N_("The tables differ from the log. Run the check with repair.")))
    attachments, broken = _attachments(ws)
    if broken:
        one, many = NN_("{n} attachment is missing or damaged.", "{n} attachments are missing or damaged.")
        findings.append(Message(one, {}, many, broken))
    return CheckReport(tuple(findings), changes, records, attachments)


def rebuild(ws: Workspace, progress: Progress | None = None) -> None:
    """Write all caches anew from the log, in one transaction."""
    _compared(ws, keep=True, progress=progress)


def _pages(connection: Connection) -> Iterator[Message]:
    broken = connection.exec_driver_sql("PRAGMA cipher_integrity_check").all()
    whole = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    if broken or whole != "ok":
        yield Message(N_("Pages of the database are damaged. Restore the newest backup into a new folder."))


def _log(connection: Connection) -> Iterator[Message]:
    wrong = 0
    erased = {row[0] for row in connection.exec_driver_sql("SELECT no FROM record WHERE state = 'erased'")}
    for row in connection.exec_driver_sql("SELECT id, body, record_no, commit_no FROM log_change"):
        # what was erased is redacted and bears the id of what stood there
        wrong += bytes(row[0])[10:] != tag(bytes(row[1])) and row[2] not in erased
    lone = connection.exec_driver_sql(
        "SELECT count(*) FROM log_change c LEFT JOIN log_commit k ON k.number = c.commit_no WHERE k.number IS NULL"
    ).scalar()
    if wrong or lone:
        yield Message(N_("The change log is damaged. Restore the newest backup into a new folder."))


@contextmanager
def _rolled_back_unless(ws: Workspace, *, keep: bool) -> Iterator[Connection]:
    """A write transaction that is undone at its end unless the rebuilt caches are to stay."""
    with ws.guard, cipher.translated():
        ws.connection.exec_driver_sql("BEGIN IMMEDIATE")
        ws.flag.on = True
        try:
            yield ws.connection
        except BaseException:
            ws.connection.exec_driver_sql("ROLLBACK")
            raise
        else:
            ws.connection.exec_driver_sql("COMMIT" if keep else "ROLLBACK")
        finally:
            ws.flag.on = False


def _compared(ws: Workspace, *, keep: bool, progress: Progress | None) -> tuple[str, str]:
    if ws.read_only:
        return "", ""
    with _rolled_back_unless(ws, keep=keep) as connection:
        current = tables.current(connection)
        before = digest(connection) if current else ""
        numbers = connection.exec_driver_sql("SELECT no, uuid, entity FROM record").all()
        own = {r[0]: r[1] for r in connection.exec_driver_sql("SELECT no, last_own_arrival FROM record")}
        if current and not keep and len(numbers) < _FEW:
            _empty(connection)
        else:
            tables.drop(connection)
            tables.create(connection, lists=False)
        # Record numbers stand in the log's rows, so a replay must give each record its own again.
        connection.exec_driver_sql(
            "INSERT INTO record (no, uuid, entity, state, heads, version, changed_ms, last_own_arrival)"
            " VALUES (?, ?, ?, 'placeholder', x'80', x'', 0, ?)",
            [(n[0], n[1], n[2], own[n[0]]) for n in numbers],
        ) if numbers else None
        with tables.unguarded(connection, really=len(numbers) >= _FEW):
            _replay(connection, ws.space, progress)
        if keep:
            tables.arrange(connection)
        return before, digest(connection)


def _empty(connection: Connection) -> None:
    """Take everything out of the caches: of a few records much quicker than to make them anew."""
    run = cipher.raw(connection).execute
    for name in ENTITIES:
        index = q(shape(name).index)
        run(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    for name in _names():
        run(f"DELETE FROM {q(name)}")


def _names() -> Iterator[str]:
    """Every table of the caches but the search indexes."""
    yield from tables.CACHES
    for name in ENTITIES:
        of = shape(name)
        yield of.table
        yield from (of.child(field) for field in of.children)


def _replay(connection: Connection, space: str, progress: Progress | None) -> None:
    count = connection.exec_driver_sql("SELECT coalesce(max(arrival), 0) FROM log_change").scalar() or 0
    at = 0
    projector = Projector(connection, space)
    while at < count:
        rows = connection.exec_driver_sql(
            "SELECT arrival, id, body FROM log_change WHERE arrival > ? ORDER BY arrival LIMIT ?", (at, _BATCH)
        ).all()
        projector.take_many([(decode(bytes(row[1]), bytes(row[2])), row[0]) for row in rows], own=False)
        at = rows[-1][0] if rows else count
        if progress is not None:
            progress(at, count)
    projector.finish()


def digest(connection: Connection) -> str:
    """A hash over the content of every cache, the search index's words included."""
    found = hashlib.blake2b(digest_size=16)
    run = cipher.raw(connection).execute
    for name in _names():
        _take(found, _ordered(run, name))
    for name in ENTITIES:
        of = shape(name)
        words = q(f"words_of_{of.table}")
        run(f"CREATE VIRTUAL TABLE temp.{words} USING fts5vocab(main, {of.index}, 'instance')")
        _take(found, run(f"SELECT term, doc, col FROM temp.{words} ORDER BY term, doc, col, offset"))
        run(f"DROP TABLE temp.{words}")
    return found.hexdigest()


def _take(found: Any, rows: Any) -> None:
    while part := rows.fetchmany(200):
        found.update(repr(part).encode())


def _ordered(run: Callable[[str], Any], name: str) -> Any:
    columns = [row[1] for row in run(f"PRAGMA table_info({q(name)})")]
    where = " WHERE n <> 0" if name == "counter" else " WHERE state <> 'placeholder'" if name == "record" else ""
    by = ", ".join(q(column) for column in columns)
    return run(f"SELECT {by} FROM {q(name)}{where} ORDER BY {by}")


def _attachments(ws: Workspace) -> tuple[int, int]:
    from progressus_desktop.store import media

    wanted = media.wanted(ws)
    must_be_here = media.of_own_work(ws)
    broken = 0
    for sha in wanted:
        if sha not in must_be_here and not media.exists(ws, sha):
            continue  # it follows in a later package
        try:
            media.read(ws, sha)
        except ProgressusError:
            broken += 1
    return len(wanted), broken
