"""What is computed from records: columns, coverage, completeness, duplicates, permission of a photo."""

from __future__ import annotations

import pytest

from progressus_desktop.domain import catalog, duplicates
from progressus_desktop.domain.completeness import completeness
from progressus_desktop.domain.coverage import coverage
from progressus_desktop.domain.event_rules import day, person_minutes, persons, place
from progressus_desktop.domain.partner_rules import last_contact, sector, stage
from progressus_desktop.domain.photo import permission
from tests.domain.builders import Shelf, a_partner, an_event

SHELF = Shelf()


def test_people_and_person_minutes_come_from_the_matrix_and_the_times() -> None:
    assert persons(an_event(), SHELF) == 16
    assert persons(an_event(participants=None), SHELF) is None
    assert person_minutes(an_event(), SHELF) == 16 * 150
    two_days = [{"key": "1", "start": "10:00", "end": "12:00"}, {"key": "2", "start": "10:00", "end": "11:00"}]
    assert person_minutes(an_event(sessions=two_days), SHELF) == 16 * 180
    assert person_minutes(an_event(end=None), SHELF) is None
    assert persons(an_event(participants={"?": "wielu"}), SHELF) is None


def test_the_place_joins_venue_and_locality() -> None:
    assert place(an_event(place_name="Świetlica"), SHELF) == "Świetlica, Lipniki Wzorcowe"
    assert place({}, SHELF) is None
    assert day({"date": {"?": "wkrótce"}}) is None


def test_the_sector_follows_from_the_kind() -> None:
    assert [sector({"kind": kind}, SHELF) for kind in ("kgw", "zpch", "pup", "other")] == [
        "social",
        "private",
        "public",
        None,
    ]


def test_the_stage_is_the_newest_row_of_the_own_organisation() -> None:
    rows = [
        {"key": "1", "organisation": "us", "stage": "talks", "date": "2026-03-01"},
        {"key": "2", "organisation": "us", "stage": "declared", "date": "2026-05-01"},
        {"key": "3", "organisation": "them", "stage": "refused", "date": "2026-06-01"},
    ]
    assert stage({"relations": rows}, Shelf(own="us")) == "declared"
    assert stage({"relations": rows}, Shelf(own="nobody")) == "refused"
    assert stage({"relations": [rows[0] | {"stage": "active"}, rows[0]]}, Shelf(own="us")) == "talks"
    assert stage({}, SHELF) is None


def test_the_last_contact_is_the_newest_interaction_or_held_event() -> None:
    shelf = Shelf(
        {
            ("interaction", "i1"): {"partners": ["p9"], "date": "2026-08-12"},
            ("interaction", "i2"): {"partners": ["p8"], "date": "2026-12-12"},
            ("event", "e1"): an_event(partners=["p9"], date="2026-09-01"),
            ("event", "e2"): an_event(host="p9", date="2026-10-01", status="planned"),
        }
    )
    assert last_contact(a_partner(), shelf) == "2026-09-01"
    assert last_contact(a_partner(id="p7"), shelf) is None


def test_derived_columns_name_fields_that_exist() -> None:
    for entity in catalog.ENTITIES.values():
        for derived in entity.derived:
            for need in derived.needs:
                other, _, name = need.partition(".")
                assert catalog.entity(other).field(name).target == entity.name


def test_coverage_counts_held_events_and_interactions_and_names_the_gaps() -> None:
    events = [
        an_event(id="e1", topics=[{"topic": "T2", "depth": "presented", "audience": ["ngo_staff"]}]),
        an_event(id="e2", status="planned", topics=[{"topic": "T4", "depth": "presented", "audience": ["ngo_staff"]}]),
    ]
    talks = [
        {"id": "i1", "partners": ["p9"], "topics": [{"topic": "T3"}]},
        {"id": "i2", "partners": ["p9"], "topics": [{"topic": "T3", "audience": ["community"]}]},
        {"id": "i3", "partners": ["p9"]},
    ]
    found = coverage(events, talks, {"p9": "employer"}.get)  # type: ignore[arg-type]
    assert found.counts["T2"]["ngo_staff"] == 1
    assert found.counts["T3"] | {} == found.counts["T3"]
    assert (found.counts["T3"]["employer"], found.counts["T3"]["community"]) == (1, 1)
    assert found.counts["T4"]["ngo_staff"] == 0
    assert ("T4", "ngo_staff") in found.gaps
    assert ("T2", "employer") not in found.expected
    assert found.records["T3", "employer"] == ("i1",)
    assert len(found.expected) == 17
    assert found.percent == 100 * 3 // 17


