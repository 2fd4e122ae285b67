"""A record as everything above the store sees it, and the notice after a commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from progressus_desktop.domain.fields import Problem


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """Different values of one key that nobody has superseded; ``values`` are (value, author, UTC ms)."""

    id: str
    field: str
    values: tuple[tuple[Any, str, int], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One live or deleted record, read-only.

    ``fields`` is in the form of :data:`progressus_desktop.domain.fields.Values`; ``derived`` holds the
    derived columns; ``seen`` gives per log key the ids of all heads whose value equals the one
    shown, to be handed back when saving; ``version`` is a hash of all heads;
    ``changed_ms`` and ``delivered_ms`` are UTC; a record that another stands for (``merged_into``) counts as deleted.
    """

    id: str
    entity: str
    code: str
    entry: str
    space: str
    deleted: bool
    version: str
    fields: Mapping[str, Any]
    derived: Mapping[str, Any]
    seen: Mapping[str, tuple[bytes, ...]]
    delivery: str = "local"
    delivered_ms: int = 0
    changed_ms: int = 0
    conflicts: tuple[FieldConflict, ...] = ()
    problems: tuple[Problem, ...] = ()
    merged_into: str = ""


@dataclass(frozen=True, slots=True)
class Committed:
    """What listeners hear once, after the transaction: ``records`` are (entity, id) pairs."""

    number: int
    kind: str
    label: str
    records: tuple[tuple[str, str], ...]
