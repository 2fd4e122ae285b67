"""What an indicator counts, by its rule, with the records behind the number (domain.md, section 9).

Nothing is counted twice: an organisation, an institution or a cluster counts once however often it is met. People
of events are participations, because the same person may come again; only a named list knows persons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from progressus_desktop.domain import codelists
from progressus_desktop.domain.cluster import reached_on
from progressus_desktop.domain.coverage import coverage
from progressus_desktop.domain.fields import Values
from progressus_desktop.domain.rules import plain_date, plain_int
from progressus_desktop.domain.sorting import fold

EMPLOYERS = frozenset({"employer", "zpch", "employers_org"})
"""Kinds of partners that give work."""

_ENGAGED = frozenset({"declared", "agreement", "active"})
_UNDER_WAY = frozenset({"in_progress", "finished"})


@dataclass(frozen=True, slots=True)
class Source:
    """One record behind a figure and how much of it comes from there; women, men and not given for people."""

    entity: str
    record: str
    amount: int
    women: int = 0
    men: int = 0
    unknown: int = 0
    gmina: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and where it comes from. ``people`` says that the sources count women and men."""

    value: int
    sources: tuple[Source, ...]
    people: bool = False

    @property
    def sexes(self) -> tuple[int, int, int]:
        """Women, men, not given."""
        return (
            sum(each.women for each in self.sources),
            sum(each.men for each in self.sources),
            sum(each.unknown for each in self.sources),
        )

    def by_gmina(self) -> Mapping[str, int]:
        """How much comes from each gmina; records without one stand under an empty name."""
        out: dict[str, int] = {}
        for each in self.sources:
            out[each.gmina] = out.get(each.gmina, 0) + each.amount
        return out


@dataclass(frozen=True, slots=True)
class Facts:
    """Ready records of a period, by type, and read access to partners; ``first`` and ``last`` are ISO days."""

    first: str
    last: str
    events: Sequence[Values] = ()
    interactions: Sequence[Values] = ()
    partners: Mapping[str, Values] = field(default_factory=dict)
    clusters: Sequence[Values] = ()
    memberships: Sequence[Values] = ()
    actions: Sequence[Values] = ()
    offers: Sequence[Values] = ()
    observations: Sequence[Values] = ()

    def within(self, value: Any) -> bool:
        """Whether an ISO date lies in the period."""
        day = plain_date(value)
        return day is not None and self.first <= day.isoformat() <= self.last

    def held(self) -> Iterator[Values]:
        """Events of the period that were held."""
        return (each for each in self.events if each.get("status") == "held" and self.within(each.get("date")))

    def talks(self) -> Iterator[Values]:
        """Interactions of the period."""
        return (each for each in self.interactions if self.within(each.get("date")))

    def partner(self, record: str) -> Values:
        """A partner's fields, empty if it is not here."""
        return self.partners.get(record, {})


def _one(entity: str, record: Values) -> Source:
    return Source(entity, _text(record, "id"), 1, gmina=_text(record, "gmina"))


