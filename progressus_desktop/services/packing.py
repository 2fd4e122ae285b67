"""Writing packages: to each counterpart everything it has not confirmed, split below what an e-mail may carry."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from progressus_desktop import __version__
from progressus_desktop.domain.sorting import fold
from progressus_desktop.errors import AmbiguousError, NotFoundError, UsageError
from progressus_desktop.exchange import container, outgoing, peers, ranges
from progressus_desktop.exchange.container import Manifest, Section
from progressus_desktop.exchange.outgoing import Outgoing
from progressus_desktop.exchange.peers import OFFICE, Peer
from progressus_desktop.services import counterparts
from progressus_desktop.store import changes, erasing, media, query, receiving
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

MAIL_BYTES = 8 * 1024 * 1024
"""What mail servers let through, by default."""

SUFFIX = ".progressus"
_ROOM = 64 * 1024
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
    """One file of a package before it is written."""

    arrivals: tuple[int, ...]
    attachments: tuple[str, ...]
    low: int
    high: int


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
        known = [each for each in peers.every(connection) if each.sign_key]
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
        target.mkdir(parents=True, exist_ok=True)
    out: list[Packed] = []
    for done, peer in enumerate(chosen):
        if progress is not None:
            progress(done, len(chosen))
        out += _pack_one(ws, peer, target, into_folder=into_folder, most_bytes=most_bytes)
    return out


def _pack_one(ws: Workspace, peer: Peer, target: Path, *, into_folder: bool, most_bytes: int) -> list[Packed]:
    with receiving.transaction(ws) as connection:
        chosen = outgoing.select(connection, counterparts.me(ws), peer)
        erasures = [each for each in erasing.erasures(connection) if _record_of(each[1]) not in peer.erased]
    files = list(_split(ws, peer, chosen, most_bytes))
    if not into_folder and len(files) > 1:
        hint = Message(N_("Nothing was written. Give a folder, or a larger --max-mb."))
        raise UsageError(Message(N_("The package has to be split into several files.")), hint=hint)
    out = []
    for part, each in enumerate(files, start=1):
        number = peer.file_no + 1
        file = target / _name(ws, peer, number) if into_folder else target
        written = _write(ws, peer, each, (part, len(files)), file, erasures if part == 1 else [])
        peer = replace(peer, file_no=number, last_file=written)
        out.append(Packed(file, peer.name, number, len(each.arrivals), len(each.attachments), file.stat().st_size))
    peer = replace(peer, sent_to=max(peer.sent_to, chosen.position), sent_ms=ws.clock.now_ms())
    with receiving.transaction(ws) as connection:
        peers.save(connection, peer)
    return out


def _record_of(body: bytes) -> str:
    return changes.decode(b"", body).record.hex()


def _split(ws: Workspace, peer: Peer, chosen: Outgoing, most_bytes: int) -> Iterator[_File]:
    """Changes first, photos follow; each file below ``most_bytes`` where a single piece allows it."""
    low = peer.acked_to + 1
    with ws.reading() as connection:
        size = container.changes(outgoing.bodies(connection, chosen.arrivals)).digest.stored if chosen.arrivals else 0
    pieces = max(1, -(-size // max(most_bytes - _ROOM, 1)))
    step = max(1, -(-len(chosen.arrivals) // pieces))
    parts = [chosen.arrivals[start : start + step] for start in range(0, len(chosen.arrivals), step)] or [()]
    room = most_bytes - _ROOM - size // len(parts)
    held: list[str] = []
    for number, arrivals in enumerate(parts):
        last = number == len(parts) - 1
        high = chosen.position if last else arrivals[-1]
        if not last:
            yield _File(arrivals, (), low, high)
            low = high + 1
    for sha in chosen.attachments:
        length = len(media.read(ws, sha)) if media.exists(ws, sha) else 0
        if not length:
            continue
        if length > room and (held or parts):
            yield _File(parts[-1] if parts else (), tuple(held), low, chosen.position)
            low, parts, held, room = chosen.position + 1, [], [], most_bytes - _ROOM
        held.append(sha)
        room -= length
    if parts or held:
        yield _File(parts[-1] if parts else (), tuple(held), low, chosen.position)


def _name(ws: Workspace, peer: Peer, number: int) -> str:
    code = str(query.lookup(ws).project().get("short_code") or "projekt")
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
        acks = _acks(ws, peers.by_key(connection, peer.sign_key))
        known = peers.every(connection)
    sections.append(container.roster(_about(ws, known)))
    sections += container.blobs([partial(media.read, ws, sha) for sha in file.attachments])
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
        # the sender too, so that it knows its own packages again on a stick
        recipients=((peer.replica, peer.age_key), (ws.replica.id, own.age_public)),
        acks=acks,
        created=ws.clock.now_ms(),
        counts={"changes": len(file.arrivals), "attachments": len(file.attachments)},
        erasures=len(erasures),
        app=__version__,
    )
    return container.write(target, manifest, sections, own.sign_private, recipients=[peer.age_key, own.age_public]).hash


def _about(ws: Workspace, known: list[Peer]) -> dict[str, Any]:
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
    return about


def _acks(ws: Workspace, replicas: list[Peer]) -> dict[str, Any]:
    """What came from each replica of the recipient: up to where without a hole, what is missing, what was erased."""
    missing = [bytes.fromhex(sha) for sha in media.wanted(ws) if not media.exists(ws, sha)]
    with ws.reading() as connection:
        erased = erasing.erased_records(connection)
    return {
        peer.replica.hex(): {
            "to": ranges.contiguous(peer.got),
            "holes": [list(each) for each in ranges.holes(peer.got)],
            "missing": missing,
            "erased": erased,
        }
        for peer in replicas
        if peer.replica and peer.got
    }
