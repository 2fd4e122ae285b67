"""Who this workspace is among the others: its keys, its project, its place in the roster."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.errors import AccessError, NotFoundError
from progressus_desktop.exchange import keys, peers, roster
from progressus_desktop.exchange.keys import Keys
from progressus_desktop.exchange.peers import OFFICE, Peer
from progressus_desktop.exchange.scope import Me
from progressus_desktop.services import permission
from progressus_desktop.store import identity, query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

_PAPER = "office_paper"
_LETTER = re.compile(r"[A-Z]{1,3}")
_PREFIX = re.compile(r"[A-Z]{1,8}")
_ROSTER_MADE = "roster_made"
_KEYS, _ROSTER, _OFFICE_KEY = "exchange_keys", "roster", permission.OFFICE_KEY


def my_keys(ws: Workspace) -> Keys:
    """The keys of this workspace, made when they are first needed.

    Raises:
        StorageError: they could not be kept.
    """
    kept = ws.get_setting(_KEYS)
    if kept:
        found = json.loads(kept)
        return Keys(bytes.fromhex(found["sign"]), found["age"])
    made = keys.new_keys()
    ws.set_setting(_KEYS, json.dumps({"sign": made.sign_private.hex(), "age": made.age_secret}))
    return made


def my_role(ws: Workspace) -> str:
    """The role of the workspace, whoever works in it: office or tester."""
    return OFFICE if permission.office_workspace(ws) else peers.TESTER


def my_space(ws: Workspace) -> str:
    """The space of the workspace itself; the person who works now may be a guest from another."""
    return OFFICE if my_role(ws) == OFFICE else ws.get_setting("space") or ws.space


def me(ws: Workspace) -> Me:
    """Who packs here."""
    return Me(my_role(ws), my_space(ws), ws.replica.id)


def my_name(ws: Workspace) -> str:
    """The name that the others see: the organisation's."""
    space = my_space(ws)
    return ws.name if space == OFFICE else query.title(ws, "partner", space) or ws.name


def project_id(ws: Workspace) -> bytes:
    """The uuid of the project, which every package of it names.

    Raises:
        NotFoundError: the workspace has no project.
    """
    kept = ws.get_setting("project")
    if kept:
        return bytes.fromhex(kept)
    with ws.reading() as connection:
        row = connection.exec_driver_sql("SELECT id FROM project WHERE deleted = 0 ORDER BY record_no LIMIT 1").first()
    if row is None:
        raise NotFoundError(Message(N_("There is no project in this workspace.")))
    return uuid.UUID(row[0]).bytes


def is_label(prefix: object, letter: object) -> bool:
    """Whether these are prefix and letter of a laptop. They stand in the names of files, so nothing else may."""
    return (
        isinstance(prefix, str)
        and isinstance(letter, str)
        and _PREFIX.fullmatch(prefix) is not None
        and _LETTER.fullmatch(letter) is not None
    )


def ready_to_send(ws: Workspace) -> None:
    """A copy or a restored backup becomes a laptop of its own before it sends or takes anything."""
    if ws.copied:
        become_another(ws)


def become_another(ws: Workspace, *, unconfirmed: bool = False) -> None:
    """From now on this workspace is a laptop of its own, with a new number and the next letter.

    With ``unconfirmed`` nothing counts that was confirmed to the old number or by it: everything is sent again.
    """
    from progressus_desktop.store import receiving

    with receiving.transaction(ws) as connection:
        identity.renew(connection)
        if unconfirmed:
            connection.exec_driver_sql("UPDATE peer SET acked_to = 0, sent_to = 0, got = '[]'")
            connection.exec_driver_sql("DELETE FROM receipt")
    with ws.reading() as connection:
        identity.remember(connection, ws.folder)
    ws.copied = False


def replaced(ws: Workspace) -> list[bytes]:
    """Replica ids that this workspace had before it was copied or restored."""
    with ws.reading() as connection:
        return [bytes.fromhex(each) for each in identity.replaced(connection)]


def must_be_office(ws: Workspace) -> None:
    """Refuse what only the project office may do.

    Raises:
        AccessError: this is not the office's workspace, or somebody else works in it.
    """
    if my_role(ws) != OFFICE or permission.role(ws) != OFFICE:
        hint = Message(N_("Nothing was changed. Ask the project office."))
        raise AccessError(Message(N_("Only the project office can do this.")), hint=hint)


# -- the roster --------------------------------------------------------------------------------------------


