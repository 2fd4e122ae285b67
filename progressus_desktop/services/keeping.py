"""Keeping data safe: backups, restoring, the bin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from progressus_desktop.clock import Clock
from progressus_desktop.domain import catalog
from progressus_desktop.store import backup as copies
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace

BIN_DAYS = 30
"""Days for which a removed record is listed in the bin."""

_ELSEWHERE = "backup_elsewhere"
_DAY_MS = 24 * 60 * 60 * 1000
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Copied:
    """Moments (UTC ms, 0 for never) of the newest backup beside the workspace and of that where a person chose."""

    here_ms: int
    elsewhere_ms: int


@dataclass(frozen=True, slots=True)
class Removed:
    """A record in the bin; ``days_left`` until it leaves the list (the log keeps it)."""

    entity: str
    id: str
    code: str
    title: str
    removed_ms: int
    days_left: int


def bin_of(ws: Workspace) -> list[Removed]:
    """What was removed in the last 30 days, newest first."""
    found = [each for name in catalog.ENTITIES for each in _removed(ws, name)]
    return sorted(found, key=lambda each: each.removed_ms, reverse=True)


def _removed(ws: Workspace, entity: str) -> Iterator[Removed]:
    now = ws.clock.now_ms()
    for row in query.window(ws, entity, View(deleted=True), 0, _MOST):
        at = int(row.values.get("changed_ms") or 0)
        left = BIN_DAYS - (now - at) // _DAY_MS
        if left > 0:
            title = query.title(ws, entity, row.id)
            yield Removed(entity, row.id, str(row.values.get("code") or ""), title, at, min(left, BIN_DAYS))


def backup(ws: Workspace, to: Path) -> Path:
    """Make a verified backup in the folder ``to``; gives its file.

    Raises:
        StorageError: the medium is full or cannot be written; nothing is left behind.
    """
    made = copies.make(ws, to)
    if not ws.read_only:
        ws.set_setting(_ELSEWHERE, str(ws.clock.now_ms()))
    return made


def copied(ws: Workspace) -> Copied:
    """When the newest backups were made."""
    here = copies.listed(ws.folder / "backups")
    elsewhere = ws.get_setting(_ELSEWHERE)
    return Copied(here[0].at_ms if here else 0, int(elsewhere) if elsewhere.isdigit() else 0)


def daily(ws: Workspace) -> Path | None:
    """Make today's automatic backup if there is none yet, and let the oldest go.

    Raises:
        StorageError: there is no room for it; the workspace itself is untouched.
    """
    return copies.automatic(ws)


def before_risk(ws: Workspace) -> Path:
    """Make an automatic backup before an import or an erasure.

    Raises:
        StorageError: there is no room for it; nothing was changed.
    """
    return copies.before_risk(ws)


def restore(source: Path, into: Path, clock: Clock, password: str = "", *, code: str = "") -> Workspace:
    """Make a workspace of a backup in a new folder, with a new device number; ``code`` is of the recovery sheet.

    Raises:
        AccessError: wrong password or code.
        DamagedError: the backup is damaged or not ours; nothing was made.
        StorageError: the folder is not empty or cannot be written.
    """
    from progressus_desktop.services import erasure

    ws = copies.restore(source, into, clock, password=password, recovery_code=code)
    erasure.reapply(ws)
    return ws
