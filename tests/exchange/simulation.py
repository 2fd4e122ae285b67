"""A year of an office and its testers in minutes: work, packages that get lost, late or doubled, copies, restores.

``python -m tests.exchange.simulation [--testers N] [--days N] [--seed N]`` tells the figures of docs/performance.md.
At the end everybody exchanges without losses and :func:`settle` asserts what must hold.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import shutil
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.errors import ConflictError, ProgressusError
from progressus_desktop.exchange import peers
from progressus_desktop.services import (
    applying,
    attendance,
    deciding,
    erasure,
    inviting,
    keeping,
    packing,
    photos,
    records,
    undoing,
    workspaces,
)
from progressus_desktop.store import check, query, workspace
from progressus_desktop.store.changes import decode
from progressus_desktop.store.workspace import Workspace
from tests.conftest import LIGHT
from tests.exchange.trips import a_picture

PASSWORD = "paczka na pendrivie"
START = int(datetime.fromisoformat("2026-05-04T08:00:00+02:00").timestamp() * 1000)
DAY_MS = 24 * 60 * 60 * 1000
LOSS, DOUBLE, LATE = 0.10, 0.05, 0.10
PACK_EVERY, OFFICE_EVERY, VISIT_EVERY = 14, 7, 60
ORGANISATIONS = ("KGW", "OSP", "Stowarzyszenie", "Fundacja")


@dataclass(frozen=True)
class Plan:
    """How much happens."""

    testers: int = 100
    days: int = 240
    copies: int = 2
    restores: int = 3
    lost_keys: int = 1
    erasures: int = 5
    acts_a_day: float = 0.7
    seed: int = 1


class Clock:
    """The world's time, seen through one laptop's clock, which may be wrong."""

    def __init__(self, world: World, skew_ms: int) -> None:
        self._world, self._skew_ms, self._ticks = world, skew_ms, 0

    def now_ms(self) -> int:
        return START + self._world.day * DAY_MS + self._skew_ms + self._ticks

    def ticked(self) -> None:
        self._ticks += 1


@dataclass
class Laptop:
    """One laptop: whose it is, its workspace, what it may work on, and backups that were kept elsewhere."""

    owner: str
    ws: Workspace
    clock: Clock
    mine: list[tuple[str, str]] = field(default_factory=list)
    backups: list[Path] = field(default_factory=list)


@dataclass(frozen=True)
class Letter:
    """A file on its way."""

    day: int
    file: Path
    to: str


@dataclass
class World:
    """Everything, and what was counted."""

    place: Path
    plan: Plan
    rng: random.Random
    day: int = 0
    count: Counter[str] = field(default_factory=Counter)
    laptops: list[Laptop] = field(default_factory=list)
    mail: list[Letter] = field(default_factory=list)
    typed: dict[str, tuple[str, str]] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)
    _serial: int = 0

    def word(self, owner: str, record: str = "") -> str:
        """A value that nobody typed before."""
        self._serial += 1
        made = f"słowo{owner}nr{self._serial}"
        self.typed[made] = (owner, record)
        return made

    def folder(self, name: str) -> Path:
        self._serial += 1
        return self.place / f"{self._serial}-{name}"

    @property
    def office(self) -> Laptop:
        return self.laptops[0]

    def label(self, laptop: Laptop) -> str:
        """What the office calls a laptop: it may have given it another letter than the one it knows itself by."""
        here = laptop.ws.replica
        with self.office.ws.reading() as connection:
            known = [each.label for each in peers.every(connection) if each.replica == here.id]
        return known[0] if known else f"{here.prefix}{here.letter}"


# -- making ------------------------------------------------------------------------------------------------


def made(place: Path, plan: Plan) -> World:
    """An office and its testers, all joined."""
    world = World(place, plan, random.Random(plan.seed))
    clock = Clock(world, 0)
    project = {"name": "Progressus", "short_code": "PRG", "date_from": "2026-01-01", "date_to": "2027-12-31"}
    office = workspaces.create(
        place / "office", PASSWORD, clock, role="office",
        project=project | {"leader_name": "Fundacja Biuro", "named_attendance": True},
        org="Fundacja Biuro", user="Ola Biurowa",
    )  # fmt: skip
    world.laptops.append(Laptop("biuro", office, clock))
    for number in range(plan.testers):
        owner = f"t{number}"
        name = f"{ORGANISATIONS[number % len(ORGANISATIONS)]} {chr(65 + number // 26)}{chr(65 + number % 26)}owo"
        join(world, owner, name)
    return world


def join(world: World, owner: str, name: str) -> None:
    """A laptop joins and meets the office once."""
    laptop = joined(world, owner, name)
    world.laptops.append(laptop)
    visit(world, laptop)


def joined(world: World, owner: str, name: str) -> Laptop:
    """A laptop that took a setup file of the office."""
    setup = world.folder("setup.progressus")
    invited = inviting.invite(world.office.ws, name, setup)
    clock = Clock(world, world.rng.choice([0, 0, 0, 3_600_000, -7_200_000, 3 * 365 * DAY_MS, -40 * 365 * DAY_MS]))
    ws = inviting.join(setup, invited.code, f"Osoba {owner.upper()}", world.folder(owner), PASSWORD, clock)
    return Laptop(owner, ws, clock)


# -- working -----------------------------------------------------------------------------------------------


def work(world: World, laptop: Laptop) -> None:
    """One thing that a person does."""
    rng = world.rng
    acts = [new_partner] * 2 + [new_event] * 2 + [edit] * 8
    acts += [new_contact, list_person, remove, take_back, settle_question, photo]
    with contextlib.suppress(ConflictError):
        rng.choice(acts)(world, laptop)
    world.count["acts"] += 1


def new_partner(world: World, laptop: Laptop) -> None:
    record = str(uuid.UUID(int=world.rng.getrandbits(128), version=4))
    fields = {
        "name": f"OSP {world.word(laptop.owner, record)}",
        "kind": "osp",
        "note": world.word(laptop.owner, record),
    }
    if world.rng.random() < 0.7:
        fields["locality"] = "Wzorów"
    laptop.mine.append(("partner", records.save(laptop.ws, "partner", record, fields).id))


def new_event(world: World, laptop: Laptop) -> None:
    record = str(uuid.UUID(int=world.rng.getrandbits(128), version=4))
    fields: dict[str, Any] = {
        "title": f"Warsztat {world.word(laptop.owner, record)}", "kind": "workshop", "status": "planned",
        "date": "2026-11-18", "locality": "Wzorów",
        "partners": sorted({each for entity, each in laptop.mine[-3:] if entity == "partner"}),
    }  # fmt: skip
    saved = records.save(laptop.ws, "event", record, fields)
    if world.rng.random() < 0.8:
        with contextlib.suppress(ProgressusError):
            records.mark_ready(laptop.ws, "event", saved.id)
    laptop.mine.append(("event", saved.id))


def new_contact(world: World, laptop: Laptop) -> None:
    partners = [each for entity, each in laptop.mine if entity == "partner"]
    if partners:
        partner = world.rng.choice(partners)
        person = {"last_name": world.word(laptop.owner), "first_name": "Zyta"}
        saved = records.save(laptop.ws, "contact", None, {"partner": partner, "person": person})
        found = query.get(laptop.ws, "contact", saved.id)
        if found is not None:
            laptop.mine += [("contact", saved.id), ("person", str(found.fields["person"]))]


def list_person(world: World, laptop: Laptop) -> None:
    """Put somebody, known or new, on the named list of an event; or take somebody off."""
    events = [each for entity, each in laptop.mine if entity == "event"]
    people: list[Any] = [each for entity, each in laptop.mine if entity == "person"]
    listed = [each for entity, each in laptop.mine if entity == "participant"]
    if listed and world.rng.random() < 0.2:
        with contextlib.suppress(ProgressusError):
            records.remove(laptop.ws, "participant", listed[-1])
        return
    if not events:
        return
    known = bool(people) and world.rng.random() < 0.5
    word = "" if known else world.word(laptop.owner)
    person = world.rng.choice(people) if known else {"last_name": word, "first_name": "Lu"}
    try:
        made = attendance.add(laptop.ws, world.rng.choice(events), person, role="ngo_staff", sex="f")
    except ProgressusError:  # the event or the person is gone: what was typed was refused
        world.typed.pop(word, None)
        return
    found = query.get(laptop.ws, "participant", made)
    if found is not None:
        laptop.mine += [("participant", made), ("person", str(found.fields["person"]))]
        world.count["listed"] += 1


def edit(world: World, laptop: Laptop) -> None:
    """Change a text of something, known or new; the office changes what testers sent."""
    entity, record = chosen(world, laptop)
    found = query.get(laptop.ws, entity, record) if record else None
    if found is None or found.deleted:
        return
    names = {"partner": ("note", "locality"), "event": ("aim", "place_name"), "person": ("last_name", "note")}
    name = names.get(entity, ("note",))[world.rng.random() < 0.3 and entity in names]
    if ENTITIES[entity].has(name):
        records.save(laptop.ws, entity, record, {name: world.word(laptop.owner, record)})


def chosen(world: World, laptop: Laptop) -> tuple[str, str]:
    if laptop is world.office:
        entity = world.rng.choice(["partner", "event"])
        rows = query.newest(laptop.ws, entity, 40)
        return (entity, world.rng.choice(rows)) if rows else ("", "")
    return world.rng.choice(laptop.mine) if laptop.mine else ("", "")


def remove(world: World, laptop: Laptop) -> None:
    entity, record = chosen(world, laptop)
    found = query.get(laptop.ws, entity, record) if record else None
    if found is not None and not found.deleted and world.rng.random() < 0.4 and entity in {"partner", "event"}:
        records.remove(laptop.ws, entity, record)


def take_back(world: World, laptop: Laptop) -> None:
    if world.rng.random() < 0.3:
        undoing.undo(laptop.ws)


def settle_question(world: World, laptop: Laptop) -> None:
    for asked in deciding.conflicts(laptop.ws)[:2]:
        with contextlib.suppress(ProgressusError):
            deciding.resolve(laptop.ws, asked.id, world.rng.choice(["ours", "theirs"]))
            world.count["answered"] += 1


def photo(world: World, laptop: Laptop) -> None:
    events = [each for entity, each in laptop.mine if entity == "event"]
    if events and world.rng.random() < 0.5:
        event = query.get(laptop.ws, "event", world.rng.choice(events))
        if event is None or event.deleted:
            return
        picture = a_picture(world.rng.randrange(1 << 30), 40)
        shown = world.rng.choice(["nobody", "nobody", "recognisable"])
        made_one = photos.add(laptop.ws, event.id, picture, "Mapa", further={"people_shown": shown})
        with contextlib.suppress(ProgressusError):
            records.mark_ready(laptop.ws, "photo", made_one)
        world.count["photos"] += 1


# -- packages ----------------------------------------------------------------------------------------------


def write(world: World, laptop: Laptop, to: str = "") -> list[Path]:
    """Packages of one laptop, counted."""
    made_files = packing.pack(laptop.ws, world.folder("out"), to=to)
    world.count["packages"] += len(made_files)
    world.count["bytes"] += sum(each.size for each in made_files)
    return [each.file for each in made_files]


def post(world: World, files: list[Path]) -> None:
    """Send files by e-mail: some get lost, some come twice, some come months later."""
    for file in files:
        label = file.stem.split("-")[-2]
        for _copy in range(2 if world.rng.random() < DOUBLE else 1):
            if world.rng.random() < LOSS:
                world.count["lost"] += 1
                continue
            late = world.rng.random() < LATE
            wait = world.rng.randint(30, 120) if late else world.rng.randint(0, 4)
            world.mail.append(Letter(world.day + wait, file, label))


def read(world: World, laptop: Laptop, files: list[Path]) -> None:
    """Take files, in any order; what a copy or a dead laptop cannot open is none of its business."""
    world.rng.shuffle(files)
    done = applying.apply(laptop.ws, files)
    for each in done.packages:
        world.count[each.state] += 1
        world.count["questions"] += each.conflicts
        world.count["copied"] += each.copied
        assert each.failure is None or each.failure.exit_code == 4, each.failure


def deliver(world: World) -> None:
    """The letters of the day; the office reads its own once a week."""
    due = [each for each in world.mail if each.day <= world.day]
    reads_office = world.day % OFFICE_EVERY == 0
    for laptop in list(world.laptops):
        if laptop is world.office and not reads_office:
            continue
        label = world.label(laptop)
        files = [each.file for each in due if each.to == label]
        if files:
            read(world, laptop, files)
            world.mail = [each for each in world.mail if each not in due or each.to != label]


def visit(world: World, laptop: Laptop) -> None:
    """Somebody brings a stick and takes it home again: both directions in one place."""
    mine = write(world, laptop)
    read(world, world.office, mine)
    back = write(world, world.office, world.label(laptop))
    read(world, laptop, [*mine, *back])
    world.count["visits"] += 1


# -- misfortunes -------------------------------------------------------------------------------------------


def reopened(laptop: Laptop, folder: Path) -> Workspace:
    return workspaces.open_(folder, laptop.clock, password=PASSWORD)


def copy(world: World, laptop: Laptop) -> None:
    """The folder is copied to another machine, and both go on."""
    laptop.ws.close()
    folder = world.folder("copy")
    shutil.copytree(laptop.ws.folder, folder)
    laptop.ws = reopened(laptop, laptop.ws.folder)
    other = Laptop(laptop.owner, reopened(laptop, folder), laptop.clock, list(laptop.mine))
    world.laptops.append(other)
    world.count["copies"] += 1


def note_lost(world: World, laptop: Laptop, kept: set[str]) -> None:
    """What dies with a laptop: what nobody had confirmed or might have had, and no backup holds."""
    with laptop.ws.reading() as connection:
        (office,) = [each for each in peers.every(connection) if each.role == "office"][:1]
        rows = connection.exec_driver_sql("SELECT id, body FROM log_change WHERE arrival > ?", (office.acked_to,))
        bodies = [(bytes(row[0]), bytes(row[1])) for row in rows]
    world.lost |= (words_in(bodies) | unsent(laptop)) - kept


def restore(world: World, laptop: Laptop) -> None:
    """The disk dies; the newest backup goes on."""
    if not laptop.backups:
        laptop.backups.append(keeping.backup(laptop.ws, world.folder("shelf")))
        return
    source = laptop.backups[-1]
    folder = world.folder("restored")
    restored = keeping.restore(source, folder, laptop.clock, PASSWORD)
    note_lost(world, laptop, words(restored))
    restored.close()
    laptop.ws.close()
    laptop.ws = reopened(laptop, folder)
    laptop.mine = [each for each in laptop.mine if query.get(laptop.ws, *each) is not None]
    world.count["restores"] += 1


def lose_key(world: World, laptop: Laptop) -> None:
    """The laptop is stolen; the organisation gets a new setup file."""
    note_lost(world, laptop, set())
    name = query.title(laptop.ws, "partner", laptop.ws.space)
    laptop.ws.close()
    world.laptops.remove(laptop)
    join(world, laptop.owner, name)
    world.count["lost keys"] += 1


def erase(world: World) -> None:
    """Somebody asks to be forgotten: the office erases a person or a partner that a tester had sent."""
    office = world.office.ws
    for entity in ("person", "partner"):
        rows = query.newest(office, entity, 200)
        found = [query.get(office, entity, each) for each in rows]
        able = [each for each in found if each is not None and each.space != "office" and not each.deleted]
        if able:
            record = world.rng.choice(able)
            taken = erasure.affected(office, entity, record.id)
            gone = {word for name, each in taken for word in words_of(office, name, each)}
            erasure.erase(office, entity, record.id, "prośba osoby")
            world.erased |= gone
            world.count["erasures"] += 1
            return


def words_of(ws: Workspace, _entity: str, record: str) -> set[str]:
    key = uuid.UUID(record).bytes
    rows = ws.connection.exec_driver_sql(
        "SELECT id, body FROM log_change WHERE record_no = (SELECT no FROM record WHERE uuid = ?)", (key,)
    )
    return words_in((bytes(row[0]), bytes(row[1])) for row in rows)


# -- the run -----------------------------------------------------------------------------------------------


def run(world: World) -> None:
    """All days, one after another."""
    plan, rng = world.plan, world.rng
    days = sorted(rng.sample(range(20, max(plan.days, 40)), plan.copies + plan.restores + plan.lost_keys))
    what = [copy] * plan.copies + [restore] * plan.restores + [lose_key] * plan.lost_keys
    rng.shuffle(what)
    misfortunes = dict(zip(days, what, strict=True))
    erasures = set(rng.sample(range(plan.days // 2, plan.days), plan.erasures))
    for world.day in range(plan.days):
        for laptop in list(world.laptops):
            busy = plan.acts_a_day * (5 if laptop is world.office else 1)
            while rng.random() < busy / (1 + busy):
                work(world, laptop)
        if world.day in misfortunes:
            misfortune(world, misfortunes[world.day])
        if world.day in erasures:
            erase(world)
        deliver(world)
        for number, laptop in enumerate(world.laptops[1:]):
            if (world.day + number) % PACK_EVERY == 0:
                post(world, write(world, laptop))
            if (world.day + number) % VISIT_EVERY == VISIT_EVERY // 2:
                visit(world, laptop)
        if world.day % OFFICE_EVERY == 0:
            post(world, write(world, world.office))


def misfortune(world: World, what: Any) -> None:
    laptop = world.rng.choice(world.laptops[1:])
    if what is restore and not laptop.backups:
        restore(world, laptop)  # the first call makes the backup; work goes on before the disk dies
        for _act in range(5):
            work(world, laptop)
        post(world, write(world, laptop))
    what(world, laptop)


# -- the end -----------------------------------------------------------------------------------------------


def words_in(bodies: Iterator[tuple[bytes, bytes]] | list[tuple[bytes, bytes]]) -> set[str]:
    """Every word of ours that these changes hold."""
    found: set[str] = set()
    for change, body in bodies:
        for value, _old in decode(change, body).keys.values():
            if isinstance(value, str):
                found |= {each for each in value.split() if each.startswith("słowo")}
    return found


def words(ws: Workspace) -> set[str]:
    """Every word of ours in the whole log of a laptop, and in its quarantine."""
    rows = ws.connection.exec_driver_sql("SELECT id, body FROM log_change UNION ALL SELECT id, body FROM quarantine")
    return words_in((bytes(row[0]), bytes(row[1])) for row in rows)


def settle(world: World) -> None:
    """Everybody exchanges without losses; then all that must hold is asserted."""
    world.day += 1
    late = [each.file for each in world.mail]
    if late:
        read(world, world.office, [file for file in late if file.stem.split("-")[-3].startswith("FUN") is False])
    for _turn in range(3):
        for laptop in world.laptops[1:]:
            visit(world, laptop)
    held = {laptop.ws.folder: words(laptop.ws) for laptop in world.laptops}
    agree(world)
    accounted(world, held)
    private(world, held)
    for laptop in [world.office, *world.rng.sample(world.laptops[1:], min(5, len(world.laptops) - 1))]:
        assert check.check(laptop.ws).ok


def agree(world: World) -> None:
    """Every laptop shows each record of its scope as the office does."""
    office = versions(world.office.ws)
    for laptop in world.laptops[1:]:
        mine = versions(laptop.ws)
        with world.office.ws.reading() as connection:
            (peer,) = [each for each in peers.every(connection) if each.replica == laptop.ws.replica.id]
            sql = (
                "SELECT r.uuid FROM peer_record p JOIN record r ON r.no = p.record_no"
                " WHERE p.peer_no = ? AND r.state <> 'erased'"
            )
            scope = {bytes(row[0]) for row in connection.exec_driver_sql(sql, (peer.number,))}
        assert scope, laptop.owner
        wrong = [each.hex() for each in scope if mine.get(each) != office[each]]
        assert not wrong, (laptop.owner, wrong)
        world.count["compared"] += len(scope)


def versions(ws: Workspace) -> dict[bytes, bytes]:
    """The hash of all heads of each record."""
    rows = ws.connection.exec_driver_sql("SELECT uuid, version FROM record WHERE state <> 'placeholder'")
    return {bytes(row[0]): bytes(row[1]) for row in rows}


def accounted(world: World, held: dict[Path, set[str]]) -> None:
    """Every word ever typed is in the office's log, or in a draft at home, or erased, or died with a laptop."""
    office = held[world.office.ws.folder]
    at_home: set[str] = set()
    for laptop in world.laptops[1:]:
        at_home |= held[laptop.ws.folder] & unsent(laptop)
    gone = {
        str(uuid.UUID(bytes=bytes(row[0])))
        for row in world.office.ws.connection.exec_driver_sql("SELECT uuid FROM record WHERE state = 'erased'")
    }
    world.erased |= {word for word, (_owner, record) in world.typed.items() if record in gone}
    for word in world.typed:
        assert word in office or word in at_home or word in world.erased or word in world.lost, word
    world.count["words"] = len(world.typed)
    world.count["words at the office"] = len(office)
    world.count["words at home"] = len(at_home - office)
    world.count["words lost with a laptop"] = len(world.lost - office - at_home - world.erased)


