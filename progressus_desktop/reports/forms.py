"""The parts of forms: a head with the record's code, lines to write on, boxes to tick, places to sign."""

from __future__ import annotations

from collections.abc import Sequence

from progressus_desktop.reports import qr, theme
from progressus_desktop.reports.canvas import Canvas
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.tables import Cell, Column, Look, Row, natural_width
from progressus_desktop.reports.text import Rich, bold, wrapped
from progressus_desktop.reports.theme import Style

BOX = "☐"
LARGE = 1.6
"""Large print: body text of 16 points."""

_MOST_LARGE = 1.45
_BOX = 1.35
"""A box to tick is larger than its words."""

_WRITTEN = 27.0
"""Height of a line to write on: 9.5 mm."""

_SIGNED = 46.0
_BLANK = Look(style=theme.BODY, pad_x=0, pad_y=4.0, line="", show_head=False, last_line=False, middle=True)


def head(
    document: Document, kicker: str, title: str, pairs: Sequence[tuple[str, str]], code: str, scale: float = 1.0
) -> None:
    """Kind and number, the title, what the form is about, and at the right the code of the record."""
    top = document.y
    document.paragraph(kicker, theme.KICKER, after=2.2)
    room = qr.SIDE + 24 if code else 0.0
    document.right -= room
    document.heading(title, 1)
    document.right += room
    document.y -= 2.4
    larger = min(scale, _MOST_LARGE)
    key = theme.KEY.scaled(larger)
    rows = [
        Row([Cell(label, key, key=True), Cell([bold(value)] if not at and value else value or "–")])
        for at, (label, value) in enumerate(pairs)
    ]
    look = Look(style=theme.VALUE.scaled(larger), pad_x=0, pad_y=0.8, line="", show_head=False, last_line=False)
    first = max(66 * larger, natural_width([label for label, _value in pairs], key, 4.0) if pairs else 0.0)
    if rows:
        document.table([Column("", width=first), Column("", share=1.0)], rows, look, width=document.width - room)
    if code:
        end, page = document.y, document.canvas.page.number
        if page == 1:
            qr.tagged(document, code, document.right - qr.SIDE - 5.5, top + 6)
            document.y = max(end, top + qr.SIDE + 24)
    document.y += 6


def lines(document: Document, labels: Sequence[Rich], scale: float = 1.0, high: float = _WRITTEN) -> None:
    """Labels, each with a line to write on at its right."""
    style = theme.KEY.scaled(min(scale, _MOST_LARGE))
    first = min(max(_wide(label, style) for label in labels) + 10, document.width * 0.5)
    high *= min(scale, 1.3)

    def line(canvas: Canvas, x: float, y: float) -> None:
        base = y + (high + style.leading) / 2 - 4
        canvas.line(x, base, document.right, base, theme.GRID, 0.7)

    rows = [Row([Cell(label, style, key=True), Cell("", mark=line, mark_width=1.0)], height=high) for label in labels]
    document.need(min(high * len(rows), 200))
    document.table([Column("", width=first), Column("", share=1.0)], rows, _BLANK)


def _wide(label: Rich, style: Style) -> float:
    return max(line.width for line in wrapped(label, style, 220))


def choices(
    document: Document, items: Sequence[Rich], style: Style = theme.BODY, *, between: float = 3.0, columns: int = 1
) -> None:
    """Boxes to tick, each with its words, as a list; in several columns it reads along the rows."""
    tree, canvas = document.canvas.tree, document.canvas
    box = Style(style.weight, style.size * _BOX, style.leading, style.colour)
    indent, width = box.size * 1.4, document.width / columns
    holder = tree.element("L", document.parent, attributes=b"<</O/List/ListNumbering/None>>")
    for at in range(0, len(items), columns):
        row = items[at : at + columns]
        broken = [wrapped(item, style, width - indent - (8 if columns > 1 else 0)) for item in row]
        tallest = max(map(len, broken))
        document.need(tallest * style.leading if columns > 1 else min(tallest, 2) * style.leading)
        top = document.y
        for place, lines_ in enumerate(broken):
            entry = tree.element("LI", holder)
            label, body = tree.element("Lbl", entry), tree.element("LBody", entry)
            x, document.y = document.left + place * width, top
            with canvas.marked(label):
                canvas.text(wrapped(BOX, box, 40), x, document.y, 40, box)
            document.lines(body, lines_, style, x + indent, width - indent)
            for element in (label, body, entry):
                tree.seal(element)
        if columns > 1:
            document.y = top + tallest * style.leading
        document.y += between
    tree.seal(holder)


def ruled(document: Document, number: int, step: float = 24.0) -> None:
    """Empty lines for a hand; they are drawn, not read."""
    for _each in range(number):
        document.need(step)
        document.y += step
        document.canvas.line(document.left, document.y, document.right, document.y, theme.GRID, 0.6)
    document.y += 4


def signature(document: Document, words: Sequence[str], room: float = _SIGNED, scale: float = 1.0) -> None:
    """Places to sign beside each other: a line, below it whose signature and what else it wants."""
    gap = 24.0
    width = (document.width - gap * (len(words) - 1)) / len(words)
    style = theme.CAPTION.scaled(scale)
    broken = [wrapped(each, style, width) for each in words]
    tallest = max(map(len, broken)) * style.leading
    document.need(room + tallest + 4)
    top = document.y + room
    for at, said in enumerate(broken):
        x = document.left + at * (width + gap)
        document.canvas.line(x, top, x + width, top, theme.GRID, 0.8)
        element = document.canvas.tree.element("P", document.parent)
        with document.canvas.marked(element):
            document.canvas.text(said, x, top + 3, width, style)
        document.canvas.tree.seal(element)
    document.y = top + tallest + 8
