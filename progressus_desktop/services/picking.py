"""Choosing records by name: suggestions while typing, and adding what is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from progressus_desktop.domain import codelists
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.dates import shown_date
from progressus_desktop.domain.fields import ANY
from progressus_desktop.services import records
from progressus_desktop.services import reporting_words as say
from progressus_desktop.store import query, search
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace

ADDED = frozenset({"partner", "person"})
"""Record types that a picker may add: a name is enough to begin with."""

_DETAIL = {"partner": ("kind", "locality"), "event": ("date", "locality"), "interaction": ("date",)}
_OFFERED_FOR_ANY = ("event", "partner", "cluster", "action", "interaction", "observation", "monthly_report")


@dataclass(frozen=True, slots=True)
class Found:
    """A record to choose; ``words`` tell it from others of the same name."""

    id: str
    title: str
    words: str


def title(ws: Workspace, entity: str, record_id: str) -> str:
    """The name of a record, empty if it is not here; files are told by their kind and event too."""
    if entity == "photo":
        return say.file_name(query.lookup(ws), record_id)
    return query.title(ws, entity, record_id)


def words_of_new(value: Mapping[str, Any]) -> str:
    """The name of a person that is about to be added with this record."""
    return " ".join(str(value[name]) for name in ("first_name", "last_name") if value.get(name))


def found(ws: Workspace, entity: str, text: str, most: int = 20) -> list[Found]:
    """Records whose words begin with those of ``text``; without text the first of all in their order."""
    offered = tuple(name for name in _OFFERED_FOR_ANY if name in ENTITIES) if entity == ANY else (entity,)
    if not text.strip():
        rows = query.window(ws, offered[0], View(in_project=True), 0, most)
        return [_from_row(ws, offered[0], row.id, row.values) for row in rows]
    out = []
    for hit in search.everywhere(ws, text, most, offered):
        row = query.lookup(ws).record(hit.entity, hit.id)
        if row is not None:
            out.append(_from_row(ws, hit.entity, hit.id, row))
    return out[:most]


def _from_row(ws: Workspace, entity: str, record_id: str, values: Mapping[str, Any]) -> Found:
    name = title(ws, entity, record_id) or str(values.get("code") or "")
    detail = []
    for part in _DETAIL.get(entity, ()):
        value = values.get(part)
        if isinstance(value, str) and value:
            words = {"kind": lambda code: codelists.word("partner_kind", code), "date": shown_date}
            detail.append(words.get(part, str)(value))
    return Found(record_id, name, ", ".join([name, *detail]))


def added(ws: Workspace, entity: str, name: str) -> Any:
    """The value for something new: a partner is saved as a draft at once, a person travels with its record.

    Raises:
        ProgressusError: it could not be saved.
    """
    if entity == "person":
        first, _blank, last = name.strip().rpartition(" ")
        return {"last_name": last, **({"first_name": first} if first else {})}
    return records.save(ws, entity, None, {"name": name}).id
