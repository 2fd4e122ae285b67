"""``python -m benchmarks [--records N …] [--keep FOLDER]``: every goal of docs/performance.md, as a table.

Absolute figures drift with the machine; each goal that can be is a ratio of two figures from this one run.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import (
    bench_bulk,
    bench_commits,
    bench_exchange,
    bench_lists,
    bench_office,
    bench_reports,
    bench_rivals,
    bench_start,
    bench_tables,
)
from benchmarks.generate import generate

SIZES = (10_000, 1_000_000)


def _line(goal: str, measured: str, limit: str) -> None:
    print(f"| {goal} | {measured} | {limit} |")


def _starting(folder: Path) -> None:
    found = bench_start.measure(folder)
    for what, ours, floor, limit in (
        ("unlock window beside an empty window", "unlock", "empty", "1.3"),
        ("`--version` beside a bare interpreter", "version", "bare", "6"),
    ):
        _line(what, f"{found[ours]:.0f} / {found[floor]:.0f} ms = {found[ours] / found[floor]:.2f}", limit)


def _of_size(folder: Path, number: int) -> dict[str, float]:
    lists, commits = bench_lists.measure(folder), bench_commits.measure(folder)
    print(f"\n### {number:,} records".replace(",", " "))
    print("| what | measured | goal |\n|---|---|---|")
    _line("open the event list, painted", f"{lists['open']:.0f} ms", "60 ms")
    _line("a key in the filter, painted (median)", f"{lists['key']:.1f} ms", "16 ms")
    _line("the same, 95 of 100", f"{lists['slow key']:.1f} ms", "33 ms")
    _line("jump to the end, again", f"{lists['end']:.0f} ms", "30 ms")
    _line("sort by another column, again", f"{lists['sort']:.0f} ms", "30 ms")
    _line("open the workspace with its password", f"{commits['open']:.0f} ms", "1,500 ms")
    _line(
        "a record saved", f"{commits['save']:.1f} ms = {commits['save'] / commits['bare']:.0f} × a bare commit", "5 ms"
    )
    _line("a new record saved", f"{commits['new']:.1f} ms", "5 ms")
    _line("a field kept as draft", f"{commits['keep']:.2f} ms", "2 ms")
    return {**lists, **{f"commit_{name}": value for name, value in commits.items()}}


def _growth(small: dict[str, float], large: dict[str, float]) -> None:
    print("\n### growth from the smallest to the largest")
    print("| what | ratio | goal |\n|---|---|---|")
    for name in ("open", "key", "end", "sort", "commit_save", "commit_keep"):
        _line(name.replace("commit_", "commit: "), f"{large[name] / small[name]:.1f}", "3")


def main() -> None:
    """Generate, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--keep", type=Path, help="folder where generated workspaces stay for the next time")
    given = parser.parse_args()
    print(f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as place:
        results = []
        for number in given.records:
            folder = (given.keep or Path(place)) / f"records-{number}"
            if not (folder / "workspace.json").exists():
                folder.parent.mkdir(parents=True, exist_ok=True)
                generate(folder, number).close()
            results.append(_of_size(folder, number))
            print("\n### the longest work between two turns of the event loop", flush=True)
            subprocess.run([sys.executable, "-m", "benchmarks.bench_window", str(folder)], check=True)
        if len(results) > 1:
            _growth(results[0], results[-1])
        print("\n### starting\n| what | measured | goal |\n|---|---|---|")
        _starting(folder)
    print("\n### many changes in one commit, beside bare inserts of the same rows")
    print("| what | measured | goal |\n|---|---|---|")
    bench_bulk.lines(_line)
    bench_tables.lines(_line)
    print("\n### reading packages, beside bare inserts of the same rows")
    print("| what | measured | goal |\n|---|---|---|")
    bench_exchange.lines(_line)
    bench_exchange.lines_of_million(_line)
    print("\n### reports")
    bench_reports.main()
    bench_office.main()
    bench_rivals.main()


if __name__ == "__main__":
    main()
