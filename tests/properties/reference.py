"""The merge in a few dozen lines of plain Python: what is shown, as a function of the set of changes known."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import cbor2

BIN = "*"
EDGE = ">"
Keys = Mapping[str, tuple[Any, tuple[bytes, ...]]]


def same(one: Any, other: Any) -> bool:
    if type(one) is str and type(other) is str:
        return one == other
    return bool(cbor2.dumps(one, canonical=True) == cbor2.dumps(other, canonical=True))


@dataclass(frozen=True)
class Edit:
    """One change: what it wrote under each key, and which edits that replaced."""

    id: bytes
    record: bytes
    kind: str
    hlc: int
    keys: Keys
    joined: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)


@dataclass
class State:
    """What is shown of a record."""

    heads: dict[str, set[bytes]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, set[bytes]] = field(default_factory=dict)
    questions: set[str] = field(default_factory=set)
    deleted: bool = False
    erased: bool = False
    edge: bytes = b""
    merged: bytes = b""


def states(edits: Iterable[Edit]) -> dict[bytes, State]:
    """What is shown of each record: it stands also for those merged into it, unless it is one of them."""
    every = list(edits)
    found = {each: alone(every, each) for each in {edit.record for edit in every}}
    here = {name: each for name, each in found.items() if not each.erased}
    kept = {name: _end(here, name) for name in here}
    out = {}
    for record, each in found.items():
        each.merged = b"" if each.erased or kept[record] == record else kept[record]
        dropped = [name for name in here if name != record and kept[name] == record]
        out[record] = _joined(every, here, record, dropped) if dropped else each
    return out


def _end(here: Mapping[bytes, State], start: bytes) -> bytes:
    """Where the chain of merges ends; round a ring the smallest stays."""
    path = [start]
    while here[path[-1]].edge in here:
        after = here[path[-1]].edge
        if after in path:
            return min(path[path.index(after) :])
        path.append(after)
    return path[-1]


def _joined(every: list[Edit], here: Mapping[bytes, State], record: bytes, dropped: list[bytes]) -> State:
    """A record with what the dropped ones add to its own."""
    by_id = {each.id: each for each in every}
    group = [each for each in every if each.record in {record, *dropped}]
    gone = {(old, name) for each in group for name, ids in each.joined.items() for old in ids}
    edges = {name: here[name].seen[EDGE] for name in dropped}
    settled = {old for each in edges.values() for i in each for old in by_id[i].keys[EDGE][1]}
    found = {name: set(ids) for name, ids in here[record].heads.items()}
    for one in dropped:
        for name, ids in here[one].heads.items():
            items = "/" in name
            if name not in {BIN, EDGE, "space", "code", "entry"} and (
                items or _space(here, one) == _space(here, record)
            ):
                found.setdefault(name, set()).update(
                    i for i in ids if (i, name) not in gone and (items or i not in settled)
                )
        found[f"{EDGE}/{uuid.UUID(bytes=one)}"] = set(edges[one])
    heads = {
        name: sorted((by_id[i] for i in ids), key=lambda edit: (edit.hlc, edit.id))
        for name, ids in found.items()
        if ids
    }
    return _shown(heads)


def _space(here: Mapping[bytes, State], record: bytes) -> Any:
    return here[record].values.get("space")


def alone(edits: Iterable[Edit], record: bytes) -> State:
    """The record that these edits make by itself, in whatever order they came."""
    mine = [each for each in edits if each.record == record]
    gone = {(old, name) for each in mine for name, (_value, replaced) in each.keys.items() for old in replaced}
    found: dict[str, list[Edit]] = {}
    for each in sorted(mine, key=lambda edit: (edit.hlc, edit.id)):
        for name in each.keys:
            if (each.id, name) not in gone:
                found.setdefault(name, []).append(each)
    if any(each.kind == "erase" for each in mine):
        heads_only = {name: {each.id for each in heads} for name, heads in found.items()}
        return State(heads=heads_only, deleted=True, erased=True)
    return _shown(found)


def _shown(found: Mapping[str, list[Edit]]) -> State:
    """What is shown of heads, in the order of time."""
    out = State(heads={name: {each.id for each in heads} for name, heads in found.items()})
    for name, heads in found.items():
        if name == EDGE:
            _merge(out, heads)
        elif name != BIN and not name.startswith(EDGE):
            _show(out, name, heads)
    _bin(out, found)
    return out


def _merge(out: State, heads: list[Edit]) -> None:
    """The newest edge holds; different ones are a question."""
    value = heads[-1].keys[EDGE][0]
    out.edge = uuid.UUID(value).bytes if value else b""
    out.seen[EDGE] = {each.id for each in heads if same(each.keys[EDGE][0], value)}
    if len(out.seen[EDGE]) < len(heads):
        out.questions.add(EDGE)


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
    rest = {head for name, each in out.heads.items() if name not in {BIN, EDGE} for head in each}
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
