"""The same table of 2,000 rows by Typst and by WeasyPrint, both tagged too, beside ours: time, memory, size.

They are no dependencies of the program: ``pip install --group bench`` brings them. Each runs in a process of its own.
"""

from __future__ import annotations

import html
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.bench_reports import COLUMNS, ROWS, rows
from progressus_desktop import assets

_HEADS = [column.head for column in COLUMNS]
_RUN = """
import sys, time
from benchmarks import bench_reports as ours, bench_rivals as rivals
make = getattr(rivals, sys.argv[1])
number = int(sys.argv[2])
make(3)
before = ours.peak()
start = time.perf_counter()
size = len(make(number))
print(time.perf_counter() - start, ours.peak() - before, size)
"""


def progressus(number: int) -> bytes:
    """Ours."""
    from benchmarks.bench_reports import tagged

    return tagged(number)


def typst(number: int) -> bytes:
    """Typst, with the same font, tagged and claiming PDF/UA-1."""
    import typst as engine  # type: ignore[import-not-found]  # brought by the group bench only

    cells = ", ".join(f"[{text}]" for row in rows(number) for text in row)
    heads = ", ".join(f"[*{head}*]" for head in _HEADS)
    source = (
        '#set document(title: "Zestawienie")\n#set text(font: "Source Sans 3", size: 9pt, lang: "pl")\n'
        '#set page(margin: 48pt, numbering: "1")\n= Zestawienie\n'
        f"#table(columns: (50pt, 1fr, 1fr, 1fr, 1fr, 1fr), table.header({heads}), {cells})\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.typ"
        path.write_text(source, encoding="utf-8")
        made = engine.compile(
            str(path), font_paths=[str(assets.folder("fonts"))], ignore_system_fonts=True, format="pdf",
            pdf_standards=["ua-1"],
        )  # fmt: skip
    return bytes(made)


def weasyprint(number: int) -> bytes:
    """WeasyPrint, with the same font, tagged and claiming PDF/UA-1."""
    from weasyprint import HTML  # type: ignore[import-not-found]  # brought by the group bench only

    font = assets.folder("fonts").resolve().as_uri() + "/SourceSans3_400Regular.ttf"
    heads = "".join(f"<th scope=col>{head}</th>" for head in _HEADS)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in row) + "</tr>" for row in rows(number))
    page = (
        f"<html lang=pl><head><title>Zestawienie</title><style>@font-face{{font-family:S;src:url({font})}}"
        "@page{size:A4;margin:48pt}body{font:9pt S}table{width:100%;border-collapse:collapse}"
        "td{border-top:1px solid #ccc;padding:6pt}</style></head><body><h1>Zestawienie</h1>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></body></html>"
    )
    return bytes(HTML(string=page).write_pdf(pdf_variant="pdf/ua-1"))


def measured(name: str, number: int) -> tuple[float, float, int] | None:
    """Seconds, megabytes added to the process, bytes; None where the library is not installed.

    The better of two processes: within one, Typst would remember the layout of the run before.
    """
    found = []
    for _each in range(2):
        command = [sys.executable, "-c", _RUN, name, str(number)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            return None
        seconds, megabytes, size = done.stdout.split()
        found.append((float(seconds), float(megabytes), int(size)))
    return min(found)


def main() -> None:
    ours = measured("progressus", ROWS)
    assert ours is not None
    print(f"\n### the same tagged table of {ROWS} rows\n| by | time | memory added | size |\n|---|---|---|---|")
    for name in ("progressus", "typst", "weasyprint"):
        found = measured(name, ROWS)
        if found is None:
            print(f"| {name} | not installed: pip install --group bench | | |")
            continue
        seconds, megabytes, size = found
        ratio = seconds / ours[0]
        print(f"| {name} | {seconds:.2f} s = {ratio:.1f} × ours | {megabytes:.0f} MB | {size / 1000:.0f} kB |")


if __name__ == "__main__":
    main()
