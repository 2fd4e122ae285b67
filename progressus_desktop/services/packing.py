"""Writing packages: to each counterpart everything it has not confirmed, split below what an e-mail may carry."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from progressus_desktop import __version__
from progressus_desktop.domain.sorting import fold
from progressus_desktop.errors import AmbiguousError, NotFoundError, StorageError, UsageError
from progressus_desktop.exchange import container, limits, outgoing, peers, ranges
from progressus_desktop.exchange.container import Manifest, Section
from progressus_desktop.exchange.outgoing import Outgoing
from progressus_desktop.exchange.peers import GONE, OFFICE, Peer
from progressus_desktop.services import counterparts, streams
from progressus_desktop.store import changes, erasing, media, query, receiving
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

MAIL_BYTES = 8 * 1024 * 1024
"""What mail servers let through, by default."""

SUFFIX = ".progressus"
_ROOM = 64 * 1024
"""What stands around the changes and photos of a file: keys, manifest, roster, receipts."""
_SMALL_PACKS_WORSE = 1.1
_ID = 24
"""What stands around a body: its id and its length."""
_MOST_PLAIN, _MOST_CHANGES = limits.CHANGES * 9 // 10, limits.CHANGE_COUNT * 9 // 10
_MOST_MISSING = 5_000
"""Attachments named as missing in one package; the others follow when these have come."""
_PARTS = 5
"""Parts of a package's name at least: a project's code may hold hyphens of its own."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Packed:
    """One file that was written, to whom, its number and what it holds."""

    file: Path
    to: str
    number: int
    changes: int
    attachments: int
    size: int


@dataclass(frozen=True, slots=True)
class _File:
    """One file of a package before it is written; ``parts`` is how many of the files hold changes."""

    arrivals: tuple[int, ...]
    attachments: tuple[str, ...]
    low: int
    high: int
    parts: int


def find(ws: Workspace, name: str) -> Peer:
    """The counterpart called ``name``: an organisation's name, or prefix and letter.

    Raises:
        NotFoundError: there is none.
        AmbiguousError: several laptops are called so.
    """
    known = counterparts_of(ws)
    wanted = fold(name.strip())
    found = [each for each in known if wanted in {fold(each.label), fold(each.name)}]
    if not found and wanted in {"office", "biuro"}:
        found = [each for each in known if each.role == OFFICE]
    if not found:
        hint = Message(N_("The command exchange status lists everybody."))
        raise NotFoundError(Message(N_("There is no counterpart of that name.")), hint=hint)
    if len(found) > 1:
        labels = ", ".join(each.label for each in found)
        raise AmbiguousError(Message(N_("Several laptops are called so. Choose one of: {labels}."), {"labels": labels}))
    return found[0]


def counterparts_of(ws: Workspace) -> list[Peer]:
    """Everybody a package can be written to: the office writes to all, a laptop to the office and its own space."""
    office, space = counterparts.my_role(ws) == OFFICE, counterparts.my_space(ws)
    with ws.reading() as connection:
        known = [each for each in peers.every(connection) if each.sign_key and each.role != GONE]
    return [each for each in known if office or each.role == OFFICE or each.space == space]


def pack(
    ws: Workspace, target: Path, *, to: str = "", most_bytes: int = MAIL_BYTES, progress: Progress | None = None
) -> list[Packed]:
    """Write packages into a folder, or the one package into a file.

    Raises:
        NotFoundError: nobody is called ``to``, or there is no counterpart yet.
        StorageError: a file could not be written; what was written before is whole.
        UsageError: several files are needed and ``target`` is no folder.
    """
    counterparts.ready_to_send(ws)
    chosen = [find(ws, to)] if to else counterparts_of(ws)
    if not chosen:
        hint = Message(N_("Join the project with the setup file from the office, or invite a tester."))
        raise NotFoundError(Message(N_("There is nobody to exchange data with yet.")), hint=hint)
    into_folder = target.is_dir() or target.suffix != SUFFIX
    if not into_folder and len(chosen) > 1:
        hint = Message(N_("Nothing was written. Give a folder, or name one counterpart."))
        raise UsageError(Message(N_("Several packages do not fit into one file.")), hint=hint)
    if into_folder:
        _make(target)
    out: list[Packed] = []
    for done, peer in enumerate(chosen):
        if progress is not None:
            progress(done, len(chosen))
        out += _pack_one(ws, peer, target, into_folder=into_folder, most_bytes=most_bytes)
    return out


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = Message(N_("Nothing was written. Your data are safe. Choose another place."))
        raise StorageError(Message(N_("The folder for the packages cannot be made.")), hint=hint) from error


