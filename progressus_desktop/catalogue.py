"""A compiled gettext catalogue that finds a text in the file's own sorted table when it is first asked for.

``gettext.translation`` reads every text before it gives the first one: a tenth of the time of ``--version``.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

_MAGIC = 0x950412DE
_END = b"\0"


class Texts:
    """The texts of one ``.mo`` file; one that is missing has none.

    Raises:
        OSError: the file is something else.
    """

    def __init__(self, file: Path) -> None:
        self._known: dict[str, tuple[str, ...]] = {}
        self._count = 0
        try:
            self._data = file.read_bytes()
        except FileNotFoundError:
            return
        magic, _version, self._count, self._ids, self._texts = struct.unpack_from("<5I", self._data)
        if magic != _MAGIC:
            msg = f"{file.name} is no compiled catalogue"
            raise OSError(msg)

    def text(self, message: str) -> str:
        """The text of ``message``, itself if there is none."""
        forms = self._known.get(message) or self._read(message)
        return forms[0] if forms else message

    def counted(self, one: str, many: str, n: int) -> str:
        """The form for ``n`` of a text with a plural."""
        forms = self._known.get(one) or self._read(one)
        if len(forms) > 1:
            return forms[self._plural(n)]
        return one if n == 1 else many

    def _read(self, message: str) -> tuple[str, ...]:
        found = self._found(message.encode())
        if not found:
            return ()
        self._known[message] = forms = tuple(found.decode().split("\0"))
        return forms

    def _found(self, message: bytes) -> bytes:
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            own = self._at(self._ids, middle).partition(_END)[0]
            if own == message:
                return self._at(self._texts, middle)
            low, high = (middle + 1, high) if own < message else (low, middle)
        return b""

    def _at(self, table: int, number: int) -> bytes:
        length, place = struct.unpack_from("<2I", self._data, table + 8 * number)
        return self._data[place : place + length]

    @cached_property
    def _plural(self) -> Callable[[int], int]:
        """Which form a number takes, from the head of the file."""
        from gettext import c2py

        return c2py(self._found(b"").decode().partition("plural=")[2].partition(";")[0])
