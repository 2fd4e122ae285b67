"""The merge in a few dozen lines of plain Python: what is shown, as a function of the set of changes known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import cbor2

BIN = "*"
Keys = Mapping[str, tuple[Any, tuple[bytes, ...]]]


def same(one: Any, other: Any) -> bool:
    return bool(cbor2.dumps(one, canonical=True) == cbor2.dumps(other, canonical=True))


@dataclass(frozen=True)
class Edit:
    """One change: what it wrote under each key, and which edits that replaced."""

    id: bytes
    record: bytes
    kind: str
    hlc: int
    keys: Keys


@dataclass
class State:
    """What is shown of a record."""

    heads: dict[str, set[bytes]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, set[bytes]] = field(default_factory=dict)
    questions: set[str] = field(default_factory=set)
    deleted: bool = False
    erased: bool = False


def state(edits: Iterable[Edit], record: bytes) -> State:
    """The record that these edits make, in whatever order they came."""
    mine = [each for each in edits if each.record == record]
    gone = {(old, name) for each in mine for name, (_value, replaced) in each.keys.items() for old in replaced}
    out = State()
    found: dict[str, list[Edit]] = {}
    for each in sorted(mine, key=lambda edit: (edit.hlc, edit.id)):
        for name in each.keys:
            if (each.id, name) not in gone:
                found.setdefault(name, []).append(each)
    out.heads = {name: {each.id for each in heads} for name, heads in found.items()}
    out.erased = out.deleted = any(each.kind == "erase" for each in mine)
    if not out.erased:
        for name, heads in found.items():
            if name != BIN:
                _show(out, name, heads)
        _bin(out, found)
    return out


def _show(out: State, name: str, heads: list[Edit]) -> None:
    """The newest is shown, of an item of a set, map or rows the newest present; different ones are a question."""
    present = [each for each in heads if "/" not in name or each.keys[name][0] is not None]
    value = present[-1].keys[name][0] if present else None
    if value is not None:
        out.values[name] = value
    out.seen[name] = {each.id for each in heads if same(each.keys[name][0], value)}
    if any(not same(each.keys[name][0], value) for each in present):
        out.questions.add(name)


def _bin(out: State, found: Mapping[str, list[Edit]]) -> None:
    """In the bin is what everybody who said so saw whole; what was edited besides stays and is asked about."""
    heads = found.get(BIN, [])
    if not heads or any(each.keys[BIN][0] is not None for each in heads):
        return
    seen = {old for each in heads for old in each.keys[BIN][1]}
    rest = {head for name, each in out.heads.items() if name != BIN for head in each}
    out.deleted = rest <= seen
    if not out.deleted:
        out.questions.add(BIN)


def awaited(edits: Iterable[Edit]) -> set[tuple[bytes, str]]:
    """Replaced edits that have not arrived, with the key under which they are replaced."""
    every = list(edits)
    known = {each.id for each in every}
    return {
        (old, name)
        for each in every
        for name, (_value, replaced) in each.keys.items()
        for old in replaced
        if old not in known
    }
