"""A second reader of the exchange format, from docs/exchange-format.md alone: it shares no code with the program.

``age -d -i key.txt FILE | python tests/exchange/reader.py`` says what a package holds, or why it is refused.
"""

from __future__ import annotations

import hashlib
import json
import sys
from typing import Any

import zstandard
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MIB = 1 << 20
Changes = list[tuple[bytes, list[Any]]]
PURPOSES = ("sync", "snapshot", "setup", "ack", "answer")


class Refused(Exception):  # noqa: N818 - the word of the document
    """Carries the reason."""


def need(fine: object, reason: str) -> None:
    if not fine:
        raise Refused(reason)


def cbor(data: bytes, pos: int = 0, depth: int = 0) -> tuple[Any, int]:
    """The value at ``pos`` and the position behind it."""
    need(pos < len(data), "cbor.truncated")
    kind, info = data[pos] >> 5, data[pos] & 31
    if kind == 7:
        need(not 25 <= info <= 27, "cbor.float")
        need(info != 31, "cbor.indefinite")
        need(info in {20, 21, 22}, "cbor.simple")
        return {20: False, 21: True, 22: None}[info], pos + 1
    need(kind != 6, "cbor.tag")
    need(info != 31, "cbor.indefinite")
    need(info < 28, "cbor.reserved")
    width = 0 if info < 24 else 1 << info - 24
    number, pos = int.from_bytes(data[pos + 1 : pos + 1 + width], "big") if width else info, pos + 1 + width
    need(pos <= len(data), "cbor.truncated")
    need(not width or number >= (24 if width == 1 else 1 << 4 * width), "cbor.not-minimal")
    if kind < 2:
        need(number < 1 << 63, "cbor.integer")
        return (-1 - number if kind else number), pos
    if kind < 4:
        need(number <= MIB, "cbor.length")
        need(pos + number <= len(data), "cbor.truncated")
        raw = bytes(data[pos : pos + number])
        try:
            return raw if kind == 2 else raw.decode(), pos + number
        except UnicodeDecodeError:
            raise Refused("cbor.text") from None  # noqa: EM101
    need(depth < 8, "cbor.depth")
    items, keys, last = [], [], b""
    for _ in range(number):
        if kind == 5:
            need(pos < len(data), "cbor.truncated")
            need(data[pos] >> 5 in {2, 3}, "cbor.key-type")
            need(not last or last[0] >> 5 == data[pos] >> 5, "cbor.key-type")
            key, end = cbor(data, pos, depth + 1)
            need(data[pos:end] != last, "cbor.duplicate-key")
            need(data[pos:end] > last, "cbor.unsorted-keys")
            last, pos = data[pos:end], end
            keys.append(key)
        item, pos = cbor(data, pos, depth + 1)
        items.append(item)
    return (dict(zip(keys, items, strict=True)) if kind == 5 else items), pos


def only(data: bytes) -> Any:
    """The one value that ``data`` is."""
    found, pos = cbor(data)
    need(pos == len(data), "cbor.trailing")
    return found


def natural(value: object) -> bool:
    return type(value) is int and value >= 0


def fields_fit(m: dict[str, Any]) -> bool:
    sizes = {"project": (16,), "sender": (6,), "sign_key": (32,), "file": (16,), "previous": (0, 32)}
    part = m["part"]
    return (
        all(type(m[name]) is bytes and len(m[name]) in wanted for name, wanted in sizes.items())
        and all(map(natural, (m[name] for name in ("number", "base", "lo", "hi", "created", "erasures"))))
        and all(natural(m[name]) and m[name] for name in ("format", "min_reader", "schema"))
        and all(type(m[name]) is dict for name in ("acks", "counts", "scope"))
        and all(type(name) is str and natural(count) for name, count in m["counts"].items())
        and type(m["app"]) is str and m["purpose"] in PURPOSES
        and len(part) == 2 and all(map(natural, part)) and 1 <= part[0] <= part[1] <= 10_000
        and all(type(r) is bytes and len(r) in {0, 6} and k[:4] == "age1" and len(k) == 62 for r, k in m["recipients"])
        and sections_fit(m["sections"])
    )  # fmt: skip


def sections_fit(sections: list[Any]) -> bool:
    before = 0
    for kind, stored, plain, digest in sections:
        most = 40 * MIB if kind > 4 else 512 * MIB if kind == 2 else 16 * MIB
        fits = plain <= max(16 * MIB, 200 * stored) if kind == 2 else plain == stored
        if not (before < kind and (kind <= 5 or kind == before + 1)) or not all(map(natural, (stored, plain))):
            return False
        if plain > most or stored > 256 * MIB or not fits or type(digest) is not bytes or len(digest) != 32:
            return False
        before = kind
    return len(sections) <= 10_000


