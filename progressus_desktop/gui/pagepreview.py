"""The pages of a report beside what it is made from, made anew a moment after each change."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent, QImage, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Job, Progress
from progressus_desktop.gui.parts import Button, text
from progressus_desktop.gui.soon import later
from progressus_desktop.services.reporting_preview import Preview
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.words import _

_WAIT_MS = 350
_LEAST_WIDTH = 200


class PagePreview(QWidget):
    """One page at a time; nothing is written anywhere."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted: tuple[str, Asked, str] | None = None
        self._shown: Preview | None = None
        self._number = 1
        self.job: Job | None = None
        self.previous = Button(context.theme, "", "", "arrow-left", small=True)
        self.next = Button(context.theme, "", "", "arrow-right", small=True, after=True)
        self.where = text("")
        self.where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page = QLabel()
        self.page.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.words = text("", "muted", wrap=True)
        self.area = QScrollArea()
        self.area.setObjectName("report_preview")
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setWidget(self.page)
        row = self._row = QHBoxLayout()
        row.addWidget(self.previous)
        row.addWidget(self.where, 1)
        row.addWidget(self.next)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.words)
        column.addWidget(self.area, 1)
        self._timer = later(self, _WAIT_MS, self._make)
        self.previous.clicked.connect(lambda: self.turn(-1))
        self.next.clicked.connect(lambda: self.turn(1))
        self.retranslate()

    def ask(self, kind: str, asked: Asked, lang: str) -> None:
        """Show this report a moment later, unless another is asked for before."""
        self._wanted = (kind, asked, lang)
        if self.isVisible():
            self._timer.start()

    def _make(self) -> None:
        if self._wanted is None or (self.job is not None and self.job in self._context.jobs.running()):
            self._timer.start()
            return
        kind, asked, lang = wanted = self._wanted
        context = self._context

        def work(_progress: Progress) -> Preview:
            from progressus_desktop.services import reporting_preview

            return reporting_preview.preview(context.ws, kind, asked, lang)

        def done(made: Preview) -> None:
            if wanted == self._wanted:
                self._shown, self._number = made, min(self._number, made.pages)
                self._show()

        self.job = context.jobs.start(self, _("Preview"), work, done, self._nothing)

    def _nothing(self, failure: ProgressusError) -> None:
        """Not enough is asked for yet: say what is missing instead of a page."""
        self._shown = None
        self.words.setText(str(failure))
        self._show()

    def turn(self, step: int) -> None:
        """Go to the page before or after."""
        if self._shown is not None:
            self._number = min(max(self._number + step, 1), self._shown.pages)
            self._show()

    def _show(self) -> None:
        shown = self._shown
        self.words.setVisible(shown is None and bool(self.words.text()))
        self.previous.setEnabled(shown is not None and self._number > 1)
        self.next.setEnabled(shown is not None and self._number < shown.pages)
        if shown is None:
            self.page.clear()
            self.where.setText("")
            return
        from progressus_desktop.services import reporting_preview

        ratio = self.devicePixelRatioF()
        width = round(max(self.area.viewport().width() - 2, _LEAST_WIDTH) * ratio)
        image = QImage.fromData(reporting_preview.picture(shown.data, self._number, width))
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(ratio)
        self.page.setPixmap(picture)
        self.where.setText(_("Page {number} of {pages}", number=self._number, pages=shown.pages))
        self.page.setAccessibleName(self.where.text())
        self.area.setAccessibleName(_("Preview, page {number} of {pages}", number=self._number, pages=shown.pages))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the page into the new width."""
        super().resizeEvent(event)
        if self._shown is not None and event.oldSize() != QSize() and self.isVisible():
            self._show()
        elif self.isVisible() and self._shown is None and self._wanted is not None:
            self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Make what was asked for meanwhile."""
        super().showEvent(event)
        if self._wanted is not None:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing is made while nobody sees it, and after the workspace is closed."""
        super().hideEvent(event)
        self._timer.stop()

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        self._row.setSpacing(self._context.theme.space(8))
        self._column.setSpacing(self._context.theme.space(8))

    def retranslate(self) -> None:
        """Make all words again."""
        self.previous.set_text(_("Previous page"))
        self.next.set_text(_("Next page"))
        self.area.setAccessibleName(_("Preview"))
        if self._shown is not None:
            self._show()
