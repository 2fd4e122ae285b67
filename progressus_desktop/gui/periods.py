"""Periods of a list's filter: names as people say them and their first and last day."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from progressus_desktop.words import _, language

_QUARTER = 3
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Period:
    """``label`` for the combo, ``short`` for the compact layout, ISO dates of both ends."""

    key: str
    label: str
    short: str
    dates: tuple[str, str]


def month_name(year: int, month: int) -> str:
    """A month as "listopad 2026", in the language in force."""
    return f"{format_date(date(year, month, 1), 'LLLL', locale=language())} {year}"


def months_name(first: str, last: str) -> str:
    """From one month (``2026-06``) to another: "czerwiec–listopad 2026"."""
    (year, month), (end_year, end_month) = ((int(each[:4]), int(each[5:])) for each in (first, last))
    if year != end_year:
        return f"{month_name(year, month)} – {month_name(end_year, end_month)}"
    return f"{format_date(date(year, month, 1), 'LLLL', locale=language())}–{month_name(end_year, end_month)}"


def _short_month(month: int) -> str:
    return format_date(date(2000, month, 1), "LLL", locale=language()).rstrip(".")


def _last(year: int, month: int) -> str:
    return date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def _month(key: str, year: int, month: int) -> Period:
    ends = date(year, month, 1).isoformat(), _last(year, month)
    return Period(key, month_name(year, month), f"{_short_month(month)} {year}", ends)


def _quarter(key: str, year: int, first: int) -> Period:
    last = first + _QUARTER - 1
    start = format_date(date(year, first, 1), "LLLL", locale=language())
    ends = date(year, first, 1).isoformat(), _last(year, last)
    short = f"{_short_month(first)}–{_short_month(last)} {year}"
    return Period(key, f"{start}–{month_name(year, last)}", short, ends)


def _year(key: str, year: int) -> Period:
    return Period(key, _("year {year}", year=year), str(year), (f"{year}-01-01", f"{year}-12-31"))


def before(year: int, month: int, months: int) -> tuple[int, int]:
    """Year and month ``months`` earlier."""
    number = year * _MONTHS + month - 1 - months
    return number // _MONTHS, number % _MONTHS + 1


def periods(today: date) -> tuple[Period, ...]:
    """What the period filter offers on this day, the narrowest first."""
    year, month = today.year, today.month
    quarter = (month - 1) // _QUARTER * _QUARTER + 1
    return (
        _month("month", year, month),
        _month("last_month", *before(year, month, 1)),
        _quarter("quarter", year, quarter),
        _quarter("last_quarter", *before(year, quarter, _QUARTER)),
        _year("year", year),
        _year("last_year", year - 1),
    )
