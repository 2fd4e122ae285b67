"""Undo and redo of one's own work, with the role in mind and words for what is undone."""

from __future__ import annotations

from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ConflictError
from progressus_desktop.services import labels, monthly, permission
from progressus_desktop.store import undo as past
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message


def next_words(ws: Workspace) -> tuple[str, str]:
    """What undo and redo would do now, in words; empty where there is nothing."""
    undo, redo = past.next_undo(ws), past.next_redo(ws)
    return labels.words_of(undo.label) if undo else "", labels.words_of(redo.label) if redo else ""


LONG = 1_000
"""From so many changes on an undo takes long enough to be done beside the window."""


def next_size(ws: Workspace, *, redo: bool = False) -> int:
    """How many changes the next undo (or redo) takes back."""
    found = past.next_redo(ws) if redo else past.next_undo(ws)
    return found.changes if found else 0


def undo(ws: Workspace, progress: past.Progress | None = None) -> Committed | None:
    """Undo the newest own change that is not undone; None if there is none.

    Raises:
        AccessError: the role allows reading only.
        ConflictError: a value moved on since, or a version of a report was sent; nothing was written.
    """
    permission.must_write(ws, "", ws.space)
    found = past.next_undo(ws)
    if found is not None and monthly.handed_out(ws, found.number):
        hint = Message(N_("Nothing was changed. Correct the report and hand over its next version."))
        raise ConflictError(Message(N_("This version of the report was sent; it stays as it is.")), hint=hint)
    return past.undo(ws, progress)


def redo(ws: Workspace, progress: past.Progress | None = None) -> Committed | None:
    """Do again what was undone last; None if there is nothing or other work came after it.

    Raises:
        AccessError: the role allows reading only.
        ConflictError: a value moved on since; nothing was written.
    """
    permission.must_write(ws, "", ws.space)
    return past.redo(ws, progress)
