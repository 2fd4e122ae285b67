"""Wrong merges on purpose: each must be noticed by the histories, else they would not notice it in earnest either."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import cbor2
import pytest

from progressus_desktop.services import deciding, records
from progressus_desktop.store import compose, merging, query, receiving, rows
from progressus_desktop.store.changes import Change
from progressus_desktop.store.projection import Awaited
from progressus_desktop.store.receiving import Pair, _Intake
from progressus_desktop.store.rows import Touched
from progressus_desktop.store.workspace import Workspace
from tests.exchange.laptops import a_tester, an_office, send, swap
from tests.properties import seeded
from tests.properties.laptops import Laptop, made

HISTORIES = 300
"""Enough for each; most are noticed within ten, the rarest within seventy, from wherever the seeds begin."""

Patch = pytest.MonkeyPatch


def newest_wins(patch: Patch) -> None:
    """Of different concurrent values the older one is dropped and nobody is asked."""
    really = compose._compose_several

    def silent(out: compose.Composed, name: str, *more: Any) -> None:
        really(out, name, *more)
        out.conflicts.pop(name, None)

    patch.setattr(compose, "_compose_several", silent)


def last_arrival_wins(patch: Patch) -> None:
    """What comes replaces whatever is there."""
    really = Touched.supersede

    def all_of_it(self: Touched, name: str, superseded: Sequence[bytes]) -> list[bytes]:
        return really(self, name, [*superseded, *self.heads.get(name, ())])

    patch.setattr(Touched, "supersede", all_of_it)


def no_presup(patch: Patch) -> None:
    """What was replaced before it came is a head when it comes."""
    patch.setattr(Awaited, "add", lambda _self, _change, _name, _record: None)


def presup_of_one_batch(patch: Patch) -> None:
    """What was replaced is remembered until the end of the package only."""
    patch.setattr(Awaited, "store", lambda _self: None)


def known_by_number(patch: Patch) -> None:
    """A change counts as known when its replica and number are."""
    really = _Intake._unknown

    def by_number(self: _Intake, batch: list[Pair]) -> list[Pair]:
        rows = self._run("SELECT id FROM log_change").fetchall()
        stems = {bytes(row[0])[:10] for row in rows}
        return [pair for pair in really(self, batch) if pair[0][:10] not in stems]

    patch.setattr(_Intake, "_unknown", by_number)


def supersedes_at_save_time(patch: Patch) -> None:
    """A save replaces what stands there when it is saved, not what its form showed."""
    really = Workspace.commit

    def blind(self: Workspace, changes: Sequence[Change], *more: Any, **named: Any) -> Any:
        return really(self, [_of_now(self, change) for change in changes], *more, **named)

    patch.setattr(Workspace, "commit", blind)


def _of_now(ws: Workspace, change: Change) -> Change:
    row = ws.connection.exec_driver_sql(
        "SELECT heads FROM record WHERE uuid = ?", (bytes.fromhex(change.record.replace("-", "")),)
    ).first()
    heads = compose.unpack(bytes(row[0])) if row else {}
    keys = {name: (value, tuple(heads.get(name, old))) for name, (value, old) in change.keys.items() if name != "*"}
    return Change(change.kind, change.entity, change.record, keys) if keys and change.kind == "save" else change


def resolves_one_of_three(patch: Patch) -> None:
    """Settling a question replaces only one of its versions."""

    def one(kind: str, entity: str, record: str, keys: Any) -> Change:
        return Change(kind, entity, record, {name: (value, old[:1]) for name, (value, old) in keys.items()})

    patch.setattr(deciding, "Change", one)


def body_encoded_again(patch: Patch) -> None:
    """What is kept of a foreign change is not what came."""
    really = _Intake._append

    def again(self: _Intake, accepted: list[tuple[Any, bytes]]) -> None:
        really(self, [(entry, cbor2.dumps([*cbor2.loads(body)[:-1], {}], canonical=True)) for entry, body in accepted])

    patch.setattr(_Intake, "_append", again)


def items_removed_win(patch: Patch) -> None:
    """An item taken away on one side and kept on the other is gone."""
    really = compose._compose_several

    def gone(out: compose.Composed, name: str, ids: list[bytes], found: Any) -> None:
        really(out, name, ids, found)
        if "/" in name and any(found[head].keys[name][0] is None for head in ids):
            out.values.pop(name, None)

    patch.setattr(compose, "_compose_several", gone)


def a_delete_takes_edits_along(patch: Patch) -> None:
    """A record deleted on one side and edited on the other is in the bin."""
    really = compose._deletion

    def all_gone(heads: compose.Heads, found: Any, out: compose.Composed) -> None:
        really(heads, found, out)
        out.deleted, out.edited_after_delete = out.deleted or out.edited_after_delete, False

    patch.setattr(compose, "_deletion", all_gone)


def forms_see_everything(patch: Patch) -> None:
    """A form takes both versions of a value for seen, though it shows one."""
    really = query.present_keys

    def both(ws: Workspace, record: str) -> Any:
        values, seen, ids = really(ws, record)
        row = ws.connection.exec_driver_sql(
            "SELECT heads FROM record WHERE uuid = ?", (bytes.fromhex(record.replace("-", "")),)
        ).first()
        heads = compose.unpack(bytes(row[0])) if row else {}
        return values, {name: tuple(heads.get(name, old)) for name, old in seen.items()}, ids

    patch.setattr(query, "present_keys", both)


def clock_follows_peers(patch: Patch) -> None:
    """A peer's clock moves ours as far as it likes."""

    def follow(self: _Intake) -> None:
        self._run("UPDATE replica SET last_hlc = max(last_hlc, ?) WHERE own = 1", (self._hlc,))

    patch.setattr(_Intake, "_move_clock", follow)


