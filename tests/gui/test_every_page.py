"""Rules that hold on every page: names, sizes, letters, no stray windows, nothing cut, no blocked event loop."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from progressus_desktop.clock import FixedClock
from progressus_desktop.gui import mnemonics, pictures
from progressus_desktop.gui.main import Program
from progressus_desktop.gui.tokens import THEMES, ratio
from progressus_desktop.services import demo, workspaces
from progressus_desktop.services.exchanging import Waiting

LEAST = 32
"""Pixels of a control's height and width at 100 % (design-language.md, section 2.4)."""

MOST_MS = 150
"""Processor time of showing a page that was made: 40 ms on a machine in use, and others are three times slower."""

SEVERAL = {"event-form-listed": 3, "partners-import": 2}
"""Steps of the tour that do several things at once."""

TEXT, EDGE = 4.5, 3.0
BACKGROUNDS = ("window", "base", "sidebar", "alt")
LOOKS = (
    ("light", 100, (1280, 640), "pl"),
    ("light", 100, (1280, 640), "en"),
    ("contrast", 200, (1366, 696), "pl"),
    ("dark", 200, (1280, 640), "en"),
)
"""Theme, text size, window and language under which nothing may be cut."""

PAIRS = (
    *((ink, ground, TEXT) for ink in ("text", "muted") for ground in BACKGROUNDS),
    *((state, f"{state}Soft", TEXT) for state in ("ok", "warn", "err", "info")),
    *((state, "base", TEXT) for state in ("ok", "warn", "err", "info", "link", "accent")),
    ("onAccent", "accent", TEXT), ("onAccent", "accentHover", TEXT), ("onSel", "sel", TEXT),
    ("accent", "accentSoft", TEXT),
    *((edge, ground, EDGE) for edge in ("border", "focus") for ground in ("base", "window")),
)  # fmt: skip


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROGRESSUS_HOME", str(tmp_path_factory.mktemp("home")))
        return demo.make(tmp_path_factory.mktemp("demo"), FixedClock(pictures_now()))


def pictures_now():  # type: ignore[no-untyped-def]  # noqa: ANN201 - a moment
    from datetime import datetime

    return datetime.fromisoformat("2026-11-23T11:48:00+01:00")


@pytest.fixture
def program(qapp: QApplication, demo_folder: Path) -> Iterator[Program]:
    qapp.setStyle("Fusion")
    made = Program(qapp, FixedClock(pictures_now()))
    made.settings.change(theme="light", text_scale=100, language="pl")
    made.window.resize(1366, 696)
    made.window.show()
    made.window.activateWindow()
    made.enter(workspaces.open_(demo_folder, made.clock, password=demo.PASSWORD))
    qapp.processEvents()
    yield made
    made.leave(lock=False)
    made.jobs.close()
    made.window.close()
    for each in filter(None, (made.window, made.ring, made.theme, made)):
        each.deleteLater()
    # gone now: the style sheet of the next program would be worked out for every widget of this one too
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def labelled_by(combo: QComboBox) -> bool:
    relations = QAccessible.queryAccessibleInterface(combo).relations(QAccessible.RelationFlag.Label)
    return any(found.text(QAccessible.Text.Name) for found, _kind in relations)


def in_sight(widget: QWidget) -> Iterator[QWidget]:
    """What is shown inside; pages behind the one in sight are not gone through."""
    for child in widget.children():
        if isinstance(child, QWidget) and child.isVisible():
            yield child
            yield from in_sight(child)


def controls(shown: list[QWidget]) -> list[QWidget]:
    return [each for each in shown if each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus]


def inside_another(widget: QWidget) -> bool:
    """The line of a box, the viewport of a table: the control around it speaks for it."""
    parent = widget.parentWidget()
    return isinstance(parent, QComboBox | QAbstractSpinBox) or widget.focusProxy() is not None


def name_of(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} “{getattr(widget, 'text', str)()}”"


def spoken(widget: QWidget) -> str:
    words = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
    if words:
        return words
    return " ".join(each.text() for each in widget.window().findChildren(QLabel) if each.buddy() is widget)


