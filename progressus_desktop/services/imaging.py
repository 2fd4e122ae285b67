"""Pictures and scans by their content: checked, upright, cut and masked, without anything but pixels."""

from __future__ import annotations

import io
import struct
import time
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps, ImageSequence

from progressus_desktop.domain.framing import WHOLE, Box, Frame
from progressus_desktop.errors import DamagedError, ProgressusError, ValidationError
from progressus_desktop.words import N_, Message

MOST_BYTES = 40 * 1024 * 1024
"""Largest file taken; it is also the limit of a file in a package (exchange.md, section 4)."""

MOST_PIXELS = 100_000_000
"""Largest picture decoded. A file that unpacks to more is a decompression bomb."""

LONGEST_SIDE = 1600
"""Longest side of the copy for reports, in pixels."""

MOST_PAGES = 60
"""Pages of a scan in its copy for reports; the original keeps all."""

PDF = "application/pdf"

_QUALITY = 85
_BLOCKS = 4
"""A blurred face keeps 4 × 4 mean colours: too few to know anybody by, and they cannot be sharpened again."""

_TURNED = frozenset({5, 6, 7, 8})
_ORIENTATION = 0x0112
_TYPES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "TIFF": "image/tiff",
    "HEIF": "image/heic",
}
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError, RuntimeError,
    AssertionError, AttributeError, struct.error, zlib.error, Image.DecompressionBombError,
)  # fmt: skip
"""What decoders raise over files that lie or end too early."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file ready to be kept: what is known of it, and its copy for reports (None: it goes as it is)."""

    about: dict[str, Any]
    copy: bytes | None


def prepare(data: bytes, frame: Frame | None = None) -> Prepared:
    """Check a picture or PDF by its content and make its copy for reports.

    Raises:
        DamagedError: of another kind, truncated, too many pixels, or closed with a password.
        ValidationError: too large.
    """
    if len(data) > MOST_BYTES:
        raise too_large()
    kind = kind_of(data)
    if kind == "PDF":
        _check_pdf(data)
        return Prepared({"media_type": PDF}, None)
    with _decoding(data, kind) as image:
        width, height = image.size
        if kind != "TIFF" and image.getexif().get(_ORIENTATION) in _TURNED:  # Pillow turns the size of a TIFF itself
            width, height = height, width
        about = {"media_type": _TYPES[kind], "width": width, "height": height}
        if kind == "TIFF" and int(getattr(image, "n_frames", 1)) > 1:
            return Prepared(about, _pages(image))
        return Prepared(about, _copied(image, frame or Frame()))


def kind_of(data: bytes) -> str:
    """The kind of a file by its first bytes, whatever its name says.

    Raises:
        DamagedError: none that is taken.
    """
    starts = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"II*\0": "TIFF", b"MM\0*": "TIFF"}
    for start, kind in starts.items():
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return "HEIF"
    if b"%PDF-" in data[:1024]:
        return "PDF"
    hint = Message(N_("It was not added. Choose a JPEG, HEIC, PNG, WebP, TIFF or PDF file."))
    raise DamagedError(Message(N_("This is neither a photo nor a PDF, whatever its name says.")), hint=hint)


def too_large() -> ValidationError:
    """The refusal of a file over 40 MB."""
    hint = Message(N_("It was not added. Save it smaller, up to 40 MB."))
    return ValidationError(Message(N_("The file is too large.")), hint=hint, field="original")


def _damaged() -> DamagedError:
    hint = Message(N_("It was not added. Copy it again from the camera or telephone."))
    return DamagedError(Message(N_("The file is damaged or cut short.")), hint=hint)


@contextmanager
def _decoding(data: bytes, kind: str) -> Iterator[Image.Image]:
    if kind == "HEIF":
        import pi_heif

        pi_heif.register_heif_opener()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=(kind,)) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise _bomb()
                yield image
    except ProgressusError:
        raise
    except Image.DecompressionBombError as error:
        raise _bomb() from error
    except (*_BROKEN, MemoryError) as error:
        raise _damaged() from error


def _bomb() -> DamagedError:
    hint = Message(N_("It was not added. Save it smaller, up to 100 million pixels."))
    return DamagedError(Message(N_("The picture would unpack to too many pixels.")), hint=hint)


def _copied(image: Image.Image, frame: Frame) -> bytes:
    """The copy for reports: JPEG, upright, masked, cut, up to 1,600 px, nothing but pixels."""
    wanted = LONGEST_SIDE * 2
    if frame.crop is not None:
        wanted = wanted * WHOLE // min(frame.crop.width, frame.crop.height)
    image.draft(None, (wanted, wanted))  # a JPEG decodes small, several times faster
    upright = _flat(ImageOps.exif_transpose(image))
    for mask in frame.masks:
        _blur(upright, mask.box)
    if frame.crop is not None:
        upright = upright.crop(_pixels(frame.crop, upright.size))
    return _jpeg(upright)


def _pixels(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """A box in pixels, rounded outwards."""
    width, height = size
    left, top = box.left * width // WHOLE, box.top * height // WHOLE
    right = -(-(box.left + box.width) * width // WHOLE)
    return left, top, max(right, left + 1), max(-(-(box.top + box.height) * height // WHOLE), top + 1)


def _blur(image: Image.Image, box: Box) -> None:
    """Leave of a rectangle 4 × 4 mean colours."""
    place = _pixels(box, image.size)
    region = image.crop(place)
    means = region.resize((_BLOCKS, _BLOCKS), Image.Resampling.BOX)
    image.paste(means.resize(region.size, Image.Resampling.BICUBIC), place[:2])


def _flat(image: Image.Image) -> Image.Image:
    """The picture in RGB; what is transparent becomes white, 16 bits become 8."""
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        flat = Image.new("RGB", rgba.size, "white")
        flat.paste(rgba, mask=rgba.getchannel("A"))
        return flat
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("RGB")


def _jpeg(flat: Image.Image) -> bytes:
    out = io.BytesIO()
    _small(flat).save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def _small(flat: Image.Image) -> Image.Image:
    """A fresh, small picture of the same pixels: no EXIF, GPS, comment or colour profile can come along."""
    flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", flat.size)
    clean.paste(flat)
    return clean


def _pages(image: Image.Image) -> bytes:
    """The pages of a scan as a PDF of pictures."""
    pages = []
    for frame, _at in zip(ImageSequence.Iterator(image), range(MOST_PAGES), strict=False):
        if frame.width * frame.height > MOST_PIXELS:
            raise _bomb()
        pages.append(_small(_flat(ImageOps.exif_transpose(frame))))
    out, never = io.BytesIO(), time.gmtime(0)
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], creationDate=never, modDate=never)
    return out.getvalue()


def _check_pdf(data: bytes) -> None:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            whole = b"%%EOF" in data[-2048:] and len(pdf.pages) > 0
    except pikepdf.PasswordError as error:
        hint = Message(N_("It was not added. Save it without a password."))
        raise DamagedError(Message(N_("The PDF is closed with a password.")), hint=hint) from error
    except (pikepdf.PdfError, *_BROKEN) as error:
        raise _damaged() from error
    if not whole:
        raise _damaged()
