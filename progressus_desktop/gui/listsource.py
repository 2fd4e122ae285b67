"""Rows and columns of one view of a record type, from the store's queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from progressus_desktop import clock
from progressus_desktop.domain import indicator
from progressus_desktop.domain.catalog import ENTITIES, entity
from progressus_desktop.domain.fields import ANY, Entity
from progressus_desktop.gui.columns import Column, columns_of
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.filters import Wanted
from progressus_desktop.gui.tables import RowLike
from progressus_desktop.services import workspaces
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace

_LETTERS = 40
_MOST_OFFERED = 200


def columns_in(context: Context, of: Entity) -> tuple[Column, ...]:
    """The columns of a record type's list in the workspace at hand."""
    ws = context.ws
    return columns_of(of, lambda: clock.today(ws.clock), lambda target, record: query.title(ws, target, record))


def followed(of: Entity) -> frozenset[str]:
    """Record types whose commits can change a row of this list: itself and what its columns refer to."""
    named = {item.target for item in of.fields if item.target}
    if ANY in named:
        return frozenset(ENTITIES)
    needed = {need.partition(".")[0] for derived in of.derived for need in derived.needs}
    through = {each.entity for each in of.through}
    return frozenset({of.name, *named, *needed, *through} & set(ENTITIES))


def offered(ws: Workspace, column: str) -> list[tuple[str, str]]:
    """Values and words of a filter that no code list gives: clusters, and who can do a task (the office: everybody)."""
    if column == "cluster":
        rows = query.window(ws, column, View(order="name"), 0, _MOST_OFFERED)
        return [(row.id, str(row.values.get("name") or row.values.get("code") or "–")) for row in rows]
    people = workspaces.people(ws)
    return [(each.short, each.short) for each in people if ws.is_office or each.organisation == ws.space]


class ListSource:
    """One filtered and ordered view; the model reads windows of it."""

    def __init__(self, ws: Workspace, entity_name: str, wanted: Wanted, order: str) -> None:
        self.ws = ws
        self.entity = entity_name
        self.filtered = wanted.active
        today = clock.today(ws.clock).isoformat()
        self.view = View(order=order, text=wanted.text, where=wanted.where, period=wanted.period, on=today)

    def total(self) -> int | None:
        """From the counter when nothing is filtered; a filtered view is counted by a job."""
        return None if self.filtered else query.total(self.ws, self.entity, self.view)

    def window(self, offset: int, limit: int) -> Sequence[RowLike]:
        """``limit`` rows from ``offset``."""
        return query.window(self.ws, self.entity, self.view, offset, limit)

    def position(self, record_id: str) -> int | None:
        """The row of a record, None if the view does not hold it."""
        return query.position(self.ws, self.entity, self.view, record_id)

    def first_with(self, letters: str) -> str:
        """Id of the first record of the view whose name begins with ``letters``, empty if there is none."""
        title = entity(self.entity).title[0]
        spoken = self.entity == indicator.NAME
        text = "" if spoken else letters[:_LETTERS]
        view = replace(self.view, order=title, text=text)
        folded = letters.casefold()
        for row in query.window(self.ws, self.entity, view, 0):
            name = indicator.words_of(row.values)[0] if spoken else str(row.values.get(title) or "")
            if name.casefold().startswith(folded):
                return row.id
        return ""
