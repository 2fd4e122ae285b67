"""Project: one per workspace, kept by the office (domain.md, section 3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from progressus_desktop.domain.fields import Entity, Field, Level, Lookup, PersonalData, Problem, Section, Type, Values
from progressus_desktop.domain.rules import dates_in_order, plain_int
from progressus_desktop.words import N_, Message

_FIELDS = (
    Field("name", Type.TEXT, N_("Project name"), required=True, section="basics", searchable=True, column=1),
    Field("short_code", Type.TEXT, N_("Short code"), required=True, section="basics", column=2, example="PROG"),
    Field("project_no", Type.TEXT, N_("Project number"), section="basics", example="FERS.01.02-IP.03-0001/26"),
    Field("programme", Type.CODE, N_("Programme"), codes="programme", section="basics"),
    Field("leader", Type.REFERENCE, N_("Project leader"), required=True, target="partner", section="basics"),
    Field("partners", Type.REFERENCES, N_("Project partners"), target="partner", section="basics"),
    Field("date_from", Type.DATE, N_("Project from"), required=True, section="basics", example="01.01.2026"),
    Field("date_to", Type.DATE, N_("Project to"), required=True, section="basics", example="31.12.2027"),
    Field("testing_from", Type.DATE, N_("Testing from"), section="basics", example="01.03.2026"),
    Field("testing_to", Type.DATE, N_("Testing to"), section="basics", example="28.02.2027"),
    Field(
        "monthly_deadline_day", Type.INTEGER, N_("Day by which monthly reports are due"), section="basics", example="5"
    ),
    Field(
        "tasks", Type.ROWS, N_("Tasks of the application"), section="basics",
        parts=(
            Field("no", Type.TEXT, N_("Number"), required=True, example="4"),
            Field("name", Type.TEXT, N_("Task name"), required=True, example=N_("Testing the final product")),
        ),
    ),
    Field(
        "of_which", Type.CODES, N_("Groups counted as “of which”"), codes="of_which", section="basics",
        help=N_("Nothing chosen means all of them."),
    ),
    Field("named_attendance", Type.BOOLEAN, N_("Named attendance lists allowed"), section="basics"),
    Field("languages", Type.CODES, N_("Languages of reports"), codes="language", section="basics"),
    Field("office_address", Type.TEXT, N_("Office address"), section="basics"),
    Field("office_email", Type.EMAIL, N_("Office e-mail"), section="basics", example="biuro@projekt.example"),
    Field("visibility_strip", Type.REFERENCE, N_("Strip of logos"), target="photo", section="visibility"),
    Field("visibility_sentence_pl", Type.TEXT, N_("Funding statement in Polish"), section="visibility"),
    Field("visibility_sentence_en", Type.TEXT, N_("Funding statement in English"), section="visibility"),
    Field("visibility_pages", Type.CODE, N_("Strip on pages"), codes="strip_pages", section="visibility"),
    Field("visibility_colour", Type.CODE, N_("Strip colours"), codes="strip_colour", section="visibility"),
    Field("controller", Type.TEXT, N_("Data controller"), section="data_protection"),
    Field(
        "processors", Type.ROWS, N_("Data processors"), section="data_protection",
        parts=(Field("name", Type.TEXT, N_("Name"), required=True),),
    ),
    Field(
        "data_protection_contact", Type.TEXT, N_("Data protection contact"), section="data_protection",
        personal=PersonalData.PERSONAL,
    ),
    Field(
        "legal_bases", Type.ROWS, N_("Legal bases"), section="data_protection",
        parts=(
            Field("data_set", Type.TEXT, N_("Set of data"), required=True, example=N_("contact persons")),
            Field("basis", Type.CODE, N_("Legal basis"), required=True, codes="data_basis"),
            Field("clause", Type.LONG_TEXT, N_("Text of the clause")),
            Field("retention", Type.TEXT, N_("Kept until"), example=N_("5 years after the end of the project")),
        ),
    ),
    Field("retention_rule", Type.LONG_TEXT, N_("Retention rule"), section="data_protection"),
    Field("note", Type.LONG_TEXT, N_("Note"), section="basics"),
)  # fmt: skip

_LAST_DUE_DAY = 28


def _rules(values: Values, _lookup: Lookup) -> Iterable[Problem]:
    yield from _short_code(values)
    yield from dates_in_order(values, "date_from", "date_to")
    yield from dates_in_order(values, "testing_from", "testing_to")
    yield from _due_day(values)


def _short_code(values: Values) -> Iterator[Problem]:
    code = values.get("short_code")
    if isinstance(code, str) and code and not re.fullmatch(r"[A-Z]{2,6}", code):
        message = Message(N_("A short code is 2 to 6 capital letters A–Z. E.g. PROG."))
        yield Problem("short_code", Level.ERROR, "short_code", message)


def _due_day(values: Values) -> Iterator[Problem]:
    day = plain_int(values.get("monthly_deadline_day"))
    if day is not None and not 1 <= day <= _LAST_DUE_DAY:
        message = Message(N_("Give a day from 1 to 28, so that every month has it. E.g. 5."))
        yield Problem("monthly_deadline_day", Level.ERROR, "due_day", message)


ENTITY = Entity(
    name="project",
    label=N_("Project"),
    plural=N_("Projects"),
    fields=_FIELDS,
    title=("name",),
    sections=(
        Section("basics", N_("Basic data")),
        Section("visibility", N_("Marking")),
        Section("data_protection", N_("Data protection")),
    ),
    coded=True,
    rules=_rules,
    order="name",
    icon="folder-open",
    office=True,
)
