"""The sample project: an office workspace with twelve testers, sixty partners and 140 events, all invented.

With the same PROGRESSUS_NOW the same project comes out. All dates move by whole weeks with the day
it is made on, so that there is always something recent and something planned.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from progressus_desktop.clock import Clock
from progressus_desktop.services import (
    demo_monthly,
    demo_papers,
    demo_photos,
    demo_reports,
    reporting_kinds,
    workspaces,
)
from progressus_desktop.services.demo_making import Making
from progressus_desktop.store import workspace
from progressus_desktop.store.workspace import Workspace

PASSWORD = "demo"  # noqa: S105 - printed for everybody
FOLDER = "demo"

Progress = Callable[[int, int], None]

_STEPS = 10


def make(into: Path, clock: Clock, progress: Progress | None = None) -> Path:
    """Make ``into/demo`` with its PDFs beside it; an existing one is kept and only its PDFs are written again.

    Raises:
        AccessError: an existing demo has another password.
        StorageError: the folder cannot be written.
    """
    folder = into / FOLDER
    tell = progress or (lambda _done, _all: None)
    into.mkdir(parents=True, exist_ok=True)
    if (folder / "workspace.json").exists():
        ws = workspaces.open_(folder, clock, password=PASSWORD)
    else:
        ws = _new(folder, clock, tell)
    try:
        _export(ws, into, tell)
    finally:
        ws.close()
    return folder


def _new(folder: Path, clock: Clock, tell: Progress) -> Workspace:
    """A new sample workspace, ready to be worked in by its first tester."""
    making = Making(clock)
    ws = workspace.create(folder, PASSWORD, clock, prefix="DOB", name=making.name, demo=True)
    try:
        tell(1, _STEPS)
        for done, (moment, label, changes) in enumerate(making.commits(), start=2):
            ws.clock = moment
            ws.person, ws.space = making.author, "office"
            ws.commit(changes, "edit", label)
            tell(min(done, _STEPS - 4), _STEPS)
        ws.set_setting("role", "office")
        ws.clock = making.present
        workspaces.work_as(ws, making.tester)
        demo_photos.add(ws, making)
        demo_papers.add(ws, making)
        demo_monthly.write(ws, making, clock)
        ws.clock = clock
        workspaces.remember(folder)
        tell(_STEPS - 3, _STEPS)
    except BaseException:
        ws.close()
        workspace.discard(folder)  # the next time it is not taken for a whole one
        raise
    return ws


def _export(ws: Workspace, into: Path, tell: Progress) -> None:
    """One document of each kind, and the progress of the last steps."""
    done = 0

    def one_more() -> None:
        nonlocal done
        done += 1
        tell(_STEPS - 3 + done * 3 // len(reporting_kinds.KINDS), _STEPS)

    demo_reports.export(ws, into, one_more)
