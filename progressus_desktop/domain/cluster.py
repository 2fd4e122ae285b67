"""Cluster (klaster): organisations of an area that act jointly (domain.md, section 8).

What members give and seek, possible matches and gaps are derived from offers and needs (``cooperation.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import (
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

STAGES = "cluster_stage"
"""The code list of stages, in the order in which a cluster goes through them."""

_O = PersonalData.ORGANISATION

_FIELDS = (
    Field(
        "name", Type.TEXT, N_("Name of the cluster"), required=True, section="basics", personal=_O, searchable=True,
        column=1, example=N_("By the Struga"),
    ),
    Field("short_name", Type.TEXT, N_("Short name"), section="basics", personal=_O, searchable=True),
    Field("stage", Type.CODE, N_("Stage of the cluster"), required=True, codes=STAGES, section="basics", column=2),
    Field("form", Type.CODE, N_("Form of cooperation"), codes="cluster_form", section="basics"),
    Field("area", Type.CODES, N_("Area (gminas)"), required=True, codes="gmina", section="basics"),
    Field(
        "coordinator", Type.REFERENCE, N_("Coordinating organisation"), target="partner", section="basics",
        searchable=True, column=3,
    ),
    Field(
        "coordinator_contact", Type.REFERENCE, N_("Coordinator (contact person)"), target="contact", section="basics"
    ),
    Field(
        "stage_dates", Type.MAP, N_("Stages with dates"), codes=STAGES, key_name="stage", section="basics",
        help=N_("Since when each stage."),
        parts=(Field("date", Type.DATE, N_("Date"), required=True, example="10.03.2026"),),
    ),
    Field(
        "mission", Type.LONG_TEXT, N_("Mission"), section="basics", more=True, searchable=True,
        example=N_("Work within reach for everybody in three villages."),
    ),
    Field(
        "meeting_rhythm", Type.TEXT, N_("Rhythm of meetings"), section="basics", more=True,
        example=N_("first Tuesday of the month"),
    ),
    Field("rules", Type.REFERENCE, N_("Rules of the cluster (file)"), target="photo", section="basics", more=True),
    Field("risks", Type.LONG_TEXT, N_("Risks"), section="basics", more=True),
    Field("plan_to_last", Type.LONG_TEXT, N_("Plan to last"), section="basics", more=True,
          help=N_("How the cluster goes on after the project.")),
    Field(
        "note", Type.LONG_TEXT, N_("Note"), section="basics", more=True, searchable=True,
        help=N_("For your own use. Without health data."),
    ),
)  # fmt: skip


def stage_number(stage: str) -> int:
    """The place of a stage from 1; 0 for an unknown one."""
    codes = codelists.codes(STAGES)
    return codes.index(stage) + 1 if stage in codes else 0


def _dates(values: Values) -> Iterator[Values]:
    """The stages with dates, none where what was typed could not be read."""
    found = values.get("stage_dates")
    return (item for item in found if isinstance(item, dict)) if isinstance(found, list) else iter(())


def stage_day(values: Values, stage: str) -> date | None:
    """The day a stage was reached, None if it is not known."""
    found = (item.get("date") for item in _dates(values) if item.get("stage") == stage)
    return plain_date(next(found, None))


def reached_on(values: Values, stage: str) -> date | None:
    """The first day on which a cluster was at ``stage`` or a later one (not ended), None if it never was."""
    least = stage_number(stage)
    days = [
        plain_date(item.get("date"))
        for item in _dates(values)
        if item.get("stage") != "ended" and stage_number(str(item.get("stage"))) >= least
    ]
    return min((day for day in days if day), default=None)


def _members(values: Values, lookup: Lookup) -> int | None:
    cluster = values.get("id")
    if not isinstance(cluster, str):
        return None
    present = {
        each.get("partner") for each in lookup.linked("membership", "cluster", cluster) if not each.get("date_to")
    }
    return len(present) or None


def _start(today: date, organisation: str) -> Values:
    return {"stage": "idea", "coordinator": organisation, "stage_dates": [{"stage": "idea", "date": today.isoformat()}]}


def _rules(values: Values, _lookup: Lookup) -> Iterable[Problem]:
    yield from _dated(values)
    yield from _in_order(values)
    for name in ("mission", "risks", "plan_to_last", "note"):
        yield from health_hint(values, name)


def _dated(values: Values) -> Iterator[Problem]:
    stage = values.get("stage")
    if isinstance(stage, str) and stage and stage_day(values, stage) is None:
        message = Message(N_("Write since when the cluster is at this stage."))
        yield Problem("stage_dates", Level.WARNING, "stage_date_missing", message)


def _in_order(values: Values) -> Iterator[Problem]:
    days = [(stage, day) for stage in codelists.codes(STAGES) if (day := stage_day(values, stage))]
    for (_earlier, first), (later, second) in pairwise(days):
        if second < first:
            shown = {"stage": codelists.word(STAGES, later)}
            message = Message(N_("“{stage}” is earlier than the stage before it. Check the dates."), shown)
            yield Problem("stage_dates", Level.WARNING, "stages_in_order", message)
            return


ENTITY = Entity(
    name="cluster",
    label=N_("Cluster"),
    plural=N_("Clusters"),
    fields=_FIELDS,
    title=("name",),
    sections=(
        Section("basics", N_("Cluster data")),
        Section("members", N_("Members")),
        Section("actions", N_("Joint actions")),
        Section("events", N_("Meetings and contacts")),
    ),
    derived=(Derived("members", Type.INTEGER, N_("Members"), _members, needs=("membership.cluster",), column=4),),
    coded=True,
    rules=_rules,
    tags=("stage", "form"),
    order="name",
    icon="network",
    words=ListWords(
        new=N_("&New cluster"),
        counted=NN_("{n} cluster", "{n} clusters"),
        removed=N_("Cluster moved to the bin."),
        filter=N_("Filter: name, coordinator"),
        empty=N_("There are no clusters yet"),
        what=N_("A cluster is a group of organisations that act jointly: one gives a ride, another a place to work."),
        gain=N_("What you gain when you add the first cluster"),
        gains=(
            N_("A table of who gives and who seeks what"),
            N_("Possible matches, and gaps that nobody covers"),
            N_("A ready part of the report"),
        ),
    ),
    start=_start,
    unique=(("name",),),
)
