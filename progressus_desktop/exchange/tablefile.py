"""A table read from a file: sheets of rows, and what a person should know about how it was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from progressus_desktop.domain.tablecells import Cell
from progressus_desktop.errors import DamagedError, NotFoundError
from progressus_desktop.words import N_, Message

MIB: Final = 1024 * 1024
FILE: Final = 64 * MIB
"""Bytes of a file, compressed or not."""
ROWS: Final = 200_000
COLUMNS: Final = 500
CELLS: Final = 16_000_000
"""Places between the first and the last cell of a sheet, empty ones too: each costs 32 bytes while it is read."""

Row = Sequence[Cell]


@dataclass(slots=True)
class Sheet:
    """Rows in order; the first of them stands in line ``first`` of the file."""

    name: str
    rows: list[Row]
    first: int = 1

    def numbered(self) -> Iterator[tuple[int, Row]]:
        """Each row with its line number as the spreadsheet shows it."""
        return enumerate(self.rows, start=self.first)


@dataclass(slots=True)
class TableFile:
    """What a file holds. ``notes`` tell of the encoding, of repaired text, of formulas that were not calculated."""

    sheets: list[Sheet]
    notes: list[Message] = field(default_factory=list)
    is_text: bool = False


def refused(message: Message, hint: Message | None = None) -> DamagedError:
    """The error of a file that is not read; nothing has happened yet."""
    return DamagedError(
        message, hint=hint or Message(N_("Nothing was changed. Save the table anew as XLSX or CSV and try again."))
    )


def too_large() -> DamagedError:
    """The error of a file beyond the limits."""
    message = Message(
        N_("The table is larger than the program takes: {rows} rows, {columns} columns, {size} MB."),
        {"rows": f"{ROWS:,}".replace(",", "\u00a0"), "columns": COLUMNS, "size": FILE // MIB},
    )
    return refused(message, Message(N_("Nothing was changed. Divide the table into several files.")))


def read(file: Path) -> TableFile:
    """The table in a file, told apart by its content.

    Raises:
        DamagedError: it is no table, is damaged, or breaks a limit; nothing was changed.
        NotFoundError: there is no such file.
    """
    try:
        with file.open("rb") as stream:
            data = stream.read(FILE + 1)
    except OSError as error:
        hint = Message(N_("Nothing was changed. Check the name and whether the file can be read."))
        raise NotFoundError(Message(N_("The file “{name}” cannot be read."), {"name": file.name}), hint=hint) from error
    return of_bytes(data)


def of_bytes(data: bytes) -> TableFile:
    """The table in these bytes.

    Raises:
        DamagedError: as :func:`read`.
    """
    from progressus_desktop.exchange import delimited, workbook

    if len(data) > FILE:
        raise too_large()
    if not data.strip(b"\0 \r\n\t"):
        raise refused(Message(N_("The file is empty.")))
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        message = Message(N_("This is a workbook of an old Excel (.xls), or one with a password."))
        hint = Message(N_("Nothing was changed. Open it in Excel and save it as XLSX, without a password."))
        raise refused(message, hint)
    return workbook.read(data) if data[:2] == b"PK" else delimited.read(data)
