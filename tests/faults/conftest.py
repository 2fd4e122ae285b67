"""Where processes are killed and disks are full, everything is written as in earnest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import wait_for_disks


@pytest.fixture(autouse=True)
def _in_earnest() -> Iterator[None]:
    wait_for_disks(really=True)
    yield
    wait_for_disks(really=False)
