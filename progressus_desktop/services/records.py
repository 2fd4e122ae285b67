"""Saving, removing and marking records: the only way window and command line write them (domain.md, section 0)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from progressus_desktop import clock
from progressus_desktop.clock import Clock
from progressus_desktop.domain import catalog
from progressus_desktop.domain.fields import Entity, Problem, Values
from progressus_desktop.domain.records import Committed, Record
from progressus_desktop.domain.values import empty
from progressus_desktop.errors import ConflictError, NotFoundError, UsageError, ValidationError
from progressus_desktop.services import checking, consequences, labels, permission, planning
from progressus_desktop.services.entering import Entering, own_organisation
from progressus_desktop.services.state import state_sentence
from progressus_desktop.store import query
from progressus_desktop.store.changes import Change
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

__all__ = [
    "REPEATED", "Saved", "add_many", "archive", "assumed", "defaults", "get", "mark_draft", "mark_ready", "new_id",
    "previous_value", "problems", "remove", "remove_many", "restore", "save", "shown", "state_sentence",
]  # fmt: skip


REPEATED = (
    "title", "kind", "place_name", "street", "locality", "gmina", "online_link", "lead_organiser", "host",
    "co_organisers", "partners", "testers", "application_task", "accessibility", "agenda", "topics", "aim",
)  # fmt: skip
"""What a repeated event takes from the one before: place, partners, agenda, topics; never people or counts."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did: ``committed`` is None when there was nothing to write."""

    id: str
    code: str
    committed: Committed | None


def uuid7(now_ms: int, random: bytes) -> str:
    """An RFC 9562 UUID of version 7 from milliseconds of UTC and 10 random bytes (Python 3.11 has none)."""
    number = (now_ms & (1 << 48) - 1) << 80 | int.from_bytes(random, "big")
    number = number & ~(0xF << 76) | 7 << 76
    number = number & ~(0x3 << 62) | 2 << 62
    digits = f"{number:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def fresh_id(at: Clock) -> str:
    """A new record id before there is a workspace."""
    return uuid7(at.now_ms(), secrets.token_bytes(10))


def new_id(ws: Workspace) -> str:
    """An id for a record that is about to be entered."""
    return fresh_id(ws.clock)


def defaults(ws: Workspace, entity: str) -> dict[str, Any]:
    """What a new record starts with in a form: the own organisation leads an event, a contact is of today."""
    start = catalog.entity(entity).start(clock.today(ws.clock), own_organisation(ws))
    return {name: value for name, value in start.items() if not empty(value)}


def previous_value(ws: Workspace, entity: str, name: str, but: str = "") -> Any:
    """What the record entered before ``but`` has in a field, None for nothing (Ctrl+')."""
    for record_id in query.newest(ws, entity):
        if record_id != but:
            record = query.get(ws, entity, record_id)
            return record.fields.get(name) if record else None
    return None


def assumed(ws: Workspace, of: Entity) -> dict[str, Any]:
    """What is taken where a script says nothing: the own organisation leads an event."""
    return {name: each for name, each in defaults(ws, of.name).items() if name in of.assumed} if of.assumed else {}


def problems(ws: Workspace, entity: str, record_id: str, values: Values) -> tuple[Problem, ...]:
    """Everything a person should know about a record with these values, surroundings included."""
    return checking.problems(ws, entity, record_id, values)


def get(ws: Workspace, entity: str, record_id: str) -> Record | None:
    """A record as forms and scripts see it: with what its tasks own; None if it is not here."""
    record = query.get(ws, entity, record_id)
    return shown(ws, record) if record is not None else None


def shown(ws: Workspace, record: Record) -> Record:
    """A record read by a query, as forms and scripts see it."""
    return consequences.shown(record, lambda entity, other: query.get(ws, entity, other), query.lookup(ws))


