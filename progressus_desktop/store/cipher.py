"""The one typed door to SQLCipher: encrypted connections and errors in people's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import Connection, Engine, create_engine, exc
from sqlalchemy.pool import NullPool

from progressus_desktop.errors import DamagedError, InUseError, ProgressusError, StorageError
from progressus_desktop.words import N_, Message

PAGE_SIZE = 4096
CACHE_KIB = 64 * 1024
"""Page cache of a connection: 64 MiB measured best for an office's million rows (performance.md, recipe 5)."""

STATEMENTS = 2_000
"""Prepared statements that a connection keeps. One save has some 250, and the driver, once its 128 places are taken,
prepares each further one again and again: a fifth of the time of a save or an import of a few records, measured."""

SYNCHRONOUS = "FULL"
"""What was saved is on the disk, whatever happens to the power, before the save is told."""


class WritingFlag:
    """Whether this connection is inside a commit; triggers refuse writes to log and projection while it is off."""

    def __init__(self) -> None:
        self.on = False

    def value(self) -> int:
        """1 inside a commit, else 0 (called by the triggers)."""
        return int(self.on)


def _connect(file: Path, key: bytes, flag: WritingFlag, *, read_only: bool, immutable: bool, cache_kib: int) -> Any:
    mode = "ro" if read_only else "rwc"
    address = f"{file.absolute().as_uri()}?mode={mode}" + ("&immutable=1" if immutable else "")
    raw = sqlcipher3.connect(
        address, uri=True, isolation_level=None, check_same_thread=False, timeout=5, cached_statements=STATEMENTS
    )
    try:
        raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        raw.execute(f"PRAGMA cache_size = -{cache_kib}")
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA cell_size_check = ON")
        raw.execute("PRAGMA secure_delete = ON")
        raw.execute("PRAGMA temp_store = MEMORY")
        if not read_only:
            raw.execute("PRAGMA journal_mode = WAL")
            raw.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        raw.create_function("progressus_writing", 0, flag.value)
    except BaseException:
        raw.close()
        raise
    return raw


def engine(
    file: Path,
    key: bytes,
    flag: WritingFlag,
    *,
    read_only: bool = False,
    immutable: bool = False,
    cache_kib: int = CACHE_KIB,
) -> Engine:
    """An engine whose every connection decrypts ``file`` with the 32-byte raw ``key``.

    Transactions are explicit: connections are in autocommit until a ``BEGIN`` is executed, because SQLAlchemy's
    own begin would leave a half-migrated file after a crash.
    """

    def creator() -> Any:
        return _connect(file, key, flag, read_only=read_only, immutable=immutable, cache_kib=cache_kib)

    return create_engine(
        "sqlite://", module=sqlcipher3, creator=creator, poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )


def raw(connection: Connection) -> Any:
    """The driver's own connection, for backup and interrupt."""
    return connection.connection.driver_connection


def copy(source: Connection, target: Connection, progress: Any = None) -> None:
    """Copy the whole database page by page with SQLite's backup interface; both must have the same key."""
    raw(source).backup(raw(target), pages=2_000, progress=progress)


@contextmanager
def translated(what: Message | None = None) -> Iterator[None]:
    """Turn the driver's errors into named ones.

    Raises:
        StorageError: the disk is full or cannot be written.
        InUseError: another program holds the database.
        DamagedError: a page does not decrypt or the database is malformed.
    """
    try:
        yield
    except (exc.DBAPIError, sqlcipher3.Error) as error:
        named = _named(str(getattr(error, "orig", None) or error).lower(), what)
        if named is None:
            raise
        raise named from error


def _named(text: str, what: Message | None) -> ProgressusError | None:
    if "full" in text or "disk i/o" in text:
        first = what or Message(N_("The change was not saved."))
        hint = Message(N_("The disk is full or does not answer. What was saved before is safe. Free some space."))
        return StorageError(first, hint=hint)
    if "readonly" in text or "read-only" in text or "unable to open" in text:
        first = what or Message(N_("The change was not saved."))
        hint = Message(N_("The folder cannot be written to. What was saved before is safe. Choose another folder."))
        return StorageError(first, hint=hint)
    if "locked" in text:
        hint = Message(N_("Nothing was changed. Close the other program and try again."))
        return InUseError(Message(N_("Another program is using this workspace.")), hint=hint)
    if "not a database" in text or "malformed" in text or "hmac" in text or "corrupt" in text or "encrypted" in text:
        hint = Message(N_("Nothing was changed. Restore the newest backup into a new folder; keep this one."))
        return DamagedError(Message(N_("The workspace file is damaged.")), hint=hint)
    return None
