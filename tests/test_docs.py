"""What the documents say is true: generated ones are current, links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_the_data_dictionary_is_that_of_the_declarations() -> None:
    made = subprocess.run(
        [sys.executable, ".ci/data_dictionary.py"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert (ROOT / "docs/data-dictionary.md").read_text("utf-8") == made, "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_named_files_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    links = [each.split("#")[0] for each in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in each]
    missing = [each for each in links if each and not (page.parent / each).exists()]
    named = re.findall(r"`((?:docs|tests|ui|resources|benchmarks|progressus_desktop|\.ci)/[\w./-]+\w)`", text)
    missing += [each for each in named if not (ROOT / each).exists() and "<" not in each]
    assert not missing
