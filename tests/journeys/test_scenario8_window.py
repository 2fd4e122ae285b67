"""Scenario 8 in the window, by keyboard: an old table is read, looked at, decided row by row, taken in and undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from progressus_desktop.clock import FixedClock
from progressus_desktop.gui.main import Program
from progressus_desktop.gui.stagingpage import StagingPage
from progressus_desktop.services import workspaces
from progressus_desktop.services.tables_in import State
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from tests.journeys.hands import CONTROL, Hands, Key
from tests.journeys.oldtables import old_tables
from tests.journeys.test_scenario1_cli import PROJECT


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    clock = FixedClock(datetime.fromisoformat("2026-11-23T11:48:00+01:00"))
    qapp.setStyle("Fusion")
    made = Program(qapp, clock)
    made.settings.change(theme="light", text_scale=100, language="pl")
    made.window.resize(1366, 696)
    made.window.show()
    made.window.activateWindow()
    made.enter(
        workspaces.create(
            tmp_path / "baza",
            "haslo do bazy",
            clock,
            role="tester",
            project=dict(PROJECT),
            org="Stowarzyszenie „Krokus”",
            user="Anna Przykładna",
        )
    )
    yield made
    made.leave(lock=False)
    made.jobs.close()
    made.window.close()
    made.deleteLater()


def total(program: Program) -> int:
    assert program.session is not None
    return query.total(program.session.ws, "partner", View())


def staging(program: Program, hands: Hands, file: Path) -> StagingPage:
    """Open the dialog by its command, name the file, and wait for the plan."""
    session = program.session
    assert session is not None
    page = session.shell.go("partner")
    session.shell.commands.actions["import"].trigger()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(file))
    dialog.close()
    program.window.activateWindow()
    hands.until(program.window.isActiveWindow)
    found = page.findChild(StagingPage)
    assert found is not None
    hands.until(lambda: found.model.plan is not None)
    return found


def test_an_old_table_is_decided_row_by_row_and_taken_back_by_one_undo(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    hands = Hands(qtbot)
    first, second, _third = old_tables(tmp_path)

    page = staging(program, hands, first)
    assert hands.at() == "staging_table"
    assert page.take_button.accessibleName() == "Wczytaj 3 wiersze"
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Space)
    assert [row.title for row in page.model.chosen()] == ["OSP Łąka", "KGW Malwa"]
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Return, CONTROL)
    hands.until(lambda: total(program) == 3)
    hands.until(lambda: not program.jobs.running())
    session = program.session
    assert session is not None
    assert session.shell.undo_bar.isVisible()
    assert session.shell.here()["export"]

    page = staging(program, hands, second)
    assert [row.state for row in page.model.shown] == [State.DOUBTFUL, State.NEW, State.NEW]
    assert "zuraw@ngo.example" in page.detail.area.accessibleName()
    hands.press(Key.Key_A, CONTROL)
    hands.press(Key.Key_Space)
    assert len(page.model.chosen()) == 3
    hands.press(Key.Key_Home, CONTROL)
    page.states.setFocus()
    hands.press(Key.Key_Down)
    assert {row.state for row in page.model.shown} == {State.NEW}
    page.table.setFocus()
    hands.press(Key.Key_Return, CONTROL)
    hands.until(lambda: total(program) == 5)
    hands.until(lambda: not program.jobs.running())
    hands.press(Key.Key_Z, CONTROL)
    hands.until(lambda: total(program) == 3)


def test_a_refused_file_is_said_and_the_list_is_back(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "zły.xlsx").write_bytes(b"PK\x03\x04 nic")
    session = program.session
    assert session is not None
    page = session.shell.go("partner")
    page.take_table(tmp_path / "zły.xlsx")
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.list)
    assert session.shell.notices.keys()


def test_wrong_rows_cannot_be_ticked_and_say_why_and_escape_leaves(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    hands = Hands(qtbot)
    file = tmp_path / "t.csv"
    file.write_text("Nazwa;NIP\nOSP Dąb;123\n", encoding="utf-8")
    page = staging(program, hands, file)
    hands.press(Key.Key_Space)
    assert page.model.chosen() == []
    assert "NIP" in page.detail.area.accessibleName()
    hands.press(Key.Key_Return, CONTROL)
    assert total(program) == 0
    hands.press(Key.Key_Escape)
    assert program.session is not None
    partners = program.session.shell.page("partner")
    assert partners.stack.currentWidget() is partners.list


def test_a_large_table_and_its_undo_run_beside_the_window(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    hands = Hands(qtbot)
    file = tmp_path / "duża.csv"
    file.write_text("Nazwa;Miejscowość\n" + "\n".join(f"Koło {n};Wieś {n}" for n in range(1_050)), encoding="utf-8")
    page = staging(program, hands, file)
    hands.press(Key.Key_Return, CONTROL)
    assert any(job.writer for job in program.jobs.running())
    assert hands.at() in {"work_panel", "shell"} or page.window().focusWidget() is not None
    hands.until(lambda: not program.jobs.running(), timeout=30_000)
    assert total(program) == 1_050
    hands.press(Key.Key_Z, CONTROL)
    assert any(job.writer for job in program.jobs.running())
    hands.until(lambda: not program.jobs.running(), timeout=30_000)
    assert total(program) == 0
