"""Bookmarks as a tree of outline entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from progressus_desktop.reports.pdf import PdfFile, literal


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading of some level on a page object, at a height in PDF's own coordinates."""

    level: int
    title: str
    page: int
    top: float


def written(file: PdfFile, bookmarks: Sequence[Bookmark]) -> bytes:
    """Write the bookmarks into ``file``; gives the catalogue's entry, empty without any."""
    if not bookmarks:
        return b""
    root = file.reserve()
    numbers = [file.reserve() for _ in bookmarks]
    levels = [bookmark.level for bookmark in bookmarks]
    for at, each in enumerate(bookmarks):
        body = b"<</Title%s/Dest[%d 0 R/XYZ 0 %.2f null]" % (literal(each.title), each.page, each.top)
        body += b"/Parent %d 0 R" % _parent(levels, numbers, at, root)
        siblings = _siblings(levels, at)
        here = siblings.index(at)
        if here:
            body += b"/Prev %d 0 R" % numbers[siblings[here - 1]]
        if here + 1 < len(siblings):
            body += b"/Next %d 0 R" % numbers[siblings[here + 1]]
        inner = _children(levels, at, each.level)
        if inner:
            body += b"/First %d 0 R/Last %d 0 R/Count %d" % (numbers[inner[0]], numbers[inner[-1]], len(inner))
        file.put(numbers[at], body + b">>")
    top = _children(levels, -1, 0)
    ends = (numbers[top[0]], numbers[top[-1]])
    file.put(root, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (*ends, len(numbers)))
    return b"/Outlines %d 0 R" % root


def _parent(levels: list[int], numbers: list[int], at: int, root: int) -> int:
    for before in range(at - 1, -1, -1):
        if levels[before] < levels[at]:
            return numbers[before]
    return root


def _children(levels: list[int], at: int, level: int) -> list[int]:
    found = []
    for after in range(at + 1, len(levels)):
        if levels[after] <= level:
            break
        if levels[after] == level + 1:
            found.append(after)
    return found


def _siblings(levels: list[int], at: int) -> list[int]:
    first = at
    while first > 0 and levels[first - 1] >= levels[at]:
        first -= 1
    found = []
    for each in range(first, len(levels)):
        if levels[each] < levels[at]:
            break
        if levels[each] == levels[at]:
            found.append(each)
    return found
