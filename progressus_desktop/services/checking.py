"""Problems that depend on other records: drafts and absent ones referred to, duplicates. They are warnings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from progressus_desktop.domain import catalog, validation
from progressus_desktop.domain.fields import ANY, Entity, Field, Level, Lookup, Problem, Type, Values
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

_DRAFT = {
    "partner": N_("The partner is a draft. Mark both as ready before sending."),
    "event": N_("The event is a draft. Mark both as ready before sending."),
}
_DRAFT_OTHER = N_("A record named here is a draft. Mark both as ready before sending.")
_ABSENT = N_("A record named here is not on this laptop, or is in the bin.")


class Ahead:
    """Read access that also knows records that are just being saved."""

    def __init__(self, behind: Lookup) -> None:
        self._behind = behind
        self._new: dict[tuple[str, str], Values] = {}
        self._kept: dict[tuple[str, str], Values | None] = {}
        self._project: Values | None = None

    def add(self, entity: str, record_id: str, values: Values) -> None:
        """Let rules see a record that is not stored yet."""
        self._new[entity, record_id] = values

    def record(self, entity: str, record_id: str) -> Values | None:
        """Fields of that record, None if absent."""
        if entity == ANY:
            made = next((each for each, saved in self._new if saved == record_id), "")
            return {**self._new[made, record_id], "entity": made} if made else self._behind.record(ANY, record_id)
        found = self._new.get((entity, record_id))
        if found is not None:
            return found
        if (entity, record_id) not in self._kept:
            self._kept[entity, record_id] = self._behind.record(entity, record_id)
        return self._kept[entity, record_id]

    def linked(self, entity: str, name: str, record_id: str, only: Sequence[str] = ()) -> Any:
        """Live records that refer to ``record_id``."""
        return self._behind.linked(entity, name, record_id, only)

    def newest(self, entity: str, name: str, record_id: str, where: tuple[str, str] | None = None) -> str | None:
        """The newest date of live records that refer to ``record_id``."""
        return self._behind.newest(entity, name, record_id, where)

    def project(self) -> Values:
        """The project's fields."""
        if self._project is None:
            self._project = self._behind.project()
        return self._project

    def own_organisation(self) -> str:
        """The organisation this workspace works for."""
        return self._behind.own_organisation()


def references(entity: Entity, values: Values) -> Iterator[tuple[Field, str, str]]:
    """Each reference of a record: field, entity it names, id."""
    for field in entity.fields:
        value = values.get(field.name)
        if field.type is Type.REFERENCE and isinstance(value, str) and value:
            yield field, field.target, value
        elif field.type is Type.REFERENCES and isinstance(value, list):
            yield from ((field, field.target, each) for each in value)
        elif field.parts and isinstance(value, list):
            for part in field.parts:
                if part.type is Type.REFERENCE:
                    yield from (
                        (field, part.target, item[part.name])
                        for item in value
                        if isinstance(item, Mapping) and isinstance(item.get(part.name), str)
                    )


def about_references(entity: Entity, values: Values, lookup: Lookup) -> Iterator[Problem]:
    """Warnings about drafts and absent records, one for each field and kind."""
    said: set[tuple[str, str]] = set()
    for field, target, record_id in references(entity, values):
        if target != ANY and target not in catalog.ENTITIES:
            continue
        found = lookup.record(target, record_id)
        if found is None:
            problem = Problem(field.name, Level.WARNING, "reference_absent", Message(_ABSENT))
        elif found.get("entry") == "draft":
            problem = Problem(field.name, Level.WARNING, "reference_draft", Message(_DRAFT.get(target, _DRAFT_OTHER)))
        else:
            continue
        if (problem.field, problem.code) not in said:
            said.add((problem.field, problem.code))
            yield problem


def problems(ws: Workspace, entity: str, record_id: str, values: Values) -> tuple[Problem, ...]:
    """Everything a person should know about a record as it would be: rules first, then its surroundings."""
    of = catalog.entity(entity)
    lookup = Ahead(query.lookup(ws))
    shown = {**values, "id": record_id}
    found = [*validation.check(of, shown, lookup), *about_references(of, shown, lookup)]
    found += _duplicates(ws, of, shown)
    order = {field.name: place for place, field in enumerate(of.fields)}
    found.sort(key=lambda problem: order.get(problem.field, len(order)))
    return tuple(found)


def _duplicates(ws: Workspace, entity: Entity, values: Values) -> list[Problem]:
    from progressus_desktop.services import duplicates

    return duplicates.hints(ws, entity.name, values)