def _text(record: Values, name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""


def _ids(record: Values, *names: str) -> Iterator[str]:
    for name in names:
        value = record.get(name)
        yield from (value if isinstance(value, list) else [value] if isinstance(value, str) and value else [])


def _distinct(facts: Facts, ids: Iterable[str]) -> Figure:
    """Partners, each once; the leader and testers of the project are not counted as others."""
    known = [each for each in dict.fromkeys(ids) if not facts.partner(each).get("in_project")]
    return _counted([Source("partner", each, 1, gmina=_text(facts.partner(each), "gmina")) for each in known])


def _counted(sources: Iterable[Source], *, people: bool = False) -> Figure:
    found = tuple(sources)
    return Figure(sum(each.amount for each in found), found, people)


def _events_held(facts: Facts) -> Figure:
    return _counted(_one("event", each) for each in facts.held())


def _informed(facts: Facts) -> Figure:
    met = [each for event in facts.held() for each in _ids(event, "partners", "co_organisers", "host")]
    return _distinct(facts, [*met, *(each for talk in facts.talks() for each in _ids(talk, "partners"))])


def _in_clusters(facts: Facts) -> Figure:
    def holds(each: Values) -> bool:
        since, until = _text(each, "date_from"), _text(each, "date_to")
        return (not since or since <= facts.last) and (not until or facts.first[: len(until)] <= until)

    members = [_text(each, "partner") for each in facts.memberships if holds(each)]
    known = dict.fromkeys(each for each in members if each)
    return _counted([Source("partner", each, 1, gmina=_text(facts.partner(each), "gmina")) for each in known])


def _clusters_at(stage: str) -> Callable[[Facts], Figure]:
    def count(facts: Facts) -> Figure:
        reached = ((each, reached_on(each, stage)) for each in facts.clusters)
        return _counted(_one("cluster", each) for each, day in reached if day and facts.within(day.isoformat()))

    return count


def _letters(facts: Facts) -> Figure:
    """Organisations with a letter of intent or declaration of the period, whether signed or noted as a stage."""

    def has(partner: Values) -> bool:
        signed = (row.get("date") for row in partner.get("declarations") or () if row.get("kind") == "letter_of_intent")
        noted = (row.get("date") for row in partner.get("relations") or () if row.get("stage") == "declared")
        return any(facts.within(day) for day in (*signed, *noted))

    return _distinct(facts, [record for record, partner in facts.partners.items() if has(partner)])


def _begun(facts: Facts) -> Iterator[Values]:
    return (each for each in facts.actions if each.get("state") in _UNDER_WAY and facts.within(each.get("date_from")))


def _joint_actions(facts: Facts) -> Figure:
    return _counted(_one("action", each) for each in _begun(facts))


def _new_offers(facts: Facts) -> Figure:
    new = (each for each in facts.offers if each.get("new_since_project") is True)
    return _counted(_one("offer", each) for each in new if facts.within(each.get("new_since")))


def _people(entity: str, record: Values, cells: Any) -> Source | None:
    if not isinstance(cells, dict):
        return None
    women, men, unknown = (plain_int(cells.get(sex)) or 0 for sex in ("f", "m", "x"))
    whole = women + men + unknown
    return Source(entity, _text(record, "id"), whole, women, men, unknown, _text(record, "gmina")) if whole else None


def recipients_of(event: Values) -> Any:
    """The cells of people with disabilities at an event: their row of the matrix, else that of the "of which"."""
    matrix, part = event.get("participants"), event.get("of_which")
    own = matrix.get("pwd") if isinstance(matrix, dict) else None
    return own or (part.get("pwd") if isinstance(part, dict) else None)


def _row(event: Values, role: str) -> Any:
    matrix = event.get("participants")
    return matrix.get(role) if isinstance(matrix, dict) else None


def _recipients(facts: Facts) -> Figure:
    found = (_people("event", each, recipients_of(each)) for each in facts.held())
    return _counted((each for each in found if each), people=True)


def _users(facts: Facts) -> Figure:
    found = (_people("event", each, _row(each, "ngo_staff")) for each in facts.held())
    return _counted((each for each in found if each), people=True)


def _outcome(row: str) -> Callable[[Facts], Figure]:
    def count(facts: Facts) -> Figure:
        cells = ((each, (each.get("outcomes") or {})) for each in _begun(facts))
        found = (_people("action", each, value.get(row) if isinstance(value, dict) else None) for each, value in cells)
        return _counted((each for each in found if each), people=True)

    return count


def _authorities(facts: Facts) -> Figure:
    """Institutions named as present, each once, at the event where it was met first."""
    first: dict[str, Values] = {}
    for event in sorted(facts.held(), key=lambda each: _text(each, "date")):
        for row in event.get("authorities") or ():
            name = fold(str(row.get("institution") or "")).strip()
            if name:
                first.setdefault(name, event)
    sources: dict[str, int] = {}
    for event in first.values():
        sources[_text(event, "id")] = sources.get(_text(event, "id"), 0) + 1
    return _counted(Source("event", record, amount) for record, amount in sources.items())


def _employers(facts: Facts) -> Figure:
    """Employers in a joint action, in a cluster, or with a declaration or more in the period; each once."""
    taking = [each for action in _begun(facts) for each in _ids(action, "employers", "partners", "leader")]
    joined = [_text(each, "partner") for each in facts.memberships if facts.within(each.get("date_from"))]
    declared = [
        record
        for record, partner in facts.partners.items()
        if any(row.get("stage") in _ENGAGED and facts.within(row.get("date")) for row in partner.get("relations") or ())
    ]
    known = (each for each in (*taking, *joined, *declared) if facts.partner(each).get("kind") in EMPLOYERS)
    return _distinct(facts, known)


def _observations(facts: Facts) -> Figure:
    return _counted(_one("observation", each) for each in facts.observations if facts.within(each.get("date")))


def _topic_coverage(facts: Facts) -> Figure:
    """Share of expected topic × audience cells that were met, in percent; behind it the records that met them."""
    held, talks = list(facts.held()), list(facts.talks())
    told = coverage(held, talks, lambda each: _text(facts.partner(each), "kind"))
    met = dict.fromkeys(
        record for cell in told.expected if cell not in told.gaps for record in told.records.get(cell, ())
    )
    kinds = {_text(each, "id"): "event" for each in held} | {_text(each, "id"): "interaction" for each in talks}
    return Figure(told.percent, tuple(Source(kinds[each], each, 1) for each in met if each in kinds))


RULES: Mapping[str, Callable[[Facts], Figure]] = {
    "events_held": _events_held,
    "organisations_informed": _informed,
    "organisations_in_clusters": _in_clusters,
    "clusters_started": _clusters_at("initiative_group"),
    "clusters_declared": _clusters_at("declaration"),
    "letters_of_intent": _letters,
    "joint_actions": _joint_actions,
    "new_offers": _new_offers,
    "recipients": _recipients,
    "users": _users,
    "jobs": _outcome("job"),
    "internships": _outcome("internship"),
    "authorities_met": _authorities,
    "employers_engaged": _employers,
    "observations": _observations,
    "topic_coverage": _topic_coverage,
}
"""The starter set: each rule of the code list ``indicator_rule`` but ``manual``."""


def typed(indicator: Values, first: str, last: str) -> Figure:
    """The typed values of an indicator whose periods lie in the given one; a year counts only in its whole."""
    rows = [row for row in indicator.get("values") or () if _inside(str(row.get("period") or ""), first, last)]
    record = _text(indicator, "id")
    sources = []
    for row in rows:
        value, women, men = (plain_int(row.get(name)) or 0 for name in ("value", "f", "m"))
        sources.append(Source("indicator", record, value, women, men))
    return _counted(sources, people=any(each.women or each.men for each in sources))


def _inside(period: str, first: str, last: str) -> bool:
    if not period:
        return False
    begin = f"{period}-01-01"[:10] if len(period) == len("2026") else f"{period}-01"[:10]
    end = f"{period}-12-31"[:10] if len(period) == len("2026") else f"{period}-28"[:10]
    return first <= begin and end <= last


def known_rule(rule: Any) -> bool:
    """Whether an indicator is computed."""
    return isinstance(rule, str) and rule in RULES and codelists.has("indicator_rule", rule)
