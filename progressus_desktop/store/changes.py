"""One change is one save of one record: its keys, new values, and the ids of what each replaces."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import cbor2

from progressus_desktop.domain import values as forms
from progressus_desktop.domain.catalog import logged
from progressus_desktop.domain.fields import Entity

SCHEMA = 1
DELETED = "*"
"""The key whose value says whether the record is in the bin."""
MERGED = ">"
"""The key whose value is the id of the record that this one was merged into."""
JOINED = "joined"
"""In the extra part of a change: changes of merged records that it supersedes, by key."""
ANCHORS = ("space", "code", "entry")
"""What a record keeps for itself, whatever it is merged with."""

Keys = Mapping[str, tuple[Any, tuple[bytes, ...]]]


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit is asked to write: ``keys`` maps each key to (new value, superseded change ids)."""

    kind: str
    entity: str
    record: str
    keys: Keys
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """A change as the log holds it. ``id`` is replica 6 B, seq 4 B, tag 6 B; times are UTC milliseconds."""

    id: bytes
    kind: str
    entity: str
    record: bytes
    hlc: int
    at: int
    author: bytes
    action: int
    keys: Keys
    extra: Mapping[str, Any] = field(default_factory=dict)


def encode(entry: Entry, salt: bytes) -> bytes:
    """The deterministic CBOR body (RFC 8949 § 4.2) of an entry."""
    keys = {name: [value, list(superseded)] for name, (value, superseded) in entry.keys.items()}
    body = [
        SCHEMA, entry.kind, entry.entity, entry.record, entry.hlc, entry.at, salt, entry.author, entry.action,
        keys, dict(entry.extra),
    ]  # fmt: skip
    return cbor2.dumps(body, canonical=True)


def decode(change_id: bytes, body: bytes) -> Entry:
    """The entry behind a stored body."""
    _schema, kind, entity, record, hlc, at, _salt, author, action, keys, extra = cbor2.loads(body)
    pairs = {name: (value, tuple(superseded)) for name, (value, superseded) in keys.items()}
    return Entry(change_id, kind, entity, record, hlc, at, author, action, pairs, extra)


def joined(entry: Entry) -> Mapping[str, tuple[bytes, ...]]:
    """What a change supersedes of records that were merged into its own, by key."""
    found = entry.extra.get(JOINED)
    if not isinstance(found, Mapping):
        return {}
    return {
        name: tuple(each for each in ids if isinstance(each, bytes))
        for name, ids in found.items()
        if isinstance(name, str) and isinstance(ids, list)
    }


def edge(value: object) -> str:
    """The id of the record that a merge names, empty for none."""
    try:
        return str(uuid.UUID(value)) if isinstance(value, str) else ""
    except ValueError:
        return ""


def target_of(entry: Entry) -> bytes:
    """The record that a change merges its own into, empty for none."""
    named = edge(entry.keys[MERGED][0]) if MERGED in entry.keys else ""
    return record_bytes(named) if named else b""


def tag(body: bytes) -> bytes:
    """The last six bytes of a change's id: BLAKE2b-48 of its body."""
    return hashlib.blake2b(body, digest_size=6).digest()


def change_id(replica: bytes, seq: int, body: bytes) -> bytes:
    """The 16-byte id of the ``seq``-th change of a replica."""
    return replica + seq.to_bytes(4, "big") + tag(body)


def record_bytes(record: str) -> bytes:
    """A record's uuid as the log holds it."""
    return uuid.UUID(record).bytes


def record_text(record: bytes) -> str:
    """The inverse of :func:`record_bytes`."""
    digits = record.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def save(
    entity: Entity,
    record: str,
    present: Mapping[str, Any],
    seen: Mapping[str, tuple[bytes, ...]],
    wanted: Mapping[str, Any],
) -> Change | None:
    """The change that makes ``wanted`` fields of a record true, or None if they are true already.

    ``present`` are the log keys with the values the form showed; ``seen`` the heads behind each of them:
    exactly these are superseded, so a value that came meanwhile becomes a conflict and is never overwritten.
    """
    keys: dict[str, tuple[Any, tuple[bytes, ...]]] = {}
    for each in logged(entity):
        if each.name in wanted:
            for name, value in forms.diff(each, present, wanted[each.name]).items():
                keys[name] = (value, tuple(seen.get(name, ())))
    return Change("save", entity.name, record, keys) if keys else None
