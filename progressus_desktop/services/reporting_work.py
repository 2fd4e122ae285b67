"""Hours and months: how much was done when, from the durations of events and contacts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.numbers import format_decimal

from progressus_desktop.domain import codelists, event_rules
from progressus_desktop.domain.fields import Values
from progressus_desktop.reports.periodical_lines import Figures, MonthLine
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_lines import held_of, informed, people
from progressus_desktop.words import _, language


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a time: its label, first and last day."""

    label: str
    first: str
    last: str

    def holds(self, day: str) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


def _minutes(talk: Values) -> int:
    value = talk.get("duration_min")
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


Spent = list[tuple[str, list[tuple[str, int]]]]
"""Kinds of work, each with the day and minutes of every record."""


def typed(rows: Iterable[Mapping[str, object]]) -> Spent:
    """Hours that a person wrote down, by kind of work."""
    by_kind: dict[str, list[tuple[str, int]]] = {}
    for row in rows:
        minutes = row.get("minutes")
        if isinstance(minutes, int) and minutes > 0:
            by_kind.setdefault(str(row.get("work") or "other"), []).append((str(row.get("date") or ""), minutes))
    return [
        (say.capital(codelists.word("work_kind", code)), by_kind[code])
        for code in codelists.codes("work_kind")
        if code in by_kind
    ]


def spent_of(events: Iterable[Values], talks: Iterable[Values]) -> Spent:
    """Hours that follow from the durations of what was recorded."""
    held = [(say.text(event, "date"), event_rules.minutes(event)) for event in held_of(events)]
    return [(_("Events"), held), (_("Contacts"), [(say.text(talk, "date"), _minutes(talk)) for talk in talks])]


def hours(minutes: int) -> str:
    """Minutes as hours with one decimal, a dash for none."""
    return format_decimal(round(minutes / 60, 1), format="#,##0.0", locale=language()) if minutes else "–"


def hours_table(kinds: Spent, cuts: Sequence[Cut]) -> Figures:
    """Hours by kind of work and part of the time, with their sums."""
    rows = []
    sums = [0] * len(cuts)
    for kind, spent in kinds:
        parts = [sum(minutes for day, minutes in spent if cut.holds(day)) for cut in cuts]
        sums = [before + part for before, part in zip(sums, parts, strict=True)]
        rows.append((kind, [*map(hours, parts), hours(sum(parts))] if len(cuts) > 1 else [hours(sum(parts))]))
    total = [*map(hours, sums), hours(sum(sums))] if len(cuts) > 1 else [hours(sum(sums))]
    heads = [cut.label for cut in cuts] + ([_("Total")] if len(cuts) > 1 else [])
    return Figures(_("Kind of work"), heads, rows, total) if sum(sums) else Figures("", (), (), ())


def days_table(kinds: Spent) -> Figures:
    """Hours of each day on which something was done."""
    days = sorted({day for _kind, spent in kinds for day, minutes in spent if minutes})
    rows = []
    for day in days:
        parts = [sum(minutes for each, minutes in spent if each == day) for _kind, spent in kinds]
        rows.append((say.day(day), [*map(hours, parts), hours(sum(parts))]))
    sums = [sum(minutes for _day, minutes in spent) for _kind, spent in kinds]
    total = [*map(hours, sums), hours(sum(sums))]
    return Figures(_("Day"), [*(kind for kind, _spent_ in kinds), _("Total")], rows, total)


def months_between(first: str, last: str) -> list[Cut]:
    """The months from one day to another."""
    found = []
    day = date.fromisoformat(first).replace(day=1)
    while day.isoformat() <= last:
        following = (day + timedelta(days=31)).replace(day=1)
        label = say.month_name(day.isoformat()[:7])
        found.append(Cut(label, day.isoformat(), (following - timedelta(days=1)).isoformat()))
        day = following
    return found


def months_table(events: Sequence[Values], talks: Sequence[Values], months: Sequence[Cut]) -> list[MonthLine]:
    """What was done in each month."""
    lines = []
    for month in months:
        here = [event for event in events if month.holds(say.text(event, "date"))]
        spoken = [talk for talk in talks if month.holds(say.text(talk, "date"))]
        held = held_of(here)
        lines.append(
            MonthLine(
                month.label, say.short_month(month.first), len(held), sum(people(held)), sum(people(held, "pwd")),
                sum(people(held, "ngo_staff")), len(spoken), len(informed(here, spoken)),
            )
        )  # fmt: skip
    return lines
