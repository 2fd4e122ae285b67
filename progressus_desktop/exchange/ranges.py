"""Which whole numbers arrived: inclusive ranges, sorted, never touching."""

from __future__ import annotations

from collections.abc import Sequence

Ranges = tuple[tuple[int, int], ...]


def add(ranges: Ranges, low: int, high: int) -> Ranges:
    """The ranges with ``low`` to ``high`` too; an empty span adds nothing."""
    if low > high:
        return ranges
    out: list[tuple[int, int]] = []
    for start, end in sorted([*ranges, (low, high)]):
        if out and start <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)


def contiguous(ranges: Ranges) -> int:
    """The last number up to which nothing is missing, counted from 1; 0 if already the first is missing."""
    return ranges[0][1] if ranges and ranges[0][0] <= 1 else 0


def holes(ranges: Ranges) -> Ranges:
    """What is missing below the highest number that arrived."""
    out: list[tuple[int, int]] = []
    expected = 1
    for start, end in ranges:
        if start > expected:
            out.append((expected, start - 1))
        expected = end + 1
    return tuple(out)


def has(ranges: Ranges, number: int) -> bool:
    """Whether ``number`` arrived."""
    return any(start <= number <= end for start, end in ranges)


def read(value: object) -> Ranges:
    """Ranges out of nested lists of whole numbers; anything else is left out."""
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        return ()
    found: Ranges = ()
    for each in value:
        pair = isinstance(each, Sequence) and len(each) == 2 and all(type(part) is int for part in each)  # noqa: PLR2004
        if pair:
            found = add(found, each[0], each[1])
    return found
