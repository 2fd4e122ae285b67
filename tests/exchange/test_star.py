"""A star: the office and its laptops, two of them of one organisation. What each sees, sends and may take back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from progressus_desktop.exchange import outgoing, peers
from progressus_desktop.services import applying, deciding, exchanging, packing, records, standing
from progressus_desktop.services.counterparts import me as who
from progressus_desktop.services.counterparts import my_keys
from progressus_desktop.services.exchanging import Waiting
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from tests.exchange import laptops

KROKUS, MALWA = "Stowarzyszenie Krokus", "KGW Malwa"
OSP = {"name": "OSP Lipniki", "kind": "osp", "locality": "Zmyślona", "gmina": "3215052"}


class Star:
    """The office, both laptops of one organisation and one of another, and a stick that goes round."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.stick = folder, folder / "stick"
        self.stick.mkdir()
        self.office = laptops.an_office(folder / "office")
        self.krokus = laptops.a_tester(self.office, folder / "krokus", KROKUS)
        self.second = laptops.a_tester(self.office, folder / "second", KROKUS)
        self.malwa = laptops.a_tester(self.office, folder / "malwa", MALWA)

    def everybody(self) -> tuple[Workspace, ...]:
        return self.krokus, self.second, self.malwa, self.office

    def round(self) -> None:
        for ws in (self.krokus, self.second, self.malwa):
            packing.pack(ws, self.stick)
        applying.apply(self.office, applying.found_in([self.stick]))
        packing.pack(self.office, self.stick)
        for ws in (self.krokus, self.second, self.malwa):
            applying.apply(ws, applying.found_in([self.stick]))


@pytest.fixture
def star(tmp_path: Path) -> Iterator[Star]:
    made = Star(tmp_path)
    yield made
    for ws in made.everybody():
        ws.close()


def test_the_second_laptop_of_an_organisation_gets_the_next_letter(star: Star) -> None:
    labels = [f"{ws.replica.prefix}{ws.replica.letter}" for ws in (star.krokus, star.second, star.malwa)]
    assert labels[0][:-1] == labels[1][:-1] != labels[2][:-1]
    assert [each[-1] for each in labels] == ["A", "B", "A"]


def test_a_tester_writes_for_the_office_and_its_own_organisation_only(star: Star) -> None:
    """The roster names every laptop of the project, yet what one organisation notes is no business of another."""
    star.round()
    records.add_many(star.krokus, "partner", [dict(OSP)])
    written = packing.pack(star.krokus, star.folder / "out")
    assert sorted(each.to for each in written) == ["Fundacja Biuro", KROKUS]
    assert [each.peer.name for each in standing.standings(star.krokus)] == ["Fundacja Biuro", KROKUS]
    assert len(standing.standings(star.office)) == 3


def test_what_the_setup_file_brought_is_no_import_to_take_back(star: Star) -> None:
    assert exchanging.last_import(star.malwa) == 0
    before = query.total(star.malwa, "partner", View())
    with pytest.raises(deciding.NotFoundError):
        deciding.undo_import(star.malwa, 1)
    assert query.total(star.malwa, "partner", View()) == before


def test_what_waits_is_counted_without_choosing_what_goes(star: Star) -> None:
    first = exchanging.waiting(star.krokus)
    packing.pack(star.krokus, star.stick)
    assert exchanging.waiting(star.office, star.stick).packages == 1
    assert exchanging.waiting(star.krokus) == Waiting(0, first.to_send)
    applying.apply(star.office, applying.found_in([star.stick]))
    packing.pack(star.office, star.stick)
    assert exchanging.waiting(star.office, star.stick) == Waiting()
    assert exchanging.waiting(star.krokus, star.stick) == Waiting(0, first.to_send, 0, 1)
    applying.apply(star.krokus, applying.found_in([star.stick]))
    assert exchanging.waiting(star.krokus, star.stick) == Waiting()
    records.add_many(star.krokus, "partner", [{"name": "Szkic"}], draft=True)
    records.add_many(star.krokus, "partner", [dict(OSP)])
    assert exchanging.waiting(star.krokus).to_send == 1


def test_nothing_of_a_tester_is_chosen_for_another_organisation_whoever_asks(star: Star) -> None:
    """The choice itself refuses, not only the list of counterparts."""
    star.round()
    partner = records.add_many(star.krokus, "partner", [dict(OSP)])[0]
    me = who(star.krokus)
    chosen = {}
    with star.krokus.writing() as connection:
        for peer in peers.every(connection):
            chosen[peer.name] = outgoing.select(connection, me, peer)
            scope = {row[0] for row in connection.exec_driver_sql("SELECT no FROM temp.scope")}
            sql = "SELECT no FROM record WHERE uuid = ?"
            number = connection.exec_driver_sql(sql, (uuid.UUID(partner).bytes,)).scalar()
            assert (number in scope) is (peer.name != MALWA)
    assert chosen[MALWA].empty
    assert not chosen[MALWA].records
    assert not chosen["Fundacja Biuro"].empty


def test_quarantine_is_looked_at_again_when_only_the_roster_changed(star: Star) -> None:
    """What a laptop wrote as a reader comes in once the office says that it may write."""
    star.round()
    partner = records.add_many(star.krokus, "partner", [dict(OSP)])[0]
    own = my_keys(star.krokus).sign_public
    with star.second.writing() as connection:
        connection.exec_driver_sql("UPDATE peer SET role = 'reader' WHERE sign_key = ?", (own,))
    packing.pack(star.krokus, star.stick)
    applying.apply(star.second, applying.found_in([star.stick]))
    assert query.get(star.second, "partner", partner) is None
    with star.second.writing() as connection:
        connection.exec_driver_sql("UPDATE setting SET value = json_set(value, '$.at', 0) WHERE name = 'roster'")
    done = laptops.send(star.office, star.second, star.folder / "roster")
    assert query.get(star.second, "partner", partner) is not None
    assert [each.state for each in done.packages] == [applying.APPLIED]
    assert not star.second.connection.exec_driver_sql("SELECT count(*) FROM quarantine").scalar()
