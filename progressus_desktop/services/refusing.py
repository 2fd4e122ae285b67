"""Refusing a request for erasure where the law lets the data be kept: recorded at the person, answered by a letter."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from progressus_desktop import clock
from progressus_desktop.domain import codelists
from progressus_desktop.domain.rules import plain_date
from progressus_desktop.errors import NotFoundError, UsageError
from progressus_desktop.services import erasure, outlook, records, reporting_kinds
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting import put
from progressus_desktop.services.reporting_source import Snapshot
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

GROUNDS = "refusal_ground"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refusal: ``date`` and ``asked_on`` are ISO days, the second may be empty; ``ground`` a code of GROUNDS."""

    key: str
    date: str
    asked_on: str
    ground: str
    words: str


def refusals(ws: Workspace, person: str) -> list[Refusal]:
    """What was refused to a person, the newest first."""
    record = query.get(ws, "person", person)
    rows = (record.fields.get("refusals") or ()) if record is not None else ()
    names = ("key", "date", "asked_on", "ground", "words")
    found = [Refusal(*(str(row.get(name) or "") for name in names)) for row in reversed([*rows])]
    return sorted(found, key=lambda each: each.date, reverse=True)


def refuse(
    ws: Workspace, entity: str, record_id: str, ground: str, words: str = "", asked_on: str = ""
) -> tuple[str, Refusal]:
    """Record that the data of a person are not erased, and why; gives the person's id and what was recorded.

    A contact or a row of an attendance list stands for its person. Nothing is erased or sent by this alone.

    Raises:
        AccessError: the role does not allow it, or a tester's record was sent already.
        NotFoundError: there is no such record.
        UsageError: the record is no person's, the ground is unknown or lacks its words, or the day is none or to come.
    """
    kind, person = outlook.subject(ws, entity, record_id)
    if kind != "person":
        hint = Message(N_("Nothing was recorded. Go to the person, to a contact or to a row of the named list."))
        raise UsageError(Message(N_("A person asks for erasure, so a refusal stands at a person.")), hint=hint)
    record = erasure.allowed(ws, kind, person)
    said = " ".join(words.split())
    _check(ground, said)
    today = clock.today(ws.clock)
    day = plain_date(asked_on) if asked_on else None
    if asked_on and (day is None or day > today):
        hint = Message(N_("Nothing was recorded. Write the day like 2026-05-12, not later than today."))
        raise UsageError(Message(N_("The day of the request is no day that was.")), hint=hint, field="asked_on")
    row = {"date": today.isoformat(), "ground": ground, "asked_on": asked_on or None, "words": said or None}
    rows = record.fields.get("refusals") or []
    records.save(ws, kind, person, {"refusals": [*rows, {name: value for name, value in row.items() if value}]})
    known = {row["key"] for row in rows}
    return person, next(each for each in refusals(ws, person) if each.key not in known)


def _check(ground: str, said: str) -> None:
    if ground not in codelists.codes(GROUNDS):
        codes = ", ".join(codelists.codes(GROUNDS))
        hint = Message(N_("Nothing was recorded. Choose one of: {codes}."), {"codes": codes})
        raise UsageError(Message(N_("A refusal needs its ground.")), hint=hint, field="ground")
    if ground == OTHER and not said:
        hint = Message(N_("Nothing was recorded. Write why the data are kept and until when."))
        raise UsageError(Message(N_("Another reason has to be told in own words.")), hint=hint, field="words")


def write_letter(ws: Workspace, person: str, target: Path, key: str = "") -> Path:
    """Write the answer to a request as a PDF: that of the refusal ``key``, else of the newest.

    Raises:
        AccessError: the role does not allow it, or a tester's record was sent already.
        NotFoundError: there is no such person, or nothing was refused.
        StorageError: the file cannot be written.
    """
    from progressus_desktop.reports import form_refusal

    erasure.allowed(ws, "person", person)
    refusal = next((each for each in refusals(ws, person) if key in {"", each.key}), None)
    if refusal is None:
        raise NotFoundError(Message(N_("No request of this person was refused.")))
    with ws.reader() as connection:
        snapshot = Snapshot(ws, connection)
        project, setting = snapshot.project, snapshot.setting()
        name = say.person(snapshot.lookup.record("person", person))
        controller = say.text(project, "controller") or say.name(snapshot.lookup, say.text(project, "leader"))
    letter = form_refusal.Letter(
        name=name,
        project=say.text(project, "name"),
        controller=controller,
        asked_on=say.day(refusal.asked_on),
        date=say.day(refusal.date),
        ground=codelists.word(GROUNDS, refusal.ground) if refusal.ground != OTHER else "",
        words=refusal.words,
        kept=say.text(project, "retention_rule"),
        contact=say.text(project, "data_protection_contact"),
    )
    return put(target, form_refusal.render(letter, setting), reporting_kinds.PDF)
