"""Texts without a translation stay as they are."""

from __future__ import annotations

from progressus_desktop import words


def test_an_unknown_text_and_a_language_without_a_catalogue_keep_the_english() -> None:
    with words.speaking("pl"):
        assert words._("No such text {n}", n=2) == "No such text 2"
        assert [words.ngettext("{n} zzz", "{n} zzzs", n) for n in (1, 2)] == ["1 zzz", "2 zzzs"]
        assert words._("") == ""
    with words.speaking("en"):
        assert words._("Settings") == "Settings"
        assert [words.ngettext("{n} record", "{n} records", n) for n in (0, 1, 2)] == [
            "0 records",
            "1 record",
            "2 records",
        ]
