"""The certificate of participation (zaświadczenie): a landscape page for each name; without one, a line to write on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from progressus_desktop.reports import forms, qr, theme
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.setting import Setting
from progressus_desktop.reports.text import Rich, bold
from progressus_desktop.reports.theme import Style
from progressus_desktop.words import _

_TITLE = Style(theme.BOLD, 30, 36, theme.NAVY)
_NAME = Style(theme.SEMIBOLD, 24, 30, theme.TEXT)
_WORDS = Style(theme.REGULAR, 13, 20)


@dataclass(frozen=True, slots=True)
class Certificate:
    """An event in words ready to be printed; ``names`` get a page each, none means one blank page."""

    code: str
    event: str
    kind: str
    when: str
    where: str
    hours: str
    organiser: str
    topics: Sequence[str] = ()
    names: Sequence[str] = ()
    funding: str = ""


def render(certificate: Certificate, setting: Setting) -> bytes:
    """The certificates as a finished PDF file."""
    title = _("Certificate of participation")
    document = setting.document(
        title, certificate.code, title, running=certificate.event, landscape=True,
        subject=f"{certificate.event} · {certificate.code}",
    )  # fmt: skip
    document.strip_on_every_page = True
    for number, name in enumerate(certificate.names or [""]):
        if number:
            document.new_page()
        _page(document, certificate, name, title, first=not number)
    return document.finish()


def _centred(document: Document, text: Rich, style: Style, after: float = 0.0) -> None:
    document.paragraph(text, style, align="center", after=after)


def _page(document: Document, certificate: Certificate, name: str, title: str, *, first: bool) -> None:
    document.y += 34
    if first:
        document.heading(title, 1, style=_TITLE, align="center")
    else:
        _centred(document, title, _TITLE)
    document.y += 14
    if name:
        _centred(document, name, _NAME, after=10)
    else:
        _blank_name(document)
    _centred(document, _("took part in the event"), _WORDS, after=2)
    _centred(document, [bold(certificate.event or _("Event without a title"))], Style(theme.BOLD, 16, 22), after=4)
    about = " · ".join(part for part in (certificate.kind, certificate.when, certificate.where) if part)
    _centred(document, about, _WORDS, after=8)
    if certificate.hours:
        _centred(document, _("Hours: {hours}", hours=certificate.hours), _WORDS, after=4)
    if certificate.topics:
        _centred(document, _("Topics: {topics}", topics=", ".join(certificate.topics)), theme.STAMP, after=4)
    _foot(document, certificate)


def _blank_name(document: Document) -> None:
    """A line for the name, with what it is for below."""
    middle, half = document.left + document.width / 2, 170.0
    document.y += 30
    document.canvas.line(middle - half, document.y, middle + half, document.y, theme.GRID, 0.8)
    document.y += 2
    _centred(document, _("First and last name"), theme.CAPTION, after=6)


def _foot(document: Document, certificate: Certificate) -> None:
    """Code, signature and funding at the foot of the page."""
    high = 96.0 + (16 if certificate.funding else 0)
    document.y = max(document.y, document.bottom - high)
    top = document.y
    if certificate.code:
        qr.tagged(document, certificate.code, document.left, top, 52)
    left, right = document.left, document.right
    document.left += 90
    document.right = right
    document.y = top
    organiser = certificate.organiser or "……………………"
    forms.signature(document, [_("Place and date"), _("For the organiser: {name}", name=organiser)])
    document.left = left
    if certificate.funding:
        document.y = max(document.y, top + 78)
        document.paragraph(certificate.funding, theme.CAPTION)
