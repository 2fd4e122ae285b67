"""A package cut short, flipped, or written to a full medium: refused or told, and the workspace stays as it was."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from progressus_desktop.clock import FixedClock
from progressus_desktop.errors import AccessError, DamagedError, StorageError
from progressus_desktop.services import applying, packing, records, workspaces
from progressus_desktop.store import check
from progressus_desktop.store.workspace import Workspace
from tests.exchange.conftest import office, tester
from tests.exchange.laptops import NOW, PASSWORD
from tests.exchange.trips import a_picture, an_event, content, pack, shown, take

__all__ = ["office", "tester"]

ROOT = Path(__file__).resolve().parents[2]
CHUNK = 64 * 1024
FLIPS = 120


def a_package(source: Workspace, target: Workspace, stick: Path) -> bytes:
    """A package of several chunks: changes and photos."""
    from progressus_desktop.services import photos

    event = an_event(source)
    for seed in range(3):
        made = photos.add(source, event, a_picture(seed, 260), "Mapa", further={"people_shown": "nobody"})
        records.mark_ready(source, "photo", made)
    rows = [{"name": f"OSP {number}", "kind": "osp", "locality": "Wzorów"} for number in range(50)]
    records.add_many(source, "partner", rows)
    (file,) = pack(source, target, stick)
    return file.read_bytes()


def must_refuse(ws: Workspace, file: Path, data: bytes) -> None:
    file.write_bytes(data)
    (done,) = applying.apply(ws, [file]).packages
    assert isinstance(done.failure, (DamagedError, AccessError)), done


def test_a_package_cut_anywhere_changes_nothing(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    data = a_package(tester, office, tmp_path)
    assert len(data) > 2 * CHUNK
    before = content(office)
    ends = {0, 1, 21, 22, 200, len(data) - 1, len(data) - 16, len(data) - 17}
    ends |= {start + step for start in range(0, len(data), CHUNK) for step in (-1, 0, 1) if start + step >= 0}
    for end in sorted(ends):
        must_refuse(office, tmp_path / "cut.progressus", data[:end])
    must_refuse(office, tmp_path / "tail.progressus", data + bytes(512))
    must_refuse(office, tmp_path / "zeros.progressus", data[: -CHUNK // 2] + bytes(CHUNK // 2))
    assert content(office) == before
    (tmp_path / "whole.progressus").write_bytes(data)
    take(office, [tmp_path / "whole.progressus"])


def test_one_flipped_bit_anywhere_changes_nothing(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    data = a_package(tester, office, tmp_path)
    before = content(office)
    rng = random.Random(3)
    places = [*range(40), *(rng.randrange(len(data)) for _each in range(FLIPS)), len(data) - 1]
    for place in places:
        flipped = bytearray(data)
        flipped[place] ^= 1 << rng.randrange(8)
        must_refuse(office, tmp_path / "flipped.progressus", bytes(flipped))
    assert content(office) == before


def test_pieces_of_two_packages_make_none(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    first = a_package(tester, office, tmp_path / "a")
    second = a_package(tester, office, tmp_path / "b")
    before = content(office)
    for at in (CHUNK, 2 * CHUNK, 300, len(first) // 2):
        must_refuse(office, tmp_path / "mixed.progressus", first[:at] + second[at:])
    assert content(office) == before


FULL = """
import resource, signal, sys
from pathlib import Path
from progressus_desktop.clock import SystemClock
from progressus_desktop.errors import StorageError
from progressus_desktop.services import applying, packing, workspaces
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder, what, place, limit = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
ws = workspaces.open_(folder, SystemClock(), password=sys.argv[5])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    if what == "apply":
        applying.apply(ws, [place])
    else:
        packing.pack(ws, place)
except StorageError as error:
    print(str(error.message), "|", str(error.hint))
    sys.exit(8)
"""


def full(ws: Workspace, what: str, place: Path, limit: int) -> subprocess.CompletedProcess[str]:
    """Do something where no file may grow beyond so many bytes."""
    command = [sys.executable, "-c", FULL, str(ws.folder), what, str(place), str(limit), PASSWORD]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)


@pytest.mark.parametrize("limit", [4_000, 30_000, 600_000, 2_500_000])
def test_a_full_disk_refuses_the_import_and_the_same_package_comes_in_later(
    office: Workspace, tester: Workspace, tmp_path: Path, limit: int
) -> None:
    a_package(tester, office, tmp_path / "a")
    rows = [{"name": f"OSP Duże {number}", "kind": "osp", "locality": "x" * 200} for number in range(1500)]
    records.add_many(tester, "partner", rows)
    (file,) = pack(tester, office, tmp_path / "b")
    office.close()
    done = full(office, "apply", file, limit)
    assert done.returncode == 8, done.stdout + done.stderr
    again = workspaces.open_(office.folder, FixedClock(NOW), password=PASSWORD)
    assert not [each for each in shown(again).values() if each[0] in {"event", "photo"}]
    assert check.check(again).ok
    take(again, [file])
    assert len([each for each in shown(again).values() if each[0] == "photo"]) == 3
    again.close()


def test_a_full_stick_leaves_no_half_package_and_no_gap_in_the_numbers(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    a_package(tester, office, tmp_path / "a")
    tester.close()
    stick = tmp_path / "stick"
    done = full(tester, "pack", stick, 60_000)
    assert done.returncode == 8, done.stdout + done.stderr
    assert list(stick.iterdir()) == []
    again = workspaces.open_(tester.folder, FixedClock(NOW), password=PASSWORD)
    (made,) = packing.pack(again, stick)
    assert made.number == 2
    take(office, [made.file])
    again.close()


def test_a_place_that_cannot_be_written_is_told(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(StorageError):
        packing.pack(tester, tmp_path / "file" / "stick")
