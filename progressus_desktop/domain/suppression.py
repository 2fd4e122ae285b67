"""Small numbers of people with disabilities, and all they could be computed from, are not published.

The published table is a flow in a network: from the grand total to the rows, from a row to its cells, from the cells to
the columns, from there back. Two tables that agree in every published number differ by going round a circle of numbers
that are not published, one up, the next down as the circle turns. So a number is safe exactly when it lies on such a
circle; where there is none, the cheapest one is opened by keeping more numbers back.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LARGEST_SMALL = 4
"""A number from 1 to this is small (domain.md, section 6)."""

TOTAL = "total"
SENSITIVE = ("pwd",)
Key = tuple[str, str]
"""Row and column of a number; :data:`TOTAL` stands for all rows or all columns."""

_PRICE_OF_TOTAL, _PRICE_OF_ALL = 10_000, 10_000_000
_START, _END = ("", "start"), ("", "end")


@dataclass(frozen=True, slots=True)
class Published:
    """What may be published of a table: numbers by row and column, totals too; ``hidden`` are those kept back."""

    numbers: Mapping[Key, int]
    hidden: frozenset[Key]

    def shown(self, row: str = TOTAL, column: str = TOTAL) -> int | None:
        """A number that is published (0 where there is nothing), or None if it is kept back."""
        return None if (row, column) in self.hidden else self.numbers.get((row, column), 0)

    @property
    def whole(self) -> bool:
        """Whether everything is published."""
        return not self.hidden


def published(matrix: Mapping[str, Mapping[str, int]], sensitive: Iterable[str] = SENSITIVE) -> Published:
    """What may be published of ``matrix`` (row → column → number): no sum gives a small number of a sensitive row."""
    numbers = _with_totals(matrix)
    small = [
        (row, column)
        for (row, column), number in sorted(numbers.items())
        if row in set(sensitive) and number <= LARGEST_SMALL
    ]
    hidden: set[Key] = set(small)
    for key in small:
        hidden |= _circle(key, numbers, hidden)
    return Published(numbers, frozenset(hidden))


def _with_totals(matrix: Mapping[str, Mapping[str, int]]) -> dict[Key, int]:
    """All numbers that are not zero, with the sums of rows and columns and the grand total."""
    numbers: dict[Key, int] = {}
    for row, cells in matrix.items():
        for column, number in cells.items():
            if number > 0:
                for key in ((row, column), (row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
                    numbers[key] = numbers.get(key, 0) + number
    return numbers


def _ends(key: Key) -> tuple[Key, Key]:
    """Where in the network a number flows from and to."""
    row, column = key
    if key == (TOTAL, TOTAL):
        return _END, _START
    if row == TOTAL:
        return ("column", column), _END
    return (_START, ("row", row)) if column == TOTAL else (("row", row), ("column", column))


def _price(key: Key, number: int) -> int:
    """What it costs to keep a number back: small cells little, totals much, the grand total most."""
    if key == (TOTAL, TOTAL):
        return _PRICE_OF_ALL + number
    return (_PRICE_OF_TOTAL if TOTAL in key else 0) + 1 + number


def _circle(key: Key, numbers: Mapping[Key, int], hidden: set[Key]) -> set[Key]:
    """The cheapest numbers with which ``key`` could be one more or one less; everything if there are none."""
    tail, head = _ends(key)
    ways = [_path(head, tail, key, numbers, hidden)]
    if numbers[key] > 1:
        ways.append(_path(tail, head, key, numbers, hidden))
    found = [way for way in ways if way is not None]
    return min(found)[1] if found else set(numbers)


def _path(
    begin: Key, end: Key, without: Key, numbers: Mapping[Key, int], hidden: set[Key]
) -> tuple[int, set[Key]] | None:
    """The cheapest way through the network: along a number it grows by one, against it it falls, but not to zero."""
    steps: dict[Key, list[tuple[Key, Key]]] = {}
    for key, number in sorted(numbers.items()):
        if key != without:
            tail, head = _ends(key)
            steps.setdefault(tail, []).append((head, key))
            if number > 1:
                steps.setdefault(head, []).append((tail, key))
    waiting: list[tuple[int, int, Key, tuple[Key, ...]]] = [(0, 0, begin, ())]
    done: set[Key] = set()
    turn = 0
    while waiting:
        cost, _turn, place, used = heapq.heappop(waiting)
        if place == end:
            return cost, set(used)
        if place in done:
            continue
        done.add(place)
        for following, key in steps.get(place, ()):
            if following not in done:
                turn += 1
                price = 0 if key in hidden else _price(key, numbers[key])
                heapq.heappush(waiting, (cost + price, turn, following, (*used, key)))
    return None
