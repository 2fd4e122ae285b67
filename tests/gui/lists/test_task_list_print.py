"""The task list prints what it shows: filtered and ordered as on the screen, accessible, without names for readers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from progressus_desktop.gui.context import Context
from progressus_desktop.gui.listhead import ListHead
from progressus_desktop.services import records, reporting, reporting_tasklist, workspaces
from progressus_desktop.store.query import View
from tests.gui.conftest import open_list
from tests.reports import reading

TASKS = [
    {"what": "Rozmowa o stażach", "who": "Anna P.", "due": "2026-11-27", "state": "open", "note": "Ile miejsc."},
    {"what": "Uzupełnić zgody", "who": "Jan T.", "due": "2026-11-25", "state": "open"},
    {"what": "Zaprosić wójta", "due": "2026-11-10", "state": "done", "done_on": "2026-11-06"},
]


def test_the_tasks_in_sight_are_printed_in_their_order(qtbot: QtBot, own: Context, tmp_path: Path) -> None:
    records.add_many(own.ws, "task", TASKS, draft=True)
    page = open_list(qtbot, own, "task")
    page.filters.combos["state"].setCurrentIndex(page.filters.combos["state"].findData("state=open"))
    page.head.print_button.click()
    qtbot.waitUntil(lambda: page.findChild(QFileDialog) is not None)
    target = tmp_path / "tasks.pdf"
    dialog = page.findChild(QFileDialog)
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    qtbot.waitUntil(target.exists, timeout=60_000)
    words = reading.text(target.read_bytes())
    assert 0 < words.index("Uzupełnić zgody") < words.index("Rozmowa o stażach")
    assert "Wed 25.11.2026" in words
    assert "Ile miejsc." in words
    assert "Zaprosić" not in words
    assert reporting.check_file(target) == []


def test_a_reader_s_print_names_nobody_and_a_long_list_says_what_is_left_out(
    own: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records.add_many(own.ws, "task", TASKS, draft=True)
    monkeypatch.setattr(reporting_tasklist, "MOST", 2)
    reader = records.save(own.ws, "user", None, {"first_name": "Jan", "last_name": "C", "role": "reader"}, draft=False)
    workspaces.work_as(own.ws, reader.id)
    words = reading.text(reporting_tasklist.write(own.ws, View(), tmp_path / "t.pdf").read_bytes())
    assert "Anna P." not in words
    assert "3 tasks." in words
    assert "1 more task is not printed." in words


def test_other_lists_keep_their_own_prints(qtbot: QtBot, context: Context) -> None:
    heads = {name: ListHead(context, name) for name in ("event", "task", "partner")}
    for head in heads.values():
        qtbot.addWidget(head)
        head.retranslate()
    assert {name: head.print_button.isVisibleTo(head) for name, head in heads.items()} == {
        "event": True, "task": True, "partner": False,
    }  # fmt: skip
    assert heads["task"].print_button.text().strip() == "Print the task &list"
