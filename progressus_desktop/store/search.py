"""Search everywhere: the best hits of each record type, Polish letters optional."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from progressus_desktop.domain import codelists, parsing
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import Type
from progressus_desktop.domain.sorting import fold
from progressus_desktop.store.indexing import NUMBER_MASK
from progressus_desktop.store.looking import TableLookup
from progressus_desktop.store.tables import Shape, q, shape
from progressus_desktop.store.views import words_query

if TYPE_CHECKING:
    from progressus_desktop.store.workspace import Workspace

_CANDIDATES = 200
"""Newest matches of a type that are ranked; reading more would cost more than a keystroke may."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One found record; ``spans`` are (start, end) places of the matches in ``title``."""

    entity: str
    id: str
    code: str
    title: str
    detail: str
    spans: tuple[tuple[int, int], ...]


def everywhere(ws: Workspace, text: str, per_entity: int = 4, entities: tuple[str, ...] = ()) -> list[Hit]:
    """The best hits for ``text`` over all record types, best first: names that begin with the words lead."""
    query = words_query(text)
    if not query:
        return []
    wanted = re.findall(r"\w+", fold(text))
    ranked: list[tuple[int, int, Hit]] = []
    with ws.reading() as connection:
        looking = TableLookup(connection, ws.space)
        for place, name in enumerate(entities or tuple(ENTITIES)):
            found = _of_type(connection, shape(name), query, wanted, looking)
            ranked += [(rank, place, hit) for rank, hit in found[:per_entity]]
    ranked.sort(key=lambda each: each[:2])
    return [hit for _rank, _place, hit in ranked]


def _of_type(
    connection: Connection, of: Shape, query: str, wanted: list[str], looking: TableLookup
) -> list[tuple[int, Hit]]:
    sql = f"SELECT rowid FROM {q(of.index)} WHERE {q(of.index)} MATCH ? ORDER BY rowid DESC LIMIT {_CANDIDATES}"
    numbers = [row[0] & NUMBER_MASK for row in connection.exec_driver_sql(sql, (query,))]
    if not numbers:
        return []
    detail = _detail(of)
    names = ["record_no", "id", "code", *(q(name) for name in detail)]
    marks = ", ".join("?" * len(numbers))
    sql = f"SELECT {', '.join(names)} FROM {q(of.table)} WHERE record_no IN ({marks})"
    by_number = {row[0]: row for row in connection.exec_driver_sql(sql, tuple(numbers))}
    hits = []
    for number in numbers:
        row = by_number[number]
        title = looking.title(of.table, row[1])
        line = ", ".join(_shown(of, looking, *pair) for pair in zip(detail, row[3:], strict=True) if pair[1])
        hit = Hit(of.table, row[1], row[2] or "", title, line, spans(title, wanted))
        hits.append((_rank(title, row[2] or "", wanted), hit))
    hits.sort(key=lambda each: each[0])
    return hits


def _detail(of: Shape) -> list[str]:
    """What tells a record from others of the same name: its place and day, or its kind, partner and place."""
    offered = ("place", "date") if "date" in of.columns else ("kind", "partner", "locality", "date_from")
    return [name for name in offered if name in of.columns and name not in of.entity.title]


def _shown(of: Shape, looking: TableLookup, name: str, value: Any) -> str:
    if not of.entity.has(name):
        return str(value)
    field = of.entity.field(name)
    if field.type is Type.REFERENCE:
        return looking.title(field.target, str(value))
    return codelists.short(field.codes, str(value)) if field.type is Type.CODE else parsing.shown(field, value)


def _rank(title: str, code: str, wanted: list[str]) -> int:
    folded = fold(title)
    if fold(code) == " ".join(wanted) or folded == " ".join(wanted):
        return 0
    if folded.startswith(wanted[0]):
        return 1
    words = re.findall(r"\w+", folded)
    return 2 if all(any(word.startswith(each) for word in words) for each in wanted) else 3


def spans(title: str, wanted: list[str]) -> tuple[tuple[int, int], ...]:
    """Where the words of a query begin words of ``title``; folding keeps the length of Polish text."""
    folded = "".join(fold(char)[:1] or " " for char in title)
    found = []
    for match in re.finditer(r"\w+", folded):
        lengths = [len(each) for each in wanted if match.group().startswith(each)]
        if lengths:
            found.append((match.start(), match.start() + max(lengths)))
    return tuple(found)
