"""The sample project is made whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from progressus_desktop.clock import FixedClock
from progressus_desktop.errors import CancelledError
from progressus_desktop.services import demo
from progressus_desktop.words import N_, Message


def test_a_sample_project_that_was_stopped_is_not_taken_for_a_whole_one(tmp_path: Path, clock: FixedClock) -> None:
    def stop(done: int, _all: int) -> None:
        if done > 1:
            raise CancelledError(Message(N_("Stopped. Nothing is half-done.")))

    with pytest.raises(CancelledError):
        demo.make(tmp_path, clock, stop)
    assert not (tmp_path / demo.FOLDER).exists()
