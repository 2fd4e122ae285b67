"""A record says where it is: only here, to be sent, in a package, at the office since a day."""

from __future__ import annotations

from pathlib import Path

from progressus_desktop.services import records, standing
from progressus_desktop.services.state import state_sentence
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from tests.exchange.laptops import a_tester, an_office, send


def delivery(ws: Workspace, record: str) -> str:
    found = query.get(ws, "partner", record)
    assert found is not None
    (row,) = [each for each in query.window(ws, "partner", View(), 0) if each.id == record]
    assert row.values["delivery"] == found.delivery
    return found.delivery


def test_delivery_follows_packages_and_receipts(tmp_path: Path) -> None:
    office = an_office(tmp_path / "office")
    tester = a_tester(office, tmp_path / "tester")
    partner = records.add_many(tester, "partner", [{"name": "PUP Wzorów", "kind": "pup", "locality": "Wzorów"}])[0]
    draft = records.add_many(tester, "partner", [{"name": "Szkic"}], draft=True)[0]
    assert delivery(tester, partner) == "local"
    send(tester, office, tmp_path / "stick")
    assert delivery(tester, partner) == "packed"
    assert delivery(tester, draft) == "local"
    assert delivery(office, partner) == "confirmed"
    assert query.get(office, "partner", draft) is None, "drafts stay at home"
    send(office, tester, tmp_path / "stick")
    found = query.get(tester, "partner", partner)
    assert found is not None
    assert found.delivery == "confirmed"
    assert "12 maja" in state_sentence(found)
    records.save(tester, "partner", partner, {"phone": "94 374 00 00"}, draft=False)
    assert delivery(tester, partner) == "to_send"
    (there,) = standing.standings(tester)
    assert (there.to_send, len(there.held_back), there.missing_numbers) == (1, 1, [])
    tester.close()
    office.close()


def test_a_second_laptop_of_an_organisation_gets_the_next_letter(tmp_path: Path) -> None:
    office = an_office(tmp_path / "office")
    first, second = a_tester(office, tmp_path / "first"), a_tester(office, tmp_path / "second")
    assert (first.replica.prefix, first.replica.letter) == (second.replica.prefix, "A")
    assert second.replica.letter == "B"
    for each in (first, second, office):
        each.close()
