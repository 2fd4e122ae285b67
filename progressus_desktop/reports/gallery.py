"""The gallery (galeria): photos that may be shown, six a page, each with its caption, day and place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from progressus_desktop.reports import blocks, theme
from progressus_desktop.reports.blocks import Photo
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.setting import Setting
from progressus_desktop.reports.text import Line, wrapped
from progressus_desktop.words import _

_IN_A_ROW = 2
_GAP = 14.0
_PROPORTION = 158.0 / 242.64
"""Height of a photo to its width: three rows of two fill a page."""
_MOST_LINES = 3
_STRONG = theme.Style(theme.SEMIBOLD, theme.CAPTION.size, theme.CAPTION.leading)


@dataclass(frozen=True, slots=True)
class Taken:
    """A photo and where and when it was taken."""

    photo: Photo
    where: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """The photos of one event; the heading may be left out where there is only one event."""

    heading: str
    photos: Sequence[Taken]


@dataclass(frozen=True, slots=True)
class Gallery:
    """Photos ready to be printed, in the language of the report; ``left_out`` counts those that are not."""

    code: str
    title: str
    about: str
    shown: str
    left_out: str = ""
    chapters: Sequence[Chapter] = ()


def render(gallery: Gallery, setting: Setting) -> bytes:
    """The gallery as a finished PDF file."""
    kind = _("Gallery")
    document = setting.document(kind, gallery.code, gallery.title, running=gallery.title)
    blocks.opening(document, " · ".join(part for part in (kind, gallery.code, gallery.about) if part), gallery.title)
    document.paragraph(f"{gallery.shown} {setting.as_of}.", theme.STAMP)
    if gallery.left_out:
        document.paragraph(f"! {gallery.left_out}", theme.Style(theme.SEMIBOLD, 9.5, 13, theme.WARN))
    document.y += 6
    for chapter in gallery.chapters:
        draw_chapter(document, chapter)
    return document.finish()


def draw_chapter(document: Document, chapter: Chapter, level: int = 2, in_a_row: int = _IN_A_ROW) -> None:
    """The photos of one event, side by side."""
    rows = [
        _row(document, chapter.photos[at : at + in_a_row], in_a_row) for at in range(0, len(chapter.photos), in_a_row)
    ]
    if chapter.heading:
        document.heading(chapter.heading, level, keep=2 + (rows[0].high if rows else 30))
        document.y += 2
    for row in rows:
        _draw(document, row)


@dataclass(frozen=True, slots=True)
class _Row:
    """Photos beside each other with their words broken into lines; ``photo`` and ``high`` are heights."""

    shown: Sequence[Taken]
    captions: Sequence[Sequence[Line]]
    places: Sequence[Sequence[Line]]
    width: float
    photo: float
    high: float


def _row(document: Document, row: Sequence[Taken], in_a_row: int) -> _Row:
    width = (document.width - _GAP * (in_a_row - 1)) / in_a_row
    captions = [wrapped(each.photo.caption, _STRONG, width)[:_MOST_LINES] for each in row]
    places = [wrapped(each.where, theme.CAPTION, width)[:_MOST_LINES] for each in row]
    tallest = max(_lines(under) + _lines(place) for under, place in zip(captions, places, strict=True))
    photo = width * _PROPORTION
    return _Row(row, captions, places, width, photo, photo + 3 + tallest * theme.CAPTION.leading)


def _draw(document: Document, row: _Row) -> None:
    document.need(row.high)
    top, width, high = document.y, row.width, row.photo
    for at, each in enumerate(row.shown):
        x = document.left + at * (width + _GAP)
        box = (x, top, width, high)
        if each.photo.alt:
            document.figure(blocks.shortened(each.photo.alt), *box, partial(blocks.draw_photo, each.photo.picture, box))
        else:
            document.canvas.picture(each.photo.picture, *box)
        y = _under(document, row.captions[at], _STRONG, x, top + high + 3, width)
        _under(document, row.places[at], theme.CAPTION, x, y, width)
    document.y = top + row.high + 8


def _lines(lines: Sequence[Line]) -> int:
    """How many lines are drawn: an empty text has one line of nothing."""
    return len(lines) if any(piece.text for line in lines for piece in line.pieces) else 0


def _under(document: Document, lines: Sequence[Line], style: theme.Style, x: float, y: float, width: float) -> float:
    """Words under a photo; gives where the next ones begin."""
    if not _lines(lines):
        return y
    element = document.canvas.tree.element("P", document.parent)
    with document.canvas.marked(element):
        document.canvas.text(lines, x, y, width, style)
    document.canvas.tree.seal(element)
    return y + len(lines) * style.leading
