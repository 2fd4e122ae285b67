"""Scenarios 2 and 3 of domain.md, section 13, through real windows with real package files between them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from progressus_desktop.clock import FixedClock
from progressus_desktop.gui.joindialog import JoinDialog
from progressus_desktop.gui.main import Program
from progressus_desktop.services import applying, deciding, erasure, inviting, packing, records, workspaces
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from tests.journeys.hands import ALT, CONTROL, Hands, Key
from tests.journeys.test_scenario1_window import save_as

NOW = datetime.fromisoformat("2026-05-12T10:00:00+02:00")
PASSWORD = "paczka na pendrivie"
PROJECT = {
    "name": "Progressus", "short_code": "PRG", "date_from": "2026-01-01", "date_to": "2027-12-31",
    "leader_name": "Fundacja Biuro",
}  # fmt: skip


class Seat:
    """One window in which the office's and the tester's laptops are opened in turn."""

    def __init__(self, qapp: QApplication, qtbot: QtBot) -> None:
        self.hands, self._bot, self.clock = Hands(qtbot), qtbot, FixedClock(NOW)
        qapp.setStyle("Fusion")
        self.program = Program(qapp, self.clock)
        self.program.settings.change(theme="light", text_scale=100, language="pl")
        self.program.window.resize(1366, 696)
        with qtbot.waitActive(self.program.window):
            self.program.window.show()
            self.program.window.activateWindow()

    @property
    def session(self) -> Any:
        assert self.program.session is not None
        return self.program.session

    def sit_down(self, folder: Path) -> Any:
        """Open a laptop at the page of the exchange, which has looked around."""
        assert self.program.leave(lock=False)
        self.program.enter(workspaces.open_(folder, self.clock, password=PASSWORD))
        self.program.window.activateWindow()  # the screenless platform does not give the focus back after a dialog
        self.hands.until(lambda: QApplication.focusWidget() is not None)
        number = [entry.name in {"exchange", "packages"} for entry in self.session.shell._entries].index(True) + 1
        self.hands.press(Key[f"Key_{number}"], CONTROL)
        page = self.session.shell.page(self.session.shell.current)
        self.rest(page)
        return page

    def rest(self, page: Any) -> None:
        """Wait until everything asked for is on the page."""
        jobs = self.program.jobs
        self.hands.until(lambda: not jobs.running() and page.exchanger.seen is not None, timeout=20_000)

    def quiet(self) -> None:
        self.hands.until(lambda: not self.program.jobs.running(), timeout=20_000)


@pytest.fixture
def seat(qapp: QApplication, qtbot: QtBot) -> Iterator[Seat]:
    made = Seat(qapp, qtbot)
    yield made
    made.program.leave(lock=False)
    made.program.jobs.close()
    made.program.window.close()
    made.program.deleteLater()


@pytest.fixture
def office(tmp_path: Path) -> Path:
    ws = workspaces.create(
        tmp_path / "office", PASSWORD, FixedClock(NOW), role="office", project=PROJECT, org="Fundacja Biuro",
        user="Ola Biurowa",
    )  # fmt: skip
    ws.close()
    return ws.folder


def invite(seat: Seat, office: Path, target: Path) -> str:
    """The office makes a setup file by keyboard; gives the code it is to say by telephone."""
    page = seat.sit_down(office)
    seat.hands.press(Key.Key_Backtab)
    seat.hands.press(Key.Key_Backtab)
    assert seat.hands.at() == "invite_button"
    seat.hands.press(Key.Key_Space)
    assert seat.hands.at() == "invite_name"
    seat.hands.type("Stowarzyszenie Krokus")
    seat.hands.press(Key.Key_Tab)
    assert seat.hands.at() == "make_setup_button"
    seat.hands.press(Key.Key_Space)
    save_as(seat.hands, target)
    seat.hands.until(lambda: bool(page.invite.code.text()), timeout=20_000)
    seat.quiet()
    return page.invite.code.text()


def join(seat: Seat, setup: Path, code: str) -> Path:
    """A tester's first run with the file and the code as it was heard; gives the folder of the workspace."""
    hands, program = seat.hands, seat.program
    assert program.leave(lock=False)
    program.show_first()
    first: Any = program.first
    program.window.activateWindow()
    hands.until(lambda: hands.at() == "role_join")
    hands.press(Key.Key_D, ALT)
    hands.until(lambda: hands.at() == "choose_setup_button")
    first.join.pick(setup)
    hands.type("zle0")
    hands.press(Key.Key_Tab)
    hands.type("Anna Testowa")
    hands.press(Key.Key_D, ALT)
    hands.until(lambda: bool(first.join.error.words.text()), timeout=20_000)
    assert hands.at() == "join_code", "the code is refused at its field"
    hands.press(Key.Key_A, CONTROL)
    hands.type(code.lower().replace("-", " "))
    hands.press(Key.Key_D, ALT)
    hands.until(lambda: first.step == 2, timeout=20_000)
    first.password.fields.first.setText(PASSWORD)
    first.password.fields.second.setText(PASSWORD)
    hands.press(Key.Key_D, ALT)
    hands.until(lambda: first.step == 3, timeout=20_000)
    first.sheet.skip.click()
    for _step in range(3):
        first.next.click()
    hands.until(lambda: program.session is not None)
    seat.quiet()
    return seat.session.ws.folder