def _pack_one(ws: Workspace, peer: Peer, target: Path, *, into_folder: bool, most_bytes: int) -> list[Packed]:
    with receiving.transaction(ws) as connection:
        chosen = outgoing.select(connection, counterparts.me(ws), peer)
        erasures = [each for each in erasing.erasures(connection) if _record_of(each[1]) not in peer.erased]
        files = list(_split(ws, peer, chosen, most_bytes))
        if not into_folder and len(files) > 1:
            hint = Message(N_("Nothing was written. Give a folder, or a larger --max-mb."))
            raise UsageError(Message(N_("The package has to be split into several files.")), hint=hint)
        # The numbers are taken before anything is written: a crash can never give one number to two files.
        peers.save(connection, replace(peer, file_no=peer.file_no + len(files)))
    out: list[Packed] = []
    try:
        for part, each in enumerate(files, start=1):
            number = peer.file_no + 1
            file = target / _name(ws, peer, number) if into_folder else target
            written = _write(ws, peer, each, (part, len(files)), file, erasures if part == 1 else [])
            peer = replace(peer, file_no=number, last_file=written)
            out.append(Packed(file, peer.name, number, len(each.arrivals), len(each.attachments), file.stat().st_size))
        peer = replace(peer, sent_to=max(peer.sent_to, chosen.position), sent_ms=ws.clock.now_ms())
    finally:
        with receiving.transaction(ws) as connection:
            peers.save(connection, peer)
    return out


def _record_of(body: bytes) -> str:
    return changes.decode(b"", body).record.hex()


