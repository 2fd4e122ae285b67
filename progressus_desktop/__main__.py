"""Chooses the window or the command line; sets up the log; the last resort when something unexpected happens."""

from __future__ import annotations

import gc
import sys

_CANCELLED = 130


def main() -> int:
    """Run the program with the process's arguments; gives the exit code."""
    try:
        from progressus_desktop.cli.main import main as command_line

        return command_line(sys.argv[1:], _window)
    except KeyboardInterrupt:  # before or after the command itself, which has words for it
        return _CANCELLED


def _window(folder: str, password: str) -> int:
    """Open the window on ``folder``, or on the last workspace when it is empty; the demo brings its password."""
    gc.disable()  # what loads now stays; Jobs turns it on again when the first work beside the window has ended
    from progressus_desktop.gui import main as window

    return window.run(folder, password=password)


if __name__ == "__main__":
    sys.exit(main())
