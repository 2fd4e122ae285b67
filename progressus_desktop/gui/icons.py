"""Lucide icons, tinted with a token's colour and kept at every size they were asked for."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from progressus_desktop import assets

_INK = "currentColor"


@cache
def source(name: str) -> str:
    """The SVG text of a Lucide icon, still in ``currentColor``.

    Raises:
        FileNotFoundError: the icon is not in ``resources/icons``.
    """
    return (assets.folder("icons") / f"{name}.svg").read_text(encoding="utf-8")


def tinted(name: str, colour: str) -> str:
    """The SVG text of an icon in ``colour`` (``#RRGGBB``)."""
    return source(name).replace(_INK, colour)


@cache
def _shape(name: str, side: int) -> QPixmap:
    """An icon in black, of ``side`` device pixels: drawn once, the colours are laid into it."""
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source(name).encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture


@cache
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """An icon of ``size`` logical pixels for a screen with ``ratio`` device pixels to one of them."""
    picture = QPixmap(_shape(name, max(1, round(size * ratio))))
    painter = QPainter(picture)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(picture.rect(), QBrush(QColor(colour)))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, colour: str, faded: str, size: int, ratio: float = 1.0) -> QIcon:
    """A button's icon: ``colour`` when it can be used, ``faded`` when it is switched off."""
    made = QIcon(pixmap(name, colour, size, ratio))
    made.addPixmap(pixmap(name, faded, size, ratio), QIcon.Mode.Disabled)
    return made
