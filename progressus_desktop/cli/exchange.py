"""``exchange …``: invite, join, pack, inspect, apply, status, conflicts, resolve, undo."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from progressus_desktop.cli import output, passwords, session
from progressus_desktop.domain import catalog
from progressus_desktop.errors import ConflictError, DamagedError, UsageError
from progressus_desktop.services import adopting, applying, deciding, inviting, packing, standing, workspaces
from progressus_desktop.services.applying import Import, Result
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message, _, ngettext

CONFLICTS, PARTLY = ConflictError.exit_code, 9
_MIB = 1024 * 1024
_STATES = {
    "applied": N_("taken"), "new": N_("can be taken"), "known": N_("nothing new"), "own": N_("written by this laptop"),
    "refused": N_("refused"),
}  # fmt: skip


def invite(options: Namespace) -> int:
    """``exchange invite --org NAME --out FILE``."""
    with session.opened(options) as ws:
        made = inviting.invite(ws, options.org, Path(options.out))
    if options.json:
        output.write_json({"file": str(made.file), "code": made.code})
    else:
        output.say(_("The setup file is {file}.", file=made.file))
        output.say(_("Tell this code in person or by telephone, never with the file: {code}", code=made.code))
    return 0


def join(options: Namespace) -> int:
    """``exchange join FILE --into DIR``, or ``--workspace DIR`` for a lone workspace that never exchanged."""
    where = options.into
    if not where and options.workspace:
        return _adopt(options)
    if not where:
        hint = Message(N_("Use --into with the folder for the new workspace."))
        raise UsageError(Message(N_("No folder was named.")), hint=hint)
    ws = inviting.join(
        Path(options.file), options.code, options.user, Path(where), passwords.password(options),
        session.program_clock(),
    )  # fmt: skip
    try:
        about = workspaces.info(ws)
    finally:
        ws.close()
    if options.json:
        output.write_json(about)
    else:
        output.say(_("The workspace “{name}” was made in {folder}.", name=about["name"], folder=about["folder"]))
    return 0


def _adopt(options: Namespace) -> int:
    with session.opened(options) as ws:
        adopting.join(ws, Path(options.file), options.code, options.user)
        about = workspaces.info(ws)
    if options.json:
        output.write_json(about)
    else:
        output.say(_("The workspace “{name}” joined the project “{project}”.", name=about["name"],
                     project=about["project"]["name"]))  # fmt: skip
    return 0


def pack(options: Namespace) -> int:
    """``exchange pack [--to NAME] --out DIR|FILE``."""
    if options.max_mb <= 0:
        raise UsageError(Message(N_("Give a size in MB above 0.")))
    with session.opened(options) as ws:
        made = packing.pack(ws, Path(options.out), to=options.to, most_bytes=int(options.max_mb * _MIB))
    if options.json:
        items = [
            {"file": str(each.file), "to": each.to, "number": each.number, "changes": each.changes,
             "attachments": each.attachments, "size": each.size}
            for each in made
        ]  # fmt: skip
        output.write_json({"items": items, "total": len(items)})
    for each in () if options.json else made:
        changes = ngettext("{n} change", "{n} changes", each.changes)
        output.say(_("{file}: for {name}, {changes}", file=each.file.name, name=each.to, changes=changes))
    return 0


def inspect(options: Namespace) -> int:
    """``exchange inspect FILE…``."""
    with session.opened(options) as ws:
        found = applying.inspect(ws, applying.found_in(_given(options.files)))
    _tell(options, Import(found))
    return _code(found, conflicts=False)


def apply_(options: Namespace) -> int:
    """``exchange apply FILE|DIR… [--dry-run] [--accept-removals]``."""
    with session.opened(options) as ws:
        files = applying.found_in(_given(options.files))
        done = applying.apply(ws, files, dry_run=options.dry_run, accepted=lambda _hash: options.accept_removals)
    _tell(options, done)
    return _code(done.packages, conflicts=not options.dry_run)


def _given(names: Sequence[str]) -> list[Path]:
    return [Path(name) for name in names]


def _code(found: Sequence[Result], *, conflicts: bool) -> int:
    refused = [each.failure for each in found if each.failure is not None]
    if refused and len(found) == 1:
        return refused[0].exit_code
    if refused:
        return DamagedError.exit_code if len(refused) == len(found) else PARTLY
    return CONFLICTS if conflicts and any(each.conflicts for each in found) else 0


def _tell(options: Namespace, done: Import) -> None:
    if options.json:
        items = [
            {"file": str(each.file), "from": each.sender, "state": each.state, "new": each.new,
             "changed": each.changed, "removed": each.removed, "conflicts": each.conflicts,
             "attachments": each.attachments, "reason": _reason(each), "number": each.number,
             "purpose": each.purpose, "waiting": each.waiting, "taken_back": each.taken_back or None,
             "question": {"removed": each.asks, "of": each.of} if each.asks else None}
            for each in done.packages
        ]  # fmt: skip
        output.write_json({"packages": items, "import": done.run or None})
        return
    if not done.packages:
        output.say(_("There are no packages here."))
    for each in done.packages:
        parts = [_(_STATES[each.state])]
        if each.sender:
            parts.append(_("from {name}", name=each.sender))
        parts += [
            _("new {new}, changed {changed}, removed {removed}, two versions {conflicts}", new=each.new,
              changed=each.changed, removed=each.removed, conflicts=each.conflicts)
        ] if each.state in {"applied", "new"} else []  # fmt: skip
        output.say(f"{each.file.name}: {', '.join(parts)}")
        if _reason(each):
            output.say(f"  {_reason(each)}")
        if each.asks and each.state != "applied":
            output.say(_("  It removes {n} of {all} records here: --accept-removals agrees.", n=each.asks, all=each.of))
        if each.taken_back and each.state == "known":
            output.say(_("  It was taken back before: exchange redo {run} brings it again.", run=each.taken_back))


def _reason(each: Result) -> str:
    if each.failure is not None:
        return str(each.failure)
    if each.copied:
        return _("This laptop was copied: two work under one number. Ask its owner.")
    if each.waiting:
        return ngettext("{n} change waits: the sender may not make it.",
                        "{n} changes wait: the sender may not make them.", each.waiting)  # fmt: skip
    return ""


def status(options: Namespace) -> int:
    """``exchange status``."""
    with session.opened(options) as ws:
        found = standing.standings(ws)
        words = {each.peer.number: " ".join(standing.six_words(ws, each.peer)) for each in found if each.joined}
    if options.json:
        items = [
            {"name": each.peer.name, "laptop": each.peer.label, "role": each.peer.role, "joined": each.joined,
             "sent": each.sent, "confirmed": each.confirmed, "waiting": each.to_send + len(each.held_back),
             "to_send": each.to_send, "held_back": len(each.held_back), "missing": each.missing_numbers,
             "attachments": each.attachments, "attachments_confirmed": each.attachments_confirmed,
             "words": words.get(each.peer.number, ""), "compared": each.peer.compared}
            for each in found
        ]  # fmt: skip
        output.write_json({"counterparts": items})
        return 0
    heads = [_("Counterpart"), _("Laptop"), _("Sent"), _("Confirmed"), _("To send"), _("Held back"), _("Missing")]
    rows = [
        [each.peer.name, each.peer.label, str(each.sent), str(each.confirmed), str(each.to_send),
         str(len(each.held_back)), ", ".join(map(str, each.missing_numbers))]
        for each in found
    ]  # fmt: skip
    output.say(output.table(heads, rows) if rows else _("There is nobody to exchange data with yet."))
    for each in found:
        output.say(f"{each.peer.name}: {standing.delivered(each)}")
    return 0


def conflicts(options: Namespace) -> int:
    """``exchange conflicts``."""
    with session.opened(options) as ws:
        found = deciding.conflicts(ws)
        names = _names(ws)
    items = [
        {"id": each.id, "entity": each.entity.replace("_", "-"), "record": each.record, "field": each.field,
         "values": [{"value": version.value, "by": names.get(version.by, version.by), "at": _at(version.at),
                     "ours": version.ours} for version in each.versions]}
        for each in found
    ]  # fmt: skip
    if options.json:
        output.write_json({"items": items, "total": len(items)})
    elif not items:
        output.say(_("Nothing waits for a decision."))
    else:
        heads = [_("Id"), _("Kind of record"), _("Field"), _("Values")]
        rows = [
            [each.id, _(catalog.ENTITIES[each.entity].label) if each.entity in catalog.ENTITIES else each.entity,
             each.field, " | ".join(json.dumps(version.value, ensure_ascii=False) for version in each.versions)]
            for each in found
        ]  # fmt: skip
        output.say(output.table(heads, rows))
    return 0


def _names(ws: Workspace) -> dict[str, str]:
    return {each.id: each.name for each in workspaces.people(ws)}


def _at(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="seconds")


def resolve(options: Namespace) -> int:
    """``exchange resolve CONFLICT --take ours|theirs|value=JSON``."""
    take, _equals, text = options.take.partition("=")
    value: Any = None
    if take == "value":
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise UsageError(Message(N_('Write the value as JSON, e.g. value="94 374 00 00".'))) from error
    with session.opened(options) as ws:
        done = deciding.resolve(ws, options.conflict, take, value)
        left = len(deciding.conflicts(ws))
    if options.json:
        output.write_json({"commit": done.number, "left": left})
    else:
        output.say(ngettext("Settled. {n} more waits.", "Settled. {n} more wait.", left))
    return 0


def answer_recovery(options: Namespace) -> int:
    """``exchange answer-recovery FILE --out FILE``."""
    from progressus_desktop.services import office_recovery

    with session.opened(options) as ws:
        made = office_recovery.answer(ws, Path(options.file), Path(options.out))
    words = " ".join(made.words)
    if options.json:
        output.write_json({"file": str(made.file), "name": made.name, "words": list(made.words)})
    else:
        output.say(_("The answer for “{name}” is {file}.", name=made.name, file=made.file))
        output.say(_("Hand it over only if the person reads you these words: {words}", words=words))
    return 0


def redo(options: Namespace) -> int:
    """``exchange redo IMPORT``."""
    with session.opened(options) as ws:
        records = deciding.redo_import(ws, options.import_).records
    if options.json:
        output.write_json({"records": [{"entity": entity, "id": each} for entity, each in records]})
    else:
        output.say(ngettext("{n} record is back.", "{n} records are back.", len(records)))
    return 0


def undo(options: Namespace) -> int:
    """``exchange undo IMPORT``."""
    with session.opened(options) as ws:
        done = deciding.undo_import(ws, options.import_)
    records = [] if done.committed is None else list(done.committed.records)
    if options.json:
        output.write_json(
            {"records": [{"entity": entity, "id": each} for entity, each in records],
             "refused": [{"entity": entity, "id": each} for entity, each in done.refused]}
        )  # fmt: skip
    else:
        output.say(ngettext("{n} record is as it was before.", "{n} records are as they were before.", len(records)))
        if done.refused:
            output.say(ngettext("{n} record belongs to somebody else and stays.",
                                "{n} records belong to somebody else and stay.", len(done.refused)))  # fmt: skip
    return 0
