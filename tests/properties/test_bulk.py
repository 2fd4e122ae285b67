"""Many changes at once give the same tables as the same changes one by one, in any cut, own or foreign."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progressus_desktop.domain.catalog import entity
from progressus_desktop.domain.values import to_keys
from progressus_desktop.errors import CancelledError
from progressus_desktop.store import check, projection, query
from progressus_desktop.store.changes import DELETED, Change, Entry, change_id, encode
from progressus_desktop.store.projection import Projector
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message
from tests.properties.test_log import FEW, a_workspace

Logged = tuple[Entry, bytes]

PEOPLE = [f"00000000-0000-7000-8000-0000000001{n:02}" for n in range(2)]
PARTNERS = [f"00000000-0000-7000-8000-0000000002{n:02}" for n in range(3)]
NAMES = st.sampled_from(["KGW „Malwa”", "Łąka", "Źrebię", "Świt"])
DAYS = st.sampled_from(["2026-03-01", "2026-11-18", "2031-01-01"])


def some(values: Sequence[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=3, unique=True)


SAVES: dict[tuple[str, str], dict[str, st.SearchStrategy[Any]]] = {
    ("project", "00000000-0000-7000-8000-000000000001"): {
        "name": NAMES, "date_from": DAYS, "date_to": DAYS, "leader": st.sampled_from(PARTNERS),
    },
    **{("partner", each): {
        "name": NAMES, "kind": st.sampled_from(["kgw", "osp"]), "locality": NAMES, "in_project": st.booleans(),
        "parent": st.sampled_from(PARTNERS), "needs": some(["training", "transport"]),
        "relations": st.lists(st.fixed_dictionaries({
            "key": st.sampled_from(["0000000a", "0000000b"]), "stage": st.sampled_from(["talks", "agreement"]),
            "date": DAYS,
        }), max_size=2, unique_by=lambda row: row["key"]),
    } for each in PARTNERS},
    **{("person", each): {"last_name": NAMES, "organisation": st.sampled_from(PARTNERS)} for each in PEOPLE},
    ("contact", "00000000-0000-7000-8000-000000000301"): {
        "person": st.sampled_from(PEOPLE), "partner": st.sampled_from(PARTNERS), "function": NAMES,
    },
    ("interaction", "00000000-0000-7000-8000-000000000401"): {
        "date": DAYS, "subject": NAMES, "partners": some(PARTNERS),
    },
    ("event", "00000000-0000-7000-8000-000000000501"): {
        "title": NAMES, "date": DAYS, "status": st.sampled_from(["held", "planned"]), "partners": some(PARTNERS),
        "host": st.sampled_from(PARTNERS), "participants": st.just({"pwd": {"f": 3}}),
        "topics": some(["T1", "T2"]).map(lambda topics: [{"topic": each, "depth": "presented"} for each in topics]),
    },
    ("of_a_newer_version", "00000000-0000-7000-8000-000000000601"): {},
}  # fmt: skip
EDITS = st.sampled_from(sorted(SAVES)).flatmap(
    lambda about: st.tuples(st.just(about), st.fixed_dictionaries({}, optional=SAVES[about]), st.integers(0, 9))
)
HISTORIES = st.lists(EDITS, min_size=1, max_size=14)


def _keys(name: str, values: dict[str, Any], kind: str) -> dict[str, Any]:
    if kind != "save":
        return {DELETED: kind == "restore" or None}
    if name == "of_a_newer_version":
        return {"colour": "blue"}
    of = entity(name)
    return {key: value for field, each in values.items() for key, value in to_keys(of.field(field), each).items()}


def history(rng: random.Random, edits: list[Any]) -> list[Logged]:
    """Entries of two laptops; each supersedes some of what the log knows by then."""
    made: list[Logged] = []
    for number, ((name, record), values, chance) in enumerate(edits):
        kind = {0: "delete", 1: "restore"}.get(chance, "save")
        keys: dict[str, tuple[Any, tuple[bytes, ...]]] = {}
        uuid = bytes.fromhex(record.replace("-", ""))
        for key, value in _keys(name, values, kind).items():
            known = [e.id for e, _b in made if e.record == uuid and (key in e.keys or key == DELETED)]
            keys[key] = (value, tuple(sorted(known if chance < 7 else rng.sample(known, rng.randint(0, len(known))))))
        fields = (kind, name, uuid, 1_000 + number, 1_000 + number, b"", number, keys)
        body = encode(Entry(b"", *fields), bytes(8))
        made.append((Entry(change_id(bytes([1 + rng.randrange(2)]) * 6, number + 1, body), *fields), body))
    return made


@pytest.fixture(scope="module")
def empty() -> Iterator[Workspace]:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as home:
        patch.setenv("PROGRESSUS_HOME", home)
        with a_workspace() as ws:
            yield ws


def projected(ws: Workspace, entries: list[Logged], cuts: set[int], *, own: bool, each_finished: bool) -> str:
    """A hash of all tables after these entries, taken in parts that end at ``cuts``; nothing of it stays."""
    connection = ws.connection
    ws.flag.on = True
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        connection.exec_driver_sql("INSERT INTO log_commit VALUES (1, 0, '', x'01', 1, 'package', '', NULL)")
        projector = Projector(connection, ws.space)
        part: list[tuple[Entry, int]] = []
        for arrival, (entry, body) in enumerate(entries, start=1):
            connection.exec_driver_sql(
                "INSERT INTO log_change (arrival, id, record_no, commit_no, body) VALUES (?, ?, ?, 1, ?)",
                (arrival, entry.id, projector.number(entry.record, entry.entity), body),
            )
            part.append((entry, arrival))
            if arrival in cuts or arrival == len(entries):
                projector.take_many(part, own=own)
                part = []
                if each_finished:
                    projector.finish()
                    projector = Projector(connection, ws.space)
        projector.finish()
        return check.digest(connection)
    finally:
        connection.exec_driver_sql("ROLLBACK")
        ws.flag.on = False


@FEW
@given(HISTORIES, st.integers(0, 2**32), st.booleans())
def test_many_changes_at_once_equal_the_same_changes_one_by_one(
    empty: Workspace,
    edits: list[Any],
    seed: int,
    own: bool,  # noqa: FBT001 - drawn
) -> None:
    rng = random.Random(seed)
    entries = history(rng, edits)
    if not own:
        rng.shuffle(entries)
    every = set(range(1, len(entries) + 1))
    one_by_one = projected(empty, entries, every, own=own, each_finished=True)
    assert projected(empty, entries, set(), own=own, each_finished=True) == one_by_one
    some_cuts = {each for each in every if rng.random() < 0.4}
    assert projected(empty, entries, some_cuts, own=own, each_finished=True) == one_by_one


@FEW
@given(HISTORIES, st.integers(0, 2**32))
def test_writing_in_small_parts_keeps_what_waits_for_the_end(empty: Workspace, edits: list[Any], seed: int) -> None:
    entries = history(random.Random(seed), edits)
    expected = projected(empty, entries, set(), own=True, each_finished=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(projection, "CHUNK", 1)
        assert projected(empty, entries, set(range(len(entries))), own=True, each_finished=False) == expected


def _partners(count: int) -> list[Change]:
    keys = {"kind": ("kgw", ()), "locality": ("Zmyślona", ()), "entry": ("ready", ())}
    return [
        Change("save", "partner", f"00000000-0000-7000-8000-{n:012}", {"name": (f"KGW {n}", ()), **keys})
        for n in range(count)
    ]


def test_a_commit_that_is_given_up_between_its_parts_leaves_nothing(ws: Workspace) -> None:
    heard: list[tuple[int, int]] = []

    def stop(done: int, every: int) -> None:
        heard.append((done, every))
        raise CancelledError(Message(N_("Stopped. Nothing is half-done.")))

    with pytest.raises(CancelledError):
        ws.commit(_partners(2_500), "table-import", "table-import:partner:2500", progress=stop)
    assert heard == [(2_000, 2_500)]
    assert query.total(ws, "partner", View()) == 0
    with ws.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM log_change").scalar() == 0


def test_codes_and_numbers_of_a_large_commit_rise_in_its_order(ws: Workspace) -> None:
    ws.commit(_partners(2_100), "table-import", "table-import:partner:2100")
    with ws.reading() as connection:
        rows = connection.exec_driver_sql("SELECT record_no, id, code FROM partner ORDER BY record_no").all()
    assert [row[1] for row in rows] == [change.record for change in _partners(2_100)]
    assert [row[2] for row in rows] == [f"DLAA-2026-{n:04}" for n in range(1, 2_101)]
