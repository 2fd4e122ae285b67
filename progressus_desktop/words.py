"""Texts for people: English in code, Polish and English from gettext catalogues.

Code names a text by its English message. ``N_`` and ``NN_`` only mark it for extraction;
``_`` and ``ngettext`` translate now; a :class:`Message` is translated when it is shown, so
that an error raised in a lower layer can be read in the language of whoever shows it.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from progressus_desktop import assets

LANGUAGES = ("pl", "en")
DEFAULT_LANGUAGE = "pl"

_process_language = [DEFAULT_LANGUAGE]
_scoped_language: ContextVar[str | None] = ContextVar("progressus_language", default=None)


def N_(text: str) -> str:  # noqa: N802 - the marker's traditional gettext name
    """Mark ``text`` for extraction and give it back unchanged."""
    return text


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802
    """Mark a pair of singular and plural for extraction and give it back unchanged."""
    return one, many


class _Catalogue:
    """A compiled gettext catalogue. Only the texts asked for are read: all of them would cost each start 5 ms."""

    def __init__(self, data: bytes) -> None:
        count, originals, self._translations = struct.unpack_from("=3I", data, 8)
        places = struct.unpack_from(f"={2 * count}I", data, originals)
        sized = enumerate(zip(places[::2], places[1::2], strict=True))
        self._data = data
        self._numbers = {data[at : at + size].partition(b"\0")[0]: number for number, (size, at) in sized}
        self._read: dict[str, list[str]] = {}

    def forms(self, text: str) -> list[str]:
        """The translation of ``text`` with its plural forms; none for an unknown text."""
        if text not in self._read:
            number = self._numbers.get(text.encode())
            self._read[text] = [] if number is None else self._forms(number)
        return self._read[text]

    def _forms(self, number: int) -> list[str]:
        size, at = struct.unpack_from("=2I", self._data, self._translations + 8 * number)
        return str(self._data[at : at + size], "utf-8").split("\0")


@cache
def _catalogue(language: str) -> _Catalogue | None:
    file = assets.folder("translations") / language / "LC_MESSAGES" / "progressus.mo"
    return _Catalogue(file.read_bytes()) if file.is_file() else None


@cache
def _plural_rule(header: str) -> Callable[[int], int]:
    """Which of its forms a language uses for a number, by the header of its catalogue."""
    from gettext import c2py

    fields = dict(line.partition(": ")[::2] for line in header.splitlines())
    rule: Callable[[int], int] = c2py(fields["Plural-Forms"].partition("plural=")[2].rstrip("; "))
    return rule


def _forms(text: str) -> list[str]:
    catalogue = _catalogue(language())
    return catalogue.forms(text) if catalogue is not None else []


def language() -> str:
    """The language in force here: that of the enclosing ``speaking`` block, else the program's."""
    return _scoped_language.get() or _process_language[0]


def use_language(code: str) -> None:
    """Make ``code`` ("pl" or "en") the program's language from now on; unknown codes mean Polish."""
    _process_language[0] = code if code in LANGUAGES else DEFAULT_LANGUAGE


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Use ``code`` inside the block and in this thread or task only (an English PDF from a Polish window)."""
    token = _scoped_language.set(code if code in LANGUAGES else DEFAULT_LANGUAGE)
    try:
        yield
    finally:
        _scoped_language.reset(token)


def _(text: str, /, **params: object) -> str:
    """Translate ``text`` and fill its ``{name}`` places."""
    translated = (_forms(text) or (text,))[0] if text else ""
    return translated.format(**params) if params else translated


def ngettext(one: str, many: str, n: int, /, **params: object) -> str:
    """Translate by number; ``{n}`` is filled with ``n`` unless given in ``params``."""
    forms = _forms(one)
    translated = forms[_plural_rule(_forms("")[0])(n)] if len(forms) > 1 else one if n == 1 else many
    return translated.format(**{"n": n, **params})


class Message:
    """A text with its values, translated only when turned into a string.

    ``text`` is the English message marked with ``N_``; ``plural`` and ``count`` choose a plural
    form. Values in ``params`` may be messages themselves.
    """

    # not a dataclass: the first picture of the window would wait 4 ms for the module that makes them
    __slots__ = ("count", "params", "plural", "text")

    def __init__(
        self, text: str, params: Mapping[str, object] | None = None, plural: str | None = None, count: int = 0
    ) -> None:
        self.text, self.params, self.plural, self.count = text, params or {}, plural, count

    def __eq__(self, other: object) -> bool:
        """Whether it says the same."""
        return isinstance(other, Message) and all(
            getattr(self, each) == getattr(other, each) for each in self.__slots__
        )

    __hash__ = None  # type: ignore[assignment]  # its values may not be hashable

    def __str__(self) -> str:
        """The text in the language in force."""
        if self.plural is not None:
            return ngettext(self.text, self.plural, self.count, **self.params)
        return _(self.text, **self.params)
