"""A lone workspace joins the office's project: its records are kept and sent (exchange.md, section 2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.domain import catalog
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import NotFoundError, UsageError
from progressus_desktop.exchange.scope import ADOPTED, SHARED
from progressus_desktop.services import counterparts, inviting, keeping, labels, merging, permission, workspaces
from progressus_desktop.store import compose, log, query, receiving
from progressus_desktop.store.changes import DELETED, MERGED, Change
from progressus_desktop.store.tables import q
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message


def may_join(ws: Workspace) -> bool:
    """Whether this is a lone workspace that could join a project."""
    try:
        must_be_lone(ws)
    except UsageError:
        return False
    return not ws.read_only and not ws.is_demo


def must_be_lone(ws: Workspace) -> None:
    """Refuse a workspace that is an office or belongs to a project already.

    Raises:
        UsageError: it exchanged before.
    """
    with ws.reading() as connection:
        known = connection.exec_driver_sql("SELECT 1 FROM peer LIMIT 1").first() is not None
    if known or ws.get_setting(permission.OFFICE_KEY) or permission.office_workspace(ws):
        hint = Message(N_("Nothing was changed. Make a new workspace with the setup file instead."))
        message = Message(N_("Only a tester's workspace that never exchanged data can join a project."))
        raise UsageError(message, hint=hint)


def join(ws: Workspace, file: Path, code: str, user: str = "") -> Committed:
    """Take a lone workspace into the project of a setup file, in one step that happens whole or not at all.

    Its records go over to the organisation that was invited and are sent with the next package; what they said before
    stays in their history here. The lone project and organisation give way to those of the office. ``user`` works here
    from then on; who is not known yet is added.

    Raises:
        AccessError: the code is not the one.
        DamagedError: no setup file.
        StorageError: the disk is full; nothing was changed.
        UsageError: the workspace exchanged before.
    """
    must_be_lone(ws)
    package, setup = inviting.opened(file, code)
    keeping.before_risk(ws)
    counterparts.ready_to_send(ws)
    counterparts.my_keys(ws)
    before = ws.space
    try:
        with receiving.transaction(ws) as connection:
            lone = _standing(connection, before)
            last = int(connection.exec_driver_sql("SELECT coalesce(max(arrival), 0) FROM log_change").scalar() or 0)
            mine = list(_records(connection, last))
            inviting.take(ws, connection, package, setup)
            ws.space = setup["space"]
            connection.exec_driver_sql(
                "UPDATE replica SET prefix = ?, letter = ? WHERE own = 1", (setup["prefix"], setup["letter"])
            )
            moved = _moved(ws, lone, setup["space"])
            changes = [*_edges(ws, moved), *_over(ws, connection, mine, moved, setup["space"])]
            position = connection.exec_driver_sql("SELECT max(arrival) FROM log_change").scalar()
            connection.exec_driver_sql("INSERT OR REPLACE INTO setting VALUES (?, ?)", (ADOPTED, str(position)))
            label = labels.label("adopt", "project")
            number = log.write(ws, connection, changes, log.Commit("setup", label))
    except BaseException:
        ws.space = before
        raise
    ws.clock.ticked()
    done = Committed(number, "setup", label, tuple(dict.fromkeys((each.entity, each.record) for each in changes)))
    ws.tell(done)
    if user.strip():
        try:
            workspaces.work_as(ws, workspaces.find_person(ws, user).id)
        except NotFoundError:
            inviting.add_user(ws, user, setup["space"])
    return done


def _standing(connection: Connection, organisation: str) -> dict[str, str]:
    """The lone workspace's own project, its leader and its organisation."""
    row = connection.exec_driver_sql("SELECT id, leader FROM project WHERE deleted = 0 ORDER BY record_no").first()
    found = {"organisation": organisation}
    return found | {"project": row[0], "leader": row[1] or ""} if row else found


def _records(connection: Connection, last: int) -> Iterator[tuple[str, str]]:
    """Every live record of work: what the office owns and what is in the bin stays as it is."""
    for name in ENTITIES:
        if name not in SHARED:
            sql = (
                f"SELECT e.id FROM {q(name)} e WHERE e.deleted = 0"
                " AND EXISTS (SELECT 1 FROM log_change c WHERE c.record_no = e.record_no AND c.arrival <= ?)"
            )
            yield from ((name, row[0]) for row in connection.exec_driver_sql(sql, (last,)).all())


def _moved(ws: Workspace, lone: Mapping[str, str], space: str) -> dict[str, tuple[str, str]]:
    """For each standing record of the lone workspace its type and the record of the project that stands for it."""
    office = query.get(ws, "project", str(_uuid(ws.get_setting("project"))))
    leader = office.fields.get("leader") if office is not None else None
    wanted = [("project", lone.get("project"), office.id if office is not None else None)]
    if lone.get("leader") != lone["organisation"]:
        wanted.append(("partner", lone.get("leader"), leader))
    wanted.append(("partner", lone["organisation"], space))
    return {old: (entity, str(new)) for entity, old, new in wanted if old and new and old != new}


def _uuid(digits: str) -> Any:
    import uuid

    return uuid.UUID(digits)


def _edges(ws: Workspace, moved: Mapping[str, tuple[str, str]]) -> list[Change]:
    """The standing records give way; what was written of the own organisation fills what the office left empty."""
    out = []
    for old, (entity, new) in moved.items():
        keep, drop = query.get(ws, entity, new), query.get(ws, entity, old)
        if keep is None or drop is None:
            continue
        of = catalog.entity(entity)
        own = entity == "partner" and new == ws.space
        found = merging.differing(of, keep, drop) if own else []
        out += merging.absorbed(ws, of, keep, drop, {c.field.name: c.drop for c in found if c.take == merging.DROP})
    return out


def _over(
    ws: Workspace, connection: Connection, mine: list[tuple[str, str]], moved: Mapping[str, tuple[str, str]], space: str
) -> list[Change]:
    """Each record said again as a whole, for the new organisation and with the references that hold there."""
    ids = {old: new for old, (_entity, new) in moved.items()}
    out = []
    for entity, record in mine:
        if record in moved:
            continue
        packed = connection.exec_driver_sql("SELECT heads FROM record WHERE uuid = ?", (_uuid(record).bytes,))
        heads = compose.unpack(bytes(packed.scalar_one()))
        values, _seen, _all = query.present_keys(ws, record)
        of = ENTITIES[entity]
        keys: dict[str, tuple[Any, tuple[bytes, ...]]] = {}
        for name, superseded in heads.items():
            stem, _slash, item = name.partition("/")
            if name in {DELETED, MERGED} or stem == MERGED or _of_office(of, stem, values.get(name)):
                continue
            value = space if name == "space" else _renamed(values.get(name), ids)
            if item in ids:
                keys[f"{stem}/{ids[item]}"] = (value, ())
                value = None
            keys[name] = (value, tuple(superseded))
        out.append(Change("save", entity, record, keys))
    return out


def _of_office(of: Any, stem: str, value: Any) -> bool:
    """What only an office may write was a lone workspace's own business: it stays here."""
    return bool(of.has(stem) and of.field(stem).office_only and not (stem == "role" and value in {"tester", "reader"}))


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return ids.get(value, value)
    if isinstance(value, list):
        return [_renamed(each, ids) for each in value]
    if isinstance(value, dict):
        return {name: _renamed(each, ids) for name, each in value.items()}
    return value
