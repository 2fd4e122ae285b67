"""A table from a spreadsheet comes in through a staging: read, planned, decided by a person, then one commit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from progressus_desktop import clock
from progressus_desktop.domain import catalog, tablecells, validation
from progressus_desktop.domain.fields import Entity, Field, Merge, Problem, Values
from progressus_desktop.domain.records import Committed, Record
from progressus_desktop.domain.tablecells import Cell, Names
from progressus_desktop.domain.tablecolumns import Column, Kind, columns, plain, recognised, row_columns, sheets
from progressus_desktop.errors import AccessError, ConflictError
from progressus_desktop.exchange import likeness, staging, tablefile
from progressus_desktop.exchange.staged import Known, Rows, StagedRow, Staging, State, count_words
from progressus_desktop.exchange.tablefile import Sheet, TableFile
from progressus_desktop.services import labels, permission, records
from progressus_desktop.services.readiness import entry_after, whole
from progressus_desktop.services.tablenames import RecordNames
from progressus_desktop.services.tables_out import values_of
from progressus_desktop.store import changes, query
from progressus_desktop.store.changes import Change
from progressus_desktop.store.looking import TableLookup
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, NN_, Message

__all__ = ["DEFAULT", "StagedRow", "Staging", "State", "apply", "count_words", "stage"]

DEFAULT = (State.NEW, State.CHANGED)
"""What is taken unless a person decides otherwise."""

_HEADS_WITHIN = 20
_MOST_NAMED = 8
_CUT_NAME = 25
"""Names of sheets end after 31 characters; longer ones are recognised by their beginning."""
Progress = Callable[[int, int], None]
Parts = dict[str, dict[str, list[tuple[int, dict[Column, Cell]]]]]


def stage(ws: Workspace, entity: str, file: Path, progress: Progress | None = None) -> Staging:
    """What the table in a file would change. Nothing is written; ``progress`` may raise to give up.

    Raises:
        DamagedError: the file is no table, is damaged or beyond a limit, or no column is recognised.
        NotFoundError: there is no such file.
    """
    of = catalog.entity(entity)
    table = tablefile.read(file)
    allowed = permission.Permission(ws)
    locked = {each.name for each in of.fields if each.by_program or (each.office_only and not allowed.decides(of))}
    found = _Found(of, table, locked)
    with ws.reader() as connection:
        plan = staging.plan(of, found.rows(), _Workspace(ws, connection, of), progress)
    plan.notes = [*table.notes, *found.notes]
    return plan


# -- from the file ----------------------------------------------------------------------------------------------


class _Found:
    """The sheets of a file told apart: one holds the records, others their rows."""

    def __init__(self, of: Entity, table: TableFile, locked: Collection[str]) -> None:
        self._of, self._table = of, table
        self.notes: list[Message] = []
        best: tuple[int, Sheet, int, list[Column | None]] | None = None
        for sheet in table.sheets:
            at, heads = _heads(columns(of), sheet)
            score = sum(each is not None and each.is_read for each in heads)
            if self._field_of(sheet) is None and score and (best is None or score > best[0]):
                best = (score, sheet, at, heads)
        if best is None:
            known = ", ".join(str(Message(each.label)) for each in of.fields[:_MOST_NAMED])
            hint = Message(N_("Nothing was changed. The first line must name the columns, for example: {known}."),
                           {"known": known})  # fmt: skip
            raise tablefile.refused(Message(N_("No column of this table is known here.")), hint)
        _score, self._main, self._at, heads = best
        # what the person may not write is only read
        self._heads = [replace(c, kind=Kind.DERIVED) if c is not None and c.field.name in locked else c for c in heads]
        self._note_strange()

    def _field_of(self, sheet: Sheet) -> Field | None:
        """The field whose rows a sheet holds."""
        for of in sheets(self._of):
            spellings = {plain(of.name), *(plain(each) for each in _labels(of))}
            name = plain(sheet.name)
            cut = len(sheet.name) > _CUT_NAME and any(each.startswith(name) for each in spellings)
            if name in spellings or cut:
                return of
        return None

    def _note_strange(self) -> None:
        heads = [tablecells.text_of(cell) for cell in self._main.rows[self._at]]
        known = {plain(head) for head, column in zip(heads, self._heads, strict=True) if column is not None}
        strange = [head for head in heads if head and plain(head) not in known]
        if strange:
            one, many = NN_("{n} column is not known here and was left aside: {names}.",
                            "{n} columns are not known here and were left aside: {names}.")  # fmt: skip
            names = ", ".join(strange[:_MOST_NAMED]) + (" …" if len(strange) > _MOST_NAMED else "")
            self.notes.append(Message(one, {"names": names}, many, len(strange)))
        twice = [head for place, head in enumerate(heads) if self._heads[place] is None and plain(head) in known]
        if twice:
            names = ", ".join(dict.fromkeys(twice[:_MOST_NAMED]))
            self.notes.append(
                Message(N_("Several columns have one head, the first was read: {names}."), {"names": names})
            )

    def rows(self) -> Rows:
        """What is to be planned."""
        main, start = self._main, self._at + 1
        numbered = ((main.first + place, main.rows[place]) for place in range(start, len(main.rows)))
        return Rows(self._heads, numbered, len(main.rows) - start, self._table.is_text, self._parts())

    def _parts(self) -> Parts:
        found: Parts = {}
        for sheet in self._table.sheets:
            of = self._field_of(sheet)
            if sheet is self._main:
                continue
            if of is None or not sheet.rows:
                if sheet.rows:
                    self.notes.append(Message(N_("The sheet “{name}” was left aside."), {"name": sheet.name}))
                continue
            heads = recognised(row_columns(of), [tablecells.text_of(cell) for cell in sheet.rows[0]])
            for place, row in enumerate(sheet.rows[1:], start=sheet.first + 1):
                cells = {column: cell for column, cell in zip(heads, row, strict=False) if column is not None}
                record_id = next((tablecells.text_of(c) for col, c in cells.items() if col.name == "id"), "")
                if record_id:
                    found.setdefault(record_id.lower(), {}).setdefault(of.name, []).append((place, cells))
        return found


def _labels(of: Field) -> list[str]:
    from progressus_desktop.words import LANGUAGES, _, speaking

    out = []
    for language in LANGUAGES:
        with speaking(language):
            out.append(_(of.label))
    return out


def _heads(every: Sequence[Column], sheet: Sheet) -> tuple[int, list[Column | None]]:
    """The line that names the columns, and what they are: the one with the most known names among the first."""
    best: tuple[int, int, list[Column | None]] = (-1, 0, [])
    for place, row in enumerate(sheet.rows[:_HEADS_WITHIN]):
        texts = [cell if isinstance(cell, str) else "" for cell in row]
        found = recognised(every, texts)
        score = sum(each is not None for each in found)
        if score > best[0]:
            best = (score, place, found)
    return best[1], best[2]


# -- what is present -------------------------------------------------------------------------------------------


class _Workspace:
    """:class:`~progressus_desktop.exchange.staged.Present` over one snapshot of a workspace."""

    def __init__(self, ws: Workspace, connection: Connection, of: Entity) -> None:
        self._ws, self._connection, self._of = ws, connection, of
        self.names: Names = RecordNames(connection, ws.space)
        self.today: date = clock.today(ws.clock)
        self._looking = TableLookup(connection, ws.space)
        self._allowed = permission.Permission(ws)
        self._spaces: dict[str, str] = {}
        self._refusals: dict[tuple[str, str], Message | None] = {}
        self._start = records.assumed(ws, of)

    def known(self, ids: Iterable[str], codes: Iterable[str]) -> tuple[Mapping[str, Known], Mapping[str, str]]:
        """Records by id, and the ids of codes."""
        by_code = query.by_codes(self._connection, self._of.name, list(codes))
        wanted = list(dict.fromkeys([*ids, *by_code.values()]))
        found = query.many(self._connection, self._of.name, wanted, self._looking) if wanted else {}
        self._looking.read_titles(self._of.name, found)
        self._spaces |= {each.id: each.space for each in found.values()}
        return {each.id: self._known(each) for each in found.values()}, by_code

    def _known(self, record: Record) -> Known:
        title = self._looking.title(self._of.name, record.id) or record.code
        return Known(record.id, record.version, title, record.deleted, values_of(record))

    def others(self) -> Iterable[tuple[str, Values]]:
        """Every live record with the fields that duplicates are told by."""
        return query.scalars(self._connection, self._of.name, likeness.needed(self._of))

    def problems(self, values: Values) -> Sequence[Problem]:
        """What would be wrong with a record of these values; a new one has what the program fills in."""
        known = {name: _ready_person(self._of, name, value) for name, value in values.items()}
        return validation.check(self._of, known if "id" in known else {**self._start, **known}, self._looking)

    def may_write(self, record: Known | None) -> Message | None:
        """Why the person may not write this record or a new one."""
        space = self._spaces.get(record.id, "") if record else permission.space_for(self._ws, self._of.name, "")
        key = (space, record.id if record and self._of.name == "partner" else "")
        if key not in self._refusals:
            try:
                self._allowed.must_write(self._of.name, space, key[1])
                self._refusals[key] = None
            except AccessError as error:
                self._refusals[key] = error.message
        return self._refusals[key]


def _ready_person(of: Entity, name: str, value: Any) -> Any:
    """A value as it will be once the persons of the table are made."""
    return name if isinstance(value, dict) and of.has(name) and of.field(name).target == "person" else value


# -- into the workspace ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Writing:
    """The changes of the chosen rows, being made."""

    ws: Workspace
    of: Entity
    start: Mapping[str, Any]
    out: list[Change] = field(default_factory=list)
    persons: dict[str, str] = field(default_factory=dict)

    def values(self, row: StagedRow) -> dict[str, Any]:
        """The row's values with ids in place of persons who are made now."""
        found = dict(row.values)
        for name, value in row.values.items():
            if isinstance(value, dict) and self.of.field(name).target == "person":
                found[name] = self._person(value)
        return found

    def _person(self, value: Mapping[str, Any]) -> str:
        key = " ".join(str(value.get(name, "")) for name in ("first_name", "last_name")).casefold()
        if key not in self.persons:
            made = self.persons[key] = records.new_id(self.ws)
            person = catalog.entity("person")
            self.out.append(_fresh(self.ws, person, made, {**value, "entry": "ready"}))
        return self.persons[key]


