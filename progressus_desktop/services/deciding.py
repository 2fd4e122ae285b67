"""Two versions of one value: list them, settle them; and take back a whole import."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from progressus_desktop.domain import catalog, parsing
from progressus_desktop.domain import values as forms
from progressus_desktop.domain.fields import Field, Merge
from progressus_desktop.domain.records import Committed
from progressus_desktop.domain.validation import checked_shape
from progressus_desktop.errors import AccessError, NotFoundError, UsageError, ValidationError
from progressus_desktop.services import labels, permission
from progressus_desktop.store import compose, query, receiving, takeback, undo
from progressus_desktop.store.changes import DELETED, MERGED, Change, Entry
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

OURS, THEIRS = "ours", "theirs"
WHOLE = DELETED
"""The field of a conflict between a deletion and an edit."""
EDGE = MERGED
"""The field of a conflict between two merges of one record, or a merge and its end."""


@dataclass(frozen=True, slots=True)
class Version:
    """One of the values: who wrote it (a user's id), on which device, when (UTC ms)."""

    value: Any
    by: str
    at: int
    device: bytes
    ours: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """A key with more than one different value; ``field`` is the key, ``*`` for deleted here and edited there.

    ``versions`` stand in the order of :func:`compose.order`: the first is shown meanwhile. ``before`` is what they
    replaced last.
    """

    id: str
    entity: str
    record: str
    field: str
    versions: tuple[Version, ...]
    before: Any = None


def conflicts(ws: Workspace) -> list[Conflict]:
    """Everything that waits for a person to decide, record by record."""
    with ws.reading() as connection:
        rows = connection.exec_driver_sql(
            # CROSS: else the order lets the planner walk through all records for the few conflicts
            "SELECT r.uuid, r.entity, r.heads, c.name FROM conflict c CROSS JOIN record r ON r.no = c.record_no"
            " ORDER BY c.record_no, c.name"
        ).all()
        own = ws.replica.id
        out = []
        for record, entity, packed, name in rows:
            heads = compose.unpack(bytes(packed))
            key = str(uuid.UUID(bytes=bytes(record)))
            found = compose.entries(connection, {head for each in heads.values() for head in each})
            versions, before = _versions(connection, name, heads, found, own)
            out.append(Conflict(f"{key}:{name}", entity, key, name, versions, before))
    return out


def _versions(
    connection: Any, name: str, heads: compose.Heads, found: Mapping[bytes, Entry], own: bytes
) -> tuple[tuple[Version, ...], Any]:
    ids = heads.get(name, [])
    ordered = compose.order(name, (found[head] for head in ids))
    distinct: list[Entry] = []
    for entry in ordered:
        if not any(forms.same(entry.keys[name][0], other.keys[name][0]) for other in distinct):
            distinct.append(entry)
    older = compose.entries(connection, {old for entry in ordered for old in entry.keys[name][1]})
    before = max(older.values(), key=lambda entry: (entry.hlc, entry.id), default=None)
    versions = tuple(
        Version(entry.keys[name][0], str(uuid.UUID(bytes=entry.author)) if entry.author else "", entry.at,
                entry.id[:6], entry.id[:6] == own)
        for entry in distinct
    )  # fmt: skip
    shown = before.keys[name][0] if before is not None and name != DELETED and name in before.keys else None
    return versions, shown


def find(ws: Workspace, conflict: str) -> Conflict:
    """The open conflict with this id.

    Raises:
        NotFoundError: there is none, or it was settled meanwhile.
    """
    found = next((each for each in conflicts(ws) if each.id == conflict), None)
    if found is None:
        hint = Message(N_("The command exchange conflicts lists what waits."))
        raise NotFoundError(Message(N_("There are no two versions of that name.")), hint=hint)
    return found


def chosen(conflict: Conflict, take: str) -> Any:
    """The value behind a choice: ours, or theirs.

    Raises:
        UsageError: no such choice.
    """
    ours = next((each for each in conflict.versions if each.ours), conflict.versions[0] if conflict.versions else None)
    if ours is not None and take == OURS:
        return ours.value
    theirs = next((each for each in conflict.versions if each is not ours), None)
    if theirs is not None and take == THEIRS:
        return theirs.value
    raise UsageError(Message(N_("Choose ours, theirs or value=JSON.")))


def resolve(ws: Workspace, conflict: str, take: str, value: Any = None) -> Committed:
    """Settle one conflict with ``take`` ours or theirs, or with ``value`` when ``take`` is "value".

    Raises:
        AccessError: the role does not allow it.
        NotFoundError: it was settled meanwhile.
        UsageError: no such choice.
        ValidationError: the value does not fit the field.
    """
    found = find(ws, conflict)
    record = query.get(ws, found.entity, found.record)
    if record is None:
        raise NotFoundError(Message(N_("There is no such record.")))
    permission.must_write(ws, record.entity, record.space, record.id)
    label = labels.label("resolve", found.entity, (found.field.partition("/")[0],))
    if found.field == MERGED:
        return ws.commit([_edge(ws, found, value if take == "value" else chosen(found, take))], "resolve", label)
    if found.field == DELETED:
        return ws.commit([_undeleted(ws, found, keep=take != THEIRS)], "resolve", label)
    settled = value if take == "value" else chosen(found, take)
    if take == "value":
        settled = _as_logged(found, value)
    with ws.reading() as connection:
        packed = connection.exec_driver_sql(
            "SELECT heads FROM record WHERE uuid = ?", (uuid.UUID(found.record).bytes,)
        ).scalar_one()
    heads = tuple(compose.unpack(bytes(packed))[found.field])
    change = Change("save", found.entity, found.record, {found.field: (settled, heads)})
    return ws.commit([change], "resolve", label)


def _edge(ws: Workspace, found: Conflict, kept: Any) -> Change:
    """Merged into two different records, or taken apart on one side: one of the versions holds.

    Raises:
        ValidationError: it is none of them.
    """
    if not any(kept == each.value for each in found.versions):
        raise ValidationError(Message(N_("Choose one of the records.")), field=MERGED)
    with ws.reading() as connection:
        packed = connection.exec_driver_sql(
            "SELECT heads FROM record WHERE uuid = ?", (uuid.UUID(found.record).bytes,)
        ).scalar_one()
    return undo.merge(found.entity, found.record, kept, compose.unpack(bytes(packed)))


def _undeleted(ws: Workspace, found: Conflict, *, keep: bool) -> Change:
    """Deleted on one side, edited on the other: keep the record, or let it go with all that was edited."""
    _values, _seen, heads = query.present_keys(ws, found.record)
    if keep:
        with ws.reading() as connection:
            packed = connection.exec_driver_sql(
                "SELECT heads FROM record WHERE uuid = ?", (uuid.UUID(found.record).bytes,)
            ).scalar_one()
        deleted = tuple(compose.unpack(bytes(packed))[DELETED])
        return Change("restore", found.entity, found.record, {DELETED: (True, deleted)})
    return Change("delete", found.entity, found.record, {DELETED: (None, tuple(heads))})


def _as_logged(found: Conflict, value: Any) -> Any:
    """A value given by a person, in the form the log keeps under this key.

    Raises:
        ValidationError: the value has another shape.
    """
    of = catalog.entity(found.entity)
    stem, _slash, item = found.field.partition("/")
    if not of.has(stem):
        if value is not None and not isinstance(value, str):
            raise ValidationError(Message(N_("This could not be read. Write it again.")), field=stem)
        return value
    field: Field = of.field(stem)
    if not item:
        checked_shape(of, {stem: value})
        return forms.normal(field, parsing.normalised(field, value))
    if value is None or field.merge is Merge.SET:
        return None if value is None or value is False else True
    key = field.key_name if field.merge is Merge.MAP else "key"
    whole = {key: item, **value} if isinstance(value, dict) else value
    checked_shape(of, {stem: [whole]})
    written = forms.to_keys(field, parsing.normalised(field, [whole]))[found.field]
    place = forms.position(found.versions[0].value or {}) if field.merge is Merge.ROWS else 0
    return {**written, forms.POSITION: place} if place else written


# -- taking back an import --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What undoing an import did: records brought back, and those that this laptop may not change."""

    committed: Committed | None
    refused: tuple[tuple[str, str], ...]


def undo_import(ws: Workspace, run: int) -> TakenBack:
    """Write the inverse of all that one import brought, where this laptop may; it travels like any change.

    Raises:
        ConflictError: a value moved on since; nothing was written.
        NotFoundError: there is no such import, or it was undone already.
    """
    with ws.reading() as connection:
        imports = connection.exec_driver_sql(
            "SELECT number FROM log_import WHERE run = ? AND undone_by IS NULL", (run,)
        ).all()
        if not imports:
            raise NotFoundError(Message(N_("There is no such import, or it was undone already.")))
        allowed = permission.Permission(ws)
        refused: dict[tuple[str, str], None] = {}
        wanted: list[Entry] = []
        for entry in takeback.imported(connection, [row[0] for row in imports]):
            key = (entry.entity, str(uuid.UUID(bytes=entry.record)))
            if _may(ws, allowed, *key):
                wanted.append(entry)
            else:
                refused[key] = None
        inverse = takeback.inverse_of(connection, wanted)
    if not inverse:
        return TakenBack(None, tuple(refused))
    done = ws.commit(inverse, "undo", labels.label("package", "", count=len(inverse)))
    with receiving.transaction(ws) as connection:
        connection.exec_driver_sql("UPDATE log_import SET undone_by = ? WHERE run = ?", (done.number, run))
    return TakenBack(done, tuple(refused))


def redo_import(ws: Workspace, run: int) -> Committed:
    """Bring back what an undone import had brought.

    Raises:
        ConflictError: a value moved on since; nothing was written.
        NotFoundError: there is no such import, or it was not undone.
    """
    with ws.reading() as connection:
        number = connection.exec_driver_sql(
            "SELECT undone_by FROM log_import WHERE run = ? AND undone_by > 0", (run,)
        ).scalar()
    if number is None:
        raise NotFoundError(Message(N_("There is no such import, or it was not taken back.")))
    done = undo.undo_commit(ws, int(number), "redo")
    with receiving.transaction(ws) as connection:
        connection.exec_driver_sql("UPDATE log_import SET undone_by = NULL WHERE run = ?", (run,))
    return done


def _may(ws: Workspace, allowed: permission.Permission, entity: str, record_id: str) -> bool:
    record = query.get(ws, entity, record_id) if entity in catalog.ENTITIES else None
    if record is None:
        return False
    try:
        allowed.must_write(entity, record.space, record_id)
    except AccessError:
        return False
    return True
