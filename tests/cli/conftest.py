"""A workspace driven through ``main(argv)`` in this process."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from progressus_desktop.cli.main import main

PROJECT = {
    "name": "Projekt próbny",
    "short_code": "PROG",
    "date_from": "2026-01-01",
    "date_to": "2027-12-31",
    "leader_name": "Fundacja „Lider”",
}


class Answer(NamedTuple):
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its standard output as JSON."""
        return json.loads(self.out)


Run = Callable[..., Answer]


def _no_window(folder: str, password: str) -> int:
    raise AssertionError(folder)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command; ``given`` is its standard input."""
    monkeypatch.setenv("PROGRESSUS_PASSWORD", "haslo")
    monkeypatch.setenv("PROGRESSUS_NOW", "2026-11-23T11:48:00+01:00")

    def command(*argv: str, given: object = "") -> Answer:
        text = given if isinstance(given, str) else json.dumps(given)
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        capsys.readouterr()
        code = main(argv, _no_window)
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return command


@pytest.fixture
def base(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tester's workspace that commands find by themselves."""
    project = tmp_path / "project.json"
    project.write_text(json.dumps(PROJECT), encoding="utf-8")
    folder = tmp_path / "baza"
    made = run(
        "workspace", "create", str(folder), "--role", "tester", "--project", str(project),
        "--org", "Stowarzyszenie „Krokus”", "--user", "Anna Przykładna",
    )  # fmt: skip
    assert made.code == 0, made.err
    monkeypatch.setenv("PROGRESSUS_WORKSPACE", str(folder))
    return folder
