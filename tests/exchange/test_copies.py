"""Copied laptops, restored backups, a whole disk set back: no number and no code is used twice, nothing doubles."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from progressus_desktop.clock import FixedClock
from progressus_desktop.services import (
    applying,
    counterparts,
    deciding,
    keeping,
    packing,
    records,
    standing,
    workspaces,
)
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from tests.builders import write
from tests.exchange.laptops import NOW, PASSWORD, a_tester, send, swap
from tests.exchange.trips import a_partner, field, pack, shown, take


@contextmanager
def at_home(home: Path) -> Iterator[None]:
    """On the machine whose program data lie there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROGRESSUS_HOME", str(home))
        yield


def again(folder: Path) -> Workspace:
    return workspaces.open_(folder, FixedClock(NOW), password=PASSWORD)


def codes(ws: Workspace) -> list[str]:
    return [row[0] for row in ws.connection.exec_driver_sql("SELECT code FROM partner WHERE code IS NOT NULL")]


def ids(ws: Workspace) -> list[bytes]:
    return [bytes(row[0])[:10] for row in ws.connection.exec_driver_sql("SELECT id FROM log_change")]


def test_a_copied_workspace_becomes_a_laptop_of_its_own_and_both_go_on(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    partner = a_partner(tester)
    swap(tester, office, tmp_path / "a")
    before = tester.replica
    tester.close()
    shutil.copytree(tester.folder, tmp_path / "copy")
    first = again(tester.folder)
    with at_home(tmp_path / "other machine"):
        copy = again(tmp_path / "copy")
        assert copy.copied
        records.save(copy, "partner", partner, {"phone": "+48943740002"}, draft=False)
        a_partner(copy, "OSP z kopii")
        assert (copy.replica.prefix, copy.replica.letter) == (before.prefix, "B")
        assert copy.replica.id != before.id
        records.save(first, "partner", partner, {"phone": "+48943740001"}, draft=False)
        a_partner(first, "OSP z oryginału")
        for ws in (first, copy, first, copy):
            swap(ws, office, tmp_path / "b")
        assert {each.peer.label for each in standing.standings(office)} == {"STOA", "STOB"}
        assert [len(deciding.conflicts(ws)) for ws in (office, first, copy)] == [1, 1, 1]
        assert shown(first).items() >= {partner: shown(office)[partner]}.items()
        assert shown(first)[partner] == shown(copy)[partner]
        assert len(set(codes(office))) == len(codes(office))
        assert len(set(ids(office))) == len(ids(office))
        copy.close()
    first.close()


def test_a_disk_copied_with_the_programs_data_is_noticed_and_both_are_kept(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    """The same folder at the same place of another machine, with the same program data: nothing there can tell."""
    partner = a_partner(tester)
    swap(tester, office, tmp_path / "a")
    tester.close()
    shutil.copytree(tester.folder, tmp_path / "image")
    first = again(tester.folder)
    name = first.replica.id
    records.save(first, "partner", partner, {"phone": "+48943740001"}, draft=False)
    files = pack(first, office, tmp_path / "b")
    first.close()
    tester.folder.rename(tmp_path / "first")
    (tmp_path / "image").rename(tester.folder)
    second = again(tester.folder)
    second.keep_identity()
    assert second.replica.id == name
    records.save(second, "partner", partner, {"phone": "+48943740002"}, draft=False)
    (done,) = take(office, files).packages
    assert not done.copied
    (done,) = take(office, pack(second, office, tmp_path / "c")).packages
    assert done.copied, "two changes with the same laptop and number"
    (asked,) = deciding.conflicts(office)
    assert {version.value for version in asked.versions} == {"+48943740001", "+48943740002"}
    (back,) = take(second, pack(office, second, tmp_path / "d")).packages
    assert back.copied
    assert second.replica.id != name, "from now on it is a laptop of its own"
    swap(second, office, tmp_path / "e")
    assert [each.id for each in deciding.conflicts(second)] == [asked.id]
    second.close()


def test_a_restored_backup_gets_back_what_the_office_has_and_doubles_nothing(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    old = a_partner(tester, "OSP Przed kopią")
    swap(tester, office, tmp_path / "a")
    backup = keeping.backup(tester, tmp_path / "backups")
    lost = a_partner(tester, "OSP Po kopii")
    records.save(tester, "partner", old, {"phone": "+48943740001"}, draft=False)
    swap(tester, office, tmp_path / "b")
    never_sent = a_partner(tester, "OSP Nigdy niewysłana")
    (late,) = pack(office, tester, tmp_path / "late")
    tester.close()
    shutil.rmtree(tester.folder)
    restored = keeping.restore(backup, tmp_path / "new disk", FixedClock(NOW), PASSWORD)
    restored.person, restored.space = tester.person, tester.space
    new = a_partner(restored, "OSP Po awarii")
    take(restored, [late])
    for _turn in range(2):
        swap(restored, office, tmp_path / "c")
    assert shown(restored).keys() >= {old, lost, new}
    assert never_sent not in shown(office)
    assert field(restored, "partner", old, "phone") == "+48943740001"
    for record in (old, lost, new):
        assert shown(restored)[record] == shown(office)[record]
    assert len(set(codes(office))) == len(codes(office))
    assert len(set(ids(office))) == len(ids(office))
    assert not deciding.conflicts(office)
    assert [each.peer.label for each in standing.standings(office)] == ["STOB"], "the dead laptop is replaced"
    restored.close()


def test_a_restored_office_gets_back_what_the_testers_have(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    old = a_partner(tester, "OSP Przed kopią")
    swap(tester, office, tmp_path / "a")
    backup = keeping.backup(office, tmp_path / "backups")
    lost = a_partner(tester, "OSP Po kopii")
    records.save(office, "partner", old, {"phone": "+48943740001"}, draft=False)
    for _turn in range(2):
        swap(tester, office, tmp_path / "b")
    (again_,) = standing.standings(tester)
    assert again_.to_send == 0
    office.close()
    restored = keeping.restore(backup, tmp_path / "new office", FixedClock(NOW), PASSWORD)
    restored.person, restored.space = office.person, office.space
    a_partner(restored, "OSP Po awarii")
    for _turn in range(2):
        swap(restored, tester, tmp_path / "c")
    assert shown(restored)[lost] == shown(tester)[lost]
    assert field(restored, "partner", old, "phone") == "+48943740001", "what the office had sent comes back to it"
    assert len(set(ids(restored))) == len(ids(restored))
    assert not deciding.conflicts(restored)
    restored.close()


def test_a_disk_set_back_to_an_older_state_is_noticed_by_its_receipts(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    swap(tester, office, tmp_path / "a")
    tester.close()
    shutil.copytree(tester.folder, tmp_path / "image")
    first = again(tester.folder)
    lost = a_partner(first, "OSP Po obrazie dysku")
    send(first, office, tmp_path / "b")
    first.close()
    shutil.rmtree(tester.folder)
    (tmp_path / "image").rename(tester.folder)
    older = again(tester.folder)
    older.keep_identity()
    before = older.replica.id
    take(older, [each.file for each in packing.pack(office, tmp_path / "c")])
    assert older.replica.id != before
    new = a_partner(older, "OSP Nowa")
    for _turn in range(2):
        swap(older, office, tmp_path / "d")
    for record in (lost, new):
        assert shown(older)[record] == shown(office)[record]
    assert len(set(ids(office))) == len(ids(office))
    older.close()


def test_a_copy_does_not_take_receipts_of_the_laptop_it_was_copied_from_for_its_own(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    swap(tester, office, tmp_path / "a")
    tester.close()
    shutil.copytree(tester.folder, tmp_path / "copy")
    first = again(tester.folder)
    brought = [a_partner(office, f"Biuro {number}") for number in range(2)]
    for each in brought:
        write(office, "partner", {"space": first.space}, each)
    send(office, first, tmp_path / "b")
    send(first, office, tmp_path / "b")
    (file,) = pack(office, first, tmp_path / "c")
    with at_home(tmp_path / "other machine"):
        copy = again(tmp_path / "copy")
        take(copy, [file])
        assert not set(brought) <= shown(copy).keys(), "this file no longer holds what the first laptop confirmed"
        for _turn in range(2):
            swap(copy, office, tmp_path / "d")
        assert set(brought) <= shown(copy).keys()
        copy.close()
    first.close()


def test_a_second_laptop_gets_a_letter_that_no_copy_has(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    swap(tester, office, tmp_path / "a")
    second = a_tester(office, tmp_path / "second")
    assert (second.replica.prefix, second.replica.letter) == (tester.replica.prefix, "B")
    swap(second, office, tmp_path / "b")
    swap(tester, office, tmp_path / "b")
    counterparts.become_another(tester)
    assert tester.replica.letter == "C"
    second.close()


def test_a_file_of_a_copied_laptop_is_read_though_only_its_key_is_known(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    swap(tester, office, tmp_path / "a")
    partner = a_partner(tester)
    counterparts.become_another(tester)
    done = applying.apply(office, pack(tester, office, tmp_path / "b"))
    assert [each.state for each in done.packages] == [applying.APPLIED]
    assert query.get(office, "partner", partner) is not None


def test_a_copy_and_an_invited_laptop_never_keep_one_label(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    """Neither hears of the other in time, so both call themselves STOB; the office's next package settles it."""
    swap(tester, office, tmp_path / "a")
    second = a_tester(office, tmp_path / "second")
    counterparts.become_another(tester)
    assert second.replica.letter == tester.replica.letter == "B"
    partner = a_partner(tester)
    for ws in (second, tester):
        applying.apply(office, pack(ws, office, tmp_path / ws.replica.id.hex()))
    labels = sorted(each.label for each in packing.counterparts_of(office))
    assert labels == ["STOB", "STOC"]
    assert query.get(office, "partner", partner) is not None

    before = codes(tester)
    for label in labels:
        (made,) = packing.pack(office, tmp_path / "answers", to=label)
        for ws in (second, tester):
            if packing.labels_of(made.file)[1] == label:
                applying.apply(ws, [made.file])
    assert (second.replica.letter, tester.replica.letter) == ("B", "C")
    assert codes(tester) == before, "codes that were given stay"
    fresh = a_partner(tester, "OSP Nowa")
    record = query.get(tester, "partner", fresh)
    assert record is not None
    assert record.code.startswith("STOC-")
    swap(tester, office, tmp_path / "b")
    swap(second, office, tmp_path / "c")
    assert sorted(each.label for each in packing.counterparts_of(office)) == labels
    assert [each.peer.label for each in standing.standings(office)].count("STOB") == 1
    second.close()


def test_two_copies_of_one_laptop_get_labels_of_their_own_in_any_order(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    swap(tester, office, tmp_path / "a")
    tester.close()
    copies = []
    for name in ("one", "two"):
        shutil.copytree(tester.folder, tmp_path / name)
        with at_home(tmp_path / f"home of {name}"):
            copies.append(again(tmp_path / name))
    for ws in copies:
        a_partner(ws, f"OSP {ws.folder.name}")
        applying.apply(office, pack(ws, office, tmp_path / f"from {ws.folder.name}"))
    assert {each.replica.letter for each in copies} == {"B"}
    labels = [each.label for each in packing.counterparts_of(office)]
    assert len(labels) == len(set(labels))
    for ws in copies:
        with at_home(tmp_path / f"home of {ws.folder.name}"):
            mine = next(each for each in packing.counterparts_of(office) if each.replica == ws.replica.id)
            (made,) = packing.pack(office, tmp_path / f"to {ws.folder.name}", to=mine.label)
            applying.apply(ws, [made.file])
            assert f"{ws.replica.prefix}{ws.replica.letter}" == mine.label
            ws.close()
    assert {mine.letter for mine in packing.counterparts_of(office)} == {"B", "C"}
