"""Named lists: only where the project allows, one record a person, the consent its own, numbers that follow."""

from __future__ import annotations

from typing import Any

import pytest

from progressus_desktop.domain import catalog
from progressus_desktop.domain.participant import identity
from progressus_desktop.errors import AccessError, ValidationError
from progressus_desktop.services import indicators, records, reporting, undoing
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from tests.reports import reading

EVENT = {
    "title": "Szkolenie", "kind": "workshop", "status": "held", "date": "2026-10-17", "locality": "Zmyślona",
    "course": "Rozmowa o pracę.", "participants": {"pwd": {"f": 3}, "ngo_staff": {"m": 2}},
}  # fmt: skip


@pytest.fixture
def named(lone: Workspace) -> Workspace:
    (row,) = query.window(lone, "project", View(), 0)
    records.save(lone, "project", row.id, {"named_attendance": True})
    return lone


def an_event(ws: Workspace) -> str:
    return records.add_many(ws, "event", [EVENT])[0]


def put(ws: Workspace, event: str, name: str, **values: Any) -> str:
    person = {"last_name": name, "first_name": "Ewa"}
    return records.save(ws, "participant", None, {"event": event, "person": person, **values}, draft=False).id


def fields(ws: Workspace, entity: str, record_id: str) -> dict[str, Any]:
    record = records.get(ws, entity, record_id)
    assert record is not None
    return dict(record.fields)


def test_a_project_without_named_lists_refuses_participants(lone: Workspace) -> None:
    event = an_event(lone)
    with pytest.raises(ValidationError) as refused:
        put(lone, event, "Adamska")
    assert refused.value.field == "event"
    assert query.total(lone, "person", View()) == 0


def test_no_field_says_anything_about_a_disability() -> None:
    of = catalog.entity("participant")
    assert "pwd" not in str([field.name for field in of.fields])
    from progressus_desktop.domain import codelists

    assert set(codelists.codes("named_role")) == {"participant", *codelists.codes("participant_role")} - {"pwd"}


def test_a_person_is_on_the_list_once_and_comes_back_when_added_again(named: Workspace) -> None:
    event = an_event(named)
    first = put(named, event, "Adamska", role="ngo_staff", sex="f")
    person = fields(named, "participant", first)["person"]
    assert first == identity({"event": event, "person": person})
    assert records.save(named, "participant", None, {"event": event, "person": person, "signed": True}).id == first
    records.remove(named, "participant", first)
    again = records.save(named, "participant", None, {"event": event, "person": person, "present": "late"})
    assert again.id == first
    found = fields(named, "participant", first)
    assert (found["role"], found["signed"], found["present"]) == ("ngo_staff", True, "late")


def test_changing_the_person_is_removing_one_and_adding_another(named: Workspace) -> None:
    event = an_event(named)
    first = put(named, event, "Adamska", role="media")
    other = records.save(named, "person", None, {"last_name": "Nijaki"}).id
    moved = records.save(named, "participant", first, {"person": other})
    assert [row.id for row in query.window(named, "participant", View(), 0)] == [moved.id]
    assert fields(named, "participant", moved.id)["role"] == "media"
    undoing.undo(named)
    assert [row.id for row in query.window(named, "participant", View(), 0)] == [first]


def test_the_numbers_follow_the_list_and_the_typed_ones_return_when_it_is_empty(named: Workspace) -> None:
    event = an_event(named)
    ids = [
        put(named, event, "Adamska", role="ngo_staff", sex="f"),
        put(named, event, "Nijaki", role="participant", sex="m", present="late"),
        put(named, event, "Próbna", role="volunteer", sex="f", present="no"),
    ]
    shown = fields(named, "event", event)
    assert shown["participants"] == {"ngo_staff": {"f": 1}, "other": {"m": 1}}
    assert query.window(named, "event", View(), 0)[0].values["persons"] == 2
    records.save(named, "event", event, {"participants": {"media": {"x": 50}}, "signatures_count": 5})
    found = records.problems(named, "event", event, fields(named, "event", event))
    assert "signatures_differ" in [each.code for each in found]
    records.remove_many(named, "participant", ids)
    assert fields(named, "event", event)["participants"] == EVENT["participants"]
    assert query.window(named, "event", View(), 0)[0].values["persons"] == 5


def test_the_consent_on_the_list_is_the_person_s_own(named: Workspace) -> None:
    event = an_event(named)
    first = put(named, event, "Adamska", image_consent="yes", image_consent_date="2026-10-17")
    found = fields(named, "participant", first)
    person = found["person"]
    assert (found["image_consent"], found["image_consent_date"]) == ("yes", "2026-10-17")
    assert fields(named, "person", person)["consents"] == [
        {"purpose": "image:all", "state": "given", "date": "2026-10-17"}
    ]
    stored = query.get(named, "participant", first)
    assert stored is not None
    assert "image_consent" not in stored.fields

    records.save(named, "person", person, {"consents": [{"purpose": "image:all", "state": "withdrawn"}]})
    assert query.window(named, "participant", View(), 0)[0].values["consent"] == "withdrawn"
    records.save(named, "participant", first, {"image_consent": "unknown"})
    assert "consents" not in fields(named, "person", person)
    assert fields(named, "participant", first)["image_consent"] == "unknown"


def test_reports_count_the_list_and_the_sheet_names_whom_it_holds(named: Workspace) -> None:
    event = an_event(named)
    typed = reading.text(reporting.made(named, "event-card", Asked(event)))
    assert "niepełnospr" in typed
    home = records.add_many(named, "partner", [{"name": "KGW „Malwa”", "kind": "kgw", "locality": "Zmyślona"}])[0]
    put(named, event, "Żadna", sex="f", role="ngo_staff", organisation=home)
    put(named, event, "Adamska", sex="f", role="ngo_staff")
    sheet = reading.text(reporting.made(named, "attendance-sheet", Asked(event)))
    assert sheet.index("Adamska Ewa") < sheet.index("Żadna Ewa")
    assert "KGW „Malwa”" in sheet
    card = reading.text(reporting.made(named, "event-card", Asked(event)))
    assert "Pracownicy NGO" in card
    assert "niepełnospr" not in card, "the typed numbers are not those of the list"
    with named.reader() as connection:
        (counted,) = indicators.facts(named, "2026-10-01", "2026-10-31", connection=connection).events
    assert counted["participants"] == {"ngo_staff": {"f": 2}}


def test_a_reader_prints_a_sheet_without_names(named: Workspace) -> None:
    event = an_event(named)
    put(named, event, "Adamska")
    user = {"first_name": "Czyta", "last_name": "Tylko", "role": "reader"}
    named.person = records.save(named, "user", None, user, draft=False).id
    assert "Adamska" not in reading.text(reporting.made(named, "attendance-sheet", Asked(event)))
    with pytest.raises(AccessError):
        put(named, event, "Nijaki")
