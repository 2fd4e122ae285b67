"""What can be done from the page of photos: add files, print the consent form, move photos to the bin."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui import erasedialog
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.gallerybar import GalleryBar
from progressus_desktop.gui.photoadding import PhotoAdder
from progressus_desktop.gui.printing import print_document
from progressus_desktop.services import gallery, records
from progressus_desktop.services.gallery import Card, Place
from progressus_desktop.services.photos import Source
from progressus_desktop.words import _, ngettext

_FORM = "form-image-permission"


class GalleryActs:
    """Asks for the event or partner in a menu under ``button`` where the filter names none."""

    def __init__(self, context: Context, bar: GalleryBar, adder: PhotoAdder, button: QWidget) -> None:
        self._context, self._bar, self._adder, self._button = context, bar, adder, button

    def print_form(self, card: Card | None) -> None:
        """The form in which people give their permission, for the event shown, else that of a photo."""
        event = self._bar.place().get("event") or (card.event if card else "")
        self._with(event, self._events, lambda each: print_document(self._context, self._button, _FORM, each))

    def ask_files(self) -> None:
        """Choose the event or partner if it is not plain, then files."""
        self._with(self._bar.owner(), self._owners, self._adder.ask)

    def add_files(self, sources: list[Source]) -> None:
        """Add dropped or pasted files to the event or partner shown, or to the one chosen."""
        if sources:
            self._with(self._bar.owner(), self._owners, lambda each: self._adder.add(each, sources))
        else:
            self._context.notify.announce(_("There is no photo on the clipboard."))

    def _events(self) -> list[Place]:
        return gallery.events(self._context.ws, self._bar.place().get("month", ""))

    def _owners(self) -> list[Place]:
        return gallery.partners(self._context.ws) if "partner" in self._bar.place() else self._events()

    def _with(self, known: str, offered: Callable[[], list[Place]], act: Callable[[str], None]) -> None:
        if known:
            act(known)
            return
        found = offered()
        menu = QMenu(self._button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in found:
            item = menu.addAction(each.label.replace("&", "&&"))
            item.triggered.connect(lambda _checked=False, key=each.key: act(key))
        if not found:
            menu.addAction(_("No event took place yet")).setEnabled(False)
        menu.popup(self._button.mapToGlobal(self._button.rect().bottomLeft()))

    def erase(self, chosen: Sequence[Card], done: Callable[[], None]) -> None:
        """Ask about erasing photos for ever."""
        erasedialog.ask(self._context, "photo", [each.id for each in chosen], self._button, done)

    def remove(self, chosen: Sequence[Card]) -> None:
        """Move photos to the bin; one undo brings all back."""
        if not chosen:
            return
        try:
            records.remove_many(self._context.ws, "photo", [each.id for each in chosen])
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return
        words = ngettext("{n} photo moved to the bin.", "{n} photos moved to the bin.", len(chosen))
        self._context.notify.undo_bar(words)
