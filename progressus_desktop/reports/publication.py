"""The public note of an event (notka): what, where, with whom, and photos that may be shown; no personal data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from progressus_desktop.reports import blocks, theme
from progressus_desktop.reports.blocks import Photo
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.prose import Block, Title
from progressus_desktop.reports.setting import Setting
from progressus_desktop.reports.text import Rich, Run, bold, plain, wrapped
from progressus_desktop.words import _

_FIRST_HIGH, _FIRST_TALL, _SIDE_HIGH, _SIDE_WIDE = 184.0, 212.0, 122.0, 185.0
_WIDE = 2.2
"""Width of a photo in heights from which it goes across the page."""
_SIDE = 2
_ROW = 3
_BESIDE_GAP = 29.0


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the note; without a heading it goes on where the opening ended."""

    heading: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Publication:
    """The note in words ready to be printed or pasted, in its language. ``about`` ends it: project and funding."""

    code: str
    kicker: str
    title: str
    lead: str = ""
    opening: str = ""
    sections: Sequence[Section] = ()
    photos: Sequence[Photo] = ()
    credit: str = ""
    about: Sequence[str | Run] = ()
    working: bool = False


def title_of(note: Publication) -> str:
    """The title, words for none."""
    return note.title or _("Event without a title")


def caption_of(note: Publication, at: int) -> str:
    """The caption of a photo; under the first one stands whose they are."""
    caption = note.photos[at].caption
    if at or not note.credit:
        return caption
    return " ".join(part for part in (f"{caption}." if caption and caption[-1] not in ".!?" else caption, note.credit))


def render(note: Publication, setting: Setting) -> bytes:
    """The note as a finished PDF file."""
    title, kind = title_of(note), _("Note for the website")
    document = setting.document(kind, note.code, title, running=title, working=note.working)
    document.paragraph(note.kicker, theme.KICKER, after=2.2)
    document.heading(title, 1, keep=40.0)
    if note.lead:
        document.y += 1.0
        document.paragraph(note.lead, theme.LEAD, after=6.0)
    if note.photos:
        _first(document, note)
    elif note.opening:
        document.paragraph(note.opening, after=2.0)
    side = note.photos[1 : 1 + _SIDE]
    if side and _text_height(document, note) > len(side) * _SIDE_HIGH * 0.6:
        _beside(document, note, len(side))
    else:
        side = ()
        for section in note.sections:
            _section(document, section)
    _gallery(document, note, 1 + len(side))
    _about(document, note.about)
    return document.finish()


def _first(document: Document, note: Publication) -> None:
    """The first photo with its caption: a wide one as wide as the text, another beside the opening."""
    picture = note.photos[0].picture
    ratio = picture.width / picture.height
    wide = ratio > _WIDE
    high = _FIRST_HIGH if wide else _FIRST_TALL
    width = document.width if wide else min(high * ratio, document.width * 0.66)
    caption = wrapped(caption_of(note, 0), theme.CAPTION, width)
    document.need(high + 3 + len(caption) * theme.CAPTION.leading)
    top = document.y
    _photo(document, note.photos[0], document.left, width, high)
    document.y += high + 3
    if caption_of(note, 0):
        document.paragraph(caption_of(note, 0), theme.CAPTION, width=width)
    document.y += 4
    end = document.y
    if note.opening and wide:
        document.paragraph(note.opening, after=2.0)
    elif note.opening:
        document.y = top - 3
        x = document.left + width + 14
        document.paragraph(note.opening, x=x, width=document.right - x)
        document.y = max(end, document.y)


def _photo(document: Document, photo: Photo, x: float, width: float, height: float) -> None:
    box = (x, document.y, width, height)
    if photo.alt:
        document.figure(blocks.shortened(photo.alt), *box, partial(blocks.draw_photo, photo.picture, box))
    else:
        document.canvas.picture(photo.picture, *box)


def _text_height(document: Document, note: Publication) -> float:
    """About how high the sections are in the narrow column beside the photos."""
    width = document.width - _SIDE_WIDE - _BESIDE_GAP
    high = 0.0
    for section in note.sections:
        high += 28 if section.heading else 0
        for block in section.blocks:
            texts = block if isinstance(block, list) else [block.text if isinstance(block, Title) else block]
            high += sum(len(wrapped(text, theme.BODY, width)) * theme.BODY.leading for text in texts)
    return high


def _beside(document: Document, note: Publication, number: int) -> None:
    """The sections in a narrow column, one or two photos at their right; below the photos the text is wide again."""
    document.need(number * (_SIDE_HIGH + 30))
    document.y += 6
    top, whole = document.y, document.right
    x = document.right - _SIDE_WIDE
    for at in range(1, 1 + number):
        _photo(document, note.photos[at], x, _SIDE_WIDE, _SIDE_HIGH)
        document.y += _SIDE_HIGH + 3
        if note.photos[at].caption:
            document.paragraph(note.photos[at].caption, theme.CAPTION, x=x, width=_SIDE_WIDE)
        document.y += 9
    end, document.y = document.y, top - 8
    page = document.canvas.page.number

    def widen(doc: Document) -> None:
        doc.right = whole
        doc.before_turn = None

    document.right, document.before_turn = x - _BESIDE_GAP, widen
    for section in note.sections:
        if document.y > end - theme.BODY.leading or document.canvas.page.number != page:
            widen(document)
        _section(document, section)
    if document.canvas.page.number == page:
        document.y = max(document.y, end)
    widen(document)


def _section(document: Document, section: Section) -> None:
    if section.heading:
        document.heading(section.heading, keep=34)
    for block in section.blocks:
        if isinstance(block, Title):
            document.heading(block.text, keep=34)
        else:
            document.block(block)


def _gallery(document: Document, note: Publication, begin: int) -> None:
    """The photos that are left, three in a row."""
    rest = note.photos[begin:]
    if not rest:
        return
    document.heading(_("Photos"), keep=130)
    for at in range(0, len(rest), _ROW):
        blocks.photos(document, rest[at : at + _ROW])
        document.y += 4


def _about(document: Document, about: Sequence[str | Run]) -> None:
    """The project and who pays for it, in a tinted box."""
    text: Rich = [bold(_("About the project.")), " ", *about]
    if not plain(about).strip():
        return
    lines = wrapped(text, theme.BODY, document.width - 22)
    high = len(lines) * theme.BODY.leading + 18
    document.y += 8
    document.need(high)
    document.canvas.box(document.left, document.y, document.width, high, fill=theme.PANEL, radius=6)
    end = document.y + high
    document.y += 9
    document.paragraph(text, x=document.left + 11, width=document.width - 22)
    document.y = end
