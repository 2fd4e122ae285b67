"""Search everywhere (Ctrl+K): records, texts and commands over the dimmed window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QVBoxLayout,
    QWidget,
)

from progressus_desktop.domain.catalog import entity
from progressus_desktop.domain.sorting import fold
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.parts import plain
from progressus_desktop.gui.searchfield import SearchField
from progressus_desktop.gui.searchrows import SearchDelegate, SearchModel, SearchRow, spans
from progressus_desktop.gui.soon import later
from progressus_desktop.store import search
from progressus_desktop.words import _, ngettext

PER_GROUP = 4
_WIDE, _SIDE, _TOP = 718, 20, 53
_DIM = QColor(0, 0, 0, 110)
_QUIET_MS = 600


class SearchPopup(QWidget):
    """Covers the window; the card in it has a field and the hits. Escape or a click beside it closes."""

    opened = Signal(str, str)
    """Record type and id of the record chosen."""
    all_asked = Signal(str, str)
    """Record type and text: show every hit in its list."""

    def __init__(self, context: Context, commands: Callable[[], Sequence[QAction]], window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._commands = commands
        self._before: QWidget | None = None
        self.setObjectName("search_popup")
        self.rows = SearchModel()
        self._build()
        self._say = later(self, _QUIET_MS, self._announce)
        self.text.textChanged.connect(self.search)
        self.list.clicked.connect(lambda index: self._choose(index.row()))
        window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.hide()

    def _build(self) -> None:
        self.card = QFrame(self)
        self.card.setProperty("k", "card")
        column = self._column = QVBoxLayout(self.card)
        self._label = QLabel(self.card)
        self._label.setProperty("t", "h3")
        self.text = SearchField(self._context.theme, self.card)
        self.text.setObjectName("search_text")
        self._label.setBuddy(self.text)
        self.list = QListView(self.card)
        self.list.setObjectName("search_hits")
        self.list.setModel(self.rows)
        self.list.setItemDelegate(SearchDelegate(self._context.theme, self.rows))
        self.list.setProperty("k", "hits")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing = QLabel(self.card)
        rule = QFrame(self.card)
        rule.setProperty("k", "rule")
        self._keys, self._tip = QLabel(self.card), QLabel(self.card)
        for label in (self._keys, self._tip):
            label.setProperty("t", "small")
        foot = QHBoxLayout()
        foot.addWidget(self._keys)
        foot.addStretch(1)
        foot.addWidget(self._tip)
        for part in (self._label, self.text):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        column.addWidget(self._nothing)
        column.addWidget(rule)
        column.addLayout(foot)

    # -- opening and closing ---------------------------------------------------------------------

    def open(self, text: str = "") -> None:
        """Cover the window and put the focus into the field."""
        window = self.parentWidget()
        self._before = window.focusWidget() if window else None
        self.retranslate()
        self.text.setText(text)
        self.text.selectAll()
        self.show()
        self.raise_()
        self.search()
        self.text.setFocus(Qt.FocusReason.PopupFocusReason)

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Uncover the window when the focus went elsewhere in it (F6, a menu, a page): Escape would not come here."""
        window = self.parentWidget()
        if now is not None and window is not None and window.isAncestorOf(now) and not self.isAncestorOf(now):
            self.hide()

    def close_popup(self) -> None:
        """Uncover the window; the focus goes back to where it was."""
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        theme = self._context.theme
        self.setGeometry(window.rect())
        side = theme.space(16)
        self._column.setContentsMargins(side, side, side, theme.space(12))
        self._column.setSpacing(theme.space(8))
        width = min(theme.px(_WIDE), self.width() - 2 * _SIDE)
        hits = sum(self.list.sizeHintForRow(number) for number in range(len(self.rows.rows)))
        self.list.setFixedHeight(hits + 2)
        top = min(_TOP, self.height() // 8)
        most = self.height() - 2 * top
        if self.card.sizeHint().height() > most:
            self.list.setFixedHeight(max(hits + 2 - (self.card.sizeHint().height() - most), theme.px(80)))
        self.card.setGeometry((self.width() - width) // 2, top, width, min(self.card.sizeHint().height(), most))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Dim the window."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), _DIM)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click beside the card closes."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.close_popup()

    # -- searching ----------------------------------------------------------------------------------

    def search(self) -> None:
        """Show what answers to the text now."""
        wanted = self.text.text().strip()
        rows = [*self._records(wanted), *self._found_commands(wanted)]
        self.rows.show(rows, wanted)
        self._nothing.setVisible(not any(row.kind != "group" for row in rows))
        self._step(1, start=-1)
        self._place()
        if wanted:
            self._say.start()

    def _records(self, wanted: str) -> list[SearchRow]:
        if not wanted:
            return []
        groups: dict[str, list[SearchRow]] = {}
        for hit in search.everywhere(self._context.ws, wanted, PER_GROUP + 1):
            found = SearchRow("record", hit.title, hit.detail, entity(hit.entity).icon, hit.entity, hit.id)
            groups.setdefault(hit.entity, []).append(found)
        rows: list[SearchRow] = []
        for name, hits in groups.items():
            plural = _(entity(name).plural)
            more = len(hits) > PER_GROUP
            number = f"{PER_GROUP}+" if more else str(len(hits))
            rows.append(SearchRow("group", f"{plural} ({number})"))
            rows += hits[:PER_GROUP]
            if more:
                rows.append(SearchRow("all", _("Show all: {plural}", plural=plural), entity=name))
        return rows

    def _found_commands(self, wanted: str) -> list[SearchRow]:
        tokens = fold(wanted).split()
        found = []
        for action in self._commands():
            title = plain(action.text().partition("\t")[0]).rstrip("…")
            if action.isEnabled() and tokens and all(spans(title, token) for token in tokens):
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                found.append(SearchRow("command", title, keys=keys, action=action))
        return [SearchRow("group", _("Commands")), *found[:PER_GROUP]] if found else []

    def _announce(self) -> None:
        number = sum(row.kind in {"record", "command"} for row in self.rows.rows)
        words, now = ngettext("{n} result", "{n} results", number), self.list.currentIndex()
        first = str(self.rows.data(now)) if now.isValid() else ""  # what Enter would open must be heard before
        self._context.notify.announce(f"{words}: {first}" if first else words)

    # -- choosing -----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows choose, Enter opens, Escape closes; everything else stays in the field."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_popup()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Tab}:
            self._step(1, say=True)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Backtab}:
            self._step(-1, say=True)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(self.list.currentIndex().row())

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: N802, FBT001 - Qt's name and argument
        """Tab stays inside: it moves through the hits."""
        self._step(1 if next_ else -1, say=True)
        return True

    def _step(self, by: int, start: int | None = None, *, say: bool = False) -> None:
        row = self.list.currentIndex().row() if start is None else start
        row += by
        while 0 <= row < len(self.rows.rows):
            if self.rows.rows[row].kind != "group":
                index = self.rows.index(row)
                self.list.setCurrentIndex(index)
                if say:
                    self._context.notify.announce(str(self.rows.data(index)))
                return
            row += by

    def _choose(self, number: int) -> None:
        if not 0 <= number < len(self.rows.rows):
            return
        row = self.rows.rows[number]
        if row.kind == "group":
            return
        wanted = self.text.text().strip()
        self.close_popup()
        if row.kind == "record":
            self.opened.emit(row.entity, row.id)
        elif row.kind == "all":
            self.all_asked.emit(row.entity, wanted)
        elif row.action is not None:
            row.action.trigger()

    def retranslate(self) -> None:
        """Make all words again."""
        self._label.setText(_("Search everywhere"))
        self.text.setAccessibleName(_("Search everywhere"))
        self.text.setPlaceholderText(_("Name, place, text or command"))
        self.list.setAccessibleName(_("Found"))
        self._nothing.setText(_("Nothing found yet. Type a part of a name, a place or a command."))
        self._keys.setText(_("↑ ↓ choose   ·   Enter opens   ·   Esc closes"))
        self._tip.setText(_("Polish marks are not needed: “laka” = “łąka”"))
