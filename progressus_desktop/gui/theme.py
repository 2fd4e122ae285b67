"""Colours, sizes, fonts and the style sheet: everything that makes a window look like the pictures.

One :class:`Theme` lives as long as the program. Its ``changed`` signal tells pages that paint
something themselves to take their colours and sizes again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QBoxLayout

from progressus_desktop import assets
from progressus_desktop.gui import icons
from progressus_desktop.gui.tokens import THEMES

FAMILY = "Atkinson Hyperlegible Next"
CHOICES = ("auto", "light", "dark", "contrast", "system")
SCALES = (100, 125, 150, 175, 200)
_WEIGHTS = ("400Regular", "500Medium", "600SemiBold", "700Bold")
_STYLES = {
    "h1": (22, 600),
    "h2": (16, 600),
    "h3": (14, 600),
    "body": (14, 400),
    "label": (14, 500),
    "small": (13, 400),
    "key": (12, 500),
    "big": (28, 600),
}
_SPACE_GROWTH = 0.35
_ICON = 18
_CALL = re.compile(r"(px|sp|icon|edge)\(([^)]*)\)")
_TOKEN = re.compile(r"@([A-Za-z]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_HIGH = "contrast"


class Theme(QObject):
    """The look in force. ``scale`` is the text scale (1.0 to 2.0) on top of the system's own scaling."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice, self._own_font = "light", True
        self._files = QTemporaryDir()
        self._system = _system_tokens(app.palette())
        self.scale = 1.0
        self.name = "light"
        self._table: Mapping[str, str] = THEMES["light"]
        self._load_fonts()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    def _load_fonts(self) -> None:
        for weight in _WEIGHTS:
            file = assets.folder("fonts") / f"AtkinsonHyperlegibleNext_{weight}.ttf"
            QFontDatabase.addApplicationFont(str(file))

    # what pages ask for

    def tokens(self, name: str) -> QColor:
        """The colour of a token."""
        return QColor(self._table[name])

    def px(self, n: float) -> int:
        """A size that grows with the text."""
        return round(n * self.scale)

    def space(self, n: float) -> int:
        """A gap; grows less than the text so that 200% still fits."""
        return round(n * (1 + (self.scale - 1) * _SPACE_GROWTH))

    def frame_page(self, column: QBoxLayout, side: int = 20) -> None:
        """Give a page's outermost layout the room that every page has around and between its parts."""
        column.setContentsMargins(self.space(side), self.space(12), self.space(side), self.space(8))
        column.setSpacing(self.space(8))

    def font(self, style: str = "body") -> QFont:
        """The font of a style of the type scale (h1, h2, h3, body, label, small, key, big)."""
        size, weight = _STYLES[style]
        font = QFont(FAMILY) if self._own_font else QFont(self._app.font().family())
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight(weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def icon(self, name: str, token: str = "text", size: int = 0) -> QIcon:
        """A tinted icon; ``size`` in pixels as :meth:`px` gives them, 0 for that of buttons."""
        ratio = self._app.devicePixelRatio()
        return icons.icon(name, self._table[token], self._table["muted"], size or self.px(_ICON), ratio)

    def pixmap(self, name: str, token: str, size: int) -> QPixmap:
        """The picture of a tinted icon that is never switched off; ``size`` in pixels as :meth:`px` gives them."""
        return icons.pixmap(name, self._table[token], size, self._app.devicePixelRatio())

    @property
    def high_contrast(self) -> bool:
        """Whether every edge is two pixels and nothing has a soft background."""
        return self.name == _HIGH

    @property
    def edge(self) -> int:
        """Width of a control's edge in pixels."""
        return 2 if self.high_contrast else 1

    # what settings change

    def apply(self, choice: str, percent: int, *, own_font: bool = True) -> None:
        """Show ``choice`` (one of ``CHOICES``) at ``percent`` of the text size, everywhere and at once."""
        self._choice = choice if choice in CHOICES else "auto"
        self._own_font = own_font
        self.scale = min(max(percent, SCALES[0]), SCALES[-1]) / 100
        self.name = self._resolved()
        self._table = self._system if self.name == "system" else THEMES[self.name]
        # the sheet in force is taken off first: over another, Qt works the new one out for each widget as many times
        # as there are widgets around it, which with every page open took 6 s instead of 0.9
        self._app.setStyleSheet("")
        self._app.setFont(self.font("body"))
        self._app.setPalette(self._palette())
        self._app.setStyleSheet(self._sheet())
        self.changed.emit()

    def _resolved(self) -> str:
        if self._choice != "auto":
            return self._choice
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return _HIGH
        return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    def _system_changed(self) -> None:
        if self._choice == "auto" and self._resolved() != self.name:
            self.apply(self._choice, round(self.scale * 100), own_font=self._own_font)

    def _palette(self) -> QPalette:
        palette = QPalette()
        role = QPalette.ColorRole
        roles = {
            role.Window: "window", role.WindowText: "text", role.Base: "base", role.AlternateBase: "alt",
            role.Text: "text", role.PlaceholderText: "muted", role.Button: "base", role.ButtonText: "text",
            role.BrightText: "err", role.Highlight: "sel", role.HighlightedText: "onSel", role.Link: "link",
            role.LinkVisited: "link", role.ToolTipBase: "base", role.ToolTipText: "text", role.Mid: "border",
            role.Dark: "border", role.Midlight: "line", role.Light: "base", role.Shadow: "border",
            role.Accent: "accent",
        }  # fmt: skip
        for each, token in roles.items():
            palette.setColor(each, self.tokens(token))
        for each in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, each, self.tokens("muted"))
        return palette

    def _sheet(self) -> str:
        text = (assets.folder("styles") / "app.qss").read_text(encoding="utf-8")
        if self.high_contrast:
            text += (assets.folder("styles") / "contrast.qss").read_text(encoding="utf-8")
        text = _CALL.sub(self._called, _COMMENT.sub("", text))
        return _TOKEN.sub(lambda found: self._table[found[1]], text)

    def _called(self, found: re.Match[str]) -> str:
        what, value = found[1], found[2].strip()
        if what == "icon":
            name, token = (part.strip() for part in value.split(","))
            return f"url({self._icon_file(name, token)})"
        if what == "edge":
            return f"{max(self.edge, int(value or 1))}px"
        return f"{self.px(float(value)) if what == 'px' else self.space(float(value))}px"

    def _icon_file(self, name: str, token: str) -> str:
        colour = self._table[token]
        file = Path(self._files.path()) / f"{name}-{colour[1:]}.svg"
        if not file.exists():
            file.write_text(icons.tinted(name, colour), encoding="utf-8")
        return file.as_posix()


def _system_tokens(palette: QPalette) -> Mapping[str, str]:
    """The system's colours under the names of our tokens; states use the system's text colour."""
    role = QPalette.ColorRole
    roles = {
        "window": role.Window, "base": role.Base, "alt": role.AlternateBase, "sidebar": role.Window,
        "text": role.WindowText, "muted": role.WindowText, "border": role.WindowText, "line": role.Mid,
        "accent": role.Highlight, "accentHover": role.Highlight, "accentSoft": role.AlternateBase,
        "onAccent": role.HighlightedText, "focus": role.Highlight, "link": role.Link, "ok": role.WindowText,
        "okSoft": role.Base, "warn": role.WindowText, "warnSoft": role.Base, "err": role.WindowText,
        "errSoft": role.Base, "info": role.WindowText, "infoSoft": role.Base, "sel": role.Highlight,
        "onSel": role.HighlightedText,
    }  # fmt: skip
    off = palette.color(QPalette.ColorGroup.Disabled, role.Text)
    return {name: palette.color(each).name().upper() for name, each in roles.items()} | {"off": off.name().upper()}
