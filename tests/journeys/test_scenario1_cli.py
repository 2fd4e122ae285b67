"""Scenario 1 of domain.md, section 13, by separate processes: an event with 37 participants, its sheet and its card."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PROJECT = {
    "name": "Projekt próbny",
    "short_code": "PROG",
    "date_from": "2026-01-01",
    "date_to": "2027-12-31",
    "leader_name": "Fundacja „Lider”",
}


class Worker:
    """Runs the program as a person at a terminal would, one process a command."""

    def __init__(self, folder: Path) -> None:
        self._environment = {
            **os.environ,
            "PROGRESSUS_PASSWORD": "haslo do bazy",
            "PROGRESSUS_WORKSPACE": str(folder),
            "PROGRESSUS_NOW": "2026-11-23T11:48:00+01:00",
        }

    def run(self, *argv: str, given: object = None, code: int = 0) -> Any:
        """The JSON a command prints."""
        text = None if given is None else json.dumps(given)
        done = subprocess.run(
            [sys.executable, "-m", "progressus_desktop", *argv, "--json"],
            input=text, capture_output=True, text=True, env=self._environment, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == code, done.stderr + done.stdout
        return json.loads(done.stdout)


def test_a_worker_records_an_event_and_prints_its_sheet_and_card(tmp_path: Path) -> None:
    worker = Worker(tmp_path / "baza")
    (tmp_path / "project.json").write_text(json.dumps(PROJECT), encoding="utf-8")
    worker.run(
        "workspace", "create", str(tmp_path / "baza"), "--role", "tester", "--project", str(tmp_path / "project.json"),
        "--org", "Stowarzyszenie „Krokus”", "--user", "Anna Przykładna",
    )  # fmt: skip
    partners = worker.run(
        "records",
        "partner",
        "add",
        given={"name": "OSP Lipniki Wzorcowe", "kind": "osp", "locality": "Lipniki Wzorcowe"},
    )["ids"]
    partners += worker.run(
        "records", "partner", "add", given={"name": "KGW „Malwa”", "kind": "kgw", "locality": "Nowiny Testowe"}
    )["ids"]
    event = {
        "title": "Spotkanie klastra: wspólny dowóz na praktyki",
        "kind": "cluster_meeting",
        "status": "held",
        "date": "2026-11-18",
        "start": "16:00",
        "end": "18:30",
        "place_name": "Świetlica",
        "locality": "Lipniki Wzorcowe",
        "participants": {
            "pwd": {"f": 5, "m": 4}, "ngo_staff": {"f": 9, "m": 4}, "community": {"f": 7, "m": 8},
        },
        "counted_by": "list",
        "signatures_count": 37,
        "topics": [
            {"topic": "T1", "depth": "presented", "audience": ["community"]},
            {"topic": "T3", "depth": "workshop", "audience": ["ngo_staff"]},
        ],
        "partners": partners,
        "course": "Straż pokazała trasę busa. Dziewięć osób ma dojazd od 3 grudnia.",
        "arrangements": [
            {"what": "Umówić wizytę", "who": "Anna P.", "due": "2026-11-30"},
            {"what": "Przesłać rozkład busa", "due": "2026-11-25"},
        ],
    }  # fmt: skip
    event_id = worker.run("records", "event", "add", given=event)["ids"][0]
    shown = worker.run("records", "event", "show", event_id)
    assert shown["entry"] == "ready"
    assert shown["derived"]["persons"] == 37
    assert [row["what"] for row in shown["fields"]["arrangements"]] == ["Umówić wizytę", "Przesłać rozkład busa"]
    assert set(shown["fields"]["partners"]) == set(partners)
    for kind in ("attendance-sheet", "event-card"):
        file = str(tmp_path / f"{kind}.pdf")
        worker.run("report", kind, "--id", shown["code"], "--out", file)
        assert worker.run("report", "check", file) == {"ok": True, "findings": []}
    assert worker.run("search", "dowoz")["items"][0]["id"] == event_id
    worker.run("records", "event", "set", event_id, given={"place_name": "Remiza"})
    worker.run("undo")
    assert worker.run("records", "event", "show", event_id)["fields"]["place_name"] == "Świetlica"
    assert worker.run("workspace", "check") == {"ok": True, "findings": []}
