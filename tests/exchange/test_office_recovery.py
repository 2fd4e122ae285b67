"""A forgotten password: the office's answer opens the workspace, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from progressus_desktop.clock import FixedClock
from progressus_desktop.errors import AccessError, DamagedError
from progressus_desktop.services import office_recovery, workspaces
from progressus_desktop.words import use_language
from tests.exchange.laptops import NOW, PASSWORD, a_tester, an_office


def test_the_office_answers_a_request_and_both_sides_see_the_same_words(tmp_path: Path) -> None:
    office = an_office(tmp_path / "office")
    tester = a_tester(office, tmp_path / "tester")
    office_recovery.turn_on(tester)
    folder = tester.folder
    tester.close()
    words = office_recovery.request(folder, tmp_path / "request")
    use_language("en")
    asked = office_recovery.asked(office, tmp_path / "request")
    made = office_recovery.answer(office, tmp_path / "request", tmp_path / "answer")
    assert made.words == words == asked.words == office_recovery.waiting_words(folder), "in the language of the request"
    use_language("pl")
    assert len(words) == 6
    office_recovery.recover(folder, tmp_path / "answer", "nowe hasło", FixedClock(NOW))
    with pytest.raises(AccessError):
        workspaces.open_(folder, FixedClock(NOW), password=PASSWORD)
    again = workspaces.open_(folder, FixedClock(NOW), password="nowe hasło")
    again.close()
    with pytest.raises(AccessError):
        office_recovery.recover(folder, tmp_path / "answer", "jeszcze raz", FixedClock(NOW))
    office.close()


def test_nothing_helps_where_help_was_not_turned_on_or_the_files_are_not_what_they_claim(tmp_path: Path) -> None:
    office = an_office(tmp_path / "office")
    tester = a_tester(office, tmp_path / "tester")
    with pytest.raises(AccessError):
        office_recovery.request(tester.folder, tmp_path / "request")
    assert not (tmp_path / "request").exists()
    office_recovery.turn_on(tester)
    assert office_recovery.is_on(tester.folder)
    office_recovery.request(tester.folder, tmp_path / "request")
    with pytest.raises(AccessError):
        office_recovery.answer(tester, tmp_path / "request", tmp_path / "answer")
    (tmp_path / "cut").write_bytes((tmp_path / "request").read_bytes()[:-40])
    with pytest.raises(DamagedError):
        office_recovery.answer(office, tmp_path / "cut", tmp_path / "answer")
    office_recovery.turn_off(tester)
    assert not office_recovery.is_on(tester.folder)
    tester.close()
    office.close()
