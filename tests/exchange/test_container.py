"""A package is written whole and safe, and whatever happens to it on the way is noticed before anything is read."""

from __future__ import annotations

import errno
import io
import random
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
import zstandard

from progressus_desktop.errors import (
    AccessError,
    DamagedError,
    NotFoundError,
    ProgressusError,
    StorageError,
    UsageError,
)
from progressus_desktop.exchange import container, keys, limits, outer
from progressus_desktop.exchange.container import Manifest, Section
from tests.exchange import raw
from tests.exchange.raw import OFFICE, PROJECT, REPLICA, SENDER, STRANGER, body, item

CHANGES = [item(seq, body(seq, {"name": [f"Stowarzyszenie {seq}", []]})) for seq in range(1, 40)]
BLOBS = [bytes([number]) * 1000 for number in range(3)]
TO = ((b"", OFFICE.age_public), (REPLICA, SENDER.age_public))


def a_manifest(**other: Any) -> Manifest:
    fields = {"project": PROJECT, "sender": REPLICA, "file": bytes(16), "purpose": "sync", "recipients": TO}
    return Manifest(**(fields | other))


def sections() -> list[Section]:
    erase = item(99, body(99, {}, kind="erase"))
    loads: list[Callable[[], bytes]] = [lambda data=data: data for data in BLOBS]  # type: ignore[misc]  # bound now
    return [
        container.changes(CHANGES),
        container.roster({"keys": []}),
        *container.blobs(loads),
        container.erasures([erase]),
    ]


def written(target: Path | BinaryIO, **other: Any) -> container.Written:
    to = [OFFICE.age_public, SENDER.age_public]
    return container.write(target, a_manifest(**other), sections(), SENDER.sign_private, recipients=to)


def plain() -> bytes:
    _signed, pieces = container.inner(a_manifest(), sections(), SENDER.sign_private)
    return b"".join(pieces)


def opened(data: bytes, who: keys.Keys = OFFICE) -> container.Package:
    return container.read(io.BytesIO(data), identities=[who.age_secret])


def test_what_was_written_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.progressus"
    made = written(file, number=7, base=3, lo=4, hi=42, part=(1, 2), acks={REPLICA: [[1, 3]]}, extra={"new": True})
    for who in (OFFICE, SENDER):
        package = container.read(file, identities=[STRANGER.age_secret, who.age_secret])
        assert package.manifest == made.manifest
        assert package.hash == made.hash == raw.blake(file.read_bytes())
        assert list(package.changes()) == CHANGES
        assert [data for _sha, data in package.blobs()] == BLOBS
        assert [data for _id, data in package.erasures()] == [body(99, {}, kind="erase")]
        assert package.roster() == {"keys": []}
    assert [each.name for each in tmp_path.iterdir()] == ["a.progressus"]


def test_a_passphrase_opens_its_file_and_nothing_else_does(tmp_path: Path) -> None:
    file = tmp_path / "start.progressus"
    container.write(
        file,
        a_manifest(recipients=(), purpose="setup"),
        sections(),
        SENDER.sign_private,
        passphrase="trzy słowa",
        work=10,
    )
    assert container.peek(file).passphrase
    assert list(container.read(file, passphrase="trzy słowa").changes()) == CHANGES
    with pytest.raises(AccessError) as refusal:
        container.read(file, passphrase="trzy slowa")
    assert refusal.value.reason == "outer.passphrase"
    with pytest.raises(AccessError):
        container.read(file, identities=[OFFICE.age_secret])


def test_a_file_to_keys_does_not_ask_for_a_passphrase(tmp_path: Path) -> None:
    file = tmp_path / "a.progressus"
    written(file)
    assert not container.peek(file).passphrase
    with pytest.raises(AccessError) as refusal:
        container.read(file, passphrase="trzy słowa")
    assert refusal.value.reason == "outer.passphrase"


