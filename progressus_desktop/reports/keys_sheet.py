"""The keyboard sheet: every key by place, to hang beside the computer."""

from __future__ import annotations

from collections.abc import Sequence

from progressus_desktop.reports import blocks
from progressus_desktop.reports.sections import listed
from progressus_desktop.reports.setting import PROGRAM, Setting
from progressus_desktop.reports.tables import Cell, Column, Row
from progressus_desktop.reports.text import bold
from progressus_desktop.words import _


def render(areas: Sequence[tuple[str, Sequence[tuple[str, str]]]], setting: Setting) -> bytes:
    """The sheet as a finished PDF file; ``areas`` are places with their pairs of key and meaning."""
    title = _("Keyboard shortcuts")
    document = setting.document(title, "", f"{title}: {PROGRAM}", running=PROGRAM)
    blocks.opening(document, PROGRAM, title)
    columns = [Column(_("Key"), width=170), Column(_("What it does"), share=1)]
    for place, rows in areas:
        shown = (Row([Cell([bold(keys)]), what]) for keys, what in rows)
        listed(document, place, columns, shown, name=place, empty="–")
    return document.finish()
