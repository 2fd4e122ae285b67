"""Texts for people: English in code, Polish and English from gettext catalogues.

Code names a text by its English message. ``N_`` and ``NN_`` only mark it for extraction;
``_`` and ``ngettext`` translate now; a :class:`Message` is translated when it is shown, so
that an error raised in a lower layer can be read in the language of whoever shows it.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Iterator, Mapping
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


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    file = assets.folder("translations") / language / "LC_MESSAGES" / "progressus.mo"
    if not file.is_file():
        return _gettext.NullTranslations()
    with file.open("rb") as texts:  # gettext.translation would look for the system's languages first
        return _gettext.GNUTranslations(texts)


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
    translated = _catalogue(language()).gettext(text) if text else ""
    return translated.format(**params) if params else translated


def ngettext(one: str, many: str, n: int, /, **params: object) -> str:
    """Translate by number; ``{n}`` is filled with ``n`` unless given in ``params``."""
    translated = _catalogue(language()).ngettext(one, many, n)
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
