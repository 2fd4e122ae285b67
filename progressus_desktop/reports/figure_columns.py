"""Columns of figures are as wide as their widest figure: a number must never be broken into two lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from progressus_desktop.reports.tables import Cell, Column, Look, Row, natural_width
from progressus_desktop.reports.text import plain
from progressus_desktop.reports.theme import BOLD

_LONGEST = 14
"""Characters; what is longer is no figure."""


def roomy(columns: Sequence[Column], rows: Iterable[Row], look: Look) -> Sequence[Column]:
    """``columns`` with room for the figures of ``rows``; rows that come one by one are left as they are."""
    narrow = {at for at, column in enumerate(columns) if column.width and column.align == "right"}
    if not narrow or not isinstance(rows, Sequence):
        return columns
    needed: dict[int, set[str]] = {at: set() for at in narrow}
    for row in rows:
        for at, text in _figures(row):
            if at in needed:
                needed[at].add(text)
    bold = replace(look.style, weight=BOLD)
    widths = {at: natural_width(texts, bold, look.pad_x) for at, texts in needed.items()}
    return [
        replace(column, width=max(column.width, widths.get(at, 0.0))) if at in narrow else column
        for at, column in enumerate(columns)
    ]


def _figures(row: Row) -> Iterator[tuple[int, str]]:
    """Short texts of cells that fill one column, with their columns."""
    at = 0
    for each in row.cells:
        span = each.span if isinstance(each, Cell) else 1
        text = plain(each.text) if isinstance(each, Cell) else each
        if span == 1 and len(text) <= _LONGEST:
            yield at, text
        at += span
