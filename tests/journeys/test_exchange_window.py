"""Scenarios 2 and 3 of domain.md, section 13, in two real windows with real package files between them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from progressus_desktop.clock import FixedClock
from progressus_desktop.services import workspaces
from progressus_desktop.store import keys, workspace
from tests.conftest import LIGHT

NOW = datetime.fromisoformat("2026-05-12T10:00:00+02:00")
PASSWORD = "paczka na pendrivie"
PROJECT = {
    "name": "Progressus", "short_code": "PRG", "date_from": "2026-01-01", "date_to": "2027-12-31",
    "leader_name": "Fundacja Biuro",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _light(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work of deriving keys is tested elsewhere; here several workspaces are opened again and again."""
    monkeypatch.setattr(keys, "Work", lambda *_given, **_named: LIGHT)
    monkeypatch.setattr(workspace.create, "__defaults__", None, raising=False)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def office(tmp_path: Path) -> Path:
    ws = workspaces.create(
        tmp_path / "office", PASSWORD, FixedClock(NOW), role="office", project=PROJECT, org="Fundacja Biuro",
        user="Ola Biurowa",
    )  # fmt: skip
    ws.close()
    return ws.folder
