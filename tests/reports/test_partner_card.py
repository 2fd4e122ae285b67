"""The partner card says what the records say, of the time asked for, and no more of people than the role may print."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from progressus_desktop.services import reporting
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store.workspace import Workspace
from tests.builders import write
from tests.reports import reading, worlds


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROGRESSUS_HOME", str(tmp_path_factory.mktemp("home")))
        making = worlds._made("Stowarzyszenie „Krokus”")
        yield making.ws
        making.ws.close()


def _contact(ws: Workspace, partner: str, last_name: str, **more: object) -> None:
    person = write(ws, "person", {"entry": "ready", "first_name": "Ewa", "last_name": last_name})
    phones = [{"key": "00000001", "phone": "+48600100200"}]
    write(ws, "contact", {"entry": "ready", "person": person, "partner": partner, "phones": phones, **more})


@pytest.fixture(scope="module")
def partner(ws: Workspace) -> str:
    own = ws.space
    made = write(
        ws, "partner",
        {
            "entry": "ready", "name": "KGW „Malwa”", "kind": "kgw", "locality": "Lipniki", "gmina": "3215052",
            "needs": ["transport"], "nip": "8567346215",
            "relations": [
                {"key": "00000001", "organisation": own, "stage": "talks", "date": "2026-09-01", "note": "po wizycie"},
                {"key": "00000002", "organisation": own, "stage": "declared", "date": "2026-11-10"},
            ],
            "declarations": [{"key": "00000003", "kind": "letter_of_intent", "date": "2026-11-10"}],
        },
    )  # fmt: skip
    _contact(ws, made, "Obecna", clause_given_on="2026-03-10")
    _contact(ws, made, "Sprzeciwiona", objection=True)
    _contact(ws, made, "Dawna", date_to="2026-02")
    held = {"entry": "ready", "status": "held", "locality": "Lipniki"}
    agreed = [
        {"key": "00000001", "what": "Zebrać rozkłady", "who": "Jan", "due": "2026-12-01"},
        {"key": "00000002", "what": "Już po dniu", "due": "2026-11-13"},
    ]
    workshop = {"title": "Warsztat w remizie", "date": "2026-11-12", "host": made, "partners": [made]}
    write(ws, "event", {**held, **workshop, "arrangements": agreed})
    write(ws, "event", {**held, "title": "Dawne targi", "date": "2025-05-01", "partners": [made]})
    talk = {"entry": "ready", "channel": "visit", "partners": [made], "result": "agreed", "topics": [{"topic": "T4"}]}
    write(ws, "interaction", {**talk, "date": "2026-11-05", "subject": "Staże", "next_step": "Zadzwonić",
                              "next_step_due": "2026-11-10"})  # fmt: skip
    write(ws, "interaction", {**talk, "date": "2026-10-05", "subject": "Sala", "next_step": "Podjechać",
                              "next_step_due": "2026-10-20"})  # fmt: skip
    return made


def _read(ws: Workspace, partner: str, **asked: str) -> reading.Tagged:
    return reading.Tagged(reporting.made(ws, "partner-card", Asked(partner, **asked)))


def _rows(read: reading.Tagged) -> list[list[str]]:
    return [[read.words(cell) for cell in reading._kids(row)] for row in read.elements("TR")]


def test_the_card_has_what_the_records_have(ws: Workspace, partner: str) -> None:
    rows = _rows(_read(ws, partner))
    for wanted in (
        ["Ewa Obecna", "–", "+48600100200", "–", "10.03.2026"],
        ["list intencyjny", "10.11.2026", "–", "! brakuje"],
        ["10.11.2026", "list intencyjny/deklaracja", "Stowarzyszenie „Krokus”", "–"],
        ["01.09.2026", "rozmowy", "Stowarzyszenie „Krokus”", "po wizycie"],
        ["12.11.2026", "Warsztat w remizie", "gospodarz, obecny", "Lipniki", "odbyło się"],
        ["05.11.2026", "wizyta", "Staże", "T4", "uzgodniono"],
    ):
        assert wanted in rows, wanted


def test_what_the_partner_gives_and_where_it_belongs_is_on_the_card(ws: Workspace, partner: str) -> None:
    given = {"entry": "ready", "partner": partner, "category": "transport", "cost": "free"}
    new = {"new_since_project": True, "new_since": "2026-11-02", "valid_to": "2027"}
    write(ws, "offer", {**given, **new, "description": "bus w czwartki"})
    write(ws, "offer", {**given, "description": "dawny bus", "valid_to": "2026-10", "new_since_project": False})
    cluster = write(ws, "cluster", {"entry": "ready", "name": "Nad Strugą", "stage": "declaration"})
    write(ws, "membership", {"entry": "ready", "cluster": cluster, "partner": partner, "role": "founder",
                             "date_from": "2026-06-01"})  # fmt: skip
    rows = _rows(_read(ws, partner))
    assert ["transport", "bus w czwartki (nowa od 02.11.2026)", "–", "bezpłatna", "2027"] in rows
    assert not any("dawny bus" in row for row in rows)
    assert ["Nad Strugą", "założyciel", "01.06.2026", "deklaracja"] in rows


def test_open_is_what_nobody_did_since_its_day_and_what_is_still_to_come(ws: Workspace, partner: str) -> None:
    rows = _rows(_read(ws, partner))
    begin = next(at for at, row in enumerate(rows) if row[0] == "Zadzwonić")
    assert rows[begin : begin + 2] == [
        ["Zadzwonić", "–", "! po terminie, 10.11.2026"], ["Zebrać rozkłady", "Jan", "01.12.2026"],
    ]  # fmt: skip
    assert not any(row[0] in {"Podjechać", "Już po dniu"} for row in rows)


def test_twelve_months_count_back_from_the_newest_change_or_from_the_last_day_asked_for(
    ws: Workspace, partner: str
) -> None:
    assert not any("Dawne targi" in row for row in _rows(_read(ws, partner)))
    assert any("Dawne targi" in row for row in _rows(_read(ws, partner, date_to="2025-12-31")))
    assert not any("Staże" in row for row in _rows(_read(ws, partner, date_from="2026-11-06")))


def test_people_who_objected_or_left_are_not_on_the_card(ws: Workspace, partner: str) -> None:
    text = reading.text(reporting.made(ws, "partner-card", Asked(partner)))
    assert "Sprzeciwiona" not in text
    assert "Dawna" not in text
    assert "Pominięto 1 osobę, która zgłosiła sprzeciw." in text


def test_a_reader_prints_no_person(ws: Workspace, partner: str) -> None:
    before = ws.person
    ws.person = write(ws, "user", {"first_name": "Czyta", "last_name": "Tylko", "role": "reader"})
    try:
        text = reading.text(reporting.made(ws, "partner-card", Asked(partner)))
    finally:
        ws.person = before
    assert "Obecna" not in text
    assert "Jan" not in text.replace("Januszowo", "")
    assert "Pominięto 2 osoby: Twoja rola drukuje bez danych osobowych." in text
