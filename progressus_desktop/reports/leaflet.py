"""The leaflet (ulotka): what one topic means for one audience, in plain language on one page, and whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from progressus_desktop.reports import theme
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.prose import blocks_of
from progressus_desktop.reports.setting import Setting
from progressus_desktop.words import _

_SIZES = ((14.0, 20.0), (12.5, 17.5), (11.0, 15.0), (10.0, 13.5))
"""Size and leading of the text, the largest that leaves everything on one page is taken."""

_TOPIC = theme.Style(theme.REGULAR, 11, 15, theme.MUTED)


@dataclass(frozen=True, slots=True)
class Leaflet:
    """What it says: ``text`` as the office wrote it; lines that end with a colon are headings, "- " makes points.

    ``whom`` are the lines of who can be asked: organisation, telephone, address.
    """

    title: str
    topic: str
    audience: str
    text: str
    project: str
    whom: Sequence[str]
    funding: str = ""


def render(leaflet: Leaflet, setting: Setting) -> bytes:
    """The leaflet as a finished PDF file."""
    for size, leading in _SIZES:
        document = _laid_out(leaflet, setting, theme.Style(theme.REGULAR, size, leading))
        if document.canvas.page.number == 1:
            break
    return document.finish()


def _laid_out(leaflet: Leaflet, setting: Setting, style: theme.Style) -> Document:
    document = setting.document(_("Leaflet"), "", leaflet.title, running=leaflet.project)
    document.paragraph(_("For: {audience}", audience=leaflet.audience), theme.KICKER.scaled(1.2), after=2.0)
    document.heading(leaflet.title, 1)
    if leaflet.topic != leaflet.title:
        document.paragraph(leaflet.topic, _TOPIC, after=4.0)
    head = theme.Style(theme.BOLD, style.size + 2, style.leading + 2, theme.NAVY)
    for part in _parts(leaflet.text):
        if isinstance(part, list):
            document.bullets(list(part), style, between=style.leading * 0.2)
        elif part.endswith(":"):
            document.heading(part.rstrip(":"), keep=50, style=head)
        else:
            document.paragraph(part, style, after=5.0)
    if leaflet.whom:
        document.heading(_("Do you want to know more?"), keep=60, style=head)
        document.bullets(list(leaflet.whom), style, between=2.0)
    if leaflet.funding:
        document.gap(8.0)
        document.paragraph(leaflet.funding, theme.NOTE)
    return document


def _parts(text: str) -> list[str | list[str]]:
    """Each line a paragraph or heading of its own, points together as lists."""
    found: list[str | list[str]] = []
    for block in blocks_of(text):
        if isinstance(block, list):
            found.append(block)
        elif isinstance(block, str):
            found += [line.strip() for line in block.splitlines()]
        else:
            found.append(f"{block.text}:")
    return found
