"""Tests of the domain read English messages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from progressus_desktop import words


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with words.speaking("en"):
        yield
