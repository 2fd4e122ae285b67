"""Records, history and search hits as plain data for scripts, and values as words for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from progressus_desktop.domain import catalog, parsing
from progressus_desktop.domain.fields import Derived, Field, Problem, Type
from progressus_desktop.domain.records import Record
from progressus_desktop.store import query
from progressus_desktop.store.history import HistoryEntry
from progressus_desktop.store.workspace import Workspace


def of_problem(problem: Problem) -> dict[str, str]:
    """A problem as the command line prints it."""
    return {
        "field": problem.field,
        "level": problem.level.value,
        "code": problem.code,
        "message": str(problem.message),
    }


def instant(ms: int) -> str:
    """UTC milliseconds as ISO 8601."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds")


def of_record(record: Record, problems: Sequence[Problem] | None = None) -> dict[str, Any]:
    """A record as ``records … show`` prints it."""
    return {
        "id": record.id,
        "code": record.code,
        "entity": record.entity.replace("_", "-"),
        "version": record.version,
        "entry": record.entry,
        "deleted": record.deleted and not record.merged_into,
        **({"merged_into": record.merged_into} if record.merged_into else {}),
        "problems": [of_problem(each) for each in (record.problems if problems is None else problems)],
        "delivery": record.delivery,
        "fields": dict(record.fields),
        "derived": {name: value for name, value in record.derived.items() if value is not None},
        "conflicts": [
            {
                "id": each.id,
                "field": each.field,
                "values": [{"value": value, "by": by, "at": instant(at)} for value, by, at in each.values],
            }
            for each in record.conflicts
        ],
        "space": record.space,
        "changed": instant(record.changed_ms),
    }


def of_history(ws: Workspace, entries: Iterable[HistoryEntry]) -> list[dict[str, Any]]:
    """History as ``records … history`` prints it, newest first."""
    names: dict[str, str] = {}
    out = []
    for entry in entries:
        if entry.by not in names:
            names[entry.by] = query.title(ws, "user", entry.by) if entry.by else ""
        out.append(
            {
                "at": instant(entry.at_ms),
                "at_ms": entry.at_ms,
                "by": entry.by,
                "by_name": names[entry.by],
                "device": entry.device,
                "kind": entry.kind,
                "label": entry.label,
                "commit": entry.commit_no,
                "fields": {name: {"from": old, "to": new} for name, (old, new) in entry.fields.items()},
            }
        )
    return out


def _declared(entity: str, name: str) -> Field | Derived | None:
    of = catalog.entity(entity)
    every: tuple[Field | Derived, ...] = (*catalog.logged(of), *of.derived)
    return next((each for each in every if each.name == name), None)


def words_of(ws: Workspace, entity: str, name: str, value: Any) -> str:
    """A value in words: names for references, words for codes; empty for nothing."""
    declared = _declared(entity, name)
    if value is None or declared is None:
        return "" if value is None else str(value)
    if isinstance(declared, Derived):
        declared = declared.as_field()
    if declared.type is Type.REFERENCE and isinstance(value, str):
        return query.title(ws, declared.target, value) or value
    if declared.type is Type.REFERENCES and isinstance(value, list):
        return " | ".join(query.title(ws, declared.target, each) or each for each in value)
    if declared.parts and isinstance(value, list):
        value = [_named(ws, declared, item) for item in value]
    return parsing.shown(declared, value)


def _named(ws: Workspace, of: Field, item: dict[str, Any]) -> dict[str, Any]:
    """An item with names in place of the ids of records."""
    out = dict(item)
    for part in of.parts:
        if part.type is Type.REFERENCE and isinstance(out.get(part.name), str):
            out[part.name] = query.title(ws, part.target, out[part.name]) or out[part.name]
    return out
