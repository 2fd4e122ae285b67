"""Files from outside as tables: encodings and separators told apart, wrong text mended, bombs and rubbish refused."""

from __future__ import annotations

import io
import random
import time
import tracemalloc
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from progressus_desktop.errors import DamagedError
from progressus_desktop.exchange import tablefile, workbook
from progressus_desktop.exchange.delimited import mended_text
from progressus_desktop.exchange.tablefile import MIB, TableFile, of_bytes

TEXT = "Nazwa{s}Miejscowość\r\nŁąka{s}Źródła Święte\r\n"
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1250", "CP1250"),
     ("iso8859_2", "ISO-8859-2")],
)  # fmt: skip
def test_encoding_and_separator_are_told_apart(separator: str, codec: str, name: str) -> None:
    found = of_bytes(TEXT.format(s=separator).encode(codec))
    assert found.sheets[0].rows == [["Nazwa", "Miejscowość"], ["Łąka", "Źródła Święte"]]
    assert name in str(found.notes[0])


def test_a_line_that_names_the_separator_is_believed() -> None:
    assert of_bytes(b'sep=,\r\na,b\r\n1,"2;3;4"\r\n').sheets[0].rows[1] == ["1", "2;3;4"]


@pytest.mark.parametrize("word", ["Miejscowość", "ŁÓDŹ", "Gęślą jaźń", "„Żółw”", "Święto"])
@pytest.mark.parametrize("codec", ["cp1250", "cp1252", "iso8859_2"])
@pytest.mark.parametrize("times", [1, 2])
def test_text_decoded_wrongly_is_mended(word: str, codec: str, times: int) -> None:
    wrong = word
    for _turn in range(times):
        wrong = "".join(bytes([each]).decode(codec, "ignore") or chr(each) for each in wrong.encode())
    if wrong == "".join(wrong.split()):  # a blank that was a letter's half is lost in a spreadsheet too
        assert mended_text(wrong) == word or codec == "iso8859_2"


@pytest.mark.parametrize("word", ["Käse", "Ärger", "Ă", "Dvořák", "São Paulo", "Łąka", "â", "Zażółć gęślą jaźń"])
def test_right_text_stays(word: str) -> None:
    assert mended_text(word) == word


def test_the_example_of_the_design_is_repaired_with_a_note() -> None:
    found = of_bytes("Nazwa;MiejscowoĹ›Ä‡\nA;B\n".encode())
    assert found.sheets[0].rows[0] == ["Nazwa", "Miejscowość"]
    assert len(found.notes) == 2


def a_book() -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Nazwa", "Data", "Liczba"])
    page.append(["Łąka", date(2026, 3, 10), 7])
    page.append(["=1+1", None, "=2*3"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {each.filename: archive.read(each) for each in archive.infolist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(name: str, before: bytes, after: bytes) -> bytes:
    parts = parts_of(a_book())
    assert before in parts[name]
    parts[name] = parts[name].replace(before, after, 1)
    return packed(parts)


def test_a_workbook_is_read_with_types_and_formulas_are_never_calculated() -> None:
    found = of_bytes(a_book())
    assert found.sheets[0].rows[1] == ["Łąka", date(2026, 3, 10), 7]
    assert any("2" in str(note) for note in found.notes)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'r="A2"', b'r="XFD1048576"'),
        (b'r="A2"', b'r="&#88;FD1048576"'),
        (b'r="A2"', b"r = 'ZZ9'"),
        (b'r="A2"', b'r="A0"'),
        (b'<row r="2"', b'<row r="1048576"'),
        (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet'),
        (b'r="A2"', b'r="A99999999999999999999"'),
    ],
)
def test_far_cells_and_entities_are_refused(before: bytes, after: bytes) -> None:
    with pytest.raises(DamagedError):
        of_bytes(changed(SHEET, before, after))


def test_a_huge_declared_dimension_alone_does_no_harm() -> None:
    assert of_bytes(changed(SHEET, b'ref="A1:C3"', b'ref="A1:XFD1048576"')).sheets[0].rows[1][0] == "Łąka"


def test_a_bomb_is_refused_before_it_grows() -> None:
    parts = parts_of(a_book())
    parts["xl/sharedStrings.xml"] = b" " * (80 * MIB)
    data = packed(parts)
    tracemalloc.start()
    with pytest.raises(DamagedError):
        of_bytes(data)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 400 * MIB


def test_many_cells_without_addresses_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "CELLS", 1_000)
    parts = parts_of(a_book())
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", b"<row>" + b"<c/>" * 2_000 + b"</row></sheetData>")
    with pytest.raises(DamagedError):
        of_bytes(packed(parts))


def test_links_and_macros_are_left_aside_and_said() -> None:
    parts = parts_of(a_book())
    parts["xl/externalLinks/externalLink1.xml"] = b"<x/>"
    parts["xl/vbaProject.bin"] = b"x"
    assert len(of_bytes(packed(parts)).notes) == 3


@pytest.mark.parametrize(
    "data",
    [b"", b"\0\0\0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, b"PK\x03\x04", b"a\0b;c", b'"' + b"x;" * 200_000,
     packed({"hello.txt": b"x"})],
)  # fmt: skip
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedError):
        of_bytes(data)


def test_files_with_too_many_rows_columns_or_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in (("ROWS", 3), ("COLUMNS", 2)):
        with monkeypatch.context() as patch:
            patch.setattr(f"progressus_desktop.exchange.delimited.{name}", most)
            with pytest.raises(DamagedError):
                of_bytes(b"a;b;c\n" * 6)
    monkeypatch.setattr(tablefile, "FILE", 10)
    with pytest.raises(DamagedError):
        of_bytes(b"a;b;c\n" * 6)


def tried(data: bytes) -> TableFile | None:
    began = time.process_time()
    try:
        return of_bytes(data)
    except DamagedError:
        return None
    finally:
        assert time.process_time() - began < 2


FEW = settings(max_examples=150)


@FEW
@given(st.binary(max_size=2_000))
def test_any_bytes_are_a_table_or_refused(data: bytes) -> None:
    tried(data)
    tried(b"PK" + data)


PARTS = parts_of(a_book())


@FEW
@given(st.sampled_from(sorted(PARTS)), st.integers(0, 2**32))
def test_any_damage_inside_a_workbook_is_read_or_refused(name: str, seed: int) -> None:
    rng = random.Random(seed)
    content = bytearray(PARTS[name])
    for _turn in range(rng.randint(1, 6)):
        at = rng.randrange(len(content))
        if rng.random() < 0.4:
            content[at] = rng.randrange(256)
        elif rng.random() < 0.5:
            del content[at : at + rng.randint(1, 40)]
        else:
            content[at:at] = rng.choice([b"0", b"-1", b"99999999999", b"18446744073709551616", b"1e308", b"<c/>", b"&"])
    tried(packed(PARTS | {name: bytes(content)}))


@FEW
@given(st.integers(0, 2**32))
def test_any_damage_of_the_archive_is_read_or_refused(seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(a_book())
    for _turn in range(rng.randint(1, 8)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    tried(bytes(data[: rng.randint(0, len(data))]) if rng.random() < 0.3 else bytes(data))
