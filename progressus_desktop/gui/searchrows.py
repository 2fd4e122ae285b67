"""The rows of the search popup: groups of hits and commands, painted with the match underlined and bold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from progressus_desktop.domain.sorting import fold
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ICON = 18
_VERTICAL = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


@dataclass(frozen=True, slots=True)
class SearchRow:
    """One line: a group's name, a record, a command or "show all"."""

    kind: str
    title: str
    detail: str = ""
    icon: str = ""
    entity: str = ""
    id: str = ""
    keys: str = ""
    action: QAction | None = field(default=None, compare=False)


def spans(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where words of ``text`` begin with a word of ``wanted``, marks and case ignored: (from, to) in order."""
    letters = [fold(each) or " " for each in text]
    if any(len(each) != 1 for each in letters):
        return []
    plain = "".join(letters)
    found: list[tuple[int, int]] = []
    for token in fold(wanted).split():
        start = plain.find(token)
        while start >= 0:
            if start == 0 or not plain[start - 1].isalnum():
                found.append((start, start + len(token)))
            start = plain.find(token, start + 1)
    merged: list[tuple[int, int]] = []
    for low, high in sorted(found):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


class SearchModel(QAbstractListModel):
    """All rows of one search."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[SearchRow] = ()
        self.wanted = ""

    def show(self, rows: Sequence[SearchRow], wanted: str) -> None:
        """Replace the rows."""
        self.beginResetModel()
        self.rows, self.wanted = rows, wanted
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """The row's words for a screen reader, or the row itself for the delegate."""
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == _DISPLAY:
            return ", ".join(part for part in (row.title, row.detail) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names of groups cannot be chosen."""
        if self.rows[index.row()].kind == "group":
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class SearchDelegate(QStyledItemDelegate):
    """Paints groups small, hits with icon, name, detail and the key that opens them."""

    def __init__(self, theme: Theme, model: SearchModel) -> None:
        super().__init__(model)
        self._theme = theme
        self._model = model

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Groups are lower than hits."""
        row = self._model.rows[index.row()]
        metrics = QFontMetrics(self._theme.font("body"))
        padding = self._theme.space(10 if row.kind == "group" else 18)
        low = self._theme.px(28 if row.kind == "group" else 36)
        return QSize(0, max(low, metrics.height() + padding))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        theme, row = self._theme, self._model.rows[index.row()]
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if row.kind == "group":
            painter.setFont(theme.font("small"))
            painter.setPen(theme.tokens("muted"))
            painter.drawText(rect.adjusted(theme.space(4), 0, 0, 0), int(_VERTICAL), row.title)
            painter.restore()
            return
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.tokens("sel"))
            painter.drawRoundedRect(rect, 4, 4)
        ink = theme.tokens("onSel" if chosen else "text")
        inner = rect.adjusted(theme.space(10), 0, -theme.space(10), 0)
        if row.icon or row.action is not None:
            side = theme.px(_ICON)
            place = QRect(QPoint(inner.left(), inner.top() + (inner.height() - side) // 2), QSize(side, side))
            drawn = row.action.icon() if row.action else theme.icon(row.icon, "onSel" if chosen else "accent", side)
            drawn.paint(painter, place)
            inner.setLeft(place.right() + theme.space(10))
        keys = row.keys or (_("Enter – open") if chosen and row.kind == "record" else "")
        if keys:
            small = QFontMetrics(theme.font("small"))
            painter.setFont(theme.font("small"))
            painter.setPen(ink if chosen else theme.tokens("muted"))
            painter.drawText(inner, int(_VERTICAL | Qt.AlignmentFlag.AlignRight), keys)
            inner.setRight(inner.right() - small.horizontalAdvance(keys) - theme.space(12))
        painter.setPen(ink)
        used = self._marked(painter, inner, row.title, theme.font("label" if row.kind == "all" else "body"))
        rest = inner.adjusted(used + theme.space(12), 0, 0, 0)
        painter.setPen(ink if chosen else theme.tokens("muted"))
        self._marked(painter, rest, row.detail, theme.font("small"))
        painter.restore()

    def _marked(self, painter: QPainter, rect: QRect, text: str, font: QFont) -> int:
        """Draw ``text`` with its matches underlined and bold; gives the width used."""
        bold = QFont(font)
        bold.setWeight(QFont.Weight.Bold)
        bold.setUnderline(True)
        x, at = rect.left(), 0
        pieces: list[tuple[str, bool]] = []
        for low, high in spans(text, self._model.wanted):
            pieces += [(text[at:low], False), (text[low:high], True)]
            at = high
        pieces.append((text[at:], False))
        for piece, hit in pieces:
            if not piece or x >= rect.right():
                continue
            painter.setFont(bold if hit else font)
            metrics = QFontMetrics(bold if hit else font)
            room = rect.right() - x
            shown = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(x, rect.top(), room, rect.height()), int(_VERTICAL), shown)
            x += metrics.horizontalAdvance(shown)
        return min(x, rect.right()) - rect.left()
