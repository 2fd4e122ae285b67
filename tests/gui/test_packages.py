"""The office's page of packages asks about what a person has to decide, and saves the protocol of erasures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from progressus_desktop.gui.context import Context
from progressus_desktop.gui.packagespage import PackagesPage
from progressus_desktop.gui.passwords import write_paper_key
from progressus_desktop.gui.takeoutdialog import TakeOutDialog
from progressus_desktop.services import erasure, packing, records
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import use_language
from tests.builders import write
from tests.exchange.laptops import a_tester, an_office, send
from tests.gui.conftest import Said, show
from tests.journeys.hands import Hands, Key

MANY = 8


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    ws = an_office(tmp_path / "office")
    yield ws
    ws.close()


@pytest.fixture
def page(qtbot: QtBot, office: Workspace, context_of: Callable[[Workspace], Context]) -> PackagesPage:
    context = context_of(office)
    use_language("pl")
    made = PackagesPage(context, lambda _name: None)
    qtbot.addWidget(made)
    made.resize(1170, 640)
    made.relayout(1366)
    show(qtbot, made)
    return made


def test_a_package_that_removes_much_is_read_only_when_its_button_is_pressed(
    qtbot: QtBot, page: PackagesPage, office: Workspace, tmp_path: Path
) -> None:
    tester = a_tester(office, tmp_path / "tester")
    fields = {"entry": "ready", "kind": "osp", "locality": "Wzorów"}
    made = [write(tester, "partner", {**fields, "name": f"OSP {n}"}) for n in range(MANY)]
    send(tester, office, tmp_path / "stick")
    records.remove_many(tester, "partner", made)
    packing.pack(tester, tmp_path / "place")
    tester.close()
    page.exchanger.use(tmp_path / "place")

    def state() -> str:
        return str(page.table.model().index(0, 2).data())

    qtbot.waitUntil(lambda: state().startswith(f"Usunęłaby {MANY} z "), timeout=20_000)
    page.exchanger.run(write=False)
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "accept_removals_button") is not None, timeout=20_000)
    with office.reading() as connection:
        assert query.count(connection, "partner", View()) == MANY
    button = page.findChild(QPushButton, "accept_removals_button")
    assert button is not None
    assert button.accessibleName() == f"Wczytaj ją i usuń {MANY} wpisów"
    button.setFocus()
    Hands(qtbot).press(Key.Key_Space)

    def gone() -> bool:
        with office.reading() as connection:
            return query.count(connection, "partner", View()) == 0

    qtbot.waitUntil(gone, timeout=20_000)
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "accept_removals_button") is None, timeout=20_000)


def test_the_protocol_is_offered_once_something_was_erased(
    qtbot: QtBot, page: PackagesPage, office: Workspace, said: Said, tmp_path: Path
) -> None:
    page.laptops.reload()
    qtbot.waitUntil(lambda: page.laptops.table.model().rowCount() > 0)
    assert page.laptops.protocol.isHidden()
    partner = write(office, "partner", {"entry": "ready", "name": "KGW", "kind": "kgw", "locality": "Wzorów"})
    erasure.erase(office, "partner", partner, "pomyłka")
    page.laptops.reload()
    qtbot.waitUntil(lambda: not page.laptops.protocol.isHidden())
    page.laptops.save_protocol(tmp_path / "protokół.pdf")
    qtbot.waitUntil(lambda: ("ok", "Zapisano protokół.pdf") in said.banners, timeout=20_000)
    assert (tmp_path / "protokół.pdf").read_bytes().startswith(b"%PDF")


def test_the_page_asks_for_the_key_on_paper_until_there_is_one(
    qtbot: QtBot, page: PackagesPage, office: Workspace, said: Said, tmp_path: Path
) -> None:
    tester = a_tester(office, tmp_path / "tester")
    send(tester, office, tmp_path / "stick")
    tester.close()
    page.exchanger.look()
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "paper_key_button") is not None, timeout=20_000)
    write_paper_key(page._context, tmp_path / "klucz.pdf")
    qtbot.waitUntil(lambda: ("ok", "Kartka z kluczem biura jest gotowa") in said.banners, timeout=20_000)
    page.exchanger.look()
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "paper_key_button") is None, timeout=20_000)
    assert (tmp_path / "klucz.pdf").read_bytes().startswith(b"%PDF")


def test_a_lost_laptop_is_taken_out_of_the_project_and_in_again_by_keyboard(
    qtbot: QtBot, page: PackagesPage, office: Workspace, said: Said, tmp_path: Path
) -> None:
    tester = a_tester(office, tmp_path / "tester")
    send(tester, office, tmp_path / "stick")
    tester.close()
    hands, laptops = Hands(qtbot), page.laptops
    laptops.reload()
    hands.until(laptops.out.isVisible)

    def asked() -> TakeOutDialog:
        page.activateWindow()
        hands.until(page.isActiveWindow)
        laptops.out.setFocus()
        hands.press(Key.Key_Space)
        dialog = laptops.findChild(TakeOutDialog)
        assert dialog is not None
        hands.until(dialog.leave.hasFocus)
        return dialog

    asked()
    hands.press(Key.Key_Return)
    hands.until(lambda: QApplication.activeModalWidget() is None)
    assert packing.counterparts_of(office), "the safe choice is the default"
    qtbot.waitUntil(lambda: laptops.findChild(TakeOutDialog) is None)
    dialog = asked()
    assert "Co przyśle, nie zostanie wczytane" in dialog.leave.accessibleDescription()
    hands.press(Key.Key_Tab)
    assert hands.at() == "take_out_button"
    hands.press(Key.Key_Space)
    hands.until(laptops.back.isVisible)
    assert packing.counterparts_of(office) == []
    assert laptops.table.words()[0][1:] == ["Poza projektem", "–", "–"]
    assert not laptops.out.isVisible()
    assert not laptops.mail.isVisible()
    assert said.banners[-1] == ("ok", "Laptop STOA jest wyłączony z projektu. Wyślij paczki, aby inni się dowiedzieli.")

    page.activateWindow()
    hands.until(laptops.table.hasFocus)
    laptops.back.setFocus()
    hands.press(Key.Key_Space)
    hands.until(laptops.out.isVisible)
    assert [each.label for each in packing.counterparts_of(office)] == ["STOA"]


def test_the_chosen_laptop_stays_chosen_when_another_comes_before_it(
    qtbot: QtBot, page: PackagesPage, office: Workspace, tmp_path: Path
) -> None:
    """What the buttons do is done to that one, so a new reading must not move the choice."""
    laptops = page.laptops
    for number, name in enumerate(("Stowarzyszenie Krokus", "Fundacja Agawa"), 1):
        a_tester(office, tmp_path / name, name).close()
        laptops.reload()
        qtbot.waitUntil(lambda wanted=number: len(laptops.found) == wanted)
        laptops.table.setFocus()
        assert laptops.table.words()[laptops.table.currentIndex().row()][0].startswith("Stowarzyszenie Krokus")
