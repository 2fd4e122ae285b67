"""Files of an event or partner: scans, agendas, declarations; each can be added, named, saved elsewhere.

The ``.ui`` file names the field that refers to the form's record in the dynamic property ``by``. The photos of an
event stand in the section before; those of a partner are listed here with its other files, and a button leads on to
what people on them said.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from progressus_desktop.domain import codelists
from progressus_desktop.domain.records import Record
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.facts import day_words
from progressus_desktop.gui.grid import capital
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.linked import Line, LinkedList
from progressus_desktop.gui.parts import Button, text
from progressus_desktop.gui.photoadding import PhotoAdder
from progressus_desktop.gui.saving import ask_target, file_name
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import photos, records
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, _

_ROWS = 4
_PHOTO = "photo"
_TYPES = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG", "image/tiff": "TIFF"}


class FileList(LinkedList):
    """As high as its first rows; Enter says what a file is, Delete moves it to the bin."""

    heads = (N_("File"), N_("Caption"), N_("Date"), N_("Type of file"))
    weights = (190, 300, 120, 90)
    entity = "file"
    followed = frozenset({"photo"})

    def make_buttons(self, theme: Theme) -> None:
        """Add, say what it is, save a copy, remove."""
        self.add_button = Button(theme, "", "", "plus")
        self.open_button = Button(theme, "", "", "pencil")
        self.save_button = Button(theme, "", "", "download")
        self.remove_button = Button(theme, "", "ghost", "trash-2")
        self.photos_button = Button(theme, "", "link")
        self.photos_button.setObjectName("file_photos_button")
        self.photos_button.clicked.connect(self.show_photos)
        for name, button, act in (
            ("file_add_button", self.add_button, self.add), ("file_open_button", self.open_button, self.open_current),
            ("file_save_button", self.save_button, self.save_current),
            ("file_remove_button", self.remove_button, self.remove_current),
        ):  # fmt: skip
            button.setObjectName(name)
            button.clicked.connect(act)
            self.buttons.addWidget(button)

    def bind(self, context: Context) -> None:
        """Build the table, and what adds files beside work."""
        self._by = str(self.property("by"))
        self._pictured = False
        self._head = text("", "label")
        super().bind(context)
        self.table.setObjectName("file_table")
        self.adder = PhotoAdder(context, self, files=True)
        self.adder.added.connect(lambda _ids: self.refresh())
        head = QHBoxLayout()
        head.addWidget(self._head)
        head.addStretch(1)
        head.addWidget(self.photos_button)
        self._column.insertLayout(0, head)
        self._head.setVisible(self._by != "event")
        self._column.insertWidget(2, self.adder)

    def first_stop(self) -> QWidget:
        """Where the focus goes when the field is asked to take it."""
        return self.table if self.model.lines else self.add_button

    def lines(self, ws: Workspace, record_id: str) -> list[Line]:
        """The files, those with the newest date first."""
        found = query.linked(ws, _PHOTO, self._by, record_id)
        self._pictured = self._by != "event" and any(each.fields.get("kind") == _PHOTO for each in found)
        shown = (each for each in found if self._by != "event" or each.fields.get("kind") != _PHOTO)
        return [Line(each.id, _cells(each)) for each in shown]

    def empty_words(self) -> str:
        """None yet."""
        if self._by == "event":
            return _("No scan or document yet. Add the attendance sheet, the agenda, a declaration.")
        return _("No file yet. Add a scan of the declaration, a letter, a photo of the place.")

    def add(self) -> None:
        """Choose files; several at once."""
        self.adder.ask(self._record)

    def open_current(self) -> None:
        """Say what the chosen file is."""
        if self.current():
            self.open_asked.emit(_PHOTO, self.current(), {})

    def show_photos(self) -> None:
        """Go to the photos of the partner and what the people on them said."""
        from progressus_desktop.gui.pages_events import photos_of

        if self._context is not None:
            self._context.navigate("event", None, photos_of(self._record))

    def save_current(self) -> None:
        """Ask for a place and write a copy of the chosen file there, as it was added."""
        context, chosen = self._context, self.current()
        record = query.get(context.ws, _PHOTO, chosen) if context is not None and chosen else None
        if context is None or record is None:
            return
        stem = str(record.fields.get("caption") or _kind(record))
        ending = photos.ending(record.fields)
        kinds = _("This file (*{ending})", ending=ending)
        ask_target(self, _("Save a copy"), file_name(stem, ending), kinds, lambda target: self._save(chosen, target))

    def _save(self, chosen: str, target: Path) -> None:
        from progressus_desktop.gui.printing import say_saved

        context = self._context
        if context is None:
            return
        ws = context.ws

        def work(_progress: Progress) -> Path:
            return photos.save_copy(ws, chosen, target)

        context.jobs.start(
            context.bus, _("Saving a copy"), work, lambda made: say_saved(context, made), context.notify.error
        )

    def remove_current(self) -> None:
        """Move the chosen file to the bin."""
        if self._context is None or not self.current():
            return
        try:
            records.remove(self._context.ws, _PHOTO, self.current())
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return
        self._context.notify.undo_bar(_("File moved to the bin."))

    def show_buttons(self, *, stored: bool, chosen: bool) -> None:
        """What is done with a file needs a chosen one."""
        self.add_button.setVisible(stored)
        for button in (self.open_button, self.save_button, self.remove_button):
            button.setVisible(chosen)
        self.photos_button.setVisible(chosen and self._pictured)
        self._rest.hide()
        self._fit()

    def _fit(self) -> None:
        rows = min(self.model.rowCount(), _ROWS)
        high = self.table.horizontalHeader().height() + rows * self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(high + 2 * self.table.frameWidth() + 2)

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        super().dress(theme)
        self._fit()

    def retranslate(self) -> None:
        """Make all words again."""
        super().retranslate()
        self._head.setText(_("Files of the partner"))
        self.table.setAccessibleName(_("Scans and documents") if self._by == "event" else self._head.text())
        self.table.setAccessibleDescription(_("Enter says what a file is, Delete moves it to the bin."))
        self.add_button.set_text(_("Add files…"))
        self.photos_button.set_text(_("Photos and consents"))
        self.open_button.set_text(_("Say what it is"))
        self.open_button.setAccessibleName(_("Say what the chosen file is"))
        self.save_button.set_text(_("Save a copy…"))
        self.save_button.setAccessibleName(_("Save a copy of the chosen file"))
        self.remove_button.set_text(_("Move to the bin"))
        self.remove_button.setAccessibleName(_("Move the chosen file to the bin"))


def _kind(record: Record) -> str:
    kind = record.fields.get("kind")
    return capital(codelists.word("photo_kind", str(kind))) if kind else _("Photo or file")


def _cells(record: Record) -> tuple[str, ...]:
    media = str(record.fields.get("media_type") or "")
    return (
        _kind(record),
        str(record.fields.get("caption") or ""),
        day_words(record.fields.get("taken_at")),
        _TYPES.get(media, media),
    )
