"""Photos of the sample project, drawn by the program: no real person or place is shown."""

from __future__ import annotations

import io
from random import Random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 1067
_SKIN = ("#E8B999", "#C98F6B", "#F0CBB0", "#A9714F", "#DDA885")
_HAIR = ("#3B2A20", "#6B4A2F", "#A07040", "#222222", "#8A8A8A", "#5A2E1E")
_CLOTHES = ("#2F6B7A", "#6B3F7A", "#B4662F", "#3F7A4B", "#7A3F4B", "#3F4F7A", "#9A7B2F", "#4F5F6F")


def jpeg(seed: int, *, outdoors: bool, people: int) -> bytes:
    """A drawn photo of ``people`` persons, in a room at a table or before a house; the same for the same seed."""
    rng = Random(seed)  # noqa: S311 - a drawing, no secret
    image = Image.new("RGB", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(image)
    (_meadow if outdoors else _room)(draw, rng)
    base = 1000 if outdoors else 860
    step = WIDTH // (people + 1)
    for place in range(people):
        _person(draw, rng, step * (place + 1) + rng.randint(-20, 20), base + rng.randint(-25, 25))
    if not outdoors:
        draw.rectangle((110, 800, WIDTH - 110, 880), fill="#F3EEE2")
        draw.rectangle((110, 880, WIDTH - 110, 900), fill="#C9B48A")
        for place in range(people):
            left = step * (place + 1) - 60
            draw.rectangle((left, 815, left + 110, 850), fill="#FFFFFF", outline="#B8B8B8", width=3)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def _room(draw: ImageDraw.ImageDraw, rng: Random) -> None:
    draw.rectangle((0, 0, WIDTH, 760), fill="#EADBB8")
    draw.rectangle((0, 760, WIDTH, HEIGHT), fill="#A9824F")
    for left in (180, 660, 1140):
        draw.rectangle((left, 120, left + 280, 420), fill="#CFE6F2", outline="#FFFFFF", width=14)
        draw.line((left + 140, 120, left + 140, 420), fill="#FFFFFF", width=10)
        draw.rectangle((left + 20, 430, left + 90 + rng.randint(0, 60), 470), fill="#6FA05A")


def _meadow(draw: ImageDraw.ImageDraw, rng: Random) -> None:
    for row in range(600):
        shade = 200 + row * 40 // 600
        draw.line((0, row, WIDTH, row), fill=(140 + row * 60 // 600, shade, 240))
    draw.ellipse((-400, 420, 1000, 1300), fill="#7FB069")
    draw.ellipse((600, 480, 2200, 1400), fill="#6A9C58")
    left = 980 + rng.randint(0, 160)
    draw.rectangle((left, 330, left + 320, 560), fill="#B4513F")
    draw.polygon(((left - 40, 330), (left + 160, 190), (left + 360, 330)), fill="#7A3B2F")
    draw.rectangle((left + 120, 430, left + 200, 560), fill="#E9DFC9")
    draw.rectangle((0, 780, WIDTH, HEIGHT), fill="#8DBB73")


def _person(draw: ImageDraw.ImageDraw, rng: Random, middle: int, base: int) -> None:
    clothes, skin, hair = rng.choice(_CLOTHES), rng.choice(_SKIN), rng.choice(_HAIR)
    draw.rounded_rectangle((middle - 85, base - 300, middle + 85, base), radius=60, fill=clothes)
    draw.ellipse((middle - 62, base - 430, middle + 62, base - 290), fill=hair)
    draw.ellipse((middle - 52, base - 412, middle + 52, base - 286), fill=skin)
    if rng.random() < 0.5:  # noqa: PLR2004 - half of them have long hair
        draw.rectangle((middle - 62, base - 370, middle - 44, base - 270), fill=hair)
        draw.rectangle((middle + 44, base - 370, middle + 62, base - 270), fill=hair)
