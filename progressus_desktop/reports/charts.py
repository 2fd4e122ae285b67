"""Charts as drawings of lines and areas: each is one figure with words, its numbers stand in a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from progressus_desktop.reports import theme
from progressus_desktop.reports.blocks import shortened
from progressus_desktop.reports.canvas import Canvas
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.setting import number
from progressus_desktop.reports.text import wrapped
from progressus_desktop.words import _

_BAR = 7.6
_FIGURE = replace(theme.CELL, weight=theme.SEMIBOLD)
_LABEL = theme.CAPTION
_STEPS = (1, 2, 5)
_LINES = 4
_WIDEST = 48.0
"""Few columns stay columns: they do not grow into blocks."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart and the mark it is compared with (0: none); ``quiet`` ones are grey."""

    value: int
    mark: int = 0
    quiet: bool = False


def bars(
    document: Document, alt: str, shown: Sequence[Bar], x: float, y: float, width: float, steps: Sequence[float]
) -> None:
    """Horizontal bars that stand beside the rows of a table from ``y`` down; ``steps`` are the heights of its rows."""
    most = max([1, *(max(bar.value, bar.mark) for bar in shown)])
    unit = (width - 34) / most

    def draw(canvas: Canvas) -> None:
        row = y
        for bar, step in zip(shown, steps, strict=False):
            top = row + (step - _BAR) / 2
            row += step
            canvas.box(x, top, max(bar.value * unit, 0.6), _BAR, fill=theme.GREY_BAR if bar.quiet else theme.TEAL)
            if bar.mark:
                mark = x + bar.mark * unit
                canvas.line(mark, top - 2, mark, top + _BAR + 2, theme.NAVY, 1.6)
            beyond = bar.value * unit + (6 if bar.mark != bar.value else 7)
            canvas.text(wrapped(number(bar.value), _FIGURE, 60), x + beyond, top - 2.2, 60, _FIGURE)

    document.figure(shortened(alt), x, y, width, sum(steps[: len(shown)]), draw)


@dataclass(frozen=True, slots=True)
class Month:
    """One column of a trend: what stands below it and how high it is."""

    label: str
    value: int


def columns(document: Document, alt: str, shown: Sequence[Month], height: float = 118.0) -> None:
    """Columns side by side over the whole width, with quiet lines at round numbers and each number above its column."""
    document.need(height + 4)
    top, left = document.y, document.left + 30
    base, width = top + height - 14, document.right - left
    scale = _scale(max((month.value for month in shown), default=0))
    unit = (height - 32) / scale[-1]
    room = width / max(len(shown), 1)
    wide = min(room * 0.6, _WIDEST)

    def draw(canvas: Canvas) -> None:
        for mark in scale:
            y = base - mark * unit
            canvas.line(left, y, document.right, y, theme.LINE, 0.5)
            canvas.text(wrapped(number(mark), _LABEL, 28), document.left, y - 7, 26, _LABEL, "right")
        for at, month in enumerate(shown):
            x, high = left + at * room, month.value * unit
            if month.value:
                canvas.box(x + (room - wide) / 2, base - high, wide, high, fill=theme.TEAL)
            canvas.text(wrapped(number(month.value), _FIGURE, room), x, base - high - 12.5, room, _FIGURE, "center")
            canvas.text(wrapped(month.label, _LABEL, room)[:1], x, base + 2, room, _LABEL, "center")

    document.figure(shortened(alt), document.left, top, document.width, height, draw)
    document.y = top + height + 4


def _scale(most: int) -> list[int]:
    """Round numbers from 0 to ``most`` or a little more, at most a handful."""
    size = 1
    while True:
        for step in _STEPS:
            if step * size * _LINES >= most:
                return [step * size * at for at in range(max(-(-most // (step * size)), 1) + 1)]
        size *= 10


def trend_words(what: str, shown: Sequence[Month]) -> str:
    """What a trend shows, for those who do not see it: first, highest and last month."""
    if not shown:
        return _("Column chart: {what}, no months.", what=what)
    highest = max(shown, key=lambda month: month.value)
    return _(
        "Column chart: {what}, from {first} ({first_value}) to {last} ({last_value}); most in {high} ({high_value})."
        " The numbers stand in the table.",
        what=what, first=shown[0].label, first_value=shown[0].value, last=shown[-1].label, last_value=shown[-1].value,
        high=highest.label, high_value=highest.value,
    )  # fmt: skip
