"""A workspace of a tester, made by the services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from progressus_desktop.clock import FixedClock
from progressus_desktop.services import workspaces
from progressus_desktop.store.workspace import Workspace

PROJECT = {
    "name": "Projekt próbny",
    "short_code": "PROG",
    "date_from": "2026-01-01",
    "date_to": "2027-12-31",
    "leader_name": "Fundacja „Lider”",
}


@pytest.fixture
def lone(tmp_path: Path, clock: FixedClock) -> Iterator[Workspace]:
    made = workspaces.create(
        tmp_path / "lone", "haslo", clock, role="tester", project=dict(PROJECT), org="Stowarzyszenie „Krokus”",
        user="Anna Przykładna",
    )  # fmt: skip
    yield made
    made.close()
