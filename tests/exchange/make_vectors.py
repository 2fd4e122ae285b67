"""Write tests/exchange/vectors/: run ``python -m tests.exchange.make_vectors`` after a change of the format.

Plain containers come out the same each time. age is randomised, so whole files are only written where missing.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import zstandard

from progressus_desktop.exchange import outer
from tests.exchange import raw, reader
from tests.exchange.raw import OFFICE, REPLICA, SENDER, STRANGER, body, inner, item, manifest, package, section

FOLDER = Path(__file__).parent / "vectors"
OTHER = bytes.fromhex("0f0e0d0c0b0a")
PASSPHRASE = "klucz-do-prób"

_FIRST = item(1, body(1, {"name": ["Stowarzyszenie Zmyślone", []], "partners/x": [True, []]}))
_SECOND = item(2, body(2, {"name": ["Stowarzyszenie Zmyślona Łąka", [_FIRST[0]]]}))
_THIRD = item(3, body(3, {"*": [None, [_FIRST[0], _SECOND[0]]]}, kind="delete"))
_RIVAL = item(1, body(7, {"name": ["Zmyślone Stowarzyszenie", [_FIRST[0]]]}), OTHER)
_ERASE = item(9, body(9, {}, kind="erase"))
_REDACTED = (_FIRST[0], raw.redacted(1, {"name": ["", []], "partners/x": [True, []]}, _ERASE[0]))
_TEXTS = {
    "name": ["ł" * 40, []],
    "note": [{"?": "31.02"}, []],
    "agenda/0a0b0c0d": [{"position": 1024, "title": "a"}, []],
}
_NUMBERS = {
    "a": [23, []],
    "b": [24, []],
    "c": [65_536, []],
    "d": [-1, []],
    "e": [-(1 << 63), []],
    "f": [[1, False], []],
}


def _changes(*items: tuple[bytes, bytes]) -> tuple[list[Any], bytes]:
    return section(2, raw.sequence(items))


def good() -> dict[str, tuple[str, bytes]]:
    """Containers to be read: name, what it shows, bytes."""
    blobs = [b"not really a photo", b"\0" * 300]
    index = section(4, raw.canonical([[hashlib.sha256(each).digest(), len(each)] for each in blobs]))
    held = [section(5 + number, each) for number, each in enumerate(blobs)]
    newer = item(4, body(4, {"from_the_future": [{"x": [1, 2]}, []]}, extra={"mood": "calm"}))
    roster = section(3, raw.canonical({"keys": [[OFFICE.sign_public, "office"]], "acks": {REPLICA: [[1, 3]]}}))
    return {
        "minimal": ("no sections at all", package([], lo=0, hi=0, purpose="ack")),
        "three-changes": ("made, renamed, deleted", package([_changes(_FIRST, _SECOND, _THIRD)], counts={"a": 3})),
        "conflict": ("two laptops renamed it; both heads stay", package([_changes(_FIRST, _SECOND, _RIVAL)])),
        "erase": (
            "the erase travels first; the redacted change keeps its id and has no tag",
            package([section(1, raw.sequence([_ERASE])), _changes(_REDACTED)], erasures=1),
        ),
        "unknown-keys": (
            "fields, keys and extras of a newer version are kept bit for bit",
            package([_changes(newer)], format=2, weather={"rain": True}),
        ),
        "values": ("the shortest form of each", package([_changes(item(5, body(5, _TEXTS | _NUMBERS)))])),
        "roster": ("section 3", package([roster], acks={REPLICA: [[1, 3]]}, previous=raw.blake(b"file before"))),
        "attachments": ("sections 4, 5 and 6, second of two parts", package([index, *held], part=[2, 2])),
    }  # fmt: skip


def _with_manifest(change: Callable[[bytes], bytes]) -> bytes:
    return inner(change(raw.canonical(manifest(counts={"changes": 3}))))


def _extra(encoded: bytes) -> bytes:
    """A signed manifest with one more field ``extra`` that holds these bytes, as any CBOR."""
    return _with_manifest(lambda data: _put(data, b"\x65extra" + encoded))


def _put(data: bytes, pair: bytes) -> bytes:
    """The manifest's map (22 pairs) with one more pair in its sorted place."""
    at = data.index(b"\x65scope")
    return bytes([data[0] + 1]) + data[1:at] + pair + data[at:]


