"""Undo of an import: what it brought is taken back, also after edits, and only where this laptop may write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from progressus_desktop.errors import CancelledError, ConflictError, NotFoundError
from progressus_desktop.services import applying, deciding, records
from progressus_desktop.store import query, undo
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message
from tests.exchange.laptops import send, swap
from tests.exchange.trips import a_partner, field, pack, shown, take


def test_an_import_is_taken_back_and_travels(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    partner = a_partner(tester, phone="+48943740001")
    swap(tester, office, tmp_path)
    before = {key: value[5] for key, value in shown(office).items()}
    new = a_partner(tester, "OSP Nowa")
    records.save(tester, "partner", partner, {"phone": "+48943740002", "email": "kgw@wzorow.example"}, draft=False)
    run = send(tester, office, tmp_path).run
    done = deciding.undo_import(office, run)
    assert done.refused == ()
    after = {key: value[5] for key, value in shown(office).items()}
    assert {key: after[key] for key in before} == before
    found = query.get(office, "partner", new)
    assert found is not None
    assert found.deleted
    with pytest.raises(NotFoundError):
        deciding.undo_import(office, run)
    swap(office, tester, tmp_path)
    assert field(tester, "partner", partner, "phone") == "+48943740001"
    assert not deciding.conflicts(tester)
    assert not deciding.conflicts(office)


def test_edits_of_other_fields_stay_when_an_import_is_taken_back(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    partner = a_partner(tester, phone="+48943740001")
    swap(tester, office, tmp_path)
    records.save(tester, "partner", partner, {"phone": "+48943740002"}, draft=False)
    run = send(tester, office, tmp_path).run
    records.save(office, "partner", partner, {"email": "biuro@wzorow.example"}, draft=False)
    deciding.undo_import(office, run)
    assert field(office, "partner", partner, "phone") == "+48943740001"
    assert field(office, "partner", partner, "email") == "biuro@wzorow.example"


def test_nothing_is_taken_back_when_a_value_moved_on(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    partner = a_partner(tester, phone="+48943740001")
    swap(tester, office, tmp_path)
    records.save(tester, "partner", partner, {"phone": "+48943740002", "email": "kgw@wzorow.example"}, draft=False)
    run = send(tester, office, tmp_path).run
    records.save(office, "partner", partner, {"phone": "+48943740003"}, draft=False)
    before = shown(office)
    with pytest.raises(ConflictError) as refused:
        deciding.undo_import(office, run)
    assert isinstance(refused.value, undo.MovedOnError)
    assert [(clash[2], clash[4]) for clash in refused.value.clashes] == [("phone", "+48943740003")]
    assert shown(office) == before
    undo.undo(office)
    with pytest.raises(ConflictError):
        deciding.undo_import(office, run)


def test_a_question_that_an_import_answered_is_asked_again_when_it_is_taken_back(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    partner = a_partner(tester, phone="+48943740001")
    swap(tester, office, tmp_path)
    records.save(tester, "partner", partner, {"phone": "+48943740002"}, draft=False)
    records.save(office, "partner", partner, {"phone": "+48943740003"}, draft=False)
    swap(tester, office, tmp_path)
    (asked,) = deciding.conflicts(tester)
    deciding.resolve(tester, asked.id, "ours")
    run = send(tester, office, tmp_path).run
    assert not deciding.conflicts(office)
    deciding.undo_import(office, run)
    (again,) = deciding.conflicts(office)
    assert {version.value for version in again.versions} == {"+48943740002", "+48943740003"}


def test_what_belongs_to_somebody_else_stays_and_is_named(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    swap(tester, office, tmp_path)
    project = str(query.lookup(office).project()["id"])
    partner = a_partner(tester)
    swap(tester, office, tmp_path)
    records.save(office, "project", project, {"name": "Progressus dwa"}, draft=False)
    records.save(office, "partner", partner, {"phone": "+48943740001"}, draft=False)
    run = send(office, tester, tmp_path).run
    done = deciding.undo_import(tester, run)
    assert done.refused == (("project", project),)
    assert field(tester, "partner", partner, "phone") is None
    assert query.lookup(tester).project()["name"] == "Progressus dwa"
    swap(tester, office, tmp_path)
    assert shown(tester)[project] == shown(office)[project]
    assert shown(tester)[partner] == shown(office)[partner]


def test_a_deletion_that_an_import_brought_is_taken_back(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    partner = a_partner(tester)
    swap(tester, office, tmp_path)
    records.remove(tester, "partner", partner)
    done = send(tester, office, tmp_path)
    assert [each.removed for each in done.packages] == [1]
    deciding.undo_import(office, done.run)
    swap(office, tester, tmp_path)
    for ws in (office, tester):
        found = query.get(ws, "partner", partner)
        assert found is not None
        assert not found.deleted
        assert not deciding.conflicts(ws)


def test_a_package_that_was_taken_back_can_be_read_again(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    swap(tester, office, tmp_path)
    partner = a_partner(tester, phone="+48943740001")
    files = pack(tester, office, tmp_path / "a")
    run = take(office, files).run
    before = shown(office)
    deciding.undo_import(office, run)
    assert shown(office)[partner][4], "in the bin"
    (again,) = take(office, files).packages
    assert (again.state, again.taken_back) == (applying.KNOWN, run)
    deciding.redo_import(office, run)
    assert {key: value[:6] for key, value in shown(office).items()} == {k: v[:6] for k, v in before.items()}
    with pytest.raises(NotFoundError):
        deciding.redo_import(office, run)
    assert take(office, files).packages[0].taken_back == 0


def test_what_was_read_before_somebody_stopped_stays_and_the_rest_is_named(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    swap(tester, office, tmp_path)
    first = a_partner(tester, "OSP Pierwsza")
    files = pack(tester, office, tmp_path / "a")
    second = a_partner(tester, "OSP Druga")
    files += pack(tester, office, tmp_path / "b")

    def stop_at(number: int) -> Callable[[int, int], None]:
        def progress(done: int, _all: int) -> None:
            if done == number:
                raise CancelledError(Message(N_("Stopped. Nothing is half-done.")))

        return progress

    with pytest.raises(CancelledError):
        applying.apply(office, files, progress=stop_at(0))
    assert first not in shown(office)
    done = applying.apply(office, files, progress=stop_at(1))
    assert [each.state for each in done.packages] == [applying.APPLIED]
    assert done.left == files[1:]
    assert first in shown(office)
    assert second not in shown(office)
    assert take(office, files[1:]).run
    assert second in shown(office)
