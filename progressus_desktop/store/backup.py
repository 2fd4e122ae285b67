"""Verified backups through SQLite's own interface, never a copy of a live file; restore into a new folder."""

from __future__ import annotations

import contextlib
import json
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from progressus_desktop import clock as clocks
from progressus_desktop.clock import Clock
from progressus_desktop.errors import DamagedError, StorageError
from progressus_desktop.store import cipher, identity, places, workspace
from progressus_desktop.words import N_, Message

if TYPE_CHECKING:
    from progressus_desktop.store.workspace import Workspace

KEEP_DAYS, KEEP_WEEKS, KEEP_MONTHS = 7, 4, 6
Progress = Callable[[int, int], None]
_one_at_a_time = threading.Lock()
"""The daily backup runs beside the window; one before an import must not take its half for a leftover."""


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """A backup folder and when it was made (UTC milliseconds)."""

    path: Path
    at_ms: int


def make(ws: Workspace, target_dir: Path, progress: Progress | None = None) -> Path:
    """Write a verified backup as a new folder in ``target_dir`` and return it.

    Raises:
        StorageError: the disk is full or cannot be written; no half backup is left.
        DamagedError: what was written does not read back whole.
    """
    what = Message(N_("The backup was not made."))
    stamp = datetime.fromtimestamp(ws.clock.now_ms() / 1000, UTC).astimezone(clocks.warsaw())
    target = _free(target_dir, f"progressus-{stamp:%Y-%m-%d-%H%M%S}")
    temporary = _part(target)
    try:
        temporary.mkdir(parents=True)
        _verify(ws, temporary, _copy(ws, temporary, progress))
        note = {"format": 1, "at_ms": ws.clock.now_ms(), "name": ws.name}
        places.write_safely(temporary / "backup.json", json.dumps(note, ensure_ascii=False).encode())
        places.rename(temporary, target)
    except OSError as error:
        hint = Message(N_("The disk is full or the folder cannot be written to. Your data here are safe."))
        raise StorageError(what, hint=hint) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return target


def _part(target: Path) -> Path:
    """Where a backup stands while it is being made."""
    return target.with_name(f".{target.name}.part")


def _free(folder: Path, name: str) -> Path:
    candidate, number = folder / name, 2
    while candidate.exists() or _part(candidate).exists():
        candidate, number = folder / f"{name}-{number}", number + 1
    return candidate


def _copy(ws: Workspace, target: Path, progress: Progress | None) -> int:
    """Copy everything; gives how many changes the log held then.

    A large workspace takes minutes, in which a person goes on looking and saving: so this reads one moment of it
    through a connection of its own.
    """
    what = Message(N_("The backup was not made."))
    tell = (lambda _status, left, whole: progress(whole - left, whole)) if progress else None
    with cipher.translated(what), ws.reader() as source:
        changes = int(source.exec_driver_sql("SELECT count(*) FROM log_change").scalar() or 0)
        made = cipher.engine(target / "workspace.db", ws.data_key, cipher.WritingFlag())
        with made.connect() as copied:
            cipher.copy(source, copied, tell)
            copied.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            copied.exec_driver_sql("PRAGMA journal_mode = DELETE")
    for name in ("keys.json", "workspace.json"):
        places.write_safely(target / name, (ws.folder / name).read_bytes())
    for file in sorted((ws.folder / "attachments").rglob("*")):
        if file.is_file() and not file.name.startswith("."):
            places.write_safely(target / "attachments" / file.parent.name / file.name, file.read_bytes())
    return changes


def _verify(ws: Workspace, folder: Path, held: int) -> None:
    flag = cipher.WritingFlag()
    made = cipher.engine(folder / "workspace.db", ws.data_key, flag, read_only=True, immutable=True)
    with cipher.translated(), made.connect() as copied:
        broken = copied.exec_driver_sql("PRAGMA cipher_integrity_check").all()
        whole = copied.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        changes = copied.exec_driver_sql("SELECT count(*) FROM log_change").scalar()
    if broken or whole != "ok" or changes != held:
        hint = Message(N_("Your data here are safe. Try another disk or stick."))
        raise DamagedError(Message(N_("The backup did not read back whole and was thrown away.")), hint=hint)


