"""The gallery shows what may be shown and counts the rest; the schedule lists what is planned where and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from progressus_desktop.errors import UsageError
from progressus_desktop.services import reporting
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store import media
from progressus_desktop.store.workspace import Workspace
from tests.builders import write
from tests.reports import reading, worlds


@dataclass
class Place:
    """A workspace with an event of seven photos, and one of another organisation."""

    ws: Workspace
    event: str
    other: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROGRESSUS_HOME", str(tmp_path_factory.mktemp("home")))
        ws = worlds._made("Stowarzyszenie „Krokus”").ws
        event = {"entry": "ready", "status": "held", "kind": "fair", "start": "10:00", "end": "12:00"}
        own = write(
            ws, "event", {**event, "title": "Targi", "date": "2026-11-12", "place_name": "Hala", "locality": "Wzorów"}
        )
        plan = {
            "entry": "ready",
            "kind": "workshop",
            "locality": "Zmyślona",
            "gmina": "3215052",
            "place_name": "Szkoła",
        }
        write(ws, "event", {**plan, "title": "Warsztat", "status": "planned", "date": "2026-12-04", "start": "09:00"})
        write(
            ws,
            "event",
            {**plan, "title": "Dyżur", "status": "cancelled", "date": "2026-12-05", "status_reason": "choroba"},
        )
        write(ws, "event", {"title": "Niegotowe", "status": "planned", "date": "2026-12-06"})
        other_space = write(ws, "partner", {"name": "Inny tester", "in_project": True})
        other = write(ws, "event", {**event, "title": "Cudze", "date": "2026-12-07", "space": other_space})
        crowd = {"people_shown": "crowd", "alt": "Ludzie"}
        for number, more in enumerate((crowd, crowd, crowd, crowd | {"alt": None}, {"people_shown": "recognisable"})):
            _photo(ws, own, number, **more)
        _photo(ws, own, 5, people_shown="crowd", decorative=True)
        _photo(ws, other, 6, **crowd)
        yield Place(ws, own, other)
        ws.close()


def _photo(ws: Workspace, event: str, number: int, **more: object) -> None:
    sha = media.add(ws, worlds.picture(number))
    given = {
        "entry": "ready", "kind": "photo", "event": event, "original": sha, "shared_copy": sha,
        "caption": f"Podpis {number}", "taken_at": "2026-11-12",
    }  # fmt: skip
    write(ws, "photo", {name: value for name, value in (given | more).items() if value is not None})


def _made(place: Place, kind: str, **asked: str) -> reading.Tagged:
    return reading.Tagged(reporting.made(place.ws, kind, Asked(**asked)))


def _paragraphs(read: reading.Tagged) -> list[str]:
    return [read.words(each) for each in read.elements("P")]


def test_the_gallery_shows_each_photo_with_caption_day_and_place(place: Place) -> None:
    read = _made(place, "gallery", record_id=place.event)
    said = _paragraphs(read)
    assert [str(figure.Alt) for figure in read.elements("Figure")] == ["Ludzie"] * 3
    assert sorted(each for each in said if each.startswith("Podpis")) == [
        "Podpis 0",
        "Podpis 1",
        "Podpis 2",
        "Podpis 5",
    ]
    assert said.count("12.11.2026 · Hala, Wzorów") == 4


def test_what_the_gallery_leaves_out_is_counted(place: Place) -> None:
    said = " ".join(_paragraphs(_made(place, "gallery", record_id=place.event)))
    assert "Pokazano 4 z 6 zdjęć." in said
    assert "! Pominięto 1 zdjęcie bez zgody. Pominięto 1 zdjęcie bez opisu." in said


@pytest.mark.usefixtures("made_worlds")
@pytest.mark.parametrize("name", ["photos-500"])
def test_six_photos_are_on_a_page(name: str) -> None:
    read = reading.Tagged(worlds.made("gallery", name))
    assert len(read.pdf.pages) == 84
    assert len(list(read.elements("Figure"))) == 500


def test_the_gallery_of_a_period_has_a_chapter_for_each_of_one_s_own_events(place: Place) -> None:
    read = _made(place, "gallery", date_from="2026-11-01", date_to="2026-12-31")
    assert [read.words(each) for each in read.elements("H2")] == ["12.11.2026 · Targi"]
    assert "Cudze" not in reading.text(reporting.made(place.ws, "gallery", Asked(month="2026-12")))


def test_a_gallery_of_nothing_asks_of_what(place: Place) -> None:
    for asked in ({}, {"date_from": "2026-11-01"}):
        with pytest.raises(UsageError):
            _made(place, "gallery", **asked)
    with pytest.raises(UsageError):
        _made(place, "gallery", date_from="2026-11-31", date_to="2026-12-01")
    with pytest.raises(UsageError):
        _made(place, "gallery", date_from="2026-12-01", date_to="2026-11-01")


def test_the_schedule_lists_what_is_planned_and_what_was_changed(place: Place) -> None:
    read = _made(place, "schedule")
    rows = [[read.words(cell) for cell in reading._kids(row)] for row in read.elements("TR")]
    assert [row[0] for row in rows[1:]] == ["piątek, 04.12.2026 09:00", "sobota, 05.12.2026"]
    assert rows[1][1:] == [
        "Warsztat warsztat", "Szkoła Zmyślona, gmina Grzmiąca, powiat szczecinecki", "–", "planowane",
    ]  # fmt: skip
    assert rows[2][4] == "! odwołane (choroba)"
    assert "Pominięto 1 szkic." in _paragraphs(read)


def test_the_schedule_covers_the_days_asked_for(place: Place) -> None:
    text = reading.text(reporting.made(place.ws, "schedule", Asked(date_from="2026-11-01", date_to="2026-11-30")))
    assert "Targi" in text
    assert "Warsztat" not in text
    assert "Od 01.11.2026 do 30.11.2026" in text
    month = reading.text(reporting.made(place.ws, "schedule", Asked(month="2026-12")))
    assert "Warsztat" in month
    assert "Targi" not in month


def test_a_tester_s_schedule_holds_nobody_else_s_events_and_the_office_s_holds_all(place: Place) -> None:
    assert "Cudze" not in reading.text(reporting.made(place.ws, "schedule", Asked()))
    space = place.ws.space
    place.ws.space = "office"
    try:
        assert "Cudze" in reading.text(reporting.made(place.ws, "schedule", Asked()))
    finally:
        place.ws.space = space
