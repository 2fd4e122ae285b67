"""Planned events and contact persons as files that other programs take: what is in and what is left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from progressus_desktop.errors import AccessError
from progressus_desktop.services import calendars, cards, records
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace

AHEAD = {
    "title": "Warsztat CV; „z doradczynią”, cz. 1", "kind": "workshop", "status": "planned", "date": "2026-11-27",
    "start": "16:00", "end": "18:30", "place_name": "Biblioteka", "locality": "Zmyślona",
    "aim": "Każda osoba wychodzi z gotowym życiorysem i wie, gdzie go zanieść, aby znaleźć praktykę.\nDrugi wiersz.",
}  # fmt: skip


def lines(file: Path) -> list[str]:
    """The lines as a reading program joins them; none may have more than 75 octets."""
    data = file.read_bytes()
    assert data.endswith(b"\r\n")
    assert max(len(each) for each in data.split(b"\r\n")) <= 75
    return data.decode().replace("\r\n ", "").split("\r\n")[:-1]


def entries(file: Path, kind: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for line in lines(file):
        name, _colon, value = line.partition(":")
        if line == f"BEGIN:{kind}":
            found.append({})
        elif found:
            found[-1].setdefault(name, value)
    return found


def test_planned_events_go_into_a_calendar_in_universal_time(lone: Workspace, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        AHEAD,
        {**AHEAD, "title": "Lato", "status": "confirmed", "date": "2027-07-01", "end": None},
        {**AHEAD, "title": "Cały dzień", "date": "2026-12-03", "start": None, "end": None},
        {**AHEAD, "title": "Było", "status": "cancelled", "status_reason": "choroba", "date": "2026-12-04"},
    ]
    ids = records.add_many(lone, "event", rows, draft=True)
    target = tmp_path / "k.ics"
    assert calendars.write(lone, View(order="date"), target) == 3
    first, whole, summer = sorted(entries(target, "VEVENT"), key=lambda each: each.get("DTSTART", "20261203"))
    assert (first["UID"], first["STATUS"]) == (ids[0], "TENTATIVE")
    assert (first["DTSTART"], first["DTEND"]) == ("20261127T150000Z", "20261127T173000Z")
    assert first["SUMMARY"] == "Warsztat CV\\; „z doradczynią”\\, cz. 1"
    assert first["LOCATION"] == "Biblioteka\\, Zmyślona"
    assert first["DESCRIPTION"].endswith("praktykę.\\nDrugi wiersz.")
    assert (whole["DTSTART;VALUE=DATE"], whole["DTEND;VALUE=DATE"]) == ("20261203", "20261204")
    assert (summer["DTSTART"], "DTEND" in summer, summer["STATUS"]) == ("20270701T140000Z", False, "CONFIRMED")


def test_an_event_of_several_days_stands_on_each_of_them(lone: Workspace, tmp_path: Path) -> None:
    days = [{"date": f"2026-11-{day}", "start": "09:00", "end": "12:00"} for day in (27, 30)]
    (event,) = records.add_many(lone, "event", [{**AHEAD, "sessions": days}], draft=True)
    with lone.reader() as connection:
        found = calendars.month(connection, date(2026, 11, 1), date(2026, 11, 30))
        later = calendars.month(connection, date(2026, 11, 29), date(2026, 12, 31), lone.space)
    assert {day.day: [each.id for each in entries] for day, entries in found.items()} == {27: [event], 30: [event]}
    assert [each.start for each in later[date(2026, 11, 30)]] == ["09:00"]
    assert calendars.write(lone, View(), tmp_path / "k.ics") == 1
    first, second = entries(tmp_path / "k.ics", "VEVENT")
    assert (first["DTSTART"], second["DTSTART"]) == ("20261127T080000Z", "20261130T080000Z")
    assert first["UID"] != second["UID"]


def a_contact(ws: Workspace, partner: str, last: str, **further: Any) -> None:
    values = {
        "person": {"last_name": last, "first_name": "Ewa"}, "partner": partner, "function": "kadry",
        "phones": [{"phone": "94 374 00 00"}], "emails": [{"email": "ewa@wzor.example"}],
        "clause_given_on": "2026-03-10", **further,
    }  # fmt: skip
    records.save(ws, "contact", None, values, draft=False)


def test_cards_hold_only_whom_purpose_and_clause_permit(lone: Workspace, tmp_path: Path) -> None:
    homes = (("KGW „Malwa”, oddział", "kgw"), ("OPS", "ops"))
    kgw, ops = records.add_many(lone, "partner", [{"name": n, "kind": k, "locality": "X"} for n, k in homes])
    a_contact(lone, kgw, "Zgodna")
    a_contact(lone, kgw, "Sprzeciwna", objection=True)
    a_contact(lone, kgw, "Niepoinformowana", clause_given_on=None)
    a_contact(lone, kgw, "Dawna", date_to="2026-10")
    a_contact(lone, ops, "Obecna", date_to="2026-11")
    target = tmp_path / "k.vcf"
    assert cards.write(lone, "contact", View(), target) == cards.Written(2, 1, 1, 1)
    by_name = {each["FN"]: each for each in entries(target, "VCARD")}
    assert set(by_name) == {"Ewa Zgodna", "Ewa Obecna"}
    card = by_name["Ewa Zgodna"]
    assert (card["N"], card["TITLE"]) == ("Zgodna;Ewa;;;", "kadry")
    assert card["ORG"] == "KGW „Malwa”\\, oddział"
    assert (card["TEL;TYPE=WORK,VOICE"], card["EMAIL;TYPE=INTERNET"]) == ("94 374 00 00", "ewa@wzor.example")
    assert cards.write(lone, "partner", View(text="OPS"), target).cards == 1


def test_a_reader_gets_no_cards(lone: Workspace, tmp_path: Path) -> None:
    user = {"first_name": "Czyta", "last_name": "Tylko", "role": "reader"}
    lone.person = records.save(lone, "user", None, user, draft=False).id
    with pytest.raises(AccessError):
        cards.write(lone, "contact", View(), tmp_path / "k.vcf")
    assert not (tmp_path / "k.vcf").exists()
