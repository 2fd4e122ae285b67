"""The one action *exchange data*: look at a place, then back up, take what is new, write what is ours, tell it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from progressus_desktop.domain import catalog
from progressus_desktop.errors import AccessError, DamagedError, NotFoundError, StorageError
from progressus_desktop.exchange import outgoing, peers, ranges
from progressus_desktop.exchange.peers import OFFICE, Peer
from progressus_desktop.services import applying, counterparts, deciding, keeping, packing, standing, workspaces
from progressus_desktop.services.applying import Accepted, Import, Result
from progressus_desktop.services.packing import Packed
from progressus_desktop.services.standing import Standing
from progressus_desktop.store import backup as copies
from progressus_desktop.store import query, receiving
from progressus_desktop.store.tables import q
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

STICK_BYTES = 256 * 1024 * 1024
"""Size above which a package on a stick is split; FAT32 and slow sticks carry this."""

_NAMED = 3
_RECEIPTS = 3
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Found:
    """One package in the place: what it would do, when it was read already (UTC ms, 0 never), whether it is ours."""

    result: Result
    read_ms: int = 0
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Coming:
    """Records of one type that the new packages bring; ``titles`` names a few that are here already."""

    entity: str
    new: int
    changed: int
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Going:
    """Records of one type that go, and why others stay: drafts, photos without permission, waiting for another."""

    entity: str
    records: int = 0
    drafts: int = 0
    permission: int = 0
    dependent: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a counterpart confirmed on a day (UTC ms): ``records`` of ours, ``of`` all that were sent until then."""

    name: str
    at_ms: int
    records: int
    of: int


@dataclass(slots=True)
class Look:
    """Everything the page shows before anything is changed."""

    folder: Path | None
    found: list[Found] = field(default_factory=list)
    coming: list[Coming] = field(default_factory=list)
    conflicts: int = 0
    going: list[Going] = field(default_factory=list)
    attachments: int = 0
    receipts: list[Receipt] = field(default_factory=list)
    counterparts: list[Peer] = field(default_factory=list)
    open_questions: int = 0

    @property
    def new(self) -> list[Found]:
        """The packages that bring something."""
        return [each for each in self.found if each.result.state == applying.READABLE]

    @property
    def here(self) -> list[Found]:
        """The packages that concern this laptop."""
        return [each for each in self.found if not each.elsewhere]


@dataclass(slots=True)
class Summary:
    """What one exchange did; ``found`` are the results of the packages that concern this laptop."""

    folder: Path
    at_ms: int
    imported: Import
    found: list[Result]
    packed: list[Packed]
    backup: Path
    open_questions: int
    staying: list[Going]
    delivered: list[Standing] = field(default_factory=list)
    """What the counterparts of a tester confirmed so far; the office looks at its laptops one by one."""


def look(ws: Workspace, folder: Path | None, progress: Progress | None = None) -> Look:
    """What is in a place and what an exchange would do; changes nothing.

    Raises:
        AccessError: the workspace is open for reading only.
        CancelledError: somebody stopped it.
        StorageError: the place cannot be read.
    """
    out = Look(folder)
    files = _files(folder)
    done = applying.apply(ws, files, dry_run=True, progress=progress)
    own = f"{ws.replica.prefix}{ws.replica.letter}"
    with ws.reading() as connection:
        out.found = sorted((_found(connection, each, own) for each in done.packages), key=_order)
    out.coming = _coming(ws, done)
    out.conflicts = sum(each.conflicts for each in done.packages if each.state == applying.READABLE)
    out.counterparts = packing.counterparts_of(ws)
    out.going, out.attachments = _going(ws, out.counterparts)
    with ws.reading() as connection:
        out.receipts = _receipts(connection, out.counterparts)
    out.open_questions = len(deciding.conflicts(ws))
    return out


def _files(folder: Path | None) -> list[Path]:
    if folder is None:
        return []
    try:
        if not folder.is_dir():
            hint = Message(N_("Put the stick in again, or choose another place."))
            raise NotFoundError(Message(N_("The chosen place is not there.")), hint=hint)
        return applying.found_in([folder])
    except OSError as error:
        hint = Message(N_("Nothing was changed. Choose another place."))
        raise StorageError(Message(N_("The chosen place cannot be read.")), hint=hint) from error


def _found(connection: Connection, result: Result, own: str) -> Found:
    read = 0
    if result.hash:
        row = connection.exec_driver_sql(
            "SELECT max(at_ms) FROM log_import WHERE file_hash = ?", (result.hash,)
        ).scalar()
        read = int(row or 0)
    _sender, addressed, _number = packing.labels_of(result.file)
    # closed to us, or torn off: whoever it is for will be told
    closed = isinstance(result.failure, AccessError | DamagedError)
    elsewhere = closed and not result.hash and addressed not in {"", own}
    return Found(result, read, elsewhere)


