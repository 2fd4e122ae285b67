"""A full disk: a clear error, nothing half-done, everything saved before still there.

A limit on the size of any file (RLIMIT_FSIZE) stands for the full disk; it works for every user, root included.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from progressus_desktop.clock import FixedClock
from progressus_desktop.store import backup, check, query, workspace
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import Message
from tests.builders import an_event

FILL = """
import resource, signal, sys
from pathlib import Path
from progressus_desktop.clock import SystemClock
from progressus_desktop.errors import StorageError
from progressus_desktop.store import workspace
from tests.builders import an_event
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
ws = workspace.open_(Path(sys.argv[1]), SystemClock(), password="haslo")
limit = (Path(sys.argv[1]) / "workspace.db").stat().st_size + 300_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
done = 0
try:
    while done < 3000:
        print(an_event(ws, title="Wydarzenie", course="x" * 20_000), flush=True)
        done += 1
except StorageError as error:
    print("FULL", error.code, str(error.message), str(error.hint), flush=True)
    sys.exit(8)
"""

CREATE = """
import resource, signal, sys
from pathlib import Path
from progressus_desktop.clock import SystemClock
from progressus_desktop.errors import StorageError
from progressus_desktop.store import workspace
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    workspace.create(Path(sys.argv[1]), "haslo", SystemClock(), prefix="DLA")
except StorageError as error:
    sys.exit(8)
"""

READ = """
import resource, signal, sys
from pathlib import Path
from progressus_desktop.clock import SystemClock
from progressus_desktop.errors import StorageError
from progressus_desktop.store import backup, query, workspace
from tests.builders import an_event
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
ws = workspace.open_(Path(sys.argv[1]), SystemClock(), password="haslo")
print(query.total(ws, "event", query.View()), ws.why_read_only, flush=True)
try:
    an_event(ws)
except StorageError as error:
    ws.close()
    try:
        backup.restore(Path(sys.argv[2]), Path(sys.argv[3]), SystemClock(), password="haslo")
    except StorageError as error:
        sys.exit(8)
"""

ROOT = Path(__file__).resolve().parents[2]


def _run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)


def test_a_full_disk_refuses_the_save_and_keeps_every_earlier_one(ws: Workspace, clock: FixedClock) -> None:
    an_event(ws)
    ws.close()
    done = _run(FILL, str(ws.folder))
    assert done.returncode == 8, done.stdout + done.stderr
    *saved, last = done.stdout.split("\n")[:-1]
    assert last.startswith("FULL storage")
    again = workspace.open_(ws.folder, clock, password="haslo")
    assert all(query.get(again, "event", each) is not None for each in saved)
    assert query.total(again, "event", query.View()) == len(saved) + 1
    assert check.check(again).ok
    again.close()


@pytest.mark.parametrize("limit", [0, 1_000, 40_000, 400_000])
def test_a_workspace_that_does_not_fit_leaves_nothing_behind(tmp_path: Path, limit: int) -> None:
    done = _run(CREATE, str(tmp_path / "baza"), str(limit))
    assert done.returncode == 8, done.stdout + done.stderr
    assert not (tmp_path / "baza").exists()


def test_on_a_full_disk_a_workspace_is_read_all_the_same(ws: Workspace, tmp_path: Path) -> None:
    an_event(ws)
    kept = backup.make(ws, tmp_path / "kept")
    ws.close()
    done = _run(READ, str(ws.folder), str(kept), str(tmp_path / "restored"))
    assert done.returncode == 8, done.stdout + done.stderr
    assert done.stdout.split() == ["1", *str(Message("The disk is full or does not answer.")).split()]
    assert not (tmp_path / "restored").exists()
