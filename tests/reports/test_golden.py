"""The first page of each report looks as it did when somebody last looked at it.

``python -m tests.reports.test_golden`` paints the pictures anew; look at them before they are kept.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from tests.reports import worlds

FOLDER = Path(__file__).with_name("golden")
SCALE = 0.75
"""54 dots an inch: letters can just be read, and a shift of two points can be seen."""

UNLIKE = 36
"""Steps of grey (of 255) from which a pixel counts as another, after both pictures were blurred a little."""

MOST = 0.0005
"""Share of other pixels that a different rendering of the same letters may have."""


def painted(data: bytes) -> Image.Image:
    """The first page in grey."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return pdf[0].render(scale=SCALE).to_pil().convert("L")
    finally:
        pdf.close()


def unlike(one: Image.Image, other: Image.Image) -> float:
    """Share of the pixels that differ."""
    if one.size != other.size:
        return 1.0
    blurred = [each.filter(ImageFilter.BoxBlur(1)) for each in (one, other)]
    counts = ImageChops.difference(*blurred).histogram()
    return sum(counts[UNLIKE:]) / (one.width * one.height)


def kept(kind: str) -> Image.Image:
    with Image.open(FOLDER / f"{kind}.png") as picture:
        return picture.convert("L")


@pytest.mark.usefixtures("made_worlds")
@pytest.mark.parametrize("kind", worlds.KINDS)
def test_the_first_page_looks_as_it_did(kind: str, tmp_path: Path) -> None:
    now = painted(worlds.made(kind, "small"))
    now.save(tmp_path / "now.png")
    share = unlike(now, kept(kind))
    assert share <= MOST, f"{share:.2%} of {tmp_path / 'now.png'} differ from {FOLDER / kind}.png"


@pytest.mark.usefixtures("made_worlds")
@pytest.mark.parametrize("kind", ["event-card", "schedule"])
def test_a_small_change_of_looks_is_seen(kind: str) -> None:
    good = kept(kind)
    shifted = Image.new("L", good.size, 255)
    shifted.paste(good, (0, 2))
    bare = good.copy()
    ink = next(y for y in range(95, good.height) if min(good.crop((36, y, 400, y + 1)).get_flattened_data()) < 100)
    bare.paste(255, (0, ink, good.width, ink + 16))  # a line of the page is gone
    for wrong in (shifted, bare):
        assert unlike(wrong, good) > MOST


def paint_all() -> None:
    """Keep what the reports look like now."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["PROGRESSUS_HOME"] = home
        worlds.PLACE[:] = [Path(home)]
        for kind in worlds.KINDS:
            picture = painted(worlds.made(kind, "small"))
            picture.quantize(16).save(FOLDER / f"{kind}.png", optimize=True)
        worlds.close()


if __name__ == "__main__":
    paint_all()
