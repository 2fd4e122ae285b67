"""``demo``: the sample workspace and its PDFs, then the window where there is a display."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from progressus_desktop.cli import output, session
from progressus_desktop.services import demo
from progressus_desktop.words import _


def make(options: Namespace) -> int:
    """Make DIR/demo and its PDFs."""
    into = Path(options.into)
    folder = demo.make(into, session.program_clock(), _progress if sys.stderr.isatty() else None)
    files = sorted(str(each) for each in into.glob("*.pdf"))
    if options.json:
        output.write_json({"workspace": str(folder.resolve()), "password": demo.PASSWORD, "files": files})
    else:
        output.say(_("Sample workspace: {folder}", folder=folder))
        output.say(_("Its password: {password}", password=demo.PASSWORD))
        for each in files:
            output.say(f"  {each}")
    if options.no_window or not _display():
        return 0
    return int(options.open_window(str(folder), demo.PASSWORD))


def _display() -> bool:
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _progress(done: int, whole: int) -> None:
    """A bar on the terminal."""
    filled = done * 30 // whole
    sys.stderr.write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done * 100 // whole}%")
    if done >= whole:
        sys.stderr.write("\n")
    sys.stderr.flush()
