"""A photo with the rectangles that cut and mask it: moved and sized by keys, drawn and moved by mouse."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from progressus_desktop.domain.framing import LEAST, WHOLE, Box, Frame, Mask
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _

CROP = -1
_STEP, _FINE = 20, 4
_CORNER = 14
_NEW = Box(430, 300, 140, 220)
_VEIL = QColor(16, 24, 32, 150)
_FACE = QColor(38, 60, 60, 235)


class FrameCanvas(QWidget):
    """``current`` is the rectangle that keys move: a mask by its number, or ``CROP``."""

    changed = Signal()
    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image = QImage()
        self.crop: Box | None = None
        self.masks: list[Mask] = []
        self.current = 0
        self._grip: tuple[str, QPoint, Box] | None = None
        self.setObjectName("frame_canvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 120)

    def show_photo(self, data: bytes, frame: Frame) -> None:
        """Show the whole photo with its rectangles."""
        self._image = QImage.fromData(data)
        self.crop, self.masks = frame.crop, list(frame.masks)
        self.current = 0 if self.masks or self.crop is None else CROP
        self._tell()

    def frame_asked(self) -> Frame:
        """What the rectangles say now."""
        return Frame(self.crop, tuple(self.masks))

    # -- rectangles -------------------------------------------------------------------------------------------

    def box(self) -> Box | None:
        """The current rectangle."""
        if self.current == CROP:
            return self.crop
        return self.masks[self.current].box if self.current < len(self.masks) else None

    def put(self, box: Box) -> None:
        """Change the current rectangle."""
        if self.current == CROP:
            self.crop = box
        elif self.current < len(self.masks):
            self.masks[self.current] = Mask(box, self.masks[self.current].person)
        self._tell()

    def add_mask(self, person: str, box: Box | None = None) -> None:
        """A new mask, beside those that are there."""
        place = box or _NEW.moved(len(self.masks) * 60 % 400 - 200, 0)
        self.masks.append(Mask(place, person))
        self.current = len(self.masks) - 1
        self._tell()

    def set_crop(self) -> None:
        """A part to keep, a little smaller than the whole; the same again leaves the photo whole."""
        self.crop = None if self.crop is not None else Box(50, 50, 900, 900)
        self.current = CROP if self.crop is not None else max(len(self.masks) - 1, 0)
        self._tell()

    def set_person(self, person: str) -> None:
        """Whose face the current mask hides."""
        if 0 <= self.current < len(self.masks) and self.masks[self.current].person != person:
            self.masks[self.current] = Mask(self.masks[self.current].box, person)
            self._tell()

    def remove(self) -> None:
        """Take the current rectangle away."""
        if self.current == CROP:
            self.crop = None
        elif self.current < len(self.masks):
            del self.masks[self.current]
        self.current = max(len(self.masks) - 1, 0)
        self._tell()

    def choose(self, number: int) -> None:
        """Make a rectangle current."""
        if number != self.current:
            self.current = number
            self._tell()

    def _step(self, step: int) -> None:
        every = [*([CROP] if self.crop is not None else []), *range(len(self.masks))]
        if every:
            at = every.index(self.current) if self.current in every else 0
            self.choose(every[(at + step) % len(every)])

    def words(self, number: int) -> str:
        """A rectangle for screen readers: where it stands, in percent."""
        box = self.crop if number == CROP else self.masks[number].box
        if box is None:
            return ""
        sides = (round(each / 10) for each in (box.left, box.top, box.width, box.height))
        left, top, width, height = sides
        return _("{left}% from the left, {top}% from the top, {width}% wide, {height}% high",
                 left=left, top=top, width=width, height=height)  # fmt: skip

    def _tell(self) -> None:
        box = self.box()
        self.setAccessibleDescription(self.words(self.current) if box is not None else "")
        self.update()
        self.changed.emit()
        self.chosen.emit(self.current)

    # -- keys and mouse ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows move, with Shift they size, with Ctrl in small steps; PgUp and PgDn go to another rectangle."""
        step = _FINE if event.modifiers() & Qt.KeyboardModifier.ControlModifier else _STEP
        ways = {Qt.Key.Key_Left: (-step, 0), Qt.Key.Key_Right: (step, 0), Qt.Key.Key_Up: (0, -step),
                Qt.Key.Key_Down: (0, step)}  # fmt: skip
        box, key = self.box(), Qt.Key(event.key())
        if key in ways and box is not None:
            sized = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.put(box.grown(*ways[key]) if sized else box.moved(*ways[key]))
        elif key in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            self._step(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Delete:
            self.remove()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take a rectangle, or its corner, or begin a new mask."""
        at = event.position().toPoint()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        for number in [*range(len(self.masks) - 1, -1, -1), *([CROP] if self.crop is not None else [])]:
            box = self.crop if number == CROP else self.masks[number].box
            if box is None:
                continue
            place = self._placed(box)
            corner = QRect(place.bottomRight() - QPoint(_CORNER, _CORNER), QSize(2 * _CORNER, 2 * _CORNER))
            if corner.contains(at) or (number != CROP and place.contains(at)):
                self.choose(number)
                self._grip = ("size" if corner.contains(at) else "move", at, box)
                return
        left, top = self._thousandths(at)
        if 0 <= left < WHOLE - LEAST and 0 <= top < WHOLE - LEAST:
            self.add_mask("", Box(left, top, LEAST, LEAST))
            self._grip = ("size", at, Box(left, top, LEAST, LEAST))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Move or size what was taken."""
        if self._grip is None:
            return
        what, begun, box = self._grip
        room = self._picture()
        away = event.position().toPoint() - begun
        right, down = away.x() * WHOLE // max(room.width(), 1), away.y() * WHOLE // max(room.height(), 1)
        self.put(box.moved(right, down) if what == "move" else box.grown(right, down))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go."""
        self._grip = None

    # -- painting -----------------------------------------------------------------------------------------------

    def _picture(self) -> QRect:
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRect(QPoint((self.width() - size.width()) // 2, (self.height() - size.height()) // 2), size)

    def _placed(self, box: Box) -> QRect:
        room = self._picture()
        left, top = room.left() + box.left * room.width() // WHOLE, room.top() + box.top * room.height() // WHOLE
        return QRect(left, top, box.width * room.width() // WHOLE, box.height * room.height() // WHOLE)

    def _thousandths(self, at: QPoint) -> tuple[int, int]:
        room = self._picture()
        away = at - room.topLeft()
        return away.x() * WHOLE // max(room.width(), 1), away.y() * WHOLE // max(room.height(), 1)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The photo, what is cut off under a veil, masks as blocks with their numbers."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.tokens("alt"))
        if self._image.isNull():
            painter.end()
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = self._picture()
        painter.drawImage(room, self._image)
        if self.crop is not None:
            kept = self._placed(self.crop)
            for cut in (
                QRect(room.topLeft(), QPoint(room.right(), kept.top() - 1)),
                QRect(QPoint(room.left(), kept.bottom() + 1), room.bottomRight()),
                QRect(QPoint(room.left(), kept.top()), QPoint(kept.left() - 1, kept.bottom())),
                QRect(QPoint(kept.right() + 1, kept.top()), QPoint(room.right(), kept.bottom())),
            ):
                painter.fillRect(cut & room, _VEIL)
            self._edge(painter, kept, current=self.current == CROP)
        for number, mask in enumerate(self.masks):
            place = self._placed(mask.box)
            painter.fillRect(place, _FACE)
            painter.setPen(Qt.GlobalColor.white)
            painter.setFont(self._theme.font("h3"))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), str(number + 1))
            self._edge(painter, place, current=number == self.current)
        painter.end()

    def _edge(self, painter: QPainter, place: QRect, *, current: bool) -> None:
        painter.setPen(QPen(Qt.GlobalColor.white, 4 if current else 2))
        painter.drawRect(place)
        if current:
            painter.setPen(QPen(self._theme.tokens("focus"), 2, Qt.PenStyle.DashLine))
            painter.drawRect(place)
            side = _CORNER // 2
            corner = QRect(place.bottomRight() - QPoint(side, side), QSize(_CORNER, _CORNER))
            painter.fillRect(corner, self._theme.tokens("focus"))