def erased_values_come_back(patch: Patch) -> None:
    """What an old stick brings of an erased record is kept as it is."""
    really = _Intake._bare

    def whole(self: _Intake, entry: Any, body: bytes) -> tuple[Any, bytes]:
        return really(self, entry, body) if entry.kind == "erase" else (entry, body)

    patch.setattr(_Intake, "_bare", whole)


def tables_stand_still(patch: Patch) -> None:
    """The columns of a record keep what they said first."""
    patch.setattr(rows, "_rewritten", lambda *_about: ("changed_ms",))


def previews_stay(patch: Patch) -> None:
    """What a package would bring is there when it was only looked at."""
    really = receiving.transaction
    patch.setattr(receiving, "transaction", lambda ws, **_keep: really(ws))


def copies_unnoticed(patch: Patch) -> None:
    """Nobody is told that a laptop was copied."""
    really = _Intake._unknown

    def quiet(self: _Intake, batch: list[Pair]) -> list[Pair]:
        fresh = really(self, batch)
        self.out.clones.clear()
        return fresh

    patch.setattr(_Intake, "_unknown", quiet)


def merges_forget_lists(patch: Patch) -> None:
    """A record that stands for another one does not take over its sets, maps and rows."""
    really = merging.group_heads
    patch.setattr(merging, "group_heads", lambda kept, _dropped: really(kept, []))


MUTANTS: tuple[Callable[[Patch], None], ...] = (
    newest_wins, last_arrival_wins, no_presup, presup_of_one_batch, known_by_number, supersedes_at_save_time,
    resolves_one_of_three, body_encoded_again, items_removed_win, a_delete_takes_edits_along, forms_see_everything,
    clock_follows_peers, erased_values_come_back, tables_stand_still, previews_stay,
    copies_unnoticed, merges_forget_lists,
)  # fmt: skip


@pytest.fixture(scope="module")
def laptops() -> Iterator[list[Laptop]]:
    with made(seeded.LAPTOPS, files=False) as found:
        yield found


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_wrong_merge_is_noticed(mutant: Callable[[Patch], None], laptops: list[Laptop], monkeypatch: Patch) -> None:
    mutant(monkeypatch)
    found = seeded.failing(laptops, range(HISTORIES))
    assert found is not None
    assert isinstance(found[1], AssertionError)


def _saved_under_an_import(folder: Path) -> int:
    """A form is open while the other side's value comes in; then it is saved. Gives how many questions there are."""
    office = an_office(folder / "office")
    tester = a_tester(office, folder / "tester")
    values = {"name": "PUP Wzorów", "kind": "pup", "locality": "Wzorów", "phone": "94 374 00 00"}
    partner = records.add_many(tester, "partner", [values])[0]
    swap(tester, office, folder / "stick")
    records.save(office, "partner", partner, {"phone": "94 374 00 11"}, draft=False)
    opened = query.get(tester, "partner", partner)
    assert opened is not None
    send(office, tester, folder / "stick")
    records.save(tester, "partner", partner, {"phone": "94 374 00 22"}, opened.seen)
    questions = len(deciding.conflicts(tester))
    tester.close()
    office.close()
    return questions


def test_superseding_at_save_time_is_noticed_by_an_import_under_an_open_form(
    tmp_path: Path, monkeypatch: Patch
) -> None:
    """The same mutant through real packages and the services that forms call."""
    assert _saved_under_an_import(tmp_path / "right") == 1
    supersedes_at_save_time(monkeypatch)
    assert _saved_under_an_import(tmp_path / "wrong") == 0
