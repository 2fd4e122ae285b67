"""Task (zadanie): what is to be done, by whom, until when, and about what (domain.md, section 9).

An arrangement of an event or the next step of an interaction that has a date is a task too, with an id
made of its source, so that two laptops make the same one (``source_id``).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import date

from progressus_desktop.domain import catalog
from progressus_desktop.domain.dates import shown_date
from progressus_desktop.domain.fields import (
    ANY,
    Derived,
    Entity,
    Field,
    Level,
    ListWords,
    Lookup,
    PersonalData,
    Problem,
    Section,
    Type,
    Values,
)
from progressus_desktop.domain.rules import health_hint, plain_date
from progressus_desktop.words import N_, NN_, Message

NEXT_STEP = "next_step"
"""What the task of an interaction is named by; that of an arrangement bears the row's key."""

_FIELDS = (
    Field(
        "what", Type.TEXT, N_("What to do"), required=True, section="basics", searchable=True, column=1,
        example=N_("Arrange a visit to the plant"),
    ),
    Field(
        "who", Type.TEXT, N_("Who does it"), section="basics", personal=PersonalData.PERSONAL, searchable=True,
        column=3, example="Anna P.",
    ),
    Field("due", Type.DATE, N_("Due on"), required=True, section="basics", column=4, example="+7"),
    Field("state", Type.CODE, N_("State of the task"), codes="task_state", section="basics", column=5),
    Field("priority", Type.CODE, N_("Priority"), codes="task_priority", section="basics"),
    Field(
        "record", Type.REFERENCE, N_("What it is about"), target=ANY, section="basics", searchable=True,
        help=N_("What the office writes about an entry of a tester goes to that tester."),
    ),
    Field(
        "note", Type.LONG_TEXT, N_("What exactly"), section="basics", searchable=True,
        example=N_("Two sentences: how many people, from where, what was missing."),
    ),
    Field("done_on", Type.DATE, N_("Done on"), section="basics", example="19.11.2026"),
    Field(
        "evidence", Type.TEXT, N_("Evidence"), section="basics", searchable=True,
        example=N_("letter of 19 November in the file"),
    ),
    Field("origin", Type.CODE, N_("Where it comes from"), codes="task_origin"),
)  # fmt: skip


def source_id(record_id: str, name: str) -> str:
    """The id of the task that belongs to a row or field of another record."""
    return str(uuid.uuid5(uuid.UUID(record_id), name))


def about(values: Values, lookup: Lookup) -> str | None:
    """What a task is about in one line: the record's own name and date ("Cluster meeting, 18.11.2026")."""
    record = values.get("record")
    found = lookup.record(ANY, record) if isinstance(record, str) and record else None
    if found is None:
        return None
    of = catalog.ENTITIES[str(found["entity"])]
    words = [found.get(name) for name in of.title if of.field(name).type in {Type.TEXT, Type.LONG_TEXT}]
    day = found.get("date")
    parts = [*(str(word) for word in words if word), *([shown_date(day)] if isinstance(day, str) else [])]
    return ", ".join(parts) or None


def turn(values: Values, _lookup: Lookup) -> str | None:
    """By what lists order tasks: open ones by their day, then the others, the latest first."""
    due = values.get("due")
    day = due if isinstance(due, str) else "9999-12-31"
    if values.get("state") in {None, "open"}:
        return f"0{day}"
    left = date.max.toordinal() - (plain_date(day) or date.min).toordinal()
    return f"{1 if values.get('state') == 'done' else 2}{left:07d}"


def _start(today: date, _organisation: str) -> Values:
    return {"state": "open", "origin": "own", "due": today.isoformat()}


def _day(values: Values) -> date | None:
    return plain_date(values.get("due"))


def _rules(values: Values, _lookup: Lookup) -> Iterable[Problem]:
    yield from _finished(values)
    yield from health_hint(values, "note")


def _finished(values: Values) -> Iterator[Problem]:
    if values.get("done_on") and values.get("state") == "open":
        message = Message(N_("There is a day on which it was done, but the task is open. Change one of them."))
        yield Problem("done_on", Level.WARNING, "open_with_day", message)
    record = values.get("record")
    if record and record == values.get("id"):
        message = Message(N_("A task cannot be about itself. Choose another entry."))
        yield Problem("record", Level.ERROR, "own_record", message)


ENTITY = Entity(
    name="task",
    label=N_("Task"),
    plural=N_("Tasks"),
    fields=_FIELDS,
    title=("what",),
    sections=(Section("basics", N_("Task")),),
    derived=(
        Derived("about", Type.TEXT, N_("About"), about, follows=("record",), column=2),
        Derived("turn", Type.TEXT, N_("Order"), turn),
    ),
    coded=True,
    rules=_rules,
    day=_day,
    tags=("state", "who", "priority", "origin"),
    order="turn",
    icon="list-checks",
    words=ListWords(
        new=N_("&New task"),
        counted=NN_("{n} task", "{n} tasks"),
        removed=N_("Task moved to the bin."),
        filter=N_("Filter: task, partner"),
        empty=N_("There are no tasks yet"),
        what=N_("A task is something to do by a day. Arrangements of events become tasks by themselves."),
        gain=N_("What you gain when you add the first task"),
        gains=(N_("A reminder on the first page, in time"), N_("Evidence of what was done, ready for the report")),
    ),
    start=_start,
    assumed=("state", "origin"),
)
