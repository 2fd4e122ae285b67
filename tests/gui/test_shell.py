"""The shell tells pages of another width or language when that means something to them, and only then."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from progressus_desktop import gui
from progressus_desktop.gui import widths
from progressus_desktop.gui.theme import Theme
from progressus_desktop.gui.window import Shell
from tests.gui.conftest import show


class Page(QWidget):
    """Remembers what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.told: list[object] = []

    def title(self) -> str:
        return "page"

    def first_focus(self) -> QWidget:
        return self

    def relayout(self, logical_width: int) -> None:
        self.told.append(logical_width)

    def retranslate(self) -> None:
        self.told.append("words")


@pytest.fixture
def shell(qapp: QApplication, qtbot: QtBot) -> Shell:
    made = Shell(Theme(qapp))
    qtbot.addWidget(made)
    for name in ("seen", "hidden"):
        made.add_page(name, Page)
    made.resize(1400, 700)
    show(qtbot, made)
    for name in ("hidden", "seen"):
        made.go(name)
    for page in made.pages.values():
        assert isinstance(page, Page)
        page.told.clear()
    return made


def told(shell: Shell, name: str) -> list[object]:
    page = shell.pages[name]
    assert isinstance(page, Page)
    return page.told


def test_pages_are_told_of_a_width_that_asks_for_another_layout_only(shell: Shell) -> None:
    for width in (1401, 1500, 1340):
        shell.resize(width, 700)
    assert told(shell, "seen") == []
    for width in (1339, 1300, 1279, 1179, 899):
        shell.resize(width, 700)
    assert (told(shell, "seen"), told(shell, "hidden")) == ([1339, 1279, 1179, 899], [])
    shell.go("hidden")
    shell.go("seen")
    assert (told(shell, "seen"), told(shell, "hidden")) == ([1339, 1279, 1179, 899], [899])


def test_a_page_out_of_sight_does_not_keep_the_window_large(shell: Shell) -> None:
    def wide() -> Page:
        page, inside = Page(), QWidget()
        inside.setMinimumWidth(3000)
        QHBoxLayout(page).addWidget(inside)
        return page

    shell.add_page("wide", wide)
    narrow = shell.stack.minimumSizeHint().width()
    shell.go("wide")
    assert shell.stack.minimumSizeHint().width() > 3000
    shell.go("seen")
    assert shell.stack.minimumSizeHint().width() == narrow


def test_every_width_a_page_compares_with_is_one_the_shell_tells_of() -> None:
    found = set()
    for file in Path(inspect.getfile(gui)).parent.glob("*.py"):
        found |= set(re.findall(r"logical_width (?:<|>)=? (\w+)", file.read_text(encoding="utf-8")))
    assert {"COMPACT", "BESIDE", "FULL"} <= found
    steps = {name: getattr(widths, name) for name in found}
    assert {name: widths.step(width) - widths.step(width - 1) for name, width in steps.items()} == dict.fromkeys(
        found, 1
    )


def test_a_page_out_of_sight_takes_the_other_language_when_it_is_shown(shell: Shell) -> None:
    shell.retranslate()
    assert (told(shell, "seen"), told(shell, "hidden")) == (["words"], [])
    shell.go("hidden")
    shell.go("seen")
    assert (told(shell, "seen"), told(shell, "hidden")) == (["words"], ["words"])
