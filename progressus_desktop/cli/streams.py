"""The three streams of a process as scripts expect them: UTF-8 through pipes, there even if the shell closed them."""

from __future__ import annotations

import contextlib
import io
import os
import sys


def prepare() -> None:
    """Let every command read and write, whatever the system's encoding is and whatever the shell closed.

    Pipes and files hold UTF-8, with or without a byte order mark; a terminal keeps its encoding. What an encoding
    cannot say is written as an escape, which in JSON means the same.
    """
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - for the whole process
        elif isinstance(stream, io.TextIOWrapper):
            _set(stream, reads=name == "stdin")


def _set(stream: io.TextIOWrapper, *, reads: bool) -> None:
    at_terminal = stream.isatty()
    if reads:
        if not at_terminal:
            stream.reconfigure(encoding="utf-8-sig", errors="strict")
    elif at_terminal:
        stream.reconfigure(errors="backslashreplace")
    else:
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def settle() -> None:
    """Write what waits; where nobody takes it, forget it, so that the end of the process says nothing about it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
