"""Texts are found in the compiled catalogue as gettext itself finds them."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from progressus_desktop import assets
from progressus_desktop.catalogue import Texts

FILE = assets.folder("translations") / "pl" / "LC_MESSAGES" / "progressus.mo"


def test_every_text_of_the_catalogue_is_found() -> None:
    with FILE.open("rb") as file:
        known = gettext.GNUTranslations(file)
    ours = Texts(FILE)
    asked = [key if isinstance(key, str) else key[0] for key in known._catalog]  # type: ignore[attr-defined]
    assert len(asked) > 2_000
    for text in (*asked, "no such text", "", "Save", "\N{LATIN SMALL LETTER Z WITH STROKE}"):
        assert ours.text(text) == known.gettext(text)
        for number in (0, 1, 2, 5, 12, 22, 111):
            assert ours.counted(text, f"{text}s", number) == known.ngettext(text, f"{text}s", number)


def test_without_a_file_the_english_messages_are_the_texts(tmp_path: Path) -> None:
    none = Texts(tmp_path / "none.mo")
    assert none.text("Save") == "Save"
    assert [none.counted("one day", "many days", n) for n in (0, 1, 2)] == ["many days", "one day", "many days"]


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.mo"
    other.write_bytes(b"something else, and long enough")
    with pytest.raises(OSError, match=r"other\.mo"):
        Texts(other)