@pytest.mark.parametrize(
    ("theme", "scale", "language"),
    [("light", 100, "pl"), ("dark", 100, "en"), ("contrast", 200, "pl"), ("light", 200, "en")],
)
def test_every_control_has_a_name_a_size_and_a_letter_of_its_own(
    program: Program, qapp: QApplication, theme: str, scale: int, language: str
) -> None:
    program.settings.change(theme=theme, text_scale=scale, language=language)
    problems = []
    for page in pictures.pages(program):
        qapp.processEvents()
        letters: dict[str, str] = {}
        shown = list(in_sight(program.window))
        for widget in controls(shown):
            where = f"{page}: {type(widget).__name__} {widget.objectName()}"
            if not inside_another(widget) and not spoken(widget).strip():
                problems.append(f"{where} has no name")
            if isinstance(widget, QComboBox) and not labelled_by(widget):
                problems.append(f"{where} is called by its value: on the accessibility bus only a label names it")
            small = widget.height() < LEAST or widget.width() < LEAST
            if small and isinstance(widget, QAbstractButton | QComboBox | QLineEdit) and not inside_another(widget):
                problems.append(f"{where} is {widget.width()}×{widget.height()}")
        texts = [each for each in shown if isinstance(each, QAbstractButton)]
        labelled = [each for each in shown if isinstance(each, QLabel) and each.buddy()]
        for each in (*texts, *labelled):
            letter = mnemonics.letter(each.text())
            if letter and letter in letters:
                problems.append(f"{page}: the letter {letter} of “{each.text()}” is that of “{letters[letter]}”")
            if letter:
                letters[letter] = each.text()
    assert not problems, "\n".join(problems)


def test_every_page_that_the_shell_knows_opens(program: Program, qapp: QApplication) -> None:
    assert program.session is not None
    shell = program.session.shell
    for name in list(shell._makers):
        shell.go(name)
        qapp.processEvents()
        assert shell.current == name
        assert shell.pages[name].isVisible()


