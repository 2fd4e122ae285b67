"""Scenario 2 of domain.md, section 13, in two windows side by side: two laptops edit one partner apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from progressus_desktop.services import deciding, records
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from tests.exchange.laptops import a_tester, an_office, swap
from tests.exchange.trips import shown
from tests.journeys.hands import CONTROL, Key
from tests.journeys.seats import Seat

NAME = "PUP Wzorów"
NUMBERS = {"94 374 00 00", "94 374 00 11", "94 374 00 22"}


def both_know(tester: Workspace, office: Workspace, stick: Path) -> tuple[str, str]:
    """A partner with a contact person, on both laptops."""
    more = {"kind": "pup", "locality": "Wzorów", "phone": "94 374 00 00"}
    partner = records.save(tester, "partner", None, {"name": NAME} | more, draft=False).id
    person = records.save(tester, "person", None, {"first_name": "Ewa", "last_name": "Zmyślona"}, draft=False).id
    contact = {"person": person, "partner": partner, "function": "kadry"}
    made = records.save(tester, "contact", None, contact, draft=False).id
    swap(tester, office, stick)
    return partner, made


def test_two_laptops_edit_a_partner_apart_and_two_questions_settle_it(
    seats: Callable[[], Seat], stick: Path, tmp_path: Path
) -> None:
    boss = an_office(tmp_path / "office")
    krokus = a_tester(boss, tmp_path / "tester")
    partner, contact = both_know(krokus, boss, tmp_path / "before")
    tester, office = seats(), seats()
    tester.enter(krokus)
    office.enter(boss)

    tester.sit()
    tester.find("wzorow", NAME)
    tester.write("phone", "94 374 00 11")
    tester.write("nip", "856-734-62-15")
    tester.hands.press(Key.Key_PageDown, CONTROL)
    assert tester.hands.at() == "contact_linked"
    tester.hands.press(Key.Key_Return)
    tester.write("function", "dyrektor")
    tester.hands.press(Key.Key_Escape, times=3)

    office.sit()
    office.find("wzorow", NAME)
    office.write("postal_code", "78445")
    office.write("street", "Lipowa")
    office.write("phone", "94 374 00 22")
    office.hands.press(Key.Key_PageDown, CONTROL)
    office.hands.press(Key.Key_Delete)
    office.hands.press(Key.Key_Escape, times=2)

    tester.sit()
    tester.exchange()
    office.sit()
    page = office.read_packages()
    assert any("do wyboru" in row[2] for row in page.table.words())
    office.write_packages(stick)
    tester.sit()
    page = tester.exchange()
    assert page.summary._question.words.text().startswith("2 pola mają dwie wersje.")
    assert len(deciding.conflicts(krokus)) == len(deciding.conflicts(boss)) == 2

    assert tester.hands.at() == "summary_decide_button"
    tester.hands.press(Key.Key_Space)
    assert [row.label for row in tester.page.rows] == ["Telefon"]
    assert _sides(tester) == ["94 374 00 11", "94 374 00 22"]
    tester.hands.press(Key.Key_Right)
    tester.hands.press(Key.Key_G, CONTROL)
    assert _sides(tester) == ["Zostaw wpis z wprowadzonymi zmianami.", "Usuń wpis."]
    tester.hands.press(Key.Key_Space)
    tester.hands.press(Key.Key_G, CONTROL)
    assert tester.session.shell.current == "exchange"
    assert tester.hands.at() == "summary_back_button", "nothing is left to decide"
    tester.exchange()
    office.sit()
    office.read_packages()

    page = office.read_packages()
    assert {row[2] for row in page.table.words()} == {"Nic nowego"}, "read again it asks nothing"
    assert deciding.conflicts(krokus) == deciding.conflicts(boss) == []
    for record in (partner, contact):
        assert shown(krokus)[record] == shown(boss)[record]
    office.find("wzorow", NAME)
    fields = query.get(boss, "partner", partner).fields
    assert [fields[name] for name in ("phone", "nip", "postal_code", "street")] == [
        "94 374 00 22", "8567346215", "78-445", "Lipowa",
    ]  # fmt: skip
    assert query.get(boss, "contact", contact).fields["function"] == "dyrektor"
    _reads_every_value(office, NUMBERS)


def _sides(seat: Seat) -> list[str]:
    """What the question in sight offers, as a screen reader says it."""
    (row,) = seat.page.rows
    return [side.accessibleName().removeprefix(f"{row.label}: ").partition(". ")[0] for side in row.sides]


def _reads_every_value(seat: Seat, values: set[str]) -> None:
    """The history of the record in sight names each of them, on this laptop as on the other."""
    seat.hands.press(Key.Key_H, CONTROL)
    seat.hands.until(lambda: seat.hands.at() == "history_list")
    entries = seat.page._history.model.entries
    told = {value for entry in entries for pair in entry.fields.values() for value in pair if isinstance(value, str)}
    assert values <= told
