"""The control folder: all about an event or a period, scans as pictures, gaps listed, contents that lead there."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from progressus_desktop.errors import DamagedError
from progressus_desktop.reports import foreign
from progressus_desktop.services import reporting
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store import media
from progressus_desktop.store.workspace import Workspace
from tests.builders import write
from tests.reports import examples, reading, worlds


def foreign_pdf(pages: int = 2) -> bytes:
    """A PDF of another program: no tags, no language, a font that is not embedded."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for number in range(pages):
        canvas.drawString(72, 700, f"Lista obecnosci, strona {number + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def tiff(frames: int) -> bytes:
    out = io.BytesIO()
    pictures = [Image.new("L", (200, 280), 200 - 40 * at) for at in range(frames)]
    pictures[0].save(out, "TIFF", save_all=True, append_images=pictures[1:])
    return out.getvalue()


@dataclass
class Place:
    """A workspace with a world's records and papers of every kind."""

    ws: Workspace
    event: str
    partner: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROGRESSUS_HOME", str(tmp_path_factory.mktemp("home")))
        making = worlds._made("Warsztat w świetlicy")
        world = making.full()
        event, partner = world.about["event"], world.about["partner"]
        for number, (kind, data) in enumerate(
            (("minutes", foreign_pdf()), ("agenda", tiff(3)), ("press", b"%PDF-1.7\nbroken"), ("other", b"text"))
        ):
            making.photo(
                50 + number, kind=kind, original=media.add(world.ws, data), shared_copy=None, caption=f"Plik {kind}",
                people_shown=None, alt=None,
            )  # fmt: skip
        sheet = media.add(world.ws, worlds.picture(77))
        signed = {"kind": "declaration", "event": event, "partner": partner, "original": sheet}
        scan = write(world.ws, "photo", signed)
        declared = [{"key": "0000000a", "kind": "letter_of_intent", "date": "2026-11-10", "scan": scan}]
        declared[0]["valid_until"] = "2027-12"
        write(world.ws, "partner", {"declarations": declared}, partner)
        making.photo(60, people_shown="recognisable", persons=[], people_count=2, caption="Bez zgody")
        yield Place(world.ws, event, partner)
        world.ws.close()


@pytest.fixture(scope="module")
def folder(place: Place) -> bytes:
    return reporting.made(place.ws, "control-folder", Asked(place.event))


def _rows(read: reading.Tagged) -> list[list[str]]:
    return [[read.words(cell) for cell in reading._kids(row)] for row in read.elements("TR")]


def test_it_passes_every_gate_whatever_was_scanned(folder: bytes, tmp_path: Path) -> None:
    assert reading.validators(folder, tmp_path) == []


def test_every_document_has_a_row_that_says_whether_it_is_shown(folder: bytes) -> None:
    rows = {row[1]: row for row in _rows(reading.Tagged(folder)) if len(row) == 5}
    assert rows["Plik minutes"][0::4] == ["Protokół", "tak, 2 strony"]
    assert rows["Plik agenda"][4] == "tak, 3 strony"
    assert rows["Plik press"][4] == "nie da się pokazać"
    assert rows["Plik other"][4] == "nie da się pokazać"
    assert "Nie pokazano 2 plików" in reading.text(folder)


def test_scans_are_figures_with_words(folder: bytes) -> None:
    alts = [str(figure.Alt) for figure in reading.Tagged(folder).elements("Figure")]
    scans = [alt for alt in alts if alt.startswith("Dokument:")]
    assert len(scans) == 2 + 3 + 1 + 1
    assert "Dokument: Protokół, strona 2 z 2; 12.11.2026 · Warsztat w świetlicy" in scans


def test_a_declaration_that_is_a_file_of_the_event_too_stands_once_until_its_month(folder: bytes) -> None:
    rows = _rows(reading.Tagged(folder))
    assert [row[4] for row in rows if row[0] == "Deklaracja"] == ["tak, 1 strona"]
    assert [row[2:4] for row in rows if row[1:2] == ["list intencyjny"]] == [["10.11.2026", "12.2027"]]


def test_a_photo_without_permission_is_listed_with_its_state_and_not_shown(folder: bytes) -> None:
    read = reading.Tagged(folder)
    row = next(row for row in _rows(read) if len(row) == 5 and row[1] == "Bez zgody")
    assert row[2:] == ["osoby rozpoznawalne (2)", "× nieustalona", "nie"]
    assert sum("Pominięto 1 zdjęcie bez zgody." in read.words(each) for each in read.elements("LBody")) == 1


def test_the_gaps_are_listed_and_a_planned_event_lacks_nothing_yet(place: Place) -> None:
    read = reading.Tagged(reporting.made(place.ws, "control-folder", Asked(month="2026-12")))
    assert "Niczego nie brakuje." in [read.words(each) for each in read.elements("P")]
    text = reading.text(reporting.made(place.ws, "control-folder", Asked(place.event)))
    assert "oznakowanie" in text


def test_a_folder_of_days_is_named_by_them_and_what_is_missing_is_a_list_of_things(place: Place) -> None:
    days = {"date_from": "2026-10-01", "date_to": "2026-12-31"}
    read = reading.Tagged(reporting.made(place.ws, "control-folder", Asked(**days)))
    assert [read.words(each) for each in read.elements("H1")] == ["Wydarzenia 01.10–31.12.2026"]
    gaps = [row[1] for row in _rows(read) if len(row) == 2 and "zgoda na 1 zdjęcie" in row[1]]
    assert gaps
    assert not any("." in each for each in gaps)


def test_the_contents_name_the_page_and_lead_there(place: Place) -> None:
    data = reporting.made(place.ws, "control-folder", Asked(date_from="2026-10-01", date_to="2026-12-31"))
    read = reading.Tagged(data)
    pages = [one.obj.objgen for one in read.pdf.pages]
    links = list(read.elements("Link"))
    assert len(links) == len(list(read.elements("H2"))) - 3
    for link, item in zip(links, read.elements("LBody"), strict=False):
        annotation = next(kid.Obj for kid in reading._kids(link) if not isinstance(kid, int) and "/Obj" in kid)
        target = read.pdf.Root.Dests[str(annotation.A.D)]
        number = pages.index(target[0].objgen) + 1
        assert read.words(item).endswith(f"strona {number}")
        assert reading.squeezed(str(annotation.Contents)) == reading.squeezed(read.words(link))


def test_the_bookmarks_hold_events_and_below_them_their_parts(folder: bytes) -> None:
    with pikepdf.open(io.BytesIO(folder)) as pdf, pdf.open_outline() as outline:
        (top,) = outline.root
        event = next(each for each in top.children if each.title.startswith("12.11.2026"))
        inner = [each.title for each in event.children]
    assert {"Uczestnicy", "Agenda", "Oznakowanie", "Zdjęcia i zgody", "Dokumenty"} <= set(inner)


def test_a_reader_gets_no_sheet_of_names(place: Place) -> None:
    before = place.ws.person
    place.ws.person = write(place.ws, "user", {"first_name": "Czyta", "last_name": "Tylko", "role": "reader"})
    try:
        rows = _rows(reading.Tagged(reporting.made(place.ws, "control-folder", Asked(place.event))))
    finally:
        place.ws.person = before
    by_kind = {row[0]: row[4] for row in rows if len(row) == 5 and row[3][:2].isalnum()}
    assert by_kind["Skan listy"] == "pominięto: są w nim nazwiska"
    assert by_kind["Protokół"] == "pominięto: są w nim nazwiska"
    assert by_kind["Agenda"] == "tak, 3 strony"


def test_pages_beyond_the_limit_are_counted() -> None:
    shown, every = foreign.pictures_of(foreign_pdf(foreign.MOST_PAGES + 3))
    assert (len(shown), every) == (foreign.MOST_PAGES, foreign.MOST_PAGES + 3)
    assert all(each.gray for each in shown)


def _locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(foreign_pdf())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


@pytest.mark.parametrize("data", [lambda: b"", lambda: b"%PDF-1.4", _locked, lambda: b"\xff\xd8\xff\xe0broken"])
def test_what_cannot_be_shown_is_a_named_error(data: Callable[[], bytes]) -> None:
    with pytest.raises(DamagedError):
        foreign.pictures_of(data())


def test_lists_with_many_numbers_do_not_run_into_their_text() -> None:
    document = examples.setting().document("Teczka", "", "Tytuł", running="")
    document.heading("Tytuł", 1)
    document.bullets(["punkt"] * 120, numbered=True)
    read = reading.Tagged(document.finish())
    labels = [read.words(each) for each in read.elements("Lbl")]
    assert labels[:1] + labels[-1:] == ["1.", "120."]
