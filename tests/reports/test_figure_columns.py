"""A figure stands in one line, however narrow its column was meant to be."""

from __future__ import annotations

from progressus_desktop.reports.figure_columns import roomy
from progressus_desktop.reports.tables import Cell, Column, Look, Row, natural_width
from progressus_desktop.reports.theme import CELL


def test_a_column_of_figures_grows_to_its_widest_figure_and_no_other_column_does() -> None:
    columns = [Column("Nazwa", share=1.0), Column("M", width=24, align="right"), Column("Dzień", width=24)]
    rows = [Row(["a", "9", "12.11.2026"]), Row([Cell("Razem", span=1), "1\u00a0168", ""], total=True)]
    name, figure, day = roomy(columns, rows, Look())
    assert figure.width >= natural_width(["1\u00a0168"], CELL, Look().pad_x)
    assert (name, day) == (columns[0], columns[2])


def test_a_spanning_cell_and_rows_that_come_one_by_one_change_nothing() -> None:
    columns = [Column("Nazwa", share=1.0), Column("M", width=24, align="right"), Column("K", width=24, align="right")]
    spanning = Row([Cell("Razem: odbyło 3", span=2), "7"])
    assert [column.width for column in roomy(columns, [spanning], Look())] == [0.0, 24, 24]
    assert roomy(columns, iter([Row(["a", "1168", "7"])]), Look()) is columns
