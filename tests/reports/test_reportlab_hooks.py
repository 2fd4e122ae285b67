"""One test for each thing of ReportLab's inside that the engine stands on; they say what a new version broke."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from progressus_desktop import assets
from progressus_desktop.reports import theme
from progressus_desktop.reports.pdf import PdfFile, face


def _font() -> Any:
    return TTFont(
        "Hook", str(assets.folder("fonts") / "SourceSans3_400Regular.ttf"), asciiReadable=False, shapable=False
    )


def test_the_pinned_version_is_installed() -> None:
    import reportlab

    assert reportlab.__version__.startswith("5.1.")


def test_the_font_file_tells_characters_and_widths_in_thousandths() -> None:
    font = _font()
    assert font.face.charToGlyph[ord("ż")]
    assert font.face.charWidths[ord("a")] == face(theme.REGULAR).widths["a"]
    assert 400 < font.face.charWidths[ord("a")] < 600


def test_text_is_split_into_subsets_of_at_most_255_characters_with_a_fixed_blank() -> None:
    font, doc = _font(), pdfdoc.PDFDocument(compression=0, invariant=1)
    many = "".join(chr(code) for code in sorted(font.face.charToGlyph) if code > 0xA0)[:300]
    pieces = font.splitString(many, doc)
    assert {subset for subset, _codes in pieces} == {0, 1}
    assert font.splitString(" ", doc) == [(0, b" ")]
    assert b"\x00" not in b"".join(codes for _subset, codes in pieces)


def test_the_state_of_a_font_lists_its_subsets_until_the_objects_are_made() -> None:
    font, doc = _font(), pdfdoc.PDFDocument(compression=0, invariant=1)
    font.splitString("ąć", doc)
    assert font.state[doc].subsets[0][1:3] == [ord("ą"), ord("ć")]
    assert font.getSubsetInternalName(0, doc).startswith("/F")
    assert doc.delayedFonts == [font]
    font.addObjects(doc)
    assert doc not in font.state


def test_the_to_unicode_map_is_found_by_the_subset_s_name() -> None:
    font, doc = _font(), pdfdoc.PDFDocument(compression=0, invariant=1)
    font.splitString("a", doc)
    font.getSubsetInternalName(0, doc)
    font.addObjects(doc)
    name = (SUBSETN(0) + b"+" + font.face.name + font.face.subfontNameX).decode()
    assert doc.idToObject[f"toUnicodeCMap:{name}"].content


def test_the_fonts_dictionary_is_the_first_object() -> None:
    doc = pdfdoc.PDFDocument(compression=0, invariant=1)
    assert doc.numberToId[1] == "BasicFonts"
    assert doc.objectcounter == 1
    assert PdfFile().fonts_reference == b"1 0 R"


def test_streams_hand_over_their_dictionary_and_bare_content() -> None:
    doc = pdfdoc.PDFDocument(compression=0, invariant=1)
    stream = pdfdoc.PDFStream(content=b"abc")
    stream.dictionary["Length1"] = 3
    assert pdfdoc.format(pdfdoc.PDFDictionary(stream.dictionary.dict.copy()), doc).strip().startswith(b"<<")
    assert stream.content == b"abc"


def test_simple_objects_are_formatted_with_references_by_number() -> None:
    doc = pdfdoc.PDFDocument(compression=0, invariant=1)
    reference = doc.Reference(pdfdoc.PDFDictionary({"A": 1}), "mine")
    assert pdfdoc.format(pdfdoc.PDFDictionary({"R": reference}), doc).split() == [b"<<", b"/R", b"2", b"0", b"R", b">>"]
