"""Where a new workspace goes when nobody names a folder."""

from __future__ import annotations

from pathlib import Path

from progressus_desktop.domain.sorting import fold
from progressus_desktop.store import places


def free_folder(name: str) -> Path:
    """A new folder for a workspace, named after its organisation in plain letters."""
    stem = "-".join("".join(char if char.isascii() and char.isalnum() else " " for char in fold(name)).split())[:40]
    base = places.data_dir() / (stem or "workspace")
    tries = (base, *(base.with_name(f"{base.name}-{number}") for number in range(2, 1000)))
    return next(each for each in tries if not each.exists())
