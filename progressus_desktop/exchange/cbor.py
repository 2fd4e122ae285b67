"""Strict CBOR: one way to write each value (RFC 8949 § 4.2), and nothing that builds objects.

cbor2 alone accepts too much; :func:`scan` looks at every byte first, allocates nothing and cannot recurse.
Accepted are integers of 64 bits, byte strings, text, arrays, maps whose keys are all text or all byte strings,
false, true and null.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cbor2

from progressus_desktop.exchange import limits as most
from progressus_desktop.exchange.refusals import Reason, damaged


@dataclass(frozen=True, slots=True)
class Limits:
    """How deep arrays and maps may nest, and how many bytes one string may have."""

    depth: int = most.DEPTH
    string: int = most.STRING


LIMITS = Limits()

_BYTES, _TEXT, _ARRAY, _MAP, _TAG = 0x40, 0x60, 0x80, 0xA0, 0xC0
_BIT_OF_KIND = 0x20
_NEGATIVE = 0x20
_SHORT = 0x18
"""Arguments below this stand in the first byte itself."""
_FALSE, _TRUE, _NULL = 0xF4, 0xF5, 0xF6
_HALF, _DOUBLE, _INDEFINITE = 25, 27, 31


def _whole(head: int) -> int:
    """The length of an item that its first byte tells alone; 0 for all others."""
    if head < _SHORT or _NEGATIVE <= head < _NEGATIVE + _SHORT or head in {_FALSE, _TRUE, _NULL}:
        return 1
    if _BYTES <= head < _BYTES + _SHORT or _TEXT <= head < _TEXT + _SHORT:
        return 1 + (head & 31)
    return 0


_WHOLE = bytes(_whole(head) for head in range(256))


def scan(data: bytes, *, sequence: bool = False, limits: Limits = LIMITS) -> int:
    """Look at every byte of one item, or of a sequence of items; how many items there are.

    Raises:
        DamagedError: it is not exactly what :func:`dumps` would have written, or goes beyond a limit.
    """
    size, pos, count = len(data), 0, 0
    try:
        while pos < size:
            pos = _scan_item(data, pos, limits)
            count += 1
            if not sequence:
                break
    except IndexError as error:
        raise damaged(Reason.CBOR_TRUNCATED) from error
    except UnicodeDecodeError as error:
        raise damaged(Reason.CBOR_TEXT) from error
    if pos > size or (count == 0 and not sequence):
        raise damaged(Reason.CBOR_TRUNCATED)
    if pos < size:
        raise damaged(Reason.CBOR_TRAILING)
    return count


def _scan_item(data: bytes, pos: int, limits: Limits) -> int:  # noqa: PLR0912 - one hot loop, measured
    """The position after the item at ``pos``; beyond the end if a string is cut short."""
    whole, depth = _WHOLE, limits.depth
    left, last = 1, None  # items still to come in this container; the last key, None in arrays
    outer: list[tuple[int, bytes | None]] = []
    while True:
        if not left:
            if not outer:
                return pos
            left, last = outer.pop()
            continue
        left -= 1
        if last is not None:
            head = data[pos]
            end = pos + whole[head]
            key = data[pos:end]
            # a short ASCII key after another of its kind; all else goes the long way
            if last and key > last and head ^ last[0] < _BIT_OF_KIND and key.isascii():
                last, pos = key, end
            else:
                last, pos = _key(data, pos, last, limits)
        head = data[pos]
        step = whole[head]
        if step:
            if step > 1 and head > _TEXT:
                str(data[pos + 1 : pos + step], "utf-8")
            pos += step
        elif head < _ARRAY:
            pos = _long(data, pos, head, limits)
        else:
            if head & 0x1F < _SHORT and head < _TAG:
                argument, pos = head & 0x1F, pos + 1
            else:
                argument, pos = _argument(data, pos, head)
            if len(outer) >= depth:
                raise damaged(Reason.CBOR_DEPTH)
            outer.append((left, last))
            left, last = argument, (b"" if head >= _MAP else None)


def _long(data: bytes, pos: int, head: int, limits: Limits) -> int:
    """The position after a number or string whose argument takes bytes of its own."""
    argument, pos = _argument(data, pos, head)
    if head < _BYTES:
        if argument >> 63:
            raise damaged(Reason.CBOR_INTEGER)
        return pos
    if argument > limits.string:
        raise damaged(Reason.CBOR_LENGTH)
    end = pos + argument
    if head >= _TEXT:
        str(data[pos:end], "utf-8")
    return end


def _key(data: bytes, pos: int, last: bytes, limits: Limits) -> tuple[bytes, int]:
    """The encoded key at ``pos``, which must come after ``last``, and the position behind it."""
    head = data[pos]
    if not _BYTES <= head < _ARRAY:
        raise damaged(Reason.CBOR_KEY_TYPE)
    start, kind = pos, head & 0xE0
    if head - kind < _SHORT:
        argument, pos = head - kind, pos + 1
    else:
        argument, pos = _argument(data, pos, head)
    if argument > limits.string:
        raise damaged(Reason.CBOR_LENGTH)
    end = pos + argument
    key = data[start:end]
    if last:
        if (last[0] ^ head) & 0xE0:
            raise damaged(Reason.CBOR_KEY_TYPE)
        if key <= last:
            raise damaged(Reason.CBOR_DUPLICATE_KEY if key == last else Reason.CBOR_UNSORTED_KEYS)
    if kind == _TEXT:
        str(data[pos:end], "utf-8")
    return key, end


def _argument(data: bytes, pos: int, head: int) -> tuple[int, int]:
    """The argument of the item at ``pos`` where the first byte does not hold it, and the position behind it."""
    kind, info = head & 0xE0, head & 0x1F
    if kind >= _TAG:
        _refuse_tag_or_simple(kind, info)
    if info > _DOUBLE:
        raise damaged(Reason.CBOR_INDEFINITE if info == _INDEFINITE else Reason.CBOR_RESERVED)
    width = 1 << (info - _SHORT)
    end = pos + 1 + width
    if end > len(data):
        raise damaged(Reason.CBOR_TRUNCATED)
    argument = int.from_bytes(data[pos + 1 : end], "big")
    if argument < (_SHORT if width == 1 else 1 << (width * 4)):
        raise damaged(Reason.CBOR_NOT_MINIMAL)
    return argument, end


def _refuse_tag_or_simple(kind: int, info: int) -> None:
    if kind == _TAG:
        raise damaged(Reason.CBOR_TAG)
    if _HALF <= info <= _DOUBLE:
        raise damaged(Reason.CBOR_FLOAT)
    raise damaged(Reason.CBOR_INDEFINITE if info == _INDEFINITE else Reason.CBOR_SIMPLE)


def loads(data: bytes, *, limits: Limits = LIMITS) -> Any:
    """The value of one item, after :func:`scan`.

    Raises:
        DamagedError: refused by :func:`scan`.
    """
    scan(data, limits=limits)
    return scanned(data)


def scanned(data: bytes) -> Any:
    """The value of one item that passed :func:`scan` before."""
    return cbor2.loads(data)


def dumps(value: Any) -> bytes:
    """The one encoding of a value.

    Raises:
        TypeError: the value has something that :func:`scan` would refuse, such as a float.
    """
    data = cbor2.dumps(value, canonical=True)
    try:
        scan(data)
    except Exception as error:
        msg = f"this value has no strict encoding: {getattr(error, 'reason', error)}"
        raise TypeError(msg) from error
    return data
