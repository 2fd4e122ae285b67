"""Finds the names of known people in a text, in whatever Polish case they stand, so that they can be left out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from progressus_desktop.domain.sorting import fold

_WORD = re.compile(r"\b[^\W\d_]\.|[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_FORMS_OF_ADDRESS = frozenset({"pan", "pani", "pana", "panu", "panem", "panią", "państwo", "państwa", "p.", "mr", "ms"})
_LONGEST_ENDING = 4
_SHORTEST_STEM = 3
_VOWELS = "aeiouy"


class Names:
    """Known people; each name is kept as what all its cases begin with."""

    def __init__(self, people: Iterable[tuple[str, str]]) -> None:
        self._known: dict[str, list[tuple[str, str]]] = {}
        for first, last in people:
            given, family = _stem(first), _stem(last)
            if family:
                self._known.setdefault(family[:_SHORTEST_STEM], []).append((given, family))

    def without(self, text: str, instead: str) -> tuple[str, int]:
        """``text`` with each full name (or one after Mr, Ms or an initial) replaced, and how many there were."""
        if not self._known:
            return text, 0
        words = list(_WORD.finditer(text))
        out: list[str] = []
        end = number = 0
        at = 0
        while at + 1 < len(words):
            one, two = words[at], words[at + 1]
            if not text[one.end() : two.start()].strip() and self._is_name(one.group(), two.group()):
                # a form of address stays; only the name after it goes
                begin = two.start() if one.group().lower() in _FORMS_OF_ADDRESS else one.start()
                out += [text[end:begin], instead]
                end, number, at = two.end(), number + 1, at + 2
            else:
                at += 1
        return "".join([*out, text[end:]]), number

    def _is_name(self, one: str, two: str) -> bool:
        addressed = one.lower() in _FORMS_OF_ADDRESS
        if not two[:1].isupper() or not (addressed or one[:1].isupper()):
            return False
        for given, family in self._near(two):
            initial = one.endswith(".") and fold(one)[:1] == given[:1]
            if _in_a_case(two, family) and (addressed or initial or _in_a_case(one, given)):
                return True
        return any(_in_a_case(one, family) and given and _in_a_case(two, given) for given, family in self._near(one))

    def _near(self, word: str) -> list[tuple[str, str]]:
        return self._known.get(fold(word)[:_SHORTEST_STEM], [])


def _stem(name: str) -> str:
    """``name`` without the vowels that its cases change; what is left begins them all."""
    folded = fold(name)
    while len(folded) > _SHORTEST_STEM and folded[-1] in _VOWELS:
        folded = folded[:-1]
    return folded


def _in_a_case(word: str, stem: str) -> bool:
    folded = fold(word)
    return bool(stem) and folded.startswith(stem) and len(folded) - len(stem) <= _LONGEST_ENDING
