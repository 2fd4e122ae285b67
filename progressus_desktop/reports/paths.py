"""Paths in PDF's own operators."""

from __future__ import annotations

_KAPPA = 0.5523
ALL_ROUND = (True, True, True, True)
"""All four corners: top left, top right, bottom right, bottom left."""


def round_box(
    x: float, top: float, width: float, height: float, radius: float, corners: tuple[bool, bool, bool, bool]
) -> str:
    """Path of a rectangle with some round corners; ``top`` is in PDF's own coordinates."""
    left, right, bottom = x, x + width, top - height
    tl, tr, br, bl = (radius if each else 0.0 for each in corners)
    steps = [f"{left + tl:.2f} {top:.2f} m {right - tr:.2f} {top:.2f} l"]
    if tr:
        steps.append(_curve(right - tr * (1 - _KAPPA), top, right, top - tr * (1 - _KAPPA), right, top - tr))
    steps.append(f"{right:.2f} {bottom + br:.2f} l")
    if br:
        steps.append(_curve(right, bottom + br * (1 - _KAPPA), right - br * (1 - _KAPPA), bottom, right - br, bottom))
    steps.append(f"{left + bl:.2f} {bottom:.2f} l")
    if bl:
        steps.append(_curve(left + bl * (1 - _KAPPA), bottom, left, bottom + bl * (1 - _KAPPA), left, bottom + bl))
    steps.append(f"{left:.2f} {top - tl:.2f} l")
    if tl:
        steps.append(_curve(left, top - tl * (1 - _KAPPA), left + tl * (1 - _KAPPA), top, left + tl, top))
    return " ".join(steps) + " h"


def _curve(*points: float) -> str:
    return " ".join(f"{value:.2f}" for value in points) + " c"
