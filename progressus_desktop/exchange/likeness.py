"""Which records may be the same as a row: candidates found by keys in memory, judged by the rules of the domain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from progressus_desktop.domain import duplicates
from progressus_desktop.domain.duplicates import Duplicate
from progressus_desktop.domain.fields import Entity, Values
from progressus_desktop.domain.identifiers import e164
from progressus_desktop.domain.sorting import fold

_MOST = 60
"""Candidates that are compared for one key, as while typing."""
_LONG_WORD = 3
_COMPARE: Mapping[str, Callable[[Values, Iterable[Values]], Iterator[Duplicate]]] = {
    "partner": duplicates.partners,
    "event": duplicates.events,
    "person": duplicates.persons,
}
NEEDED: Mapping[str, tuple[str, ...]] = {
    "partner": ("name", "nip", "regon", "krs", "phone", "email", "gmina", "locality", "parent"),
    "event": ("date", "title", "locality", "lead_organiser"),
    "person": ("last_name", "first_name"),
}
"""What the comparison looks at, by record type."""


def needed(of: Entity) -> tuple[str, ...]:
    """The fields by which records of this type are compared."""
    return NEEDED.get(of.name, of.title)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _keys(of: Entity, values: Values, *, asked: bool) -> Iterator[str]:
    """Under which keys a record lies, or (``asked``) is looked for."""
    if of.name == "partner":
        for name in ("nip", "regon", "krs"):
            if _text(values.get(name)):
                yield f"{name} {values[name]}"
        if _text(values.get("phone")):
            yield f"phone {e164(values['phone'])}"
        if _text(values.get("email")):
            yield f"email {fold(values['email'])}"
        words = sorted({word for word in fold(_text(values.get("name"))).split() if len(word) > _LONG_WORD}, key=len)
        words = words[-2:] if asked else words
        words.append(duplicates.expanded(_text(values.get("name"))))
        # A name counts within one gmina, or within one locality where either has no gmina.
        gmina = _text(values.get("gmina"))
        for place in (*([gmina] if gmina else []), fold(_text(values.get("locality")))):
            yield from (f"{place}: {word}" for word in words)
    elif of.name == "event":
        yield f"date {values.get('date')}"
    else:
        yield " ".join(["title", *(fold(_text(values.get(name))) for name in of.title)])


@dataclass(slots=True)
class Likeness:
    """Records and rows that later rows are compared with."""

    of: Entity
    _by_key: dict[str, list[str]] = field(default_factory=dict)
    _values: dict[str, Values] = field(default_factory=dict)

    def add(self, record_id: str, values: Values) -> None:
        """Let later rows be compared with this one."""
        self._values[record_id] = {"id": record_id} | {
            name: values[name] for name in needed(self.of) if values.get(name) is not None
        }
        for key in _keys(self.of, values, asked=False):
            found = self._by_key.setdefault(key, [])
            if len(found) < _MOST:
                found.append(record_id)

    def like(self, values: Values) -> list[Duplicate]:
        """Records that may be the same, the surest hint of each."""
        ids = dict.fromkeys(each for key in _keys(self.of, values, asked=True) for each in self._by_key.get(key, ()))
        if not ids:
            return []
        others = [self._values[each] for each in ids]
        compare = _COMPARE.get(self.of.name)
        if compare is not None:
            return list(compare(values, others))
        return [Duplicate(each, self.of.title[0], duplicates.SAME_TITLE) for each in ids]
