"""Every report of every kind of workspace is an accessible PDF that says what it should, the same each time."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from progressus_desktop import words
from progressus_desktop.reports import tables, text
from progressus_desktop.services import reporting_kinds
from tests.reports import reading, worlds

ONE_EACH = [
    *worlds.cases("empty", "small", "polish", "ukrainian", "giant", "long", "absent-files", "nobody-agreed"),
    *worlds.cases("photos-500"),
]
LONG_ONES = list(worlds.cases("rows-2000"))


pytestmark = pytest.mark.usefixtures("made_worlds")


def unseen(data: bytes) -> list[str]:
    """What no validator sees, in one report: heads, pictures, fonts, titles, headings."""
    read = reading.Tagged(data)
    found = []
    for table in read.elements("Table"):
        kids = [str(kid.S) for kid in reading._kids(table)]
        if kids.count("/THead") > 1 or not any(True for _ in read._below(table, "TH")):
            found.append(f"heads of a table: {kids[:3]}")
    for figure in read.elements("Figure"):
        alt = str(figure.Alt)
        if not alt.strip() or len(alt) > 250 or alt.lower().endswith((".jpg", ".png")):
            found.append(f"description of a picture: {alt[:40]!r}")
    for one in read.pdf.pages:
        found += [
            f"font {font.BaseFont}"
            for font in dict(one.Resources.Font).values()
            if "SourceSans3" not in str(font.BaseFont) or "/FontFile2" not in font.FontDescriptor
        ]
    headings = [read.words(each) for each in read.elements("H1")]
    title = str(read.pdf.docinfo["/Title"])
    if [" ".join(each.split()) for each in headings] != [title]:
        found.append(f"the title {title[:40]!r} is not the heading {headings}")
    if not all(read.words(each).strip() for level in ("H2", "H3") for each in read.elements(level)):
        found.append("an empty heading")
    return found


def judged(kind: str, name: str, lang: str, folder: Path) -> list[str]:
    """All findings of one report."""
    data = worlds.made(kind, name, lang)
    found = reading.validators(data, folder) + unseen(data)
    with reading.pikepdf.open(folder / "report.pdf") as pdf:
        if str(pdf.Root.Lang) != {"pl": "pl-PL", "en": "en-GB"}[lang]:
            found.append(f"language {pdf.Root.Lang}")
    return found


@pytest.mark.parametrize(("kind", "name"), ONE_EACH)
def test_every_report_passes_every_gate(kind: str, name: str, tmp_path: Path) -> None:
    # one language in each run of a case; the soak has both of all
    lang = words.LANGUAGES[(worlds.KINDS.index(kind) + list(worlds.WORLDS).index(name)) % 2]
    assert judged(kind, name, lang, tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize(("kind", "name"), ONE_EACH + LONG_ONES)
def test_every_report_passes_every_gate_in_either_language(kind: str, name: str, lang: str, tmp_path: Path) -> None:
    assert judged(kind, name, lang, tmp_path) == []


@pytest.mark.parametrize("kind", worlds.KINDS)
def test_made_twice_it_is_the_same(kind: str) -> None:
    again = worlds.world("polish").made(kind)
    assert hashlib.sha256(again).digest() == hashlib.sha256(worlds.made(kind, "polish")).digest()


@pytest.mark.parametrize("kind", worlds.KINDS)
def test_all_letters_can_be_copied_back(kind: str) -> None:
    got = reading.squeezed(reading.text(worlds.made(kind, "ukrainian")))
    assert reading.squeezed("Єднання") in got or reading.squeezed("Ґалаґан") in got


@pytest.mark.parametrize(("name", "lang"), [("polish", "pl"), ("ukrainian", "en")])
def test_no_word_of_ordinary_length_is_cut(name: str, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cut, really = [], text._Breaker._cut

    def spy(self: text._Breaker, atom: text._Atom) -> None:
        if "-" not in atom.text:  # a name of two parts may end a line after its hyphen
            cut.append(atom.text)
        really(self, atom)

    monkeypatch.setattr(text._Breaker, "_cut", spy)
    tables._kept.cache_clear()
    for kind in worlds.KINDS:
        worlds.world(name).made(kind, lang)
        assert cut == [], kind


@pytest.mark.parametrize("kind", worlds.KINDS)
def test_the_note_for_own_use_is_on_no_report(kind: str) -> None:
    assert "Tylko dla mnie" not in reading.text(worlds.made(kind, "small"))


def test_every_form_of_a_report_can_be_made() -> None:
    for kind in reporting_kinds.KINDS:
        for form in kind.forms:
            assert worlds.made(kind.name, "small", "pl", form)
