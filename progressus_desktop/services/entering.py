"""What a form or a script hands in, turned into the one form of values: ids for codes, spelling, new persons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from progressus_desktop import clock
from progressus_desktop.domain import catalog, parsing
from progressus_desktop.domain.fields import Entity, Field, Type, Values
from progressus_desktop.domain.validation import checked_shape
from progressus_desktop.domain.values import empty, normal
from progressus_desktop.errors import UsageError, ValidationError
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

_ID_LENGTH = 36


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person typed into a picker, who is created in the same commit."""

    id: str
    values: Values


@dataclass(slots=True)
class Entering:
    """Prepares the values of one or many records; remembers what it looked up and the persons to make."""

    ws: Workspace
    new_id: Callable[[], str]
    persons: list[NewPerson] = field(default_factory=list)
    _resolved: dict[tuple[str, str], str] = field(default_factory=dict)
    _today: str = ""

    def values(self, entity: Entity, given: Mapping[str, Any], *, strict: bool) -> dict[str, Any]:
        """``given`` in stored form; a cleared field is None.

        ``strict`` refuses references to records that do not exist; a form keeps them as they are.

        Raises:
            ValidationError: an unknown field, a wrong type, or (strict) an unknown reference.
        """
        plain = {name: self._person(entity, name, value) for name, value in given.items()}
        checked_shape(entity, plain)
        return {name: self._value(entity.field(name), value, strict) for name, value in plain.items()}

    def _person(self, entity: Entity, name: str, value: Any) -> Any:
        """The id of a person given as an object; such a person is new."""
        wanted = entity.has(name) and entity.field(name).target == "person"
        if not (wanted and isinstance(value, dict) and "?" not in value):
            return value
        person = catalog.entity("person")
        values = self.values(person, value, strict=True)
        made = NewPerson(self.new_id(), {key: each for key, each in values.items() if each is not None})
        self.persons.append(made)
        return made.id

    def _value(self, of: Field, value: Any, strict: bool) -> Any:  # noqa: FBT001 - private
        if empty(value):
            return None
        if isinstance(value, dict) and set(value) == {"?"}:
            return value
        if of.type is Type.REFERENCE:
            return self._reference(of, of.target, value, strict)
        if of.type is Type.REFERENCES:
            return sorted({self._reference(of, of.target, each, strict) for each in value})
        if of.parts and isinstance(value, list):
            value = [self._item(of, item, strict) for item in value]
        return normal(of, parsing.normalised(of, value))

    def _item(self, of: Field, item: Mapping[str, Any], strict: bool) -> dict[str, Any]:  # noqa: FBT001 - private
        out = dict(item)
        for part in of.parts:
            if part.type is Type.REFERENCE and out.get(part.name):
                out[part.name] = self._reference(of, part.target, out[part.name], strict)
        if of.name == "relations":
            self._relation(out)
        return out

    def _relation(self, row: dict[str, Any]) -> None:
        """A stage without organisation and date is one's own and of today (interface.md)."""
        organisation = own_organisation(self.ws)
        if empty(row.get("organisation")) and organisation:
            row["organisation"] = organisation
        if empty(row.get("date")):
            row["date"] = self._today = self._today or clock.today(self.ws.clock).isoformat()

    def _reference(self, of: Field, target: str, text: Any, strict: bool) -> str:  # noqa: FBT001 - private
        """The id behind an id or a code."""
        if not isinstance(text, str):
            message = Message(N_("A reference is an id or a code."))
            raise ValidationError(message, field=of.name)
        known = self._resolved.get((target, text))
        if known is None:
            known = self._resolved[target, text] = self._looked_up(of, target, text, strict)
        return known

    def _looked_up(self, of: Field, target: str, text: str, strict: bool) -> str:  # noqa: FBT001 - private
        if any(person.id == text for person in self.persons):
            return text
        try:
            return query.resolve(self.ws, target, text)
        except UsageError as error:
            if not strict or _is_id(text):
                return text
            raise ValidationError(error.message, hint=error.hint, field=of.name) from error


def _is_id(text: str) -> bool:
    """Whether this has the form of an id: its record may still arrive by a package."""
    return len(text) == _ID_LENGTH and text.count("-") == 4  # noqa: PLR2004 - the dashes of a UUID


def own_organisation(ws: Workspace) -> str:
    """The organisation the present person works for: its space, else the project's leader."""
    if ws.space and ws.space != "office":
        return ws.space
    leader = query.lookup(ws).project().get("leader")
    return leader if isinstance(leader, str) else ""
