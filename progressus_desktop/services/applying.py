"""Reading packages: look first, then take what is new, each in its own transaction, all in one undoable import."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import AccessError, DamagedError, ProgressusError
from progressus_desktop.exchange import container, peers, ranges
from progressus_desktop.exchange.container import Manifest, Package
from progressus_desktop.exchange.judging import judge_of
from progressus_desktop.exchange.peers import OFFICE, Peer
from progressus_desktop.exchange.ranges import Ranges
from progressus_desktop.services import counterparts, erasure, keeping, labels
from progressus_desktop.services.packing import SUFFIX
from progressus_desktop.store import erasing, identity, media, receiving
from progressus_desktop.store.receiving import Origin, Received
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

APPLIED, KNOWN, REFUSED, OWN = "applied", "known", "refused", "own"
READABLE = "new"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What one package did, or would do. ``state`` is applied (new in a preview), known, own or refused.

    ``created`` is when it was written (UTC ms) and ``hash`` that of the file, where it could be opened.
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


@dataclass(slots=True)
class Import:
    """Everything that one call applied; ``run`` names it for undo, 0 when nothing was new."""

    packages: list[Result] = field(default_factory=list)
    run: int = 0
    records: dict[tuple[str, str], None] = field(default_factory=dict)


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


def apply(ws: Workspace, files: Sequence[Path], *, dry_run: bool = False, progress: Progress | None = None) -> Import:
    """Take what is new from each package; one that cannot be read is refused with its reason and changes nothing.

    Raises:
        CancelledError: somebody stopped it between two packages; what was taken before stays, as one import.
        StorageError: the disk is full; the package at hand changed nothing.
    """
    out = Import()
    todo = _in_order(ws, files, out)
    if not dry_run and todo:
        keeping.before_risk(ws)
    try:
        for done, (file, package) in enumerate(todo):
            if progress is not None:
                progress(done, len(todo))
            out.packages.append(_one(ws, file, package, out, dry_run=dry_run))
        if not dry_run and out.records:
            erasure.follow(ws)
    finally:
        if out.records and not dry_run:
            ws.tell(Committed(0, "package", labels.label("package", "", count=len(out.records)), tuple(out.records)))
    order = {file: place for place, file in enumerate(files)}
    out.packages.sort(key=lambda each: order.get(each.file, len(order)))
    return out


def _in_order(ws: Workspace, files: Sequence[Path], out: Import) -> list[tuple[Path, Package]]:
    """What can be opened, by sender and number, so that a preview counts as the import does."""
    secret = counterparts.my_keys(ws).age_secret
    readable: list[tuple[Path, Package]] = []
    for file in files:
        try:
            readable.append((file, container.read(file, identities=[secret])))
        except ProgressusError as failure:
            out.packages.append(Result(file, failure=failure))
    readable.sort(key=lambda each: (each[1].manifest.sender, each[1].manifest.number))
    return readable


def _one(ws: Workspace, file: Path, package: Package, out: Import, *, dry_run: bool) -> Result:
    manifest = package.manifest
    base = Result(file, number=manifest.number, purpose=manifest.purpose, created=manifest.created, hash=package.hash)
    own = counterparts.my_keys(ws)
    if manifest.sign_key == own.sign_public and manifest.sender == ws.replica.id:
        return replace(base, sender=counterparts.my_name(ws), state=OWN)
    try:
        about = _about(package)
        _same_project(ws, manifest)
        arrived = 0 if dry_run else _keep_attachments(ws, package)
        with receiving.transaction(ws, keep=not dry_run) as connection:
            peer = _sender(ws, connection, manifest, about)
            received = _take(ws, connection, package, peer, about, out.run)
    except ProgressusError as failure:
        return replace(base, failure=failure)
    if received.erased and not dry_run:
        erasing.clean_up(ws, received.files)
    if received.added or received.refused:
        out.run = out.run or received.run
        out.records |= received.records
    new = bool(received.added or received.refused or arrived)
    return replace(
        base, sender=peer.name, state=(READABLE if dry_run else APPLIED) if new else KNOWN, new=received.new,
        changed=received.changed, removed=received.removed, conflicts=received.conflicts,
        attachments=len(package.blob_index()) if dry_run else arrived, waiting=received.refused,
        copied=bool(received.clones),
    )  # fmt: skip


def _about(package: Package) -> dict[str, Any]:
    found = package.roster()
    about = found.get("from") if isinstance(found, dict) else None
    texts = [about.get(name) for name in ("name", "prefix", "letter")] if isinstance(about, dict) else [None]
    if not all(isinstance(each, str) for each in texts):
        raise DamagedError(
            Message(N_("This package does not say who sent it.")), hint=Message(N_("Nothing was changed."))
        )
    return dict(found)


def _same_project(ws: Workspace, manifest: Manifest) -> None:
    if manifest.project != counterparts.project_id(ws):
        hint = Message(N_("Nothing was changed. Open the workspace of that project."))
        raise DamagedError(Message(N_("This package belongs to another project.")), hint=hint)


def _keep_attachments(ws: Workspace, package: Package) -> int:
    """Keep the files first, by their content: a crash leaves at most a file that nothing names yet."""
    kept = 0
    for sha, content in package.blobs():
        if not media.exists(ws, sha.hex()):
            media.add(ws, content)
            kept += 1
    return kept


# -- who sends ---------------------------------------------------------------------------------------------


def _sender(ws: Workspace, connection: Connection, manifest: Manifest, about: dict[str, Any]) -> Peer:
    """The laptop that signed the package, known, named by the roster, or introduced by its setup file's secret.

    Raises:
        AccessError: nobody known.
    """
    known = peers.by_key(connection, manifest.sign_key)
    exact = next((each for each in known if each.replica == manifest.sender), None)
    if exact is None and known:
        exact = _another_replica(connection, known, manifest, about)
    if exact is None:
        exact = _introduced(ws, connection, manifest, about)
    if exact is None:
        hint = Message(N_("Nothing was changed. Ask the office for a new setup file for that laptop."))
        raise AccessError(Message(N_("This package was signed by somebody unknown.")), hint=hint)
    if exact.role == OFFICE and manifest.sign_key != counterparts.office_key(ws):
        raise AccessError(Message(N_("This package claims to be the office's, but another key signed it.")))
    if exact.retired and not ranges.has(exact.numbers, manifest.number):
        # a laptop that was thought replaced goes on working: two copies are alive
        exact = replace(exact, retired=False)
    return exact


def _another_replica(connection: Connection, known: list[Peer], manifest: Manifest, about: dict[str, Any]) -> Peer:
    """The same key on a copy or a restored backup: a laptop of its own from now on."""
    nameless = next((each for each in known if not each.replica), None)
    origin = about["from"]
    if nameless is not None:
        return replace(nameless, replica=manifest.sender, prefix=origin["prefix"], letter=origin["letter"])
    replaces = origin.get("replaces")
    for each in known:
        if isinstance(replaces, list) and each.replica in replaces and not each.retired:
            peers.save(connection, replace(each, retired=True))
    pattern = known[0]
    return Peer(0, pattern.name, pattern.role, pattern.space, pattern.sign_key, pattern.age_key, manifest.sender,
                origin["prefix"], origin["letter"])  # fmt: skip


def _introduced(ws: Workspace, connection: Connection, manifest: Manifest, about: dict[str, Any]) -> Peer | None:
    """A new laptop proves itself with the one-use secret of its setup file."""
    intro = about.get("intro")
    if counterparts.my_role(ws) != OFFICE or not isinstance(intro, dict):
        return None
    secret, age = intro.get("secret"), intro.get("age")
    if not isinstance(secret, bytes) or not isinstance(age, str) or not age.startswith("age1"):
        return None
    row = connection.exec_driver_sql(
        "SELECT number, peer_no FROM invite WHERE secret_hash = ? AND used = 0", (hashlib.sha256(secret).digest(),)
    ).first()
    if row is None:
        return None
    connection.exec_driver_sql("UPDATE invite SET used = 1 WHERE number = ?", (row[0],))
    invited = next(each for each in peers.every(connection) if each.number == row[1])
    origin = about["from"]
    return replace(
        invited, sign_key=manifest.sign_key, age_key=age, replica=manifest.sender, prefix=origin["prefix"],
        letter=origin["letter"],
    )  # fmt: skip


# -- what it brings ----------------------------------------------------------------------------------------


def _take(
    ws: Workspace, connection: Connection, package: Package, peer: Peer, about: dict[str, Any], run: int
) -> Received:
    manifest = package.manifest
    got = ranges.add(ranges.add(peer.got, 1, manifest.base), manifest.lo, manifest.hi)
    numbers = ranges.add(peer.numbers, manifest.number, manifest.number) if manifest.number else peer.numbers
    peer = replace(peer, got=got, numbers=numbers, heard_ms=ws.clock.now_ms())
    peer = peers.save(connection, _acked(ws, connection, peer, manifest))
    identity.add_known(connection, manifest.sender, peer.prefix, peer.letter)
    judge = judge_of(peer, counterparts.my_space(ws))
    origin = Origin(package.hash, manifest.sender, manifest.lo, manifest.hi, run)
    first = list(package.erasures())
    erased = set(erasing.erased_records(connection)) | {container.entry(*each).record for each in first}
    incoming = chain(first, package.changes(erased))
    received = receiving.receive(ws, connection, origin, incoming, judge, container.entry)
    if peer.role == OFFICE:
        trusted = counterparts.office_key(ws)
        counterparts.take_roster(connection, about.get("roster"), trusted, counterparts.my_keys(ws).sign_public)
        if peer.acked_to:
            connection.exec_driver_sql("DELETE FROM setting WHERE name = 'intro'")
    return received


def _acked(ws: Workspace, connection: Connection, peer: Peer, manifest: Manifest) -> Peer:
    """What the sender says it has of ours: a position, holes, attachments it lacks, records it erased."""
    acks = manifest.acks.get(ws.replica.id.hex())
    if not isinstance(acks, dict) or type(acks.get("to")) is not int:
        return peer
    newest = int(connection.exec_driver_sql("SELECT coalesce(max(arrival), 0) FROM log_change").scalar() or 0)
    upto = max(peer.acked_to, min(acks["to"], newest))
    if upto > peer.acked_to and peer.number:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO receipt (peer_no, upto, at_ms) VALUES (?, ?, ?)",
            (peer.number, upto, manifest.created),
        )
    missing = tuple(each.hex() for each in acks.get("missing") or () if isinstance(each, bytes))
    erased = tuple(each.hex() for each in acks.get("erased") or () if isinstance(each, bytes))
    return replace(peer, acked_to=upto, sent_to=max(peer.sent_to, upto), missing=missing, erased=erased)


def missing_numbers(peer: Peer) -> Ranges:
    """Numbers of packages that never came although later ones did."""
    return ranges.holes(peer.numbers)
