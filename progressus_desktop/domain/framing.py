"""What of a photo leaves: the part that is kept and the faces that are masked, in thousandths of its upright sides."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from progressus_desktop.domain.fields import Level, Problem, Values
from progressus_desktop.domain.rules import plain_int
from progressus_desktop.words import N_, Message

WHOLE = 1000
"""A whole side of the picture."""

LEAST = 10
"""The narrowest part or mask, in thousandths."""

_CROP = re.compile(r"(\d{1,4}) (\d{1,4}) (\d{1,4}) (\d{1,4})")
_SIDES = ("left", "top", "width", "height")


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle in thousandths of the upright picture."""

    left: int
    top: int
    width: int
    height: int

    def fits(self) -> bool:
        """Whether it lies within the picture and can be seen."""
        inside = self.left >= 0 and self.top >= 0 and self.left + self.width <= WHOLE
        return inside and self.top + self.height <= WHOLE and min(self.width, self.height) >= LEAST

    def words(self) -> str:
        """As it is kept in ``crop``."""
        return f"{self.left} {self.top} {self.width} {self.height}"

    def moved(self, right: int, down: int) -> Box:
        """The same rectangle elsewhere, kept within the picture."""
        left = min(max(self.left + right, 0), WHOLE - self.width)
        return Box(left, min(max(self.top + down, 0), WHOLE - self.height), self.width, self.height)

    def grown(self, wider: int, taller: int) -> Box:
        """The rectangle with another size, kept within the picture."""
        width = min(max(self.width + wider, LEAST), WHOLE - self.left)
        return Box(self.left, self.top, width, min(max(self.height + taller, LEAST), WHOLE - self.top))


@dataclass(frozen=True, slots=True)
class Mask:
    """A rectangle that is blurred, and whose face it hides: empty for somebody without a name."""

    box: Box
    person: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """How the copy for reports is made from the original."""

    crop: Box | None = None
    masks: tuple[Mask, ...] = ()

    def fingerprint(self) -> str:
        """The same for the same pixels, empty for the whole picture without masks."""
        if self.crop is None and not self.masks:
            return ""
        boxes = ";".join(sorted(each.box.words() for each in self.masks))
        said = f"{self.crop.words() if self.crop else ''}|{boxes}"
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def values(self) -> dict[str, object]:
        """As fields of a photo's record; None clears one."""
        rows = [dict(zip(_SIDES, (each.box.left, each.box.top, each.box.width, each.box.height), strict=True))
                | ({"person": each.person} if each.person else {}) for each in self.masks]  # fmt: skip
        return {"crop": self.crop.words() if self.crop else None, "masks": rows or None}


def frame_of(values: Values) -> Frame:
    """The frame a photo's record asks for; what cannot be read masks the whole picture rather than nothing."""
    crop = values.get("crop")
    found = _CROP.fullmatch(crop) if isinstance(crop, str) else None
    box = Box(*(int(each) for each in found.groups())) if found else None
    return Frame(
        box if box is not None and box.fits() else None, tuple(_mask(row) for row in values.get("masks") or ())
    )


def _mask(row: Values) -> Mask:
    numbers = [plain_int(row.get(side)) for side in _SIDES]
    known = [each for each in numbers if each is not None]
    box = Box(*known) if len(known) == len(_SIDES) else Box(0, 0, WHOLE, WHOLE)
    return Mask(box if box.fits() else Box(0, 0, WHOLE, WHOLE), str(row.get("person") or ""))


def current(values: Values) -> bool:
    """Whether the copy for reports was made with the frame the record asks for now."""
    return str(values.get("copy_framing") or "") == frame_of(values).fingerprint()


def problems(values: Values) -> Iterable[Problem]:
    """What is wrong with the rectangles of a record."""
    crop = values.get("crop")
    if crop and frame_of({"crop": crop}).crop is None:
        message = Message(N_("Give left, top, width and height in thousandths of the photo. E.g. 0 100 1000 800."))
        yield Problem("crop", Level.ERROR, "crop", message)
    for row in values.get("masks") or ():
        numbers = [plain_int(row.get(side)) for side in _SIDES]
        known = [each for each in numbers if each is not None]
        if len(known) != len(_SIDES) or not Box(*known).fits():
            message = Message(N_("A mask lies outside the photo. Its sides are thousandths of the photo, 0 to 1000."))
            yield Problem("masks", Level.ERROR, "mask", message)
