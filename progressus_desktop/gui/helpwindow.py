"""The manual inside the program (F1): chapters, search in all of them, the page one needs; works offline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QTextEdit, QVBoxLayout
from PySide6.QtWidgets import QWidget as _Widget

from progressus_desktop import assets
from progressus_desktop.clock import Clock
from progressus_desktop.domain.sorting import fold
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui import keymap, manual, mnemonics
from progressus_desktop.gui.errors import announce
from progressus_desktop.gui.jobs import Jobs, Progress
from progressus_desktop.gui.parts import Button, StateLine, text
from progressus_desktop.gui.saving import ask_target, open_file
from progressus_desktop.gui.searchfield import SearchField
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _, language, ngettext

_SIDE, _NARROW_SIDE = 264, 170
_WIDE, _HIGH = 1080, 640
_MARGIN = 24
_LINE = 125.0
_COLUMNS = (40, 60)
_PICTURE = "\ufffc"
"""The text of a block that is nothing but a picture."""
_PADDING, _LEAST = 10, 36
_PLACE = Qt.ItemDataRole.UserRole


class Page(QTextBrowser):
    """The text of a chapter; its pictures are never wider than the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("manual_text")
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.folder = Path()

    def show_text(self, theme: Theme, markdown: str) -> None:
        """Show Markdown in the sizes and gaps of the program."""
        document = self.document()
        document.setDefaultFont(theme.font("body"))
        document.setDocumentMargin(_MARGIN)
        document.setIndentWidth(theme.px(22))
        self.setMarkdown(markdown)
        block = document.begin()
        while block.isValid():
            cursor, look = QTextCursor(block), block.blockFormat()
            level = look.headingLevel()
            look.setLineHeight(
                100.0 if block.text() == _PICTURE else _LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
            )
            look.setTopMargin(theme.space(14) if level > 1 else 0)
            look.setBottomMargin(theme.space(4 if level or block.textList() else 8))
            table = cursor.currentTable()
            if table is None:
                cursor.setBlockFormat(look)
            elif table.firstCursorPosition().block() == block:
                _widen(table)
            if level:
                words = QTextCharFormat()
                words.setFont(theme.font(f"h{min(level, 3)}"))
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                cursor.setCharFormat(words)
            block = block.next()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: N802 - Qt's name
        """A picture of the manual, made to fit."""
        if kind != int(QTextDocument.ResourceType.ImageResource.value):
            return None
        image = QImage(str(self.folder / QUrl(name).toString()))
        room = max(self.viewport().width() - 2 * _MARGIN - 4, 1)
        if image.width() > room:
            image = image.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        return image


