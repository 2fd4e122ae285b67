"""What commands print: one JSON document on standard output, or text for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from progressus_desktop.errors import ProgressusError
from progressus_desktop.words import _

_WIDEST = 60


def write_json(document: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    sys.stdout.flush()


def say(text: str) -> None:
    """A line for people on standard output."""
    sys.stdout.write(text + "\n")


def tell(text: str) -> None:
    """Progress and messages: a line on standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def error_document(error: ProgressusError) -> dict[str, Any]:
    """The JSON of an error."""
    about: dict[str, Any] = {"code": error.code, "message": str(error.message)}
    if error.field:
        about["field"] = error.field
    if error.hint:
        about["hint"] = str(error.hint)
    return {"error": about}


def shown_error(error: ProgressusError) -> str:
    """An error in words; with the field it concerns."""
    return f"{error.field}: {error}" if error.field else str(error)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Aligned columns; long cells are cut with an ellipsis."""
    cells = [[_cut(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(heads))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join(lines)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1] + "…"


def pairs(items: Mapping[str, str]) -> str:
    """Names and values, one a line; nothing for what is empty."""
    return "\n".join(f"{name}: {value}" for name, value in items.items() if value)


def yes_no(value: object) -> str:
    """A truth value in words."""
    return _("yes") if value else _("no")
