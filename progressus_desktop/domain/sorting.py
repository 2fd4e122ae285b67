"""Polish order as bytes that a database can sort, and folding for search.

The order is that of ICU's Polish collation at its primary level (performance.md, recipe 4); the
system's locale is often absent and Qt's keys cannot be stored. :data:`VERSION` rises with any
change, so that stored keys are built again.
"""

from __future__ import annotations

import re
import unicodedata

VERSION = 1

_ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_SPELLED = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n"}
_SEPARATORS = " -'./\t\n\u2019\u2018\u2010\u2011\u2013\u2014\u00a0"
_SEPARATOR = "\x10"
_DIGITS = 0x20
_LETTERS = 0x40
_OTHER_LETTER = "\xf0"


def _base(char: str) -> str:
    """A character outside the Polish alphabet as base letters; empty for marks and signs."""
    if char in _SPELLED:
        return _SPELLED[char]
    parts = unicodedata.normalize("NFKD", char).lower()
    return "".join(part for part in parts if not unicodedata.combining(part))


class _Primaries(dict[int, str]):
    """Primary weights; those of foreign characters are worked out once and kept."""

    def __missing__(self, code: int) -> str:
        weights = ""
        for base in _base(chr(code)):
            if ord(base) in self:
                weights += self[ord(base)]
            elif base.isalpha():
                weights += _OTHER_LETTER
        self[code] = weights
        return weights


_PRIMARIES = _Primaries(
    {ord(letter): chr(_LETTERS + 2 * place) for place, letter in enumerate(_ALPHABET)}
    | {ord(str(digit)): chr(_DIGITS + digit) for digit in range(10)}
    | {ord(sign): _SEPARATOR for sign in _SEPARATORS}
)


class _Folding(dict[int, str]):
    """Search folding of single characters, worked out once and kept."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = folded = "l" if char in "łŁ" else _base(char.lower()) if len(char.lower()) == 1 else _base(char)
        return folded


_FOLDS = _Folding()
_FOREIGN = re.compile(r"[^\x00-\x7f]")


_POLISH = tuple((letter, _FOLDS[ord(letter)]) for letter in "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
"""Replaced one after another, which takes a third less time than each by itself."""


def _folded(found: re.Match[str]) -> str:
    return _FOLDS[ord(found.group())]


def sort_key(text: str) -> bytes:
    """Bytes that sort as a Polish reader expects; spellings that differ only in case stand together.

    After the primaries comes a zero byte and the text itself, so that the order is total.
    """
    lowered = unicodedata.normalize("NFC", text).lower()
    return lowered.translate(_PRIMARIES).encode("latin-1") + b"\0" + text.encode("utf-8", "surrogatepass")


def fold(text: str) -> str:
    """``text`` as search compares it: lower case, ł as l, no marks ("Źrebiński" is "zrebinski")."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFC", text)
    for letter, folded in _POLISH:
        if letter in text:
            text = text.replace(letter, folded)
    return (text if text.isascii() else _FOREIGN.sub(_folded, text)).lower()
