"""Hints that two records may be about the same thing. Hints are warnings and never block."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from progressus_desktop.domain.fields import Values
from progressus_desktop.domain.identifiers import e164
from progressus_desktop.domain.sorting import fold
from progressus_desktop.words import N_, Message

SIMILAR = 88
"""From this likeness of expanded names (0–100) on, two organisations are worth a look."""

SIMILAR_TITLE = 85

SAME_TITLE = Message(N_("There is already an entry of this name."))
"""The hint for record types that are compared by their name alone."""

_EXPANDED = {
    "stow": "stowarzyszenie", "fund": "fundacja", "sp": "szkola podstawowa", "spoldz": "spoldzielnia",
    "soc": "socjalna", "bibl": "biblioteka", "publ": "publiczna", "gm": "gminny", "im": "imienia", "os": "osiedle",
    "kgw": "kolo gospodyn wiejskich", "osp": "ochotnicza straz pozarna", "pup": "powiatowy urzad pracy",
    "pcpr": "powiatowe centrum pomocy rodzinie", "ops": "osrodek pomocy spolecznej",
    "gops": "gminny osrodek pomocy spolecznej", "mops": "miejski osrodek pomocy spolecznej",
    "mgops": "miejsko gminny osrodek pomocy spolecznej", "wtz": "warsztat terapii zajeciowej",
    "zaz": "zaklad aktywnosci zawodowej", "zpch": "zaklad pracy chronionej", "cis": "centrum integracji spolecznej",
    "kis": "klub integracji spolecznej", "lgd": "lokalna grupa dzialania", "sds": "srodowiskowy dom samopomocy",
    "ug": "urzad gminy", "um": "urzad miasta", "gok": "gminny osrodek kultury", "dps": "dom pomocy spolecznej",
    "sosw": "specjalny osrodek szkolno wychowawczy", "ngo": "organizacja pozarzadowa",
}  # fmt: skip
_NUMBERS = ("nip", "regon", "krs")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """``record`` may be the same as the one asked about; ``field`` is where the hint stands.

    ``certain`` is set for equal register numbers: opening the existing one is then offered.
    """

    record: str
    field: str
    message: Message
    certain: bool = False


def expanded(name: str) -> str:
    """A name as likeness is measured: folded, abbreviations in full, without signs and legal forms."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"sp\.?\s*z\s*o\.?\s*o\.?|s\.\s?a\.", " ", fold(name)))
    return " ".join(_EXPANDED.get(word, word) for word in words)


def _linked(one: Values, other: Values) -> bool:
    """Whether one is a branch of the other or both are branches of a third; branches share a NIP."""
    mine, others = _text(one.get("parent")), _text(other.get("parent"))
    return (bool(mine) and mine in {other.get("id"), others}) or (bool(others) and others == one.get("id"))


def partners(values: Values, others: Iterable[Values]) -> Iterator[Duplicate]:
    """Partners that may be the same organisation as ``values``: at most one hint for each, the surest.

    ``others`` carry ``id``; the record itself and its branches are passed over.
    """
    name, phones, mail = expanded(_text(values.get("name"))), _phone(values), fold(_text(values.get("email")))
    for other in others:
        record = _text(other.get("id"))
        if not record or record == values.get("id") or _linked(values, other):
            continue
        shown = {"name": _text(other.get("name"))}
        number = next((each for each in _NUMBERS if values.get(each) and values.get(each) == other.get(each)), "")
        if number:
            message = Message(N_("“{name}” already has this number. Open the existing one."), shown)
            yield Duplicate(record, number, message, certain=True)
        elif phones and phones == _phone(other):
            yield Duplicate(record, "phone", Message(N_("“{name}” has the same phone number."), shown))
        elif mail and mail == fold(_text(other.get("email"))):
            yield Duplicate(record, "email", Message(N_("“{name}” has the same e-mail address."), shown))
        elif name and _same_place(values, other) and _alike(name, expanded(_text(other.get("name")))) >= SIMILAR:
            yield Duplicate(record, "name", Message(N_("There is “{name}” already. Is it the same one?"), shown))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _phone(values: Values) -> str:
    return e164(_text(values.get("phone"))) if values.get("phone") else ""


def _same_place(one: Values, other: Values) -> bool:
    """The same gmina, or the same locality where either has no gmina."""
    if one.get("gmina") and other.get("gmina"):
        return bool(one["gmina"] == other["gmina"])
    return fold(_text(one.get("locality"))) == fold(_text(other.get("locality")))


def _alike(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    from rapidfuzz import fuzz  # late: loading all declarations must not wait for it

    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))


def events(values: Values, others: Iterable[Values]) -> Iterator[Duplicate]:
    """Events that may be the same: same date, locality and lead organiser, or same date and a similar title."""
    day, title = values.get("date"), expanded(_text(values.get("title")))
    if not isinstance(day, str):
        return
    for other in others:
        record = _text(other.get("id"))
        if not record or record == values.get("id") or other.get("date") != day:
            continue
        shown = {"name": _text(other.get("title"))}
        locality = fold(_text(values.get("locality")))
        if (
            locality
            and locality == fold(_text(other.get("locality")))
            and values.get("lead_organiser")
            and values.get("lead_organiser") == other.get("lead_organiser")
        ):
            message = Message(N_("On that day there is “{name}” in the same place. Is it the same one?"), shown)
            yield Duplicate(record, "date", message)
        elif title and _alike(title, expanded(_text(other.get("title")))) >= SIMILAR_TITLE:
            message = Message(N_("On that day there is “{name}”. Is it the same one?"), shown)
            yield Duplicate(record, "title", message)


def persons(values: Values, others: Iterable[Values]) -> Iterator[Duplicate]:
    """Persons with the same first and last name."""
    name = _full_name(values)
    for other in others:
        record = _text(other.get("id"))
        if record and record != values.get("id") and name.strip() and name == _full_name(other):
            yield Duplicate(record, "last_name", Message(N_("There is already a person with this name.")))


def _full_name(values: Values) -> str:
    return fold(f"{_text(values.get('first_name'))} {_text(values.get('last_name'))}")
