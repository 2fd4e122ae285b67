"""What a server of forks loads first: the program after it made a workspace and saved a record once."""

from __future__ import annotations

import tempfile
from pathlib import Path

from progressus_desktop.clock import SystemClock
from progressus_desktop.services import records
from progressus_desktop.store import workspace
from tests.conftest import LIGHT, wait_for_disks

wait_for_disks(really=True)

with tempfile.TemporaryDirectory() as _place:
    _made = workspace.create(Path(_place) / "baza", "haslo", SystemClock(), prefix="KIL", work=LIGHT)
    records.add_many(_made, "partner", [{"name": "Pierwszy partner", "kind": "osp", "locality": "Wzorów"}])
    _made.close()