def exchange(seat: Seat, folder: Path) -> Any:
    """A tester presses the one button."""
    page = seat.sit_down(folder)
    assert seat.hands.at() == "exchange_button"
    seat.hands.press(Key.Key_Space)
    seat.hands.until(lambda: page.stack.currentWidget() is page.summary, timeout=20_000)
    seat.quiet()
    return page


def office_reads_and_writes(seat: Seat, office: Path, stick: Path) -> Any:
    page = seat.sit_down(office)
    assert seat.hands.at() == "read_packages_button"
    seat.hands.press(Key.Key_Space)
    seat.hands.until(lambda: page._done is not None, timeout=20_000)
    seat.quiet()
    page.exchanger.to_mail(stick)
    seat.quiet()
    return page


def test_an_invited_tester_exchanges_with_the_office_and_two_versions_are_settled(
    seat: Seat, office: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    code = invite(seat, office, tmp_path / "krokus.progressus-setup")
    tester = join(seat, tmp_path / "krokus.progressus-setup", code)
    assert seat.session.ws.name == "Stowarzyszenie Krokus"
    seat.program.settings.change(exchange_folder=str(stick))

    page = seat.sit_down(tester)
    values = {"name": "PUP Wzorów", "kind": "pup", "locality": "Wzorów", "phone": "94 374 00 00"}
    (partner,) = records.add_many(seat.session.ws, "partner", [values])
    records.add_many(seat.session.ws, "partner", [{"name": "Szkic"}], draft=True)
    page = exchange(seat, tester)
    assert page.summary.went.words()[0][0] == "Fundacja Biuro"
    assert "szkic" in page.summary.spoken() or any("szkic" in each.text() for each in labels(page.summary))

    (sent,) = stick.glob("*.progressus")
    (stick / "progressus-PRG-STOA-FUNA-0099.progressus").write_bytes(sent.read_bytes()[:700])
    page = office_reads_and_writes(seat, office, stick)
    results = {row[2] for row in page.table.words()}
    assert any("uszkodzon" in each for each in results), results
    assert query.title(seat.session.ws, "partner", partner) == "PUP Wzorów"
    assert any("nowy" in row[2] or "nowe" in row[2] for row in page.table.words())
    assert page.laptops.words.text().count("·") == 5
    records.save(seat.session.ws, "partner", partner, {"phone": "94 374 00 22"}, draft=False)
    page.exchanger.to_mail(stick)
    seat.quiet()

    page = seat.sit_down(tester)
    records.save(seat.session.ws, "partner", partner, {"phone": "94 374 00 11"}, draft=False)
    page.exchanger.look()
    seat.rest(page)
    assert any(row[2] == "Dwie wersje" for row in page.will_come.words())
    seat.hands.press(Key.Key_Space)
    seat.hands.until(lambda: page.stack.currentWidget() is page.summary, timeout=20_000)
    seat.quiet()
    assert seat.hands.at() == "summary_decide_button"
    seat.hands.press(Key.Key_Space)
    assert seat.hands.at() == "side_0"
    seat.hands.press(Key.Key_Right)
    assert seat.hands.at() == "side_1"
    seat.hands.press(Key.Key_G, CONTROL)
    assert deciding.conflicts(seat.session.ws) == []
    assert query.get(seat.session.ws, "partner", partner).fields["phone"] == "94 374 00 22"
    exchange(seat, tester)

    office_reads_and_writes(seat, office, stick)
    assert deciding.conflicts(seat.session.ws) == []
    assert query.get(seat.session.ws, "partner", partner).fields["phone"] == "94 374 00 22"
    assert [row.values["name"] for row in query.window(seat.session.ws, "partner", View(), 0)].count("Szkic") == 0
    page = seat.sit_down(tester)
    assert page.has.words()[0][2] != "–", "the office confirmed"


def test_what_an_exchange_brought_is_taken_back_from_its_summary(seat: Seat, office: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    boss = workspaces.open_(office, seat.clock, password=PASSWORD)
    made = inviting.invite(boss, "Klub Wiatrak", tmp_path / "setup")
    inviting.join(made.file, made.code, "Jan Testowy", tmp_path / "klub", PASSWORD, seat.clock).close()
    seat.program.settings.change(exchange_folder=str(stick))
    exchange(seat, tmp_path / "klub")
    applying.apply(boss, list(stick.glob("*.progressus")))
    values = {"name": "OSP Wzory", "kind": "osp", "in_project": True}
    (partner,) = records.add_many(boss, "partner", [values], draft=True)
    packing.pack(boss, stick)
    boss.close()
    page = exchange(seat, tmp_path / "klub")
    ws = seat.session.ws
    assert query.title(ws, "partner", partner) == "OSP Wzory"
    assert any("OSP Wzory" in each.text() for each in labels(page.summary))
    page.summary.undo.setFocus()
    seat.hands.press(Key.Key_Space)
    seat.hands.until(lambda: page.stack.currentWidget() is not page.summary, timeout=20_000)
    seat.quiet()
    assert seat.session.shell.notices.keys() == ("exchange",)


def labels(widget: Any) -> list[Any]:
    from PySide6.QtWidgets import QLabel

    return widget.findChildren(QLabel)


def test_a_lone_workspace_joins_in_the_window_and_its_records_go_to_the_office(
    seat: Seat, office: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    seat.program.settings.change(exchange_folder=str(stick))
    lone = workspaces.create(
        tmp_path / "lone", PASSWORD, seat.clock, role="tester", project=PROJECT, org="Klub Wiatrak", user="Jan Testowy"
    )
    (partner,) = records.add_many(lone, "partner", [{"name": "OSP Wzory", "kind": "osp", "locality": "Wzorów"}])
    lone.close()
    boss = workspaces.open_(office, seat.clock, password=PASSWORD)
    made = inviting.invite(boss, "Klub Wiatrak", tmp_path / "wiatrak.progressus-setup")
    boss.close()
    page = seat.sit_down(lone.folder)
    page.join.setFocus()
    seat.hands.press(Key.Key_Space)
    dialog = page.findChild(JoinDialog)
    seat.hands.until(dialog.isActiveWindow)
    dialog.step.pick(made.file)
    seat.hands.type("zle0")
    dialog.act.setFocus()
    seat.hands.press(Key.Key_Space)
    seat.hands.until(lambda: bool(dialog.step.error.words.text()), timeout=20_000)
    dialog.step.fields["code"].setText(made.code)
    dialog.act.click()
    seat.hands.until(page.join.isHidden, timeout=20_000)
    seat.quiet()
    assert seat.session.shell.notices.keys() == ("exchange",)
    exchange(seat, lone.folder)
    page = office_reads_and_writes(seat, office, stick)
    assert query.title(seat.session.ws, "partner", partner) == "OSP Wzory"
    assert any("Klub Wiatrak" in row[0] for row in page.table.words())
    erasure.erase(seat.session.ws, "partner", partner, "pomyłka")
    page.laptops.reload()
    seat.quiet()
    assert "na 0 z 1" in page.laptops.erasures.words.text()
    assert "Klub Wiatrak" in page.laptops.erasures.words.text()
    page.exchanger.to_mail(stick)
    seat.quiet()
    exchange(seat, lone.folder)
    assert query.get(seat.session.ws, "partner", partner) is None
    page = office_reads_and_writes(seat, office, stick)
    assert page.laptops.erasures.isHidden()
