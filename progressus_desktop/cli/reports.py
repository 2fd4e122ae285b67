"""``report KIND …`` and ``report check FILE.pdf``."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from progressus_desktop.cli import output, session
from progressus_desktop.errors import DamagedError, UsageError
from progressus_desktop.services import reporting
from progressus_desktop.services.reporting_kinds import ASKING
from progressus_desktop.words import N_, Message, _, language


def report(options: Namespace) -> int:
    """Write a report, or check a PDF."""
    if options.kind == "check":
        return _check(options)
    if not options.out:
        raise UsageError(Message(N_("Give the file to write with --out.")))
    kind = reporting.known(options.kind)
    if kind.span == "month" and not options.month:
        raise UsageError(Message(N_("Give the month with --month, for example 2026-11.")))
    if kind.about and not kind.span and not options.id:
        raise UsageError(Message(N_("Say with --id what the report is about.")), hint=Message(ASKING[kind.about]))
    with session.opened(options) as ws:
        target = reporting.export(
            ws, kind.name, Path(options.out), record_id=options.id, month=options.month, date_from=options.date_from,
            date_to=options.date_to, lang=options.lang or language(), large_print=options.large_print,
            landscape=options.landscape, plain=options.plain, name=options.name,
        )  # fmt: skip
    if options.json:
        output.write_json({"file": str(target)})
    else:
        output.say(_("Written: {file}", file=target))
    return 0


def _check(options: Namespace) -> int:
    if not options.file:
        raise UsageError(Message(N_("Name the PDF to check.")))
    findings = [str(each) for each in reporting.check_file(Path(options.file))]
    if options.json:
        output.write_json({"ok": not findings, "findings": findings})
    else:
        output.say("\n".join(findings) or _("Nothing was found: the file meets the checks of this program."))
    return DamagedError.exit_code if findings else 0