def _order(found: Found) -> tuple[int, str]:
    """What is new first, then what cannot be read, then the rest; what is for others last."""
    states = {applying.READABLE: 0, applying.APPLIED: 0, applying.REFUSED: 1, applying.KNOWN: 2, applying.OWN: 3}
    return (4 if found.elsewhere else states.get(found.result.state, 2)), found.result.file.name


def _coming(ws: Workspace, done: Import) -> list[Coming]:
    """By type what is new and what changes; only what is here already has a title."""
    new: Counter[str] = Counter()
    changed: dict[str, list[str]] = {}
    for entity, record in done.records:
        known = query.get(ws, entity, record) if entity in catalog.ENTITIES else None
        if known is None:
            new[entity] += 1
        else:
            changed.setdefault(entity, []).append(query.title(ws, entity, record) or known.code)
    names = sorted(set(new) | set(changed))
    return [
        Coming(name, new[name], len(changed.get(name, [])), tuple(changed.get(name, [])[:_NAMED])) for name in names
    ]


def _going(ws: Workspace, known: list[Peer]) -> tuple[list[Going], int]:
    """What goes to anybody, by type, and what stays although it would belong there."""
    me = counterparts.me(ws)
    goes: dict[int, str] = {}
    stays: dict[tuple[str, str], str] = {}
    attachments: set[str] = set()
    for peer in known:
        # one at a time, so that the window can work between the hundred laptops of an office
        with receiving.transaction(ws, keep=False) as connection:
            chosen = outgoing.select(connection, me, peer)
            goes |= _records(connection, chosen.arrivals)
        stays |= {(each.entity, each.record): each.why for each in chosen.waiting}
        attachments |= set(chosen.attachments)
    records = Counter(goes.values())
    why = Counter((entity, reason) for (entity, _record), reason in stays.items())
    out = []
    for name in sorted(set(records) | {entity for entity, _reason in why}):
        drafts, permission = why[name, "draft"], why[name, "permission"]
        rest = sum(count for (entity, _reason), count in why.items() if entity == name) - drafts - permission
        out.append(Going(name, records[name], drafts, permission, rest))
    return out, len(attachments)


def _records(connection: Connection, arrivals: tuple[int, ...]) -> dict[int, str]:
    out: dict[int, str] = {}
    for start in range(0, len(arrivals), 500):
        part = arrivals[start : start + 500]
        marks = ", ".join("?" * len(part))
        rows = connection.exec_driver_sql(
            "SELECT DISTINCT r.entity, r.no FROM log_change c JOIN record r ON r.no = c.record_no"
            f" WHERE c.arrival IN ({marks})",
            part,
        )
        out |= {row[1]: row[0] for row in rows}
    return out


def _receipts(connection: Connection, known: list[Peer]) -> list[Receipt]:
    out = []
    for peer in known:
        rows = connection.exec_driver_sql(
            "SELECT upto, at_ms FROM receipt WHERE peer_no = ? ORDER BY upto DESC LIMIT ?", (peer.number, _RECEIPTS)
        ).all()
        for upto, at in rows:
            counts = connection.exec_driver_sql(
                "SELECT coalesce(sum(max(r.last_own_arrival, p.since) <= :upto), 0),"
                " coalesce(sum(max(r.last_own_arrival, p.since) <= :sent), 0)"
                " FROM peer_record p JOIN record r ON r.no = p.record_no"
                " WHERE p.peer_no = :peer AND r.last_own_arrival > 0",
                {"upto": upto, "sent": peer.sent_to, "peer": peer.number},
            ).one()
            out.append(Receipt(peer.name, int(at), int(counts[0]), int(counts[1])))
    return out


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits: records to send, records sent but not confirmed, values with two versions, packages to read."""

    to_send: int = 0
    unconfirmed: int = 0
    questions: int = 0
    packages: int = 0


def waiting(ws: Workspace, folder: Path | None = None) -> Waiting:
    """What waits here and in the place ``folder``, quick enough for each commit: from positions and names only.

    What the office has for its laptops is not counted: it goes whenever packages are written.
    """
    space = counterparts.my_space(ws)
    known = [] if is_office(ws) else packing.counterparts_of(ws)
    unsent: set[int] = set()
    unconfirmed: set[int] = set()
    with ws.reading() as connection:
        for peer in known:
            whole = peer.space == space
            unsent |= _after(connection, max(peer.sent_to, peer.acked_to), whole=whole)
            unconfirmed |= _after(connection, peer.acked_to, whole=whole)
        questions = int(connection.exec_driver_sql("SELECT count(*) FROM conflict").scalar() or 0)
        packages = _unread(ws, folder, peers.every(connection))
    return Waiting(len(unsent), len(unconfirmed - unsent), questions, packages)


def _after(connection: Connection, position: int, *, whole: bool) -> set[int]:
    """The records that were changed here after a position and may go; drafts go only within one's own space."""
    ready = "" if whole else " AND e.entry IN ('ready', 'archived')"
    return {
        int(row[0])
        for entity in catalog.ENTITIES
        for row in connection.exec_driver_sql(
            f"SELECT r.no FROM record r JOIN {q(entity)} e ON e.record_no = r.no"
            f" WHERE r.entity = ? AND r.last_own_arrival > ?{ready}",
            (entity, position),
        )
    }


