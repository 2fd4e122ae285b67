"""Undo and redo of the window: small steps at once, large ones beside the window with progress and *Stop*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.services import undoing
from progressus_desktop.words import _

if TYPE_CHECKING:
    from progressus_desktop.gui.session import Session


def step(session: Session, *, redo: bool) -> None:
    """Undo the newest own change, or redo the newest undo, after what was typed is saved."""
    if not session.may_leave():
        return
    act = undoing.redo if redo else undoing.undo
    words = undoing.next_words(session.ws)[1 if redo else 0]
    notices = session.shell.notices

    def done(committed: Committed | None) -> None:
        if committed is None:
            notices.announce(_("Nothing to redo.") if redo else _("Nothing to undo."))
        else:
            notices.announce(_("Done again: {what}", what=words) if redo else _("Undone: {what}", what=words))

    if undoing.next_size(session.ws, redo=redo) < undoing.LONG:
        try:
            done(act(session.ws))
        except ProgressusError as failure:
            notices.error(failure)
        return

    def work(progress: Progress) -> Committed | None:
        return act(session.ws, progress)

    label = _("Doing again: {what}", what=words) if redo else _("Undoing: {what}", what=words)
    stays = _("If you stop, everything stays as it is now.")
    session.program.jobs.start(session, label, work, done, notices.error, writer=True, stays=stays)
