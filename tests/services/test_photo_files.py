"""Files of an event by their content: what is taken, what is refused and why, and what of them leaves."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pillow_heif
import pypdfium2
import pytest
from PIL import Image, ImageDraw
from PIL.TiffImagePlugin import IFDRational

from progressus_desktop.errors import CancelledError, DamagedError, ProgressusError, ValidationError
from progressus_desktop.services import imaging, photos, records
from progressus_desktop.store import media, query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import Message

KINDS = ("JPEG", "PNG", "WEBP", "TIFF", "HEIF")
MAKER = "Aparat Anny"


def drawn(size: tuple[int, int] = (2400, 1200)) -> Image.Image:
    """Blue, with a red quarter at the left above."""
    image = Image.new("RGB", size, "navy")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill="red")
    return image


def exif() -> Image.Exif:
    """On its side, with the maker of the camera and a place."""
    made = Image.Exif()
    made[0x0112] = 6
    made[0x010F] = MAKER
    made.get_ifd(0x8825).update({1: "N", 2: tuple(IFDRational(each) for each in (53, 41, 22))})
    return made


def saved(kind: str, image: Image.Image | None = None, **more: Any) -> bytes:
    out = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(image or drawn()).save(out, exif=exif().tobytes(), quality=80)
    else:
        (image or drawn()).save(out, kind, exif=exif(), **more)
    return out.getvalue()


def pdf(pages: int = 2, **more: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        for _page in range(pages):
            made.add_blank_page()
        made.save(out, **more)
    return out.getvalue()


def an_event(ws: Workspace) -> str:
    return records.save(ws, "event", None, {"title": "Warsztat", "date": "2026-11-18"}).id


def fields(ws: Workspace, photo: str) -> dict[str, Any]:
    record = query.get(ws, "photo", photo)
    assert record is not None
    return dict(record.fields)


def files(ws: Workspace) -> list[Path]:
    return [each for each in (ws.folder / "attachments").rglob("*") if each.is_file()]


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_of_each_kind_leaves_upright_and_without_metadata_whatever_its_name(
    lone: Workspace, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "notatka.txt"
    file.write_bytes(saved(kind))
    kept = fields(lone, photos.add(lone, an_event(lone), file))
    copy = media.read(lone, kept["shared_copy"])
    with Image.open(io.BytesIO(copy)) as image:
        assert (image.format, image.size) == ("JPEG", (800, 1600))
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        red = image.getpixel((600, 200))
    assert red[0] > 200
    assert red[2] < 60
    assert MAKER.encode() not in copy
    assert (kept["kind"], kept["width"], kept["height"]) == ("photo", 1200, 2400)


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_cut_short_is_refused(lone: Workspace, kind: str) -> None:
    whole = saved(kind, drawn((600, 300)).effect_spread(40))
    for part in (2, 3):
        with pytest.raises(DamagedError):
            photos.add(lone, an_event(lone), whole[: len(whole) * (part - 1) // part])
    assert query.total(lone, "photo", View()) == 0
    assert not files(lone)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_a_small_file_that_unpacks_to_too_many_pixels_is_refused_by_its_size(lone: Workspace, kind: str) -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, kind, **({"compression": "group4"} if kind == "TIFF" else {}))
    assert len(out.getvalue()) < 200_000
    with pytest.raises(DamagedError) as told:
        photos.add(lone, an_event(lone), out.getvalue())
    assert "too many pixels" in told.value.message.text


def test_files_that_lie_are_refused(lone: Workspace) -> None:
    lies = {
        "another kind's beginning": b"\xff\xd8\xff" + saved("PNG")[3:],
        "a film": b"\0\0\0\x18ftypmp42" + bytes(200),
        "nothing behind the brand": b"\0\0\0\x18ftypheic" + bytes(200),
        "words": "To nie jest zdjęcie".encode(),
        "a program": b"MZ" + bytes(500),
        "a PDF in name": b"%PDF-1.7\n" + bytes(300),
    }
    for what, data in lies.items():
        with pytest.raises(DamagedError):
            pytest.fail(f"taken: {what} {photos.add(lone, an_event(lone), data)}")


def test_a_pdf_goes_as_it_is_and_is_no_photo(lone: Workspace) -> None:
    data = pdf()
    kept = fields(lone, photos.add(lone, an_event(lone), data))
    assert (kept["kind"], kept["media_type"]) == ("other", "application/pdf")
    assert media.read(lone, kept["shared_copy"]) == data


def test_a_pdf_cut_short_or_closed_is_refused(lone: Workspace) -> None:
    closed = pdf(encryption=pikepdf.Encryption(owner="a", user="b"))
    for data, why in ((pdf()[:-200], "cut short"), (closed, "password")):
        with pytest.raises(DamagedError) as told:
            photos.add(lone, an_event(lone), data)
        assert why in told.value.message.text


def test_a_scan_of_several_pages_leaves_as_a_pdf_without_metadata(lone: Workspace) -> None:
    pages = [drawn((800, 1100)), Image.new("RGB", (800, 1100), "lime")]
    data = saved("TIFF", pages[0], save_all=True, append_images=pages[1:])
    kept = fields(lone, photos.add(lone, an_event(lone), data))
    copy = media.read(lone, kept["shared_copy"])
    made = pypdfium2.PdfDocument(copy)
    assert len(made) == 2
    made.close()
    assert MAKER.encode() not in copy
    assert kept["kind"] == "other"


@pytest.mark.parametrize(
    ("image", "kind", "seen"),
    [
        (Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG", (255, 255, 255)),
        (Image.new("I;16", (40, 40), 0x8000), "TIFF", (128, 128, 128)),
        (Image.new("CMYK", (40, 40), (0, 255, 255, 0)), "JPEG", (237, 28, 36)),
        (Image.new("LA", (40, 40), (0, 255)), "PNG", (0, 0, 0)),
        (Image.new("1", (40, 40), 1), "TIFF", (255, 255, 255)),
    ],
)
def test_unusual_colours_are_seen_as_they_are(
    lone: Workspace, image: Image.Image, kind: str, seen: tuple[int, int, int]
) -> None:
    out = io.BytesIO()
    image.save(out, kind)
    kept = fields(lone, photos.add(lone, an_event(lone), out.getvalue()))
    with Image.open(io.BytesIO(media.read(lone, kept["shared_copy"]))) as copy:
        found = copy.getpixel((20, 20))
    assert all(abs(a - b) < 40 for a, b in zip(found, seen, strict=True))


def test_a_file_too_large_is_refused_before_it_is_read(lone: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "skan.tif"
    with file.open("wb") as out:
        out.truncate(imaging.MOST_BYTES + 1)
    with pytest.raises(ValidationError):
        photos.add(lone, an_event(lone), file)


def test_of_many_files_the_good_ones_are_added_at_once_and_each_other_is_named_with_its_reason(
    lone: Workspace, tmp_path: Path
) -> None:
    event, told = an_event(lone), []
    files_: list[Path | bytes] = []
    for name, data in (
        ("a.jpg", saved("JPEG")), ("b.heic", saved("HEIF")), ("c.jpg", b"nic"), ("d.jpg", saved("JPEG")),
        ("e.pdf", pdf()),
    ):  # fmt: skip
        (tmp_path / name).write_bytes(data)
        files_.append(tmp_path / name)
    files_.append(tmp_path / "missing.png")
    taken = photos.take(lone, event, files_, lambda done, of, name: told.append((done, of, name)))
    assert (len(taken.ids), taken.known) == (3, 1)
    assert [each.name for each in taken.refused] == ["c.jpg", "missing.png"]
    assert all(str(each.why) for each in taken.refused)
    assert told[0] == (0, 6, "a.jpg")
    assert told[-1] == (6, 6, "")
    assert photos.take(lone, event, files_[:2], lambda *_: None).known == 2


def test_a_stop_leaves_neither_records_nor_files(lone: Workspace) -> None:
    event = an_event(lone)

    def tell(done: int, _of: int, _name: str) -> None:
        if done == 2:
            raise CancelledError(Message("stop"))

    with pytest.raises(ProgressusError):
        photos.take(lone, event, [saved(kind) for kind in KINDS], tell)
    assert query.total(lone, "photo", View()) == 0
    assert not files(lone)
