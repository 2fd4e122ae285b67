"""What is written many at once: guards that are lifted meanwhile come back, search rows arrive whatever their order."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
import sqlcipher3
from hypothesis import given, settings
from hypothesis import strategies as st

from progressus_desktop.clock import FixedClock
from progressus_desktop.exchange import container
from progressus_desktop.store import cipher, log, receiving, workspace
from progressus_desktop.store.changes import Change
from progressus_desktop.store.receiving import Origin
from progressus_desktop.store.searchrows import SearchRows
from progressus_desktop.store.tables import shape
from progressus_desktop.store.workspace import Workspace
from tests.builders import a_partner
from tests.conftest import LIGHT


def _guards(ws: Workspace) -> list[tuple[str, str]]:
    found = cipher.raw(ws.connection).execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY 1")
    return [(row[0], row[1]) for row in found.fetchall()]


def _partners(count: int) -> list[Change]:
    names = (f"Koło Gospodyń {number}" for number in range(count))
    return [Change("save", "partner", str(uuid.uuid4()), {"name": (name, ())}) for name in names]


def _refuses(ws: Workspace) -> None:
    with pytest.raises(sqlcipher3.IntegrityError, match="only a commit may write here"):
        cipher.raw(ws.connection).execute("UPDATE partner SET name = 'Inna'")


def test_the_guards_of_the_tables_are_back_after_many_changes(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "CHUNK", 3)
    before = _guards(ws)
    ws.commit(_partners(7), "table-import", "table-import:partner:7")
    assert _guards(ws) == before
    assert len(before) > 100
    _refuses(ws)


def test_the_guards_are_back_when_many_changes_are_given_up(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "CHUNK", 3)
    a_partner(ws)
    before = _guards(ws)

    def stop(done: int, _of: int) -> None:
        assert not _guards(ws)
        if done > 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ws.commit(_partners(7), "table-import", "table-import:partner:7", progress=stop)
    assert _guards(ws) == before
    assert cipher.raw(ws.connection).execute("SELECT count(*) FROM partner").fetchone()[0] == 1
    _refuses(ws)


@pytest.mark.parametrize("keep", [True, False], ids=["import", "preview"])
def test_the_guards_are_back_after_a_large_package(
    ws: Workspace, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, *, keep: bool
) -> None:
    monkeypatch.setattr(receiving, "BATCH", 2)
    a_partner(ws)
    other = workspace.create(tmp_path / "other", "haslo", clock, prefix="INN", name="Inna", work=LIGHT)
    try:
        other.commit(_partners(5), "edit", "add:partner")
        sql = "SELECT id, body FROM log_change ORDER BY arrival"
        pairs = [(bytes(row[0]), bytes(row[1])) for row in cipher.raw(other.connection).execute(sql).fetchall()]
    finally:
        other.close()
    before = _guards(ws)
    with receiving.transaction(ws, keep=keep) as connection:
        origin = Origin(b"", b"other\1", 0, 0)
        receiving.receive(ws, connection, origin, iter(pairs), lambda _entry, _held: "", container.entry)
        assert _guards(ws) == before
    assert _guards(ws) == before
    assert cipher.raw(ws.connection).execute("SELECT count(*) FROM partner").fetchone()[0] == (6 if keep else 1)
    _refuses(ws)


_STEPS = st.lists(st.tuples(st.sampled_from(["add", "remove"]), st.integers(1, 5), st.text("abc", max_size=3)))


@settings(max_examples=60)
@given(steps=_STEPS, held=st.sampled_from([1, 4, 1_000]))
def test_search_rows_end_as_if_each_was_written_at_once(steps: list[tuple[str, int, str]], held: int) -> None:
    driver, of = sqlcipher3.connect(":memory:", isolation_level=None), shape("partner")
    driver.execute(f"CREATE VIRTUAL TABLE \"{of.index}\" USING fts5 (words, tags, content='', contentless_delete=1)")
    driver.execute(f"CREATE VIRTUAL TABLE seen USING fts5vocab({of.index}, 'instance')")
    rows, wanted = SearchRows(driver), dict[int, str]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("progressus_desktop.store.searchrows._HELD", held)
        for verb, number, word in steps:
            if number in wanted:
                rows.remove(of, [number])
                del wanted[number]
            if verb == "add":
                rows.add(of, [(number, f"x{word}", "")])
                wanted[number] = f"x{word}"
        rows.write()
    assert dict(driver.execute("SELECT doc, term FROM seen").fetchall()) == wanted
    driver.close()
