"""Scenario 10 of domain.md, section 13: a cluster from the first contact to a letter of intent.

Five NGOs, two employers and a gmina; the gap nobody fills; the cluster's report; the office's view of all clusters.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

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
    assert [each["stage"] for each in query.get(krokus, "partner", made[LATE]).fields["relations"]] == ["declared"]

    tester.go("cluster")
    tester.hands.press(Key.Key_N, CONTROL)
    assert tester.hands.at() == "name"
    tester.hands.fill(NAME)
    tester.reach("stage")
    tester.hands.type("grupa")
    tester.pick("area_picker", "Grzmiąca")
    tester.pick("coordinator", "Stowarzyszenie Krokus")
    tester.hands.press(Key.Key_Escape)
    (cluster,) = query.window(krokus, "cluster", View(), 0)
    tester.reach("new_member_button")
    tester.hands.press(Key.Key_Space)
    tester.pick("partner", LATE)
    tester.reach("cooperation_before")
    tester.hands.type("bra")
    tester.hands.press(Key.Key_Tab)
    tester.hands.press(Key.Key_Escape)
    (member,) = query.window(krokus, "membership", View(), 0)
    assert query.get(krokus, "membership", member.id).entry == "ready"
    records.add_many(krokus, "membership", members_of(cluster.id, made, LATE))
    tester.hands.until(lambda: "nikt nie oferuje „transport”" in words(tester))
    assert "Możliwe połączenia (1)" in words(tester)

    tester.reach("open_cluster_button")
    tester.hands.press(Key.Key_Space)
    tester.reach("stage")
    tester.hands.type("dek")
    assert tester.hands.target().currentText() == "deklaracja"
    tester.hands.press(Key.Key_Tab)
    report = reading.text(_printed(tester, "cluster", tmp_path / "klaster.pdf"))
    for each in (NAME, "Deklaracja", "transport", *(each["name"] for each in PARTNERS)):
        assert each in report, each
    tester.find("osp wzorow", LATE)
    letter_of_intent = reading.text(_printed(tester, "form-letter-of-intent", tmp_path / "list.pdf"))
    assert LATE in letter_of_intent
    tester.exchange()

    office.sit()
    office.read_packages()
    page = office.go("cluster")
    assert NAME in page.list.choice.currentText()
    assert "nikt nie oferuje „transport”" in words(office)
    office.go("overview")
    office.reach("office_summary_button")
    office.hands.press(Key.Key_Space)
    summary = tmp_path / "zestawienie.pdf"
    office.name_file(summary)
    office.hands.until(summary.exists, timeout=20_000)
    office.quiet()
    _sees_everything(summary.read_bytes())


def _sees_everything(data: bytes) -> None:
    """The office's summary counts the stages of all partners and names the cluster with its gap."""
    summary = " ".join(reading.text(data).split())
    assert "List intencyjny/deklaracja 8 0" in summary
    assert f"{NAME} deklaracja – 8 – transport" in summary


def _printed(seat: Seat, kind: str, file: Path) -> bytes:
    """A document from the menu *Print* of the form in sight."""
    form = seat.page.stack.currentWidget()
    seat.hands.press(Key[f"Key_{letter(form.head.prints.text()).upper()}"], ALT)
    seat.hands.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    seat.hands.press(Key.Key_Down, times=[each.objectName() for each in menu.actions()].index(f"print_{kind}"))
    seat.hands.press(Key.Key_Return)
    seat.name_file(file)
    seat.hands.until(file.exists, timeout=20_000)
    seat.quiet()
    return file.read_bytes()


@pytest.mark.unchecked
def test_the_same_cluster_at_terminals(run: Run, tmp_path: Path) -> None:
    boss = an_office(tmp_path / "office")
    krokus = a_tester(boss, tmp_path / "tester")
    made = partners_of(krokus)
    boss.close()
    krokus.close()
    office, tester = Terminal(run, tmp_path / "office"), Terminal(run, tmp_path / "tester")

    talk = {"date": "2026-05-12", "channel": "phone", "partners": [made[LATE]], "subject": "Bus", "result": "agreed"}
    tester("records", "interaction", "add", given=talk)
    tester("records", "partner", "set", made[LATE], given={"relations": [{"stage": "declared"}]})
    given = {"name": NAME, "stage": "declaration", "area": [GMINA], "coordinator": krokus.space}
    (cluster,) = tester("records", "cluster", "add", given=given)["ids"]
    tester("records", "membership", "add", given=members_of(cluster, made))
    prints = {"cluster": cluster, "form-letter-of-intent": made[LATE]}
    for kind, record in prints.items():
        file = tmp_path / f"{kind}.pdf"
        tester("report", kind, "--id", record, "--out", str(file))
        assert LATE in reading.text(file.read_bytes())
        assert tester("report", "check", str(file))["ok"]
    office("exchange", "apply", *tester.pack(tmp_path / "stick"))
    office("report", "office-summary", "--to", "2026-11-30", "--out", str(tmp_path / "summary.pdf"))
    _sees_everything((tmp_path / "summary.pdf").read_bytes())
    for laptop in (office, tester):
        laptop("workspace", "check")
