"""The manual: shipped, whole in both languages, true to the words of the program, and opened by F1 on every page."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from progressus_desktop import assets
from progressus_desktop.clock import FixedClock
from progressus_desktop.gui import keymap, manual
from progressus_desktop.gui.commands import MENUS
from progressus_desktop.gui.helpwindow import HelpWindow
from progressus_desktop.gui.main import Program
from progressus_desktop.gui.tokens import THEMES
from progressus_desktop.reports import check
from progressus_desktop.services import records, workspaces
from progressus_desktop.words import LANGUAGES, _, speaking
from tests.reports.reading import text

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES = 4_000_000
NOW = datetime.fromisoformat("2026-11-23T11:48:00+01:00")


IN_A_MENU = re.compile(
    r"[Mm]enu \*\*(?P<menu>[^*]+)\*\*, (?:polecenie |command )?\*\*(?P<command>[^*]+)\*\*"
    r"|\*\*(?P<before>[^*]+)\*\* (?:w menu|in the menu) \*\*(?P<of>[^*]+)\*\*"
)
MENUS_NAMED = 10
LITERAL = 8
SAID = {
    "Ctrl+PageDown": "Ctrl+PgDown", "Ctrl+średnik": "Ctrl+;", "Ctrl+semicolon": "Ctrl+;",
}  # fmt: skip
"""How the manual says keys that the sheet of keys writes shorter."""

TYPED = {
    "lodz", "Łódź", "Warsztat w bibliotece", "Sześć osób przy stole ogląda mapę", "Workshop in the library",
    "Six people at a table look at a map", "–",
}  # fmt: skip
"""Words in quotes that a person types."""


def bare(words: str) -> str:
    return words.replace("&", "").rstrip("….").strip().lower()


@pytest.fixture(scope="module")
def known() -> dict[str, set[str]]:
    """Every word the program can show, by language."""
    found: dict[str, set[str]] = {"pl": set(), "en": set()}
    catalogue = (ROOT / "resources/translations/pl/LC_MESSAGES/progressus.po").read_bytes()
    for message in read_po(BytesIO(catalogue), locale="pl"):
        for language, texts in (("en", message.id), ("pl", message.string)):
            found[language] |= {bare(each) for each in ([texts] if isinstance(texts, str) else texts)}
    for file in assets.folder("codelists").glob("*.csv"):
        with file.open(encoding="utf-8") as rows:
            for row in csv.DictReader(rows, delimiter=";"):
                for language, words in found.items():
                    words.add(bare(row.get(language) or ""))
    return found


def outline(language: str, name: str) -> list[str]:
    chapter = next(each for each in manual.chapters(language) if each.name == name)
    return re.findall(r"^(#+|!\[|\d\.|-) ?", chapter.text, re.MULTILINE)


@pytest.mark.parametrize("name", manual.CHAPTERS)
def test_both_languages_tell_the_same_in_the_same_order(name: str) -> None:
    assert outline("pl", name) == outline("en", name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_bold_words_are_words_of_the_program(language: str, known: dict[str, set[str]]) -> None:
    strange = [
        f"{chapter.name}: {words}"
        for chapter in manual.chapters(language)
        for words in re.findall(r"\*\*(.+?)\*\*", chapter.text)
        if bare(words) not in known[language]
    ]
    assert not strange


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_are_in_the_menus_that_are_named(language: str) -> None:
    with speaking(language):
        menus = {bare(_(title)): {bare(_(each.words)) for each in commands} for title, commands in MENUS}
    named = [
        (chapter.name, found["menu"] or found["of"], found["command"] or found["before"])
        for chapter in manual.chapters(language)
        for found in IN_A_MENU.finditer(chapter.text)
    ]
    assert len(named) > MENUS_NAMED
    assert not [each for each in named if bare(each[2]) not in menus[bare(each[1])]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_are_those_that_the_program_tells(language: str) -> None:
    with speaking(language):
        told = " ".join(keys for _place, rows in keymap.areas() for keys, _words in rows)
    named = {
        (chapter.name, SAID.get(keys, keys))
        for chapter in manual.chapters(language)
        for keys in re.findall(r"(?:(?:Ctrl|Shift|Alt)\+)+[^\s,.:;)*]+|\bF\d+", chapter.text)
    }
    named -= {(manual.KEYS, "Ctrl+Alt")}  # the chapter says that there is none
    assert not [each for each in named if not re.search(rf"(?<![\w+]){re.escape(each[1])}(?!\w)", told)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_in_quotes_stand_on_the_screen_or_are_examples_to_type(language: str, known: dict[str, set[str]]) -> None:
    with_places = [words for words in known[language] if "{" in words and len(re.sub(r"{\w+}", "", words)) > LITERAL]
    patterns = [re.sub(r"\\{\w+\\}", ".+", re.escape(words)) for words in with_places]
    strange = []
    for chapter in manual.chapters(language):
        text_ = re.sub(r"\*\*.+?\*\*", "", chapter.text)  # words in bold have their own test
        for quoted in re.findall("[„“]([^„“”]+)”", text_):
            words = bare(quoted)
            begins = any(each.startswith(words) for each in known[language])
            if not (quoted in TYPED or begins or any(re.fullmatch(each, words) for each in patterns)):
                strange.append((chapter.name, quoted))
    assert not strange


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_are_there_described_and_small(language: str) -> None:
    folder = assets.manual(language)
    asked = {
        (words, name)
        for chapter in manual.chapters(language)
        for words, name in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", chapter.text)
    }
    assert all(words for words, _name in asked)
    assert {folder / name for _words, name in asked} == set(folder.glob("pictures/*"))
    size = sum(file.stat().st_size for file in assets.manual("pl").parent.rglob("*.png"))
    assert size < MOST_BYTES


def test_search_finds_words_without_polish_letters_and_headings_first() -> None:
    hits = manual.find("pl", "kopie zapasowe")
    assert hits[0].words == "Kopie zapasowe"
    assert [each.chapter.name for each in manual.find("pl", "zgubiony laptop")] == ["office-inviting"]
    assert {each.chapter.name for each in manual.find("pl", "LODZ")} == {"start"}
    assert manual.find("pl", "  ") == []


def test_the_sheet_of_keys_has_every_key_of_the_menus() -> None:
    with speaking("pl"):
        shown = {words for _place, rows in keymap.areas() for _keys, words in rows}
        assert shown >= {_(each.words) for _title, commands in MENUS for each in commands if each.keys or each.shown}


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    ws = workspaces.create(
        tmp_path / "ws",
        "haslo do bazy",
        FixedClock(NOW),
        role="tester",
        project={"name": "P", "short_code": "PRG", "date_from": "2026-01-01", "date_to": "2027-12-31"},
        org="Stowarzyszenie Zmyślone",
        user="Anna Przykładowa",
    )
    event = {"title": "Warsztat", "kind": "workshop", "status": "held", "date": "2026-11-18", "locality": "Zmyślona"}
    records.add_many(ws, "event", [event], draft=True)
    qapp.setStyle("Fusion")
    made = Program(qapp, FixedClock(NOW))
    made.settings.change(theme="light", text_scale=100, language="pl")
    made.window.resize(1280, 640)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    made.enter(ws)
    yield made
    if made.manual is not None:
        made.manual.close()
    made.leave(lock=False)
    made.jobs.close()
    made.window.close()
    for each in filter(None, (made.window, made.ring, made.theme, made)):
        each.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, held)


def shown(program: Program) -> HelpWindow:
    assert program.manual is not None
    assert program.manual.isVisible()
    return program.manual


def back_to_work(program: Program, qtbot: QtBot) -> None:
    program.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is program.window and QApplication.focusWidget() is not None)


def test_f1_opens_the_chapter_of_each_page_and_section(program: Program, qtbot: QtBot) -> None:
    assert program.session is not None
    shell = program.session.shell
    for page in list(shell._makers):
        shell.go(page)
        back_to_work(program, qtbot)
        press(Qt.Key.Key_F1)
        chapter = next(each for each in manual.chapters("pl") if each.name == manual.chapter_of(page))
        assert chapter.title in shown(program).windowTitle(), page
    shell.go("event").new()
    shell.pages["event"].form("event").show_section(5)
    back_to_work(program, qtbot)
    press(Qt.Key.Key_F1)
    assert "Zdjęcia i zgody" in shown(program).windowTitle()


def test_every_page_has_a_chapter_of_its_own_choosing(program: Program) -> None:
    assert program.session is not None
    silent = [each for each in program.session.shell._makers if each not in manual._OF]
    assert not silent, "say in gui/manual.py which chapter belongs to them"


def test_f1_twice_shows_the_keys_and_esc_goes_back_to_work(program: Program, qtbot: QtBot) -> None:
    assert program.session is not None
    program.session.shell.go("event")
    before = QApplication.focusWidget()
    press(Qt.Key.Key_F1)
    window = shown(program)
    qtbot.waitUntil(window.page.hasFocus)
    press(Qt.Key.Key_F1)
    words = window.page.toPlainText()
    for keys in ("Ctrl+Shift+H", "Ctrl+K", "Ctrl+PgDown"):
        assert keys in words
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert "Zapisz wydarzenie" in window.windowTitle()
    press(Qt.Key.Key_Escape)
    assert not window.isVisible()
    back_to_work(program, qtbot)
    assert QApplication.focusWidget() is before


def test_search_is_done_by_keyboard_and_leads_to_the_words(program: Program, qtbot: QtBot) -> None:
    press(Qt.Key.Key_F1)
    window = shown(program)
    qtbot.waitUntil(window.page.hasFocus)
    press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.search.hasFocus()
    QTest.keyClicks(window.search, "pendrivie")
    places = window.list.count()
    assert places > 2
    press(Qt.Key.Key_Down)
    assert window.list.hasFocus()
    press(Qt.Key.Key_Return)
    assert window.page.hasFocus()
    (mark,) = window.page.extraSelections()
    assert mark.cursor.selectedText().lower() == "pendrivie"
    press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window.search, "xyzzy")
    assert window.list.item(0).text() == "Nic nie znaleziono. Spróbuj krótszego słowa."


def test_links_lead_from_chapter_to_chapter(program: Program, qtbot: QtBot) -> None:
    program.help("start")
    window = shown(program)
    qtbot.waitUntil(window.page.hasFocus)
    press(Qt.Key.Key_Tab)  # the first link of the text
    press(Qt.Key.Key_Return)
    assert "Zapisz wydarzenie" in window.windowTitle()


def test_help_is_there_before_unlocking_and_stays_after_it(program: Program, qtbot: QtBot) -> None:
    program.leave()
    back_to_work(program, qtbot)
    press(Qt.Key.Key_F1)
    assert "Nie pamiętam hasła" in shown(program).windowTitle()


@pytest.mark.parametrize("theme", sorted(THEMES))
@pytest.mark.parametrize("scale", [100, 200])
def test_the_help_window_follows_looks_and_language(program: Program, qtbot: QtBot, theme: str, scale: int) -> None:
    program.help("keyboard")
    window = shown(program)
    program.settings.change(theme=theme, text_scale=scale, language="en")
    QApplication.processEvents()
    assert window.page.document().defaultFont().pixelSize() == 14 * scale // 100
    assert "Keyboard" in window.windowTitle()
    assert window.page.document().size().width() <= window.page.viewport().width()
    named = (window.search, window.list, window.page, window.back, window.keys, window.print, window.close_button)
    assert all(each.accessibleName() for each in named)
    for label in window.findChildren(QLabel):
        assert not label.isVisible() or label.wordWrap() or label.width() + 1 >= label.sizeHint().width(), label.text()
    for button in window.findChildren(QWidget):
        if button.property("k") is not None and hasattr(button, "text") and button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()


def test_the_sheet_of_keys_becomes_an_accessible_pdf(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    program.help(manual.KEYS)
    window = shown(program)
    target = tmp_path / "klawisze.pdf"
    window.write_sheet(target)
    qtbot.waitUntil(window.open_button.isVisible, timeout=10_000)
    assert not check.check_file(target)
    words = text(target.read_bytes())
    assert "Skróty klawiszy" in words
    assert "Ctrl+Shift+H" in words


def test_keys_of_the_look_work_in_an_open_workspace_too(program: Program) -> None:
    """Bound by the menus and by the window at once, they did nothing at all."""
    press(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert program.settings.value.text_scale == 125
    press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert program.settings.value.theme == "contrast"
