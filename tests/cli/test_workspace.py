"""Workspaces by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import PROJECT, Run


def test_a_workspace_is_made_with_project_organisation_and_person(base: Path, run: Run) -> None:
    about = run("workspace", "info", "--json").json
    assert about["person"]["name"] == "Anna Przykładna"
    assert about["organisation"]["name"] == "Stowarzyszenie „Krokus”"
    assert about["code_prefix"] == "STOA"
    assert run("records", "partner", "list", "--json").json["total"] == 0
    assert run("records", "partner", "list", "--where", "in_project=true", "--json").json["total"] == 2
    assert run("workspace", "check").code == 0
    assert run("workspace", "check", "--rebuild").code == 0


def test_global_options_stand_before_or_after_the_command(base: Path, run: Run) -> None:
    before = run("--json", "--as", "Anna Przykładna", "workspace", "info")
    after = run("workspace", "info", "--as", "Przykładna", "--json")
    assert before.json == after.json


@pytest.mark.parametrize(
    ("change", "code"), [({"short_code": "xx!"}, 3), ({"date_to": "2020-01-01"}, 3), ({"nothing": 1}, 3)]
)
def test_a_bad_project_makes_nothing(run: Run, tmp_path: Path, change: dict[str, object], code: int) -> None:
    project = tmp_path / "project.json"
    project.write_text(json.dumps({**PROJECT, **change}), encoding="utf-8")
    folder = tmp_path / "baza"
    assert run("workspace", "create", str(folder), "--role", "office", "--project", str(project)).code == code
    assert not folder.exists()


def test_a_full_folder_is_not_touched(base: Path, run: Run, tmp_path: Path) -> None:
    project = str(tmp_path / "project.json")
    assert run("workspace", "create", str(base), "--role", "office", "--project", project).code == 2


def test_wrong_password_foreign_folder_and_unknown_person(
    base: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("workspace", "info", "--as", "Nikt Nieznany").code == 2
    assert run("workspace", "info", "--workspace", str(tmp_path)).code == 5
    monkeypatch.setenv("PROGRESSUS_PASSWORD", "inne")
    refused = run("workspace", "info", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (4, "access")


def test_the_password_may_come_from_a_file_or_standard_input(
    base: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PROGRESSUS_PASSWORD")
    assert run("workspace", "info").code == 4
    (tmp_path / "haslo.txt").write_text("haslo\n", encoding="utf-8")
    assert run("workspace", "info", "--password-file", str(tmp_path / "haslo.txt")).code == 0
    lines = 'haslo\n{"name": "OSP Wzorów", "kind": "osp", "locality": "Wzorów"}\n'
    assert run("records", "partner", "add", "--password-file", "-", given=lines).code == 0


def test_a_reader_is_refused_with_exit_4(base: Path, run: Run) -> None:
    user = {"first_name": "Jan", "last_name": "Czytelny", "role": "reader"}
    assert run("records", "user", "add", given=user).code == 0
    partner = {"name": "OSP Wzorów", "kind": "osp", "locality": "Wzorów"}
    assert run("records", "partner", "add", "--as", "Jan Czytelny", given=partner).code == 4
    assert run("records", "partner", "list", "--as", "Jan Czytelny").code == 0


def test_a_new_password_voids_the_old_one(base: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROGRESSUS_NEW_PASSWORD", "nowe haslo")
    assert run("workspace", "password").code == 0
    assert run("workspace", "info").code == 4
    monkeypatch.setenv("PROGRESSUS_PASSWORD", "nowe haslo")
    assert run("workspace", "info").code == 0


def test_backup_and_restore_into_a_new_folder(base: Path, run: Run, tmp_path: Path) -> None:
    partner = {"name": "OSP Wzorów", "kind": "osp", "locality": "Wzorów"}
    run("records", "partner", "add", given=partner)
    file = run("workspace", "backup", "--to", str(tmp_path / "kopie"), "--json").json["file"]
    restored = run("workspace", "restore", file, "--into", str(tmp_path / "nowa"), "--json")
    assert restored.code == 0
    there = run("workspace", "info", "--workspace", str(tmp_path / "nowa"), "--json").json
    here = run("workspace", "info", "--workspace", str(base), "--json").json
    assert there["counts"] == here["counts"]
    assert there["device"] != here["device"]


def test_lock_status_needs_no_password(base: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROGRESSUS_PASSWORD")
    assert run("workspace", "lock-status", "--json").json["locked"] is False


@pytest.mark.parametrize("argv", [("nothing",), ("records",), ("import", "partner", "x.csv"), ("erase", "person", "1")])
def test_what_is_not_offered_is_wrong_usage(run: Run, argv: tuple[str, ...]) -> None:
    refused = run(*argv, "--json")
    assert (refused.code, refused.json["error"]["code"]) == (2, "usage")


def test_help_is_in_the_language_asked_for(run: Run) -> None:
    answer = run("--lang", "en", "--help")
    assert answer.code == 0
    assert "show this help" in answer.out
