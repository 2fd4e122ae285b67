"""Before a report is made it is told what it will lack, with the record and field to mend it at."""

from __future__ import annotations

from pathlib import Path

import pytest

from progressus_desktop.domain.fields import Level
from progressus_desktop.services import reporting_kinds
from progressus_desktop.services.reporting_lacks import Lack, lacks
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store import media
from progressus_desktop.store.workspace import Workspace
from tests.builders import write
from tests.reports import worlds


@pytest.fixture
def event(ws: Workspace) -> str:
    return write(
        ws, "event",
        {
            "entry": "ready", "title": "Targi", "kind": "fair", "status": "held", "date": "2026-11-12",
            "locality": "Wzorów", "course": "Rozmowy z Ewą Nowak.", "summary": "Targi pracy.",
            "participants": {"ngo_staff": {"f": 3}}, "topics": [{"topic": "T1", "depth": "presented"}],
        },
    )  # fmt: skip


def _photo(ws: Workspace, event: str, number: int, **more: object) -> str:
    sha = media.add(ws, worlds.picture(number))
    return write(
        ws, "photo", {"entry": "ready", "kind": "photo", "event": event, "original": sha, "shared_copy": sha} | more
    )


def _told(found: list[Lack]) -> list[tuple[str, str, str]]:
    return [(str(each), each.entity, each.field) for each in found]


def test_two_missing_permissions_lead_to_the_first_photo(ws: Workspace, event: str) -> None:
    first = _photo(ws, event, 1, people_shown="recognisable", alt="a")
    _photo(ws, event, 2, people_shown="recognisable", alt="b")
    _photo(ws, event, 3, people_shown="crowd")
    for kind in ("event-card", "gallery", "publication", "control-folder"):
        found = lacks(ws, kind, Asked(event))
        told = _told(found)
        assert ("Brakuje 2 zgód: zdjęcia zostaną pominięte.", "photo", "people_shown") in told, kind
        assert ("Brakuje 1 opisu: zdjęcie zostanie pominięte.", "photo", "alt") in told, kind
        assert {each.record_id for each in found if each.field == "people_shown"} <= {first, *_ids(ws)}


def _ids(ws: Workspace) -> list[str]:
    return [row[0] for row in ws.connection.exec_driver_sql("SELECT id FROM photo")]


def test_what_an_event_s_file_lacks_leads_to_its_field(ws: Workspace, event: str) -> None:
    told = _told(lacks(ws, "event-card", Asked(event)))
    assert ("Brakuje: agenda.", "event", "agenda") in told
    assert ("Brakuje: skan listy obecności.", "event", "") in told
    assert not any("przebieg" in text for text, _entity, _field in told)


def test_a_planned_event_lacks_no_document_yet(ws: Workspace, event: str) -> None:
    write(ws, "event", {"status": "planned"}, event)
    assert not any("Brakuje: " in str(each) for each in lacks(ws, "event-card", Asked(event)))


def test_a_person_named_in_a_public_text_is_an_error_and_comes_first(ws: Workspace, event: str) -> None:
    write(ws, "person", {"first_name": "Ewa", "last_name": "Nowak"})
    found = lacks(ws, "publication", Asked(event))
    assert (found[0].field, found[0].level) == ("course", Level.ERROR)
    assert str(found[0]) == "W notce pominięto 1 nazwisko, adres lub telefon znanej osoby."


def test_drafts_of_a_period_are_named_and_lead_to_themselves(ws: Workspace) -> None:
    draft = write(ws, "event", {"title": "Dyżur", "date": "2026-11-20"})
    talk = write(ws, "interaction", {"subject": "Staże", "date": "2026-11-21"})
    found = lacks(ws, "monthly", Asked(month="2026-11"))
    assert [(str(each), each.record_id) for each in found] == [
        ("Szkic, nie wejdzie do raportu: Dyżur.", draft), ("Szkic, nie wejdzie do raportu: Staże.", talk),
    ]  # fmt: skip
    assert lacks(ws, "monthly", Asked(month="2026-12")) == []


def test_a_sheet_without_date_and_controller_says_so(ws: Workspace) -> None:
    empty = write(ws, "event", {"title": "Spotkanie"})
    told = _told(lacks(ws, "attendance-sheet", Asked(empty)))
    assert ("Brakuje: data.", "event", "date") in told
    assert ("W projekcie brakuje administratora danych; klauzula ma puste miejsce.", "project", "controller") in told


def test_nothing_is_lacking_of_what_nobody_asked_for_yet(ws: Workspace, tmp_path: Path) -> None:
    for kind in reporting_kinds.NAMES:
        for asked in (Asked(), Asked("nobody"), Asked(month="x")):
            assert isinstance(lacks(ws, kind, asked), list)
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_partner_without_an_address_leaves_room_in_the_letter(ws: Workspace) -> None:
    partner = write(ws, "partner", {"name": "KGW", "locality": "Lipniki"})
    told = _told(lacks(ws, "form-letter-of-intent", Asked(partner)))
    assert told == [("Adres partnera nie jest pełny; jest miejsce, aby go dopisać.", "partner", "street")]


def test_marks_that_break_a_rule_are_told_and_lead_to_the_project(ws: Workspace, event: str) -> None:
    from io import BytesIO

    from PIL import Image

    def told(size: tuple[int, int], colour: str, **more: object) -> set[str]:
        out = BytesIO()
        Image.new("RGB", size, colour).save(out, "JPEG")
        strip = write(ws, "photo", {"entry": "ready", "kind": "other", "shared_copy": media.add(ws, out.getvalue())})
        sentence = {"visibility_sentence_pl": "Projekt dofinansowany."}
        write(ws, "project", {"name": "P", "visibility_strip": strip, **sentence, **more}, project)
        found = [each for each in lacks(ws, "publication", Asked(event)) if each.entity == "project"]
        assert all(each.record_id == project for each in found)
        return {each.field for each in found}

    project = write(ws, "project", {"name": "P", "short_code": "PROG"})
    assert {each.field for each in lacks(ws, "publication", Asked(event)) if each.entity == "project"} == {
        "visibility_strip", "visibility_sentence_pl",
    }  # fmt: skip
    assert told((1200, 120), "#ffffff") == set()
    assert told((300, 30), "#ffffff") == {"visibility_strip"}
    assert told((1600, 40), "#ffffff") == {"visibility_strip"}
    assert told((1200, 120), "#c02020", visibility_colour="mono") == {"visibility_colour"}
