"""The control folder (teczka kontroli): for an inspector, all about an event or a period in one file with bookmarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from progressus_desktop.reports import blocks, event_card, gallery, theme
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.event_card import EventCard
from progressus_desktop.reports.gallery import Chapter
from progressus_desktop.reports.images import Picture
from progressus_desktop.reports.sections import cells, listed
from progressus_desktop.reports.setting import Setting
from progressus_desktop.reports.tables import Cell, Column, Row
from progressus_desktop.reports.text import Run
from progressus_desktop.words import _

_SCAN_HIGH = 640.0
_PHOTOS_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class PhotoState:
    """A photo of the event: what it shows, whose permission it has, whether the folder shows it."""

    caption: str
    people: str
    permission: str
    kind: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the event; ``pages`` are its pages as pictures, ``note`` says why there are none."""

    kind: str
    name: str
    date: str
    mark: str
    note: str
    pages: Sequence[Picture] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """A document signed with a partner who was there."""

    partner: str
    kind: str
    date: str
    valid: str
    scan: str


@dataclass(frozen=True, slots=True)
class Part:
    """Everything about one event."""

    card: EventCard
    date: str
    gaps: Sequence[str] = ()
    agenda: Sequence[tuple[str, str, str]] = ()
    visibility: Sequence[tuple[str, str, str]] = ()
    materials: Sequence[tuple[str, str, str]] = ()
    photos: Sequence[PhotoState] = ()
    shown: Chapter = field(default_factory=lambda: Chapter("", ()))
    left_out: str = ""
    declared: Sequence[Declared] = ()
    papers: Sequence[Paper] = ()


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder in words and pictures ready to be printed, in the language of the report."""

    code: str
    title: str
    facts: Sequence[tuple[str, str]]
    parts: Sequence[Part] = ()
    notes: Sequence[str] = ()


def render(folder: Folder, setting: Setting) -> bytes:
    """The folder as a finished PDF file; laid out twice, since the contents name pages that come after them."""
    _data, pages = _laid(folder, setting, [0] * len(folder.parts))
    data, again = _laid(folder, setting, pages)
    return data if again == pages else _laid(folder, setting, again)[0]


def _laid(folder: Folder, setting: Setting, pages: Sequence[int]) -> tuple[bytes, list[int]]:
    """The file, and on which page each part begins."""
    kind = _("Control folder")
    document = setting.document(kind, folder.code, folder.title, running=folder.title)
    blocks.opening(document, " · ".join(part for part in (kind, folder.code) if part), folder.title)
    gaps = sum(len(part.gaps) for part in folder.parts)
    words = _("Gaps: {n}", n=gaps) if gaps else _("No gaps")
    blocks.chips(document, "warn" if gaps else "ok", words, setting.as_of)
    blocks.facts(document, folder.facts)
    _contents(document, folder, pages)
    _gaps(document, folder)
    if folder.notes:
        document.heading(_("What this folder leaves out"), keep=30)
        document.bullets(list(folder.notes))
    found = []
    for number, part in enumerate(folder.parts):
        document.new_page()
        found.append(document.canvas.page.number)
        document.canvas.place(f"part{number}", document.y - 8)
        _part(document, part, setting)
    return document.finish(), found


def _name(part: Part) -> str:
    return " · ".join(each for each in (part.date, part.card.title or _("Event without a title")) if each)


def _contents(document: Document, folder: Folder, pages: Sequence[int]) -> None:
    document.heading(_("Contents"), keep=30)
    if not folder.parts:
        document.paragraph(_("No events in this time."), theme.STAMP)
        return
    items = []
    for number, (part, page) in enumerate(zip(folder.parts, pages, strict=True)):
        leading = Run(_name(part), link=f"#part{number}")
        items.append([leading, Run(" – " + _("page {number}", number=page), colour=theme.MUTED)])
    document.bullets(items, theme.VALUE, numbered=True)


def _gaps(document: Document, folder: Folder) -> None:
    rows = [Row([_name(part), Cell("; ".join(part.gaps))]) for part in folder.parts if part.gaps]
    columns = [Column(_("Event"), share=190), Column(_("What is missing"), share=309)]
    listed(
        document, _("List of gaps"), columns, rows, name=_("What is missing, by event"),
        empty=_("Nothing is missing."),
    )  # fmt: skip


def _part(document: Document, part: Part, setting: Setting) -> None:
    document.heading(_name(part), style=theme.Style(theme.BOLD, 17, 21, theme.NAVY))
    document.nested = 1
    event_card.draw(document, part.card, setting)
    _agenda(document, part)
    _visibility(document, part)
    _declared(document, part)
    _photo_states(document, part)
    _papers(document, part)
    document.nested = 0


def _agenda(document: Document, part: Part) -> None:
    columns = [Column(_("Time"), width=52), Column(_("Agenda item"), share=280), Column(_("Speaker"), share=140)]
    listed(
        document, _("Agenda"), columns, (Row(cells(*each)) for each in part.agenda), name=_("Agenda of the event"),
        empty=_("The agenda is missing."),
    )  # fmt: skip


def _visibility(document: Document, part: Part) -> None:
    columns = [Column(_("What was marked"), share=300), Column(_("Answer"), share=120)]
    rows = []
    for name, answer, sign in part.visibility:
        words: list[str | Run] = [Run(f"{blocks.SIGNS[sign]} ", theme.SEMIBOLD, blocks.SIGN_COLOURS[sign]), answer]
        rows.append(Row([name, Cell(words)]))
    listed(
        document, _("Visibility check"), columns, rows, name=_("Marks and statements, and whether they were there"),
        empty=_("Nothing was answered."),
    )  # fmt: skip
    if part.materials:
        columns = [
            Column(_("Material"), share=300), Column(_("How many"), width=76, align="right"),
            Column(_("Marked"), share=90),
        ]  # fmt: skip
        rows = [Row(cells(*each)) for each in part.materials]
        listed(document, _("Materials given"), columns, rows, name=_("Materials given"), empty="")


def _declared(document: Document, part: Part) -> None:
    if not part.declared:
        return
    columns = [
        Column(_("Partner"), share=170), Column(_("Document"), share=110), Column(_("Date"), share=64),
        Column(_("Valid until"), share=72), Column(_("Scan"), share=90),
    ]  # fmt: skip
    rows = [Row(cells(each.partner, each.kind, each.date, each.valid, each.scan)) for each in part.declared]
    listed(
        document, _("Declarations of partners"), columns, rows,
        name=_("Documents signed with the partners who were there"), empty="",
    )  # fmt: skip


def _photo_states(document: Document, part: Part) -> None:
    columns = [
        Column(_("No."), width=30, align="right"), Column(_("Photo"), share=210), Column(_("People shown"), share=110),
        Column(_("Permission"), share=90), Column(_("In the folder"), share=72),
    ]  # fmt: skip
    rows = []
    for number, each in enumerate(part.photos, 1):
        sign = Run(f"{blocks.SIGNS[each.kind]} ", theme.SEMIBOLD, blocks.SIGN_COLOURS[each.kind])
        shown = _("yes") if each.shown else _("no")
        rows.append(Row([str(number), each.caption or "–", each.people or "–", Cell([sign, each.permission]), shown]))
    listed(
        document, _("Photos and permissions"), columns, rows, name=_("Photos and the state of their permission"),
        empty=_("There are no photos."), note=part.left_out,
    )  # fmt: skip
    if part.shown.photos:
        document.y += 8
        gallery.draw_chapter(document, part.shown, in_a_row=_PHOTOS_IN_A_ROW)


def _papers(document: Document, part: Part) -> None:
    columns = [
        Column(_("Document"), share=120), Column(_("Name"), share=140), Column(_("Date"), share=62),
        Column("SHA-256", width=104), Column(_("In the folder"), share=92),
    ]  # fmt: skip
    rows = [Row(cells(each.kind, each.name, each.date, each.mark, each.note)) for each in part.papers]
    listed(
        document, _("Documents"), columns, rows, name=_("Documents of the event and whether the folder shows them"),
        empty=_("There are no scans or files."),
    )  # fmt: skip
    for paper in part.papers:
        for number, picture in enumerate(paper.pages, 1):
            _scan(document, part, paper, number, picture)


def _scan(document: Document, part: Part, paper: Paper, number: int, picture: Picture) -> None:
    """A page of a scan, as large as the page allows, with what it is above it."""
    document.new_page()
    words = _("{kind}, page {number} of {pages}", kind=paper.kind, number=number, pages=len(paper.pages))
    if number == 1:
        document.heading(_("Document: {kind}", kind=paper.kind), keep=60)
    document.paragraph(" · ".join(each for each in (words, paper.name, paper.mark) if each), theme.NOTE, after=4)
    scale = min(document.width / picture.width, min(_SCAN_HIGH, document.bottom - document.y) / picture.height)
    box = (document.left, document.y, picture.width * scale, picture.height * scale)
    alt = blocks.shortened(_("Document: {words}; {event}", words=words, event=_name(part)))
    document.figure(alt, *box, partial(blocks.draw_photo, picture, box))
    document.canvas.box(*box, stroke=theme.EDGE)
    document.y += box[3] + 4
