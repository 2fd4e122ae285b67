"""Invitation and agenda (zaproszenie i agenda) of an event, with the marks of the project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from progressus_desktop.reports import blocks, forms, theme
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.sections import LISTED
from progressus_desktop.reports.setting import Setting
from progressus_desktop.reports.tables import Column, Row
from progressus_desktop.reports.text import Rich, Run, bold
from progressus_desktop.words import _

_BLANK_ROWS = 8
_BLANK_HIGH = 26.0


@dataclass(frozen=True, slots=True)
class Agenda:
    """An event in words ready to be printed, in the language of the report."""

    code: str
    title: str
    kind: str
    facts: Sequence[tuple[str, str]]
    aim: str = ""
    points: Sequence[tuple[str, str, str]] = ()
    topics: Sequence[str] = ()
    accessible: Sequence[str] = ()
    questions: Sequence[str] = ()
    email: str = ""
    funding: str = ""


def render(agenda: Agenda, setting: Setting) -> bytes:
    """The invitation as a finished PDF file."""
    kind, title = _("Invitation and agenda"), agenda.title or _("Event without a title")
    document = setting.document(kind, agenda.code, title, running=title)
    kicker = " · ".join(part for part in (_("Invitation"), agenda.kind) if part)
    blocks.opening(document, kicker, title)
    document.y += 2
    blocks.facts(document, agenda.facts)
    if agenda.aim:
        document.heading(_("What it is for"), keep=34)
        document.prose(agenda.aim)
    _points(document, agenda)
    if agenda.topics:
        document.heading(_("What we will talk about"), keep=34)
        document.bullets(list(agenda.topics))
    _access(document, agenda)
    if agenda.funding:
        document.y += 8
        document.paragraph(agenda.funding, theme.STAMP)
    return document.finish()


def _points(document: Document, agenda: Agenda) -> None:
    document.heading(_("Agenda"), keep=90)
    rows = [Row([time or "–", point, speaker or "–"]) for time, point, speaker in agenda.points]
    if not rows:
        rows = [Row(["", "", ""], height=_BLANK_HIGH) for _each in range(_BLANK_ROWS)]
    columns = [Column(_("Time"), width=60), Column(_("Agenda item"), share=290), Column(_("Speaker"), share=150)]
    document.table(columns, rows, LISTED, name=_("Agenda of the event"))


def _access(document: Document, agenda: Agenda) -> None:
    """What the place offers, and the question every enrolment asks."""
    document.heading(_("Accessibility"), keep=60)
    if agenda.accessible:
        document.paragraph([bold(_("On the spot:")), f" {', '.join(agenda.accessible)}."], after=3)
    asking: list[str | Run] = [
        _("What do you need to take part with ease? Tell us when you enrol, a week before if you can.") + " "
    ]
    if agenda.email:
        asking += [_("Write to:") + " ", Run(agenda.email, link=f"mailto:{agenda.email}"), "."]
    document.paragraph(asking, after=4)
    items: list[Rich] = list(agenda.questions)
    if items:
        forms.choices(document, items, theme.VALUE, between=1.0, columns=3)
