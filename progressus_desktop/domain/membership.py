"""Membership (członkostwo): an organisation in a cluster, what it brings, and how it cooperated before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from progressus_desktop.domain.fields import Entity, Field, ListWords, Lookup, Problem, Section, Type, Values
from progressus_desktop.domain.rules import dates_in_order, health_hint, plain_date
from progressus_desktop.words import N_, NN_

_FIELDS = (
    Field(
        "cluster", Type.REFERENCE, N_("Cluster"), required=True, target="cluster", section="basics", searchable=True,
        column=1,
    ),
    Field(
        "partner", Type.REFERENCE, N_("Member organisation"), required=True, target="partner", section="basics",
        searchable=True, column=2,
    ),
    Field(
        "role", Type.CODE, N_("Role in the cluster"), required=True, codes="cluster_role", section="basics", column=3
    ),
    Field("date_from", Type.DATE, N_("Member since"), required=True, section="basics", column=4, example="10.03.2026"),
    Field("date_to", Type.PARTIAL_DATE, N_("Member until"), section="basics", example="2027"),
    Field(
        "cooperation_before", Type.CODE, N_("Cooperation before"), required=True, codes="cooperation_before",
        section="basics", help=N_("How it worked with the other members before the cluster."), column=5,
    ),
    Field("resources", Type.CODES, N_("Resources brought"), codes="cluster_resource", section="basics"),
    Field("hours_month", Type.INTEGER, N_("Hours a month"), section="basics", example="10"),
    Field("contact", Type.REFERENCE, N_("Contact person"), target="contact", section="basics"),
    Field(
        "document", Type.REFERENCE, N_("Document of membership"), target="photo", section="basics", more=True
    ),
    Field(
        "note", Type.LONG_TEXT, N_("Note"), section="basics", more=True, searchable=True,
        help=N_("For your own use. Without health data."),
    ),
)  # fmt: skip


def _start(today: date, _organisation: str) -> Values:
    return {"role": "member", "date_from": today.isoformat()}


def _day(values: Values) -> date | None:
    return plain_date(values.get("date_from"))


def _rules(values: Values, _lookup: Lookup) -> Iterable[Problem]:
    yield from dates_in_order(values, "date_from", "date_to")
    yield from health_hint(values, "note")


def is_member(membership: Values, day: date) -> bool:
    """Whether a membership holds on ``day``; a partial end counts to its last day."""
    since, until = plain_date(membership.get("date_from")), membership.get("date_to")
    begun = since is None or since <= day
    return begun and (not isinstance(until, str) or not until or day.isoformat()[: len(until)] <= until)


ENTITY = Entity(
    name="membership",
    label=N_("Membership"),
    plural=N_("Memberships"),
    fields=_FIELDS,
    title=("partner", "cluster"),
    sections=(Section("basics", N_("Membership")),),
    rules=_rules,
    day=_day,
    tags=("role", "cooperation_before"),
    order="partner",
    icon="users",
    words=ListWords(
        new=N_("Add a &member"),
        counted=NN_("{n} member", "{n} members"),
        removed=N_("Membership moved to the bin."),
        filter=N_("Filter: cluster, organisation"),
        empty=N_("There are no members yet"),
        what=N_("A membership says since when an organisation is in a cluster and what it brings."),
    ),
    start=_start,
    unique=(("cluster", "partner", "date_from"),),
)
