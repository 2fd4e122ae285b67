"""Pieces of rules that several record types share. Rules never know what day it is today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from progressus_desktop.domain.fields import Level, Lookup, Problem, Values
from progressus_desktop.domain.sorting import fold
from progressus_desktop.words import N_, Message

MOST = 1_000_000
"""The greatest count that is believed."""

PERIOD_SLACK = timedelta(days=30)
"""How far outside the project's period a date may lie without a warning."""

_HEALTH = re.compile(
    r"\b(diagnoz|schizofren|depresj|padaczk|autyzm|autystyczn|asperger|nowotwor|cukrzyc|stwardnien|"
    r"choroba psych|choroby psych|orzeczeni|stopien niepeln|stopnia niepeln|uposledz|epileps|zespol downa|"
    r"rak piersi|hiv|afazj|porazenie mozg|diagnosis|schizophren|depression|epilep|autism|diabet|cancer)"
)
_LOOKED_AT = 100_000
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_PESEL = re.compile(r"(?<!\d)\d{11}(?!\d)")


def plain_int(value: Any) -> int | None:
    """``value`` if it is a whole number, else None (text that could not be read, nothing)."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def plain_date(value: Any) -> date | None:
    """``value`` as a date if it is one, else None."""
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def text_time(value: Any) -> int | None:
    """Minutes after midnight of an ``HH:MM``, else None."""
    if not isinstance(value, str) or not _CLOCK.fullmatch(value):
        return None
    return int(value[:2]) * 60 + int(value[3:])


def end_before_start(values: Values, field: str) -> Iterator[Problem]:
    """An end that is not after the start, told at ``field``."""
    start, end = text_time(values.get("start")), text_time(values.get("end"))
    if start is None or end is None or end > start:
        return
    shown = {"start": values["start"]}
    if end == start:
        message = Message(N_("The end is the same as the start ({start}). Correct the time."), shown)
    else:
        message = Message(N_("The end is earlier than the start ({start}). Correct the time."), shown)
    yield Problem(field, Level.ERROR, "end_before_start", message)


def dates_in_order(values: Values, first: str, last: str) -> Iterator[Problem]:
    """A last day before the first; partial dates are compared as far as both go."""
    one, two = values.get(first), values.get(last)
    if not isinstance(one, str) or not isinstance(two, str):
        return
    length = min(len(one), len(two))
    if two[:length] < one[:length]:
        shown = ".".join(reversed(one.split("-")))
        message = Message(N_("The last day is earlier than the first ({first}). Correct the date."), {"first": shown})
        yield Problem(last, Level.ERROR, "dates_in_order", message)


def outside_period(values: Values, name: str, lookup: Lookup) -> Iterator[Problem]:
    """A date more than thirty days outside the project's period."""
    day = plain_date(values.get(name))
    project = lookup.project()
    first, last = plain_date(project.get("date_from")), plain_date(project.get("date_to"))
    if day is None or first is None or last is None or first > last:
        return
    if _before(day, first) or _before(last, day):
        shown = {"first": f"{first:%d.%m.%Y}", "last": f"{last:%d.%m.%Y}"}
        message = Message(N_("The date is outside the project's period ({first}–{last}). Check the year."), shown)
        yield Problem(name, Level.WARNING, "outside_period", message)


def _before(early: date, late: date) -> bool:
    return late - early > PERIOD_SLACK


def _cells(matrix: Any) -> Iterator[tuple[str, str, Any]]:
    if isinstance(matrix, dict):
        for row, cells in matrix.items():
            if isinstance(cells, dict):
                for column, cell in cells.items():
                    yield row, column, cell


def count_problems(values: Values, name: str) -> Iterator[Problem]:
    """A sum that is not believable."""
    if sum(plain_int(cell) or 0 for _r, _c, cell in _cells(values.get(name))) > MOST:
        message = Message(N_("Together there are more than a million people. Correct the numbers."))
        yield Problem(name, Level.ERROR, "too_many", message)


def subgroup_problems(values: Values, part: str, whole: str) -> Iterator[Problem]:
    """Each row of ``part`` counts people of ``whole``: no cell may be larger than that column's sum."""
    group = values.get(whole)
    sums: dict[str, int] = {}
    for _row, column, cell in _cells(group):
        sums[column] = sums.get(column, 0) + (plain_int(cell) or 0)
    for _row, column, cell in _cells(values.get(part)):
        number = plain_int(cell) or 0
        if number > sums.get(column, 0):
            message = Message(
                N_("“Of which” has {part}, but the whole column has {whole}. Correct the numbers."),
                {"part": number, "whole": sums.get(column, 0)},
            )
            yield Problem(part, Level.ERROR, "subgroup_larger", message)
            return


def health_hint(values: Values, name: str) -> Iterator[Problem]:
    """A warning when free text seems to hold health data or a PESEL, which are never stored."""
    text = values.get(name)
    if not isinstance(text, str):
        return
    text = text[:_LOOKED_AT]
    if _PESEL.search(text):
        message = Message(N_("This looks like a PESEL number. Remove it: the program must not hold it."))
        yield Problem(name, Level.WARNING, "pesel", message)
    elif _HEALTH.search(fold(text)):
        message = Message(N_("This may be data about someone's health. Write it without them."))
        yield Problem(name, Level.WARNING, "health_data", message)
