"""Letters for Alt: each page gives every label and button a letter of its own, as far as letters go."""

from __future__ import annotations

from collections.abc import Iterable

from progressus_desktop.words import language

MENUS = {"pl": "pewinc", "en": "fevrth"}
"""Letters of the menu bar (design-language.md, section 6)."""


def letter(text: str) -> str:
    """The mnemonic of a text (``&``), in lower case; empty if it has none."""
    plain = text.replace("&&", "")
    at = plain.find("&")
    return plain[at + 1 : at + 2].lower() if at >= 0 else ""


def assign(words: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """``words`` with ``&`` before a free ASCII letter: the first of a word if it can be; some may stay without."""
    used = set(MENUS.get(language(), "")) | {each.lower() for each in taken}
    out = []
    for text in words:
        place = _free(text, used)
        if place < 0:
            out.append(text.replace("&", "&&"))
            continue
        used.add(text[place].lower())
        out.append(f"{text[:place].replace('&', '&&')}&{text[place:].replace('&', '&&')}")
    return out


def _free(text: str, used: set[str]) -> int:
    usable = [at for at, each in enumerate(text) if each.isascii() and each.isalpha() and each.lower() not in used]
    begins = [at for at in usable if at == 0 or not text[at - 1].isalpha()]
    return (begins or usable or [-1])[0]