def read(data: bytes) -> tuple[dict[str, Any], dict[int, bytes]]:
    """The manifest and the stored bytes of each section of a plain container, everything verified."""
    need(data[:4] == b"PRGX"[: len(data)], "inner.magic")
    need(len(data) > 4, "inner.truncated")
    need(data[4] == 1, "inner.version")
    need(len(data) >= 9, "inner.truncated")
    length = int.from_bytes(data[5:9], "big")
    need(length <= MIB, "manifest.length")
    pos = 9 + length + 64
    need(len(data) >= pos, "inner.truncated")
    manifest = only(data[9 : pos - 64])
    need(type(manifest) is dict and all(type(name) is str for name in manifest), "manifest.field")
    try:
        key = Ed25519PublicKey.from_public_bytes(manifest.get("sign_key"))
        key.verify(data[pos - 64 : pos], b"progressus-exchange-v1\0" + data[9 : pos - 64])
    except (InvalidSignature, TypeError, ValueError):
        raise Refused("signature") from None  # noqa: EM101
    reader = manifest.get("min_reader")
    need(type(reader) is not int or reader <= 1, "manifest.reader")
    try:
        need(fields_fit(manifest), "manifest.field")
    except (KeyError, TypeError, ValueError):
        raise Refused("manifest.field") from None  # noqa: EM101
    stored = {}
    for kind, size, plain, digest in manifest["sections"]:
        head = kind.to_bytes(4, "big") + size.to_bytes(8, "big") + plain.to_bytes(8, "big") + digest
        need(len(data) >= pos + 52, "inner.truncated")
        need(data[pos : pos + 52] == head, "section.header")
        need(len(data) >= pos + 52 + size, "inner.truncated")
        stored[kind] = data[pos + 52 : pos + 52 + size]
        need(hashlib.blake2b(stored[kind], digest_size=32).digest() == digest, "section.digest")
        pos += 52 + size
    need(pos == len(data), "inner.trailing")
    return manifest, stored


def unpacked(stored: bytes, plain: int) -> bytes:
    """The bytes of section 2."""
    try:
        need(zstandard.get_frame_parameters(stored).window_size <= 8 * MIB, "changes.window")
        expand = zstandard.ZstdDecompressor(max_window_size=8 * MIB).decompressobj()
        out = expand.decompress(stored)
    except zstandard.ZstdError:
        raise Refused("changes.zstd") from None  # noqa: EM101
    need(len(out) <= plain, "changes.length")
    need(expand.eof and not expand.unused_data, "changes.zstd")
    need(len(out) == plain, "changes.length")
    return out


def changes(data: bytes, erased: set[bytes]) -> Changes:
    """The pairs of id and parsed body in a sequence; ``erased`` are records whose redacted changes bear no tag."""
    pos, found = 0, []
    while pos < len(data):
        try:
            pair, pos = cbor(data, pos)
            id_, raw = pair
            need(type(id_) is bytes and len(id_) == 16 and type(raw) is bytes, "changes.item")
        except (Refused, TypeError, ValueError):
            raise Refused("changes.item") from None  # noqa: EM101
        body = only(raw)
        if hashlib.blake2b(raw, digest_size=6).digest() != id_[10:]:
            need(is_redacted(body, erased), "changes.tag")
        found.append((id_, checked(body)))
    return found


def checked(body: Any) -> list[Any]:
    types = [int, str, str, bytes, int, int, bytes, bytes, int, dict, dict]
    need(type(body) is list and list(map(type, body)) == types and len(body[3]) == 16, "body.shape")
    for pair in body[9].values():
        need(type(pair) is list and len(pair) == 2 and type(pair[1]) is list, "body.shape")
        need(all(type(each) is bytes and len(each) == 16 for each in pair[1]), "body.shape")
    need(all(type(name) is str for name in (*body[9], *body[10])), "body.shape")
    return body


def is_redacted(body: Any, erased: set[bytes]) -> bool:
    body = checked(body)
    empty = body[5] == 0 and not body[6] and not body[7] and all(value is None for value, _ in body[9].values())
    return body[3] in erased and empty and list(body[10]) == ["erased_by"]


def blobs(stored: dict[int, bytes]) -> list[bytes]:
    """SHA-256 of each attachment, checked."""
    index = only(stored[4]) if 4 in stored else []
    held = [data for kind, data in stored.items() if kind > 4]
    fits = type(index) is list and len(index) == len(held) and all(type(e) is list and len(e) == 2 for e in index)
    need(fits and [e[1] for e in index] == list(map(len, held)), "blobs.index")
    need(all(type(e[0]) is bytes and len(e[0]) == 32 and type(e[1]) is int for e in index), "blobs.index")
    need([e[0] for e in index] == [hashlib.sha256(data).digest() for data in held], "blobs.digest")
    return [e[0] for e in index]


def heads(found: Changes) -> dict[tuple[bytes, str], dict[bytes, Any]]:
    """For each record and key the ids and values that no known change supersedes."""
    gone = {(key, old) for _, body in found for key, (_, superseded) in body[9].items() for old in superseded}
    out: dict[tuple[bytes, str], dict[bytes, Any]] = {}
    for id_, body in found:
        for key, (value, _) in body[9].items():
            if (key, id_) not in gone:
                out.setdefault((body[3], key), {})[id_] = value
    return out


def everything(data: bytes) -> tuple[dict[str, Any], Changes, Changes, Any, list[bytes]]:
    """All that a plain container holds, parsed."""
    manifest, stored = read(data)
    erasures = changes(stored.get(1, b""), set())
    erased = {body[3] for _, body in erasures if body[1] == "erase"}
    plain = {kind: plain for kind, _, plain, _ in manifest["sections"]}
    found = changes(unpacked(stored[2], plain[2]), erased) if 2 in stored else []
    return manifest, erasures, found, only(stored[3]) if 3 in stored else None, blobs(stored)


if __name__ == "__main__":
    try:
        manifest, erasures, found, roster, attachments = everything(sys.stdin.buffer.read())
    except Refused as refused:
        sys.exit(str(refused))
    told = {"purpose": manifest["purpose"], "number": manifest["number"], "changes": len(found)}
    json.dump(told | {"erasures": len(erasures), "attachments": len(attachments)}, sys.stdout)
