"""kill -9 in mid-import: the workspace is as before or as after, and the same package brings the rest."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from progressus_desktop.clock import FixedClock
from progressus_desktop.exchange import peers
from progressus_desktop.services import applying, packing, records, workspaces
from progressus_desktop.store import check, media, receiving
from progressus_desktop.store.projection import Projector
from progressus_desktop.store.workspace import Workspace
from tests.exchange.laptops import NOW, PASSWORD, a_tester, an_office
from tests.exchange.trips import a_picture, an_event, content, pack

FORKED = 200
THROUGH_PROGRAM = 10
_CHECK_EVERY = 40

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")


class Scene:
    """An office's workspace on disk, a package for it, and how it looks before and after."""

    def __init__(self, place: Path) -> None:
        from progressus_desktop.services import photos

        office = an_office(place / "office")
        tester = a_tester(office, place / "tester")
        rows = [{"name": f"OSP Numer {number}", "kind": "osp", "locality": "Wzorów"} for number in range(25)]
        records.add_many(tester, "partner", rows)
        photo = photos.add(tester, an_event(tester), a_picture(1, 60), "Mapa", further={"people_shown": "nobody"})
        records.mark_ready(tester, "photo", photo)
        (self.file,) = pack(tester, office, place / "stick")
        tester.close()
        self.before = self.said(office)
        office.close()
        self.template = office.folder
        self.folder = place / "again"
        for _turn in range(2):  # the second one is warm, as the forked ones will be
            self.again()
            started = time.perf_counter()
            ws = self.opened()
            applying.apply(ws, [self.file])
            self.seconds = time.perf_counter() - started
            self.after = self.said(ws)
            ws.close()
        self.again()

    def again(self) -> None:
        """Before the import."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.template, self.folder)

    def opened(self) -> Workspace:
        return workspaces.open_(self.folder, FixedClock(NOW), password=PASSWORD)

    @staticmethod
    def said(ws: Workspace) -> list[Any]:
        """What people would see: log, positions, quarantine. A file that nothing names yet is nothing."""
        found = content(ws)
        return [found[0], found[2], found[3], found[4], sorted(media.wanted(ws))]

    def forked(self, act: Callable[[], None], after: float) -> None:
        """Let ``act`` run in a child and kill it after so many seconds."""
        child = os.fork()
        if child == 0:
            try:
                act()
            finally:
                os._exit(0)
        end = time.perf_counter() + after
        while time.perf_counter() < end:
            if os.waitpid(child, os.WNOHANG)[0]:
                return
            time.sleep(0.002)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)

    def apply(self) -> None:
        applying.apply(self.opened(), [self.file])

    def must_be_whole(self, *, thorough: bool = False) -> bool:
        """Before or after, and the package brings what is missing; gives whether it was after."""
        ws = self.opened()
        try:
            found = self.said(ws)
            assert found in (self.before, self.after)
            if thorough:
                assert check.check(ws).ok
                assert applying.apply(ws, [self.file]).packages[0].failure is None
                assert self.said(ws) == self.after
                assert check.check(ws).ok
            return bool(found == self.after)
        finally:
            ws.close()


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


@pytest.mark.unchecked
@pytest.mark.timeout(300)
def test_an_import_killed_at_random_is_there_or_not(scene: Scene) -> None:
    rng = random.Random(20261124)
    done = 0
    for number in range(FORKED):
        scene.again()
        scene.forked(scene.apply, rng.uniform(0, scene.seconds * 1.5 + 0.02))
        done += scene.must_be_whole(thorough=number % _CHECK_EVERY == 0)
    assert 0 < done < FORKED, "some were killed before the commit and some after it"


def _killing(target: object, name: str, *, first: bool) -> Callable[[pytest.MonkeyPatch], None]:
    """The process ends the hard way before or after a step."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        really = getattr(target, name)

        def killed(*arguments: Any, **named: Any) -> Any:
            if not first:
                really(*arguments, **named)
            os.kill(os.getpid(), signal.SIGKILL)

        monkeypatch.setattr(target, name, killed)

    return patch


POINTS = {
    "before the sender's positions": _killing(peers, "save", first=True),
    "after the sender's positions": _killing(peers, "save", first=False),
    "after a batch": _killing(receiving._Intake, "take", first=False),
    "before the last tables": _killing(Projector, "finish", first=True),
    "after the last tables": _killing(receiving._Intake, "finish", first=False),
    "before the first file": _killing(media, "add", first=True),
    "after the first file": _killing(media, "add", first=False),
    "before the listeners": _killing(Workspace, "tell", first=True),
}


@pytest.mark.parametrize("point", POINTS)
def test_an_import_killed_at_a_named_point_is_there_or_not(
    scene: Scene, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = os.fork()
    if child == 0:
        try:
            POINTS[point](monkeypatch)
            scene.apply()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert scene.must_be_whole(thorough=True) == (point == "before the listeners")


def test_a_package_killed_while_it_is_written_leaves_no_half_file_and_no_number_twice(tmp_path: Path) -> None:
    office = an_office(tmp_path / "office")
    tester = a_tester(office, tmp_path / "tester")
    rows = [{"name": f"OSP {number:x}" * 9, "kind": "osp", "locality": "Wzorów"} for number in range(60)]
    records.add_many(tester, "partner", rows)
    tester.close()
    stick = tmp_path / "stick"
    rng = random.Random(5)

    def write(told: int) -> None:
        ws = workspaces.open_(tester.folder, FixedClock(NOW), password=PASSWORD)
        while True:
            os.write(told, b".")
            packing.pack(ws, stick, most_bytes=70_000)

    for turn in range(20):
        hears, told = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                write(told)
            finally:
                os._exit(0)
        for _written in range(1 + turn % 3):  # in mid-package after none, one or two, however busy the machine is
            assert os.read(hears, 1)
        time.sleep(rng.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(hears)
        os.close(told)
    files = applying.found_in([stick])
    done = applying.apply(office, files)
    assert files
    assert not [each for each in done.packages if each.failure is not None]
    numbers = [each.number for each in done.packages]
    assert len(set(numbers)) == len(numbers)
    office.close()


def test_the_command_line_killed_in_mid_import_leaves_all_or_nothing(scene: Scene) -> None:
    rng = random.Random(8)
    environment = {**os.environ, "PROGRESSUS_PASSWORD": PASSWORD}
    program = [sys.executable, "-m", "progressus_desktop", "exchange", "apply", str(scene.file), "--json"]
    for _turn in range(THROUGH_PROGRAM):
        scene.again()
        process = subprocess.Popen(
            [*program, "--workspace", str(scene.folder)], stdout=subprocess.PIPE, env=environment
        )
        time.sleep(rng.uniform(0.5, 1.1))
        process.kill()
        assert process.stdout is not None
        told = process.stdout.read()
        process.stdout.close()
        process.wait()
        was_taken = scene.must_be_whole()
        assert was_taken or not told.strip() or json.loads(told)["import"] is None
