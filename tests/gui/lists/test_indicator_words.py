"""Indicators of the starter set speak the language of the window; what the office wrote stays as it is."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from progressus_desktop.domain.sorting import sort_key
from progressus_desktop.gui import facts
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.listpage import ListPage
from progressus_desktop.gui.recordpage import RecordPage
from progressus_desktop.services import indicators, records
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import use_language
from tests.gui.conftest import open_list


def _cells(page: ListPage, record: str) -> tuple[str, str]:
    names = [column.name for column in page.model.columns]
    row = page.model.row_of(record)
    assert row is not None
    cells = page.model.cells(row)
    assert cells is not None
    return cells.text(names.index("name")), cells.text(names.index("unit"))


def _names(page: ListPage) -> list[str]:
    place = [column.name for column in page.model.columns].index("name")
    return [str(page.model.index(row, place).data()) for row in range(page.model.rowCount())]


def test_the_list_the_preview_and_the_title_say_the_starter_set_in_the_language_spoken(
    qtbot: QtBot, empty_ws: Workspace, context_of: Callable[[Workspace], Context]
) -> None:
    context = context_of(empty_ws)
    started = indicators.add_starter(empty_ws)[0]
    written = {"code": "X1", "name": "Wydarzenia odbyte u nas", "unit": "sztuki", "rule": "events_held"}
    (office,) = records.add_many(empty_ws, "indicator", [written])
    page = open_list(qtbot, context, "indicator")
    assert _cells(page, started) == ("Events held", "events")
    assert _cells(page, office) == ("Wydarzenia odbyte u nas", "sztuki")
    record = query.get(empty_ws, "indicator", started)
    assert record is not None
    assert facts.title_of(empty_ws, record) == "Events held"
    forms = RecordPage(context, "indicator")
    qtbot.addWidget(forms)
    forms.open(started)
    assert forms.form("indicator").head.name.accessibleName() == "Events held"
    page.table.find_letters("events h")
    assert page.table.record_id() == started
    assert _names(page) == sorted(_names(page), key=sort_key)
    use_language("pl")
    page.retranslate()
    assert _names(page) == sorted(_names(page), key=sort_key), "another language is another order, at once"
    assert page.table.record_id() == started
    assert _cells(page, started) == (record.fields["name"], record.fields["unit"])
