"""Two records of the same organisation, person or event made one, and taken apart again (domain.md, section 4)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from progressus_desktop.domain import catalog
from progressus_desktop.domain.fields import Entity, Field, Merge
from progressus_desktop.domain.records import Committed, Record
from progressus_desktop.domain.values import empty, same
from progressus_desktop.errors import NotFoundError, UsageError
from progressus_desktop.services import checking, labels, permission, planning
from progressus_desktop.store import compose, query, undo
from progressus_desktop.store.changes import MERGED, Change, Entry, decode
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

MERGEABLE = ("partner", "person", "event")
KEEP, DROP = "keep", "drop"
_ONE_VALUE = (Merge.SCALAR, Merge.MATRIX)
_ASKED = ("consents",)
"""Maps of which two different items stay a question: which consent holds is for a person to say, not for a merge."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A field in which two records differ; ``take`` is what is taken unless a person says otherwise."""

    field: Field
    keep: Any
    drop: Any
    take: str


def merged_into(ws: Workspace, entity: str, record_id: str) -> list[Record]:
    """The records that were merged into this one, in the order of their ids."""
    with ws.reading() as connection:
        rows = connection.exec_driver_sql("SELECT id FROM merged WHERE target = ? ORDER BY id", (record_id,)).all()
        found = [query.get(ws, entity, row[0]) for row in rows]
    return [each for each in found if each is not None and each.merged_into]


def choices(ws: Workspace, entity: str, keep_id: str, drop_id: str) -> list[Choice]:
    """The fields with one value in which two records differ, in the order of the form.

    Raises:
        AccessError: the role does not allow the merge.
        NotFoundError: one of them is not here.
        UsageError: these two cannot be merged.
    """
    keep, drop = _pair(ws, entity, keep_id, drop_id)
    return _choices(catalog.entity(entity), keep, drop)


def _choices(of: Entity, keep: Record, drop: Record) -> list[Choice]:
    out = []
    for field in of.fields:
        if field.merge not in _ONE_VALUE or field.office_only or field.name in {"code", "entry", "in_project"}:
            continue
        mine, other = keep.fields.get(field.name), drop.fields.get(field.name)
        if not empty(other) and not same(mine, other):
            out.append(Choice(field, mine, other, DROP if empty(mine) else KEEP))
    return out


def _pair(ws: Workspace, entity: str, keep_id: str, drop_id: str) -> tuple[Record, Record]:
    if entity not in MERGEABLE:
        hint = Message(N_("Partners, persons and events can be merged."))
        raise UsageError(Message(N_("Records of this type cannot be merged.")), hint=hint)
    keep, drop = (query.get(ws, entity, each) for each in (keep_id, drop_id))
    if keep is None or drop is None:
        raise NotFoundError(Message(N_("There is no such record.")))
    if keep.id == drop.id:
        raise UsageError(Message(N_("A record cannot be merged with itself.")))
    for each in (keep, drop):
        if each.merged_into:
            raise UsageError(Message(N_("This record was merged into another one already.")))
        if each.deleted:
            raise UsageError(Message(N_("The record is in the bin.")), hint=Message(N_("Restore it first.")))
        permission.must_write(ws, each.entity, each.space, each.id)
    if drop.fields.get("in_project"):
        hint = Message(N_("Nothing was changed. Keep this record and drop the other one."))
        raise UsageError(Message(N_("An organisation of the project has to stay.")), hint=hint)
    return keep, drop


def merge(ws: Workspace, entity: str, keep_id: str, drop_id: str, take: Mapping[str, str] | None = None) -> Committed:
    """Make one record of two: what refers to either refers to the kept one, sets and lists of both are joined.

    ``take`` says whose value of a field stays, "keep" or "drop"; else the kept one's, or the other's where it has none.

    Raises:
        AccessError: the role does not allow it.
        NotFoundError: one of them is not here.
        UsageError: these two cannot be merged, or ``take`` names no field in which they differ.
    """
    of = catalog.entity(entity)
    with ws.reading():
        keep, drop = _pair(ws, entity, keep_id, drop_id)
        found = {each.field.name: each for each in _choices(of, keep, drop)}
        taken = {name: each.take for name, each in found.items()}
        for name, choice in (take or {}).items():
            if choice not in {KEEP, DROP} or not of.has(name) or of.field(name).merge not in _ONE_VALUE:
                hint = Message(N_("Give FIELD=keep or FIELD=drop, with a field that has one value."))
                raise UsageError(Message(N_("This cannot be chosen: {field}."), {"field": name}), hint=hint)
            if name in taken:
                taken[name] = choice
        changes = _changes(ws, of, keep, drop, {n: found[n].drop for n, choice in taken.items() if choice == DROP})
    return ws.commit(changes, "merge", labels.label("merge", of.name))


