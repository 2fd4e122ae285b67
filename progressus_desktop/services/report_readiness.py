"""How far each of the ten parts of a report is: one rule over counts, whoever counted them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from progressus_desktop.domain import coverage, event_rules
from progressus_desktop.domain import monthly_report as report
from progressus_desktop.domain.fields import Level, Values
from progressus_desktop.domain.records import Record
from progressus_desktop.reports.setting import number
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_source import month_days
from progressus_desktop.services.reporting_work import typed
from progressus_desktop.words import N_, NN_, Message

if TYPE_CHECKING:
    from sqlalchemy import Connection

OWN = {"short": ("summary",), "difficulties": ("difficulties", "conclusions"), "plan": ("plan",)}
"""The parts that a person writes, and in which fields."""


@dataclass(frozen=True, slots=True)
class PartState:
    """How far a part is: ``kind`` is ok, warn, err or none; ``count`` are the drafts, gaps or records of it."""

    part: str
    kind: str
    said: Message
    count: int = 0

    @property
    def words(self) -> str:
        """It in words."""
        return str(self.said)


@dataclass(frozen=True, slots=True)
class Counts:
    """What is behind the parts of a report; ``wrong`` names the own words that have to be written or corrected."""

    gaps: int
    events: int
    draft_events: int
    talks: int
    draft_talks: int
    partners: int
    clusters: int
    observations: int
    minutes: int
    words: Values = field(default_factory=dict)
    wrong: frozenset[str] = frozenset()


def wrong_in(record: Record | None) -> frozenset[str]:
    """The own words of a report with an error; of one that nobody began those that are required."""
    if record is None:
        return frozenset(each.name for each in report.ENTITY.fields if each.required and each.name in report.OWN_WORDS)
    return frozenset(each.field for each in record.problems if each.level is Level.ERROR)


def states(found: Counts) -> Iterator[PartState]:
    """How far each part is, in their order."""
    one, many = NN_("gaps in {n} topic", "gaps in {n} topics")
    gaps = Message(one, plural=many, count=found.gaps) if found.gaps else Message(N_("Without gaps"))
    yield _own("short", found)
    yield PartState("topics", "warn" if found.gaps else "ok", gaps, found.gaps)
    yield _recorded("events", found.events, found.draft_events)
    yield _recorded("contacts", found.talks, found.draft_talks)
    for part, count in (
        ("partners", found.partners), ("clusters", found.clusters), ("observations", found.observations),
    ):  # fmt: skip
        yield _recorded(part, count, 0)
    yield _own("difficulties", found)
    yield _own("plan", found)
    hours = Message(N_("{n} h"), {"n": number(round(found.minutes / 60))}) if found.minutes else _none()
    yield PartState("hours", "err" if "hours" in found.wrong else "ok" if found.minutes else "none", hours)


def _none() -> Message:
    return Message(N_("None"))


def _recorded(part: str, count: int, drafts: int) -> PartState:
    if drafts:
        return PartState(part, "warn", Message(N_("{n} of {all} are drafts"), {"n": drafts, "all": drafts + count}))
    return PartState(part, "ok" if count else "none", Message(number(count)) if count else _none(), count)


def _own(part: str, found: Counts) -> PartState:
    names = OWN[part]
    written = [name for name in names if say.text(found.words, name).strip()]
    if found.wrong & set(names):
        return PartState(part, "err", Message(N_("To correct")) if written else Message(N_("Empty")), len(written))
    if len(written) == len(names):
        return PartState(part, "ok", Message(N_("Complete")), len(written))
    return PartState(part, "none", Message(N_("Begun")) if written else Message(N_("Empty")), len(written))


# -- counted by the database ------------------------------------------------------------------------------------


def of_month(
    connection: Connection, own: str, month: str, record: Record | None, told: coverage.Coverage
) -> list[PartState]:
    """How far the report of a month is, without reading its records; ``told`` is the coverage of that month.

    It says what :func:`~progressus_desktop.services.report_parts.overlook` says of the records themselves (a test
    compares them), at the cost of a few counts.
    """
    first, last = days = month_days(month)
    events, draft_events = _dated(connection, "event", own, days)
    talks, draft_talks = _dated(connection, "interaction", own, days)
    words = record.fields if record is not None else {}
    counts = Counts(
        gaps=len({topic for topic, _audience in told.gaps}),
        events=events,
        draft_events=draft_events,
        talks=talks,
        draft_talks=draft_talks,
        partners=_one(connection, _PARTNERS, (own, last)),
        clusters=_one(connection, _CLUSTERS, (own, own, last, last)),
        observations=_dated(connection, "observation", own, days)[0],
        minutes=_minutes(connection, own, (first, last), words),
        words=words,
        wrong=wrong_in(record),
    )
    return list(states(counts))


_PARTNERS = (
    "SELECT count(*) FROM partner p WHERE p.deleted = 0 AND p.in_project IS NOT 1 AND EXISTS (SELECT 1 FROM"
    " partner_relations r WHERE r.record_no = p.record_no AND r.stage IS NOT NULL AND r.organisation = ?"
    " AND coalesce(r.date, '') <= ?)"
)
_CLUSTERS = (
    "SELECT count(*) FROM cluster WHERE deleted = 0 AND entry <> 'draft' AND (space = ? OR id IN ("
    "SELECT cluster FROM membership WHERE deleted = 0 AND partner = ? AND (date_from IS NULL OR date_from <= ?)"
    " AND (coalesce(date_to, '') = '' OR substr(?, 1, length(date_to)) <= date_to)))"
)
_LASTED = (
    "SELECT e.start, e.end FROM event e WHERE e.deleted = 0 AND e.entry <> 'draft' AND e.space = ?"
    " AND e.date BETWEEN ? AND ? AND e.status = 'held' AND NOT EXISTS"
    " (SELECT 1 FROM event_sessions s WHERE s.record_no = e.record_no)"
)
_SESSIONS = (
    "SELECT s.start, s.end FROM event_sessions s JOIN event e ON e.record_no = s.record_no WHERE e.deleted = 0"
    " AND e.entry <> 'draft' AND e.space = ? AND e.date BETWEEN ? AND ? AND e.status = 'held'"
)
_TALKED = (
    "SELECT coalesce(sum(max(duration_min, 0)), 0) FROM interaction WHERE deleted = 0 AND entry <> 'draft'"
    " AND space = ? AND date BETWEEN ? AND ?"
)


def _one(connection: Connection, sql: str, values: Sequence[Any]) -> int:
    return int(connection.exec_driver_sql(sql, tuple(values)).scalar() or 0)


def _dated(connection: Connection, entity: str, own: str, days: tuple[str, str]) -> tuple[int, int]:
    """Ready records and drafts of some days."""
    sql = (
        "SELECT coalesce(sum(entry <> 'draft'), 0), coalesce(sum(entry = 'draft'), 0)"
        f" FROM {entity} WHERE deleted = 0 AND space = ? AND date BETWEEN ? AND ?"
    )
    ready, drafts = connection.exec_driver_sql(sql, (own, *days)).one()
    return int(ready), int(drafts)


def _minutes(connection: Connection, own: str, days: tuple[str, str], words: Values) -> int:
    """The hours that were written down, else those that follow from what was recorded."""
    written = typed(report.items(words, "hours"))
    if written:
        return sum(minutes for _kind, spent in written for _day, minutes in spent)
    spans = [connection.exec_driver_sql(sql, (own, *days)).all() for sql in (_LASTED, _SESSIONS)]
    lasted = sum(event_rules.minutes({"start": start, "end": end}) for rows in spans for start, end in rows)
    return lasted + _one(connection, _TALKED, (own, *days))
