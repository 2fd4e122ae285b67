"""What a list says when it has no rows: what this is and what you gain, or that the filters hide all."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from progressus_desktop.domain.catalog import entity
from progressus_desktop.gui.parts import Button, text
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _

_ICON = 52
_WIDE, _NARROW = 620, 420


class EmptyState(QWidget):
    """A card in the middle of an empty list."""

    new_asked, import_asked = Signal(), Signal()

    def __init__(self, theme: Theme, entity_name: str, parent: QWidget | None = None, *, tables: bool = False) -> None:
        """``tables``: the records may be taken from a table too."""
        super().__init__(parent)
        self._theme = theme
        self._icon_name = entity(entity_name).icon
        self._words = entity(entity_name).words
        self._built = False
        self.import_button = Button(theme, "", "", "file-spreadsheet")
        self.import_button.setParent(self)
        self.import_button.setObjectName("empty_import_button")
        if not tables:
            self.import_button.hide()
        self.import_button.clicked.connect(self.import_asked)
        self.new_button = Button(theme, "", "primary", "plus")
        self.new_button.setParent(self)
        self.new_button.setObjectName("empty_new_button")
        self.new_button.clicked.connect(self.new_asked)
        self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Most lists have rows and never show it: it is built when it is first seen."""
        super().showEvent(event)
        if not self._built:
            self._built = True
            self._build()
            self._show_words()

    def _build(self) -> None:
        # scrolls where large text leaves too little room: the page itself never grows
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        whole.addWidget(area)
        outer = QVBoxLayout(inside)
        self._card = QFrame(inside)
        self._card.setProperty("k", "card")
        outer.addStretch(1)
        # between stretches, not aligned: an aligned widget is not given the height that wrapped words need
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._card)
        across.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(2)
        column = self._column = QVBoxLayout(self._card)
        self._icon = QLabel(self._card)
        self._title = text("", "h1", wrap=True)
        self._what = text("", "body", wrap=True)
        for label in (self._icon, self._title):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        self._what.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        around = QHBoxLayout()
        around.addStretch(1)
        around.addWidget(self._what)
        around.addStretch(1)
        column.addLayout(around)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.new_button)
        middle.addWidget(self.import_button)
        middle.addStretch(1)
        column.addLayout(middle)
        self._build_gain(column)

    def _build_gain(self, column: QVBoxLayout) -> None:
        """What one gains, below a rule."""
        self._rule = QFrame(self._card)
        self._rule.setProperty("k", "rule")
        column.addWidget(self._rule)
        self._gain = text("", "h3", wrap=True)
        column.addWidget(self._gain)
        self._gains: list[tuple[QLabel, QLabel]] = []
        for _each in self._words.gains:
            row = QHBoxLayout()
            tick, words = QLabel(self._card), text("", "body", wrap=True)
            row.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(words, 1)
            column.addLayout(row)
            self._gains.append((tick, words))

    def retranslate(self) -> None:
        """Make all words and icons again."""
        self.new_button.set_text(_(self._words.new))
        if self._built:
            self._show_words()

    def _show_words(self) -> None:
        theme, size = self._theme, self._theme.px(_ICON)
        margin = theme.space(40)
        self._column.setContentsMargins(margin, theme.space(28), margin, theme.space(28))
        self._column.setSpacing(theme.space(10))
        self._card.setMinimumWidth(min(theme.px(_WIDE), 1100))
        self._icon.setFixedHeight(size)
        self._what.setFixedWidth(min(theme.px(_NARROW), 1000))
        self._icon.setPixmap(theme.icon(self._icon_name, "accent", size).pixmap(QSize(size, size)))
        self._title.setText(_(self._words.empty))
        self._what.setText(_(self._words.what))
        self._what.setVisible(bool(self._words.what))
        self.import_button.set_text(_("Load from Excel"))
        self._rule.setVisible(bool(self._words.gain))
        self._gain.setText(_(self._words.gain))
        self._gain.setVisible(bool(self._words.gain))
        tick_size = theme.px(18)
        for (tick, words), gain in zip(self._gains, self._words.gains, strict=True):
            tick.setPixmap(theme.icon("check", "ok", tick_size).pixmap(QSize(tick_size, tick_size)))
            words.setText(_(gain))


class NothingFound(QWidget):
    """Says that nothing matches the filters, and clears them."""

    clear_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        column = QVBoxLayout(self)
        self._words = text("", "h2", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.clear_button = Button(theme, "", "", "x")
        self.clear_button.setObjectName("nothing_clear_button")
        self.clear_button.clicked.connect(self.clear_asked)
        column.addStretch(1)
        column.addWidget(self._words)
        column.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.retranslate()

    def retranslate(self) -> None:
        """Make all words again."""
        self._words.setText(_("Nothing matches the filters."))
        self.clear_button.set_text(_("Clear filters"))
