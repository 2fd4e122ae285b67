"""User: a person who works with the program (domain.md, section 3)."""

from __future__ import annotations

from collections.abc import Iterable

from progressus_desktop.domain.fields import Entity, Field, Lookup, PersonalData, Problem, Section, Type, Values
from progressus_desktop.domain.rules import dates_in_order, health_hint
from progressus_desktop.words import N_

_P = PersonalData.PERSONAL

_FIELDS = (
    Field(
        "first_name", Type.TEXT, N_("First name"), required=True, section="basics", personal=_P, column=2,
        example=N_("Anna"),
    ),
    Field(
        "last_name", Type.TEXT, N_("Last name"), required=True, section="basics", personal=_P, column=1,
        example=N_("Przykładna"),
    ),
    Field(
        "role", Type.CODE, N_("Role of the user"), required=True, codes="user_role", section="basics",
        office_only=True, column=3,
    ),
    Field("organisation", Type.REFERENCE, N_("Organisation"), target="partner", section="basics", column=4),
    Field("email", Type.EMAIL, N_("E-mail"), section="basics", personal=_P, example="anna@krokus.example"),
    Field("phone", Type.PHONE, N_("Phone"), section="basics", personal=_P, example="94 374 00 00"),
    Field("area", Type.CODES, N_("Area (gminas)"), codes="gmina", section="basics", office_only=True),
    Field("date_from", Type.DATE, N_("Contract from"), section="basics", office_only=True),
    Field("date_to", Type.DATE, N_("Contract to"), section="basics", office_only=True),
    Field(
        "authorisation_given_on", Type.DATE, N_("Data authorisation given on"), section="basics", office_only=True
    ),
    Field(
        "authorisation_given_by", Type.TEXT, N_("Data authorisation given by"), section="basics", personal=_P,
        office_only=True,
    ),
    Field(
        "note", Type.LONG_TEXT, N_("Note"), section="basics", more=True, personal=_P,
        help=N_("For your own use. Without health data."),
    ),
)  # fmt: skip


def _rules(values: Values, _lookup: Lookup) -> Iterable[Problem]:
    yield from dates_in_order(values, "date_from", "date_to")
    yield from health_hint(values, "note")


ENTITY = Entity(
    name="user",
    label=N_("User"),
    plural=N_("Users"),
    fields=_FIELDS,
    title=("first_name", "last_name"),
    sections=(Section("basics", N_("User data")),),
    rules=_rules,
    order="last_name",
    icon="user",
)
