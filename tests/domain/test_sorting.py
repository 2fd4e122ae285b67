"""Polish order and search folding."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from progressus_desktop.domain.sorting import fold, sort_key

ORDERED = [
    "",
    "1 Maja",
    "10 Pułk",
    "2 Serca",
    "Ab",
    "Ac",
    "Ad",
    "Ah",
    "Ax",
    "Azot",
    "Ągota",
    "Beta",
    "Cap",
    "Czar",
    "Ćma",
    "Dom",
    "Dom Ludowy",
    "Dom-Ludowy B",
    "Domek",
    "Eta",
    "Ęta",
    "Góra",
    "Kowal",
    "Łan",
    "Łódź",
    "Müller",
    "Mur",
    "Nowak",
    "Ńu",
    "O'Brien",
    "Obrok",
    "Sad",
    "Zet",
    "Źrebię",
    "Żaba",
]


def test_names_stand_in_polish_order() -> None:
    mixed = ORDERED.copy()
    random.Random(7).shuffle(mixed)
    assert sorted(mixed, key=sort_key) == ORDERED


def test_polish_letters_follow_their_base_letters() -> None:
    assert sorted(["lz", "ła", "la", "ma"], key=sort_key) == ["la", "lz", "ła", "ma"]
    assert sorted(["za", "ża", "źa", "zz"], key=sort_key) == ["za", "zz", "źa", "ża"]


def test_foreign_letters_stand_with_their_base_letters() -> None:
    names = [
        "Muchas",
        "Müller",
        "Mumin",
        "Nagel",
        "Strasse",
        "Straße",
        "Strateg",
        "Øster",
        "Ostrowska",
        "Đuro",
        "Dusza",
    ]
    expected = [
        "Đuro",
        "Dusza",
        "Muchas",
        "Müller",
        "Mumin",
        "Nagel",
        "Øster",
        "Ostrowska",
        "Strasse",
        "Straße",
        "Strateg",
    ]
    assert sorted(names, key=sort_key) == expected


def test_hyphen_space_and_apostrophe_weigh_the_same() -> None:
    assert sort_key("Dom Ludowy").split(b"\0")[0] == sort_key("Dom-Ludowy").split(b"\0")[0]
    assert sort_key("O'Neil").split(b"\0")[0] == sort_key("O’Neil").split(b"\0")[0]


def test_quotation_marks_do_not_count() -> None:
    assert sorted(["KGW „Malwa”", "KGW Lipa", "KGW Mak"], key=sort_key) == ["KGW Lipa", "KGW Mak", "KGW „Malwa”"]


@given(st.text(), st.text())
def test_order_is_total_and_case_comes_last(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) == (one == other)
    assert sort_key(one).split(b"\0")[0] == sort_key(one)[: len(sort_key(one).split(b"\0")[0])]


@given(
    st.text("aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż", max_size=12),
    st.text("aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż", max_size=12),
)
def test_lower_case_words_follow_the_alphabet(one: str, other: str) -> None:
    alphabet = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
    by_letter = [alphabet.index(c) for c in one] < [alphabet.index(c) for c in other]
    assert (sort_key(one) < sort_key(other)) == by_letter


@given(st.text())
def test_folding_is_stable_and_knows_no_polish_marks(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert not set(fold(text)) & set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")


def test_search_folds_polish_and_foreign_letters() -> None:
    assert fold("Źrebiński Łódź ŻÓŁĆ") == "zrebinski lodz zolc"
    assert fold("Straße Møller") == "strasse moller"
    assert fold("e\u0301") == "e"
