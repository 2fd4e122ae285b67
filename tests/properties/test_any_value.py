"""What a newer version or a faulty program wrote under any key is kept, passed on and shown; nothing falls over it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from progressus_desktop.domain.catalog import ENTITIES, logged
from progressus_desktop.domain.fields import Merge
from progressus_desktop.exchange import outgoing
from progressus_desktop.exchange.peers import Peer
from progressus_desktop.exchange.scope import Me
from progressus_desktop.store import media, query, receiving
from progressus_desktop.store.changes import Entry, change_id, encode
from tests.properties.laptops import RECORDS, Laptop, made

INTEGERS = st.integers(-(2**63), 2**63 - 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SOME = st.one_of(
    st.none(), st.booleans(), INTEGERS, TEXTS, st.binary(max_size=8),
    st.sampled_from(["2026-11-23", "T1", "held", "00000000-0000-7000-8000-000000000001", "a" * 64]),
)  # fmt: skip
ANYTHING = st.recursive(
    SOME,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(TEXTS, inner, max_size=3),
        st.dictionaries(st.binary(max_size=4), inner, max_size=2),
        st.fixed_dictionaries({"?": inner}),
    ),
    max_leaves=6,
)
PARTS = sorted({part.name for of in ENTITIES.values() for field in of.fields for part in field.parts})
ITEM = st.dictionaries(st.sampled_from([*PARTS, "position", "new"]), ANYTHING, max_size=4)


@st.composite
def keys(draw: st.DrawFn, entity: str) -> dict[str, tuple[Any, tuple[bytes, ...]]]:
    """Keys of a record, most of them declared ones, with any values."""
    found: dict[str, tuple[Any, tuple[bytes, ...]]] = {}
    for field in draw(st.lists(st.sampled_from(logged(ENTITIES[entity])), max_size=5)):
        as_item = field.merge in {Merge.SET, Merge.MAP, Merge.ROWS} and draw(st.integers(0, 5)) > 0
        name = f"{field.name}/{draw(st.one_of(st.sampled_from(['T1', '0000000a']), TEXTS))}" if as_item else field.name
        found[name] = (draw(st.one_of(ITEM, ANYTHING) if as_item else ANYTHING), ())
    found |= draw(st.dictionaries(TEXTS, st.tuples(ANYTHING, st.just(())), max_size=1))
    return found


ENTRIES = st.sampled_from(sorted(ENTITIES)).flatmap(lambda name: st.tuples(st.just(name), keys(name)))


@pytest.fixture(scope="module")
def laptop() -> Iterator[Laptop]:
    with made(1) as laptops:
        yield laptops[0]


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(ENTRIES, ENTRIES)
def test_any_value_under_any_key_is_kept_and_shown(laptop: Laptop, first: Any, second: Any) -> None:
    laptop.empty()
    pairs = []
    for number, (record, (entity, written)) in enumerate(zip(RECORDS[:2], (first, second), strict=True), start=1):
        entry = Entry(b"", "save", entity, record, number, number, b"", number, written)
        body = encode(entry, bytes(8))
        pairs.append((change_id(b"\x01" * 6, number, body), body))
    laptop.receive(b"\x01" * 6, [pairs])
    assert laptop.written(0) == pairs
    for record, (entity, _written) in zip(RECORDS[:2], (first, second), strict=True):
        found = query.get(laptop.ws, entity, _id(record))
        assert found is not None
        json.dumps(found.fields)
        assert query.title(laptop.ws, entity, _id(record)) is not None
        assert query.window(laptop.ws, entity, query.View(deleted=found.deleted), 0) is not None
    media.wanted(laptop.ws)
    with receiving.transaction(laptop.ws, keep=False) as connection:
        peer = Peer(1, "KGW", "tester", _id(RECORDS[0]), b"", "", b"\x02" * 6)
        outgoing.select(connection, Me("office", "office", laptop.id), peer)
        outgoing.select(
            connection, Me("tester", _id(RECORDS[0]), laptop.id), Peer(1, "", "office", "office", b"", "", b"")
        )
    if first[0] == second[0] or len(first[1]) > 3:
        assert laptop.replays()


def _id(record: bytes) -> str:
    import uuid

    return str(uuid.UUID(bytes=record))
