"""Scenario 9 of domain.md, section 13: a day of a worker who does not see, by keyboard and what is read aloud only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from progressus_desktop.services import deciding, records
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from tests.exchange.laptops import a_tester, an_office, swap
from tests.journeys.ears import Ears
from tests.journeys.hands import CONTROL, Key
from tests.journeys.seats import Seat


def test_a_day_by_ear(seats: Callable[[], Seat], stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = an_office(tmp_path / "office")
    ws = a_tester(office, tmp_path / "tester")
    given = {"name": "Fundacja Łódź Nadziei", "kind": "foundation", "locality": "Łódź", "phone": "42 600 00 00"}
    partner = records.save(ws, "partner", None, given, draft=False).id
    swap(ws, office, tmp_path / "before")
    for laptop, phone in ((ws, "42 600 00 11"), (office, "42 600 00 22")):
        records.save(laptop, "partner", partner, {"phone": phone}, draft=False)
    swap(ws, office, tmp_path / "between")
    office.close()
    seat = seats()
    seat.enter(ws)
    hands, ears = seat.hands, Ears(seat.hands, monkeypatch)

    hands.press(Key.Key_K, CONTROL)
    assert "Szukaj wszędzie" in ears.here()
    hands.type("lodz")
    ears.hears("1 wynik: Fundacja Łódź Nadziei")
    hands.press(Key.Key_Return)
    assert ears.here().startswith("Nazwa Fundacja Łódź Nadziei")
    ears.go_to("Kod pocztowy")
    hands.type("12a")
    hands.press(Key.Key_Tab)
    ears.hears("Kod pocztowy: Kod pocztowy ma 5 cyfr.")
    assert "ma 5 cyfr" in ears.go_to("Kod pocztowy", Key.Key_Backtab), "it is read again with the field"
    hands.press(Key.Key_A, CONTROL)
    hands.type("90001")
    hands.press(Key.Key_Tab)
    hands.press(Key.Key_Backtab)
    assert ears.here().startswith("Kod pocztowy 90-001")
    assert "ma 5 cyfr" not in ears.here()

    seat.go("event")
    hands.press(Key.Key_N, CONTROL)
    assert ears.here().startswith("Nazwa wydarzenia")
    hands.fill("Spotkanie przy kawie")
    hands.press(Key.Key_G, CONTROL)
    ears.hears("Brakuje 3 rzeczy, żeby było gotowe. Wybierz rodzaj.")
    assert ears.go_to("Rodzaj").endswith("Wybierz rodzaj.")
    hands.type("spotkanie")
    hands.press(Key.Key_F8)
    ears.hears("Wpisz datę.")
    assert ears.here().startswith("Data")
    hands.type("18.5")
    hands.press(Key.Key_F8)
    ears.hears("Wpisz miejscowość.")
    hands.type("Wzorów")
    hands.press(Key.Key_G, CONTROL)
    ears.hears("Oznaczono jako gotowe.")

    (event,) = query.window(ws, "event", View(), 0)
    assert event.values["entry"] == "ready"

    seat.go("exchange")
    seat.rest()
    assert ears.here().startswith("Wymień dane")
    ears.go_to("Rozstrzygnij", Key.Key_Backtab)
    hands.press(Key.Key_Space)
    assert ears.here().startswith("Telefon: 42 600 00 11. Tutaj: Anna Testowa")
    hands.press(Key.Key_Right)
    assert ears.here().startswith("Telefon: 42 600 00 22. Fundacja Biuro")
    assert ears.here().endswith("checked")
    hands.press(Key.Key_G, CONTROL)
    ears.hears("Rozstrzygnięto 1 pole. Drugie wersje zostają w historii.")
    assert deciding.conflicts(ws) == []
    assert query.get(ws, "partner", partner).fields["phone"] == "42 600 00 22"
