"""What comes after an event, by keyboard: the list, the card and the note in one go; the next event from this one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from progressus_desktop.gui.afterevent import AfterEvent
from progressus_desktop.gui.recordpage import RecordPage
from progressus_desktop.reports import check
from progressus_desktop.services import records
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from tests.builders import a_partner, an_event
from tests.gui.conftest import Said
from tests.journeys.hands import Hands, Key
from tests.reports.reading import text

Open = Callable[[str], RecordPage]


def held(ws: Workspace) -> str:
    partner = a_partner(ws)
    return an_event(
        ws,
        title="Warsztat w świetlicy",
        status="held",
        place_name="Świetlica",
        partners=[partner],
        lead_organiser=partner,
        participants={"pwd": {"f": 5, "m": 4}},
        counted_by="list",
        signatures_count=9,
        course="Rozmowa o pracy.",
        agenda=[{"time": "16:00", "item": "Powitanie"}],
        topics=[{"topic": "T1", "depth": "presented"}],
    )


def sheet_of(hands: Hands) -> AfterEvent:
    hands.until(lambda: isinstance(QApplication.activeModalWidget(), AfterEvent))
    window = QApplication.activeModalWidget()
    assert isinstance(window, AfterEvent)
    hands.until(lambda: window.isAncestorOf(QApplication.focusWidget()) if QApplication.focusWidget() else False)
    return window


def test_list_card_and_note_are_saved_into_a_folder_by_keyboard(
    open_page: Open, hands: Hands, empty_ws: Workspace, said: Said, tmp_path: Path
) -> None:
    page = open_page("event")
    page.open(held(empty_ws))
    page.actions_here()["after"]()
    window = sheet_of(hands)
    assert [box.text().replace("&", "") for box in window.boxes.values()] == [
        "Lista obecności", "Karta wydarzenia", "Notka na stronę",
    ]  # fmt: skip
    hands.press(Key.Key_Space)  # the first box is current: not the list this time
    hands.press(Key.Key_Tab, times=4)
    assert window.save.hasFocus()
    hands.press(Key.Key_Return)
    hands.until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    name = QApplication.activeModalWidget().findChild(QLineEdit, "fileNameEdit")
    name.setText(str(tmp_path))
    QTest.keyClick(name, Key.Key_Return)
    hands.until(lambda: ("ok", "Zapisano 2 dokumenty") in said.banners, timeout=20_000)
    (card,) = tmp_path.glob("*.pdf")
    (note,) = tmp_path.glob("*.txt")
    assert not check.check_file(card)
    assert "Warsztat w świetlicy" in text(card.read_bytes())
    assert "Warsztat w świetlicy" in note.read_text("utf-8")


def test_a_file_that_is_there_already_is_never_written_over(
    open_page: Open, hands: Hands, empty_ws: Workspace, said: Said, tmp_path: Path
) -> None:
    page = open_page("event")
    page.open(held(empty_ws))
    for number in (1, 2):
        page.actions_here()["after"]()
        window = sheet_of(hands)
        for kind in ("attendance-sheet", "event-card"):
            window.boxes[kind].setChecked(False)
        window.write(tmp_path)
        hands.until(lambda n=number: len(list(tmp_path.glob("*.txt"))) == n, timeout=20_000)
    hands.until(lambda: said.banners.count(("ok", "Zapisano 1 dokument")) == 2)


def test_esc_leaves_everything_as_it_is_and_nothing_ticked_saves_nothing(
    open_page: Open, hands: Hands, empty_ws: Workspace
) -> None:
    page = open_page("event")
    page.open(held(empty_ws))
    page.actions_here()["after"]()
    window = sheet_of(hands)
    for box in window.boxes.values():
        box.setChecked(False)
    assert not window.save.isEnabled()
    hands.press(Key.Key_Escape)
    hands.until(lambda: QApplication.activeModalWidget() is None)


@pytest.mark.parametrize(("status", "offered"), [("held", True), ("planned", False)])
def test_marking_a_held_event_as_ready_offers_the_sheet(
    open_page: Open, empty_ws: Workspace, said: Said, status: str, *, offered: bool
) -> None:
    page = open_page("event")
    event = held(empty_ws)
    records.save(empty_ws, "event", event, {"status": status, "date": "2026-11-18" if offered else "2026-12-18"})
    page.open(event)
    page.form("event").acts.ready()
    assert (("ok", "Oznaczono jako gotowe.") in said.banners) is offered


def test_repeating_an_event_takes_place_partners_agenda_and_topics_but_no_day_and_no_people(
    open_page: Open, hands: Hands, empty_ws: Workspace
) -> None:
    page = open_page("event")
    first = held(empty_ws)
    page.open(first)
    form = page.form("event")
    hands.until(form.sections.extra.isVisible)
    form.sections.extra.setFocus()
    hands.press(Key.Key_Return)
    assert form.record_id() != first
    assert hands.at() == "title"
    hands.press(Key.Key_Return)
    form.binder.focus("date")
    hands.fill("18.12")
    form.leave()
    before, after = (query.get(empty_ws, "event", each) for each in (first, form.record_id()))
    assert before is not None
    assert after is not None
    for name in ("title", "kind", "place_name", "locality", "partners"):
        assert after.fields[name] == before.fields[name], name
    assert [each["item"] for each in after.fields["agenda"]] == ["Powitanie"]
    assert [each["topic"] for each in after.fields["topics"]] == ["T1"]
    assert after.fields["date"] == "2026-12-18"
    for name in ("participants", "signatures_count", "course", "photos"):
        assert not after.fields.get(name), name
    assert after.fields.get("status") != "held"
