"""Scans of the sample project, drawn by the program: lines of a pen in place of names, no real person is named."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from random import Random
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from progressus_desktop import assets
from progressus_desktop.services import photos, records
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace

if TYPE_CHECKING:
    from progressus_desktop.services.demo_making import Making

_WIDTH, _HEIGHT = 1240, 1754
"""An A4 page at 150 dots to the inch."""
_LEFT, _RIGHT, _TOP, _ROW = 90, 1150, 330, 52
ROWS = 26
"""Rows of one page of an attendance list."""
_PAPER, _PRINT, _PENS = "#FBFAF6", "#33363B", ("#1E3A8A", "#26304F", "#1F2937", "#3B2A6B")
_COLUMNS = ((_LEFT, "Lp."), (150, "Imię i nazwisko"), (520, "Organizacja"), (820, "Podpis"), (_RIGHT, ""))

_LISTS = {"2026-11-14": 112, "2026-11-05": 16, "2026-10-24": 31, "2026-10-17": 16, "2026-10-10": 12}
"""How many signed, by the day of the event; others have no scan, so that lists of gaps show something."""
_SIGNING = "2026-10-10"
_SIGNED_WITH, _WITHOUT_SCAN = ("PUP Wzorów", "KGW „Malwa”"), ("Spółdzielnia „Razem Dalej”",)
_SENTENCES = (
    "Współpracujemy w klastrze „Nad Strugą” na rzecz pracy i praktyk",
    "osób z niepełnosprawnościami w trzech wsiach.",
    "1. Dzielimy się tym, co mamy: salą, dojazdem, wiedzą i czasem.",
    "2. Spotykamy się w pierwszy wtorek miesiąca.",
    "3. O osobach mówimy tylko to, na co się zgodziły.",
    "4. Deklaracja trwa do 31 grudnia 2027 roku. Każdy może odejść.",
)


def add(ws: Workspace, making: Making) -> None:
    """Scans of attendance lists, and declarations of partners: with a scan, and one whose scan is missing."""
    for number, (day, people) in enumerate(_LISTS.items()):
        event = query.get(ws, "event", making.events[day])
        title = str(event.fields.get("title") or "") if event is not None else ""
        data = attendance(number, title, f"{making.day(day):%d.%m.%Y}", people)
        photos.add(ws, making.events[day], data, caption="Podpisana lista", further={"kind": "list_scan"})
    for number, name in enumerate((*_SIGNED_WITH, *_WITHOUT_SCAN)):
        scan = None
        if name in _SIGNED_WITH:
            data = declaration(number, "Deklaracja współpracy", _SENTENCES, (making.name, name))
            told = {"kind": "declaration", "partner": making.partners[name]}
            scan = photos.add(ws, making.events[_SIGNING], data, caption=f"Deklaracja: {name}", further=told)
        row = {
            "key": f"d{number:07x}", "kind": "declaration", "date": making.day(_SIGNING).isoformat(),
            "valid_until": "2027-12", **({"scan": scan} if scan else {}),
        }  # fmt: skip
        records.save(ws, "partner", making.partners[name], {"declarations": [row]})


def attendance(seed: int, title: str, about: str, people: int) -> bytes:
    """A signed attendance list of an event as a PDF, with a row for each of ``people``; the same for the same seed."""
    rng = Random(seed)  # noqa: S311 - a drawing, no secret
    firsts = range(0, people, ROWS)
    pages = [_list(rng, title, f"{about} · strona {first // ROWS + 1} z {len(firsts)}", first, people)
             for first in firsts]  # fmt: skip
    return _pdf(pages)


def declaration(seed: int, title: str, lines: Sequence[str], signers: Sequence[str]) -> bytes:
    """A signed declaration as a PDF: its sentences, and a signature for each of ``signers``."""
    rng = Random(seed)  # noqa: S311 - a drawing, no secret
    page, draw = _sheet()
    draw.text((_LEFT, 220), title, fill=_PRINT, font=_font(40, bold=True))
    for place, line in enumerate(lines):
        draw.text((_LEFT, 330 + place * 56), line, fill=_PRINT, font=_font(27))
    width = (_RIGHT - _LEFT) // len(signers)
    for place, signer in enumerate(signers):
        left = _LEFT + place * width
        draw.line((left, 1300, left + width - 60, 1300), fill=_PRINT, width=2)
        draw.text((left, 1312), signer, fill=_PRINT, font=_font(22))
        _written(draw, rng, left + 30, 1290, width - 190)
    return _pdf([page])


def _list(rng: Random, title: str, about: str, first: int, people: int) -> Image.Image:
    page, draw = _sheet()
    draw.text((_LEFT, 150), "Lista obecności", fill=_PRINT, font=_font(40, bold=True))
    draw.text((_LEFT, 212), title, fill=_PRINT, font=_font(29, bold=True))
    draw.text((_LEFT, 256), about, fill=_PRINT, font=_font(24))
    bottom = _TOP + _ROW * (ROWS + 1)
    for row in range(ROWS + 2):
        draw.line((_LEFT, _TOP + row * _ROW, _RIGHT, _TOP + row * _ROW), fill=_PRINT, width=2)
    for left, head in _COLUMNS:
        draw.line((left, _TOP, left, bottom), fill=_PRINT, width=2)
        draw.text((left + 10, _TOP + 10), head, fill=_PRINT, font=_font(22, bold=True))
    for row in range(min(ROWS, people - first)):
        base = _TOP + (row + 2) * _ROW - 14
        draw.text((_LEFT + 12, base - 28), str(first + row + 1), fill=_PRINT, font=_font(22))
        pen = rng.choice(_PENS)
        for left, width in ((170, 230), (540, 190), (840, 220)):
            _written(draw, rng, left, base, width - rng.randint(0, 70), pen)
    return page


def _written(draw: ImageDraw.ImageDraw, rng: Random, left: int, base: int, width: int, pen: str = _PENS[0]) -> None:
    """A line of a pen that looks like writing and says nothing."""
    draw.line(list(_strokes(rng, left, base, width)), fill=pen, width=3, joint="curve")


def _strokes(rng: Random, left: int, base: int, width: int) -> Iterator[tuple[float, float]]:
    high, turn = 20.0, 0.0
    for step in range(0, width, 2):
        turn += rng.uniform(0.2, 0.55)
        if rng.random() < 0.07:  # noqa: PLR2004 - now and then a tall letter
            high = rng.uniform(10, 34)
        yield left + step + 5 * math.sin(turn * 1.7), base - high * (0.5 + 0.5 * math.sin(turn))


def _sheet() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty page with the coloured marks of the sample project at its head."""
    page = Image.new("RGB", (_WIDTH, _HEIGHT), _PAPER)
    draw = ImageDraw.Draw(page)
    for place, colour in enumerate(("#4B5563", "#0F766E", "#5B3A8A")):
        draw.rounded_rectangle((_LEFT + place * 250, 60, _LEFT + place * 250 + 210, 112), radius=10, fill=colour)
    return page, draw


def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "SourceSans3_600SemiBold.ttf" if bold else "SourceSans3_400Regular.ttf"
    return ImageFont.truetype(str(assets.folder("fonts") / name), size)


def _pdf(pages: Sequence[Image.Image]) -> bytes:
    """Pages as a scanner gives them, slightly askew; without the time, so that the same list is the same file."""
    askew = [page.rotate(0.4, Image.Resampling.BICUBIC, fillcolor="#ECEAE4") for page in pages]
    out = io.BytesIO()
    askew[0].save(out, "PDF", resolution=150, save_all=True, append_images=askew[1:], quality=70,
                  creationDate=None, modDate=None)  # fmt: skip
    return out.getvalue()
