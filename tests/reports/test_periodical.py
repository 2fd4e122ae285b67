"""The monthly and the final report: what was done in a time, what comes next, everything behind it in annexes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from progressus_desktop.domain import monthly_report
from progressus_desktop.errors import UsageError
from progressus_desktop.services import indicators, reporting
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store.workspace import Workspace
from tests.builders import write
from tests.reports import reading, worlds


@dataclass
class Place:
    """An office's workspace with two testers."""

    ws: Workspace
    own: str
    other: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROGRESSUS_HOME", str(tmp_path_factory.mktemp("home")))
        making = worlds._made("Stowarzyszenie „Krokus”")
        ws, own = making.ws, making.world.own
        other = write(ws, "partner", {"name": "Fundacja „Inna”", "kind": "foundation", "in_project": True})
        partner = write(ws, "partner", {"entry": "ready", "name": "KGW „Malwa”", "kind": "kgw"})
        held = {"entry": "ready", "status": "held", "start": "10:00", "end": "12:30", "partners": [partner]}
        for number, (day, space, people) in enumerate(
            (("2026-03-10", own, 10), ("2026-05-05", own, 20), ("2026-05-25", own, 4), ("2026-05-12", other, 300))
        ):
            write(ws, "event", {**held, "title": f"Wydarzenie {number}", "date": day, "space": space,
                                "participants": {"ngo_staff": {"f": people}},
                                "difficulties": "Brak dojazdu." if number == 1 else None})  # fmt: skip
        plan = {"entry": "ready", "status": "planned", "locality": "Lipniki", "space": own}
        write(ws, "event", {**plan, "title": "Śniadanie z pracodawcami", "date": "2026-06-11"})
        write(ws, "event", {**plan, "title": "Odwołane", "date": "2026-06-12", "status": "cancelled"})
        write(ws, "event", {**plan, "title": "Lipcowe", "date": "2026-07-02"})
        talk = {"entry": "ready", "channel": "visit", "partners": [partner], "space": own, "duration_min": 30}
        for number in range(12):
            result = "agreed" if number in {2, 9} else "no_answer"
            write(ws, "interaction", {**talk, "date": f"2026-05-{number + 1:02}", "subject": f"Rozmowa {number}",
                                      "result": result})  # fmt: skip
        write(ws, "interaction", {**talk, "date": "2026-05-20", "subject": "List", "result": "agreed",
                                  "next_step": "Piąty list", "next_step_due": "2026-06-09"})  # fmt: skip
        yield Place(ws, own, other)
        ws.close()


def _read(place: Place, kind: str, **asked: str) -> reading.Tagged:
    return reading.Tagged(reporting.made(place.ws, kind, Asked(**asked)))


def _rows(read: reading.Tagged) -> list[list[str]]:
    return [[read.words(cell) for cell in reading._kids(row)] for row in read.elements("TR")]


def test_the_month_plans_the_next_one_from_events_and_next_steps(place: Place) -> None:
    read = _read(place, "monthly", month="2026-05")
    items = [read.words(each) for each in read.elements("LBody")]
    plan = [each for each in items if each[:5] in {"09.06", "11.06", "12.06", "02.07"}]
    assert plan == ["09.06 Piąty list", "11.06 Śniadanie z pracodawcami, Lipniki"]
    assert "Plan na czerwiec" in [read.words(each) for each in read.elements("H2")]


def test_hours_come_from_the_durations_by_thirds_of_the_month_and_by_day(place: Place) -> None:
    rows = _rows(_read(place, "monthly", month="2026-05"))
    assert ["Wydarzenia", "2,5", "–", "2,5", "5,0"] in rows
    assert ["Kontakty", "5,0", "1,5", "–", "6,5"] in rows
    assert ["Razem", "7,5", "1,5", "2,5", "11,5"] in rows
    assert ["05.05.2026", "2,5", "0,5", "3,0"] in rows


def test_the_weightiest_contacts_are_shown_and_all_stand_in_the_annex(place: Place) -> None:
    read = _read(place, "monthly", month="2026-05")
    tables = [table for table in read.elements("Table") if "Kontakty" in str(table.get("/A", {}).get("/Summary", ""))]
    counts = [len(list(read._below(table, "TR"))) - 1 for table in tables]
    assert counts == [8, 13]
    shown = [read.words(cell) for cell in read._below(tables[0], "TD")]
    assert {"Rozmowa 2", "Rozmowa 9", "List"} <= set(shown)
    headings = [read.words(each) for each in read.elements("H2")]
    assert "Załącznik 1. Dziennik kontaktów" in headings


def test_difficulties_are_told_with_their_event(place: Place) -> None:
    assert ["05.05.2026 · Wydarzenie 1", "Brak dojazdu."] in _rows(_read(place, "monthly", month="2026-05"))


def test_a_tester_s_report_holds_nothing_of_another_tester(place: Place) -> None:
    for kind, asked in (("monthly", {"month": "2026-05"}), ("final", {})):
        text = reading.text(reporting.made(place.ws, kind, Asked(**asked)))
        assert "Wydarzenie 3" not in text
        assert "300" not in text


def test_the_office_asks_for_one_tester_or_for_all(place: Place) -> None:
    space, place.ws.space = place.ws.space, "office"
    try:
        every = reading.text(reporting.made(place.ws, "monthly", Asked(month="2026-05")))
        one = reading.text(reporting.made(place.ws, "monthly", Asked(place.other, month="2026-05")))
    finally:
        place.ws.space = space
    assert "Wydarzenie 1" in every
    assert "Wydarzenie 3" in every
    assert "Fundacja „Inna”" in one
    assert "Wydarzenie 3" in one
    assert "Wydarzenie 1" not in one


