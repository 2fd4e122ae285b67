"""Photos and consents (picture 09) of events and partners: tiles, what of them may leave, and one photo beside them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from progressus_desktop.domain.records import Committed
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.emptystate import EmptyState
from progressus_desktop.gui.galleryacts import GalleryActs
from progressus_desktop.gui.gallerybar import GalleryBar
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.maskpage import MaskPage
from progressus_desktop.gui.parts import Banner, Button, prop, text
from progressus_desktop.gui.photoadding import PhotoAdder, pasted
from progressus_desktop.gui.photopanel import PhotoPanel
from progressus_desktop.gui.phototiles import TileList
from progressus_desktop.gui.photoview import PhotoView
from progressus_desktop.gui.soon import later
from progressus_desktop.gui.widths import COMPACT, ROOMY
from progressus_desktop.services import gallery, photos
from progressus_desktop.services.gallery import Card
from progressus_desktop.words import _, ngettext

_PANEL = 308
_LATER_MS = 20


class GalleryPage(QWidget):
    """Arrows, Enter large view, F2 caption, Ctrl+D consent. ``open_asked`` opens a photo's record."""

    open_asked = Signal(str, str, object)
    tabs_place: QVBoxLayout

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._beside, self._compact, self._over = True, False, False
        self._cards: list[Card] = []
        self._renewing: set[str] = set()
        self.setObjectName("gallery_page")
        theme = context.theme
        self.name = text("", "h1")
        self.print_button = Button(theme, "", "", "printer")
        self.print_button.setObjectName("photo_form_button")
        self.add_button = Button(theme, "", "primary", "image-plus")
        self.add_button.setObjectName("photo_add_button")
        self.panel_button = Button(theme, "", "", "panel-right-open")
        self.panel_button.setObjectName("photo_panel_button")
        self.bar = GalleryBar(theme, self)
        self.adder = PhotoAdder(context, self)
        self.acts = GalleryActs(context, self.bar, self.adder, self.add_button)
        self.tiles = TileList(context, self)
        self.panel = PhotoPanel(context, self)
        self.masks, self.view = MaskPage(context), PhotoView(context)
        self.hints = text("", "muted")
        self.nothing = text("", "muted", wrap=True)
        self.empty = EmptyState(theme, "photo", self)
        self.empty.new_button.hide()  # the one above does it
        self._told: Banner | None = None
        self.stack = QStackedWidget(self)
        self._later = later(self, _LATER_MS, self.refresh)
        self._build()
        self._connect()
        self.bar.show_places(gallery.places(context.ws), first=True)
        self.retranslate()
        self.refresh()

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        main = QWidget()
        column = self._column = QVBoxLayout(main)
        head = self._head = QHBoxLayout()
        head.addWidget(self.name, 1)
        for button in (self.panel_button, self.print_button, self.add_button):
            head.addWidget(button)
        column.addLayout(head)
        self.tabs_place = QVBoxLayout()
        column.addLayout(self.tabs_place)
        column.addWidget(self.bar)
        column.addWidget(self.adder)
        halves = self._halves = QHBoxLayout()
        self._left = QWidget()
        left = self._left_column = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        for part in (self.nothing, self.hints):
            left.addWidget(part)
        left.insertWidget(1, self.tiles, 1)
        left.insertWidget(0, self.empty, 1)
        halves.addWidget(self._left, 1)
        halves.addWidget(self.panel)
        column.addLayout(halves, 1)
        for page in (main, self.masks, self.view):
            self.stack.addWidget(page)

    def _connect(self) -> None:
        self.bar.changed.connect(self.refresh)
        self.tiles.asked.connect(self._asked)
        self.tiles.given.connect(self.acts.add_files)
        self.tiles.current_changed.connect(self._show_panel)
        self.panel.asked.connect(self._asked)
        self.adder.added.connect(self._added)
        self.add_button.clicked.connect(self.acts.ask_files)
        self.print_button.clicked.connect(lambda: self.acts.print_form(self.current()))
        self.panel_button.clicked.connect(self.toggle_panel)
        self.masks.closed.connect(self.show_tiles)
        self.view.closed.connect(self.show_tiles)
        self.view.stepped.connect(self._step_view)
        self._context.bus.committed.connect(self._committed)
        self._context.bus.closing.connect(self._later.stop)
        self._context.theme.changed.connect(self.restyle)

    # -- photos -----------------------------------------------------------------------------------------------

    def _committed(self, done: Committed) -> None:
        if any(name in {"photo", "person", "event", "partner"} for name, _id in done.records):
            self._later.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What changed meanwhile is shown now."""
        super().showEvent(event)
        self._later.start()

    def refresh(self) -> None:
        """Read the photos asked for and say how they stand."""
        ws = self._context.ws
        self.bar.show_places(gallery.places(ws))
        self._cards = gallery.cards(ws, **self.bar.place(), text=self.bar.text.text(),
                                    wanted=str(self.bar.consent.currentData() or ""))  # fmt: skip
        self.tiles.show_cards(self._cards)
        self._say()
        self._place()
        self._renew()

    def _renew(self) -> None:
        """Make copies again that lack a mask, beside work; each is tried once."""
        ws = self._context.ws
        stale = [each.id for each in self._cards if not each.current and each.id not in self._renewing]
        if not stale or ws.read_only:
            return
        self._renewing.update(stale)

        def work(_progress: Progress) -> int:
            return photos.renew(ws, stale)

        self._context.jobs.start(self, _("Masking photos again"), work, lambda _n: None, self._context.notify.error)

    def _say(self) -> None:
        every = self._cards
        stays = sum(not each.leaves for each in every)
        total = ngettext("{n} photo", "{n} photos", len(every))
        self.bar.counts.setText(
            _("{total}: {usable} can be used, {stays} stay", total=total, usable=len(every) - stays, stays=stays)
            if every
            else ""
        )
        self.bar.show_state()
        waiting = sum(each.leaves and not each.described for each in every)
        if self._told is not None:
            self._left_column.removeWidget(self._told)
            self._told.hide()
            self._told.deleteLater()
            self._told = None
        self.name.setText(self.bar.counts.text() if self._compact and every else _("Events"))
        if (stays or waiting) and not self._compact:
            self._told = Banner(self._context.theme, "warn", *self._banner_words(stays, waiting))
            self._told.setParent(self._left)
            self._left_column.insertWidget(0, self._told)
            self._told.show()

    def _banner_words(self, stays: int, waiting: int) -> tuple[str, str]:
        rule = _("Reports and packages take: not needed, full, and partial only once faces are masked.")
        waits = ngettext("{n} photo waits for a description.", "{n} photos wait for a description.", waiting)
        if not stays:
            return waits, _("Without a description it stays out of reports.")
        title = ngettext("{n} photo stays on this laptop only", "{n} photos stay on this laptop only", stays)
        return title, f"{rule} {waits}" if waiting else rule

    def _show_panel(self) -> None:
        if self.panel.isVisibleTo(self):
            self.panel.show_card(self.tiles.current())

    def current(self) -> Card | None:
        """The current photo."""
        return self.tiles.current()

    # -- what can be done -----------------------------------------------------------------------------------------

    def _asked(self, what: str) -> None:
        card = self.current()
        if what == "paste":
            self.acts.add_files(pasted())
        elif what == "delete":
            self.acts.remove(self.tiles.chosen())
        elif what == "back":
            self.toggle_panel()
        elif card is not None:
            acts = {"view": self.show_large, "caption": self.edit_caption, "consent": self.add_consent,
                    "mask": self.mask_faces}  # fmt: skip
            act = acts.get(what)
            if act is not None:
                act()
            elif what == "open":
                self.open_asked.emit("photo", card.id, {})

    def _with_panel(self) -> None:
        if not self.panel.isVisibleTo(self):
            self._over = True
            self._place()

    def edit_caption(self) -> None:
        """F2."""
        self._with_panel()
        self.panel.show_photo()
        self.panel.caption.setFocus(Qt.FocusReason.OtherFocusReason)
        self.panel.caption.selectAll()

    def add_consent(self) -> None:
        """Ctrl+D."""
        self._with_panel()
        self.panel.ask_consent()

    def mask_faces(self) -> None:
        """Cut the photo and mask faces."""
        card = self.current()
        if card is not None:
            self.masks.open(card, gallery.answers(self._context.ws, card))
            self.stack.setCurrentWidget(self.masks)

    def show_large(self) -> None:
        """Enter."""
        card = self.current()
        if card is not None:
            self.stack.setCurrentWidget(self.view)
            self.view.show_card(card)
            self.view.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _step_view(self, step: int) -> None:
        row = self.tiles.currentIndex().row() + step
        if 0 <= row < len(self._cards):
            self.tiles.setCurrentIndex(self.tiles.tiles.index(row))
            self.view.show_card(self._cards[row])
        else:
            self._context.notify.announce(_("There is no further record."))

    def show_tiles(self) -> None:
        """Back to the tiles."""
        self.stack.setCurrentIndex(0)
        self.tiles.setFocus(Qt.FocusReason.OtherFocusReason)

    def _added(self, ids: tuple[str, ...]) -> None:
        self.refresh()
        self.tiles.go_to(ids[0])
        self.tiles.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_owner(self, kind: str, owner: str, title: str) -> None:
        """Show the photos of one event or partner (``kind``)."""
        self.bar.show_owner(kind, owner, title)

    # -- as a page --------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Keep what was typed."""
        self.panel.save()

    def title(self) -> str:
        """The page's name."""
        return _("Photos and consents")

    def help_topic(self) -> str:
        """What F1 tells about."""
        return "photo"

    def first_focus(self) -> QWidget:
        """Where work begins."""
        page = self.stack.currentWidget()
        if isinstance(page, MaskPage | PhotoView):
            return page.first_focus()
        return self.tiles if self._cards else self.add_button

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        parts = (self.bar.text, self.tiles, self.panel.caption)
        return tuple(each for each in parts if each.isVisibleTo(self))

    def actions_here(self) -> Mapping[str, object]:
        """What menus and shortcuts may ask of this page."""
        here: dict[str, object] = {
            "new": self.acts.ask_files, "find": self._find, "print": lambda: self.acts.print_form(self.current()),
            "preview": self.toggle_panel,
        }  # fmt: skip
        if self.current() is not None:
            here |= {
                "open": self.show_large, "delete": lambda: self.acts.remove(self.tiles.chosen()),
                "add_contact": self.add_consent, "select_all": self.tiles.selectAll,
                "erase": lambda: self.acts.erase(self.tiles.chosen(), self.show_tiles),
            }  # fmt: skip
        return here

    def _find(self) -> None:
        self.bar.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.text.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leaves what stands over the tiles."""
        if event.key() == Qt.Key.Key_Escape and self._over:
            self.toggle_panel()
        elif event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Down} and self.bar.text.hasFocus():
            self.tiles.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def toggle_panel(self) -> None:
        """Where there is no room beside the tiles, show one photo in their place, or the tiles again."""
        if self._beside:
            self.panel.caption.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._over = not self._over and bool(self._cards)
        self._place()
        (self.panel.caption if self._over else self.tiles).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- words and sizes ------------------------------------------------------------------------------------

    def _place(self) -> None:
        over = self._over and not self._beside and bool(self._cards)
        self._over = over
        some = bool(self._cards)
        empty = not some and not self.bar.filtered() and not self.bar.where.count() > 1
        self._left.setVisible(not over)
        self.panel.setVisible((self._beside and some) or over)
        self.panel.set_over(over=over)
        self.tiles.setVisible(some)
        self.empty.setVisible(empty)
        self.nothing.setVisible(not some and not empty)
        self.bar.setVisible(not empty and not over)
        self.hints.setVisible(some and not self._compact)
        self.panel_button.setVisible(not self._beside and some and not over)
        if over:
            self.panel.setMinimumWidth(0)
            self.panel.setMaximumWidth(16_777_215)
        else:
            self.panel.setFixedWidth(self._context.theme.px(_PANEL))
        self._show_panel()

    def relayout(self, logical_width: int) -> None:
        """Follow the window's width divided by the text scale."""
        self._beside, self._compact = logical_width >= ROOMY, logical_width < COMPACT
        self.restyle()

    def restyle(self) -> None:
        """Take sizes from the theme."""
        theme = self._context.theme
        side, top = theme.space(14 if self._compact else 20), theme.space(7 if self._compact else 12)
        self._column.setContentsMargins(side, top, side, theme.space(8))
        self._column.setSpacing(theme.space(7 if self._compact else 8))
        self._head.setSpacing(theme.space(8))
        self._halves.setSpacing(theme.space(12))
        self._left_column.setSpacing(theme.space(6))
        self.print_button.setVisible(not self._compact)
        prop(self.name, "t", "h2" if self._compact else "h1")
        self.bar.set_compact(compact=self._compact)
        self._say()
        self.tiles.restyle()
        self.panel.restyle()
        self.masks.restyle(compact=self._compact)
        self.view.restyle(compact=self._compact)
        self._place()

    def retranslate(self) -> None:
        """Make all words again."""
        self.print_button.set_text(_("Print c&onsent form"))
        self.add_button.set_text(_("Add &photos"))
        self.panel_button.set_text(_("Describe the photo"))
        self.tiles.setAccessibleName(_("Photos"))
        self.tiles.setAccessibleDescription(
            _("Arrows choose, Enter shows it large, F2 edits the caption, Ctrl+D adds a consent.")
        )
        hints = (_("Arrows – choose"), _("Enter – large"), _("F2 – caption"), _("Ctrl+D – add consent"))
        self.hints.setText("   ·   ".join(hints))
        self.nothing.setText(_("Nothing matches the filters."))
        for part in (self.bar, self.empty, self.panel, self.masks, self.view):
            part.retranslate()
        self.restyle()
