"""Changing how a workspace is opened: password, recovery code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from progressus_desktop.errors import StorageError
from progressus_desktop.store import keys
from progressus_desktop.words import N_, Message

if TYPE_CHECKING:
    from progressus_desktop.store.workspace import Workspace

RECOVERY_MADE = "recovery_made_ms"
"""Setting: when the newest recovery sheet was made, UTC milliseconds."""


def set_password(ws: Workspace, new: str, work: keys.Work = keys.STRONG) -> None:
    """Let ``new`` open the workspace from now on, and the old password no more.

    Raises:
        StorageError: it could not be written; the old password still opens it.
    """
    put(ws, keys.slot("password", new, ws.data_key, ws.card.id, work))


def change_password(ws: Workspace, old: str, new: str, work: keys.Work = keys.STRONG) -> None:
    """:func:`set_password` after checking the old one, or the code of the recovery sheet where it is forgotten.

    Raises:
        AccessError: the old password or the code is wrong.
        StorageError: it could not be written; the old password still opens it.
    """
    code = keys.is_recovery_code(old)
    kind, secret = ("recovery", keys.read_recovery_code(old)) if code else ("password", old)
    keys.unwrap(keys.load(ws.folder / "keys.json"), kind, secret, ws.card.id)
    set_password(ws, new, work)


def new_recovery_code(ws: Workspace, work: keys.Work = keys.STRONG) -> str:
    """A new recovery code as printed on the sheet; an earlier sheet is void.

    Raises:
        StorageError: it could not be written; the earlier sheet still works.
    """
    code = keys.new_recovery_code()
    keep_recovery_code(ws, code, work)
    return code


def keep_recovery_code(ws: Workspace, code: str, work: keys.Work = keys.STRONG) -> None:
    """Let ``code``, whose sheet is written by now, open the workspace; an earlier sheet is void.

    Raises:
        StorageError: it could not be written; the earlier sheet still works.
    """
    put(ws, keys.slot("recovery", keys.read_recovery_code(code), ws.data_key, ws.card.id, work))
    ws.set_setting(RECOVERY_MADE, str(ws.clock.now_ms()))


def has_recovery(folder: Path) -> bool:
    """Whether a recovery sheet exists for the workspace in ``folder``.

    Raises:
        DamagedError: the key file cannot be read.
    """
    return any(each.get("kind") == "recovery" for each in keys.load(folder / "keys.json"))


def put(ws: Workspace, slot: dict[str, object]) -> None:
    """Keep a slot in place of the one of its kind.

    Raises:
        StorageError: it could not be written; everything is as before.
    """
    _write(ws, keys.replaced(keys.load(ws.folder / "keys.json"), slot))


def take_out(ws: Workspace, kind: str) -> None:
    """Take the slots of one kind away.

    Raises:
        StorageError: it could not be written; everything is as before.
    """
    _write(ws, [each for each in keys.load(ws.folder / "keys.json") if each.get("kind") != kind])


def _write(ws: Workspace, slots: list[dict[str, object]]) -> None:
    ws.must_be_writable()
    try:
        keys.save(ws.folder / "keys.json", slots)
    except OSError as error:
        hint = Message(N_("The disk is full or the folder cannot be written to. Everything is as before."))
        raise StorageError(Message(N_("The keys were not changed.")), hint=hint) from error
