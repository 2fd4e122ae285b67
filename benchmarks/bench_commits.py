"""Times of writing: one saved record and one kept field, beside a bare durable commit on the same encrypted file."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.generate import PASSWORD, START
from progressus_desktop.clock import FixedClock
from progressus_desktop.services import records, workspaces
from progressus_desktop.store import drafts, query
from progressus_desktop.store.query import View

REPEATS = 60


def _median(act: Callable[[int], object]) -> float:
    times = []
    for number in range(REPEATS):
        started = time.perf_counter()
        act(number)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def measure(folder: Path) -> dict[str, float]:
    """Milliseconds: open the workspace with its password, save a record, keep a field, a bare commit."""
    started = time.perf_counter()
    ws = workspaces.open_(folder, FixedClock(START), password=PASSWORD)
    opened = (time.perf_counter() - started) * 1000
    event = query.window(ws, "event", View(), 0, 1)[0].id

    def bare(number: int) -> None:
        with ws.writing() as connection:
            connection.exec_driver_sql("INSERT OR REPLACE INTO setting VALUES ('bench', ?)", (str(number),))

    found = {
        "open": opened,
        "save": _median(lambda n: records.save(ws, "event", event, {"place_name": f"Świetlica {n}"})),
        "new": _median(lambda n: records.save(ws, "partner", None, {"name": f"Nowy {n}", "kind": "osp"})),
        "keep": _median(lambda n: drafts.keep(ws, "event", event, "course", f"Rozmowa numer {n}")),
        "bare": _median(bare),
    }
    drafts.drop(ws, event)
    ws.close()
    return found
