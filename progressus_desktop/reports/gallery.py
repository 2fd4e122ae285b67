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
_HIGH = 158.0
_MOST_LINES = 3


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


def draw_chapter(document: Document, chapter: Chapter, level: int = 2) -> None:
    """The photos of one event, two in a row."""
    if chapter.heading:
        document.heading(chapter.heading, level, keep=_HIGH + 30)
        document.y += 2
    for at in range(0, len(chapter.photos), _IN_A_ROW):
        _row(document, chapter.photos[at : at + _IN_A_ROW])


def _row(document: Document, row: Sequence[Taken]) -> None:
    width = (document.width - _GAP) / _IN_A_ROW
    strong = theme.Style(theme.SEMIBOLD, theme.CAPTION.size, theme.CAPTION.leading)
    captions = [wrapped(each.photo.caption, strong, width)[:_MOST_LINES] for each in row]
    places = [wrapped(each.where, theme.CAPTION, width)[:_MOST_LINES] for each in row]
    tallest = max(_lines(under) + _lines(place) for under, place in zip(captions, places, strict=True))
    document.need(_HIGH + 3 + tallest * theme.CAPTION.leading)
    top = document.y
    for at, each in enumerate(row):
        x = document.left + at * (width + _GAP)
        box = (x, top, width, _HIGH)
        if each.photo.alt:
            document.figure(blocks.shortened(each.photo.alt), *box, partial(blocks.draw_photo, each.photo.picture, box))
        else:
            document.canvas.picture(each.photo.picture, *box)
        y = _under(document, captions[at], strong, x, top + _HIGH + 3, width)
        _under(document, places[at], theme.CAPTION, x, y, width)
    document.y = top + _HIGH + 3 + tallest * theme.CAPTION.leading + 8


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
