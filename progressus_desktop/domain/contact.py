"""Contact (osoba kontaktowa): who to talk to at a partner, and how (domain.md, section 4)."""

from __future__ import annotations

from collections.abc import Iterable

from progressus_desktop.domain.fields import (
    Entity,
    Field,
    ListWords,
    Lookup,
    PersonalData,
    Problem,
    Section,
    Type,
    Values,
)
from progressus_desktop.domain.rules import dates_in_order, health_hint
from progressus_desktop.words import N_, NN_

_P = PersonalData.PERSONAL

_FIELDS = (
    Field(
        "person", Type.REFERENCE, N_("Contact person"), required=True, target="person", section="basics", personal=_P,
        searchable=True, column=1,
    ),
    Field(
        "partner", Type.REFERENCE, N_("Partner"), required=True, target="partner", section="basics", searchable=True,
        column=2,
    ),
    Field(
        "function", Type.TEXT, N_("Function"), section="basics", personal=_P, searchable=True, column=3,
        example=N_("human resources"),
    ),
    Field("form_of_address", Type.TEXT, N_("Form of address"), section="basics", personal=_P, example=N_("Ms")),
    Field(
        "phones", Type.ROWS, N_("Phones"), section="basics", personal=_P, searchable=True, column=4,
        parts=(Field("phone", Type.PHONE, N_("Phone"), required=True, personal=_P, example="94 374 00 00"),),
    ),
    Field(
        "emails", Type.ROWS, N_("E-mails"), section="basics", personal=_P, searchable=True,
        parts=(Field("email", Type.EMAIL, N_("E-mail"), required=True, personal=_P, example="anna@krokus.example"),),
    ),
    Field("preferred_channel", Type.CODE, N_("Preferred form of contact"), codes="channel", section="basics"),
    Field("decision_maker", Type.BOOLEAN, N_("Makes decisions"), section="basics"),
    Field("clause_given_on", Type.DATE, N_("Information clause given on"), section="basics", example="10.03.2026"),
    Field("legal_basis", Type.CODE, N_("Legal basis"), codes="data_basis", section="basics", more=True),
    Field("objection", Type.BOOLEAN, N_("Has objected"), section="basics", more=True, personal=_P),
    Field("date_from", Type.PARTIAL_DATE, N_("From"), section="basics", more=True, example="03.2026"),
    Field("date_to", Type.PARTIAL_DATE, N_("To"), section="basics", more=True, example="2027"),
    Field(
        "note", Type.LONG_TEXT, N_("Note"), section="basics", more=True, personal=_P,
        help=N_("For your own use. Without health data."),
    ),
)  # fmt: skip


def _rules(values: Values, _lookup: Lookup) -> Iterable[Problem]:
    yield from dates_in_order(values, "date_from", "date_to")
    yield from health_hint(values, "note")


ENTITY = Entity(
    name="contact",
    label=N_("Contact person"),
    plural=N_("Contact persons"),
    fields=_FIELDS,
    title=("person", "function"),
    sections=(Section("basics", N_("Contact person")),),
    coded=True,
    rules=_rules,
    order="person",
    icon="user",
    words=ListWords(counted=NN_("{n} person", "{n} persons"), removed=N_("Contact person moved to the bin.")),
)
