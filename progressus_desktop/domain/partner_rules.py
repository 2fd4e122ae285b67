"""What is computed from a partner and what must agree inside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Level, Lookup, Problem, Values
from progressus_desktop.domain.rules import health_hint, plain_date
from progressus_desktop.words import N_, Message

SHORTEST_NAME = 3
_NAMED_IN = ("partners", "host", "lead_organiser", "co_organisers")


def sector(values: Values, _lookup: Lookup) -> str | None:
    """The sector that follows from the kind."""
    kind = values.get("kind")
    return codelists.sector(kind) or None if isinstance(kind, str) else None


def latest_relation(values: Values, organisation: str) -> dict[str, Any] | None:
    """The newest row of ``relations`` that is ``organisation``'s own, or anybody's if it has none.

    Of rows with one date the later in the list is the newer.
    """
    rows = [row for row in values.get("relations") or () if isinstance(row, dict) and row.get("stage")]
    own = [row for row in rows if row.get("organisation") == organisation]
    return max(own or rows, key=_when, default=None) if len(own or rows) < 2 else _last(own or rows)  # noqa: PLR2004


def _when(row: Values) -> str:
    day = plain_date(row.get("date"))
    return day.isoformat() if day else ""


def _last(rows: list[dict[str, Any]]) -> dict[str, Any]:
    newest = rows[0]
    for row in rows[1:]:
        if _when(row) >= _when(newest):
            newest = row
    return newest


def stage(values: Values, lookup: Lookup) -> str | None:
    """The present stage of cooperation with the organisation that works here."""
    row = latest_relation(values, lookup.own_organisation())
    found = row.get("stage") if row else None
    return found if isinstance(found, str) else None


def last_contact(values: Values, lookup: Lookup) -> str | None:
    """The newest date of an interaction with this partner or of a held event that names it."""
    partner = values.get("id")
    if not isinstance(partner, str):
        return None
    days = [lookup.newest("interaction", "partners", partner)]
    days += [lookup.newest("event", name, partner, ("status", "held")) for name in _NAMED_IN]
    return max((day for day in days if day), default=None)


def rules(values: Values, _lookup: Lookup) -> Iterable[Problem]:
    """What must agree inside a partner."""
    yield from _name(values)
    yield from _parent(values)
    yield from health_hint(values, "note")


def _name(values: Values) -> Iterator[Problem]:
    name = values.get("name")
    if isinstance(name, str) and len(name.strip()) < SHORTEST_NAME:
        message = Message(N_("The name needs at least 3 letters. E.g. “Krokus” Association."))
        yield Problem("name", Level.ERROR, "too_short", message)


def _parent(values: Values) -> Iterator[Problem]:
    parent = values.get("parent")
    if parent and parent == values.get("id"):
        message = Message(N_("An organisation cannot be its own parent. Choose another one."))
        yield Problem("parent", Level.ERROR, "own_parent", message)
