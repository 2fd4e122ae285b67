"""What is computed from an event and what must agree inside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Level, Lookup, Problem, Values
from progressus_desktop.domain.participant import took_part
from progressus_desktop.domain.rules import (
    count_problems,
    end_before_start,
    health_hint,
    outside_period,
    plain_date,
    plain_int,
    subgroup_problems,
    text_time,
)
from progressus_desktop.words import N_, NN_, Message

Matrix = dict[str, dict[str, int]]


def total(matrix: Any) -> int:
    """The sum of a matrix's cells; cells that are no numbers count as nothing."""
    if not isinstance(matrix, dict):
        return 0
    return sum(plain_int(cell) or 0 for row in matrix.values() if isinstance(row, dict) for cell in row.values())


def column_total(matrix: Any, column: str) -> int:
    """The sum of one column of a matrix."""
    if not isinstance(matrix, dict):
        return 0
    return sum(plain_int(row.get(column)) or 0 for row in matrix.values() if isinstance(row, dict))


def day(values: Values) -> date | None:
    """The event's date, by which search orders it."""
    return plain_date(values.get("date"))


def place(values: Values, _lookup: Lookup) -> str | None:
    """Venue and locality in one line: "Biblioteka, Zmyślona"."""
    parts = [values.get("place_name"), values.get("locality")]
    return ", ".join(part for part in parts if isinstance(part, str) and part) or None


def listed(values: Values, lookup: Lookup) -> Matrix | None:
    """The matrix that follows from an event's named list, None where there is no list.

    Whoever is a participant without another role stands under "other": the list never says who has a disability.
    """
    event = values.get("id")
    people = [*lookup.linked("participant", "event", event)] if isinstance(event, str) and event else []
    if not people:
        return None
    out: Matrix = {}
    for person in people:
        if took_part(person):
            role = str(person.get("role") or "")
            row = out.setdefault(role if role in codelists.codes("participant_role") else "other", {})
            sex = str(person.get("sex") or "x")
            row[sex] = row.get(sex, 0) + 1
    return out


def counted(values: Values, lookup: Lookup) -> Values:
    """An event with the matrix that is shown: that of the named list where there is one, else the typed one."""
    matrix = listed(values, lookup)
    return values if matrix is None else {**values, "participants": matrix}


def persons(values: Values, lookup: Lookup) -> int | None:
    """How many took part, from the matrix; None when nothing was counted."""
    return total(counted(values, lookup).get("participants")) or None


def minutes(values: Values) -> int:
    """How long the event lasted: the sum of its sessions, else from start to end; 0 if not known."""
    sessions = values.get("sessions") or [values]
    return sum(_span(each) for each in sessions if isinstance(each, dict) or each is values)


def _span(values: Values) -> int:
    start, end = text_time(values.get("start")), text_time(values.get("end"))
    return max(0, end - start) if start is not None and end is not None else 0


def person_minutes(values: Values, lookup: Lookup) -> int | None:
    """People times minutes (person-hours are a sixtieth of it); None when either is not known."""
    return ((persons(values, lookup) or 0) * minutes(values)) or None


def start(_today: date, organisation: str) -> Values:
    """A new event is planned, and led by the own organisation."""
    return {"status": "planned", "lead_organiser": organisation}


def rules(values: Values, lookup: Lookup) -> Iterable[Problem]:
    """What must agree inside an event (domain.md, sections 1 and 6)."""
    yield from end_before_start(values, "end")
    yield from _sessions(values)
    people = counted(values, lookup)
    yield from _participants(people)
    yield from _status(people)
    yield from outside_period(values, "date", lookup)
    yield from _parent(values)
    for name in ("course", "difficulties", "quotes", "summary", "note"):
        yield from health_hint(values, name)


def _sessions(values: Values) -> Iterator[Problem]:
    for session in values.get("sessions") or ():
        yield from end_before_start(session, "sessions")


def _participants(values: Values) -> Iterator[Problem]:
    people = values.get("participants")
    yield from count_problems(values, "participants")
    yield from subgroup_problems(values, "of_which", "participants")
    counted, signed = total(people), plain_int(values.get("signatures_count"))
    if signed is None or signed == counted or not isinstance(people, dict):
        return
    explained = bool(values.get("difference_note"))
    one, many = (
        NN_(
            "The table has {n} person, the sheet {signed} signatures; the difference is explained.",
            "The table has {n} people, the sheet {signed} signatures; the difference is explained.",
        )
        if explained
        else NN_(
            "The table has {n} person, the sheet {signed} signatures. Correct the numbers or explain the difference.",
            "The table has {n} people, the sheet {signed} signatures. Correct the numbers or explain the difference.",
        )
    )
    message = Message(one, {"signed": signed}, plural=many, count=counted)
    level = Level.WARNING if explained else Level.ERROR
    yield Problem("signatures_count", level, "signatures_differ", message)


def _status(values: Values) -> Iterator[Problem]:
    status = values.get("status")
    if status == "held" and not values.get("course"):
        message = Message(N_("Write what happened and what came of it, in a sentence or two."))
        yield Problem("course", Level.ERROR, "required", message)
    if status == "cancelled" and not values.get("status_reason"):
        message = Message(N_("Write why the event was cancelled. E.g. the speaker fell ill."))
        yield Problem("status_reason", Level.WARNING, "reason_missing", message)
    if status in {"planned", "confirmed", "cancelled"} and total(values.get("participants")):
        message = Message(N_("There are participants, but the event has not been held. Check the status."))
        yield Problem("status", Level.WARNING, "not_held_with_people", message)


def _parent(values: Values) -> Iterator[Problem]:
    parent = values.get("parent_event")
    if parent and parent == values.get("id"):
        message = Message(N_("An event cannot be held within itself. Choose another event."))
        yield Problem("parent_event", Level.ERROR, "own_parent", message)
