"""Files of others (scans, PDFs of other programs) as pictures, so that a report that holds them stays accessible.

docs/decisions/0009-foreign-files-as-pictures.md says why they are neither joined as they are nor attached.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageSequence

from progressus_desktop.errors import DamagedError
from progressus_desktop.reports.images import MAX_SIDE, Picture, picture
from progressus_desktop.words import N_, Message

MOST_PAGES = 60
"""Pages of one file that are shown; more are left out and counted."""

_PDF = b"%PDF-"
_GREY = 24
"""Saturation (of 255) up to which a page counts as grey."""


def pictures_of(data: bytes) -> tuple[list[Picture], int]:
    """The pages of a PDF or the frames of a picture, at most :data:`MOST_PAGES`, and how many there are in all.

    Raises:
        DamagedError: it is neither, it is damaged, or a password keeps it closed.
    """
    if data[:1024].lstrip().startswith(_PDF):
        return _pages(data)
    return _frames(data)


def _frames(data: bytes) -> tuple[list[Picture], int]:
    try:
        with Image.open(io.BytesIO(data)) as image:
            number = int(getattr(image, "n_frames", 1))
            if number == 1:
                return [picture(data)], 1
            frames = (frame.convert("RGB") for frame in ImageSequence.Iterator(image))
            return [_kept(frame) for frame, _at in zip(frames, range(MOST_PAGES), strict=False)], number
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise DamagedError(Message(N_("A photo cannot be read as a picture."))) from error


def _pages(data: bytes) -> tuple[list[Picture], int]:
    import pypdfium2

    try:
        pdf: Any = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise DamagedError(Message(N_("A PDF is damaged or closed with a password."))) from error
    try:
        return [_kept(page) for page in _rendered(pdf)], len(pdf)
    except pypdfium2.PdfiumError as error:
        raise DamagedError(Message(N_("A PDF is damaged or closed with a password."))) from error
    finally:
        pdf.close()


def _rendered(pdf: Any) -> Iterator[Image.Image]:
    for at in range(min(len(pdf), MOST_PAGES)):
        page = pdf[at]
        scale = MAX_SIDE / max(*page.get_size(), 1.0)
        bitmap = page.render(scale=scale)
        yield bitmap.to_pil().convert("RGB")
        bitmap.close()
        page.close()


def _kept(image: Image.Image) -> Picture:
    """A page as JPEG, grey where it has no colour."""
    image.thumbnail((MAX_SIDE, MAX_SIDE))
    saturation: Any = image.convert("HSV").getchannel("S").getextrema()
    out = io.BytesIO()
    (image.convert("L") if saturation[1] <= _GREY else image).save(out, "JPEG", quality=80)
    return picture(out.getvalue())
