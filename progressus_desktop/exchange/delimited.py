"""CSV as it comes: encoding and separator detected, text that was decoded wrongly on its way repaired."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import re
from collections.abc import Sequence
from itertools import islice

from progressus_desktop.domain.tablecells import Cell
from progressus_desktop.exchange.tablefile import COLUMNS, ROWS, Sheet, TableFile, refused, too_large
from progressus_desktop.words import N_, NN_, Message

_SEPARATORS = ";,\t"
_LOOKED_AT = 30
_LONGEST_FIELD = 200_000
_ISO_LETTERS = b"\xb1\xb6\xbc\xa1\xa6\xac"
"""ą ś ź Ą Ś Ź in ISO-8859-2, where Windows has signs."""
_CP1250_LETTERS = b"\xb9\xa5"
"""ą Ą in CP1250, where ISO-8859-2 has letters that Polish does not use."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_POLISH = set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”–’")
_SUSPECT = re.compile("[ÄĹĂÅÃâ][^\\s]|â€")
NEUTRAL = re.compile(r"'+[=+\-@\t\r]")
"""A text that got an apostrophe, or has some of its own: one is put before each and taken away again."""
_TORN = N_("The table is torn: perhaps a quotation mark is not closed.")
_WRONG = ("cp1250", "cp1252", "iso8859_2")


def read(data: bytes) -> TableFile:
    """The table in the bytes of a CSV file.

    Raises:
        DamagedError: it is no text, no table, or breaks a limit.
    """
    text, name = decoded(data)
    separator, body = _separator(text)
    rows, repaired = _rows(body, separator)
    if not rows:
        raise refused(Message(N_("The file is empty.")))
    notes = [Message(N_("Read as {encoding}, separator “{separator}”."), {
        "encoding": name, "separator": "Tab" if separator == "\t" else separator,
    })]  # fmt: skip
    if repaired:
        notes.append(repair_note(repaired))
    return TableFile([Sheet("", rows)], notes, is_text=True)


def repair_note(count: int) -> Message:
    """Tells that text was repaired."""
    one, many = NN_(
        "The Polish letters of {n} cell were written wrongly (like “MiejscowoĹ›Ä‡”) and have been repaired.",
        "The Polish letters of {n} cells were written wrongly (like “MiejscowoĹ›Ä‡”) and have been repaired.",
    )
    return Message(one, plural=many, count=count)


def decoded(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding.

    Raises:
        DamagedError: this is no text.
    """
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(codec), name
            except UnicodeDecodeError as error:
                raise _no_text() from error
    if b"\0" in data:
        raise _no_text()
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    controls = sum(data.count(bytes([each])) for each in range(0x80, 0xA0))
    iso = sum(data.count(bytes([each])) for each in _ISO_LETTERS)
    windows = sum(data.count(bytes([each])) for each in _CP1250_LETTERS)
    if not controls and iso > windows:
        return data.decode("iso8859_2"), "ISO-8859-2"
    return data.decode("cp1250", "replace"), "CP1250"


def _no_text() -> Exception:
    return refused(Message(N_("This file is no table: neither XLSX nor text.")))


def _separator(text: str) -> tuple[str, str]:
    """The separator, and the text without a line that names it ("sep=;")."""
    first, _end, rest = text.partition("\n")
    if match := re.fullmatch(r'"?sep=([;,\t])"?\r?', first.strip("\ufeff"), re.IGNORECASE):
        return match[1], rest
    sample = list(islice(io.StringIO(text, newline=""), _LOOKED_AT))
    return max(_SEPARATORS, key=lambda each: _fit(sample, each)), text


def _fit(sample: Sequence[str], separator: str) -> tuple[int, int]:
    """How well a separator explains the first lines: lines as long as the longest, then their length."""
    try:
        lengths = [len(row) for row in csv.reader(sample, delimiter=separator) if row]
    except csv.Error:
        return 0, 0
    longest = max(lengths, default=0)
    return (sum(length == longest for length in lengths), longest) if longest > 1 else (0, 0)


def _rows(text: str, separator: str) -> tuple[list[Sequence[Cell]], int]:
    before = csv.field_size_limit(_LONGEST_FIELD)
    repaired = 0
    rows: list[Sequence[Cell]] = []
    try:
        # only line ends end a row: a line separator pasted from elsewhere is part of its cell
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if len(rows) > ROWS or len(row) > COLUMNS:
                raise too_large()
            cells: list[Cell] = []
            for cell in row:
                mended = mended_text(cell)
                repaired += mended != cell
                cells.append(plain_text(mended))
            rows.append(cells)
    except csv.Error as error:
        raise refused(Message(_TORN)) from error
    finally:
        csv.field_size_limit(before)
    while rows and not any(rows[-1]):
        rows.pop()
    if text.count('"') % 2 and rows and any("\n" in (cell or "") for cell in map(str, rows[-1])):
        raise refused(Message(_TORN))  # the last cell swallowed all that followed
    return rows, repaired


def plain_text(cell: str) -> str | None:
    """A cell without the apostrophe that keeps a spreadsheet from calculating it; None for an empty one."""
    return cell[1:] if NEUTRAL.match(cell) else cell or None


def mended_text(text: str) -> str:
    """Text whose UTF-8 was taken for another encoding, once or twice, put right; anything else as it is."""
    if text.isascii() or not _SUSPECT.search(text):
        return text
    once = _undone([text])
    for found in (once, _undone(once)):
        polish = next((each for each in found if all(char.isascii() or char in _POLISH for char in each)), "")
        if polish:
            return polish
    return next((each for each in once if _POLISH & set(each)), text)


def _undone(texts: Sequence[str]) -> list[str]:
    """Each text encoded as it may have been wrongly decoded and read as UTF-8, where that is possible."""
    found = []
    for text in texts:
        for codec in _WRONG:
            with contextlib.suppress(UnicodeError):
                found.append(b"".join(_byte(char, codec) for char in text).decode("utf-8"))
    return found


def _byte(char: str, codec: str) -> bytes:
    """The byte behind a character; those that Windows leaves free stand for themselves."""
    try:
        return char.encode(codec)
    except UnicodeEncodeError:
        if ord(char) < 0x100:  # noqa: PLR2004 - one byte
            return bytes([ord(char)])
        raise
