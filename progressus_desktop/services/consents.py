"""What people say about photos of them: one answer for a photo or for all, and what follows from taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from progressus_desktop import clock
from progressus_desktop.domain import codelists, photo
from progressus_desktop.domain.fields import Values
from progressus_desktop.domain.records import Committed, Record
from progressus_desktop.domain.values import empty
from progressus_desktop.errors import NotFoundError, ValidationError
from progressus_desktop.services import records
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

AGAINST = frozenset({"refused", "withdrawn", "objected"})
"""Answers that keep photos at home."""


@dataclass(frozen=True, slots=True)
class Published:
    """Where a photo went before: it cannot be taken back from there by this program."""

    link: str
    date: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What an answer against would do: photos that stay out of all new reports and packages, where some were put."""

    photos: int
    of_them_shown: int
    published: tuple[Published, ...]


def purpose(photo_id: str) -> str:
    """The purpose under which a person's answer is kept; without a photo it is for all."""
    return f"image:{photo_id}" if photo_id else photo.ALL


def answer(
    ws: Workspace, person_id: str, state: str, *, photo_id: str = "", more: Mapping[str, Any] | None = None
) -> Committed | None:
    """Keep what a person said: ``state`` given, refused, withdrawn or objected; ``more`` has date, way, given_by.

    Raises:
        AccessError: the role does not allow it.
        NotFoundError: there is no such person.
        ValidationError: no such state; nothing was written.
    """
    record = query.get(ws, "person", person_id)
    if record is None or record.deleted:
        raise NotFoundError(Message(N_("There is no such person.")))
    if not codelists.has("consent_state", state):
        shown = {"code": state, "known": ", ".join(codelists.codes("consent_state"))}
        raise ValidationError(Message(N_("“{code}” is none of: {known}."), shown), field="consents")
    key = purpose(photo_id)
    others = [item for item in record.fields.get("consents") or () if item.get("purpose") != key]
    said: dict[str, Any] = {"date": clock.today(ws.clock).isoformat(), **(more or {}), "purpose": key, "state": state}
    said = {name: value for name, value in said.items() if not empty(value)}
    return records.save(ws, "person", person_id, {"consents": [*others, said]}, record.seen, draft=True).committed


def effect(ws: Workspace, person_id: str, photo_id: str = "") -> Effect:
    """What an answer against of this person would do to one photo, or to all that show the person."""
    with ws.reading():
        lookup = query.lookup(ws)
        found = (
            [query.get(ws, "photo", photo_id)] if photo_id else query.linked(ws, "photo", "persons", person_id, 5000)
        )
        named = [each for each in found if each is not None and not each.deleted]
        touched = [each for each in named if photo_id or not _own_answer(ws, person_id, each.id)]
        shown = sum(photo.may_leave({**each.fields, "id": each.id}, lookup) for each in touched)
    published = [Published(str(row.get("link") or ""), str(row.get("date") or "")) for row in _published(touched)]
    return Effect(len(touched), shown, tuple(dict.fromkeys(published)))


def _own_answer(ws: Workspace, person_id: str, photo_id: str) -> bool:
    """Whether the person answered for this very photo, so that an answer for all does not touch it."""
    person: Values = query.lookup(ws).record("person", person_id) or {}
    return any(item.get("purpose") == purpose(photo_id) for item in person.get("consents") or ())


def _published(found: list[Record]) -> list[Values]:
    return [row for each in found for row in each.fields.get("published") or () if row.get("link")]
