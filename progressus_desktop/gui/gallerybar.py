"""The filters above the photos: words, which events, which permission; at the right how many may be used."""

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

_MONTH = 7
"""Characters of a month (2026-11); an event's id is longer."""


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

    def show_months(self, months: Sequence[Place], *, first: bool = False) -> None:
        """Offer the months that have photos; at first the newest is chosen."""
        self._places = list(months)
        self._fill_where()
        if first and months:
            self._quiet = True
            self.where.setCurrentIndex(1)
            self._quiet = False

    def show_event(self, event: str, title: str) -> None:
        """Show the photos of one event."""
        self._quiet = True
        self._drop_event()
        self.where.addItem(title, event)
        self.where.setCurrentIndex(self.where.count() - 1)
        self._quiet = False
        self._tell()

    def _drop_event(self) -> None:
        for at in range(self.where.count() - 1, 0, -1):
            if len(str(self.where.itemData(at))) > _MONTH:
                self.where.removeItem(at)

    def place(self) -> dict[str, str]:
        """What to ask for: a month, an event, or neither."""
        key = str(self.where.currentData() or "")
        if not key:
            return {}
        return {"month" if len(key) == _MONTH else "event": key}

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
        own = self.where.currentText() if len(str(chosen or "")) > _MONTH else ""
        self.where.clear()
        self.where.addItem(_("the newest"), "")
        for each in self._places:
            name = month_name(int(each.key[:4]), int(each.key[5:]))
            self.where.addItem(f"{name} ({each.events})", each.key)
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
