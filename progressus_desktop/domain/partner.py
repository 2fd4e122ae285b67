"""Partner (organizacja): every organisation met, the leader and the testers included (domain.md, section 4)."""

from __future__ import annotations

from progressus_desktop.domain.fields import (
    Derived,
    Entity,
    Field,
    ListWords,
    PersonalData,
    Section,
    Through,
    Type,
)
from progressus_desktop.domain.partner_rules import last_contact, rules, sector, stage
from progressus_desktop.words import N_, NN_

_O = PersonalData.ORGANISATION

_DATA = (
    Field(
        "name", Type.TEXT, N_("Name"), required=True, section="data", personal=_O, searchable=True, column=1,
        example=N_("“Krokus” Association"),
    ),
    Field("kind", Type.CODE, N_("Kind of organisation"), required=True, codes="partner_kind", section="data", column=2),
    Field(
        "locality", Type.TEXT, N_("Locality"), required=True, section="data", personal=_O, searchable=True, column=3,
        example="Zmyślona",
    ),
    Field("gmina", Type.GMINA, N_("Gmina (powiat)"), section="data", example=N_("Grzmiąca, szczecinecki")),
    Field("postal_code", Type.POSTAL_CODE, N_("Postal code"), section="data", personal=_O, example="78-445"),
    Field("street", Type.TEXT, N_("Street"), section="data", personal=_O, example=N_("Lipowa")),
    Field("house", Type.TEXT, N_("House number"), section="data", personal=_O, example="4"),
    Field("phone", Type.PHONE, N_("Phone"), section="data", personal=_O, searchable=True, example="94 374 00 00"),
    Field(
        "email", Type.EMAIL, N_("E-mail"), section="data", personal=_O, searchable=True,
        example="biuro@krokus.example",
    ),
    Field("www", Type.URL, N_("Website"), section="data", personal=_O, example="krokus.example"),
    Field("nip", Type.NIP, N_("NIP"), section="data", personal=_O, searchable=True, example="856-734-62-15"),
    Field("short_name", Type.TEXT, N_("Short name"), section="data", more=True, personal=_O, searchable=True),
    Field(
        "other_names", Type.ROWS, N_("Other names"), section="data", more=True, personal=_O, searchable=True,
        help=N_("Former names and names people use; search finds them too."),
        parts=(Field("name", Type.TEXT, N_("Name"), required=True, personal=_O),),
    ),
    Field(
        "regon", Type.REGON, N_("REGON"), section="data", more=True, personal=_O, searchable=True, example="000001583"
    ),
    Field("krs", Type.KRS, N_("KRS"), section="data", more=True, personal=_O, searchable=True, example="0000024777"),
    Field("parent", Type.REFERENCE, N_("Parent organisation"), target="partner", section="data", more=True),
    Field("size", Type.CODE, N_("Size"), codes="partner_size", section="data", more=True),
    Field("members", Type.INTEGER, N_("Number of members"), section="data", more=True, example="25"),
    Field("reach", Type.CODE, N_("Reach"), codes="reach", section="data", more=True),
    Field("area_kind", Type.CODE, N_("Kind of area"), codes="area_kind", section="data", more=True),
    Field("target_groups", Type.CODES, N_("Target groups"), codes="target_group", section="data", more=True),
    Field(
        "employs_pwd", Type.CODE, N_("Employs people with disabilities"), codes="employs_pwd", section="data",
        more=True,
    ),
    Field("owner", Type.REFERENCE, N_("Kept by"), target="user", section="data", more=True),
    Field("source", Type.TEXT, N_("Where we know it from"), section="data", more=True),
    Field("first_contact", Type.DATE, N_("Date of first contact"), section="data", more=True, example="10.03.2026"),
    Field(
        "in_project", Type.BOOLEAN, N_("Leader or tester of the project"), section="data", more=True,
        help=N_("Such an organisation stands outside the ordinary list of partners."),
    ),
    Field(
        "note", Type.LONG_TEXT, N_("Note"), section="data", more=True, searchable=True,
        help=N_("For your own use. Without health data."),
    ),
)  # fmt: skip

_WORK = (
    Field(
        "relations", Type.ROWS, N_("Stage of cooperation"), section="stage",
        help=N_("The newest entry is the present stage."),
        parts=(
            Field("organisation", Type.REFERENCE, N_("Whose cooperation"), required=True, target="partner"),
            Field("stage", Type.CODE, N_("Stage"), required=True, codes="stage"),
            Field("date", Type.DATE, N_("Date"), required=True, example="18.11.2026"),
            Field("note", Type.TEXT, N_("Note to the stage")),
        ),
    ),
    Field(
        "needs", Type.CODES, N_("Seeks (needs)"), codes="offer_category", section="offers",
        help=N_("Kinds of support the organisation looks for."),
    ),
    Field(
        "declarations", Type.ROWS, N_("Declarations and agreements"), section="documents",
        parts=(
            Field("kind", Type.CODE, N_("Kind of document"), required=True, codes="declaration_kind"),
            Field("date", Type.DATE, N_("Date"), example="10.03.2026"),
            Field("valid_until", Type.PARTIAL_DATE, N_("Valid until"), example="2027"),
            Field("scan", Type.REFERENCE, N_("Scan"), target="photo"),
        ),
    ),
)  # fmt: skip

ENTITY = Entity(
    name="partner",
    label=N_("Partner"),
    plural=N_("Partners"),
    fields=_DATA + _WORK,
    title=("name",),
    sections=(
        Section("data", N_("Partner data")),
        Section("contacts", N_("Contact persons")),
        Section("log", N_("Contact log")),
        Section("stage", N_("Stage of cooperation, clusters")),
        Section("offers", N_("Offers and needs")),
        Section("events", N_("Joint events")),
        Section("documents", N_("Documents")),
    ),
    derived=(
        Derived(
            "last_contact",
            Type.DATE,
            N_("Last contact"),
            last_contact,
            needs=(
                "interaction.partners",
                "event.partners",
                "event.host",
                "event.lead_organiser",
                "event.co_organisers",
            ),
            column=4,
        ),
        Derived("stage", Type.CODE, N_("Stage of cooperation"), stage, column=5),
        Derived("sector", Type.CODE, N_("Sector"), sector),
    ),
    coded=True,
    rules=rules,
    tags=("kind", "stage", "sector", "in_project"),
    through=(Through("cluster", "membership", by="partner", since="date_from", until="date_to"),),
    order="name",
    icon="handshake",
    words=ListWords(
        new=N_("&New partner"),
        counted=NN_("{n} partner", "{n} partners"),
        removed=N_("Partner moved to the bin."),
        filter=N_("Filter: name, person"),
        empty=N_("There are no partners yet"),
        what=N_("A partner is an organisation, office or firm you work with: a fire brigade, a library, an employer."),
        gain=N_("What you gain when you add the first partner"),
        gains=(
            N_("A reminder when there was no contact for long"),
            N_("A ready part “Partners by stage of cooperation” in the report"),
            N_("The whole history of contacts in one place"),
        ),
    ),
)
