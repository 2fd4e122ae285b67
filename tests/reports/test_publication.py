"""The public note: gives back the news item of an event, holds nobody's data, and is the same as PDF, text and page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from progressus_desktop.domain.naming import Names
from progressus_desktop.services import reporting
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store import media
from progressus_desktop.store.workspace import Workspace
from tests.builders import write
from tests.reports import reading, worlds

PEOPLE = ("Zofia Szafirska", "Bogumił Krukowicz")


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROGRESSUS_HOME", str(tmp_path_factory.mktemp("home")))
        making = worlds._made("Stowarzyszenie „Nad Jeziorem”")
        yield making.ws
        making.ws.close()


@pytest.fixture(scope="module")
def event(ws: Workspace) -> str:
    """The summary workshop of scenario 11, with invented organisations and no number at all."""
    host = write(ws, "partner", {"entry": "ready", "name": "Stowarzyszenie „Gospodarze”", "kind": "association"})
    office = write(ws, "partner", {"entry": "ready", "name": "Gmina Grzmiąca", "kind": "gmina"})
    for name in PEOPLE:
        first, last = name.split()
        person = write(ws, "person", {"entry": "ready", "first_name": first, "last_name": last})
        write(
            ws, "contact",
            {
                "entry": "ready", "person": person, "partner": host,
                "phones": [{"key": "00000001", "phone": "+48600100200"}],
                "emails": [{"key": "00000002", "email": "zofia@gospodarze.example"}],
            },
        )  # fmt: skip
    main = write(
        ws, "event",
        {
            "entry": "ready", "title": "Warsztat podsumowujący w Krosinie", "kind": "summary_workshop",
            "status": "held", "date": "2026-08-18", "locality": "Krosino", "gmina": "3215052",
            "lead_organiser": ws.space, "host": host, "partners": [host, office], "testers": [ws.space],
            "summary": "Podsumowaliśmy testowanie modelu.",
            "course": "# Rozmowy przy stolikach\nOmówiono wnioski. Pani Szafirska i Bogumiłem Krukowiczem, tel. "
            "600 100 200, zofia@gospodarze.example.\n\n- powstał plan;\n- będzie ciąg dalszy.",
            "authorities": [{"key": "00000001", "institution": "Gmina Grzmiąca", "function": "wójt"}],
            "agenda": [{"key": "00000002", "item": "Otwarcie", "speaker": "Bogumił Krukowicz"}],
            "arrangements": [{"key": "00000003", "what": "Zadzwonić", "who": "Zofia Szafirska"}],
            "topics": [{"topic": "T4", "depth": "workshop", "audience": ["ngo_staff"]}],
            "note": "Tylko dla mnie",
        },
    )  # fmt: skip
    write(
        ws, "event",
        {
            "entry": "ready", "title": "Pokaz wspólnego dowozu", "kind": "open_day", "status": "held",
            "date": "2026-08-18", "lead_organiser": host, "testers": [ws.space], "parent_event": main,
        },
    )  # fmt: skip
    for number, more in enumerate(({"people_shown": "crowd"}, {"people_shown": "recognisable"})):
        data = media.add(ws, worlds.picture(number))
        write(
            ws, "photo",
            {
                "entry": "ready", "kind": "photo", "event": main, "original": data, "shared_copy": data,
                "alt": f"Zdjęcie numer {number} & opis", "caption": "Przy stolikach", "author": "Zofia Szafirska",
            } | more,
        )  # fmt: skip
    return main


def _text(ws: Workspace, event: str, lang: str = "pl") -> str:
    return reporting.made(ws, "publication", Asked(event, form="txt"), lang).decode("utf-8")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.open: list[str] = []
        self.alts: list[str] = []
        self.language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "html":
            self.language = named.get("lang") or ""
        if tag == "img":
            self.alts.append(named.get("alt") or "")
            assert (named.get("src") or "").startswith("data:image/jpeg;base64,")
        if tag not in {"meta", "img", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open and "title" not in self.open:
            self.words.append(data)


def test_the_summary_workshop_gives_back_its_news_item(ws: Workspace, event: str) -> None:
    said = _text(ws, event)
    for wanted in (
        "Warsztat podsumowujący w Krosinie", "Aktualności · 18.08.2026 · Krosino, gmina Grzmiąca",
        "Podsumowaliśmy testowanie modelu.", "Gospodarz: Stowarzyszenie „Gospodarze”.",
        "Wspólnie przygotowali: Stowarzyszenie „Nad Jeziorem”.", "Rozmowy przy stolikach", "- powstał plan;",
        "Pokaz wspólnego dowozu (Stowarzyszenie „Gospodarze”, Stowarzyszenie „Nad Jeziorem”).",
        "Władze i instytucje: Gmina Grzmiąca – wójt.", "Lider: Lider Stowarzyszenie „Nad Jeziorem”.",
        "Partnerzy projektu: Stowarzyszenie „Nad Jeziorem”.", "[Zdjęcie 1: Zdjęcie numer 0 & opis – Przy stolikach.",
    ):  # fmt: skip
        assert wanted in said, wanted


def test_where_nobody_was_counted_no_number_is_invented(ws: Workspace, event: str) -> None:
    without = re.sub(r"Zdjęcie (numer )?\d|T\d|\d\d\.\d\d\.\d{4}", "", _text(ws, event))
    assert not re.search(r"\d", without)


@pytest.mark.parametrize("form", ["pdf", "txt", "html"])
@pytest.mark.parametrize("lang", ["pl", "en"])
def test_nobody_is_named(ws: Workspace, event: str, form: str, lang: str) -> None:
    data = reporting.made(ws, "publication", Asked(event, form=form), lang)
    said = reading.text(data) if form == "pdf" else data.decode("utf-8")
    assert "Podsumowaliśmy" in said
    for part in ("Szafirsk", "Krukowicz", "Zofi", "Bogumi", "600 100", "zofia@", "Tylko dla mnie", "Zadzwoni"):
        assert part not in said, part


def test_a_photo_without_permission_is_in_no_form(ws: Workspace, event: str) -> None:
    assert "numer 1" not in _text(ws, event)
    page = reporting.made(ws, "publication", Asked(event, form="html")).decode("utf-8")
    assert page.count("<img") == 1
    read = reading.Tagged(reporting.made(ws, "publication", Asked(event)))
    assert [str(figure.Alt) for figure in read.elements("Figure")] == ["Zdjęcie numer 0 & opis"]


def test_the_page_says_what_the_text_says_and_is_well_formed(ws: Workspace, event: str) -> None:
    page = _Words()
    page.feed(reporting.made(ws, "publication", Asked(event, form="html")).decode("utf-8"))
    assert (page.open, page.language, page.alts) == ([], "pl", ["Zdjęcie numer 0 & opis"])
    told = reading.squeezed("".join(page.words))
    for paragraph in _text(ws, event).split("\n\n"):
        if not paragraph.startswith("["):
            for line in paragraph.splitlines():
                assert reading.squeezed(line.removeprefix("- ")) in told


def test_signs_of_the_web_in_a_text_stay_text(ws: Workspace) -> None:
    event = write(ws, "event", {"title": "<script>a&b</script>", "course": '1 < 2 & "3"'})
    page = reporting.made(ws, "publication", Asked(event, form="html")).decode("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;a&amp;b" in page


@pytest.mark.parametrize(
    ("people", "wanted", "never"),
    [
        ({"pwd": {"f": 2}}, "W spotkaniu uczestniczyli: osoby z niepełnosprawnościami.", "2"),
        (
            {"pwd": {"f": 3}, "ngo_staff": {"f": 20, "m": 10}},
            "Wzięły udział 33 osoby (23 kobiety, 10 mężczyzn), wśród nich, bez podawania liczby: osoby", "30",
        ),
        (
            {"pwd": {"f": 12, "m": 9}, "ngo_staff": {"f": 20, "m": 10}},
            "Wzięło udział 51 osób (32 kobiety, 19 mężczyzn): osoby z niepełnosprawnościami 21, pracownicy NGO 30.",
            "bez podawania",
        ),
    ],
)  # fmt: skip
def test_small_numbers_of_people_with_disabilities_are_not_told(
    ws: Workspace, people: dict[str, dict[str, int]], wanted: str, never: str
) -> None:
    event = write(ws, "event", {"title": "Dzień otwarty", "status": "held", "participants": people})
    sentences = [line for line in _text(ws, event).splitlines() if "osoby z niepełnosprawnościami" in line]
    assert sentences
    assert all(never not in each.replace("2026", "") for each in sentences), sentences
    assert any(each.startswith(wanted) for each in sentences), sentences


def test_names_are_found_in_every_case_and_other_words_are_kept() -> None:
    names = Names([("Anna", "Kowalska"), ("Jan", "Nowak"), ("Łucja", "Żak-Ćwikła"), ("", "Wilk")])
    text = "Z Anną Kowalską, Nowakiem Janem i panią Żak-Ćwikłą mówił J. Nowak. Nowak bez imienia, Janowi nic. Pan Wilk."
    assert names.without(text, "#") == ("Z #, # i panią # mówił #. Nowak bez imienia, Janowi nic. Pan #.", 5)
    assert names.without("Dom Kultury „Kowalówka” i wilki", "#")[1] == 0


def test_a_file_named_as_a_page_becomes_a_page(ws: Workspace, event: str, tmp_path: Path) -> None:
    for name, start in (
        ("a.html", b"<!doctype html>"),
        ("b.HTM", b"<!doctype"),
        ("c.txt", b"Warsztat"),
        ("d.pdf", b"%PDF"),
    ):
        path = reporting.export(ws, "publication", tmp_path / name, record_id=event)
        assert path.read_bytes().startswith(start)
    assert reporting.export(ws, "event-card", tmp_path / "e.txt", record_id=event).read_bytes().startswith(b"%PDF")
