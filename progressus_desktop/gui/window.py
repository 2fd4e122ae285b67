"""The shell around the pages of an open workspace: menus, sidebar, banners, page, undo bar, status bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from progressus_desktop.gui.commands import Commands
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Job
from progressus_desktop.gui.notices import Notices, UndoBar
from progressus_desktop.gui.parts import ProgressPanel
from progressus_desktop.gui.sidebar import PageEntry, Sidebar
from progressus_desktop.gui.statusbar import StatusBar
from progressus_desktop.gui.theme import Theme
from progressus_desktop.gui.topbar import TopBar
from progressus_desktop.gui.widths import COMPACT, step
from progressus_desktop.words import N_, _

REVIEW = "review"
"""The office's page of monthly reports; testers have theirs under the record type's own name."""

_RECORDS = (
    PageEntry("event", N_("Events"), "calendar-days"),
    PageEntry("partner", N_("Partners"), "handshake"),
    PageEntry("cluster", N_("Clusters"), "network"),
    PageEntry("task", N_("Tasks"), "list-checks"),
)
_SETTINGS = PageEntry("settings", N_("Settings"), "settings", at_bottom=True)
TESTER_PAGES = (
    PageEntry("dashboard", N_("Dashboard"), "layout-dashboard"),
    *_RECORDS,
    PageEntry("monthly_report", N_("Reports"), "file-text"),
    PageEntry("exchange", N_("Exchange"), "arrow-left-right"),
    _SETTINGS,
)
OFFICE_PAGES = (
    PageEntry("overview", N_("Overview"), "layout-dashboard"),
    PageEntry("testers", N_("Testers"), "users"),
    *_RECORDS,
    PageEntry(REVIEW, N_("Reports"), "file-text"),
    PageEntry("packages", N_("Packages"), "inbox"),
    _SETTINGS,
)
"""The sidebar by role, in the order of Ctrl+digit (design-language.md, section 3)."""
_MOST_PAGES = 9
_UNDER = {
    "contact": "partner", "interaction": "partner", "offer": "partner", "membership": "cluster", "action": "cluster",
    "photo": "event", "participant": "event", "observation": "event", "reports": "monthly_report",
    "coverage": "dashboard",
}  # fmt: skip
"""Under which page of the sidebar a page without an entry of its own stands."""


class Shell(QWidget):
    """Lays out the window and shows one page at a time. ``asked`` carries commands that are not a page's own."""

    asked = Signal(str)
    shown = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("k", "page")
        self.setObjectName("shell")
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self.pages: dict[str, QWidget] = {}
        self._behind: dict[str, set[Callable[[QWidget], None]]] = {}
        """What pages out of sight were not told yet."""
        self.current = ""
        self._compact, self._step = False, -1
        self.top = TopBar(theme)
        self._entries: Sequence[PageEntry] = ()
        self.sidebar = Sidebar(theme)
        self.status = StatusBar(theme)
        self.undo_bar = UndoBar(theme, lambda: self.run("undo"))
        self.notices = Notices(theme, self.status, self.undo_bar)
        self.stack = QStackedWidget()
        self.commands = Commands(theme, self, self.run)
        self._build()
        theme.changed.connect(self.relayout)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.sidebar)
        page = QVBoxLayout()
        page.setSpacing(0)
        page.addWidget(self.notices)
        self._working = QVBoxLayout()
        page.addLayout(self._working)
        page.addWidget(self.stack, 1)
        below = QHBoxLayout()
        below.setContentsMargins(20, 0, 20, 0)
        below.addWidget(self.undo_bar)
        page.addLayout(below)
        middle.addLayout(page, 1)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self._page_actions: list[QAction] = []
        for number in range(_MOST_PAGES):
            action = QAction(self)
            action.setShortcut(QKeySequence(f"Ctrl+{number + 1}"))
            action.triggered.connect(lambda _checked=False, at=number: self.go(self._entries[at].name))
            action.setVisible(False)
            self.addAction(action)
            self._page_actions.append(action)
        self.commands.fill(self.top.menus, self._page_actions, self.refresh)
        self._fill_page_menu()
        menu_key = QShortcut(QKeySequence("F10"), self)
        menu_key.activated.connect(self._open_menus)
        self.sidebar.chosen.connect(self.go)
        self.top.asked.connect(self.run)
        self.retranslate()

    def _fill_page_menu(self) -> None:
        menu = self.top.page_menu
        menu.addActions(self._page_actions)
        menu.addSeparator()
        for each in self.commands.menus():
            menu.addMenu(each)

    def _open_menus(self) -> None:
        if self._compact:
            self.top.page_button.showMenu()
        else:
            self.top.menus.setActiveAction(self.top.menus.actions()[0])

    # -- pages ------------------------------------------------------------------------------------------

    def show_pages(self, entries: Sequence[PageEntry]) -> None:
        """Show in the sidebar those of ``entries`` that are known; Ctrl+digit follows."""
        self._entries = [entry for entry in entries if self.knows(entry.name)]
        self.sidebar.show_entries(self._entries)
        for number, action in enumerate(self._page_actions):
            action.setVisible(number < len(self._entries))
        self._name_pages()

    def _name_pages(self) -> None:
        for action, entry in zip(self._page_actions, self._entries, strict=False):
            action.setText(_(entry.title))
            action.setIcon(self._theme.icon(entry.icon, "text"))

    def add_page(self, name: str, make: Callable[[], QWidget]) -> None:
        """Know a page; it is made when it is first shown."""
        self._makers[name] = make

    def knows(self, name: str) -> bool:
        """Whether there is a page called ``name``."""
        return name in self._makers

    def first(self) -> str:
        """The name of the first page of the sidebar."""
        return self._entries[0].name

    def page(self, name: str) -> Any:
        """The page called ``name``, made if need be."""
        if name not in self.pages:
            made = self._makers[name]()
            self.pages[name] = made
            self._count_room(made, counts=False)
            self.stack.addWidget(made)
            self._lay_out(made)
        late = self._behind.pop(name, set())
        for tell in (self._translate, self._lay_out):
            if tell in late:
                tell(self.pages[name])
        return self.pages[name]

    def _tell(self, tell: Callable[[QWidget], None]) -> None:
        """Tell the page in sight something now, each other one when it is shown."""
        for name in self.pages:
            self._behind.setdefault(name, set()).add(tell)
        if self.current:
            self.page(self.current)

    def _lay_out(self, page: QWidget) -> None:
        if hasattr(page, "relayout"):
            page.relayout(self.logical_width())

    @staticmethod
    def _translate(page: QWidget) -> None:
        if hasattr(page, "retranslate"):
            page.retranslate()

    @staticmethod
    def _count_room(page: QWidget, *, counts: bool) -> None:
        """Whether the window must have room for a page: one out of sight may still be laid out for more."""
        policy = QSizePolicy.Policy.Preferred if counts else QSizePolicy.Policy.Ignored
        page.setSizePolicy(policy, policy)

    def leave(self) -> None:
        """Let the page in sight commit what was typed."""
        page = self.pages.get(self.current)
        leave = getattr(page, "leave", None)
        if leave is not None:
            leave()

    def go(self, name: str, *, focus: bool = True) -> Any:
        """Show a page and put the focus where its work begins."""
        if name != self.current:
            self.leave()
        page = self.page(name)
        if self.current:
            self._count_room(self.pages[self.current], counts=False)
        self._count_room(page, counts=True)
        self.current = name
        self.stack.setCurrentWidget(page)
        self.sidebar.mark(name if any(each.name == name for each in self._entries) else _UNDER.get(name, ""))
        self.top.show_page(page.title())
        self.refresh()
        if focus:
            self.focus_page()
        self.shown.emit(name)
        return page

    def focus_page(self) -> None:
        """Put the focus into the page in sight."""
        first = getattr(self.pages.get(self.current), "first_focus", None)
        if first is not None and (target := first()) is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def here(self) -> Mapping[str, Any]:
        """What the page in sight can do."""
        actions = getattr(self.pages.get(self.current), "actions_here", None)
        return actions() if actions is not None else {}

    def hold(self, *, held: bool) -> None:
        """Keep hands off the workspace while a writer works in it: a page that reads it would stand still."""
        for part in (self.stack, self.sidebar, self.top.search, self.top.undo, self.top.redo):
            part.setEnabled(not held)
        for action in self._page_actions:
            action.setEnabled(not held)

    def follow(self, job: Job, stays: str) -> None:
        """Show work that locks the pages above them, until it ends; *Stop* has the focus meanwhile."""
        panel = ProgressPanel(self._theme, job.label, stays)
        panel.setObjectName("work_panel")
        panel.follow(job)
        side = self._theme.space(20)
        self._working.setContentsMargins(side, self._theme.space(8), side, 0)
        self._working.addWidget(panel)
        panel.stop.setFocus(Qt.FocusReason.OtherFocusReason)

        def end() -> None:
            self._working.removeWidget(panel)
            self._working.setContentsMargins(0, 0, 0, 0)
            panel.hide()
            panel.deleteLater()

        job.finished.connect(end)

    # -- commands ---------------------------------------------------------------------------------------

    def run(self, name: str) -> None:
        """Do a command: the page's own if it has one, else the window's or the program's."""
        act = self.here().get(name)
        if act is not None and act() is not False:
            self.refresh()
            return
        own: dict[str, Callable[[], None]] = {
            "next_area": lambda: self._area(1),
            "previous_area": lambda: self._area(-1),
            "settings": lambda: self.go("settings"),
        }
        if name in own:
            own[name]()
        else:
            self.asked.emit(name)

    def refresh(self) -> None:
        """Switch commands on or off by the page in sight."""
        self.commands.enable(self.here())

    def areas(self) -> list[QWidget]:
        """What F6 goes through, in the order of reading."""
        page = self.pages.get(self.current)
        inner = list(page.areas()) if page is not None and hasattr(page, "areas") else []
        if self._compact:
            return [self.top.page_button, *inner, self.status]
        return [self.top.search, self.sidebar.active(), *inner, self.status]

    def _area(self, step: int) -> None:
        areas = self.areas()
        now = QApplication.focusWidget()
        at = next(
            (n for n, area in enumerate(areas) if now is not None and (area is now or area.isAncestorOf(now))), None
        )
        start = -1 if at is None else at
        for count in range(1, len(areas) + 1):
            # an area that shows nothing yet takes no focus; the keyboard must not stay before it for ever
            areas[(start + count * step) % len(areas)].setFocus(Qt.FocusReason.ShortcutFocusReason)
            if QApplication.focusWidget() is not now:
                return

    # -- layout and words -------------------------------------------------------------------------------

    def logical_width(self) -> int:
        """Width of the window divided by the text scale (design-language.md, section 3.1)."""
        return round(self.width() / self._theme.scale)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the window's width where it asks for another layout: that costs 150 ms with every page open."""
        super().resizeEvent(event)
        if step(self.logical_width()) != self._step:
            self.relayout()

    def relayout(self) -> None:
        """Choose the full or the compact layout and tell the pages."""
        width = self.logical_width()
        self._step = step(width)
        compact = width < COMPACT
        if compact != self._compact:
            self._compact = compact
            self.top.set_compact(compact)
            self.status.set_compact(compact)
        self.sidebar.setVisible(not compact)
        self.sidebar.retranslate()
        self._tell(self._lay_out)

    def retranslate(self) -> None:
        """Make all words again after a change of language; a page out of sight follows when it is shown."""
        self.commands.retranslate()
        self.sidebar.retranslate()
        self.top.retranslate()
        self.status.show_words()
        self._name_pages()
        self._tell(self._translate)
        if self.current:
            self.top.show_page(self.page(self.current).title())


def context_of(shell: Shell, **parts: Any) -> Context:
    """The context of a shell's pages."""
    return Context(notify=shell.notices, **parts)