def apply(
    ws: Workspace, plan: Staging, rows: Sequence[StagedRow], progress: Progress | None = None
) -> Committed | None:
    """Write the chosen rows in one commit of kind ``table-import``; None when there is nothing to write.

    ``progress`` hears how much is written and may raise to give up; then nothing is.

    Raises:
        AccessError: the role does not allow it.
        ConflictError: a record was changed since the table was read; nothing was written.
        StorageError: the disk is full or cannot be written; nothing was written.
    """
    chosen = [row for row in rows if row.values and row.state in {State.NEW, State.CHANGED, State.DOUBTFUL}]
    if not chosen:
        return None
    writing = _Writing(ws, plan.of, records.assumed(ws, plan.of))
    allowed = permission.Permission(ws)
    allowed.must_write(plan.of.name, permission.space_for(ws, plan.of.name, ""))
    for row in chosen:
        allowed.must_decide(plan.of, list(row.values), row.values)
    with ws.reader() as connection:
        for row in chosen:
            if not row.record:
                wanted = {**writing.start, **writing.values(row)}
                wanted["entry"] = entry_after(plan.of, "draft", wrong=row.entry == "draft")
                writing.out.append(_fresh(ws, plan.of, records.new_id(ws), wanted))
        _change_existing(connection, writing, [row for row in chosen if row.record])
    if not writing.out:
        return None
    label = labels.label("table-import", plan.of.name, count=len(chosen))
    return ws.commit(writing.out, "table-import", label, progress=progress)


