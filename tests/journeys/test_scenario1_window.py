"""Scenario 1 of domain.md, section 13, by keyboard through the real window: an event with 37 participants."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from progressus_desktop.clock import FixedClock
from progressus_desktop.gui.main import Program
from progressus_desktop.gui.mnemonics import letter
from progressus_desktop.services import workspaces
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from tests.journeys.hands import ALT, CONTROL, Hands, Key
from tests.reports.reading import text

MOST_PRESSES = 90
"""Key-driven interactions besides the text itself that the scenario may take."""


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    clock = FixedClock(datetime.fromisoformat("2026-11-23T11:48:00+01:00"))
    ws = workspaces.create(
        tmp_path / "baza",
        "haslo do bazy",
        clock,
        role="tester",
        project={
            "name": "Projekt próbny",
            "short_code": "PROG",
            "date_from": "2026-01-01",
            "date_to": "2027-12-31",
            "leader_name": "Fundacja „Lider”",
        },
        org="Stowarzyszenie „Krokus”",
        user="Anna Przykładna",
    )
    qapp.setStyle("Fusion")
    made = Program(qapp, clock)
    made.settings.change(theme="light", text_scale=100, language="pl")
    made.window.resize(1366, 696)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    made.enter(ws)
    yield made
    made.leave(lock=False)
    made.jobs.close()
    made.window.close()
    made.deleteLater()


def test_a_worker_without_a_mouse_records_an_event_and_prints_its_sheet_and_card(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    hands = Hands(qtbot)
    hands.press(Key.Key_N, CONTROL)
    assert hands.at() == "title"
    hands.fill("Spotkanie klastra: wspólny dowóz")
    hands.fill("spotkanie k")  # a box chooses by its first letters
    hands.fill("odb")
    hands.fill("18.11")
    hands.fill("16")
    hands.fill("1830")
    hands.fill("Świetlica")
    hands.fill("Lipniki Wzorcowe")
    hands.press(Key.Key_PageDown, CONTROL)

    assert hands.at() == "partners_picker"
    for name in ("OSP Lipniki", "PUP Wzorów"):
        hands.type(name)
        hands.until(lambda: QApplication.activePopupWidget() is not None)
        hands.press(Key.Key_Down)
        hands.press(Key.Key_Return)
        hands.until(lambda: not program_field(program, "partners").picker.currentText())
    hands.press(Key.Key_PageDown, CONTROL)

    assert hands.at() == "participants"
    for women, men in (("5", "4"), ("10", "7"), ("3", "2"), ("3", "3")):  # 9 with disabilities, 21 women, 16 men
        hands.type(women)
        hands.press(Key.Key_Tab)
        hands.type(men)
        hands.press(Key.Key_Tab, times=2)
    hands.press(Key.Key_Tab, CONTROL)
    assert hands.at() == "of_which"
    hands.press(Key.Key_Tab, CONTROL)
    hands.fill("lista")
    hands.fill("37")
    hands.press(Key.Key_PageDown, CONTROL)

    assert hands.at() == "topics_T1_depth"
    hands.type("prz")
    depths = program_field(program, "topics")
    hands.press(Key.Key_Tab, times=5)  # audience, three parts of the first topic, the second topic
    hands.press(Key.Key_Tab, times=2)
    assert hands.at() == "topics_T3_depth"
    hands.type("war")
    assert {item["topic"] for item in depths.value()} == {"T1", "T3"}
    hands.press(Key.Key_PageDown, CONTROL)

    assert hands.at() == "course"
    hands.type("Straż pokazała trasę busa.")
    hands.press(Key.Key_Tab)
    for what, who, due in (("Umówić wizytę", "Anna P.", "+7"), ("Wysłać rozkład", "OSP", "+2")):
        assert hands.at() == "arrangements_what"
        hands.type(what)
        hands.press(Key.Key_Tab)
        hands.type(who)
        hands.press(Key.Key_Tab)
        hands.fill(due)
    hands.press(Key.Key_G, CONTROL)

    session = program.session
    assert session is not None
    (row,) = query.window(session.ws, "event", View(), 0)
    record = query.get(session.ws, "event", row.id)
    assert record is not None
    assert record.entry == "ready", [str(problem.message) for problem in record.problems]
    assert record.derived["persons"] == 37
    fields = record.fields
    assert fields["participants"] == {
        "pwd": {"f": 5, "m": 4}, "ngo_staff": {"f": 10, "m": 7}, "employer": {"f": 3, "m": 2},
        "local_government": {"f": 3, "m": 3},
    }  # fmt: skip
    assert (fields["date"], fields["start"], fields["end"]) == ("2026-11-18", "16:00", "18:30")
    assert (fields["kind"], fields["status"]) == ("cluster_meeting", "held")
    assert len(fields["partners"]) == 2
    assert [each["due"] for each in fields["arrangements"]] == ["2026-11-30", "2026-11-25"]

    hands.press(Key.Key_P, CONTROL)
    sheet = tmp_path / "lista.pdf"
    save_as(hands, sheet)
    assert "Spotkanie klastra: wspólny dowóz" in text(sheet.read_bytes())
    card = tmp_path / "karta.pdf"
    program.window.activateWindow()  # the screenless platform does not give the focus back after a dialog
    hands.until(lambda: QApplication.focusWidget() is not None)
    hands.press(Key[f"Key_{letter(form_head(program).prints.text()).upper()}"], ALT)
    hands.until(lambda: QApplication.activePopupWidget() is not None)
    hands.press(Key.Key_Return)  # the first document of the menu is the card
    save_as(hands, card)
    assert "37" in text(card.read_bytes())
    assert hands.presses <= MOST_PRESSES, hands.presses


def program_field(program: Program, name: str):  # type: ignore[no-untyped-def]  # noqa: ANN201 - any kind of field
    assert program.session is not None
    return program.session.shell.page("event").form("event").binder.widgets[name]


def form_head(program: Program):  # type: ignore[no-untyped-def]  # noqa: ANN201 - as above
    assert program.session is not None
    return program.session.shell.page("event").form("event").head


def save_as(hands: Hands, target: Path) -> None:
    """Type the path into the dialog for saving, as a person does who knows where the file shall go."""
    hands.until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    name = QApplication.activeModalWidget().findChild(QLineEdit, "fileNameEdit")
    assert name is not None
    name.setText(str(target))
    QTest.keyClick(name, Key.Key_Return)
    hands.presses += 1
    hands.until(target.exists, timeout=20_000)
    hands.until(lambda: QApplication.activeModalWidget() is None)
