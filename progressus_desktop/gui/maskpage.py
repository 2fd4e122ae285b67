"""Cutting a photo and masking faces: the original stays whole, everything that leaves is made anew."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from progressus_desktop.domain.framing import Frame, frame_of
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.framecanvas import CROP, FrameCanvas
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.parts import Button, StateLine, scrolled, text
from progressus_desktop.services import photos
from progressus_desktop.services.gallery import Answer, Card
from progressus_desktop.words import _, ngettext

_SIDE = 300


class MaskPage(QWidget):
    """The photo at the left, its rectangles as a list at the right. ``closed`` when kept or left."""

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._card: Card | None = None
        self._people: list[Answer] = []
        self._quiet = False
        theme = context.theme
        self.setObjectName("mask_page")
        self.title_line = text("", "h2", wrap=True)
        self.canvas = FrameCanvas(theme)
        self.hint = text("", "muted", wrap=True)
        self.list_label, self.person_label = text("", "label"), text("", "label")
        self.list, self.person = QListWidget(), QComboBox()
        self.list.setObjectName("mask_list")
        self.person.setObjectName("mask_person")
        self.missing = StateLine(theme, "warn")
        self.add_button = Button(theme, "", "", "eye-off")
        self.crop_button = Button(theme, "", "", "crop")
        self.remove_button = Button(theme, "", "ghost", "trash-2")
        self.leave_button = Button(theme, "", "", "x")
        self.keep_button = Button(theme, "", "primary", "check")
        for name in ("add", "crop", "remove", "leave", "keep"):
            getattr(self, f"{name}_button").setObjectName(f"mask_{name}_button")
        self._build()
        self.retranslate()

    def _build(self) -> None:
        grid = self._grid = QGridLayout(self)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(1, 1)
        grid.addWidget(self.title_line, 0, 0, 1, 2)
        grid.addWidget(self.canvas, 1, 0)
        grid.addWidget(self.hint, 2, 0)
        body = QWidget()
        column = self._column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        self.list_label.setBuddy(self.list)
        self.person_label.setBuddy(self.person)
        for part in (
            self.list_label, self.list, self.person_label, self.person, self.add_button, self.crop_button,
            self.remove_button,
        ):  # fmt: skip
            column.addWidget(part)
        column.setStretchFactor(self.list, 1)
        self._side = scrolled("mask_side", body)
        grid.addWidget(self._side, 1, 1, 2, 1)
        last = self._last = QHBoxLayout()
        kept = self.missing.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # its room keeps the buttons at the right
        self.missing.setSizePolicy(kept)
        last.addWidget(self.missing, 1, Qt.AlignmentFlag.AlignVCenter)
        last.addWidget(self.leave_button)
        last.addWidget(self.keep_button)
        grid.addLayout(last, 3, 0, 1, 2)
        self.canvas.changed.connect(self._show_list)
        self.list.currentRowChanged.connect(self._row_chosen)
        self.person.activated.connect(lambda _at: self.canvas.set_person(str(self.person.currentData() or "")))
        self.add_button.clicked.connect(self.add_mask)
        self.crop_button.clicked.connect(lambda: self._then_canvas(self.canvas.set_crop))
        self.remove_button.clicked.connect(self.canvas.remove)
        self.leave_button.clicked.connect(self.closed)
        self.keep_button.clicked.connect(self.keep)

    # -- one photo --------------------------------------------------------------------------------------------

    def open(self, card: Card, people: list[Answer]) -> None:
        """Read the whole photo beside work, then show it with its rectangles."""
        self._card, self._people = card, [each for each in people if each.state != "given"]
        self.title_line.setText(_("Mask faces: {caption}", caption=card.caption or _("Without a caption")))
        self._quiet = True
        self.person.clear()
        self.person.addItem(_("somebody without a name"), "")
        for each in people:
            self.person.addItem(each.name, each.id)
        self._quiet = False
        ws, photo_id = self._context.ws, card.id

        def work(_progress: Progress) -> bytes:
            return photos.whole_view(ws, photo_id)

        def done(data: bytes) -> None:
            if self._card is not None and self._card.id == photo_id:
                self.canvas.show_photo(data, frame_of(card.values))
                self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

        self.canvas.show_photo(b"", Frame())
        self._context.jobs.start(self, _("Reading the photo"), work, done, self._failed)

    def _failed(self, error: ProgressusError) -> None:
        self._context.notify.error(error)
        self.closed.emit()

    def add_mask(self) -> None:
        """A mask for the next person who did not agree."""
        hidden = {each.person for each in self.canvas.masks}
        left = [each.id for each in self._people if each.id not in hidden]
        self._then_canvas(lambda: self.canvas.add_mask(left[0] if left else ""))

    def _then_canvas(self, act: Callable[[], None]) -> None:
        act()
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Keep the rectangles; the copy for reports is made beside work."""
        card, wanted, ws = self._card, self.canvas.frame_asked(), self._context.ws
        if card is None:
            return
        if wanted == frame_of(card.values):
            self.closed.emit()
            return
        self.keep_button.setEnabled(False)

        def work(_progress: Progress) -> None:
            photos.frame(ws, card.id, wanted)

        def done(_none: None) -> None:
            self.keep_button.setEnabled(True)
            self._context.notify.undo_bar(_("The photo was cut and masked; the original is unchanged."))
            self.closed.emit()

        def failed(error: ProgressusError) -> None:
            self.keep_button.setEnabled(True)
            self._context.notify.error(error)

        self._context.jobs.start(self, _("Masking the photo"), work, done, failed)

    # -- the list ---------------------------------------------------------------------------------------------

    def _name_of(self, person: str) -> str:
        at = self.person.findData(person)
        return self.person.itemText(at) if at >= 0 else _("somebody without a name")

    def _show_list(self) -> None:
        self._quiet = True
        self.list.clear()
        canvas = self.canvas
        if canvas.crop is not None:
            self.list.addItem(_("Part that is kept"))
        for number, mask in enumerate(canvas.masks, start=1):
            self.list.addItem(_("{n}. Mask: {who}", n=number, who=self._name_of(mask.person)))
        first = 1 if canvas.crop is not None else 0
        self.list.setCurrentRow(0 if canvas.current == CROP else canvas.current + first)
        for row in range(self.list.count()):
            item = self.list.item(row)
            spoken = f"{item.text()}. {canvas.words(row - first if row >= first else CROP)}"
            item.setData(int(Qt.ItemDataRole.AccessibleTextRole), spoken)
        is_mask = 0 <= canvas.current < len(canvas.masks)
        self.person.setEnabled(is_mask)
        if is_mask:
            self.person.setCurrentIndex(max(self.person.findData(canvas.masks[canvas.current].person), 0))
        self.remove_button.setEnabled(canvas.box() is not None)
        self.crop_button.set_text(_("&Leave it whole") if canvas.crop is not None else _("&Cut off the edges"))
        self._say_missing()
        self._quiet = False

    def _say_missing(self) -> None:
        if self._card is None:
            return
        hidden = {each.person for each in self.canvas.masks}
        named = [each.name for each in self._people if each.id not in hidden]
        nameless = max(0, self._card.people - (self.person.count() - 1))
        nameless -= sum(not each.person for each in self.canvas.masks)
        parts = [_("Not masked: {names}", names=", ".join(named))] if named else []
        if nameless > 0:
            parts.append(ngettext("{n} person without a name is not masked.",
                                  "{n} people without a name are not masked.", nameless))  # fmt: skip
        self.missing.show_state("warn", " · ".join(parts))

    def _row_chosen(self, row: int) -> None:
        if not self._quiet and row >= 0:
            first = 1 if self.canvas.crop is not None else 0
            self.canvas.choose(row - first if row >= first else CROP)

    # -- as a page ----------------------------------------------------------------------------------------------

    def first_focus(self) -> QWidget:
        """Where work begins."""
        return self.canvas

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leaves, Insert adds a mask, Delete removes one, Ctrl+G keeps."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() == Qt.Key.Key_Insert:
            self.add_mask()
        elif event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            self.canvas.remove()
        elif control and event.key() == Qt.Key.Key_G:
            self.keep()
        else:
            super().keyPressEvent(event)

    def restyle(self, *, compact: bool = False) -> None:
        """Take sizes from the theme; without room beside it the list stands under the photo."""
        theme = self._context.theme
        side = theme.space(14 if compact else 20)
        self._grid.setContentsMargins(side, theme.space(12), side, theme.space(8))
        self._grid.setSpacing(theme.space(10))
        self._column.setSpacing(theme.space(6))
        self._last.setSpacing(theme.space(8))
        self._side.setFixedWidth(min(theme.px(_SIDE), 560))
        self.list.setMinimumHeight(theme.px(40))
        self.hint.setVisible(not compact)

    def retranslate(self) -> None:
        """Make all words again."""
        self.canvas.setAccessibleName(_("Photo with its masks"))
        self.hint.setText(
            _("Arrows move · Shift with arrows sizes · Ctrl in small steps · PgDn the next · Delete removes")
        )
        self.list_label.setText(_("Masks and cut"))
        self.person_label.setText(_("&Whose face"))
        self.add_button.set_text(_("&Add a mask"))
        self.crop_button.set_text(_("&Cut off the edges"))
        self.remove_button.set_text(_("Re&move it"))
        self.leave_button.set_text(_("Leave it as it was"))
        self.keep_button.set_text(_("&Keep"))
        self.restyle()