def malformed_manifests() -> dict[str, tuple[str, bytes]]:
    """Signed as they stand, but no manifest that may be read: name, reason, bytes."""
    swap = {b"\x62hi\x03\x62lo\x01": b"\x62lo\x01\x62hi\x03"}
    twice = {b"\x62hi\x03\x62lo\x01": b"\x62hi\x03\x62hi\x03"}

    def replaced(pairs: dict[bytes, bytes]) -> bytes:
        ((old, new),) = pairs.items()
        data = raw.canonical(manifest())
        assert data.count(old) == 1
        return inner(data.replace(old, new))

    return {
        "duplicate-key": ("cbor.duplicate-key", replaced(twice)),
        "unsorted-keys": ("cbor.unsorted-keys", replaced(swap)),
        "indefinite-array": ("cbor.indefinite", _extra(b"\x9f\xff")),
        "indefinite-text": ("cbor.indefinite", _extra(b"\x7f\x61a\xff")),
        "not-minimal-number": ("cbor.not-minimal", _extra(b"\x18\x17")),
        "not-minimal-length": ("cbor.not-minimal", _extra(b"\x79\x00\x01a")),
        "tag-of-a-date": ("cbor.tag", _extra(b"\xc1\x00")),
        "tag-of-a-big-number": ("cbor.tag", _extra(b"\xc2\x49\x01" + bytes(8))),
        "float": ("cbor.float", _extra(b"\xf9\x3c\x00")),
        "undefined": ("cbor.simple", _extra(b"\xf7")),
        "simple-value": ("cbor.simple", _extra(b"\xf8\x20")),
        "reserved": ("cbor.reserved", _extra(b"\x1c")),
        "too-deep": ("cbor.depth", _extra(b"\x81" * 8 + b"\x00")),
        "no-utf-8": ("cbor.text", _extra(b"\x62\xc3\x28")),
        "string-over-1-mib": ("cbor.length", _extra(b"\x5a\x00\x10\x00\x01")),
        "number-over-64-bits": ("cbor.integer", _extra(b"\x1b\x80" + bytes(7))),
        "key-no-text": ("cbor.key-type", inner(b"\xa1\x01\x00")),
        "keys-of-two-kinds": ("cbor.key-type", _extra(b"\xa2\x41a\x00\x61a\x00")),
        "key-over-1-mib": ("cbor.length", _extra(b"\xa1\x5a\x00\x10\x00\x01")),
        "cut-in-a-text": ("cbor.truncated", inner(b"\xa1\x61a\x63ab")),
        "cut-in-a-long-text": ("cbor.truncated", inner(b"\xa1\x61a\x78\x20ab")),
        "cut-in-a-number": ("cbor.truncated", inner(b"\xa1\x61a\x19\x01")),
        "cut-before-a-key": ("cbor.truncated", inner(b"\xa2\x61a\x01")),
        "cut-in-a-key": ("cbor.truncated", inner(b"\xa2\x61a\x01\x62b")),
        "cut-before-a-value": ("cbor.truncated", inner(b"\xa1\x61a")),
        "empty-manifest": ("cbor.truncated", inner(b"")),
        "array-for-a-manifest": ("manifest.field", inner(b"\x80")),
        "bytes-for-names": ("manifest.field", inner(b"\xa1\x41a\x01")),
        "text-cut-short": ("cbor.truncated", inner(raw.canonical(manifest())[:-1])),
        "bytes-behind-the-manifest": ("cbor.trailing", inner(raw.canonical(manifest()) + b"\x00")),
        "field-missing": ("manifest.field", inner(manifest(project=None))),
        "field-of-a-wrong-kind": ("manifest.field", inner(manifest(lo=-1))),
        "purpose-not-known": ("manifest.field", inner(manifest(purpose="party"))),
        "part-beyond-the-parts": ("manifest.field", inner(manifest(part=[3, 2]))),
        "reader-newer": ("manifest.reader", inner(manifest(format=2, min_reader=2))),
        "signed-by-another": ("signature", inner(manifest(), key=STRANGER.sign_private)),
    }


