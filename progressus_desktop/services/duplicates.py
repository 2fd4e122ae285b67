"""Hints that a record may be there already, looked for only among likely candidates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from progressus_desktop.domain import duplicates
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.duplicates import Duplicate
from progressus_desktop.domain.fields import Entity, Level, Problem, Type, Values
from progressus_desktop.domain.rules import plain_date
from progressus_desktop.domain.sorting import fold
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

_MOST = 60
_TWICE = N_("There is already an entry with the same data. Open it and correct that one.")


def _views(entity: str, values: Values) -> Iterator[View]:
    """Searches that find what could be the same record."""
    if entity == "event":
        day = str(values.get("date"))
        if plain_date(day) is not None:
            yield View(period=(day, day))
        return
    if entity == "person":
        name = values.get("last_name")
        if isinstance(name, str) and name:
            yield View(text=name)
        return
    for name in ("nip", "regon", "krs", "email", "phone"):
        if isinstance(values.get(name), str):
            yield View(text=str(values[name]))
    title = values.get("name")
    if isinstance(title, str):
        words = sorted((word for word in fold(title).split() if len(word) > 3), key=len, reverse=True)  # noqa: PLR2004
        yield from (View(text=word) for word in words[:2])


_COMPARE: Mapping[str, Callable[[Values, Iterable[Values]], Iterator[Duplicate]]] = {
    "partner": duplicates.partners,
    "event": duplicates.events,
    "person": duplicates.persons,
}


def found(ws: Workspace, entity: str, values: Values) -> list[Duplicate]:
    """Records that may be the same as ``values``, the surest hint for each."""
    return [*_alike(ws, entity, values), *_not_unique(ws, ENTITIES[entity], values)]


def _not_unique(ws: Workspace, of: Entity, values: Values) -> Iterator[Duplicate]:
    """Another record with the same values where they should name one record."""
    lookup = query.lookup(ws)
    for names in of.unique:
        wanted = {name: values.get(name) for name in names}
        if not all(isinstance(each, str) and each for each in wanted.values()):
            continue
        same = tuple((n, str(each)) for n, each in wanted.items() if of.field(n).type is not Type.TEXT)
        text = " ".join(str(each) for n, each in wanted.items() if of.field(n).type is Type.TEXT)
        for row in query.window(ws, of.name, View(where=same, text=text), 0, _MOST):
            other = lookup.record(of.name, row.id) if row.id != values.get("id") else None
            if other is not None and all(fold(str(other.get(n) or "")) == fold(str(wanted[n])) for n in names):
                yield Duplicate(row.id, names[-1], Message(_TWICE), certain=True)
                break


def _alike(ws: Workspace, entity: str, values: Values) -> list[Duplicate]:
    compare = _COMPARE.get(entity)
    if compare is None:
        return []
    lookup = query.lookup(ws)
    others: dict[str, Values] = {}
    for view in _views(entity, values):
        for row in query.window(ws, entity, view, 0, _MOST):
            if row.id != values.get("id") and row.id not in others:
                record = lookup.record(entity, row.id)
                if record is not None:
                    others[row.id] = {**record, "id": row.id}
    return list(compare(values, others.values()))


def hints(ws: Workspace, entity: str, values: Values) -> list[Problem]:
    """The same as warnings, each at its field."""
    return [
        Problem(each.field, Level.WARNING, "duplicate", each.message, each.record) for each in found(ws, entity, values)
    ]
