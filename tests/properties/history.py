"""A history of several laptops beside the reference: every step is done for real and compared with what must be."""

from __future__ import annotations

import contextlib
import random
import uuid
from collections.abc import Callable, Sequence
from typing import Any

import cbor2

from progressus_desktop.domain import values as forms
from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ConflictError, NotFoundError
from progressus_desktop.services import deciding, erasure, merging
from progressus_desktop.store import undo
from progressus_desktop.store.changes import Change, Entry, change_id, decode, encode, joined
from progressus_desktop.store.receiving import Pair
from tests.properties import reference
from tests.properties.laptops import CHILDREN, RECORDS, SCALARS, Laptop
from tests.properties.reference import BIN, EDGE, Edit, State, same

VALUES: dict[str, tuple[Any, ...]] = {
    "title": ("Spotkanie", "Warsztat", "Targi", None),
    "locality": ("Wzorów", "Lipniki", None),
    "participants": ({"pwd": {"f": 1}}, {"pwd": {"f": 2}}, None),
    "partners/00000000-0000-7000-8000-000000000001": (True, None),
    "partners/00000000-0000-7000-8000-000000000002": (True, None),
    "topics/T1": ({"depth": "mentioned"}, {"depth": "workshop"}, None),
    "arrangements/0000000a": ({"what": "rampa", "position": 1024}, {"what": "winda", "position": 1024}, None),
    "colour": ("z nowszej wersji", "inny", None),
}
"""Keys of every merge kind, and one of a newer version."""

_EDITED = {
    "participants": {"pwd": {"f": 3}}, "topics/T1": {"depth": "presented"}, "arrangements/0000000a": {"what": "pętla"},
}  # fmt: skip
"""What a person writes who takes neither of two versions."""

NAMES = tuple(VALUES)
ANCHORS = ("space", "code", "entry")
YEARS = (-40, -1, 1, 40)
_YEAR_MS = 365 * 24 * 60 * 60 * 1000