class Watch(QObject):
    """Sees every widget that becomes a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shown and watched.objectName() != "main_window":
            self.seen.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_no_page_flashes_a_window_of_its_own(program: Program, qapp: QApplication) -> None:
    """A part shown before it has a parent is a window for a moment and takes the focus away."""
    watch = Watch()
    qapp.installEventFilter(watch)
    for _page in pictures.pages(program):
        qapp.processEvents()
    qapp.removeEventFilter(watch)
    assert not watch.seen


def test_nothing_is_cut_and_nothing_scrolls_sideways_at_any_text_size(program: Program, qapp: QApplication) -> None:
    problems = []
    for theme, scale, size, language in LOOKS:
        program.settings.change(theme=theme, text_scale=scale, language=language)
        program.window.resize(*size)
        for page in pictures.pages(program):
            settle(qapp)
            found = list(cut_off(list(in_sight(program.window))))
            if found:  # a number that a job has just brought is laid out with the next events; what is cut stays cut
                while program.jobs.running():
                    qapp.processEvents()
                settle(qapp)
                found = list(cut_off(list(in_sight(program.window))))
            assert program.window.width() == size[0], f"{page} makes the window wider"
            problems += [f"{scale}% {language} {page}: {what}" for what in found]
    assert not problems, "\n".join(sorted(set(problems)))


def settle(qapp: QApplication) -> None:
    """A form dressed while it was hidden takes its heights one level at a time."""
    for _pass in range(4):
        qapp.processEvents()


def cut_off(shown: list[QWidget]) -> Iterator[str]:
    for each in shown:
        if isinstance(each, QScrollArea) and each.horizontalScrollBar().maximum() > 0:
            yield f"{each.objectName()} scrolls sideways"
        if isinstance(each, QLabel) and each.wordWrap() and each.height() + 2 < each.heightForWidth(each.width()):
            yield f"“{each.text()}” needs {each.heightForWidth(each.width())} px of height, has {each.height()}"
        one_line = isinstance(each, QLabel) and not each.wordWrap() and each.text() and not each.toolTip()
        if one_line and each.width() + 1 < each.sizeHint().width():
            yield f"“{each.text()}” is cut"
        if isinstance(each, QPushButton) and each.width() + 1 < each.minimumSizeHint().width():
            yield f"{name_of(each)} is cut"
        if isinstance(each, QAbstractButton | QComboBox | QLineEdit | QLabel) and not inside_another(each):
            least = each.minimumSizeHint().height()
            if each.height() + 2 < least:
                yield f"{name_of(each)} is {each.height()} high, not {least}"


def test_forms_live_on_when_the_lists_behind_them_are_dressed_again(program: Program, qapp: QApplication) -> None:
    """PySide once held each form for a part of its neighbour (forms.tab_order), and let it go with that."""
    for _page in pictures.pages(program):
        qapp.processEvents()
    program.settings.change(text_scale=200, theme="dark")
    qapp.processEvents()
    assert program.session is not None
    for entity in ("event", "partner"):
        assert isValid(program.session.shell.pages[entity].form(entity).form), entity


def test_no_page_that_was_made_computes_for_long_when_it_is_shown(program: Program, qapp: QApplication) -> None:
    """Second visits, by the processor's time: what a busy machine or a slow one by chance adds is not ours.

    A step that is slow once (the collector of cycles, a cache that was full) is quick in one of three tours.
    """
    for _page in pictures.pages(program):
        qapp.processEvents()
    slow = slow_steps(program, qapp)
    for _again in range(2):
        if slow:
            again = slow_steps(program, qapp)
            slow = {page: took for page, took in again.items() if page in slow}
    assert not slow, slow


def slow_steps(program: Program, qapp: QApplication) -> dict[str, float]:
    """The pages that took longer than they may, with their milliseconds."""
    found = {}
    tour = pictures.pages(program)
    while True:
        begun = time.thread_time()
        page = next(tour, "")
        took = (time.thread_time() - begun) * 1000
        if not page:
            return found
        if took > MOST_MS * SEVERAL.get(page, 1):
            found[page] = took
        qapp.processEvents()


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_every_pair_of_colours_can_be_told_apart(theme: str) -> None:
    table = THEMES[theme]
    low = [
        f"{ink} on {ground}: {ratio(table[ink], table[ground]):.2f}"
        for ink, ground, least in PAIRS
        if ratio(table[ink], table[ground]) < least
    ]
    assert not low


def test_hands_are_kept_off_the_workspace_while_a_writer_works(program: Program, qapp: QApplication) -> None:
    """A page that reads would stand still until the import lets go; only the way to stop it is left."""
    assert program.session is not None
    shell, go_on = program.session.shell, threading.Event()
    work = program.jobs.start(shell, "import", lambda _progress: go_on.wait(10), lambda _end: None, _fail, writer=True)
    stop = shell.findChild(QWidget, "work_panel").stop
    pages = [each for each in shell._page_actions if each.isVisible()]
    held = (shell.stack, shell.sidebar, shell.top.search, shell.top.undo, *pages)
    assert stop.hasFocus()
    assert not any(each.isEnabled() for each in held)
    go_on.set()
    while work in program.jobs.running():
        qapp.processEvents()
    assert [each for each in held if not each.isEnabled()] == []


def test_numbers_beside_the_pages_outlive_a_change_of_language_and_of_the_person(program: Program) -> None:
    assert program.session is not None
    session = program.session
    session.waiting, session.badges._number = Waiting(14, 0, 1, 0), 3
    program.settings.change(language="en")
    session.person_changed()
    button = next(each for each in session.shell.sidebar.buttons if each.entry.name == "task")
    assert button.accessibleName() == "Tasks, 3 open"
    assert "14 records to send, 1 value with two versions" in session.shell.status.accessibleName()


def _fail(error: Exception) -> None:
    raise error


def test_arrows_go_through_the_themes_of_the_settings(program: Program, qapp: QApplication, qtbot: QtBot) -> None:
    """Tab goes to the chosen theme only, as in every set of radio buttons; each other one is an arrow away."""
    assert program.session is not None
    program.session.shell.go("settings")
    qapp.processEvents()
    buttons = [each for each in program.window.findChildren(QRadioButton) if each.isVisible()]
    first = next(each for each in buttons if each.isChecked())
    first.setFocus()
    seen = {first.text()}
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Right):
        focused = qapp.focusWidget()
        assert isinstance(focused, QRadioButton)
        QTest.keyClick(focused, key)
        qtbot.waitUntil(lambda: isinstance(qapp.focusWidget(), QRadioButton))
        seen.add(qapp.focusWidget().text())
    assert seen == {each.text() for each in buttons}


def test_keys_go_from_section_to_section_of_the_settings(program: Program, qapp: QApplication, qtbot: QtBot) -> None:
    """As in a form: the focus goes along, unless it rests on the list of sections."""
    assert program.session is not None
    page = program.session.shell.go("settings")
    page.sections.setFocus()

    def press(key: Qt.Key) -> int:
        before = page.body.currentIndex()
        QTest.keyClick(qapp.focusWidget(), key, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: page.body.currentIndex() != before)
        return int(page.body.currentIndex())

    assert press(Qt.Key.Key_PageDown) == 1
    assert page.sections.hasFocus()
    page.areas()[1].setFocus()
    assert press(Qt.Key.Key_PageDown) == 2
    assert page.body.currentWidget().isAncestorOf(qapp.focusWidget())
    assert press(Qt.Key.Key_PageUp) == 1
