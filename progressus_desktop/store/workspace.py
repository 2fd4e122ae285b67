"""A workspace: a folder with one encrypted database, its wrapped keys, attachments and backups."""

from __future__ import annotations

import contextlib
import json
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from progressus_desktop import __version__
from progressus_desktop.clock import Clock
from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import DamagedError, NewerVersionError, StorageError
from progressus_desktop.store import cipher, identity, keys, lock, places, schema
from progressus_desktop.store.identity import Replica
from progressus_desktop.words import N_, Message

if TYPE_CHECKING:
    from filelock import FileLock
    from sqlalchemy import Connection, Engine

    from progressus_desktop.store.changes import Change

FORMAT = 1
"""Format of the workspace folder."""

_MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Card:
    """What ``workspace.json`` says before unlocking; no secrets and no personal data."""

    id: str
    name: str
    demo: bool
    format: int = FORMAT
    min_reader: int = FORMAT
    app: str = __version__


class Workspace:
    """An open workspace. Everything is read and written through its one connection or a worker's own."""

    def __init__(
        self, folder: Path, clock: Clock, engine: Engine, flag: cipher.WritingFlag, card: Card, data_key: bytes
    ) -> None:
        self.folder = folder
        self.clock = clock
        self.engine = engine
        self.flag = flag
        self.card = card
        self.data_key = data_key
        self.read_only = False
        self.why_read_only: Message | None = None
        self.copied = False
        self.unclean = False
        self.person = ""
        self.space = "office"
        self.lock: FileLock | None = None
        self.guard = threading.RLock()
        self.connection = engine.connect()
        self._depth = 0
        self._listeners: list[Callable[[Committed], None]] = []

    @property
    def name(self) -> str:
        """The name shown before and after unlocking."""
        return self.card.name

    @property
    def is_demo(self) -> bool:
        """Whether this holds sample data."""
        return self.card.demo

    @property
    def is_office(self) -> bool:
        """Whether records made here belong to the project office."""
        return self.space == "office"

    @property
    def replica(self) -> Replica:
        """The laptop that signs what is written here."""
        with self.guard:  # another thread's rollback would cut an open cursor off
            return identity.own(self.connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent snapshot on the workspace's own connection; may be nested."""
        with self.guard, cipher.translated(Message(N_("The workspace could not be read."))):
            run = cipher.raw(self.connection).execute
            if self._depth == 0:
                run("BEGIN")
            self._depth += 1
            try:
                yield self.connection
            finally:
                self._depth -= 1
                if self._depth == 0:
                    run("ROLLBACK")

    @contextmanager
    def reader(self) -> Iterator[Connection]:
        """One consistent snapshot on a connection of its own, for a worker thread."""
        with cipher.translated(Message(N_("The workspace could not be read."))), self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                yield connection
            finally:
                connection.exec_driver_sql("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One write transaction of the store's own; commits at the end, rolls back on any error.

        Raises:
            NewerVersionError: the file was written by a newer program.
            StorageError: read-only, full or unwritable.
        """
        self.must_be_writable()
        with self.guard, cipher.translated():
            run = cipher.raw(self.connection).execute
            run("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield self.connection
                run("COMMIT")
            except BaseException:
                with contextlib.suppress(Exception):
                    run("ROLLBACK")
                raise
            finally:
                self._depth -= 1

    @contextmanager
    def writing_apart(self) -> Iterator[Connection]:
        """:meth:`writing` on a connection of its own, for long work: who reads here meanwhile is not kept waiting.

        Raises:
            InUseError: something else is being written.
            NewerVersionError: the file was written by a newer program.
            StorageError: read-only, full or unwritable.
        """
        self.must_be_writable()
        with cipher.translated(), self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                with contextlib.suppress(Exception):
                    connection.exec_driver_sql("ROLLBACK")
                raise

    def commit(
        self,
        changes: Sequence[Change],
        kind: str,
        label: str,
        undoes: int | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Committed:
        """Append changes to the log and project them, in one transaction, then tell the listeners once.

        ``progress`` hears how many changes of how many are written; it may raise to give up, and nothing stays.

        Raises:
            NewerVersionError: the file was written by a newer program.
            StorageError: the disk is full or cannot be written; nothing was changed.
        """
        from progressus_desktop.store import log

        done = log.append(self, changes, kind, label, undoes, progress)
        self.tell(done)
        return done

    def subscribe(self, listener: Callable[[Committed], None]) -> Callable[[], None]:
        """Call ``listener`` after each commit, in the committing thread; returns how to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, done: Committed) -> None:
        """Tell every listener about a commit."""
        for listener in list(self._listeners):
            listener(done)

    def must_be_writable(self) -> None:
        """Refuse writing in a read-only workspace.

        Raises:
            NewerVersionError: the file was written by a newer program.
            StorageError: the folder cannot be written.
        """
        if not self.read_only:
            return
        if self.card.format > FORMAT or isinstance(self.why_read_only, _NewerMessage):
            raise NewerVersionError(_newer_words())
        hint = Message(N_("You can read and print. To write, free some space or move the workspace to another folder."))
        raise StorageError(Message(N_("This workspace is open for reading only.")), hint=hint)

    def get_setting(self, name: str, default: str = "") -> str:
        """A setting kept inside the encrypted file."""
        with self.reading() as connection:
            row = connection.exec_driver_sql("SELECT value FROM setting WHERE name = ?", (name,)).first()
        return row[0] if row else default

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting inside the encrypted file.

        Raises:
            StorageError: it could not be written.
        """
        with self.writing() as connection:
            connection.exec_driver_sql("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value))

    def keep_identity(self) -> None:
        """A person said the workspace was moved, not copied: the same laptop goes on."""
        with self.reading() as connection:
            identity.remember(connection, self.folder)
        self.copied = False

    def close(self) -> None:
        """Checkpoint, forget the keys and let others in. Safe to call twice."""
        if self.connection.closed:
            return
        with contextlib.suppress(Exception):
            if not self.read_only:
                self.connection.exec_driver_sql("INSERT OR REPLACE INTO setting VALUES ('clean', '1')")
                self.connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                if not self.copied:
                    identity.remember(self.connection, self.folder)
        self.connection.close()
        self.engine.dispose()
        if self.lock is not None:
            self.lock.release()


class _NewerMessage(Message):
    """The reason "written by a newer program", told apart by its type."""


def _newer_words() -> _NewerMessage:
    return _NewerMessage(
        N_("A newer version of the program wrote this workspace. You can read it; install that version to write.")
    )


def create(
    folder: Path,
    password: str,
    clock: Clock,
    *,
    prefix: str,
    letter: str = "A",
    name: str = "",
    demo: bool = False,
    work: keys.Work = keys.STRONG,
) -> Workspace:
    """Make an empty workspace in ``folder``, which must be empty or absent.

    Raises:
        StorageError: the folder holds something already, or cannot be written; nothing is left behind.
    """
    made_folder = not folder.exists()
    if not made_folder and (not folder.is_dir() or any(folder.iterdir())):
        hint = Message(N_("Nothing was changed. Choose an empty folder."))
        raise StorageError(Message(N_("There is something in this folder already.")), hint=hint)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _filled(
            folder, password, clock, Card(str(uuid.uuid4()), name or folder.name, demo), prefix, letter, work
        )
    except OSError as error:
        discard(folder, made_folder=made_folder)
        hint = Message(N_("The disk is full or the folder cannot be written to. Nothing was left behind."))
        raise StorageError(Message(N_("The workspace was not created.")), hint=hint) from error
    except BaseException:
        discard(folder, made_folder=made_folder)
        raise


def _filled(
    folder: Path, password: str, clock: Clock, card: Card, prefix: str, letter: str, work: keys.Work
) -> Workspace:
    from progressus_desktop.store import tables

    data_key = keys.new_data_key()
    held = lock.take(folder)
    try:
        keys.save(folder / "keys.json", [keys.slot("password", password, data_key, card.id, work)])
        write_card(folder, card)
        (folder / "attachments").mkdir()
        (folder / "backups").mkdir()
        flag = cipher.WritingFlag()
        with cipher.translated(Message(N_("The workspace was not created."))):
            ws = Workspace(folder, clock, cipher.engine(folder / "workspace.db", data_key, flag), flag, card, data_key)
            ws.lock = held
            try:
                flag.on = True
                with ws.writing() as connection:
                    schema.LOG.create_all(connection, checkfirst=False)
                    connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
                    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (schema.VERSION,))
                    identity.add_own(connection, prefix, letter)
                    tables.create(connection)
                    tables.guard_log(connection)
                flag.on = False
                identity.remember(ws.connection, folder)
            except BaseException:
                ws.connection.close()
                raise
    except BaseException:
        held.release()
        raise
    return ws


def discard(folder: Path, *, made_folder: bool = True) -> None:
    """Take away a workspace that could not be finished."""
    import shutil

    if not folder.is_dir():
        return
    for each in list(folder.iterdir()):
        shutil.rmtree(each, ignore_errors=True) if each.is_dir() else each.unlink(missing_ok=True)
    if made_folder:
        folder.rmdir()


def write_card(folder: Path, card: Card) -> None:
    """Write ``workspace.json``.

    Raises:
        OSError: it could not be written.
    """
    found = {name: getattr(card, name) for name in ("format", "min_reader", "id", "name", "demo", "app")}
    places.write_safely(folder / "workspace.json", json.dumps(found, indent=1, ensure_ascii=False).encode())


def read_card(folder: Path) -> Card:
    """What ``workspace.json`` says.

    Raises:
        DamagedError: this is no workspace, or the file is damaged.
    """
    file = folder / "workspace.json"
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise _not_ours(folder)
        found: Any = json.loads(file.read_text(encoding="utf-8"))
        numbers = int(found["format"]), int(found["min_reader"])
        return Card(str(found["id"]), str(found["name"]), bool(found["demo"]), *numbers, str(found["app"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _not_ours(folder) from error


def _not_ours(folder: Path) -> DamagedError:
    message = Message(N_("“{name}” is not a workspace of this program."), {"name": folder.name})
    hint = Message(N_("Nothing was changed. Choose the folder that holds the file workspace.json."))
    return DamagedError(message, hint=hint)


def open_(
    folder: Path,
    clock: Clock,
    *,
    password: str = "",
    recovery_code: str = "",
    data_key: bytes = b"",
    read_only: bool = False,
) -> Workspace:
    """Open the workspace in ``folder`` with its password, its recovery code, or the data key itself.

    Raises:
        AccessError: the password or code does not open it.
        DamagedError: no workspace, or its files are damaged.
        InUseError: another program holds it.
        NewerVersionError: its format cannot even be read by this version.
        StorageError: the disk is full.
    """
    from progressus_desktop.store import opening

    return opening.open_workspace(folder, clock, opening.Secret(password, recovery_code, data_key), read_only=read_only)
