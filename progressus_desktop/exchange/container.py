"""Write and read a package: signed, then encrypted, whole or not at all (docs/exchange-format.md)."""

from __future__ import annotations

import errno
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

import zstandard

from progressus_desktop.errors import DamagedError, NotFoundError, StorageError, UsageError
from progressus_desktop.exchange import cbor, keys, outer
from progressus_desktop.exchange import limits as most
from progressus_desktop.exchange.bodies import entry
from progressus_desktop.exchange.manifest import (
    BLOB_INDEX,
    CHANGES,
    ERASURES,
    FIRST_BLOB,
    ROSTER,
    Digest,
    Manifest,
    as_map,
    decode,
)
from progressus_desktop.exchange.outer import Peek
from progressus_desktop.exchange.package import Package, item_head
from progressus_desktop.exchange.refusals import Reason, damaged, forged, forwarded, newer, not_a_package
from progressus_desktop.store import places
from progressus_desktop.words import N_, Message

__all__ = [
    "BLOB_INDEX", "CHANGES", "ERASURES", "FIRST_BLOB", "ROSTER",
    "Digest", "Manifest", "Package", "Peek", "Section", "Written",
    "blobs", "changes", "entry", "erasures", "inner", "peek", "read", "roster", "unsealed", "write",
]  # fmt: skip

