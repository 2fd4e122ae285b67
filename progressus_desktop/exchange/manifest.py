"""The signed head of a package: who made it for whom, what it holds and which sections must follow."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from progressus_desktop.exchange import cbor
from progressus_desktop.exchange import limits as most
from progressus_desktop.exchange.refusals import Reason, damaged, newer

FORMAT: Final = 1
PURPOSES: Final = ("sync", "snapshot", "setup", "ack", "answer")

ERASURES, CHANGES, ROSTER, BLOB_INDEX, FIRST_BLOB = 1, 2, 3, 4, 5

_AGE_KEY = re.compile("age1[02-9ac-hj-np-z]{58}")
_MOST_INT = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Digest:
    """What the manifest says of a section: type, bytes stored, bytes when unpacked, BLAKE2b-256 of what is stored."""

    type: int
    stored: int
    plain: int
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The fields of docs/exchange-format.md. ``sign_key`` and ``digests`` are filled in when a package is written.

    Times are UTC milliseconds; ``recipients`` are pairs of replica id (empty if not known) and age public key;
    ``base`` is the position that the sender knows to be confirmed, ``lo`` to ``hi`` the positions sent;
    ``acks`` and ``scope`` are maps that only the merge reads; ``extra`` holds fields of newer versions.
    """

    project: bytes
    sender: bytes
    file: bytes
    purpose: str
    number: int = 0
    previous: bytes = b""
    base: int = 0
    lo: int = 0
    hi: int = 0
    part: tuple[int, int] = (1, 1)
    recipients: tuple[tuple[bytes, str], ...] = ()
    acks: Mapping[Any, Any] = field(default_factory=dict)
    created: int = 0
    schema: int = 1
    counts: Mapping[str, int] = field(default_factory=dict)
    erasures: int = 0
    scope: Mapping[Any, Any] = field(default_factory=dict)
    app: str = ""
    format: int = FORMAT
    min_reader: int = FORMAT
    sign_key: bytes = b""
    digests: tuple[Digest, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    def encoded(self) -> bytes:
        """The bytes that are signed.

        Raises:
            TypeError: a field holds what the format does not allow.
        """
        known = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "extra"}
        known["recipients"] = [list(each) for each in self.recipients]
        known["part"] = list(self.part)
        known["sections"] = [[each.type, each.stored, each.plain, each.digest] for each in known.pop("digests")]
        if self.extra.keys() & known.keys():
            msg = "an extra field has the name of a known one"
            raise TypeError(msg)
        for name, fits in _CHECKS.items():
            if not fits(known[name]):
                msg = f"the field {name} of a manifest does not fit"
                raise TypeError(msg)
        return cbor.dumps({**known, **self.extra})


def decode(data: bytes) -> Manifest:
    """The manifest in signed bytes that were checked to be signed.

    Raises:
        NewerVersionError: only a newer version may read this package.
        DamagedError: a field is missing or holds what it must not.
    """
    found = as_map(data)
    reader = found.get("min_reader")
    if type(reader) is int and reader > FORMAT:
        raise newer(Reason.MANIFEST_READER)
    for name, fits in _CHECKS.items():
        if name not in found or not fits(found[name]):
            raise damaged(Reason.MANIFEST_FIELD)
    known = {name: found.pop(name) for name in _CHECKS}
    known["recipients"] = tuple((replica, key) for replica, key in known["recipients"])
    known["part"] = tuple(known["part"])
    known["digests"] = tuple(Digest(*each) for each in known.pop("sections"))
    return Manifest(**known, extra=found)


def as_map(data: bytes) -> dict[str, Any]:
    """The map in manifest bytes that were not checked to be signed yet: only its signing key may be used.

    Raises:
        DamagedError: no strict CBOR, or no map with text keys.
    """
    found = cbor.loads(data)
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
        raise damaged(Reason.MANIFEST_FIELD)
    return found


def most_plain(section: int) -> int:
    """The most bytes a section of this type may have when unpacked."""
    if section >= FIRST_BLOB:
        return most.BLOB
    return most.CHANGES if section == CHANGES else most.SMALL_SECTION


def _natural(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _MOST_INT


def _moment(value: Any) -> bool:
    return _natural(value) and value <= most.LATEST


def _positive(value: Any) -> bool:
    return _natural(value) and value > 0


def _bytes_of(*sizes: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, bytes) and len(value) in sizes


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _map(value: Any) -> bool:
    return isinstance(value, dict)


def _recipients(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, list)
        and len(each) == 2  # noqa: PLR2004 - replica and key
        and _bytes_of(0, 6)(each[0])
        and isinstance(each[1], str)
        and _AGE_KEY.fullmatch(each[1]) is not None
        for each in value
    )


def _part(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2  # noqa: PLR2004 - which and of how many
        and all(map(_positive, value))
        and value[0] <= value[1] <= most.PARTS
    )


def _counts(value: Any) -> bool:
    return isinstance(value, dict) and all(_text(name) and _natural(count) for name, count in value.items())


def _sections(value: Any) -> bool:
    """Types ascend without a repeat; blobs count up from 5; sizes keep the limits."""
    if not isinstance(value, list) or len(value) > most.SECTIONS:
        return False
    before = 0
    for each in value:
        if not isinstance(each, list) or len(each) != 4 or not all(map(_natural, each[:3])):  # noqa: PLR2004
            return False
        section, stored, plain, digest = each
        in_turn = before < section and (section <= FIRST_BLOB or section == before + 1)
        if not in_turn or not _bytes_of(32)(digest) or not fits_limits(section, stored, plain):
            return False
        before = section
    return True


def fits_limits(section: int, stored: int, plain: int) -> bool:
    """Whether these sizes of a section may be unpacked at all."""
    if plain > most_plain(section) or stored > most.FILE:
        return False
    if section != CHANGES:
        return stored == plain
    return plain <= max(most.RATIO_FROM, most.RATIO * stored)


_CHECKS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "format": _positive,
    "min_reader": _positive,
    "app": _text,
    "project": _bytes_of(16),
    "sender": _bytes_of(6),
    "sign_key": _bytes_of(32),
    "recipients": _recipients,
    "file": _bytes_of(16),
    "number": _natural,
    "previous": _bytes_of(0, 32),
    "base": _natural,
    "lo": _natural,
    "hi": _natural,
    "part": _part,
    "acks": _map,
    "created": _moment,
    "schema": _positive,
    "counts": _counts,
    "erasures": _natural,
    "sections": _sections,
    "purpose": PURPOSES.__contains__,
    "scope": _map,
}
"""Every field that a manifest of version 1 has, and what it may hold."""
