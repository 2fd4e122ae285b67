"""A document that flows down its pages: headings, paragraphs, lists, tables, panels, pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from progressus_desktop.reports import theme
from progressus_desktop.reports.canvas import Canvas
from progressus_desktop.reports.figure_columns import roomy
from progressus_desktop.reports.images import Picture
from progressus_desktop.reports.metadata import About
from progressus_desktop.reports.prose import Block, Title, blocks_of
from progressus_desktop.reports.tables import Column, Look, Row, Table
from progressus_desktop.reports.tagging import Element
from progressus_desktop.reports.text import Line, Rich, Run, one_line, wrapped
from progressus_desktop.reports.theme import MARGIN, Style
from progressus_desktop.words import _

LINE_START = 57.0
BULLET_INDENT = 12.0
_HEADING_ABOVE, _HEADING_BELOW = 11.0, 2.5
STRIP_HIGH = 32.0
"""The height of the marks above the first line, in points."""


def strip_size(strip: Picture, room: float) -> tuple[float, float]:
    """Width and height in points at which a strip of marks is printed whole, in its own proportions."""
    scale = min(STRIP_HIGH / strip.height, room / strip.width)
    return strip.width * scale, strip.height * scale


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds the content of every page.

    ``kind`` and ``running`` stand in the header from page 2 on, ``foot`` in the footer of all;
    ``marks`` names the places of the mark strip, ``strip`` is the office's own picture of it;
    ``flag`` marks every page of what is not final.
    """

    kind: str
    running: str
    foot: str
    marks: Sequence[str] = ()
    marks_note: str = ""
    strip: Picture | None = None
    flag: str = ""


