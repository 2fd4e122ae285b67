"""The parts reports are made of: head of a report, facts, panels, tiles, dots, bars, photos, boxes to sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from progressus_desktop.reports import theme
from progressus_desktop.reports.canvas import Canvas
from progressus_desktop.reports.document import BULLET_INDENT, Document
from progressus_desktop.reports.images import Picture
from progressus_desktop.reports.tables import Cell, Column, Look, Row, natural_width
from progressus_desktop.reports.text import Rich, clean, one_line, wrapped
from progressus_desktop.reports.theme import Style

_YEAR = re.compile(r" (\d{4})$")
"""A year at the end of a title goes to the next line with its month, not alone."""

_BULLET_GAP = 1.2
_LONG_STAMP = 120
_FACT_CELLS = 4
_KEPT_ROWS = 6
_HEADED = 110.0
"""What a page needs above a block that fills it: its running header and a heading."""
SIGNS = {"ok": "✓", "error": "×", "warn": "!", "none": "–", "info": "○"}
SIGN_COLOURS = {"ok": theme.OK, "error": theme.ERROR, "warn": theme.WARN, "none": theme.TEXT, "info": theme.NAVY}
_CHIPS = {
    "ok": (theme.OK_SOFT, theme.OK),
    "warn": (theme.WARN_SOFT, theme.WARN),
    "error": (theme.ERROR_SOFT, theme.ERROR),
    "info": (theme.PANEL, theme.NAVY),
}
FACTS = Look(
    style=theme.VALUE,
    pad_x=9.0,
    pad_right=2.0,
    pad_y=3.4,
    fill=theme.PANEL,
    radius=6.0,
    show_head=False,
    last_line=False,
    line=theme.LINE,
)
BOXED = Look(
    pad_x=8.0, pad_y=2.85, border=theme.EDGE, radius=5.0, show_head=False, last_line=False, key_fill=theme.PANEL
)
SIGNATURES = Look(
    style=theme.VALUE, pad_x=8.0, pad_y=4.0, border=theme.EDGE, radius=5.0, show_head=False, last_line=False,
    grid=theme.LINE, middle=True,
)  # fmt: skip


def opening(document: Document, kicker: str, title: str) -> None:
    """Kind and number, then the title."""
    document.paragraph(kicker, theme.KICKER, after=2.2)
    document.heading(_YEAR.sub("\u00a0\\1", title), 1, keep=40.0)
    document.y += 1.4


def chips(document: Document, kind: str, words: str, stamp: str) -> None:
    """The state in a pill, and the stamp of the data beside it."""
    ground, colour = _CHIPS[kind]
    style = replace(theme.CHIP, colour=colour)
    room = document.width - 20
    lines = wrapped(f"{SIGNS[kind]} {words}", style, room)
    wide = min(max(line.width for line in lines), room) + 20
    high = len(lines) * style.leading + 5
    document.need(high)
    canvas = document.canvas
    canvas.box(document.left, document.y, wide, high, fill=ground, stroke=colour, thickness=0.8, radius=8.6)
    element = canvas.tree.element("P", document.parent)
    with canvas.marked(element):
        canvas.text(lines, document.left + 10, document.y + 2.5, wide, style)
    canvas.tree.seal(element)
    beside = natural_width([clean(stamp)], theme.STAMP, 0) if len(clean(stamp)) < _LONG_STAMP else document.width
    if wide + 10 + beside <= document.width:
        element = canvas.tree.element("P", document.parent)
        with canvas.marked(element):
            canvas.text(wrapped(stamp, theme.STAMP, 500), document.left + wide + 10, document.y + 2.2, 500, theme.STAMP)
        canvas.tree.seal(element)
        document.y += high + 8
    else:
        document.y += high + 3
        document.paragraph(stamp, theme.STAMP, after=5)


def facts(document: Document, pairs: Sequence[tuple[str, Rich]]) -> None:
    """Pairs of a label and a value, two beside each other, as a table whose labels are row headers."""
    rows: list[Row] = []
    for at in range(0, len(pairs), 2):
        cells: list[str | Cell] = []
        for label, value in pairs[at : at + 2]:
            cells += [Cell(label, theme.KEY, key=True), Cell(value)]
        if len(cells) < _FACT_CELLS:
            cells[-1] = Cell(pairs[at][1], span=3)
        rows.append(Row(cells))
    half = document.width / 2
    left, right = (
        min(max(84.0, natural_width([clean(each[0]) for each in side], theme.KEY, 5.6)), 130)
        for side in (pairs[0::2], pairs[1::2])
    )
    columns = [Column("", width=wide) for wide in (left, half - left, right, half - right)]
    document.need(
        document.table_height(columns, rows[:_KEPT_ROWS], FACTS, document.width) if len(rows) <= _KEPT_ROWS else 80
    )
    document.table(columns, rows, FACTS)


@dataclass(frozen=True, slots=True)
class Entry:
    """One paragraph of a panel; ``gap`` is left above it."""

    text: Rich
    style: Style = theme.PANEL_TEXT
    gap: float = 0.0
    bullet: bool = False
    bar: float = -1.0


@dataclass(slots=True)
class Panel:
    """A tinted box of short texts beside a table or below it."""

    entries: list[Entry] = field(default_factory=list)
    pad: float = 11.0

    def height(self, width: float) -> float:
        """How high it is at that width."""
        inner = width - 2 * self.pad
        return 2 * self.pad - 3 + sum(self._entry_height(entry, inner) for entry in self.entries)

    def _entry_height(self, entry: Entry, inner: float) -> float:
        if entry.bar >= 0:
            return entry.gap + 8
        room = inner - (BULLET_INDENT if entry.bullet else 0)
        between = _BULLET_GAP if entry.bullet else 0.0
        return entry.gap + between + len(wrapped(entry.text, entry.style, room)) * entry.style.leading

    def draw(self, document: Document, x: float, width: float) -> None:
        """Draw it at the document's height; one too high for a page becomes plain paragraphs."""
        high = self.height(width)
        canvas = document.canvas
        inner = width - 2 * self.pad
        tall = document.y + high > document.bottom
        if tall and high <= document.bottom - 60:
            document.new_page()
            tall = False
        if not tall:
            canvas.box(x, document.y, width, high, fill=theme.PANEL, radius=6)
        end = document.y + high
        document.y += self.pad - 2
        bullets: list[Rich] = []
        for entry in self.entries:
            if entry.bullet:
                bullets.append(entry.text)
                continue
            document.y += entry.gap
            if entry.bar >= 0:
                _bar(canvas, x + self.pad, document.y, inner, entry.bar)
                document.y += 8
            else:
                document.paragraph(entry.text, entry.style, x=x + self.pad, width=inner)
        if bullets:
            document.y += 2
            document.bullets(bullets, theme.PANEL_TEXT, x=x + self.pad, width=inner, between=_BULLET_GAP)
        if not tall:
            document.y = end


