"""A table of new partners taken in and a list written out, beside bare inserts of the same rows.

What the machine does once a person has decided (``apply``) is the import; reading and planning go before, while the
person waits for the staging page.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import generate
from benchmarks.bench_bulk import bare, empty, rows_after
from progressus_desktop.services import tables_in, tables_out
from progressus_desktop.store import log
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace

_HEADS = (
    "Nazwa;Rodzaj;Miejscowość;Kod pocztowy;Ulica;Numer domu;Telefon;E-mail;Liczba członków;Data pierwszego kontaktu"
)


def table(count: int, seed: int = 3) -> str:
    """A table as an office keeps it."""
    rnd = random.Random(seed)
    lines = [_HEADS]
    for number in range(count):
        name, place = rnd.choice(generate._NAMES), f"{rnd.choice(generate._PLACES)} {number % 997}"  # noqa: SLF001
        day = f"{rnd.randrange(1, 28)}.{rnd.randrange(1, 13)}.{rnd.randrange(2018, 2027)}"
        lines.append(
            f"{rnd.choice(generate._ORGANISATIONS)} „{name}” {number:x};osp;{place};78-{rnd.randrange(1000):03};Lipowa;"  # noqa: SLF001
            f"{number % 90};94 {rnd.randrange(1_000_000, 9_999_999)};biuro{number}@krokus.example;{rnd.randrange(900)};"
            f"{day}"
        )
    return "\r\n".join(lines)


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _imported(ws: Workspace, file: Path, found: dict[str, float]) -> None:
    plans = []
    found["plan"] = _timed(lambda: plans.append(tables_in.stage(ws, "partner", file)))
    found["apply"] = _timed(lambda: tables_in.apply(ws, plans[0], plans[0].chosen(tables_in.DEFAULT)))


def measure(count: int) -> dict[str, float]:
    """Seconds: read and plan a CSV, apply it, bare inserts of the same rows, write XLSX, plan it again; MB at most."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as place, log.resting_collector(count), empty() as ws, empty() as other:
        file, book = Path(place) / "t.csv", Path(place) / "t.xlsx"
        file.write_text(table(count), encoding="utf-8")
        _imported(ws, file, found)
        found["bare"] = bare(other, rows_after(ws, 10))
        found["csv"] = _timed(lambda: tables_out.export(ws, "partner", View(), Path(place) / "o.csv"))
        found["xlsx"] = _timed(lambda: tables_out.export(ws, "partner", View(), book))
        found["again"] = _timed(lambda: tables_in.stage(ws, "partner", book))
        found["mb"] = _memory()
    return found


def lines(line: Callable[[str, str, str], None], count: int = 100_000) -> None:
    """Measure and tell."""
    found = measure(count)
    ratio, whole = found["bare"] / found["apply"], found["bare"] / (found["apply"] + found["plan"])
    line(f"table of {count} rows written into the workspace", f"{found['apply']:.1f} s = {ratio:.2f} × bare", "0.4")
    line("… with reading and planning it", f"{found['apply'] + found['plan']:.1f} s = {whole:.2f} × bare", "–")
    line("the list as CSV, as XLSX", f"{found['csv']:.1f} s, {found['xlsx']:.1f} s", "–")
    line("the XLSX read and compared again", f"{found['again']:.1f} s", "–")
    line("memory at most", f"{found['mb']:.0f} MB", "–")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    given = parser.parse_args()
    lines(lambda *cells: print(" | ".join(cells)), given.records)


if __name__ == "__main__":
    main()
