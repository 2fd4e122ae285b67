"""Person (osoba): a name that contacts and consents refer to (domain.md, section 4)."""

from __future__ import annotations

from collections.abc import Iterable

from progressus_desktop.domain.fields import Entity, Field, Lookup, PersonalData, Problem, Section, Type, Values
from progressus_desktop.domain.rules import health_hint
from progressus_desktop.words import N_

_P, _S = PersonalData.PERSONAL, PersonalData.SPECIAL

_FIELDS = (
    Field(
        "last_name", Type.TEXT, N_("Last name"), required=True, section="basics", personal=_P, searchable=True,
        column=1, example=N_("Przykładna"),
    ),
    Field(
        "first_name", Type.TEXT, N_("First name"), section="basics", personal=_P, searchable=True, column=2,
        example=N_("Anna"),
    ),
    Field(
        "organisation", Type.REFERENCE, N_("Organisation"), target="partner", section="basics", personal=_P,
        searchable=True, column=3,
    ),
    Field(
        "consents", Type.MAP, N_("Consents"), key_name="purpose", section="basics", more=True, personal=_S,
        help=N_("By purpose, for all photos or for one."), strict=("given", "refused", "withdrawn", "objected"),
        parts=(
            Field("state", Type.CODE, N_("Consent state"), required=True, codes="consent_state"),
            Field("date", Type.DATE, N_("Date")),
            Field("way", Type.CODE, N_("Way of giving"), codes="consent_way"),
            Field("given_by", Type.CODE, N_("Given by"), codes="consent_giver"),
            Field("document", Type.REFERENCE, N_("Document"), target="photo"),
        ),
    ),
    Field(
        "refusals", Type.ROWS, N_("Refused requests for erasure"), section="basics", more=True, personal=_P,
        help=N_("Where the law lets the organisation keep the data: the reason, and the day of the answer."),
        parts=(
            Field("date", Type.DATE, N_("Answered on"), required=True),
            Field("asked_on", Type.DATE, N_("Asked on")),
            Field("ground", Type.CODE, N_("Ground of the refusal"), required=True, codes="refusal_ground"),
            Field("words", Type.TEXT, N_("In own words"), personal=_P),
        ),
    ),
    Field(
        "note", Type.LONG_TEXT, N_("Note"), section="basics", more=True, personal=_P,
        help=N_("For your own use. Without health data."),
    ),
)  # fmt: skip


def _rules(values: Values, _lookup: Lookup) -> Iterable[Problem]:
    return health_hint(values, "note")


ENTITY = Entity(
    name="person",
    label=N_("Person"),
    plural=N_("Persons"),
    fields=_FIELDS,
    title=("first_name", "last_name"),
    sections=(Section("basics", N_("Personal data")),),
    rules=_rules,
    order="last_name",
    icon="user",
)
