"""Every command and option of interface.md; the commands themselves are imported only when run."""

from __future__ import annotations

import argparse
import importlib
from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import Any

from progressus_desktop.words import N_, _

# argparse's own words, so that the catalogue has them and help is in one language.
_ARGPARSE = (
    N_("usage: "), N_("options"), N_("positional arguments"), N_("show this help message and exit"),
    N_("the following arguments are required: %s"), N_("unrecognized arguments: %s"), N_("expected one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"), N_("argument %(argument_name)s: %(message)s"),
    N_("invalid %(type)s value: %(value)r"), N_("expected at least one argument"),
)  # fmt: skip


_GREATEST = 10**15
"""Beyond any number that a command could mean; the database holds no much larger ones."""


def number(text: str) -> int:
    """A whole number as a command means it."""
    found = int(text)
    if abs(found) > _GREATEST:
        raise ValueError
    return found


def size(text: str) -> float:
    """A number of megabytes."""
    found = float(text)
    if not abs(found) < _GREATEST:  # not a number is refused too
        raise ValueError
    return found


def _later(module: str, function: str) -> Callable[[Namespace], int]:
    def run(options: Namespace) -> int:
        found = importlib.import_module(f"progressus_desktop.cli.{module}")
        return int(getattr(found, function)(options))

    return run


def _common() -> argparse.ArgumentParser:
    """Global options; they may stand before or after the command, so nothing is written unless given."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = common.add_argument_group(_("options of every command"))
    group.add_argument("--workspace", metavar="DIR", help=_("the workspace; else the last one opened"))
    group.add_argument("--as", dest="as_", metavar="NAME", help=_("who works; else the last person"))
    group.add_argument("--password-file", metavar="FILE", help=_("the password is its first line; - is standard input"))
    group.add_argument("--json", action="store_true", help=_("print one JSON document"))
    group.add_argument("--lang", choices=("pl", "en"), help=_("language of texts"))
    return common


class _Commands:
    """Adds subcommands that share the global options."""

    def __init__(self, parser: argparse.ArgumentParser, common: argparse.ArgumentParser, where: str) -> None:
        self._common = common
        self._sub = parser.add_subparsers(
            title=_("commands"), metavar=_("COMMAND"), dest=where, required=where != "command"
        )

    def add(self, name: str, text: str, module: str = "", function: str = "") -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = self._sub.add_parser(
            name, help=text, description=text, parents=[self._common], argument_default=argparse.SUPPRESS,
            allow_abbrev=False,
        )  # fmt: skip
        if module:
            made.set_defaults(run=_later(module, function))
        return made


def parser(kind: type[argparse.ArgumentParser], argv: Sequence[str]) -> argparse.ArgumentParser:
    """The command line; of the groups of commands only those that ``argv`` names have their commands."""
    _translate_argparse()
    common = _common()
    top = kind(
        prog="progressus-desktop",
        description=_("Events and partners of a project, recorded offline. Without a command the window opens."),
        parents=[common],
        allow_abbrev=False,
    )
    top.add_argument("--version", action="store_true", help=_("print the version"), default=argparse.SUPPRESS)
    commands = _Commands(top, common, "command")
    _demo(commands)
    workspace = commands.add("workspace", _("make, look at, back up, restore a workspace"))
    records = commands.add("records", _("list, show, add and change records"))
    _work(commands)
    exchange = commands.add("exchange", _("swap packages with the office and other laptops"))
    _tables(commands)
    report = commands.add("report", _("write a PDF, or check one"), "reports", "report")
    for name, group, fill in (
        ("workspace", workspace, _workspace), ("records", records, _records), ("exchange", exchange, _exchange),
        ("report", report, _report),
    ):  # fmt: skip
        if name in argv:
            fill(group, common)
    return top


def _translate_argparse() -> None:
    """Let argparse take its words from our catalogue; it has no other way than its module's name ``_``."""
    module: Any = argparse
    module._ = _plain


def _plain(text: str) -> str:
    return _(text)


def _demo(commands: _Commands) -> None:
    demo = commands.add("demo", _("make a workspace with sample data and its PDFs"), "demo", "make")
    demo.add_argument("--into", metavar="DIR", default=".", help=_("the folder for the workspace and its PDFs"))
    demo.add_argument("--no-window", action="store_true", default=False, help=_("do not open the window"))