def listed(folder: Path) -> list[BackupInfo]:
    """The backups in a folder, newest first."""
    found = []
    for each in folder.iterdir() if folder.is_dir() else ():
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            note = json.loads((each / "backup.json").read_text(encoding="utf-8"))
            found.append(BackupInfo(each, int(note["at_ms"])))
    return sorted(found, key=lambda info: (info.at_ms, info.path.name), reverse=True)


def automatic(ws: Workspace) -> Path | None:
    """The backup of today in the workspace's own folder, made once a day; older ones go in rotation.

    Raises:
        StorageError: the disk is full or cannot be written.
    """
    if ws.read_only:
        return None
    folder = ws.folder / "backups"
    have = listed(folder)
    if have and clocks.local(have[0].at_ms).date() == clocks.today(ws.clock):
        return None
    return before_risk(ws)


def before_risk(ws: Workspace) -> Path:
    """A backup in the workspace's own folder before something large happens; older ones go in rotation.

    Raises:
        StorageError: the disk is full or cannot be written.
    """
    folder = ws.folder / "backups"
    with _one_at_a_time:
        return _rotated(ws, folder)


def _rotated(ws: Workspace, folder: Path) -> Path:
    for half in folder.glob(".progressus-*.part"):  # of a program that was ended in the middle
        shutil.rmtree(half, ignore_errors=True)
    made = make(ws, folder)
    for old in outdated(listed(folder)):
        shutil.rmtree(old.path, ignore_errors=True)
    return made


def outdated(have: list[BackupInfo]) -> list[BackupInfo]:
    """Backups that rotation drops: the newest of each of the last days, weeks and months stays."""
    kept: set[Path] = set()
    for limit, period in ((KEEP_DAYS, "%Y-%m-%d"), (KEEP_WEEKS, "%G-%V"), (KEEP_MONTHS, "%Y-%m")):
        newest: dict[str, Path] = {}
        for info in have:
            newest.setdefault(clocks.local(info.at_ms).strftime(period), info.path)
        kept |= set(list(newest.values())[:limit])
    return [info for info in have if info.path not in kept]


def restore(backup: Path, into: Path, clock: Clock, *, password: str = "", recovery_code: str = "") -> Workspace:
    """Open a backup as a new workspace in ``into``, with a new replica id and the next code letter.

    Raises:
        AccessError: the password or code does not open it.
        DamagedError: this is no whole backup.
        StorageError: ``into`` holds something, or cannot be written; nothing is left behind.
    """
    workspace.read_card(backup)
    if into.exists() and any(into.iterdir()):
        hint = Message(N_("Nothing was changed. Choose an empty folder."))
        raise StorageError(Message(N_("There is something in this folder already.")), hint=hint)
    made_folder = not into.exists()
    try:
        into.mkdir(parents=True, exist_ok=True)
        for file in sorted(backup.rglob("*")):
            inner = file.relative_to(backup)
            if file.is_file() and inner.parts[0] not in {"backups", "backup.json", "lock", "lock.holder"}:
                places.write_safely(into / inner, file.read_bytes())
        for name in ("attachments", "backups"):
            (into / name).mkdir(exist_ok=True)
        ws = _writable(workspace.open_(into, clock, password=password, recovery_code=recovery_code))
    except OSError as error:
        _clear(into, made_folder=made_folder)
        hint = Message(N_("The disk is full or the folder cannot be written to. The backup is unchanged."))
        raise StorageError(Message(N_("The backup was not restored.")), hint=hint) from error
    except BaseException:
        _clear(into, made_folder=made_folder)
        raise
    ws.flag.on = True
    try:
        with ws.writing() as connection:
            identity.renew(connection)
        identity.remember(ws.connection, into)
        ws.copied = False
    finally:
        ws.flag.on = False
    return ws


def _writable(ws: Workspace) -> Workspace:
    try:
        ws.must_be_writable()
    except BaseException:
        ws.close()
        raise
    return ws


def _clear(folder: Path, *, made_folder: bool) -> None:
    for each in list(folder.iterdir()) if folder.is_dir() else ():
        shutil.rmtree(each, ignore_errors=True) if each.is_dir() else each.unlink(missing_ok=True)
    if made_folder:
        with contextlib.suppress(OSError):
            folder.rmdir()