class History:
    """What the laptops did so far. ``known`` has, for each laptop and then for copied ones, the ids it knows."""

    def __init__(self, laptops: Sequence[Laptop]) -> None:
        self.laptops = laptops
        self.edits: dict[bytes, Edit] = {}
        self.bodies: dict[bytes, bytes] = {}
        self.known: list[set[bytes]] = [set() for _each in range(len(laptops) + 1)]
        self.positions = [0] * len(laptops)
        self.open: list[tuple[bytes, Any, State] | None] = [None] * len(laptops)
        self.taken_back: set[bytes] = set()
        self.copied: list[set[bytes]] = [set() for _each in laptops]
        self._formed: list[dict[bytes, State]] = [{} for _each in laptops]
        self._shown: list[tuple[int, dict[bytes, State]]] = [(0, {}) for _each in laptops]
        for each in laptops:
            each.empty()

    # -- what must be --------------------------------------------------------------------------------------

    def state(self, place: int, record: bytes) -> State:
        known = self.known[place]
        if len(known) != self._shown[place][0]:  # nothing is ever forgotten, so as many are the same ones
            self._shown[place] = (len(known), reference.states(self.edits[each] for each in known))
        return self._shown[place][1].get(record) or State()

    def questions(self, place: int) -> set[tuple[bytes, str]]:
        return {(record, name) for record in RECORDS for name in self.state(place, record).questions}

    def check(self, place: int, *, every_form: bool = False) -> None:
        """One laptop shows what the reference says, record by record.

        A form is made of the heads and the log alone: it is opened where these changed, and everywhere at the end.
        """
        laptop = self.laptops[place]
        heads, rows = laptop.heads(), laptop.rows()
        for record in RECORDS:
            expected = self.state(place, record)
            assert heads.get(record, {}) == expected.heads
            assert rows.get(record) == _row(expected)
            assert not expected.erased or not laptop.says(record)
            if every_form or self._formed[place].get(record) != expected:
                values, seen, _ids = laptop.form(record)
                assert same(values, expected.values)
                assert {name: set(each) for name, each in seen.items()} == expected.seen
                self._formed[place][record] = expected
        assert laptop.questions() == self.questions(place)
        assert laptop.awaited() == reference.awaited([self.edits[each] for each in self.known[place]])

    def _learn(self, place: int) -> list[Edit]:
        """What a laptop has just written."""
        laptop = self.laptops[place]
        out = []
        for change, body in laptop.written(self.positions[place]):
            out.append(self._note(change, body))
            self.known[place].add(change)
        self.positions[place] = laptop.position()
        return out

    def _note(self, change: bytes, body: bytes) -> Edit:
        entry = decode(change, body)
        edit = Edit(change, entry.record, entry.kind, entry.hlc, entry.keys, joined(entry))
        self.edits[change], self.bodies[change] = edit, body
        return edit

    # -- what a person does --------------------------------------------------------------------------------

    def look(self, place: int, record: bytes) -> None:
        """Open a form and leave it open."""
        self.open[place] = (record, self.laptops[place].form(record), self.state(place, record))

    def save(self, place: int, record: bytes, wanted: dict[str, Any], *, from_open_form: bool = False) -> None:
        """Save keys as the form shows them now, or as the form left open showed them then."""
        opened = self.open[place] if from_open_form else None
        if opened is not None:
            record, form, shown = opened
            self.open[place] = None
        else:
            form, shown = self.laptops[place].form(record), self.state(place, record)
        if self.state(place, record).erased:
            self._must_stay_erased(place, record, wanted)
            return
        present, seen, _ids = form
        keys = {
            name: (value, seen.get(name, ())) for name, value in wanted.items() if not same(present.get(name), value)
        }
        if not keys:
            return
        self.laptops[place].commit([Change("save", "event", str(uuid.UUID(bytes=record)), keys)])
        (made,) = self._learn(place)
        for name in keys:
            assert same(made.keys[name][0], wanted[name])
            assert set(_replaced(made, name)) == shown.seen.get(name, set())
        self.check(place)

    def _must_stay_erased(self, place: int, record: bytes, wanted: dict[str, Any]) -> None:
        keys = {name: (value, ()) for name, value in wanted.items()}
        with contextlib.suppress(NotFoundError):
            self.laptops[place].commit([Change("save", "event", str(uuid.UUID(bytes=record)), keys)])
            raise AssertionError
        assert not self._learn(place)

    def remove(self, place: int, record: bytes) -> None:
        before = self.state(place, record)
        if not before.heads or before.deleted:
            return
        self.laptops[place].commit(
            [undo.remove(self.laptops[place].ws, "event", str(uuid.UUID(bytes=record)))], "delete"
        )
        (made,) = self._learn(place)
        assert set(made.keys[BIN][1]) == {head for each in before.heads.values() for head in each}
        assert self.state(place, record).deleted
        self.check(place)

    def restore(self, place: int, record: bytes) -> None:
        before = self.state(place, record)
        if before.erased:
            return
        change = undo.restore(self.laptops[place].ws, "event", str(uuid.UUID(bytes=record)))
        assert (change is not None) == (not before.merged and (before.deleted or BIN in before.questions))
        if change is None:
            return
        self.laptops[place].commit([change], "restore")
        self._learn(place)
        assert not self.state(place, record).deleted
        self.check(place)

    def erase(self, place: int, record: bytes) -> None:
        """What the record said is gone here at once."""
        before = self.state(place, record)
        if not before.heads or before.erased:
            return
        gone = {record, *(each for each in RECORDS if self.state(place, each).merged == record)}
        erasure.erase(self.laptops[place].ws, "event", str(uuid.UUID(bytes=record)), "prośba osoby")
        made = self._learn(place)
        assert {(each.kind, each.record) for each in made} == {("erase", each) for each in gone}
        assert all(self.state(place, each).erased for each in gone)
        self.check(place)

    def save_what_was_open(self, place: int, wanted: dict[str, Any]) -> None:
        """Save the form that was left open."""
        if self.open[place] is not None:
            self.save(place, b"", wanted, from_open_form=True)

    def merge_two(self, place: int, which: int) -> None:
        """Merge one of the pairs that a person could merge."""
        live = [each for each in RECORDS if self.is_live(place, each)]
        pairs = [(keep, drop) for keep in live for drop in live if keep != drop]
        if pairs:
            self.merge(place, *pairs[which % len(pairs)])

    def unmerge_one(self, place: int, which: int) -> None:
        """Take one of the merged records apart."""
        merged = [each for each in RECORDS if self.state(place, each).merged]
        if merged:
            self.unmerge(place, merged[which % len(merged)])

    def is_live(self, place: int, record: bytes) -> bool:
        """Whether a person finds the record in a list."""
        found = self.state(place, record)
        return bool(found.heads) and not (found.deleted or found.merged)

    def merge(self, place: int, keep: bytes, drop: bytes) -> None:
        """Make one record of two; what they listed is joined and nothing is asked that was settled."""
        ws, ids = self.laptops[place].ws, [str(uuid.UUID(bytes=each)) for each in (keep, drop)]
        before = [self.state(place, each) for each in (keep, drop)]
        merging.merge(ws, "event", *ids)
        self._learn(place)
        now = self.state(place, keep)
        assert self.state(place, drop).merged == keep
        assert now.questions <= {name for each in before for name in each.questions}
        dropped = {name for each in self.known[place] for name in self.edits[each].joined}
        for each in before:
            assert {name for name in each.values if "/" in name} - dropped <= now.values.keys()
        self.check(place)

    def unmerge(self, place: int, record: bytes) -> None:
        """Take a merged record apart: it says what it said."""
        before = self.state(place, record)
        merging.unmerge(self.laptops[place].ws, "event", str(uuid.UUID(bytes=record)))
        self._learn(place)
        assert not self.state(place, record).merged
        now = reference.alone([self.edits[each] for each in self.known[place]], record)
        assert same(now.values, before.values)
        self.check(place)

    def resolve(self, place: int, which: int, take: str) -> None:
        """Settle one question; it must be gone here, and all its versions seen."""
        every = sorted(self.questions(place))
        if not every:
            return
        record, name = every[which % len(every)]
        before = self.state(place, record)
        given = _EDITED.get(name, "Narada")
        take = "theirs" if name == EDGE and take == "value" else take
        deciding.resolve(self.laptops[place].ws, f"{uuid.UUID(bytes=record)}:{name}", take, given)
        (made,) = self._learn(place)
        assert before.heads[name] <= set(_replaced(made, name))
        assert name not in self.state(place, record).questions
        self.check(place)

    def take_back(self, place: int, what: str) -> None:
        """Undo or redo: nothing but what is taken back is replaced, and what a decision had replaced comes back."""
        act: Callable[[Any], Committed | None] = {"undo": undo.undo, "redo": undo.redo}[what]
        before = {record: self.state(place, record) for record in RECORDS}
        try:
            act(self.laptops[place].ws)
        except ConflictError:
            assert not self._learn(place)
            return
        made = self._learn(place)
        for each in made:
            for name, (_value, replaced) in each.keys.items():
                if name == EDGE:
                    continue
                assert name == BIN or set(replaced) <= before[each.record].heads.get(name, set())
                assert name == BIN or act is undo.redo or len({repr(self._value(old, name)) for old in replaced}) <= 1
        if act is undo.undo:
            self._must_bring_back(place, made)
        self.taken_back |= {each.id for each in made}
        self.check(place)

    def _value(self, change: bytes, name: str) -> Any:
        return self.edits[change].keys[name][0]

    def _must_bring_back(self, place: int, made: Sequence[Edit]) -> None:
        """All different values that the undone edit had replaced are heads again."""
        for each in made:
            for name in each.keys:
                if name in {BIN, EDGE}:
                    continue
                undone = {old for other in made if name in other.keys for old in other.keys[name][1]}
                earlier = {old for one in undone for old in self.edits[one].keys[name][1] if old in self.known[place]}
                now = [self._value(head, name) for head in self.state(place, each.record).heads[name]]
                lone = len(undone) == 1 and not undone & self.taken_back
                assert not lone or all(any(same(self._value(old, name), value) for value in now) for old in earlier)

    def take_back_import(self, place: int, which: int) -> None:
        """Undo of an import: what was shown without it is shown again."""
        laptop = self.laptops[place]
        runs = [row[0] for row in laptop.run("SELECT DISTINCT run FROM log_import WHERE undone_by IS NULL")]
        if not runs:
            return
        run = runs[which % len(runs)]
        sql = "SELECT id FROM log_change WHERE import_no IN (SELECT number FROM log_import WHERE run = ?)"
        brought = {bytes(row[0]) for row in laptop.run(sql, (run,))}
        before = {record: self.state(place, record) for record in RECORDS}
        without = [self.edits[each] for each in self.known[place] - brought]
        try:
            deciding.undo_import(laptop.ws, run)
        except ConflictError:
            assert not self._learn(place)
            return
        for made in self._learn(place):
            self.taken_back.add(made.id)
            for name, (value, replaced) in made.keys.items():
                assert set(replaced) <= {head for each in before[made.record].heads.values() for head in each}
                for old in replaced:
                    assert name in {BIN, EDGE} or old in brought or same(self.edits[old].keys[name][0], value)
        for record in {self.edits[each].record for each in brought}:
            every = [self.edits[each] for each in self.known[place]]
            now, was = reference.alone(every, record), reference.alone(without, record)
            if now.erased:
                continue
            assert now.deleted == (was.deleted or not was.heads)
            if not now.deleted:
                lost = {name for name in ANCHORS if name not in was.heads}
                assert now.questions - lost == was.questions
                for name in now.heads.keys() - lost - {BIN}:
                    assert self._versions(now, name) == self._versions(was, name)
        self.check(place)

    def _versions(self, state: State, name: str) -> set[bytes]:
        """What the heads of a key say. Which of them is shown depends on clocks, so it is not compared."""
        found = {cbor2.dumps(self._value(head, name), canonical=True) for head in state.heads.get(name, ())}
        nothing = {cbor2.dumps(None)}
        return found - nothing if "/" in name else found or nothing

    def turn_clock(self, place: int, years: int) -> None:
        self.laptops[place].clock.ms += years * _YEAR_MS

    # -- what travels --------------------------------------------------------------------------------------

    def copy(self, place: int, seed: int) -> None:
        """A copied laptop writes under numbers that its twin used too."""
        rng = random.Random(seed)
        own = [each for each in self.edits if each[:6] == self.laptops[place].id]
        if not own:
            return
        chosen = rng.choice(own)
        entry = decode(chosen, self.bodies[chosen])
        name = rng.choice([each for each in entry.keys if each in VALUES] or [""])
        if not name:
            return
        keys = {name: (rng.choice(VALUES[name]), entry.keys[name][1])}
        other = Entry(
            b"",
            entry.kind,
            entry.entity,
            entry.record,
            entry.hlc + 1,
            entry.at,
            b"",
            entry.action,
            keys,
            {"of": "a newer version"},
        )
        body = encode(other, rng.randbytes(8))
        made = change_id(chosen[:6], int.from_bytes(chosen[6:10], "big"), body)
        self._note(made, body)
        self.known[-1].add(made)

    def exchange(self, sender: int, receiver: int, seed: int) -> None:
        """Any part of what the sender knows, in any order, repeated, in any packages."""
        rng = random.Random(seed)
        pool = [each for each in self.edits if each in self.known[sender]]
        if not pool or sender == receiver:
            return
        chosen = rng.sample(pool, rng.randint(1, len(pool))) if rng.random() < 0.6 else list(pool)
        chosen += rng.choices(pool, k=rng.randint(0, 2))
        if rng.random() < 0.5:
            rng.shuffle(chosen)
        cuts = sorted(rng.randint(0, len(chosen)) for _each in range(rng.randint(0, 2)))
        self.deliver(receiver, chosen, cuts, preview=rng.random() < 0.2, sender=sender)

    def deliver(self, receiver: int, ids: Sequence[bytes], cuts: Sequence[int], *, preview: bool, sender: int) -> None:
        """Bring changes to a laptop in packages that end at ``cuts``."""
        laptop = self.laptops[receiver]
        batches = _cut([(each, self.bodies[each]) for each in ids], cuts)
        name = self.laptops[sender].id if sender < len(self.laptops) else b"copied"
        hlc = laptop.last_hlc()
        shown = laptop.receive(name, batches, keep=False) if preview else None
        if preview:
            self.check(receiver)
        before, asked = set(self.known[receiver]), self.questions(receiver)
        received = laptop.receive(name, batches)
        assert shown is None or shown == received
        self.known[receiver] |= set(ids)
        self.positions[receiver] = laptop.position()
        assert sum(each.added for each in received) == len(self.known[receiver] - before)
        assert sum(each.known for each in received) == len(ids) - len(self.known[receiver] - before)
        if len(received) == 1:
            assert received[0].conflicts == len(self.questions(receiver) - asked)
        for each in received:
            self.copied[receiver] |= each.clones
        assert self.copied[receiver] == _twins(self.known[receiver])
        assert laptop.clock_is_bounded(hlc)
        self.check(receiver)

    def settle(self, seed: int) -> None:
        """Everything reaches everybody in another order: all show the same, and nothing more comes of it."""
        rng = random.Random(seed)
        for place in range(len(self.laptops)):
            every = list(self.edits)
            rng.shuffle(every)
            cuts = sorted(rng.randint(0, len(every)) for _each in range(rng.randint(0, 3)))
            self.deliver(place, every, cuts, preview=False, sender=len(self.laptops))
            again = self.laptops[place].receive(b"copied", [[(each, self.bodies[each]) for each in every]])
            assert (again[0].added, again[0].conflicts, again[0].number > 0) == (0, 0, True)
            self.check(place, every_form=True)
        gone = {each.record for each in self.edits.values() if each.kind == "erase"}
        kept = {each: body for each, body in self.bodies.items() if self.edits[each].record not in gone}
        for laptop in self.laptops:
            held = dict(laptop.written(0))
            assert held.keys() == self.bodies.keys()
            assert kept.items() <= held.items(), "bit for bit"
        first, *others = (laptop.heads() for laptop in self.laptops)
        assert all(each == first for each in others)


def _replaced(edit: Edit, name: str) -> tuple[bytes, ...]:
    return (*edit.keys[name][1], *edit.joined.get(name, ()))


def _row(state: State) -> dict[str, Any] | None:
    if not state.heads or state.erased:
        return None
    out: dict[str, Any] = {"deleted": state.deleted or bool(state.merged)}
    for name in SCALARS:
        value = state.values.get(name)
        out[name] = None if value is None or forms.is_unread(value) else value
        if isinstance(out[name], dict):
            import json

            out[name] = json.dumps(value, ensure_ascii=False, sort_keys=True)
    for name in CHILDREN:
        out[name] = {key.partition("/")[2] for key in state.values if key.startswith(f"{name}/")}
    return out


def _twins(known: set[bytes]) -> set[bytes]:
    stems: set[bytes] = set()
    twins = set()
    for each in known:
        if each[:10] in stems:
            twins.add(each[:6])
        stems.add(each[:10])
    return twins


def _cut(pairs: Sequence[Pair], cuts: Sequence[int]) -> list[list[Pair]]:
    ends = [*cuts, len(pairs)]
    starts = [0, *cuts]
    return [list(pairs[start:end]) for start, end in zip(starts, ends, strict=True) if start < end]
