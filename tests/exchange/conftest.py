"""An office and laptops that join it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from progressus_desktop.store.workspace import Workspace
from tests.exchange.laptops import a_tester, an_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    ws = an_office(tmp_path / "office")
    yield ws
    ws.close()


@pytest.fixture
def tester(office: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    ws = a_tester(office, tmp_path / "tester")
    yield ws
    ws.close()
