"""Which audiences heard of which topic, as a person asks: of which time, in which gmina, and by which records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from progressus_desktop.domain import codelists
from progressus_desktop.domain.coverage import Cell, Coverage, of_counts
from progressus_desktop.store import told

Months = tuple[str, str]
"""First and last month (YYYY-MM), both included."""

EVER: Months = ("", "9999-12")
"""The whole time, records without a date included."""


@dataclass(frozen=True, slots=True)
class Topic:
    """How many of the expected audiences of a topic were met, and the codes of those that were not."""

    code: str
    met: int
    expected: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Every number of a workspace, or of one organisation (``own``), counted once: by cell, month and gmina."""

    numbers: Mapping[tuple[Cell, str, str], int]
    own: str = ""

    def months(self) -> tuple[str, ...]:
        """The months there is anything of, newest first."""
        return tuple(sorted({month for _cell, month, _gmina in self.numbers if month}, reverse=True))

    def gminas(self) -> frozenset[str]:
        """The codes of the gminas there is anything of."""
        return frozenset(gmina for _cell, _month, gmina in self.numbers if gmina)

    def coverage(self, months: Months = EVER, gmina: str = "") -> Coverage:
        """Coverage of a time, in a gmina (empty: everywhere)."""
        counts: Counter[Cell] = Counter()
        for (cell, month, place), number in self.numbers.items():
            if place == gmina and months[0] <= month <= months[1]:
                counts[cell] += number
        return of_counts(counts)


def read(connection: Connection, own: str = "") -> Told:
    """Count what ready records of an organisation (empty: of all) told."""
    numbers: Counter[tuple[Cell, str, str]] = Counter()
    for each in told.counts(connection, own):
        numbers[(each.topic, each.audience), each.month, each.gmina] += each.number
    return Told(numbers, own)


def behind(
    connection: Connection, cell: Cell, months: Months = EVER, gmina: str = "", own: str = "", most: int = 500
) -> list[tuple[str, str]]:
    """Type and id of the records behind a number, newest first."""
    return told.behind(connection, told.Count(*cell, "", gmina, 0), months, own, most)


def topics(found: Coverage) -> tuple[Topic, ...]:
    """Topic by topic, in the order of the list."""
    out = []
    for code in codelists.codes("topic"):
        expected = sum(topic == code for topic, _audience in found.expected)
        missing = tuple(audience for topic, audience in found.gaps if topic == code)
        out.append(Topic(code, expected - len(missing), expected, missing))
    return tuple(out)
