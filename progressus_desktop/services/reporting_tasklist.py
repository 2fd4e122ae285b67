"""From the list of tasks, as it is filtered and ordered, to its print."""

from __future__ import annotations

from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Values
from progressus_desktop.reports import task_list as pages
from progressus_desktop.reports.task_list import Task, TaskList
from progressus_desktop.services import reporting
from progressus_desktop.services import reporting_kinds as kinds
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_source import Render, Snapshot
from progressus_desktop.services.taskstate import with_weekday
from progressus_desktop.words import ngettext

if TYPE_CHECKING:
    from progressus_desktop.store.query import View
    from progressus_desktop.store.workspace import Workspace

MOST = 500
"""More tasks are no list to work by: the first ones are printed and the others counted."""


def write(ws: Workspace, view: View, target: Path) -> Path:
    """Print the tasks of a view as PDF to ``target``.

    Raises:
        StorageError: the file cannot be written; an older one is untouched.
    """
    return reporting.put(target, reporting.drawn(ws, partial(_gathered, view=view)), kinds.PDF)


def _gathered(snapshot: Snapshot, view: View) -> Render:
    from progressus_desktop.store import query

    total = query.count(snapshot.connection, "task", view)
    people = snapshot.sees_people
    found = islice(query.each(snapshot.ws, "task", view, snapshot.connection), MOST)
    tasks = [_task({**each.derived, **each.fields}) for each in found]
    more = max(total - MOST, 0)
    left_out = ngettext(
        "{n} more task is not printed. Narrow the list with its filters.",
        "{n} more tasks are not printed. Narrow the list with its filters.",
        more,
    )
    made = TaskList(
        organisation=snapshot.organisation,
        tasks=tasks,
        total=ngettext("{n} task.", "{n} tasks.", total),
        left_out=left_out if more else "",
        people=people,
    )
    return partial(pages.render, made)


def _task(values: Values) -> Task:
    state = say.text(values, "state") or "open"
    words = codelists.word("task_state", state)
    return Task(
        what=say.text(values, "what"),
        exactly=say.text(values, "note"),
        about=say.text(values, "about"),
        who=say.text(values, "who"),
        due=with_weekday(say.text(values, "due")),
        state=f"{words} {say.day(say.text(values, 'done_on'))}".strip() if state == "done" else words,
    )
