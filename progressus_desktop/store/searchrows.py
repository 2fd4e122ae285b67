"""Rows of the search indexes on their way into them: many at once, in the order of their numbers.

An index closes a segment each time a row number falls, and taking 14,000 rows out of it in the order of their records
takes ten times as long as in the order of their numbers (measured). Nothing reads an index while records are written.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from progressus_desktop.store.tables import Shape, q

_HELD = 8_000_000
"""Characters of words that are held before they are written: those of some twenty thousand records."""

Row = tuple[int, str, str]
"""A row's number, its words and its tags."""


class SearchRows:
    """What is to be taken out of the search indexes, and what is to be put in, until :meth:`write`."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver
        self._gone: dict[str, set[int]] = {}
        self._new: dict[str, dict[int, Row]] = {}
        self._characters = 0

    def remove(self, of: Shape, numbers: Iterable[int]) -> None:
        """Take these rows out, whether they stand in the index or are still on their way."""
        new, gone = self._new.get(of.index, {}), self._gone.setdefault(of.index, set())
        for number in numbers:
            if new.pop(number, None) is None:
                gone.add(number)

    def add(self, of: Shape, rows: Iterable[Row]) -> None:
        """Put these rows in; their numbers are free, or their rows were removed before."""
        new = self._new.setdefault(of.index, {})
        for row in rows:
            new[row[0]] = row
            self._characters += len(row[1])
        if self._characters >= _HELD:
            self.write()

    def write(self) -> None:
        """Write what is held."""
        for index, gone in self._gone.items():
            if gone:
                self._driver.executemany(f"DELETE FROM {q(index)} WHERE rowid = ?", [(each,) for each in sorted(gone)])
        for index, new in self._new.items():
            if new:
                sql = f"INSERT INTO {q(index)} (rowid, words, tags) VALUES (?, ?, ?)"
                self._driver.executemany(sql, sorted(new.values()))
        self._gone.clear()
        self._new.clear()
        self._characters = 0