def test_who_is_not_addressed_learns_that_and_nothing_more() -> None:
    file = io.BytesIO()
    written(file)
    with pytest.raises(AccessError) as refusal:
        opened(file.getvalue(), STRANGER)
    assert "nowy plik startowy" in str(refusal.value)


def test_a_package_passed_on_to_somebody_else_is_refused() -> None:
    file = io.BytesIO()
    outer.seal_to([STRANGER.age_public], iter([plain()]), file)
    with pytest.raises(DamagedError, match="kogoś innego"):
        opened(file.getvalue(), STRANGER)


def test_recipients_outside_and_inside_are_the_same() -> None:
    for to in ([OFFICE.age_public], [OFFICE.age_public, SENDER.age_public, STRANGER.age_public]):
        with pytest.raises(ValueError, match="recipients"):
            container.write(io.BytesIO(), a_manifest(), [], SENDER.sign_private, recipients=to)
    with pytest.raises(ValueError, match="passphrase"):
        container.write(io.BytesIO(), a_manifest(recipients=()), [], SENDER.sign_private)


def test_every_flipped_bit_of_the_container_is_noticed() -> None:
    data = bytearray(raw.package([raw.section(2, raw.sequence(CHANGES[:2]))]))
    for bit in range(len(data) * 8):
        data[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ProgressusError):
            container.unsealed(memoryview(data))
        data[bit // 8] ^= 1 << bit % 8
    container.unsealed(memoryview(data))


def test_every_flipped_byte_of_the_file_is_noticed() -> None:
    file = io.BytesIO()
    written(file)
    data, chance = bytearray(file.getvalue()), random.Random(4)
    for place in range(len(data)):
        bit = 1 << chance.randrange(8)
        data[place] ^= bit
        with pytest.raises((DamagedError, AccessError)):
            opened(bytes(data))
        data[place] ^= bit
    opened(bytes(data))


def cuts(size: int, marks: Iterator[int]) -> list[int]:
    return sorted({cut for mark in marks for cut in (mark - 1, mark, mark + 1) if 0 <= cut < size})


def test_a_container_cut_at_any_border_is_noticed() -> None:
    data = plain()
    package = container.unsealed(memoryview(data))
    start = data.index(b"\x00\x00\x00\x01" + (len(package.stored[1])).to_bytes(8, "big"))
    marks = [0, 4, 5, 9, start - 64, start]
    for stored in package.stored.values():
        marks += [marks[-1] + 52, marks[-1] + 52 + len(stored)]
    for cut in cuts(len(data), iter(marks)):
        with pytest.raises(DamagedError):
            container.unsealed(memoryview(data[:cut]))


def test_a_file_cut_at_64_kib_borders_or_with_a_zero_tail_is_noticed() -> None:
    file = io.BytesIO()
    loads = [lambda: random.Random(1).randbytes(200_000)]
    to = [OFFICE.age_public, SENDER.age_public]
    container.write(file, a_manifest(), container.blobs(loads), SENDER.sign_private, recipients=to)
    data = file.getvalue()
    head = data.index(b"\n--- ") + 5 + 43 + 1 + 16
    whole = [head + chunk * (65536 + 16) for chunk in range(4)]
    round_ones = range(0, len(data), 65536)
    for cut in cuts(len(data), iter([*whole, *round_ones, head - 16, len(data)])):
        with pytest.raises(DamagedError):
            opened(data[:cut])
        with pytest.raises(DamagedError):
            opened(data[:cut] + bytes(len(data) - cut))
    for tail in (1, 512, 65536):
        with pytest.raises(DamagedError):
            opened(data + bytes(tail))


def test_a_zstd_bomb_is_refused_in_little_memory() -> None:
    press = zstandard.ZstdCompressor(level=1).compressobj()
    block = raw.sequence(CHANGES) * 200
    bomb = b"".join(press.compress(block) for _ in range(512)) + press.flush()
    assert len(block) * 512 > 400 << 20
    package = container.unsealed(memoryview(raw.package([raw.section(2, b"", stored=bomb, says=1 << 20)])))
    tracemalloc.start()
    try:
        with pytest.raises(DamagedError) as refusal:
            list(package.changes())
        assert refusal.value.reason == "changes.length"
        assert tracemalloc.get_traced_memory()[1] < 40 << 20
    finally:
        tracemalloc.stop()


def test_reading_needs_the_memory_of_the_file_and_one_attachment(tmp_path: Path) -> None:
    file = tmp_path / "a.progressus"
    block = random.Random(2).randbytes(4 << 20)
    loads: list[Callable[[], bytes]] = [lambda n=n: bytes([n]) + block for n in range(4)]  # type: ignore[misc]  # bound now
    to = [OFFICE.age_public, SENDER.age_public]
    tracemalloc.start()
    try:
        container.write(file, a_manifest(), container.blobs(loads), SENDER.sign_private, recipients=to)
        assert tracemalloc.get_traced_memory()[1] < 3 * len(block)
        tracemalloc.clear_traces()
        package = container.read(file, identities=[OFFICE.age_secret])
        assert sum(len(data) for _sha, data in package.blobs()) == 4 * len(block) + 4
        assert tracemalloc.get_traced_memory()[1] < 6.5 * len(block)
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("name", "most"), [("CHANGE_COUNT", 38), ("CHANGES", 3000)])
def test_more_than_a_package_may_hold_is_neither_written_nor_read(
    name: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = plain()
    monkeypatch.setattr(limits, name, most)
    with pytest.raises(UsageError, match="za dużo"):
        container.changes(CHANGES)
    with pytest.raises(DamagedError):
        list(container.unsealed(memoryview(data)).changes())


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.progressus"
    written(file)
    with file.open("r+b") as grown:
        grown.truncate(limits.FILE + 1)  # sparse: takes no room
    with pytest.raises(DamagedError, match="za duża"):
        container.peek(file)
    with pytest.raises(DamagedError, match="za duża"):
        container.read(file, identities=[OFFICE.age_secret])


def test_too_many_attachments_for_one_file_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(limits, "FILE", 3 << 20)
    block = bytes(2 << 20)
    to = [OFFICE.age_public, SENDER.age_public]
    with pytest.raises(UsageError, match="za dużo"):
        container.write(
            tmp_path / "a", a_manifest(), container.blobs([lambda: block]), SENDER.sign_private, recipients=to
        )
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(limits, "BLOB", 1000)
    with pytest.raises(UsageError):
        container.blobs([lambda: block])


class Full(io.BytesIO):
    """A medium with little room."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room

    def write(self, data: Any) -> int:
        self.room -= len(data)
        if self.room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


@pytest.mark.parametrize("size", [10, 60_000, 70_000, 140_000])
def test_a_medium_that_is_full_at_any_byte_is_noticed(size: int) -> None:
    """Pyrage loses what goes wrong with the last bytes of a file."""
    whole = io.BytesIO()
    outer.seal_to([OFFICE.age_public], iter([bytes(size)]), whole)
    least = len(whole.getvalue()) - 300  # age adds a head of random length
    for room in (0, 100, size // 2, least):
        with pytest.raises(OSError, match="No space"):
            outer.seal_to([OFFICE.age_public], iter([bytes(size)]), Full(max(room, 0)))


def test_a_full_medium_says_so_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StorageError, match="Zwolnij 1 MB"):
        written(Full(100))
    file = tmp_path / "a.progressus"
    file.write_bytes(b"the package of May")

    def full(_fd: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError, match="brakuje miejsca"):
        written(file)
    assert file.read_bytes() == b"the package of May"
    assert [each.name for each in tmp_path.iterdir()] == ["a.progressus"]


def test_an_attachment_that_changes_meanwhile_leaves_no_package(tmp_path: Path) -> None:
    states = iter([b"before", b"after"])
    to = [OFFICE.age_public, SENDER.age_public]
    made = container.blobs([lambda: next(states)])
    with pytest.raises(DamagedError, match="Załącznik"):
        container.write(tmp_path / "a", a_manifest(), made, SENDER.sign_private, recipients=to)
    with pytest.raises(KeyError):  # whatever a load raises comes through as it is
        container.write(tmp_path / "a", a_manifest(), container.blobs([_once()]), SENDER.sign_private, recipients=to)
    assert not list(tmp_path.iterdir())


def _once() -> Callable[[], bytes]:
    left = {"only": b"once"}
    return lambda: left.pop("only")


class Unplugged(io.BytesIO):
    """A stick that is pulled out after its first bytes."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 8192:
            raise OSError(errno.EIO, "Input/output error")
        return super().read(size)


def test_a_medium_that_fails_is_not_called_a_damaged_package(tmp_path: Path) -> None:
    file = io.BytesIO()
    container.write(
        file, a_manifest(), container.blobs([lambda: random.Random(1).randbytes(90_000)]), SENDER.sign_private,
        recipients=[OFFICE.age_public, SENDER.age_public],
    )  # fmt: skip
    with pytest.raises(StorageError, match="nośnik"):
        container.read(Unplugged(file.getvalue()), identities=[OFFICE.age_secret])
    with pytest.raises(NotFoundError):
        container.read(tmp_path / "none", identities=[OFFICE.age_secret])
    with pytest.raises(StorageError):
        container.peek(tmp_path)


class Growing(io.BytesIO):
    """A file that has 400 bytes when looked at, and then goes on."""

    def seek(self, place: int, whence: int = 0) -> int:
        return min(super().seek(place, whence), 400)


def test_a_file_that_grows_while_it_is_read_takes_no_more_memory() -> None:
    file = io.BytesIO()
    outer.seal_to([OFFICE.age_public], iter([bytes(10_000_000)]), file)
    growing = Growing(file.getvalue())
    tracemalloc.start()
    try:
        with pytest.raises(DamagedError):
            container.read(growing, identities=[OFFICE.age_secret])
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


def test_a_redacted_change_is_taken_only_with_its_erasure() -> None:
    erased_by = item(9, body(9, {}, kind="erase"))[0]
    empty = raw.redacted(1, {"name": ["", [CHANGES[3][0]]]}, erased_by)
    section = raw.section(2, raw.sequence([(CHANGES[0][0], empty)]))
    package = container.unsealed(memoryview(raw.package([section])))
    assert list(package.changes({raw.PARTNER})) == [(CHANGES[0][0], empty)]
    for erased in (frozenset(), {PROJECT}):
        with pytest.raises(DamagedError):
            list(package.changes(erased))


@pytest.mark.parametrize("kept", ["value", "at", "author", "salt", "extra"])
def test_a_redacted_change_may_keep_nothing_personal(kept: str) -> None:
    at, salt, author = (
        (1 if kept == "at" else 0),
        (b"s" if kept == "salt" else b""),
        (b"a" if kept == "author" else b""),
    )
    extra = {"erased_by": b"x"} | ({"note": "…"} if kept == "extra" else {})
    value = "Anna" if kept == "value" else None
    left = raw.canonical([1, "save", "person", raw.PARTNER, 5, at, salt, author, 1, {"name": [value, []]}, extra])
    section = raw.section(2, raw.sequence([(CHANGES[0][0], left)]))
    with pytest.raises(DamagedError):
        list(container.unsealed(memoryview(raw.package([section]))).changes({raw.PARTNER}))


def test_a_new_field_must_not_take_the_name_of_a_known_one() -> None:
    with pytest.raises(TypeError):
        a_manifest(extra={"sender": b""}).encoded()
    with pytest.raises(TypeError):
        a_manifest(scope={"share": 0.5}).encoded()
    with pytest.raises(TypeError):
        a_manifest(purpose="party").encoded()
