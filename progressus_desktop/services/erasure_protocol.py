"""The protocol of erasures as a file to print, for an inspection or to hand over to the person who asked."""

from __future__ import annotations

from pathlib import Path

from progressus_desktop.clock import local
from progressus_desktop.domain import catalog
from progressus_desktop.services import erasure, reporting_kinds, workspaces
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting import put
from progressus_desktop.services.reporting_source import Snapshot
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import _

_MARK = 8


def write(ws: Workspace, target: Path) -> Path:
    """Write the protocol of everything that was erased as a PDF; an existing file is replaced only by a checked one.

    Raises:
        StorageError: the file cannot be written.
    """
    from progressus_desktop.reports import form_erasures

    people = {each.id: each.name for each in workspaces.people(ws)}
    found = erasure.progress(ws)
    with ws.reader() as connection:
        snapshot = Snapshot(ws, connection)
        project, setting = snapshot.project, snapshot.setting()
        names = people if snapshot.sees_people else {}
        controller = say.text(project, "controller") or say.name(snapshot.lookup, say.text(project, "leader"))
    protocol = form_erasures.Protocol(
        project=say.text(project, "name"),
        controller=controller,
        laptops=sorted({name for each in found for name in (*each.confirmed, *each.waiting)}),
        erased=[
            form_erasures.Erased(
                kind=_(catalog.ENTITIES[each.entity].label) if each.entity in catalog.ENTITIES else each.entity,
                # the end of a time-ordered id: the beginning is the time and alike in all
                mark=each.record.replace("-", "")[-_MARK:],
                when=f"{local(each.at_ms):%d.%m.%Y, %H:%M}",
                who=names.get(each.author, ""),
                basis=each.reason,
                confirmed=each.confirmed,
                waiting=each.waiting,
            )
            for each in found
        ],
    )
    return put(target, form_erasures.render(protocol, setting), reporting_kinds.PDF)
