"""The office sets the data of the project and its marks in the window; the strip of logos reaches every tester."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from progressus_desktop.errors import AccessError, ValidationError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.projectpage import ProjectPage
from progressus_desktop.services import strips
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import use_language
from tests.exchange.laptops import a_tester, an_office, send
from tests.gui.conftest import show


@pytest.fixture
def strip(tmp_path: Path) -> Path:
    file = tmp_path / "znaki.png"
    Image.new("RGBA", (1800, 90), "#14365c").save(file)
    return file


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    use_language("en")
    place = an_office(tmp_path / "office")
    yield place
    place.close()


def test_the_office_chooses_the_pages_of_the_marks_by_keyboard(
    qtbot: QtBot, office: Workspace, context_of: Callable[[Workspace], Context], strip: Path
) -> None:
    page = ProjectPage(context_of(office))
    qtbot.addWidget(page)
    page.resize(1170, 626)
    page.relayout(1366)
    show(qtbot, page)
    page.first_focus().setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    form = page.form("project")
    assert page.stack.currentWidget() is form
    form.show_section(1)
    pages = form.form.findChild(QWidget, "visibility_pages")
    pages.setFocus()
    QTest.keyClick(pages, Qt.Key.Key_End)
    form.form.findChild(QWidget, "visibility_sentence_pl").setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "Finansowane.")
    form.leave()
    form.form.findChild(QWidget, "strip_list").take(strip)
    project = query.lookup(office).project()
    assert (project["visibility_pages"], project["visibility_sentence_pl"]) == ("every", "Finansowane.")
    assert strips.picture(office).startswith(b"\xff\xd8\xff")
    assert not form.form.findChild(QWidget, "strip_list").picture.pixmap().isNull()


def test_the_strip_reaches_the_testers_who_cannot_change_it(
    office: Workspace, strip: Path, tmp_path: Path, qtbot: QtBot, context_of: Callable[[Workspace], Context]
) -> None:
    tester = a_tester(office, tmp_path / "tester")
    strips.take(office, strip)
    send(tester, office, tmp_path / "first")
    send(office, tester, tmp_path / "stick")
    assert strips.picture(tester) == strips.picture(office)
    with pytest.raises(AccessError):
        strips.take(tester, strip)
    page = ProjectPage(context_of(tester))
    qtbot.addWidget(page)
    page.open(page.list.current_id())
    assert not page.form("project").binder.widgets["visibility_pages"].isEnabled()
    tester.close()


def test_a_strip_that_is_no_picture_is_refused_and_nothing_is_written(office: Workspace, tmp_path: Path) -> None:

    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(tmp_path / "znaki.pdf")
    with pytest.raises(ValidationError):
        strips.take(office, tmp_path / "znaki.pdf")
    assert strips.picture(office) == b""
