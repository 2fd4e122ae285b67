"""Small builders of records for tests: what is not given is ordinary."""

from __future__ import annotations

import uuid
from typing import Any

from progressus_desktop.domain.catalog import entity
from progressus_desktop.store import changes, query
from progressus_desktop.store.workspace import Workspace


def write(ws: Workspace, name: str, values: dict[str, Any], record_id: str = "") -> str:
    """Save fields of a record straight through the log and give back its id."""
    record = record_id or str(uuid.uuid4())
    present, seen, _ids = query.present_keys(ws, record)
    change = changes.save(entity(name), record, present, seen, values)
    if change is not None:
        ws.commit([change], "edit", f"{'change' if record_id else 'add'}:{name}:{','.join(values)}")
    return record


def a_partner(ws: Workspace, **values: Any) -> str:
    given = {"name": "KGW „Malwa”", "kind": "kgw", "locality": "Lipniki Wzorcowe"} | values
    return write(ws, "partner", given)


def an_event(ws: Workspace, **values: Any) -> str:
    given = {
        "title": "Spotkanie klastra",
        "kind": "cluster_meeting",
        "status": "planned",
        "date": "2026-11-18",
        "locality": "Lipniki Wzorcowe",
    } | values
    return write(ws, "event", given)


def an_interaction(ws: Workspace, partner: str, **values: Any) -> str:
    given = {
        "date": "2026-11-10",
        "channel": "phone",
        "partners": [partner],
        "subject": "Staże",
        "result": "informed",
    } | values
    return write(ws, "interaction", given)
