"""Minutes of a meeting (protokół): what is known is printed, the rest has room for a hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from progressus_desktop.reports import forms
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.setting import Setting
from progressus_desktop.reports.tables import Column, Look, Row
from progressus_desktop.reports.theme import GRID
from progressus_desktop.words import _

_ROWS, _SPARE_ROWS, _BLANK_HIGH = 4, 3, 27.0
_LINES = 10
_ROOM = Look(pad_y=3.0, line=GRID, grid=GRID, border=GRID, radius=0.0)


@dataclass(frozen=True, slots=True)
class Minutes:
    """An event in words ready to be printed, in the language of the report."""

    code: str
    title: str
    about: Sequence[tuple[str, str]]
    present: Sequence[str] = ()
    points: Sequence[str] = ()
    course: str = ""
    arrangements: Sequence[tuple[str, str, str]] = ()
    annexes: Sequence[str] = ()


def render(minutes: Minutes, setting: Setting) -> bytes:
    """The minutes as a finished PDF file."""
    kind, running = _("Minutes of the meeting"), minutes.title or _("Event without a title")
    document = setting.document(kind, minutes.code, kind, running=running, subject=f"{running} · {minutes.code}")
    forms.head(document, " · ".join((_("Event"), minutes.code)), kind, minutes.about, minutes.code)
    _present(document, minutes)
    document.heading(_("Agenda"), keep=50)
    if minutes.points:
        document.bullets(list(minutes.points), numbered=True)
    else:
        forms.ruled(document, 4)
    document.heading(_("Course and results"), keep=70)
    if minutes.course:
        document.prose(minutes.course)
    else:
        forms.ruled(document, _LINES)
    _arrangements(document, minutes)
    document.heading(_("Annexes"), keep=60)
    forms.choices(document, list(minutes.annexes), between=1.0, columns=3)
    forms.signature(document, [_("Who took the minutes: name, date, signature"), _("Leader: name, date, signature")])
    return document.finish()


def _present(document: Document, minutes: Minutes) -> None:
    document.heading(_("Present"), keep=50)
    if minutes.present:
        document.bullets(list(minutes.present))
    else:
        forms.ruled(document, 3)


def _arrangements(document: Document, minutes: Minutes) -> None:
    """What was agreed, and rows for what is agreed at the table."""
    document.heading(_("Arrangements"), keep=100)
    rows = [Row([what, who or "–", due or "–"]) for what, who, due in minutes.arrangements]
    spare = min(_SPARE_ROWS, max(_ROWS - len(rows), 1))
    rows += [Row(["", "", ""], height=_BLANK_HIGH) for _each in range(spare)]
    columns = [Column(_("What was agreed"), share=263), Column(_("Who"), share=140), Column(_("Until when"), share=96)]
    document.table(columns, rows, _ROOM, name=_("Arrangements with person and date"))
