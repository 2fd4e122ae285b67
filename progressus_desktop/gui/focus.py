"""One ring for the focus of every control: three pixels outside it, with a gap, never shifting the layout."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QMenu,
    QMenuBar,
    QScrollArea,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from progressus_desktop.gui.theme import Theme

_WIDTH, _GAP, _RADIUS = 3, 2, 6
_OUTSIDE = _WIDTH + _GAP
_MOVES = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.Paint,
    QEvent.Type.LayoutRequest,
}


class _Ring(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.colour = QColor()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("focus_ring")

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.colour, _WIDTH))
        inset = _WIDTH // 2 + 1
        painter.drawRoundedRect(self.rect().adjusted(inset - 1, inset - 1, -inset, -inset), _RADIUS, _RADIUS)


class FocusRing(QObject):
    """Follows ``QApplication.focusChanged`` and frames what has the focus; in tables the current row or cell."""

    def __init__(self, app: QApplication, theme: Theme) -> None:
        super().__init__(app)
        self._theme = theme
        self._ring: _Ring | None = None
        self._target: QWidget | None = None
        self._view: QAbstractItemView | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._moved)
        theme.changed.connect(self.place)
        self._moved(None, app.focusWidget())

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        for watched in self._watched:
            if isValid(watched):
                watched.removeEventFilter(self)
        self._watched = []
        self._target = _framed(new)
        widget = self._target
        while widget is not None:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = _above(widget)
        if self._target is not None and QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            _reveal(self._target)
        self._view = self._target if isinstance(self._target, QAbstractItemView) else None
        if self._view is not None:
            self._view.viewport().installEventFilter(self)
            self._watched.append(self._view.viewport())
        self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep the ring where the control is."""
        if event.type() in _MOVES and (
            event.type() != QEvent.Type.Paint
            or (self._view is not None and isValid(self._view) and watched is self._view.viewport())
        ):
            self.place()
        return False

    def place(self) -> None:
        """Put the ring around the control with the focus, or hide it."""
        target = self._target
        if target is not None and not isValid(target):
            target = self._target = None
        if self._ring is not None and not isValid(self._ring):
            self._ring = None
        rect = _rect(target) if target is not None and target.isVisible() else QRect()
        if target is None or not rect.isValid() or rect.isEmpty():
            if self._ring is not None:
                self._ring.hide()
            return
        window = target.window()
        if self._ring is None or self._ring.parent() is not window:
            if self._ring is not None:
                self._ring.hide()
                self._ring.deleteLater()
            self._ring = _Ring(window)
        ring = self._ring
        colour = self._theme.tokens("focus")
        if ring.geometry() != rect or ring.colour != colour:
            ring.colour = colour
            ring.setGeometry(rect)
            ring.update()
        if not ring.isVisible():
            ring.show()
        ring.raise_()


def _reveal(target: QWidget) -> None:
    """Scroll to what has the focus now, as Qt does for Tab only; a tall one is shown from its beginning."""
    above = target.parentWidget()
    while above is not None:
        area = above.parentWidget()
        inside = area.widget() if isinstance(area, QScrollArea) and area.viewport() is above else None
        if isinstance(area, QScrollArea) and inside is not None:
            bar, room = area.verticalScrollBar(), above.height()
            top = target.mapTo(inside, QPoint(0, 0)).y() - 2 * _OUTSIDE
            bottom = top + min(target.height() + 4 * _OUTSIDE, room)
            bar.setValue(min(max(bar.value(), bottom - room), top))
        above = area


def _above(widget: QWidget) -> QWidget | None:
    return None if widget.isWindow() else widget.parentWidget()


def _framed(widget: QWidget | None) -> QWidget | None:
    """The control a person sees as focused: the spin box, not the edit inside it; nothing for menus."""
    if widget is None or isinstance(widget, QMenu | QMenuBar) or widget.property("noring"):
        return None
    parent = widget.parentWidget()
    if isinstance(parent, QComboBox | QAbstractSpinBox):
        return parent
    framed = widget.property("ring_of")
    return framed if isinstance(framed, QWidget) else widget


def _rect(target: QWidget) -> QRect:
    """Where the ring goes, in the coordinates of the window, cut where a scroll area cuts the control."""
    window = target.window()
    rect = target.rect()
    source: QWidget = target
    if isinstance(target, QTabBar):
        rect = target.tabRect(target.currentIndex())
    elif isinstance(target, QAbstractItemView):
        inner = _current(target)
        if inner is not None:
            rect, source = inner, target.viewport()
    placed = QRect(source.mapTo(window, rect.topLeft()), rect.size())
    ancestor: QWidget | None = target.parentWidget()
    while ancestor is not None and ancestor is not window:
        grand = ancestor.parentWidget()
        if isinstance(grand, QAbstractScrollArea) and ancestor is grand.viewport():
            seen = QRect(ancestor.mapTo(window, QPoint()), ancestor.size())
            placed &= seen
        ancestor = grand
    if placed.isEmpty():
        return QRect()
    return placed.adjusted(-_OUTSIDE, -_OUTSIDE, _OUTSIDE, _OUTSIDE)


def _current(view: QAbstractItemView) -> QRect | None:
    """The current cell, the current row of a table of whole rows, or None if there is none in sight."""
    index = view.currentIndex()
    if not index.isValid():
        return None
    rect = view.visualRect(index)
    if view.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectRows:
        rect.setLeft(0)
        rect.setRight(view.viewport().width() - 1)
    # row and cell rings stand just inside their place, neighbours stay readable
    rect = rect.adjusted(3, 3, -3, -3) & view.viewport().rect()
    return rect if rect.isValid() else None
