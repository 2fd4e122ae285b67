"""Nothing that outlives its page, its workspace or its window may touch them."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from progressus_desktop.gui import parts
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Jobs, Progress
from progressus_desktop.gui.recordpage import RecordPage
from progressus_desktop.store.workspace import Workspace
from tests.gui.conftest import PASSWORD, show
from tests.journeys.hands import Hands


def test_work_that_ends_after_its_page_is_gone_tells_nobody(qtbot: QtBot, qapp: QApplication) -> None:
    jobs, owner, told = Jobs(qapp), QObject(), []
    go_on = threading.Event()

    def work(_progress: Progress) -> int:
        go_on.wait(10)
        return 1

    job = jobs.start(owner, "count", work, told.append, told.append)
    delete(owner)
    with qtbot.waitSignal(job.finished):
        go_on.set()
    assert told == []
    jobs.close()
    jobs.deleteLater()


def test_a_form_writes_nothing_once_its_workspace_is_closing(
    qtbot: QtBot, empty_ws: Workspace, context_of: Callable[[Workspace], Context]
) -> None:
    context = context_of(empty_ws)
    page = RecordPage(context, "event")
    qtbot.addWidget(page)
    show(qtbot, page)
    page.new()
    Hands(qtbot).type("Targi")
    autosave = page.form("event").autosave
    assert autosave._typing.isActive()
    context.bus.close()
    assert not any(timer.isActive() for timer in (autosave._typing, autosave._rest, autosave._retry))
    autosave._changed("title")
    assert not autosave._typing.isActive()


def test_what_a_scroll_area_shows_can_be_swapped_again_and_again(qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    area.show()
    before: list[QWidget] = []
    for number in range(20):
        body = QWidget()
        QVBoxLayout(body).addWidget(QLabel(str(number)))
        parts.swap_body(area, body)
        before.append(body)
        assert area.widget() is body
        assert all(isValid(each) for each in before[-2:]), "the old one goes later, never under our feet"


def test_no_cycle_is_collected_while_a_thread_of_ours_works(qtbot: QtBot, qapp: QApplication) -> None:
    """A collection in a worker's thread takes widgets apart there, which ended the program."""
    jobs, told = Jobs(qapp), []
    go_on = threading.Event()
    assert gc.isenabled()

    def work(_progress: Progress) -> bool:
        go_on.wait(10)
        return gc.isenabled()

    first = jobs.start(qapp, "one", work, told.append, told.append)
    second = jobs.start(qapp, "two", work, told.append, told.append)
    assert not gc.isenabled()
    with qtbot.waitSignals([first.finished, second.finished]):
        go_on.set()
    assert gc.isenabled()
    assert told == [False, False]
    jobs.start(qapp, "three", lambda _progress: None, told.append, told.append)
    jobs.close()
    assert gc.isenabled(), "also when nobody waits for the end"
    assert jobs.start(qapp, "late", lambda _progress: told.append(True), told.append, told.append).abandoned
    assert gc.isenabled(), "what a timer asks for after the close does not begin"
    jobs.deleteLater()


def test_a_workspace_opened_by_a_worker_is_free_once_the_window_closed_it(empty_ws: Workspace) -> None:
    from progressus_desktop.services import workspaces

    empty_ws.close()
    opened: list[Workspace] = []
    for _time in range(2):
        worker = threading.Thread(
            target=lambda: opened.append(workspaces.open_(empty_ws.folder, empty_ws.clock, password=PASSWORD))
        )
        worker.start()
        worker.join()
        opened.pop().close()


def test_a_list_previews_nothing_once_its_workspace_is_closing(
    qtbot: QtBot, ws: Workspace, context_of: Callable[[Workspace], Context]
) -> None:
    context = context_of(ws)
    page = RecordPage(context, "partner")
    qtbot.addWidget(page)
    show(qtbot, page)
    page.list.table.current_record.emit(page.list.current_id())
    assert page.list._preview_later.isActive()
    context.bus.close()
    assert not page.list._preview_later.isActive()
