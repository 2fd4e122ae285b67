"""Scenario 4 of domain.md, section 13, at terminals: a report is frozen, sent, returned, corrected and accepted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from progressus_desktop.services import records
from tests.cli.conftest import Run
from tests.exchange.laptops import a_tester, an_office
from tests.journeys.terminal import Terminal
from tests.journeys.test_scenario4_window import EVENT, MONTH


def _decided(laptop: Terminal, report: str, version: str, decision: str) -> list[dict[str, Any]]:
    """The office's decisions with one more."""
    fields = laptop("records", "monthly-report", "show", report)["fields"]
    kept = next(each for each in fields["versions"] if each["version"] == version)
    made = {"version": version, "decision": decision, "snapshot": kept["snapshot"], "at": "2026-11-23T11:48:00+01:00"}
    return [*fields.get("decisions", []), made]


@pytest.mark.unchecked
def test_a_report_is_frozen_and_no_later_change_alters_what_was_sent(run: Run, tmp_path: Path) -> None:
    boss = an_office(tmp_path / "office")
    krokus = a_tester(boss, tmp_path / "tester")
    (event,) = records.add_many(krokus, "event", [EVENT | {"lead_organiser": krokus.space}])
    boss.close()
    krokus.close()
    office, tester = Terminal(run, tmp_path / "office"), Terminal(run, tmp_path / "tester")
    turn = 0

    def carry(source: Terminal, target: Terminal) -> None:
        nonlocal turn
        turn += 1
        target("exchange", "apply", *source.pack(tmp_path / f"stick {turn}"))

    def printed(laptop: Terminal) -> bytes:
        file = tmp_path / "report.pdf"
        laptop("report", "monthly", "--id", report, "--out", str(file))
        return file.read_bytes()

    given = {"period": MONTH, "summary": "Jedno spotkanie dla pięciu osób."}
    (report,) = tester("records", "monthly-report", "add", given=given)["ids"]
    tester("records", "monthly-report", "ready", report)
    sent = printed(tester)
    carry(tester, office)
    assert printed(office) == sent
    remark = {"part": "1:plan", "review": "remark", "text": "Brakuje planu."}
    returned = {"remarks": [remark], "decisions": _decided(office, report, "1", "returned")}
    office("records", "monthly-report", "set", report, "--draft", given=returned)
    tester("records", "event", "set", event, given={"participants": {"ngo_staff": {"f": 30, "m": 2}}})
    carry(tester, office)
    assert printed(tester) == printed(office) == sent, "what was sent never changes"

    carry(office, tester)
    assert tester("records", "monthly-report", "show", report)["derived"]["state"] == "returned"
    tester("records", "monthly-report", "draft", report)
    tester("records", "monthly-report", "set", report, "--draft", given={"plan": "Dwa spotkania."})
    tester("records", "monthly-report", "ready", report)
    again = printed(tester)
    assert again != sent
    carry(tester, office)
    accepted = {"decisions": _decided(office, report, "2", "accepted")}
    office("records", "monthly-report", "set", report, "--draft", given=accepted)
    carry(office, tester)
    assert tester("records", "monthly-report", "show", report)["derived"]["state"] == "accepted"
    assert printed(office) == printed(tester) == again
    tester("records", "monthly-report", "set", report, "--draft", given={"versions": []}, code=4)
    for laptop in (office, tester):
        laptop("workspace", "check")
