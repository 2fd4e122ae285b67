"""Reading packages beside bare inserts of the same rows, replay, the size of a file, and a million records in memory.

``python -m benchmarks.bench_exchange [--records N] [--repeats N] [--million]``
"""

from __future__ import annotations

import argparse
import io
import itertools
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import generate
from benchmarks.bench_bulk import Rows, bare, empty, rows_after
from progressus_desktop.exchange import container, keys
from progressus_desktop.exchange.container import Manifest
from progressus_desktop.store import cipher, log, receiving
from progressus_desktop.store.changes import Change, Entry, change_id, encode, record_bytes
from progressus_desktop.store.receiving import Origin, Pair
from progressus_desktop.store.tables import q
from progressus_desktop.store.workspace import Workspace

REPLICA = b"bench\1"
FIELD_CHANGES = 100_000
MILLION = 1_000_000
IN_ONE_FILE = 500_000
"""So many records of this kind fit into what a package may hold when it is unpacked."""
_START = 1_790_000_000_000


def entries(changes: Iterator[Change], first: int = 1) -> Iterator[tuple[Entry, bytes]]:
    """The log entries of another laptop that saved these one by one, with their bodies."""
    author = bytes(range(16))
    for seq, change in enumerate(changes, start=first):
        at = _START + seq * 1_000
        entry = Entry(b"", change.kind, change.entity, record_bytes(change.record), at, at, author, seq, change.keys)
        body = encode(entry, os.urandom(8))
        yield replace(entry, id=change_id(REPLICA, seq, body)), body


def created(count: int, seed: int, own: str) -> list[tuple[Entry, bytes]]:
    """New records, each one change that writes every key it has."""
    return list(entries(_with_space(generate.changes(count, seed, own), own)))


def _with_space(changes: Iterator[Change], own: str) -> Iterator[Change]:
    for number, change in enumerate(changes, start=1):
        yield replace(change, keys={**change.keys, "space": (own, ()), "code": (f"BENA-2026-{number:04d}", ())})


def edited(before: Sequence[tuple[Entry, bytes]], seed: int) -> list[tuple[Entry, bytes]]:
    """One field of each record written again, knowing what stood there."""
    rnd = random.Random(seed)
    names = {"partner": "locality", "event": "place_name", "interaction": "subject"}

    def changes() -> Iterator[Change]:
        for entry, _body in before:
            name = names[entry.entity]
            keys = {name: (f"Zmienione {rnd.randrange(1_000_000)}", (entry.id,))}
            yield Change("save", entry.entity, _uuid(entry.record), keys)

    return list(entries(changes(), first=len(before) + 1))


def _uuid(record: bytes) -> str:
    import uuid

    return str(uuid.UUID(bytes=record))


def package(changes: Sequence[tuple[Entry, bytes]]) -> tuple[bytes, keys.Keys]:
    """A file that holds these changes, and the keys that open it."""
    sender, reader = keys.new_keys(), keys.new_keys()
    manifest = Manifest(
        project=bytes(16), sender=REPLICA, file=bytes(16), purpose="sync", recipients=((b"", reader.age_public),)
    )
    out = io.BytesIO()
    pairs = ((entry.id, body) for entry, body in changes)
    sections = [container.changes(pairs)]
    container.write(out, manifest, sections, sender.sign_private, recipients=[reader.age_public])
    return out.getvalue(), reader


def read(ws: Workspace, file: bytes, reader: keys.Keys) -> float:
    """Seconds of reading a whole file into a workspace: decrypt, verify, unpack, scan, merge, commit."""
    started = time.perf_counter()
    opened = container.read(io.BytesIO(file), identities=[reader.age_secret])
    _receive(ws, opened.changes())
    return time.perf_counter() - started


def _receive(ws: Workspace, pairs: Iterator[Pair]) -> None:
    with receiving.transaction(ws) as connection:
        receiving.receive(ws, connection, Origin(b"", REPLICA, 0, 0), pairs, lambda _e, _h: "", container.entry)


