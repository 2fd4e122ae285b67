"""The window before the workspace opens, and ticks that a screen reader toggles without a key or a mouse."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from progressus_desktop.gui.fields import BooleanField
from progressus_desktop.gui.pages_unlock import UnlockPage
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import use_language


def test_everything_before_unlocking_follows_the_language_chosen_there(
    qtbot: QtBot, theme: Theme, prepared: Path
) -> None:
    use_language("pl")
    page = UnlockPage(theme)
    qtbot.addWidget(page)
    page.show_workspaces([prepared / "empty"], 15)
    page.forgot_button.click()
    use_language("en")
    page.retranslate()
    assert " – opened " in page.workspace.itemText(0)
    said = [each.text() for each in page.findChildren(QLabel) if each.isVisibleTo(page)]
    assert "Password forgotten?" in said
    assert not any(letter in "ąćęłńóśźż" for words in said for letter in words.lower())


def test_a_tick_that_is_only_toggled_is_an_answer_too(qtbot: QtBot) -> None:
    """What assistive technology does with a box is to toggle it: nothing is clicked."""
    box = BooleanField()
    qtbot.addWidget(box)
    seen = []
    box.changed.connect(lambda: seen.append(box.value()))
    box.show_value(True)
    assert seen == []
    box.toggle()
    assert seen == [False]
