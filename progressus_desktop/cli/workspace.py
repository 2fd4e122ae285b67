"""``workspace …``: make, look at, check, back up, restore, change and recover the password."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from pathlib import Path
from typing import Any

from progressus_desktop.cli import output, passwords, session
from progressus_desktop.domain import catalog, codelists
from progressus_desktop.errors import DamagedError, NotFoundError, ValidationError
from progressus_desktop.services import keeping, recovery, workspaces
from progressus_desktop.store import check as checking
from progressus_desktop.store import lock
from progressus_desktop.words import N_, Message, _

_MOST_BYTES = 1024 * 1024


def _project(name: str) -> dict[str, Any]:
    """The project's fields from a JSON file.

    Raises:
        NotFoundError: the file cannot be read.
        ValidationError: it is no JSON object.
    """
    path = Path(name)
    try:
        with path.open(encoding="utf-8-sig") as file:
            found = json.loads(file.read(_MOST_BYTES))
    except OSError as error:
        message = Message(N_("The file “{name}” could not be read."), {"name": path.name})
        hint = Message(N_("Nothing was changed. Check the name and whether the file can be read."))
        raise NotFoundError(message, hint=hint) from error
    except (ValueError, RecursionError) as error:
        raise _no_object(path) from error
    if not isinstance(found, dict):
        raise _no_object(path)
    return found


def _no_object(path: Path) -> ValidationError:
    hint = Message(N_("Nothing was made. Write an object with the fields of the project."))
    return ValidationError(Message(N_("“{name}” holds no JSON object."), {"name": path.name}), hint=hint)


def create(options: Namespace) -> int:
    """``workspace create DIR``."""
    project = _project(options.project)
    ws = workspaces.create(
        Path(options.folder), passwords.password(options), session.program_clock(),
        role=options.role, project=project, org=options.org, user=options.user,
    )  # fmt: skip
    try:
        about = workspaces.info(ws)
        if options.json:
            output.write_json(about)
        else:
            output.say(_("The workspace “{name}” was made in {folder}.", name=ws.name, folder=about["folder"]))
            output.say(_("Print its recovery sheet now: workspace recovery-sheet --out FILE.pdf"))
    finally:
        ws.close()
    return 0


def info(options: Namespace) -> int:
    """``workspace info``."""
    with session.opened(options) as ws:
        about = workspaces.info(ws)
    if options.json:
        output.write_json(about)
        return 0
    person, organisation = about["person"] or {}, about["organisation"] or {}
    output.say(
        output.pairs(
            {
                _("Workspace"): about["name"],
                _("Folder"): about["folder"],
                _("Project"): about["project"]["name"] or "",
                _("Made for"): codelists.word("user_role", about["role"]),
                _("Working now"): person.get("name", ""),
                _("Organisation"): organisation.get("name", ""),
                _("Codes begin with"): about["code_prefix"],
            }
        )
    )
    for name, count in about["counts"].items():
        output.say(f"  {_(catalog.ENTITIES[name].plural)}: {count}")
    return 0


def check(options: Namespace) -> int:
    """``workspace check``: 0, or 5 when something was found."""
    with session.opened(options) as ws:
        report = checking.check(ws, rebuild=options.rebuild)
        findings = [str(each) for each in report.findings]
    if options.json:
        output.write_json({"ok": report.ok, "findings": findings})
    elif report.ok:
        output.say(_("Everything is in order: database, log and attachments."))
    else:
        output.say("\n".join(findings))
    return 0 if report.ok else DamagedError.exit_code


def lock_status(options: Namespace) -> int:
    """``workspace lock-status``: needs no password."""
    folder = session.folder(options)
    if not (folder / "workspace.json").is_file():
        raise DamagedError(Message(N_("“{name}” is not a workspace of this program."), {"name": folder.name}))
    held = lock.held(folder)
    process, host = lock.holder(folder) if held else ("", "")
    if options.json:
        output.write_json({"locked": held, "process": process, "host": host})
    elif held:
        output.say(_("The workspace is open in process {process} on {host}.", process=process, host=host))
    else:
        output.say(_("No program has the workspace open."))
    return 0


def backup(options: Namespace) -> int:
    """``workspace backup --to DIR``."""
    with session.opened(options) as ws:
        made = keeping.backup(ws, Path(options.to))
    if options.json:
        output.write_json({"file": str(made)})
    else:
        output.say(_("The backup was made and checked: {file}", file=made))
    return 0


def restore(options: Namespace) -> int:
    """``workspace restore BACKUP --into DIR [--code CODE]``; with a code the password given becomes the new one."""
    secret = passwords.password(options)
    opens = options.code or secret
    ws = keeping.restore(Path(options.backup), Path(options.into), session.program_clock(), opens)
    try:
        if options.code:
            recovery.set_password(ws, secret)
        if options.json:
            output.write_json({"workspace": str(Path(options.into).resolve()), "device": ws.replica.id.hex()})
        else:
            output.say(_("The backup was restored into {folder}.", folder=options.into))
    finally:
        ws.close()
    return 0


def _said(options: Namespace, text: str) -> int:
    if options.json:
        output.write_json({"done": True})
    else:
        output.say(text)
    return 0


def password(options: Namespace) -> int:
    """``workspace password``."""
    with session.opened(options) as ws:
        recovery.set_password(ws, passwords.new_password(options))
    return _said(options, _("The password was changed."))


def sheet(options: Namespace) -> int:
    """``workspace recovery-sheet --out FILE.pdf``."""
    with session.opened(options) as ws:
        made = recovery.sheet(ws, Path(options.out))
    if options.json:
        output.write_json({"file": str(made)})
        return 0
    return _said(options, _("The recovery sheet was written: {file}. An older sheet is void now.", file=made))


def office_help(options: Namespace) -> int:
    """``workspace office-recovery on|off|show``."""
    from progressus_desktop.services import office_recovery

    with session.opened(options) as ws:
        if options.state == "on":
            office_recovery.turn_on(ws)
        elif options.state == "off":
            office_recovery.turn_off(ws)
        on = office_recovery.is_on(ws.folder)
    if options.json:
        output.write_json({"on": on})
        return 0
    words = _("The office can help with a forgotten password.") if on else _("The office cannot open this workspace.")
    return _said(options, words)


def recover(options: Namespace) -> int:
    """``workspace recover``: the password given becomes the new one; with ``--request`` the office is asked first."""
    from progressus_desktop.services import office_recovery

    if options.request:
        words = office_recovery.request(session.folder(options), Path(options.request))
        if options.json:
            output.write_json({"file": options.request, "words": list(words)})
            return 0
        return _said(options, _("Send the file to the office and read it these words: {words}", words=" ".join(words)))
    given = options.new_password_file or "PROGRESSUS_NEW_PASSWORD" in os.environ
    new = passwords.new_password(options) if given else passwords.password(options)
    folder, clock = session.folder(options), session.program_clock()
    if options.office_answer:
        office_recovery.recover(folder, Path(options.office_answer), new, clock)
    else:
        recovery.recover(folder, options.code, new, clock)
    return _said(options, _("The workspace has a new password."))
