"""The schedule (harmonogram): planned events with day, hours and place, to be sent before a visit of the inspector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from progressus_desktop.reports import blocks, theme
from progressus_desktop.reports.sections import listed
from progressus_desktop.reports.setting import Setting
from progressus_desktop.reports.tables import Cell, Column, Row
from progressus_desktop.reports.text import Run, bold
from progressus_desktop.words import _


@dataclass(frozen=True, slots=True)
class Planned:
    """One event; ``changed`` marks a state that a visitor must notice (cancelled, moved)."""

    day: str
    hours: str
    title: str
    kind: str
    place: str
    address: str
    organiser: str
    state: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """Events in words ready to be printed, in the language of the report."""

    organisation: str
    period: str
    events: Sequence[Planned] = ()
    total: str = ""
    left_out: str = ""
    questions: str = ""


def render(schedule: Schedule, setting: Setting) -> bytes:
    """The schedule as a finished PDF file."""
    kind, title = _("Schedule"), _("Schedule of events")
    running = "  ·  ".join(part for part in (schedule.organisation, schedule.period) if part)
    document = setting.document(kind, "", title, running=running, subject=f"{title}, {schedule.period}")
    blocks.opening(document, " · ".join(part for part in (kind, schedule.organisation) if part), title)
    opening: list[str | Run] = [bold(f"{schedule.period}. "), f"{schedule.total} {setting.as_of}."]
    document.paragraph(opening, theme.STAMP, after=4)
    columns = [
        Column(_("When"), width=106), Column(_("Event"), share=126), Column(_("Where"), share=142),
        Column(_("Organiser"), share=106), Column(_("State"), share=88),
    ]  # fmt: skip
    rows = (
        Row([_when(each), _what(each), _where(each), each.organiser or "–", _state(each)]) for each in schedule.events
    )
    listed(
        document, _("Events"), columns, rows, name=_("Planned events by date"),
        empty=_("No events are planned in this time."), note=schedule.left_out,
    )  # fmt: skip
    if schedule.questions:
        document.y += 6
        words: list[str | Run] = [f"{_('Questions:')} ", Run(schedule.questions, link=f"mailto:{schedule.questions}")]
        document.paragraph(words, theme.STAMP)
    return document.finish()


def _two(first: str, second: str, *, strong: bool = False) -> Cell:
    """Two lines in a cell, the second one muted."""
    parts: list[str | Run] = [bold(first) if strong else first or "–"]
    if second:
        parts.append(Run(f"\n{second}", colour=theme.MUTED))
    return Cell(parts)


def _when(event: Planned) -> Cell:
    return _two(event.day, event.hours, strong=True)


def _what(event: Planned) -> Cell:
    return _two(event.title, event.kind)


def _where(event: Planned) -> Cell:
    return _two(event.place, event.address)


def _state(event: Planned) -> str | Cell:
    if event.changed:
        return Cell([Run(f"! {event.state}", theme.BOLD, theme.WARN)])
    return event.state or "–"
