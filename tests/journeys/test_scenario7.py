"""Scenario 7 of domain.md, section 13: the laptop is dead; a new one gets back everything that anybody has.

With the recovery sheet, the last backup and what the office has. A new device number, no code twice, nothing doubled.
In the window by the first run, then at terminals.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from progressus_desktop.services import deciding, keeping, records, recovery, standing
from progressus_desktop.store import access
from progressus_desktop.store.workspace import Workspace
from tests.cli.conftest import Run
from tests.conftest import LIGHT
from tests.exchange.laptops import a_tester, an_office, swap
from tests.exchange.trips import a_partner, field, shown
from tests.journeys.hands import CONTROL, Key
from tests.journeys.seats import Seat
from tests.journeys.terminal import Terminal
from tests.journeys.test_scenario3_window import labels
from tests.reports import reading

NEW_PASSWORD = "nowy laptop na biurku"
CODE = re.compile(r"(?:[0-9A-Z]{5}-){5}[0-9A-Z]")


class Loss(NamedTuple):
    """What is left: the office, the backup, the code on paper; and what the backup has, what only the office has."""

    office: Workspace
    backup: Path
    code: str
    old: str
    later: str
    device: str


def a_dead_laptop(folder: Path) -> Loss:
    """A tester works, prints the sheet, backs up, works on, exchanges; then the disk is gone."""
    office = an_office(folder / "office")
    tester = a_tester(office, folder / "tester")
    old = a_partner(tester, "OSP Przed kopią")
    swap(tester, office, folder / "before")
    paper = reading.text(recovery.sheet(tester, folder / "kartka.pdf").read_bytes())
    backup = keeping.backup(tester, folder / "pendrive")
    later = a_partner(tester, "OSP Po kopii")
    records.save(tester, "partner", old, {"phone": "94 374 00 01"}, draft=False)
    swap(tester, office, folder / "after")
    device = tester.replica.id.hex()
    tester.close()
    shutil.rmtree(tester.folder)
    code = CODE.search(paper)
    assert code is not None
    return Loss(office, backup, code.group(), old, later, device)


@pytest.fixture(autouse=True)
def _light_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    for change in (access.keep_recovery_code, access.set_password):
        monkeypatch.setattr(change, "__defaults__", (LIGHT,))


def _codes(ws: Workspace) -> list[str]:
    return [row[0] for row in ws.connection.exec_driver_sql("SELECT code FROM partner WHERE code IS NOT NULL")]


def test_a_new_laptop_is_set_up_from_paper_backup_and_the_office(
    seats: Callable[[], Seat], stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loss = a_dead_laptop(tmp_path)
    office = seats()
    office.enter(loss.office)
    monkeypatch.setenv("PROGRESSUS_HOME", str(tmp_path / "new computer"))
    new = seats()
    new.program.show_first()
    new.program.window.activateWindow()
    new.hands.until(lambda: new.hands.at().startswith("role_"))
    while new.hands.at() != "role_restore":
        new.hands.press(Key.Key_Down)
    new.hands.press(Key.Key_Return)
    new.hands.press(Key.Key_Space)
    new.name_file(loss.backup)
    assert new.hands.at() == "restore_password"
    new.hands.fill("zly kod z kartki")
    first = new.program.first
    new.hands.until(lambda: bool(first.error.words.text()), timeout=20_000)
    new.reach("restore_password")
    new.hands.press(Key.Key_A, CONTROL)
    new.hands.fill(loss.code.lower().replace("-", " "))
    new.hands.until(lambda: first.step == 2, timeout=20_000)
    new.hands.fill(NEW_PASSWORD)
    new.hands.fill(NEW_PASSWORD)
    new.hands.until(lambda: new.program.session is not None, timeout=20_000)
    new.sit()
    ws = new.ws
    assert ws.replica.id.hex() != loss.device
    assert (ws.replica.prefix, ws.replica.letter) == ("STO", "B")

    new.program.settings.change(exchange_folder=str(stick))
    new.exchange()
    office.sit()
    office.read_packages()
    office.write_packages(stick)
    new.sit()
    new.exchange()
    assert "OSP Po kopii" in labels(new)
    fresh = a_partner(ws, "OSP Na nowym laptopie")
    swap(ws, loss.office, tmp_path / "later")
    for record in (loss.old, loss.later, fresh):
        assert shown(ws)[record] == shown(loss.office)[record]
    assert field(ws, "partner", loss.old, "phone") == "94 374 00 01"
    assert len(set(_codes(loss.office))) == len(_codes(loss.office)) == 3 + 2, "with the office and the tester itself"
    assert not deciding.conflicts(loss.office)
    (laptop,) = standing.standings(loss.office)
    assert laptop.peer.label == "STOB", "the dead one is replaced"


@pytest.mark.unchecked
def test_a_new_laptop_is_set_up_at_a_terminal(run: Run, tmp_path: Path) -> None:
    loss = a_dead_laptop(tmp_path)
    before = shown(loss.office)
    loss.office.close()
    office, new = Terminal(run, loss.office.folder), Terminal(run, tmp_path / "new", NEW_PASSWORD)
    restore = ("workspace", "restore", str(loss.backup), "--into", str(new.folder))
    new(*restore, "--code", "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-A", code=4)
    assert not new.folder.exists()
    made = new(*restore, "--code", loss.code)
    assert made["device"] != loss.device
    for turn in range(2):
        office("exchange", "apply", *new.pack(tmp_path / f"there {turn}"))
        new("exchange", "apply", *office.pack(tmp_path / f"back {turn}"))
    (fresh,) = new("records", "partner", "add", given={"name": "OSP Nowa", "kind": "osp", "locality": "Wzorów"})["ids"]
    office("exchange", "apply", *new.pack(tmp_path / "last"))
    names = ("fields", "version", "code", "conflicts")
    for record in (loss.old, loss.later, fresh):
        found = [laptop("records", "partner", "show", record) for laptop in (office, new)]
        assert [found[0][name] for name in names] == [found[1][name] for name in names]
    listed = office("records", "partner", "list")["items"]
    assert len({each["code"] for each in listed}) == len(listed) == 3
    (laptop,) = office("exchange", "status")["counterparts"]
    assert (laptop["laptop"], laptop["missing"]) == ("STOB", [])
    assert before.keys() >= {loss.old, loss.later}
    for each in (office, new):
        each("workspace", "check")
