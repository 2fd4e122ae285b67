"""Monthly reports of the sample project in several states: accepted, returned, waiting, begun, missing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from progressus_desktop import clock
from progressus_desktop.clock import Clock
from progressus_desktop.domain import monthly_report as report
from progressus_desktop.services import monthly, records, workspaces
from progressus_desktop.services.overview import months_to
from progressus_desktop.store.workspace import Workspace

if TYPE_CHECKING:
    from progressus_desktop.services.demo_making import Making

_BACK = 4
_WORDS = {
    "summary": "Spotkania przygotowały organizacje do wspólnej pracy. PUP będzie kierować dwie osoby miesięcznie.",
    "difficulties": "Bus jeździ dwa razy dziennie. Dwie osoby nie zdążą na zmianę o 6:00.",
    "conclusions": "Procedura inicjowania klastra jest za długa dla organizacji bez pracowników.",
    "plan": "Dwa spotkania z gminą o dojazdach i podpisanie listu intencyjnego.",
}
_RETURNED, _SILENT, _WAITING = 3, 5, 7
"""Places of testers whose newest report was returned, is missing, or waits for the office."""


def write(ws: Workspace, making: Making, now: Clock) -> None:
    """Reports of the last months of every tester, handed over by each and decided by the office."""
    today = clock.today(now)
    months = months_to(f"{today.replace(day=1) - timedelta(days=1):%Y-%m}", _BACK)
    for place, tester in enumerate(making.organisations):
        ws.person, ws.space = making.author, tester
        mine = months if place % _RETURNED != _RETURNED - 1 else months[1:]
        made = [(month, _handed_over(ws, month)) for month in mine if place != _SILENT or month != months[-1]]
        ws.space = "office"
        for month, record in made:
            newest = month == months[-1]
            if newest and place == _RETURNED:
                monthly.review(ws, record, 1, "short", "")
                monthly.review(ws, record, 1, "difficulties", "Proszę podać, które dwa kroki pominięto.")
                monthly.decide(ws, record, 1, report.RETURNED)
            elif not newest or place not in {0, _WAITING}:
                monthly.decide(ws, record, 1, report.ACCEPTED)
    workspaces.work_as(ws, making.tester)
    _begun(ws, f"{today:%Y-%m}")


def _handed_over(ws: Workspace, month: str) -> str:
    record = records.save(ws, monthly.NAME, None, {"tester": ws.space, "kind": "monthly", "period": month, **_WORDS}).id
    monthly.hand_over(ws, record)
    return record


def _begun(ws: Workspace, month: str) -> None:
    """The report of this month is begun and lacks its summary."""
    record = monthly.begin(ws, month)
    records.save(ws, monthly.NAME, record, {name: _WORDS[name] for name in ("difficulties", "plan")})
