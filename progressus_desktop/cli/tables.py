"""``export ENTITY FILE.csv|FILE.xlsx`` and ``import ENTITY FILE``."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from progressus_desktop.cli import output, session
from progressus_desktop.domain import catalog
from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import UsageError
from progressus_desktop.services import tables_in, tables_out
from progressus_desktop.services.tables_in import StagedRow, Staging, State, count_words
from progressus_desktop.store.query import View
from progressus_desktop.words import N_, Message, _, ngettext

_MOST_LISTED = 50


def export(options: Namespace) -> int:
    """Write the list of an entity, filtered, as a table."""
    of = catalog.entity(options.entity)
    target = Path(options.file)
    with session.opened(options) as ws:
        rows = tables_out.export(ws, of.name, View(text=options.filter), target)
    if options.json:
        output.write_json({"file": str(target), "rows": rows})
    else:
        output.say(ngettext("{n} record written: {file}", "{n} records written: {file}", rows, file=target))
    return 0


def import_(options: Namespace) -> int:
    """Take a table in through its staging."""
    of = catalog.entity(options.entity)
    accepted = _accepted(options.accept)
    with session.opened(options) as ws:
        plan = tables_in.stage(ws, of.name, Path(options.file))
        chosen = plan.chosen(accepted)
        done = None if options.dry_run else tables_in.apply(ws, plan, chosen)
    left = [row for row in plan.rows if row.state is not State.SAME and row not in _Lines(chosen)]
    if options.json:
        output.write_json(_document(plan, chosen, left, done, dry_run=options.dry_run))
    else:
        _tell(plan, chosen, left, dry_run=options.dry_run)
    return 0


def _accepted(text: str) -> tuple[State, ...]:
    allowed = {State.NEW, State.CHANGED, State.DOUBTFUL}
    names = [each.strip() for each in text.split(",") if each.strip()]
    wrong = [each for each in names if each not in allowed]
    if wrong or not names:
        hint = Message(N_("Choose among: new, changed, doubtful."))
        shown = {"name": wrong[0] if wrong else text}
        raise UsageError(Message(N_("“{name}” cannot be accepted."), shown), hint=hint)
    return tuple(State(each) for each in names)


class _Lines:
    """Whether a row is among some, told by its line."""

    def __init__(self, rows: Sequence[StagedRow]) -> None:
        self._ids = {id(row) for row in rows}

    def __contains__(self, row: StagedRow) -> bool:
        return id(row) in self._ids


def _row(row: StagedRow) -> dict[str, Any]:
    return {
        "line": row.line,
        "state": row.state.value,
        "id": row.record,
        "title": row.title,
        "cells": [
            {"field": cell.column.name, "column": cell.column.head, "from": cell.before, "to": cell.after}
            for cell in row.cells
        ],
        "reasons": [str(each) for each in row.reasons],
        "remarks": [str(each) for each in row.remarks],
    }


def _document(
    plan: Staging, chosen: Sequence[StagedRow], left: Sequence[StagedRow], done: Committed | None, *, dry_run: bool
) -> dict[str, Any]:
    return {
        "counts": plan.counts(),
        "notes": [str(each) for each in plan.notes],
        "rows": [_row(row) for row in plan.rows if row.state is not State.SAME],
        "applied": 0 if dry_run or done is None else len(chosen),
        "ids": [record_id for entity, record_id in done.records if entity == plan.of.name] if done else [],
        "left_out": [_row(row) for row in left],
        "dry_run": dry_run,
    }


def _tell(plan: Staging, chosen: Sequence[StagedRow], left: Sequence[StagedRow], *, dry_run: bool) -> None:
    for note in plan.notes:
        output.say(str(note))
    counts = plan.counts()
    output.say(
        ", ".join(str(count_words(state, counts[state])) for state in State if counts[state]) or _("Nothing new.")
    )
    if dry_run:
        _list(_("Would be written:"), chosen, _changes)
    elif chosen:
        output.say(ngettext("{n} row written.", "{n} rows written.", len(chosen)))
    else:
        output.say(_("Nothing was written."))
    if left:
        _list(_("Left out:"), left, _why)


def _list(title: str, rows: Sequence[StagedRow], words: Callable[[StagedRow], list[str]]) -> None:
    if not rows:
        return
    output.say(title)
    for row in rows[:_MOST_LISTED]:
        output.say("  " + _("line {n}: {name}", n=row.line, name=row.title))
        for each in words(row):
            output.say(f"    {each}")
    more = len(rows) - _MOST_LISTED
    if more > 0:
        output.say("  " + ngettext("and {n} more row", "and {n} more rows", more))


def _changes(row: StagedRow) -> list[str]:
    return [f"{cell.column.head}: {cell.before or '–'} → {cell.after or '–'}" for cell in row.cells]


def _why(row: StagedRow) -> list[str]:
    return [str(each) for each in (*row.reasons, *row.remarks)]
