"""Choosing records by name: suggestions while typing, and adding what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal

from progressus_desktop.domain import codelists
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.dates import shown_date
from progressus_desktop.domain.fields import ANY
from progressus_desktop.domain.sorting import fold
from progressus_desktop.services import records
from progressus_desktop.services import reporting_words as say
from progressus_desktop.store import media, query, search
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import _, language

MOST_FILES = 20_000
"""Files that are offered at once, the newest."""

ADDED = frozenset({"partner", "person"})
"""Record types that a picker may add: a name is enough to begin with."""

_DETAIL = {"partner": ("kind", "locality"), "event": ("date", "locality"), "interaction": ("date",)}
_MEGABYTE = 1_000_000
_OFFERED_FOR_ANY = ("event", "partner", "cluster", "action", "interaction", "observation", "monthly_report")


@dataclass(frozen=True, slots=True)
class Found:
    """A record to choose; ``words`` tell it from others of the same name."""

    id: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class FileFound:
    """A photo or file to choose; ``owner`` names the event or partner, ``said`` is what typed words are sought in."""

    id: str
    kind: str
    caption: str
    date: str
    owner: str
    sha: str
    said: str


def files(ws: Workspace) -> list[FileFound]:
    """The photos and files, those with the newest date first."""
    sql = (
        "SELECT p.id, p.kind, p.caption, p.taken_at, e.title, e.date, r.name, COALESCE(p.shared_copy, p.original)"
        " FROM photo p LEFT JOIN event e ON e.id = p.event LEFT JOIN partner r ON r.id = p.partner"
        " WHERE p.deleted = 0 ORDER BY p.taken_at DESC, p.record_no DESC LIMIT ?"
    )
    with ws.reading() as connection:
        rows = connection.exec_driver_sql(sql, (MOST_FILES,)).all()
    return [_file(*(str(each or "") for each in row)) for row in rows]


def _file(key: str, kind: str, caption: str, day: str, event: str, held: str, partner: str, sha: str) -> FileFound:
    about = " · ".join(part for part in (event, shown_date(held) if held else "") if part)
    owner = ", ".join(part for part in (about, partner) if part)
    words = (codelists.word("photo_kind", kind) if kind else "", caption, shown_date(day) if day else "", owner)
    return FileFound(key, kind, caption, day, owner, sha, fold(" ".join(words)))


def fitting(offered: Sequence[FileFound], typed: str) -> list[FileFound]:
    """The files in whose words each word of ``typed`` stands, in their order."""
    asked = fold(typed).split()
    return [each for each in offered if all(word in each.said for word in asked)]


def size_words(ws: Workspace, file: FileFound) -> str:
    """The size of a file ("6,2 MB"), empty if it is not on this computer."""
    size = media.size(ws, file.sha) if file.sha else 0
    if not size:
        return ""
    if size < _MEGABYTE:
        return _("{n} kB", n=max(1, round(size / 1000)))
    return _("{n} MB", n=format_decimal(round(size / _MEGABYTE, 1), locale=language()))


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
