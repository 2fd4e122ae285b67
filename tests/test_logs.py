"""The log stands where the program's folder is now, not where it was when the process began."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from progressus_desktop import logs


def test_each_home_of_one_process_has_its_own_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = []
    for home, error in (("first", KeyError()), ("second", ValueError())):
        monkeypatch.setenv("PROGRESSUS_HOME", str(tmp_path / home))
        logs.start()
        files.append(Path(logs.unexpected(error)))
        assert files[-1].is_relative_to(tmp_path / home)
    first, second = (file.read_text("utf-8") for file in files)
    assert ("KeyError" in first, "ValueError" in first) == (True, False)
    assert ("KeyError" in second, "ValueError" in second) == (False, True)


def test_starting_twice_in_one_home_writes_each_line_once() -> None:
    logs.start()
    logs.start()
    file = Path(logs.unexpected(KeyError()))
    assert file.read_text("utf-8").count("KeyError") == 1
    handlers = logging.getLogger("progressus_desktop").handlers
    assert sum(isinstance(each, logs.LogFile) for each in handlers) == 1


def test_the_log_names_places_in_the_program_and_no_folder_of_a_person() -> None:
    for file in (
        "C:\\Users\\Anna Przykładna\\app\\progressus_desktop\\cli\\main.py",
        "/mnt/Anna Przykładna/x/site-packages/a/b.py",
    ):
        assert "nna" not in logs.place_in(file)
    assert logs.place_in("/mnt/Anna Przykładna/python3.11/json/decoder.py") == "decoder.py"
    try:
        {}["Kanarkowska"]
    except KeyError as error:
        file = Path(logs.unexpected(error))
    said = file.read_text("utf-8")
    assert "Kanarkowska" not in said
    assert "test_logs.py" in said
