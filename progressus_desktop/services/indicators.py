"""Indicators of a period: computed from ready records in one snapshot, with the records behind each number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.domain import figures
from progressus_desktop.domain.event_rules import counted
from progressus_desktop.domain.fields import Values
from progressus_desktop.domain.figures import RULES, Facts, Figure
from progressus_desktop.domain.indicator import MANUAL, starter_words, words_of
from progressus_desktop.services import records
from progressus_desktop.store import bulk, query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import speaking

_MOST = 500
_PEOPLE = ("recipients", "users", "jobs", "internships")


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator with its figure and source of verification; ``percent`` of the target is None without one."""

    id: str
    code: str
    name: str
    unit: str
    rule: str
    target: int | None
    figure: Figure
    source: str = ""

    @property
    def words(self) -> tuple[str, str]:
        """Name and unit in the language spoken, see :func:`~progressus_desktop.domain.indicator.words_of`."""
        return words_of({"name": self.name, "unit": self.unit, "rule": self.rule})

    @property
    def percent(self) -> int | None:
        """How much of the target is reached."""
        return 100 * self.figure.value // self.target if self.target else None


def facts(ws: Workspace, first: str, last: str, organisation: str = "", connection: Connection | None = None) -> Facts:
    """Ready records of a period, archived ones too; of one organisation's space, or of all without one."""
    if connection is None:
        with ws.reader() as own:
            return _facts(ws, own, first, last, organisation)
    return _facts(ws, connection, first, last, organisation)


def _facts(ws: Workspace, connection: Connection, first: str, last: str, organisation: str) -> Facts:
    def read(entity: str, *wanted: str, dated: bool = False) -> list[Values]:
        view = View(order="date", period=(first, last)) if dated else View(in_project=entity == "partner")
        return [
            each
            for each in bulk.listed(connection, entity, view, frozenset(wanted))
            if each.get("entry") != "draft"
            and (not organisation or each.get("space") == organisation or entity == "partner")
        ]

    lookup = query.lookup(ws, connection)
    listed = bulk.referred_to(connection, "participant", "event")
    events = read("event", "partners", "co_organisers", "topics", "authorities", dated=True)
    return Facts(
        first,
        last,
        events=[counted(each, lookup) if each["id"] in listed else each for each in events],
        interactions=read("interaction", "partners", "topics", dated=True),
        partners={
            str(each["id"]): _kept_by(each, organisation) for each in read("partner", "relations", "declarations")
        },
        clusters=read("cluster", "stage_dates"),
        memberships=read("membership"),
        actions=read("action", "partners", "employers"),
        offers=read("offer"),
        observations=read("observation", dated=True),
    )


def _kept_by(partner: Values, organisation: str) -> Values:
    """A partner with the stages and papers of one organisation alone: others keep their own with the same partner."""
    if not organisation:
        return partner
    rows = [row for row in partner.get("relations") or () if row.get("organisation") in {None, organisation}]
    papers = partner.get("declarations") if partner.get("space") == organisation else None
    return {**partner, "relations": rows, "declarations": papers}


def figure(indicator: Values, known: Facts) -> Figure:
    """The figure of one indicator by its rule, or the sum of what was typed."""
    rule = indicator.get("rule")
    if isinstance(rule, str) and rule in RULES:
        return RULES[rule](known)
    return figures.typed(indicator, known.first, known.last)


def all_of(
    ws: Workspace, first: str, last: str, organisation: str = "", connection: Connection | None = None
) -> list[Indicator]:
    """Every indicator of the workspace with its figure for a period."""
    known = facts(ws, first, last, organisation, connection)
    out = []
    for record in query.each(ws, "indicator", View(order="code"), connection):
        fields = record.fields
        target = fields.get("target")
        out.append(
            Indicator(
                id=record.id,
                code=record.code,
                name=str(fields.get("name") or ""),
                unit=str(fields.get("unit") or ""),
                rule=str(fields.get("rule") or MANUAL),
                target=target if isinstance(target, int) else None,
                figure=figure({**fields, "id": record.id}, known),
                source=str(fields.get("source") or ""),
            )
        )
    return out


def starter(targets: Mapping[str, Mapping[str, Any]] | None = None) -> Iterable[dict[str, Any]]:
    """The indicators of the starter set, one for each rule; ``targets`` adds fields by rule."""
    for number, rule in enumerate(RULES, start=1):
        with speaking("pl"):
            name, unit = starter_words(rule)
        broken = ["gmina", "sex"] if rule in _PEOPLE else ["gmina"]
        yield {
            "code": f"W{number:02}",
            "name": name,
            "kind": "result" if rule in _PEOPLE else "product",
            "unit": unit,
            "rule": rule,
            "disaggregation": broken,
            **(targets or {}).get(rule, {}),
        }


def add_starter(ws: Workspace) -> list[str]:
    """Add the indicators of the starter set whose rules are not used yet, in one commit; gives their ids.

    Raises:
        AccessError: only the project office may.
    """
    used = {row.values.get("rule") for row in query.window(ws, "indicator", View(), 0, _MOST)}
    wanted = [each for each in starter() if each["rule"] not in used]
    return records.add_many(ws, "indicator", wanted) if wanted else []
