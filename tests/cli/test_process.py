"""What only a process of its own shows: start-up time, signals, pipes, the last resort."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PROGRAM = [sys.executable, "-m", "progressus_desktop"]


def _best(command: list[str], runs: int = 5) -> float:
    """Seconds of work of the quickest run: a busy machine lets a process wait, which is not its fault."""
    times = []
    for _run in range(runs):
        begun = _worked()
        subprocess.run(command, check=True, capture_output=True)
        times.append(_worked() - begun)
    return min(times)


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_answer_at_once(option: str) -> None:
    bare = _best([sys.executable, "-c", "pass"])
    asked = _best([*PROGRAM, option])
    assert asked < 0.3
    assert asked < 6 * bare + 0.03


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from progressus_desktop.cli.main import main\n"
        "try: main(['--help'], len)\nexcept SystemExit: pass\n"
        "heavy = {'sqlalchemy', 'babel', 'PySide6', 'sqlcipher3', 'reportlab', 'PIL'} & set(sys.modules)\n"
        "sys.exit(len(heavy))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_a_closed_pipe_is_quiet(base: Path) -> None:
    environment = {**os.environ, "PROGRESSUS_PASSWORD": "haslo"}
    process = subprocess.Popen(
        [*PROGRAM, "schema", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=20) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_cleanly(base: Path, run: Run, number: signal.Signals) -> None:
    environment = {**os.environ, "PROGRESSUS_PASSWORD": "haslo"}
    process = subprocess.Popen(
        [*PROGRAM, "records", "partner", "add"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
    )  # fmt: skip
    holder = base / "lock.holder"
    deadline = time.monotonic() + 15
    while str(process.pid) not in (holder.read_text() if holder.exists() else "") and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(number)
    _out, error = process.communicate(timeout=20)
    assert process.returncode == 130, error
    assert b"Traceback" not in error
    assert run("workspace", "check").code == 0
    assert run("workspace", "lock-status", "--json").json["locked"] is False


def test_a_second_process_is_told_that_the_workspace_is_in_use(base: Path, run: Run) -> None:
    environment = {**os.environ, "PROGRESSUS_PASSWORD": "haslo"}
    process = subprocess.Popen(
        [*PROGRAM, "records", "partner", "add"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
    )  # fmt: skip
    deadline = time.monotonic() + 15
    while not run("workspace", "lock-status", "--json").json["locked"] and time.monotonic() < deadline:
        time.sleep(0.05)
    assert run("workspace", "info").code == 7
    process.communicate(b"", timeout=20)


def test_an_unexpected_error_is_logged_without_values(base: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from progressus_desktop.services import workspaces

    def broken(*_args: object, **_named: object) -> None:
        msg = "Kowalska Janina, tajne"
        raise RuntimeError(msg)

    monkeypatch.setattr(workspaces, "info", broken)
    answer = run("workspace", "info", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "unexpected")
    log = next(Path(os.environ["PROGRESSUS_HOME"]).rglob("progressus.log")).read_text("utf-8")
    assert "RuntimeError" in log
    assert "Kowalska" not in log
