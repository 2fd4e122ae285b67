"""``export ENTITY FILE.csv``."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from progressus_desktop.cli import output, session
from progressus_desktop.domain import catalog
from progressus_desktop.errors import UsageError
from progressus_desktop.services import tables_out
from progressus_desktop.store.query import View
from progressus_desktop.words import N_, Message, ngettext


def export(options: Namespace) -> int:
    """Write the list of an entity, filtered, as CSV."""
    of = catalog.entity(options.entity)
    target = Path(options.file)
    if target.suffix.lower() != ".csv":
        hint = Message(N_("Give a file name that ends with .csv."))
        raise UsageError(Message(N_("Tables are written as CSV.")), hint=hint)
    with session.opened(options) as ws:
        rows = tables_out.export_csv(ws, of.name, View(text=options.filter), (), target)
    if options.json:
        output.write_json({"file": str(target), "rows": rows})
    else:
        output.say(ngettext("{n} record written: {file}", "{n} records written: {file}", rows, file=target))
    return 0
