"""What personal data may be deleted now, to be looked through once a year (domain.md, section 10).

Nothing is deleted by itself: a person decides about each entry, and an erasure keeps its proof.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from progressus_desktop import clock
from progressus_desktop.domain.rules import plain_date
from progressus_desktop.services import gallery, keeping
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

_PERSONAL = ("person", "contact", "participant", "photo", "user")
"""Record types that hold personal data, in the order of the list."""

_NAMED_BY = (("contact", "person"), ("participant", "person"), ("photo", "persons"))
"""Where a person may stand."""

_ENDED_FOR = timedelta(days=365)
_LAST_OF = {len("2026"): "-12-31", len("2026-03"): "-28"}
_MOST = 10_000

IN_BIN = N_("It has been in the bin for more than 30 days, and its history is still kept.")
OBJECTED = N_("The person has objected.")
ENDED = N_("This contact ended more than a year ago.")
UNNAMED = N_("Nothing refers to this person any more.")
WITHOUT_CONSENT = N_("The consent was taken back, or the photo has waited for one for too long.")


@dataclass(frozen=True, slots=True)
class Due:
    """A record that may be deleted, and why; ``since`` is the ISO day from which that holds, empty if not known."""

    entity: str
    id: str
    title: str
    why: Message
    since: str = ""


def due(ws: Workspace) -> list[Due]:
    """Everything that may be deleted today, by reason; what the law lets the office keep is left out."""
    today = clock.today(ws.clock)
    with ws.reading():
        return [*_in_bin(ws, today), *_contacts(ws, today), *_persons(ws), *_photos(ws)]


def _in_bin(ws: Workspace, today: date) -> Iterator[Due]:
    for name in _PERSONAL:
        for row in query.window(ws, name, View(deleted=True), 0, _MOST):
            removed = clock.local(int(row.values.get("changed_ms") or 0)).date()
            if today - removed > timedelta(days=keeping.BIN_DAYS):
                yield Due(name, row.id, query.title(ws, name, row.id), Message(IN_BIN), removed.isoformat())


def _contacts(ws: Workspace, today: date) -> Iterator[Due]:
    for row in query.window(ws, "contact", View(), 0, _MOST):
        until = str(row.values.get("date_to") or "")
        ended = plain_date(until + _LAST_OF.get(len(until), ""))
        if row.values.get("objection") is True:
            yield Due("contact", row.id, query.title(ws, "contact", row.id), Message(OBJECTED))
        elif ended is not None and today - ended > _ENDED_FOR:
            yield Due("contact", row.id, query.title(ws, "contact", row.id), Message(ENDED), until)


def _persons(ws: Workspace) -> Iterator[Due]:
    for row in query.window(ws, "person", View(), 0, _MOST):
        named = any(query.linked(ws, entity, name, row.id, 1) for entity, name in _NAMED_BY)
        found = None if named else query.get(ws, "person", row.id)
        if found is not None and not found.fields.get("refusals"):
            yield Due("person", row.id, query.title(ws, "person", row.id), Message(UNNAMED))


def _photos(ws: Workspace) -> Iterator[Due]:
    for card in gallery.cards(ws, wanted="to_delete"):
        title = card.caption or card.about
        yield Due("photo", card.id, title, Message(WITHOUT_CONSENT), str(card.values.get("taken_at") or ""))
