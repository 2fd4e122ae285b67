"""Answers of people and what follows: photos that stay, places they were published, those to be deleted."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from progressus_desktop.errors import NotFoundError, ValidationError
from progressus_desktop.services import consents, gallery, merging, photos, records, undoing
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from tests.builders import a_partner

GIVEN = {"purpose": "image:all", "state": "given", "date": "2026-11-05"}


def a_picture(seed: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), (seed, 90, 120)).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def people(lone: Workspace) -> list[str]:
    rows: list[dict[str, Any]] = [{"last_name": name, "consents": [GIVEN]} for name in ("Pierwsza", "Druga")]
    return records.add_many(lone, "person", rows, draft=True)


def a_photo(ws: Workspace, seed: int, persons: list[str], day: str = "2026-11-18", **more: Any) -> str:
    event = records.save(ws, "event", None, {"title": f"Spotkanie {seed}", "date": day, "status": "held"}).id
    further = {"people_shown": "recognisable", "people_count": len(persons), "persons": sorted(persons)} | more
    return photos.add(ws, event, a_picture(seed), "Opis", caption=f"Podpis {seed}", further=further)


def states(ws: Workspace, **asked: str) -> dict[str, str]:
    return {each.id: each.permission for each in gallery.cards(ws, **asked)}


def test_an_answer_for_one_photo_beats_that_for_all(lone: Workspace, people: list[str]) -> None:
    one, other = a_photo(lone, 1, people), a_photo(lone, 2, people)
    consents.answer(lone, people[0], "refused", photo_id=one)
    assert states(lone) == {one: "partial", other: "full"}
    consents.answer(lone, people[0], "given", photo_id=one, more={"way": "paper", "given_by": "parent"})
    kept = query.get(lone, "person", people[0])
    assert kept is not None
    assert len(kept.fields["consents"]) == 2, "the second answer about a photo takes the place of the first"
    assert states(lone) == {one: "full", other: "full"}


def test_a_withdrawal_tells_what_it_does_and_undo_takes_it_back(lone: Workspace, people: list[str]) -> None:
    published = [{"link": "https://krokus.example/a", "date": "2026-11-20"}]
    one = a_photo(lone, 1, people, published=published)
    two, three = a_photo(lone, 2, people[:1]), a_photo(lone, 3, people[1:])
    consents.answer(lone, people[0], "given", photo_id=two)
    found = consents.effect(lone, people[0])
    assert (found.photos, found.of_them_shown) == (1, 1), "the photo with an answer of its own is not touched"
    assert [(each.link, each.date) for each in found.published] == [("https://krokus.example/a", "2026-11-20")]
    consents.answer(lone, people[0], "withdrawn")
    assert states(lone) == {one: "withdrawn", two: "full", three: "full"}
    assert consents.effect(lone, people[0]).of_them_shown == 0
    undoing.undo(lone)
    assert states(lone)[one] == "full"


def test_an_answer_of_nobody_or_of_no_kind_is_refused(lone: Workspace, people: list[str]) -> None:
    with pytest.raises(NotFoundError):
        consents.answer(lone, "0190aaaa-0000-7000-8000-000000000000", "given")
    with pytest.raises(ValidationError):
        consents.answer(lone, people[0], "maybe")


def test_withdrawn_photos_and_those_nobody_may_show_after_a_year_are_to_be_deleted(
    lone: Workspace, people: list[str]
) -> None:
    withdrawn = a_photo(lone, 1, people)
    consents.answer(lone, people[0], "objected", photo_id=withdrawn)
    old = a_photo(lone, 2, [], "2025-10-01", people_count=3)
    a_photo(lone, 3, [], "2026-11-01", people_count=3)
    a_photo(lone, 4, people[1:], "2025-10-01")
    assert set(states(lone, wanted="to_delete")) == {withdrawn, old}


def test_photos_are_found_by_month_event_and_words(lone: Workspace, people: list[str]) -> None:
    first, second = a_photo(lone, 1, people, "2026-10-05"), a_photo(lone, 2, people, "2026-11-05")
    assert [each.key for each in gallery.places(lone)] == ["2026-11", "2026-10"]
    assert list(states(lone, month="2026-10")) == [first]
    event = query.get(lone, "photo", second)
    assert event is not None
    assert list(states(lone, event=str(event.fields["event"]))) == [second]
    assert list(states(lone, text="SPOTKANIE 05.10")) == [first]
    assert [each.label for each in gallery.events(lone, "2026-10")] == ["05.10.2026 · Spotkanie 1"]


def test_photos_of_partners_stand_among_those_of_events_with_what_people_said(
    lone: Workspace, people: list[str]
) -> None:
    of_event = a_photo(lone, 1, people)
    partner, other = a_partner(lone, name="ZAZ „Lipa”"), a_partner(lone, name="ZAZ „Pod Lipą”")
    further = {"people_shown": "recognisable", "people_count": 2, "persons": sorted(people), "taken_at": "2026-11-20"}
    of_partner = photos.add(lone, partner, a_picture(9), "Opis", caption="Pracownia", further=further)
    consents.answer(lone, people[0], "refused", photo_id=of_partner)
    assert list(states(lone).items()) == [(of_partner, "partial"), (of_event, "full")]
    assert [(each.key, each.owners) for each in gallery.places(lone)] == [("2026-11", 1), (gallery.PARTNERS, 1)]
    assert list(states(lone, partner=gallery.PARTNERS)) == list(states(lone, partner=partner)) == [of_partner]
    assert states(lone, partner=other) == {}
    assert list(states(lone, month="2026-11")) == [of_event]
    (card,) = gallery.cards(lone, text="lipa")
    assert (card.event, card.about) == ("", "20.11.2026 · ZAZ „Lipa”")
    merging.merge(lone, "partner", other, partner, {})
    assert list(states(lone, partner=other)) == [of_partner]
    assert [each.label for each in gallery.partners(lone)] == ["ZAZ „Pod Lipą”"]
    records.remove(lone, "partner", other)
    assert list(states(lone)) == [of_event], "as those of an event in the bin"


def test_people_are_told_with_their_answers_those_who_agreed_first(lone: Workspace, people: list[str]) -> None:
    unasked = records.add_many(lone, "person", [{"first_name": "Zofia", "last_name": "Wzorna"}], draft=True)
    photo = a_photo(lone, 1, [*unasked, *people])
    consents.answer(lone, people[1], "refused", photo_id=photo)
    (card,) = gallery.cards(lone)
    assert [(each.name, each.state) for each in gallery.answers(lone, card)] == [
        ("Pierwsza", "given"), ("Zofia W.", ""), ("Druga", "refused"),
    ]  # fmt: skip
    assert (card.given, card.people, card.uncovered) == (1, 3, 2)
