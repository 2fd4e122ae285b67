"""Plain containers built byte by byte, so that tests can also build what the program would never write."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import cbor2
import zstandard

from progressus_desktop.exchange import keys
from progressus_desktop.store.changes import tag

SENDER = keys.Keys(
    hashlib.sha256(b"sender").digest(), "AGE-SECRET-KEY-1H66DNPF8LQ390NX98248CV266KHTY6EN2R5R3JR8S094HTJQA7EQQHV8XF"
)
OFFICE = keys.Keys(
    hashlib.sha256(b"office").digest(), "AGE-SECRET-KEY-1SL9EAKQD2E53XKHVGYKKNHUGD4QU6DCRS9R6U7W9L3JY9L86YHHSU9PSNA"
)
STRANGER = keys.Keys(
    hashlib.sha256(b"stranger").digest(), "AGE-SECRET-KEY-1WKAYLCQDFNK24EXUCQSJMS75FRHEY23S7Y9SEMK226KX2V9H46SQUKF3GW"
)
"""Keys made for tests; they open nothing else."""

REPLICA = bytes.fromhex("0a0b0c0d0e0f")
PROJECT = bytes(range(16))
PARTNER = bytes.fromhex("11111111111141118111111111111111")
AUTHOR = bytes.fromhex("22222222222242228222222222222222")
AT = 1_794_000_000_000
"""A moment in November 2026, UTC milliseconds."""


def canonical(value: Any) -> bytes:
    return cbor2.dumps(value, canonical=True)


def item(seq: int, body: bytes, replica: bytes = REPLICA) -> tuple[bytes, bytes]:
    """A change (id, body)."""
    return replica + seq.to_bytes(4, "big") + tag(body), body


def body(
    seq: int,
    fields: Mapping[str, Any],
    kind: str = "save",
    extra: Mapping[str, Any] | None = None,
    record: bytes = PARTNER,
) -> bytes:
    """The body of a change; ``fields`` maps keys to ``[value, superseded ids]``."""
    salt = hashlib.sha256(seq.to_bytes(4, "big")).digest()[:8]
    return canonical(
        [1, kind, "partner", record, AT + seq, AT + seq, salt, AUTHOR, seq, dict(fields), dict(extra or {})]
    )


def redacted(seq: int, fields: Mapping[str, Any], erased_by: bytes, record: bytes = PARTNER) -> bytes:
    """What is left of a change of an erased record."""
    emptied = {key: [None, superseded] for key, (_value, superseded) in fields.items()}
    return canonical([1, "save", "partner", record, AT + seq, 0, b"", b"", seq, emptied, {"erased_by": erased_by}])


def sequence(items: Sequence[tuple[bytes, bytes]]) -> bytes:
    return b"".join(canonical(list(each)) for each in items)


def section(
    kind: int, plain: bytes, *, stored: bytes | None = None, says: int | None = None
) -> tuple[list[Any], bytes]:
    """A section as the manifest names it, and its stored bytes; ``says`` is another plain length than the true one."""
    stored = zstandard.ZstdCompressor(level=9).compress(plain) if kind == 2 and stored is None else stored or plain
    return [kind, len(stored), len(plain) if says is None else says, blake(stored)], stored


def blake(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=32).digest()


def manifest(sections: Sequence[tuple[list[Any], bytes]] = (), **other: Any) -> dict[str, Any]:
    """A manifest of version 1 from the sender to the office; ``other`` replaces fields, None takes one away."""
    made = {
        "format": 1, "min_reader": 1, "app": "1.0", "project": PROJECT, "sender": REPLICA,
        "sign_key": SENDER.sign_public,
        "recipients": [[b"", OFFICE.age_public], [REPLICA, SENDER.age_public]],
        "file": bytes(range(16, 32)), "number": 1, "previous": b"", "base": 0, "lo": 1, "hi": 3, "part": [1, 1],
        "acks": {}, "created": AT, "schema": 1, "counts": {}, "erasures": 0, "purpose": "sync", "scope": {},
        "sections": [said for said, _stored in sections],
    } | other  # fmt: skip
    return {name: value for name, value in made.items() if value is not None}


def header(said: Sequence[Any]) -> bytes:
    kind, stored, plain, digest = said
    return kind.to_bytes(4, "big") + stored.to_bytes(8, "big") + plain.to_bytes(8, "big") + digest


def inner(
    head: Mapping[str, Any] | bytes, sections: Sequence[tuple[list[Any], bytes]] = (), key: bytes = SENDER.sign_private
) -> bytes:
    """A plain container; ``head`` may be any bytes."""
    data = head if isinstance(head, bytes) else canonical(dict(head))
    signature = keys.sign(key, b"progressus-exchange-v1\0" + data)
    tail = b"".join(header(said) + stored for said, stored in sections)
    return b"PRGX\x01" + len(data).to_bytes(4, "big") + data + signature + tail


def package(sections: Sequence[tuple[list[Any], bytes]], **other: Any) -> bytes:
    """A plain container with these sections."""
    return inner(manifest(sections, **other), sections)
