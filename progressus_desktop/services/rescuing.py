"""A new office out of the packages that are left, with the key from paper, when its laptop and backups are lost.

The office's own packages say who takes part; what the others signed is judged by that, as in any import.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from progressus_desktop.clock import Clock
from progressus_desktop.domain import catalog
from progressus_desktop.errors import AccessError, DamagedError, NotFoundError, ProgressusError, UsageError
from progressus_desktop.exchange import container, keys, roster
from progressus_desktop.exchange.container import Package
from progressus_desktop.exchange.judging import judge_of
from progressus_desktop.exchange.peers import OFFICE, Peer
from progressus_desktop.exchange.roster import Member
from progressus_desktop.services import labels, office_paper, packing, texts, workspaces
from progressus_desktop.services.records import fresh_id
from progressus_desktop.store import changes, erasing, identity, media, query, receiving, workspace
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message, _, language


@dataclass(frozen=True, slots=True)
class Found:
    """One file: who signed it, how many changes it brought, or why it was left."""

    file: Path
    sender: str = ""
    added: int = 0
    failure: ProgressusError | None = None


@dataclass(frozen=True, slots=True)
class Rescued:
    """The new workspace, open; ``words`` stand for the lost office's signature and are compared with the sheet."""

    workspace: Workspace
    files: tuple[Found, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Lost:
    """The office that is gone, by its own newest package: its project, its place in the roster, and all others."""

    project: bytes
    office: Member
    members: tuple[Member, ...]


def rescue(files: Sequence[Path], typed: str, user: str, into: Path, password: str, clock: Clock) -> Rescued:
    """Make an office workspace of these packages.

    Raises:
        AccessError: the key is not one, or opens none of them.
        DamagedError: the packages are of two offices.
        NotFoundError: none of them was written by the office.
        StorageError: the folder cannot be written; nothing is left behind.
        UsageError: no password, or something is in the folder.
    """
    if not password:
        hint = Message(N_("Nothing was made. Choose a password of several words."))
        raise UsageError(Message(N_("A workspace needs a password.")), hint=hint)
    secret = office_paper.read_secret(typed)
    packages, left = _opened(files, secret)
    lost = _lost(list(packages.values()))
    letters = {each.letter for each in lost.members if each.prefix == lost.office.prefix}
    ws = workspace.create(
        into, password, clock, prefix=lost.office.prefix, letter=identity.next_letter(letters), name=lost.office.name
    )
    try:
        ws.space = OFFICE
        ws.set_setting("role", OFFICE)
        ws.set_setting("project", lost.project.hex())
        order = sorted(packages, key=lambda file: (packages[file].manifest.sender, packages[file].manifest.number))
        taken = [_take(ws, file, packages[file], lost) for file in order]
        _work_as(ws, user)
        _ground(ws, lost, packages)
        texts.follow(ws)
    except BaseException:
        ws.close()
        workspace.discard(into)
        raise
    workspaces.remember(into)
    return Rescued(ws, (*taken, *left), keys.words(lost.office.sign_key, language()))


def _opened(files: Sequence[Path], secret: str) -> tuple[dict[Path, Package], list[Found]]:
    packages: dict[Path, Package] = {}
    left = []
    for file in files:
        try:
            packages[file] = container.read(file, identities=[secret])
        except ProgressusError as failure:
            left.append(Found(file, failure=failure))
    if not packages:
        hint = Message(N_("Nothing was made. Only packages written after the sheet was printed open with it."))
        raise AccessError(Message(N_("The key opens none of these files.")), hint=hint)
    return packages, left


def _lost(packages: Sequence[Package]) -> _Lost:
    found: dict[bytes, tuple[int, _Lost]] = {}
    for package in packages:
        about, signer = package.roster(), package.manifest.sign_key
        read = roster.read(about.get("roster"), signer) if isinstance(about, dict) else None
        own = [each for each in read[1] if each.sign_key == signer and each.role == OFFICE] if read else []
        if read and own and (signer not in found or found[signer][0] < read[0]):
            found[signer] = read[0], _Lost(package.manifest.project, own[0], read[1])
    if not found:
        hint = Message(N_("Nothing was made. Add a package that the office wrote: it says who takes part."))
        raise NotFoundError(Message(N_("None of these packages was written by the office.")), hint=hint)
    if len(found) > 1:
        hint = Message(N_("Nothing was made. Keep only the packages of your project."))
        raise DamagedError(Message(N_("These packages are of two offices.")), hint=hint)
    return next(iter(found.values()))[1]


def _take(ws: Workspace, file: Path, package: Package, lost: _Lost) -> Found:
    manifest = package.manifest
    member = next((each for each in lost.members if each.sign_key == manifest.sign_key), None)
    if member is None or manifest.project != lost.project:
        return Found(file, failure=AccessError(Message(N_("This package was signed by somebody unknown."))))
    about = package.roster()
    origin_of = about.get("from", {}) if isinstance(about, dict) else {}
    signer = Peer(0, member.name, member.role, member.space, member.sign_key, member.age_key, manifest.sender)
    for _sha, content in package.blobs():
        media.add(ws, content)
    with receiving.transaction(ws) as connection:
        prefix, letter = (str(origin_of.get(name) or getattr(member, name)) for name in ("prefix", "letter"))
        identity.add_known(connection, manifest.sender, prefix, letter)
        first = list(package.erasures())
        erased = set(erasing.erased_records(connection)) | {container.entry(*each).record for each in first}
        origin = receiving.Origin(package.hash, manifest.sender, manifest.lo, manifest.hi)
        incoming = chain(first, package.changes(erased))
        received = receiving.receive(ws, connection, origin, incoming, judge_of(signer, OFFICE), container.entry)
        # the ground a workspace stands on is no import that could be taken back
        connection.exec_driver_sql("UPDATE log_import SET undone_by = 0 WHERE number = ?", (received.number,))
    return Found(file, member.name, received.added)


def _ground(ws: Workspace, lost: _Lost, files: Iterable[Path]) -> None:
    """What only the setup files held: the project, still to be filled in, and the organisations of the roster."""
    project = str(uuid.UUID(bytes=lost.project))
    wanted: list[tuple[str, str, dict[str, Any]]] = []
    if query.get(ws, "project", project) is None:
        parts = next((each.stem.split("-") for each in files if packing.labels_of(each)[2]), [])
        code = "-".join(parts[1:-3])
        named = {"name": lost.office.name, "entry": "draft"} | ({"short_code": code} if code else {})
        wanted.append(("project", project, named))
    for member in lost.members:
        known = {record for _entity, record, _fields in wanted}
        if member.role != OFFICE and member.space not in known and query.get(ws, "partner", member.space) is None:
            kind = workspaces.kind_of(member.name)
            about: dict[str, Any] = {"name": member.name, "in_project": True, "entry": "ready"}
            wanted.append(("partner", member.space, about | ({"kind": kind} if kind else {})))
    made = [
        changes.save(catalog.entity(entity), record, {}, {}, {**about, "space": OFFICE})
        for entity, record, about in wanted
    ]
    if made:
        ws.commit([each for each in made if each is not None], "edit", labels.label("create", "project"))


def _work_as(ws: Workspace, user: str) -> None:
    """The person who works in the new office."""
    first, _blank, last = user.strip().rpartition(" ")
    record = fresh_id(ws.clock)
    fields = {"last_name": last or _("Office"), "role": OFFICE, "space": OFFICE, "entry": "ready"}
    change = changes.save(catalog.entity("user"), record, {}, {}, fields | ({"first_name": first} if first else {}))
    ws.person = record
    if change is not None:
        ws.commit([change], "edit", labels.label("add", "user"))
    ws.set_setting("person", record)
