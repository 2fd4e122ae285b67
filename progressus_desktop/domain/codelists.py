"""Code lists: the words for codes, read once from ``resources/codelists/<name>.csv``.

A file has the columns ``code;pl;en;retired`` and may have ``short_pl;short_en`` and columns of its
own (the sector of a kind of partner, the expected audiences of a topic). Codes are retired, never
removed or renumbered. The list ``gmina`` is the territorial register.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from progressus_desktop import assets, words
from progressus_desktop.domain import territory
from progressus_desktop.domain.sorting import fold

GMINA = "gmina"
"""The list whose codes are the seven-digit codes of the territorial register."""


@dataclass(frozen=True, slots=True)
class OwnText:
    """The office's ``words`` by ``text_pl``, ``short_en``…, and the audiences of a topic."""

    words: Mapping[str, str]
    audiences: tuple[str, ...] = ()


_own: dict[tuple[str, str], OwnText] = {}


@dataclass(frozen=True, slots=True)
class CodeItem:
    """One code with its word in the language in force; ``short`` is for narrow places."""

    code: str
    label: str
    retired: bool
    short: str


@cache
def _rows(name: str) -> Mapping[str, Mapping[str, str]]:
    path = assets.folder("codelists") / f"{name}.csv"
    if not path.is_file():
        raise KeyError(name)
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file, delimiter=";", strict=True)}


def exists(name: str) -> bool:
    """Whether there is a code list called ``name``."""
    return name == GMINA or (assets.folder("codelists") / f"{name}.csv").is_file()


@cache
def codes(name: str) -> tuple[str, ...]:
    """All codes of a list in their order, retired ones too.

    Raises:
        KeyError: there is no such list.
    """
    return territory.codes() if name == GMINA else tuple(_rows(name))


def has(name: str, code: str) -> bool:
    """Whether ``code`` stands in the list, retired or not."""
    return territory.gmina(code) is not None if name == GMINA else code in _rows(name)


@cache
def _items(name: str, language: str) -> tuple[CodeItem, ...]:
    if name == GMINA:
        return tuple(CodeItem(each.code, each.label, retired=False, short=each.name) for each in territory.all_gminas())
    return tuple(_item(name, code, row, language) for code, row in _rows(name).items())


def _item(name: str, code: str, row: Mapping[str, str], language: str) -> CodeItem:
    own = _own[name, code].words if (name, code) in _own else {}
    label = own.get(f"text_{language}") or row[language]
    short = own.get(f"short_{language}") or row.get(f"short_{language}") or label
    return CodeItem(code, label, bool(row["retired"]), short)


def use_texts(texts: Mapping[tuple[str, str], OwnText]) -> None:
    """From now on say these words, by list and code, in place of the program's; nothing else of a list changes."""
    _own.clear()
    _own.update(texts)
    _items.cache_clear()
    _by_code.cache_clear()


@cache
def _by_code(name: str, language: str) -> Mapping[str, CodeItem]:
    return {item.code: item for item in _items(name, language)}


def items(name: str, with_retired: bool = False) -> tuple[CodeItem, ...]:  # noqa: FBT001, FBT002 - reads well named
    """The codes to choose from, with their words in the language in force."""
    found = _items(name, words.language())
    return found if with_retired else tuple(item for item in found if not item.retired)


def word(name: str, code: str) -> str:
    """The word for ``code`` in the language in force; an unknown code (from a newer version) is its own word."""
    item = _by_code(name, words.language()).get(code)
    return item.label if item else code


def shipped(name: str, code: str) -> str:
    """The program's own word, by which the store sorts and indexes: it does not change with the office's texts."""
    row = _rows(name).get(code) if name != GMINA else None
    return row[words.language()] if row else code


def short(name: str, code: str) -> str:
    """The short word for narrow places, the ordinary word if there is none."""
    item = _by_code(name, words.language()).get(code)
    return item.short if item else code


@cache
def spellings(name: str) -> Mapping[str, str]:
    """Every folded way to write a code (itself, its words in each language) with the code it means.

    A word that two codes share means neither.
    """
    if name == GMINA:
        return {fold(each.label): each.code for each in territory.all_gminas()}
    found: dict[str, set[str]] = {}
    for code, row in _rows(name).items():
        for column in ("code", "pl", "en", "short_pl", "short_en"):
            if row.get(column):
                found.setdefault(fold(row[column]), set()).add(code)
    own = {fold(code): code for code in _rows(name)}
    return {spelling: next(iter(meant)) for spelling, meant in found.items() if len(meant) == 1} | own


def extra(name: str, code: str, column: str) -> str:
    """What the list's own ``column`` says of ``code``; empty for an unknown code."""
    row = _rows(name).get(code)
    return (row.get(column) or "") if row else ""


def sector(kind: str) -> str:
    """The sector (public, private, social) of a kind of partner; empty if it has none."""
    return extra("partner_kind", kind, "sector")


def audience(kind: str) -> str:
    """The participant role that people of this kind of partner are addressed as; ``other`` if unknown."""
    return extra("partner_kind", kind, "audience") or "other"


def unit(rule: str) -> str:
    """In what an indicator of that rule is counted, in the language in force."""
    return extra("indicator_rule", rule, f"unit_{words.language()}")


def expected_audiences(topic: str) -> tuple[str, ...]:
    """The audiences to whom a topic is meant to be told (domain.md, section 2), as the office set them."""
    own = _own.get(("topic", topic))
    if own is not None and own.audiences:
        return own.audiences
    return tuple(extra("topic", topic, "audiences").split())
