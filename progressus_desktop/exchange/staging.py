"""What a table would change: each row new, the same, changed cell by cell, doubtful, or wrong and why.

Pure: rows and what is present go in, a staging comes out; nothing is written. A row or a column that is missing
never means that something is to be removed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from progressus_desktop.domain import tablecells
from progressus_desktop.domain.duplicates import Duplicate
from progressus_desktop.domain.fields import Entity, Level, Problem, Values
from progressus_desktop.domain.parsing import ParseError
from progressus_desktop.domain.tablecells import Cell
from progressus_desktop.domain.tablecolumns import Column, Kind
from progressus_desktop.domain.values import normal
from progressus_desktop.exchange.likeness import Likeness
from progressus_desktop.exchange.staged import CellChange, Known, Present, Rows, StagedRow, Staging, State
from progressus_desktop.words import N_, Message

AT_ONCE = 1_000
"""Rows whose records are looked up together."""

Progress = Callable[[int, int], None]


def plan(of: Entity, rows: Rows, present: Present, progress: Progress | None = None) -> Staging:
    """What the rows would change. ``progress`` hears how many rows of how many are read; it may raise to give up."""
    planner = _Planner(of, rows, present)
    staging = Staging(of, columns=tuple(column for column in rows.columns if column is not None))
    waiting = iter(rows.numbered)
    while part := list(islice(waiting, AT_ONCE)):
        staging.rows += planner.part(part)
        if progress is not None:
            progress(len(staging.rows), rows.count)
    staging.rows += planner.left_over()
    return staging


_IN_BIN = N_("This record is in the bin. Restore it first.")
_UNKNOWN_ID = N_("No record with this id is here. Ticked, it will be added as a new one.")
_UNKNOWN_CODE = N_("No record with the code {code} is here. Ticked, it will be added as a new one.")
_TWICE = N_("The same record stands in line {line} too.")
_OUTDATED = N_("The record was changed after the table was saved. Compare what stands there now.")
_NOW_DRAFT = N_("After this change the record would be a draft: {problem}")
_COMPLETES = N_("Ticked, it will complete the existing record.")
_ADDS = N_("Ticked, it will be added as another record.")
_AS_LINE = N_("It looks like line {line} of this table.")
_WILL_BE_DRAFT = N_("It will be a draft: {problem}")
_ONLY_READ = N_("“{column}” is only read: what was changed there is left aside.")


class _Planner:
    """Judges rows one part after another; remembers what stood in the table before."""

    def __init__(self, of: Entity, rows: Rows, present: Present) -> None:
        self._of, self._rows, self._present = of, rows, present
        self._likeness: Likeness | None = None
        self._lines: dict[str, int] = {}
        self._records: dict[str, int] = {}
        self._places = [(place, column) for place, column in enumerate(rows.columns) if column is not None]
        self._parts_left = set(rows.parts)

    def part(self, numbered: Sequence[tuple[int, Sequence[Cell]]]) -> list[StagedRow]:
        """The staged rows of some lines; empty lines are passed over."""
        lines = [(line, self._cells(row)) for line, row in numbered if any(map(tablecells.text_of, row))]
        named = [self._named(cells) for _line, cells in lines]
        known, by_code = self._present.known(
            {each for each, _code in named if each}, {code for each, code in named if code and not each}
        )
        out = []
        for (line, cells), (record_id, code) in zip(lines, named, strict=True):
            found = known.get(record_id or by_code.get(code, ""))
            if found is not None:
                out.append(self._existing(line, cells, found, named=bool(record_id)))
            else:
                out.append(self._new(line, cells, record_id, code))
        return out

    def left_over(self) -> list[StagedRow]:
        """Records whose main row is missing but whose rows on other sheets are there."""
        ids = [each for each in self._rows.parts if each in self._parts_left]
        known, _codes = self._present.known(ids, ())
        out = []
        for record_id in ids:
            line = min(line for rows in self._rows.parts[record_id].values() for line, _cells in rows)
            found = known.get(record_id)
            if found is None:
                reason = Message(N_("No record with this id is here."))
                out.append(StagedRow(line, State.WRONG, record_id, reasons=(reason,)))
            else:
                out.append(self._existing(line, {}, found, named=True))
        return out

    def _cells(self, row: Sequence[Cell]) -> dict[Column, Cell]:
        return {column: row[place] if place < len(row) else None for place, column in self._places}

    def _named(self, cells: Mapping[Column, Cell]) -> tuple[str, str]:
        record_id = code = ""
        for column, cell in cells.items():
            if column.kind is Kind.ID:
                record_id = tablecells.text_of(cell).lower()
            elif column.kind is Kind.CODE:
                code = tablecells.text_of(cell).upper()
        return record_id, code

    # -- a record that is here ---------------------------------------------------------------------------

    def _existing(self, line: int, cells: Mapping[Column, Cell], known: Known, *, named: bool) -> StagedRow:
        self._parts_left.discard(known.id)
        before = self._records.setdefault(known.id, line)
        row = StagedRow(line, State.SAME, known.title, known.id, known.version)
        wrong = self._fill(row, cells, known, clears=named)
        reasons: list[Message] = []
        if before != line:
            reasons.append(Message(_TWICE, {"line": before}))
        if row.cells and known.deleted:
            wrong.append(Message(_IN_BIN))
        version = next((tablecells.text_of(cell) for column, cell in cells.items() if column.kind is Kind.VERSION), "")
        if row.cells and version and version != known.version:
            reasons.append(Message(_OUTDATED))
        if row.cells and (refusal := self._present.may_write(known)) is not None:
            wrong.append(refusal)
        if row.cells and not wrong:
            reasons += self._draft_reasons(row, known)
        self._decide(row, wrong, reasons, State.CHANGED if row.cells else State.SAME)
        return row

    def _draft_reasons(self, row: StagedRow, known: Known) -> list[Message]:
        problem = self._first_error({**known.values, **row.values}, row)
        if problem is not None and known.values.get("entry") == "ready":
            return [Message(_NOW_DRAFT, {"problem": problem.message})]
        return []

    def _first_error(self, values: Values, row: StagedRow) -> Problem | None:
        filled = {name: value for name, value in values.items() if value is not None}
        problems = self._present.problems(filled)
        error = next((each for each in problems if each.level is Level.ERROR), None)
        row.entry = "draft" if error is not None else "ready"
        return error

    def _fill(self, row: StagedRow, cells: Mapping[Column, Cell], known: Known, *, clears: bool) -> list[Message]:
        """Compare the cells with the record; gives what cannot be read."""
        changes: list[CellChange] = []
        wrong: list[Message] = []
        after: dict[str, Any] = {}
        names = self._present.names
        for column, cell in cells.items():
            now = tablecells.shown(column, known.values, names)
            text, shown = tablecells.text_of(cell), tablecells.text_of(now)
            if text == shown or (not text and not clears) or text == tablecells.shortened(shown):
                continue
            if not column.is_read:
                if text and column.kind not in {Kind.ID, Kind.VERSION} and not self._says(column, cell, known.values):
                    row.remarks += (Message(_ONLY_READ, {"column": Message(column.field.label)}),)
                continue
            name = column.field.name
            present = after.get(name, known.values.get(name))
            try:
                value = normal(column.field, tablecells.read(column, cell, present, self._present.today, names))
            except ParseError as error:
                wrong.append(_cell_problem(column, error))
                changes.append(CellChange(column, shown, text))
                continue
            if not tablecells.same(column.field, value, present):
                after[name] = value
                changes.append(CellChange(column, shown, text))
        self._fill_parts(known, after, changes, wrong)
        row.cells, row.values = tuple(changes), after
        return wrong

    def _says(self, column: Column, cell: Cell, values: Values) -> bool:
        """Whether a cell that is only read says what is there, perhaps in another language."""
        try:
            value = tablecells.read_value(column.field, cell, self._present.today, self._present.names)
        except ParseError:
            return False
        return tablecells.same(column.field, value, values.get(column.field.name))

    def _fill_parts(self, known: Known, after: dict[str, Any], changes: list[CellChange], wrong: list[Message]) -> None:
        """Rows of other sheets: a key that is here changes its row, no key adds one, none is ever removed."""
        for name, lines in self._rows.parts.get(known.id, {}).items():
            of = self._of.field(name)
            rows = [dict(each) for each in known.values.get(name) or ()]
            by_key = {each["key"]: each for each in rows}
            changed = False
            for _line, cells in lines:
                key = next(
                    (tablecells.text_of(cell) for column, cell in cells.items() if column.field.name == "key"), ""
                )
                target = by_key.get(key)
                if key and target is None:
                    wrong.append(Message(N_("A row of “{field}” is no longer there."), {"field": Message(of.label)}))
                    continue
                now = target if target is not None else {}
                for column, cell in cells.items():
                    if column.kind is not Kind.VALUE:
                        continue
                    shown = tablecells.text_of(tablecells.shown(column, now, self._present.names))
                    text = tablecells.text_of(cell)
                    if text == shown:
                        continue
                    where = Column(Kind.PART, of, column.field.name)
                    try:
                        value = tablecells.read_value(column.field, cell, self._present.today, self._present.names)
                    except ParseError as error:
                        changes.append(CellChange(where, shown, text))
                        wrong.append(_cell_problem(column, error))
                        continue
                    if tablecells.same(column.field, value, now.get(column.field.name)):
                        continue
                    changes.append(CellChange(where, shown, text))
                    now[column.field.name] = value
                    changed = True
                if target is None and now:
                    rows.append(now)
            if changed:
                after[name] = normal(of, rows)

    # -- a record that is not here -------------------------------------------------------------------------

    def _new(self, line: int, cells: Mapping[Column, Cell], record_id: str, code: str) -> StagedRow:
        row = StagedRow(line, State.NEW, "")
        nothing = Known("", "", "", deleted=False, values={})
        written = {column: cell for column, cell in cells.items() if column.is_read and cell not in (None, "")}
        wrong = self._fill(row, written, nothing, clears=False)
        row.title = self._title(row, written)
        reasons: list[Message] = []
        if not row.values and not wrong:
            wrong.append(Message(N_("There is nothing in this row that could be read.")))
        if record_id:
            reasons.append(Message(_UNKNOWN_ID))
        elif code:
            reasons.append(Message(_UNKNOWN_CODE, {"code": code}))
        elif not wrong:
            likely = self._index().like(row.values)
            twin = self._twin(row, written, likely)
            if twin is not None:
                return twin
            reasons += self._doubts(row, written, likely)
        if (refusal := self._present.may_write(None)) is not None:
            wrong.append(refusal)
        if not wrong and not row.record:
            problem = self._first_error(row.values, row)
            if problem is not None:
                row.remarks += (Message(_WILL_BE_DRAFT, {"problem": problem.message}),)
        self._decide(row, wrong, reasons, State.NEW)
        return row

    def _title(self, row: StagedRow, cells: Mapping[Column, Cell]) -> str:
        by_name = {column.field.name: tablecells.text_of(cell) for column, cell in cells.items()}
        words = [by_name.get(name, "") for name in self._of.title]
        return " ".join(word for word in words if word) or next(iter(by_name.values()), f"({row.line})")

    def _index(self) -> Likeness:
        if self._likeness is None:
            self._likeness = Likeness(self._of)
            for record_id, values in self._present.others():
                self._likeness.add(record_id, values)
        return self._likeness

    def _twin(self, row: StagedRow, cells: Mapping[Column, Cell], likely: Sequence[Duplicate]) -> StagedRow | None:
        """The row as one that says nothing new: a record is here that says all of it."""
        ids = [each.record for each in likely if each.record not in self._lines]
        if not ids:
            return None
        known, _codes = self._present.known(ids, ())
        for each in known.values():
            found = StagedRow(row.line, State.SAME, each.title, each.id, each.version)
            if not each.deleted and not self._fill(found, cells, each, clears=False) and not found.cells:
                found.remarks = ()
                return found
        return None

    def _doubts(self, row: StagedRow, cells: Mapping[Column, Cell], likely: Sequence[Duplicate]) -> list[Message]:
        """Why this may be a record that is here, or a line above; a sure one is completed instead of doubled."""
        own = f"line {row.line}"
        self._index().add(own, row.values)
        self._lines[own] = row.line
        if not likely:
            return []
        first = max(likely, key=lambda each: each.certain)
        if first.record in self._lines:
            return [first.message, Message(_AS_LINE, {"line": self._lines[first.record]}), Message(_ADDS)]
        sure = first.certain and self._completes(row, cells, first.record)
        return [first.message, Message(_COMPLETES if sure else _ADDS)]

    def _completes(self, row: StagedRow, cells: Mapping[Column, Cell], record_id: str) -> bool:
        known, _codes = self._present.known([record_id], ())
        found = known.get(record_id)
        if found is None or found.deleted or self._present.may_write(found) is not None:
            return False
        row.record, row.version, row.title = found.id, found.version, found.title
        self._fill(row, cells, found, clears=False)
        self._first_error({**found.values, **row.values}, row)
        return True

    @staticmethod
    def _decide(row: StagedRow, wrong: Sequence[Message], reasons: Sequence[Message], otherwise: State) -> None:
        if wrong:
            row.state, row.reasons = State.WRONG, (*wrong, *reasons)
        elif reasons and otherwise is not State.SAME:
            row.state, row.reasons = State.DOUBTFUL, tuple(reasons)
        else:
            row.state = otherwise
        if row.state in {State.SAME, State.WRONG}:
            row.values = {}


def _cell_problem(column: Column, error: ParseError) -> Message:
    return Message(N_("{column}: {problem}"), {"column": column_words(column), "problem": error.message})


@dataclass(frozen=True, slots=True)
class _Head:
    """A column's head, translated when shown."""

    column: Column

    def __str__(self) -> str:
        return self.column.head


def column_words(column: Column) -> object:
    """A column's head as words that follow the language."""
    return _Head(column)
