"""The office summary of 100 testers, 12 months and 10,000 events, from an encrypted workspace to a checked file.

``python -m benchmarks.bench_office`` makes the workspace (some 20 s) and prints the time of the report.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.generate import PASSWORD, START
from progressus_desktop.clock import FixedClock
from progressus_desktop.domain.catalog import entity
from progressus_desktop.services import reporting, workspaces
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store import changes
from progressus_desktop.store.workspace import Workspace

TESTERS, EVENTS, PARTNERS, TALKS = 100, 10_000, 1_000, 5_000
GMINAS = ("3215052", "3215012", "3215022", "3215032", "3215042", "3202012", "3208032", "3216032")
FIRST, LAST = "2025-12-01", "2026-11-30"
_ROLES = ("pwd", "ngo_staff", "employer", "community", "local_government")


def _id(number: int) -> str:
    return str(uuid.UUID(int=(0x7001 << 64) | number))


def _records(rnd: random.Random, events: int, count: int) -> Iterator[tuple[str, dict[str, Any]]]:
    testers = [_id(number) for number in range(TESTERS)]
    partners = [_id(TESTERS + number) for number in range(count)]
    for number, tester in enumerate(testers):
        yield "partner", {"id": tester, "name": f"Tester {number:03}", "kind": "association", "in_project": True}
    kinds = ("kgw", "osp", "employer", "gmina", "pup", "foundation", "school", "media")
    for number, partner in enumerate(partners):
        relation = {"key": f"{number:08x}", "organisation": testers[number % TESTERS], "stage": "talks", "date": FIRST}
        yield (
            "partner",
            {
                "id": partner, "name": f"Partner {number}", "kind": rnd.choice(kinds), "locality": "Zmyślona",
                "gmina": rnd.choice(GMINAS), "relations": [relation], "space": testers[number % TESTERS],
            },
        )  # fmt: skip
    start = date.fromisoformat(FIRST)
    for number in range(events):
        day = (start + timedelta(days=rnd.randrange(365))).isoformat()
        yield (
            "event",
            {
                "title": f"Wydarzenie {number}", "kind": "workshop", "status": "held", "date": day, "start": "10:00",
                "end": "12:00", "locality": "Zmyślona", "gmina": rnd.choice(GMINAS), "course": "Rozmowa o pracy.",
                "space": testers[number % TESTERS], "partners": sorted({rnd.choice(partners) for _each in range(3)}),
                "participants": {role: {"f": rnd.randrange(20), "m": rnd.randrange(20)} for role in _ROLES},
                "topics": [
                    {"topic": f"T{at}", "depth": "presented", "audience": sorted(rnd.sample(_ROLES, 2))}
                    for at in sorted(rnd.sample((1, 2, 3, 4), 2))
                ],
            },
        )  # fmt: skip
    for number in range(events // 2):
        day = (start + timedelta(days=rnd.randrange(365))).isoformat()
        yield (
            "interaction",
            {
                "date": day, "channel": "phone", "subject": f"Rozmowa {number}", "partners": [rnd.choice(partners)],
                "result": "informed", "topics": [{"topic": "T4"}], "space": testers[number % TESTERS],
            },
        )  # fmt: skip


def generate(folder: Path, events: int = EVENTS, partners: int = PARTNERS) -> Workspace:
    """An office's workspace with that many events of all testers, left open."""
    project = {"name": "Progressus", "short_code": "PRG", "date_from": FIRST, "date_to": "2027-12-31"}
    ws = workspaces.create(
        folder, PASSWORD, FixedClock(START), role="office", project=project | {"leader_name": "Lider"}, org="Biuro",
        user="Ewa Przykładowa",
    )  # fmt: skip
    made = []
    for number, (name, values) in enumerate(_records(random.Random(7), events, partners)):
        record = values.pop("id", _id(1_000_000 + number))
        change = changes.save(entity(name), record, {}, {}, {"entry": "ready", **values})
        assert change is not None
        made.append(change)
    ws.commit(made, "table-import", f"table-import:event:{events}")
    return ws


def measure(ws: Workspace) -> tuple[float, int]:
    """Seconds of the faster of two runs, and the size of the file."""
    times, size = [], 0
    for _each in range(2):
        start = time.perf_counter()
        size = len(reporting.made(ws, "office-summary", Asked(date_from=FIRST, date_to=LAST)))
        times.append(time.perf_counter() - start)
    return min(times), size


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        os.environ["PROGRESSUS_HOME"] = place
        ws = generate(Path(place) / "office")
        try:
            seconds, size = measure(ws)
        finally:
            ws.close()
    what = f"office summary, {TESTERS} testers, {EVENTS} events"
    print(f"{what:41} {seconds:7.3f} s  {size / 1000:6.0f} kB   goal < 5 s")


if __name__ == "__main__":
    main()
