"""The widths at which pages change their layout (design-language.md, section 3.1), divided by the text scale."""

from __future__ import annotations

from bisect import bisect_right

COMPACT = 900
"""Below it there is one column and no sidebar."""

ROOMY = 1180
"""From here on photos and the report of the month have a panel beside them."""

BESIDE = 1280
"""From here on a list has its preview beside it, a form what belongs to it."""

FULL = 1340
"""From here on nothing in a list is squeezed."""

_STEPS = (COMPACT, ROOMY, BESIDE, FULL)


def step(width: int) -> int:
    """Which of the layouts a width asks for: within one, pages need not be told of another width."""
    return bisect_right(_STEPS, width)
