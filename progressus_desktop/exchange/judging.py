"""What a package may change: no more than its signer may (exchange.md, section 2). The rest waits in quarantine."""

from __future__ import annotations

import uuid

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.exchange.peers import GONE, OFFICE, Peer
from progressus_desktop.exchange.scope import SHARED
from progressus_desktop.store.changes import Entry
from progressus_desktop.store.receiving import Held, Judge

READER = "reader"
_OWN_ROLES = ("tester", "reader")
"""Roles that a tester's new user may bear; what they may do comes from the roster all the same."""
_REPORT = "monthly_report"
_MADE_OF_A_NAME = 5


def judge_of(peer: Peer, my_space: str) -> Judge:
    """The judge of what ``peer`` signed: gives why a change may not come in, empty if it may.

    The office brings anything. A tester brings records of its own space and its own organisation's partner
    record, and no field that only the office writes.
    """
    if peer.role == OFFICE:
        return lambda _entry, _held: ""
    own = uuid.UUID(peer.space).bytes if peer.space not in {"", OFFICE} else b""

    def judge(entry: Entry, held: Held | None) -> str:
        if peer.role in {READER, GONE}:
            return peer.role
        if entry.kind == "erase":
            return "" if _may_erase(entry, held, peer, my_space) else "erase"
        if entry.entity in SHARED:
            return "office-record"
        if _office_fields(entry):
            return "office-field"
        if entry.record == own and entry.entity == "partner":
            return ""
        return "" if _of_space(entry, held, peer.space) else "other-space"

    return judge


def _may_erase(entry: Entry, held: Held | None, peer: Peer, my_space: str) -> bool:
    """A tester erases only what never left its organisation; elsewhere only the office erases.

    What is not known here was never sent, and nobody else can name it, for its id is random. An id that follows from
    what everybody knows proves nothing: a report or a text that is still to be written could be erased beforehand.
    """
    if peer.space == my_space:
        return held is None or held.space in {None, peer.space}
    follows = uuid.UUID(bytes=entry.record).version == _MADE_OF_A_NAME
    return held is None and entry.entity not in SHARED and not follows


def _of_space(entry: Entry, held: Held | None, space: str) -> bool:
    """Whether a change neither claims another space nor touches a record that is held in another one.

    The id of a report follows from its tester and period: whoever wrote it first for another tester would keep that
    one's own out.
    """
    claimed = entry.keys.get("space")
    if claimed is not None and claimed[0] != space:
        return False
    if held is None and entry.entity == _REPORT and entry.keys.get("tester", (None,))[0] != space:
        return False
    return held is None or held.space is None or held.space == space


def _office_fields(entry: Entry) -> bool:
    of = ENTITIES.get(entry.entity)
    if of is None:
        return False
    for name, (value, _superseded) in entry.keys.items():
        stem = name.partition("/")[0]
        if of.has(stem) and of.field(stem).office_only and not (name == "role" and value in _OWN_ROLES):
            return True
    return False