def office_key(ws: Workspace) -> bytes:
    """The office's signing key as the setup file gave it; empty for a workspace that never joined."""
    if my_role(ws) == OFFICE:
        return my_keys(ws).sign_public
    return bytes.fromhex(ws.get_setting(_OFFICE_KEY))


def pin_office(connection: Connection, sign_key: bytes) -> None:
    """From now on only this key is the office."""
    sql = "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)"
    connection.exec_driver_sql(sql, (_OFFICE_KEY, sign_key.hex()))


def paper_key(ws: Workspace) -> str:
    """The public half of the office's key on paper; empty while there is none."""
    return str(json.loads(ws.get_setting(_PAPER, "{}")).get("key") or "")


def keep_paper_key(ws: Workspace, age_public: str) -> None:
    """The office printed a new key: what is written from now on opens with it."""
    before = json.loads(ws.get_setting(_PAPER, "{}")).get("at", 0)
    ws.set_setting(_PAPER, json.dumps({"at": max(ws.clock.now_ms(), before + 1), "key": age_public}))


def told_paper_key(ws: Workspace) -> dict[str, Any] | None:
    """What the office tells the others of its key on paper."""
    kept = ws.get_setting(_PAPER)
    return dict(json.loads(kept)) if kept else None


def take_paper_key(connection: Connection, value: object) -> None:
    """Keep the public half of the office's key on paper, as the office said it in a signed file; the newest holds."""
    if not isinstance(value, dict) or type(value.get("at")) is not int or not keys.is_age_public(value.get("key")):
        return
    row = connection.exec_driver_sql("SELECT value FROM setting WHERE name = ?", (_PAPER,)).first()
    if row is None or json.loads(row[0])["at"] < value["at"]:
        kept = json.dumps({"at": value["at"], "key": value["key"]})
        connection.exec_driver_sql("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (_PAPER, kept))


def made_roster(ws: Workspace, known: list[Peer]) -> dict[str, object]:
    """The roster that the office sends: itself and every laptop that has joined."""
    own = my_keys(ws)
    here = ws.replica
    office = roster.Member(own.sign_public, own.age_public, my_name(ws), OFFICE, OFFICE, here.prefix, here.letter)
    members = roster.of_peers(office, [peer for peer in known if peer.sign_key])
    return roster.signed(members, _roster_number(ws, members), own.sign_private)


def _roster_number(ws: Workspace, members: Sequence[roster.Member]) -> int:
    """By what others know the newer roster: the time, but always more than the last one's if anything changed."""
    found = hashlib.blake2b(repr(members).encode(), digest_size=16).hexdigest()
    kept = json.loads(ws.get_setting(_ROSTER_MADE, "{}"))
    if kept.get("members") != found:
        kept = {"members": found, "at": max(ws.clock.now_ms(), kept.get("at", 0) + 1)}
        ws.set_setting(_ROSTER_MADE, json.dumps(kept))
    return int(kept["at"])


def take_roster(connection: Connection, value: object, trusted: bytes, own_key: bytes) -> bool:
    """Keep a newer roster and know the laptops it names; False if it is none of the office's or not newer."""
    found = roster.read(value, trusted)
    if found is None:
        return False
    at, members = found
    row = connection.exec_driver_sql("SELECT value FROM setting WHERE name = ?", (_ROSTER,)).first()
    if row is not None and json.loads(row[0])["at"] >= at:
        return False
    kept = json.dumps({"at": at, "keys": [member.sign_key.hex() for member in members]})
    connection.exec_driver_sql("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (_ROSTER, kept))
    for member in members:
        if member.sign_key != own_key:
            _know(connection, member)
    return True


def take_letter(connection: Connection, value: object) -> None:
    """Take the letter that the office gave this laptop, where another one has its own already."""
    here = identity.own(connection)
    if not isinstance(value, dict) or value.get("replica") != here.id:
        return
    letter = value.get("letter")
    if isinstance(letter, str) and _LETTER.fullmatch(letter) and letter != here.letter:
        identity.take_letter(connection, letter)


def _know(connection: Connection, member: roster.Member) -> None:
    known = peers.by_key(connection, member.sign_key)
    if not known:
        peers.save(
            connection,
            Peer(0, member.name, member.role, member.space, member.sign_key, member.age_key, b"", member.prefix,
                 member.letter),
        )  # fmt: skip
        return
    for peer in known:
        from dataclasses import replace

        peers.save(connection, replace(peer, role=member.role, space=member.space, name=member.name))
