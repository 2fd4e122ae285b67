"""Opening a workspace: lock, keys, damage, migration, caches, identity, in this order; a refusal changes nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from progressus_desktop.clock import Clock
from progressus_desktop.errors import DamagedError, NewerVersionError, StorageError
from progressus_desktop.store import cipher, identity, keys, lock, schema, tables, workspace
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message


@dataclass(frozen=True, slots=True)
class Secret:
    """What opens a workspace; one of the three."""

    password: str = ""
    recovery_code: str = ""
    data_key: bytes = b""


def open_workspace(folder: Path, clock: Clock, secret: Secret, *, read_only: bool) -> Workspace:
    """See :func:`progressus_desktop.store.workspace.open_`."""
    card = workspace.read_card(folder)
    if card.min_reader > workspace.FORMAT:
        hint = Message(N_("Nothing was changed. Install the newest version of the program."))
        raise NewerVersionError(Message(N_("A newer version of the program made this workspace.")), hint=hint)
    slots = keys.load(folder / "keys.json")
    _must_exist(folder / "workspace.db")
    why = Message(N_("It was opened for reading only.")) if read_only else _unwritable(folder)
    held = None if why is not None else lock.take(folder)
    try:
        data_key = _data_key(slots, card.id, secret)
        try:
            ws = _prepared(_connected(folder, clock, card, data_key, read_only=why is not None))
        except StorageError:
            if why is not None:
                raise
            # no room to write in: what is there can be read, printed and taken elsewhere all the same
            why = Message(N_("The disk is full or does not answer."))
            ws = _prepared(_connected(folder, clock, card, data_key, read_only=True))
    except BaseException:
        if held is not None:
            held.release()
        raise
    ws.lock = held
    ws.why_read_only = ws.why_read_only or why
    return ws


def _prepared(ws: Workspace) -> Workspace:
    try:
        with cipher.translated():
            _prepare(ws)
    except BaseException:
        ws.connection.close()
        ws.engine.dispose()
        raise
    return ws


def _data_key(slots: list[dict[str, object]], workspace_id: str, secret: Secret) -> bytes:
    if secret.data_key:
        return secret.data_key
    if secret.recovery_code:
        return keys.unwrap(slots, "recovery", keys.read_recovery_code(secret.recovery_code), workspace_id)
    return keys.unwrap(slots, "password", secret.password, workspace_id)


def _must_exist(file: Path) -> None:
    wal = file.with_name(f"{file.name}-wal")
    # A disk that filled up while pages were moved home leaves half a page here and the whole one in the WAL.
    healed_by_wal = wal.is_file() and wal.stat().st_size > 0
    size = file.stat().st_size if file.is_file() else 0
    if size < cipher.PAGE_SIZE or (size % cipher.PAGE_SIZE and not healed_by_wal):
        hint = Message(N_("Nothing was changed. Restore the newest backup into a new folder; keep this one."))
        raise DamagedError(Message(N_("The workspace file is missing or cut short.")), hint=hint)


def _unwritable(folder: Path) -> Message | None:
    probe = folder / f".writable-{os.getpid()}"
    try:
        probe.touch(exist_ok=False)
        probe.unlink()
    except FileExistsError:
        return None
    except OSError as error:
        import errno

        if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
            return Message(N_("The folder cannot be written to."))
        return None
    return None


def _connected(folder: Path, clock: Clock, card: workspace.Card, data_key: bytes, *, read_only: bool) -> Workspace:
    file = folder / "workspace.db"
    has_wal = (folder / "workspace.db-wal").exists() and (folder / "workspace.db-wal").stat().st_size > 0
    if read_only and has_wal and _unwritable(folder) is not None:
        hint = Message(N_("Copy the whole folder to a disk you can write to and open it there."))
        raise StorageError(Message(N_("The last work in this workspace was not finished.")), hint=hint)
    flag = cipher.WritingFlag()
    made = cipher.engine(file, data_key, flag, read_only=read_only, immutable=read_only and not has_wal)
    with cipher.translated():
        ws = Workspace(folder, clock, made, flag, card, data_key)
    ws.read_only = read_only
    return ws


def _prepare(ws: Workspace) -> None:
    version = ws.connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if ws.card.format > workspace.FORMAT or (version is not None and version > schema.VERSION):
        ws.read_only, ws.why_read_only = True, workspace._newer_words()  # noqa: SLF001 - the same module in two files
    elif version != schema.VERSION and not ws.read_only:
        from progressus_desktop.store import migrations

        migrations.upgrade(ws)
    if ws.read_only:
        return
    ws.copied = not identity.matches(ws.connection, ws.folder)
    ws.unclean = ws.connection.exec_driver_sql("SELECT 1 FROM setting WHERE name = 'clean'").first() is None
    ws.connection.exec_driver_sql("DELETE FROM setting WHERE name = 'clean'")
    if not tables.current(ws.connection):
        from progressus_desktop.store.check import rebuild

        rebuild(ws)
    elif not tables.arranged(ws.connection):
        with ws.writing() as connection:
            tables.arrange(connection)
