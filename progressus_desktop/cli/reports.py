"""``report KIND …`` and ``report check FILE.pdf``."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from progressus_desktop.cli import output, session
from progressus_desktop.domain.fields import Level
from progressus_desktop.errors import DamagedError, UsageError
from progressus_desktop.services import reporting
from progressus_desktop.services.reporting_kinds import ASKING
from progressus_desktop.services.reporting_lacks import Lack, lacks
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.words import N_, Message, _, language


def report(options: Namespace) -> int:
    """Write a report, or check a PDF."""
    if options.kind == "check":
        return _check(options)
    if not options.out:
        raise UsageError(Message(N_("Give the file to write with --out.")))
    kind = reporting.known(options.kind)
    if kind.span == "month" and not (options.month or options.id):
        raise UsageError(Message(N_("Give the month with --month, for example 2026-11.")))
    if kind.about and not kind.span and not options.id:
        raise UsageError(Message(N_("Say with --id what the report is about.")), hint=Message(ASKING[kind.about]))
    asked = Asked(
        options.id, options.month, options.date_from, options.date_to, "", options.large_print, options.landscape,
        options.plain, options.name,
    )  # fmt: skip
    lang = options.lang or language()
    with session.opened(options) as ws:
        target = reporting.write(ws, kind.name, Path(options.out), asked, lang)
        missing = lacks(ws, kind.name, asked)
    if options.json:
        output.write_json({"file": str(target), "problems": [_problem(each) for each in missing]})
        return 0
    for each in missing:
        output.tell(f"{'×' if each.level is Level.ERROR else '!'} {each}")
    output.say(_("Written: {file}", file=target))
    return 0


def _problem(lack: Lack) -> dict[str, str]:
    return {
        "entity": lack.entity, "id": lack.record_id, "field": lack.field, "level": lack.level.value,
        "message": str(lack),
    }  # fmt: skip


def _check(options: Namespace) -> int:
    if not options.file:
        raise UsageError(Message(N_("Name the PDF to check.")))
    findings = [str(each) for each in reporting.check_file(Path(options.file))]
    if options.json:
        output.write_json({"ok": not findings, "findings": findings})
    else:
        output.say("\n".join(findings) or _("Nothing was found: the file meets the checks of this program."))
    return DamagedError.exit_code if findings else 0
