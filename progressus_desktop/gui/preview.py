"""The read-only preview beside a list: name, state sentence, facts, photos, problems, buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from progressus_desktop.clock import today
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import Level
from progressus_desktop.domain.records import Record
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.columns import Mark, token_of
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.facts import Facts, facts_of, title_of
from progressus_desktop.gui.parts import Button, IconLabel, swap_body, text
from progressus_desktop.gui.soon import later
from progressus_desktop.services import state
from progressus_desktop.store import query
from progressus_desktop.words import _

_PHOTO = QSize(98, 66)
_PHOTOS_MS = 60
_MOST_PROBLEMS = 4


class MarkedLine(QWidget):
    """An icon in the colour of a state and words that may wrap, in that colour too unless a style is named."""

    def __init__(self, context: Context, mark: Mark, words: str, style: str = "") -> None:
        super().__init__()
        theme = context.theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(6))
        row.addWidget(IconLabel(theme, mark.icon, mark.token, 16), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(text(words, style or mark.token, wrap=True), 1)


class Preview(QFrame):
    """Shows one record; it cannot be edited here."""

    opened = Signal(str)
    asked = Signal(str, str)
    """A further button was pressed: its name and the record's id."""
    closed = Signal()

    def __init__(self, context: Context, entity_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._entity = entity_name
        self._record: Record | None = None
        self._narrow = False
        self._over = False
        self.setProperty("k", "card")
        self.setObjectName("preview")
        self._build()
        self._photos_later = later(self, _PHOTOS_MS, self._show_photos)
        context.bus.closing.connect(self._photos_later.stop)
        self._pending: Sequence[tuple[str, str]] = ()
        self.retranslate()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._body = QWidget()
        self._area.setWidget(self._body)
        column.addWidget(self._area, 1)
        self.buttons = QGridLayout()
        column.addLayout(self.buttons)
        self.open_button = Button(self._context.theme, "", "", "pencil")
        self.open_button.setObjectName("preview_open_button")
        self.print_button = Button(self._context.theme, "", "", "printer")
        self.print_button.setObjectName("preview_print_button")
        self.add_contact_button = Button(self._context.theme, "", "", "phone")
        self.add_contact_button.setObjectName("preview_contact_button")
        self.done_button = Button(self._context.theme, "", "", "check")
        self.done_button.setObjectName("preview_done_button")
        self.about_button = Button(self._context.theme, "", "", "arrow-right")
        self.about_button.setObjectName("preview_about_button")
        self.close_button = Button(self._context.theme, "", "ghost", "arrow-left")
        self.close_button.setObjectName("preview_close_button")
        self.open_button.clicked.connect(self._ask_open)
        self.print_button.clicked.connect(lambda: self._ask("print"))
        self.add_contact_button.clicked.connect(lambda: self._ask("contact"))
        self.done_button.clicked.connect(lambda: self._ask("done"))
        self.about_button.clicked.connect(lambda: self._ask("about"))
        self.close_button.clicked.connect(self.closed)
        self._place_buttons()

    def _ask_open(self) -> None:
        if self._record is not None:
            self.opened.emit(self._record.id)

    def _ask(self, what: str) -> None:
        if self._record is not None:
            self.asked.emit(what, self._record.id)

    def _place_buttons(self) -> None:
        for button in (*self._acting(), self.close_button):
            self.buttons.removeWidget(button)
            button.setVisible(False)
        shown = [self.open_button]
        if self._entity == "event":
            shown.append(self.print_button)
        if self._entity == "partner":
            shown.insert(0, self.add_contact_button)
        if self._entity == "task":
            shown = [self.done_button, self.open_button, self.about_button]
        if self._over:
            shown.append(self.close_button)
        stacked = self._entity in {"partner", "task"} and not self._over
        for number, button in enumerate(shown):
            # into the layout first: a button without a parent would be shown as a window of its own
            self.buttons.addWidget(button, number if stacked else 0, 0 if stacked else number)
            button.setVisible(True)
        self.buttons.setColumnStretch(0 if stacked else len(shown), 1)

    def _acting(self) -> tuple[Button, ...]:
        """The buttons that do something with the record shown."""
        return (self.open_button, self.print_button, self.add_contact_button, self.done_button, self.about_button)

    # -- what is shown -------------------------------------------------------------------------------

    def record_id(self) -> str:
        """Id of the record shown, empty when there is none."""
        return self._record.id if self._record else ""

    def show_record(self, record_id: str) -> None:
        """Show the record; an empty id or a record that is gone leaves the preview empty."""
        self._record = query.get(self._context.ws, self._entity, record_id) if record_id else None
        self._fill()

    def _fill(self) -> None:
        self._photos_later.stop()
        body = QWidget()
        column = QVBoxLayout(body)
        theme = self._context.theme
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(8))
        for button in self._acting():
            button.setEnabled(self._record is not None)
        self._say_task()
        if self._record is None:
            column.addWidget(text(_("Choose a row to see it here."), "small", wrap=True))
        else:
            facts = facts_of(self._context.ws, self._record, today(self._context.ws.clock))
            self._head(column, self._record, facts)
            self._facts(column, facts)
            self._photos = QHBoxLayout()
            self._photos.setSpacing(theme.space(6))
            column.addLayout(self._photos)
            self._problems(column, self._record)
            self._pending = () if self._narrow else facts.photos
            if self._pending:
                self._photos_later.start()
        column.addStretch(1)
        self._body = body
        swap_body(self._area, body)
        body.setAutoFillBackground(False)

    def _say_task(self) -> None:
        """A task's buttons say what they would do with this one."""
        fields = self._record.fields if self._record is not None else {}
        still_open = fields.get("state") in {None, "open"}
        self.done_button.set_text(_("Mark as &done") if still_open else _("&Open again"))
        known = query.entity_of(self._context.ws, str(fields["record"])) if fields.get("record") else ""
        self.about_button.set_text(_("Go to: {what}", what=_(ENTITIES[known].label).lower()) if known else "")
        if self._entity == "task":
            self.about_button.setVisible(bool(known))

    def _head(self, column: QVBoxLayout, record: Record, facts: Facts) -> None:
        column.addWidget(text(title_of(self._context.ws, record), "h2", wrap=True))
        shown = state.record_mark(record)
        column.addWidget(
            MarkedLine(self._context, Mark(shown.icon, token_of(shown.kind)), state.state_sentence(record), "label")
        )
        for mark, words in facts.warnings:
            column.addWidget(MarkedLine(self._context, mark, words))

    def _facts(self, column: QVBoxLayout, facts: Facts) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._context.theme.space(12))
        grid.setVerticalSpacing(self._context.theme.space(8))
        # a date with its hours needs a little more than half
        grid.setColumnStretch(0, 13)
        grid.setColumnStretch(1, 11)
        row, right = 0, False
        for fact in facts.facts:
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(text(_(fact.label), "small", wrap=True))
            pair.addWidget(text(fact.words, "body", wrap=True))
            pair.addStretch(1)
            if fact.half:
                grid.addLayout(pair, row, 1 if right else 0)
                row, right = (row + 1, False) if right else (row, True)
            else:
                row += right
                grid.addLayout(pair, row, 0, 1, 2)
                row, right = row + 1, False
        column.addLayout(grid)

    def _problems(self, column: QVBoxLayout, record: Record) -> None:
        ordered = sorted(record.problems, key=lambda each: each.level != Level.ERROR)
        for problem in ordered[:_MOST_PROBLEMS]:
            error = problem.level == Level.ERROR
            mark = Mark("circle-x", "err") if error else Mark("triangle-alert", "warn")
            column.addWidget(MarkedLine(self._context, mark, str(problem.message)))

    def _show_photos(self) -> None:
        theme = self._context.theme
        size = QSize(theme.px(_PHOTO.width()), theme.px(_PHOTO.height()))
        for digest, words in self._pending:
            picture = thumbnail(self._context, digest, size)
            if picture is None:
                continue
            label = QLabel(self._body)
            label.setPixmap(picture)
            label.setToolTip(words)
            label.setAccessibleName(words)
            self._photos.addWidget(label)
        self._photos.addStretch(1)
        self._pending = ()

    # -- words and sizes ---------------------------------------------------------------------------

    def set_room(self, *, narrow: bool, over: bool) -> None:
        """``narrow`` leaves out thumbnails and long buttons; ``over`` shows it in place of the list."""
        if (narrow, over) != (self._narrow, self._over):
            self._narrow, self._over = narrow, over
            self._place_buttons()
            self.retranslate()

    def retranslate(self) -> None:
        """Make all words again."""
        theme = self._context.theme
        self.setAccessibleName(_("Preview"))
        # on purpose without a mnemonic of its own when it is beside the list: Enter opens from there
        self.open_button.set_text(_("&Open"))
        self.print_button.set_text(_("Print sheet") if self._narrow else _("Print attendance sheet"))
        self.print_button.setAccessibleName(_("Print attendance sheet"))
        self.add_contact_button.set_text(_("&Add contact"))
        self.close_button.set_text(_("Back to the list"))
        layout = self.layout()
        if layout is not None:
            margin, top = theme.space(16), theme.space(12)
            layout.setContentsMargins(margin, top, margin, top)
        self._fill()


def thumbnail(context: Context, digest: str, size: QSize) -> QPixmap | None:
    """A photo scaled to fill ``size``, None if it cannot be read."""
    from progressus_desktop.store import media

    try:
        data = media.read(context.ws, digest)
    except ProgressusError:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    whole = reader.size()
    if not whole.isValid():
        return None
    # the JPEG decoder itself reads small, which is ten times faster than scaling afterwards
    reader.setScaledSize(whole.scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    if image.isNull():
        return None
    left, top = (image.width() - size.width()) // 2, (image.height() - size.height()) // 2
    return QPixmap.fromImage(image.copy(left, top, size.width(), size.height()))
