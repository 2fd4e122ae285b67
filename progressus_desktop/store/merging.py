"""Records merged into others: who stands for whom, and what the kept record is made of (exchange.md, section 1).

A merge is an edge in the log, from the dropped record to the kept one. Everything here is a function of the changes
known: the kept record is composed of its own heads, of the sets, maps and rows of those merged into it, and of what
was written in these by somebody who did not know of the merge.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.domain.catalog import ENTITIES, logged
from progressus_desktop.domain.fields import Type
from progressus_desktop.store import cipher, compose
from progressus_desktop.store.changes import ANCHORS, DELETED, MERGED, Entry, decode, joined
from progressus_desktop.store.compose import Composed, Heads
from progressus_desktop.store.looking import kept_records
from progressus_desktop.store.rows import Kept, Touched
from progressus_desktop.store.tables import IN_BLOBS, IN_VALUES, many, q, shape

_OWN = {*ANCHORS, DELETED, MERGED}
"""Keys that speak of one record only."""

Prepare = Callable[[Iterable[tuple[bytes, str]]], None]


@dataclass(slots=True)
class Member:
    """A record of a group: all its changes, the heads that they make by themselves, and what it says so."""

    touched: Touched
    entries: list[Entry] = field(default_factory=list)
    heads: Heads = field(default_factory=dict)
    now: Composed = field(default_factory=Composed)

    @property
    def space(self) -> Any:
        """Whose record it is."""
        return self.now.values.get("space")

    @property
    def edges(self) -> list[bytes]:
        """The changes that say what it is merged into now."""
        return list(self.now.seen.get(MERGED, ()))


def ends(edges: Mapping[str, str]) -> dict[str, str]:
    """For each record with an edge the end of its chain; in a cycle of concurrent merges the smallest id stays."""
    out = {}
    for start in edges:
        path, at = [start], edges[start]
        while at in edges and at not in path:
            path.append(at)
            at = edges[at]
        end = min(path[path.index(at) :]) if at in path else at
        if end != start:
            out[start] = end
    return out


def group_heads(kept: Member, dropped: Sequence[Member]) -> Heads:
    """The heads of a kept record with what the merged ones add.

    Scalars of a dropped record were settled when it was merged; one written by somebody who had not seen the merge is
    a head beside the kept record's own, unless the record belongs to another organisation, which goes on with it.
    """
    everybody = [kept, *dropped]
    gone = {
        (old, name)
        for each in everybody
        for entry in each.entries
        for name, ids in joined(entry).items()
        for old in ids
    }
    settled = {
        old for each in dropped for entry in each.entries if entry.id in each.edges for old in entry.keys[MERGED][1]
    }
    heads = {name: list(ids) for name, ids in kept.heads.items()}
    for each in dropped:
        for name, ids in each.heads.items():
            if name in _OWN or ("/" not in name and each.space != kept.space):
                continue
            more = [i for i in ids if (i, name) not in gone and ("/" in name or i not in settled)]
            if more:
                heads.setdefault(name, []).extend(more)
        heads[f"{MERGED}/{each.touched.id}"] = each.edges
    return {name: sorted(set(ids)) for name, ids in heads.items()}


def regroup(connection: Connection, touched: dict[bytes, Touched], prepare: Prepare, upto: int | None) -> Kept:
    """Compose again every record that a merge concerns; gives for each merged record the one that stands for it.

    ``touched`` are the records about to be written, composed by themselves; what else has to be written is added to
    them. ``upto`` is the last arrival that has had its turn, None for all.
    """
    driver = cipher.raw(connection)
    before = {row[0]: (row[1], row[2]) for row in driver.execute("SELECT id, target, canonical FROM merged")}
    new = {each.id: each.now.edge for each in touched.values() if each.now.edge}
    if not before and not new:
        return {}
    concerned = _closure(touched, {name: pair[0] for name, pair in before.items()}, new)
    if not concerned:
        return {name: pair[1] for name, pair in before.items() if pair[1]}
    members = _members(driver, touched, prepare, concerned, upto)
    here = {name: each for name, each in members.items() if each.heads and not each.now.erased}
    edges = {
        name: each.now.edge
        for name, each in here.items()
        if each.now.edge in here and here[each.now.edge].touched.entity == each.touched.entity
    }
    kept = ends(edges)
    for each in here.values():
        dropped = [other for name, other in here.items() if kept.get(name) == each.touched.id]
        each.touched.heads = group_heads(each, dropped) if dropped else each.heads
        each.touched.only = None
        each.touched.fields |= _every(each.touched.entity)
        each.touched.now = each.now
        if dropped:
            found = {entry.id: entry for one in (each, *dropped) for entry in one.entries}
            each.touched.now = compose.compose(each.touched.heads, found, with_seen=False)
        each.touched.now.merged_into = kept.get(each.touched.id, "")
    _note(driver, members, kept)
    moved = {name for name in concerned if (before.get(name) or ("", None))[1] != kept.get(name)}
    if moved:
        ids = moved | {kept[name] for name in moved if name in kept}
        ids |= {str(before[name][1]) for name in moved if name in before and before[name][1]}
        _touch_holders(connection, driver, touched, prepare, ids)
    return kept_records(driver.execute)


def _closure(touched: Mapping[bytes, Touched], before: Mapping[str, str], new: Mapping[str, str]) -> set[str]:
    """Ids of all records that a chain of merges, former or new, links with a touched one."""
    near: dict[str, set[str]] = {}
    for one, other in [*before.items(), *new.items()]:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    todo = [each.id for each in touched.values() if each.id in near]
    found = set(todo)
    while todo:
        more = near[todo.pop()] - found
        found |= more
        todo += more
    return found


def _members(
    driver: Any, touched: dict[bytes, Touched], prepare: Prepare, ids: Iterable[str], upto: int | None
) -> dict[str, Member]:
    """The records with these ids, each with all its changes."""
    uuids = [uuid.UUID(each) for each in ids]
    sql = f"SELECT uuid, entity FROM record WHERE uuid {IN_BLOBS} AND state <> 'placeholder'"
    rows = driver.execute(sql, (many(each.hex for each in uuids),)).fetchall()
    prepare([(bytes(row[0]), row[1]) for row in rows])
    found = [touched[each.bytes] for each in uuids if each.bytes in touched]
    by_no = {each.no: Member(each) for each in found}
    until = "" if upto is None else f" AND arrival <= {int(upto)}"
    sql = f"SELECT record_no, id, body FROM log_change WHERE record_no {IN_VALUES}{until}"
    for number, change_id, body in driver.execute(sql, (many(by_no),)):
        by_no[number].entries.append(decode(bytes(change_id), bytes(body)))
    out = {}
    for member in by_no.values():
        member.heads = compose.heads_of(member.entries)
        member.now = compose.compose(member.heads, {entry.id: entry for entry in member.entries})
        member.touched.heads, member.touched.only = member.heads, None
        member.touched.now = member.now
        out[member.touched.id] = member
    return out


def _note(driver: Any, members: Mapping[str, Member], kept: Kept) -> None:
    driver.executemany("DELETE FROM merged WHERE record_no = ?", [(each.touched.no,) for each in members.values()])
    rows = [(each.touched.no, name, each.now.edge, kept.get(name)) for name, each in members.items() if each.now.edge]
    driver.executemany("INSERT INTO merged VALUES (?, ?, ?, ?)", rows)


def _every(entity: str) -> set[str]:
    return {each.name for each in logged(ENTITIES[entity])} | set(ANCHORS) if entity in ENTITIES else set()


def _touch_holders(
    connection: Connection, driver: Any, touched: dict[bytes, Touched], prepare: Prepare, ids: Iterable[str]
) -> None:
    """Records whose columns name one of these: they have to name another now."""
    wanted = many(ids)
    for name in ENTITIES:
        of = shape(name)
        held = [f"SELECT record_no FROM {q(of.table)} WHERE {q(f.name)} {IN_VALUES}"
                for f in of.scalars if f.type is Type.REFERENCE]  # fmt: skip
        for child in of.children:
            columns = ["item_key"] if child.type is Type.REFERENCES else []
            columns += [part.name for part in child.parts if part.type is Type.REFERENCE]
            held += [f"SELECT record_no FROM {q(of.child(child))} WHERE {q(c)} {IN_VALUES}" for c in columns]
        if not held:
            continue
        numbers = {row[0] for sql in held for row in driver.execute(sql, (wanted,))}
        sql = f"SELECT uuid FROM record WHERE no {IN_VALUES}"
        uuids = [bytes(row[0]) for row in driver.execute(sql, (many(numbers),))]
        fresh = [each for each in uuids if each not in touched]
        prepare((each, name) for each in fresh)
        for each in uuids:
            touched[each].fields |= _every(name)
        _compose(connection, [touched[each] for each in fresh])


def _compose(connection: Connection, group: Sequence[Touched]) -> None:
    found = compose.entries(connection, {i for each in group for ids in each.heads.values() for i in ids})
    merged = kept_records(cipher.raw(connection).execute)
    for each in group:
        each.now = compose.compose(each.heads, found, with_seen=False)
        each.now.merged_into = merged.get(each.id, "")
