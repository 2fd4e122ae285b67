"""Where things outside a workspace live, and the settings that can be read before unlocking."""

from __future__ import annotations

import os
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

_APP = "Progressus Desktop"
_MOST_BYTES = 64 * 1024


def _place(kind: str) -> Path:
    home = os.environ.get("PROGRESSUS_HOME")
    if home:
        return Path(home) / kind
    import platformdirs

    places = platformdirs.PlatformDirs(_APP, appauthor=False)
    return {"config": places.user_config_path, "data": places.user_data_path, "log": places.user_log_path}[kind]


def settings_file() -> Path:
    """The settings file (theme, text size, language, last workspace)."""
    return _place("config") / "settings.toml"


def tokens_file() -> Path:
    """The install tokens: which replicas were made on this machine."""
    return _place("data") / "install.json"


def data_dir() -> Path:
    """The default place for new workspaces."""
    return _place("data") / "workspaces"


def log_dir() -> Path:
    """The folder of the rotating log."""
    return _place("log")


def write_safely(target: Path, data: bytes) -> None:
    """Write a file whole or not at all: temporary file, fsync, re-read, rename.

    Raises:
        OSError: it could not be written; what was there before is untouched.
    """
    stream_safely(target, lambda file: file.write(data))


class Hashing:
    """A file that is hashed (BLAKE2b-256) while it is written."""

    def __init__(self, file: BinaryIO) -> None:
        import hashlib

        self._file = file
        self.hash = hashlib.blake2b(digest_size=32)

    def as_file(self) -> BinaryIO:
        """This, for functions that write to a binary file: only writing is there."""
        return cast("BinaryIO", self)

    def writelines(self, pieces: Iterable[bytes]) -> None:
        """Write and hash piece by piece."""
        for piece in pieces:
            self.write(piece)

    def write(self, data: bytes) -> int:
        """Write and hash."""
        self.hash.update(data)
        return self._file.write(data)

    def flush(self) -> None:
        """Pass on what waits."""
        self._file.flush()


def stream_safely(target: Path, write: Callable[[BinaryIO], object]) -> bytes:
    """Write a file piece by piece, whole or not at all, as :func:`write_safely`; its BLAKE2b-256.

    Whatever ``write`` raises leaves nothing behind.

    Raises:
        OSError: it could not be written; what was there before is untouched.
    """
    import hashlib

    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            written = Hashing(file)
            write(written.as_file())
            file.flush()
            os.fsync(file.fileno())
        with temporary.open("rb") as file:
            if hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=32)).digest() != written.hash.digest():
                msg = "the medium gave back other bytes than were written"
                raise OSError(msg)
        rename(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
    return written.hash.digest()


def rename(source: Path, target: Path) -> None:
    """Replace ``target`` by ``source`` and make it durable; on Windows a virus scanner may hold a file for a moment.

    Raises:
        OSError: the rename failed for good.
    """
    for attempt in range(10):
        try:
            source.replace(target)
            break
        except PermissionError:
            if os.name != "nt" or attempt == 9:  # noqa: PLR2004 - the last attempt
                raise
            time.sleep(0.05)
    if os.name != "nt":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class Settings(NamedTuple):
    """What a person chose for this laptop. No personal data: the file is not encrypted."""

    theme: str = "auto"
    text_scale: int = 100
    language: str = ""
    font: str = "atkinson"
    last_workspace: str = ""
    auto_lock_minutes: int = 15
    key_hints: bool = True
    backup_folder: str = ""
    exchange_folder: str = ""

    def with_(self, **changes: object) -> Settings:
        """A copy with some choices changed."""
        return self._replace(**changes)  # type: ignore[arg-type]  # checked by tidy() when read back


def _tidy(name: str, value: object, default: object) -> object:
    if type(value) is not type(default):
        return default
    limits = {"text_scale": (100, 200), "auto_lock_minutes": (5, 60)}
    if name in limits and isinstance(value, int):
        low, high = limits[name]
        return min(max(value, low), high)
    return value


def load_settings() -> Settings:
    """The settings; a missing, damaged or oversized file means the defaults."""
    try:
        file = settings_file()
        if file.stat().st_size > _MOST_BYTES:
            return Settings()
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    defaults = Settings()
    known = {name: _tidy(name, found.get(name), default) for name, default in defaults._asdict().items()}
    return defaults.with_(**known)


def save_settings(settings: Settings) -> None:
    """Write the settings.

    Raises:
        OSError: the place cannot be written.
    """
    import tomli_w

    write_safely(settings_file(), tomli_w.dumps(settings._asdict()).encode())
