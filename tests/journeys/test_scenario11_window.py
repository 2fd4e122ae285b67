"""Scenario 11 of domain.md, section 13: the summary workshop, entered by keyboard, gives back its news item."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from progressus_desktop.gui.main import Program
from progressus_desktop.gui.mnemonics import letter
from progressus_desktop.services import photos, records, reporting
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from tests.journeys.hands import ALT, CONTROL, Hands, Key
from tests.journeys.test_scenario1_window import form_head, program, program_field, save_as
from tests.reports import worlds
from tests.reports.reading import text

__all__ = ["program"]


def _around(ws: Workspace, event: str, host: str) -> None:
    """What else there is: an event worked out jointly inside it, and pictures, one of a person who never agreed."""
    inside = {"title": "Pokaz wspólnego dowozu", "kind": "open_day", "status": "held", "date": "2026-08-18"}
    more = {"parent_event": event, "lead_organiser": host, "locality": "Krosino", "course": "Bus pojechał na próbę."}
    saved = records.save(ws, "event", None, inside | more)
    records.mark_ready(ws, "event", saved.id)
    for number, people in enumerate(("crowd", "recognisable")):
        alt = f"Zdjęcie {'ze stolikami' if people == 'crowd' else 'jednej osoby'}"
        photos.add(ws, event, worlds.picture(number), alt, caption="Przy stolikach", further={"people_shown": people})


def _type_the_workshop(hands: Hands, program: Program) -> None:
    hands.press(Key.Key_N, CONTROL)
    for words in (
        "Warsztat podsumowujący w Krosinie",
        "warsztat p",
        "odb",
        "18.08",
        "10",
        "14",
        "Dom ludowy",
        "Krosino",
    ):
        hands.fill(words)
    program_field(program, "host").setFocus()
    hands.fill("Stowarzyszenie „Gospodarze”")  # the whole name needs no list
    hands.press(Key.Key_PageDown, CONTROL)
    assert hands.at() == "partners_picker"
    for name in ("Stowarzyszenie „Gospodarze”", "Gmina Grzmiąca"):
        program_field(program, "partners").picker.setFocus()
        hands.fill(name)
        hands.until(lambda: not program_field(program, "partners").picker.currentText())
    assert len(program_field(program, "partners").value()) == 2
    hands.press(Key.Key_PageDown, CONTROL, times=2)
    assert hands.at() == "topics_T1_depth"
    hands.type("war")
    hands.press(Key.Key_PageDown, CONTROL)
    assert hands.at() == "course"
    hands.type("Omówiono wnioski z testowania. Zapisała Ewa Testowa, tel. 600 100 200.")
    hands.press(Key.Key_G, CONTROL)


def test_the_summary_workshop_entered_by_keyboard_gives_back_its_news_item(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    assert program.session is not None
    ws = program.session.ws
    host = records.save(ws, "partner", None, {"name": "Stowarzyszenie „Gospodarze”", "kind": "association"}).id
    records.save(ws, "partner", None, {"name": "Gmina Grzmiąca", "kind": "gmina"})
    person = records.save(ws, "person", None, {"first_name": "Ewa", "last_name": "Testowa"}).id
    records.save(ws, "contact", None, {"person": person, "partner": host, "phones": [{"phone": "+48600100200"}]})
    hands = Hands(qtbot)
    _type_the_workshop(hands, program)
    (row,) = query.window(ws, "event", View(), 0)
    _around(ws, row.id, host)

    hands.press(Key[f"Key_{letter(form_head(program).prints.text()).upper()}"], ALT)
    hands.until(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    names = [action.objectName() for action in menu.actions()]
    hands.press(Key.Key_Down, times=names.index("print_publication"))
    hands.press(Key.Key_Return)
    note = tmp_path / "notka.pdf"
    save_as(hands, note)
    printed = " ".join(text(note.read_bytes()).split())

    program.session.navigate("reports", row.id, "publication")
    page = program.session.shell.page("reports")
    page.copy_button.click()
    copied = QGuiApplication.clipboard().mimeData()
    assert copied is not None
    told = " ".join(copied.text().split())
    assert copied.text() == reporting.made(ws, "publication", Asked(row.id, form="txt"), "pl").decode("utf-8")
    for wanted in (
        "Warsztat podsumowujący w Krosinie", "18.08.2026", "Krosino", "Gospodarz: Stowarzyszenie „Gospodarze”.",
        "Pokaz wspólnego dowozu (Stowarzyszenie „Gospodarze”", "Gmina Grzmiąca", "Omówiono wnioski z testowania.",
        "Lider: Fundacja „Lider”.",
    ):  # fmt: skip
        for said in (told, printed):
            assert wanted in said, wanted
    for said in (told, printed, copied.html()):
        assert not any(name in said for name in ("Testow", "600 100 200", "jednej osoby"))
    assert "<h1" in copied.html()
