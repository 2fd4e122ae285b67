"""Reports made of invented data in five sizes, for all tests of PDFs."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from functools import cache

from PIL import Image

from progressus_desktop import words
from progressus_desktop.reports import attendance_sheet, event_card, periodical
from progressus_desktop.reports.attendance_sheet import AttendanceSheet, Person
from progressus_desktop.reports.blocks import Photo, Tile
from progressus_desktop.reports.event_card import Arrangement, Count, EventCard, Evidence, Topic
from progressus_desktop.reports.images import picture
from progressus_desktop.reports.periodical_lines import (
    GAP,
    Annex,
    Audience,
    ContactLine,
    EventLine,
    Figures,
    Periodical,
    StageLine,
)
from progressus_desktop.reports.setting import Setting

POLISH = "Zażółć gęślą jaźń ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż „cytat” – 5 × 3"
GIANT = "Najdłuższesłowo" * 40
LONG = "Uczestnicy rozmawiali o dowozie i o pracy w pobliżu domu. " * 345
MOMENT = datetime(2026, 5, 20, 9, 30, tzinfo=timezone(timedelta(hours=2)))
SIZES = ("empty", "small", "polish", "giant", "long")


def setting(lang: str = "pl", text: str = "Stowarzyszenie „Krokus”") -> Setting:
    return Setting(lang, text, MOMENT, ("Znak programu", "Znak lidera", "Znak partnera"), "miejsce na znaki")


@cache
def photo(alt: str = "Pięć osób przy stole", caption: str = "Praca nad mapą") -> Photo:
    out = io.BytesIO()
    Image.new("RGB", (640, 420), "#bfd0c0").save(out, "JPEG")
    return Photo(picture(out.getvalue()), alt, caption)


def card(size: str) -> EventCard:
    if size == "empty":
        return EventCard("KROA-2026-0014", "", "szkic", "warn", evidence=[Evidence("Agenda", False, "brakuje")])
    text = {"small": "Warsztat w świetlicy", "polish": POLISH, "giant": GIANT, "long": LONG}[size]
    short = text if size != "long" else "Warsztat"
    return EventCard(
        "KROA-2026-0014",
        short,
        "Odbyło się · gotowe",
        facts=[("Termin", "wtorek, 12.05.2026"), ("Organizator", text[:3000]), ("Miejsce", short)],
        participants=[Count(short, 5, 4, 1), Count("Pracownicy NGO", 1240, 3)],
        of_which=[Count(f"w tym {short}", 2, 1)],
        about_people=[("Sposób liczenia", short), ("Wyjaśnienie", text)],
        topics=[Topic("T1", short, 2, "przedstawiono", short, short), Topic("T2", "Poszerzenie oferty NGO")],
        summary=short,
        course=f"{text}\n\n- {short}\n- drugi punkt",
        difficulties=text,
        arrangements=[Arrangement(text, short, "29.05.2026")],
        accessible=[short, "parking"],
        requested=text,
        photos=[photo(), photo("", ""), photo(short, short)],
        photos_note="Pominięto 2 zdjęcia: brak zgody.",
        percent=83,
        evidence=[Evidence("Skan listy", True, short), Evidence("Agenda", False, "brakuje")],
        people=[short[:200], "koordynator"],
    )


def sheet(size: str, *, rows: int = 0, landscape: bool = False, large_print: bool = False) -> AttendanceSheet:
    text = {"empty": "", "small": "Warsztat", "polish": POLISH, "giant": GIANT, "long": LONG}[size]
    people = [Person(f"Osoba {at} {text[:40]}", text[:300]) for at in range(rows or (0 if size == "empty" else 8))]
    return AttendanceSheet(
        "KROA-2026-0014", text[:900], text[:100], text[:900], text[:300],
        () if size == "empty" else attendance_sheet.clause(text[:600], "art. 6", "dane@lider.example"),
        people, 20, text[:60], landscape, large_print,
    )  # fmt: skip


def month(size: str, *, rows: int = 0) -> Periodical:
    text = {"empty": "", "small": "Spotkanie", "polish": POLISH, "giant": GIANT, "long": LONG}[size]
    short = text[:200]
    lines = rows or (0 if size == "empty" else 3)
    contacts = [ContactLine("06.05", "wizyta", short, text, "T1", short[:50], "12.06") for _ in range(lines)]
    return Periodical(
        organisation=short, code="KROA-2026-0041", title=f"Sprawozdanie miesięczne, maj 2026 {short}".strip(),
        kind="Sprawozdanie", period="Od 01.05.2026 do 31.05.2026.", state="Szkic", state_kind="warn", now="Maj",
        then="Kwiecień",
        tiles=[Tile("Wydarzenia", "4", short[:80]), Tile("Uczestnictwa", "1 112", "K 63"), Tile("Odbiorcy", "0", "")],
        topics=[("T1", short or "Temat"), ("T2", "Poszerzenie oferty")],
        audiences=[Audience(short or "Media", {"T1": 3, "T2": GAP}), Audience("Inne", {})],
        percent=50, reached=1, expected=2, gaps=[("T2", f"nie przedstawiono: {short}")],
        short=[] if size == "empty" else [text],
        events=[EventLine("05.05", text or "–", short, "T1, T3", 12, 9, 0, 4, short[:60]) for _ in range(lines)],
        events_total="Razem: 3", contacts_total="Razem 3: wizyty 3.", contacts=contacts,
        stages=[StageLine(short[:60] or "Rozmowy", 6, 8), StageLine("Odmowa", 1, 0, quiet=True)],
        difficulties=[] if size == "empty" else [(short, text)], plan_title="Plan na czerwiec",
        plan=[] if size == "empty" else [("09.06", short), ("", "i jeszcze 3")],
        hours=Figures("Rodzaj pracy", ["1–10.05", "Razem"], [(short[:40] or "Wydarzenia", ["6", "6"])], ["6", "6"]),
        annexes=[] if size == "empty" else [Annex("Dziennik kontaktów", "3 wpisy", contacts=contacts)],
        left_out=() if size == "empty" else ["Szkice: 2 wydarzenia."], people=["[Osoba A], tester", ""],
    )  # fmt: skip


def renderings() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Every report with every data set: (report, data set, maker)."""
    for size in SIZES:
        yield "event-card", size, lambda size=size: event_card.render(card(size), setting())  # type: ignore[misc]
        yield "attendance-sheet", size, lambda size=size: attendance_sheet.render(sheet(size), setting())  # type: ignore[misc]
        yield "monthly", size, lambda size=size: periodical.render(month(size), setting())  # type: ignore[misc]
    yield "event-card", "no-photos", lambda: event_card.render(_without_photos(), setting())
    yield "attendance-sheet", "rows-2000", lambda: attendance_sheet.render(sheet("small", rows=2000), setting())
    yield "attendance-sheet", "landscape", lambda: attendance_sheet.render(sheet("polish", landscape=True), setting())
    yield (
        "attendance-sheet",
        "large-print",
        lambda: attendance_sheet.render(sheet("polish", large_print=True), setting()),
    )
    yield "monthly", "rows-2000", lambda: periodical.render(month("small", rows=1000), setting())


def _without_photos() -> EventCard:
    from dataclasses import replace

    return replace(card("small"), photos=(), photos_note="Zdjęć nie ma.")


@cache
def rendered(report: str, data: str, lang: str = "pl") -> bytes:
    """The bytes of one report, made once in each test process."""
    maker = next(make for name, size, make in renderings() if (name, size) == (report, data))
    with words.speaking(lang):
        return maker()


CASES = [(report, data) for report, data, _make in renderings()]
