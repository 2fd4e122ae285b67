"""Reading packages: look first, then take what is new, each in its own transaction, all in one undoable import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import CancelledError, DamagedError, ProgressusError, QuestionError, StorageError
from progressus_desktop.exchange import container, peers, ranges
from progressus_desktop.exchange.container import Manifest, Package
from progressus_desktop.exchange.judging import judge_of
from progressus_desktop.exchange.peers import OFFICE, Peer
from progressus_desktop.exchange.ranges import Ranges
from progressus_desktop.services import counterparts, erasure, keeping, labels, senders, streams
from progressus_desktop.services.packing import SUFFIX
from progressus_desktop.store import erasing, identity, media, receiving
from progressus_desktop.store.receiving import Origin, Received
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

APPLIED, KNOWN, REFUSED, OWN = "applied", "known", "refused", "own"
READABLE = "new"
Progress = Callable[[int, int], None]

Accepted = Callable[[bytes], bool]
"""Whether a person agreed that the package with this hash removes a great part of the records."""

_SHARE, _FEW = 10, 5
"""More than a tenth of the records is asked about, but never fewer than five: a small workspace would ask each day."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one package did, or would do. ``state`` is applied (new in a preview), known, own or refused.

    ``created`` is when it was written (UTC ms) and ``hash`` that of the file, where it could be opened;
    ``taken_back`` names the import of it that was undone, to be done again. ``asks`` is how many of the ``of`` records
    here it would remove, where that are so many that a person has to say yes first; else 0.
    """

    file: Path
    sender: str = ""
    state: str = REFUSED
    number: int = 0
    purpose: str = ""
    new: int = 0
    changed: int = 0
    removed: int = 0
    conflicts: int = 0
    attachments: int = 0
    waiting: int = 0
    copied: bool = False
    failure: ProgressusError | None = None
    created: int = 0
    hash: bytes = b""
    taken_back: int = 0
    asks: int = 0
    of: int = 0


@dataclass(slots=True)
class Import:
    """Everything that one call applied; ``run`` names it for undo, 0 when nothing was new.

    ``left`` are packages that were not looked at because somebody stopped it.
    """

    packages: list[Result] = field(default_factory=list)
    run: int = 0
    records: dict[tuple[str, str], None] = field(default_factory=dict)
    left: list[Path] = field(default_factory=list)


def found_in(paths: Iterable[Path]) -> list[Path]:
    """The package files named, and those inside the folders named, in the order of their names."""
    out: dict[Path, None] = {}
    for path in paths:
        inside = sorted(path.glob(f"*{SUFFIX}")) if path.is_dir() else [path]
        for each in inside:
            out[each] = None
    return list(out)


def inspect(ws: Workspace, files: Sequence[Path], progress: Progress | None = None) -> list[Result]:
    """What these packages hold and would do; changes nothing."""
    return apply(ws, files, dry_run=True, progress=progress).packages


def apply(
    ws: Workspace, files: Sequence[Path], *, dry_run: bool = False, progress: Progress | None = None,
    accepted: Accepted = lambda _hash: False,
) -> Import:  # fmt: skip
    """Take what is new from each package; one that cannot be read is refused with its reason and changes nothing.

    So is one that would remove more than a tenth of the records, unless it is ``accepted``; a preview only counts.

    Raises:
        CancelledError: somebody stopped it before the first package. Later ones are ``left``, those before stay.
        StorageError: the disk is full; the package at hand changed nothing.
    """
    out = Import()
    todo = _in_order(ws, files, out)
    if dry_run:
        # in one transaction, so that each package finds what those before it would have brought
        with receiving.transaction(ws, keep=False) as connection:
            _each(ws, todo, out, _Run(lambda: _savepoint(connection), accepted, keep=False), progress)
    elif todo:
        keeping.before_risk(ws)
        counterparts.ready_to_send(ws)
        try:
            _each(ws, todo, out, _Run(lambda: receiving.transaction(ws), accepted, keep=True), progress)
            if out.records:
                erasure.follow(ws)
        finally:
            if out.records:
                label = labels.label("package", "", count=len(out.records))
                ws.tell(Committed(0, "package", label, tuple(out.records)))
    order = {file: place for place, file in enumerate(files)}
    out.packages.sort(key=lambda each: order.get(each.file, len(order)))
    return out


@dataclass(slots=True)
class _Run:
    """How packages are taken: each in what ``begin`` opens; in a preview nothing is kept."""

    begin: Callable[[], AbstractContextManager[Connection]]
    accepted: Accepted
    keep: bool
    attachments: set[bytes] = field(default_factory=set)


@contextmanager
def _savepoint(connection: Connection) -> Iterator[Connection]:
    connection.exec_driver_sql("SAVEPOINT package")
    try:
        yield connection
    except BaseException:
        connection.exec_driver_sql("ROLLBACK TO package")
        raise
    finally:
        connection.exec_driver_sql("RELEASE package")


def _in_order(ws: Workspace, files: Sequence[Path], out: Import) -> list[Path]:
    """What can be opened, by sender and number. Only one package at a time is in memory."""
    secret = counterparts.my_keys(ws).age_secret
    readable: list[tuple[bytes, int, Path]] = []
    for file in files:
        try:
            manifest = container.read(file, identities=[secret]).manifest
            readable.append((manifest.sender, manifest.number, file))
        except ProgressusError as failure:
            out.packages.append(Result(file, failure=failure))
    return [file for _sender, _number, file in sorted(readable, key=lambda each: each[:2])]


def _each(ws: Workspace, todo: Sequence[Path], out: Import, run: _Run, progress: Progress | None) -> None:
    for done, file in enumerate(todo):
        try:
            if progress is not None:
                progress(done, len(todo))
        except CancelledError:
            if not done or not run.keep:
                raise
            out.left = list(todo[done:])
            return
        out.packages.append(_one(ws, file, out, run))


def _one(ws: Workspace, file: Path, out: Import, run: _Run) -> Result:
    own = counterparts.my_keys(ws)
    base = Result(file)
    try:
        package = container.read(file, identities=[own.age_secret])
        manifest = package.manifest
        base = replace(
            base, number=manifest.number, purpose=manifest.purpose, created=manifest.created, hash=package.hash
        )
        if manifest.sign_key == own.sign_public:
            return replace(base, sender=counterparts.my_name(ws), state=OWN)
        about = _about(package)
        _same_project(ws, manifest)
        with run.begin() as connection:
            peer = senders.sender_of(ws, connection, manifest, about)
            before = _Before.of(connection)
            received = _take(ws, connection, package, peer, about, out.run)
            asks, of = before.question(connection, received)
            base = replace(base, sender=peer.name, asks=asks, of=of)
            if base.asks and run.keep and not run.accepted(package.hash):
                raise _too_many(base)
            arrived = _attachments(ws, package, run)
            base = replace(base, taken_back=_taken_back(connection, package.hash))
    except StorageError:
        raise
    except ProgressusError as failure:
        return replace(base, failure=failure)
    if run.keep:
        _afterwards(ws, received)
    if received.added or received.refused:
        out.run = out.run or received.run
        out.records |= received.records
    new = bool(received.added or received.refused or arrived)
    return replace(
        base, sender=peer.name, state=(APPLIED if run.keep else READABLE) if new else KNOWN, new=received.new,
        changed=received.changed, removed=received.removed, conflicts=received.conflicts, attachments=arrived,
        waiting=received.refused, copied=bool(received.clones),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Before:
    """What was here before a package: the newest record, and how many records were erased."""

    newest: int
    erased: int

    @classmethod
    def of(cls, connection: Connection) -> _Before:
        """Look now."""
        newest = int(connection.exec_driver_sql("SELECT coalesce(max(no), 0) FROM record").scalar() or 0)
        return cls(newest, _erased(connection, newest))

    def question(self, connection: Connection, received: Received) -> tuple[int, int]:
        """How many records are gone now and of how many, if they are too many to go without a question; else zeros."""
        gone = received.removed + _erased(connection, self.newest) - self.erased
        if gone < _FEW:
            return 0, 0
        sql = "SELECT count(*) FROM record WHERE no <= ? AND state IN ('live', 'deleted-and-edited')"
        here = gone + int(connection.exec_driver_sql(sql, (self.newest,)).scalar() or 0)
        return (gone, here) if gone * _SHARE > here else (0, 0)


def _erased(connection: Connection, newest: int) -> int:
    sql = "SELECT count(*) FROM erased e JOIN record r ON r.uuid = e.uuid WHERE r.no <= ?"
    return int(connection.exec_driver_sql(sql, (newest,)).scalar() or 0)


def _too_many(result: Result) -> QuestionError:
    words = N_("This package would remove {n} of {all} records here. It waits for your decision.")
    hint = Message(N_("Nothing was changed. Ask the sender; then read it with your consent, or leave it."))
    return QuestionError(Message(words, {"n": result.asks, "all": result.of}), hint=hint)


def _taken_back(connection: Connection, file_hash: bytes) -> int:
    row = connection.exec_driver_sql(
        "SELECT run FROM log_import WHERE file_hash = ? AND undone_by > 0 ORDER BY number DESC", (file_hash,)
    ).first()
    return int(row[0]) if row is not None else 0


def _afterwards(ws: Workspace, received: Received) -> None:
    if received.erased:
        erasing.clean_up(ws, received.files)
    if ws.replica.id in received.clones:
        # somebody goes on under our number, so what was confirmed to it may not be ours
        counterparts.become_another(ws, unconfirmed=True)


def _about(package: Package) -> dict[str, Any]:
    found = package.roster()
    about = found.get("from") if isinstance(found, dict) else None
    about = about if isinstance(about, dict) else {}
    if not isinstance(about.get("name"), str) or not counterparts.is_label(about.get("prefix"), about.get("letter")):
        raise DamagedError(
            Message(N_("This package does not say who sent it.")), hint=Message(N_("Nothing was changed."))
        )
    return dict(found)


def _same_project(ws: Workspace, manifest: Manifest) -> None:
    if manifest.project != counterparts.project_id(ws):
        hint = Message(N_("Nothing was changed. Open the workspace of that project."))
        raise DamagedError(Message(N_("This package belongs to another project.")), hint=hint)


def _attachments(ws: Workspace, package: Package, run: _Run) -> int:
    """Keep the files before the commit, by their content: a crash leaves at most a file that nothing names yet."""
    index = {sha for sha, _size in package.blob_index()}
    new = {sha for sha in index - run.attachments if not media.exists(ws, sha.hex())}
    run.attachments |= new
    if run.keep and new:
        _keep(ws, package, new)
    return len(new)


def _keep(ws: Workspace, package: Package, new: set[bytes]) -> None:
    try:
        for sha, content in package.blobs():
            if sha in new:
                media.add(ws, content)
    except BaseException:
        for sha in new:
            media.remove(ws, sha.hex())
        raise


# -- what it brings ----------------------------------------------------------------------------------------


def _take(
    ws: Workspace, connection: Connection, package: Package, peer: Peer, about: dict[str, Any], run: int
) -> Received:
    manifest = package.manifest
    confirmed = streams.receipt(ws, manifest)
    strange = streams.is_of_another(connection, confirmed)
    peer = streams.arrived(ws, peer, manifest)
    peer = _acked(connection, peer, manifest, None if strange else confirmed)
    peer = peers.save(connection, replace(peer, heard_ms=ws.clock.now_ms()))
    streams.note_head(connection, peer, manifest)
    identity.add_known(connection, manifest.sender, peer.prefix, peer.letter)
    judge = judge_of(peer, counterparts.my_space(ws))
    origin = Origin(package.hash, manifest.sender, manifest.lo, manifest.hi, run)
    first = list(package.erasures())
    erased = set(erasing.erased_records(connection)) | {container.entry(*each).record for each in first}
    incoming = chain(first, package.changes(erased))
    received = receiving.receive(ws, connection, origin, incoming, judge, container.entry)
    if strange:
        received.clones.add(ws.replica.id)
    renewed = False
    if peer.role == OFFICE:
        trusted = counterparts.office_key(ws)
        own = counterparts.my_keys(ws).sign_public
        renewed = counterparts.take_roster(connection, about.get("roster"), trusted, own)
        counterparts.take_letter(connection, about.get("to"))
        counterparts.take_paper_key(connection, about.get("paper"))
        if peer.acked_to:
            connection.exec_driver_sql("DELETE FROM setting WHERE name = 'intro'")
    if renewed or received.added:
        _try_again(ws, connection, received)
    return received


def _try_again(ws: Workspace, connection: Connection, received: Received) -> None:
    """Look again at what waits in quarantine: roles, or the space of a record, may have changed."""
    rows = connection.exec_driver_sql("SELECT peer_no, id, body FROM quarantine ORDER BY rowid").all()
    waiting: dict[int, list[tuple[bytes, bytes]]] = {}
    for number, change, body in rows:
        waiting.setdefault(number, []).append((bytes(change), bytes(body)))
    known = {peer.number: peer for peer in peers.every(connection, retired=True)}
    for number, changes in waiting.items():
        if number in known:
            judge = judge_of(known[number], counterparts.my_space(ws))
            origin = Origin(b"", known[number].replica, 0, 0, received.run)
            received.add(receiving.receive(ws, connection, origin, changes, judge, container.entry))


def _acked(connection: Connection, peer: Peer, manifest: Manifest, confirmed: Mapping[str, Any] | None) -> Peer:
    """What the sender says it has of ours: a position, attachments it lacks, records it erased."""
    if confirmed is None:
        return peer
    upto = max(peer.acked_to, confirmed["to"])
    if upto > peer.acked_to and peer.number:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO receipt (peer_no, upto, at_ms) VALUES (?, ?, ?)",
            (peer.number, upto, manifest.created),
        )
    newest = not peer.numbers or manifest.number >= peer.numbers[-1][1]
    missing = _hexes(confirmed.get("missing")) if newest else peer.missing
    erased = tuple(sorted({*peer.erased, *_hexes(confirmed.get("erased"))}))
    return replace(peer, acked_to=upto, sent_to=max(peer.sent_to, upto), missing=missing, erased=erased)


def _hexes(value: object) -> tuple[str, ...]:
    return tuple(each.hex() for each in value if isinstance(each, bytes)) if isinstance(value, list) else ()


def missing_numbers(peer: Peer) -> Ranges:
    """Numbers of packages that never came although later ones did."""
    return ranges.holes(peer.numbers)