def _unread(ws: Workspace, folder: Path | None, known: list[Peer]) -> int:
    """How many packages for this laptop were not read yet, by what their names say."""
    by_label = {each.label: each for each in known}
    own = f"{ws.replica.prefix}{ws.replica.letter}"
    count = 0
    try:
        for file in applying.found_in([folder] if folder is not None and folder.is_dir() else []):
            sender, addressee, number = packing.labels_of(file)
            if addressee == own and sender in by_label:
                count += not ranges.has(by_label[sender].numbers, number)
    except OSError:
        return 0  # the stick was pulled out while we looked
    return count


def receipts(ws: Workspace) -> list[Receipt]:
    """What the counterparts confirmed, the newest of each first."""
    known = packing.counterparts_of(ws)
    with ws.reading() as connection:
        return _receipts(connection, known)


def exchange(
    ws: Workspace, folder: Path, progress: Progress | None = None, *, write: bool = True,
    accepted: Accepted = lambda _hash: False,
) -> Summary:  # fmt: skip
    """Back up, take every new package of the place, ``write`` ours to everybody, and tell what happened.

    What would remove a great part of the records is left, unless a person ``accepted`` it.

    Raises:
        CancelledError: somebody stopped it before anything was taken. Later the summary says what is left.
        NotFoundError: there is nobody to exchange with, or the place is gone.
        StorageError: the disk or the stick is full; what was written before is whole.
    """
    files = _files(folder)
    if not packing.counterparts_of(ws) and not files:
        hint = Message(N_("Join the project with the setup file from the office, or invite a tester."))
        raise NotFoundError(Message(N_("There is nobody to exchange data with yet.")), hint=hint)
    before = {each.path for each in copies.listed(ws.folder / "backups")}
    # it makes a backup first when it takes anything
    imported = applying.apply(ws, files, progress=progress, accepted=accepted)
    made = [each for each in copies.listed(ws.folder / "backups") if each.path not in before]
    backup = max(made, key=lambda each: each.at_ms).path if made else keeping.before_risk(ws)
    packed: list[Packed] = []
    if write and not imported.left and packing.counterparts_of(ws):
        packed = packing.pack(ws, folder, most_bytes=STICK_BYTES, progress=progress)
    return _summary(ws, folder, imported, packed, backup)


def _summary(ws: Workspace, folder: Path, imported: Import, packed: list[Packed], backup: Path) -> Summary:
    going, _attachments = _going(ws, packing.counterparts_of(ws))
    staying = [each for each in going if each.drafts or each.permission or each.dependent]
    own = f"{ws.replica.prefix}{ws.replica.letter}"
    with ws.reading() as connection:
        here = sorted((_found(connection, each, own) for each in imported.packages), key=_order)
    found = [each.result for each in here if not each.elsewhere]
    delivered = [] if is_office(ws) else [each for each in standing.standings(ws) if each.sent]
    questions = len(deciding.conflicts(ws))
    return Summary(folder, ws.clock.now_ms(), imported, found, packed, backup, questions, staying, delivered)


def last_import(ws: Workspace) -> int:
    """The newest import that was not undone, 0 if there is none."""
    with ws.reading() as connection:
        row = connection.exec_driver_sql("SELECT max(run) FROM log_import WHERE undone_by IS NULL").scalar()
    return int(row or 0)


def is_office(ws: Workspace) -> bool:
    """Whether this is the office's workspace."""
    return counterparts.my_role(ws) == OFFICE


def writers(ws: Workspace) -> dict[str | bytes, str]:
    """Names for the authors of versions: people by id, laptops by replica where the person is not known here."""
    out: dict[str | bytes, str] = {each.id: each.name for each in workspaces.people(ws)}
    with ws.reading() as connection:
        out |= {each.replica: each.name for each in peers.every(connection, retired=True) if each.replica}
    out[ws.replica.id] = counterparts.my_name(ws)
    return out
