"""Properties of the log: order and repetition do not matter, undo is the inverse of edit, replay is the tables."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from progressus_desktop.clock import FixedClock
from progressus_desktop.store import check, query, undo, workspace
from progressus_desktop.store.changes import Entry, change_id, encode
from progressus_desktop.store.projection import Projector
from progressus_desktop.store.workspace import Workspace
from tests.builders import write
from tests.conftest import LIGHT
from tests.properties.laptops import Laptop, made

PARTNERS = [f"00000000-0000-7000-8000-00000000000{n}" for n in range(4)]
EVENT = "00000000-0000-7000-8000-0000000000ee"
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
MATRIX = st.dictionaries(
    st.sampled_from(["pwd", "ngo_staff", "employer"]),
    st.dictionaries(st.sampled_from(["f", "m", "x"]), st.integers(0, 99), min_size=1),
    max_size=3,
)
TOPICS = st.lists(
    st.fixed_dictionaries(
        {"topic": st.sampled_from(["T1", "T2", "T3"]), "depth": st.sampled_from(["mentioned", "workshop"])}
    ),
    max_size=3,
    unique_by=lambda item: item["topic"],
)
ROWS = st.lists(st.fixed_dictionaries({"what": TEXT.filter(bool)}), max_size=4)
EDITS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXT,
        "locality": TEXT,
        "date": st.dates(datetime(2026, 1, 1).date(), datetime(2026, 12, 31).date()).map(str),  # noqa: DTZ001 - a date
        "participants": MATRIX,
        "partners": st.lists(st.sampled_from(PARTNERS), max_size=4),
        "topics": TOPICS,
        "arrangements": ROWS,
    },
)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def a_workspace() -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory() as place:
        clock = FixedClock(datetime.fromisoformat("2026-11-23T11:48:00+01:00"))
        ws = workspace.create(Path(place) / "w", "haslo", clock, prefix="DLA", work=LIGHT)
        try:
            yield ws
        finally:
            ws.close()


def shown(ws: Workspace) -> dict[str, Any]:
    record = query.get(ws, "event", EVENT)
    return dict(record.fields) if record is not None and not record.deleted else {}


@pytest.fixture(scope="module")
def laptop() -> Iterator[Laptop]:
    with made(1) as laptops:
        yield laptops[0]


@contextmanager
def emptied(laptop: Laptop) -> Iterator[Workspace]:
    """An empty workspace, whole at the end."""
    laptop.empty()
    yield laptop.ws
    assert laptop.whole()


@FEW
@given(st.lists(EDITS.filter(bool), min_size=1, max_size=8))
def test_the_tables_equal_a_replay_of_the_log(laptop: Laptop, edits: list[dict[str, Any]]) -> None:
    with emptied(laptop) as ws:
        for edit in edits:
            write(ws, "event", edit, EVENT)
        before = shown(ws)
        assert check.check(ws).ok
        check.rebuild(ws)
        assert shown(ws) == before


@FEW
@given(st.lists(EDITS.filter(bool), min_size=2, max_size=6))
def test_undo_after_each_edit_gives_back_what_was_shown(laptop: Laptop, edits: list[dict[str, Any]]) -> None:
    with emptied(laptop) as ws:
        write(ws, "event", {"title": "Na początku"}, EVENT)
        states = [shown(ws)]
        for edit in edits:
            write(ws, "event", edit, EVENT)
            if shown(ws) != states[-1]:
                states.append(shown(ws))
        for expected in reversed(states[:-1]):
            undo.undo(ws)
            assert shown(ws) == expected
        for expected in states[1:]:
            undo.redo(ws)
            assert shown(ws) == expected


def _history(rng: random.Random, edits: list[dict[str, Any]]) -> list[tuple[Entry, bytes]]:
    """Edits of three laptops, each superseding some of what came before, as entries with bodies."""
    made: list[tuple[Entry, bytes]] = []
    for number, edit in enumerate(edits):
        replica = bytes([rng.randrange(3) + 1]) * 6
        keys: dict[str, tuple[Any, tuple[bytes, ...]]] = {}
        for name in ("title", "locality"):
            if name in edit:
                known = [e.id for e, _b in made if name in e.keys]
                keys[name] = (edit[name] or None, tuple(sorted(rng.sample(known, rng.randint(0, len(known))))))
        entry = Entry(b"", "save", "event", bytes.fromhex(EVENT.replace("-", "")), 1000 + number, 0, b"", number, keys)
        body = encode(entry, bytes(8))
        fields = (entry.kind, entry.entity, entry.record, entry.hlc, entry.at, entry.author, entry.action, entry.keys)
        made.append((Entry(change_id(replica, number + 1, body), *fields), body))
    return made


def _apply(ws: Workspace, batches: list[list[tuple[Entry, bytes]]]) -> None:
    for batch in batches:
        ws.flag.on = True
        with ws.writing() as connection:
            projector = Projector(connection, ws.space)
            for entry, body in batch:
                known = connection.exec_driver_sql("SELECT 1 FROM log_change WHERE id = ?", (entry.id,)).first()
                if known:
                    continue
                row = connection.exec_driver_sql(
                    "INSERT INTO log_change (id, record_no, commit_no, body) VALUES (?, ?, 1, ?)",
                    (entry.id, projector.number(entry.record, entry.entity), body),
                )
                projector.take(entry, arrival=int(row.lastrowid), own=False)
            projector.finish()
        ws.flag.on = False


def _state(ws: Workspace) -> Any:
    record = query.get(ws, "event", EVENT)
    assert record is not None
    return dict(record.fields), record.version, record.conflicts, query.window(ws, "event", query.View(), 0)[0].values


@FEW
@given(st.lists(EDITS.filter(lambda e: "title" in e or "locality" in e), min_size=2, max_size=8), st.integers(0, 2**32))
def test_foreign_changes_in_any_order_batch_and_repetition_give_the_same_state(
    laptop: Laptop, edits: list[dict[str, Any]], seed: int
) -> None:
    rng = random.Random(seed)
    history = _history(rng, edits)
    states = []
    for turn in range(2):
        order = list(history)
        if turn:
            order += rng.choices(history, k=3)
            rng.shuffle(order)
        cut = rng.randint(0, len(order))
        with emptied(laptop) as ws:
            ws.flag.on = True
            with ws.writing() as connection:
                connection.exec_driver_sql(
                    "INSERT INTO log_commit VALUES (1, 0, '', x'010101010101', 1, 'package', '', NULL)"
                )
            ws.flag.on = False
            _apply(ws, [batch for batch in (order[:cut], order[cut:]) if batch])
            states.append(_state(ws))
    assert states[0] == states[1]