def save(
    ws: Workspace,
    entity: str,
    record_id: str | None,
    values: Mapping[str, Any],
    seen: Mapping[str, tuple[bytes, ...]] | None = None,
    *,
    draft: bool | None = None,
    if_version: str = "",
    kind: str = "edit",
) -> Saved:
    """Save the given fields of a record; None clears one. An id that is not stored yet makes a new record.

    ``seen`` are the heads behind what the form showed (exchange.md, section 1, rule 2). ``draft=None`` is the form:
    errors are kept; False is the strict command line: an error refuses the save and the record is ready afterwards;
    True keeps errors and leaves an event a draft. ``kind`` is the commit's: edit, or recovered after a crash.

    Raises:
        AccessError: the role does not allow it.
        ConflictError: the record is no longer at ``if_version``.
        NotFoundError: ``if_version`` was given for a record that does not exist.
        ValidationError: an unknown field, a wrong type, or (strict) an error; nothing was written.
    """
    of = catalog.entity(entity)
    with ws.reading():
        record = query.get(ws, of.name, record_id) if record_id else None
        if record is None and if_version:
            raise NotFoundError(Message(N_("There is no such record.")))
        if record is not None:
            _still_there(record, if_version)
        space = record.space if record else permission.space_for(ws, of.name, record_id or "")
        allowed = permission.Permission(ws)
        allowed.must_write(of.name, space, record_id or "")
        entering = Entering(ws, lambda: new_id(ws))
        ahead = checking.Ahead(query.lookup(ws))
        given = values if record or draft is None else {**assumed(ws, of), **values}
        entered = entering.values(of, given, strict=draft is not None)
        about = planning.settled(ws, of, record_id or new_id(ws), record, entered)
        entered, aside = consequences.set_aside(ws, of, about.id, about.record, about.values)
        plan = planning.planned(of, about.id, about.record, entered)
        if of.within:
            allowed.must_write(of.name, planning.space_of(ws, plan), plan.id)
        allowed.must_decide(of, planning.changed(plan), plan.wanted)
        made = _person_changes(ws, entering, ahead)
        planning.decide_entry(plan, planning.Rule(strict=draft is False, by_form=draft is None), ahead)
        change = planning.change(ws, plan, seen)
        brought = consequences.changes(ws, plan, aside, seen or {}, ahead)
    written = [*about.before, *made, *([change] if change else []), *brought]
    if not written:
        if record is not None and not ws.read_only:
            _drop_draft(ws, record.id)
        return Saved(plan.id if record else "", record.code if record else "", None)
    verb = kind if kind != "edit" else "change" if record else "add"
    label = labels.label(verb, of.name, tuple(n for n in plan.wanted if of.has(n)) if record else ())
    done = ws.commit(written, kind, label)
    if record_id and record_id != plan.id:
        _drop_draft(ws, record_id)
    stored = query.get(ws, of.name, plan.id)
    return Saved(plan.id, stored.code if stored else "", done)


def _drop_draft(ws: Workspace, record_id: str) -> None:
    from progressus_desktop.store import drafts

    drafts.drop(ws, record_id)


def add_many(ws: Workspace, entity: str, rows: Sequence[Mapping[str, Any]], draft: bool = False) -> list[str]:  # noqa: FBT001, FBT002 - the contract's order
    """Add records, all or none, in one commit; gives their ids in order.

    Raises:
        AccessError: the role does not allow it.
        ValidationError: a row has an unknown field, a wrong type, or (without ``draft``) an error; ``hint`` names it.
    """
    of = catalog.entity(entity)
    allowed = permission.Permission(ws)
    written: list[Change] = []
    ids: list[str] = []
    with ws.reading():
        ahead = checking.Ahead(query.lookup(ws))
        entering = Entering(ws, lambda: new_id(ws))
        start = assumed(ws, of)
        for number, row in enumerate(rows, start=1):
            try:
                entered = entering.values(of, {**start, **row}, strict=True)
                about = planning.settled(ws, of, new_id(ws), None, entered)
                entered, aside = consequences.set_aside(ws, of, about.id, about.record, about.values)
                plan = planning.planned(of, about.id, about.record, entered)
                allowed.must_write(of.name, planning.space_of(ws, plan), plan.id)
                allowed.must_decide(of, planning.changed(plan), plan.wanted)
                written += _person_changes(ws, entering, ahead)
                planning.decide_entry(plan, planning.Rule(strict=not draft, by_form=False), ahead)
            except ValidationError as error:
                raise _at_row(error, number, len(rows)) from error
            change = planning.change(ws, plan, None)
            written += [*about.before, *([change] if change is not None else [])]
            written += consequences.changes(ws, plan, aside, {}, ahead)
            ids.append(plan.id)
    if written:
        ws.commit(written, "edit", labels.label("add", of.name, count=len(ids)))
    return ids


def _at_row(error: ValidationError, number: int, rows: int) -> ValidationError:
    if rows == 1:
        return error
    hint = Message(N_("Object {n} of {all}. Nothing was written."), {"n": number, "all": rows})
    return ValidationError(error.message, hint=hint, field=error.field)


def _not_merged(record: Record) -> None:
    if record.merged_into:
        hint = Message(N_("Nothing was changed. Change the record that stands for both, or take them apart first."))
        raise UsageError(Message(N_("This record was merged into another one.")), hint=hint)


def _still_there(record: Record, if_version: str) -> None:
    _not_merged(record)
    if if_version and record.version != if_version:
        hint = Message(N_("Nothing was written. Read the record again and repeat the change."))
        raise ConflictError(Message(N_("The record was changed meanwhile.")), hint=hint)
    if record.deleted:
        hint = Message(N_("Restore it first."))
        raise UsageError(Message(N_("The record is in the bin.")), hint=hint)


