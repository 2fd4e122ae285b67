"""``records ENTITY …``: list, show, history, add, set, remove, restore, ready, draft, archive."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from progressus_desktop import clock
from progressus_desktop.cli import output, session
from progressus_desktop.domain import catalog
from progressus_desktop.domain.fields import Derived, Entity, Field, Type
from progressus_desktop.domain.records import Committed, Record
from progressus_desktop.errors import UsageError, ValidationError
from progressus_desktop.services import documents, labels, records
from progressus_desktop.services.state import state_sentence
from progressus_desktop.store import history as past
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message, _, ngettext

_MOST_INPUT = 512 * 1024 * 1024
_ASIDE = {"entry", "code", "deleted", "space", "errors", "warnings"}
_TRUE = {"1", "true", "yes", "tak"}


def _view(of: Entity, options: Namespace) -> View:
    """What --filter, --where and --sort ask for.

    Raises:
        UsageError: an unknown field, or --where without "=".
    """
    known = {field.name for field in of.fields} | {each.name for each in of.derived} | _ASIDE
    where: list[tuple[str, str]] = []
    deleted = in_project = False
    for each in options.where:
        name, equals, value = each.partition("=")
        if not equals or name not in known:
            raise _unknown(of, name)
        if name == "deleted":
            deleted = value.lower() in _TRUE
        elif name == "in_project" and value.lower() not in _TRUE:
            in_project = False  # the list leaves them out by itself
        else:
            in_project = in_project or name == "in_project"
            boolean = of.has(name) and of.field(name).type is Type.BOOLEAN
            where.append((name, str(value.lower() in _TRUE).lower() if boolean and value else value))
    if options.sort and options.sort.lstrip("-") not in known:
        raise _unknown(of, options.sort.lstrip("-"))
    return View(order=options.sort, text=options.filter, where=tuple(where), deleted=deleted, in_project=in_project)


def _unknown(of: Entity, name: str) -> UsageError:
    message = Message(N_("“{entity}” has no field “{field}”."), {"entity": of.name, "field": name})
    return UsageError(message, hint=Message(N_("See “schema {entity}”."), {"entity": of.name.replace("_", "-")}))


def list_(options: Namespace) -> int:
    """``records ENTITY list``."""
    of = catalog.entity(options.entity)
    view = _view(of, options)
    if options.offset < 0 or (options.limit is not None and options.limit < 0):
        raise UsageError(Message(N_("A number of records cannot be below zero.")))
    with session.opened(options) as ws:
        total = query.total(ws, of.name, view)
        found = _found(ws, of, view, options.offset, options.limit)
        if options.json:
            output.write_json({"items": [documents.of_record(each) for each in found], "total": total})
            return 0
        every: tuple[Field | Derived, ...] = (*of.fields, *of.derived)
        columns = [each for each in every if each.column]
        columns.sort(key=lambda each: each.column)
        heads = [_("Id") if not of.coded else _("Code"), *(_(each.label) for each in columns), _("State")]
        rows = [_line(ws, record, [each.name for each in columns]) for record in found]
        output.say(output.table(heads, rows))
        output.say(ngettext("{n} record", "{n} records", total, n=f"{total:,}".replace(",", "\u00a0")))
    return 0


def _found(ws: Workspace, of: Entity, view: View, offset: int, limit: int | None) -> Iterator[Record]:
    """The records asked for: a window is read by its rows, everything as a stream."""
    if limit is None:
        yield from (records.shown(ws, each) for each in islice(query.each(ws, of.name, view), offset, None))
        return
    for row in query.window(ws, of.name, view, offset, limit):
        record = records.get(ws, of.name, row.id)
        if record is not None:
            yield record


def _line(ws: Workspace, record: Record, columns: list[str]) -> list[str]:
    values = {**record.derived, **record.fields}
    shown = [documents.words_of(ws, record.entity, name, values.get(name)) for name in columns]
    return [record.code or record.id, *shown, state_sentence(record)]


def show(options: Namespace) -> int:
    """``records ENTITY show ID``."""
    of = catalog.entity(options.entity)
    with session.opened(options) as ws:
        record = _one(ws, of, options.id)
        problems = records.problems(ws, of.name, record.id, record.fields)
        if options.json:
            output.write_json(documents.of_record(record, problems))
            return 0
        title = query.title(ws, of.name, record.id) or record.code
        output.say(f"{_(of.label)} {record.code}".strip() + (f": {title}" if title != record.code else ""))
        output.say(state_sentence(record))
        for field in of.fields:
            value = record.fields.get(field.name)
            if value is not None:
                output.say(f"  {_(field.label)}: {documents.words_of(ws, of.name, field.name, value)}")
        for problem in problems:
            kind = _("Error") if problem.level == "error" else _("Warning")
            label = _(of.field(problem.field).label) if of.has(problem.field) else problem.field
            output.say(f"  {kind}: {label}: {problem.message}")
    return 0


def _one(ws: Workspace, of: Entity, text: str) -> Record:
    record = records.get(ws, of.name, query.resolve(ws, of.name, text))
    if record is None:
        raise UsageError(Message(N_("There is no such record.")))
    return record


def history(options: Namespace) -> int:
    """``records ENTITY history ID``."""
    of = catalog.entity(options.entity)
    with session.opened(options) as ws:
        items = documents.of_history(ws, past.of_record(ws, of.name, query.resolve(ws, of.name, options.id)))
        if options.json:
            output.write_json({"items": items, "total": len(items)})
            return 0
        for item in items:
            moment = clock.local(item["at_ms"])
            output.say(f"{moment:%d.%m.%Y %H:%M}  {item['by_name']}  {labels.words_of(item['label'])}")
            for name, change in item["fields"].items():
                label = _(of.field(name).label) if of.has(name) else name
                before = documents.words_of(ws, of.name, name, change["from"]) or "–"
                after = documents.words_of(ws, of.name, name, change["to"]) or "–"
                output.say(f"    {label}: {before} → {after}")
    return 0


def _objects(*, one: bool) -> list[dict[str, Any]]:
    """JSON objects on standard input: one document, or one a line.

    Raises:
        ValidationError: it is no JSON, or no object.
    """
    try:
        text = sys.stdin.read(_MOST_INPUT)
    except ValueError as error:
        hint = Message(N_("Nothing was written. Save it as UTF-8."))
        raise ValidationError(Message(N_("Standard input holds no text in UTF-8.")), hint=hint) from error
    try:
        found = [json.loads(text)]
    except ValueError:
        found = _lines(text)
    except RecursionError as error:
        raise _no_json(0) from error
    if len(found) == 1 and isinstance(found[0], list):
        found = found[0]
    if not found or any(not isinstance(each, dict) for each in found) or (one and len(found) != 1):
        raise _no_json(0)
    return found


def _lines(text: str) -> list[Any]:
    out = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                out.append(json.loads(line))
            except (ValueError, RecursionError) as error:
                raise _no_json(number) from error
    return out


def _no_json(line: int) -> ValidationError:
    hint = Message(N_("Nothing was written. Give a JSON object on standard input."))
    if line:
        return ValidationError(Message(N_("Line {n} is no JSON object."), {"n": line}), hint=hint)
    return ValidationError(Message(N_("This is no JSON object.")), hint=hint)


def add(options: Namespace) -> int:
    """``records ENTITY add``."""
    of = catalog.entity(options.entity)
    with session.opened(options) as ws:
        ids = records.add_many(ws, of.name, _objects(one=False), draft=options.draft)
        if options.json:
            output.write_json({"ids": ids})
            return 0
        for each in ids:
            record = query.get(ws, of.name, each)
            output.say(f"{record.code} {each}".strip() if record else each)
    return 0


def set_(options: Namespace) -> int:
    """``records ENTITY set ID``."""
    of = catalog.entity(options.entity)
    with session.opened(options) as ws:
        values = _objects(one=True)[0]
        record_id = query.resolve(ws, of.name, options.id)
        records.save(ws, of.name, record_id, values, draft=options.draft, if_version=options.if_version)
        return _after(options, ws, of, record_id)


def _after(options: Namespace, ws: Workspace, of: Entity, record_id: str) -> int:
    record = records.get(ws, of.name, record_id)
    if record is not None and options.json:
        output.write_json(documents.of_record(record))
    elif record is not None:
        output.say(f"{record.code} · {state_sentence(record)}".removeprefix(" · "))
    return 0


def _done(options: Namespace, act: Callable[[Workspace, str, str], Committed]) -> int:
    of = catalog.entity(options.entity)
    with session.opened(options) as ws:
        record_id = query.resolve(ws, of.name, options.id)
        act(ws, of.name, record_id)
        return _after(options, ws, of, record_id)


def remove(options: Namespace) -> int:
    """``records ENTITY remove ID``."""
    return _done(options, records.remove)


def restore(options: Namespace) -> int:
    """``records ENTITY restore ID``."""
    return _done(options, records.restore)


def ready(options: Namespace) -> int:
    """``records ENTITY ready ID``."""
    return _done(options, records.mark_ready)


def draft(options: Namespace) -> int:
    """``records ENTITY draft ID``."""
    return _done(options, records.mark_draft)


def archive(options: Namespace) -> int:
    """``records ENTITY archive ID``."""
    return _done(options, records.archive)
