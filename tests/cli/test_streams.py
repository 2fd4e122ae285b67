"""What scripts give and take through pipes: any bytes in, UTF-8 out, and a calm end where nobody listens."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from progressus_desktop.cli.main import main
from tests.cli.conftest import Run

PARTNER = {"name": "OSP Łąka", "kind": "osp", "locality": "Łąka"}


def _piped(base: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, *argv: str) -> int:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="cp1250"))
    return main([*argv], lambda _folder, _password: 0)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (json.dumps(PARTNER, ensure_ascii=False).encode("utf-8-sig"), 0),
        (b"\xff\xfe{", 3),
        (b"[" * 100_000, 3),
        (b"", 3),
    ],
)
def test_standard_input_is_utf_8_whatever_the_system_speaks(
    base: Path, run: Run, monkeypatch: pytest.MonkeyPatch, data: bytes, code: int
) -> None:
    assert _piped(base, monkeypatch, data, "records", "partner", "add") == code
    names = [item["fields"]["name"] for item in run("records", "partner", "list", "--json").json["items"]]
    assert names == (["OSP Łąka"] if code == 0 else [])


@pytest.mark.parametrize(
    "argv",
    [("records", "partner", "list", "--limit", "9" * 30), ("exchange", "undo", "9" * 30),
     ("exchange", "pack", "--out", "x", "--max-mb", "nan"), ("undo", "--steps", "9" * 30)],
)  # fmt: skip
def test_a_number_beyond_all_measure_is_wrong_usage(base: Path, run: Run, argv: tuple[str, ...]) -> None:
    assert run(*argv).code == 2


def test_a_name_that_no_disk_takes_is_wrong_usage(base: Path, run: Run, tmp_path: Path) -> None:
    project = tmp_path / "project.json"
    made = run("workspace", "create", str(tmp_path / ("x" * 300)), "--role", "tester", "--project", str(project))
    assert made.code == 2
    assert run("report", "monthly", "--month", "2026-11", "--out", str(project / "m.pdf")).code in {2, 8}


@pytest.mark.parametrize(
    "span",
    [("monthly", "--month", "9999-12"), ("final", "--from", "0001-01-01"), ("office-summary", "--to", "9999-12-31")],
)
def test_a_day_at_the_end_of_all_calendars_is_wrong_usage(
    base: Path, run: Run, tmp_path: Path, span: list[str]
) -> None:
    assert run("report", *span, "--out", str(tmp_path / "r.pdf")).code == 2


def test_signs_that_steer_a_terminal_are_not_printed(base: Path, run: Run) -> None:
    refused = run("records", "partner", "list", "--where", "\x1b[2Jx=1")
    assert refused.code == 2
    assert "\x1b" not in refused.err


def test_streams_that_the_shell_closed_change_nothing(base: Path) -> None:
    def close() -> None:
        for each in (0, 1, 2):
            os.close(each)

    done = subprocess.run(
        [sys.executable, "-m", "progressus_desktop", "schema", "partner"],
        capture_output=True, check=False, preexec_fn=close,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a file that is always full")
def test_output_that_cannot_be_written_is_told_in_words(base: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "progressus_desktop", "schema", "partner"],
            stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 8
    assert b"Traceback" not in done.stderr
    assert done.stderr


def test_a_stop_inside_the_database_is_a_stop(base: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from progressus_desktop.store import cipher

    written = cipher.WritingFlag.value
    stopped: list[bool] = []

    def stop(self: cipher.WritingFlag) -> int:
        if self.on and not stopped:
            stopped.append(True)
            os.kill(os.getpid(), signal.SIGINT)
        return written(self)

    with monkeypatch.context() as patched:
        patched.setattr(cipher.WritingFlag, "value", stop)
        assert run("records", "partner", "add", given=PARTNER).code == 130
    assert run("records", "partner", "list", "--json").json["total"] == 0
