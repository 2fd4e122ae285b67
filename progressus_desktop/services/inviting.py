"""The way into a project: the office writes a setup file, a tester joins with it and a code told in person."""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from progressus_desktop import __version__
from progressus_desktop.clock import Clock
from progressus_desktop.domain import catalog
from progressus_desktop.domain.sorting import fold
from progressus_desktop.errors import AccessError, DamagedError, UsageError
from progressus_desktop.exchange import container, outgoing, peers
from progressus_desktop.exchange.container import Manifest, Package
from progressus_desktop.exchange.peers import OFFICE, TESTER, Peer
from progressus_desktop.services import counterparts, labels, streams, workspaces
from progressus_desktop.services.records import fresh_id
from progressus_desktop.store import changes, identity, query, receiving, workspace
from progressus_desktop.store.keys import ALPHABET
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message, _

_CODE_LETTERS, _GROUP = 12, 4
_SECRET = 16
_MOST_PARTNERS = 10_000
WORK = 16
"""Work factor of the setup file's passphrase (log2 of scrypt's N): 60 bits of chance stand behind it."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """The setup file and the code to tell by telephone, never with the file."""

    file: Path
    code: str


def invite(ws: Workspace, organisation: str, target: Path) -> Invitation:
    """Write the setup file for one laptop of an organisation; a known name means another laptop of it.

    Raises:
        AccessError: not the office.
        StorageError: the file could not be written.
        UsageError: no name, or the file exists.
    """
    counterparts.must_be_office(ws)
    name = " ".join(organisation.split())
    if not name:
        raise UsageError(Message(N_("Give the name of the organisation.")))
    if target.exists():
        hint = Message(N_("Nothing was written. Choose another name."))
        raise UsageError(Message(N_("There is a file of this name already.")), hint=hint)
    counterparts.ready_to_send(ws)
    own = counterparts.my_keys(ws)
    space = _organisation(ws, name)
    secret = secrets.token_bytes(_SECRET)
    project = counterparts.project_id(ws)
    with receiving.transaction(ws) as connection:
        prefix, letter = _prefix(connection, name, space)
        peer = peers.save(connection, Peer(0, name, TESTER, space, b"", "", b"", prefix, letter))
        hashed = hashlib.sha256(secret).digest()
        connection.exec_driver_sql(
            "INSERT INTO invite (peer_no, secret_hash, at_ms, used) VALUES (?, ?, ?, 0)",
            (peer.number, hashed, ws.clock.now_ms()),
        )
        chosen = outgoing.select(connection, counterparts.me(ws), peer)
        connection.exec_driver_sql("UPDATE peer SET sent_to = ? WHERE number = ?", (chosen.position, peer.number))
        rows = list(outgoing.bodies(connection, chosen.arrivals))
        head = streams.head(connection, chosen.position)
        known = peers.every(connection)
    here = ws.replica
    setup = {
        "secret": secret, "space": space, "organisation": name, "prefix": prefix, "letter": letter,
        "office": {"name": counterparts.my_name(ws), "age": own.age_public, "prefix": here.prefix,
                   "letter": here.letter, "paper": counterparts.told_paper_key(ws)},
    }  # fmt: skip
    code = _new_code()
    manifest = Manifest(
        project=project, sender=here.id, file=uuid.uuid4().bytes, purpose="setup", lo=1, hi=chosen.position,
        created=ws.clock.now_ms(), counts={"changes": len(rows)}, app=__version__, scope={"head": head},
    )  # fmt: skip
    sections = [
        container.changes(rows), container.roster({"setup": setup, "roster": counterparts.made_roster(ws, known)}),
    ]  # fmt: skip
    container.write(target, manifest, sections, own.sign_private, passphrase=read_code(code), work=WORK)
    return Invitation(target, code)


def _new_code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(_CODE_LETTERS))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _CODE_LETTERS, _GROUP))


def read_code(text: str) -> str:
    """A code as it was heard: case, blanks, hyphens and look-alike letters do not matter."""
    look_alikes = str.maketrans("OILU", "011V")
    return "".join(char for char in text.upper().translate(look_alikes) if char.isalnum())


def _organisation(ws: Workspace, name: str) -> str:
    """The uuid of the tester's organisation, made if it is new: its space."""
    wanted = fold(name)
    for row in query.window(ws, "partner", View(in_project=True), 0, _MOST_PARTNERS):
        if fold(str(row.values["name"] or "")) == wanted and row.id != ws.space:
            return row.id
    made = fresh_id(ws.clock)
    of = catalog.entity("partner")
    fields: dict[str, Any] = {"name": name, "in_project": True, "entry": "ready", "space": OFFICE}
    kind = workspaces.kind_of(name)
    if kind:
        fields["kind"] = kind
    change = changes.save(of, made, {}, {}, fields)
    if change is not None:
        ws.commit([change], "edit", labels.label("add", "partner"))
    return made


def _prefix(connection: Connection, name: str, space: str) -> tuple[str, str]:
    """Prefix and letter of a new laptop: the organisation's own prefix, else one that nobody has."""
    row = connection.exec_driver_sql("SELECT prefix FROM peer WHERE space = ? LIMIT 1", (space,)).first()
    if row is not None:
        return row[0], identity.next_letter(identity.letters(connection, row[0]))
    taken = {each[0] for each in connection.exec_driver_sql("SELECT prefix FROM replica UNION SELECT prefix FROM peer")}
    return next(each for each in _prefixes(name) if each not in taken), "A"


