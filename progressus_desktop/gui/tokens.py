"""The colours of design-language §2.2 as data: three themes, one name per use."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

NAMES = (
    "window", "base", "alt", "sidebar", "text", "muted", "border", "line",
    "accent", "accentHover", "accentSoft", "onAccent", "focus", "link",
    "ok", "okSoft", "warn", "warnSoft", "err", "errSoft", "info", "infoSoft", "sel", "onSel",
    "off",
)  # fmt: skip


def _table(colours: str) -> Mapping[str, str]:
    return MappingProxyType(dict(zip(NAMES, (f"#{each}" for each in colours.split()), strict=True)))


LIGHT = _table(
    "F2F4F3 FFFFFF F6F8F7 E6EBEA 17211F 475552 788885 CDD6D3 0B5A62 08474E D5E8E8 FFFFFF B5460F 0B5A8A"
    " 1B6437 DFF1E4 7A4A00 FDEFCF A9201A FCE6E3 1C5290 E1ECF8 0B5A62 FFFFFF 475552"
)
DARK = _table(
    "1B2120 232B29 28312F 161B1A EEF3F1 B4C1BD 7F908B 3B4744 7FD0D3 A0E0E2 1F4245 08282B FFB37A 8CC7F2"
    " 8AD8A2 1D3B28 F3C566 42330F FFA79E 4B211E 9CC7F5 1D3550 2C6A6E FFFFFF B4C1BD"
)
CONTRAST = _table(
    "000000 000000 000000 000000 FFFFFF FFFFFF FFFFFF FFFFFF FFE34D FFFFFF 000000 000000 33E1FF 8FD3FF"
    " 7CFF9B 000000 FFE34D 000000 FF9C94 000000 8FD3FF 000000 FFE34D 000000 A6A6A6"
)
"""``off``, what a menu offers but cannot do now, is ours: muted words are white here, so nobody saw which it was."""
THEMES: Mapping[str, Mapping[str, str]] = MappingProxyType({"light": LIGHT, "dark": DARK, "contrast": CONTRAST})


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    # the sRGB curve of WCAG
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)  # noqa: PLR2004
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """The WCAG 2.x contrast of two colours written ``#RRGGBB``: 1 (equal) to 21 (black on white)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)
