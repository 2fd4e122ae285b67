"""Observation of the tested product (obserwacja): what works, what does not, for whom (domain.md, section 9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from progressus_desktop.domain.fields import (
    Derived,
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
from progressus_desktop.domain.rules import health_hint, outside_period, plain_date, plain_int
from progressus_desktop.words import N_, NN_, Message

LIGHTEST, HEAVIEST = 1, 5

_FIELDS = (
    Field("date", Type.DATE, N_("Date"), required=True, section="basics", column=6, example="18.11.2026"),
    Field(
        "kind", Type.CODE, N_("Kind of observation"), required=True, codes="observation_kind", section="basics",
        column=1,
    ),
    Field("element", Type.CODE, N_("Element of the product"), codes="product_element", section="basics", column=2),
    Field("topic", Type.CODE, N_("Topic"), codes="topic", section="basics", column=3),
    Field(
        "text", Type.LONG_TEXT, N_("Text of the observation"), required=True, section="basics", searchable=True,
        column=4, example=N_("Nobody knows who pays for the fuel."),
    ),
    Field(
        "partner", Type.REFERENCE, N_("Organisation it is about"), target="partner", section="basics", searchable=True,
        help=N_("Its size and reach are taken over. Without one, write them beside."),
    ),
    Field("size", Type.CODE, N_("Size of the organisation"), codes="partner_size", section="basics"),
    Field("reach", Type.CODE, N_("Reach of the organisation"), codes="reach", section="basics"),
    Field(
        "weight", Type.INTEGER, N_("Weight from 1 to 5"), section="basics", example="3",
        help=N_("5 means it decides whether the product works."),
    ),
    Field("product_version", Type.TEXT, N_("Version of the product"), section="basics", example="1.2"),
    Field(
        "adaptation", Type.LONG_TEXT, N_("Adaptation"), section="basics", searchable=True,
        help=N_("What was changed or simplified."), example=N_("the rules cut to one page"),
    ),
    Field(
        "proposal", Type.LONG_TEXT, N_("Proposal of change"), section="basics", searchable=True,
        example=N_("add an annex about transport"),
    ),
    Field("event", Type.REFERENCE, N_("Event"), target="event", section="basics", more=True),
    Field("cluster", Type.REFERENCE, N_("Cluster"), target="cluster", section="basics", more=True),
    Field(
        "note", Type.LONG_TEXT, N_("Note"), section="basics", more=True, searchable=True,
        help=N_("For your own use. Without health data."),
    ),
    Field(
        "decision", Type.CODE, N_("Decision of the office"), codes="observation_decision", section="decision",
        office_only=True, column=5,
    ),
    Field("decision_reason", Type.LONG_TEXT, N_("Reason for the decision"), section="decision", office_only=True),
)  # fmt: skip


def _context(name: str) -> Callable[[Values, Lookup], Any]:
    def compute(values: Values, lookup: Lookup) -> str | None:
        partner = values.get("partner")
        found = lookup.record("partner", partner) if isinstance(partner, str) and partner else None
        value = (found or {}).get(name) or values.get(name)
        return value if isinstance(value, str) else None

    return compute


def _start(today: date, _organisation: str) -> Values:
    return {"date": today.isoformat()}


def _day(values: Values) -> date | None:
    return plain_date(values.get("date"))


def _rules(values: Values, lookup: Lookup) -> Iterable[Problem]:
    yield from outside_period(values, "date", lookup)
    yield from _has_context(values)
    yield from _weight(values)
    for name in ("text", "adaptation", "proposal", "note"):
        yield from health_hint(values, name)


def _has_context(values: Values) -> Iterator[Problem]:
    """A partner, or size and reach: this answers whether the product can be adapted."""
    if not values.get("partner") and not (values.get("size") and values.get("reach")):
        message = Message(N_("Choose the organisation it is about, or its size and reach."))
        yield Problem("partner", Level.ERROR, "required", message)


def _weight(values: Values) -> Iterator[Problem]:
    weight = plain_int(values.get("weight"))
    if weight is not None and not LIGHTEST <= weight <= HEAVIEST:
        message = Message(N_("Write a number from 1 (small) to 5 (decisive)."))
        yield Problem("weight", Level.ERROR, "weight", message)


ENTITY = Entity(
    name="observation",
    label=N_("Observation"),
    plural=N_("Observations"),
    fields=_FIELDS,
    title=("text",),
    sections=(Section("basics", N_("Observation")), Section("decision", N_("Decision of the office"))),
    derived=(
        Derived("size_met", Type.CODE, N_("Size"), _context("size"), follows=("partner",), codes="partner_size"),
        Derived("reach_met", Type.CODE, N_("Reach"), _context("reach"), follows=("partner",), codes="reach"),
    ),
    coded=True,
    rules=_rules,
    day=_day,
    tags=("kind", "element", "topic", "decision", "size_met", "reach_met"),
    order="-date",
    icon="lightbulb",
    words=ListWords(
        new=N_("&New observation"),
        counted=NN_("{n} observation", "{n} observations"),
        removed=N_("Observation moved to the bin."),
        filter=N_("Filter: text, partner"),
        empty=N_("There are no observations yet"),
        what=N_("An observation says what of the tested product works and what does not, and for whom."),
        gain=N_("What you gain when you add the first observation"),
        gains=(N_("A register of observations for the office"), N_("Answers by size and reach of organisations")),
    ),
    start=_start,
)
