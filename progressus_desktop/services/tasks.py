"""What is done with tasks: finishing and opening them again."""

from __future__ import annotations

from collections.abc import Sequence

from progressus_desktop import clock
from progressus_desktop.domain import catalog
from progressus_desktop.domain.records import Committed
from progressus_desktop.services import labels, permission, planning
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace


def turn(ws: Workspace, task_ids: Sequence[str]) -> Committed | None:
    """Mark open tasks as done today, in one commit; if all of them are done already, open them again.

    Raises:
        AccessError: the role does not allow it.
    """
    found = [each for each in (query.get(ws, "task", task_id) for task_id in task_ids) if each and not each.deleted]
    still_open = [each for each in found if each.fields.get("state") in {None, "open"}]
    wanted = {"state": "done", "done_on": clock.today(ws.clock).isoformat()}
    chosen = still_open or found
    if not still_open:
        wanted = {"state": "open", "done_on": ""}
    changes = []
    for record in chosen:
        permission.must_write(ws, "task", record.space, record.id)
        values = {name: value or None for name, value in wanted.items()}
        plan = planning.planned(catalog.entity("task"), record.id, record, values)
        change = planning.change(ws, plan, None)
        if change is not None:
            changes.append(change)
    return ws.commit(changes, "edit", labels.label("change", "task", ("state",))) if changes else None