def malformed_containers() -> dict[str, tuple[str, bytes]]:
    """Wrong around the manifest and in the lengths: name, reason, bytes."""
    first, whole = section(1, raw.sequence([_ERASE])), _changes(_FIRST, _SECOND, _THIRD)
    fine = package([first, whole], erasures=1)
    start = 9 + int.from_bytes(fine[5:9], "big")
    signature = bytearray(fine)
    signature[start + 5] ^= 1
    other_bytes = bytearray(fine)
    other_bytes[-1] ^= 1
    twice = [whole, whole]
    huge = [[2, 4 << 20, (512 << 20) + 1, bytes(32)], b""]
    bomb = [[2, 1 << 20, (200 << 20) + 1, bytes(32)], b""]
    blob = [[5, (40 << 20) + 1, (40 << 20) + 1, bytes(32)], b""]
    return {
        "other-magic": ("inner.magic", b"PRGY" + fine[4:]),
        "newer-container": ("inner.version", fine[:4] + b"\x02" + fine[5:]),
        "manifest-too-long": ("manifest.length", fine[:5] + ((1 << 20) + 1).to_bytes(4, "big") + fine[9:]),
        "cut-in-the-manifest": ("inner.truncated", fine[:200]),
        "cut-in-the-signature": ("inner.truncated", fine[: start + 63]),
        "cut-in-the-head-of-a-section": ("inner.truncated", fine[: -len(whole[1]) - 1]),
        "cut-in-a-section": ("inner.truncated", fine[:-1]),
        "zero-tail": ("inner.trailing", fine + bytes(16)),
        "signature-flipped": ("signature", bytes(signature)),
        "section-flipped": ("section.digest", bytes(other_bytes)),
        "sections-swapped": ("section.header", inner(manifest([first, whole], erasures=1), [whole, first])),
        "section-twice": ("manifest.field", package(twice)),
        "section-over-the-limit": ("manifest.field", inner(manifest([huge]))),  # type: ignore[list-item]
        "ratio-over-200": ("manifest.field", inner(manifest([bomb]))),  # type: ignore[list-item]
        "attachment-over-the-limit": ("manifest.field", inner(manifest([blob]))),  # type: ignore[list-item]
    }


def malformed_contents() -> dict[str, tuple[str, bytes]]:
    """Verified, but what the sections hold is refused: name, reason, bytes."""
    plain = raw.sequence([_FIRST, _SECOND])
    pressed = zstandard.ZstdCompressor(level=9).compress(plain)
    parameters = zstandard.ZstdCompressionParameters.from_level(9, window_log=24, write_content_size=False)
    press = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    wide = press.compress(plain) + press.flush()
    repeated = item(1, body(1, {})[:-2] + b"\xa2\x61a\x00\x61a\x00\xa0")
    shapeless = item(1, raw.canonical([1, "save"]))
    empty = [1, "save", "partner", raw.PARTNER, 1, 1, b"", b"", 1, {}, {}]

    def shaped(place: int, part: Any) -> bytes:
        changed = [*empty[:place], part, *empty[place + 1 :]]
        return package([_changes(item(1, raw.canonical(changed)))])

    index = section(4, raw.canonical([[bytes(32), 3]]))
    blob = section(5, b"abc")
    return {
        "zstd-damaged": ("changes.zstd", package([section(2, plain, stored=b"\x28\xb5\x2f\xfd" + bytes(20))])),
        "zstd-cut-short": ("changes.zstd", package([section(2, plain, stored=pressed[:-3])])),
        "zstd-two-frames": ("changes.zstd", package([section(2, plain, stored=pressed + pressed)])),
        "zstd-window-too-large": ("changes.window", package([section(2, plain, stored=wide)])),
        "zstd-more-than-said": ("changes.length", package([section(2, plain, says=len(plain) - 1)])),
        "zstd-less-than-said": ("changes.length", package([section(2, plain, says=len(plain) + 1)])),
        "item-no-pair": ("changes.item", package([section(2, raw.canonical([_FIRST[0]]))])),
        "item-cut-short": ("changes.item", package([section(2, plain[:-1])])),
        "item-with-a-short-id": ("changes.item", package([section(2, raw.canonical([_FIRST[0][1:], _FIRST[1]]))])),
        "item-length-not-minimal": (
            "changes.item", package([section(2, b"\x82\x50" + _FIRST[0] + b"\x59\x00" + raw.canonical(_FIRST[1])[1:])]),
        ),
        "tag-of-other-bytes": ("changes.tag", package([_changes((_FIRST[0], _SECOND[1]))])),
        "redacted-without-an-erase": ("changes.tag", package([_changes(_REDACTED)])),
        "body-with-a-key-twice": ("cbor.duplicate-key", package([_changes(repeated)])),
        "item-a-map": ("changes.item", package([section(2, b"\xa1\x50" + plain[2:])])),
        "item-with-a-text-for-a-body": ("changes.item", package([section(2, raw.canonical([_FIRST[0], "a" * 30]))])),
        "body-with-a-number-for-a-kind": ("body.shape", shaped(1, 1)),
        "body-with-true-for-a-number": ("body.shape", shaped(8, True)),
        "body-with-a-short-record": ("body.shape", shaped(3, bytes(15))),
        "body-with-a-value-and-no-list": ("body.shape", shaped(9, {"name": ["a"]})),
        "body-replacing-a-short-id": ("body.shape", shaped(9, {"name": ["a", [bytes(15)]]})),
        "body-with-bytes-for-keys": ("body.shape", shaped(9, {b"name": ["a", []]})),
        "body-with-bytes-in-its-extra": ("body.shape", shaped(10, {b"a": 1})),
        "body-no-change": ("body.shape", package([_changes(shapeless)])),
        "index-a-map": ("blobs.index", package([section(4, raw.canonical({"a": 3})), blob])),
        "index-with-another-size": ("blobs.index", package([section(4, raw.canonical([[bytes(32), 4]])), blob])),
        "index-with-a-short-hash": ("blobs.index", package([section(4, raw.canonical([[bytes(31), 3]])), blob])),
        "index-without-attachment": ("blobs.index", package([index])),
        "attachment-without-index": ("blobs.index", package([blob])),
        "attachment-of-other-bytes": ("blobs.digest", package([index, blob])),
    }  # fmt: skip


