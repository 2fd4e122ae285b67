"""How fast, flat and small the PDF reports are, beside a raw untagged ReportLab canvas of the same page count.

``python -m benchmarks.bench_reports`` prints one line a goal of docs/performance.md.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from progressus_desktop import assets
from progressus_desktop.reports import event_card
from progressus_desktop.reports.blocks import Photo
from progressus_desktop.reports.event_card import Arrangement, Count, EventCard, Topic
from progressus_desktop.reports.images import picture
from progressus_desktop.reports.setting import Setting
from progressus_desktop.reports.tables import Column, Look, Row

ROWS = 2000
REPEATS = 3
SETTING = Setting("pl", "Stowarzyszenie", datetime(2026, 5, 20, 9, 30, tzinfo=UTC), ("Znak",), "")
COLUMNS = [
    Column("Data", width=50),
    *(Column(head, share=1.0) for head in ("Nazwa", "Miejsce", "Rola", "Wynik", "Uwagi")),
]


def rows(number: int) -> Iterator[tuple[str, ...]]:
    for at in range(number):
        yield (
            f"{at % 28 + 1:02}.05.2026",
            f"Spotkanie nr {at}",
            "Lipniki Wzorcowe",
            "społeczność",
            "uzgodniono",
            f"wiersz {at}",
        )


def raw(number: int) -> bytes:
    """The same rows drawn on a bare canvas: no tags, no wrapping, no metadata."""
    pdfmetrics.registerFont(TTFont("Raw", str(assets.folder("fonts") / "SourceSans3_400Regular.ttf")))
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=1)
    y = 0.0
    for row in rows(number):
        if y < 60:
            if y:
                canvas.showPage()
            canvas.setFont("Raw", 9)
            y = 780.0
        for at, text in enumerate(row):
            canvas.drawString(48 + at * 83, y, text)
        canvas.line(48, y - 4, 547, y - 4)
        y -= 24
    canvas.save()
    return out.getvalue()


def tagged(number: int) -> bytes:
    """A tagged table of the same rows and row height, with repeated heads, bookmarks and metadata."""
    document = SETTING.document("Zestawienie", "", "Zestawienie", running="")
    document.heading("Zestawienie", 1)
    document.table(COLUMNS, (Row(row) for row in rows(number)), replace(Look(), pad_y=6.15))
    return document.finish()


def card() -> bytes:
    """A full event card without photos."""
    return event_card.render(
        EventCard(
            "KROA-2026-0014", "Warsztat: od jednej organizacji do klastra", "Odbyło się · gotowe",
            facts=[("Termin", "12.05.2026")] * 8, participants=[Count(f"Rola {at}", at, 2) for at in range(11)],
            topics=[Topic(f"T{at}", "Temat", at - 1, "warsztat", "pracodawcy") for at in range(1, 5)],
            course="Uczestnicy ułożyli mapę zasobów gminy. " * 20,
            arrangements=[Arrangement("Zebrać rozkłady", "Krokus", "29.05.2026")] * 6,
        ),
        SETTING,
    )  # fmt: skip


def gallery(number: int) -> bytes:
    """Photos as they come from the store: JPEG of 1,600 pixels, three in a row."""
    from progressus_desktop.reports import blocks

    document = SETTING.document("Galeria", "", "Galeria", running="")
    document.heading("Galeria", 1)
    data = _jpegs()
    for at in range(0, number, 3):
        shown = [
            Photo(picture(data[each % 8]), "Zdjęcie", f"Zdjęcie {each}") for each in range(at, min(at + 3, number))
        ]
        blocks.photos(document, shown)
    return document.finish()


@cache
def _jpegs() -> list[bytes]:
    return [_jpeg(at) for at in range(8)]


def _jpeg(at: int) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.effect_noise((1600, 1067), 20 + at).convert("RGB").save(out, "JPEG", quality=82)
    return out.getvalue()


def best(make: Callable[[], bytes]) -> tuple[float, int]:
    """Seconds of the fastest of three runs, and the size made."""
    times, size = [], 0
    for _ in range(REPEATS):
        start = time.perf_counter()
        size = len(make())
        times.append(time.perf_counter() - start)
    return min(times), size


def peak() -> float:
    """The most megabytes this process has held (Linux; elsewhere the system's own figure, which a child inherits)."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def memory(call: str) -> float:
    """Megabytes one call adds to the peak of a process of its own that has made a small report before."""
    script = (
        "from benchmarks import bench_reports as b; b.tagged(5); b.card(); before = b.peak();"
        f"{call}; print(b.peak() - before)"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return float(done.stdout)


def main() -> None:
    card()
    seconds, size = best(card)
    print(f"event card                {seconds:7.3f} s  {size / 1000:6.0f} kB   goal < 0.1 s")
    plain, _size = best(lambda: raw(ROWS))
    ours, size = best(lambda: tagged(ROWS))
    print(
        f"table of {ROWS} rows        {ours:7.3f} s  {size / 1000:6.0f} kB   {ours / plain:.2f} x raw canvas, goal <= 2"
    )
    print(f"  memory added            {memory(f'b.tagged({ROWS})'):7.1f} MB                goal < 64 MB")
    ten, _size = best(lambda: tagged(10 * ROWS))
    print(f"table of {10 * ROWS} rows       {ten:7.3f} s             {ten / ours:.1f} x the smaller, goal about 10")
    _jpegs()
    start = time.perf_counter()
    size = len(gallery(500))
    print(f"500 photos                {time.perf_counter() - start:7.3f} s  {size / 1000:6.0f} kB   goal < 1 s")
    print(f"peak of this process      {peak():7.0f} MB")


if __name__ == "__main__":
    main()
