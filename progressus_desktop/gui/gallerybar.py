"""The filters above the photos: words, whose photos, which permission; at the right how many may be used."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from progressus_desktop.domain import codelists
from progressus_desktop.gui.filterbar import FaceCombo
from progressus_desktop.gui.parts import Button, speak_for, text
from progressus_desktop.gui.periods import month_name
from progressus_desktop.gui.searchfield import SearchField
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import gallery
from progressus_desktop.services.gallery import Place
from progressus_desktop.words import _

_OF_ONE = ":"
"""One event or partner stands in the box as ``event:id``; a month and all partners have no such mark."""


class GalleryBar(QWidget):
    """``changed`` comes with each letter and each choice."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._quiet = False
        self._places: list[Place] = []
        self.text = SearchField(theme, self)
        self.text.setObjectName("photo_filter_text")
        self.where, self.consent = FaceCombo(theme, self), FaceCombo(theme, self)
        self.where.setObjectName("photo_filter_events")
        self.consent.setObjectName("photo_filter_consent")
        self.clear_button = Button(theme, "", "ghost", "x")
        self.clear_button.setObjectName("photo_filter_clear")
        self.counts = text("", "muted")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for part in (self.text, self.where, self.consent, self.clear_button):
            self._row.addWidget(part)
        self._row.addStretch(1)
        self._row.addWidget(self.counts)
        self.text.textChanged.connect(self._tell)
        self.where.currentIndexChanged.connect(self._tell)
        self.consent.currentIndexChanged.connect(self._tell)
        self.clear_button.clicked.connect(self.clear)
        self.retranslate()

    def _tell(self) -> None:
        if not self._quiet:
            self.changed.emit()

    def show_places(self, places: Sequence[Place], *, first: bool = False) -> None:
        """Offer the months, and partners, that have photos; at first the newest month is chosen."""
        self._places = list(places)
        self._fill_where()
        if first and places:
            self._quiet = True
            self.where.setCurrentIndex(1)
            self._quiet = False

    def show_owner(self, kind: str, owner: str, title: str) -> None:
        """Show the photos of one event or partner (``kind``)."""
        self._quiet = True
        for at in range(self.where.count() - 1, 0, -1):
            if _OF_ONE in str(self.where.itemData(at)):
                self.where.removeItem(at)
        key = f"{kind}{_OF_ONE}{owner}"
        self.where.addItem(title, key)
        if kind == "partner":
            self.where.faces[key] = _("Partner: {name}", name=title)
        self.where.setCurrentIndex(self.where.count() - 1)
        self._quiet = False
        self._tell()

    def place(self) -> dict[str, str]:
        """What to ask for: a month, an event, a partner, all partners, or none of these."""
        key = str(self.where.currentData() or "")
        kind, _mark, owner = key.partition(_OF_ONE)
        if owner:
            return {kind: owner}
        if key == gallery.PARTNERS:
            return {"partner": key}
        return {"month": key} if key else {}

    def owner(self) -> str:
        """The one event or partner whose photos are shown; empty if there are others too."""
        return str(self.where.currentData() or "").partition(_OF_ONE)[2]

    def filtered(self) -> bool:
        """Whether anything but the place narrows what is seen."""
        return bool(self.text.text().strip() or self.consent.currentData())

    def clear(self) -> None:
        """Ask for everything again."""
        self._quiet = True
        self.text.clear()
        self.consent.setCurrentIndex(0)
        self._quiet = False
        self._tell()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_where(self) -> None:
        self._quiet = True
        chosen = self.where.currentData()
        own = self.where.currentText() if self.owner() else ""
        self.where.clear()
        self.where.addItem(_("the newest"), "")
        for each in self._places:
            of_all = each.key == gallery.PARTNERS
            name = _("Partners") if of_all else month_name(int(each.key[:4]), int(each.key[5:]))
            words = f"{name} ({each.owners})"
            self.where.addItem(words, each.key)
            if of_all:
                self.where.faces[each.key] = words
        if own:
            self.where.addItem(own, chosen)
        self.where.setCurrentIndex(max(self.where.findData(chosen), 0))
        self._quiet = False

    def set_compact(self, *, compact: bool) -> None:
        """Numbers and the third box give way where there is little room."""
        self.counts.setVisible(not compact)
        self.text.set_bare(compact)
        self.text.setMinimumWidth(self._theme.px(110 if compact else 220))
        wide = QSizePolicy.Policy.Expanding if compact else QSizePolicy.Policy.Fixed
        self.text.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self._row.setSpacing(self._theme.space(8))

    def show_state(self) -> None:
        """Offer to clear what narrows."""
        self.clear_button.setVisible(self.filtered())

    def retranslate(self) -> None:
        """Make all words again, keeping what is chosen."""
        self.text.setPlaceholderText(_("Filter: caption, event"))
        self.text.setAccessibleName(_("Filter: caption, event"))
        self.where.label, self.consent.label = _("Events"), _("Consent")
        speak_for(self.where, self.where.label)
        speak_for(self.consent, self.consent.label)
        self._fill_where()
        self._quiet = True
        chosen = self.consent.currentData()
        words = {
            "usable": _("can be used"), "stays": _("stay here"), "undescribed": _("without a description"),
            "to_delete": _("to be deleted"),
        }  # fmt: skip
        self.consent.clear()
        self.consent.addItem(_("all"), "")
        for each in gallery.FILTERS:
            self.consent.addItem(words.get(each) or codelists.word("permission", each), each)
        self.consent.setCurrentIndex(max(self.consent.findData(chosen), 0))
        self._quiet = False
        self.clear_button.set_text(_("Clear filters"))
        self.clear_button.setAccessibleName(_("Clear filters"))
        self.show_state()
