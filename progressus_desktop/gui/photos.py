"""Photos of an event on its form: the same tiles as in the gallery, added from files, the clipboard or by dropping."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.parts import Button, text
from progressus_desktop.gui.photoadding import PhotoAdder, pasted
from progressus_desktop.gui.phototiles import TileList
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import gallery, records
from progressus_desktop.services.gallery import Card
from progressus_desktop.services.photos import Source
from progressus_desktop.store import query
from progressus_desktop.words import _, ngettext

_LEAST = 120
"""Pixels of the design: room for a tile with a low picture."""


class PhotoList(QWidget):
    """The section "photos and consents" of an event's form."""

    open_asked = Signal(str, str, object)
    entity = "photo"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._event = ""
        self._cards: list[Card] = []
        self.nothing, self.others = text("", "muted", wrap=True), text("", "small", wrap=True)

    def bind(self, context: Context) -> None:
        """Build the tiles and the buttons."""
        self._context = context
        theme = context.theme
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.add_button = Button(theme, "", "", "plus")
        self.describe_button = Button(theme, "", "", "pencil")
        self.remove_button = Button(theme, "", "ghost", "trash-2")
        row = self._row = QHBoxLayout()
        for name, button, act in (
            ("photo_add_button", self.add_button, self.ask_files),
            ("photo_open_button", self.describe_button, self._open),
            ("photo_remove_button", self.remove_button, self._remove),
        ):
            button.setObjectName(name)
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.adder = PhotoAdder(context, self)
        self.adder.added.connect(self._added)
        column.addWidget(self.adder)
        column.addWidget(self.others)
        column.addWidget(self.nothing)
        self.tiles = TileList(context, self)
        self.tiles.asked.connect(self._asked)
        self.tiles.given.connect(self.add_files)
        column.addWidget(self.tiles, 1)
        context.bus.committed.connect(self._committed)
        self.retranslate()

    def first_stop(self) -> QWidget:
        """Where the focus goes when the field is asked to take it."""
        return self.tiles if self._cards else self.add_button

    # -- adding -----------------------------------------------------------------------------------------

    def ask_files(self) -> None:
        """Choose files; several at once."""
        self.adder.ask(self._event)

    def add_files(self, sources: list[Source]) -> None:
        """Add photos beside work; each is checked by its content and loses its metadata."""
        self.adder.add(self._event, sources)

    def _added(self, ids: tuple[str, ...]) -> None:
        self.refresh()
        self.tiles.go_to(ids[-1])

    # -- tiles ----------------------------------------------------------------------------------------------

    def _committed(self, done: Committed) -> None:
        if self.isVisible() and any(name in {"photo", "person"} for name, _id in done.records):
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What changed while another section was in sight is shown now."""
        super().showEvent(event)
        self.refresh()

    def show_record(self, record_id: str) -> None:
        """Show the photos of an event, nothing for one that is not stored yet."""
        self._event = record_id
        self.refresh()

    def refresh(self) -> None:
        """Read the photos again; pictures follow one after another."""
        if self._context is None:
            return
        ws = self._context.ws
        self._cards = gallery.cards(ws, event=self._event) if self._event else []
        found = query.linked(ws, "photo", "event", self._event) if self._event else []
        files = sum(each.fields.get("kind") != "photo" for each in found)
        words = ngettext("{n} file is no photo: see Documents.", "{n} files are no photos: see Documents.", files)
        self.others.setText(words if files else "")
        self.others.setVisible(bool(files))
        self.tiles.show_cards(self._cards)
        self.nothing.setText(
            _("No photo yet. Four photos make a good event card.")
            if self._event
            else _("Fill in the first field; then photos can be added.")
        )
        self.nothing.setVisible(not self._cards)
        self.tiles.setVisible(bool(self._event))
        self.add_button.setVisible(bool(self._event))
        for button in (self.describe_button, self.remove_button):
            button.setVisible(bool(self._cards))

    def _asked(self, what: str) -> None:
        if what == "paste":
            self.add_files(pasted())
        elif what == "delete":
            self._remove()
        else:
            self._open()

    def _open(self) -> None:
        card = self.tiles.current()
        if card is not None:
            self.open_asked.emit("photo", card.id, {})

    def _remove(self) -> None:
        chosen = [each.id for each in self.tiles.chosen()]
        if self._context is None or not chosen:
            return
        try:
            records.remove_many(self._context.ws, "photo", chosen)
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return
        words = ngettext("{n} photo moved to the bin.", "{n} photos moved to the bin.", len(chosen))
        self._context.notify.undo_bar(words)

    def count(self) -> int:
        """How many photos there are."""
        return len(self._cards)

    # -- words and sizes ------------------------------------------------------------------------------------

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        self._column.setSpacing(theme.space(8))
        self._row.setSpacing(theme.space(8))
        self.tiles.setMinimumHeight(theme.px(_LEAST))
        self.tiles.restyle()

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Buttons under one another where there is little room."""
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)

    def retranslate(self) -> None:
        """Make all words again."""
        self.tiles.setAccessibleName(_("Photos"))
        self.tiles.setAccessibleDescription(_("Enter opens a photo to describe it, Delete moves it to the bin."))
        self.add_button.set_text(_("Add photos…"))
        self.describe_button.set_text(_("Describe the photo"))
        self.remove_button.set_text(_("Move to the bin"))
        self.remove_button.setAccessibleName(_("Move the chosen photo to the bin"))
        self.refresh()
