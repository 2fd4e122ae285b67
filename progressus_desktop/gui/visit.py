"""One visit to a record's form: every field kept durably when it is left, one change when the visit ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from progressus_desktop.domain.fields import Problem
from progressus_desktop.domain.records import Record
from progressus_desktop.domain.values import empty, same
from progressus_desktop.services import records
from progressus_desktop.services.records import Saved
from progressus_desktop.store import drafts
from progressus_desktop.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Step:
    """A field's value before and after, for Ctrl+Z within the visit."""

    name: str
    before: Any
    after: Any


class Visit:
    """Begins when a form opens on a record, or on none for a new one; goes on after each commit."""

    def __init__(
        self, ws: Workspace, entity: str, record_id: str = "", preset: Mapping[str, Any] | None = None
    ) -> None:
        self.ws, self.entity = ws, entity
        self.record: Record | None = records.get(ws, entity, record_id) if record_id else None
        self.id = record_id
        self._start = {**records.defaults(ws, entity), **(preset or {})} if self.record is None else {}
        self._kept: dict[str, Any] = drafts.of(ws, record_id) if record_id else {}
        self._seen = dict(self.record.seen) if self.record else {}
        self._steps: list[Step] = []

    @property
    def is_new(self) -> bool:
        """Whether the record is not stored yet."""
        return self.record is None

    @property
    def pending(self) -> bool:
        """Whether something was kept since the last commit."""
        return bool(self._kept)

    def stored(self, name: str) -> Any:
        """A field's value as it was before this visit."""
        return (self.record.fields if self.record else self._start).get(name)

    def values(self) -> dict[str, Any]:
        """All values as the form shows them."""
        now = {**(self.record.fields if self.record else self._start), **self._kept}
        return {name: value for name, value in now.items() if not empty(value)}

    def problems(self) -> tuple[Problem, ...]:
        """Everything a person should know about the record as it is shown."""
        return records.problems(self.ws, self.entity, self.id, self.values())

    def _same(self, name: str, value: Any) -> bool:
        now = self._kept.get(name, self.stored(name))
        return (empty(now) and empty(value)) or same(now, value)

    def keep(self, name: str, value: Any) -> bool:
        """Keep one field durably; False if it is as it was.

        Raises:
            StorageError: it could not be written; the form holds the text and tries again.
        """
        if self._same(name, value):
            return False
        before = self._kept.get(name, self.stored(name))
        self._write(name, value)
        self._steps.append(Step(name, before, value))
        return True

    def _write(self, name: str, value: Any) -> None:
        if not self.id:
            self.id = records.new_id(self.ws)
        drafts.keep(self.ws, self.entity, self.id, name, value)
        self._kept[name] = value

    def step_back(self) -> str:
        """Take back the newest kept field of this visit; its name, or empty if there is none.

        Raises:
            StorageError: it could not be written.
        """
        if not self._steps:
            return ""
        step = self._steps[-1]
        stored = self.stored(step.name)
        if (empty(step.before) and empty(stored)) or same(step.before, stored):
            drafts.forget(self.ws, self.id, step.name)
            self._kept.pop(step.name, None)
        else:
            self._write(step.name, step.before)
        self._steps.pop()
        return step.name

    def end(self) -> Saved | None:
        """Make one change of what was kept; None if there was nothing.

        Raises:
            ProgressusError: it could not be saved; the drafts stay.
        """
        if not self._kept:
            return None
        values: dict[str, Any] = dict(self._kept)
        if self.record is None:
            if all(empty(value) for value in values.values()):
                drafts.drop(self.ws, self.id)
                self._forget()
                return None
            values = {**self._start, **values}
        saved = records.save(self.ws, self.entity, self.id, values, self._seen)
        self.id = saved.id or self.id
        self._forget()
        self.refresh()
        return saved

    def _forget(self) -> None:
        self._kept.clear()
        self._steps.clear()

    def discard(self) -> None:
        """Give up a new record that was never committed.

        Raises:
            StorageError: it could not be written.
        """
        if self.id:
            drafts.drop(self.ws, self.id)
        self._forget()

    def refresh(self) -> None:
        """Take the stored record again, with what is behind it now."""
        if self.id:
            self.record = records.get(self.ws, self.entity, self.id)
            self._seen = dict(self.record.seen) if self.record else {}
