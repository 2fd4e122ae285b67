"""One photo as large as the page: as it would leave, with its caption and description."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.parts import Button, text
from progressus_desktop.gui.phototiles import spoken
from progressus_desktop.services.gallery import Card
from progressus_desktop.store import media
from progressus_desktop.words import _


class PhotoView(QWidget):
    """Left and Right go to the neighbours, Esc back. ``stepped`` asks for the next or previous photo."""

    closed = Signal()
    stepped = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._whole = QPixmap()
        theme = context.theme
        self.setObjectName("photo_view")
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.picture.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.words = text("", "body", wrap=True)
        self.back_button = Button(theme, "", "", "arrow-left")
        self.before_button = Button(theme, "", "", "chevron-up")
        self.next_button = Button(theme, "", "", "chevron-down")
        for name in ("back", "before", "next"):
            getattr(self, f"{name}_button").setObjectName(f"view_{name}_button")
        column = self._column = QVBoxLayout(self)
        column.addWidget(self.picture, 1)
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.before_button)
        row.addWidget(self.next_button)
        column.addLayout(row)
        self.back_button.clicked.connect(self.closed)
        self.before_button.clicked.connect(lambda: self.stepped.emit(-1))
        self.next_button.clicked.connect(lambda: self.stepped.emit(1))
        self.retranslate()

    def show_card(self, card: Card) -> None:
        """Show a photo."""
        self._whole = QPixmap()
        try:
            self._whole.loadFromData(media.read(self._context.ws, card.picture))
        except ProgressusError as failure:
            self._context.notify.error(failure)
        said = spoken(card)
        self.words.setText(said)
        self.picture.setAccessibleName(said)
        self._context.notify.announce(said)
        self._fit()

    def first_focus(self) -> QWidget:
        """Where work begins."""
        return self.picture

    def _fit(self) -> None:
        room = self.picture.size()
        if self._whole.isNull() or room.isEmpty():
            self.picture.clear()
            return
        size: QSize = self._whole.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        self.picture.setPixmap(self._whole.scaled(size, mode=Qt.TransformationMode.SmoothTransformation))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fill the page."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Left, Right and Esc."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageDown: 1}
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def restyle(self, *, compact: bool = False) -> None:
        """Take sizes from the theme."""
        theme = self._context.theme
        theme.frame_page(self._column, 14 if compact else 20)

    def retranslate(self) -> None:
        """Make all words again."""
        self.back_button.set_text(_("Back to the photos"))
        self.before_button.set_text(_("Previous photo"))
        self.next_button.set_text(_("Next photo"))
        self.restyle()
