"""What a save brings with it: tasks of arrangements and next steps, consents, the day something was done.

An arrangement with a date, and a next step with one, has a task. Once the task exists it owns who, due
and state: forms and scripts see the task's in the row, and what they write there is written to the task
(domain.md, sections 5 and 6). The record keeps what it said before. Likewise a participant shows the
consent of its person, and an event with a named list the numbers that follow from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from progressus_desktop import clock
from progressus_desktop.domain import catalog, event_rules, participant, task
from progressus_desktop.domain.fields import Entity, Lookup, Values
from progressus_desktop.domain.records import Record
from progressus_desktop.domain.rules import plain_date
from progressus_desktop.domain.values import empty, same, with_keys
from progressus_desktop.services import checking, permission, planning
from progressus_desktop.store import changes as log_changes
from progressus_desktop.store import query
from progressus_desktop.store.changes import Change
from progressus_desktop.store.workspace import Workspace

Seen = Mapping[str, tuple[bytes, ...]]

_OWNED = ("who", "due", "state")
_CONSENT_STATES = {"yes": "given", "no": "refused", "withdrawn": "withdrawn"}
_NEXT_STEP, _NEXT_STEP_DUE = "next_step", "next_step_due"


@dataclass(slots=True)
class Aside:
    """Values that were written into a record but belong to others: to tasks by their ids, to its person."""

    tasks: dict[str, dict[str, Any]] = field(default_factory=dict)
    consent: dict[str, Any] = field(default_factory=dict)


def _inside(of: str, record_id: str, fields: Values) -> dict[str, dict[str, Any]]:
    """What is to be done inside a record, by the id of its task."""
    if of == "event":
        rows = [row for row in fields.get("arrangements") or () if isinstance(row, dict) and row.get("key")]
        return {task.source_id(record_id, row["key"]): row for row in rows}
    if of == "interaction" and fields.get(_NEXT_STEP):
        step = {"what": fields[_NEXT_STEP], "due": fields.get(_NEXT_STEP_DUE)}
        return {task.source_id(record_id, task.NEXT_STEP): step}
    return {}


def _live(ws: Workspace, task_id: str) -> Record | None:
    return _kept(query.get(ws, "task", task_id))


def _kept(made: Record | None) -> Record | None:
    return made if made is not None and not made.deleted else None


# -- reading ------------------------------------------------------------------------------------------------


Read = Callable[[str, str], Record | None]
"""Gives the record of a type with an id, if there is one."""


def shown(record: Record, read: Read, lookup: Lookup) -> Record:
    """The record with what others own; ``seen`` holds the heads behind that under ``<id>:<key>``."""
    if record.entity == "participant":
        return _with_consent(record, read)
    if record.entity == "event":
        matrix = event_rules.listed({"id": record.id}, lookup)
        if matrix is not None:
            record = replace(record, fields={**record.fields, "participants": matrix})
    return _with_tasks(record, read)


def _with_consent(record: Record, read: Read) -> Record:
    person = read("person", str(record.fields.get("person") or ""))
    if person is None:
        return record
    known = participant.consent_of(person.fields)
    own = {"image_consent": participant.answer(person.fields)}
    own |= {f"image_consent_{name}": known[name] for name in ("date", "way") if name in known}
    fields = {name: each for name, each in record.fields.items() if name not in participant.CONSENT_FIELDS}
    seen = {f"{person.id}:{name}": heads for name, heads in person.seen.items()}
    return replace(record, fields=fields | own, seen={**record.seen, **seen})


def _with_tasks(record: Record, read: Read) -> Record:
    fields, seen = dict(record.fields), dict(record.seen)
    found = {each: _kept(read("task", each)) for each in _inside(record.entity, record.id, record.fields)}
    tasks = {each: made for each, made in found.items() if made is not None}
    if not tasks:
        return record
    for each, made in tasks.items():
        seen |= {f"{each}:{name}": heads for name, heads in made.seen.items()}
    if record.entity == "event":
        fields["arrangements"] = [_row_shown(record.id, row, tasks) for row in fields["arrangements"]]
    else:
        fields[_NEXT_STEP_DUE] = next(iter(tasks.values())).fields.get("due")
    return replace(record, fields={name: each for name, each in fields.items() if not empty(each)}, seen=seen)


def _row_shown(event: str, row: dict[str, Any], tasks: Mapping[str, Record]) -> dict[str, Any]:
    made = tasks.get(task.source_id(event, row["key"]))
    if made is None:
        return row
    own = {name: each for name, each in row.items() if name not in _OWNED}
    return own | {name: made.fields[name] for name in _OWNED if name in made.fields}


# -- writing ------------------------------------------------------------------------------------------------


def set_aside(
    ws: Workspace, of: Entity, record_id: str, record: Record | None, values: dict[str, Any]
) -> tuple[dict[str, Any], Aside]:
    """The values that are the record's own, and those of its tasks; what follows from today is filled in."""
    aside = Aside()
    if of.name == "event" and isinstance(values.get("arrangements"), list):
        values = {**values, "arrangements": _rows_aside(ws, record_id, record, values["arrangements"], aside)}
    elif of.name == "interaction" and record is not None:
        values = _step_aside(ws, record, values, aside)
    elif of.name == "task":
        values = _finished(ws, record, values)
    elif of.name == "participant":
        aside.consent = {name: each for name, each in values.items() if name in participant.CONSENT_FIELDS}
        values = {name: each for name, each in values.items() if name not in participant.CONSENT_FIELDS}
    if of.name == "event" and "participants" in values and event_rules.listed({"id": record_id}, query.lookup(ws)):
        # the numbers follow from the named list; what was typed before it stays in the log
        values = {name: each for name, each in values.items() if name != "participants"}
    return values, aside


