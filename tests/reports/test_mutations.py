"""The gate turns red for every known defect: each is put into a good file, and something must object."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from progressus_desktop.services.reporting import check_file
from tests.reports import examples, reading


def _first(pdf: pikepdf.Pdf, role: str) -> Any:
    def below(element: Any) -> Any:
        for kid in reading._kids(element):
            if isinstance(kid, Dictionary) and "/S" in kid:
                if str(kid.S) == f"/{role}":
                    return kid
                found = below(kid)
                if found is not None:
                    return found
        return None

    return below(pdf.Root.StructTreeRoot)


def _content(pdf: pikepdf.Pdf, change: Callable[[bytes], bytes]) -> None:
    stream = pdf.pages[0].Contents[0]
    stream.write(change(stream.read_bytes()))


def no_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def not_marked(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def title_hidden(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def no_title(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Title"]


def other_title_in_metadata(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata
    packet.write(packet.read_bytes().replace(b"Warsztat", b"Zebranie"))


def no_claim(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata
    packet.write(re.sub(rb"<pdfuaid:part>1</pdfuaid:part>", b"", packet.read_bytes()))


def no_colour_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def no_alt(pdf: pikepdf.Pdf) -> None:
    del _first(pdf, "Figure").Alt


def alt_is_a_file_name(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "Figure").Alt = pikepdf.String("IMG_2041.JPG")


def alt_too_long(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "Figure").Alt = pikepdf.String("a" * 400)


def figure_nowhere(pdf: pikepdf.Pdf) -> None:
    del _first(pdf, "Figure").A


def no_h1(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "H1").S = Name.P


def two_h1(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "H2").S = Name.H1


def heading_jump(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "H2").S = Name.H4


def no_header_cells(pdf: pikepdf.Pdf) -> None:
    for at in range(60):
        cell = _first(pdf, "TH")
        if cell is None:
            break
        cell.S = Name.TD
        assert at < 59


def no_scope(pdf: pikepdf.Pdf) -> None:
    del _first(pdf, "TH").A


def head_read_again(pdf: pikepdf.Pdf) -> None:
    table = _first(pdf, "THead").P
    table.K = pikepdf.Array([table.K[0], table.K[0], *list(table.K)[1:]])


def row_short_of_a_cell(pdf: pikepdf.Pdf) -> None:
    row = _first(_Below(_first(pdf, "TBody")), "TR")
    row.K = pikepdf.Array(list(row.K)[:-1])


def unmarked_text(pdf: pikepdf.Pdf) -> None:
    _content(pdf, lambda body: body + b"\n0 0 10 10 re f\n")


def mark_owned_by_nobody(pdf: pikepdf.Pdf) -> None:
    _content(pdf, lambda body: body + b"\n/P <</MCID 900>> BDC 0 0 10 10 re f EMC\n")


def font_not_embedded(pdf: pikepdf.Pdf) -> None:
    font = next(iter(dict(pdf.pages[0].Resources.Font).values()))
    del font.FontDescriptor.FontFile2


def helvetica_slips_in(pdf: pikepdf.Pdf) -> None:
    fonts = pdf.pages[0].Resources.Font
    fonts["/F9"] = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    _content(pdf, lambda body: body + b"\n/Artifact BMC BT /F9 9 Tf (x) Tj ET EMC\n")


def letters_without_meaning(pdf: pikepdf.Pdf) -> None:
    del next(iter(dict(pdf.pages[0].Resources.Font).values())).ToUnicode


def wrong_tab_order(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Tabs


class _Below:
    """Lets the search for an element begin at another one than the root."""

    def __init__(self, element: Any) -> None:
        self.Root = Dictionary(StructTreeRoot=element)


CARD = [
    no_tags, no_language, not_marked, title_hidden, no_title, other_title_in_metadata, no_claim, no_colour_profile,
    no_alt, alt_is_a_file_name, alt_too_long, figure_nowhere, no_h1, two_h1, heading_jump, no_header_cells, no_scope,
    head_read_again, row_short_of_a_cell, unmarked_text, mark_owned_by_nobody, font_not_embedded, helvetica_slips_in,
    letters_without_meaning, wrong_tab_order,
]  # fmt: skip


def _mutated(report: str, change: Callable[[pikepdf.Pdf], None], path: Path) -> Path:
    with pikepdf.open(BytesIO(examples.rendered(report, "small"))) as pdf:
        change(pdf)
        pdf.save(path)
    return path


@pytest.mark.parametrize("change", CARD, ids=lambda change: change.__name__)
def test_the_check_objects_to(change: Callable[[pikepdf.Pdf], None], tmp_path: Path) -> None:
    assert check_file(_mutated("event-card", change, tmp_path / "bad.pdf")) != []


def _loose_link(pdf: pikepdf.Pdf) -> None:
    link = _first(pdf, "Link")
    link.K = pikepdf.Array([kid for kid in link.K if not (isinstance(kid, Dictionary) and "/Obj" in kid)])


def _silent_link(pdf: pikepdf.Pdf) -> None:
    for one in pdf.pages:
        for annotation in one.get("/Annots", []):
            del annotation.Contents


@pytest.mark.parametrize("change", [_loose_link, _silent_link], ids=["loose", "silent"])
def test_the_check_objects_to_a_link(change: Callable[[pikepdf.Pdf], None], tmp_path: Path) -> None:
    assert check_file(_mutated("attendance-sheet", change, tmp_path / "bad.pdf")) != []


def test_a_file_saved_again_unchanged_is_still_good(tmp_path: Path) -> None:
    path = _mutated("event-card", lambda _pdf: None, tmp_path / "good.pdf")
    assert [finding.code for finding in check_file(path)] == []