def _commits(ws: Workspace) -> Rows:
    rows = cipher.raw(ws.connection).execute("SELECT * FROM log_commit WHERE kind = 'package'").fetchall()
    return [("log_commit", rows)]


def _again(ws: Workspace, changes: Sequence[tuple[Entry, bytes]], names: Sequence[str]) -> float:
    """Seconds of writing the rows that an edit of every record changes, as they are: replaced, and indexed anew."""
    driver = cipher.raw(ws.connection)
    rows = {name: driver.execute(f"SELECT * FROM {q(name)}").fetchall() for name in names}
    numbers = {bytes(row[1]): row[0] for row in driver.execute("SELECT no, uuid FROM record").fetchall()}
    arrival = driver.execute("SELECT max(arrival) FROM log_change").fetchone()[0]
    logged = [
        (arrival + at, entry.id, numbers[entry.record], 1, 1, body) for at, (entry, body) in enumerate(changes, start=1)
    ]
    records = driver.execute("SELECT * FROM record").fetchall()
    words = [(name, row[0]) for name in names for row in rows[name]]
    found = {name: driver.execute(f"SELECT record_no, search_row FROM {q(name)}").fetchall() for name in names}
    ws.flag.on = True
    started = time.perf_counter()
    driver.execute("BEGIN IMMEDIATE")
    driver.executemany("INSERT INTO log_change VALUES (?, ?, ?, ?, ?, ?)", logged)
    driver.executemany(f"INSERT OR REPLACE INTO record VALUES ({', '.join('?' * len(records[0]))})", records)
    for name in names:
        marks = ", ".join("?" * len(rows[name][0]))
        driver.executemany(f"INSERT OR REPLACE INTO {q(name)} VALUES ({marks})", rows[name])
        index = q(f"search_{name}")
        driver.executemany(f"DELETE FROM {index} WHERE rowid = ?", [(row[1],) for row in found[name]])
        texts = sorted(
            (row[1], f"zmienione słowo {row[0]} lipniki wzorowe kgw malwa", "entryxready") for row in found[name]
        )
        driver.executemany(f"INSERT INTO {index} (rowid, words, tags) VALUES (?, ?, ?)", texts)
    driver.execute("COMMIT")
    spent = time.perf_counter() - started
    ws.flag.on = False
    assert words
    return spent


def measure(count: int, repeats: int) -> dict[str, float]:
    """Medians: seconds of reading, of the bare rows, and their ratios, for new records and for edits of all; replay."""
    found: dict[str, list[float]] = {}
    for turn in range(repeats):
        with log.resting_collector(count), empty() as ws, empty() as other:
            new = created(count, turn + 7, ws.space)
            file, reader = package(new)
            before = cipher.raw(ws.connection).execute("SELECT max(no) FROM record").fetchone()[0]
            ours = read(ws, file, reader)
            rows = _commits(ws) + rows_after(ws, before)
            plain = bare(other, rows)
            replay = read(ws, file, reader)
            changes = edited(new, turn)
            names = [name for name, _share in generate.SHARES]
            plain_edit = _again(other, changes, names)
            again, key = package(changes)
            edit = read(ws, again, key)
        values = {
            "new": ours, "new_bare": plain, "new_ratio": plain / ours, "replay": ours / replay, "edit": edit,
            "edit_bare": plain_edit, "edit_ratio": plain_edit / edit,
        }  # fmt: skip
        for name, value in values.items():
            found.setdefault(name, []).append(value)
    return {name: statistics.median(values) for name, values in found.items()}


def size_of(field_changes: int = FIELD_CHANGES) -> tuple[int, int]:
    """How many records hold so many field changes, and how many bytes their package has."""
    records, fields = [], 0
    for entry, body in entries(_with_space(generate.changes(field_changes, 3, _uuid(bytes(16))), _uuid(bytes(16)))):
        if entry.entity == "event":
            records.append((entry, body))
            fields += len(entry.keys)
            if fields >= field_changes:
                break
    file, _reader = package(records)
    return len(records), len(file)


