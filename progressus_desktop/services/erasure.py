"""Erasing personal data everywhere (domain.md, section 10): the office anything, a tester what was never sent."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from progressus_desktop.domain import catalog
from progressus_desktop.domain.fields import PersonalData, Type
from progressus_desktop.domain.records import Committed, Record
from progressus_desktop.domain.sorting import fold
from progressus_desktop.errors import AccessError, NotFoundError, UsageError
from progressus_desktop.exchange.peers import OFFICE
from progressus_desktop.services import counterparts, labels, permission
from progressus_desktop.store import erasing, history, log, query, receiving
from progressus_desktop.store.changes import DELETED, Change, Entry, decode
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

_WORD = 3
"""Letters of a word that may tell a person; shorter ones stand in any sentence."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an erasure has come: ``waiting`` are laptops that have not confirmed it, of ``laptops`` in all.

    ``confirmed`` are the others; ``author`` is the id of who decided, empty if that is not known; ``reason`` is what
    was written as the basis.
    """

    entity: str
    record: str
    at_ms: int
    waiting: tuple[str, ...]
    laptops: int
    confirmed: tuple[str, ...] = ()
    author: str = ""
    reason: str = ""


def affected(ws: Workspace, entity: str, record_id: str) -> list[tuple[str, str]]:
    """What an erasure takes with it: what was merged into the record, and a person's contacts, the bin's too."""
    with ws.reading() as connection:
        found = [(entity, each) for each in (record_id, *history.merged_ids(connection, record_id))]
    if entity == "person":
        found += [("contact", each.id) for each in query.linked(ws, "contact", "person", record_id, removed=True)]
    return found


def erase(ws: Workspace, entity: str, record_id: str, reason: str) -> Committed:
    """Erase a record and what belongs to it alone, here at once and elsewhere by the next packages.

    Raises:
        AccessError: the role does not allow it, or a tester's record was sent already.
        NotFoundError: there is no such record.
        StorageError: the disk is full; nothing was erased, or only the new backup is missing.
        UsageError: no reason was given, or it repeats what is to be erased.
    """
    return erase_many(ws, entity, [record_id], reason)


def erase_many(ws: Workspace, entity: str, record_ids: Iterable[str], reason: str) -> Committed:
    """:func:`erase` of several records of one type, all or nothing.

    Raises:
        AccessError: the role does not allow it, or a tester's record was sent already.
        NotFoundError: there is no such record.
        StorageError: the disk is full; nothing was erased, or only the new backup is missing.
        UsageError: no reason was given, or it repeats what is to be erased.
    """
    of = catalog.entity(entity)
    why = " ".join(reason.split())
    if not why:
        hint = Message(N_("Nothing was erased. Write for example: request of the person, 12 May."))
        raise UsageError(Message(N_("An erasure needs a reason.")), hint=hint, field="reason")
    chosen = dict.fromkeys(each for record_id in record_ids for each in affected(ws, of.name, record_id))
    records = [allowed(ws, *each) for each in chosen]
    _must_not_repeat(why, records)
    changes = [_erase_change(ws, each, why) for each in records]
    return _carry_out(ws, changes, labels.label("erase", of.name, count=len(changes)))


def _must_not_repeat(reason: str, records: Iterable[Record]) -> None:
    """The reason stays and travels to every laptop, so it must not say what is to be gone."""
    said = set(_words(reason))
    for record in records:
        for field in catalog.ENTITIES[record.entity].fields:
            personal = field.personal is PersonalData.PERSONAL and field.type is Type.TEXT and field.searchable
            if personal and said & set(_words(str(record.fields.get(field.name) or ""))):
                hint = Message(N_("Nothing was erased. Write the reason without names: it stays as the proof."))
                raise UsageError(Message(N_("The reason repeats what is to be erased.")), hint=hint, field="reason")


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", fold(text)) if len(word) >= _WORD]


def follow(ws: Workspace) -> Committed | None:
    """Erase the contacts of persons that were erased elsewhere; None if there are none.

    Raises:
        StorageError: the disk is full.
    """
    with ws.reading() as connection:
        erased = [str(uuid.UUID(bytes=each)) for each in erasing.erased_records(connection)]
    left = [each for person in erased for each in query.linked(ws, "contact", "person", person, removed=True)]
    if not left:
        return None
    changes = [_erase_change(ws, each, "") for each in left]
    return _carry_out(ws, changes, labels.label("erase", "contact", count=len(changes)))


def _carry_out(ws: Workspace, changes: list[Change], label: str) -> Committed:
    counterparts.ready_to_send(ws)
    with receiving.transaction(ws) as connection:
        number = log.write(ws, connection, changes, log.Commit("erase", label))
        rows = connection.exec_driver_sql("SELECT id, body FROM log_change WHERE commit_no = ?", (number,)).all()
        entries = [decode(bytes(row[0]), bytes(row[1])) for row in rows]
        files = erasing.empty_out(connection, entries)
        erasing.reproject(connection, ws.space, [(entry.entity, entry.record) for entry in entries])
    ws.clock.ticked()
    erasing.clean_up(ws, files)
    done = Committed(number, "erase", label, tuple((each.entity, each.record) for each in changes))
    ws.tell(done)
    return done


def allowed(ws: Workspace, entity: str, record_id: str) -> Record:
    """The record, if the person who works may erase it.

    Raises:
        AccessError: the role does not allow it, or a tester's record was sent already.
        NotFoundError: there is no such record.
    """
    record = query.get(ws, entity, record_id)
    if record is None:
        raise NotFoundError(Message(N_("There is no such record.")))
    permission.must_write(ws, entity, record.space, record_id)
    if counterparts.my_role(ws) != OFFICE and _was_sent(ws, record_id):
        hint = Message(N_("Nothing was erased. Ask the project office: it erases on all laptops."))
        raise AccessError(Message(N_("This record was sent already.")), hint=hint)
    return record


def _erase_change(ws: Workspace, record: Record, reason: str) -> Change:
    _values, _seen, heads = query.present_keys(ws, record.id)
    extra = {"reason": reason} if reason else {}
    return Change("erase", record.entity, record.id, {DELETED: (None, tuple(heads))}, extra)


def _was_sent(ws: Workspace, record_id: str) -> bool:
    with ws.reading() as connection:
        row = connection.exec_driver_sql(
            "SELECT 1 FROM peer_record p JOIN record r ON r.no = p.record_no JOIN peer o ON o.number = p.peer_no"
            " WHERE r.uuid = ? AND p.since <= o.sent_to LIMIT 1",
            (uuid.UUID(record_id).bytes,),
        ).first()
    return row is not None


def reapply(ws: Workspace) -> int:
    """Erase again what was erased after a backup was made; gives how many records.

    Raises:
        DamagedError: the list of erased records was changed by somebody.
        StorageError: the disk is full.
    """
    known = erasing.read_ledger(ws)
    if not known:
        return 0
    origin = receiving.Origin(b"", ws.replica.id, 0, 0)
    with receiving.transaction(ws) as connection:
        received = receiving.receive(ws, connection, origin, known, _trust, decode)
    if received.erased:
        erasing.clean_up(ws, received.files)
    return received.erased


def _trust(_entry: Entry, _held: receiving.Held | None) -> str:
    return ""


def progress(ws: Workspace) -> list[Progress]:
    """Every erasure and which laptops still have to confirm it ("87 of 100")."""
    with ws.reading() as connection:
        found = erasing.pending(connection)
    return [
        Progress(
            each.entity, str(uuid.UUID(bytes=each.record)), each.at_ms, each.waiting,
            len(each.waiting) + len(each.confirmed), each.confirmed, each.author, each.reason,
        )
        for each in found
    ]  # fmt: skip
