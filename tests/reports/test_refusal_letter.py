"""A refused request for erasure is recorded with its ground, travels to the office, and is answered by a letter."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from progressus_desktop.errors import AccessError, NotFoundError, UsageError
from progressus_desktop.services import erasure, records, refusing, reporting
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import speaking
from tests.builders import a_partner
from tests.exchange.laptops import a_tester, an_office, send, swap
from tests.reports import reading


def a_contact(ws: Workspace) -> tuple[str, str]:
    person = {"last_name": "Przykładna", "first_name": "Anna"}
    saved = records.save(ws, "contact", None, {"person": person, "partner": a_partner(ws)}, draft=False)
    record = query.get(ws, "contact", saved.id)
    assert record is not None
    return record.id, str(record.fields["person"])


def words_of(file: Path) -> str:
    assert reporting.check_file(file) == []
    return " ".join(reading.text(file.read_bytes()).split())


def test_a_refusal_is_recorded_answered_in_both_languages_and_goes_when_the_person_is_erased(tmp_path: Path) -> None:
    with closing(an_office(tmp_path / "office")) as ws:
        contact, person = a_contact(ws)
        (project,) = query.window(ws, "project", View(), 0)
        records.save(ws, "project", project.id, {"data_protection_contact": "iod@projekt.example"})
        with pytest.raises(NotFoundError):
            refusing.write_letter(ws, person, tmp_path / "none.pdf")
        said = "Umowa projektu każe je przechować do 31.12.2032."
        found, made = refusing.refuse(ws, "contact", contact, "legal_duty", said, "2026-05-02")
        assert (found, made.date, made.asked_on) == (person, "2026-05-12", "2026-05-02")
        assert refusing.refusals(ws, person) == [made]
        letter = words_of(refusing.write_letter(ws, person, tmp_path / "letter.pdf"))
        for each in ("Anna Przykładna", "02.05.2026", "12.05.2026", "art. 17 ust. 3 lit. b RODO", said,
                     "Prezesa Urzędu Ochrony Danych Osobowych", "iod@projekt.example"):  # fmt: skip
            assert each in letter
        with speaking("en"):
            refusing.refuse(ws, "person", person, "other", "Kept for an audit.")
            assert "Kept for an audit." in words_of(refusing.write_letter(ws, person, tmp_path / "en.pdf"))
            assert "Art. 17(3)(b)" in words_of(refusing.write_letter(ws, person, tmp_path / "en.pdf", made.key))
        erasure.erase(ws, "person", person, "prośba osoby")
        assert refusing.refusals(ws, person) == []


def test_what_is_no_refusal_is_refused_and_nothing_is_recorded(tmp_path: Path) -> None:
    with closing(an_office(tmp_path / "office")) as ws:
        contact, person = a_contact(ws)
        for ground, words, asked in (("because", "", ""), ("other", " ", ""), ("claims", "", "2026-05-13"),
                                     ("claims", "", "jutro")):  # fmt: skip
            with pytest.raises(UsageError):
                refusing.refuse(ws, "contact", contact, ground, words, asked)
        with pytest.raises(UsageError):
            refusing.refuse(ws, "partner", query.window(ws, "partner", View(), 0)[0].id, "claims")
        assert refusing.refusals(ws, person) == []


def test_the_refusal_travels_as_all_of_the_person_does_and_a_tester_leaves_it_to_the_office(tmp_path: Path) -> None:
    with (
        closing(an_office(tmp_path / "office")) as office,
        closing(a_tester(office, tmp_path / "tester")) as tester,
    ):
        contact, person = a_contact(tester)
        swap(tester, office, tmp_path / "stick")
        with pytest.raises(AccessError):
            refusing.refuse(tester, "contact", contact, "legal_duty")
        refusing.refuse(office, "person", person, "legal_duty")
        send(office, tester, tmp_path / "stick")
        assert refusing.refusals(tester, person) == refusing.refusals(office, person) != []
