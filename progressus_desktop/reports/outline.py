"""Bookmarks as a tree of outline entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from progressus_desktop.reports.pdf import PdfFile, literal

_OPEN = 1
"""Bookmarks down to this level are shown with what is below them."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading of some level on a page object, at a height in PDF's own coordinates."""

    level: int
    title: str
    page: int
    top: float


@dataclass(slots=True)
class _Entry:
    """An entry and what is below it; ``number`` is its object."""

    level: int
    number: int
    bookmark: Bookmark | None = None
    below: list[_Entry] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether what is below is shown at once."""
        return self.level <= _OPEN

    def shown(self) -> int:
        """How many entries are in sight below this one when it is open."""
        return len(self.below) + sum(each.shown() for each in self.below if each.open)


def written(file: PdfFile, bookmarks: Sequence[Bookmark]) -> bytes:
    """Write the bookmarks into ``file``; gives the catalogue's entry, empty without any."""
    if not bookmarks:
        return b""
    root = _Entry(0, file.reserve())
    path = [root]
    for each in bookmarks:
        while path[-1].level >= each.level:
            path.pop()
        made = _Entry(each.level, file.reserve(), each)
        path[-1].below.append(made)
        path.append(made)
    _put_below(file, root)
    file.put(root.number, b"<</Type/Outlines%s>>" % _ends(root))
    return b"/Outlines %d 0 R" % root.number


def _put_below(file: PdfFile, parent: _Entry) -> None:
    for at, entry in enumerate(parent.below):
        each = entry.bookmark
        if each is None:
            continue
        body = b"<</Title%s/Dest[%d 0 R/XYZ 0 %.2f null]/Parent %d 0 R" % (
            literal(each.title), each.page, each.top, parent.number,
        )  # fmt: skip
        if at:
            body += b"/Prev %d 0 R" % parent.below[at - 1].number
        if at + 1 < len(parent.below):
            body += b"/Next %d 0 R" % parent.below[at + 1].number
        file.put(entry.number, body + _ends(entry) + b">>")
        _put_below(file, entry)


def _ends(entry: _Entry) -> bytes:
    """The first and last entry below and how many are in sight; a closed one counts them with a minus."""
    if not entry.below:
        return b""
    count = entry.shown() if entry.open else -entry.shown()
    return b"/First %d 0 R/Last %d 0 R/Count %d" % (entry.below[0].number, entry.below[-1].number, count)
