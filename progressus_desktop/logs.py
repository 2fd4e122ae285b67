"""The rotating log: what happened and where in the code, never the value of a field."""

from __future__ import annotations

import logging
from pathlib import Path

from progressus_desktop.store import places

FILE_NAME = "progressus.log"
_MOST_BYTES = 512 * 1024
_KEPT = 3

_log = logging.getLogger("progressus_desktop")


class LogFile(logging.Handler):
    """The rotating file, made when the first line is written: on most days there is none."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file
        self._writer: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        if self._writer is None:
            from logging.handlers import RotatingFileHandler

            self._writer = RotatingFileHandler(
                self.file, maxBytes=_MOST_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True
            )
            self._writer.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        self._writer.handle(record)

    def close(self) -> None:
        """Close the file."""
        if self._writer is not None:
            self._writer.close()
        super().close()


def start() -> None:
    """Write warnings and errors of the program to the log file; without a place to write there is no log."""
    file = (places.log_dir() / FILE_NAME).absolute()
    for old in tuple(_log.handlers):
        if isinstance(old, LogFile) and old.file == file:
            return
        if isinstance(old, LogFile | logging.NullHandler):
            _log.removeHandler(old)
            old.close()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = LogFile(file)
    except OSError:
        handler = logging.NullHandler()
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    _log.propagate = False


def place_in(file: str) -> str:
    """A file of the program without the folders above it, which may bear the name of whoever works here."""
    short = file.replace("\\", "/")
    for folder in ("/progressus_desktop/", "/site-packages/"):
        short = short.rsplit(folder, maxsplit=1)[-1]
    return short if short != file.replace("\\", "/") else short.rsplit("/", maxsplit=1)[-1]


def unexpected(error: BaseException) -> str:
    """Log an error by its type and its way through the code; gives the log's place.

    The error's own text is left out: it may quote what a person typed.
    """
    import traceback

    start()
    chain: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(chain) < 5:  # noqa: PLR2004 - a cause has rarely more causes
        frames = traceback.extract_tb(seen.__traceback__)
        way = " < ".join(f"{frame.name} {place_in(frame.filename)}:{frame.lineno}" for frame in reversed(frames))
        chain.append(f"{type(seen).__module__}.{type(seen).__name__}: {way}")
        seen = seen.__cause__ or seen.__context__
    _log.error("unexpected error: %s", " | because of ".join(chain))
    return str(places.log_dir() / FILE_NAME)