class HelpWindow(QDialog):
    """One window beside the work: what is typed there goes on. Esc closes it, F1 shows the keys."""

    def __init__(self, theme: Theme, jobs: Jobs, clock: Clock, parent: _Widget) -> None:
        super().__init__(parent)
        self._theme, self._jobs, self._clock, self._window = theme, jobs, clock, parent
        self._name, self._words = manual.CHAPTERS[0], ""
        self._before: list[str] = []
        self.setObjectName("help_window")
        self.setModal(False)
        self.search = SearchField(theme)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.page = Page()
        self.back = Button(theme, "", "", "arrow-left")
        self.keys = Button(theme, "", "", "info")
        self.print = Button(theme, "", "", "printer")
        self.close_button = Button(theme, "", "primary")
        self.state = StateLine(theme)
        self.open_button = Button(theme, "", "link")
        self._label = text("", "label")
        self._build()
        self._connect()
        self.restyle()
        self.retranslate()

    def _build(self) -> None:
        column = self._column = QVBoxLayout(self)
        middle = self._middle = QHBoxLayout()
        side = self._side = QVBoxLayout()
        side.addWidget(self._label)
        self._label.setBuddy(self.search)
        side.addWidget(self.search)
        side.addWidget(self.list, 1)
        middle.addLayout(side)
        middle.addWidget(self.page, 1)
        column.addLayout(middle, 1)
        told = QHBoxLayout()
        told.addWidget(self.state, 1)
        told.addWidget(self.open_button)
        column.addLayout(told)
        self.open_button.hide()
        row = self._row = QHBoxLayout()
        row.addWidget(self.back)
        row.addWidget(self.keys)
        row.addWidget(self.print)
        row.addStretch(1)
        row.addWidget(self.close_button)
        column.addLayout(row)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._open_current)
        self.list.itemActivated.connect(lambda _item: self._open_current())
        self.list.itemClicked.connect(lambda _item: self._open_current())
        self.page.anchorClicked.connect(self._follow)
        self.back.clicked.connect(self.go_back)
        self.keys.clicked.connect(lambda: self.show_chapter(manual.KEYS))
        self.print.clicked.connect(self.ask_sheet)
        self.close_button.clicked.connect(self.close)
        self._theme.changed.connect(self.restyle)
        for keys, act in (("Alt+Left", self.go_back), ("Ctrl+F", self._to_search), ("Ctrl+P", self.ask_sheet)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(act)

    # -- chapters -------------------------------------------------------------------------------------------

    def show_chapter(self, name: str, words: str = "") -> None:
        """Show a chapter, at the first place that holds ``words``; the text has the focus and can be read on."""
        if name != self._name and self.isVisible():
            self._before.append(self._name)
        self._name, self._words = name, words
        if self.search.text() and not words:
            self.search.clear()
        self._show()
        self.show()
        self.raise_()
        self.activateWindow()
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.windowTitle())

    def _show(self) -> None:
        chapter = next(each for each in manual.chapters(language()) if each.name == self._name)
        self.page.folder = assets.manual(language())
        self.page.show_text(self._theme, chapter.text.replace(manual.KEYS_MARK, keymap.markdown()))
        self.page.setAccessibleName(_("Manual: {chapter}", chapter=chapter.title))
        self.setWindowTitle(_("Help: {page}", page=chapter.title))
        self._mark_place()
        self._mark_chapter()
        self.back.setEnabled(bool(self._before))

    def _mark_place(self) -> None:
        """Put the cursor on the words that were looked for, and show them."""
        self.page.setExtraSelections([])
        block = self.page.document().begin()
        wanted = fold(self._words)
        while wanted and block.isValid():
            at = fold(block.text()).find(wanted)
            if at >= 0:
                cursor = QTextCursor(block)
                cursor.setPosition(block.position() + at)
                cursor.setPosition(block.position() + at + len(wanted), QTextCursor.MoveMode.KeepAnchor)
                mark = QTextEdit.ExtraSelection()
                mark.cursor = cursor
                mark.format.setBackground(QColor(self._theme.tokens("sel")))
                mark.format.setForeground(QColor(self._theme.tokens("onSel")))
                self.page.setExtraSelections([mark])
                cursor.clearSelection()
                self.page.setTextCursor(cursor)
                self.page.ensureCursorVisible()
                return
            block = block.next()
        self.page.moveCursor(QTextCursor.MoveOperation.Start)

    def _mark_chapter(self) -> None:
        if self.search.text():
            return
        for row in range(self.list.count()):
            if self.list.item(row).data(_PLACE)[0] == self._name:
                self.list.setCurrentRow(row)

    def _follow(self, link: QUrl) -> None:
        name = link.path().removesuffix(".md")
        if name in manual.CHAPTERS:
            self.show_chapter(name)

    def go_back(self) -> None:
        """Show the chapter before."""
        if self._before:
            name = self._before.pop()
            self._name, self._words = name, ""
            self._show()
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- search ---------------------------------------------------------------------------------------------

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _search(self, words: str) -> None:
        """List the places with all the words; without words the chapters."""
        self.list.clear()
        if not words.strip():
            for chapter in manual.chapters(language()):
                self._add(chapter.title, (chapter.name, ""))
            self._mark_chapter()
            return
        hits = manual.find(language(), words)
        first = words.split(maxsplit=1)[0]
        for hit in hits:
            where = hit.chapter.title if hit.heading == hit.chapter.title else f"{hit.chapter.title} › {hit.heading}"
            self._add(
                where if hit.words in where else f"{where}\n{_around(hit.words, first)}", (hit.chapter.name, first)
            )
        if not hits:
            self._add(_("Nothing found. Try a shorter word."), ("", ""))
        self.list.setCurrentRow(0)
        announce(self, ngettext("{n} place found", "{n} places found", len(hits)))

    def _add(self, words: str, place: tuple[str, str]) -> None:
        item = QListWidgetItem(words)
        item.setData(_PLACE, place)
        self.list.addItem(item)
        self._size(item)

    def _size(self, item: QListWidgetItem) -> None:
        """As many lines as its words need: Qt leaves the padding of the style sheet out of its sum."""
        theme = self._theme
        room = self.list.width() - theme.space(2 * _PADDING) - self.list.verticalScrollBar().sizeHint().width() - 8
        wrapped = self.list.fontMetrics().boundingRect(0, 0, room, 9999, Qt.TextFlag.TextWordWrap, item.text())
        item.setSizeHint(QSize(room, max(wrapped.height() + theme.space(12), theme.px(_LEAST))))

    def _open_current(self) -> None:
        item = self.list.currentItem()
        name, words = item.data(_PLACE) if item is not None else ("", "")
        if name:
            self.show_chapter(name, words)

    # -- the sheet of keys ----------------------------------------------------------------------------------

    def ask_sheet(self) -> None:
        """Ask where the keyboard sheet shall go; a PDF can be printed anywhere, with or without a printer here."""
        ask_target(self, _("Keyboard shortcuts"), _("keyboard-sheet.pdf"), _("PDF files (*.pdf)"), self.write_sheet)

    def write_sheet(self, target: Path) -> None:
        """Write the sheet beside work and offer to open it."""
        areas, words = keymap.areas(), language()

        def work(_progress: Progress) -> Path:
            from progressus_desktop.services import keysheet
            from progressus_desktop.words import speaking

            with speaking(words):
                return keysheet.write(areas, self._clock, target)

        self._jobs.start(self, _("Keyboard shortcuts"), work, self._written, self._failed)

    def _written(self, target: Path) -> None:
        self.state.show_state("ok", _("Saved {name}", name=target.name))
        announce(self, self.state.words.text())
        self.open_button.show()
        self.open_button.disconnect(self)
        self.open_button.clicked.connect(lambda: open_file(target))

    def _failed(self, failure: ProgressusError) -> None:
        self.open_button.hide()
        self.state.show_state("err", f"{failure.message} {failure.hint or ''}".strip())
        announce(self, self.state.words.text())

    # -- looks and words ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """F1 a second time shows the keys; Down goes from the search to what was found."""
        if event.key() == Qt.Key.Key_F1:
            self.show_chapter(manual.KEYS)
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()  # the search and the list have taken it; a dialog would press its first button
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the pictures into the new width."""
        super().resizeEvent(event)
        if event.oldSize().width() not in {-1, event.size().width()}:
            self._show()

    def restyle(self) -> None:
        """Take sizes and colours from the theme again."""
        theme = self._theme
        margin = theme.space(16)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(theme.space(10))
        self._middle.setSpacing(theme.space(12))
        self._side.setSpacing(theme.space(4))
        self._row.setSpacing(theme.space(8))
        room = self._window.size()
        self.resize(
            min(room.width() - 2 * _MARGIN, theme.space(_WIDE)), min(room.height() - 2 * _MARGIN, theme.space(_HIGH))
        )
        wide = theme.px(_SIDE if theme.scale < 1.75 else _NARROW_SIDE)  # noqa: PLR2004 - from 175 % room is short
        for part in (self.search, self.list):
            part.setFixedWidth(wide)
        for row in range(self.list.count()):
            self._size(self.list.item(row))
        self._show()

    def retranslate(self) -> None:
        """Make all words again."""
        labels = (_("Search the manual"), _("Back"), _("Keyboard"), _("Save keys as PDF…"), _("Close"), _("Open"))
        marked = mnemonics.assign(labels)
        self._label.setText(marked[0])
        for button, words in zip((self.back, self.keys, self.print, self.close_button), marked[1:5], strict=True):
            button.set_text(words)
        self.open_button.set_text(marked[5])
        self.search.setAccessibleName(labels[0])
        self.list.setAccessibleName(_("Chapters of the manual"))
        self._search(self.search.text())
        self._show()


def _widen(table: QTextTable) -> None:
    """A table as wide as the text, with room in its cells."""
    look = table.format().toTableFormat()
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    look.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, part) for part in _COLUMNS])
    look.setCellPadding(4)
    table.setFormat(look)


def _around(words: str, wanted: str, room: int = 70) -> str:
    """A piece of a long line around what was looked for."""
    at = max(fold(words).find(fold(wanted)) - room // 3, 0)
    begin = words.rfind(" ", 0, at) + 1 if at else 0
    piece = words[begin : begin + room]
    return f"{'…' if begin else ''}{piece}{'…' if begin + room < len(words) else ''}"
