"""Sections that many reports have: a heading with a table, with words where there is nothing to list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from progressus_desktop.reports import theme
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.tables import Cell, Column, Look, Row
from progressus_desktop.reports.text import Rich, plain

LISTED = Look(pad_y=2.0)
"""The look of lists: rows a little closer than in a table of figures."""


def listed(
    document: Document,
    heading: str,
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    name: str,
    empty: str,
    note: Rich = "",
    look: Look = LISTED,
    level: int = 2,
) -> None:
    """A heading, perhaps a note, and a table of any length; ``empty`` stands where there is no row."""
    every = rows
    if isinstance(rows, Sequence):
        first = rows[0] if rows else None
    else:
        waiting = iter(rows)
        first = next(waiting, None)
        every = _all(first, waiting) if first else ()
    document.heading(heading, level, keep=60.0 if first else 30.0)
    if plain(note):
        document.paragraph(note, theme.NOTE, after=2.0)
    if first is None:
        document.paragraph(empty, theme.STAMP)
        return
    document.table(columns, every, look, name=name)


def _all(first: Row, rest: Iterable[Row]) -> Iterable[Row]:
    yield first
    yield from rest


def cells(*values: str) -> list[str | Cell]:
    """Texts as cells, a dash for nothing."""
    return [value or "–" for value in values]
