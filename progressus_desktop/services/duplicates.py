"""Hints that a record may be there already, looked for only among likely candidates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from progressus_desktop.domain import duplicates
from progressus_desktop.domain.duplicates import Duplicate
from progressus_desktop.domain.fields import Level, Problem, Values
from progressus_desktop.domain.sorting import fold
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace

_MOST = 60


def _views(entity: str, values: Values) -> Iterator[View]:
    """Searches that find what could be the same record."""
    if entity == "event":
        day = values.get("date")
        if isinstance(day, str):
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
    return [Problem(each.field, Level.WARNING, "duplicate", each.message) for each in found(ws, entity, values)]
