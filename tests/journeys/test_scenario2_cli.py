"""Scenario 2 of domain.md, section 13, at terminals: the packages of one laptop in any order, some of them twice."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.exchange.laptops import a_tester, an_office
from tests.journeys.terminal import Terminal
from tests.journeys.test_scenario2_window import NUMBERS, both_know

ORDERS = ((0, 1, 2), (2, 0, 1, 0), (1, 2, 1))


def _state(laptop: Terminal, partner: str, contact: str) -> list[Any]:
    """What a laptop says about both records: fields, questions, and the heads behind them."""
    found = [laptop("records", "partner", "show", partner), laptop("records", "contact", "show", contact)]
    return [[each[name] for name in ("fields", "version", "deleted", "conflicts")] for each in found]


@pytest.mark.unchecked
def test_any_order_and_repetition_gives_the_same_state_and_two_questions(run: Run, tmp_path: Path) -> None:
    boss = an_office(tmp_path / "office")
    krokus = a_tester(boss, tmp_path / "tester")
    partner, contact = both_know(krokus, boss, tmp_path / "before")
    boss.close()
    krokus.close()
    office, tester = Terminal(run, tmp_path / "office"), Terminal(run, tmp_path / "tester")

    packages = []
    for entity, record, values in (
        ("partner", partner, {"phone": "94 374 00 11"}),
        ("partner", partner, {"nip": "8567346215"}),
        ("contact", contact, {"function": "dyrektor"}),
    ):
        tester("records", entity, "set", record, given=values)
        packages += tester.pack(tmp_path / f"stick {len(packages)}")
    office("records", "partner", "set", partner, given={"phone": "94 374 00 22", "postal_code": "78-445"})
    office("records", "contact", "remove", contact)

    states = []
    copies = [tmp_path / f"office {number}" for number, _order in enumerate(ORDERS)]
    for folder in copies:
        shutil.copytree(office.folder, folder)
    for order, folder in zip(ORDERS, copies, strict=True):
        laptop = Terminal(run, folder)
        for at in order:
            laptop("exchange", "apply", packages[at], code=None)
        asked = laptop("exchange", "conflicts")["items"]
        assert {(each["record"], each["field"]) for each in asked} == {(partner, "phone"), (contact, "*")}
        states.append(_state(laptop, partner, contact))
    assert states[0] == states[1] == states[2]

    office("exchange", "apply", packages[2], code=6)
    for each in office("exchange", "conflicts")["items"]:
        office("exchange", "resolve", each["id"], "--take", "ours" if each["field"] == "*" else "theirs")
    tester("exchange", "apply", *office.pack(tmp_path / "back"))
    assert office("exchange", "conflicts")["items"] == tester("exchange", "conflicts")["items"] == []
    assert _state(office, partner, contact) == _state(tester, partner, contact)
    told = [each["fields"] for each in tester("records", "partner", "history", partner)["items"]]
    assert {fields["phone"][side] for fields in told if "phone" in fields for side in ("from", "to")} >= NUMBERS
    for laptop in (office, tester):
        laptop("workspace", "check")