class Document:
    """One report being written from top to bottom; ``y`` is where the next thing stands.

    ``strip_on_every_page`` puts the marks on each page, where pages go to different people.
    ``nested`` says how many levels deeper headings stand than they are asked for: a report inside another.
    """

    def __init__(self, about: About, frame: Frame, *, landscape: bool = False) -> None:
        self.canvas = Canvas(about, landscape=landscape)
        self.frame = frame
        self.left, self.right = MARGIN, self.canvas.width - MARGIN
        self.page_bottom = self.canvas.height - (theme.A4[1] - theme.BOTTOM)
        self.bottom = self.page_bottom
        self.parent: Element = self.canvas.tree.document
        self.every_page: Callable[[Document], None] | None = None
        self.before_turn: Callable[[Document], None] | None = None
        self.nested = 0
        self.strip_on_every_page = False
        self.y = self._strip()

    @property
    def width(self) -> float:
        """Width between the margins."""
        return self.right - self.left

    # -- pages

    def _strip(self) -> float:
        """The mark strip of the first page, an artifact; gives where the content begins."""
        canvas, frame = self.canvas, self.frame
        with canvas.pagination("Header", 0, 79):
            if frame.strip:
                wide, high = strip_size(frame.strip, self.width)
                canvas.picture(frame.strip, self.left, 34 + (STRIP_HIGH - high) / 2, wide, high)
            x = self.left
            for at, name in enumerate(frame.marks if not frame.strip else ()):
                ground, colour = theme.MARKS[at % len(theme.MARKS)]
                canvas.box(x, 34, 112, 32, fill=ground, radius=5)
                self._mark_sign(at, x + 18.5, 50, colour)
                style = Style(theme.SEMIBOLD, 9.5, 13, colour)
                canvas.text(wrapped(name, style, 76)[:2], x + 34, 43.5, 76, style)
                x += 122
            if frame.marks_note and not frame.strip:
                lines = wrapped(frame.marks_note, theme.FOOTER, self.right - x - 8)
                canvas.text(lines, x, 39, self.right - x, theme.FOOTER, "right")
            canvas.line(self.left, 78, self.right, 78, theme.LINE)
            self._flag()
        return 88.0

    def _flag(self) -> None:
        """The mark of a working copy in the top margin."""
        if not self.frame.flag:
            return
        (line,) = wrapped(self.frame.flag, theme.FLAG, 200)[:1]
        wide = line.width + 16
        self.canvas.box(
            self.right - wide, 10, wide, 15, fill=theme.WARN_SOFT, stroke=theme.WARN, thickness=0.8, radius=7
        )
        self.canvas.text([line], self.right - wide + 8, 12, line.width, theme.FLAG)

    def _mark_sign(self, at: int, x: float, y: float, colour: theme.Colour) -> None:
        shape = at % len(theme.MARKS)
        if shape == 0:
            self.canvas.box(x - 7, y - 6.5, 14, 14, fill=colour)
        elif shape == 1:
            self.canvas.dot(x, y, 7.8, fill=colour)
        else:
            self.canvas.polygon([(x - 8.5, y + 7), (x + 8.5, y + 7), (x, y - 8.5)], colour)

    def new_page(self) -> None:
        """Close the page and begin the next below its running header."""
        if self.before_turn:
            self.before_turn(self)
        self.canvas.next_page(self._foot)
        if self.strip_on_every_page:
            self.y = self._strip()
        else:
            self._running_head()
            self.y = 60.0
        if self.every_page:
            self.every_page(self)

    def _running_head(self) -> None:
        canvas, frame = self.canvas, self.frame
        with canvas.pagination("Header", 0, 51):
            half = self.width * 0.45
            kind = wrapped(frame.kind, theme.HEADER_KIND, half)[:1]
            canvas.text(kind, self.left, 33.5, half, theme.HEADER_KIND)
            running = wrapped(frame.running, theme.HEADER, self.width - half)[:1]
            canvas.text(running, self.left + half, 33.5, self.width - half, theme.HEADER, "right")
            canvas.line(self.left, 50, self.right, 50, theme.LINE)
            self._flag()

    def _foot(self, pages: int) -> None:
        canvas = self.canvas
        line = canvas.height - 44.9
        with canvas.pagination("Footer", line - 1, canvas.height):
            canvas.line(self.left, line, self.right, line, theme.LINE)
            foot = wrapped(self.frame.foot, theme.FOOTER, self.width - 70)[:1]
            canvas.text(foot, self.left, line + 5, self.width, theme.FOOTER)
            number = _("Page {number} of {pages}", number=canvas.page.number, pages=pages)
            canvas.text(wrapped(number, theme.FOOTER, 100), self.right - 100, line + 5, 100, theme.FOOTER, "right")

    def need(self, height: float) -> None:
        """Turn the page unless ``height`` fits below."""
        if self.y + height > self.bottom and self.y > LINE_START + 10:
            self.new_page()

    def gap(self, height: float) -> None:
        """Leave a gap, unless the page has just begun."""
        if self.y > LINE_START + 5:
            self.y += height

    # -- text

    def lines(
        self, element: Element, lines: Sequence[Line], style: Style, x: float, width: float, align: str = "left"
    ) -> None:
        """Draw ``lines`` for ``element`` from ``y`` on, over as many pages as they need."""
        at = 0
        while at < len(lines):
            room = int((self.bottom - self.y) / style.leading + 0.01)
            if room < min(2, len(lines) - at) and self.y > LINE_START + 10:
                self.new_page()
                continue
            part = lines[at : at + max(room, 1)]
            self._marked_text(element, part, style, x, width, align)
            self.y += len(part) * style.leading
            at += len(part)

    def _marked_text(
        self, element: Element, lines: Sequence[Line], style: Style, x: float, width: float, align: str
    ) -> None:
        canvas, tree = self.canvas, self.canvas.tree
        if not any(piece.link for line in lines for piece in line.pieces):
            canvas.begin(element)
            canvas.text(lines, x, self.y, width, style, align)
            canvas.end()
            return
        for number, line in enumerate(lines):
            at, top = x, self.y + number * style.leading
            for piece in line.pieces:
                owner = tree.element("Link", element) if piece.link else element
                canvas.begin(owner)
                canvas.text([Line((piece,), piece.width)], at, top, piece.width, style)
                canvas.end()
                if piece.link:
                    canvas.link(owner, piece.link, piece.text, at, top, piece.width, style.leading)
                    tree.seal(owner)
                at += piece.width

    def paragraph(
        self,
        text: Rich,
        style: Style = theme.BODY,
        *,
        role: str = "P",
        x: float | None = None,
        width: float | None = None,
        after: float = 0.0,
        align: str = "left",
    ) -> None:
        """A paragraph; line breaks in the text begin new paragraphs only for empty lines."""
        left, wide = self.left if x is None else x, width or self.width
        element = self.canvas.tree.element(role, self.parent)
        self.lines(element, wrapped(text, style, wide), style, left, wide, align)
        self.canvas.tree.seal(element)
        self.y += after

    def heading(
        self, text: str, level: int = 2, *, keep: float = 60.0, style: Style | None = None, align: str = "left"
    ) -> None:
        """A heading with its bookmark, kept together with the ``keep`` points that follow."""
        level += self.nested
        style = style or (theme.H1, theme.H2, theme.H2_PANEL)[min(level - self.nested, 3) - 1]
        lines = wrapped(text, style, self.width)
        above = _HEADING_ABOVE if level > 1 else 0.0
        self.need(above + len(lines) * style.leading + _HEADING_BELOW + keep)
        self.gap(above)
        self.canvas.bookmark(level, one_line(text), self.y - 4)
        element = self.canvas.tree.element(f"H{level}", self.parent)
        self.lines(element, lines, style, self.left, self.width, align)
        self.canvas.tree.seal(element)
        self.y += _HEADING_BELOW

    def bullets(
        self,
        items: Sequence[Rich],
        style: Style = theme.BODY,
        *,
        numbered: bool = False,
        x: float | None = None,
        width: float | None = None,
        between: float = 1.6,
    ) -> None:
        """A list with bullets or numbers."""
        left, wide = self.left if x is None else x, width or self.width
        tree = self.canvas.tree
        numbering = b"<</O/List/ListNumbering/%s>>" % (b"Decimal" if numbered else b"Disc")
        holder = tree.element("L", self.parent, attributes=numbering)
        indent = BULLET_INDENT
        if numbered:
            indent = max(indent, wrapped(f"{len(items)}.", style, 60)[0].width + 7)
        for number, item in enumerate(items, 1):
            entry = tree.element("LI", holder)
            label, body = tree.element("Lbl", entry), tree.element("LBody", entry)
            lines = wrapped(item, style, wide - indent)
            self.need(min(len(lines), 2) * style.leading)
            sign = f"{number}." if numbered else "•"
            with self.canvas.marked(label):
                self.canvas.text(wrapped(sign, style, 60), left + 2, self.y, 60, style)
            self.lines(body, lines, style, left + indent, wide - indent)
            self.y += between
            for element in (label, body, entry):
                tree.seal(element)
        tree.seal(holder)

    def prose(self, text: str, style: Style = theme.BODY) -> None:
        """A person's own long text with its paragraphs and lists (prose.py); its headings are bold paragraphs."""
        for block in blocks_of(text):
            self.block(block, style)

    def block(self, block: Block, style: Style = theme.BODY) -> None:
        """One paragraph, list or heading of a person's own text."""
        if isinstance(block, list):
            self.bullets(list(block), style)
        elif isinstance(block, Title):
            self.paragraph([Run(block.text, theme.BOLD)], style, after=1.0)
        else:
            self.paragraph(block, style, after=3.0)

    # -- tables and figures

    def table(
        self,
        columns: Sequence[Column],
        rows: Iterable[Row],
        look: Look,
        *,
        x: float | None = None,
        width: float | None = None,
        name: str = "",
    ) -> None:
        """A table; ``name`` is its summary for screen readers."""
        left, wide = self.left if x is None else x, width or self.width
        Table(self, self.parent, roomy(columns, rows, look), look, left, wide, name).write(rows)

    def table_height(self, columns: Sequence[Column], rows: Sequence[Row], look: Look, width: float) -> float:
        """How high such a table would be."""
        return Table(self, self.parent, roomy(columns, rows, look), look, self.left, width).height(rows)

    def table_heights(self, columns: Sequence[Column], rows: Sequence[Row], look: Look, width: float) -> list[float]:
        """How high the head and each row of such a table would be."""
        return Table(self, self.parent, roomy(columns, rows, look), look, self.left, width).heights(rows)

    def figure(self, alt: str, x: float, y: float, width: float, height: float, draw: Callable[[Canvas], None]) -> None:
        """A drawing or photo with its description."""
        high = self.canvas.height
        box = b"[%.2f %.2f %.2f %.2f]" % (x, high - y - height, x + width, high - y)
        attributes = b"<</O/Layout/Placement/Block/BBox" + box + b">>"
        element = self.canvas.tree.element("Figure", self.parent, alt=alt, attributes=attributes)
        with self.canvas.marked(element):
            draw(self.canvas)
        self.canvas.tree.seal(element)

    def finish(self) -> bytes:
        """The whole file."""
        if self.before_turn:
            self.before_turn(self)
        return self.canvas.finish(self._foot)
