"""Joint action (wspólne działanie): what members of a cluster do together, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from progressus_desktop.domain.fields import (
    Entity,
    Field,
    Level,
    ListWords,
    Lookup,
    Problem,
    Section,
    Type,
    Values,
)
from progressus_desktop.domain.rules import count_problems, dates_in_order, health_hint, outside_period, plain_date
from progressus_desktop.words import N_, NN_, Message

_FIELDS = (
    Field(
        "title", Type.TEXT, N_("Joint action"), required=True, section="basics", searchable=True, column=1,
        example=N_("Joint rides to work practice"),
    ),
    Field("cluster", Type.REFERENCE, N_("Cluster"), target="cluster", section="basics", searchable=True, column=6),
    Field("kind", Type.CODE, N_("Kind of action"), codes="action_kind", section="basics"),
    Field("state", Type.CODE, N_("State of the action"), codes="action_state", section="basics", column=5),
    Field(
        "leader", Type.REFERENCE, N_("Who leads"), target="partner", section="basics", searchable=True, column=2
    ),
    Field("date_from", Type.DATE, N_("Action from"), section="basics", column=3, example="03.12.2026"),
    Field("date_to", Type.DATE, N_("Action to"), section="basics", example="30.06.2027"),
    Field(
        "partners", Type.REFERENCES, N_("Partners of the action"), target="partner", section="basics", searchable=True
    ),
    Field(
        "real_result", Type.LONG_TEXT, N_("Real result"), section="basics", searchable=True, column=4,
        example=N_("9 people have a ride."),
    ),
    Field(
        "outcomes", Type.MATRIX, N_("Outcomes"), codes="action_outcome", columns="women_men", section="basics",
        help=N_("How many people got an internship, a job, a training."),
    ),
    Field(
        "pwd_reached", Type.MATRIX, N_("People with disabilities reached"), codes="action_reached", columns="women_men",
        section="basics",
    ),
    Field("expected_result", Type.LONG_TEXT, N_("Expected result"), section="basics", more=True),
    Field(
        "shares", Type.ROWS, N_("Shares of partners"), section="basics", more=True,
        parts=(
            Field("partner", Type.REFERENCE, N_("Partner"), required=True, target="partner"),
            Field("share", Type.TEXT, N_("Share"), required=True, example=N_("the bus and its driver")),
        ),
    ),
    Field("employers", Type.REFERENCES, N_("Employers"), target="partner", section="basics", more=True),
    Field("events", Type.REFERENCES, N_("Events of the action"), target="event", section="basics", more=True),
    Field(
        "source_of_money", Type.TEXT, N_("Source of money"), section="basics", more=True,
        example=N_("own means of the fire brigade"),
    ),
    Field(
        "note", Type.LONG_TEXT, N_("Note"), section="basics", more=True, searchable=True,
        help=N_("For your own use. Without health data."),
    ),
)  # fmt: skip


def _start(_today: date, organisation: str) -> Values:
    return {"state": "planned", "leader": organisation}


def _day(values: Values) -> date | None:
    return plain_date(values.get("date_from"))


def _rules(values: Values, lookup: Lookup) -> Iterable[Problem]:
    yield from dates_in_order(values, "date_from", "date_to")
    yield from outside_period(values, "date_from", lookup)
    for name in ("outcomes", "pwd_reached"):
        yield from count_problems(values, name)
    if values.get("state") == "finished" and not values.get("real_result"):
        message = Message(N_("Write what came of it, in a sentence. E.g. 9 people have a ride."))
        yield Problem("real_result", Level.WARNING, "result_missing", message)
    for name in ("expected_result", "real_result", "note"):
        yield from health_hint(values, name)


ENTITY = Entity(
    name="action",
    label=N_("Joint action"),
    plural=N_("Joint actions"),
    fields=_FIELDS,
    title=("title",),
    sections=(Section("basics", N_("Joint action")),),
    coded=True,
    rules=_rules,
    day=_day,
    tags=("kind", "state"),
    order="-date_from",
    icon="calendar-plus",
    words=ListWords(
        new=N_("Add a &joint action"),
        counted=NN_("{n} joint action", "{n} joint actions"),
        removed=N_("Joint action moved to the bin."),
        filter=N_("Filter: action, partner"),
        empty=N_("There are no joint actions yet"),
        what=N_("A joint action is something two or more organisations do together: rides, a fair, work practice."),
    ),
    start=_start,
    assumed=("state",),
)
