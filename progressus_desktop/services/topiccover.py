"""Which audiences heard of which topic, as a person asks: of which time, in which gmina, and by which records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from progressus_desktop.domain import codelists
from progressus_desktop.domain.coverage import Coverage, coverage
from progressus_desktop.domain.fields import Lookup, Values
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace

Period = tuple[str, str]
"""Two ISO dates, both included."""


@dataclass(frozen=True, slots=True)
class Topic:
    """How many of the expected audiences of a topic were met, and the codes of those that were not."""

    code: str
    met: int
    expected: int
    missing: tuple[str, ...]


def read(
    ws: Workspace, connection: Connection, own: str = "", period: Period | None = None, gmina: str = ""
) -> Coverage:
    """Coverage by ready records of an organisation (empty: of all), of a time, in a gmina."""
    lookup = query.lookup(ws, connection)

    def ready(entity: str) -> Iterable[Values]:
        for each in query.each(ws, entity, View(period=period), connection):
            values = {**each.fields, "id": each.id}
            ours = not own or each.space == own
            if ours and each.entry != "draft" and (not gmina or gmina in _gminas(values, lookup)):
                yield values

    def kind(partner: str) -> str:
        return str((lookup.record("partner", partner) or {}).get("kind") or "")

    return coverage(ready("event"), ready("interaction"), kind)


def _gminas(values: Values, lookup: Lookup) -> set[object]:
    """Where something took place: an event in its gmina, a talk in those of its partners."""
    partners = (lookup.record("partner", each) or {} for each in values.get("partners") or ())
    return {values["gmina"]} if values.get("gmina") else {each.get("gmina") for each in partners}


def topics(found: Coverage) -> tuple[Topic, ...]:
    """Topic by topic, in the order of the list."""
    out = []
    for code in codelists.codes("topic"):
        expected = sum(topic == code for topic, _audience in found.expected)
        missing = tuple(audience for topic, audience in found.gaps if topic == code)
        out.append(Topic(code, expected - len(missing), expected, missing))
    return tuple(out)
