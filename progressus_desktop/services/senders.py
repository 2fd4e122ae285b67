"""Who sent a package: a laptop that is known, a copy of one, or a new one with the secret of its setup file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.errors import AccessError
from progressus_desktop.exchange import keys, peers, ranges
from progressus_desktop.exchange.container import Manifest
from progressus_desktop.exchange.peers import GONE, OFFICE, Peer
from progressus_desktop.services import counterparts
from progressus_desktop.store import identity
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message


def sender_of(ws: Workspace, connection: Connection, manifest: Manifest, about: Mapping[str, Any]) -> Peer:
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
    exact = _lettered(connection, exact, manifest.sender, about["from"])
    if exact.role == GONE:
        hint = Message(N_("Nothing was changed. The project office can let it take part again."))
        raise AccessError(Message(N_("This laptop does not take part in the project any more.")), hint=hint)
    if exact.retired and not ranges.has(exact.numbers, manifest.number):
        # a laptop that was thought replaced goes on working: two copies are alive
        exact = replace(exact, retired=False)
    return exact


def _lettered(connection: Connection, peer: Peer, replica: bytes, origin: Mapping[str, Any]) -> Peer:
    """The sender with prefix and letter as it says, unless another laptop has them here: then with a free letter.

    A copy gives itself the letter after those it knows, and so does the office for the next laptop that it invites:
    without hearing of each other both take the same. The office's packages tell the copy which is its own.
    """
    prefix, letter = origin["prefix"], origin["letter"]
    if not identity.taken(connection, prefix, letter, replica, peer.number):
        return replace(peer, prefix=prefix, letter=letter)
    given = peer.number and peer.prefix == prefix
    if given and not identity.taken(connection, prefix, peer.letter, replica, peer.number):
        return peer
    return replace(peer, prefix=prefix, letter=identity.next_letter(identity.letters(connection, prefix)))


def _another_replica(connection: Connection, known: list[Peer], manifest: Manifest, about: Mapping[str, Any]) -> Peer:
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


def _introduced(ws: Workspace, connection: Connection, manifest: Manifest, about: Mapping[str, Any]) -> Peer | None:
    """A new laptop proves itself with the one-use secret of its setup file."""
    intro = about.get("intro")
    if counterparts.my_role(ws) != OFFICE or not isinstance(intro, dict):
        return None
    secret, age = intro.get("secret"), intro.get("age")
    if not isinstance(secret, bytes) or not isinstance(age, str) or not keys.is_age_public(age):
        return None  # a key that is none would stop every later package of the office
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
