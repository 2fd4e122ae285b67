"""From log entries to tables: heads, entity rows, derived values, problems, search index, counters.

The same code projects a save, a replay, a table of a hundred thousand rows and a foreign package, in any order and
any batch; a save is a batch of one. All is read and written for many records at once, because of a record's twenty
small statements the calls cost more than the work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.store import cipher, compose, dependants, merging, rows
from progressus_desktop.store.changes import Change, Entry
from progressus_desktop.store.dependants import Named, Written
from progressus_desktop.store.looking import TableLookup
from progressus_desktop.store.rows import Touched
from progressus_desktop.store.searchrows import SearchRows
from progressus_desktop.store.tables import IN_BLOBS, many, shape

CHUNK = 2_000
"""Records held in memory before they are written; more is not faster."""


class Awaited:
    """Changes that were superseded before they arrived, each with the keys in which they are no heads any more.

    Kept in ``presup``: what is superseded in one package may come in another, months later. Only a change of the same
    record supersedes: a deletion also names what it saw of records that were merged into its own.
    """

    def __init__(self, driver: Any, coming: Sequence[bytes]) -> None:
        self._driver = driver
        sql = f"SELECT id, name, record FROM presup WHERE id {IN_BLOBS}"
        rows = driver.execute(sql, (many(each.hex() for each in coming),))
        self._before = {(bytes(row[0]), row[1], bytes(row[2])) for row in rows}
        self._keys: dict[bytes, set[tuple[str, bytes]]] = {}
        for change, name, record in self._before:
            self._keys.setdefault(change, set()).add((name, record))

    def add(self, change: bytes, name: str, record: bytes) -> None:
        """Remember that this change, which has not arrived, is superseded in one key of a record."""
        self._keys.setdefault(change, set()).add((name, record))

    def arrived(self, change: bytes, record: bytes) -> set[str]:
        """The keys in which a change that arrives now is no head; nothing more needs to be remembered of it."""
        return {name for name, of in self._keys.pop(change, ()) if of == record}

    def store(self) -> None:
        """Write what is awaited now."""
        now = {(change, *key) for change, keys in self._keys.items() for key in keys}
        self._driver.executemany(
            "DELETE FROM presup WHERE id = ? AND name = ? AND record = ?", list(self._before - now)
        )
        self._driver.executemany("INSERT OR IGNORE INTO presup VALUES (?, ?, ?)", list(now - self._before))


class Projector:
    """Projects entries inside one open transaction; ``space`` is whose relations count as one's own."""

    def __init__(self, connection: Connection, space: str) -> None:
        self.connection = connection
        self._driver = cipher.raw(connection)
        self._lookup = TableLookup(connection, space)
        self._index = SearchRows(self._driver)
        self._fresh: dict[bytes, Entry] = {}
        self._touched: dict[bytes, Touched] = {}
        self._pending: dict[Named, None] = {}
        self._last_no: int | None = None
        self._upto: int | None = None

    def prepare(self, records: Iterable[tuple[bytes, str]]) -> None:
        """Look up many records (uuid, entity) at once; unknown ones get the next numbers."""
        missing = {record: entity for record, entity in records if record not in self._touched}
        if not missing:
            return
        sql = f"SELECT uuid, no, heads, last_own_arrival, state FROM record WHERE uuid {IN_BLOBS}"
        found = self._driver.execute(sql, (many(each.hex() for each in missing),)).fetchall()
        known = {bytes(row[0]): row for row in found}
        for record, entity in missing.items():
            row = known.get(record)
            if row is None:
                made = Touched(self._next_no(), record, entity, stored=False)
            else:
                made = Touched(row[1], record, entity, compose.unpack(bytes(row[2])), row[3])
                made.known = row[4] != "placeholder"
                made.standing = (row[4], row[3])
            self._touched[record] = made

    def _next_no(self) -> int:
        if self._last_no is None:
            self._last_no = int(self._driver.execute("SELECT coalesce(max(no), 0) FROM record").fetchone()[0])
        self._last_no += 1
        return self._last_no

    def _load(self, record: bytes, entity: str) -> Touched:
        if record not in self._touched:
            self.prepare([(record, entity)])
        return self._touched[record]

    def number(self, record: bytes, entity: str) -> int:
        """The record's number; an unknown record gets the next one."""
        return self._load(record, entity).no

    def is_new(self, record: bytes, entity: str) -> bool:
        """Whether nothing is known of this record yet."""
        return not self._load(record, entity).heads

    def is_strange(self, record: bytes, change: Change) -> bool:
        """Whether a change supersedes what is no head of its record: an old form, or one that saw a merged record."""
        heads = self._touched[record].heads
        return any(old not in heads.get(name, ()) for name, (_value, olds) in change.keys.items() for old in olds)

    def take(self, entry: Entry, *, arrival: int, own: bool) -> None:
        """Let one entry that the log already holds change the heads of its record."""
        self.take_many([(entry, arrival)], own=own)

    def take_many(self, entries: Sequence[tuple[Entry, int]], *, own: bool) -> None:
        """Let entries that the log already holds, each with its arrival, change the heads of their records."""
        self.prepare((entry.record, entry.entity) for entry, _arrival in entries)
        self._upto = max([self._upto or 0, *(arrival for _entry, arrival in entries)])
        if own:
            for entry, arrival in entries:
                self._take_own(entry, arrival)
        else:
            self._take_foreign(entries)
        if len(self._touched) >= CHUNK:
            self.flush()

    def _take_own(self, entry: Entry, arrival: int) -> None:
        touched = self._touched[entry.record]
        touched.own_arrival = arrival
        self._fresh[entry.id] = entry
        if not touched.known and not touched.heads:
            touched.begin(entry)
            return
        touched.only = None
        for name, (_value, superseded) in entry.keys.items():
            touched.supersede(name, superseded)
            touched.heads.setdefault(name, []).append(entry.id)

    def _take_foreign(self, entries: Sequence[tuple[Entry, int]]) -> None:
        """Foreign entries may supersede what has not arrived: that is remembered until it does."""
        arrivals = self._arrivals(entries)
        awaited = Awaited(self._driver, [entry.id for entry, _arrival in entries])
        for entry, arrival in entries:
            touched = self._touched[entry.record]
            self._fresh[entry.id] = entry
            gone = awaited.arrived(entry.id, entry.record)
            if not (touched.known or touched.heads or gone or any(old for _value, old in entry.keys.values())):
                touched.begin(entry)
                continue
            touched.only = None
            for name, (_value, superseded) in entry.keys.items():
                for old in touched.supersede(name, superseded):
                    # In a replay the log holds later changes too; only earlier ones have had their turn.
                    if old not in self._fresh and arrivals.get(old, arrival) >= arrival:
                        awaited.add(old, name, entry.record)
                if name not in gone:
                    touched.heads.setdefault(name, []).append(entry.id)
        awaited.store()

    def _arrivals(self, entries: Sequence[tuple[Entry, int]]) -> dict[bytes, int]:
        """When the log got what these entries supersede."""
        wanted = {old for entry, _at in entries for _value, superseded in entry.keys.values() for old in superseded}
        wanted -= self._fresh.keys()
        if not wanted:
            return {}
        sql = f"SELECT id, arrival FROM log_change WHERE id {IN_BLOBS}"
        rows_found = self._driver.execute(sql, (many(each.hex() for each in wanted),))
        return {bytes(row[0]): row[1] for row in rows_found}

    def flush(self) -> None:
        """Write all that was touched so far; what depends on it in other records waits for :meth:`finish`."""
        if not self._touched:
            return
        self._compose(list(self._touched.values()))
        kept = merging.regroup(self.connection, self._touched, self.prepare, self._upto)
        every = list(self._touched.values())
        rows.write_common(self._driver, every)
        groups: dict[str, list[Touched]] = {}
        for each in every:
            if each.entity in ENTITIES:
                groups.setdefault(each.entity, []).append(each)
        for name, group in groups.items():
            left = [each for each in group if not each.now.erased]
            changed = rows.write(self._driver, shape(name), left, kept)
            changed += rows.remove(self._driver, self._index, shape(name), [each for each in group if each.now.erased])
            self._pending |= dict.fromkeys(dependants.of_changes(self._driver, name, changed))
        self._lookup.forget()
        for name, group in groups.items():
            left = [each for each in group if not each.now.erased]
            self._lookup.expect(each.id for each in left)
            written = [Written(each.no, each.id, each.now, each.search_row) for each in left]
            dependants.write(self.connection, self._lookup, self._index, shape(name), written)
            for each in group:
                self._pending.pop((name, each.id), None)
        self._touched.clear()
        self._fresh.clear()

    def _compose(self, every: Sequence[Touched]) -> None:
        """What each record says by itself."""
        several = [each for each in every if each.only is None]
        ids = {head for each in several for heads in each.heads.values() for head in heads}
        found = compose.entries(self.connection, ids, self._fresh)
        for each in every:
            if each.only is not None:
                each.now = compose.compose_one(each.only)
                continue
            for heads in each.heads.values():
                heads.sort()
            each.now = compose.compose(each.heads, found, with_seen=False)

    def finish(self) -> None:
        """Write what is left, and what depends on anything written in records that were not touched."""
        self.flush()
        dependants.renew(self.connection, self._lookup, self._index, self._pending)
        self._pending.clear()
        self._index.write()
