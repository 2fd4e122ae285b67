"""kill -9 at random during saves: what was acknowledged is there, the workspace is whole, nothing is half-done."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import random
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from progressus_desktop.clock import SystemClock
from progressus_desktop.services import records, workspaces
from progressus_desktop.store import check, query, workspace
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from tests.conftest import LIGHT

FORKED = 200
"""Kills of a forked process; it is warm, so a kill costs tens of milliseconds."""

WARM = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
"""A server that has the program loaded and nothing else: forking a worker that ran a thousand tests takes long."""

THROUGH_PROGRAM = 10
_PASSWORD = "haslo"
_CHECK_EVERY = 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = workspace.create(tmp_path / "baza", _PASSWORD, SystemClock(), prefix="KIL", work=LIGHT)
    records.save(made, "partner", None, {"name": "Pierwszy partner", "kind": "osp", "locality": "Wzorów"})
    made.close()
    return tmp_path / "baza"


def _saves(folder: Path, acknowledged: Connection, round_no: int) -> None:
    """Save without end; each finished save is told through the pipe. Never returns."""
    ws = workspace.open_(folder, SystemClock(), password=_PASSWORD)
    acknowledged.send_bytes(b"open")
    number = 0
    while True:
        number += 1
        name = f"Partner {round_no}-{number}"
        rows = [
            {"name": name, "kind": "osp", "locality": "Wzorów"},
            {"name": f"{name} bis", "kind": "kgw", "locality": "Wzorów"},
        ]
        records.add_many(ws, "partner", rows)
        acknowledged.send_bytes(name.encode())


def _killed(folder: Path, round_no: int, after: float) -> list[str]:
    """Fork, let it save for ``after`` seconds, kill it; gives the names it acknowledged."""
    out, into = WARM.Pipe(duplex=False)
    child = WARM.Process(target=_saves, args=(folder, into, round_no))
    child.start()
    into.close()
    assert out.recv_bytes(), "the workspace opens; from here the time counts, however busy the machine is"
    time.sleep(after)
    child.kill()
    child.join()
    names = []
    with out, contextlib.suppress(EOFError, OSError):  # a message cut off by the kill acknowledged nothing
        while True:
            names.append(out.recv_bytes().decode())
    return names


def _names(ws: Workspace) -> set[str]:
    count = query.total(ws, "partner", View())
    return {row.values["name"] for row in query.window(ws, "partner", View(), 0, count)}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
def test_nothing_acknowledged_is_lost_when_the_process_is_killed(folder: Path) -> None:
    rng = random.Random(20261123)
    acknowledged: list[str] = []
    WARM.set_forkserver_preload(["tests.faults.warmed", __name__])
    for round_no in range(FORKED):
        acknowledged += _killed(folder, round_no, rng.uniform(0.005, 0.09))
        if round_no % _CHECK_EVERY == _CHECK_EVERY - 1:
            _must_be_whole(folder, acknowledged)
    assert len(acknowledged) > FORKED / 4


def _must_be_whole(folder: Path, acknowledged: list[str]) -> None:
    ws = workspace.open_(folder, SystemClock(), password=_PASSWORD)
    try:
        names = _names(ws)
        assert set(acknowledged) <= names
        halves = {name for name in names if name.startswith("Partner ") and not name.endswith(" bis")}
        assert {f"{name} bis" for name in halves} <= names
        assert check.check(ws).ok
    finally:
        ws.close()


def test_the_command_line_killed_at_random_leaves_all_or_nothing(folder: Path) -> None:
    rng = random.Random(7)
    environment = {**os.environ, "PROGRESSUS_PASSWORD": _PASSWORD, "PROGRESSUS_WORKSPACE": str(folder)}
    program = [sys.executable, "-m", "progressus_desktop", "records", "partner", "add", "--json"]
    for number in range(THROUGH_PROGRAM):
        rows = "\n".join(
            json.dumps({"name": f"Wiersz {number}-{row}", "kind": "osp", "locality": "Wzorów"}) for row in range(200)
        )
        process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        assert process.stdin is not None
        process.stdin.write(rows.encode())
        process.stdin.close()
        time.sleep(rng.uniform(0.3, 1.2))
        process.kill()
        assert process.stdout is not None
        told = process.stdout.read()
        process.stdout.close()
        process.wait()
        ws = workspaces.open_(folder, SystemClock(), password=_PASSWORD)
        stored = sum(name.startswith(f"Wiersz {number}-") for name in _names(ws))
        assert stored in {0, 200}
        assert stored == 200 or not told.strip()
        assert check.check(ws).ok
        ws.close()
