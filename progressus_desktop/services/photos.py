"""Adding a photo to an event: checked by its content, with a copy for reports that holds no metadata."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from progressus_desktop.errors import DamagedError, NotFoundError, ValidationError
from progressus_desktop.services import permission, records
from progressus_desktop.store import media, query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

MOST_BYTES = 40 * 1024 * 1024
"""Largest file taken; it is also the limit of a file in a package (exchange.md, section 4)."""

MOST_PIXELS = 100_000_000
"""Largest picture decoded. A file that unpacks to more is a decompression bomb."""

LONGEST_SIDE = 1600
"""Longest side of the copy for reports, in pixels."""

_QUALITY = 85
_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}


def add(
    ws: Workspace,
    event_id: str,
    source: Path | bytes,
    alt: str = "",
    *,
    caption: str = "",
    further: Mapping[str, Any] | None = None,
) -> str:
    """Add a photo to an event; gives the new record's id.

    Raises:
        AccessError: the role does not allow it.
        DamagedError: no JPEG or PNG, truncated, or it unpacks to too many pixels; nothing was written.
        NotFoundError: there is no such event or file.
        ValidationError: the file is too large.
    """
    return add_many(ws, event_id, [source], alt, caption=caption, further=further)[0]


def add_many(
    ws: Workspace,
    event_id: str,
    sources: Sequence[Path | bytes],
    alt: str = "",
    *,
    caption: str = "",
    further: Mapping[str, Any] | None = None,
) -> list[str]:
    """Add photos to an event, all or none, in one commit; gives their ids.

    Raises:
        AccessError: the role does not allow it.
        DamagedError: one is no JPEG or PNG, truncated, or too many pixels; nothing was written.
        NotFoundError: there is no such event or file.
        ValidationError: a file is too large.
    """
    event = query.get(ws, "event", event_id)
    if event is None or event.deleted:
        raise NotFoundError(Message(N_("There is no such event.")))
    permission.must_write(ws, "photo", permission.space_for(ws, "photo", ""))
    data = [source if isinstance(source, bytes) else _read(source) for source in sources]
    prepared = [(each, *shared_copy(each)) for each in data]
    day = event.fields.get("date")
    rows = []
    for original, copy, about in prepared:
        row: dict[str, Any] = {
            "kind": "photo",
            "event": event.id,
            "original": media.add(ws, original),
            "shared_copy": media.add(ws, copy),
            "caption": caption or None,
            "alt": alt or None,
            "taken_at": day if isinstance(day, str) else None,
            **about,
            **(further or {}),
        }
        rows.append({name: value for name, value in row.items() if value is not None})
    return records.add_many(ws, "photo", rows, draft=True)


def _read(path: Path) -> bytes:
    """A file from outside, after its size was looked at.

    Raises:
        NotFoundError: there is no such file.
        ValidationError: it is too large.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise _too_large()
        return path.read_bytes()
    except OSError as error:
        message = Message(N_("The file “{name}” could not be read."), {"name": path.name})
        raise NotFoundError(message) from error


def _too_large() -> ValidationError:
    hint = Message(N_("Nothing was added. Save the photo smaller, up to 40 MB."))
    return ValidationError(Message(N_("The photo is too large.")), hint=hint, field="original")


def _refused() -> DamagedError:
    hint = Message(N_("Nothing was added. Choose a JPEG or PNG photo."))
    return DamagedError(Message(N_("This file is no JPEG or PNG photo, or it is damaged.")), hint=hint)


def shared_copy(data: bytes) -> tuple[bytes, dict[str, Any]]:
    """The copy of a picture for reports (JPEG, up to 1,600 px, upright, no EXIF) and what is known of the original.

    Raises:
        DamagedError: no JPEG or PNG, truncated, or too many pixels.
        ValidationError: too large.
    """
    if len(data) > MOST_BYTES:
        raise _too_large()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=tuple(_TYPES)) as image:
                kind = image.format or ""
                if image.width * image.height > MOST_PIXELS:
                    raise _refused()
                upright = ImageOps.exif_transpose(image)
                about = {"media_type": _TYPES[kind], "width": upright.width, "height": upright.height}
                return _jpeg(upright), about
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise _refused() from error


def _jpeg(image: Image.Image) -> bytes:
    """A small JPEG with nothing but pixels; what is transparent becomes white."""
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        flat = Image.new("RGB", rgba.size, "white")
        flat.paste(rgba, mask=rgba.getchannel("A"))
    else:
        flat = image.convert("RGB")
    flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    # A fresh picture of the same pixels: no EXIF, GPS, comment or colour profile can come along.
    clean = Image.new("RGB", flat.size)
    clean.paste(flat)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