def unsent(laptop: Laptop) -> set[str]:
    """Words of what may stay at home: records that wait, and what was replaced before the first ready save."""
    rows = laptop.ws.connection.exec_driver_sql(
        "SELECT c.id, c.body FROM log_change c LEFT JOIN peer_record p ON p.record_no = c.record_no AND p.peer_no ="
        " (SELECT number FROM peer WHERE role = 'office' AND retired = 0 ORDER BY number DESC LIMIT 1)"
        " WHERE p.record_no IS NULL OR c.arrival < p.first"
    )
    return words_in((bytes(row[0]), bytes(row[1])) for row in rows)


def private(world: World, held: dict[Path, set[str]]) -> None:
    """No laptop holds a word of another organisation, and nobody an erased one."""
    for laptop in world.laptops:
        assert not held[laptop.ws.folder] & world.erased, laptop.owner
        if laptop is not world.office:
            owners = {world.typed[word][0] for word in held[laptop.ws.folder]}
            assert owners <= {laptop.owner, "biuro"}, (laptop.owner, owners)


def simulated(place: Path, plan: Plan) -> Counter[str]:
    """Run everything and give the figures."""
    started = time.perf_counter()
    world = made(place, plan)
    try:
        run(world)
        settle(world)
        world.count["seconds"] = int(time.perf_counter() - started)
        world.count["changes"] = world.office.ws.connection.exec_driver_sql("SELECT count(*) FROM log_change").scalar()
        return world.count
    finally:
        for laptop in world.laptops:
            laptop.ws.close()


@contextlib.contextmanager
def light() -> Iterator[Path]:
    """A place on a disk in memory where there is one, and keys that cost little."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of this run's own is made in it
    with (
        pytest.MonkeyPatch.context() as patch,
        tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as place,
    ):
        patch.setenv("PROGRESSUS_HOME", f"{place}/home")
        patch.setitem(workspace.create.__kwdefaults__, "work", LIGHT)
        patch.setattr(inviting, "WORK", 8)
        yield Path(place)


def main() -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--testers", type=int, default=Plan.testers)
    parser.add_argument("--days", type=int, default=Plan.days)
    parser.add_argument("--seed", type=int, default=Plan.seed)
    given = parser.parse_args()
    with light() as place:
        found = simulated(place, Plan(given.testers, given.days, seed=given.seed))
    print("| what | figure |\n|---|---|")
    for name, value in found.items():
        print(f"| {name} | {value:,} |".replace(",", " "))


if __name__ == "__main__":
    main()
