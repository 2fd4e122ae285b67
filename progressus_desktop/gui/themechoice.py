"""A theme of the settings as a card to choose."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QRadioButton

from progressus_desktop.gui.context import Context
from progressus_desktop.gui.parts import Card, prop, text


class ThemeChoice(Card):
    """A theme as a card with a radio button; the chosen card has an edge and a soft fill."""

    def __init__(self, context: Context, words: str, hint: str) -> None:
        super().__init__(context.theme)
        row = QHBoxLayout()
        self.button = QRadioButton(words)
        row.addWidget(self.button)
        row.addWidget(text(hint, "small"))
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.setContentsMargins(12, 4, 12, 4)
        self.button.setAccessibleDescription(hint)
        self.button.toggled.connect(lambda on: prop(self, "k", "chosen" if on else "card"))
