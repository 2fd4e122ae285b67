"""Colours, type and measures of every report (points, colours as fractions of one)."""

from __future__ import annotations

from dataclasses import dataclass, replace

A4 = (595.28, 841.89)
MARGIN = 48.0
BOTTOM = 786.0
"""Distance from the top of a portrait page below which only the footer may stand."""

Colour = str
"""Ready operands of the PDF colour operators, for example ``"0.110 0.141 0.188"``."""


def colour(code: str) -> Colour:
    """The operands for ``#rrggbb``."""
    return " ".join(f"{int(code[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))


TEXT = colour("#1c2430")
MUTED = colour("#55606e")
NAVY = colour("#14365c")
TEAL = colour("#0f6e6e")
TEAL_SOFT = colour("#dcefee")
WHITE = colour("#ffffff")
LINE = colour("#c9d2dc")
PANEL = colour("#eef3f8")
EDGE = colour("#c9d2dc")
GRID = colour("#8d9aa8")
TRACK = colour("#d5dde6")
GREY_BAR = colour("#8794a3")
OK = colour("#1d6b3a")
OK_SOFT = colour("#e7f4ec")
WARN = colour("#8a5300")
WARN_SOFT = colour("#fff1d6")
ERROR = colour("#a32020")
ERROR_SOFT = colour("#fbe9e7")
BLACK = colour("#000000")
MARKS = (
    (colour("#e6e9ee"), colour("#4a5563")),
    (colour("#dcefee"), colour("#0f6e6e")),
    (colour("#efe8f4"), colour("#5b3f78")),
)

REGULAR = "regular"
SEMIBOLD = "semibold"
BOLD = "bold"


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of text looks: weight, size and leading in points, colour."""

    weight: str = REGULAR
    size: float = 10.0
    leading: float = 14.0
    colour: Colour = TEXT

    def scaled(self, factor: float) -> Style:
        """The same style, larger."""
        return replace(self, size=self.size * factor, leading=self.leading * factor)


BODY = Style()
H1 = Style(BOLD, 22, 26, NAVY)
H2 = Style(BOLD, 13, 17, NAVY)
H2_PANEL = Style(BOLD, 10.5, 13.5, NAVY)
LEAD = Style(SEMIBOLD, 13, 18, NAVY)
FLAG = Style(SEMIBOLD, 8.5, 11, WARN)
NOTE = Style(REGULAR, 9, 12, MUTED)
KICKER = Style(SEMIBOLD, 9.5, 13, TEAL)
CHIP = Style(SEMIBOLD, 9.5, 12)
STAMP = Style(REGULAR, 9.5, 13, MUTED)
VALUE = Style(REGULAR, 9.5, 13)
KEY = Style(SEMIBOLD, 9, 13, MUTED)
CELL = Style(REGULAR, 9, 11.7)
HEAD = Style(SEMIBOLD, 9, 11.7, WHITE)
PANEL_TEXT = Style(REGULAR, 9, 11.7)
PANEL_KEY = Style(SEMIBOLD, 9, 11.7, MUTED)
BIG = Style(BOLD, 20, 23, NAVY)
TILE_KEY = Style(SEMIBOLD, 8.5, 12)
TILE_BIG = Style(BOLD, 19, 22, NAVY)
TILE_NOTE = Style(REGULAR, 8.5, 11.5, MUTED)
CAPTION = Style(REGULAR, 8.5, 11, MUTED)
FOOTER = Style(REGULAR, 8.5, 11, MUTED)
HEADER = Style(REGULAR, 9, 11, MUTED)
HEADER_KIND = Style(SEMIBOLD, 9, 11, TEAL)
CLAUSE = Style(REGULAR, 8.5, 11.7)