def whole() -> dict[str, tuple[str, bytes]]:
    """Whole files: name, reason or none, how to make the bytes."""
    fine = package([_changes(_FIRST)])

    def sealed(recipients: list[str], plain: bytes = fine) -> bytes:
        file = io.BytesIO()
        outer.seal_to(recipients, iter([plain]), file)
        return file.getvalue()

    def locked(plain: bytes) -> bytes:
        file = io.BytesIO()
        outer.seal_with(PASSPHRASE, iter([plain]), file, 10)
        return file.getvalue()

    ours = [OFFICE.age_public, SENDER.age_public]
    setup = package([_changes(_FIRST)], recipients=[], purpose="setup")
    work = locked(setup).replace(b" 10\n", b" 21\n", 1)
    return {
        "whole": ("", sealed(ours)),
        "whole-passphrase": ("", locked(setup)),
        "whole-for-others": ("outer.no-key", sealed([STRANGER.age_public])),
        "whole-forwarded": ("recipients", sealed(ours, package([], recipients=[[b"", STRANGER.age_public]]))),
        "whole-passed-on-with-a-passphrase": ("recipients", locked(fine)),
        "whole-passphrase-and-key": ("outer.header", locked(setup).replace(b"\n---", b"\n-> X25519 a\nb\n---", 1)),
        "whole-head-without-end": ("outer.header", b"age-encryption.org/v1\n-> X25519 a\n"),
        "whole-empty": ("outer.truncated", b""),
        "whole-too-much-work": ("outer.work", work),
        "whole-no-age": ("outer.not-age", b"%PDF-1.7\n" + bytes(100)),
    }


def told(data: bytes) -> dict[str, Any]:
    """What a reader must find in a good container."""
    head, erasures, found, roster, blobs = reader.everything(data)
    heads = [
        [record.hex(), key, [id_.hex() for id_ in ids]] for (record, key), ids in sorted(reader.heads(found).items())
    ]
    return {
        "manifest": {name: _plain(value) for name, value in head.items()},
        "erasures": [id_.hex() for id_, _ in erasures],
        "changes": [id_.hex() for id_, _ in found],
        "heads": heads,
        "roster": _plain(roster),
        "blobs": [sha.hex() for sha in blobs],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {_plain(key): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def vectors() -> dict[str, dict[str, Any]]:
    """All vectors of plain containers by file name."""
    made = {name: {"about": about, "inner": data.hex(), "holds": told(data)} for name, (about, data) in good().items()}
    bad = malformed_manifests() | malformed_containers() | malformed_contents()
    return made | {f"bad-{name}": {"refused": reason, "inner": data.hex()} for name, (reason, data) in bad.items()}


def main() -> None:
    """Write all vectors."""
    FOLDER.mkdir(exist_ok=True)
    keys = {name: [key.sign_private.hex(), key.age_secret] for name, key in (("sender", SENDER), ("office", OFFICE))}
    _write("keys", {"about": "Ed25519 seed and age secret of each test key", "passphrase": PASSPHRASE, **keys})
    for name, vector in vectors().items():
        _write(name, vector)
    for name, (reason, data) in whole().items():
        if not (FOLDER / f"{name}.json").exists():
            _write(name, {"refused": reason, "file": data.hex()} if reason else {"file": data.hex()})


def _write(name: str, content: dict[str, Any]) -> None:
    (FOLDER / f"{name}.json").write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
