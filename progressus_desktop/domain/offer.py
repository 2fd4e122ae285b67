"""Service offer (oferta): what an organisation can give, to whom, where and since when (domain.md, section 4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from progressus_desktop.domain.fields import (
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
from progressus_desktop.domain.rules import health_hint, outside_period, plain_date
from progressus_desktop.words import N_, NN_, Message

_FIELDS = (
    Field(
        "partner", Type.REFERENCE, N_("Partner"), required=True, target="partner", section="basics", searchable=True,
        column=2,
    ),
    Field(
        "category", Type.CODE, N_("Category of offer"), required=True, codes="offer_category", section="basics",
        searchable=True, column=1,
    ),
    Field(
        "description", Type.LONG_TEXT, N_("What is offered"), section="basics",
        personal=PersonalData.ORGANISATION, searchable=True, example=N_("a bus with 9 seats on Thursdays"),
    ),
    Field("for_whom", Type.CODES, N_("For whom"), codes="target_group", section="basics"),
    Field("cost", Type.CODE, N_("Cost"), codes="offer_cost", section="basics", column=4),
    Field("accessible", Type.CODE, N_("Accessible"), codes="accessible", section="basics"),
    Field(
        "capacity_month", Type.INTEGER, N_("How many a month"), section="basics", column=3, example="20",
        help=N_("Places, hours or rides."),
    ),
    Field("valid_to", Type.PARTIAL_DATE, N_("Valid until"), section="basics", column=5, example="12.2027"),
    Field("new_since_project", Type.BOOLEAN, N_("New since the project"), required=True, section="basics"),
    Field("new_since", Type.DATE, N_("Offered since"), section="basics", example="10.03.2026"),
    Field("area", Type.CODES, N_("Area (gminas)"), codes="gmina", section="basics", more=True),
    Field(
        "note", Type.LONG_TEXT, N_("Note"), section="basics", more=True, searchable=True,
        help=N_("For your own use. Without health data."),
    ),
)  # fmt: skip


def _start(_today: date, _organisation: str) -> Values:
    return {"new_since_project": False}


def _day(values: Values) -> date | None:
    return plain_date(values.get("new_since"))


def _rules(values: Values, lookup: Lookup) -> Iterable[Problem]:
    if values.get("new_since_project") is True and not values.get("new_since"):
        message = Message(N_("Write since when it is offered, so that it is counted in its month."))
        yield Problem("new_since", Level.WARNING, "new_since_missing", message)
    yield from outside_period(values, "new_since", lookup)
    for name in ("description", "note"):
        yield from health_hint(values, name)


ENTITY = Entity(
    name="offer",
    label=N_("Offer"),
    plural=N_("Offers"),
    fields=_FIELDS,
    title=("category", "partner"),
    sections=(Section("basics", N_("Offer")),),
    rules=_rules,
    day=_day,
    tags=("category", "cost", "new_since_project"),
    order="category",
    icon="handshake",
    words=ListWords(
        new=N_("&New offer"),
        counted=NN_("{n} offer", "{n} offers"),
        removed=N_("Offer moved to the bin."),
        filter=N_("Filter: offer, partner"),
        empty=N_("There are no offers yet"),
        what=N_("An offer is something an organisation can share: a ride, a training, a place to work."),
    ),
    start=_start,
    assumed=("new_since_project",),
)
