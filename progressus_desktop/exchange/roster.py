"""The roster: who takes part, signed by the office; the only authority on roles (exchange.md, section 2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from progressus_desktop.exchange import cbor, keys
from progressus_desktop.exchange.peers import OFFICE, Peer

_SIGNED = b"progressus-roster-v1\0"


@dataclass(frozen=True, slots=True)
class Member:
    """One signing key: whose it is, what it may do, in which space."""

    sign_key: bytes
    age_key: str
    name: str
    role: str
    space: str
    prefix: str
    letter: str


def signed(members: Sequence[Member], at_ms: int, sign_private: bytes) -> dict[str, Any]:
    """The roster as it travels: its bytes and the office's signature."""
    rows = [[m.sign_key, m.age_key, m.name, m.role, m.space, m.prefix, m.letter] for m in members]
    data = cbor.dumps({"at": at_ms, "members": rows})
    return {"data": data, "signature": keys.sign(sign_private, _SIGNED + data)}


def read(value: object, office_key: bytes) -> tuple[int, tuple[Member, ...]] | None:
    """When a roster was made and whom it names; None if the office did not sign it or it is not one."""
    if not isinstance(value, dict):
        return None
    data, signature = value.get("data"), value.get("signature")
    if not isinstance(data, bytes) or not isinstance(signature, bytes):
        return None
    if not keys.verify(office_key, _SIGNED + data, signature):
        return None
    found = cbor.loads(data)
    at, rows = found.get("at"), found.get("members")
    if type(at) is not int or not isinstance(rows, list) or not all(_is_member(row) for row in rows):
        return None
    return at, tuple(Member(*row) for row in rows)


def _is_member(row: object) -> bool:
    kinds = (bytes, str, str, str, str, str, str)
    return (
        isinstance(row, list)
        and len(row) == len(kinds)
        and all(isinstance(each, kind) for each, kind in zip(row, kinds, strict=True))
    )


def of_peers(office: Member, known: Sequence[Peer]) -> tuple[Member, ...]:
    """The members an office knows: itself, and each key once."""
    found = {office.sign_key: office}
    for peer in known:
        if peer.role != OFFICE:
            found.setdefault(
                peer.sign_key,
                Member(peer.sign_key, peer.age_key, peer.name, peer.role, peer.space, peer.prefix, peer.letter),
            )
    return tuple(found.values())
