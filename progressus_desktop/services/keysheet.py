"""Writes the keyboard sheet as a file to print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from progressus_desktop import clock
from progressus_desktop.errors import StorageError
from progressus_desktop.store import places
from progressus_desktop.words import N_, Message, language


def write(areas: Sequence[tuple[str, Sequence[tuple[str, str]]]], now: clock.Clock, target: Path) -> Path:
    """Write the keys in ``areas`` (place; pairs of key and meaning) as PDF.

    Raises:
        StorageError: the file cannot be written.
    """
    from progressus_desktop.reports import keys_sheet
    from progressus_desktop.reports.setting import PROGRAM, Setting

    setting = Setting(lang=language(), author=PROGRAM, stamp=clock.local(now.now_ms()))
    data = keys_sheet.render(areas, setting)
    try:
        places.write_safely(target, data)
    except OSError as error:
        hint = Message(N_("Nothing was changed. Free some space or choose another folder."))
        raise StorageError(Message(N_("The sheet was not written.")), hint=hint) from error
    return target