def _bar(canvas: Canvas, x: float, y: float, width: float, part: float) -> None:
    """A bar of progress; decorative, because the percentage stands beside it in words."""
    canvas.box(x, y, width, 7, fill=theme.TRACK, radius=3.5)
    if part > 0:
        canvas.box(x, y, max(width * min(part, 1.0), 7), 7, fill=theme.TEAL, radius=3.5)


def beside(
    document: Document,
    columns: Sequence[Column],
    rows: Sequence[Row],
    look: Look,
    panel: Panel,
    *,
    panel_width: float,
    gap: float = 14.0,
    panel_left: bool = False,
    name: str = "",
    heading: str = "",
) -> None:
    """A table with a panel at its side, under their ``heading``; below each other where they do not fit one page."""
    table_width = document.width - panel_width - gap
    table_high = document.table_height(columns, rows, look, table_width)
    panel_high = panel.height(panel_width)
    high = max(table_high, panel_high)
    apart = high > document.bottom - _HEADED
    if heading:
        document.heading(heading, keep=60.0 if apart else high)
    if apart:
        document.table(columns, rows, look, name=name)
        document.y += 8
        panel.draw(document, document.left, document.width)
        return
    document.need(high)
    top = document.y
    panel_x = document.left if panel_left else document.left + table_width + gap
    table_x = document.left + (panel_width + gap if panel_left else 0)
    if panel_left:
        panel.draw(document, panel_x, panel_width)
        document.y = top
    document.table(columns, rows, look, x=table_x, width=table_width, name=name)
    if not panel_left:
        document.y = top
        panel.draw(document, panel_x, panel_width)
    document.y = top + high


@dataclass(frozen=True, slots=True)
class Tile:
    """A key figure: what, how much, of which."""

    label: str
    value: str
    note: str


def _tile_widths(shown: Sequence[Tile], spare: float) -> list[float]:
    """Widths by content that fill ``spare``; where room is scarce only notes are broken, and between their words."""
    least = [
        max(
            natural_width([tile.label], theme.TILE_KEY, 11),
            natural_width([tile.value], theme.TILE_BIG, 11),
            natural_width(tile.note.split(" "), theme.TILE_NOTE, 11),
        )
        for tile in shown
    ]
    wanted = [max(low, natural_width([tile.note], theme.TILE_NOTE, 11)) for low, tile in zip(least, shown, strict=True)]
    low, high = sum(least), sum(wanted)
    if low >= spare or high <= spare:
        base = least if low >= spare else wanted
        return [width * spare / sum(base) for width in base]
    share = (spare - low) / (high - low)
    return [small + (large - small) * share for small, large in zip(least, wanted, strict=True)]


