"""The longest that each page keeps the window busy between two turns of the event loop, in a workspace of any size.

``python -m benchmarks.bench_window FOLDER [--records N]``. Processor time of the window's thread, so that other work on
the machine does not count; what waits for a lock or the disk is told apart, as time by the clock.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from benchmarks.generate import PASSWORD, START, generate
from progressus_desktop.clock import FixedClock
from progressus_desktop.gui.main import Program
from progressus_desktop.services import workspaces

_QUIET = 20
"""Turns without work after which a step counts as done."""

_PATIENCE = 20
"""Seconds that a step's jobs are waited for: their counting may take longer in a million records."""

_PAGES = (
    "dashboard", "event", "partner", "cluster", "task", "monthly_report", "reports", "coverage", "gallery", "exchange",
    "packages", "versions", "bin", "project", "settings",
)  # fmt: skip

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Busy:
    """The longest turn of a step: milliseconds of the thread's processor, and by the clock."""

    step: str
    cpu: float
    clock: float


def _turn(act: Act) -> tuple[float, float]:
    clock, cpu = time.perf_counter(), time.thread_time()
    act()
    return (time.thread_time() - cpu) * 1000, (time.perf_counter() - clock) * 1000


def _step(program: Program, name: str, act: Act) -> Busy:
    """Do one thing and let everything settle that follows from it."""
    turns = [_turn(act)]
    until, quiet = time.monotonic() + _PATIENCE, 0
    while quiet < _QUIET and time.monotonic() < until:
        turns.append(_turn(QApplication.processEvents))
        idle = turns[-1][0] < 1 and not program.jobs.running()
        quiet = quiet + 1 if idle else 0
        time.sleep(0.002)
    return Busy(name, max(cpu for cpu, _clock in turns), max(clock for _cpu, clock in turns))


def _steps(program: Program) -> Iterator[tuple[str, Act]]:
    """What a person does: pages, a record with its sections and history, searching, another look."""
    session = program.session
    assert session is not None
    shell = session.shell
    for entry in filter(shell.knows, _PAGES):
        yield f"page {entry}", lambda name=entry: shell.go(name)
    for entity in ("event", "partner"):
        page = shell.go(entity)
        yield f"{entity}: back to the list", lambda page=page: page.stack.setCurrentWidget(page.list)
        chosen = page.list.model.id_at(0)
        yield f"{entity}: open a record", lambda page=page, chosen=chosen: page.open(chosen)
        form = page.form(entity)
        for number, section in enumerate(form.entity.sections):
            yield f"{entity}: section {section.name}", lambda form=form, number=number: form.show_section(number)
        yield f"{entity}: history", form.acts.history
        yield f"{entity}: leave", lambda page=page: page.stack.setCurrentWidget(page.list)
    for typed in ("w", "wa", "wars"):
        yield f"search “{typed}”", lambda typed=typed: session.search.open(typed)
    session.search.close_popup()
    for theme, scale in (("dark", 100), ("contrast", 200), ("light", 100)):
        yield (
            f"{theme}, {scale} %",
            lambda theme=theme, scale=scale: program.settings.change(theme=theme, text_scale=scale),
        )


def measure(folder: Path) -> dict[str, list[Busy]]:
    """The longest turn of each step, the first time and again."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    with tempfile.TemporaryDirectory() as home:
        os.environ["PROGRESSUS_HOME"] = home
        program = Program(app, FixedClock(START))
        program.window.resize(1366, 696)
        program.window.show()
        ws = workspaces.open_(folder, program.clock, password=PASSWORD)
        first = [_step(program, "open the workspace", lambda: program.enter(ws))]
        first += [_step(program, name, act) for name, act in _steps(program)]
        again = [_step(program, name, act) for name, act in _steps(program)]
        program.leave(lock=False)
        program.jobs.close()
        program.window.close()
    return {"first": first, "again": again}


def lines(line: Callable[[str, str, str], None], folder: Path) -> None:
    """Measure and tell the longest turns, and how many steps kept within the goal."""
    for which, found in measure(folder).items():
        over = [each for each in found if each.cpu > 50]
        line(f"{which} time: steps within 50 ms", f"{len(found) - len(over)} of {len(found)}", "all")
        for each in sorted(found, key=lambda each: -each.cpu)[:6]:
            line(f"{which} time: {each.step}", f"{each.cpu:.0f} ms of work, {each.clock:.0f} ms by the clock", "50 ms")


def main() -> None:
    """Measure a workspace, or make one first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=10_000, help="make the workspace with so many records")
    given = parser.parse_args()
    if not (given.folder / "workspace.json").exists():
        generate(given.folder, given.records).close()
    lines(lambda *cells: print(" | ".join(cells)), given.folder)


if __name__ == "__main__":
    main()
