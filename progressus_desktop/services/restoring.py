"""A backup becomes a workspace on another computer, opened by its password or by the code of the recovery sheet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from progressus_desktop.clock import Clock
from progressus_desktop.services import keeping, workspaces
from progressus_desktop.store import keys
from progressus_desktop.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Restored:
    """The open workspace, and whether the sheet opened it: then it needs a new password."""

    ws: Workspace
    by_sheet: bool


def restored(source: Path, into: Path, clock: Clock, secret: str) -> Restored:
    """Make a workspace of a backup in a new folder and open it; ``secret`` is a password or a code.

    Raises:
        AccessError: it opens neither as the one nor as the other.
        DamagedError: the backup is damaged or not ours; nothing was made.
        StorageError: the folder is not empty or cannot be written.
    """
    keeping.restore(source, into, clock, secret).close()
    return Restored(workspaces.open_with(into, clock, secret), keys.is_recovery_code(secret))
