"""What no validator sees: blanks, order, repeated heads, real descriptions, our own fonts, one title."""

from __future__ import annotations

import pytest

from progressus_desktop.reports import event_card
from progressus_desktop.reports.document import Document
from tests.reports import examples, reading

REPORTS = ("event-card", "attendance-sheet", "monthly")


def tagged(report: str, data: str) -> reading.Tagged:
    return reading.Tagged(examples.rendered(report, data))


def test_words_keep_their_blank_at_the_end_of_a_line() -> None:
    words = tagged("event-card", "long")
    paragraphs = [words.words(each) for each in words.elements("P")]
    assert any(examples.LONG.strip() in each for each in paragraphs)


@pytest.mark.parametrize("report", ["attendance-sheet", "monthly"])
def test_a_table_over_many_pages_has_one_head(report: str) -> None:
    read = tagged(report, "rows-2000")
    assert len(read.pdf.pages) > 40
    for table in read.elements("Table"):
        assert sum(str(kid.S) == "/THead" for kid in reading._kids(table)) <= 1


@pytest.mark.parametrize(("report", "data"), examples.CASES)
def test_every_table_has_header_cells_and_every_row_the_same_number_of_cells(report: str, data: str) -> None:
    read = tagged(report, data)
    for table in read.elements("Table"):
        assert any(True for _ in read._below(table, "TH"))


@pytest.mark.parametrize(("report", "data"), examples.CASES)
def test_descriptions_of_pictures_are_real(report: str, data: str) -> None:
    for figure in tagged(report, data).elements("Figure"):
        alt = str(figure.Alt)
        assert alt.strip()
        assert len(alt) <= 250
        assert not alt.lower().endswith((".jpg", ".png"))


@pytest.mark.parametrize(("report", "data"), examples.CASES)
def test_only_the_shipped_fonts_are_used_and_all_are_embedded(report: str, data: str) -> None:
    for one in tagged(report, data).pdf.pages:
        for font in dict(one.Resources.Font).values():
            assert "SourceSans3" in str(font.BaseFont)
            assert "/FontFile2" in font.FontDescriptor


@pytest.mark.parametrize(("report", "data"), [(report, data) for report in REPORTS for data in ("small", "polish")])
def test_the_title_of_the_file_is_its_heading(report: str, data: str) -> None:
    read = tagged(report, data)
    heading = read.words(next(read.elements("H1")))
    assert str(read.pdf.docinfo["/Title"]) == heading


def test_reading_order_is_the_order_of_the_data() -> None:
    read = tagged("attendance-sheet", "rows-2000")
    numbers = [read.words(reading._kids(row)[0]) for row in read.elements("TR")][5:]
    assert numbers == [str(at) for at in range(1, len(numbers) + 1)]


def test_no_figure_no_alt_for_a_decorative_photo() -> None:
    read = tagged("event-card", "small")
    assert len(list(read.elements("Figure"))) == 2


def test_empty_cells_still_are_cells() -> None:
    read = tagged("attendance-sheet", "empty")
    rows = [row for row in read.elements("TR") if len(reading._kids(row)) == 4]
    assert len(rows) > 20


@pytest.mark.parametrize("report", REPORTS)
def test_all_polish_letters_can_be_copied(report: str) -> None:
    got = reading.squeezed(reading.text(examples.rendered(report, "polish")))
    for word in examples.POLISH.split():
        assert reading.squeezed(word) in got


def test_a_link_says_where_it_leads_and_belongs_to_the_text() -> None:
    read = tagged("attendance-sheet", "small")
    (link,) = read.elements("Link")
    assert read.words(link) == "dane@lider.example"
    annotation = next(kid.Obj for kid in reading._kids(link) if not isinstance(kid, int) and "/Obj" in kid)
    assert str(annotation.Contents) == "mailto:dane@lider.example"


def test_bookmarks_are_the_headings() -> None:
    read = tagged("event-card", "small")
    with read.pdf.open_outline() as outline:
        (top,) = outline.root
        inner = [item.title for item in top.children]
    headings = [read.words(each) for role in ("H2",) for each in read.elements(role)]
    assert inner == headings


def test_pages_are_numbered_of_their_total() -> None:
    data = examples.rendered("event-card", "long")
    pages = len(reading.Tagged(data).pdf.pages)
    assert f"{pages}" in reading.text(data).splitlines()[-1] or f" {pages}" in reading.text(data)


def test_photos_without_description_or_words_are_refused_by_the_engine() -> None:
    from progressus_desktop.reports.tagging import StructureError

    document: Document = examples.setting().document("Karta", "1", "Tytuł", running="")
    with pytest.raises(StructureError):
        document.figure("", 0, 100, 10, 10, lambda _canvas: None)


def test_a_jumped_heading_is_refused_by_the_engine() -> None:
    from progressus_desktop.reports.tagging import StructureError

    document = examples.setting().document("Karta", "1", "Tytuł", running="")
    document.heading("Tytuł", 1)
    with pytest.raises(StructureError):
        document.heading("Trzeci", 3)


def test_photo_metadata_does_not_reach_the_file() -> None:
    import io

    from PIL import Image

    from progressus_desktop.reports.images import picture

    exif = Image.Exif()
    exif[0x010E] = "Sekret z aparatu"
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "#aabbcc").save(out, "JPEG", exif=exif, comment=b"Sekret")
    assert b"Sekret" in out.getvalue()
    assert b"Sekret" not in picture(out.getvalue()).data


def test_a_file_that_is_no_picture_is_refused_by_name() -> None:
    from progressus_desktop.errors import DamagedError
    from progressus_desktop.reports.images import picture

    for data in (b"", b"not a picture", b"\xff\xd8\xff\xe0\x00"):
        with pytest.raises(DamagedError):
            picture(data)


def test_depth_is_told_in_words_beside_the_dots() -> None:
    read = tagged("event-card", "small")
    cells = [read.words(cell) for cell in read.elements("TD")]
    assert "przedstawiono" in cells


def test_suppressed_sections_leave_no_empty_heading() -> None:
    read = reading.Tagged(event_card.render(examples.card("empty"), examples.setting()))
    headings = [read.words(each) for each in read.elements("H2")]
    assert len(headings) == len(set(headings))
