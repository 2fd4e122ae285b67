"""Every report of every kind of workspace is an accessible PDF that says what it should, the same each time."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from progressus_desktop import words
from progressus_desktop.reports import tables, text
from progressus_desktop.services import reporting, reporting_kinds
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store import media
from tests.builders import write
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


def _said(data: bytes, form: str) -> str:
    """Everything readable in a report of any form."""
    if form == "xlsx":
        sheets = openpyxl.load_workbook(io.BytesIO(data)).worksheets
        return str([row for sheet in sheets for row in sheet.iter_rows(values_only=True)])
    return reading.text(data) if form == "pdf" else data.decode("utf-8")


def test_nothing_of_another_organisation_is_on_a_tester_s_report() -> None:
    ws = worlds._made("Własne").full().ws
    other = write(ws, "partner", {"entry": "ready", "name": "Inny tester", "in_project": True})
    held = {"entry": "ready", "space": other, "status": "held", "participants": {"media": {"f": 77}}}
    words_ = {"title": "CUDZE wydarzenie", "difficulties": "CUDZE trudności"}
    event = write(ws, "event", {**held, **words_, "date": "2026-11-12"})
    for entity, name in (("interaction", "subject"), ("observation", "text")):
        write(ws, entity, {"entry": "ready", "space": other, "date": "2026-11-06", name: "CUDZE słowa"})
    shown = {"people_shown": "crowd", "alt": "CUDZE zdjęcie", "caption": "CUDZE zdjęcie"}
    sha = media.add(ws, worlds.picture(77))
    write(ws, "photo", {"entry": "ready", "kind": "photo", "event": event, "shared_copy": sha, **shown})
    period = Asked(date_from="2026-11-01", date_to="2026-11-30")
    for of in reporting_kinds.KINDS:
        for form in of.forms if of.span else ():
            asked = replace(Asked(month=worlds.MONTH) if of.span == "month" else period, form=form)
            said = _said(reporting.made(ws, of.name, asked, "pl"), form)
            assert "Własne" in said, of.name
            assert not re.search("CUDZ|Inny tester", said), (of.name, form)
    ws.close()


@pytest.mark.parametrize("kind", worlds.KINDS)
def test_the_note_for_own_use_is_on_no_report(kind: str) -> None:
    assert "Tylko dla mnie" not in reading.text(worlds.made(kind, "small"))


def test_every_form_of_a_report_can_be_made() -> None:
    for kind in reporting_kinds.KINDS:
        for form in kind.forms:
            assert worlds.made(kind.name, "small", "pl", form)
