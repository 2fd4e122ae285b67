"""``undo``, ``redo``, ``search``, ``photo add``, ``erase``, ``refuse``, ``erasures``, ``retention``, ``schema``."""

from __future__ import annotations

from argparse import Namespace
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from progressus_desktop.cli import output, session
from progressus_desktop.domain import catalog
from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import NotFoundError, UsageError
from progressus_desktop.services import labels, photos, undoing
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message, _, ngettext

if TYPE_CHECKING:
    from progressus_desktop.services.erasure import Progress


def undo(options: Namespace) -> int:
    """``undo [--steps N]``."""
    if options.steps < 1:
        raise UsageError(Message(N_("Give a number of steps from 1 up.")))
    with session.opened(options) as ws:
        done = []
        for _step in range(options.steps):
            words = undoing.next_words(ws)[0]
            committed = undoing.undo(ws)
            if committed is None:
                break
            done.append((words, committed))
        return _told(options, ws, done, _("Nothing to undo."), _("Undone: {what}"))


def redo(options: Namespace) -> int:
    """``redo``."""
    with session.opened(options) as ws:
        words = undoing.next_words(ws)[1]
        committed = undoing.redo(ws)
        done = [(words, committed)] if committed else []
        return _told(options, ws, done, _("Nothing to redo."), _("Done again: {what}"))


def _told(options: Namespace, _ws: Workspace, done: list[tuple[str, Committed]], nothing: str, something: str) -> int:
    if options.json:
        steps = [
            {
                "label": words,
                "commit": committed.number,
                "records": [{"entity": entity.replace("_", "-"), "id": each} for entity, each in committed.records],
            }
            for words, committed in done
        ]
        output.write_json({"steps": len(steps), "items": steps, "total": len(steps)})
    elif done:
        for words, _committed in done:
            output.say(something.format(what=words))
    else:
        output.say(nothing)
    return 0


def search(options: Namespace) -> int:
    """``search TEXT``."""
    from progressus_desktop.store import search as searching

    with session.opened(options) as ws:
        hits = searching.everywhere(ws, " ".join(options.text), per_entity=50)
        if options.json:
            items = [
                {
                    "entity": hit.entity.replace("_", "-"),
                    "id": hit.id,
                    "code": hit.code,
                    "title": hit.title,
                    "detail": hit.detail,
                }
                for hit in hits
            ]
            output.write_json({"items": items, "total": len(items)})
        elif hits:
            heads = [_("Kind of record"), _("Code"), _("Name of the record"), _("Details")]
            rows = [[_(catalog.ENTITIES[hit.entity].label), hit.code, hit.title, hit.detail] for hit in hits]
            output.say(output.table(heads, rows))
        else:
            output.say(_("Nothing was found."))
    return 0


def _owner(ws: Workspace, text: str) -> str:
    with suppress(NotFoundError):
        return query.resolve(ws, "event", text)
    return query.resolve(ws, "partner", text)


def photo_add(options: Namespace) -> int:
    """``photo add EVENT FILE…``; a partner may stand in the event's place."""
    with session.opened(options) as ws:
        owner = _owner(ws, options.event)
        files: list[Path | bytes] = [Path(each) for each in options.files]
        ids = photos.add_many(ws, owner, files, options.alt, caption=options.caption)
        if options.json:
            output.write_json({"ids": ids})
        else:
            output.say(labels.words_of(labels.label("add", "photo", count=len(ids))))
    return 0


def erase(options: Namespace) -> int:
    """``erase ENTITY ID --reason TEXT``."""
    from progressus_desktop.services import erasure

    with session.opened(options) as ws:
        of = catalog.entity(options.entity)
        done = erasure.erase(ws, of.name, query.resolve(ws, of.name, options.id), options.reason)
        waiting = {each.record: each for each in erasure.progress(ws)}
        found = [waiting[each] for _entity, each in done.records]
    if options.json:
        items = [_erasure(each) for each in found]
        output.write_json({"items": items, "total": len(items)})
        return 0
    output.say(ngettext("{n} record was erased here.", "{n} records were erased here.", len(found)))
    left, laptops = len(found[0].waiting), found[0].laptops
    if laptops:
        output.say(_("Erased on {done} of {all} other laptops.", done=laptops - left, all=laptops))
    return 0


