"""One record about to be written: what it will say, whether it is ready, and the change of the log that makes it so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from progressus_desktop.domain import validation
from progressus_desktop.domain.fields import Entity, Level
from progressus_desktop.domain.records import Record
from progressus_desktop.domain.values import empty, same
from progressus_desktop.errors import ValidationError
from progressus_desktop.services import checking, permission
from progressus_desktop.services.readiness import entry_after, whole
from progressus_desktop.store import changes, query
from progressus_desktop.store.changes import Change
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message


@dataclass(frozen=True, slots=True)
class Rule:
    """How a save decides the entry state: ``strict`` refuses errors and makes ready, ``by_form`` keeps them."""

    strict: bool
    by_form: bool


ASKED = "office"
"""Where a task comes from that the office gives to a tester."""

BY_FORM = Rule(strict=False, by_form=True)


@dataclass(slots=True)
class Plan:
    """One record about to be written; ``space`` is a new one's, empty for that of the person who writes."""

    entity: Entity
    id: str
    record: Record | None
    fields: dict[str, Any]
    wanted: dict[str, Any] = field(default_factory=dict)
    space: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """Which record a save is about: ``before`` are changes that go first (a removal, a return from the bin)."""

    id: str
    record: Record | None
    values: dict[str, Any]
    before: tuple[Change, ...] = ()


def settled(ws: Workspace, of: Entity, record_id: str, record: Record | None, values: dict[str, Any]) -> Settled:
    """The record that ``values`` belong to, where its id follows from them: adding a removed one brings it back.

    When what the id is made of changes, the record is removed and the other one takes its values.
    """
    if of.identity is None:
        return Settled(record_id, record, values)
    every = {**(record.fields if record else {}), **values}
    own = of.identity(every)
    if not own or own == record_id:
        return Settled(record_id, record, values)
    before = [deletion(ws, record)] if record is not None else []
    other = query.get(ws, of.name, own)
    if other is not None and other.deleted:
        before.append(restoration(ws, other))
    return Settled(own, other, every, tuple(before))


def planned(of: Entity, record_id: str, record: Record | None, values: dict[str, Any]) -> Plan:
    """The record as it will be; ``wanted`` holds only what differs from now."""
    now = dict(record.fields) if record else {}
    wanted = {name: value for name, value in values.items() if empty(value) != empty(now.get(name)) or not empty(value)}
    after = {name: value for name, value in {**now, **values}.items() if not empty(value)}
    after = {name: value for name, value in after.items() if of.has(name)}
    return Plan(of, record_id, record, after, wanted)


def changed(plan: Plan) -> list[str]:
    """The fields whose values differ from what is stored."""
    now = plan.record.fields if plan.record else {}
    return [name for name, value in plan.wanted.items() if not same(value, now.get(name))]


def space_of(ws: Workspace, plan: Plan) -> str:
    """The space a planned record stands in, or will."""
    if plan.record is not None:
        return plan.record.space
    of = plan.entity
    parent_id = plan.fields.get(of.within) if of.within else None
    parent = query.get(ws, of.field(of.within).target, parent_id) if isinstance(parent_id, str) else None
    organisation = plan.fields.get("organisation") if of.name == "user" else None
    shared = parent.space if parent is not None else ""
    return plan.space or shared or _asked_of(ws, plan) or permission.space_for(ws, of.name, plan.id, organisation)


def _asked_of(ws: Workspace, plan: Plan) -> str:
    """The space of the tester whom the office asks: a task about a tester's record, or about the tester, is theirs."""
    about = plan.fields.get("record") if plan.entity.name == "task" else None
    if not isinstance(about, str) or permission.role(ws) not in permission.EVERYWHERE:
        return ""
    entity = query.entity_of(ws, about)
    found = query.get(ws, entity, about) if entity else None
    if found is None:
        return ""
    space = found.id if entity == "partner" and found.fields.get("in_project") else found.space
    return "" if space in {ws.space, permission.OFFICE} else space


def decide_entry(plan: Plan, rule: Rule, ahead: checking.Ahead) -> None:
    """Put the entry state that follows from the save into the plan.

    Raises:
        ValidationError: the save is strict and an error is left.
    """
    found = validation.check(plan.entity, {**plan.fields, "id": plan.id}, ahead)
    wrong = next((problem for problem in found if problem.level is Level.ERROR), None)
    if wrong is not None and rule.strict:
        hint = Message(N_("Nothing was written. With --draft it can be kept as a draft."))
        raise ValidationError(wrong.message, hint=hint, field=wrong.field)
    before = plan.record.entry if plan.record else "draft"
    after = entry_after(plan.entity, before, wrong=wrong is not None, strict=rule.strict)
    if after != before or plan.record is None:
        plan.wanted["entry"] = after


def change(ws: Workspace, plan: Plan, seen: Mapping[str, tuple[bytes, ...]] | None) -> Change | None:
    """The change that makes the plan true, None if it is true already."""
    present: Mapping[str, Any] = {}
    heads: Mapping[str, tuple[bytes, ...]] = {}
    wanted = dict(plan.wanted)
    asked = "" if plan.space else _asked_of(ws, plan)
    if asked and (plan.record is None or plan.record.space != asked):
        wanted |= {"space": asked, "origin": ASKED}
    if plan.record is not None:
        present, now_seen, _all = query.present_keys(ws, plan.id)
        heads = {**now_seen, **(seen or {})}
    elif not any(plan.entity.has(name) and not empty(value) for name, value in wanted.items()):
        return None
    else:
        wanted.setdefault("space", space_of(ws, plan))
    made = changes.save(plan.entity, plan.id, present, heads, wanted)
    first_ready = plan.record is not None and plan.record.entry == "draft" and wanted.get("entry") == "ready"
    return whole(made, _own(ws, plan.entity, present), heads) if made is not None and first_ready else made


def _own(ws: Workspace, of: Entity, present: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the present person may write: what the office decided comes from the office, with its signature."""
    if permission.Permission(ws).decides(of):
        return present
    stems = ((name, name.partition("/")[0]) for name in present)
    return {name: present[name] for name, stem in stems if not (of.has(stem) and of.field(stem).office_only)}


def restoration(ws: Workspace, record: Record) -> Change:
    """The change that takes a record out of the bin."""
    _values, _seen, everything = query.present_keys(ws, record.id)
    return Change("restore", record.entity, record.id, {changes.DELETED: (True, tuple(everything))})


def deletion(ws: Workspace, record: Record) -> Change:
    """A delete supersedes everything the deleting person saw, so that a later edit elsewhere shows (exchange.md, 1)."""
    _values, _seen, everything = query.present_keys(ws, record.id)
    return Change("delete", record.entity, record.id, {changes.DELETED: (None, tuple(everything))})
