"""Several laptops do anything and exchange anything in any order: what they show is what the reference says.

The invariants of exchange.md, section 6, hold after every step: convergence, idempotence, independence of order, split
and repetition, no lost write, no false silence and no noise, questions that end everywhere, caches equal to a replay.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from tests.properties.history import NAMES, VALUES, YEARS, History
from tests.properties.laptops import RECORDS, Laptop, made
from tests.properties.seeded import LAPTOPS, STEPS, must_hold

IN_TEST, IN_SOAK = 2_000, 50_000
"""Seeded histories, on laptops without files: 30 ms of one core each."""
PARTS = 8
"""So that two workers share them."""
EXAMPLES, EXAMPLES_IN_SOAK = 150, 5_000
"""Histories of the machine, on laptops with files: 60 ms each. It varies in other ways."""
_REBUILD_EVERY = 25
LATE = 8
"""Records are not erased before there is something to erase."""

PLACE = st.integers(0, LAPTOPS - 1)
RECORD = st.sampled_from(RECORDS)
WRITE = st.sampled_from([(name, value) for name in NAMES for value in VALUES[name]])
SEED = st.integers(0, 1 << 20)


class Merging(RuleBasedStateMachine):
    """What people and packages do."""

    laptops: list[Laptop]
    histories = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).histories += 1
        self.history = History(self.laptops)
        self.seed = 0

    @rule(place=PLACE, record=RECORD, write=WRITE)
    def save(self, place: int, record: bytes, write: tuple[str, Any]) -> None:
        self.history.save(place, record, dict([write]))

    @rule(place=PLACE, record=RECORD, writes=st.lists(WRITE, min_size=2, max_size=4))
    def save_several(self, place: int, record: bytes, writes: list[tuple[str, Any]]) -> None:
        self.history.save(place, record, dict(writes))

    @rule(place=PLACE, record=RECORD)
    def look(self, place: int, record: bytes) -> None:
        self.history.look(place, record)

    @rule(place=PLACE, write=WRITE)
    def save_what_was_open(self, place: int, write: tuple[str, Any]) -> None:
        self.history.save_what_was_open(place, dict([write]))

    @rule(place=PLACE, record=RECORD)
    def remove(self, place: int, record: bytes) -> None:
        self.history.remove(place, record)

    @rule(place=PLACE, record=RECORD)
    def restore(self, place: int, record: bytes) -> None:
        self.history.restore(place, record)

    @precondition(lambda self: len(self.history.edits) > LATE)
    @rule(place=PLACE, record=RECORD)
    def erase(self, place: int, record: bytes) -> None:
        self.history.erase(place, record)

    @rule(place=PLACE, which=st.integers(0, 5))
    def merge(self, place: int, which: int) -> None:
        self.history.merge_two(place, which)

    @rule(place=PLACE, which=st.integers(0, 2))
    def unmerge(self, place: int, which: int) -> None:
        self.history.unmerge_one(place, which)

    @rule(place=PLACE, which=st.integers(0, 5), take=st.sampled_from(["ours", "theirs", "value"]))
    def resolve(self, place: int, which: int, take: str) -> None:
        self.history.resolve(place, which, take)

    @rule(place=PLACE, what=st.sampled_from(["undo", "redo"]))
    def take_back(self, place: int, what: str) -> None:
        self.history.take_back(place, what)

    @rule(place=PLACE, which=st.integers(0, 3))
    def take_back_import(self, place: int, which: int) -> None:
        self.history.take_back_import(place, which)

    @rule(place=PLACE, years=st.sampled_from(YEARS))
    def turn_clock(self, place: int, years: int) -> None:
        self.history.turn_clock(place, years)

    @rule(place=PLACE, seed=SEED)
    def copy(self, place: int, seed: int) -> None:
        self.history.copy(place, seed)

    @rule(sender=st.integers(0, LAPTOPS), receiver=PLACE, seed=SEED)
    def exchange(self, sender: int, receiver: int, seed: int) -> None:
        self.seed += seed
        self.history.exchange(sender, receiver, seed)

    @rule(sender=PLACE, receiver=PLACE, seed=SEED)
    def exchange_again(self, sender: int, receiver: int, seed: int) -> None:
        self.exchange(sender, receiver, seed)

    def teardown(self) -> None:
        if sys.exc_info()[0] is not None:
            return  # a step failed: its own words are the ones to read
        self.history.settle(self.seed)
        if self.histories % _REBUILD_EVERY == 0:
            assert self.laptops[self.seed % LAPTOPS].whole()


@pytest.fixture(scope="module")
def laptops() -> Iterator[None]:
    with made(LAPTOPS) as found:
        Merging.laptops = found
        yield


@pytest.fixture(scope="module")
def unwritten() -> Iterator[list[Laptop]]:
    with made(LAPTOPS, files=False) as found:
        yield found


def run(examples: int, **other: Any) -> None:
    """Go through so many histories of the machine."""
    chosen = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        **other,
    )
    run_state_machine_as_test(Merging, settings=chosen)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(PARTS))
def test_any_history_of_any_laptops_ends_in_what_the_reference_says(part: int, unwritten: list[Laptop]) -> None:
    must_hold(unwritten, range(part, IN_TEST, PARTS))


@pytest.mark.timeout(900)
def test_no_machine_finds_a_history_that_ends_otherwise(laptops: None) -> None:
    run(EXAMPLES)


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_fifty_thousand_histories(unwritten: list[Laptop]) -> None:
    first = random.SystemRandom().randrange(1 << 40)  # others than in every test; the seed of a failing one is told
    must_hold(unwritten, range(first, first + IN_SOAK))


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_no_machine_finds_a_history_in_a_long_search(laptops: None) -> None:
    run(EXAMPLES_IN_SOAK)
