"""The window before the workspace opens, and ticks and choices that a screen reader toggles without a key or mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from progressus_desktop.gui.context import Context, SettingsHub
from progressus_desktop.gui.fields import BooleanField
from progressus_desktop.gui.firststeps import LookStep
from progressus_desktop.gui.pages_settings import SettingsPage
from progressus_desktop.gui.pages_unlock import UnlockPage
from progressus_desktop.gui.sidebar import PageEntry, Sidebar
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


def act(button: QAbstractButton) -> None:
    """What a screen reader does with a button that can be on or off."""
    actions = QAccessible.queryAccessibleInterface(button).actionInterface()
    assert "Toggle" in actions.actionNames()
    actions.doAction("Toggle")


@pytest.mark.parametrize(
    ("button", "name", "value"),
    [("theme_dark", "theme", "dark"), ("scale_150", "text_scale", 150), ("language_en", "language", "en")],
)
def test_choices_of_the_settings_follow_a_screen_reader(
    qtbot: QtBot, context: Context, button: str, name: str, value: object
) -> None:
    use_language("pl")
    page = SettingsPage(context, lambda _command: None)
    qtbot.addWidget(page)
    told = []
    context.settings.changed.connect(lambda: told.append(getattr(context.settings.value, name)))
    act(page.findChild(QAbstractButton, button))
    assert told == [value]


def test_choices_of_the_first_run_follow_a_screen_reader_and_one_is_always_on(qtbot: QtBot, theme: Theme) -> None:
    settings = SettingsHub()
    step = LookStep(theme, settings)
    qtbot.addWidget(step)
    step.retranslate()
    act(step.themes["contrast"])
    act(step.scales[200])
    act(step.scales[200])
    assert (settings.value.theme, settings.value.text_scale) == ("contrast", 200)
    assert [percent for percent, each in step.scales.items() if each.isChecked()] == [200]
    assert [code for code, each in step.themes.items() if each.isChecked()] == ["contrast"]


def test_a_page_of_the_sidebar_opens_when_a_screen_reader_toggles_it(qtbot: QtBot, theme: Theme) -> None:
    bar = Sidebar(theme, [PageEntry(name, name, "users") for name in ("one", "two", "three")])
    qtbot.addWidget(bar)
    bar.mark("one")
    asked: list[str] = []
    bar.chosen.connect(asked.append)
    act(bar.buttons[2])
    act(bar.buttons[0])
    assert asked == ["three"]
    assert [each.isChecked() for each in bar.buttons] == [True, False, False], "the window did not go there"
    bar.buttons[1].click()
    assert asked == ["three", "two"]