@cache
def _whole_fields(entity: str) -> frozenset[str]:
    """The fields that are one key in the log."""
    of = catalog.entity(entity)
    return frozenset({"entry", *(each.name for each in of.fields if each.merge in {Merge.SCALAR, Merge.MATRIX})})


def _fresh(ws: Workspace, of: Entity, record_id: str, wanted: Mapping[str, Any]) -> Change:
    """The change that makes a new record; ``wanted`` is in its one form already."""
    keys: dict[str, tuple[Any, tuple[bytes, ...]]] = {}
    several: dict[str, Any] = {}
    whole_fields = _whole_fields(of.name)
    for name, value in wanted.items():
        if name in whole_fields:
            keys[name] = (value, ())
        else:
            several[name] = value
    organisation = wanted.get("organisation") if of.name == "user" else None
    keys["space"] = (permission.space_for(ws, of.name, record_id, organisation), ())
    change = changes.save(of, record_id, {}, {}, several) if several else None
    return Change("save", of.name, record_id, {**keys, **(change.keys if change else {})})


def _change_existing(connection: Connection, writing: _Writing, rows: Sequence[StagedRow]) -> None:
    of = writing.of
    for start in range(0, len(rows), staging.AT_ONCE):
        part = rows[start : start + staging.AT_ONCE]
        present = query.present_of(connection, [row.record for row in part])
        for row in part:
            now = present.get(row.record)
            if now is None or now.version != row.version:
                hint = Message(N_("Nothing was written. Read the table again."))
                message = Message(N_("“{name}” was changed after the table was read."), {"name": row.title})
                raise ConflictError(message, hint=hint)
            before = str(now.values.get("entry") or "draft")
            after = entry_after(of, before, wrong=row.entry == "draft")
            wanted = writing.values(row) | ({"entry": after} if after != before else {})
            change = changes.save(of, row.record, now.values, now.seen, wanted)
            if change is not None:
                ready = before == "draft" and after == "ready"
                writing.out.append(whole(change, now.values, now.seen) if ready else change)
