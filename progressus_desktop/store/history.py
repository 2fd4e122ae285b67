"""History is a query of the log: who changed what, when, from which value to which."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from progressus_desktop.domain import values as forms
from progressus_desktop.store import compose
from progressus_desktop.store.changes import DELETED, MERGED, Entry, decode
from progressus_desktop.store.looking import TableLookup

if TYPE_CHECKING:
    from progressus_desktop.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of one record; ``fields`` maps names to (before, after) in the form of Values; ``at_ms`` is UTC.

    ``source`` is the id of the merged record that was changed, empty for the record itself.
    """

    commit_no: int
    at_ms: int
    by: str
    by_name: str
    device: str
    kind: str
    label: str
    undoes: int | None
    fields: Mapping[str, tuple[Any, Any]]
    source: str = ""


def author(ws: Workspace, record_id: str) -> str:
    """The name of who made a record, empty where it is not known."""
    with ws.reading() as connection:
        row = connection.exec_driver_sql(
            "SELECT k.author FROM log_change c JOIN log_commit k ON k.number = c.commit_no"
            " WHERE c.record_no = (SELECT no FROM record WHERE uuid = ?) ORDER BY c.arrival LIMIT 1",
            (uuid.UUID(record_id).bytes,),
        ).first()
        return TableLookup(connection, ws.space).title("user", row[0]) if row and row[0] else ""


def of_record(ws: Workspace, entity: str, record_id: str) -> list[HistoryEntry]:
    """All changes of a record and of those merged into it, newest first."""
    with ws.reading() as connection:
        looking = TableLookup(connection, ws.space)
        out = list(_of_one(connection, looking, entity, record_id, ""))
        for dropped in merged_ids(connection, record_id):
            out += _of_one(connection, looking, entity, dropped, dropped)
        return [each for _place, each in sorted(out, key=lambda pair: pair[0], reverse=True)]


def merged_ids(connection: Connection, record_id: str) -> list[str]:
    """Ids of the records for which this one stands."""
    rows = connection.exec_driver_sql("SELECT id FROM merged WHERE canonical = ? ORDER BY id", (record_id,))
    return [row[0] for row in rows]


def _of_one(
    connection: Connection, looking: TableLookup, entity: str, record_id: str, source: str
) -> Iterator[tuple[tuple[int, bytes], HistoryEntry]]:
    """The changes of one record, each with its place in time."""
    before: dict[str, Any] = {}
    heads: compose.Heads = {}
    known: dict[bytes, Entry] = {}
    for commit, entry in _steps(connection, record_id):
        known[entry.id] = entry
        _advance(heads, entry)
        now = compose.compose(heads, known)
        after = compose.fields(entity, now.values)
        names = {name.partition("/")[0] for name in entry.keys if name not in {DELETED, MERGED}}
        changed = {
            name: (before.get(name), after.get(name))
            for name in sorted(names)
            if not forms.same(before.get(name), after.get(name))
        }
        letters = _letter(connection, bytes(commit[3]))
        name = looking.title("user", commit[2]) if commit[2] else ""
        about = (commit[0], commit[1], commit[2], name, letters, commit[4], commit[5], commit[6], changed, source)
        yield (entry.hlc, entry.id), HistoryEntry(*about)
        before = after


def _steps(connection: Connection, record_id: str) -> list[tuple[Any, Entry]]:
    rows = connection.exec_driver_sql(
        "SELECT k.number, k.at_ms, k.author, k.device, k.kind, k.label, k.undoes, c.id, c.body"
        " FROM log_change c JOIN log_commit k ON k.number = c.commit_no"
        " WHERE c.record_no = (SELECT no FROM record WHERE uuid = ?) ORDER BY c.arrival",
        (uuid.UUID(record_id).bytes,),
    ).all()
    steps = [(row, decode(bytes(row[7]), bytes(row[8]))) for row in rows]
    return sorted(steps, key=lambda step: (step[1].hlc, step[1].id))


def _advance(heads: compose.Heads, entry: Entry) -> None:
    for name, (_value, superseded) in entry.keys.items():
        kept = [head for head in heads.get(name, []) if head not in superseded]
        heads[name] = [*kept, entry.id]


def _letter(connection: Connection, device: bytes) -> str:
    row = connection.exec_driver_sql("SELECT prefix, letter FROM replica WHERE id = ?", (device,)).first()
    return f"{row[0]}{row[1]}" if row else device.hex()
