"""Contact persons as a file that address books take (vCard 3.0), where role and purpose permit it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from progressus_desktop import clock
from progressus_desktop.domain.fields import Values
from progressus_desktop.errors import AccessError, StorageError
from progressus_desktop.services import permission
from progressus_desktop.services.lines import escaped, folded
from progressus_desktop.store import bulk, places, query
from progressus_desktop.store.looking import TableLookup
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

_TOLD = 200
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Written:
    """How many persons the file holds, and how many were left out and why."""

    cards: int
    not_informed: int
    objected: int
    former: int


def write(ws: Workspace, entity: str, view: View, target: Path, progress: Progress | None = None) -> Written:
    """Write the contact persons of a list of contacts, or of the partners of a list, as a vCard file.

    Left out are people who objected, who were not given the information clause, or who are no longer the contact.

    Raises:
        AccessError: a reader exports no personal data.
        StorageError: the file cannot be written; an older one is untouched.
    """
    if permission.role(ws) == "reader":
        hint = Message(N_("Nothing was written. Ask the office for another role."))
        raise AccessError(Message(N_("Your role exports no personal data.")), hint=hint)
    today = clock.today(ws.clock).isoformat()
    out: list[str] = []
    left = {"not_informed": 0, "objected": 0, "former": 0}
    with ws.reader() as connection:
        lookup = TableLookup(connection, ws.space)
        for number, contact in enumerate(_contacts(ws, connection, entity, view), start=1):
            why = _why_not(contact, today)
            if why:
                left[why] += 1
            else:
                out += _card(contact, lookup)
            if progress is not None and number % _TOLD == 0:
                progress(number, number)
    try:
        places.write_safely(target, "".join(folded(each) for each in out).encode())
    except OSError as error:
        hint = Message(N_("Your data are safe. Free some space or choose another folder."))
        raise StorageError(Message(N_("The contacts were not written.")), hint=hint) from error
    return Written(out.count("END:VCARD"), **left)


def _contacts(ws: Workspace, connection: Connection, entity: str, view: View) -> Iterator[Values]:
    if entity == "contact":
        yield from bulk.listed(connection, "contact", view)
        return
    for partner in query.each(ws, "partner", view, connection):
        yield from bulk.linked(connection, "contact", ("partner",), partner.id)


def _why_not(contact: Values, today: str) -> str:
    """Why a person stays out, empty if the person may be in the file."""
    until = contact.get("date_to")
    if contact.get("objection") is True:
        return "objected"
    if not contact.get("clause_given_on"):
        return "not_informed"
    ended = isinstance(until, str) and until and until < today[: len(until)]
    return "former" if ended else ""


def _card(contact: Values, lookup: TableLookup) -> Iterator[str]:
    person = lookup.record("person", str(contact.get("person") or "")) or {}
    partner = lookup.record("partner", str(contact.get("partner") or "")) or {}
    last, first = (str(person.get(name) or "") for name in ("last_name", "first_name"))
    if not last:
        return
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"UID:{contact['id']}"
    yield f"N:{escaped(last)};{escaped(first)};;;"
    yield f"FN:{escaped(' '.join(part for part in (first, last) if part))}"
    if partner.get("name"):
        yield f"ORG:{escaped(str(partner['name']))}"
    if contact.get("function"):
        yield f"TITLE:{escaped(str(contact['function']))}"
    for name, part, line in (("phones", "phone", "TEL;TYPE=WORK,VOICE"), ("emails", "email", "EMAIL;TYPE=INTERNET")):
        for row in contact.get(name) or ():
            if isinstance(row.get(part), str) and row[part]:
                yield f"{line}:{escaped(row[part])}"
    yield "END:VCARD"
