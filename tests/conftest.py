"""What every test stands on: places of its own, no screen, and a check of every workspace it opened."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from progressus_desktop import words
from progressus_desktop.clock import FixedClock
from progressus_desktop.domain import codelists
from progressus_desktop.services import inviting
from progressus_desktop.store import check, cipher, keys, workspace
from progressus_desktop.store.workspace import Workspace

LIGHT = keys.Work(memory_kib=64, iterations=1, lanes=1)
"""Key work for tests only: the real cost is tested once."""

# hundreds of workspaces and setup files are made here; the real work for each would be minutes
assert workspace.create.__kwdefaults__ is not None
workspace.create.__kwdefaults__["work"] = LIGHT
inviting.WORK = 8


_fsync = os.fsync


def wait_for_disks(*, really: bool) -> None:
    """Whether a save waits until it is on the disk. No test pulls the plug, and it was a quarter of the time of many.

    Tests of faults wait, and so do the programs that tests start.
    """
    os.fsync = _fsync if really else lambda _file: None
    cipher.SYNCHRONOUS = "FULL" if really else "OFF"


wait_for_disks(really=False)

# a busy machine makes examples slowly; that says nothing about the program. `make test` meets the same examples each
# time, so that whoever sees it fail can see it again; `make soak` looks for others.
settings.register_profile("same", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.register_profile("other", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("same")


class PatientBot(QtBot):
    """Waits for what comes, however busy the machine: a test that passes never waits for the time to run out."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 5000) -> None:  # noqa: N802
        super().waitUntil(callback, timeout=max(timeout, 30_000))


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[QtBot]:
    yield PatientBot(request)
    # what Python put there would be let go after Python itself, which ends the process with a fault
    qapp.clipboard().clear()


DRIVEN = ("tests/gui/", "tests/journeys/")
"""Their tests drive windows, whose events come when the machine has time: they get one more try, told as RERUN."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "unchecked: the test checks its workspaces itself, or damages them on purpose")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith(DRIVEN):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(autouse=True)
def _places(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROGRESSUS_HOME", str(tmp_path_factory.mktemp("home")))
    for name in ("PROGRESSUS_WORKSPACE", "PROGRESSUS_USER", "PROGRESSUS_PASSWORD", "PROGRESSUS_NOW"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    words.use_language("pl")
    yield
    words.use_language("pl")
    codelists.use_texts({})


@pytest.fixture(autouse=True)
def _whole_workspaces(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every workspace that a test opened equals a replay of its log when it is closed."""
    if request.node.get_closest_marker("unchecked"):
        yield
        return
    opened: list[Workspace] = []
    really_made, really_close = Workspace.__init__, Workspace.close

    def made(self: Workspace, *args: object, **named: object) -> None:
        really_made(self, *args, **named)  # type: ignore[arg-type]
        opened.append(self)

    findings: list[str] = []

    def close(self: Workspace) -> None:
        if not self.connection.closed and not self.read_only and self in opened:
            findings.extend(str(finding) for finding in check.check(self).findings)
            opened.remove(self)
        really_close(self)

    monkeypatch.setattr(Workspace, "__init__", made)
    monkeypatch.setattr(Workspace, "close", close)
    yield
    for ws in opened:
        ws.close()
    assert not findings


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime.fromisoformat("2026-11-23T11:48:00+01:00"))


@pytest.fixture
def ws(tmp_path: Path, clock: FixedClock) -> Iterator[Workspace]:
    """An empty office workspace; its password is "haslo"."""
    made = workspace.create(tmp_path / "baza", "haslo", clock, prefix="DLA", name="Dobra Łąka", work=LIGHT)
    yield made
    made.close()
