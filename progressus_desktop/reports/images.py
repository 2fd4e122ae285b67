"""Photos as they go into a file: JPEG data with nothing but the picture in them."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

from PIL import Image

from progressus_desktop.errors import DamagedError
from progressus_desktop.words import N_, Message

_KEPT_SEGMENTS = {0xDB, 0xC4, 0xC0, 0xC1, 0xC2, 0xDD}
_ADOBE = 0xEE
_FILL = 0xFF
_START_OF_SCAN = 0xDA
MAX_SIDE = 1600
_NOISE = 40
"""Saturation (of 255) below which a colour is taken for grey."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to be embedded; ``identity`` is the hash of its content."""

    identity: str
    data: bytes
    width: int
    height: int
    gray: bool = False

    def entries(self) -> bytes:
        """The entries of its stream dictionary."""
        space = b"DeviceGray" if self.gray else b"DeviceRGB"
        return b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/%s/BitsPerComponent 8/Filter/DCTDecode" % (
            self.width, self.height, space,
        )  # fmt: skip


def picture(data: bytes) -> Picture:
    """The picture in ``data`` (JPEG or another kind Pillow reads), without any metadata.

    A JPEG of ordinary colours passes through as it is, only its application segments go.

    Raises:
        DamagedError: the data are no picture.
    """
    try:
        with Image.open(io.BytesIO(data)) as image:
            passes = image.format == "JPEG" and image.mode in {"RGB", "L"} and max(image.size) <= MAX_SIDE
            turned = bool(image.getexif().get(0x0112, 1) != 1)
            if passes and not turned:
                bare = _without_metadata(data)
                return Picture(hashlib.sha256(bare).hexdigest(), bare, *image.size, gray=image.mode == "L")
            return _made_again(image)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DamagedError(Message(N_("A photo cannot be read as a picture."))) from error


def colourful(picture: Picture) -> bool:
    """Whether a picture has other colours than greys; the small noise of a JPEG is none."""
    if picture.gray:
        return False
    with Image.open(io.BytesIO(picture.data)) as image:
        small = image.convert("HSV")
        small.thumbnail((200, 200))
    return any(small.getchannel("S").histogram()[_NOISE:])


def _made_again(image: Image.Image) -> Picture:
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=88)
    bare = _without_metadata(out.getvalue())
    return Picture(hashlib.sha256(bare).hexdigest(), bare, *upright.size)


def _without_metadata(data: bytes) -> bytes:
    """A JPEG with only the segments that make its picture.

    Raises:
        ValueError: the segments do not follow each other as they must.
    """
    out, at = bytearray(b"\xff\xd8"), 2
    while at + 4 <= len(data):
        if data[at] != _FILL:
            break
        kind = data[at + 1]
        if kind == _FILL:
            at += 1
            continue
        if kind == _START_OF_SCAN:
            return bytes(out + data[at:])
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if kind in _KEPT_SEGMENTS or kind == _ADOBE:
            out += data[at : at + 2 + length]
        at += 2 + length
    msg = "no scan in this JPEG"
    raise ValueError(msg)
