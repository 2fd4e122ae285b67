"""The documents of the sample project: one of each kind, about the record that shows it best."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from progressus_desktop.domain.cluster import stage_number
from progressus_desktop.services import reporting, reporting_kinds
from progressus_desktop.services.reporting_kinds import Kind
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store import query
from progressus_desktop.store.query import Row, View
from progressus_desktop.store.workspace import Workspace

_NEWEST = 40
_SHEETS = frozenset({"attendance-sheet", "form-agenda", "form-image-permission"})
_PICTURED = frozenset({"gallery", "publication", "control-folder"})
_CLOSE = ("declared", "agreement", "active")


def export(ws: Workspace, into: Path, tell: Callable[[], None]) -> None:
    """Write every document into ``into``; ``tell`` is called after each."""
    for kind in reporting_kinds.KINDS:
        for name, asked in _wanted(ws, kind):
            for form in kind.forms:
                reporting.write(ws, kind.name, into / f"{kind.name}-{name}.{form}", asked)
        tell()


def _wanted(ws: Workspace, kind: Kind) -> Iterator[tuple[str, Asked]]:
    """What each file of a kind is about: the end of its name, and what is asked for."""
    if kind.span == "month":
        for month in _months(ws):
            yield month, Asked(month=month)
    elif not kind.about:
        yield str(query.lookup(ws).project().get("short_code") or "").lower(), Asked()
    else:
        for row in _rows(ws, kind):
            yield str(row.values.get("code") or row.id), Asked(row.id)


def _events(ws: Workspace) -> list[Row]:
    return query.window(ws, "event", View(order="-date"), 0, _NEWEST)


def _months(ws: Workspace) -> list[str]:
    days = [str(row.values.get("date") or "") for row in _events(ws) if row.values.get("status") == "held"]
    return sorted({day[:7] for day in days if day}, reverse=True)[:2]


def _rows(ws: Workspace, kind: Kind) -> list[Row]:
    """The records a kind is shown with: usually one, the event card also of an event with errors."""
    if kind.about == "cluster":
        rows = query.window(ws, "cluster", View(), 0, _NEWEST)
        return sorted(rows, key=lambda row: -stage_number(str(row.values.get("stage") or "")))[:1]
    if kind.about != "event":
        rows = query.window(ws, kind.about, View(), 0, _NEWEST)
        near = [row for row in rows if row.values.get("stage") in _CLOSE]
        giving = [row for row in near if query.linked(ws, "offer", "partner", row.id, 1)]
        return [*giving, *near, *rows][:1]
    rows = _events(ws)
    held = [row for row in rows if row.values.get("status") == "held"]
    ready = [row for row in held if row.values.get("entry") == "ready"]
    if kind.name in _SHEETS:
        planned = [row for row in reversed(rows) if row.values.get("status") == "planned"]
        return sorted(planned, key=lambda row: row.values.get("entry") != "ready")[:1]
    if kind.name in _PICTURED:
        return [row for row in ready or held if query.linked(ws, "photo", "event", row.id, 1)][:1] or held[:1]
    if kind.name == "event-card":
        return [*ready[:1], *[row for row in held if row.values.get("errors")][:1]]
    return ready[:1] or held[:1]
