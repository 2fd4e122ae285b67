"""A merge travels as one act: late edits are asked about, nobody follows what he has not, taking apart travels too."""

from __future__ import annotations

from pathlib import Path

from progressus_desktop.services import applying, deciding, erasure, merging, records
from progressus_desktop.store import check, query
from progressus_desktop.store.changes import MERGED
from progressus_desktop.store.workspace import Workspace
from tests.exchange.laptops import a_tester, send, swap
from tests.exchange.trips import a_change, a_partner, an_event, field, forge, shown, take


def _merged(ws: Workspace, record: str) -> str:
    found = query.get(ws, "partner", record)
    assert found is not None
    return found.merged_into


def test_a_late_edit_of_the_dropped_record_is_a_question_on_the_kept_one_everywhere(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    keep, drop = a_partner(tester, "KGW Malwa", phone="94 374 00 00"), a_partner(tester, "KGW Malwa Wzorów")
    event = an_event(tester, partners=[drop])
    swap(tester, office, tmp_path)
    records.save(office, "partner", drop, {"phone": "94 374 00 11", "target_groups": ["seniors"]}, draft=False)
    merging.merge(tester, "partner", keep, drop)
    send(tester, office, tmp_path / "b")
    send(office, tester, tmp_path / "c")
    for ws in (office, tester):
        assert _merged(ws, drop) == keep
        assert field(ws, "partner", keep, "target_groups") == ["seniors"]
        assert field(ws, "event", event, "partners") == [keep]
        assert [(each.record, each.field) for each in deciding.conflicts(ws)] == [(keep, "phone")]
    deciding.resolve(office, f"{keep}:phone", "value", "94 374 00 22")
    send(office, tester, tmp_path / "d")
    assert not deciding.conflicts(office)
    assert not deciding.conflicts(tester)
    assert shown(office)[keep] == shown(tester)[keep]
    merging.unmerge(tester, "partner", drop)
    send(tester, office, tmp_path / "e")
    for ws in (office, tester):
        assert _merged(ws, drop) == ""
        assert field(ws, "partner", drop, "phone") == "94 374 00 11"
        assert field(ws, "event", event, "partners") == [drop]
        assert check.check(ws).ok


def test_a_tester_goes_on_with_a_record_that_the_office_merged_into_one_of_another_organisation(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    other = a_tester(office, tmp_path / "other", "KGW Malwa")
    keep, drop = a_partner(other, "PUP Wzorów", phone="94 374 00 00"), a_partner(tester, "Urząd Pracy Wzorów")
    for ws in (tester, other):
        swap(ws, office, tmp_path)
    merging.merge(office, "partner", keep, drop)
    send(office, tester, tmp_path / "a")
    assert _merged(tester, drop) == ""
    assert query.get(tester, "partner", keep) is None
    records.save(tester, "partner", drop, {"phone": "94 374 00 11", "target_groups": ["seniors"]}, draft=False)
    send(tester, office, tmp_path / "b")
    assert not deciding.conflicts(office)
    assert field(office, "partner", keep, "phone") == "94 374 00 00"
    assert field(office, "partner", keep, "target_groups") == ["seniors"]
    other.close()


def test_nobody_merges_into_what_he_may_not_change(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    other = a_tester(office, tmp_path / "other", "KGW Malwa")
    keep, drop = a_partner(other, "PUP Wzorów"), a_partner(tester, "Urząd Pracy Wzorów")
    for ws in (tester, other):
        swap(ws, office, tmp_path)
    edge = a_change(tester.replica.id, 900, "partner", drop, {MERGED: keep}, "merge")
    (done,) = applying.apply(office, [forge(tester, office, tmp_path / "f.progressus", [edge])]).packages
    assert done.waiting == 1
    assert _merged(office, drop) == ""
    other.close()


def test_an_erasure_takes_what_was_merged_into_the_record(office: Workspace, tmp_path: Path) -> None:
    keep, drop = (
        records.save(office, "person", None, {"last_name": name}, draft=False).id for name in ("Wzor", "Wzór")
    )
    merging.merge(office, "person", keep, drop)
    erasure.erase(office, "person", keep, "prośba osoby")
    assert query.get(office, "person", keep) is None
    assert query.get(office, "person", drop) is None


def test_an_edge_that_comes_before_its_records_is_followed_when_they_come(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    keep, drop = a_partner(tester), a_partner(tester, "KGW Malwa II", target_groups=["seniors"])
    merging.merge(tester, "partner", keep, drop)
    rows = tester.connection.exec_driver_sql("SELECT id, body FROM log_change ORDER BY arrival DESC").all()
    wanted = [(bytes(row[0]), bytes(row[1])) for row in rows]
    swap(tester, office, tmp_path)
    take(office, [forge(tester, office, tmp_path / "f.progressus", wanted)])
    assert _merged(office, drop) == keep
    assert check.check(office).ok
