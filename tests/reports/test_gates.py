"""Every report, with every kind of data, is an accessible PDF by four independent judges."""

from __future__ import annotations

from pathlib import Path

import pytest

from progressus_desktop import words
from tests.reports import examples, reading


@pytest.mark.parametrize(("report", "data"), examples.CASES)
def test_every_validator_finds_nothing(report: str, data: str, tmp_path: Path) -> None:
    assert reading.validators(examples.rendered(report, data), tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize(("report", "data"), examples.CASES)
def test_every_validator_finds_nothing_in_either_language(report: str, data: str, lang: str, tmp_path: Path) -> None:
    assert reading.validators(examples.rendered(report, data, lang), tmp_path) == []
