"""Long tables: rows are asked for one by one, laid out, sealed and forgotten; the file stays whole."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from progressus_desktop.reports.document import Document
from progressus_desktop.reports.pdf import PdfFile
from progressus_desktop.reports.tables import Column, Look, Row
from tests.reports import examples, reading

ROWS = 2_000


class _Cells(list[str]):
    """A list that can be watched."""


def _columns() -> list[Column]:
    return [Column("Data", width=50), Column("Wydarzenie", share=2), Column("Wynik", share=1)]


def _document() -> Document:
    document = examples.setting().document("Zestawienie", "", "Zestawienie", running="")
    document.heading("Zestawienie", 1)
    return document


def test_rows_come_one_by_one_and_are_forgotten() -> None:
    """However long the table, the same few rows, elements and objects are held at once."""
    document = _document()
    alive: list[weakref.ref[_Cells]] = []
    most_rows = most_open = most_objects = 0

    def rows() -> Iterator[Row]:
        nonlocal most_rows, most_open, most_objects
        for at in range(ROWS):
            cells = _Cells([f"{at % 28 + 1:02}.05", f"Spotkanie {at}", "uzgodniono"])
            alive.append(weakref.ref(cells))
            yield Row(cells)
            del cells
            alive[:] = [each for each in alive if each() is not None]
            most_rows = max(most_rows, len(alive))
            most_open = max(most_open, len(document.canvas.tree._open))
            most_objects = max(most_objects, len(document.canvas.file._bodies))

    document.table(_columns(), rows(), Look())
    read = reading.Tagged(document.finish())
    assert len(list(read.elements("TR"))) == ROWS + 1
    assert most_rows <= 3
    assert most_open <= 6
    assert most_objects <= 200


def test_a_row_asked_for_while_the_one_before_is_not_drawn_does_not_change_the_order() -> None:
    document = _document()
    document.table(_columns(), (Row([f"{at}", f"Wydarzenie {at}", "–"]) for at in range(450)), Look())
    read = reading.Tagged(document.finish())
    first = [read.words(reading._kids(row)[0]) for row in read.elements("TR")]
    assert first == ["Data", *map(str, range(450))]


def test_a_file_of_many_object_streams_is_whole(tmp_path: Path) -> None:
    document = _document()
    document.table(_columns(), (Row([f"{at}", "a", "b"]) for at in range(900)), Look())
    assert reading.validators(document.finish(), tmp_path) == []


def test_an_object_reserved_and_never_filled_is_a_bug_found_before_a_file_exists() -> None:
    file = PdfFile()
    root = file.add(b"<</Type/Catalog>>")
    file.reserve()
    with pytest.raises(ValueError, match="never filled"):
        file.finished(root, root)
