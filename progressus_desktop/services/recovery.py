"""The recovery sheet: a printed code that opens the workspace when the password is forgotten; and new passwords."""

from __future__ import annotations

from pathlib import Path

from progressus_desktop import clock as times
from progressus_desktop.clock import Clock
from progressus_desktop.errors import StorageError, UsageError
from progressus_desktop.store import access, keys, places, workspace
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message


def _must_be_something(password: str) -> None:
    if not password:
        hint = Message(N_("Nothing was changed. Choose a password of several words."))
        raise UsageError(Message(N_("A password cannot be empty.")), hint=hint)


def set_password(ws: Workspace, new: str) -> None:
    """Give the open workspace another password; the recovery sheet stays valid.

    Raises:
        StorageError: the key file cannot be written; the old password stays.
        UsageError: the password is empty.
    """
    _must_be_something(new)
    access.set_password(ws, new)


def change_password(ws: Workspace, old: str, new: str) -> None:
    """Give the open workspace another password after checking the old one, or the code of the recovery sheet.

    Raises:
        AccessError: the old password or the code is wrong; nothing was changed.
        StorageError: the key file cannot be written; the old password stays.
        UsageError: the new one is empty.
    """
    _must_be_something(new)
    access.change_password(ws, old, new)


def recover(folder: Path, code: str, new: str, clock: Clock) -> None:
    """Give the workspace a new password with the code of its recovery sheet.

    Raises:
        AccessError: the code does not open this workspace.
        UsageError: the new password is empty.
    """
    _must_be_something(new)
    ws = workspace.open_(folder, clock, recovery_code=code)
    try:
        access.set_password(ws, new)
    finally:
        ws.close()


def sheet(ws: Workspace, target: Path) -> Path:
    """Make a new recovery code and write its sheet as PDF; an older sheet ends with it.

    Raises:
        StorageError: the file cannot be written; then the older sheet stays valid.
    """
    from progressus_desktop.reports import recovery_sheet

    ws.must_be_writable()
    code = keys.new_recovery_code()
    data = recovery_sheet.build(ws.name, code, times.local(ws.clock.now_ms()))
    try:
        places.write_safely(target, data)
    except OSError as error:
        hint = Message(N_("The older sheet stays valid. Free some space or choose another folder."))
        raise StorageError(Message(N_("The recovery sheet was not written.")), hint=hint) from error
    access.keep_recovery_code(ws, code)
    return target
