"""Scenario 3 of domain.md, section 13, at terminals: sticks at once, a torn file, receipts, the office's question."""

from __future__ import annotations

from pathlib import Path

import pytest

from progressus_desktop.services import packing
from tests.cli.conftest import Run
from tests.exchange.laptops import a_tester, an_office
from tests.exchange.trips import a_partner
from tests.journeys.terminal import Terminal
from tests.journeys.test_scenario3_window import QUESTION, a_period


@pytest.mark.unchecked
def test_sticks_are_read_at_once_and_receipts_and_a_question_come_back(run: Run, tmp_path: Path) -> None:
    boss = an_office(tmp_path / "office")
    krokus, other = a_tester(boss, tmp_path / "tester"), a_tester(boss, tmp_path / "other", "Klub Drugi")
    event = a_period(krokus)
    a_partner(other, "Świetlica")
    sticks = [tmp_path / "stick 1", tmp_path / "stick 2"]
    for ws, stick in ((krokus, sticks[0]), (other, sticks[1])):
        packing.pack(ws, stick)
        ws.close()
    boss.close()
    office, tester = Terminal(run, tmp_path / "office"), Terminal(run, tmp_path / "tester")

    (sent,) = sticks[0].iterdir()
    torn = tmp_path / "torn.progressus"
    torn.write_bytes(sent.read_bytes()[:-1000])
    before = office("workspace", "info")["counts"]
    (refused,) = office("exchange", "apply", str(torn), code=5)["packages"]
    assert refused["state"] == "refused"
    assert office("workspace", "info")["counts"] == before
    done = office("exchange", "apply", str(torn), *map(str, sticks), code=9)["packages"]
    assert sorted(each["state"] for each in done) == ["applied", "applied", "refused"]
    assert sum(each["attachments"] for each in done) == 12
    given = {"what": QUESTION, "due": "2026-12-01", "record": event}
    (task,) = office("records", "task", "add", given=given)["ids"]
    back = office.pack(tmp_path / "back")

    assert [each["state"] for each in tester("exchange", "apply", *back, code=9)["packages"]].count("applied") == 1
    (there,) = tester("exchange", "status")["counterparts"]
    assert (there["confirmed"], there["sent"]) == (47, 47)
    assert (there["attachments_confirmed"], there["attachments"]) == (12, 12)
    fields = tester("records", "task", "show", task)["fields"]
    assert (fields["what"], fields["origin"]) == (QUESTION, "office")
    tester("records", "task", "set", task, given={"state": "done"})
    office("exchange", "apply", *tester.pack(tmp_path / "answer"))
    assert office("records", "task", "show", task)["fields"]["state"] == "done"
    for laptop in (office, tester):
        laptop("workspace", "check")
