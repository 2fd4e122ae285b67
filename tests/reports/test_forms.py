"""Forms are filled in with what the records know, have room for the rest, and carry the code of their record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
import segno
from PIL import Image

from progressus_desktop.reports import qr
from progressus_desktop.services import reporting
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store import media
from progressus_desktop.store.workspace import Workspace
from tests.builders import write
from tests.reports import examples, reading, worlds


@dataclass
class Place:
    """A workspace with an event that is full and one that is empty, and a partner."""

    ws: Workspace
    full: str
    empty: str
    partner: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROGRESSUS_HOME", str(tmp_path_factory.mktemp("home")))
        ws = worlds._made("Stowarzyszenie „Krokus”").ws
        partner = write(
            ws, "partner",
            {
                "entry": "ready", "name": "KGW „Malwa”", "kind": "kgw", "locality": "Lipniki", "street": "Lipowa",
                "house": "4", "postal_code": "78-445", "nip": "8567346215", "needs": ["transport"],
            },
        )  # fmt: skip
        full = write(
            ws, "event",
            {
                "code": "DLAA-2026-0099", "title": "Warsztat mapy zasobów", "kind": "workshop", "date": "2026-11-12",
                "start": "10:00", "end": "14:30", "place_name": "Świetlica", "locality": "Lipniki",
                "lead_organiser": ws.space, "partners": [partner], "aim": "Poznać się.", "course": "Powstała mapa.",
                "agenda": [{"key": "00000001", "time": "10:00", "item": "Otwarcie", "speaker": "Jan Nowak"}],
                "arrangements": [{"key": "00000002", "what": "Zebrać rozkłady", "who": "Ewa", "due": "2026-11-29"}],
                "accessibility": [{"item": "parking", "answer": "yes"}, {"item": "captions", "answer": "no"}],
                "participants": {"ngo_staff": {"f": 7}}, "topics": [{"topic": "T2", "depth": "presented"}],
            },
        )  # fmt: skip
        yield Place(ws, full, write(ws, "event", {"note": "x"}), partner)
        ws.close()


def _text(place: Place, kind: str, record: str, lang: str = "pl", **asked: object) -> str:
    return " ".join(reading.text(reporting.made(place.ws, kind, Asked(record, **asked), lang)).split())  # type: ignore[arg-type]


def _read(place: Place, kind: str, record: str, **asked: object) -> reading.Tagged:
    return reading.Tagged(reporting.made(place.ws, kind, Asked(record, **asked)))  # type: ignore[arg-type]


def test_the_permission_names_event_and_controller_and_keeps_its_bases_apart(place: Place) -> None:
    text = _text(place, "form-image-permission", place.full)
    for wanted in ("Warsztat mapy zasobów", "Stowarzyszenie „Krokus”", "art. 81", "art. 6 ust. 1 lit. a", "sprzeciw",
                   "opiekun prawny", "biuro@projekt.example"):  # fmt: skip
        assert wanted in text, wanted
    assert text.index("art. 81") < text.index("art. 6 ust. 1")


def test_in_plain_language_sentences_are_short_and_letters_large(place: Place, tmp_path: Path) -> None:
    data = reporting.made(place.ws, "form-image-permission", Asked(place.full, plain=True))
    assert reading.validators(data, tmp_path) == []
    read = reading.Tagged(data)
    sentences = [
        sentence
        for item in read.elements("LBody")
        for sentence in re.split(r"(?<=[.?!])\s", read.words(item))
    ]  # fmt: skip
    assert len(sentences) > 12
    assert max(len(sentence.split()) for sentence in sentences) <= 15
    assert "RODO" not in reading.text(data)
    assert len(read.pdf.pages) == 1


@pytest.mark.parametrize("language", ["legal", "plain"])
def test_the_permission_in_large_print_says_the_same(place: Place, language: str, tmp_path: Path) -> None:
    plain = language == "plain"
    data = reporting.made(place.ws, "form-image-permission", Asked(place.full, plain=plain, large_print=True))
    assert reading.validators(data, tmp_path) == []
    words = {reading.squeezed(each) for each in _text(place, "form-image-permission", place.full, plain=plain).split()}
    large = reading.squeezed(reading.text(data))
    assert [each for each in words if each not in large and "/" not in each] == []


def test_a_project_s_own_retention_of_photos_is_printed(place: Place) -> None:
    project = next(iter(place.ws.connection.exec_driver_sql("SELECT id FROM project")))[0]
    basis = {"key": "0000000d", "data_set": "wizerunek uczestników", "basis": "consent", "retention": "do 31.12.2031"}
    write(place.ws, "project", {"legal_bases": [basis]}, project)
    assert "do 31.12.2031" in _text(place, "form-image-permission", place.full)
    write(place.ws, "project", {"legal_bases": []}, project)
    assert "jak wymaga umowa" in _text(place, "form-image-permission", place.full)


@pytest.mark.parametrize(("pages", "wanted"), [("first", [1, 0]), ("every", [1, 1])])
def test_the_strip_of_marks_is_printed_whole_on_the_pages_the_profile_says(
    place: Place, pages: str, wanted: list[int], tmp_path: Path
) -> None:
    out = BytesIO()
    Image.new("RGB", (1500, 60), "#dddddd").save(out, "JPEG")
    sha = media.add(place.ws, out.getvalue())
    strip = write(place.ws, "photo", {"entry": "ready", "kind": "other", "shared_copy": sha})
    project = next(iter(place.ws.connection.exec_driver_sql("SELECT id FROM project")))[0]
    write(place.ws, "project", {"visibility_strip": strip, "visibility_pages": pages}, project)
    try:
        data = reporting.made(place.ws, "attendance-sheet", Asked(place.full, large_print=True))
        assert reading.validators(data, tmp_path) == []
        pdf = reading.Tagged(data).pdf
        drawn = [
            [found for found in reading.pikepdf.parse_content_stream(one) if str(found.operator) == "Do"
             and str(found.operands[0]).startswith("/P")]
            for one in pdf.pages
        ]  # fmt: skip
        assert [len(each) for each in drawn[:2]] == wanted
        sizes = [
            [float(each) for each in found.operands]
            for found in reading.pikepdf.parse_content_stream(pdf.pages[0]) if str(found.operator) == "cm"
        ]  # fmt: skip
        assert any(abs(a / d - 25) < 0.1 for a, _b, _c, d, _e, _f in sizes if d)
    finally:
        write(place.ws, "project", {"visibility_strip": None, "visibility_pages": None}, project)


def test_the_agenda_lists_its_points_and_asks_for_needs(place: Place) -> None:
    read = _read(place, "form-agenda", place.full)
    rows = [[read.words(cell) for cell in reading._kids(row)] for row in read.elements("TR")]
    assert ["10:00", "Otwarcie", "Jan Nowak"] in rows
    text = _text(place, "form-agenda", place.full)
    assert "Na miejscu: parking." in text
    assert "Poznać się." in text
    assert "pętla indukcyjna" in text


def test_an_agenda_without_points_has_rows_to_write_on(place: Place) -> None:
    read = _read(place, "form-agenda", place.empty)
    rows = [[read.words(cell) for cell in reading._kids(row)] for row in read.elements("TR")]
    assert rows.count(["", "", ""]) == 8


def test_the_minutes_hold_what_is_known_and_room_for_the_rest(place: Place) -> None:
    read = _read(place, "form-minutes", place.full)
    rows = [[read.words(cell) for cell in reading._kids(row)] for row in read.elements("TR")]
    assert ["Zebrać rozkłady", "Ewa", "29.11.2026"] in rows
    assert rows.count(["", "", ""]) == 3
    assert {"10:00 – Otwarcie", "KGW „Malwa”"} <= {read.words(each) for each in read.elements("LBody")}
    assert "Powstała mapa." in _text(place, "form-minutes", place.full)


def test_the_letter_of_intent_names_both_parties_and_what_the_partner_seeks(place: Place) -> None:
    text = _text(place, "form-letter-of-intent", place.partner)
    for wanted in ("1. Stowarzyszenie „Krokus”", "2. KGW „Malwa”, Lipowa 4, 78-445 Lipniki, NIP 8567346215",
                   "Czego partner szuka", "28.02.2027", "doradztwo zawodowe", "W imieniu: KGW „Malwa”"):  # fmt: skip
        assert wanted in text, wanted


def test_each_name_has_a_certificate_of_its_own_with_the_marks(place: Place) -> None:
    read = _read(place, "form-certificate", place.full, name="Anna Przykładowa; Jan Łoś;")
    assert len(read.pdf.pages) == 2
    said = [read.words(each) for each in read.elements("P")]
    assert ("Anna Przykładowa" in said, "Jan Łoś" in said) == (True, True)
    assert said.count("Liczba godzin: 4,5") == 2
    english = _text(place, "form-certificate", place.full, "en")
    assert "Hours: 4.5" in english
    assert "First and last name" in english


@pytest.mark.parametrize("kind", ["attendance-sheet", "form-image-permission", "form-minutes", "form-certificate"])
def test_the_code_of_the_record_is_a_figure_with_words(place: Place, kind: str) -> None:
    read = _read(place, kind, place.full)
    assert "Kod QR wpisu DLAA-2026-0099" in [str(figure.Alt) for figure in read.elements("Figure")]
    assert "0099 / 1" in [read.words(each) for each in read.elements("P")]


def test_the_code_holds_the_record_s_code_and_page_and_is_drawn_square_by_square() -> None:
    document = examples.setting().document("Karta", "1", "Tytuł", running="")
    before = len(document.canvas.page.code)
    qr.draw(document.canvas, qr.content("DLAA-2026-0099", 2), 0, 0, 50)
    drawn = "\n".join(document.canvas.page.code[before:])
    matrix = [list(row) for row in segno.make("DLAA-2026-0099/2", error="m", micro=False).matrix]
    side = 50 / len(matrix)
    widths = [float(each) for each in re.findall(r"([\d.]+) [\d.]+ re", drawn)]
    assert round(sum(widths) / side) == sum(map(sum, matrix))


def test_a_reader_s_forms_name_nobody(place: Place) -> None:
    before = place.ws.person
    place.ws.person = write(place.ws, "user", {"first_name": "Czyta", "last_name": "Tylko", "role": "reader"})
    try:
        text = _text(place, "form-agenda", place.full) + _text(place, "form-minutes", place.full)
    finally:
        place.ws.person = before
    assert "Nowak" not in text
    assert "Ewa" not in text


@pytest.mark.parametrize("points", [3, 26])
def test_a_leaflet_says_what_the_office_wrote_on_one_page(place: Place, points: int, tmp_path: Path) -> None:
    lines = [f"- Zażółć gęślą jaźń numer {number}, krótko i po ludzku." for number in range(points)]
    said = {"topic": "T3", "audience": "employer", "text_pl": "\n".join(["Na początek:", *lines, "To wszystko."])}
    point = write(place.ws, "talking_point", {"entry": "ready", **said})
    data = reporting.made(place.ws, "leaflet", Asked(point), "pl")
    assert reading.validators(data, tmp_path) == []
    read = reading.Tagged(data)
    assert len(read.pdf.pages) == 1
    assert [read.words(each) for each in read.elements("H2")] == ["Na początek", "Chcesz wiedzieć więcej?"]
    assert len(list(read.elements("LBody"))) == points + 2
    text = " ".join(reading.text(data).split())
    for wanted in ("Dla kogo: pracodawcy", "To wszystko.", "Stowarzyszenie „Krokus”", "biuro@projekt.example"):
        assert wanted in text, wanted
