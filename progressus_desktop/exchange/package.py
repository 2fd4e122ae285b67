"""A verified package in memory: its changes, erasures, roster and attachments, each read within its limits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

import zstandard

from progressus_desktop.exchange import bodies, cbor
from progressus_desktop.exchange import limits as most
from progressus_desktop.exchange.manifest import BLOB_INDEX, CHANGES, ERASURES, FIRST_BLOB, ROSTER, Manifest
from progressus_desktop.exchange.refusals import Reason, damaged, too_large
from progressus_desktop.store.changes import tag

_PAIR_WITH_ID: Final = b"\x82\x50"
_ID: Final = 16
_TAG: Final = 6
_CHUNK: Final = 256 * most.KIB


def item_head(id_: bytes, body: bytes) -> bytes:
    """What stands before the body in the CBOR item ``[id, body]``.

    Raises:
        TypeError: the id has not 16 bytes, or the body is longer than a reader accepts.
    """
    size = len(body)
    if len(id_) != _ID or size > most.BODY:
        msg = "this is no change that fits into a package"
        raise TypeError(msg)
    width = next((each for each in (4, 2, 1) if size >= _LEAST[each]), 0)
    head = bytes([0x58 + width // 2]) + size.to_bytes(width, "big") if width else bytes([0x40 + size])
    return _PAIR_WITH_ID + id_ + head


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was verified; what it holds is parsed only when asked for.

    ``hash`` is the BLAKE2b-256 of the file, empty for a plain container.
    """

    manifest: Manifest
    stored: dict[int, memoryview]
    hash: bytes

    def erasures(self) -> Iterator[tuple[bytes, bytes]]:
        """The erase changes (id, body), tags checked.

        Raises:
            DamagedError: not what the format says.
        """
        section = bytes(self.stored.get(ERASURES, b""))
        yield from _checked(iter([section] if section else []), len(section), frozenset())

    def changes(self, erased: AbstractSet[bytes] = frozenset()) -> Iterator[tuple[bytes, bytes]]:
        """The changes (id, body), one after another; ``erased`` are records whose redacted changes bear no tag.

        Raises:
            DamagedError: not what the format says; what was given before may not be kept.
        """
        section = self.stored.get(CHANGES)
        if section is not None:
            plain = next(each.plain for each in self.manifest.digests if each.type == CHANGES)
            yield from _checked(_unpacked(section), plain, erased)

    def roster(self) -> Any:
        """The value of section 3, None if there is none.

        Raises:
            DamagedError: no strict CBOR.
        """
        section = self.stored.get(ROSTER)
        return None if section is None else cbor.loads(bytes(section))

    def blob_index(self) -> list[tuple[bytes, int]]:
        """SHA-256 and size of each attachment in this file, in order.

        Raises:
            DamagedError: the index does not fit the attachments.
        """
        section = self.stored.get(BLOB_INDEX)
        index = [] if section is None else cbor.loads(bytes(section))
        held = [len(stored) for kind, stored in self.stored.items() if kind >= FIRST_BLOB]
        if not isinstance(index, list) or len(index) != len(held):
            raise damaged(Reason.BLOBS_INDEX)
        for each, size in zip(index, held, strict=True):
            fits = isinstance(each, list) and len(each) == 2 and isinstance(each[0], bytes)  # noqa: PLR2004
            if not fits or len(each[0]) != hashlib.sha256().digest_size or each[1] != size or each[1] is True:
                raise damaged(Reason.BLOBS_INDEX)
        return [(sha, size) for sha, size in index]

    def blobs(self) -> Iterator[tuple[bytes, bytes]]:
        """SHA-256 and content of each attachment, one after another.

        Raises:
            DamagedError: the content is not what the index says.
        """
        for number, (sha, _size) in enumerate(self.blob_index()):
            content = bytes(self.stored[FIRST_BLOB + number])
            if hashlib.sha256(content).digest() != sha:
                raise damaged(Reason.BLOBS_DIGEST)
            yield sha, content


def _unpacked(section: memoryview) -> Iterator[bytes]:
    """One zstd frame in chunks, with a bounded window; 1 KiB of it can never become more than 32 MiB."""
    try:
        frame = zstandard.get_frame_parameters(section)
        if frame.window_size > most.WINDOW or frame.dict_id:
            raise too_large(Reason.CHANGES_WINDOW)
        expand = zstandard.ZstdDecompressor(max_window_size=most.WINDOW).decompressobj()
        pieces: list[bytes] = []
        for start in range(0, len(section), most.KIB):
            pieces.append(expand.decompress(section[start : start + most.KIB]))
            if sum(map(len, pieces)) >= _CHUNK:
                yield b"".join(pieces)
                pieces = []
        yield b"".join(pieces)
    except zstandard.ZstdError as error:
        raise damaged(Reason.CHANGES_ZSTD) from error
    if not expand.eof or expand.unused_data:
        raise damaged(Reason.CHANGES_ZSTD)


def _checked(chunks: Iterator[bytes], plain: int, erased: AbstractSet[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """The items ``[id, body]`` of a CBOR sequence that must have exactly ``plain`` bytes."""
    buffer, pos, total, count = b"", 0, 0, 0
    for chunk in chunks:
        total += len(chunk)
        if total > plain:
            raise damaged(Reason.CHANGES_LENGTH)
        buffer, pos = buffer[pos:] + chunk, 0
        while (found := _item(buffer, pos)) is not None:
            id_, body, pos = found
            count += 1
            if count > most.CHANGE_COUNT:
                raise too_large(Reason.CHANGES_COUNT)
            cbor.scan(body)
            if tag(body) != id_[-_TAG:] and not bodies.is_redacted(body, erased):
                raise damaged(Reason.CHANGES_TAG)
            yield id_, body
    if total != plain:
        raise damaged(Reason.CHANGES_LENGTH)
    if pos != len(buffer):
        raise damaged(Reason.CHANGES_ITEM)


def _item(buffer: bytes, pos: int) -> tuple[bytes, bytes, int] | None:
    """The item at ``pos`` and the position behind it; None if more bytes must come first."""
    head = pos + 2 + _ID
    if len(buffer) <= head:
        return None
    if buffer[pos : pos + 2] != _PAIR_WITH_ID:
        raise damaged(Reason.CHANGES_ITEM)
    width = _WIDTH.get(buffer[head])
    if width is None:
        raise damaged(Reason.CHANGES_ITEM)
    start = head + 1 + width
    if len(buffer) < start:
        return None
    length = int.from_bytes(buffer[head + 1 : start], "big") if width else buffer[head] & 31
    if length > most.BODY or (width and length < _LEAST[width]):
        raise damaged(Reason.CHANGES_ITEM)
    end = start + length
    if len(buffer) < end:
        return None
    return buffer[pos + 2 : head], buffer[start:end], end


_WIDTH: Final = {**dict.fromkeys(range(0x40, 0x58), 0), 0x58: 1, 0x59: 2, 0x5A: 4}
"""How many bytes of length follow the first byte of a byte string."""
_LEAST: Final = {1: 24, 2: 1 << 8, 4: 1 << 16}
"""The least length for which so many bytes are the shortest way."""
