"""What the files of the newest sample events hold: agenda, accessibility, marks, materials, arrangements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from progressus_desktop.services import demo_joint

if TYPE_CHECKING:
    from progressus_desktop.services.demo_making import Making

_TASK = "4. Testowanie produktu finalnego"
_TESTER, _COLLEAGUE = "Anna Przykładna", "Jan Testowy"


@dataclass(frozen=True, slots=True)
class File:
    """What is known of one event beyond its numbers.

    ``agenda`` is time, point, speaker; ``access`` and ``marks`` give the answer of each item as a letter
    (T yes, N no, D does not apply, ``-`` none) in the order of the code list; ``asked`` is item and number
    of people; ``given`` is material, number and whether it was marked; ``people`` is role, women and men.
    """

    agenda: tuple[tuple[str, str, str], ...] = ()
    access: str = ""
    marks: str = ""
    asked: tuple[tuple[str, int], ...] = ()
    given: tuple[tuple[str, int, bool], ...] = ()
    authorities: tuple[tuple[str, str], ...] = ()
    aim: str = ""
    course: str = ""
    summary: str = ""
    host: str = ""
    co_organisers: tuple[str, ...] = ()
    people: tuple[tuple[str, int, int], ...] = ()


_ACCESS = (
    "entrance", "lift", "toilet", "parking", "hearing_loop", "pjm_interpreter", "captions", "large_print",
    "easy_text", "quiet_room", "seating", "assistant", "transport", "needs_asked",
)  # fmt: skip
_MARKS = ("poster", "list_marks", "agenda_marks", "slides_marks", "statement_read")
_LETTERS = {"T": "yes", "N": "no", "D": "na"}

FILES = {
    "2026-12-03": File(
        access="TDTTNDDTTNTTNT",
        agenda=(
            ("09:00", "Otwarcie stoiska i rozmowy z mieszkańcami", _TESTER),
            ("10:00", "Jak działa klaster: trzy krótkie historie", "KGW „Malwa”"),
            ("11:00", "Gdzie szukać praktyk i asystenta", _COLLEAGUE),
        ),
        aim="Pokazać mieszkańcom, z czego mogą skorzystać osoby z niepełnosprawnościami i ich rodziny.",
    ),
    "2026-12-01": File(
        access="TTTTNNDTTNTTTT",
        asked=(("large_print", 2), ("assistant", 1)),
        agenda=(
            ("16:00", "Powitanie i sprawdzenie ustaleń ze spotkania 18 listopada", _TESTER),
            ("16:15", "Wspólny dowóz: pierwszy kurs i zasady", "OSP Lipniki Wzorcowe"),
            ("16:50", "Staże od stycznia: ile miejsc i dla kogo", "PUP Wzorów"),
            ("17:30", "Przerwa", ""),
            ("17:45", "Co wpisujemy do planu na rok", "ZAZ „Warsztat pod Lipą”"),
            ("18:20", "Terminy i zakończenie", _TESTER),
        ),
        aim="Ustalić, kto odpowiada za dowóz na praktyki, i zaplanować wspólne działania na rok.",
    ),
    "2026-11-18": File(
        access="TTTTNNDT--TNT-",
        marks="TTTDT",
        agenda=(
            ("16:00", "Powitanie i cel spotkania", _TESTER),
            ("16:15", "Trasa i godziny busa", "OSP Lipniki Wzorcowe"),
            ("16:45", "Zasady praktyk i staży", "PUP Wzorów"),
            ("17:15", "Praca w grupach: kto dojeżdża, kto pomaga", _COLLEAGUE),
            ("18:10", "Ustalenia i terminy", _TESTER),
        ),
        given=(("karta „Klaster w pytaniach”", 26, True), ("rozkład jazdy busa", 20, False)),
        authorities=(("Gmina Przykładów", "wójt"), ("PUP Wzorów", "zastępca dyrektora")),
    ),
    "2026-11-14": File(
        access="TTTTTTDTTNTTNT",
        marks="TTNDT",
        asked=(("pjm_interpreter", 2), ("large_print", 5), ("parking", 3)),
        agenda=(
            ("16:00", "Otwarcie targów", "Urząd Gminy Przykładów"),
            ("16:15", "Czego szukają pracodawcy: pięć krótkich wystąpień", "PUP Wzorów"),
            ("16:45", "Rozmowy przy stoiskach, porady doradczyni zawodowej", _TESTER),
            ("17:45", "Jak działa klaster i jak do niego wejść", _COLLEAGUE),
            ("18:10", "Podsumowanie: terminy wizyt i staży", _TESTER),
        ),
        given=(("ulotka o modelu współpracy", 120, True), ("karta kontaktu do pracodawcy", 90, True)),
        authorities=(("Gmina Przykładów", "wójt"),),
        aim="Poznać ze sobą pracodawców, organizacje i osoby, które szukają pracy lub praktyki.",
        course=(
            "Dziewięciu pracodawców opowiedziało, kogo szukają.\n"
            "- 14 osób zostawiło kartę kontaktu,\n- piekarnia i tartak zaprosiły na wizytę."
        ),
        summary="Pracodawcy i mieszkańcy trzech gmin rozmawiali o pracy.",
        host="Urząd Gminy Przykładów",
        co_organisers=("PUP Wzorów",),
        people=(
            ("pwd", 21, 16), ("ngo_staff", 18, 9), ("employer", 9, 14), ("institution", 8, 5), ("family", 7, 5),
        ),
    ),
    "2026-11-09": File(access="TTTTN--T--T---", marks="NT--T"),
    "2026-11-05": File(
        access="TTTTNDDTTTTTTT",
        marks="DTTDT",
        asked=(("easy_text", 3), ("transport", 6)),
        agenda=(
            ("09:00", "Powitanie i zasady bezpieczeństwa", "ZAZ „Warsztat pod Lipą”"),
            ("09:20", "Zwiedzanie kuchni i pralni w dwóch grupach", "ZAZ „Warsztat pod Lipą”"),
            ("10:20", "Próbne stanowisko: każdy może spróbować", _COLLEAGUE),
            ("11:00", "Pytania i zapisy na próbny dzień pracy", _TESTER),
        ),
        given=(("zaproszenie w tekście łatwym do czytania", 18, True),),
        aim="Zobaczyć, jak wygląda dzień pracy w zakładzie, i spróbować prostych czynności.",
        course=(
            "Grupa zobaczyła kuchnię i pralnię, a każdy mógł spróbować składania i pakowania. "
            "Pięć osób zapisało się na próbny dzień pracy."
        ),
        summary="Osiemnaście osób zobaczyło, jak pracuje zakład aktywności zawodowej.",
        host="ZAZ „Warsztat pod Lipą”",
    ),
    "2026-10-29": File(access="TTTTNDDTTDTNDT", marks="TTDDT"),
    "2026-10-24": File(
        access="TTTTNDDTTNTTTT",
        marks="TTTDT",
        agenda=(
            ("10:00", "Powitanie i podział na zespoły", "KGW „Malwa”"),
            ("10:15", "Wspólne gotowanie", "KGW „Malwa”"),
            ("11:20", "Przy stole: kto jakiej pracy szuka", _TESTER),
        ),
        given=(("przepisy dużym drukiem", 31, True),),
        host="KGW „Malwa”",
    ),
    "2026-10-17": File(
        access="TTTTNDDTTNTTDT",
        marks="TTTTT",
        asked=(("large_print", 2),),
        agenda=(
            ("09:00", "Czego pracodawca chce się dowiedzieć", _TESTER),
            ("09:50", "Próbne rozmowy w parach", _COLLEAGUE),
            ("11:00", "Co powiedzieć o swoich potrzebach", _TESTER),
        ),
        given=(("karta „Moje mocne strony”", 16, True),),
        host="Biblioteka w Zmyślonej",
    ),
    "2026-10-10": File(
        access="TTTTNDDTTNTDTT",
        marks="TTTTT",
        agenda=(
            ("16:00", "Co kto oferuje, czego kto szuka", _TESTER),
            ("17:00", "Wzór deklaracji: czytamy razem", _COLLEAGUE),
            ("18:00", "Podpisanie deklaracji", _TESTER),
        ),
    ),
    "2026-10-03": File(access="TDNTDDDT-D-TTT", marks="DTDDT"),
}  # fmt: skip
"""By the day of the event in the pictures. What some lack is lacking on purpose: lists of gaps show something."""

ARRANGED = {
    "2026-11-18": demo_joint.ARRANGEMENTS,
    "2026-11-14": (
        ("Przekazać PUP listę pracodawców chętnych na staże", "Anna P.", "", "", ""),
        ("Umówić wizytę w piekarni dla trzech osób", "Jan T.", "", "", ""),
    ),
}
"""What was arranged at an event, by its day: what, who, due, state and day of its task; without a date none."""


def fields(making: Making, day: str) -> dict[str, Any]:
    """The fields of the event of that day; nothing for an event about which no more is known."""
    known = FILES.get(day, File())
    found: dict[str, Any] = {
        "application_task": _TASK,
        "accessibility": _answers(_ACCESS, known.access),
        "visibility": _answers(_MARKS, known.marks),
        "requested_arrangements": [{"item": item, "count": count} for item, count in known.asked],
        "agenda": [{"time": time, "item": item, "speaker": speaker or None} for time, item, speaker in known.agenda],
        "materials": [{"what": what, "count": count, "marked": marked} for what, count, marked in known.given],
        "authorities": [{"institution": name, "function": function} for name, function in known.authorities],
        "aim": known.aim,
        "course": known.course,
        "summary": known.summary,
        "participants": {role: {"f": women, "m": men} for role, women, men in known.people},
        "host": making.partners[known.host] if known.host else None,
        "co_organisers": sorted(making.partners[name] for name in known.co_organisers),
        "arrangements": [
            {"key": row_key(place), "what": what, "who": who, "due": making.day(due).isoformat() if due else None}
            for place, (what, who, due, _state, _done) in enumerate(ARRANGED.get(day, ()), 1)
        ],
    }
    return {name: value for name, value in found.items() if value}


def row_key(place: int) -> str:
    """The key of an arrangement in its event, from which the id of its task follows."""
    return f"a{place:07x}"


def _answers(items: tuple[str, ...], letters: str) -> list[dict[str, str]]:
    return [
        {"item": item, "answer": _LETTERS[letter]}
        for item, letter in zip(items, letters, strict=False)
        if letter in _LETTERS
    ]
