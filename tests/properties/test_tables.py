"""Export and import are inverse, and any edit of a cell shows exactly this cell."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from progressus_desktop.domain import codelists
from progressus_desktop.domain.catalog import entity
from progressus_desktop.domain.fields import Field, Type
from progressus_desktop.services import tables_in, tables_out
from progressus_desktop.services.tables_in import State
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from tests.builders import write
from tests.properties.test_log import a_workspace

PARTNERS = [f"00000000-0000-7000-8000-0000000002{n:02}" for n in range(3)]
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t=+-@|;,'\"<&łŻ–"), max_size=40)
LINE = TEXT.map(lambda text: " ".join(text.split()))
BY_TYPE: dict[Type, Any] = {
    Type.TEXT: LINE,
    Type.LONG_TEXT: TEXT | st.just("x" * 40_000),
    Type.INTEGER: st.integers(0, 2_000_000),
    Type.BOOLEAN: st.booleans(),
    Type.DATE: st.dates().map(str) | st.just({"?": "31.02"}),
    Type.PARTIAL_DATE: st.sampled_from(["2026", "2026-03", "2026-03-18", "1899"]),
    Type.TIME: st.times().map(lambda each: f"{each:%H:%M}"),
    Type.GMINA: st.sampled_from(["3215052", "0201011", "9999999"]),
    Type.NIP: st.sampled_from(["8567346215", "1234567890"]),
    Type.REGON: st.sampled_from(["000001583", "732065834"]),
    Type.KRS: st.sampled_from(["0000024777", "24777A"]),
    Type.POSTAL_CODE: st.sampled_from(["78-445", "78445a"]),
    Type.PHONE: st.sampled_from(["94 374 00 00", "+48943740000", "12345"]),
    Type.EMAIL: st.sampled_from(["a@b.example", "=a@b"]),
    Type.URL: st.just("https://krokus.example"),
    Type.REFERENCE: st.sampled_from([*PARTNERS, "00000000-0000-7000-8000-000000000fff"]),
    Type.REFERENCES: st.lists(st.sampled_from(PARTNERS), unique=True, min_size=1).map(sorted),
}


def codes_of(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(codelists.codes(name)[:6])


def value_of(of: Field) -> st.SearchStrategy[Any]:
    if of.type is Type.CODE:
        return codes_of(of.codes)
    if of.type is Type.CODES:
        return st.lists(codes_of(of.codes), unique=True, min_size=1).map(sorted)
    if of.type is Type.MATRIX:
        return st.dictionaries(
            codes_of(of.codes), st.dictionaries(codes_of(of.columns), st.integers(0, 99), min_size=1), min_size=1
        )
    if of.type is Type.MAP:
        item = st.fixed_dictionaries(
            {of.key_name: codes_of(of.codes)}, optional={p.name: value_of(p) for p in of.parts}
        )
        return st.lists(item, min_size=1, max_size=3, unique_by=lambda each: each[of.key_name])
    if of.type is Type.ROWS:
        return st.lists(st.fixed_dictionaries({}, optional={p.name: value_of(p) for p in of.parts}), max_size=2)
    return BY_TYPE[of.type]


def record_of(name: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={of.name: value_of(of) for of in entity(name).fields})


FEW = settings(max_examples=25, deadline=None)


@pytest.fixture(scope="module")
def there() -> Iterator[Workspace]:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as home:
        patch.setenv("PROGRESSUS_HOME", home)
        with a_workspace() as ws:
            for number, record in enumerate(PARTNERS):
                # two of one name, so that a name alone does not lead back
                write(ws, "partner", {"name": ("KGW „Malwa”", "OSP | Dąb; Łąka")[number // 2]}, record)
            yield ws


def saved(ws: Workspace, name: str, values: dict[str, Any], ending: str, folder: str) -> Path:
    write(ws, name, values, RECORDS[name])
    target = Path(folder) / f"tabela.{ending}"
    tables_out.export(ws, name, View(in_project=True), target)
    return target


RECORDS = {"event": "00000000-0000-7000-8000-0000000000ee", "partner": PARTNERS[0]}


def cleared(name: str) -> dict[str, Any]:
    return {of.name: None for of in entity(name).fields}


@FEW
@given(st.sampled_from(["event", "partner"]).flatmap(lambda name: st.tuples(st.just(name), record_of(name))),
       st.sampled_from(["xlsx", "csv"]))  # fmt: skip
def test_what_goes_out_and_comes_back_changes_nothing(
    there: Workspace, drawn: tuple[str, dict[str, Any]], ending: str
) -> None:
    name, values = drawn
    with tempfile.TemporaryDirectory() as folder:
        plan = tables_in.stage(there, name, saved(there, name, cleared(name) | values, ending, folder))
    assert [(row.state, row.cells, row.reasons, row.remarks) for row in plan.rows if row.state is not State.SAME] == []
    assert not any(row.remarks for row in plan.rows)


EDITS = {
    "Nazwa wydarzenia": "Zupełnie inna nazwa",
    "Data": "5 stycznia 2027",
    "Od godziny": "7.15",
    "Rodzaj": "study visit",
    "Podpisów na liście": "1 234",
    "Role i płeć: pracodawcy, kobiety": "321",
    "Notatka": "Całkiem nowa; z średnikiem | i kreską",
    "Gmina (powiat)": "Grzmiąca, szczecinecki",
    "Dostępność: parking": "n.d.",
}
NAMES = {
    "Nazwa wydarzenia": "title", "Data": "date", "Od godziny": "start", "Rodzaj": "kind",
    "Podpisów na liście": "signatures_count", "Role i płeć: pracodawcy, kobiety": "participants.employer.f",
    "Notatka": "note", "Gmina (powiat)": "gmina", "Dostępność: parking": "accessibility.parking",
}  # fmt: skip
NOT_THE_EDIT = {"gmina": "0201011", "kind": "meeting", "note": "było", "accessibility": []}


@FEW
@given(record_of("event"), st.sets(st.sampled_from(sorted(EDITS)), min_size=1, max_size=3), st.booleans())
def test_any_edit_of_cells_shows_exactly_these_cells(
    there: Workspace,
    values: dict[str, Any],
    heads: set[str],
    as_csv: bool,  # noqa: FBT001 - drawn
) -> None:
    given_values = cleared("event") | {"title": "Warsztat"} | values | NOT_THE_EDIT
    with tempfile.TemporaryDirectory() as folder:
        file = saved(there, "event", given_values, "csv" if as_csv else "xlsx", folder)
        (edited_csv if as_csv else edited_xlsx)(file, {head: EDITS[head] for head in heads})
        plan = tables_in.stage(there, "event", file)
    assert [cell.column.name for row in plan.rows for cell in row.cells] == [
        name for head, name in sorted(NAMES.items(), key=lambda each: order(each[1])) if head in heads
    ]


def order(name: str) -> int:
    return [of.name for of in entity("event").fields].index(name.partition(".")[0])


def edited_csv(file: Path, cells: dict[str, str]) -> None:
    rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline=""), delimiter=";"))
    for head, value in cells.items():
        rows[1][rows[0].index(head)] = value
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    file.write_bytes(out.getvalue().encode("utf-8-sig"))


def edited_xlsx(file: Path, cells: dict[str, str]) -> None:
    book = openpyxl.load_workbook(file)
    page = book.worksheets[0]
    heads = [cell.value for cell in page[1]]
    for head, value in cells.items():
        page.cell(2, heads.index(head) + 1).value = value
    book.save(file)
