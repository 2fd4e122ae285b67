"""The list of tasks on paper: what is to be done, about what, by whom, until when, and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from progressus_desktop.reports import blocks, theme
from progressus_desktop.reports.sections import listed
from progressus_desktop.reports.setting import Setting
from progressus_desktop.reports.tables import Cell, Column, Row
from progressus_desktop.reports.text import Run, bold
from progressus_desktop.words import _


@dataclass(frozen=True, slots=True)
class Task:
    """One task in words; ``exactly`` stands below what is to be done."""

    what: str
    exactly: str
    about: str
    who: str
    due: str
    state: str


@dataclass(frozen=True, slots=True)
class TaskList:
    """Tasks in the order of the list; ``people`` is off for somebody who may not take names out."""

    organisation: str
    tasks: Sequence[Task] = ()
    total: str = ""
    left_out: str = ""
    people: bool = True


def render(tasks: TaskList, setting: Setting) -> bytes:
    """The list as a finished PDF file."""
    title = _("List of tasks")
    document = setting.document(title, "", title, running=tasks.organisation, subject=title)
    blocks.opening(document, tasks.organisation, title)
    document.paragraph([bold(f"{tasks.total} "), f"{setting.as_of}."], theme.STAMP, after=4)
    columns = [Column(_("What to do"), share=190), Column(_("Due on"), width=84), Column(_("State"), share=84)]
    if tasks.people:
        columns[1:1] = [Column(_("About"), share=130), Column(_("Who"), share=70)]
    rows = [Row(_cells(each, people=tasks.people)) for each in tasks.tasks]
    listed(
        document, _("Tasks"), columns, rows, name=_("Tasks"), empty=_("The list has no tasks."), note=tasks.left_out,
    )  # fmt: skip
    return document.finish()


def _cells(task: Task, *, people: bool) -> list[str | Cell]:
    parts: list[str | Run] = [bold(task.what or "–")]
    if task.exactly:
        parts.append(Run(f"\n{task.exactly}", colour=theme.MUTED))
    of_people: list[str | Cell] = [task.about or "–", task.who or "–"] if people else []
    return [Cell(parts), *of_people, task.due or "–", task.state or "–"]
