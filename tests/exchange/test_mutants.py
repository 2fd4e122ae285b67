"""Wrong ways of exchanging on purpose, each beside the right one: what notices them, and that it does."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from progressus_desktop.errors import DamagedError
from progressus_desktop.exchange import package, peers
from progressus_desktop.exchange.refusals import Reason
from progressus_desktop.services import applying, erasure, standing
from progressus_desktop.store import erasing
from progressus_desktop.store.projection import Projector
from progressus_desktop.store.receiving import _Intake
from progressus_desktop.store.workspace import Workspace
from tests.exchange.laptops import send, swap
from tests.exchange.test_erasure import CANARY, a_contact, all_bytes, says
from tests.exchange.trips import a_change, a_partner, content, forge, pack, shown, take

Patch = pytest.MonkeyPatch


def test_a_receipt_is_given_after_the_commit_only(
    office: Workspace, tester: Workspace, tmp_path: Path, monkeypatch: Patch
) -> None:
    assert _confirmed_after_a_crash(office, tester, tmp_path, monkeypatch) == 0


def test_a_receipt_before_the_commit_is_noticed(
    office: Workspace, tester: Workspace, tmp_path: Path, monkeypatch: Patch
) -> None:
    really = peers.save

    def at_once(connection: Connection, peer: peers.Peer) -> peers.Peer:
        saved = really(connection, peer)
        if saved.got:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        return saved

    monkeypatch.setattr(peers, "save", at_once)
    assert _confirmed_after_a_crash(office, tester, tmp_path, monkeypatch) > 0


def _confirmed_after_a_crash(office: Workspace, tester: Workspace, place: Path, patch: Patch) -> int:
    """How many records the office confirms whose import broke off in the middle."""
    a_partner(tester)
    swap(tester, office, place / "a")
    partner = a_partner(tester, "OSP Nowa")
    files = pack(tester, office, place / "b")
    before = standing.standings(tester)[0].confirmed
    with patch.context() as broken:
        broken.setattr(_Intake, "finish", _break_off)
        with pytest.raises(RuntimeError):
            applying.apply(office, files)
    assert partner not in shown(office)
    send(office, tester, place / "c")
    return standing.standings(tester)[0].confirmed - before


def _break_off(_self: _Intake) -> Any:
    raise RuntimeError


@pytest.mark.parametrize("checked", [True, False])
def test_a_body_changed_under_its_number_is_noticed_by_the_tag(
    office: Workspace,
    tester: Workspace,
    tmp_path: Path,
    monkeypatch: Patch,
    checked: bool,  # noqa: FBT001 - drawn
) -> None:
    """With and without the check: without it the changed body would come in."""
    swap(tester, office, tmp_path)
    record = str(uuid.uuid4())
    (change, _body), (_other, body) = (
        a_change(tester.replica.id, 101, "partner", record, {"name": name, "space": tester.space, "entry": "ready"})
        for name in ("KGW Prawdziwe", "KGW Podmienione")
    )
    file = forge(tester, office, tmp_path / "f.progressus", [(change, body)])
    if not checked:
        monkeypatch.setattr(package.bodies, "is_redacted", lambda _body, _erased: True)
    before = content(office)
    (done,) = applying.apply(office, [file]).packages
    if checked:
        assert isinstance(done.failure, DamagedError)
        assert done.failure.reason == Reason.CHANGES_TAG
        assert content(office) == before
    else:
        assert record in shown(office)
        office.flag.on = True
        office.connection.exec_driver_sql("DELETE FROM log_change WHERE id = ?", (change,))
        office.flag.on = False
        _rebuild(office)


def _rebuild(ws: Workspace) -> None:
    from progressus_desktop.store import check

    check.rebuild(ws)


def _without_index(really: Callable[..., None]) -> Callable[..., None]:
    def reproject(connection: Connection, space: str, records: Sequence[tuple[str, bytes]]) -> None:
        projector = Projector(connection, space)
        for entity, record in records:
            projector.number(record, entity)
        projector.finish()

    return reproject


@pytest.mark.parametrize("squeezed", [True, False])
def test_an_erased_word_left_in_the_search_index_is_noticed_in_the_raw_bytes(
    office: Workspace,
    monkeypatch: Patch,
    squeezed: bool,  # noqa: FBT001 - drawn
) -> None:
    """With and without squeezing the index: without it the word stays in its old segments."""
    person = a_contact(office)
    if not squeezed:
        monkeypatch.setattr(erasing, "reproject", _without_index(erasing.reproject))
    erasure.erase(office, "person", person, "prośba osoby")
    assert says(all_bytes(office), CANARY) is not squeezed


def test_a_body_encoded_again_is_noticed_by_whoever_gets_it_next(
    office: Workspace, tester: Workspace, tmp_path: Path, monkeypatch: Patch
) -> None:
    """The office keeps a newer version's change as this version would write it: its tag no longer fits."""
    import cbor2

    from tests.exchange.laptops import a_tester

    same = a_tester(office, tmp_path / "same")
    for ws in (tester, same):
        swap(ws, office, tmp_path)
    really = _Intake._append

    def again(self: _Intake, accepted: list[tuple[Any, bytes]]) -> None:
        really(self, [(entry, cbor2.dumps([1, *cbor2.loads(body)[1:]], canonical=True)) for entry, body in accepted])

    record = {"name": "KGW", "space": tester.space, "entry": "ready"}
    change, body = a_change(tester.replica.id, 101, "partner", str(uuid.uuid4()), record)
    from progressus_desktop.store.changes import change_id

    newer = cbor2.dumps([2, *cbor2.loads(body)[1:]], canonical=True)
    pair = (change_id(tester.replica.id, 101, newer), newer)
    assert pair[0] != change
    with monkeypatch.context() as wrong:
        wrong.setattr(_Intake, "_append", again)
        take(office, [forge(tester, office, tmp_path / "f.progressus", [pair])])
    (done,) = applying.apply(same, pack(office, same, tmp_path / "b")).packages
    assert isinstance(done.failure, DamagedError)
    office.flag.on = True
    office.connection.exec_driver_sql("UPDATE log_change SET body = ? WHERE id = ?", (newer, pair[0]))
    office.flag.on = False
    take(same, pack(office, same, tmp_path / "c"))
    same.close()
