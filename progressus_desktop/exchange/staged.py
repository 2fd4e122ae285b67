"""The plan of a table import as values: states of rows, changed cells, reasons; and what it asks of the workspace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from progressus_desktop.domain.fields import Entity, Problem, Values
from progressus_desktop.domain.tablecells import Cell, Names
from progressus_desktop.domain.tablecolumns import Column
from progressus_desktop.words import NN_, Message


class State(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Known:
    """A record that is present. ``values`` are its fields, derived values, ``id``, ``version``, ``code``, ``entry``."""

    id: str
    version: str
    title: str
    deleted: bool
    values: Values


class Present(Protocol):
    """What the workspace knows, as far as a staging asks."""

    names: Names
    today: date

    def known(self, ids: Iterable[str], codes: Iterable[str]) -> tuple[Mapping[str, Known], Mapping[str, str]]:
        """Records by id, and the ids of those codes that are known; records of the codes are among the first."""

    def others(self) -> Iterable[tuple[str, Values]]:
        """Every record with the fields that duplicates are told by; asked only for rows without id or code."""

    def problems(self, values: Values) -> Sequence[Problem]:
        """What would be wrong with a record of these values."""

    def may_write(self, record: Known | None) -> Message | None:
        """Why the person may not write this record or a new one; None if it is allowed."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that would change: its column, and what stands there before and after, as shown."""

    column: Column
    before: str
    after: str


@dataclass(slots=True)
class StagedRow:
    """One row of the table. ``record`` is the one it changes, empty for a new one; ``values`` what would be written."""

    line: int
    state: State
    title: str
    record: str = ""
    version: str = ""
    cells: tuple[CellChange, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)
    reasons: tuple[Message, ...] = ()
    remarks: tuple[Message, ...] = ()
    entry: str = ""


@dataclass(slots=True)
class Staging:
    """The whole plan for one record type."""

    of: Entity
    rows: list[StagedRow] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    columns: tuple[Column, ...] = ()

    def counts(self) -> dict[str, int]:
        """How many rows of each state."""
        found = Counter(row.state for row in self.rows)
        return {state.value: found[state] for state in State}

    def chosen(self, states: Iterable[State]) -> list[StagedRow]:
        """The rows of these states, in order."""
        wanted = set(states)
        return [row for row in self.rows if row.state in wanted]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table below its heads, with the column of each place; lines are those of the spreadsheet.

    ``parts`` are rows of other sheets by record id and field: each a map of column to cell, with its line.
    """

    columns: Sequence[Column | None]
    numbered: Iterable[tuple[int, Sequence[Cell]]]
    count: int
    as_text: bool = False
    parts: Mapping[str, Mapping[str, Sequence[tuple[int, Mapping[Column, Cell]]]]] = field(default_factory=dict)


def count_words(state: State, count: int) -> Message:
    """How many rows of a state, in words."""
    one, many = _COUNTED[state]
    return Message(one, plural=many, count=count)


_COUNTED = {
    State.NEW: NN_("{n} new", "{n} new ones"),
    State.CHANGED: NN_("{n} changed", "{n} changed ones"),
    State.DOUBTFUL: NN_("{n} doubtful", "{n} doubtful ones"),
    State.WRONG: NN_("{n} wrong", "{n} wrong ones"),
    State.SAME: NN_("{n} the same", "{n} the same ones"),
}
