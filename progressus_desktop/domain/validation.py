"""What is wrong with a record: missing and malformed fields, then the entity's own rules.

Errors keep a record a draft, warnings do not; neither stops anybody from saving what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from progressus_desktop.domain import codelists, territory
from progressus_desktop.domain.dates import FIRST_YEAR, LAST_YEAR, read_date, read_partial_date, read_time
from progressus_desktop.domain.fields import Entity, Field, Level, Lookup, Problem, Type, Values
from progressus_desktop.domain.identifiers import (
    read_email,
    read_krs,
    read_nip,
    read_phone,
    read_postal_code,
    read_regon,
    read_url,
    unusual_ending,
)
from progressus_desktop.domain.missing import missing
from progressus_desktop.domain.parsing import parse
from progressus_desktop.domain.reading import ParseError
from progressus_desktop.domain.rules import MOST
from progressus_desktop.domain.shapes import CONTROLS, checked_shape
from progressus_desktop.domain.values import empty, is_unread, readable
from progressus_desktop.words import N_, Message

__all__ = ["LONGEST", "LONGEST_TEXT", "check", "checked_shape", "field_problems"]

LONGEST = 250
"""Characters of a line of text (an organisation's name)."""

LONGEST_TEXT = 100_000
"""Characters of a long text."""

_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")

_SOME_DAY = date(2026, 1, 1)
"""Stands in for today where only the words of a message are wanted."""

Check = Callable[[Field, Any], Iterator[Problem]]


def check(entity: Entity, values: Values, lookup: Lookup, legible: Values | None = None) -> tuple[Problem, ...]:
    """All problems of a record, in the order of its fields; those of one field in the order they were found.

    ``legible`` are the values without text that could not be read, for whoever has them already.
    """
    found: list[Problem] = []
    for field in entity.required:
        if values.get(field.name) is None:
            found += field_problems(field, None)
    named = entity.named.get
    for name, value in values.items():
        known = named(name)
        if known is not None and value is not None:
            test = _PLAIN.get(known.type)
            if test is None or not test(known, value):
                found += field_problems(known, value)
    broken = {problem.field for problem in found if problem.level is Level.ERROR}
    for problem in entity.rules(readable(values) if legible is None else legible, lookup):
        doubled = problem.code == "required" and problem.field in broken
        if not doubled:
            found.append(problem)
    if len(found) > 1:
        order = {field.name: place for place, field in enumerate(entity.fields)}
        found.sort(key=lambda problem: order.get(problem.field, len(order)))
    return tuple(found)


def _plain_text(_field: Field, value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST and not value.isspace() and not CONTROLS.search(value)


def _plain_long_text(_field: Field, value: Any) -> bool:
    fits = isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT
    return fits and not value.isspace() and not CONTROLS.search(value)


def _plain_code(field: Field, value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and codelists.has(field.codes, value)


def _plain_matrix(_field: Field, value: Any) -> bool:
    if type(value) is not dict or not value:
        return False
    for cells in value.values():
        if type(cells) is not dict:
            return False
        for cell in cells.values():
            if type(cell) is not int or not 0 <= cell <= MOST:
                return False
    return True


def _plain_items(field: Field, value: Any) -> bool:
    if type(value) is not list or not value:
        return False
    for item in value:
        if type(item) is not dict:
            return False
        for part in field.parts:
            content = item.get(part.name)
            test = _PLAIN.get(part.type)
            if (content is None and part.required) or (content is not None and (not test or not test(part, content))):
                return False
    return True


_PLAIN: Mapping[Type, Callable[[Field, Any], bool]] = {
    Type.TEXT: _plain_text,
    Type.REFERENCE: _plain_text,
    Type.LONG_TEXT: _plain_long_text,
    Type.CODE: _plain_code,
    Type.DATE: lambda _field, value: _is_day(value),
    Type.TIME: lambda _field, value: isinstance(value, str) and _CLOCK.fullmatch(value) is not None,
    Type.INTEGER: lambda _field, value: type(value) is int and 0 <= value <= MOST,
    Type.BOOLEAN: lambda _field, value: type(value) is bool,
    Type.REFERENCES: lambda _field, value: type(value) is list and bool(value),
    Type.MATRIX: _plain_matrix,
    Type.MAP: _plain_items,
    Type.ROWS: _plain_items,
}
"""What is surely right, told fast; all else goes the long way and is told why."""


def field_problems(field: Field, value: Any) -> Iterator[Problem]:
    """What is wrong with one field's value by itself: required, format, length, list."""
    if empty(value) or (isinstance(value, str) and not value.strip()):
        if field.required:
            yield _error(field, "required", missing(field))
        return
    if is_unread(value):
        yield _error(field, "unreadable", _why(field, str(value["?"])))
        return
    yield from _CHECKS.get(field.type, _text)(field, value)


def _error(field: Field, code: str, message: Message) -> Problem:
    return Problem(field.name, Level.ERROR, code, message)


def _why(field: Field, text: str) -> Message:
    try:
        parse(field, text, _SOME_DAY)
    except ParseError as error:
        return error.message
    return Message(N_("This could not be read. Write it again."))


def _text(field: Field, value: Any) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield _error(field, "unreadable", Message(N_("This could not be read. Write it again.")))
        return
    most = LONGEST_TEXT if field.type is Type.LONG_TEXT else LONGEST
    if len(value) > most:
        message = Message(
            N_("The text has {length} characters, {most} fit here. Shorten it; all of it is kept until then."),
            {"length": _grouped(len(value)), "most": _grouped(most)},
        )
        yield _error(field, "too_long", message)
    if CONTROLS.search(value):
        message = Message(N_("The text holds invisible control characters. Write it again."))
        yield _error(field, "control_characters", message)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")


def _readable(read: Callable[[str], Any]) -> Check:
    def problems(field: Field, value: Any) -> Iterator[Problem]:
        try:
            read(str(value))
        except ParseError as error:
            yield _error(field, "format", error.message)

    return problems


def _is_day(value: Any) -> bool:
    """Whether this is a whole date as it is stored: what nearly every date is, told without trying every spelling."""
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return day.isoformat() == value and FIRST_YEAR <= day.year <= LAST_YEAR


def _iso(read: Callable[[str, date], str]) -> Check:
    def problems(field: Field, value: Any) -> Iterator[Problem]:
        if _is_day(value):
            return
        try:
            readable = read(str(value), _SOME_DAY) == value
        except ParseError as error:
            yield _error(field, "format", error.message)
            return
        if not readable:
            message = Message(N_("Dates are stored as year-month-day. E.g. 2026-11-27."))
            yield _error(field, "format", message)

    return problems


def _time(field: Field, value: Any) -> Iterator[Problem]:
    try:
        readable = read_time(str(value)) == value
    except ParseError as error:
        yield _error(field, "format", error.message)
        return
    if not readable:
        yield _error(field, "format", Message(N_("Times are stored as HH:MM. E.g. 09:30.")))


def _integer(field: Field, value: Any) -> Iterator[Problem]:
    if isinstance(value, bool) or not isinstance(value, int):
        yield _error(field, "unreadable", Message(N_("Write a whole number with digits. E.g. 24.")))
    elif value < 0:
        yield _error(field, "negative", Message(N_("A number cannot be below zero. E.g. 24.")))
    elif value > MOST:
        yield _error(field, "too_many", Message(N_("More than a million cannot be right. Correct the number.")))


def _boolean(field: Field, value: Any) -> Iterator[Problem]:
    if not isinstance(value, bool):
        yield _error(field, "unreadable", Message(N_("Write yes or no.")))


def _code(field: Field, value: Any) -> Iterator[Problem]:
    if not isinstance(value, str) or not codelists.has(field.codes, value):
        some = ", ".join(item.label for item in codelists.items(field.codes)[:4])
        yield _error(field, "unknown_code", Message(N_("Choose a word from the list. E.g. {some}."), {"some": some}))


def _codes(field: Field, value: Any) -> Iterator[Problem]:
    for item in value if isinstance(value, list) else [None]:
        yield from _code(field, item)


def _gmina(field: Field, value: Any) -> Iterator[Problem]:
    if not isinstance(value, str) or territory.gmina(value) is None:
        message = Message(N_("There is no such gmina. Write part of its name. E.g. Grzmi."))
        yield _error(field, "unknown_gmina", message)


def _email(field: Field, value: Any) -> Iterator[Problem]:
    problems = list(_readable(read_email)(field, value))
    yield from problems
    ending = "" if problems else unusual_ending(value)
    if ending:
        message = Message(N_("The ending “.{ending}” is unusual. Check the address."), {"ending": ending})
        yield Problem(field.name, Level.WARNING, "unusual_ending", message)


def _matrix(field: Field, value: Any) -> Iterator[Problem]:
    rows = value.items() if isinstance(value, dict) else [("", None)]
    for row, cells in rows:
        columns = cells.items() if isinstance(cells, dict) else [("", {"?": str(cells)})]
        for column, cell in columns:
            if is_unread(cell) or (cell is not None and (isinstance(cell, bool) or not isinstance(cell, int))):
                where = _where(field, row, column)
                message = Message(N_("{row}, {column}: write a whole number. E.g. 5."), where)
                yield _error(field, "unreadable", message)
            elif cell is not None and not 0 <= cell <= MOST:
                where = _where(field, row, column)
                message = Message(N_("{row}, {column}: write a number from 0 to a million."), where)
                yield _error(field, "out_of_range", message)


def _where(field: Field, row: str, column: str) -> dict[str, str]:
    return {"row": codelists.word(field.codes, row), "column": codelists.word(field.columns, column)}


def _items(field: Field, value: Any) -> Iterator[Problem]:
    for place, item in enumerate(value if isinstance(value, list) else [], start=1):
        for part in field.parts:
            content = item.get(part.name)
            for problem in field_problems(part, content) if content is not None or part.required else ():
                yield Problem(field.name, problem.level, problem.code, _placed(field, item, place, part, problem))


def _placed(field: Field, item: Mapping[str, Any], place: int, part: Field, problem: Problem) -> Message:
    if field.key_name:
        key = str(item.get(field.key_name, ""))
        name = codelists.short(field.codes, key) if field.codes else key
        return Message(N_("{item}: {problem}"), {"item": name, "problem": problem.message})
    shown = {"place": place, "part": Message(part.label), "problem": problem.message}
    return Message(N_("Row {place}, {part}: {problem}"), shown)


def _anything(_field: Field, _value: Any) -> Iterator[Problem]:
    return iter(())


_CHECKS: Mapping[Type, Check] = {
    Type.INTEGER: _integer,
    Type.BOOLEAN: _boolean,
    Type.DATE: _iso(read_date),
    Type.PARTIAL_DATE: _iso(read_partial_date),
    Type.TIME: _time,
    Type.CODE: _code,
    Type.CODES: _codes,
    Type.GMINA: _gmina,
    Type.NIP: _readable(read_nip),
    Type.REGON: _readable(read_regon),
    Type.KRS: _readable(read_krs),
    Type.POSTAL_CODE: _readable(read_postal_code),
    Type.PHONE: _readable(read_phone),
    Type.EMAIL: _email,
    Type.URL: _readable(read_url),
    Type.REFERENCES: _anything,
    Type.MATRIX: _matrix,
    Type.MAP: _items,
    Type.ROWS: _items,
}
