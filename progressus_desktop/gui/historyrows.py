"""The list of changes of one record: when, by whom, what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from progressus_desktop.clock import local
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import labels
from progressus_desktop.store.history import HistoryEntry
from progressus_desktop.words import N_, _

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ICONS = {
    "add": "plus",
    "delete": "trash-2",
    "restore": "archive-restore",
    "recovered": "life-buoy",
    "undo": "undo-2",
    "redo": "redo-2",
    "table-import": "file-spreadsheet",
    "package": "arrow-left-right",
}
_SOURCES = {
    "edit": N_("form"),
    "recovered": N_("recovered after a crash"),
    "table-import": N_("import of a table"),
    "package": N_("package"),
    "undo": N_("undo"),
    "redo": N_("redo"),
    "delete": N_("bin"),
    "restore": N_("bin"),
    "merge": N_("merge"),
    "unmerge": N_("merge taken apart"),
}
_VERTICAL = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


def when_words(at_ms: int, today: date) -> str:
    """A moment as "Today, 11:47" or "20.11.2026, 15:33"."""
    moment = local(at_ms)
    day = _("Today") if moment.date() == today else moment.strftime("%d.%m.%Y")
    return f"{day}, {moment:%H:%M}"


def change_of(at_ms: int, today: date) -> str:
    """Title of a change: "Zmiana z dzisiaj, 11:47"."""
    moment = local(at_ms)
    if moment.date() == today:
        return _("Change of today, {time}", time=f"{moment:%H:%M}")
    return _("Change of {day}, {time}", day=f"{moment:%d.%m.%Y}", time=f"{moment:%H:%M}")


def state_of(at_ms: int, today: date) -> str:
    """Words of the button that brings back a whole state: "Przywróć cały stan z 11:32"."""
    moment = local(at_ms)
    if moment.date() == today:
        return _("Retur&n to the state of {time}", time=f"{moment:%H:%M}")
    return _("Retur&n to the state of {day}, {time}", day=f"{moment:%d.%m.%Y}", time=f"{moment:%H:%M}")


def source_words(kind: str) -> str:
    """Where a change came from: form, package, recovery."""
    return _(_SOURCES[kind]) if kind in _SOURCES else kind


def change_words(entry: HistoryEntry) -> str:
    """What was done, in words: "Change: venue"."""
    words = labels.words_of(entry.label)
    return words[:1].upper() + words[1:]


class HistoryModel(QAbstractListModel):
    """Changes, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: Sequence[HistoryEntry] = ()
        self._today = date.min

    def show(self, entries: Sequence[HistoryEntry], today: date) -> None:
        """Replace the changes."""
        self.beginResetModel()
        self.entries, self._today = entries, today
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Number of changes."""
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """The change in one sentence, for a screen reader."""
        if role != _DISPLAY:
            return None
        return ", ".join(part for part in self.lines(index.row()) if part)

    def lines(self, row: int) -> tuple[str, str, str]:
        """When, by whom, what."""
        entry = self.entries[row]
        return when_words(entry.at_ms, self._today), entry.by_name, change_words(entry)


class HistoryDelegate(QStyledItemDelegate):
    """Two lines with an icon; the chosen change has a bar and a soft fill."""

    def __init__(self, theme: Theme, model: HistoryModel) -> None:
        super().__init__(model)
        self._theme = theme
        self._model = model

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Two lines of text with room around them."""
        return QSize(0, 2 * QFontMetrics(self._theme.font("body")).height() + self._theme.space(20))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one change."""
        theme = self._theme
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        entry = self._model.entries[index.row()]
        when, who, what = self._model.lines(index.row())
        painter.save()
        if chosen:
            painter.fillRect(rect, theme.tokens("accentSoft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), theme.tokens("accent"))
        painter.setPen(QPen(theme.tokens("line"), theme.edge))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        side = theme.px(18)
        left = rect.left() + theme.space(16)
        verb = entry.label.partition(":")[0]
        icon = _ICONS.get(entry.kind) or _ICONS.get(verb, "pencil")
        theme.icon(icon, "accent", side).paint(
            painter, QRect(QPoint(left, rect.center().y() - side // 2), QSize(side, side))
        )
        left += side + theme.space(12)
        line = QFontMetrics(theme.font("body")).height()
        top = rect.top() + (rect.height() - 2 * line) // 2
        room = rect.right() - left - theme.space(12)
        painter.setFont(theme.font("h3"))
        painter.setPen(theme.tokens("text"))
        painter.drawText(QRect(left, top, room, line), int(_VERTICAL), when)
        used = QFontMetrics(theme.font("h3")).horizontalAdvance(when) + theme.space(8)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.tokens("muted"))
        painter.drawText(QRect(left + used, top, max(room - used, 0), line), int(_VERTICAL), who)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.tokens("text"))
        shown = QFontMetrics(theme.font("body")).elidedText(what, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, top + line, room, line), int(_VERTICAL), shown)
        painter.restore()
