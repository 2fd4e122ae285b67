"""The declarations hold together: names, code lists, targets, sections, words."""

from __future__ import annotations

import csv
import json

import pytest

from progressus_desktop import assets
from progressus_desktop.domain import catalog, codelists
from progressus_desktop.domain.fields import ANY, Entity, Type
from progressus_desktop.domain.schema import describe
from progressus_desktop.errors import UsageError
from progressus_desktop.words import speaking

ENTITIES = [catalog.entity(name) for name in catalog.ENTITIES]


def test_the_record_types_of_now_are_found() -> None:
    assert list(catalog.ENTITIES) == [
        "action",
        "cluster",
        "code_text",
        "contact",
        "event",
        "indicator",
        "interaction",
        "membership",
        "monthly_report",
        "observation",
        "offer",
        "participant",
        "partner",
        "person",
        "photo",
        "project",
        "talking_point",
        "task",
        "user",
    ]
    with pytest.raises(UsageError, match="elephant"):
        catalog.entity("elephant")


@pytest.mark.parametrize(
    ("entity", "names"),
    [
        ("partner", "name kind nip regon krs postal_code locality gmina phone email relations note"),
        (
            "event",
            (
                "title kind status date start end place_name locality gmina lead_organiser host co_organisers topics "
                "participants of_which summary course difficulties arrangements note"
            ),
        ),
    ],
)
def test_names_that_scripts_use_exist(entity: str, names: str) -> None:
    assert all(catalog.entity(entity).has(name) for name in names.split())


def test_codes_that_scripts_use_exist() -> None:
    kinds = (
        "association foundation simple_association kgw osp church social_coop cis_kis wtz zaz zpch employer gmina "
        "powiat voivodeship pup pcpr ops school health media university employers_org culture soleckie lag day_support "
        "special_school informal other"
    )
    assert set(codelists.codes("partner_kind")) == set(kinds.split())
    assert (
        " ".join(codelists.codes("stage"))
        == "identified contacted talks declared agreement active paused ended refused"
    )
    assert " ".join(codelists.codes("event_status")) == "planned confirmed held cancelled moved"
    assert " ".join(codelists.codes("event_kind")) == (
        "meeting workshop summary_workshop conference fair open_day study_visit consultation cluster_meeting "
        "press_conference community other"
    )


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.name)
def test_a_declaration_holds_together(entity: Entity) -> None:
    sections = {section.name for section in entity.sections}
    names = [field.name for field in entity.fields]
    assert len(names) == len(set(names))
    assert not set(names) & {"id", "space", "entry", "key", "position"}
    assert not (entity.coded and entity.has("code"))
    assert not set(names) & {derived.name for derived in entity.derived}
    assert all(entity.has(name) for name in entity.title)
    assert entity.order.lstrip("-") in {*names, *(derived.name for derived in entity.derived)}
    assert (assets.folder("icons") / f"{entity.icon}.svg").is_file()
    for field in entity.fields:
        assert field.section in sections | {""}, field.name  # without a section the program fills it in itself
        for each in (field, *field.parts):
            assert each.label
            if each.codes:
                assert codelists.codes(each.codes)
            if each.target and each.target != ANY:
                assert catalog.entity(each.target)
            assert (each.type in {Type.REFERENCE, Type.REFERENCES}) == bool(each.target), each.name
            assert (each.type is Type.MATRIX) == bool(each.columns), each.name
        assert (field.type in {Type.MAP, Type.ROWS}) == bool(field.parts), field.name
        assert (field.type is Type.MAP) == bool(field.key_name), field.name
        assert not {part.name for part in field.parts} & {"key", "position"}


def test_table_columns_stand_as_in_the_pictures() -> None:
    def columns(name: str) -> list[str]:
        entity = catalog.entity(name)
        placed = [each for each in (*entity.fields, *entity.derived) if each.column]
        return [each.name for each in sorted(placed, key=lambda each: each.column)]

    assert columns("event") == ["date", "title", "place", "persons"]
    assert columns("partner") == ["name", "kind", "locality", "last_contact", "stage"]


@pytest.mark.parametrize("path", sorted(assets.folder("codelists").glob("*.csv")), ids=lambda path: path.stem)
def test_a_code_list_is_whole(path: object) -> None:
    with open(str(path), encoding="utf-8", newline="") as file:  # noqa: PTH123
        rows = list(csv.reader(file, delimiter=";"))
    assert {len(row) for row in rows} == {len(rows[0])}
    if rows[0][0] == "code":
        codes = [row[0] for row in rows[1:]]
        assert len(codes) == len(set(codes))
        assert all(row[1] and row[2] for row in rows[1:])


def test_every_kind_has_its_sector_and_audience() -> None:
    for kind in codelists.codes("partner_kind"):
        assert codelists.audience(kind) in codelists.codes("participant_role")
        assert codelists.sector(kind) in {*codelists.codes("sector"), ""}
        assert bool(codelists.sector(kind)) == (kind != "other")
    assert (codelists.sector("employers_org"), codelists.audience("employers_org")) == ("social", "employer")


def test_words_follow_the_language_and_unknown_codes_are_their_own() -> None:
    with speaking("pl"):
        assert codelists.word("event_status", "held") == "odbyło się"
        assert codelists.short("answer", "na") == "n.d."
    assert codelists.word("event_status", "held") == "held"
    assert codelists.word("event_status", "dreamt") == "dreamt"
    assert [item.code for item in codelists.items("sex")] == ["f", "m", "x"]


def test_expected_audiences_are_those_of_the_domain() -> None:
    roles = set(codelists.codes("participant_role"))
    assert set(codelists.expected_audiences("T1")) == roles - {"other"}
    assert codelists.expected_audiences("T2") == ("ngo_staff",)
    assert set(codelists.expected_audiences("T3")) == {"employer", "institution", "local_government", "community"}
    assert set(codelists.expected_audiences("T4")) == {"ngo_staff", "local_government"}


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.name)
def test_the_schema_describes_every_field(entity: Entity) -> None:
    described = json.loads(json.dumps(describe(entity)))
    assert [each["name"] for each in described["fields"]] == [field.name for field in entity.fields]
    for each in described["fields"]:
        assert {"type", "label", "required", "personal_data", "merge"} <= set(each)
        assert set(each["label"]) == {"pl", "en"}


def test_the_schema_names_keys_and_codes() -> None:
    fields = {each["name"]: each for each in describe(catalog.entity("event"))["fields"]}
    assert fields["topics"]["key_name"] == "topic"
    assert fields["agenda"]["key_name"] == "key"
    assert [each["code"] for each in fields["kind"]["codes"]][:2] == ["meeting", "workshop"]
    assert fields["participants"]["columns_list"] == "sex"
    assert fields["topics"]["merge"] == "map"


def test_references_to_partners_are_known() -> None:
    found = {(entity.name, field.name) for entity, field in catalog.referring("partner")}
    assert {("event", "lead_organiser"), ("event", "partners"), ("interaction", "partners")} <= found
