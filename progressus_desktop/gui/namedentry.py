"""The way from an event's form to its named list, where the project keeps such lists."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from progressus_desktop.gui.context import Context
from progressus_desktop.gui.parts import Button, text
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import attendance
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.words import _


class ParticipantList(QWidget):
    """One button with the number of people, and what the list means for the table beside it."""

    open_asked = Signal(str, str, object)
    entity = "participant"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._event = ""
        self._number = 0

    def bind(self, context: Context) -> None:
        """Build the button."""
        self._context = context
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.button = Button(context.theme, "", "", "users")
        self.button.setObjectName("named_list_button")
        self.button.clicked.connect(lambda: self.open_asked.emit("participant", "", {"event": self._event}))
        self.words = text("", "muted", wrap=True)
        row.addWidget(self.button)
        row.addWidget(self.words, 1)
        self.retranslate()

    def first_stop(self) -> QWidget:
        """Where the focus goes when the list is asked to take it."""
        return self.button

    def show_record(self, record_id: str) -> None:
        """Show the way to the list of an event; nothing where the project keeps no lists."""
        self._event = record_id
        self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """People may have been added meanwhile."""
        super().showEvent(event)
        self.retranslate()

    def count(self) -> int:
        """How many people are on the list."""
        return self._number

    def dress(self, theme: Theme) -> None:
        """Take gaps from the theme."""
        self._row.setSpacing(theme.space(10))

    def set_narrow(self, _narrow: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Nothing of its own."""

    def retranslate(self) -> None:
        """Make all words again."""
        if self._context is None:
            return
        ws = self._context.ws
        view = View(where=(("event", self._event),))
        self._number = query.total(ws, "participant", view) if self._event else 0
        shown = bool(self._event) and (attendance.allowed(ws) or self._number > 0)
        self.button.setVisible(shown)
        self.words.setVisible(shown)
        self.button.set_text(_("Named list ({n})", n=self._number) if self._number else _("Named list"))
        self.words.setText(_("The table follows from the named list.") if self._number else "")
