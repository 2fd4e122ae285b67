"""A backup becomes a workspace on another computer, opened by its password or by the code of the recovery sheet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from progressus_desktop.clock import Clock
from progressus_desktop.errors import AccessError
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
    by_sheet = _is_code(secret)
    password, code = ("", secret) if by_sheet else (secret, "")
    keeping.restore(source, into, clock, password, code=code).close()
    return Restored(workspaces.open_(into, clock, password=password, recovery_code=code), by_sheet)


def _is_code(text: str) -> bool:
    """Whether this is a code as recovery sheets have it, whole by its check letters."""
    try:
        keys.read_recovery_code(text)
    except AccessError:
        return False
    return True
