"""A record put together from the heads of its keys."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import Any

import cbor2
from sqlalchemy import Connection

from progressus_desktop.domain import values as forms
from progressus_desktop.domain.catalog import ENTITIES, logged
from progressus_desktop.domain.fields import Field, Merge
from progressus_desktop.domain.fitting import fitted, fitted_item, kind_of
from progressus_desktop.store import cipher
from progressus_desktop.store.changes import DELETED, MERGED, Entry, decode, edge
from progressus_desktop.store.tables import IN_BLOBS, many

Heads = dict[str, list[bytes]]


def pack(heads: Heads) -> bytes:
    """Heads as one compact value: each change once, with the keys it heads."""
    by_change: dict[bytes, list[str]] = {}
    for name in sorted(heads):
        for head in heads[name]:
            by_change.setdefault(head, []).append(name)
    return cbor2.dumps(sorted(by_change.items()), canonical=True)


def pack_one(entry: Entry) -> bytes:
    """:func:`pack` of the heads that one entry makes."""
    return cbor2.dumps([(entry.id, sorted(entry.keys))], canonical=True)


def unpack(packed: bytes) -> Heads:
    """The inverse of :func:`pack`; heads of a key are sorted by id."""
    heads: Heads = {}
    for head, names in cbor2.loads(packed):
        for name in names:
            heads.setdefault(name, []).append(head)
    return heads


def version(packed: bytes) -> bytes:
    """A short hash of all heads: two equal versions are the same record."""
    return hashlib.blake2b(packed, digest_size=8).digest()


def heads_of(every: Iterable[Entry]) -> Heads:
    """The heads that these entries make, in whatever order: what none of them supersedes."""
    known = list(every)
    gone = {(old, name) for entry in known for name, (_value, superseded) in entry.keys.items() for old in superseded}
    heads: Heads = {}
    for entry in sorted(known, key=lambda entry: entry.id):
        for name in entry.keys:
            if (entry.id, name) not in gone:
                heads.setdefault(name, []).append(entry.id)
    return heads


@cache
def _strict(entity: str, stem: str) -> tuple[str, tuple[str, ...]] | None:
    """The part by which items of a map are stricter or milder than each other, and its codes, mildest first."""
    of = ENTITIES.get(entity)
    field = of.field(stem) if of is not None and of.has(stem) else None
    return (field.parts[0].name, field.strict) if field is not None and field.strict else None


def _strictness(name: str, entry: Entry) -> int:
    """How much more an item restricts than others; a code of a newer version restricts more than the mildest."""
    stem, slash, _item = name.partition("/")
    rule = _strict(entry.entity, stem) if slash else None
    if rule is None:
        return 0
    value = entry.keys[name][0]
    said = value.get(rule[0]) if isinstance(value, Mapping) else None
    return rule[1].index(said) * 2 if said in rule[1] else int(value is not None)


def order(name: str, every: Iterable[Entry]) -> list[Entry]:
    """Entries that claim a key, the one whose value is shown meanwhile first: the greatest (hlc, id).

    Of consents it is the most restrictive one.
    """
    return sorted(every, key=lambda entry: (_strictness(name, entry), entry.hlc, entry.id), reverse=True)


def distinct(name: str, every: Iterable[Entry]) -> list[Any]:
    """The different values that entries give to a key, in their :func:`order`."""
    out: list[Any] = []
    for entry in order(name, every):
        value = entry.keys[name][0]
        if not any(forms.same(value, each) for each in out):
            out.append(value)
    return out


@dataclass(slots=True)
class Composed:
    """What a record says now. ``values`` and ``seen`` are by log key; times are UTC milliseconds.

    ``edge`` is the record that it was merged into, ``merged_into`` the one that stands for both, where that is here.
    """

    values: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, tuple[bytes, ...]] = field(default_factory=dict)
    conflicts: dict[str, list[Entry]] = field(default_factory=dict)
    deleted: bool = False
    edited_after_delete: bool = False
    erased: bool = False
    changed_ms: int = 0
    edge: str = ""
    merged_into: str = ""

    @property
    def hidden(self) -> int:
        """Whether lists leave the record out: 0 no, 1 it is in the bin, 2 another stands for it."""
        return 2 if self.merged_into else int(self.deleted)

    @property
    def state(self) -> str:
        """The state the record cache holds."""
        if self.erased:
            return "erased"
        if self.merged_into:
            return "merged"
        if self.deleted:
            return "deleted"
        return "deleted-and-edited" if self.edited_after_delete else "live"


def entries(
    connection: Connection, ids: Iterable[bytes], known: Mapping[bytes, Entry] | None = None
) -> dict[bytes, Entry]:
    """The entries with these ids; those in ``known`` are not read again."""
    found = {each: known[each] for each in ids if known and each in known}
    missing = [each.hex() for each in ids if each not in found]
    if missing:
        sql = f"SELECT id, body FROM log_change WHERE id {IN_BLOBS}"
        rows = cipher.raw(connection).execute(sql, (many(missing),))
        found |= {bytes(row[0]): decode(bytes(row[0]), bytes(row[1])) for row in rows}
    return found


def compose_one(entry: Entry) -> Composed:
    """What a record says that one entry made, which deletes nothing; what stands behind its values is left out."""
    values = {name: value for name, (value, _old) in entry.keys.items() if value is not None}
    return Composed(values, changed_ms=entry.at)


def compose(heads: Heads, found: Mapping[bytes, Entry], *, with_seen: bool = True) -> Composed:
    """The record that these heads make: of different values the greatest (hlc, id) is shown meanwhile.

    Without ``with_seen`` what stands behind each value is left out, which only a form needs.
    """
    out = Composed()
    if any(found[head].kind == "erase" for head in heads.get(DELETED, ())):
        out.deleted = out.erased = True
        return out
    for name, ids in heads.items():
        if name[:1] == MERGED:
            _merge(out, name, ids, found)
            continue
        if len(ids) > 1:
            _compose_several(out, name, ids, found)
            continue
        entry = found[ids[0]]
        value = entry.keys[name][0]
        if entry.at > out.changed_ms:  # noqa: PLR1730 - asked for each key of each record, where max() shows
            out.changed_ms = entry.at
        if name != DELETED:
            if value is not None:
                out.values[name] = value
            if with_seen:
                out.seen[name] = (ids[0],)
    _deletion(heads, found, out)
    return out


def _merge(out: Composed, name: str, ids: list[bytes], found: Mapping[bytes, Entry]) -> None:
    """The edge to the kept record; a kept record holds the edges to itself under ``>/<id>``, which say nothing."""
    out.changed_ms = max(out.changed_ms, *(found[i].at for i in ids))
    if name != MERGED:
        return
    ordered = sorted((found[i] for i in ids), key=lambda e: (e.hlc, e.id), reverse=True)
    out.edge = edge(ordered[0].keys[MERGED][0])
    out.seen[MERGED] = tuple(i for i in ids if edge(found[i].keys[MERGED][0]) == out.edge)
    if len(out.seen[MERGED]) < len(ids):
        out.conflicts[MERGED] = ordered


def _compose_several(out: Composed, name: str, ids: list[bytes], found: Mapping[bytes, Entry]) -> None:
    """One key that several heads claim."""
    shown = max((found[i] for i in ids), key=lambda e: (e.hlc, e.id))
    out.changed_ms = max(out.changed_ms, shown.at)
    if name == DELETED:
        return
    if "/" in name:
        # an item added on one side and taken away on the other stays: present wins without a question
        present = [found[i] for i in ids if found[i].keys[name][0] is not None]
        shown = order(name, present)[0] if present else shown
    value = shown.keys[name][0]
    if value is not None:
        out.values[name] = value
    out.seen[name] = tuple(i for i in ids if forms.same(found[i].keys[name][0], value))
    others = [found[i] for i in ids if not forms.same(found[i].keys[name][0], value)]
    if "/" in name:
        others = [e for e in others if e.keys[name][0] is not None]
    if others:
        out.conflicts[name] = order(name, [shown, *others])


def _deletion(heads: Heads, found: Mapping[bytes, Entry], out: Composed) -> None:
    ids = heads.get(DELETED, [])
    deletes = [found[i] for i in ids if found[i].keys[DELETED][0] is None]
    if not deletes or len(deletes) < len(ids):
        return
    seen = {head for entry in deletes for head in entry.keys[DELETED][1]}
    everything = {head for name, each in heads.items() if name not in {DELETED, MERGED} for head in each}
    out.deleted = everything <= seen
    out.edited_after_delete = not out.deleted


@cache
def _logged(entity: str) -> dict[str, tuple[int, Field, bool, Callable[[Any], bool]]]:
    """Each field with its place, whether it is one key in the log, and what tells its kind of value."""
    whole = {Merge.SCALAR, Merge.MATRIX}
    every = enumerate(logged(ENTITIES[entity]))
    return {each.name: (place, each, each.merge in whole, kind_of(each)) for place, each in every}


_place = itemgetter(0)


def _from_items(each: Field, held: Mapping[str, Any]) -> Any:
    """A set, map or rows out of its items, or text under the field's own key that could not be read."""
    whole = held.get(each.name)
    if whole is not None and forms.is_unread(whole):
        return fitted(each, whole)
    if each.merge is Merge.SET:
        start = len(each.name) + 1
        return sorted([key[start:] for key, item in held.items() if item is True and key != each.name])
    fitting = {key: fitted_item(each, item) for key, item in held.items() if key != each.name}
    return forms.from_keys(each, fitting)


def fields(entity: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Log keys turned into the one form of values, with the common scalars; what is empty is absent."""
    known = _logged(entity)
    items: dict[str, dict[str, Any]] = {}
    read: list[tuple[int, str, Any]] = []
    for key, value in values.items():
        about = known.get(key)
        if about is None or not about[2]:
            name, slash, _item = key.partition("/")
            if slash or about is not None:
                items.setdefault(name, {})[key] = value
        elif value is not None:
            read.append((about[0], key, value if about[3](value) else fitted(about[1], value)))
    for name, held in items.items():
        if name in known:
            place, each, is_one_key, _is_of_kind = known[name]
            if not is_one_key:
                read.append((place, name, _from_items(each, held)))
    read.sort(key=_place)
    return {name: value for _place_of, name, value in read if value or not forms.empty(value)}
