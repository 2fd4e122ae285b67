"""Every command of the window: its words, keys and menu, in one table. The menus and the keys come from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import N_, _


@dataclass(frozen=True, slots=True)
class Command:
    """``keys`` bind; ``shown`` keys are only written down, because the page itself listens to them."""

    name: str
    words: str
    icon: str = ""
    keys: tuple[str, ...] = ()
    shown: str = ""
    on_page: bool = False


PAGE = "page:"
"""Commands that begin with this show a page that has no place in the sidebar."""

RULE = Command("", "")
MENUS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    (
        N_("&File"),
        (
            Command("save", N_("Save now"), "save", ("Ctrl+S",)),
            Command("print", N_("Print…"), "printer", ("Ctrl+P",), on_page=True),
            Command("page:reports", N_("All prints"), "file-text"),
            Command("export", N_("Save to Excel…"), "file-spreadsheet", ("Ctrl+E",), on_page=True),
            Command("import", N_("Load from Excel…"), "download", on_page=True),
            Command("calendar", N_("Save planned events to a calendar (.ics)…"), "calendar-plus", on_page=True),
            Command("cards", N_("Save the contact persons (.vcf)…"), "users", on_page=True),
            RULE,
            Command("backup", N_("Make a backup…"), "hard-drive"),
            Command("restore", N_("Restore from a backup…"), "archive-restore"),
            Command("other", N_("Open another workspace…"), "folder-open"),
            RULE,
            Command("lock", N_("Lock"), "lock", ("Ctrl+Shift+L",)),
            Command("quit", N_("Quit"), "x", ("Alt+F4",)),
        ),
    ),
    (
        N_("&Edit"),
        (
            Command("undo", N_("Undo"), "undo-2", ("Ctrl+Z",)),
            Command("redo", N_("Redo"), "redo-2", ("Ctrl+Y", "Ctrl+Shift+Z")),
            Command("undo_import", N_("Take back the last import of packages"), "rotate-ccw"),
            RULE,
            Command("copy", N_("Copy"), "copy", shown="Ctrl+C", on_page=True),
            Command("select_all", N_("Select all"), shown="Ctrl+A", on_page=True),
            RULE,
            Command("search", N_("Search everywhere…"), "search", ("Ctrl+K",)),
            Command("find", N_("Filter this page"), "list-filter", ("Ctrl+F",), on_page=True),
        ),
    ),
    (
        N_("&View"),
        (
            Command("larger", N_("Larger text"), "zoom-in", ("Ctrl++", "Ctrl+=")),
            Command("smaller", N_("Smaller text"), "zoom-out", ("Ctrl+-",)),
            Command("normal", N_("Normal text size"), "", ("Ctrl+0",)),
            Command("contrast", N_("High contrast"), "contrast", ("Ctrl+Shift+H",)),
            RULE,
            Command("preview", N_("Preview"), "panel-right-open", shown=N_("Space"), on_page=True),
            Command("next_area", N_("Next area"), "", ("F6",)),
            Command("previous_area", N_("Previous area"), "", ("Shift+F6",)),
        ),
    ),
    (
        N_("&Record"),
        (
            Command("new", N_("New"), "plus", ("Ctrl+N",), on_page=True),
            Command("open", N_("Open"), "pencil", shown="Enter", on_page=True),
            Command("add_contact", N_("Add a contact"), "phone", ("Ctrl+D",), on_page=True),
            Command("repeat", N_("Repeat the event"), "copy", on_page=True),
            Command("after", N_("After the event…"), "folder-open", on_page=True),
            Command("photos", N_("Photos and consents, or the list"), "image", on_page=True),
            Command("starter", N_("Add the starter set of indicators"), "target", on_page=True),
            Command("done", N_("Task done or open again"), "list-checks", shown=N_("Ctrl+Space"), on_page=True),
            RULE,
            Command("ready", N_("Mark as ready"), "check", ("Ctrl+G",), on_page=True),
            Command("draft", N_("Back to draft"), "pencil", on_page=True),
            Command("archive", N_("Move to the archive"), "archive", on_page=True),
            Command("merge", N_("Merge with another record…"), "link", on_page=True),
            RULE,
            Command("next_problem", N_("Next problem"), "", ("F8",), on_page=True),
            Command("previous_problem", N_("Previous problem"), "", ("Shift+F8",), on_page=True),
            Command("next_section", N_("Next section"), "", ("Ctrl+PgDown",), on_page=True),
            Command("previous_section", N_("Previous section"), "", ("Ctrl+PgUp",), on_page=True),
            Command("next_record", N_("Next record"), "", ("Ctrl+Shift+PgDown",), on_page=True),
            Command("previous_record", N_("Previous record"), "", ("Ctrl+Shift+PgUp",), on_page=True),
            RULE,
            Command("history", N_("History"), "history", ("Ctrl+H",), on_page=True),
            Command("delete", N_("Move to the bin"), "trash-2", shown="Delete", on_page=True),
            Command("erase", N_("Erase for ever…"), "shield", on_page=True),
        ),
    ),
    (
        N_("&Tools"),
        (
            Command("page:coverage", N_("Topics and audiences"), "message-square"),
            Command("page:observation", N_("Observations"), "lightbulb"),
            Command("page:offer", N_("Offers"), "handshake"),
            Command("page:indicator", N_("Indicators"), "target"),
            Command("page:project", N_("Project data"), "folder-open"),
            Command("page:talking_point", N_("Talking points"), "message-square"),
            Command("page:code_text", N_("Texts of code lists"), "languages"),
            Command("exchange", N_("Exchange data"), "arrow-left-right"),
            Command("versions", N_("Two versions"), "copy"),
            RULE,
            Command("bin", N_("Bin"), "trash-2"),
            Command("page:retention", N_("Data to look through"), "calendar-clock"),
            Command("person", N_("Who works now…"), "user"),
            Command("check", N_("Check the workspace"), "list-checks"),
            RULE,
            Command("settings", N_("Settings"), "settings"),
        ),
    ),
    (
        N_("&Help"),
        (
            Command("help", N_("Help for this page"), "circle-help", ("F1",)),
            Command("keys", N_("Keyboard shortcuts"), "info", shown=N_("F1 twice")),
            RULE,
            Command("office_info", N_("Information for the office"), "clipboard-list"),
            Command("about", N_("About the program"), "info"),
        ),
    ),
)


def command_of(name: str) -> Command:
    """The command called ``name``."""
    return next(each for _title, commands in MENUS for each in commands if each.name == name)


class Commands(QObject):
    """The actions behind menus and keys. ``run(name)`` of the window does the work; a page may take over its own."""

    def __init__(self, theme: Theme, window: QWidget, run: Callable[[str], None]) -> None:
        super().__init__(window)
        self._theme = theme
        self.actions: dict[str, QAction] = {}
        self._tables: dict[str, Command] = {}
        self._menus: list[tuple[str, QMenu]] = []
        self.pages: list[QAction] = []
        for _title, commands in MENUS:
            for command in commands:
                if not command.name:
                    continue
                action = QAction(window)
                action.setShortcuts([QKeySequence(each) for each in command.keys])
                action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
                action.setMenuRole(QAction.MenuRole.NoRole)
                action.triggered.connect(lambda _checked=False, name=command.name: run(name))
                self.actions[command.name] = action
                self._tables[command.name] = command
                window.addAction(action)
        theme.changed.connect(self.retranslate)

    def fill(self, bar: QMenuBar, pages: list[QAction], about_to_show: Callable[[], None]) -> None:
        """Build the menus into ``bar``; ``pages`` stand first under View."""
        self.pages = pages
        for title, commands in MENUS:
            menu = bar.addMenu("")
            self._menus.append((title, menu))
            menu.aboutToShow.connect(about_to_show)
            if title == "&View":
                menu.addActions(pages)
                menu.addSeparator()
            for command in commands:
                if command.name:
                    menu.addAction(self.actions[command.name])
                else:
                    menu.addSeparator()
        self.retranslate()

    def menus(self) -> list[QMenu]:
        """The menus in their order."""
        return [menu for _title, menu in self._menus]

    def enable(self, here: Mapping[str, object]) -> None:
        """Switch on what the page in sight can do."""
        for name, command in self._tables.items():
            if command.on_page:
                self.actions[name].setEnabled(name in here)

    def name_undo(self, undo: str, redo: str, *, can_undo: bool, can_redo: bool) -> None:
        """Say what Undo and Redo would do ("Undo: change of the place")."""
        for name, words, plain, can in (("undo", undo, _("Undo"), can_undo), ("redo", redo, _("Redo"), can_redo)):
            self.actions[name].setText(f"{plain}: {words}" if words else plain)
            self.actions[name].setEnabled(can)

    def retranslate(self) -> None:
        """Make all words and icons again."""
        for title, menu in self._menus:
            menu.setTitle(_(title))
        for name, command in self._tables.items():
            action = self.actions[name]
            words = _(command.words)
            action.setText(f"{words}\t{_(command.shown)}" if command.shown else words)
            if command.icon:
                action.setIcon(self._theme.icon(command.icon, "text", self._theme.px(18)))
