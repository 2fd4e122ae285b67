"""Pages and lines break where a reader would break them; numbers and words beside a table agree with it."""

from __future__ import annotations

import dataclasses

import pypdfium2
import pytest

from progressus_desktop.reports import attendance_sheet, charts, event_card, gallery, periodical
from progressus_desktop.reports.charts import Month
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.gallery import Chapter, Taken
from progressus_desktop.reports.periodical_lines import GAP, Audience, StageLine
from progressus_desktop.reports.tables import Column, Look, Row
from progressus_desktop.words import speaking
from tests.reports import examples, reading

_WIDE_COLUMN = 60.0


def _pages(data: bytes) -> list[str]:
    """The text of each page."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return [pdf[at].get_textpage().get_text_bounded() for at in range(len(pdf))]
    finally:
        pdf.close()


def _document() -> Document:
    document = examples.setting().document("Zestawienie", "", "Zestawienie", running="")
    document.heading("Zestawienie", 1)
    return document


@pytest.mark.parametrize("rows", range(30, 44))
def test_the_last_row_of_a_table_is_never_alone_on_a_page(rows: int) -> None:
    document = _document()
    columns = [Column("Wydarzenie", share=1.0), Column("Liczba", width=60, align="right")]
    table = [Row([f"wiersz {at}", "1"]) for at in range(rows)]
    document.table(columns, [*table, Row(["suma wierszy", str(rows)], total=True)], Look())
    last = _pages(document.finish())[-1]
    assert "suma wierszy" in last
    assert f"wiersz {rows - 1}" in last


def test_the_heading_of_photos_stands_on_the_page_of_the_first_of_them() -> None:
    """However much of the page is full."""
    chapter = Chapter("Rozdział drugi", [Taken(examples.photo(caption="pierwsze z nowych"), "Hala")])
    for full in range(500, 700, 4):
        document = _document()
        document.y = full
        gallery.draw_chapter(document, chapter)
        (page,) = (page for page in _pages(document.finish()) if "Rozdział drugi" in page)
        assert "pierwsze z nowych" in page, f"apart where {full} points are full"


def test_few_columns_of_a_chart_do_not_grow_into_blocks() -> None:
    document = _document()
    charts.columns(document, "Dwa miesiące", [Month("paź", 75), Month("lis", 130)])
    pdf = pypdfium2.PdfDocument(document.finish())
    try:
        boxes = [each.get_bounds() for each in pdf[0].get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
    finally:
        pdf.close()
    drawn = [
        right - left for left, bottom, right, top in boxes if 30 < top - bottom < 110 and left > 60 and bottom < 700
    ]
    assert len(drawn) == 2
    assert max(drawn) < _WIDE_COLUMN


@pytest.mark.parametrize("print_", ["normal", "large"])
def test_the_last_page_to_sign_is_used_to_its_end(print_: str) -> None:
    for blank in range(5, 24):
        sheet = dataclasses.replace(examples.sheet("empty"), blank=blank, large_print=print_ == "large")
        numbers = [
            [word for word in page.split() if word.isdigit() and len(word) < 3]
            for page in _pages(attendance_sheet.render(sheet, examples.setting()))
        ]
        assert len(numbers) == 1 or len(numbers[-1]) > 8, f"{blank} rows leave a page almost empty"


def test_a_year_stays_beside_its_month_in_the_title() -> None:
    report = dataclasses.replace(examples.month("small"), title="Sprawozdanie miesięczne testera, październik 2026")
    lines = _pages(periodical.render(report, examples.setting()))[0].splitlines()
    assert not any(line.strip() == "2026" for line in lines)


def test_months_are_capital_in_english_and_small_in_a_polish_sentence() -> None:
    report = examples.month("small")
    report.stages = [StageLine("Rozmowy", 6, 8)]
    assert "Słupek: maj, kreska: kwiecień" in reading.text(periodical.render(report, examples.setting()))
    report.now, report.then = "May", "April"
    with speaking("en"):
        assert "Bar: May, line: April" in reading.text(periodical.render(report, examples.setting("en")))


def test_as_many_gaps_are_told_as_the_table_shows() -> None:
    report = examples.month("small")
    report.audiences = [Audience("Media", {"T1": GAP, "T2": GAP}), Audience("Inne", {"T1": GAP, "T2": 2})]
    report.reached, report.expected = 1, 4
    report.gaps = [("T1", "nie przedstawiono: media, inne"), ("T2", "nie przedstawiono: media")]
    text = reading.text(periodical.render(report, examples.setting()))
    assert text.count("! luka") == 3
    assert "Luki (3)" in text


def test_difficulties_are_on_the_card_of_an_event_without_a_course() -> None:
    card = dataclasses.replace(examples.card("small"), summary="", course="", difficulties="Nie było dojazdu.")
    assert "Nie było dojazdu." in reading.text(event_card.render(card, examples.setting()))


def test_answers_that_nobody_gave_take_no_row() -> None:
    card = dataclasses.replace(
        examples.card("small"), accessible=(), not_accessible=("parking",), not_applicable=(), unanswered=("napisy",)
    )
    rows = [reading.Tagged(event_card.render(card, examples.setting()))]
    said = [rows[0].words(each) for each in rows[0].elements("TH")]
    assert {"× Nie (1)", "! Bez odpowiedzi (1)"} <= set(said)
    assert not any("(0)" in each for each in said)
