"""The simulation in small: an office and four testers through ten weeks of losses, copies and restores."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange import simulation
from tests.exchange.simulation import Plan


@pytest.mark.unchecked
@pytest.mark.timeout(600)
def test_ten_weeks_of_an_office_and_four_testers_end_in_agreement(tmp_path: Path) -> None:
    plan = Plan(testers=4, days=70, copies=1, restores=1, lost_keys=1, erasures=2, seed=20261124)
    with simulation.light() as place:
        found = simulation.simulated(place, plan)
    assert found["lost"] > 0
    assert found["questions"] > 0
    assert (found["copies"], found["restores"], found["lost keys"], found["erasures"]) == (1, 1, 1, 2)
