"""``exchange paper-key``, ``rescue`` and ``retire``: the office's key on paper, a new office, a laptop taken out."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from progressus_desktop.cli import output, passwords, session
from progressus_desktop.errors import DamagedError, NotFoundError
from progressus_desktop.services import applying, leaving, office_paper, rescuing, workspaces
from progressus_desktop.words import N_, Message, _, ngettext

_MOST = 4096
_PARTLY = 9


def paper_key(options: Namespace) -> int:
    """``exchange paper-key --out FILE.pdf``."""
    with session.opened(options) as ws:
        made = office_paper.sheet(ws, Path(options.out))
    if options.json:
        output.write_json({"file": str(made)})
    else:
        output.say(_("The sheet with the office's key is {file}. Print it and delete the file.", file=made))
    return 0


def rescue(options: Namespace) -> int:
    """``exchange rescue FILE|DIR… --paper-key FILE --user NAME --into DIR``."""
    typed = _typed(options.paper_key)
    files = applying.found_in(Path(name) for name in options.files)
    made = rescuing.rescue(
        files, typed, options.user, Path(options.into), passwords.password(options), session.program_clock()
    )
    try:
        about = workspaces.info(made.workspace)
    finally:
        made.workspace.close()
    failed = [each for each in made.files if each.failure is not None]
    if options.json:
        items = [
            {"file": str(each.file), "from": each.sender, "changes": each.added,
             "reason": str(each.failure) if each.failure is not None else ""}
            for each in made.files
        ]  # fmt: skip
        output.write_json({"workspace": about, "packages": items, "words": " ".join(made.words)})
    else:
        for each in made.files:
            changes = ngettext("{n} change", "{n} changes", each.added)
            output.say(f"{each.file.name}: {each.failure or f'{each.sender}, {changes}'}")
        output.say(_("The workspace “{name}” was made in {folder}.", name=about["name"], folder=about["folder"]))
        output.say(_("Compare these words with the sheet: {words}", words=" ".join(made.words)))
        output.say(_("Invite every laptop anew: it trusts the lost office only."))
    if not failed:
        return 0
    return DamagedError.exit_code if len(failed) == len(made.files) else _PARTLY


def retire(options: Namespace) -> int:
    """``exchange retire NAME [--back]``."""
    with session.opened(options) as ws:
        done = (leaving.take_in if options.back else leaving.take_out)(ws, options.name)
    if options.json:
        output.write_json({"name": done.name, "laptop": done.label, "role": done.role})
    elif options.back:
        output.say(_("The laptop {label} takes part again.", label=done.label))
    else:
        output.say(_("The laptop {label} is out of the project. Send packages, so that others know.", label=done.label))
    return 0


def _typed(name: str) -> str:
    """The key from a file; ``-`` is standard input."""
    try:
        if name == "-":
            return sys.stdin.read(_MOST)
        with Path(name).open(encoding="utf-8-sig") as file:
            return file.read(_MOST)
    except (OSError, ValueError) as error:
        hint = Message(N_("Nothing was changed. Check its name, and that it is a text in UTF-8."))
        raise NotFoundError(Message(N_("There is no file {path}."), {"path": Path(name).name}), hint=hint) from error
