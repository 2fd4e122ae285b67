"""Small lookups and records for tests of rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from progressus_desktop.domain.fields import Values


class Shelf:
    """A lookup over a few records kept in a dictionary of (entity, id)."""

    def __init__(
        self,
        records: Mapping[tuple[str, str], Values] | None = None,
        project: Values | None = None,
        own: str = "",
    ) -> None:
        self._records = records or {}
        self._project = project or {}
        self._own = own

    def record(self, entity: str, record_id: str) -> Values | None:
        return self._records.get((entity, record_id))

    def linked(self, entity: str, name: str, record_id: str, only: Sequence[str] = ()) -> Iterable[Values]:
        for (kind, _), values in self._records.items():
            held = values.get(name)
            if kind == entity and (held == record_id or (isinstance(held, list) and record_id in held)):
                yield values

    def newest(self, entity: str, name: str, record_id: str, where: tuple[str, str] | None = None) -> str | None:
        found = [
            str(each["date"])
            for each in self.linked(entity, name, record_id)
            if each.get("date") and (where is None or each.get(where[0]) == where[1])
        ]
        return max(found, default=None)

    def project(self) -> Values:
        return self._project

    def own_organisation(self) -> str:
        return self._own


def an_event(**changes: Any) -> dict[str, Any]:
    """An event without problems; ``changes`` replace or (None) remove fields."""
    event: dict[str, Any] = {
        "id": "e1", "title": "Spotkanie klastra", "kind": "cluster_meeting", "status": "held", "date": "2026-11-18",
        "start": "16:00", "end": "18:30", "locality": "Lipniki Wzorcowe", "lead_organiser": "p1",
        "participants": {"pwd": {"f": 5, "m": 4}, "ngo_staff": {"f": 4, "m": 3}}, "course": "Ustalono trasę busa.",
    }  # fmt: skip
    return {name: value for name, value in (event | changes).items() if value is not None}


def a_partner(**changes: Any) -> dict[str, Any]:
    """A partner without problems."""
    partner: dict[str, Any] = {
        "id": "p9",
        "name": "Pieczarkarnia „Jutrzenka”",
        "kind": "employer",
        "locality": "Zmyślona",
    }
    return {name: value for name, value in (partner | changes).items() if value is not None}
