"""Photos of an event on its form: cards with captions, added from files, the clipboard or by dropping."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from progressus_desktop.domain import codelists
from progressus_desktop.domain.photo import permission
from progressus_desktop.domain.records import Committed, Record
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.grid import capital
from progressus_desktop.gui.parts import Button, text
from progressus_desktop.gui.photoadding import PhotoAdder, pasted
from progressus_desktop.gui.preview import thumbnail
from progressus_desktop.gui.soon import later
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import records
from progressus_desktop.services.photos import Source
from progressus_desktop.store import query
from progressus_desktop.words import _, ngettext

_ID = int(Qt.ItemDataRole.UserRole)
_DIGEST = _ID + 1
_CARD = QSize(194, 128)
_WORDS = 64


class _List(QListWidget):
    opened, removed = Signal(), Signal()
    given = Signal(object)
    """Photos dropped or pasted: paths, or one picture as bytes."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.given.emit(pasted())
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragEnterEvent) -> None:  # type: ignore[override]  # noqa: N802 - Qt's name
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self.given.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()


class PhotoList(QWidget):
    """The section "photos and consents" of an event's form."""

    open_asked = Signal(str, str, object)
    entity = "photo"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._event = ""
        self._photos: list[Record] = []
        self.adder: PhotoAdder | None = None
        self.list = _List()
        self.nothing, self.others = text("", "muted", wrap=True), text("", "small", wrap=True)
        self._later = later(self, 1, self._next_picture)

    def bind(self, context: Context) -> None:
        """Build the cards and the buttons."""
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
        self.list.setObjectName("photos")
        self.list.setProperty("k", "photos")
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setWordWrap(True)
        self.list.setUniformItemSizes(True)
        self.list.opened.connect(self._open)
        self.list.itemDoubleClicked.connect(lambda _item: self._open())
        self.list.removed.connect(self._remove)
        self.list.given.connect(self.add_files)
        column.addWidget(self.list, 1)
        context.bus.committed.connect(self._committed)
        self.retranslate()

    def first_stop(self) -> QWidget:
        """Where the focus goes when the field is asked to take it."""
        return self.list if self._photos else self.add_button

    # -- adding -----------------------------------------------------------------------------------------

    def ask_files(self) -> None:
        """Choose files; several at once."""
        if self.adder is not None:
            self.adder.ask(self._event)

    def add_files(self, sources: list[Source]) -> None:
        """Add photos beside work; each is checked by its content and loses its metadata."""
        if self.adder is not None:
            self.adder.add(self._event, sources)

    def _added(self, _ids: object) -> None:
        self.refresh()
        self.list.setCurrentRow(self.list.count() - 1)

    # -- cards ----------------------------------------------------------------------------------------------

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
        now, row = self._current(), max(self.list.currentRow(), 0)
        found = query.linked(self._context.ws, "photo", "event", self._event) if self._event else []
        self._photos = [each for each in found if each.fields.get("kind") == "photo"]
        files = len(found) - len(self._photos)
        words = ngettext("{n} file is no photo: see Documents.", "{n} files are no photos: see Documents.", files)
        self.others.setText(words if files else "")
        self.others.setVisible(bool(files))
        self.list.clear()
        for record in self._photos:
            item = QListWidgetItem(self._words(record))
            item.setData(_ID, record.id)
            item.setData(_DIGEST, str(record.fields.get("shared_copy") or record.fields.get("original") or ""))
            item.setData(int(Qt.ItemDataRole.AccessibleTextRole), self._spoken(record))
            item.setToolTip(str(record.fields.get("alt") or ""))
            self.list.addItem(item)
        ids = [record.id for record in self._photos]
        self.list.setCurrentRow(ids.index(now) if now in ids else min(row, len(ids) - 1))
        self.nothing.setText(
            _("No photo yet. Four photos make a good event card.")
            if self._event
            else _("Fill in the first field; then photos can be added.")
        )
        self.nothing.setVisible(not ids)
        self.list.setVisible(bool(self._event))
        self.add_button.setVisible(bool(self._event))
        for button in (self.describe_button, self.remove_button):
            button.setVisible(bool(ids))
        self._fit()
        self._later.start()

    def _permission(self, record: Record) -> str:
        if self._context is None:
            return ""
        state = permission({**record.fields, "id": record.id}, query.lookup(self._context.ws))
        return capital(codelists.word("permission", state))

    def _words(self, record: Record) -> str:
        caption = str(record.fields.get("caption") or _("Without a caption"))
        described = record.fields.get("alt") or record.fields.get("decorative")
        warning = "" if described else f"\n⚠ {_('No description – stays out of reports')}"
        return f"{caption}\n{self._permission(record)}{warning}"

    def _spoken(self, record: Record) -> str:
        alt = str(record.fields.get("alt") or _("No description – stays out of reports"))
        caption = str(record.fields.get("caption") or _("Without a caption"))
        return f"{caption}. {alt}. {self._permission(record)}"

    def _next_picture(self) -> None:
        """One picture at a time, so that the window stays awake."""
        if self._context is None or not self.isVisible():
            return
        theme = self._context.theme
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.icon().isNull() and item.data(_DIGEST):
                picture = thumbnail(
                    self._context, str(item.data(_DIGEST)), QSize(theme.px(178), theme.px(_CARD.height()))
                )
                item.setIcon(QIcon(picture) if picture is not None else theme.icon("image", "muted", theme.px(64)))
                self._later.start()
                return

    def _current(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    def _open(self) -> None:
        if self._current():
            self.open_asked.emit("photo", self._current(), {})

    def _remove(self) -> None:
        if self._context is None or not self._current():
            return
        try:
            records.remove(self._context.ws, "photo", self._current())
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return
        self._context.notify.undo_bar(_("Photo moved to the bin."))

    def count(self) -> int:
        """How many photos there are."""
        return len(self._photos)

    # -- words and sizes ------------------------------------------------------------------------------------

    def _fit(self) -> None:
        if self._context is None:
            return
        theme = self._context.theme
        self.list.setIconSize(QSize(theme.px(178), theme.px(_CARD.height())))
        size = QSize(theme.px(_CARD.width()), theme.px(_CARD.height() + _WORDS) + theme.space(20))
        self.list.setGridSize(size + QSize(8, 8))
        for row in range(self.list.count()):
            self.list.item(row).setSizeHint(size)

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        self._column.setSpacing(theme.space(8))
        self._row.setSpacing(theme.space(8))
        self._fit()

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Buttons under one another where there is little room."""
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)

    def retranslate(self) -> None:
        """Make all words again."""
        self.list.setAccessibleName(_("Photos"))
        self.list.setAccessibleDescription(_("Enter opens a photo to describe it, Delete moves it to the bin."))
        self.add_button.set_text(_("Add photos…"))
        self.describe_button.set_text(_("Describe the photo"))
        self.remove_button.set_text(_("Move to the bin"))
        self.remove_button.setAccessibleName(_("Move the chosen photo to the bin"))
        self.refresh()
