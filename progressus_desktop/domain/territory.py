"""The territorial register of gminas (GUS TERYT TERC), found by any part of their names."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from progressus_desktop import assets
from progressus_desktop.domain.sorting import fold, sort_key
from progressus_desktop.words import LANGUAGES, N_, _, speaking

KINDS = {"1": N_("urban gmina"), "2": N_("rural gmina"), "3": N_("urban-rural gmina")}
"""Kinds of gmina by the last digit of the code. Parts of gminas (4, 5) and of Warsaw and others (8, 9) are left out."""


@dataclass(frozen=True, slots=True)
class Gmina:
    """One gmina: ``kind`` is the register's digit, ``powiat`` and ``voivodeship`` are names in lower case."""

    code: str
    name: str
    kind: str
    powiat: str
    voivodeship: str

    @property
    def label(self) -> str:
        """What fields show: "Grzmiąca, szczecinecki"."""
        return f"{self.name}, {self.powiat}"

    @property
    def long_label(self) -> str:
        """What tells gminas of the same name apart: with kind and voivodeship."""
        return f"{self.label} ({_(KINDS[self.kind])}, {self.voivodeship})"


@cache
def _register() -> Mapping[str, Gmina]:
    voivodeship = powiat = ""
    found: dict[str, Gmina] = {}
    with (assets.folder("codelists") / "teryt-terc.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=";")
        next(rows)
        for woj, pow_, gmi, kind, name, _kind_name, _day in rows:
            if not pow_:
                voivodeship = name.lower()
            elif not gmi:
                powiat = name
            elif kind in KINDS:
                code = woj + pow_ + gmi + kind
                found[code] = Gmina(code, name, kind, powiat, voivodeship)
    return found


@cache
def all_gminas() -> tuple[Gmina, ...]:
    """Every gmina in Polish order of name."""
    return tuple(sorted(_register().values(), key=lambda each: (sort_key(each.name), each.code)))


@cache
def codes() -> tuple[str, ...]:
    """Every code, in the order of :func:`all_gminas`."""
    return tuple(each.code for each in all_gminas())


def gmina(code: str) -> Gmina | None:
    """The gmina with that seven-digit code, or None."""
    return _register().get(code)


@cache
def _labels() -> Mapping[str, tuple[Gmina, ...]]:
    found: dict[str, tuple[Gmina, ...]] = {}
    for each in all_gminas():
        for label in {fold(each.label), *(fold(spelling) for spelling in _long_labels(each))}:
            found[label] = (*found.get(label, ()), each)
    return found


def _long_labels(of: Gmina) -> list[str]:
    labels = []
    for language in LANGUAGES:
        with speaking(language):
            labels.append(of.long_label)
    return labels


def by_label(text: str) -> list[Gmina]:
    """The gminas whose label is ``text``; an urban and a rural gmina may share one."""
    return list(_labels().get(" ".join(fold(text).split()), ()))


def shown(code: str) -> str:
    """What a field shows for a code: the label, the long one where two gminas share it, the code if unknown."""
    found = gmina(code)
    if found is None:
        return code
    return found.label if len(by_label(found.label)) == 1 else found.long_label


@cache
def _folded() -> tuple[tuple[str, str, str, Gmina], ...]:
    return tuple(
        (fold(each.name), fold(f"{each.name} {each.powiat} {each.voivodeship} {each.code}"), each.code, each)
        for each in all_gminas()
    )


def _rank(name: str, whole: str, parts: list[str]) -> int | None:
    if not all(part in whole for part in parts):
        return None
    if name == parts[0] or name == " ".join(parts):
        return 0
    if name.startswith(parts[0]):
        return 1
    if parts[0] in name:
        return 2
    return 3


def find(text: str, limit: int = 20) -> list[Gmina]:
    """Gminas where every word of ``text`` occurs in gmina, powiat, voivodeship or code; best first.

    Case and Polish marks do not matter: "lodz" finds Łódź. A name equal to the text comes first,
    then names that begin with it, contain it, and last gminas of a matching powiat or voivodeship.
    """
    parts = fold(text).replace(",", " ").split()
    if not parts:
        return []
    ranked = [
        (rank, position, each)
        for position, (name, whole, _code, each) in enumerate(_folded())
        if (rank := _rank(name, whole, parts)) is not None
    ]
    ranked.sort(key=lambda entry: entry[:2])
    return [each for _r, _p, each in ranked[:limit]]
