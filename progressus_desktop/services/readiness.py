"""The entry state that follows from a save, and what the save that makes a record ready must write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from progressus_desktop.domain.fields import Entity
from progressus_desktop.store.changes import Change


def entry_after(of: Entity, before: str, *, wrong: bool, strict: bool = False) -> str:
    """``before`` is the state until now ("draft" for a new record), ``wrong`` whether an error is left.

    A ``strict`` save, which had no error, also makes ready what else only a person may.
    """
    if before == "archived":
        return before
    if wrong:
        return "draft"
    if of.frozen:
        return before  # a version is frozen by the act of a person only
    if strict:
        return "ready"
    return before if of.ready_by_person else "ready"


def whole(change: Change, present: Mapping[str, Any], heads: Mapping[str, tuple[bytes, ...]]) -> Change:
    """The change with every key the record has: what makes it ready needs no older change (exchange.md, section 2)."""
    keys = {name: (value, tuple(heads.get(name, ()))) for name, value in present.items() if value is not None}
    return Change(change.kind, change.entity, change.record, {**keys, **change.keys})
