"""The named list of an event: who stands on it, what that counts up to, and rows pasted from a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from progressus_desktop import clock
from progressus_desktop.domain import codelists, parsing
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.duplicates import expanded
from progressus_desktop.domain.fields import Values
from progressus_desktop.domain.participant import answer, took_part
from progressus_desktop.domain.sorting import fold, sort_key
from progressus_desktop.services import records
from progressus_desktop.store import bulk, query, search
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

_MOST = 2000
_PASTED = ("role", "sex", "present")
"""What a pasted row may hold after name and organisation, in any order: each is known by its words."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person on the list, with names in place of ids."""

    id: str
    name: str
    organisation: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sums:
    """What a list counts up to; ``paper`` is the number of signatures counted on the sheet, None if not yet."""

    listed: int
    present: int
    women: int
    men: int
    unknown: int
    signed: int
    paper: int | None


@dataclass(frozen=True, slots=True)
class Pasted:
    """One row from the clipboard: values to add, or why it cannot be read; ``known`` is a person already here."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
    known: bool = False
    problem: Message | None = None


def allowed(ws: Workspace) -> bool:
    """Whether the project keeps named lists."""
    return query.lookup(ws).project().get("named_attendance") is True


def listed(ws: Workspace, event: str) -> list[Attendee]:
    """Who is on the list of an event, by last name; a few statements for hundreds of people."""
    with ws.reading() as connection:
        rows = list(bulk.linked(connection, "participant", ("event",), event))
        people = _those(connection, "person", [str(row.get("person")) for row in rows])
        homes = _those(connection, "partner", [str(row.get("organisation")) for row in rows])
    out = []
    for row in rows:
        person, home = people.get(str(row.get("person")), {}), homes.get(str(row.get("organisation")), {})
        name = " ".join(str(person[part]) for part in ("last_name", "first_name") if person.get(part))
        title = str(home.get("short_name") or home.get("name") or "")
        consent = {"image_consent": answer(person)} if person else {}
        out.append(Attendee(str(row["id"]), name, title, {**row, **consent}))
    return sorted(out, key=lambda each: (sort_key(each.name), each.id))


def _those(connection: Connection, entity: str, ids: Sequence[str]) -> dict[str, Values]:
    return {str(each["id"]): each for each in bulk.those(connection, entity, list(dict.fromkeys(ids)))}


def sums(ws: Workspace, event: str, people: Sequence[Attendee]) -> Sums:
    """The list in numbers."""
    there = [each for each in people if took_part(each.fields)]
    sexes = [str(each.fields.get("sex") or "x") for each in there]
    record = query.get(ws, "event", event)
    paper = record.fields.get("signatures_count") if record is not None else None
    return Sums(
        listed=len(people),
        present=len(there),
        women=sexes.count("f"),
        men=sexes.count("m"),
        unknown=sexes.count("x"),
        signed=sum(each.fields.get("signed") is True for each in people),
        paper=paper if isinstance(paper, int) else None,
    )


def add(ws: Workspace, event: str, person: Any, **further: Any) -> str:
    """Put a person (an id, or the fields of a new one) on the list; gives the record's id.

    Raises:
        ProgressusError: it could not be saved, or the project keeps no named lists.
    """
    start = records.defaults(ws, "participant")
    known = query.get(ws, "event", event)
    day = known.fields.get("date") if known is not None else None
    told = day if isinstance(day, str) and day <= clock.today(ws.clock).isoformat() else None
    values = {**start, "event": event, "person": person, "clause_given_on": told, **further}
    if "organisation" not in further and isinstance(person, str):
        found = query.lookup(ws).record("person", person) or {}
        values["organisation"] = found.get("organisation")
    return records.save(ws, "participant", None, values, draft=False).id


# -- rows from a spreadsheet ------------------------------------------------------------------------------------


def pasted(ws: Workspace, text: str) -> list[Pasted]:
    """Rows of a block from a spreadsheet: name, organisation, then role, sex and presence in any order.

    The name is "last first"; a head ("Nazwisko i imię") and empty rows are passed over.
    """
    out = []
    for line in text.splitlines()[:_MOST]:
        cells = [parsing.clean_text(cell, lines=False).strip() for cell in line.split("\t")]
        if any(cells) and not _is_head(cells):
            out.append(_read(ws, cells))
    return out


def _is_head(cells: Sequence[str]) -> bool:
    return fold(cells[0]).startswith(("nazwisko", "imie", "last name", "nr", "lp"))


def _read(ws: Workspace, cells: Sequence[str]) -> Pasted:
    shown = " · ".join(cell for cell in cells if cell)
    numbered = bool(re.fullmatch(r"\d+\.?", cells[0]))
    last, _blank, first = (cells[1] if numbered and len(cells) > 1 else cells[0]).partition(" ")
    if not last or not last[:1].isalpha():
        return Pasted(shown, problem=Message(N_("There is no name in this row.")))
    rest = [cell for cell in cells[2 if numbered else 1 :] if cell]
    values: dict[str, Any] = {}
    for cell in rest:
        name = _field_of(cell, values)
        if name:
            values[name] = _code(name, cell)
        elif "organisation" not in values:
            found = _organisation(ws, cell)
            if not found:
                return Pasted(shown, problem=Message(N_("There is no organisation “{name}” here."), {"name": cell}))
            values["organisation"] = found
        else:
            return Pasted(shown, problem=Message(N_("“{text}” could not be read."), {"text": cell}))
    known = _person(ws, last, first)
    person: Any = known or {"last_name": last, **({"first_name": first} if first else {})}
    return Pasted(shown, {"person": person, **values}, bool(known))


def _code(name: str, cell: str) -> str:
    of = ENTITIES["participant"].field(name)
    said = {
        fold(part): item.code for item in codelists.items(of.codes) for part in (*item.label.split("/"), item.short)
    }
    return said.get(fold(cell)) or codelists.spellings(of.codes).get(fold(cell), "")


def _field_of(cell: str, taken: Mapping[str, Any]) -> str:
    return next((name for name in _PASTED if name not in taken and _code(name, cell)), "")


def _organisation(ws: Workspace, name: str) -> str:
    wanted = expanded(name)
    for hit in search.everywhere(ws, name, 10, ("partner",)):
        found = query.lookup(ws).record("partner", hit.id) or {}
        if wanted in {expanded(str(found.get(each) or "")) for each in ("name", "short_name")}:
            return hit.id
    return ""


def _person(ws: Workspace, last: str, first: str) -> str:
    """A person of that name, if there is exactly one."""
    rows = query.window(ws, "person", View(text=f"{last} {first}"), 0, 3)
    wanted = fold(f"{last} {first}".strip())
    same = [
        row.id
        for row in rows
        if fold(" ".join(str(row.values.get(part) or "") for part in ("last_name", "first_name")).strip()) == wanted
    ]
    return same[0] if len(same) == 1 else ""


def take(ws: Workspace, event: str, rows: Sequence[Pasted]) -> int:
    """Put the readable rows on the list, all or none; gives how many.

    Raises:
        ProgressusError: one could not be saved; nothing was written.
    """
    known = [row for row in rows if row.problem is None]
    if not known:
        return 0
    record = query.get(ws, "event", event)
    day = record.fields.get("date") if record is not None else None
    told = {"clause_given_on": day} if isinstance(day, str) else {}
    values = [{"event": event, **told, **row.values} for row in known]
    return len(records.add_many(ws, "participant", values))
