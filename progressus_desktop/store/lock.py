"""One program at a time: the lock of a workspace folder, and who holds it."""

from __future__ import annotations

import errno
import json
import os
import socket
from pathlib import Path

from filelock import FileLock, Timeout

from progressus_desktop.errors import InUseError, StorageError
from progressus_desktop.words import N_, Message


def take(folder: Path) -> FileLock:
    """Hold the workspace until the lock is released or the process ends (the system frees it then).

    Raises:
        InUseError: another program holds it; the message names process and computer.
        StorageError: the folder cannot be written.
    """
    # the window opens a workspace in a worker and closes it in its own thread: a lock of the thread would stay
    lock = FileLock(str(folder / "lock"), thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        process, host = holder(folder)
        message = Message(
            N_("This workspace is open in another program (process {process} on {host})."),
            {"process": process, "host": host},
        )
        hint = Message(N_("Nothing was changed. Close the other window, then try again."))
        raise InUseError(message, hint=hint) from error
    except OSError as error:
        hint = Message(N_("Nothing was changed. Choose another folder or free some space."))
        raise StorageError(Message(N_("The workspace folder cannot be written to.")), hint=hint) from error
    try:
        note = {"process": os.getpid(), "host": socket.gethostname()}
        (folder / "lock.holder").write_text(json.dumps(note), encoding="utf-8")
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return lock  # the lock holds all the same, only the note about it is missing
        lock.release()
        hint = Message(N_("Nothing was changed. Choose another folder or free some space."))
        raise StorageError(Message(N_("The workspace folder cannot be written to.")), hint=hint) from error
    return lock


def holder(folder: Path) -> tuple[str, str]:
    """Process number and computer noted beside the lock; question marks if nothing is noted."""
    try:
        found = json.loads((folder / "lock.holder").read_text(encoding="utf-8"))
        return str(found["process"]), str(found["host"])
    except (OSError, ValueError, KeyError, TypeError):
        return "?", "?"


def held(folder: Path) -> bool:
    """Whether some program holds the workspace now."""
    if not (folder / "lock").exists():
        return False
    probe = FileLock(str(folder / "lock"))
    try:
        probe.acquire(timeout=0)
    except (Timeout, OSError):
        return True
    probe.release()
    return False
