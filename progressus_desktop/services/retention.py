"""What personal data may be deleted now, to be looked through once a year (domain.md, section 10).

Nothing is deleted by itself: a person decides about each entry, and an erasure keeps its proof.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from progressus_desktop import clock
from progressus_desktop.domain.rules import plain_date
from progressus_desktop.services import gallery, keeping
from progressus_desktop.store import query
from progressus_desktop.store.looking import TableLookup
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

    @property
    def in_bin(self) -> bool:
        """Whether it was moved to the bin before."""
        return self.why.text == IN_BIN


def due(ws: Workspace) -> list[Due]:
    """Everything that may be deleted today, by reason; what the law lets the office keep is left out.

    Read on a connection of its own, so that a worker thread stops nobody meanwhile.
    """
    today = clock.today(ws.clock)
    with ws.reader() as connection:
        looking = TableLookup(connection, ws.space)
        found = [
            *_in_bin(connection, looking, today), *_contacts(connection, looking, today), *_persons(connection, looking)
        ]  # fmt: skip
    return [*found, *_photos(ws)]


def _in_bin(connection: Connection, looking: TableLookup, today: date) -> Iterator[Due]:
    for name in _PERSONAL:
        for row in query.window_on(connection, name, View(deleted=True), 0, _MOST):
            removed = clock.local(int(row.values.get("changed_ms") or 0)).date()
            if today - removed > timedelta(days=keeping.BIN_DAYS):
                yield Due(name, row.id, looking.title(name, row.id), Message(IN_BIN), removed.isoformat())


def _contacts(connection: Connection, looking: TableLookup, today: date) -> Iterator[Due]:
    for row in query.window_on(connection, "contact", View(), 0, _MOST):
        until = str(row.values.get("date_to") or "")
        ended = plain_date(until + _LAST_OF.get(len(until), ""))
        if row.values.get("objection") is True:
            yield Due("contact", row.id, looking.title("contact", row.id), Message(OBJECTED))
        elif ended is not None and today - ended > _ENDED_FOR:
            yield Due("contact", row.id, looking.title("contact", row.id), Message(ENDED), until)


def _persons(connection: Connection, looking: TableLookup) -> Iterator[Due]:
    for row in query.window_on(connection, "person", View(), 0, _MOST):
        named = any(any(True for _each in looking.linked(entity, name, row.id, ("id",))) for entity, name in _NAMED_BY)
        found = None if named else query.read(connection, "person", row.id, looking)
        if found is not None and not found.fields.get("refusals"):
            yield Due("person", row.id, looking.title("person", row.id), Message(UNNAMED))


def _photos(ws: Workspace) -> Iterator[Due]:
    for card in gallery.cards(ws, wanted="to_delete"):
        title = card.caption or card.about
        yield Due("photo", card.id, title, Message(WITHOUT_CONSENT), str(card.values.get("taken_at") or ""))
