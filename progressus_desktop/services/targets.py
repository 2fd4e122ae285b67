"""Indicators against their targets over the whole testing, and how far the plan says they should be today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from progressus_desktop import clock
from progressus_desktop.domain.rules import plain_date
from progressus_desktop.services import indicators
from progressus_desktop.services.indicators import Indicator
from progressus_desktop.store import query

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from progressus_desktop.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Targets:
    """The indicators that have a target; ``plan`` is the share of the time that is over, in percent."""

    indicators: Sequence[Indicator]
    plan: int


def counted(ws: Workspace, connection: Connection) -> Targets:
    """Everything since the beginning of the project, each record counted once in each indicator."""
    project = query.lookup(ws).project()
    today = clock.today(ws.clock)
    first = plain_date(project.get("testing_from")) or plain_date(project.get("date_from")) or today
    last = plain_date(project.get("testing_to")) or plain_date(project.get("date_to")) or today
    found = indicators.all_of(ws, min(first, today).isoformat(), max(last, today).isoformat(), "", connection)
    return Targets([each for each in found if each.target], elapsed(first, last, today))


def elapsed(first: date, last: date, today: date) -> int:
    """How much of the time from one day to another is over, in percent."""
    whole = (last - first).days
    return max(0, min(100, 100 * (today - first).days // whole)) if whole > 0 else 100
