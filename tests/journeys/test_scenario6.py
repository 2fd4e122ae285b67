"""Scenario 6 of domain.md, section 13: consent to an image is withdrawn, in two windows and at terminals.

The photo leaves all new reports and packages, here and at the office; where it was put before is said; the person's
attendance stays.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import Qt

from progressus_desktop.services import consents, packing, photos, records, reporting
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from tests.cli.conftest import Run
from tests.exchange.laptops import a_tester, an_office, swap
from tests.exchange.trips import a_picture
from tests.journeys.hands import CONTROL, Key
from tests.journeys.seats import Seat
from tests.journeys.terminal import Terminal
from tests.reports import reading

STALL, HALL = "Adam przy stoisku", "Sala z daleka"
PLACE = "https://krokus.example/targi"
KINDS = ("gallery", "event-card", "publication", "control-folder")


class World(NamedTuple):
    """What both laptops know: an event, a person on it, and the photo that shows the person."""

    office: Workspace
    tester: Workspace
    event: str
    person: str
    photo: str
    participant: str


def a_shown_person(folder: Path) -> World:
    """Adam agreed, his photo went to the office and to a web page; he stands in the list of the event."""
    office = an_office(folder / "office")
    (project,) = query.newest(office, "project")
    records.save(office, "project", project, {"named_attendance": True})
    tester = a_tester(office, folder / "tester")
    given = {"title": "Targi w hali", "kind": "fair", "status": "held", "date": "2026-05-06", "locality": "Wzorów"}
    event = records.save(tester, "event", None, given | {"course": "Rozmowy."}, draft=False).id
    person = records.save(tester, "person", None, {"first_name": "Adam", "last_name": "Nowy"}, draft=False).id
    consents.answer(tester, person, "given", more={"date": "2026-05-06", "way": "paper"})
    shown = {"people_shown": "recognisable", "people_count": 1, "persons": [person], "published": [{"link": PLACE}]}
    photo = photos.add(tester, event, a_picture(1, 60), STALL, caption=STALL, further=shown)
    photos.add(tester, event, a_picture(2, 60), HALL, caption=HALL, further={"people_shown": "crowd"})
    row = {"event": event, "person": person, "role": "ngo_staff", "sex": "m", "present": "yes"}
    participant = records.save(tester, "participant", None, row, draft=False).id
    for each in query.newest(tester, "photo", 2):
        records.mark_ready(tester, "photo", each)
    swap(tester, office, folder / "before")
    return World(office, tester, event, person, photo, participant)


def _printed(data: bytes) -> tuple[bool, bool]:
    """Whether a report of the event shows Adam, and the hall."""
    read = reading.Tagged(data)
    alts = [str(each.Alt) for each in read.elements("Figure")]
    return any(STALL in each for each in alts), any(HALL in each for each in alts)


def _shown(ws: Workspace, event: str, kind: str) -> tuple[bool, bool]:
    return _printed(reporting.made(ws, kind, Asked(event), "pl"))


def _gallery(seat: Seat) -> Any:
    """Photos and consents by the tabs of the events."""
    page = seat.go("event")
    seat.hands.press(Key.Key_F6)
    for _area in range(8):
        if seat.hands.at() != "event_tabs":
            seat.hands.press(Key.Key_F6)
    seat.hands.press(Key.Key_Right, times=2)
    gallery = page.photos()
    seat.hands.until(lambda: gallery.isVisible() and len(gallery.tiles.tiles.cards) == 2)
    return gallery


def _spoken(gallery: Any) -> dict[str, str]:
    """How each photo stands, as a screen reader says it, by its caption."""
    model = gallery.tiles.tiles
    said = [str(model.index(row).data(int(Qt.ItemDataRole.AccessibleTextRole))) for row in range(model.rowCount())]
    return {each.partition(".")[0]: each for each in said}


def test_a_withdrawn_consent_takes_the_photo_out_of_everything_new(
    seats: Callable[[], Seat], stick: Path, tmp_path: Path
) -> None:
    world = a_shown_person(tmp_path)
    tester, office = seats(), seats()
    tester.enter(world.tester)
    office.enter(world.office)
    for ws in (world.tester, world.office):
        assert [_shown(ws, world.event, kind) for kind in KINDS] == [(True, True)] * len(KINDS)

    tester.sit()
    gallery = _gallery(tester)
    assert "Pełna (1 z 1 osoby)" in _spoken(gallery)[STALL]
    gallery.tiles.go_to(world.photo)
    tester.hands.press(Key.Key_D, CONTROL)
    assert tester.hands.at() == "consent_person"
    assert tester.hands.target().currentText() == "Adam N."
    tester.reach("consent_answer")
    tester.hands.type("wyc")
    tester.reach("consent_scope")
    tester.hands.type("wszy")
    follows = gallery.panel.form.follows.words.text()
    assert follows.startswith("1 zdjęcie nie trafi do nowych raportów i paczek.")
    assert PLACE in follows
    tester.reach("consent_keep_button")
    tester.hands.press(Key.Key_Space)
    tester.hands.until(lambda: "Wycofana" in _spoken(gallery)[STALL])
    tester.exchange()

    office.sit()
    office.read_packages()
    assert "Wycofana" in _spoken(_gallery(office))[STALL]
    for ws in (world.tester, world.office):
        assert [_shown(ws, world.event, kind) for kind in KINDS] == [(False, True)] * len(KINDS)
        fields = query.get(ws, "participant", world.participant).fields
        assert fields["present"] == "yes", "attendance stands on another basis"
    records.save(world.tester, "photo", world.photo, {"caption": "Stoisko"}, draft=False)
    (packed,) = packing.pack(world.tester, tmp_path)
    assert packed.attachments == 0


@pytest.mark.unchecked
def test_a_consent_is_withdrawn_at_a_terminal(run: Run, tmp_path: Path) -> None:
    world = a_shown_person(tmp_path)
    world.tester.close()
    world.office.close()
    office, tester = Terminal(run, world.office.folder), Terminal(run, world.tester.folder)

    def shown(laptop: Terminal, kind: str) -> tuple[bool, bool]:
        file = tmp_path / "report.pdf"
        laptop("report", kind, "--id", world.event, "--out", str(file))
        return _printed(file.read_bytes())

    before = tester("records", "person", "show", world.person)["fields"]["consents"]
    withdrawn = [each | {"state": "withdrawn", "date": "2026-11-20"} for each in before]
    tester("records", "person", "set", world.person, given={"consents": withdrawn})
    office("exchange", "apply", *tester.pack(tmp_path / "stick"))
    for laptop in (tester, office):
        assert [shown(laptop, kind) for kind in KINDS] == [(False, True)] * len(KINDS)
        row = laptop("records", "participant", "show", world.participant)
        assert (row["fields"]["present"], row["fields"]["image_consent"]) == ("yes", "withdrawn")
        laptop("workspace", "check")
