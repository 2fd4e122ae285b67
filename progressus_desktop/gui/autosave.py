"""Keeps what is typed: each field when it is left, long texts while typing, the whole visit when it ends."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from progressus_desktop import clock
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.binder import Binder
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.formhead import FormHead
from progressus_desktop.gui.soon import later
from progressus_desktop.gui.visit import Visit
from progressus_desktop.services.records import Saved
from progressus_desktop.words import _

_IDLE_MS = 60_000
_TYPING_MS = 2_000
_RETRY_MS = 5_000


class Autosave(QObject):
    """Of one form page. ``kept`` tells that a field was kept, ``idle`` that nobody typed for a minute."""

    kept = Signal()
    idle = Signal()

    def __init__(self, context: Context, binder: Binder, head: FormHead) -> None:
        super().__init__(binder)
        self._context, self._binder, self._head = context, binder, head
        self.visit = Visit(context.ws, binder.entity.name)
        self._entered: Any = None
        self._closed = False
        self._rest = later(self, _IDLE_MS, self.idle.emit)
        self._typing = later(self, _TYPING_MS, lambda: self.keep(binder.current()))
        self._retry = later(self, _RETRY_MS, self.keep_all)
        binder.changed.connect(self._changed)
        binder.entered.connect(self._came)
        context.bus.closing.connect(self._close)

    def begin(self, visit: Visit) -> None:
        """Another record is in the form."""
        self.visit = visit
        self._head.show_saved("")

    def _close(self) -> None:
        """The workspace closes: what is in the form is kept already, or the closing was refused."""
        self._closed = True
        for timer in (self._rest, self._typing, self._retry):
            timer.stop()

    def _changed(self, name: str) -> None:
        settled = getattr(self._binder.widgets[name], "settled", None)
        if settled is not None and settled():
            self._came(name)
        if not self._context.ws.read_only and not self._closed:
            self._head.show_saved("saving")
            self._typing.start()
            self._rest.start()

    def _came(self, name: str) -> None:
        self._entered = self._binder.value(name)

    def _say_saved(self) -> None:
        at = f"{clock.local(self._context.ws.clock.now_ms()):%H:%M}"
        self._head.show_saved("saved", at)
        self._context.notify.saved("saved", at)

    # -- keeping ------------------------------------------------------------------------------------------

    def keep(self, name: str) -> bool:
        """Keep one field; False if it could not be written, which is shown and tried again."""
        if not name or self._context.ws.read_only:
            return True
        try:
            kept = self.visit.keep(name, self._binder.value(name))
        except ProgressusError as failure:
            self.failed(failure)
            return False
        if kept or self.visit.pending:
            self._say_saved()
        else:
            self._head.show_saved("")
        if kept:
            self._rest.start()
            self.kept.emit()
        return True

    def keep_all(self) -> bool:
        """Keep every field; False if one could not be written."""
        return all(self.keep(name) for name in self._binder.widgets if self._differs(name))

    def _differs(self, name: str) -> bool:
        return bool(self._binder.value(name) != self.visit.values().get(name))

    def end(self) -> Saved | None:
        """End the visit: everything typed becomes one change.

        Raises:
            ProgressusError: it could not be saved; the drafts stay.
        """
        current = self._binder.current()
        if current:
            self._binder.tidy(current)
        self._rest.stop()
        self._typing.stop()
        if self._context.ws.read_only:
            return None
        for name in self._binder.widgets:
            if self._differs(name):
                self.visit.keep(name, self._binder.value(name))
        done = self.visit.end()
        if done is not None and done.committed is not None:
            self._say_saved()
        return done

    def failed(self, failure: ProgressusError) -> None:
        """Say that something is not on the disk; it stays in the form and is tried again."""
        self._head.show_saved("failed")
        self._context.notify.saved("failed")
        self._context.notify.error(failure)
        self._retry.start()

    # -- taking back ------------------------------------------------------------------------------------------

    def restore_field(self) -> bool:
        """Esc: the field as it was when it was entered; False if it is as it was."""
        name = self._binder.current()
        if not name or self._binder.value(name) == self._entered:
            return False
        self._binder.show_one(name, self._entered)
        self.keep(name)
        self._context.notify.announce(_("As it was before."))
        return True

    def step_back(self) -> str:
        """Ctrl+Z: take back the newest kept field of this visit; its name, or empty if there is none."""
        self.keep(self._binder.current())
        try:
            name = self.visit.step_back()
        except ProgressusError as failure:
            self.failed(failure)
            return ""
        if name:
            self._binder.show_one(name, self.visit.values().get(name))
            self._entered = self._binder.value(name)
            what = _(self._binder.entity.field(name).label)
            self._context.notify.announce(_("Undone: {what}", what=what))
        return name
