"""Tables of any length: rows come from an iterator, are laid out, tagged, sealed and forgotten.

The header stands once in the structure; its repeats are pagination artifacts. A row higher than
the rest of a page goes on over the next one, its cells stay one element each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Protocol

from progressus_desktop.reports.canvas import Canvas
from progressus_desktop.reports.pdf import literal
from progressus_desktop.reports.tagging import Element
from progressus_desktop.reports.text import Line, Rich, wrapped
from progressus_desktop.reports.theme import BOLD, CELL, HEAD, LINE, NAVY, PANEL, Colour, Style

_LONGEST_KEPT = 120
Draw = Callable[[Canvas, float, float], None]
"""Draws a small mark; gets the canvas and the top left corner of the cell's text."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its share of the width (``width`` in points is fixed), its alignment."""

    head: str
    share: float = 0.0
    width: float = 0.0
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than plain text.

    ``mark`` is drawn before the text and takes ``mark_width``; it is decoration, words must follow.
    ``key`` makes it the header of its row; ``span`` is in columns.
    """

    text: Rich = ""
    style: Style | None = None
    fill: Colour = ""
    align: str = ""
    span: int = 1
    key: bool = False
    indent: float = 0.0
    mark: Draw | None = None
    mark_width: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """A row with a look of its own: a total is bold on a tint, ``height`` is its least height."""

    cells: Sequence[str | Cell]
    total: bool = False
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Look:
    """How a table looks; colours that are empty are not drawn."""

    style: Style = CELL
    head_style: Style = HEAD
    pad_x: float = 6.0
    pad_right: float = -1.0
    pad_y: float = 2.85
    head_pad_y: float = 2.6
    head_fill: Colour = NAVY
    line: Colour = LINE
    grid: Colour = ""
    border: Colour = ""
    fill: Colour = ""
    key_fill: Colour = ""
    radius: float = 4.0
    middle: bool = False
    row_keys: bool = False
    show_head: bool = True
    last_line: bool = True
    gap_lines: bool = False

    @property
    def right(self) -> float:
        """The padding at the right of a cell."""
        return self.pad_x if self.pad_right < 0 else self.pad_right


COMPACT = Look(pad_y=2.25, head_pad_y=2.3)


class Flow(Protocol):
    """Where a table stands: it moves down the pages of a document."""

    canvas: Canvas
    y: float
    bottom: float

    def new_page(self) -> None:
        """Go on at the top of a new page."""


@dataclass(slots=True)
class _Laid:
    """A row with its cells broken into lines."""

    row: Row
    cells: list[Cell]
    lines: list[list[Line]]
    height: float
    spans: list[tuple[float, float]] = field(default_factory=list)


@lru_cache(maxsize=4096)
def _kept(text: str, style: Style, width: float) -> list[Line]:
    return wrapped(text, style, width)


def _cached(text: str, style: Style, width: float) -> list[Line]:
    """Short texts come again and again in long tables; long ones would only fill the memory."""
    return _kept(text, style, width) if len(text) <= _LONGEST_KEPT else wrapped(text, style, width)


def natural_width(texts: Iterable[str], style: Style, pad_x: float) -> float:
    """Width of the widest of ``texts`` with its padding."""
    return max((_cached(text, style, 1e6)[0].width for text in texts), default=0.0) + 2 * pad_x


class Table:
    """One table being written; ``x`` and ``width`` say where."""

    def __init__(
        self, flow: Flow, parent: Element, columns: Sequence[Column], look: Look, x: float, width: float, name: str = ""
    ) -> None:
        self._flow, self._canvas, self._look = flow, flow.canvas, look
        self._columns = columns
        self._x, self._width = x, width
        self._widths = _widths(columns, width, look)
        self._edges = [x + sum(self._widths[:at]) for at in range(len(columns) + 1)]
        self._tree = self._canvas.tree
        self._parent, self._name = parent, name
        self._table = parent
        self._section = parent
        self._segment_top = 0.0
        self._first = True

    # -- whole tables

    def write(self, rows: Iterable[Row]) -> float:
        """Write all ``rows`` and close the table; gives the height below its last row."""
        attributes = b"<</O/Table/Summary" + literal(self._name) + b">>" if self._name else b""
        self._table = self._tree.element("Table", self._parent, attributes=attributes)
        left = len(rows) if isinstance(rows, Sequence) else -1
        pending = self._laid(rows)
        ahead = next(pending, None)
        if self._look.show_head:
            self._write_head(ahead.height if ahead else 0.0)
        self._section = self._tree.element("TBody", self._table) if self._look.show_head else self._table
        self._segment_top = self._flow.y
        while ahead is not None:
            row, ahead, left = ahead, next(pending, None), left - 1
            self._write_row(row, last=ahead is None, keep=ahead.height if ahead and left == 1 else 0.0)
            self._first = False
        self._close_segment()
        self._tree.seal(self._section)
        self._tree.seal(self._table)
        return self._flow.y

    def height(self, rows: Sequence[Row]) -> float:
        """How high the whole table would be on one endless page."""
        return sum(self.heights(rows))

    def heights(self, rows: Sequence[Row]) -> list[float]:
        """How high its head (0 without one) and each of its rows would be."""
        return [self._head_height() if self._look.show_head else 0.0, *(laid.height for laid in self._laid(rows))]

    # -- the head

    def _head_lines(self) -> list[list[Line]]:
        look = self._look
        return [
            _cached(column.head, look.head_style, width - 2 * look.pad_x)
            for column, width in zip(self._columns, self._widths, strict=True)
        ]

    def _head_height(self) -> float:
        look = self._look
        return max(map(len, self._head_lines())) * look.head_style.leading + 2 * look.head_pad_y

    def _write_head(self, first_row: float) -> None:
        flow = self._flow
        high = self._head_height()
        if flow.y + high + min(first_row, 120) > flow.bottom:
            flow.new_page()
        self._segment_top = flow.y
        section = self._tree.element("THead", self._table)
        row = self._tree.element("TR", section)
        self._draw_head(row)
        self._tree.seal(row)
        self._tree.seal(section)

    def _draw_head(self, row: Element | None) -> None:
        """Draw the head; without ``row`` it is a repeat on a further page, an artifact."""
        canvas, look, flow = self._canvas, self._look, self._flow
        high = self._head_height()
        if look.head_fill:
            round_top = (True, True, False, False)
            canvas.box(self._x, flow.y, self._width, high, fill=look.head_fill, radius=look.radius, corners=round_top)
        for at, lines in enumerate(self._head_lines()):
            column = self._columns[at]
            cell = self._tree.element("TH", row, attributes=b"<</O/Table/Scope/Column>>") if row else None
            if cell is not None and column.head:
                canvas.begin(cell)
            if column.head:
                x, width = self._edges[at] + look.pad_x, self._widths[at] - 2 * look.pad_x
                canvas.text(lines, x, flow.y + look.head_pad_y, width, look.head_style, column.align)
            if cell is not None and column.head:
                canvas.end()
            if cell is not None:
                self._tree.seal(cell)
        flow.y += high

    # -- rows

    def _laid(self, rows: Iterable[Row]) -> Iterator[_Laid]:
        for row in rows:
            yield self._lay(row)

    def _lay(self, row: Row) -> _Laid:
        look = self._look
        cells: list[Cell] = []
        lines: list[list[Line]] = []
        spans: list[tuple[float, float]] = []
        tallest, column = 1, 0
        for each in row.cells:
            cell = each if isinstance(each, Cell) else Cell(each)
            style = self._style(cell, row)
            left, right = self._edges[column], self._edges[column + cell.span]
            room = right - left - look.pad_x - look.right - cell.indent - cell.mark_width
            text = cell.text
            broken = _cached(text, style, room) if isinstance(text, str) else wrapped(text, style, room)
            tallest = max(tallest, len(broken))
            cells.append(cell)
            lines.append(broken)
            spans.append((left, right))
            column += cell.span
        height = max(tallest * look.style.leading + 2 * look.pad_y, row.height)
        return _Laid(row, cells, lines, height, spans)

    def _style(self, cell: Cell, row: Row) -> Style:
        style = cell.style or self._look.style
        return replace(style, weight=BOLD) if row.total else style

    def _write_row(self, laid: _Laid, *, last: bool, keep: float = 0.0) -> None:
        """Write a row; ``keep`` is the height of a last row that shall not stand alone on the next page."""
        flow = self._flow
        left, whole = flow.bottom - flow.y, flow.bottom - self._page_top()
        over = laid.height > left and (laid.height <= whole or left < 4 * self._look.style.leading)
        together = laid.height + keep
        if over or (keep and not self._first and left < together <= whole):
            self._turn()
        tree = self._tree
        row = tree.element("TR", self._section)
        elements = [self._cell_element(row, at, cell) for at, cell in enumerate(laid.cells)]
        self._draw_parts(laid, elements, last=last)
        for element in elements:
            tree.seal(element)
        tree.seal(row)

    def _page_top(self) -> float:
        """Where the first row of a fresh page would begin."""
        return (self._head_height() if self._look.show_head else 0.0) + 62.0

    def _cell_element(self, row: Element, at: int, cell: Cell) -> Element:
        key = cell.key or (self._look.row_keys and at == 0)
        attributes = b"/Scope/Row" if key else b""
        if cell.span > 1:
            attributes += b"/ColSpan %d" % cell.span
        if attributes:
            attributes = b"<</O/Table" + attributes + b">>"
        return self._tree.element("TH" if key else "TD", row, attributes=attributes)

    def _draw_parts(self, laid: _Laid, elements: list[Element], *, last: bool) -> None:
        """Draw a row, over several pages where it does not fit one."""
        look, flow = self._look, self._flow
        start = 0
        total = max(map(len, laid.lines))
        while True:
            room = int((flow.bottom - flow.y - 2 * look.pad_y) / look.style.leading)
            if flow.y + laid.height <= flow.bottom + 0.01 or total - start <= room:
                break
            self._draw_row(laid, elements, start, start + max(room, 1), flow.bottom - flow.y, last=False)
            start += max(room, 1)
            self._turn()
        left = laid.height if start == 0 else (total - start) * look.style.leading + 2 * look.pad_y
        self._draw_row(laid, elements, start, total, left, last=last)

    def _draw_row(
        self, laid: _Laid, elements: list[Element], start: int, stop: int, high: float, *, last: bool
    ) -> None:
        canvas, look, flow = self._canvas, self._look, self._flow
        self._draw_ground(laid, high, last=last)
        column = 0
        for at, cell in enumerate(laid.cells):
            lines = laid.lines[at][start:stop]
            style = self._style(cell, laid.row)
            top = flow.y + look.pad_y
            if look.middle:
                top = flow.y + (high - len(lines) * style.leading) / 2
            if cell.mark and start == 0:
                cell.mark(canvas, laid.spans[at][0] + look.pad_x, top)
            if any(piece.text for line in lines for piece in line.pieces):
                left, right = laid.spans[at]
                x = left + look.pad_x + cell.indent + cell.mark_width
                align = cell.align or self._columns[column].align
                canvas.begin(elements[at])
                canvas.text(lines, x, top, right - look.right - x, style, align)
                canvas.end()
            column += cell.span
        flow.y += high
        if last and look.line and look.last_line:
            self._rule(laid)

    def _draw_ground(self, laid: _Laid, high: float, *, last: bool) -> None:
        """The tints behind a row."""
        canvas, look, flow = self._canvas, self._look, self._flow
        bare = not look.show_head
        if look.fill:
            corners = (self._first and bare, self._first and bare, last, last)
            canvas.box(self._x, flow.y, self._width, high, fill=look.fill, radius=look.radius, corners=corners)
        if look.key_fill:
            corners = (self._first and bare, False, False, last)
            width = self._widths[0]
            canvas.box(self._x, flow.y, width, high, fill=look.key_fill, radius=look.radius, corners=corners)
        for at, cell in enumerate(laid.cells):
            if cell.fill:
                left, right = laid.spans[at]
                canvas.box(left + 0.3, flow.y, right - left - 0.6, high, fill=cell.fill)
        if laid.row.total:
            canvas.box(self._x, flow.y, self._width, high, fill=PANEL)
            canvas.line(self._x, flow.y, self._x + self._width, flow.y, NAVY, 1.0)
        elif look.line and not self._first:
            self._rule(laid)

    def _rule(self, laid: _Laid) -> None:
        """A line over the row to come, or under the last one."""
        canvas, look, flow = self._canvas, self._look, self._flow
        if look.gap_lines:
            for left, right in laid.spans:
                canvas.line(left + 0.6, flow.y, right - 0.6, flow.y, look.line)
        else:
            canvas.line(self._x, flow.y, self._x + self._width, flow.y, look.line)

    def _turn(self) -> None:
        """Close the part on this page and repeat the head on the next."""
        if self._look.line and not self._look.border and not self._look.grid:
            self._canvas.line(self._x, self._flow.y, self._x + self._width, self._flow.y, self._look.line)
        self._close_segment()
        self._flow.new_page()
        self._segment_top = self._flow.y
        self._first = True
        if self._look.show_head:
            self._draw_head(None)

    def _close_segment(self) -> None:
        look, flow, canvas = self._look, self._flow, self._canvas
        high = flow.y - self._segment_top
        if high <= 0:
            return
        if look.grid:
            for edge in self._edges[1:-1] if look.border else self._edges:
                canvas.line(edge, self._segment_top, edge, flow.y, look.grid, 0.6)
        if look.border:
            canvas.box(
                self._x,
                self._segment_top,
                self._width,
                high,
                stroke=look.border,
                radius=look.radius,
                thickness=0.6 if look.grid == look.border else 0.8,
            )


def _widths(columns: Sequence[Column], width: float, look: Look) -> list[float]:
    """Widths in points: fixed ones, heads that must fit, shares of the rest."""
    fixed = [
        max(column.width, natural_width([column.head], look.head_style, look.pad_x)) if not column.share else 0.0
        for column in columns
    ]
    shares = sum(column.share for column in columns)
    rest = max(width - sum(fixed), 0.0)
    if not shares:
        stretch = width / sum(fixed)
        return [each * stretch for each in fixed]
    return [each or rest * column.share / shares for each, column in zip(fixed, columns, strict=True)]
