"""Scenario 8 of domain.md, section 13, by separate processes: three old tables through staging."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl

from tests.journeys.oldtables import old_tables
from tests.journeys.test_scenario1_cli import PROJECT, Worker


def test_three_old_tables_come_in_through_staging(tmp_path: Path) -> None:
    worker = Worker(tmp_path / "baza")
    (tmp_path / "project.json").write_text(json.dumps(PROJECT), encoding="utf-8")
    worker.run(
        "workspace", "create", str(tmp_path / "baza"), "--role", "tester", "--project", str(tmp_path / "project.json"),
        "--org", "Stowarzyszenie „Krokus”", "--user", "Anna Przykładna",
    )  # fmt: skip
    first, second, third = old_tables(tmp_path)

    tried = worker.run("import", "partner", str(first), "--dry-run")
    assert tried["counts"] == {"new": 3, "changed": 0, "doubtful": 0, "wrong": 0, "same": 0}
    assert (tried["applied"], tried["dry_run"]) == (0, True)
    assert worker.run("records", "partner", "list")["total"] == 0

    done = worker.run("import", "partner", str(first))
    assert len(done["ids"]) == done["applied"] == 3
    found = {item["fields"]["name"]: item for item in worker.run("records", "partner", "list")["items"]}
    assert found["OSP Łąka"]["fields"]["first_contact"] == "2024-03-10"
    assert found["KGW Malwa"]["fields"]["first_contact"] == "2024-05-06"
    assert {item["entry"] for item in found.values()} == {"ready"}

    done = worker.run("import", "partner", str(second))
    assert done["counts"] == {"new": 2, "changed": 0, "doubtful": 1, "wrong": 0, "same": 0}
    doubled = done["left_out"][0]
    assert (doubled["state"], doubled["id"]) == ("doubtful", found["Stow. „Żuraw”"]["id"])
    assert {cell["field"]: cell["to"] for cell in doubled["cells"]} == {
        "name": "Stowarzyszenie Żuraw", "email": "zuraw@ngo.example",
    }  # fmt: skip
    assert len(done["notes"]) == 1
    completed = worker.run("import", "partner", str(second), "--accept", "doubtful")
    assert (completed["applied"], completed["counts"]["same"]) == (1, 2)

    done = worker.run("import", "partner", str(third))
    assert {row["line"]: row["state"] for row in done["rows"]} == {3: "doubtful", 4: "wrong", 5: "new"}
    assert done["counts"]["same"] == 1
    assert worker.run("records", "partner", "list")["total"] == 6

    table = tmp_path / "lista.xlsx"
    assert worker.run("export", "partner", str(table))["rows"] == 6
    assert worker.run("import", "partner", str(table))["counts"]["same"] == 6
    book = openpyxl.load_workbook(table)
    page = book.worksheets[0]
    heads = [cell.value for cell in page[1]]
    page.cell(3, heads.index("Telefon") + 1).value = "94 374 99 99"
    book.save(table)
    changed = worker.run("import", "partner", str(table), "--dry-run")
    assert [[cell["field"] for cell in row["cells"]] for row in changed["rows"]] == [["phone"]]

    assert worker.run("undo", "--steps", "2")["steps"] == 2
    assert worker.run("records", "partner", "list")["total"] == 5
    (tmp_path / "zły.xlsx").write_bytes(b"PK\x03\x04 nic")
    assert worker.run("import", "partner", str(tmp_path / "zły.xlsx"), code=5)["error"]["code"] == "damaged"
    assert worker.run("import", "partner", str(tmp_path / "nie ma.csv"), code=2)["error"]["code"] == "not_found"
    assert worker.run("import", "partner", str(first), "--accept", "wrong", code=2)["error"]["code"] == "usage"
    assert worker.run("export", "partner", str(tmp_path / "a.ods"), code=2)["error"]["code"] == "usage"
