"""What a record's row in the search index holds (performance.md, recipe 3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from progressus_desktop.domain import codelists, territory
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import ANY, Entity, Field, Merge, Type
from progressus_desktop.domain.sorting import fold
from progressus_desktop.domain.values import is_unread
from progressus_desktop.store.looking import TableLookup
from progressus_desktop.store.tables import Shape

_EPOCH = date(1970, 1, 1).toordinal()
_DAY_OFFSET = 1 << 20
NUMBER_BITS = 32
NUMBER_MASK = (1 << NUMBER_BITS) - 1


def row_id(day: date | None, record_no: int) -> int:
    """The row in the index: the day above, the record's number below, so that rows lie in order of date."""
    if day is None:
        return record_no
    return (day.toordinal() - _EPOCH + _DAY_OFFSET) << NUMBER_BITS | record_no


@lru_cache(4096)
def token(name: str, value: str) -> str:
    """The one-word tag of a filter, for example ``kindxsummaryworkshop``."""
    return fold("".join(c for c in f"{name}x{value}" if c.isalnum()))


@cache
def referring(target: str) -> tuple[tuple[str, Field], ...]:
    """Reference fields (with their entity's name) by which a record is found or sorted under a ``target``'s name."""
    return tuple(
        (each.name, field)
        for each in ENTITIES.values()
        for field in each.fields
        if field.target in {target, ANY} and field.type in {Type.REFERENCE, Type.REFERENCES} and by_name(each, field)
    )


def by_name(entity: Entity, field: Field) -> bool:
    """Whether a record is found by the name this field refers to, or sorted by it."""
    return _indexed(entity, field) or (field.type is Type.REFERENCE and field.column > 0)


def _indexed(entity: Entity, field: Field) -> bool:
    return field.searchable or field.name in entity.title


@cache
def _searched(entity: str) -> tuple[tuple[str, Field, bool], ...]:
    """What a record is found by, and whether its text stands for itself."""
    of, named = ENTITIES[entity], {Type.REFERENCE, Type.REFERENCES, Type.CODE, Type.GMINA}
    return tuple((each.name, each, each.type not in named) for each in of.fields if _indexed(of, each))


def words(of: Shape, values: Mapping[str, Any], lookup: TableLookup) -> str:
    """All searchable text of a record, folded: its own and the names of what it refers to."""
    found = [str(values.get("code") or "")]
    for name, field, by_itself in _searched(of.table):
        value = values.get(name)
        if by_itself and type(value) is str:
            found.append(value)
        elif value is not None:
            found += _texts(field, value, lookup)
    return fold(" ".join(found).replace("\0", " "))


def _texts(field: Field, value: Any, lookup: TableLookup) -> Iterator[str]:
    if is_unread(value):
        yield str(value["?"])
    elif field.type is Type.REFERENCE:
        yield lookup.title(field.target, value)
    elif field.type is Type.REFERENCES:
        yield from (lookup.title(field.target, each) for each in value)
    elif field.type is Type.CODE:
        yield codelists.shipped(field.codes, value)
    elif field.type is Type.GMINA:
        gmina = territory.gmina(value)
        yield gmina.label if gmina else value
    elif field.merge in {Merge.ROWS, Merge.MAP}:
        for row in value:
            for part in field.parts:
                if row.get(part.name) is not None and part.type in {Type.TEXT, Type.LONG_TEXT, Type.REFERENCE}:
                    yield from _texts(part, row[part.name], lookup)
    elif isinstance(value, (str, int)):
        yield str(value)


def tags(of: Shape, values: Mapping[str, Any], errors: int) -> str:
    """The tokens of low-cardinality filters."""
    found = [token("entry", str(values.get("entry") or "draft")), token("errors", "some" if errors else "none")]
    for name in of.entity.tags:
        value = values.get(name)
        if isinstance(value, bool):
            found.append(token(name, "true" if value else "false"))
        elif isinstance(value, str):
            found.append(token(name, value))
        elif isinstance(value, list):
            key = of.entity.field(name).key_name
            found += [token(name, str(each.get(key)) if isinstance(each, dict) else str(each)) for each in value]
    if not values.get("in_project"):
        found.append(token("listed", "yes"))
    return " ".join(found)


def entry(of: Shape, number: int, values: Mapping[str, Any], lookup: TableLookup, errors: int) -> tuple[int, str, str]:
    """A record's row of the index: its row number, words and tags; code lists must speak Polish."""
    try:
        day = of.entity.day(values)
    except (TypeError, ValueError):
        day = None
    return row_id(day, number), words(of, values, lookup), tags(of, values, errors)
