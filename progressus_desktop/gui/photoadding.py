"""Adding photos and files beside work: dialog, clipboard, progress with Stop, and what was refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget

from progressus_desktop.errors import CancelledError, ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.parts import ProgressPanel
from progressus_desktop.services.photos import Source, Taken, take
from progressus_desktop.words import _, ngettext

_NAMED = 5
_KEY = "photos-added"


def pasted() -> list[Source]:
    """Photos on the clipboard: files, or a picture as PNG."""
    kept = QApplication.clipboard().mimeData()
    if kept.hasUrls():
        return [Path(url.toLocalFile()) for url in kept.urls() if url.isLocalFile()]
    image = QApplication.clipboard().image()
    if image.isNull():
        return []
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # a format is text
    return [bytes(data.data())]


class PhotoAdder(QWidget):
    """Nothing to see until files come; then how far it is, and *Stop*."""

    added = Signal(object)
    """Ids of the new records."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, files: bool = False) -> None:
        super().__init__(parent)
        self._context, self._files = context, files
        self.panel: ProgressPanel | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def _title(self) -> str:
        return _("Adding files") if self._files else _("Adding photos")

    def ask(self, owner: str) -> None:
        """Choose files; several at once."""
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        kinds = _("Photos and scans (*.jpg *.jpeg *.heic *.heif *.png *.webp *.tif *.tiff *.pdf)")
        title = _("Add files") if self._files else _("Add photos")
        dialog = QFileDialog(self, title, start, ";;".join((kinds, _("All files (*)"))))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.add(owner, [Path(name) for name in names]))
        dialog.open()

    def add(self, owner: str, sources: Sequence[Source]) -> None:
        """Add files; each is checked by its content, those that cannot be taken are named with the reason."""
        context = self._context
        if not owner or not sources or self.panel is not None:
            return

        def work(progress: Progress) -> Taken:
            return take(context.ws, owner, sources, progress)

        def failed(error: ProgressusError) -> None:
            self._end()
            if isinstance(error, CancelledError):
                title = _("Adding files was stopped") if self._files else _("Adding photos was stopped")
                context.notify.banner("info", title, _("Nothing was added."), key=_KEY)
            else:
                context.notify.error(error)

        job = context.jobs.start(self, self._title(), work, self._done, failed)
        self.panel = ProgressPanel(
            context.theme, self._title(), _("You can go on working. A stop adds nothing."), "image-plus"
        )
        self.panel.setObjectName("photo_progress")
        self.panel.follow(job)
        self._column.addWidget(self.panel)
        self.show()
        context.notify.announce(_("Files are being added.") if self._files else _("Photos are being added."))

    def _end(self) -> None:
        if self.panel is not None:
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
        self.hide()

    def _done(self, taken: Taken) -> None:
        self._end()
        notify = self._context.notify
        parts = []
        if taken.ids and self._files:
            parts.append(ngettext("Added {n} file.", "Added {n} files.", len(taken.ids)))
        elif taken.ids:
            parts.append(ngettext("Added {n} photo.", "Added {n} photos.", len(taken.ids)))
        if taken.known:
            parts.append(ngettext("{n} was there already.", "{n} were there already.", taken.known))
        said = " ".join(parts)
        notify.announce(said)
        if taken.refused:
            title = ngettext("{n} file was not added", "{n} files were not added", len(taken.refused))
            pasted_one = _("Picture")
            named = [f"{each.name or pasted_one}: {each.why}" for each in taken.refused[:_NAMED]]
            more = len(taken.refused) - len(named)
            named += [ngettext("and {n} more", "and {n} more", more)] if more else []
            notify.banner("warn", title, "\n".join([said, *named] if said else named), key=_KEY)
        elif taken.known:
            notify.banner("info", said, key=_KEY)
        else:
            notify.clear(_KEY)
        if taken.ids:
            self.added.emit(taken.ids)
