"""A record page over a real workspace, and hands on the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from progressus_desktop.gui.context import Context
from progressus_desktop.gui.recordpage import RecordPage
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import use_language
from tests.gui.conftest import show
from tests.journeys.hands import Hands


@pytest.fixture
def open_page(
    qtbot: QtBot, empty_ws: Workspace, context_of: Callable[[Workspace], Context]
) -> Iterator[Callable[[str], RecordPage]]:
    use_language("pl")
    context = context_of(empty_ws)

    def build(entity: str) -> RecordPage:
        page = RecordPage(context, entity)
        qtbot.addWidget(page)
        page.resize(1170, 640)
        page.relayout(1366)
        show(qtbot, page)
        return page

    yield build
    use_language("pl")


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    return Hands(qtbot)
