"""XLSX read within limits: a workbook is measured and packed anew before the library sees it.

The library is fast and native; a cell far from the others would make it ask for memory without bound, which ends the
process. So every part is unpacked here under limits of size and ratio, its cell addresses are looked at, and only the
parts that hold cells go on, in a fresh archive: no links, macros, pictures or formulas come along.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any, Final

from progressus_desktop.domain.tablecells import Cell
from progressus_desktop.errors import DamagedError
from progressus_desktop.exchange.delimited import mended_text, plain_text, repair_note
from progressus_desktop.exchange.tablefile import CELLS, COLUMNS, MIB, ROWS, Sheet, TableFile, refused, too_large
from progressus_desktop.words import N_, NN_, Message

UNPACKED: Final = 512 * MIB
RATIO: Final = 200
RATIO_FROM: Final = 16 * MIB
PARTS: Final = 2_000
SHEETS: Final = 50

_KEPT = re.compile(r"(\[Content_Types\]\.xml|_rels/\.rels|xl/[^/]+\.xml|xl/_rels/[^/]+\.rels|xl/worksheets/[^/]+\.xml)")
_ADDRESS = re.compile(rb"(?<![\w.:-])r\s*=\s*[\"']([^\"']*)[\"']")
_COUNTED = re.compile(rb"<(?:\w+:)?c[\s/>]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ERROR = re.compile(rb"(<(?:\w+:)?c\s[^>]*?\bt\s*=\s*[\"'])e([\"'])")
_PLACE = re.compile(rb"([A-Z]{0,3})([1-9][0-9]{0,6})")
_OTHER_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8|us-ascii)", re.IGNORECASE)
_LETTERS = 26


def read(data: bytes) -> TableFile:
    """The sheets of a workbook.

    Raises:
        DamagedError: no workbook, damaged, or beyond a limit; nothing was changed.
    """
    parts, notes = _parts(data)
    for name, content in parts.items():
        _look_at(name, content)
        if name.startswith("xl/worksheets/") and _ERROR.search(content):
            # the library reads an error as an empty cell, and an emptied cell clears what is there
            parts[name] = _ERROR.sub(rb"\1str\2", content)
    formulas = sum(len(_FORMULA.findall(each)) for name, each in parts.items() if name.startswith("xl/worksheets/"))
    if formulas:
        one, many = NN_(
            "{n} cell holds a formula: nothing was calculated, its last result was taken.",
            "{n} cells hold formulas: nothing was calculated, their last results were taken.",
        )
        notes.append(Message(one, plural=many, count=formulas))
    sheets, repaired = _sheets(_packed(parts))
    if repaired:
        notes.append(repair_note(repaired))
    return TableFile(sheets, notes)


def _parts(data: bytes) -> tuple[dict[str, bytes], list[Message]]:
    """The parts that hold cells, unpacked within limits, and notes about those left aside."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = [each.filename for each in entries]
            if len(names) > PARTS or len({each.casefold() for each in names}) != len(names):
                raise _damaged()
            parts: dict[str, bytes] = {}
            room = UNPACKED
            for entry in entries:
                if _KEPT.fullmatch(entry.filename):
                    parts[entry.filename] = _unpacked(archive, entry, room)
                    room -= len(parts[entry.filename])
    except DamagedError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise _damaged() from error
    if "xl/workbook.xml" not in parts:
        raise refused(Message(N_("This file is no table: neither XLSX nor text.")))
    aside = []
    if any("externalLinks/" in name for name in names):
        aside.append(Message(N_("Links to other workbooks were left aside.")))
    if any(name.endswith("vbaProject.bin") for name in names):
        aside.append(Message(N_("Macros were left aside.")))
    return parts, aside


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    with archive.open(entry) as stream:
        content = stream.read(room + 1)
    if len(content) > room:
        raise _bomb()
    if len(content) > RATIO_FROM and len(content) > RATIO * max(entry.compress_size, 1):
        raise _bomb()
    return content


def _bomb() -> DamagedError:
    return refused(Message(N_("This workbook would grow beyond all measure when unpacked. It was not opened.")))


def _damaged() -> DamagedError:
    return refused(Message(N_("The workbook is damaged or incomplete.")))


def _look_at(name: str, content: bytes) -> None:
    """Refuse what no spreadsheet writes, and cells so far away that the sheet would fill the memory."""
    head = content[:1000]
    if b"\0" in head or _OTHER_ENCODING.search(head) or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _damaged()
    if not name.startswith("xl/worksheets/"):
        return
    right = down = 1
    for match in _ADDRESS.finditer(content):
        place = _PLACE.fullmatch(match[1])
        if place is None:
            raise _damaged()
        right, down = max(right, _column(place[1])), max(down, int(place[2]))
        if right > COLUMNS or down > ROWS:
            raise _far(match[1])
    if right * down > CELLS or len(_COUNTED.findall(content)) > CELLS:
        raise too_large()


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - 64
    return number


def _far(place: bytes) -> DamagedError:
    message = Message(N_("There is something in cell {place}, far from the table."), {"place": place.decode()})
    return refused(message, Message(N_("Nothing was changed. Clear the cells around the table and save it again.")))


def _packed(parts: dict[str, bytes]) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    out.seek(0)
    return out


def _sheets(packed: io.BytesIO) -> tuple[list[Sheet], int]:
    import python_calamine

    found: list[Sheet] = []
    mended: dict[str, str] = {}
    try:
        book = python_calamine.load_workbook(packed)
        for each in book.sheets_metadata[:SHEETS]:
            if each.typ == python_calamine.SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(each.name)
                rows = [_cells(row, mended) for row in sheet.iter_rows()]
                found.append(Sheet(each.name, rows, (sheet.start or (0, 0))[0] + 1))
    except (python_calamine.CalamineError, ValueError, OverflowError) as error:
        raise _damaged() from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the library's own bug, which does not derive from Exception
            raise
        raise _damaged() from error
    if not any(sheet.rows for sheet in found):
        raise refused(Message(N_("The file is empty.")))
    return found, sum(before != after for before, after in mended.items())


def _cells(row: Sequence[Any], mended: dict[str, str]) -> Sequence[Cell]:
    """A row's cells; empty ones are None, and text is mended once for each spelling."""
    out: list[Cell] = []
    for cell in row:
        if isinstance(cell, str):
            if cell and not cell.isascii():
                if cell not in mended:
                    mended[cell] = mended_text(cell)
                cell = mended[cell]  # noqa: PLW2901 - the cell as it should have been
            out.append(plain_text(cell))
        else:
            out.append(cell)
    return out
