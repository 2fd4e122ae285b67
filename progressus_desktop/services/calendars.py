"""Events by day, and planned events as a file that the calendars of phones and computers take (RFC 5545)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Connection

from progressus_desktop.clock import local, warsaw
from progressus_desktop.domain.fields import Values
from progressus_desktop.domain.rules import plain_date
from progressus_desktop.errors import StorageError
from progressus_desktop.services.lines import escaped, folded
from progressus_desktop.store import agenda, places, query
from progressus_desktop.store.agenda import Appointment
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

PLANNED = {"planned": "TENTATIVE", "confirmed": "CONFIRMED"}
"""The states of an event that go into a calendar, as RFC 5545 names them."""

_TOLD = 500
Progress = Callable[[int, int], None]


def month(connection: Connection, first: date, last: date, own: str = "") -> dict[date, list[Appointment]]:
    """What happens on each day from ``first`` to ``last``; of one organisation, or of all."""
    found: dict[date, list[Appointment]] = {}
    for each in agenda.between(connection, first.isoformat(), last.isoformat(), own):
        found.setdefault(date.fromisoformat(each.day), []).append(each)
    return found


def write(ws: Workspace, view: View, target: Path, progress: Progress | None = None) -> int:
    """Write the planned events of a list as a calendar file; gives how many events it holds.

    Raises:
        StorageError: the file cannot be written; an older one is untouched.
    """
    made = _stamp(local(ws.clock.now_ms()))
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Progressus Desktop//PL", "CALSCALE:GREGORIAN")
    lines, count = list(head), 0
    with ws.reader() as connection:
        for number, event in enumerate(_planned(ws, connection, view), start=1):
            days = [line for at, day in enumerate(_days(event)) for line in _entry(event, day, at, made)]
            lines += days
            count += bool(days)
            if progress is not None and number % _TOLD == 0:
                progress(number, number)
    lines.append("END:VCALENDAR")
    try:
        places.write_safely(target, "".join(folded(each) for each in lines).encode())
    except OSError as error:
        hint = Message(N_("Your data are safe. Free some space or choose another folder."))
        raise StorageError(Message(N_("The calendar was not written.")), hint=hint) from error
    return count


def _planned(ws: Workspace, connection: Connection, view: View) -> Iterator[Values]:
    for status in PLANNED:
        asked = replace(view, where=(*view.where, ("status", status)))
        for record in query.each(ws, "event", asked, connection):
            yield {**record.fields, "id": record.id}


def _days(event: Values) -> Iterator[Values]:
    """Each day of an event with its times: its sessions, else the event itself."""
    sessions = [each for each in event.get("sessions") or () if plain_date(each.get("date"))]
    yield from sessions or ([event] if plain_date(event.get("date")) else [])


def _entry(event: Values, on: Values, number: int, made: str) -> Iterator[str]:
    place = (event.get(name) for name in ("place_name", "street", "locality"))
    link = event.get("online_link")
    texts = {
        "SUMMARY": event.get("title"),
        "LOCATION": ", ".join(part for part in place if isinstance(part, str) and part),
        "DESCRIPTION": event.get("aim"),
    }
    yield "BEGIN:VEVENT"
    yield f"UID:{event['id']}" + (f"-{number + 1}" if number else "")
    yield f"DTSTAMP:{made}"
    yield from _times(on)
    for name, text in texts.items():
        if isinstance(text, str) and text:
            yield f"{name}:{escaped(text)}"
    if isinstance(link, str) and link:
        yield f"URL:{link}"
    yield f"STATUS:{PLANNED[event['status']]}"
    yield "END:VEVENT"


def _times(on: Values) -> Iterator[str]:
    """Begin and end in UTC; a whole day where no time is known."""
    day, start, end = plain_date(on.get("date")), _time(on.get("start")), _time(on.get("end"))
    if day is None:
        return
    if start is None:
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
        return
    yield f"DTSTART:{_stamp(datetime.combine(day, start, warsaw()))}"
    if end is not None and end > start:
        yield f"DTEND:{_stamp(datetime.combine(day, end, warsaw()))}"


def _time(value: object) -> time | None:
    try:
        return time.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