def _rows_aside(
    ws: Workspace, event: str, record: Record | None, rows: list[dict[str, Any]], aside: Aside
) -> list[dict[str, Any]]:
    stored = (record.fields.get("arrangements") if record else None) or []
    before = {row["key"]: row for row in stored}
    out = []
    for row in with_keys(catalog.entity("event").field("arrangements"), rows, stored):
        task_id = task.source_id(event, row["key"])
        if _live(ws, task_id) is None:
            out.append(row)
            continue
        old = before.get(row["key"], {})
        given = {name: row.get(name) for name in _OWNED if name != "state" or row.get("state")}
        if row.get("what") != old.get("what"):
            given["what"] = row.get("what")
        aside.tasks[task_id] = given
        own = {name: each for name, each in row.items() if name not in _OWNED}
        out.append(own | {name: old[name] for name in _OWNED if name in old})
    return out


def _step_aside(ws: Workspace, record: Record, values: dict[str, Any], aside: Aside) -> dict[str, Any]:
    task_id = task.source_id(record.id, task.NEXT_STEP)
    if _live(ws, task_id) is None:
        return values
    given = {name: values[key] for key, name in ((_NEXT_STEP, "what"), (_NEXT_STEP_DUE, "due")) if key in values}
    if given:
        aside.tasks[task_id] = given
    return {name: each for name, each in values.items() if name != _NEXT_STEP_DUE}


def _finished(ws: Workspace, record: Record | None, values: dict[str, Any]) -> dict[str, Any]:
    """A task that becomes done is done today unless another day is said; one opened again is not done."""
    now = record.fields if record else {}
    state = values.get("state")
    if state == "done" and now.get("state") != "done" and empty(values.get("done_on", now.get("done_on"))):
        return {**values, "done_on": clock.today(ws.clock).isoformat()}
    if state == "open" and now.get("state") not in {None, "open"} and "done_on" not in values:
        return {**values, "done_on": None}
    return values


def changes(ws: Workspace, plan: planning.Plan, aside: Aside, seen: Seen, ahead: checking.Ahead) -> list[Change]:
    """The changes of other records that belong into the same commit."""
    name = plan.entity.name
    after = _inside(name, plan.id, plan.fields)
    before = _inside(name, plan.id, plan.record.fields) if plan.record else {}
    out = []
    for task_id, step in after.items():
        made = query.get(ws, "task", task_id)
        if made is None and step.get("what") and plain_date(step.get("due")):
            out.append(_new_task(ws, plan, task_id, step, ahead))
        elif made is not None and not made.deleted and task_id in aside.tasks:
            own = {key.partition(":")[2]: heads for key, heads in seen.items() if key.startswith(f"{task_id}:")}
            out.append(_changed_task(ws, made, aside.tasks[task_id], own, ahead))
    for task_id in before.keys() - after.keys():
        made = _live(ws, task_id)
        if made is not None and made.fields.get("state") == "open":
            out.append(planning.deletion(ws, made))
    if aside.consent and name == "participant":
        out.append(_consent(ws, str(plan.fields.get("person") or ""), aside.consent, seen))
    return [each for each in out if each is not None]


def _consent(ws: Workspace, person_id: str, given: Mapping[str, Any], seen: Seen) -> Change | None:
    """The change of the person whose consent was set in a named list."""
    record = query.get(ws, "person", person_id) if person_id else None
    of = catalog.entity("person")
    known = [*(record.fields.get("consents") or ())] if record is not None else []
    before: Mapping[str, Any] = next((item for item in known if item.get("purpose") == participant.IMAGE), {})
    said = given.get("image_consent", participant.STATES.get(str(before.get("state") or ""), "unknown"))
    others = [item for item in known if item.get("purpose") != participant.IMAGE]
    if said in _CONSENT_STATES:
        parts = {name: given.get(f"image_consent_{name}", before.get(name)) for name in ("date", "way")}
        kept = {**before, **parts, "purpose": participant.IMAGE, "state": _CONSENT_STATES[said]}
        others.append({name: each for name, each in kept.items() if not empty(each)})
    if record is None:
        return log_changes.save(of, person_id, {}, {}, {"consents": others}) if person_id else None
    permission.must_write(ws, "person", record.space, record.id)
    own = {key.partition(":")[2]: heads for key, heads in seen.items() if key.startswith(f"{person_id}:")}
    return planning.change(ws, planning.planned(of, record.id, record, {"consents": others or None}), own)


def _new_task(ws: Workspace, plan: planning.Plan, task_id: str, step: Values, ahead: checking.Ahead) -> Change | None:
    origin = "arrangement" if plan.entity.name == "event" else "next_step"
    wanted: dict[str, Any] = {"what": step["what"], "due": step["due"], "state": step.get("state") or "open"}
    wanted |= {"record": plan.id, "origin": origin} | ({"who": step["who"]} if step.get("who") else {})
    made = planning.Plan(catalog.entity("task"), task_id, None, dict(wanted), wanted)
    made.space = plan.record.space if plan.record else ""
    planning.decide_entry(made, planning.BY_FORM, ahead)
    return planning.change(ws, made, None)


def _changed_task(ws: Workspace, made: Record, given: Values, seen: Seen, ahead: checking.Ahead) -> Change | None:
    wanted = {name: value for name, value in given.items() if not same(value, made.fields.get(name))}
    wanted = {name: value for name, value in wanted.items() if not (empty(value) and empty(made.fields.get(name)))}
    if not wanted:
        return None
    plan = planning.planned(catalog.entity("task"), made.id, made, _finished(ws, made, wanted))
    planning.decide_entry(plan, planning.BY_FORM, ahead)
    return planning.change(ws, plan, seen)
