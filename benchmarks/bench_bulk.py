"""Many changes in one commit beside bare inserts of the same rows into the same empty, encrypted tables.

The bare side has everything ready in memory and only calls ``executemany``, a table after another, in one transaction:
log, record cache, entity tables with their indexes, sets, search index.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import generate
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.store import cipher, indexing, log, query
from progressus_desktop.store.looking import TableLookup
from progressus_desktop.store.query import View
from progressus_desktop.store.tables import q, shape
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import speaking

Rows = list[tuple[str, list[tuple[Any, ...]]]]


@contextmanager
def empty() -> Iterator[Workspace]:
    """A workspace with little in it."""
    with tempfile.TemporaryDirectory() as place:
        ws = generate.generate(Path(place) / "w", 0)
        try:
            yield ws
        finally:
            ws.close()


def _count(ws: Workspace, table: str) -> int:
    return int(cipher.raw(ws.connection).execute(f"SELECT max(rowid) FROM {q(table)}").fetchone()[0] or 0)


def _committed(ws: Workspace, count: int, seed: int) -> tuple[float, Rows]:
    """Seconds of one commit of ``count`` new records, and the rows it wrote."""
    changes = list(generate.changes(count, seed, ws.space))
    before = _count(ws, "record")
    started = time.perf_counter()
    ws.commit(changes, "table-import", f"table-import:event:{count}")
    return time.perf_counter() - started, rows_after(ws, before)


def rows_after(ws: Workspace, before: int) -> Rows:
    """All rows that records after number ``before`` made, table by table."""
    driver = cipher.raw(ws.connection)
    found: Rows = []
    for table, column in (("record", "no"), ("log_change", "record_no")):
        found.append((q(table), driver.execute(f"SELECT * FROM {table} WHERE {column} > ?", (before,)).fetchall()))
    for name in ENTITIES:
        of = shape(name)
        for table in (of.table, *(of.child(field) for field in of.children)):
            sql = f"SELECT * FROM {q(table)} WHERE record_no > ? ORDER BY record_no"
            found.append((q(table), driver.execute(sql, (before,)).fetchall()))
    return [(table, rows) for table, rows in found + _indexed(ws, before) if rows]


def _indexed(ws: Workspace, before: int) -> Rows:
    """The rows of the search indexes, which keep no text: made again from the records, in the records' order."""
    found: Rows = []
    with speaking("pl"):
        for name in ENTITIES:
            of, looking = shape(name), TableLookup(ws.connection, ws.space)
            rows = []
            for each in query.each(ws, name, View(order="changed_ms")):
                no = (
                    cipher.raw(ws.connection)
                    .execute("SELECT no FROM record WHERE uuid = unhex(?)", (each.id.replace("-", ""),))
                    .fetchone()[0]
                )
                if no > before:
                    values = {**each.fields, **each.derived, "code": each.code, "entry": each.entry, "id": each.id}
                    rows.append((no, indexing.entry(of, no, values, looking, 0)))
            rows.sort()
            found.append((f"{q(of.index)} (rowid, words, tags)", [row for _no, row in rows]))
    return found


def bare(ws: Workspace, rows: Rows) -> float:
    """Seconds of inserting the rows as they are, in one transaction."""
    driver = cipher.raw(ws.connection)
    ws.flag.on = True
    started = time.perf_counter()
    driver.execute("BEGIN IMMEDIATE")
    for table, each in rows:
        driver.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(each[0]))})", each)
    driver.execute("COMMIT")
    spent = time.perf_counter() - started
    ws.flag.on = False
    return spent


def measure(count: int, shares: tuple[tuple[str, int], ...], repeats: int = 3) -> dict[str, float]:
    """Median seconds of the commit (``ours``) and of the bare inserts (``bare``) of ``count`` records."""
    was, generate.SHARES = generate.SHARES, shares
    ours: list[float] = []
    plain: list[float] = []
    try:
        for turn in range(repeats):
            with log.resting_collector(count), empty() as ws, empty() as other:
                spent, rows = _committed(ws, count, seed=turn + 7)
                ours.append(spent)
                plain.append(bare(other, rows))
    finally:
        generate.SHARES = was
    return {
        "ours": statistics.median(ours),
        "bare": statistics.median(plain),
        "ratio": statistics.median(b / o for b, o in zip(plain, ours, strict=True)),
    }


def lines(line: Callable[[str, str, str], None], count: int = 100_000, repeats: int = 3) -> None:
    """Measure and tell: what, figures, goal."""
    for what, shares in (("partners", (("partner", 100),)), ("events, contacts, partners", generate.SHARES)):
        found = measure(count, shares, repeats)
        figures = f"{found['ours']:.2f} s, bare {found['bare']:.2f} s = {found['ratio']:.2f}"
        line(f"{count} {what}", figures, "0.4")


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=3)
    given = parser.parse_args()
    lines(lambda *cells: print(" | ".join(cells)), given.records, given.repeats)


if __name__ == "__main__":
    main()
