"""Tiles of photos: picture, caption and permission in words; pictures come one after another, so nothing waits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from progressus_desktop.gui.context import Context
from progressus_desktop.gui.parts import KINDS
from progressus_desktop.gui.preview import thumbnail
from progressus_desktop.gui.soon import later
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import gallery
from progressus_desktop.services.gallery import Card
from progressus_desktop.words import _

_Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
_WIDE, _PICTURE, _WORDS = 188, 106, 60
_LEAST_PICTURE = 48
_MOST_KEPT = 400


def spoken(card: Card) -> str:
    """What a screen reader says of a photo: caption, description, permission."""
    alt = str(card.values.get("alt") or "") or (
        _("Decorative") if card.described else _("No description – stays out of reports")
    )
    return f"{card.caption or _('Without a caption')}. {alt}. {gallery.said(card)[1]}"


class Tiles(QAbstractListModel):
    """The photos in sight and the pictures read so far."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.cards: list[Card] = []
        self._pictures: dict[tuple[str, QSize], QPixmap | None] = {}

    def show(self, cards: Sequence[Card]) -> None:
        """Show these photos."""
        self.beginResetModel()
        self.cards = list(cards)
        self.endResetModel()

    def rowCount(self, _parent: _Index = _NOTHING) -> int:  # noqa: N802 - Qt's name
        """How many photos."""
        return len(self.cards)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words for the eye, the ear and the mouse."""
        if not index.isValid() or index.row() >= len(self.cards):
            return None
        card = self.cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return card.caption or _("Without a caption")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(card)
        return f"{card.caption}\n{card.about}".strip() if role == Qt.ItemDataRole.ToolTipRole else None

    def picture(self, row: int, size: QSize) -> QPixmap | None:
        """The picture of a tile if it was read."""
        return self._pictures.get((self.cards[row].picture, size))

    def read_next(self, size: QSize, first: int) -> bool:
        """Read one picture more, those from row ``first`` on before others; False when all are there."""
        count = len(self.cards)
        for row in ((first + step) % count for step in range(count)):
            key = (self.cards[row].picture, size)
            if key not in self._pictures:
                if len(self._pictures) >= _MOST_KEPT:
                    self._pictures.pop(next(iter(self._pictures)))
                self._pictures[key] = thumbnail(self._context, key[0], size) if key[0] else None
                self.dataChanged.emit(self.index(row), self.index(row))
                return True
        return False


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, model: Tiles, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._tiles = theme, model
        self.room = 0

    def size(self) -> QSize:
        return QSize(self._theme.px(_WIDE), self.picture_size().height() + self._theme.px(_WORDS))

    def picture_size(self) -> QSize:
        """A whole tile fits into the room there is: its words are worth more than the height of its picture."""
        px = self._theme.px
        high = min(px(_PICTURE), max(self.room - px(_WORDS + 4), px(_LEAST_PICTURE))) if self.room else px(_PICTURE)
        return QSize(px(_WIDE - 18), high)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: N802 - Qt's name
        return self.size()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, rect = self._theme, QRect(option.rect.topLeft(), self.size())
        card = self._tiles.cards[index.row()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.tokens("accent" if chosen else "line"))
        painter.setBrush(theme.tokens("accentSoft" if chosen and not theme.high_contrast else "base"))
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 6, 6)
        if chosen:
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -2, -2), 5, 5)
        side = theme.px(9)
        place = QRect(rect.topLeft(), self.picture_size()).translated(side, theme.px(8))
        found = self._tiles.picture(index.row(), place.size())
        if found is not None:
            painter.drawPixmap(place, found)
        else:
            theme.icon("image", "muted", theme.px(40)).paint(painter, place)
        self._words(painter, card, str(index.data()), place.left(), place.bottom() + theme.px(5), place.width())
        painter.restore()

    def _words(self, painter: QPainter, card: Card, caption: str, left: int, top: int, width: int) -> None:
        theme = self._theme
        line = theme.px(22)
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setFont(theme.font("label"))
        painter.setPen(theme.tokens("text"))
        cut = painter.fontMetrics().elidedText(caption, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(left, top, width, line), middle, cut)
        kind, words = gallery.said(card)
        icon, token = KINDS[kind]
        mark = theme.px(16)
        theme.icon(icon, token, mark).paint(painter, QRect(left, top + line + (line - mark) // 2, mark, mark))
        painter.setPen(theme.tokens(token))
        room = width - mark - theme.px(5)
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left + mark + theme.px(5), top + line, room, line), middle, cut)


class TileList(QListView):
    """Arrows go from tile to tile; Enter, F2, Ctrl+D, Delete and Ctrl+V do what the page offers."""

    asked = Signal(str)
    given = Signal(object)
    """Files dropped: paths."""
    current_changed = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.tiles = Tiles(context, self)
        self._painter = _Painter(context.theme, self.tiles, self)
        self.setObjectName("photo_tiles")
        self.setProperty("k", "tiles")
        self.setModel(self.tiles)
        self.setItemDelegate(self._painter)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(True)
        self._later = later(self, 1, self._read)
        self.doubleClicked.connect(lambda _index: self.asked.emit("view"))
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.current_changed.emit())

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show photos; the current one stays current, else the one in its place."""
        now, row = self.current(), max(self.currentIndex().row(), 0)
        self.tiles.show(cards)
        ids = [each.id for each in cards]
        at = ids.index(now.id) if now is not None and now.id in ids else min(row, len(ids) - 1)
        if at >= 0:
            self.setCurrentIndex(self.tiles.index(at))
        self.current_changed.emit()
        self._later.start()

    def current(self) -> Card | None:
        """The current photo."""
        row = self.currentIndex().row()
        return self.tiles.cards[row] if 0 <= row < len(self.tiles.cards) else None

    def chosen(self) -> list[Card]:
        """The photos selected, in their order; the current one if none is."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        now = self.current()
        return [self.tiles.cards[row] for row in rows] or ([now] if now else [])

    def go_to(self, photo_id: str) -> None:
        """Make a photo current."""
        for row, each in enumerate(self.tiles.cards):
            if each.id == photo_id:
                self.setCurrentIndex(self.tiles.index(row))

    def read_more(self) -> bool:
        """Read one picture more, those in sight first; False when all are there."""
        if not self.tiles.cards:
            return False
        first = max(self.indexAt(self.viewport().rect().topLeft()).row(), 0)
        return self.tiles.read_next(self._painter.picture_size(), first)

    def _read(self) -> None:
        if self.isVisible() and self.read_more():
            self._later.start()

    def restyle(self) -> None:
        """Take sizes from the theme."""
        self.setSpacing(0)
        gap = self._context.theme.px(9)
        self.setGridSize(self._painter.size() + QSize(gap, gap))
        self._later.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Low room makes low pictures."""
        super().resizeEvent(event)
        if self.viewport().height() != self._painter.room:
            self._painter.room = self.viewport().height()
            self.restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys of the gallery (design-language.md, section 6)."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        acts = {Qt.Key.Key_Return: "view", Qt.Key.Key_Enter: "view", Qt.Key.Key_F2: "caption",
                Qt.Key.Key_Delete: "delete"}  # fmt: skip
        if event.matches(QKeySequence.StandardKey.Paste):
            self.asked.emit("paste")
        elif control and event.key() == Qt.Key.Key_D:
            self.asked.emit("consent")
        elif not control and event.key() in acts:
            self.asked.emit(acts[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802 - Qt's name
        """Anywhere on the tiles."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take the files."""
        self.given.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()