def refuse(options: Namespace) -> int:
    """``refuse ENTITY ID --ground CODE [--reason TEXT] [--asked DATE] [--out FILE]``; without a ground the letter."""
    from progressus_desktop.services import outlook, refusing

    if not options.ground and not options.out:
        raise UsageError(Message(N_("Give --ground to refuse, or --out for the letter of the last refusal.")))
    with session.opened(options) as ws:
        of = catalog.entity(options.entity)
        record = query.resolve(ws, of.name, options.id)
        if options.ground:
            refusing.refuse(ws, of.name, record, options.ground, options.reason, options.asked)
        person = outlook.subject(ws, of.name, record)[1]
        made = refusing.write_letter(ws, person, Path(options.out)) if options.out else None
        last = refusing.refusals(ws, person)[0]
    if options.json:
        found = {"person": person, "refusal": last.key, "date": last.date, "ground": last.ground}
        output.write_json(found | ({"file": str(made)} if made else {}))
        return 0
    if options.ground:
        output.say(_("The refusal is recorded. Nothing was erased."))
    if made:
        output.say(_("The letter: {file}", file=made))
    return 0


def _erasure(each: Progress) -> dict[str, Any]:
    return {"entity": each.entity.replace("_", "-"), "id": each.record, "waiting": list(each.waiting),
            "laptops": each.laptops}  # fmt: skip


def erasures(options: Namespace) -> int:
    """``erasures [--out FILE]``."""
    from progressus_desktop.services import erasure, erasure_protocol

    with session.opened(options) as ws:
        found = erasure.progress(ws)
        made = erasure_protocol.write(ws, Path(options.out)) if options.out else None
    if options.json:
        items = [_erasure(each) | {"confirmed": list(each.confirmed), "reason": each.reason} for each in found]
        output.write_json({"items": items, "total": len(items)} | ({"file": str(made)} if made else {}))
        return 0
    for each in found:
        name = _(catalog.ENTITIES[each.entity].label) if each.entity in catalog.ENTITIES else each.entity
        done = _("Erased on {done} of {all} other laptops.", done=len(each.confirmed), all=each.laptops)
        output.say(f"{name} {each.record}: {done}")
    if not found:
        output.say(_("Nothing was erased."))
    return 0


def retention(options: Namespace) -> int:
    """``retention``: what may be deleted; erase or restore decides."""
    from progressus_desktop.services import retention as keeping

    with session.opened(options) as ws:
        found = keeping.due(ws)
    items = [
        {"entity": each.entity.replace("_", "-"), "id": each.id, "title": each.title, "why": str(each.why),
         "since": each.since}
        for each in found
    ]  # fmt: skip
    if options.json:
        output.write_json({"items": items, "total": len(items)})
    elif not found:
        output.say(_("Nothing has to be deleted now."))
    else:
        heads = [_("Kind of record"), _("Id"), _("Name of the record"), _("Since"), _("Why")]
        rows = [
            [_(catalog.ENTITIES[each.entity].label), each.id, each.title, each.since, str(each.why)] for each in found
        ]
        output.say(output.table(heads, rows))
    return 0


def schema(options: Namespace) -> int:
    """``schema [ENTITY]``: needs no workspace."""
    from progressus_desktop.domain.schema import describe

    wanted = [catalog.entity(options.entity)] if options.entity else list(catalog.ENTITIES.values())
    if options.json:
        found: Any = [describe(each) for each in wanted]
        output.write_json(found[0] if options.entity else {"items": found, "total": len(found)})
        return 0
    for of in wanted:
        output.say(f"{of.name.replace('_', '-')}: {_(of.label)}")
        heads = [_("Field"), _("Type"), _("Label"), _("Required"), _("Code list"), _("Personal data"), _("Merge")]
        rows = [
            [
                field.name, field.type.value, _(field.label), output.yes_no(field.required),
                field.codes or field.target, field.personal.value, field.merge.value,
            ]
            for field in of.fields
        ]  # fmt: skip
        output.say(output.table(heads, rows) + "\n")
    return 0