def tiles(document: Document, shown: Sequence[Tile]) -> None:
    """Key figures beside each other, as one list."""
    gap = 5.0
    widths = _tile_widths(shown, document.width - gap * (len(shown) - 1))
    notes = [wrapped(tile.note, theme.TILE_NOTE, width - 20) for tile, width in zip(shown, widths, strict=True)]
    labels = [wrapped(tile.label, theme.TILE_KEY, width - 20) for tile, width in zip(shown, widths, strict=True)]
    label_high = max(map(len, labels)) * theme.TILE_KEY.leading
    high = 7 + label_high + 4 + theme.TILE_BIG.leading + 1 + max(map(len, notes)) * theme.TILE_NOTE.leading + 6
    document.need(high)
    canvas, tree = document.canvas, document.canvas.tree
    holder = tree.element("L", document.parent, attributes=b"<</O/List/ListNumbering/None>>")
    x = document.left
    for at, (tile, width) in enumerate(zip(shown, widths, strict=True)):
        first, last = at == 0, at == len(shown) - 1
        canvas.box(x, document.y, width, high, fill=theme.PANEL, radius=6, corners=(first, last, last, first))
        entry = tree.element("LI", holder)
        body = tree.element("LBody", entry)
        value = wrapped(tile.value, theme.TILE_BIG, width - 20)[:1]
        y = document.y + 7
        for lines, style, top in (
            (labels[at], theme.TILE_KEY, y),
            (value, theme.TILE_BIG, y + label_high + 4),
            (notes[at], theme.TILE_NOTE, y + label_high + 5 + theme.TILE_BIG.leading),
        ):
            element = tree.element("P", body)
            if any(piece.text for line in lines for piece in line.pieces):
                with canvas.marked(element):
                    canvas.text(lines, x + 11, top, width - 20, style)
            tree.seal(element)
        tree.seal(body)
        tree.seal(entry)
        x += width + gap
    tree.seal(holder)
    document.y += high + 3


def depth_dots(depth: int) -> Cell:
    """Three dots of which ``depth`` are full; only a picture, words follow it in the cell."""

    def draw(canvas: Canvas, x: float, y: float) -> None:
        for at in range(3):
            centre = x + 3.4 + at * 8.2
            if at < depth:
                canvas.dot(centre, y + 6.2, 3.1, fill=theme.TEAL)
            else:
                canvas.dot(centre, y + 6.2, 2.6, stroke=theme.TEAL if depth else theme.MUTED, thickness=1.0)

    return Cell(mark=draw, mark_width=28.0)


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that may be shown; without ``alt`` it is decorative."""

    picture: Picture
    alt: str
    caption: str


def photos(document: Document, shown: Sequence[Photo]) -> None:
    """Up to three photos in a row with their captions."""
    gap, high = 9.0, 105.0
    width = (document.width - 2 * gap) / 3
    captions = [wrapped(photo.caption, theme.CAPTION, width)[:3] for photo in shown]
    tallest = max(map(len, captions)) * theme.CAPTION.leading + 4
    document.need(high + tallest)
    canvas, tree, top = document.canvas, document.canvas.tree, document.y
    for at, photo in enumerate(shown):
        x = document.left + at * (width + gap)
        if photo.alt:
            document.figure(
                shortened(photo.alt), x, top, width, high, partial(draw_photo, photo.picture, (x, top, width, high))
            )
        else:
            canvas.picture(photo.picture, x, top, width, high)
        if photo.caption:
            element = tree.element("P", document.parent)
            with canvas.marked(element):
                canvas.text(captions[at], x, top + high + 3, width, theme.CAPTION)
            tree.seal(element)
    document.y = top + high + tallest


def draw_photo(picture: Picture, box: tuple[float, float, float, float], canvas: Canvas) -> None:
    """Draw a photo into its box (x, y, width, height)."""
    canvas.picture(picture, *box)


def shortened(alt: str) -> str:
    """An alternative text within the limit, cut at a word."""
    text = one_line(alt)
    limit = 250
    return (
        text
        if len(text) <= limit
        else text[: text.rfind(" ", 0, limit - 1) if " " in text[: limit - 1] else limit - 1] + "…"
    )


def signatures(
    document: Document,
    labels: tuple[str, str],
    people: Sequence[str],
    *,
    x: float | None = None,
    width: float | None = None,
    first: float = 82.0,
    room: float = 46.0,
) -> None:
    """Boxes to sign: a row of names, a row for date and signature."""
    key = Style(theme.SEMIBOLD, 9, 11.7, theme.MUTED)
    rows = [
        Row([Cell(labels[0], key, key=True), *(Cell(person) for person in people)], height=20.0),
        Row([Cell(labels[1], key, key=True), *(Cell("") for _ in people)], height=room),
    ]
    first = max(first, natural_width(labels, key, SIGNATURES.pad_x))
    columns = [Column("", width=first), *(Column("", share=1.0) for _ in people)]
    wide = width or document.width
    document.need(document.table_height(columns, rows, SIGNATURES, wide))
    document.table(columns, rows, SIGNATURES, x=x, width=wide)