def _changes(ws: Workspace, of: Entity, keep: Record, drop: Record, values: dict[str, Any]) -> list[Change]:
    plan = planning.planned(of, keep.id, keep, values)
    if values:
        planning.decide_entry(plan, planning.Rule(strict=False, by_form=True), checking.Ahead(query.lookup(ws)))
    made = planning.change(ws, plan, None)
    mine, seen, _all = query.present_keys(ws, keep.id)
    others, others_seen, everything = query.present_keys(ws, drop.id)
    keys = dict(made.keys) if made is not None else {}
    for name, value in mine.items():
        stem, slash, _item = name.partition("/")
        if slash and stem not in _ASKED and name in others and not same(value, others[name]):
            keys.setdefault(name, (value, (*seen[name], *others_seen[name])))
    edge = undo.merge(of.name, drop.id, keep.id, {MERGED: everything})
    return [edge, Change("save", of.name, keep.id, keys)] if keys else [edge]


def unmerge(ws: Workspace, entity: str, drop_id: str) -> Committed:
    """Take a merged record out of the one that stands for it; values chosen at the merge go back where unchanged.

    Raises:
        AccessError: the role does not allow it.
        NotFoundError: there is no such record.
        UsageError: it is not merged into another one.
    """
    with ws.reading() as connection:
        drop = query.get(ws, entity, drop_id)
        if drop is None:
            raise NotFoundError(Message(N_("There is no such record.")))
        permission.must_write(ws, drop.entity, drop.space, drop.id)
        heads = _heads(connection, drop.id)
        edges = heads.get(MERGED, [])
        if not drop.merged_into:
            raise UsageError(Message(N_("This record is not merged into another one.")))
        changes = [undo.merge(entity, drop.id, None, heads)]
        with_it = {entry.record: entry for entry in _beside(connection, edges)}
        for entry in with_it.values():
            changes += _inverse(ws, connection, entry)
    return ws.commit(changes, "unmerge", labels.label("unmerge", entity))


def _heads(connection: Any, record_id: str) -> compose.Heads:
    packed = connection.exec_driver_sql("SELECT heads FROM record WHERE uuid = ?", (uuid.UUID(record_id).bytes,))
    return compose.unpack(bytes(packed.scalar_one()))


def _beside(connection: Any, edges: list[bytes]) -> list[Entry]:
    """What was saved in one act with these edges: the values chosen for the kept record."""
    out = []
    for edge in edges:
        rows = connection.exec_driver_sql(
            "SELECT id, body FROM log_change WHERE commit_no = (SELECT commit_no FROM log_change WHERE id = ?)", (edge,)
        )
        every = [decode(bytes(row[0]), bytes(row[1])) for row in rows]
        action = next(entry.action for entry in every if entry.id == edge)
        out += [each for each in every if each.kind == "save" and each.action == action and each.id[:6] == edge[:6]]
    return out


def _inverse(ws: Workspace, connection: Any, entry: Entry) -> list[Change]:
    record = str(uuid.UUID(bytes=entry.record))
    kept = query.get(ws, entry.entity, record)
    if kept is None or kept.merged_into:
        return []
    permission.must_write(ws, kept.entity, kept.space, kept.id)
    heads = _heads(connection, record)
    keys = {}
    for name, (_value, olds) in entry.keys.items():
        if heads.get(name) == [entry.id]:
            before = compose.distinct(name, compose.entries(connection, set(olds)).values())
            keys[name] = (before[0] if before else None, (entry.id,))
    return [Change("save", entry.entity, record, keys)] if keys else []
