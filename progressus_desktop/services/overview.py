"""What the office sees of all testers at once: reports and events by month, gaps, laptops. Counted in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from progressus_desktop import clock
from progressus_desktop.domain import monthly_report as report
from progressus_desktop.domain import territory
from progressus_desktop.services import monthly
from progressus_desktop.services.entering import own_organisation
from progressus_desktop.store import query

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from progressus_desktop.store.workspace import Workspace

MISSING, NOT_SENT = "missing", "not_sent"
"""A report whose day is over, and one that may still come."""

MONTHS = 6
"""Months side by side."""

_TESTERS = (
    "SELECT id, coalesce(name, ''), coalesce(gmina, ''), coalesce(locality, ''), coalesce(phone, ''),"
    " coalesce(email, '') FROM partner WHERE deleted = 0 AND in_project = 1 AND id <> ? ORDER BY name_sort"
)
_EVENTS = (
    "SELECT space, substr(date, 1, 7), count(*) FROM event WHERE deleted = 0 AND status = 'held' AND entry <> 'draft'"
    " AND date >= ? AND date < ? GROUP BY 1, 2"
)
_REPORTS = (
    "SELECT tester, period, state, id, newest FROM monthly_report WHERE deleted = 0 AND kind = 'monthly'"
    " AND period >= ? AND period <= ?"
)
_LAPTOPS = (
    "SELECT space, prefix || letter, heard_ms, length(sign_key) FROM peer WHERE retired = 0"
    " AND role NOT IN ('office', 'gone') ORDER BY prefix, letter"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One month of one tester: the state of its report (a code, missing or not sent), its id, events held."""

    state: str
    report: str = ""
    events: int = 0


@dataclass(frozen=True, slots=True)
class Laptop:
    """A tester's laptop: its label, when it was heard of last (UTC ms, 0 never), whether it has joined."""

    label: str
    heard_ms: int
    joined: bool


@dataclass(frozen=True, slots=True)
class Tester:
    """A tester organisation with its months, in the order of :attr:`Overview.months`."""

    id: str
    name: str
    gmina: str
    locality: str
    phone: str
    email: str
    cells: Sequence[Cell]
    laptops: Sequence[Laptop] = ()

    @property
    def voivodeship(self) -> str:
        """The code of the województwo, empty if no gmina is known."""
        return self.gmina[:2]

    @property
    def gaps(self) -> list[int]:
        """Places of the months whose report is missing."""
        return [at for at, cell in enumerate(self.cells) if cell.state == MISSING]


@dataclass(frozen=True, slots=True)
class Overview:
    """All testers by month; ``due`` says by when the report of the newest month is due."""

    months: Sequence[str]
    testers: Sequence[Tester]
    due: date

    def count(self, month: str, *states: str) -> int:
        """How many reports of a month are in one of these states."""
        at = self.months.index(month)
        return sum(tester.cells[at].state in states for tester in self.testers)


def months_to(last: str, many: int = MONTHS) -> list[str]:
    """So many months up to ``last`` (``YYYY-MM``), oldest first."""
    found = [last]
    while len(found) < many:
        before = date.fromisoformat(f"{found[0]}-01") - timedelta(days=1)
        found.insert(0, f"{before:%Y-%m}")
    return found


def read(ws: Workspace, connection: Connection, last: str = "", many: int = MONTHS) -> Overview:
    """Testers and their reports of some months up to ``last``, by default the present one."""
    today = clock.today(ws.clock)
    months = months_to(last or f"{today:%Y-%m}", many)
    after = (date.fromisoformat(f"{months[-1]}-01") + timedelta(days=31)).replace(day=1).isoformat()
    run = connection.exec_driver_sql
    begun = str(query.lookup(ws).project().get("testing_from") or "")[:7]
    leader = str(query.lookup(ws).project().get("leader") or "")
    events = {(row[0], row[1]): int(row[2]) for row in run(_EVENTS, (f"{months[0]}-01", after))}
    reports = {(row[0], row[1]): (str(row[2]), str(row[3]), row[4]) for row in run(_REPORTS, (months[0], months[-1]))}
    late = {each: monthly.deadline(ws, each) < today and (not begun or each >= begun) for each in months}
    laptops: dict[str, list[Laptop]] = {}
    for space, label, heard, key in run(_LAPTOPS):
        laptops.setdefault(space, []).append(Laptop(label, int(heard or 0), joined=int(key or 0) > 0))

    def cell(tester: str, month: str) -> Cell:
        state, record, newest = reports.get((tester, month), ("", "", None))
        shown = _shown(state, handed=newest is not None)
        return Cell(shown or (MISSING if late[month] else NOT_SENT), record, events.get((tester, month), 0))

    testers = [
        Tester(
            row[0], row[1], row[2], row[3], row[4], row[5], [cell(row[0], month) for month in months],
            laptops.get(row[0], ()),
        )
        for row in run(_TESTERS, (leader,))
    ]  # fmt: skip
    return Overview(months, testers, monthly.deadline(ws, months[-1]))


def _shown(state: str, *, handed: bool) -> str:
    """What the office sees of a report: one that was never handed over is not there for it."""
    if not handed:
        return ""
    return report.SENT if state in {report.READY, report.DRAFT} else state


def voivodeships(found: Overview) -> Mapping[str, str]:
    """The województwa of the testers: codes with their names, in the order of the names."""
    names = {}
    for each in found.testers:
        gmina = territory.gmina(each.gmina)
        if gmina is not None:
            names[each.voivodeship] = gmina.voivodeship
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def states_of(ws: Workspace) -> dict[str, str]:
    """The state of every monthly report of one's own organisation, by month."""
    sql = "SELECT period, state FROM monthly_report WHERE deleted = 0 AND kind = 'monthly' AND tester = ?"
    with ws.reading() as connection:
        rows = connection.exec_driver_sql(sql, (own_organisation(ws),)).all()
    return {str(row[0]): str(row[1]) for row in rows}


def waiting(connection: Connection) -> int:
    """How many reports wait for a decision of the office."""
    sql = "SELECT count(*) FROM monthly_report WHERE deleted = 0 AND newest > 0 AND state IN ('ready', 'draft')"
    return int(connection.exec_driver_sql(sql).scalar() or 0)