def _split(ws: Workspace, peer: Peer, chosen: Outgoing, most_bytes: int) -> Iterator[_File]:
    """Changes first, photos follow; each file below ``most_bytes`` where a single piece allows it.

    Each file with changes bears the whole span of the stream; it counts when all of them have come. Photos bear none:
    the other side says which it lacks.
    """
    room = max(most_bytes - _ROOM, most_bytes // 2)
    parts = _parts(ws, chosen.arrivals, room)
    whole, nothing = (peer.acked_to + 1, chosen.position), (chosen.position + 1, chosen.position)
    for part in parts[:-1]:
        yield _File(tuple(arrival for arrival, _size in part), (), *whole, len(parts))
    arrivals = tuple(arrival for arrival, _size in parts[-1])
    left = room - sum(size for _arrival, size in parts[-1])
    held: list[str] = []
    bears_changes = True
    for sha in chosen.attachments:
        length = media.size(ws, sha)
        if length > left and (held or bears_changes):
            yield _File(arrivals, tuple(held), *(whole if bears_changes else nothing), len(parts))
            arrivals, held, left, bears_changes = (), [], room, False
        if length:
            held.append(sha)
            left -= length
    if held or bears_changes:
        yield _File(arrivals, tuple(held), *(whole if bears_changes else nothing), len(parts))


def _parts(ws: Workspace, arrivals: tuple[int, ...], room: int) -> list[list[tuple[int, int]]]:
    """Arrivals with their size when packed, in parts of at most ``room`` bytes; at least one part."""
    with ws.reading() as connection:
        parts: list[list[tuple[int, int]]] = []
        for group in _groups(outgoing.sizes(connection, arrivals)):
            whole = tuple(arrival for arrival, _size in group)
            packed = container.changes(outgoing.bodies(connection, whole)).digest
            share = packed.stored / packed.plain
            if packed.stored <= room:
                parts.append([(arrival, int(size * share)) for arrival, size in group])
            else:
                parts += _cut([(arrival, int(size * share * _SMALL_PACKS_WORSE)) for arrival, size in group], room)
    return parts or [[]]


def _groups(sizes: Iterator[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Arrivals with the sizes of their bodies, as many at once as one package can hold."""
    group: list[tuple[int, int]] = []
    plain = 0
    for arrival, size in sizes:
        if group and (plain + size > _MOST_PLAIN or len(group) >= _MOST_CHANGES):
            yield group
            group, plain = [], 0
        group.append((arrival, size + _ID))
        plain += size + _ID
    if group:
        yield group


def _cut(sizes: list[tuple[int, int]], room: int) -> list[list[tuple[int, int]]]:
    parts: list[list[tuple[int, int]]] = [[]]
    filled = 0
    for arrival, size in sizes:
        if filled + size > room and parts[-1]:
            parts.append([])
            filled = 0
        parts[-1].append((arrival, size))
        filled += size
    return parts


def _name(ws: Workspace, peer: Peer, number: int) -> str:
    code = re.sub(r"[^A-Za-z0-9-]", "", str(query.lookup(ws).project().get("short_code") or "")) or "projekt"
    here = ws.replica
    return f"progressus-{code}-{here.prefix}{here.letter}-{peer.label}-{number:04d}{SUFFIX}"


def labels_of(file: Path) -> tuple[str, str, int]:
    """Whose laptop a package's name says it is from and for (``KROA``), and its number; empty if it was renamed."""
    parts = file.stem.split("-")
    if len(parts) < _PARTS or parts[0] != "progressus" or not parts[-1].isdecimal():
        return "", "", 0
    return parts[-3], parts[-2], int(parts[-1])


def _write(
    ws: Workspace, peer: Peer, file: _File, part: tuple[int, int], target: Path, erasures: list[tuple[bytes, bytes]]
) -> bytes:
    own = counterparts.my_keys(ws)
    with ws.reading() as connection:
        sections: list[Section] = []
        if erasures:
            sections.append(container.erasures(erasures))
        if file.arrivals:
            sections.append(container.changes(outgoing.bodies(connection, file.arrivals)))
        acks = _acks(ws, connection, peer)
        head = streams.head(connection, file.high)
        known = peers.every(connection)
    sections.append(container.roster(_about(ws, known, peer)))
    sections += container.blobs([partial(media.read, ws, sha) for sha in file.attachments])
    # the sender too, so that it knows its own packages again on a stick; the office's paper for when its laptop is lost
    addressed = [(peer.replica, peer.age_key), (ws.replica.id, own.age_public)]
    paper = counterparts.paper_key(ws)
    if paper and OFFICE in {peer.role, counterparts.my_role(ws)}:
        addressed.append((b"", paper))
    manifest = Manifest(
        project=counterparts.project_id(ws),
        sender=ws.replica.id,
        file=uuid.uuid4().bytes,
        purpose="sync" if peer.acked_to or part[0] > 1 else "snapshot",
        number=peer.file_no + 1,
        previous=peer.last_file,
        base=peer.acked_to,
        lo=file.low,
        hi=file.high,
        part=part,
        scope={"parts": file.parts, "head": head},
        recipients=tuple(addressed),
        acks=acks,
        created=ws.clock.now_ms(),
        counts={"changes": len(file.arrivals), "attachments": len(file.attachments)},
        erasures=len(erasures),
        app=__version__,
    )
    named = [key for _replica, key in addressed]
    return container.write(target, manifest, sections, own.sign_private, recipients=named).hash


def _about(ws: Workspace, known: list[Peer], to: Peer) -> dict[str, Any]:
    """Section 3: who sends, and what only the office says."""
    here = ws.replica
    about: dict[str, Any] = {
        "from": {"name": counterparts.my_name(ws), "prefix": here.prefix, "letter": here.letter,
                 "replaces": counterparts.replaced(ws)},
    }  # fmt: skip
    intro = ws.get_setting("intro")
    if intro:
        about["intro"] = {
            "secret": bytes.fromhex(json.loads(intro)["secret"]),
            "age": counterparts.my_keys(ws).age_public,
        }
    if counterparts.my_role(ws) == OFFICE:
        about["roster"] = counterparts.made_roster(ws, known)
        about["paper"] = counterparts.told_paper_key(ws)
        about["to"] = {"replica": to.replica, "letter": to.letter}
    return about


def _acks(ws: Workspace, connection: Connection, to: Peer) -> dict[str, Any]:
    """What came from each replica of the recipient: up to where without a hole, what is missing, what was erased."""
    lacking = outgoing.lacking(connection, counterparts.me(ws), to, lambda sha: media.exists(ws, sha))
    missing = [bytes.fromhex(sha) for sha in lacking[:_MOST_MISSING]]
    erased = erasing.erased_records(connection)
    return {
        peer.replica.hex(): {
            "to": ranges.contiguous(peer.got),
            "head": streams.head_of(connection, peer),
            "holes": [list(each) for each in ranges.holes(peer.got)],
            "missing": missing,
            "erased": erased,
        }
        for peer in peers.by_key(connection, to.sign_key)
        if peer.replica and peer.got
    }
