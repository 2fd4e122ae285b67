"""Histories made of a seed: the steps of one, going through it, and a failing one made short.

``python -m tests.properties.seeded SEED [COUNT]`` goes through one, or so many from there on.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tests.properties.history import NAMES, VALUES, YEARS, History
from tests.properties.laptops import RECORDS, Laptop, made

LAPTOPS = 3
STEPS = 40
_REPLAY_EVERY = 25

Step = tuple[str, tuple[Any, ...]]
"""A verb of :class:`History` and what it is given. A step can be tried without those before it."""

Draw = Callable[[random.Random, int], tuple[Any, ...]]


def _write(rng: random.Random) -> tuple[str, Any]:
    name = rng.choice(NAMES)
    return name, rng.choice(VALUES[name])


def _save(rng: random.Random, place: int) -> tuple[Any, ...]:
    return place, rng.choice(RECORDS), dict(_write(rng) for _each in range(rng.choice((1, 1, 2, 4))))


def _record(rng: random.Random, place: int) -> tuple[Any, ...]:
    return place, rng.choice(RECORDS)


def _which(rng: random.Random, place: int) -> tuple[Any, ...]:
    return place, rng.randrange(6)


def _seed(rng: random.Random, place: int) -> tuple[Any, ...]:
    return place, rng.randrange(1 << 20)


VERBS: dict[str, tuple[int, Draw]] = {
    "save": (8, _save),
    "exchange": (10, lambda rng, place: (rng.randrange(4), place, rng.randrange(1 << 20))),
    "look": (2, _record),
    "save_what_was_open": (2, lambda rng, place: (place, dict([_write(rng)]))),
    "remove": (2, _record),
    "restore": (2, _record),
    "erase": (1, _record),
    "merge_two": (2, _which),
    "unmerge_one": (2, _which),
    "resolve": (4, lambda rng, place: (place, rng.randrange(6), rng.choice(("ours", "theirs", "value")))),
    "take_back": (2, lambda rng, place: (place, rng.choice(("undo", "redo")))),
    "take_back_import": (2, _which),
    "turn_clock": (1, lambda rng, place: (place, rng.choice(YEARS))),
    "copy": (1, _seed),
}  # fmt: skip
"""Each verb with how often it usually comes and what it is given."""

_ALWAYS = {"save", "exchange"}


def steps(seed: int, laptops: int) -> list[Step]:
    """The steps of one history: of the verbs some come often in it, some never."""
    rng = random.Random(seed)
    weights = [usual * (1 if verb in _ALWAYS else rng.choice((0, 1, 1, 3))) for verb, (usual, _draw) in VERBS.items()]
    verbs = rng.choices(list(VERBS), weights, k=STEPS)
    return [(verb, VERBS[verb][1](rng, rng.randrange(laptops))) for verb in verbs]


def play(laptops: Sequence[Laptop], chosen: Sequence[Step], seed: int) -> None:
    """Go through a history to its end; of some the caches are compared with a replay too."""
    history = History(laptops)
    for verb, given in chosen:
        getattr(history, verb)(*given)
    history.settle(seed)
    if seed % _REPLAY_EVERY == 0:
        assert laptops[seed // _REPLAY_EVERY % len(laptops)].replays()


def failing(laptops: Sequence[Laptop], seeds: Iterable[int]) -> tuple[int, Exception] | None:
    """The first of these histories that fails, with how; None if all hold."""
    for seed in seeds:
        try:
            play(laptops, steps(seed, len(laptops)), seed)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            return seed, error
    return None


def shortened(laptops: Sequence[Laptop], seed: int) -> list[Step]:
    """The steps that a failing history needs to fail: others are left out, many at once first, then one by one."""
    left = steps(seed, len(laptops))
    size = len(left)
    while size:
        start = 0
        while start < len(left):
            fewer = left[:start] + left[start + size :]
            if _fails(laptops, fewer, seed):
                left = fewer
            else:
                start += size
        size //= 2
    return left


def _fails(laptops: Sequence[Laptop], chosen: Sequence[Step], seed: int) -> bool:
    try:
        play(laptops, chosen, seed)
    except Exception:  # noqa: BLE001 - see above
        return True
    return False


def must_hold(laptops: Sequence[Laptop], seeds: Iterable[int]) -> None:
    """Go through these histories.

    Raises:
        AssertionError: one fails; it is told with its seed and its fewest steps.
    """
    found = failing(laptops, seeds)
    if found is not None:
        seed, error = found
        fewest = "\n".join(f"  {verb}{given}" for verb, given in shortened(laptops, seed))
        for place, record in enumerate(RECORDS):
            fewest = fewest.replace(repr(record), f"RECORDS[{place}]")
        again = f"python -m tests.properties.seeded {seed}"
        told = f"history {seed} fails, and so do these steps of it ({again}):\n{fewest}"
        raise AssertionError(told) from error


if __name__ == "__main__":
    first, count = int(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 1
    with made(LAPTOPS, files=False) as found_laptops:
        must_hold(found_laptops, range(first, first + count))
