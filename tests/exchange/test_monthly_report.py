"""A monthly report goes from the tester to the office and back over real files; what was handed over never changes."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from progressus_desktop.domain import monthly_report as report
from progressus_desktop.domain.records import Record
from progressus_desktop.errors import AccessError, ConflictError, DamagedError, ValidationError
from progressus_desktop.services import freezing, monthly, records, reporting, undoing
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store import media, query
from progressus_desktop.store.workspace import Workspace
from tests.exchange.laptops import a_tester, an_office, send
from tests.reports import reading

MONTH = "2026-05"
EVENT = {
    "title": "Spotkanie o klastrze", "kind": "meeting", "status": "held", "date": "2026-05-10", "locality": "Wzorów",
    "course": "Umówiono listy.", "participants": {"ngo_staff": {"f": 3, "m": 2}},
}  # fmt: skip


class Trip:
    """An office, a tester, one event, and a report that is begun."""

    def __init__(self, folder: Path) -> None:
        self.stick = folder / "stick"
        self.office = an_office(folder / "office")
        self.tester = a_tester(self.office, folder / "tester")
        self.event = records.add_many(self.tester, "event", [EVENT | {"lead_organiser": self.tester.space}])[0]
        self.report = monthly.begin(self.tester, MONTH)
        records.save(self.tester, "monthly_report", self.report, {"summary": "Jedno spotkanie dla pięciu osób."})

    def at(self, ws: Workspace) -> Record:
        found = query.get(ws, "monthly_report", self.report)
        assert found is not None
        return found

    def stands(self, ws: Workspace) -> monthly.Standing:
        return monthly.standing(ws, self.at(ws))

    def there(self) -> None:
        send(self.tester, self.office, self.stick)

    def back(self) -> None:
        send(self.office, self.tester, self.stick)

    def pdf(self, ws: Workspace, version: int = 0) -> bytes:
        return reporting.made(ws, "monthly", Asked(self.report, version=version), "pl")


@pytest.fixture
def trip(tmp_path: Path) -> Iterator[Trip]:
    made = Trip(tmp_path)
    yield made
    made.tester.close()
    made.office.close()


def test_a_report_goes_there_is_returned_corrected_and_accepted(trip: Trip) -> None:
    assert trip.stands(trip.tester).state == report.DRAFT
    monthly.hand_over(trip.tester, trip.report)
    assert trip.stands(trip.tester).state == report.READY
    trip.there()
    assert trip.stands(trip.tester).state == report.SENT
    monthly.review(trip.office, trip.report, 1, "short", "")
    monthly.review(trip.office, trip.report, 1, "plan", "Brakuje planu.")
    trip.back()
    assert trip.stands(trip.tester).remarks == (), "remarks are shown once the office decided"
    monthly.decide(trip.office, trip.report, 1, report.RETURNED)
    trip.back()
    found = trip.stands(trip.tester)
    assert (found.state, found.due, found.remarks) == (
        report.RETURNED, "2026-05-19", (monthly.Remark("plan", "Brakuje planu."),)
    )  # fmt: skip
    monthly.amend(trip.tester, trip.report)
    records.save(trip.tester, "monthly_report", trip.report, {"plan": "Dwa spotkania w czerwcu."})
    assert trip.stands(trip.tester).changed
    monthly.hand_over(trip.tester, trip.report)
    trip.there()
    assert (trip.stands(trip.office).state, trip.stands(trip.office).number) == (report.SENT, 2)
    monthly.decide(trip.office, trip.report, 2, report.ACCEPTED)
    trip.back()
    assert trip.stands(trip.tester).state == report.ACCEPTED
    assert trip.at(trip.tester).conflicts == trip.at(trip.office).conflicts == ()


def test_what_was_handed_over_is_the_same_file_later_and_at_the_office(trip: Trip) -> None:
    assert "wersja robocza" in reading.text(trip.pdf(trip.tester)).lower()
    monthly.hand_over(trip.tester, trip.report)
    before = trip.pdf(trip.tester)
    sha = str(trip.at(trip.tester).fields["snapshot"])
    assert "wersja robocza" not in reading.text(before).lower()
    assert sha in reading.text(before).replace("\n", "").replace(" ", "")
    trip.there()
    records.save(trip.tester, "event", trip.event, {"participants": {"ngo_staff": {"f": 30, "m": 2}}})
    assert trip.stands(trip.tester).since is not None
    assert trip.pdf(trip.tester) == before
    assert trip.pdf(trip.office) == before
    monthly.amend(trip.tester, trip.report)
    assert "wersja robocza" in reading.text(trip.pdf(trip.tester)).lower()
    assert trip.pdf(trip.tester, version=1) == before


def test_the_frozen_file_names_no_person(trip: Trip) -> None:
    monthly.hand_over(trip.tester, trip.report)
    frozen = freezing.read(trip.tester, trip.at(trip.tester))
    assert frozen is not None
    assert "Testowa" not in str(frozen.data)
    assert frozen.data["by"] == trip.tester.person
    assert list(frozen.data["sources"]["event"]) == [trip.event]
    assert "Testowa" in reading.text(trip.pdf(trip.tester))


def test_only_the_office_reviews_and_only_the_program_writes_versions(trip: Trip) -> None:
    with pytest.raises(ValidationError):
        records.save(trip.tester, "monthly_report", trip.report, {"summary": None}, draft=False)
    monthly.hand_over(trip.tester, trip.report)
    with pytest.raises(AccessError):
        monthly.review(trip.tester, trip.report, 1, "plan", "Dobrze.")
    with pytest.raises(AccessError):
        monthly.decide(trip.tester, trip.report, 1, report.ACCEPTED)
    with pytest.raises(AccessError):
        records.save(trip.tester, "monthly_report", trip.report, {"versions": [{"version": "1", "at": "dziś"}]})
    trip.there()
    with pytest.raises(ValidationError):
        monthly.decide(trip.office, trip.report, 1, report.RETURNED)
    with pytest.raises(ConflictError):
        monthly.decide(trip.office, trip.report, 2, report.ACCEPTED)
    monthly.decide(trip.office, trip.report, 1, report.ACCEPTED)
    with pytest.raises(ConflictError):
        monthly.review(trip.office, trip.report, 1, "plan", "Za późno.")


def test_a_changed_file_of_a_version_is_refused(trip: Trip) -> None:
    monthly.hand_over(trip.tester, trip.report)
    file = media.read(trip.tester, str(trip.at(trip.tester).fields["snapshot"]))
    for bad in (b"", file[:-5], b"x" + file, file[:40], zlib.compress(b"[]")):
        for sha in (str(trip.at(trip.tester).fields["snapshot"]), hashlib.sha256(bad).hexdigest()):
            with pytest.raises(DamagedError):
                freezing.loaded(bad, sha)


def test_two_laptops_of_one_organisation_make_one_report(trip: Trip, tmp_path: Path) -> None:
    second = a_tester(trip.office, tmp_path / "second")
    assert monthly.begin(second, MONTH) == trip.report
    second.close()


def test_handing_over_is_undone_until_it_was_sent(trip: Trip) -> None:
    monthly.hand_over(trip.tester, trip.report)
    undoing.undo(trip.tester)
    assert trip.stands(trip.tester).state == report.DRAFT
    undoing.redo(trip.tester)
    trip.there()
    with pytest.raises(ConflictError):
        undoing.undo(trip.tester)
    assert trip.stands(trip.tester).state == report.SENT
