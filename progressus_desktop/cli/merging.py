"""``records ENTITY merge`` and ``records ENTITY unmerge``."""

from __future__ import annotations

from argparse import Namespace

from progressus_desktop.cli import output, session
from progressus_desktop.domain import catalog
from progressus_desktop.errors import UsageError
from progressus_desktop.services import documents, merging, records
from progressus_desktop.services.state import state_sentence
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message, _, ngettext


def merge(options: Namespace) -> int:
    """``records ENTITY merge KEEP DROP``: 6 if two versions of something are left to a person."""
    of = catalog.entity(options.entity)
    take: dict[str, str] = {}
    for each in options.take:
        name, equals, side = each.partition("=")
        if not equals:
            hint = Message(N_("Give FIELD=keep or FIELD=drop, with a field that has one value."))
            raise UsageError(Message(N_("This cannot be chosen: {field}."), {"field": name}), hint=hint)
        take[name] = side
    with session.opened(options) as ws:
        keep, drop = (query.resolve(ws, of.name, each) for each in (options.keep, options.drop))
        merging.merge(ws, of.name, keep, drop, take)
        return _told(options, ws, of.name, keep, {"merge": drop})


def unmerge(options: Namespace) -> int:
    """``records ENTITY unmerge MERGE``."""
    of = catalog.entity(options.entity)
    with session.opened(options) as ws:
        record_id = query.resolve(ws, of.name, options.id)
        merging.unmerge(ws, of.name, record_id)
        return _told(options, ws, of.name, record_id, {})


def _told(options: Namespace, ws: Workspace, entity: str, record_id: str, more: dict[str, str]) -> int:
    record = records.get(ws, entity, record_id)
    if record is None:
        return 0
    if options.json:
        output.write_json({**documents.of_record(record), **more})
    else:
        output.say(f"{record.code} · {state_sentence(record)}".removeprefix(" · "))
        if record.conflicts:
            n = len(record.conflicts)
            output.say(ngettext("{n} question waits for a person", "{n} questions wait for a person", n))
            output.say(_("The command exchange conflicts lists what waits."))
    return 6 if record.conflicts else 0
