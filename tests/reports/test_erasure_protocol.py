"""The protocol of erasures says what, when, who, why and where it was confirmed; never what was erased."""

from __future__ import annotations

from pathlib import Path

from progressus_desktop.services import erasure, erasure_protocol, records, reporting
from progressus_desktop.store import query
from tests.builders import a_partner
from tests.exchange.laptops import a_tester, an_office, send, swap
from tests.reports import reading

CANARY = "Kanarkowska"


def words_of(file: Path) -> str:
    return " ".join(reading.text(file.read_bytes()).split())


def test_the_protocol_names_the_kind_the_reason_and_the_laptops_but_no_value(tmp_path: Path) -> None:
    office = an_office(tmp_path / "office")
    tester = a_tester(office, tmp_path / "tester")
    try:
        contact = {"person": {"last_name": CANARY}, "partner": a_partner(office)}
        saved = records.save(office, "contact", None, contact, draft=False)
        found = query.get(office, "contact", saved.id)
        assert found is not None
        swap(tester, office, tmp_path / "stick")
        erasure.erase(office, "person", str(found.fields["person"]), "prośba osoby")
        before = words_of(erasure_protocol.write(office, tmp_path / "before.pdf"))
        send(office, tester, tmp_path / "stick")
        send(tester, office, tmp_path / "stick")
        made = erasure_protocol.write(office, tmp_path / "after.pdf")
    finally:
        office.close()
        tester.close()
    after = words_of(made)
    assert "czekamy na: Stowarzyszenie Krokus (STOA)" in before
    assert "0 z 2 zapisów" in before
    assert "2 z 2 zapisów" in after
    assert "czekamy" not in after
    for said in ("Osoba", "Osoba kontaktowa", "12.05.2026, 10:00", "Ola Biurowa", "prośba osoby", "STOA"):
        assert said in after
    assert CANARY not in after
    assert reporting.check_file(made) == []