def _prefixes(name: str) -> list[str]:
    """Prefixes for a name, best first: its beginning, the beginnings of its words, then anything near."""
    first = workspaces.prefix_of(name)
    words = [word for word in (workspaces.prefix_of(each) for each in name.split()) if word != "XXX"]
    initials = workspaces.prefix_of("".join(word[0] for word in words))
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    near = [first[:2] + letter for letter in alphabet] + [first[0] + a + b for a in alphabet for b in alphabet]
    return [first, *([initials] if len(words) > 1 else []), *words, *near,
            *(a + b + c for a in alphabet for b in alphabet for c in alphabet)]  # fmt: skip


# -- joining -----------------------------------------------------------------------------------------------


def opened(file: Path, code: str) -> tuple[Package, dict[str, Any]]:
    """A setup file opened with its code, and what it says.

    Raises:
        AccessError: the code is not the one.
        DamagedError: no setup file.
    """
    package = container.read(file, passphrase=read_code(code))
    found = package.roster()
    setup = found.get("setup") if isinstance(found, dict) else None
    if package.manifest.purpose != "setup" or not _is_setup(setup):
        hint = Message(N_("Nothing was changed. Ask the office for the setup file of this laptop."))
        raise DamagedError(Message(N_("This is not a setup file.")), hint=hint)
    return package, {**(setup or {}), "roster": found.get("roster")}


def _is_setup(value: object) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("office"), dict):
        return False
    texts = [value.get(name) for name in ("space", "organisation", "prefix", "letter")]
    texts += [value["office"].get(name) for name in ("name", "age", "prefix", "letter")]
    labels_fit = all(counterparts.is_label(each.get("prefix"), each.get("letter")) for each in (value, value["office"]))
    return isinstance(value.get("secret"), bytes) and labels_fit and all(isinstance(each, str) for each in texts)


def join(file: Path, code: str, user: str, into: Path, password: str, clock: Clock) -> Workspace:
    """Make a tester's workspace from a setup file.

    Raises:
        AccessError: the code is not the one.
        DamagedError: no setup file.
        StorageError: the folder cannot be written; nothing is left behind.
        UsageError: no password, or something is in the folder.
    """
    if not password:
        hint = Message(N_("Nothing was made. Choose a password of several words."))
        raise UsageError(Message(N_("A workspace needs a password.")), hint=hint)
    package, setup = opened(file, code)
    ws = workspace.create(
        into, password, clock, prefix=setup["prefix"], letter=setup["letter"], name=setup["organisation"]
    )
    try:
        counterparts.my_keys(ws)
        ws.space = setup["space"]
        with receiving.transaction(ws) as connection:
            take(ws, connection, package, setup)
        add_user(ws, user, setup["space"])
    except BaseException:
        ws.close()
        workspace.discard(into)
        raise
    workspaces.remember(into)
    return ws


def take(ws: Workspace, connection: Connection, package: Package, setup: dict[str, Any]) -> None:
    """Make the workspace a laptop of the project that a setup file names, inside :func:`receiving.transaction`."""
    manifest = package.manifest
    secret = json.dumps({"secret": setup["secret"].hex()})
    settings = (("role", TESTER), ("space", setup["space"]), ("project", manifest.project.hex()), ("intro", secret))
    connection.exec_driver_sql("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", list(settings))
    office = setup["office"]
    counterparts.pin_office(connection, manifest.sign_key)
    counterparts.take_paper_key(connection, office.get("paper"))
    peer = peers.save(
        connection,
        Peer(0, office["name"], OFFICE, OFFICE, manifest.sign_key, office["age"], manifest.sender,
             office["prefix"], office["letter"], got=((1, manifest.hi),), heard_ms=ws.clock.now_ms()),
    )  # fmt: skip
    streams.note_head(connection, peer, manifest)
    identity.add_known(connection, manifest.sender, office["prefix"], office["letter"])
    counterparts.take_roster(connection, setup["roster"], manifest.sign_key, counterparts.my_keys(ws).sign_public)
    origin = receiving.Origin(package.hash, manifest.sender, manifest.lo, manifest.hi)
    received = receiving.receive(
        ws, connection, origin, package.changes(), lambda _entry, _held: "", container.entry
    )  # fmt: skip
    # the ground a workspace stands on is no import that could be taken back
    connection.exec_driver_sql("UPDATE log_import SET undone_by = 0 WHERE number = ?", (received.number,))


def add_user(ws: Workspace, user: str, space: str) -> None:
    """The first person who works here."""
    first, _blank, last = user.strip().rpartition(" ")
    record = fresh_id(ws.clock)
    fields: dict[str, Any] = {
        "last_name": last or user.strip() or _("Tester"), "role": TESTER, "organisation": space, "space": space,
    }  # fmt: skip
    if first:
        fields["first_name"] = first
    change = changes.save(catalog.entity("user"), record, {}, {}, {**fields, "entry": "ready"})
    if change is None:
        raise AccessError(Message(N_("The person could not be added.")))
    ws.person = record
    ws.commit([change], "edit", labels.label("add", "user"))
    ws.set_setting("person", record)
