"""Workspaces that many tests of reports read and none changes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.reports import worlds


@pytest.fixture(scope="session")
def made_worlds(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """All worlds that some test of this session names, made before the tests watch which workspaces they open."""
    wanted = [name for name in worlds.WORLDS if any(name in item.nodeid for item in request.session.items)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROGRESSUS_HOME", str(tmp_path_factory.mktemp("home")))
        worlds.PLACE[:] = [tmp_path_factory.mktemp("worlds")]
        for name in {*wanted, "small", "polish", "ukrainian"}:
            worlds.world(name)
        yield
        worlds.close()
