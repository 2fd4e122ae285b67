"""Texts come from the catalogue as gettext itself would read it."""

from __future__ import annotations

import gettext

from progressus_desktop import assets, words

NUMBERS = (0, 1, 2, 4, 5, 12, 14, 21, 22, 25, 100, 101, 102, 112)


def test_every_text_and_every_plural_is_what_gettext_gives() -> None:
    file = assets.folder("translations") / "pl" / "LC_MESSAGES" / "progressus.mo"
    with file.open("rb") as texts:
        known = gettext.GNUTranslations(texts)
    entries = known._catalog  # type: ignore[attr-defined]  # all there is, to compare it whole
    singles = [each for each in entries if isinstance(each, str) and each]
    plurals = {each[0] for each in entries if isinstance(each, tuple)}
    with words.speaking("pl"):
        assert [each for each in singles if words._(each) != known.gettext(each)] == []
        for one in plurals:
            forms = [words._forms(one)[words._plural_rule(words._forms("")[0])(n)] for n in NUMBERS]
            assert forms == [known.ngettext(one, "", n) for n in NUMBERS], one
    assert len(singles) > len(plurals) > 1


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