MAGIC: Final = b"PRGX"
VERSION: Final = 1
SIGNED: Final = b"progressus-exchange-v1\0"
_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Section:
    """A section to write; ``load`` gives the stored bytes, once when they are written."""

    digest: Digest
    load: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the manifest as signed, and BLAKE2b-256 of the whole file."""

    manifest: Manifest
    hash: bytes


def _section(kind: int, data: bytes, plain: int | None = None) -> Section:
    digest = Digest(kind, len(data), len(data) if plain is None else plain, _hash(data))
    return Section(digest, lambda: data)


def _hash(data: bytes | memoryview) -> bytes:
    return hashlib.blake2b(data, digest_size=32).digest()


def erasures(items: Iterable[tuple[bytes, bytes]]) -> Section:
    """Section 1: the erase changes (id, body), for all."""
    return _section(ERASURES, b"".join(item_head(id_, body) + body for id_, body in items))


def changes(items: Iterable[tuple[bytes, bytes]]) -> Section:
    """Section 2: changes (id, body) in the order in which they are to be read.

    Raises:
        UsageError: more than one package may hold.
    """
    press = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=False).compressobj()
    stored = io.BytesIO()
    plain = 0
    for count, (id_, body) in enumerate(items, 1):
        item = item_head(id_, body) + body
        stored.write(press.compress(item))
        plain += len(item)
        if plain > most.CHANGES or count > most.CHANGE_COUNT:
            raise _too_much()
    stored.write(press.flush())
    return _section(CHANGES, stored.getvalue(), plain)


def roster(value: object) -> Section:
    """Section 3: roster and acks, any value of strict CBOR."""
    return _section(ROSTER, cbor.dumps(value))


def blobs(loads: Sequence[Callable[[], bytes]]) -> list[Section]:
    """Sections 4 and 5…: the index and the attachments; each ``load`` is called twice, now and when it is written.

    Raises:
        UsageError: an attachment is larger than a package may hold.
    """
    sections: list[Section] = []
    index: list[list[object]] = []
    for number, load in enumerate(loads):
        data = load()
        if len(data) > most.BLOB:
            raise _too_much()
        index.append([hashlib.sha256(data).digest(), len(data)])
        sections.append(Section(Digest(FIRST_BLOB + number, len(data), len(data), _hash(data)), load))
    return [_section(BLOB_INDEX, cbor.dumps(index)), *sections] if sections else []


def inner(manifest: Manifest, sections: Iterable[Section], sign_private: bytes) -> tuple[Manifest, Iterator[bytes]]:
    """The manifest as it is signed, and the plain container in pieces.

    Raises:
        TypeError: the manifest holds what the format does not allow.
    """
    ordered = sorted(sections, key=lambda each: each.digest.type)
    public = keys.sign_public(sign_private)
    signed = replace(manifest, sign_key=public, digests=tuple(each.digest for each in ordered))
    data = signed.encoded()
    if len(data) > most.MANIFEST:
        raise _too_much()

    def pieces() -> Iterator[bytes]:
        yield MAGIC + bytes([VERSION]) + len(data).to_bytes(4, "big") + data
        yield keys.sign(sign_private, SIGNED + data)
        for each in ordered:
            stored = each.load()
            if _hash(stored) != each.digest.digest:
                raise _changed_meanwhile()
            yield _header(each.digest)
            yield stored

    return signed, pieces()


def _header(digest: Digest) -> bytes:
    sizes = digest.stored.to_bytes(8, "big") + digest.plain.to_bytes(8, "big")
    return digest.type.to_bytes(4, "big") + sizes + digest.digest


def write(
    target: Path | BinaryIO,
    manifest: Manifest,
    sections: Iterable[Section],
    sign_private: bytes,
    *,
    recipients: Sequence[str] = (),
    passphrase: str | None = None,
    work: int = outer.WORK,
) -> Written:
    """Write a package to age public keys (exactly those the manifest names) or for one passphrase.

    A path is written whole or not at all; a file object just receives the bytes.

    Raises:
        StorageError: the medium is full or cannot be written; nothing is left behind.
        UsageError: more than one package may hold.
    """
    named = [key for _replica, key in manifest.recipients]
    if sorted(named) != sorted(recipients) or bool(named) is (passphrase is not None):
        msg = "a package is for the recipients its manifest names, or for a passphrase and none"
        raise ValueError(msg)
    signed, pieces = inner(manifest, sections, sign_private)
    room = most.FILE if passphrase is None else most.PASSPHRASE_FILE
    total = sum(each.stored for each in signed.digests)
    if total > room - 2 * most.MIB:  # what stands around the sections
        raise _too_much()

    def seal(file: BinaryIO) -> None:
        if passphrase is None:
            outer.seal_to(recipients, pieces, file)
        else:
            outer.seal_with(passphrase, pieces, file, work)

    try:
        if isinstance(target, Path):
            return Written(signed, places.stream_safely(target, seal))
        written = places.Hashing(target)
        seal(written.as_file())
        return Written(signed, written.hash.digest())
    except OSError as error:
        raise _not_written(error, total) from error


def peek(source: Path | BinaryIO) -> Peek:
    """What can be seen of a file without a key.

    Raises:
        DamagedError: no age file, or beyond the limits.
        NotFoundError: there is no such file.
        StorageError: the medium cannot be read.
    """
    with _reading(source) as file:
        return outer.peek(file)


def read(source: Path | BinaryIO, *, identities: Sequence[str] = (), passphrase: str | None = None) -> Package:
    """Open a package and verify it: limits, signature, recipients, every section. Nothing inside is parsed yet.

    Raises:
        AccessError: it is for others, or the passphrase is not the one.
        DamagedError: damaged, forged, forwarded or no package.
        NewerVersionError: it needs a newer version of the program.
        NotFoundError: there is no such file.
        StorageError: the medium cannot be read.
    """
    with _reading(source) as file:
        plain, file_hash = outer.opened(file, identities, passphrase)
    package = unsealed(plain, file_hash)
    named = {key for _replica, key in package.manifest.recipients}
    ours = {keys.age_public(secret) for secret in identities} if passphrase is None else set()
    if (named or ours) and not named & ours:
        raise forwarded(Reason.RECIPIENTS)
    return package


def unsealed(plain: memoryview, file_hash: bytes = b"") -> Package:
    """The verified package in a plain container. Who may read it is checked by :func:`read`.

    Raises:
        DamagedError: damaged, forged or no package.
        NewerVersionError: it needs a newer version of the program.
    """
    if bytes(plain[:4]) != MAGIC[: len(plain)]:
        raise not_a_package(Reason.INNER_MAGIC)
    start = 9
    if len(plain) > len(MAGIC) and plain[4] != VERSION:
        raise newer(Reason.INNER_VERSION)
    if len(plain) < start:
        raise damaged(Reason.INNER_TRUNCATED)
    length = int.from_bytes(plain[5:start], "big")
    if length > most.MANIFEST:
        raise damaged(Reason.MANIFEST_LENGTH)
    end = start + length
    if len(plain) < end + 64:
        raise damaged(Reason.INNER_TRUNCATED)
    data = bytes(plain[start:end])
    sign_key = as_map(data).get("sign_key")
    if not isinstance(sign_key, bytes) or not keys.verify(sign_key, SIGNED + data, bytes(plain[end : end + 64])):
        raise forged(Reason.SIGNATURE)
    manifest = decode(data)
    return Package(manifest, _verified(plain, end + 64, manifest), file_hash)


def _verified(plain: memoryview, pos: int, manifest: Manifest) -> dict[int, memoryview]:
    """The stored bytes of each section, after its header and digest were found to be what was signed."""
    found: dict[int, memoryview] = {}
    for digest in manifest.digests:
        header = _header(digest)
        start, end = pos + len(header), pos + len(header) + digest.stored
        if len(plain) < start:
            raise damaged(Reason.INNER_TRUNCATED)
        if plain[pos:start] != header:
            raise damaged(Reason.SECTION_HEADER)
        if len(plain) < end:
            raise damaged(Reason.INNER_TRUNCATED)
        if _hash(plain[start:end]) != digest.digest:
            raise damaged(Reason.SECTION_DIGEST)
        found[digest.type] = plain[start:end]
        pos = end
    if pos != len(plain):
        raise damaged(Reason.INNER_TRAILING)
    return found


@contextmanager
def _reading(source: Path | BinaryIO) -> Iterator[BinaryIO]:
    try:
        if isinstance(source, Path):
            with source.open("rb") as file:
                yield file
        else:
            yield source
    except FileNotFoundError as error:
        name = source.name if isinstance(source, Path) else ""
        raise NotFoundError(Message(N_("There is no file {path}."), {"path": name})) from error
    except OSError as error:
        hint = Message(N_("Nothing was changed. Check that the medium is still connected, then try again."))
        raise StorageError(Message(N_("The package could not be read.")), hint=hint) from error


def _too_much() -> UsageError:
    hint = Message(N_("Nothing was written. Split the package into smaller ones."))
    return UsageError(Message(N_("There is too much data for one package.")), hint=hint)


def _changed_meanwhile() -> DamagedError:
    hint = Message(N_("Nothing was written. Check the workspace, then save the package again."))
    return DamagedError(Message(N_("An attachment changed while the package was being written.")), hint=hint)


def _not_written(error: OSError, size: int) -> StorageError:
    message = Message(N_("The package was not saved."))
    if error.errno == errno.ENOSPC:
        room = Message(
            N_("The medium is full. Your data are safe. Free {n} MB or choose another one."),
            {"n": size // most.MIB + 1},
        )
        return StorageError(message, hint=room)
    hint = Message(N_("The medium cannot be written to. Your data are safe. Choose another one."))
    return StorageError(message, hint=hint)
