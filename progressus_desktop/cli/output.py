"""What commands print: one JSON document on standard output, or text for people."""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from progressus_desktop.errors import (
    AmbiguousError,
    NotFoundError,
    ProgressusError,
    StorageError,
    UsageError,
    ValidationError,
)  # fmt: skip
from progressus_desktop.words import N_, Message, _

_WIDEST = 60
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What could move the cursor or change the colours of a terminal; packages bring names from other laptops."""


@contextlib.contextmanager
def _written() -> Iterator[None]:
    """Words for an output that cannot be written: what the command did is done all the same."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        hint = Message(N_("What the command did is kept. Send its output somewhere else."))
        raise StorageError(Message(N_("The output could not be written.")), hint=hint) from error


def write_json(document: Any) -> None:
    """One JSON document on standard output.

    Raises:
        StorageError: it cannot be written.
    """
    with _written():
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
        sys.stdout.flush()


def say(text: str) -> None:
    """A line for people on standard output.

    Raises:
        StorageError: it cannot be written.
    """
    with _written():
        sys.stdout.write(_CONTROLS.sub("\ufffd", text) + "\n")


def finish() -> None:
    """Write what :func:`say` still holds.

    Raises:
        StorageError: it cannot be written.
    """
    with _written():
        sys.stdout.flush()


def tell(text: str) -> None:
    """Progress and messages: a line on standard error; where nobody listens, the work goes on."""
    with contextlib.suppress(OSError):
        sys.stderr.write(_CONTROLS.sub("\ufffd", text) + "\n")
        sys.stderr.flush()


_HINTS: tuple[tuple[type[ProgressusError], str], ...] = (
    (NotFoundError, N_("Nothing was changed. Check the name, the id or the code.")),
    (AmbiguousError, N_("Nothing was changed. Write more of the name or of the id.")),
    (UsageError, N_("Nothing was changed. Correct the command and give it again.")),
    (ValidationError, N_("Nothing was written. Correct it and give the command again.")),
    (ProgressusError, N_("Nothing was changed.")),
)
"""What is safe and what to do, where an error leaves it unsaid: the first that fits."""


def _hint(error: ProgressusError) -> str:
    return str(error.hint) if error.hint else _(next(hint for kind, hint in _HINTS if isinstance(error, kind)))


def error_document(error: ProgressusError) -> dict[str, Any]:
    """The JSON of an error."""
    about: dict[str, Any] = {"code": error.code, "message": str(error.message)}
    if error.field:
        about["field"] = error.field
    return {"error": about | {"hint": _hint(error)}}


def shown_error(error: ProgressusError) -> str:
    """An error in words: what happened, what is safe, what to do; with the field it concerns."""
    words = f"{error.message} {_hint(error)}"
    return f"{error.field}: {words}" if error.field else words


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
