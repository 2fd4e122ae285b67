"""Any text survives: nothing crashes, nothing is lost silently, every letter can be copied back."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from progressus_desktop.reports import event_card, theme
from progressus_desktop.reports.pdf import face
from progressus_desktop.reports.text import MISSING, Run, clean, plain, wrapped
from tests.reports import examples, reading

HOSTILE = [
    "zero \x00 i dzwonek \x07",
    "wstecz \u202e tekst \u202c",
    "emoji 👩‍🦽 i ✓ ☐ ☑",
    "עברית العربية 中文",
    "\ud800 samotny",
    "miękki\u00adłącznik \u200b zero",
    "a\u0301 złożone",
    "\u2028nowy wiersz\u2029akapit",
    "nawiasy (()) \\ ukośnik \r\n",
    "=SUM(A1)",
]
ANY = st.text(st.characters(), max_size=120)


def _without_controls(text: str) -> str:
    """What must be found again: drawn characters, in order, without blanks."""
    return reading.squeezed(clean(text))


@given(ANY, st.floats(20, 400))
@settings(max_examples=300, deadline=None)
@example("".join(HOSTILE), 60.0)
def test_lines_hold_every_character_and_none_is_too_wide(text: str, width: float) -> None:
    style = theme.BODY
    lines = wrapped(text, style, width)
    got = "".join(piece.original or piece.text for line in lines for piece in line.pieces)
    assert re.sub(r"\s", "", got.replace("\u00a0", " ")) == re.sub(r"\s", "", clean(text).replace("\u00a0", " "))
    for line in lines:
        assert line.width <= width + 0.01 or len("".join(piece.text for piece in line.pieces).strip()) <= 1
        assert all(piece.face.has(character) for piece in line.pieces for character in piece.text)


@given(st.lists(ANY, max_size=4))
@settings(max_examples=60, deadline=None)
def test_runs_are_joined_without_losing_or_adding_words(texts: list[str]) -> None:
    runs = [Run(text, theme.BOLD if at % 2 else "") for at, text in enumerate(texts)]
    lines = wrapped(runs, theme.BODY, 200)
    got = "".join(piece.original or piece.text for line in lines for piece in line.pieces)
    assert re.sub(r"\s", "", got) == re.sub(r"\s", "", plain(runs))


@given(ANY.filter(lambda text: bool(clean(text).strip())))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(HOSTILE[2])
@example(HOSTILE[3])
@example("\r0")
@example("Zażółć gęślą jaźń „” – ąćęłńóśźż")
def test_a_field_can_be_read_back_from_the_tagged_file(text: str) -> None:
    card = replace(examples.card("small"), arrangements=[event_card.Arrangement(text, "x", "y")], photos=())
    read = reading.Tagged(event_card.render(card, examples.setting()))
    cells = [reading.squeezed(read.words(cell)) for cell in read.elements("TD")]
    assert _without_controls(text) in cells


def test_hostile_texts_pass_every_gate(tmp_path: Path) -> None:
    text = " ".join(HOSTILE)
    card = replace(
        examples.card("small"), title=text, state=text, course=text, facts=[(text[:60], text)],
        photos=[examples.photo(text, text)], about_people=[(text, text)], people=[text],
    )  # fmt: skip
    data = event_card.render(card, examples.setting(text=text))
    assert reading.validators(data, tmp_path) == []


def test_a_character_the_font_lacks_is_drawn_as_a_square_and_kept_as_text() -> None:
    (line,) = wrapped("do 👋 was", theme.BODY, 400)
    sign = next(piece for piece in line.pieces if piece.original)
    assert (sign.text, sign.original) == (MISSING, "👋")
    assert not face(theme.REGULAR).has("👋")


def test_invisible_direction_marks_and_controls_are_left_out() -> None:
    assert clean("a\u202eb\u200bc\x00d\ufeff") == "abcd"
    assert clean("a\r\nb\tc") == "a\nb c"
    assert clean("\ud800") == "\ufffd"
    assert clean("a\u0301") == "á"


def test_words_stay_apart_where_a_line_was_broken_by_hand() -> None:
    """Who hears the text or copies it gets two words, whatever parts them: a break, two runs, a link."""
    for rich in ("wieś\ngmina", ["wieś", Run("\ngmina", colour=theme.MUTED)], [Run("wieś", link="#a"), "\ngmina"]):
        lines = wrapped(rich, theme.BODY, 200)
        assert "".join(piece.text for line in lines for piece in line.pieces) == "wieś gmina"
        assert lines[0].width == wrapped("wieś", theme.BODY, 200)[0].width
        assert not any(piece.link and piece.text.endswith(" ") for line in lines for piece in line.pieces)


def test_a_one_letter_word_does_not_end_a_line() -> None:
    lines = wrapped("Spotkanie odbyło się w świetlicy i w domu kultury z gośćmi " * 6, theme.BODY, 150)
    for line in lines[:-1]:
        last = "".join(piece.text for piece in line.pieces).split()[-1]
        assert last.lower() not in {"w", "i", "z"}


def test_a_twenty_thousand_character_field_is_kept_whole() -> None:
    got = reading.squeezed(reading.text(examples.rendered("event-card", "long")))
    sentence = reading.squeezed("Uczestnicy rozmawiali o dowozie i o pracy w pobliżu domu.")
    wanted = examples.LONG.count("Uczestnicy")
    assert got.count(sentence) >= 3 * wanted