def million(count: int = MILLION) -> dict[str, float]:
    """Seconds and peak MiB of a process that reads a file with so many records, with progress told."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        sender, reader = keys.new_keys(), keys.new_keys()
        manifest = Manifest(
            project=bytes(16), sender=REPLICA, file=bytes(16), purpose="sync", recipients=((b"", reader.age_public),)
        )
        own = _uuid(bytes(16))
        pairs = ((entry.id, body) for entry, body in entries(_with_space(generate.changes(count, 5, own), own)))
        to = [reader.age_public]
        while section := list(itertools.islice(pairs, IN_ONE_FILE)):
            name = folder / f"{len(list(folder.iterdir()))}.progressus"
            container.write(name, manifest, [container.changes(section)], sender.sign_private, recipients=to)
        command = [sys.executable, "-m", "benchmarks.bench_exchange", "--read", place, "--key", reader.age_secret]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, peak, told = done.stdout.split()[-3:]
    return {"seconds": float(seconds), "peak": float(peak), "told": float(told), "bytes": float(file_size(done.stderr))}


def file_size(text: str) -> int:
    return int(text.rsplit(maxsplit=1)[-1])


def _read_alone(folder: Path, secret: str) -> None:
    """In a process of its own: seconds, peak MiB, how often progress was told."""
    told = 0

    def progress(_done: int) -> None:
        nonlocal told
        told += 1

    with empty() as ws:
        started = time.perf_counter()
        for file in sorted(folder.iterdir()):
            opened = container.read(file, identities=[secret])
            with receiving.transaction(ws) as connection:
                origin = Origin(b"", REPLICA, 0, 0)
                receiving.receive(
                    ws, connection, origin, opened.changes(), lambda _e, _h: "", container.entry, progress
                )
        spent = time.perf_counter() - started
    print(sum(file.stat().st_size for file in folder.iterdir()), file=sys.stderr)
    print(f"{spent:.1f} {_peak():.0f} {told}")


def _peak() -> float:
    """MiB that this process needed at most; what getrusage tells begins with the parent's."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(each for each in status.read_text(encoding="ascii").splitlines() if each.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def lines(line: Callable[[str, str, str], None], count: int = 50_000, repeats: int = 5) -> None:
    """Measure and tell: what, figures, goal."""
    found = measure(count, repeats)
    for what, name in (("new records", "new"), ("every record edited", "edit")):
        figures = f"{found[name]:.2f} s, bare {found[f'{name}_bare']:.2f} s = {found[f'{name}_ratio']:.2f}"
        line(f"a package of {count} {what}, beside its rows", figures, "≥ 0.5")
    line("reading a known package, beside the first time", f"{found['replay']:.1f} × faster", "≥ 4")
    records, size = size_of()
    line(f"{FIELD_CHANGES} field changes in {records} records, as a file", f"{size / 1e6:.2f} MB", "≤ 1.5 MB")


def lines_of_million(line: Callable[[str, str, str], None], count: int = MILLION) -> None:
    """The same for a million records in one file."""
    found = million(count)
    figures = f"{found['seconds']:.0f} s, {found['peak']:.0f} MiB, {found['bytes'] / 1e6:.0f} MB file"
    line(f"{count} records in packages of {IN_ONE_FILE}", figures, "< 400 MB")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--million", type=int, nargs="?", const=MILLION, default=0)
    parser.add_argument("--read", type=Path)
    parser.add_argument("--key")
    given = parser.parse_args()
    if given.read:
        _read_alone(given.read, given.key)
        return

    def line(*cells: Any) -> None:
        print(" | ".join(cells))

    if given.million:
        lines_of_million(line, given.million)
    else:
        lines(line, given.records, given.repeats)


if __name__ == "__main__":
    main()
