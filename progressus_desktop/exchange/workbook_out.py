"""XLSX written row by row: typed cells, frozen heads, widths. Nothing is ever a formula or a link."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from progressus_desktop.domain.tablecells import Cell, shortened, text_of
from progressus_desktop.exchange.delimited import NEUTRAL

_NARROW, _WIDE = 8, 48
_LONGEST_NAME = 31
_GREATEST = 10**15
"""Whole numbers beyond lose digits in a spreadsheet; they are written as text."""


class Sheet:
    """One sheet being written; its widths follow its heads and first rows."""

    def __init__(self, sheet: Any, heads: Sequence[str], formats: dict[str, Any]) -> None:
        self._sheet, self._formats, self._row = sheet, formats, 1
        sheet.freeze_panes(1, 0)
        for place, head in enumerate(heads):
            sheet.set_column(place, place, min(max(len(head) + 2, _NARROW), _WIDE))
            sheet.write_string(0, place, head, formats["head"])

    def write(self, cells: Sequence[Cell]) -> None:
        """Write the next row."""
        row, sheet = self._row, self._sheet
        for place, cell in enumerate(cells):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                sheet.write_string(row, place, shortened(f"'{cell}" if NEUTRAL.match(cell) else cell))
            elif isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) < _GREATEST:
                sheet.write_number(row, place, cell)
            elif isinstance(cell, date) and not isinstance(cell, datetime):
                sheet.write_datetime(row, place, datetime(cell.year, cell.month, cell.day), self._formats["date"])  # noqa: DTZ001 - a spreadsheet knows no zones
            elif isinstance(cell, time):
                sheet.write_datetime(row, place, cell, self._formats["time"])
            else:
                sheet.write_string(row, place, text_of(cell))
        self._row += 1


class Book:
    """A workbook in memory: nothing readable is ever put into the system's folder for temporary files."""

    def __init__(self, stamp: datetime | None = None) -> None:
        """``stamp`` is written as the time of the file, so that the same data make the same file on another day."""
        import xlsxwriter

        self._out = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        if stamp is not None:
            self._book.set_properties({"created": stamp.astimezone(UTC).replace(tzinfo=None)})
        self._formats = {
            "head": self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "date": self._book.add_format({"num_format": "yyyy-mm-dd"}),
            "time": self._book.add_format({"num_format": "hh:mm"}),
        }
        self._names: set[str] = set()

    def sheet(self, name: str, heads: Sequence[str]) -> Sheet:
        """A new sheet under a name that spreadsheets accept."""
        plain = re.sub(r"[\[\]:*?/\\']", " ", name)[:_LONGEST_NAME].strip() or "-"
        free = plain
        number = 2
        while free.casefold() in self._names:
            free = f"{plain[: _LONGEST_NAME - 4]} ({number})"
            number += 1
        self._names.add(free.casefold())
        return Sheet(self._book.add_worksheet(free), heads, self._formats)

    def content(self) -> bytes:
        """The finished file."""
        self._book.close()
        return self._out.getvalue()
