"""The register of observations: each once under its element, numbers that SQL counts too, and the same as a table."""

from __future__ import annotations

import io
from collections import Counter

import openpyxl
import pytest

from progressus_desktop import words
from progressus_desktop.domain import codelists
from progressus_desktop.services import reporting
from progressus_desktop.services.reporting_lacks import lacks
from progressus_desktop.services.reporting_source import Asked
from tests.builders import write
from tests.reports import reading, worlds

pytestmark = pytest.mark.usefixtures("made_worlds")


def _rows(data: bytes) -> list[list[str]]:
    read = reading.Tagged(data)
    return [[read.words(cell) for cell in reading._kids(row)] for row in read.elements("TR")]


def _counted(world: worlds.World, sql: str) -> Counter[tuple[str, ...]]:
    found = world.ws.connection.exec_driver_sql(
        f"SELECT {sql}, count(*) FROM observation WHERE deleted = 0 AND entry <> 'draft' GROUP BY {sql}"
    )
    return Counter({tuple(row[:-1]): row[-1] for row in found})


def test_the_numbers_are_those_that_sql_counts() -> None:
    world = worlds.world("small")
    rows = _rows(worlds.made("observations", "small", "en"))
    kinds = codelists.codes("observation_kind")
    by_element = _counted(world, "element, kind")
    by_size = _counted(world, "size_met")
    with words.speaking("en"):
        for element in codelists.codes("product_element"):
            counts = [by_element[element, kind] for kind in kinds]
            shown = [str(each) if each else "–" for each in (*counts, sum(counts))]
            assert [codelists.word("product_element", element).capitalize(), *shown] in rows
        for size in codelists.codes("partner_size"):
            name = codelists.word("partner_size", size)
            row = next(row for row in rows if row[0] == name[:1].upper() + name[1:])
            assert row[1] == (str(by_size[size,]) if by_size[size,] else "–")


def test_each_observation_stands_once_under_its_element_with_the_office_s_decision() -> None:
    world = worlds.world("small")
    rows = _rows(worlds.made("observations", "small", "en"))
    codes = [row[0] for row in world.ws.connection.exec_driver_sql(
        "SELECT code FROM observation WHERE deleted = 0 AND entry <> 'draft'"
    )]  # fmt: skip
    shown = [row for row in rows if row[0].split("\n")[0][:14] in codes]
    assert len(shown) == len(codes)
    assert all(row[-1].startswith("✓ accepted") for row in shown)


def test_the_workbook_has_the_same_observations_and_is_the_same_each_time() -> None:
    data = worlds.made("observations", "small", "pl", "xlsx")
    assert data == worlds.world("small").made("observations", "pl", "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    every, sums = book.worksheets
    heads, *rows = every.iter_rows(values_only=True)
    assert heads[:4] == ("Kod", "Data", "Element produktu", "Rodzaj")
    assert len(rows) == sum(_counted(worlds.world("small"), "kind").values())
    assert {row[12] for row in rows} == {"przyjęte"}
    assert sum(row[-1] for row in sums.iter_rows(min_row=2, values_only=True)) == len(rows)


def test_a_tester_without_observations_gets_a_register_that_says_so() -> None:
    data = reporting.made(worlds.world("small").ws, "observations", Asked(date_to="2020-01-01"), "en")
    assert "There are no observations in this time." in reading.text(data)


def test_an_observation_that_does_not_say_for_whom_leads_to_its_field() -> None:
    world = worlds.world("nobody-agreed")
    lost = write(
        world.ws, "observation", {"entry": "ready", "date": "2026-11-02", "kind": "idea", "text": "Bez kontekstu"}
    )
    draft = write(world.ws, "observation", {"entry": "draft", "date": "2026-11-02", "kind": "idea", "text": "Szkic"})
    found = {each.record_id: each for each in lacks(world.ws, "observations", Asked())}
    assert (found[lost].field, str(found[lost])) == (
        "partner", "Nie wiadomo, jakiej wielkości lub zasięgu jest organizacja: Bez kontekstu.",
    )  # fmt: skip
    assert found[draft].field == ""
