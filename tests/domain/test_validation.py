"""What is wrong with a record is said at the right field, with the right weight and words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progressus_desktop.domain import catalog
from progressus_desktop.domain.fields import Level, Problem
from progressus_desktop.domain.validation import LONGEST_TEXT, check, checked_shape
from progressus_desktop.errors import ValidationError
from tests.domain.builders import Shelf, a_partner, an_event

EVENT = catalog.entity("event")
PARTNER = catalog.entity("partner")


def problems(entity: str, values: dict[str, Any], shelf: Shelf | None = None) -> list[Problem]:
    return list(check(catalog.entity(entity), values, shelf or Shelf()))


def told(entity: str, values: dict[str, Any], field: str, shelf: Shelf | None = None) -> tuple[str, str]:
    (problem,) = [each for each in problems(entity, values, shelf) if each.field == field]
    return problem.level.value, str(problem.message)


def test_good_records_have_no_problems() -> None:
    assert problems("event", an_event()) == []
    assert problems("partner", a_partner()) == []


def test_an_empty_record_names_each_required_field_in_order() -> None:
    found = problems("event", {})
    assert [each.field for each in found] == ["title", "kind", "status", "date", "locality", "lead_organiser"]
    assert {each.level for each in found} == {Level.ERROR}
    assert told("event", {}, "locality") == ("error", "Enter the locality. E.g. Zmyślona.")
    assert told("event", an_event(locality="  "), "locality")[0] == "error"


@pytest.mark.parametrize("entity", list(catalog.ENTITIES))
def test_every_required_field_has_words_of_its_own(entity: str) -> None:
    of = catalog.entity(entity)
    assert "Fill in this field." not in [str(each.message) for each in check(of, {}, Shelf())]
    for field in of.fields:
        for part in field.parts:
            if part.required:
                row = {"key": "00000001", field.key_name or "key": "00000001"}
                words = [str(each.message) for each in check(of, {field.name: [row]}, Shelf())]
                assert not any("Fill in" in each for each in words), (field.name, part.name)


def test_the_end_must_come_after_the_start() -> None:
    assert told("event", an_event(end="15:30"), "end") == (
        "error",
        "The end is earlier than the start (16:00). Correct the time.",
    )
    assert "same as the start" in told("event", an_event(end="16:00"), "end")[1]
    session = {"key": "00000001", "date": "2026-11-19", "start": "12:00", "end": "9:00"}
    assert told("event", an_event(sessions=[session]), "sessions")[0] == "error"


def test_a_difference_to_the_signatures_is_an_error_until_explained() -> None:
    people = {"pwd": {"f": 15, "m": 11}}
    event = an_event(participants=people, signatures_count=24)
    assert told("event", event, "signatures_count") == (
        "error",
        "The table has 26 people, the sheet 24 signatures. Correct the numbers or explain the difference.",
    )
    assert (
        told("event", event | {"difference_note": "Dwie osoby nie mogły podpisać."}, "signatures_count")[0] == "warning"
    )
    assert problems("event", an_event(participants=people, signatures_count=26)) == []


def test_a_subgroup_is_never_larger_than_its_group() -> None:
    event = an_event(of_which={"rural": {"f": 10, "m": 1}})
    level, words = told("event", event, "of_which")
    assert (level, words) == ("error", "“Of which” has 10, but the whole column has 9. Correct the numbers.")
    assert problems("event", an_event(of_which={"rural": {"f": 9, "m": 7}, "over_50": {"f": 9}})) == []


def test_matrix_cells_are_whole_numbers_up_to_a_million() -> None:
    level, words = told("event", an_event(participants={"pwd": {"f": -1}}), "participants")
    assert (level, words) == ("error", "people with disabilities, women: write a number from 0 to a million.")
    assert any(
        each.code == "too_many" for each in problems("event", an_event(participants={"pwd": {"f": 10**6, "m": 1}}))
    )
    assert told("event", an_event(participants={"pwd": {"f": {"?": "kilka"}}}), "participants")[0] == "error"


def test_topics_not_touched_are_an_ordinary_answer() -> None:
    assert problems("event", an_event(topics=None)) == []
    assert told("event", an_event(topics=[{"topic": "T2"}]), "topics") == (
        "error",
        "Widening the NGO offer: Choose how it was raised.",
    )


def test_a_held_event_needs_its_course_and_a_planned_one_does_not() -> None:
    assert told("event", an_event(course=None), "course")[0] == "error"
    assert problems("event", an_event(course=None, status="planned", participants=None)) == []
    assert told("event", an_event(status="cancelled", participants=None), "status_reason")[0] == "warning"
    assert told("event", an_event(status="planned"), "status")[0] == "warning"


@pytest.mark.parametrize(
    ("day", "warned"), [("2026-01-01", False), ("2025-12-02", False), ("2025-12-01", True), ("2028-01-31", True)]
)
def test_a_date_outside_the_project_and_thirty_days_more_is_a_warning(day: str, warned: bool) -> None:  # noqa: FBT001
    shelf = Shelf(project={"date_from": "2026-01-01", "date_to": "2027-12-31"})
    found = problems("event", an_event(date=day), shelf)
    assert [(each.field, each.level, each.code) for each in found] == (
        [("date", Level.WARNING, "outside_period")] if warned else []
    )


@pytest.mark.parametrize("text", ["Pan Jan ma schizofrenię.", "orzeczenie o stopniu", "PESEL 44051401359"])
def test_health_data_and_pesel_in_a_note_are_hinted(text: str) -> None:
    assert told("event", an_event(note=text), "note")[0] == "warning"


def test_ordinary_notes_are_not_hinted() -> None:
    note = "Zadzwonić do PUP, numer 943740000. Osoby z niepełnosprawnościami proszą o dojazd."
    assert problems("event", an_event(note=note)) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nip", "1234567890"),
        ("nip", "0000000000"),
        ("regon", "732065834"),
        ("krs", "24777A"),
        ("postal_code", "78445a"),
        ("phone", "12345"),
        ("email", "a b@c"),
        ("gmina", "3300000"),
        ("www", "ftp://x.example"),
        ("kind", "club"),
        ("target_groups", ["mobility", "tall"]),
        ("members", -1),
        ("members", 1_000_001),
        ("first_contact", "2026-02-31"),
        ("first_contact", "27.11.2026"),
        ("name", "ab"),
        ("name", "x" * 251),
        ("nip", {"?": "jakiś"}),
        ("first_contact", {"?": "31.02.2026"}),
    ],
)
def test_each_bad_value_is_an_error_at_its_field(name: str, value: Any) -> None:
    level, words = told("partner", a_partner(**{name: value}), name)
    assert level == "error"
    assert words.endswith(".")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nip", "8567346215"),
        ("regon", "000001583"),
        ("krs", "0000024777"),
        ("postal_code", "78-445"),
        ("phone", "94 374 00 00"),
        ("phone", "000 111 222"),
        ("email", "kadry@jutrzenka.example"),
        ("gmina", "3215052"),
        ("name", "x" * 250),
    ],
)
def test_each_good_value_is_no_problem(name: str, value: Any) -> None:
    assert problems("partner", a_partner(**{name: value})) == []


def test_an_unread_value_is_told_as_the_reader_would() -> None:
    words = told("partner", a_partner(first_contact={"?": "31.11.2026"}), "first_contact")[1]
    assert words == "November has 30 days. Correct the date."


def test_an_unusual_ending_of_an_address_is_only_a_warning() -> None:
    assert told("partner", a_partner(email="biuro@krokus.con"), "email")[0] == "warning"


def test_too_long_a_text_is_an_error_that_keeps_it() -> None:
    level, words = told("event", an_event(course="ą" * (LONGEST_TEXT + 1)), "course")
    assert level == "error"
    assert "100\u00a0001" in words
    assert problems("event", an_event(course="ą" * LONGEST_TEXT)) == []


def test_ten_megabytes_are_checked_without_harm() -> None:
    assert told("event", an_event(note="x" * 10_000_000), "note")[0] == "error"


def test_an_invisible_control_character_in_a_stored_text_is_an_error() -> None:
    assert told("partner", a_partner(name="Kro\x00kus"), "name")[0] == "error"


def test_a_problem_in_a_row_names_the_row_and_the_part() -> None:
    rows = [{"key": "00000001", "what": "Wysłać wzór", "due": {"?": "31.02.2026"}}]
    assert told("event", an_event(arrangements=rows), "arrangements") == (
        "error",
        "Row 1, Due: February 2026 has 28 days. Correct the date.",
    )


def test_an_event_is_not_held_within_itself_nor_a_partner_its_own_parent() -> None:
    assert told("event", an_event(parent_event="e1"), "parent_event")[0] == "error"
    assert told("partner", a_partner(parent="p9"), "parent")[0] == "error"


def test_projects_contacts_and_photos_have_their_rules() -> None:
    project = {"name": "P", "short_code": "prog", "leader": "p1", "date_from": "2026-01-01", "date_to": "2025-01-01"}
    assert [each.field for each in problems("project", project)] == ["short_code", "date_to"]
    contact = {"person": "o1", "partner": "p1", "date_from": "2026-03", "date_to": "2025"}
    assert told("contact", contact, "date_to")[0] == "error"
    photo = {"kind": "photo", "original": "ab", "people_shown": "crowd", "persons": ["o1"]}
    assert [each.field for each in problems("photo", photo)] == ["event", "alt", "people_shown"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"titel": "x"}, "titel"),
        ({"title": 5}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"title": "a\x1bb"}, "title"),
        ({"title": "\ud800"}, "title"),
        ({"signatures_count": "24"}, "signatures_count"),
        ({"signatures_count": True}, "signatures_count"),
        ({"signatures_count": 2.5}, "signatures_count"),
        ({"signatures_count": 10**40}, "signatures_count"),
        ({"partners": "p1"}, "partners"),
        ({"partners": ["a/b"]}, "partners"),
        ({"participants": [1]}, "participants"),
        ({"participants": {"pwd": 3}}, "participants"),
        ({"participants": {"dwarfs": {"f": 3}}}, "participants"),
        ({"participants": {"pwd": {"w": 3}}}, "participants"),
        ({"participants": {"pwd": {"f": "3"}}}, "participants"),
        ({"topics": {"T1": {}}}, "topics"),
        ({"topics": [{"depth": "workshop"}]}, "topics"),
        ({"topics": [{"topic": "T9"}]}, "topics"),
        ({"topics": [{"topic": "T1"}, {"topic": "T1"}]}, "topics"),
        ({"topics": [{"topic": "T1", "deep": "x"}]}, "topics"),
        ({"agenda": [{"key": "xyz", "item": "a"}]}, "agenda"),
        ({"agenda": [{"item": 5}]}, "agenda"),
        ({"agenda": ["a"]}, "agenda"),
    ],
)
def test_json_of_another_shape_is_refused_and_names_its_field(values: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        checked_shape(EVENT, values)
    assert caught.value.field == field
    assert str(caught.value)


def test_json_of_the_right_shape_is_accepted_whatever_rules_it_breaks() -> None:
    checked_shape(
        EVENT,
        an_event(id=None)
        | {"date": "31.02.2026", "kind": "bal", "start": None, "signatures_count": -4, "note": "a\tb\nשלום 👩"},
    )
    checked_shape(EVENT, {"agenda": [{"key": "0a1b2c3d", "item": "x"}, {"item": "y"}], "date": {"?": "x"}})


values_of_any_kind = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(EVENT.fields), values_of_any_kind)
def test_any_json_is_either_refused_in_words_or_checked(field: Any, value: Any) -> None:
    told: list[str] = []
    try:
        checked_shape(EVENT, {field.name: value})
        told = [str(problem.message) for problem in check(EVENT, {field.name: value}, Shelf())]
    except ValidationError as error:
        told = [str(error)]
    assert all(told)
