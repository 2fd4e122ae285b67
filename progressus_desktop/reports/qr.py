"""The two-dimensional code of a record on paper, by which a scan finds its record again; a number for eyes below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import segno

from progressus_desktop.reports import theme
from progressus_desktop.reports.canvas import Canvas
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.text import bold, wrapped
from progressus_desktop.words import _

SIDE = 64.0
"""Side of the code in points: 22 mm."""


def short(code: str) -> str:
    """The last part of a record's code, for eyes."""
    return code.rsplit("-", 1)[-1] or "–"


def content(code: str, page: int) -> str:
    """What the code says: the record's code and the page."""
    return f"{code}/{page}"


def tagged(document: Document, code: str, x: float, y: float, side: float = SIDE) -> None:
    """The code of this page as a figure, its short number below."""
    page = document.canvas.page.number
    alt = _("QR code of record {code}", code=code)
    document.figure(alt, x, y, side, side, lambda canvas: draw(canvas, content(code, page), x, y, side))
    lines = wrapped([bold(short(code)), f" / {page}"], theme.CELL, side)
    element = document.canvas.tree.element("P", document.parent)
    with document.canvas.marked(element):
        document.canvas.text(lines, x, y + side + 6, side, theme.CELL, "center")
    document.canvas.tree.seal(element)


def draw(canvas: Canvas, words: str, x: float, y: float, side: float) -> None:
    """Only the squares."""
    matrix = [list(row) for row in segno.make(words, error="m", micro=False).matrix]
    canvas.cells(x, y, side / len(matrix), _bars(matrix), theme.BLACK)


def _bars(matrix: Sequence[Sequence[int]]) -> Iterator[tuple[int, int, int]]:
    """Runs of dark squares as (row, column, length)."""
    for row, cells in enumerate(matrix):
        start = -1
        for column, dark in enumerate([*cells, 0]):
            if dark and start < 0:
                start = column
            elif not dark and start >= 0:
                yield row, start, column - start
                start = -1
