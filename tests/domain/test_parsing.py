"""Forgiving input: what people type is understood, what cannot be read is explained."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progressus_desktop.domain import codelists, territory
from progressus_desktop.domain.fields import Field, Type
from progressus_desktop.domain.parsing import ParseError, normalised, parse, shown
from progressus_desktop.words import speaking

TODAY = date(2026, 11, 23)


def a_field(kind: Type, **more: Any) -> Field:
    return Field("field", kind, "Field", **more)


def read(kind: Type, text: str, **more: Any) -> Any:
    return parse(a_field(kind, **more), text, TODAY)


def refusal(kind: Type, text: str) -> str:
    with pytest.raises(ParseError) as caught:
        read(kind, text)
    assert caught.value.field == "field"
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("18.08.2026", "2026-08-18"),
        ("27.11", "2026-11-27"),
        ("7.1.", "2026-01-07"),
        ("27-11-26", "2026-11-27"),
        ("27/11/2026", "2026-11-27"),
        ("27 11 2026", "2026-11-27"),
        ("27 listopada 2026 r.", "2026-11-27"),
        ("27.11.26r.", "2026-11-27"),
        ("piątek, 27 listopada 2026", "2026-11-27"),
        ("27 XI 2026", "2026-11-27"),
        ("5 paź", "2026-10-05"),
        ("2026-11-27", "2026-11-27"),
        ("27112026", "2026-11-27"),
        ("271126", "2026-11-27"),
        ("1.5.99", "1999-05-01"),
        ("dziś", "2026-11-23"),
        ("DZIS", "2026-11-23"),
        ("wczoraj", "2026-11-22"),
        ("jutro", "2026-11-24"),
        ("+7", "2026-11-30"),
        ("-1", "2026-11-22"),
        ("+1", "2026-11-24"),
        ("\u22121", "2026-11-22"),
        ("29.02.2028", "2028-02-29"),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, stored: str) -> None:
    assert read(Type.DATE, text) == stored


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("31.02.2026", "February 2026 has 28 days. Correct the date."),
        ("29.02.2027", "February 2027 has 28 days. Correct the date."),
        ("31.11", "November has 30 days. Correct the date."),
        ("1.13.2026", "A year has 12 months."),
        ("1.1.1066", "The year 1066 cannot be right."),
        ("jutro rano", "This is not a date."),
        ("27.1a.2026", "This is not a date."),
        ("+99999999", "This is not a date."),
        ("0.5.2026", "May has 31 days."),
    ],
)
def test_a_date_that_cannot_be_is_explained(text: str, words: str) -> None:
    assert refusal(Type.DATE, text).startswith(words)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("9", "09:00"),
        ("930", "09:30"),
        ("1600", "16:00"),
        ("16.00", "16:00"),
        ("16:30", "16:30"),
        ("9,15", "09:15"),
        ("godz. 17", "17:00"),
        ("0", "00:00"),
        ("2359", "23:59"),
    ],
)
def test_times_are_read_as_people_write_them(text: str, stored: str) -> None:
    assert read(Type.TIME, text) == stored


@pytest.mark.parametrize("text", ["24", "25:00", "9:60", "960", "12345", "rano", "-1", "9:5"])
def test_what_is_no_time_is_explained(text: str) -> None:
    assert "E.g. 16:30." in refusal(Type.TIME, text)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("2026", "2026"),
        ("2026-03", "2026-03"),
        ("03.2026", "2026-03"),
        ("3.2026", "2026-03"),
        ("marzec 2026", "2026-03"),
        ("18.03.2026", "2026-03-18"),
    ],
)
def test_partial_dates_keep_what_is_known(text: str, stored: str) -> None:
    assert read(Type.PARTIAL_DATE, text) == stored


def test_what_is_no_partial_date_is_explained() -> None:
    assert "03.2026" in refusal(Type.PARTIAL_DATE, "kiedyś")
    assert "12 months" in refusal(Type.PARTIAL_DATE, "13.2026")


@pytest.mark.parametrize(
    ("kind", "good", "stored"),
    [
        (Type.NIP, "856-734-62-15", "8567346215"),
        (Type.NIP, "PL 856 734 62 15", "8567346215"),
        (Type.REGON, "000001583", "000001583"),
        (Type.REGON, "0001583", "000001583"),
        (Type.KRS, "0000024777", "0000024777"),
        (Type.KRS, "24777", "0000024777"),
        (Type.POSTAL_CODE, "78-445", "78-445"),
        (Type.POSTAL_CODE, "78445", "78-445"),
        (Type.PHONE, "94 374 00 00", "94 374 00 00"),
        (Type.PHONE, "  +48 94\u00a0374 00 00 ", "+48 94 374 00 00"),
        (Type.PHONE, "94 374 00 00 wew. 12", "94 374 00 00 wew. 12"),
        (Type.EMAIL, "biuro@krokus.example", "biuro@krokus.example"),
        (Type.EMAIL, "ania@żółw.pl", "ania@żółw.pl"),
        (Type.URL, "krokus.example", "https://krokus.example"),
        (Type.URL, "http://krokus.example/o-nas?x=1", "http://krokus.example/o-nas?x=1"),
        (Type.GMINA, "3215052", "3215052"),
        (Type.GMINA, "grzmiaca", "3215052"),
        (Type.GMINA, "Grzmiąca, szczecinecki", "3215052"),
        (Type.INTEGER, "1 240", 1240),
        (Type.INTEGER, "1\u00a0240", 1240),
        (Type.INTEGER, "1.240", 1240),
        (Type.INTEGER, "007", 7),
        (Type.BOOLEAN, "TAK", True),
        (Type.BOOLEAN, "n", False),
    ],
)
def test_good_values_are_stored_in_one_spelling(kind: Type, good: str, stored: Any) -> None:
    assert read(kind, good) == stored


@pytest.mark.parametrize(
    ("kind", "bad"),
    [
        (Type.NIP, "1234567890"),
        (Type.NIP, "0000000000"),
        (Type.NIP, "856"),
        (Type.REGON, "732065834"),
        (Type.REGON, "000000000"),
        (Type.REGON, "0000000"),
        (Type.KRS, "24777A"),
        (Type.KRS, "0000000000"),
        (Type.KRS, "12345678901"),
        (Type.POSTAL_CODE, "78445a"),
        (Type.POSTAL_CODE, "78-44"),
        (Type.PHONE, "12345"),
        (Type.PHONE, "zadzwoń"),
        (Type.EMAIL, "a b@c"),
        (Type.EMAIL, "a@b@c.pl"),
        (Type.EMAIL, "ania"),
        (Type.EMAIL, "ania@krokus"),
        (Type.EMAIL, "@krokus.example"),
        (Type.URL, "ftp://krokus.example"),
        (Type.URL, "javascript:alert(1)"),
        (Type.URL, "moja strona"),
        (Type.URL, "http://"),
        (Type.GMINA, "33"),
        (Type.GMINA, "Nigdzie Dolne"),
        (Type.INTEGER, "-5"),
        (Type.INTEGER, "kilka"),
        (Type.INTEGER, "6,5"),
        (Type.INTEGER, "9" * 400),
        (Type.INTEGER, "\u0664\u0662"),
        (Type.BOOLEAN, "może"),
        (Type.MATRIX, "5"),
    ],
)
def test_bad_values_are_refused_with_words(kind: Type, bad: str) -> None:
    assert refusal(kind, bad).endswith((".", "?"))


@pytest.mark.parametrize("text", ["workshop", "Warsztat", "warsztat", "WORKSHOP"])
def test_a_code_is_found_by_its_word_in_either_language(text: str) -> None:
    assert read(Type.CODE, text, codes="event_kind") == "workshop"


def test_a_code_is_found_by_a_beginning_that_only_one_has() -> None:
    assert read(Type.CODE, "warsztat pod", codes="event_kind") == "summary_workshop"
    with pytest.raises(ParseError, match="meeting, workshop"):
        read(Type.CODE, "bal", codes="event_kind")


def test_several_codes_are_read_from_one_line() -> None:
    assert read(Type.CODES, "transport | szkolenie", codes="offer_category") == ["training", "transport"]
    assert read(Type.CODES, "", codes="offer_category") is None


@pytest.mark.parametrize("kind", list(Type))
def test_nothing_typed_is_nothing_stored(kind: Type) -> None:
    assert read(kind, "   ", codes="event_kind") is None
    assert shown(a_field(kind, codes="event_kind"), None) == ""


def test_control_characters_from_careless_copying_are_dropped() -> None:
    assert read(Type.TEXT, "Kro\x00kus\x07 \ud800„Łąka”\r\n") == "Krokus „Łąka”"
    assert read(Type.LONG_TEXT, "jeden\r\ndwa\x00\tTrzy\x1b") == "jeden\ndwa\tTrzy"


@pytest.mark.parametrize("text", ["שלום \u200fעולם", "👩‍🦽 dojazd", "e\u0301", "\u202eabc\u202c", "𝔘𝔫𝔦"])
def test_right_to_left_marks_and_emoji_stay_as_typed(text: str) -> None:
    assert read(Type.TEXT, text) == text


def test_ten_megabytes_of_text_are_read_whole() -> None:
    text = "ą" * 10_000_000
    assert read(Type.LONG_TEXT, text) == text


@given(text=st.text(max_size=60), kind=st.sampled_from(list(Type)))
def test_no_text_crashes_any_reader(text: str, kind: Type) -> None:
    field = a_field(kind, codes="event_kind")
    words = ""
    try:
        words = shown(field, parse(field, text, TODAY))
    except ParseError as error:
        words = str(error)
    assert isinstance(words, str)


@given(day=st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_shown_date_reads_back_as_itself(day: date) -> None:
    field = a_field(Type.DATE)
    assert parse(field, shown(field, day.isoformat()), TODAY) == day.isoformat()
    partial = a_field(Type.PARTIAL_DATE)
    for stored in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        assert parse(partial, shown(partial, stored), TODAY) == stored


@given(minutes=st.integers(0, 1439))
def test_a_shown_time_reads_back_as_itself(minutes: int) -> None:
    stored = f"{minutes // 60:02}:{minutes % 60:02}"
    assert parse(a_field(Type.TIME), shown(a_field(Type.TIME), stored), TODAY) == stored


@given(number=st.integers(0, 10**15 - 1))
def test_a_shown_number_reads_back_as_itself(number: int) -> None:
    assert parse(a_field(Type.INTEGER), shown(a_field(Type.INTEGER), number), TODAY) == number


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_gmina_and_every_code_reads_back_from_its_shown_word(language: str) -> None:
    with speaking(language):
        gmina = a_field(Type.GMINA)
        for each in territory.all_gminas():
            assert parse(gmina, shown(gmina, each.code), TODAY) == each.code
        for name in ("event_kind", "event_status", "partner_kind", "stage", "channel", "interaction_result", "topic"):
            field = a_field(Type.CODE, codes=name)
            for code in codelists.codes(name):
                assert parse(field, shown(field, code), TODAY) == code


def test_values_are_shown_as_their_fields_show_them() -> None:
    assert shown(a_field(Type.DATE), "2026-11-27") == "27.11.2026"
    assert shown(a_field(Type.INTEGER), 1240) == "1\u00a0240"
    assert shown(a_field(Type.NIP), "8567346215") == "856-734-62-15"
    assert shown(a_field(Type.DATE), {"?": "31.02"}) == "31.02"
    matrix = a_field(Type.MATRIX, codes="participant_role", columns="sex")
    assert shown(matrix, {"employer": {"f": 1, "m": 2}}) == "employers: W 1, M 2"


def test_json_values_get_their_stored_spelling_and_bad_ones_stay_to_be_told() -> None:
    assert normalised(a_field(Type.NIP), "856-734-62-15") == "8567346215"
    assert normalised(a_field(Type.NIP), "123") == "123"
    rows = a_field(Type.ROWS, parts=(Field("link", Type.URL, "Link"),))
    assert normalised(rows, [{"link": "krokus.example"}]) == [{"link": "https://krokus.example"}]
