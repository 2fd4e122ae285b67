"""The same data give the same bytes: in another process, another folder, on another day."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.reports import examples

ROOT = Path(__file__).resolve().parents[2]
CASES = [("event-card", "polish"), ("attendance-sheet", "small"), ("monthly", "polish")]
SCRIPT = """
import sys; sys.path.insert(0, sys.argv[1])
import hashlib
from tests.reports import examples
for report, data in examples_cases():
    print(hashlib.sha256(examples.rendered(report, data)).hexdigest())
"""


def _digests(folder: Path, **environment: str) -> list[str]:
    script = SCRIPT.replace("examples_cases()", repr(CASES))
    done = subprocess.run(
        [sys.executable, "-c", script, str(ROOT)], cwd=folder, env={**os.environ, **environment},
        check=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    return done.stdout.split()


def test_another_process_folder_time_zone_and_hash_seed_give_the_same_bytes(tmp_path: Path) -> None:
    here = [hashlib.sha256(examples.rendered(report, data)).hexdigest() for report, data in CASES]
    other = _digests(tmp_path, TZ="Pacific/Auckland", PYTHONHASHSEED="7", PROGRESSUS_NOW="2031-01-02T03:04:05+00:00")
    assert other == here


def test_making_it_twice_in_one_process_gives_the_same_bytes() -> None:
    makers = {(report, data): make for report, data, make in examples.renderings()}
    for case in CASES:
        assert makers[case]() == makers[case]()
