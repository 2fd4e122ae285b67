"""What journeys share: sticks and seats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.cli.conftest import run
from tests.journeys.seats import Seat

__all__ = ["run"]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder that stands for the stick carried between laptops."""
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def seats(qapp: QApplication, qtbot: QtBot, stick: Path) -> Iterator[Callable[[], Seat]]:
    """Makes a seat at every call; they are left at the end."""
    made: list[Seat] = []

    def sit() -> Seat:
        made.append(Seat(qapp, qtbot, stick))
        return made[-1]

    yield sit
    for each in made:
        each.close()
