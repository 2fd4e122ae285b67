"""The tester writes and hands over a month by keyboard; the office reviews and returns it; the overview counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from progressus_desktop.domain import monthly_report as report
from progressus_desktop.gui import testergrid, testerspage
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.monthlypage import MonthlyPage
from progressus_desktop.gui.overviewpage import OverviewPage
from progressus_desktop.gui.reviewpage import ReviewPage
from progressus_desktop.services import monthly, overview, records
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import use_language
from tests.exchange.laptops import a_tester, an_office, send
from tests.gui.conftest import show

MONTH = "2026-11"


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def type_in(words: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), words)


@pytest.fixture
def went() -> list[tuple[str, str | None]]:
    """Where a page asked to go."""
    return []


def heard(context: Context, went: list[tuple[str, str | None]]) -> Context:
    return replace(context, navigate=lambda where, record=None, _place="": went.append((where, record)))


@pytest.fixture
def page(qtbot: QtBot, own: Context, went: list[tuple[str, str | None]]) -> MonthlyPage:
    made = MonthlyPage(heard(own, went))
    qtbot.addWidget(made)
    made.resize(1170, 626)
    made.relayout(1366)
    show(qtbot, made)
    qtbot.waitUntil(lambda: made.list.looked is not None, timeout=20_000)
    made.first_focus().setFocus()
    return made


def test_a_month_is_written_and_handed_over_by_keyboard(qtbot: QtBot, page: MonthlyPage, own: Context) -> None:
    board = page.list
    assert board.parts.count() == len(report.PARTS)
    assert not board.ready_button.isEnabled()
    press(Qt.Key.Key_Return)
    form = page.form(monthly.NAME)
    assert page.stack.currentWidget() is form
    assert form.binder.current() == "summary"
    type_in("Osiem spotkan.")
    form.head.ready.setFocus()
    press(Qt.Key.Key_Space)
    record = monthly.find(own.ws, MONTH)
    assert record is not None
    assert record.fields["summary"] == "Osiem spotkan."
    assert report.newest(record.fields) == 1
    assert not form.binder.widgets["summary"].isEnabled(), "what was handed over is not written any more"
    form.head.back.setFocus()
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: board.looked is not None and board.looked.standing.number == 1, timeout=20_000)
    board.ready_button.setFocus()
    press(Qt.Key.Key_Space)
    record = monthly.find(own.ws, MONTH)
    assert record is not None
    assert record.entry == "draft"


def test_a_figure_leads_to_its_records(qtbot: QtBot, page: MonthlyPage, went: list[tuple[str, str | None]]) -> None:
    page.list.parts.setCurrentRow(report.PARTS.index("contacts"))
    press(Qt.Key.Key_Return)
    form = page.form(monthly.NAME)
    assert form.sections.current() == report.PARTS.index("contacts")
    shown = next(each for each in form.lists if each.part == "contacts")
    qtbot.waitUntil(lambda: shown.count() > 0, timeout=20_000)
    shown.table.setFocus()
    press(Qt.Key.Key_Return)
    assert [where for where, _record in went] == ["partner"], "a contact is shown on the form of its partner"


def test_a_month_named_from_elsewhere_is_shown_and_its_part_written(page: MonthlyPage, own: Context) -> None:
    page.open("2026-10")
    assert page.stack.currentWidget() is page.list
    assert page.list.key() == ("2026-10", report.MONTHLY)
    assert monthly.find(own.ws, "2026-10") is None
    page.go_to("plan")
    begun = monthly.find(own.ws, "2026-10")
    assert begun is not None
    assert page.record_id() == begun.id
    assert page.form(monthly.NAME).sections.current() == report.PARTS.index("plan")


def test_what_waits_to_be_mended_leads_to_its_field(page: MonthlyPage, went: list[tuple[str, str | None]]) -> None:
    page.list.write()
    page.stack.setCurrentWidget(page.list)
    assert page.list.looked is not None
    levels = [each.level for each in page.list.looked.lacks]
    assert levels == sorted(levels), "errors come first"
    assert not went


# -- the office ------------------------------------------------------------------------------------------------------


@pytest.fixture
def office(tmp_path: Path, context_of: Callable[[Workspace], Context]) -> Iterator[Context]:
    """An office to which a tester sent the report of April."""
    use_language("en")
    place = an_office(tmp_path / "office")
    tester = a_tester(place, tmp_path / "tester")
    event = {
        "title": "Spotkanie", "kind": "meeting", "status": "held", "date": "2026-04-10", "locality": "Wzorów",
        "course": "Rozmowa.", "lead_organiser": tester.space, "participants": {"ngo_staff": {"f": 3}},
    }  # fmt: skip
    records.add_many(tester, "event", [event])
    record = monthly.begin(tester, "2026-04")
    records.save(tester, monthly.NAME, record, {"summary": "Jedno spotkanie."})
    monthly.hand_over(tester, record)
    send(tester, place, tmp_path / "stick")
    yield context_of(place)
    tester.close()
    place.close()


def april(context: Context) -> str:
    return query.window(context.ws, monthly.NAME, query.View(), 0, 1)[0].id


def test_the_office_returns_a_report_with_a_remark_by_keyboard(qtbot: QtBot, office: Context) -> None:
    page = ReviewPage(office)
    qtbot.addWidget(page)
    page.resize(1170, 626)
    page.relayout(1366)
    show(qtbot, page)
    page.open(april(office))
    board = page.board
    assert not board.decision.give_back.isEnabled()
    board.parts.setFocus()
    press(Qt.Key.Key_Down)
    assert board.part is not None
    assert board.part.name == "topics"
    board.fine.setFocus()
    press(Qt.Key.Key_Space)
    assert board.part.name == "events", "the next part nobody looked at"
    assert [each.lines for each in board.part.passages] == [["10.04 · Spotkanie · Wzorów · W 3, M 0"]]
    board.remark.setFocus()
    type_in("Kto byl?")
    press(Qt.Key.Key_Tab)
    record = query.get(office.ws, monthly.NAME, april(office))
    assert record is not None
    assert list(monthly.remarks(record.fields, 1)) == [monthly.Remark("events", "Kto byl?")]
    assert report.remark(record.fields, 1, "topics") == {"part": "1:topics", "review": "none"}
    board.decision.give_back.setFocus()
    press(Qt.Key.Key_Space)
    record = query.get(office.ws, monthly.NAME, april(office))
    assert record is not None
    assert monthly.standing(office.ws, record).state == report.RETURNED


def test_the_office_begins_no_report_and_sees_whose_each_is(
    qtbot: QtBot, office: Context, went: list[tuple[str, str | None]]
) -> None:
    page = ReviewPage(heard(office, went))
    qtbot.addWidget(page)
    page.resize(1084, 570)
    show(qtbot, page)
    table = page.list.table
    for width in (1366, 1280, 683):
        page.relayout(width)
        qtbot.waitUntil(lambda: sum(map(table.columnWidth, range(5))) <= table.viewport().width())
        seen = [column.name for at, column in enumerate(page.list.model.columns) if not table.isColumnHidden(at)]
        assert seen == (["tester", "period", "state"] if width < 900 else [*seen[:2], "kind", "state", "newest"])
        assert not page.list.head.new_button.isVisible()
        assert not page.list.row_actions.new_button.isVisible()
    assert "new" not in page.actions_here()
    page.new()
    assert went == [("packages", None)]


def test_the_overview_and_the_testers_count_each_report_once(
    qtbot: QtBot, office: Context, went: list[tuple[str, str | None]]
) -> None:
    page = OverviewPage(heard(office, went))
    qtbot.addWidget(page)
    page.resize(1170, 626)
    page.relayout(1366)
    show(qtbot, page)
    qtbot.waitUntil(lambda: page.found is not None, timeout=20_000)
    assert page.found is not None
    (tester,) = page.found.testers
    assert page.found.months == ["2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]
    assert [(cell.state, cell.events) for cell in tester.cells][-2:] == [("sent", 1), ("not_sent", 0)]
    page.grid.setCurrentCell(0, 5)
    page.grid.setFocus()
    press(Qt.Key.Key_Return)
    assert went == [("review", april(office))]
    monthly.decide(office.ws, april(office), 1, report.ACCEPTED)
    page.read()
    assert page.found.count("2026-04", report.ACCEPTED) == 1
    listed = testerspage.TestersPage(office)
    qtbot.addWidget(listed)
    show(qtbot, listed)
    assert listed.table.rowCount() == 1
    assert listed.table.item(0, 4).text() == "1"
    assert "STOA" in listed.table.item(0, 3).text()


def test_what_the_overview_shows_is_saved_as_a_workbook(qtbot: QtBot, office: Context, tmp_path: Path) -> None:
    (tester,) = overview_testers(office.ws)
    records.save(office.ws, "partner", tester, {"locality": "=1+1"})
    monthly.decide(office.ws, april(office), 1, report.ACCEPTED)
    wanted = {"code": "W01", "name": "Wydarzenia", "rule": "events_held", "unit": "wydarzenia", "target": 4}
    records.add_many(office.ws, "indicator", [wanted])
    page = OverviewPage(office)
    qtbot.addWidget(page)
    page.relayout(1366)
    show(qtbot, page)
    qtbot.waitUntil(lambda: page.found is not None, timeout=20_000)
    target = tmp_path / "przegląd.xlsx"
    page._write_table(target)
    qtbot.waitUntil(target.is_file, timeout=20_000)
    book = load_workbook(target)
    testers, indicators = (list(sheet.values) for sheet in book)
    assert testers[0][:2] == ("Tester", "Locality")
    assert (testers[1][1], book.worksheets[0].cell(2, 2).data_type) == ("=1+1", "s")
    place = testers[0].index("April 2026: events")
    assert testers[1][place : place + 2] == (1, "accepted")
    assert indicators[1] == ("W01", "Wydarzenia", "wydarzenia", 1, 4, 25, indicators[1][6], 1)
    page.filter.setText("nobody")
    page._write_table(tmp_path / "filtered.xlsx")
    qtbot.waitUntil((tmp_path / "filtered.xlsx").is_file, timeout=20_000)
    assert load_workbook(tmp_path / "filtered.xlsx").worksheets[0].max_row == 1


def overview_testers(ws: Workspace) -> list[str]:
    with ws.reading() as connection:
        return [each.id for each in overview.read(ws, connection).testers]


@pytest.mark.parametrize("width", [620, 760, 1000])
def test_names_of_testers_keep_their_room_while_the_oldest_months_give_way(
    qtbot: QtBot, office: Context, width: int
) -> None:
    months = [f"2026-{number:02}" for number in range(6, 12)]
    cells = [overview.Cell(overview.MISSING, "", 2) for _month in months]
    tester = overview.Tester("a", "Fundacja „Bliski Horyzont”", "", "", "", "", cells)
    grid = testergrid.TesterGrid(office.theme)
    qtbot.addWidget(grid)
    grid.resize(width, 200)
    grid.show_testers(months, [tester])
    show(qtbot, grid)
    assert grid.columnWidth(0) >= office.theme.px(140)
    hidden = [grid.isColumnHidden(column) for column in range(1, 7)]
    assert hidden == sorted(hidden, reverse=True)
    assert hidden.count(False) >= 3 + (width >= 1000) * 3
