"""Scenario 10 of domain.md, section 13: a cluster from the first contact to a letter of intent.

Five NGOs, two employers and a gmina; the gap nobody fills; the cluster's report; the office's view of all clusters.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from progressus_desktop.gui.mnemonics import letter
from progressus_desktop.services import records
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from tests.cli.conftest import Run
from tests.exchange.laptops import a_tester, an_office
from tests.journeys.hands import ALT, CONTROL, Key
from tests.journeys.seats import Seat
from tests.journeys.terminal import Terminal
from tests.reports import reading

NAME = "Nad Strugą"
GMINA = "3215052"
LATE = "OSP Wzorów"
PARTNERS: tuple[dict[str, Any], ...] = (
    {"name": "Stowarzyszenie Krąg", "kind": "association", "needs": ["transport"]},
    {"name": "Fundacja Most", "kind": "foundation", "needs": ["internship"]},
    {"name": "KGW Malwa", "kind": "kgw"},
    {"name": "Spółdzielnia Razem", "kind": "social_coop"},
    {"name": LATE, "kind": "osp"},
    {"name": "Piekarnia Bułka", "kind": "employer"},
    {"name": "Tartak Dąb", "kind": "employer"},
    {"name": "Gmina Wzorów", "kind": "gmina"},
)
ROLES = {"employer": "employer", "gmina": "authority"}


def partners_of(ws: Workspace) -> dict[str, str]:
    """Everybody, with what they seek; a bakery offers places for trainees. The fire brigade is not talked to yet."""
    rows = [
        {"locality": "Wzorów", "gmina": GMINA} | each
        | ({} if each["name"] == LATE else {"relations": [{"stage": "declared", "date": "2026-04-20"}]})
        for each in PARTNERS
    ]  # fmt: skip
    names = [each["name"] for each in PARTNERS]
    made = dict(zip(names, records.add_many(ws, "partner", rows), strict=True))
    offer = {"partner": made["Piekarnia Bułka"], "category": "internship", "description": "Staż w piekarni"}
    records.save(ws, "offer", None, offer, draft=False)
    return made


def members_of(cluster: str, made: dict[str, str], *but: str) -> list[dict[str, Any]]:
    """A membership for each of them but some."""
    return [
        {"cluster": cluster, "partner": made[each["name"]], "role": ROLES.get(each["kind"], "member"),
         "date_from": "2026-05-12", "cooperation_before": "none"}
        for each in PARTNERS if each["name"] not in but
    ]  # fmt: skip


def words(seat: Seat) -> str:
    return "\n".join(each.text() for each in seat.page.findChildren(QLabel) if each.isVisible())


def test_a_cluster_grows_from_the_first_contact_to_a_letter_of_intent(
    seats: Callable[[], Seat], stick: Path, tmp_path: Path
) -> None:
    boss = an_office(tmp_path / "office")
    krokus = a_tester(boss, tmp_path / "tester")
    made = partners_of(krokus)
    tester, office = seats(), seats()
    tester.enter(krokus)
    office.enter(boss)

    tester.sit()
    tester.find("osp wzorow", LATE)
    tester.hands.press(Key.Key_PageDown, CONTROL, times=2)
    assert tester.hands.at() == "quick_subject"
    tester.hands.type("Bus na praktyki i klaster")
    tester.reach("quick_add_button")
    tester.hands.press(Key.Key_Space)
    (talk,) = query.window(krokus, "interaction", View(), 0)
    assert talk.values["subject"] == "Bus na praktyki i klaster"
    tester.hands.press(Key.Key_PageDown, CONTROL)
    tester.reach("relations_stage")
    tester.hands.type("list")
    tester.hands.press(Key.Key_Return)
    tester.hands.press(Key.Key_Escape)
    print(query.get(krokus, "partner", made[LATE]).fields, tester.hands.at())

    tester.go("cluster")
    tester.hands.press(Key.Key_N, CONTROL)
    assert tester.hands.at() == "name"
    tester.hands.fill(NAME)
    tester.reach("stage")
    tester.hands.type("grupa")
    print(tester.hands.target())
    tester.hands.press(Key.Key_Tab)
    print("AREA", tester.hands.at(), tester.hands.target())
    tester.hands.press(Key.Key_Tab)
    print("AREA", tester.hands.at(), tester.hands.target())
    tester.hands.press(Key.Key_Tab)
    print("AREA", tester.hands.at(), tester.hands.target())