def test_coverage_of_nothing_is_all_gaps_and_the_office_may_expect_otherwise() -> None:
    nothing = coverage([], [], str)
    assert nothing.gaps == nothing.expected
    assert nothing.percent == 0
    assert coverage([], [], str, lambda _topic: ()).percent == 100


def test_completeness_names_what_is_missing() -> None:
    bare = completeness({}, 0)
    assert bare.percent == 0
    assert "4 more photos" in [str(each) for each in bare.missing]
    full = an_event(topics=[{"topic": "T1"}], agenda=[{"item": "x"}], visibility=[{"item": "poster", "answer": "yes"}])
    assert completeness(full, 4, has_list_scan=True).percent == 100
    assert [str(each) for each in completeness(full, 3, has_list_scan=True).missing] == ["1 more photo"]


@pytest.mark.parametrize(
    ("other", "field", "certain"),
    [
        ({"nip": "8567346215", "name": "Coś innego", "locality": "Daleko"}, "nip", True),
        ({"phone": "+48 94 374 00 00", "name": "Coś innego"}, "phone", False),
        ({"email": "BIURO@krokus.example", "name": "Coś innego"}, "email", False),
        ({"name": "Stow. „Krokus nad Strugą”"}, "name", False),
        ({"name": "STOWARZYSZENIE KROKUS NAD STRUGA"}, "name", False),
    ],
)
def test_a_partner_that_may_be_the_same_is_hinted(other: dict[str, str], field: str, certain: bool) -> None:  # noqa: FBT001
    mine = a_partner(
        name="Stowarzyszenie „Krokus nad Strugą”", nip="8567346215", phone="94 374 00 00", email="biuro@krokus.example"
    )
    (hint,) = duplicates.partners(mine, [a_partner(id="p2", **other)])
    assert (hint.record, hint.field, hint.certain) == ("p2", field, certain)


def test_branches_other_places_and_the_record_itself_are_not_hinted() -> None:
    mine = a_partner(nip="8567346215")
    others = [
        a_partner(nip="8567346215"),
        a_partner(id="p2", nip="8567346215", parent="p9", locality="Inna", name="Oddział"),
        a_partner(id="p3", locality="Przykładów"),
        a_partner(id="p4", name="Biblioteka"),
    ]
    assert list(duplicates.partners(mine, others)) == []


def test_abbreviations_are_read_in_full() -> None:
    assert duplicates.expanded("GOPS Przykładów") == duplicates.expanded("Gminny Ośrodek Pomocy Społecznej Przykładów")


def test_events_of_one_day_and_place_or_title_are_hinted() -> None:
    mine = an_event()
    same_place = an_event(id="e2", title="Coś innego")
    same_title = an_event(id="e3", locality="Gdzie indziej", title="spotkanie klastrów")
    elsewhere = an_event(id="e4", date="2026-11-19")
    hints = list(duplicates.events(mine, [mine, same_place, same_title, elsewhere]))
    assert [(each.record, each.field) for each in hints] == [("e2", "date"), ("e3", "title")]


def test_persons_of_one_name_are_hinted() -> None:
    anna = {"id": "o1", "first_name": "Anna", "last_name": "Przykładna"}
    assert [each.record for each in duplicates.persons(anna, [anna, anna | {"id": "o2"}])] == ["o2"]


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((), "unknown"),
        (("given", "given"), "full"),
        (("given", "refused"), "partial"),
        (("refused",), "none"),
        (("given", "withdrawn"), "withdrawn"),
    ],
)
def test_the_permission_of_a_photo_is_the_worst_of_its_people(states: tuple[str, ...], expected: str) -> None:
    people = {
        ("person", f"o{n}"): {"consents": [{"purpose": "image:all", "state": state}]} for n, state in enumerate(states)
    }
    photo = {"id": "f1", "people_shown": "recognisable", "persons": [key[1] for key in people]}
    assert permission(photo, Shelf(people)) == expected


def test_a_consent_for_one_photo_beats_that_for_all() -> None:
    consents = [{"purpose": "image:all", "state": "refused"}, {"purpose": "image:f1", "state": "given"}]
    shelf = Shelf({("person", "o1"): {"consents": consents}})
    photo = {"id": "f1", "people_shown": "recognisable", "persons": ["o1"]}
    assert permission(photo, shelf) == "full"
    assert permission(photo | {"id": "f2"}, shelf) == "none"
    assert permission(photo | {"people_count": 2}, shelf) == "partial"
    assert permission({"people_shown": "crowd"}, shelf) == "not_needed"
