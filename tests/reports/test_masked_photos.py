"""What was cut off or masked is in nothing that leaves: read back from the pixels of PDFs and pages."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pytest
from PIL import Image, ImageDraw

from progressus_desktop.domain import photo
from progressus_desktop.domain.framing import Box, Frame, Mask
from progressus_desktop.services import photos, records, reporting, undoing
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store import media, query
from progressus_desktop.store.workspace import Workspace
from tests.builders import write
from tests.reports import worlds

FACE, EDGE = (255, 0, 0), (0, 255, 0)
HIDDEN = Frame(Box(0, 0, 800, 1000), (Mask(Box(300, 200, 200, 300)),))


@dataclass
class Place:
    """An event with one photo of two people, of whom the first agreed."""

    ws: Workspace
    event: str
    photo: str
    persons: list[str]


def a_face() -> bytes:
    """Grey, with stripes of a face in the middle and a green edge at the right."""
    image = Image.new("RGB", (2000, 1000), "gray")
    draw = ImageDraw.Draw(image)
    for y in range(220, 480, 20):
        draw.rectangle((620, y, 980, y + 9), fill=FACE)
    draw.rectangle((1650, 0, 2000, 1000), fill=EDGE)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95)
    return out.getvalue()


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROGRESSUS_HOME", str(tmp_path_factory.mktemp("home")))
        ws = worlds._made("Stowarzyszenie „Krokus”").ws
        event = write(
            ws, "event",
            {"entry": "ready", "status": "held", "kind": "fair", "title": "Targi", "date": "2026-11-12",
             "locality": "Wzorów"},
        )  # fmt: skip
        given = {"purpose": "image:all", "state": "given"}
        persons = [
            write(ws, "person", {"last_name": name, "consents": [given] if name == "Zgodna" else []})
            for name in ("Zgodna", "Niepytana")
        ]
        further = {"people_shown": "recognisable", "people_count": 2, "persons": sorted(persons)}
        made = photos.add(ws, event, a_face(), "Dwie osoby", caption="Stoisko", further=further)
        yield Place(ws, event, made, persons)
        ws.close()


def masked(place: Place) -> Frame:
    return Frame(HIDDEN.crop, (Mask(HIDDEN.masks[0].box, place.persons[1]),))


def colours(data: bytes) -> tuple[bool, bool]:
    """Whether a pixel of the face, and one of the edge, is in a picture."""
    with Image.open(io.BytesIO(data)) as image:
        assert not image.getexif()
        found = {pixel for _count, pixel in image.convert("RGB").getcolors(1 << 24) or ()}
    face = any(red > 220 and green < 70 and blue < 70 for red, green, blue in found)
    return face, any(green > 200 and red < 80 and blue < 80 for red, green, blue in found)


def pictures_of(ws: Workspace, kind: str, event: str, form: str = "pdf") -> list[bytes]:
    data = reporting.made(ws, kind, Asked(event, form=form))
    if form == "html":
        return [base64.b64decode(each) for each in re.findall(rb"data:image/jpeg;base64,([\w+/=]+)", data)]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [
            each.read_raw_bytes() for each in pdf.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image" and each.Width > 400
        ]  # fmt: skip


def values(place: Place) -> dict[str, object]:
    record = query.get(place.ws, "photo", place.photo)
    assert record is not None
    return {**record.fields, "id": place.photo}


def state(place: Place) -> tuple[str, bool]:
    lookup = query.lookup(place.ws)
    return photo.permission(values(place), lookup), photo.may_leave(values(place), lookup)


def test_the_whole_face_is_there_where_everybody_agreed(place: Place) -> None:
    """So that the tests below would see it."""
    write(place.ws, "person", {"consents": [{"purpose": "image:all", "state": "given"}]}, place.persons[1])
    for kind in ("gallery", "event-card", "publication"):
        assert [colours(each) for each in pictures_of(place.ws, kind, place.event)] == [(True, True)], kind


@pytest.mark.parametrize(
    ("kind", "form"), [("gallery", "pdf"), ("event-card", "pdf"), ("publication", "pdf"), ("publication", "html")]
)
def test_nothing_of_a_masked_face_or_a_cut_edge_is_in_what_leaves(place: Place, kind: str, form: str) -> None:
    assert state(place) == ("partial", False)
    assert pictures_of(place.ws, kind, place.event, form) == []
    photos.frame(place.ws, place.photo, masked(place))
    assert state(place) == ("partial", True)
    assert [colours(each) for each in pictures_of(place.ws, kind, place.event, form)] == [(False, False)]
    assert colours(media.read(place.ws, str(values(place)["shared_copy"]))) == (False, False)
    assert colours(media.read(place.ws, str(values(place)["original"]))) == (True, True)


def test_a_mask_over_somebody_else_does_not_let_the_photo_go(place: Place) -> None:
    photos.frame(place.ws, place.photo, Frame(None, (Mask(HIDDEN.masks[0].box, place.persons[0]),)))
    assert state(place) == ("partial", False)


def test_a_photo_of_somebody_who_withdrew_stays_whatever_is_masked(place: Place) -> None:
    photos.frame(place.ws, place.photo, masked(place))
    write(place.ws, "person", {"consents": [{"purpose": "image:all", "state": "withdrawn"}]}, place.persons[1])
    assert state(place) == ("withdrawn", False)
    write(place.ws, "person", {"consents": [{"purpose": "image:all", "state": "objected"}]}, place.persons[1])
    assert state(place) == ("withdrawn", False)


def test_people_without_a_name_need_masks_of_their_own(place: Place) -> None:
    write(place.ws, "photo", {"people_count": 3}, place.photo)
    photos.frame(place.ws, place.photo, masked(place))
    assert state(place) == ("partial", False)
    more = Mask(Box(0, 0, 100, 100))
    photos.frame(place.ws, place.photo, Frame(None, (*masked(place).masks, more)))
    assert state(place) == ("partial", True)


def test_undo_brings_mask_and_copy_back_together(place: Place) -> None:
    before = values(place)
    photos.frame(place.ws, place.photo, masked(place))
    undoing.undo(place.ws)
    assert values(place) == before
    assert state(place) == ("partial", False)


def test_a_script_that_sets_a_mask_gets_the_copy_made_too(place: Place) -> None:
    rows = [{"left": 300, "top": 200, "width": 200, "height": 300, "person": place.persons[1]}]
    records.save(place.ws, "photo", place.photo, {"masks": rows}, draft=True)
    assert colours(media.read(place.ws, str(values(place)["shared_copy"]))) == (False, True)


def test_a_copy_that_lacks_a_mask_stays_until_it_is_made_again(place: Place) -> None:
    """Masks of two laptops meet in a merge, the copies of each lack the other's."""
    write(place.ws, "person", {"consents": [{"purpose": "image:all", "state": "given"}]}, place.persons[1])
    row = {"key": "0000000a", "left": 300, "top": 200, "width": 200, "height": 300}
    write(place.ws, "photo", {"masks": [row]}, place.photo)
    assert state(place) == ("full", False)
    assert pictures_of(place.ws, "gallery", place.event) == []
    assert photos.renew(place.ws, [place.photo]) == 1
    assert state(place) == ("full", True)
    assert [colours(each) for each in pictures_of(place.ws, "gallery", place.event)] == [(False, True)]
    assert photos.renew(place.ws, [place.photo]) == 0


def test_a_mask_outside_the_photo_is_an_error_and_hides_everything_meanwhile(place: Place) -> None:
    rows = [{"left": 900, "top": 0, "width": 400, "height": 10}]
    records.save(place.ws, "photo", place.photo, {"masks": rows, "crop": "0 0 5 5"}, draft=True)
    found = {each.code for each in records.problems(place.ws, "photo", place.photo, values(place))}
    assert {"mask", "crop"} <= found
    assert not colours(media.read(place.ws, str(values(place)["shared_copy"])))[0]
