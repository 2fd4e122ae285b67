"""Dates and times as people type them."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from progressus_desktop.domain.reading import ParseError
from progressus_desktop.domain.sorting import fold
from progressus_desktop.words import N_, Message

FIRST_YEAR, LAST_YEAR = 1900, 2199
_PIVOT = 70
_MOST_DAYS = 36_600

_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip

_SPELLED = (
    "sty jan", "lut feb", "mar", "kwi apr", "maj may", "cze jun",
    "lip jul", "sie aug", "wrz sep", "paz oct", "lis nov", "gru dec",
)  # fmt: skip
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_RELATIVE = {"dzis": 0, "dzisiaj": 0, "today": 0, "wczoraj": -1, "yesterday": -1, "jutro": 1, "tomorrow": 1}
_WEEKDAY = re.compile(r"(pon|wt|sr|czw|pt|pia|sob|nie|mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+(?=\d)")
_FEBRUARY = 2

_NOT_A_DATE = N_("This is not a date. Write day, month and year. E.g. 27.11.2026.")
_NOT_PARTIAL = N_("This is not a date. Write the year, or month and year, or the whole date. E.g. 03.2026.")
_NOT_A_TIME = N_("This is not a time. Hours go from 0 to 23, minutes from 0 to 59. E.g. 16:30.")


def _year(text: str) -> int:
    number = int(text)
    if len(text) <= 2:  # noqa: PLR2004 - two digits of a year
        return number + (2000 if number < _PIVOT else 1900)
    return number


def _year_word(text: str) -> str:
    """The text folded, without the "r." that may stand after the year."""
    return re.sub(r"(?<=\d)\s?r$", "", fold(text).strip().rstrip(".")).strip()


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    if text in _ROMAN:
        return _ROMAN.index(text) + 1
    return next((place for place, begins in enumerate(_SPELLED, 1) if text[:3] in begins.split()), None)


def _real(year: int, month: int, day: int) -> str:
    """The ISO date, if the calendar has it."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ParseError(Message(N_("The year {year} cannot be right. E.g. 27.11.2026."), {"year": year}))
    if not 1 <= month <= len(_MONTHS):
        raise ParseError(Message(N_("A year has 12 months. Write day, month and year. E.g. 27.11.2026.")))
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        name = Message(_MONTHS[month - 1])
        shown = {"month": name, "year": year, "days": days}
        if month == _FEBRUARY:
            raise ParseError(Message(N_("{month} {year} has {days} days. Correct the date."), shown))
        raise ParseError(Message(N_("{month} has {days} days. Correct the date."), shown))
    return date(year, month, day).isoformat()


def read_date(text: str, today: date) -> str:
    """An ISO date from ``27.11.2026``, ``27.11``, ``27-11-26``, ``27 listopada``, ``dziś``, ``+7`` and the like.

    A date without a year is in the year of ``today``.

    Raises:
        ParseError: the text is no date.
    """
    folded = _WEEKDAY.sub("", _year_word(text))
    if folded in _RELATIVE:
        return (today + timedelta(_RELATIVE[folded])).isoformat()
    if match := re.fullmatch(r"([+\-\u2212\u2013])\s?(\d{1,5})", folded):
        days = int(match[2])
        if days <= _MOST_DAYS:
            moved = today + timedelta(days if match[1] == "+" else -days)
            return _real(moved.year, moved.month, moved.day)
    if match := re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", folded):
        return _real(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{2})(\d{2})(\d{4}|\d{2})", folded):
        return _real(_year(match[3]), int(match[2]), int(match[1]))
    match = re.fullmatch(r"(\d{1,2})\s*[-./, ]\s*([a-z]+|\d{1,2})(?:\s*[-./, ]\s*(\d{4}|\d{2}))?", folded)
    month = _month(match[2]) if match else None
    if match is None or month is None:
        raise ParseError(Message(_NOT_A_DATE))
    return _real(_year(match[3]) if match[3] else today.year, month, int(match[1]))


def read_partial_date(text: str, today: date) -> str:
    """``2026``, ``2026-03`` or a whole ISO date from a year, a month with its year, or a date.

    Raises:
        ParseError: the text is none of these.
    """
    folded = _year_word(text)
    if re.fullmatch(r"\d{4}", folded):
        return _real(int(folded), 1, 1)[:4]
    if match := re.fullmatch(r"(\d{4})[-./](\d{1,2})", folded):
        return _real(int(match[1]), int(match[2]), 1)[:7]
    if match := re.fullmatch(r"([a-z]+|\d{1,2})\s*[-./ ]\s*(\d{4})", folded):
        month = _month(match[1])
        if month is not None:
            return _real(int(match[2]), month, 1)[:7]
    try:
        return read_date(text, today)
    except ParseError as error:
        if error.message.text == _NOT_A_DATE:
            raise ParseError(Message(_NOT_PARTIAL)) from None
        raise


def read_time(text: str) -> str:
    """``HH:MM`` from ``9``, ``930``, ``1600``, ``16.00``, ``9:30``.

    Raises:
        ParseError: the text is no time of day.
    """
    folded = fold(text).strip().removesuffix("h").removeprefix("godz.").strip()
    match = re.fullmatch(r"(\d{1,2})(?:\s*[:.,h ]\s*(\d{2}))?", folded) or re.fullmatch(r"(\d{1,2})(\d{2})", folded)
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (24, 0)
    if hour > 23 or minute > 59:  # noqa: PLR2004 - hours and minutes of a day
        raise ParseError(Message(_NOT_A_TIME))
    return f"{hour:02}:{minute:02}"


def shown_date(value: str) -> str:
    """A stored date, whole or partial, as people write it: ``27.11.2026``, ``03.2026``, ``2026``."""
    return ".".join(reversed(value.split("-")))
