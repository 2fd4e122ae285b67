"""The territorial register: found by any part of a name, fast, without marks."""

from __future__ import annotations

from time import process_time

from progressus_desktop.domain import territory


def test_a_gmina_is_found_by_any_part_of_gmina_powiat_or_voivodeship() -> None:
    for text in ("Grzmiąca", "grzmi", "grzmiaca szczecinecki", "szczecinecki grzm", "3215052", "GRZMIĄCA, zachodnio"):
        assert "3215052" in [each.code for each in territory.find(text)], text


def test_the_exact_name_comes_first() -> None:
    assert territory.find("lodz")[0].name == "Łódź"
    assert territory.find("lodz")[0].label == "Łódź, Łódź"


def test_nothing_and_nonsense_find_nothing_and_the_limit_holds() -> None:
    assert territory.find("  ") == []
    assert territory.find("qqqq") == []
    assert len(territory.find("a", 7)) == 7


def test_only_gminas_are_listed_not_their_parts() -> None:
    assert len(territory.codes()) == 2477
    assert {each.kind for each in territory.all_gminas()} == {"1", "2", "3"}
    assert territory.gmina("0201014") is None
    assert territory.gmina("3215052") == territory.Gmina(
        "3215052", "Grzmiąca", "2", "szczecinecki", "zachodniopomorskie"
    )


def test_gminas_that_share_a_label_are_told_apart_where_shown() -> None:
    assert territory.shown("0201011") == "Bolesławiec, bolesławiecki (urban gmina, dolnośląskie)"
    assert territory.shown("3215052") == "Grzmiąca, szczecinecki"
    assert territory.shown("9999999") == "9999999"


def test_searching_is_quick_enough_for_every_keystroke() -> None:
    territory.find("a")
    start = process_time()
    for text in ("g", "gr", "grz", "grzm"):
        territory.find(text)
    assert process_time() - start < 0.2
