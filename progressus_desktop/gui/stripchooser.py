"""The strip of logos on the form of the project: how it looks, and a file to take it from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.parts import Button
from progressus_desktop.gui.saving import ask_source
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import strips
from progressus_desktop.services.permission import Permission
from progressus_desktop.words import _

_PICTURE = QSize(360, 40)


class StripChooser(QWidget):
    """A button and the strip as it is printed; it stands on the form as lists of other records do."""

    open_asked = Signal(str, str, object)
    entity = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._project = ""
        self.picture = QLabel()

    def bind(self, context: Context) -> None:
        """Build the button and the place of the picture."""
        self._context = context
        self.button = Button(context.theme, "", "", "image-plus")
        self.button.setObjectName("strip_file_button")
        self.button.clicked.connect(self.ask)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignLeft)
        row.addStretch(1)
        context.bus.committed.connect(self._committed)
        self.retranslate()

    def first_stop(self) -> QWidget:
        """Where the focus goes when the field is asked to take it."""
        return self.button

    def ask(self) -> None:
        """Choose the file of the strip."""
        kinds = _("Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff)")
        ask_source(self, _("Strip of logos"), kinds, self.take)

    def take(self, file: Path) -> None:
        """Take a picture as the strip."""
        if self._context is None:
            return
        try:
            strips.take(self._context.ws, file)
        except ProgressusError as failure:
            self._context.notify.error(failure)

    def _committed(self, done: Committed) -> None:
        if self.isVisible() and any(name in {"project", "photo"} for name, _id in done.records):
            self.show_record(self._project)

    def show_record(self, record_id: str) -> None:
        """Show the strip of a project."""
        self._project = record_id
        if self._context is None:
            return
        ws, theme = self._context.ws, self._context.theme
        found = QPixmap()
        found.loadFromData(strips.picture(ws) if record_id else b"")
        self.picture.setVisible(not found.isNull())
        if not found.isNull():
            size = QSize(theme.px(_PICTURE.width()), theme.px(_PICTURE.height()))
            smooth = Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(found.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, smooth))
        self.button.setEnabled(bool(record_id) and not ws.read_only and Permission(ws).decides(ENTITIES["project"]))

    def count(self) -> int:
        """It is no list of records."""
        return 0

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What changed while another section was in sight is shown now."""
        super().showEvent(event)
        self.show_record(self._project)

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        self._row.setSpacing(theme.space(12))
        self.show_record(self._project)

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Under one another where there is little room."""
        way = QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)

    def retranslate(self) -> None:
        """Make all words again."""
        self.button.set_text(_("Take it from a file…"))
        self.picture.setAccessibleName(_("Strip of logos"))
