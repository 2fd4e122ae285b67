"""A package that would remove more than a tenth of the records waits for a person (exchange.md, section 1, rule 6)."""

from __future__ import annotations

from pathlib import Path

import pytest

from progressus_desktop.errors import QuestionError
from progressus_desktop.services import applying, erasure, exchanging, packing, records
from progressus_desktop.services.applying import APPLIED, READABLE, REFUSED
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from tests.builders import write
from tests.exchange.laptops import send

FEW = 12


def partners(ws: Workspace, number: int) -> list[str]:
    return [
        write(ws, "partner", {"entry": "ready", "name": f"OSP {n}", "kind": "osp", "locality": "Wzorów"})
        for n in range(number)
    ]


def here(ws: Workspace) -> int:
    with ws.reading() as connection:
        return query.count(connection, "partner", View())


def of_tester(office: Workspace, tester: Workspace, stick: Path, number: int) -> list[str]:
    made = partners(tester, number)
    send(tester, office, stick)
    return made


def test_a_large_removal_changes_nothing_until_a_person_agrees(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    made = of_tester(office, tester, tmp_path / "stick", FEW)
    records.remove_many(tester, "partner", made[:6])
    write(tester, "partner", {"entry": "ready", "name": "KGW", "kind": "kgw", "locality": "Wzorów"})
    (packed,) = packing.pack(tester, tmp_path / "next")

    (seen,) = applying.inspect(office, [packed.file])
    assert (seen.state, seen.removed, seen.new) == (READABLE, 6, 1)
    assert seen.asks == 6
    assert seen.of >= FEW

    (left,) = applying.apply(office, [packed.file]).packages
    assert left.state == REFUSED
    assert isinstance(left.failure, QuestionError)
    assert (left.asks, left.of) == (seen.asks, seen.of)
    assert here(office) == FEW

    done = applying.apply(office, [packed.file], accepted=lambda each: each == seen.hash)
    assert [each.state for each in done.packages] == [APPLIED]
    assert here(office) == FEW - 6 + 1


def test_ordinary_removals_ask_nothing(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    made = of_tester(office, tester, tmp_path / "stick", FEW)
    records.remove_many(tester, "partner", made[:4])
    (done,) = send(tester, office, tmp_path / "stick").packages
    assert (done.state, done.removed, done.asks) == (APPLIED, 4, 0)


def test_a_tenth_of_many_is_no_question_and_one_more_is(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    made = of_tester(office, tester, tmp_path / "stick", 60)
    with office.reading() as connection:
        sql = "SELECT count(*) FROM record WHERE state IN ('live', 'deleted-and-edited')"
        tenth = int(connection.exec_driver_sql(sql).scalar()) // 10
    records.remove_many(tester, "partner", made[:tenth])
    first = packing.pack(tester, tmp_path / "first")[0].file
    assert applying.inspect(office, [first])[0].asks == 0
    records.remove(tester, "partner", made[tenth])
    second = packing.pack(tester, tmp_path / "second")[0].file
    assert applying.inspect(office, [second])[0].asks == tenth + 1


def test_erasures_count_too_where_the_records_are(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    made = of_tester(office, tester, tmp_path / "stick", FEW)
    erasure.erase_many(office, "partner", made[:7], "koniec okresu przechowywania")
    packed = packing.pack(office, tmp_path / "back")[0].file
    (left,) = applying.apply(tester, [packed]).packages
    assert isinstance(left.failure, QuestionError)
    assert left.asks == 7
    (done,) = applying.apply(tester, [packed], accepted=lambda _hash: True).packages
    assert done.state == APPLIED
    assert here(tester) == FEW - 7


def test_the_one_action_leaves_it_and_still_writes_ours(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    made = of_tester(office, tester, tmp_path / "stick", FEW)
    records.remove_many(tester, "partner", made)
    place = tmp_path / "place"
    packing.pack(tester, place)
    done = exchanging.exchange(office, place)
    (left,) = done.found
    assert isinstance(left.failure, QuestionError)
    assert done.packed
    again = exchanging.exchange(office, place, accepted=frozenset({left.hash}).__contains__)
    assert [each.state for each in again.found if each.file == left.file] == [APPLIED]
    assert here(office) == 0


@pytest.mark.parametrize("agrees", [False, True])
def test_what_a_person_agreed_to_is_taken_back_as_any_import(
    office: Workspace, tester: Workspace, tmp_path: Path, *, agrees: bool
) -> None:
    from progressus_desktop.services import deciding

    made = of_tester(office, tester, tmp_path / "stick", FEW)
    records.remove_many(tester, "partner", made)
    file = packing.pack(tester, tmp_path / "next")[0].file
    done = applying.apply(office, [file], accepted=lambda _hash: agrees)
    assert bool(done.run) is agrees
    if agrees:
        deciding.undo_import(office, done.run)
    assert here(office) == FEW
