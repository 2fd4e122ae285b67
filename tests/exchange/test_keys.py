"""Keys sign and open, and six words tell them apart by telephone."""

from __future__ import annotations

import pytest
from rapidfuzz.distance import Levenshtein

from progressus_desktop import assets
from progressus_desktop.exchange import keys
from tests.exchange.raw import OFFICE, SENDER


def test_a_signature_fits_its_key_and_its_bytes_only() -> None:
    made = keys.new_keys()
    signature = keys.sign(made.sign_private, b"abc")
    assert len(signature) == 64
    assert keys.verify(made.sign_public, b"abc", signature)
    assert not keys.verify(made.sign_public, b"abd", signature)
    assert not keys.verify(SENDER.sign_public, b"abc", signature)
    assert not keys.verify(b"short", b"abc", signature)


def test_new_keys_are_new_and_do_not_show_in_logs() -> None:
    one, other = keys.new_keys(), keys.new_keys()
    assert one != other
    assert len(one.sign_private) == len(one.sign_public) == 32
    assert one.age_secret.startswith("AGE-SECRET-KEY-1")
    assert keys.age_public(one.age_secret) == one.age_public
    assert one.age_secret not in repr(one)
    assert repr(one.sign_private) not in repr(one)


def test_six_words_stay_the_same_for_ever() -> None:
    assert keys.words(SENDER.sign_public, "pl") == PL
    assert keys.words(SENDER.sign_public, "en") == EN
    assert keys.words(OFFICE.sign_public, "pl") != PL


PL = ("dialog", "rachunek", "odwaga", "śmietana", "opowieść", "jagnię")
EN = ("charm", "raincoat", "nylon", "subject", "organ", "farmer")


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_words_are_1024_and_no_two_sound_alike(language: str) -> None:
    words = assets.resource(f"wordlists/{language}.txt").read_text("utf-8").split("\n")[:-1]
    assert len(set(words)) == len(words) == 1024
    assert all(word.isalpha() and word.islower() and 3 <= len(word) <= 10 for word in words)
    for place, word in enumerate(words):
        assert all(Levenshtein.distance(word, other, score_cutoff=1) > 1 for other in words[place + 1 :]), word