def _person_changes(ws: Workspace, entering: Entering, ahead: checking.Ahead) -> list[Change]:
    """Changes that create the persons typed into pickers since the last call."""
    person = catalog.entity("person")
    out: list[Change] = []
    for new in entering.persons:
        plan = planning.Plan(person, new.id, None, dict(new.values), dict(new.values))
        planning.decide_entry(plan, planning.Rule(strict=False, by_form=True), ahead)
        change = planning.change(ws, plan, None)
        if change is not None:
            out.append(change)
            ahead.add("person", new.id, {**plan.fields, "id": new.id, "entry": plan.wanted["entry"]})
    entering.persons.clear()
    return out


def _existing(ws: Workspace, entity: str, record_id: str, *, deleted: bool = False) -> Record:
    record = query.get(ws, catalog.entity(entity).name, record_id)
    if record is None:
        raise NotFoundError(Message(N_("There is no such record.")))
    _not_merged(record)
    if record.deleted and not deleted:
        raise UsageError(Message(N_("The record is in the bin.")), hint=Message(N_("Restore it first.")))
    permission.must_write(ws, record.entity, record.space, record.id)
    return record


def remove(ws: Workspace, entity: str, record_id: str) -> Committed:
    """Put a record into the bin, from which it can be restored for 30 days.

    Raises:
        AccessError: the role does not allow it.
        NotFoundError: there is no such record.
        UsageError: it is in the bin already.
    """
    record = _existing(ws, entity, record_id)
    return ws.commit([planning.deletion(ws, record)], "delete", labels.label("remove", record.entity))


def remove_many(ws: Workspace, entity: str, record_ids: Sequence[str]) -> Committed:
    """Put several records into the bin in one commit, so that one undo brings all of them back.

    Raises:
        AccessError: the role does not allow it.
        NotFoundError: one does not exist.
        UsageError: one is in the bin already.
    """
    found = [_existing(ws, entity, each) for each in record_ids]
    label = labels.label("remove", catalog.entity(entity).name, count=len(found))
    return ws.commit([planning.deletion(ws, record) for record in found], "delete", label)


def restore(ws: Workspace, entity: str, record_id: str) -> Committed:
    """Take a record out of the bin.

    Raises:
        AccessError: the role does not allow it.
        NotFoundError: there is no such record.
        UsageError: it is not in the bin.
    """
    record = _existing(ws, entity, record_id, deleted=True)
    if not record.deleted:
        raise UsageError(Message(N_("The record is not in the bin.")))
    return ws.commit([planning.restoration(ws, record)], "restore", labels.label("restore", record.entity))


def mark_ready(ws: Workspace, entity: str, record_id: str) -> Committed:
    """Mark a record as ready after the full checks.

    Raises:
        AccessError: the role does not allow it.
        NotFoundError: there is no such record.
        ValidationError: it has an error; nothing was written.
    """
    record = _existing(ws, entity, record_id)
    plan = planning.planned(catalog.entity(entity), record.id, record, {})
    planning.decide_entry(plan, planning.Rule(strict=True, by_form=False), checking.Ahead(query.lookup(ws)))
    plan.wanted["entry"] = "ready"
    if catalog.entity(entity).frozen:
        from progressus_desktop.services import freezing

        plan.wanted |= freezing.version(ws, record)
    return _entry_commit(ws, plan, "ready")


def mark_draft(ws: Workspace, entity: str, record_id: str) -> Committed:
    """Make an event or an archived record a draft again (an archived record of another kind: by its errors).

    Raises:
        AccessError: the role does not allow it.
        NotFoundError: there is no such record.
        UsageError: this kind of record is not marked by a person.
    """
    record = _existing(ws, entity, record_id)
    of = catalog.entity(entity)
    if not of.ready_by_person and record.entry != "archived":
        hint = Message(N_("Only events, monthly reports and archived records can be made drafts."))
        raise UsageError(Message(N_("This record cannot be made a draft.")), hint=hint)
    plan = planning.planned(of, record.id, record, {})
    plan.wanted["entry"] = "draft"
    return _entry_commit(ws, plan, "draft")


def archive(ws: Workspace, entity: str, record_id: str) -> Committed:
    """Put a record into the archive.

    Raises:
        AccessError: the role does not allow it.
        NotFoundError: there is no such record.
    """
    record = _existing(ws, entity, record_id)
    plan = planning.planned(catalog.entity(entity), record.id, record, {})
    plan.wanted["entry"] = "archived"
    return _entry_commit(ws, plan, "archive")


def _entry_commit(ws: Workspace, plan: planning.Plan, verb: str) -> Committed:
    change = planning.change(ws, plan, None)
    if change is None:
        return Committed(0, "edit", "", ())
    return ws.commit([change], "edit", labels.label(verb, plan.entity.name))