def _workspace(parser_: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    commands = _Commands(parser_, common, "workspace_command")
    create = commands.add("create", _("make a workspace"), "workspace", "create")
    create.add_argument("folder", metavar="DIR")
    create.add_argument("--role", choices=("office", "tester"), required=True)
    create.add_argument("--project", metavar="FILE.json", required=True, help=_("fields of the project"))
    create.add_argument("--org", metavar="NAME", default="", help=_("name of your organisation"))
    create.add_argument("--user", metavar="NAME", default="", help=_("your first and last name"))
    commands.add("info", _("what this workspace is and holds"), "workspace", "info")
    check = commands.add("check", _("check database, log and attachments"), "workspace", "check")
    check.add_argument("--rebuild", action="store_true", default=False, help=_("build all lists again from the log"))
    commands.add("lock-status", _("whether another program has it open"), "workspace", "lock_status")
    backup = commands.add("backup", _("make a verified backup"), "workspace", "backup")
    backup.add_argument("--to", metavar="DIR", required=True)
    restore = commands.add("restore", _("restore a backup into a new folder"), "workspace", "restore")
    restore.add_argument("backup", metavar="BACKUP")
    restore.add_argument("--into", metavar="DIR", required=True)
    what = _("code of the recovery sheet; the password is new")
    restore.add_argument("--code", metavar="CODE", default="", help=what)
    password = commands.add("password", _("change the password"), "workspace", "password")
    sheet = commands.add("recovery-sheet", _("print a new recovery sheet; the old one ends"), "workspace", "sheet")
    sheet.add_argument("--out", metavar="FILE.pdf", required=True)
    recover = commands.add("recover", _("set a new password without the old one"), "workspace", "recover")
    way = recover.add_mutually_exclusive_group(required=True)
    way.add_argument("--code", metavar="CODE", default="", help=_("the code of the recovery sheet"))
    way.add_argument("--request", metavar="OUT", default="", help=_("write a request for the office"))
    way.add_argument("--office-answer", metavar="FILE", default="", help=_("the office's answer to the request"))
    help_ = commands.add(
        "office-recovery", _("may the office help with a forgotten password"), "workspace", "office_help"
    )
    help_.add_argument("state", choices=("on", "off", "show"))
    for each in (password, recover):
        each.add_argument(
            "--new-password-file", metavar="FILE", default="", help=_("the new password is its first line")
        )


def _records(parser_: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    parser_.add_argument("entity", metavar=_("ENTITY"), help=_("partner, event, contact … (see schema)"))
    commands = _Commands(parser_, common, "records_command")
    listing = commands.add("list", _("list records"), "records", "list_")
    listing.add_argument("--filter", metavar=_("TEXT"), default="", help=_("words to look for"))
    listing.add_argument("--where", metavar=_("FIELD=VALUE"), action="append", default=[])
    listing.add_argument("--sort", metavar=_("FIELD"), default="", help=_("a field; with - before it, downwards"))
    listing.add_argument("--limit", metavar="N", type=number, default=None)
    listing.add_argument("--offset", metavar="N", type=number, default=0)
    add = commands.add("add", _("add records: JSON object or JSON lines on standard input"), "records", "add")
    add.add_argument("--draft", action="store_true", default=False, help=_("keep errors, as a draft"))
    for name, text in (
        ("show", _("show a record")), ("history", _("what was changed, by whom and when")),
        ("remove", _("put a record into the bin")), ("restore", _("take a record out of the bin")),
        ("ready", _("mark a record as ready")), ("draft", _("make a record a draft again")),
        ("archive", _("put a record into the archive")),
    ):  # fmt: skip
        commands.add(name, text, "records", name).add_argument("id", metavar="ID", help=_("an id or a code"))
    merge = commands.add("merge", _("make one record of two"), "merging", "merge")
    merge.add_argument("keep", metavar="KEEP", help=_("the record that stays: an id or a code"))
    merge.add_argument("drop", metavar="DROP", help=_("the record that is merged into it: an id or a code"))
    merge.add_argument(
        "--take", metavar=_("FIELD=keep|drop"), action="append", default=[], help=_("whose value of a field stays")
    )
    commands.add("unmerge", _("take a merged record apart again"), "merging", "unmerge").add_argument(
        "id", metavar="MERGE", help=_("the merged record: an id or a code")
    )
    change = commands.add("set", _("change fields: a JSON object on standard input"), "records", "set_")
    change.add_argument("id", metavar="ID", help=_("an id or a code"))
    change.add_argument("--draft", action="store_true", default=False, help=_("keep errors, as a draft"))
    change.add_argument("--if-version", metavar="V", default="", help=_("only if the record still has this version"))


def _work(commands: _Commands) -> None:
    undo = commands.add("undo", _("undo your last change"), "work", "undo")
    undo.add_argument("--steps", metavar="N", type=number, default=1)
    commands.add("redo", _("do again what was undone"), "work", "redo")
    search = commands.add("search", _("search everything"), "work", "search")
    search.add_argument("text", metavar=_("TEXT"), nargs="+")
    photo = commands.add("photo", _("photos and files of an event or a partner"))
    photos = _Commands(photo, photo_common(commands), "photo_command")
    add = photos.add("add", _("add photos or files to an event or a partner"), "work", "photo_add")
    add.add_argument("event", metavar=_("EVENT"), help=_("an id or a code; a partner's too"))
    add.add_argument("files", metavar=_("FILE"), nargs="+")
    add.add_argument("--alt", metavar=_("TEXT"), default="", help=_("description for a screen reader"))
    add.add_argument("--caption", metavar=_("TEXT"), default="", help=_("caption"))
    erase = commands.add("erase", _("erase personal data, here and everywhere"), "work", "erase")
    erase.add_argument("entity", metavar=_("ENTITY"))
    erase.add_argument("id", metavar="ID", help=_("an id or a code"))
    erase.add_argument("--reason", metavar=_("TEXT"), required=True)
    refuse = commands.add("refuse", _("refuse a request for erasure, with a letter"), "work", "refuse")
    refuse.add_argument("entity", metavar=_("ENTITY"))
    refuse.add_argument("id", metavar="ID", help=_("a person, a contact or a row of a named list: an id or a code"))
    refuse.add_argument("--ground", metavar="CODE", default="", help=_("of the code list refusal_ground"))
    refuse.add_argument("--reason", metavar=_("TEXT"), default="", help=_("in own words"))
    refuse.add_argument("--asked", metavar=_("DATE"), default="", help=_("when the person asked"))
    refuse.add_argument("--out", metavar="FILE", default="", help=_("the letter as PDF; without --ground the last one"))
    erasures = commands.add("erasures", _("what was erased, and which laptops confirmed it"), "work", "erasures")
    erasures.add_argument("--out", metavar="FILE", default="", help=_("write the protocol as PDF"))
    commands.add("retention", _("what personal data may be deleted now, and why"), "work", "retention")
    schema = commands.add("schema", _("every field of the record types"), "work", "schema")
    schema.add_argument("entity", metavar=_("ENTITY"), nargs="?", default="")


def photo_common(commands: _Commands) -> argparse.ArgumentParser:
    """The global options of these commands, for subcommands of their own."""
    return commands._common  # noqa: SLF001 - the same module


def _exchange(parser_: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    commands = _Commands(parser_, common, "exchange_command")
    invite = commands.add("invite", _("office: write a setup file for a laptop"), "exchange", "invite")
    invite.add_argument("--org", metavar=_("NAME"), required=True, help=_("name of the organisation"))
    invite.add_argument("--out", metavar="FILE", required=True)
    join = commands.add("join", _("join a project with a setup file"), "exchange", "join")
    join.add_argument("file", metavar="FILE")
    join.add_argument("--into", metavar="DIR", default="", help=_("the folder for the new workspace"))
    join.add_argument("--code", metavar="CODE", required=True, help=_("the code that the office told"))
    join.add_argument("--user", metavar=_("NAME"), required=True, help=_("your first and last name"))
    pack = commands.add("pack", _("write packages with what the others have not confirmed"), "exchange", "pack")
    pack.add_argument("--to", metavar=_("NAME"), default="", help=_("one counterpart; else everybody"))
    pack.add_argument("--out", metavar="DIR|FILE", required=True)
    pack.add_argument("--max-mb", metavar="N", type=size, default=8.0, help=_("largest size of a file in MB"))
    inspect = commands.add("inspect", _("what packages hold; changes nothing"), "exchange", "inspect")
    inspect.add_argument("files", metavar="FILE", nargs="+")
    take = commands.add("apply", _("take what is new from packages"), "exchange", "apply_")
    take.add_argument("files", metavar="FILE|DIR", nargs="+")
    take.add_argument("--dry-run", action="store_true", default=False, help=_("only say what would happen"))
    agree = _("also packages that remove more than a tenth of the records here")
    take.add_argument("--accept-removals", action="store_true", default=False, help=agree)
    commands.add("status", _("sent, confirmed, waiting, missing"), "exchange", "status")
    commands.add("conflicts", _("values of which there are two versions"), "exchange", "conflicts")
    resolve = commands.add("resolve", _("settle two versions"), "exchange", "resolve")
    resolve.add_argument("conflict", metavar="CONFLICT")
    resolve.add_argument("--take", metavar="ours|theirs|value=JSON", required=True)
    answer = commands.add("answer-recovery", _("office: answer to a forgotten password"), "exchange", "answer_recovery")
    answer.add_argument("file", metavar="FILE")
    answer.add_argument("--out", metavar="FILE", required=True)
    paper = commands.add("paper-key", _("office: print a key that opens its packages"), "rescue", "paper_key")
    paper.add_argument("--out", metavar="FILE.pdf", required=True)
    saved = commands.add("rescue", _("a new office of the packages that are left"), "rescue", "rescue")
    saved.add_argument("files", metavar="FILE|DIR", nargs="+")
    saved.add_argument("--paper-key", metavar="FILE", required=True, help=_("a file with the key from the sheet"))
    saved.add_argument("--user", metavar=_("NAME"), required=True)
    saved.add_argument("--into", metavar="DIR", required=True, help=_("the folder for the new workspace"))
    _retire(commands)
    again = commands.add("redo", _("bring an import again that was taken back"), "exchange", "redo")
    again.add_argument("import_", metavar="IMPORT", type=number)
    back = commands.add("undo", _("take back an import"), "exchange", "undo")
    back.add_argument("import_", metavar="IMPORT", type=number)


def _retire(commands: _Commands) -> None:
    out = commands.add("retire", _("office: take a lost laptop out of the project"), "rescue", "retire")
    out.add_argument("name", metavar=_("NAME"), help=_("prefix and letter of the laptop, see status"))
    out.add_argument("--back", action="store_true", default=False, help=_("let it take part again"))


def _tables(commands: _Commands) -> None:
    export = commands.add("export", _("write a list as a table"), "tables", "export")
    export.add_argument("entity", metavar=_("ENTITY"))
    export.add_argument("file", metavar="FILE.csv|FILE.xlsx")
    export.add_argument("--filter", metavar=_("TEXT"), default="", help=_("words to look for"))
    imported = commands.add("import", _("take in a table, CSV or XLSX"), "tables", "import_")
    imported.add_argument("entity", metavar=_("ENTITY"))
    imported.add_argument("file", metavar="FILE")
    imported.add_argument("--dry-run", action="store_true", default=False, help=_("only say what would happen"))
    imported.add_argument(
        "--accept", metavar="new,changed,doubtful", default="new,changed", help=_("what is taken; the rest is listed")
    )


def _report(report: argparse.ArgumentParser, _common: argparse.ArgumentParser) -> None:
    from progressus_desktop.services.reporting_kinds import NAMES as REPORTS

    report.add_argument("kind", metavar=_("KIND"), choices=(*REPORTS, "check"), help=", ".join((*REPORTS, "check")))
    report.add_argument("file", metavar="FILE.pdf", nargs="?", default="", help=_("the PDF to check"))
    report.add_argument("--id", metavar="ID", default="", help=_("what it is about: an id or a code"))
    report.add_argument("--month", metavar=_("YYYY-MM"), default="", help=_("the month"))
    report.add_argument("--from", dest="date_from", metavar=_("YYYY-MM-DD"), default="", help=_("the first day"))
    report.add_argument("--to", dest="date_to", metavar=_("YYYY-MM-DD"), default="", help=_("the last day"))
    report.add_argument("--name", metavar=_("TEXT"), default="", help=_("whose certificate it is"))
    report.add_argument("--large-print", action="store_true", default=False, help=_("text of 16 points"))
    report.add_argument("--landscape", action="store_true", default=False, help=_("the attendance sheet, wide"))
    report.add_argument("--plain", action="store_true", default=False, help=_("a form in plain language"))
    report.add_argument("--out", metavar="FILE.pdf", default="", help=_("the file to write"))
