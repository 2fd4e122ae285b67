"""The row above everything: menus, search, undo, redo, lock; for large text one button for pages and menus."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QMenuBar, QSizePolicy

from progressus_desktop.gui.parts import Button, text
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _


class SearchField(Button):
    """Looks like a field and opens the search."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", "field", "search")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.addStretch(1)
        self.key = text("Ctrl+K", "key")
        self.key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(self.key, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setProperty("sm", True)


class TopBar(QFrame):
    """Holds the menu bar; the window connects the buttons."""

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._compact, self._page = theme, False, ""
        self.setProperty("k", "bar")
        self.menus = QMenuBar(self)
        self.menus.setNativeMenuBar(False)
        self.menus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.page_button = Button(theme, "", "", "menu")
        self.page_menu = QMenu(self.page_button)
        self.page_button.setMenu(self.page_menu)
        self.search = SearchField(theme)
        self.undo = Button(theme, "", "ghost", "undo-2", small=True)
        self.redo = Button(theme, "", "ghost", "redo-2", small=True)
        self.lock = Button(theme, "", "ghost", "lock", small=True)
        row = self._row = QHBoxLayout(self)
        row.addWidget(self.page_button)
        row.addWidget(self.menus)
        row.addStretch(1)
        row.addWidget(self.search)
        row.addStretch(1)
        for button in (self.undo, self.redo, self.lock):
            row.addWidget(button)
        for button, name in ((self.search, "search"), (self.undo, "undo"), (self.redo, "redo"), (self.lock, "lock")):
            button.clicked.connect(lambda _checked=False, name=name: self.asked.emit(name))
        self.set_compact(False)
        theme.changed.connect(self.retranslate)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """One button instead of the menus."""
        self._compact = compact
        self.menus.setVisible(not compact)
        self.page_button.setVisible(compact)
        self.redo.setVisible(not compact)
        self.lock.setVisible(not compact)
        self.search.key.setVisible(not compact)
        # in the middle of the full bar, beside Undo in the compact one
        self._row.setStretch(self._row.indexOf(self.search) + 1, 0 if compact else 1)
        self.undo.setProperty("k", "" if compact else "ghost")
        for button in (self.undo, self.search):
            button.setProperty("sm", not compact)
            button.style().unpolish(button)
            button.style().polish(button)
        self.retranslate()

    def show_page(self, title: str) -> None:
        """Name the page in sight on the button of the compact layout."""
        self._page = title
        self.page_button.set_text(_("Page: {title}", title=title))

    def retranslate(self) -> None:
        """Make words and sizes again."""
        theme = self._theme
        side = theme.space(14 if self._compact else 11)
        self._row.setContentsMargins(side, 0, side, 0)
        self._row.setSpacing(theme.space(8 if self._compact else 6))
        self.setFixedHeight(theme.px(36) + theme.space(6) if self._compact else theme.px(34) + 10)
        self.search.set_text(_("Search everywhere") if self._compact else _("Search everywhere…"))
        self.search.setMinimumWidth(0 if self._compact else theme.px(340))
        self.undo.set_text(_("Undo"))
        self.redo.set_text(_("Redo"))
        self.lock.set_text(_("Lock"))
        self.show_page(self._page)
