"""Interaction (wpis dziennika kontaktów): one talk, letter or visit with partners (domain.md, section 5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from progressus_desktop.domain.fields import Entity, Field, ListWords, Lookup, Problem, Section, Type, Values
from progressus_desktop.domain.rules import health_hint, outside_period, plain_date
from progressus_desktop.words import N_, NN_

_FIELDS = (
    Field("date", Type.DATE, N_("Date"), required=True, section="basics", column=1, example="23.11.2026"),
    Field(
        "channel", Type.CODE, N_("Form of contact"), required=True, codes="channel", section="basics", column=2,
    ),
    Field(
        "subject", Type.TEXT, N_("What about"), required=True, section="basics", searchable=True, column=3,
        help=N_("What was agreed, one sentence"), example=N_("work practice from October"),
    ),
    Field(
        "partners", Type.REFERENCES, N_("Partners of the contact"), required=True, target="partner",
        section="basics", searchable=True,
    ),
    Field("result", Type.CODE, N_("Result"), required=True, codes="interaction_result", section="basics", column=4),
    Field(
        "topics", Type.MAP, N_("Topics"), codes="topic", key_name="topic", section="basics",
        help=N_("An audience left empty follows from the partner's kind."),
        parts=(
            Field("audience", Type.CODES, N_("To whom (audience)"), codes="participant_role"),
            Field("aspects", Type.CODES, N_("Which of these"), codes="topic_aspect"),
        ),
    ),
    Field("contacts", Type.REFERENCES, N_("Contact persons"), target="contact", section="basics", more=True),
    Field("cluster", Type.REFERENCE, N_("Cluster"), target="cluster", section="basics", more=True),
    Field("time", Type.TIME, N_("Time"), section="basics", more=True, example="9:30"),
    Field(
        "summary", Type.LONG_TEXT, N_("Summary of the talk"), section="basics", more=True, searchable=True,
        help=N_("Without health data."),
    ),
    Field(
        "next_step", Type.TEXT, N_("Next step"), section="basics", more=True, searchable=True,
        example=N_("talk about work practice"),
    ),
    Field("next_step_due", Type.DATE, N_("Next step due"), section="basics", more=True, example="+14"),
    Field("duration_min", Type.INTEGER, N_("Duration in minutes"), section="basics", more=True, example="30"),
    Field("travel_km", Type.INTEGER, N_("Travel in kilometres"), section="basics", more=True, example="24"),
    Field("attachments", Type.REFERENCES, N_("Attachments"), target="photo", section="basics", more=True),
    Field(
        "note", Type.LONG_TEXT, N_("Note"), section="basics", more=True, searchable=True,
        help=N_("For your own use. Without health data."),
    ),
)  # fmt: skip


def _day(values: Values) -> date | None:
    return plain_date(values.get("date"))


def _start(today: date, _organisation: str) -> Values:
    return {"date": today.isoformat(), "result": "informed"}


def _rules(values: Values, lookup: Lookup) -> Iterable[Problem]:
    yield from outside_period(values, "date", lookup)
    for name in ("subject", "summary", "note"):
        yield from health_hint(values, name)


ENTITY = Entity(
    name="interaction",
    label=N_("Contact log entry"),
    plural=N_("Contact log"),
    fields=_FIELDS,
    title=("subject",),
    sections=(Section("basics", N_("Contact log entry")),),
    rules=_rules,
    day=_day,
    tags=("channel", "result", "topics"),
    order="-date",
    icon="message-square",
    words=ListWords(
        new=N_("&New contact"),
        counted=NN_("{n} contact", "{n} contacts"),
        removed=N_("Contact moved to the bin."),
        empty=N_("There are no contacts yet"),
    ),
    start=_start,
)