def test_the_final_report_goes_month_by_month_over_the_test_phase_up_to_today(place: Place) -> None:
    read = _read(place, "final")
    rows = _rows(read)
    months = [row for row in rows if len(row) == 7 and row[0].endswith((" 2026", " 2027"))]
    assert (months[0][0], months[-1][0], len(months)) == ("marzec 2026", "listopad 2026", 9)
    assert ["marzec 2026", "1", "10", "–", "10", "–", "1"] in months
    assert ["maj 2026", "2", "24", "–", "24", "13", "1"] in months
    assert ["Razem", "3", "34", "–", "34", "13", "–"] in rows
    (chart,) = (figure for figure in read.elements("Figure") if "kolumnowy" in str(figure.Alt))
    assert "najwięcej: maj (24)" in str(chart.Alt)
    assert "Załącznik 2. Wydarzenia" in [read.words(each) for each in read.elements("H2")]


def test_the_final_report_takes_other_days_and_refuses_none(place: Place) -> None:
    text = reading.text(reporting.made(place.ws, "final", Asked(date_from="2026-05-01", date_to="2026-05-10")))
    assert "Od 01.05.2026 do 10.05.2026" in text
    with pytest.raises(UsageError):
        _read(place, "final", date_from="2027-03-01")


def test_both_say_working_copy_on_every_page(place: Place) -> None:
    data = reporting.made(place.ws, "final", Asked())
    pages = len(reading.Tagged(data).pdf.pages)
    assert reading.text(data).lower().count("wersja robocza") == pages + 1


def test_indicators_stand_in_the_report_with_the_records_they_come_from(place: Place) -> None:
    for code, rule, source in (("W71", "events_held", "listy obecności"), ("W72", "observations", "")):
        wanted = {"code": code, "name": f"Wskaźnik {code}", "rule": rule, "unit": "sztuki", "source": source}
        write(place.ws, "indicator", {"entry": "ready", **wanted})
    read = _read(place, "monthly", month="2026-05", record_id=place.own)
    rows = [read.words(row) for row in read.elements("TR")]
    for wanted in ("W71 Wskaźnik W71 2 sztuki 2 wydarzenia, listy obecności", "W72 Wskaźnik W72 – sztuki –"):
        assert any(wanted.replace(" ", "") == row.replace(" ", "") for row in rows), rows[-4:]


def test_chosen_files_stand_among_the_annexes_by_kind_and_event(place: Place) -> None:
    event = write(place.ws, "event", {"title": "Targi", "date": "2026-05-30", "space": place.own})
    scan = write(place.ws, "photo", {"kind": "list_scan", "event": event, "caption": "Lista, strona 1"})
    tester = {"tester": place.own, "kind": "monthly", "period": "2026-05", "annexes": [scan]}
    write(place.ws, "monthly_report", tester, monthly_report.identity(tester))
    read = _read(place, "monthly", month="2026-05", record_id=place.own)
    assert "Skan listy · Lista, strona 1 · Targi 30.05.2026" in [read.words(each) for each in read.elements("LBody")]


def test_the_office_s_year_has_each_of_its_twelve_months_once(place: Place) -> None:
    rows = _rows(_read(place, "office-summary", date_to="2026-05-20"))
    begin = next(at for at, row in enumerate(rows) if row[0] == "Miesiąc") + 1
    months = [row[0] for row in rows[begin : begin + 13]]
    assert (months[0], months[11], months[12]) == ("czerwiec 2025", "maj 2026", "Razem")


def test_indicators_of_the_starter_set_speak_the_language_of_the_report(place: Place) -> None:
    given = next(iter(indicators.starter()))
    write(place.ws, "indicator", {**given, "entry": "ready"})
    write(place.ws, "indicator", {**given, "entry": "ready", "code": "W99", "name": "Nasze spotkania"})
    shown = {
        lang: {
            tuple(row[:3])
            for row in _rows(reading.Tagged(reporting.made(place.ws, "office-summary", Asked(), lang)))
            if row[0] in {"W01", "W99"}
        }
        for lang in ("pl", "en")
    }
    assert shown["pl"] == {
        ("W01", "Wydarzenia, które się odbyły", "wydarzenia"), ("W99", "Nasze spotkania", "wydarzenia"),
    }  # fmt: skip
    assert shown["en"] == {("W01", "Events held", "events"), ("W99", "Nasze spotkania", "wydarzenia")}
    month = reading.Tagged(reporting.made(place.ws, "monthly", Asked(month="2026-05"), "en"))
    assert {(row[1], row[3]) for row in _rows(month) if row[0] in {"W01", "W99"}} == {
        ("Events held", "events"), ("Nasze spotkania", "wydarzenia"),
    }  # fmt: skip


@pytest.mark.usefixtures("made_worlds")
def test_the_report_says_how_members_of_a_cluster_work_together_before_and_now() -> None:
    read = reading.Tagged(worlds.made("final", "small"))
    said = [read.words(each).replace("\u00a0", " ") for each in read.elements("P")]
    words = "Współpraca przed projektem: brak 1, doraźna 1; teraz: doraźna 2."
    assert any(each.endswith(words) for each in said)


@pytest.mark.usefixtures("made_worlds")
def test_an_observation_stands_with_whose_it_is_what_was_changed_and_what_the_office_decided() -> None:
    rows = _rows(reading.Tagged(worlds.made("final", "small")))
    row = next(row for row in rows if row[1:2] == ["regulamin"])
    assert row == [
        "1–9 pracowników gmina", "regulamin", "Działa: Warsztat w świetlicy", "Warsztat w świetlicy", "przyjęte",
    ]  # fmt: skip
