"""Which columns a list has, and the words and marks in them, from the entity's own declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from progressus_desktop.domain import codelists, indicator, parsing
from progressus_desktop.domain.fields import Derived, Entity, Field, Type
from progressus_desktop.services import state
from progressus_desktop.services.taskstate import task_state, with_weekday
from progressus_desktop.words import N_, ngettext

NONE = "–"
SILENT_DAYS = 60
_RIGHT = frozenset({Type.INTEGER})
STATE = "state"
_KINDS = frozenset({("partner", "kind"), ("monthly_report", "kind")})


@dataclass(frozen=True, slots=True)
class Mark:
    """An icon before the words of a cell; ``token`` names the colour of both."""

    icon: str
    token: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    ``text`` makes its words from a row, ``short`` those of the compact layout, ``mark`` the icon;
    ``most`` is its greatest width in characters; ``gives_way`` hides it where 1280 px are not enough.
    """

    name: str
    label: str
    text: Callable[[Any], str]
    mark: Callable[[Any], Mark | None] | None = None
    short: Callable[[Any], str] | None = None
    right: bool = False
    stretch: bool = False
    sortable: bool = True
    in_compact: bool = False
    gives_way: bool = False
    most: int = 24


_STAGES: Mapping[str, Mark] = {
    "identified": Mark("circle-dashed", "muted"),
    "contacted": Mark("info", "info"),
    "talks": Mark("info", "info"),
    "declared": Mark("circle-check", "ok"),
    "agreement": Mark("circle-check", "ok"),
    "active": Mark("circle-check", "ok"),
    "paused": Mark("triangle-alert", "warn"),
    "ended": Mark("circle-dashed", "muted"),
    "refused": Mark("circle-x", "err"),
}
_ACTIONS: Mapping[str, Mark] = {
    "planned": Mark("calendar-clock", "info"),
    "in_progress": Mark("circle-check", "ok"),
    "finished": Mark("circle-dashed", "muted"),
    "abandoned": Mark("circle-x", "muted"),
}
_OBSERVED: Mapping[str, Mark] = {
    "works": Mark("circle-check", "ok"),
    "problem": Mark("triangle-alert", "warn"),
    "barrier": Mark("triangle-alert", "warn"),
    "idea": Mark("lightbulb", "info"),
    "question": Mark("circle-help", "info"),
    "quote": Mark("message-square", "muted"),
}
_DECIDED: Mapping[str, Mark] = {
    "open": Mark("circle-dashed", "muted"),
    "accepted": Mark("circle-check", "ok"),
    "rejected": Mark("circle-x", "err"),
    "later": Mark("clock", "info"),
}
_REPORTED: Mapping[str, Mark] = {
    "draft": Mark("pencil", "text"),
    "ready": Mark("circle-check", "ok"),
    "sent": Mark("send", "info"),
    "returned": Mark("triangle-alert", "warn"),
    "accepted": Mark("circle-check", "ok"),
}
MARKS: Mapping[str, Mapping[str, Mark]] = {
    "stage": _STAGES,
    "report_state": _REPORTED,
    "action_state": _ACTIONS,
    "observation_kind": _OBSERVED,
    "observation_decision": _DECIDED,
}
"""Code lists whose words carry an icon and a colour wherever they stand in a table."""

_NAMED_BY = {"monthly_report": "tester", "talking_point": "text_pl"}
"""The column that takes the room that is left, where it is not the title: by it a person finds the row."""

Names = Callable[[str, str], str]
"""The name of a record, from its type and id."""


def days_ago(day: str, today: date) -> int | None:
    """Days from an ISO date to today, None if it is no full date."""
    try:
        return (today - date.fromisoformat(day)).days
    except ValueError:
        return None


def since_words(days: int) -> str:
    """In words: "103 days ago"."""
    return ngettext("{n} day ago", "{n} days ago", days)


def _plain(name: str, field: Field, names: Names, row: Any) -> str:
    value = row.values.get(name)
    if value is None or value == "":
        return NONE if field.type in {Type.INTEGER, Type.DATE, Type.PARTIAL_DATE} else ""
    if field.type is Type.REFERENCE:
        return names(field.target, value)
    if field.codes == "topic":
        return str(value)
    if field.type is Type.CODE and field.codes:
        return codelists.short(field.codes, value)
    return parsing.shown(field, value)


def _of_indicator(place: int, row: Any) -> str:
    return indicator.words_of(row.values)[place]


def _capital(name: str, codes: str, row: Any) -> str:
    value = row.values.get(name)
    word = codelists.word(codes, value) if value else ""
    return word[:1].upper() + word[1:]


def _code_mark(name: str, codes: str, row: Any) -> Mark | None:
    return MARKS[codes].get(row.values.get(name) or "")


def _contact_text(name: str, today: Callable[[], date], row: Any) -> str:
    value = row.values.get(name) or ""
    days = days_ago(value, today())
    if days is None:
        return NONE
    return since_words(days) if days > SILENT_DAYS else date.fromisoformat(value).strftime("%d.%m.%Y")


def _contact_mark(name: str, today: Callable[[], date], row: Any) -> Mark | None:
    days = days_ago(row.values.get(name) or "", today())
    return Mark("triangle-alert", "warn") if days is not None and days > SILENT_DAYS else None


def _short_date(name: str, row: Any) -> str:
    value = row.values.get(name) or ""
    return f"{value[8:10]}.{value[5:7]}" if len(value) == len("2026-11-27") else NONE


_STATE_TOKENS: Mapping[str, str] = {"draft": "text", "planned": "info"}


def token_of(kind: str) -> str:
    """The colour token of a kind of state."""
    return _STATE_TOKENS.get(kind, kind)


class _State:
    """What a row says about its record's state, as the services read it."""

    __slots__ = ("delivery", "entry", "errors", "values", "warnings")

    def __init__(self, row: Any) -> None:
        values = self.values = row.values
        self.entry = values.get("entry") or "draft"
        self.errors = values.get("errors") or 0
        self.warnings = values.get("warnings") or 0
        self.delivery = values.get("delivery") or "local"


def _state_text(row: Any) -> str:
    return state.list_state(_State(row)).words


def _state_mark(row: Any) -> Mark:
    shown = state.list_state(_State(row))
    return Mark(shown.icon, token_of(shown.kind))


def _state_short(row: Any) -> str:
    errors = row.values.get("errors") or 0
    return ngettext("{n} error", "{n} errors", errors) if errors else _state_text(row)


def _task_text(today: Callable[[], date], row: Any) -> str:
    return task_state(row.values, today()).words


def _task_mark(today: Callable[[], date], row: Any) -> Mark:
    shown = task_state(row.values, today())
    return Mark(shown.icon, token_of(shown.kind))


def _due(row: Any) -> str:
    return with_weekday(row.values.get("due")) or NONE


def _column(entity: Entity, item: Field | Derived, today: Callable[[], date], names: Names) -> Column:
    field = item if isinstance(item, Field) else item.as_field()
    name = field.name
    if (entity.name, name) == ("task", "state"):
        state_words, state_mark = partial(_task_text, today), partial(_task_mark, today)
        return Column(name, N_("State"), state_words, state_mark, in_compact=True, most=30)
    if (entity.name, name) == ("task", "due"):
        return Column(name, field.label, _due, short=partial(_short_date, name), in_compact=True)
    if field.codes in MARKS:
        words, mark = partial(_capital, name, field.codes), partial(_code_mark, name, field.codes)
        label = N_("State") if (entity.name, name) == ("monthly_report", STATE) else field.label
        return Column(name, label, words, mark, in_compact=True, most=34)
    if (entity.name, name) == ("partner", "last_contact"):
        return Column(name, field.label, partial(_contact_text, name, today), partial(_contact_mark, name, today))
    label = N_("Kind") if (entity.name, name) in _KINDS else field.label
    words = partial(_plain, name, field, names)
    if entity.name == indicator.NAME and name in indicator.SPOKEN:
        words = partial(_of_indicator, indicator.SPOKEN.index(name))
    named = name == _NAMED_BY.get(entity.name, entity.title[0])
    return Column(
        name,
        label,
        words,
        short=partial(_short_date, name) if field.type is Type.DATE else None,
        right=field.type in _RIGHT,
        stretch=named,
        in_compact=named or name in entity.title or field.type is Type.DATE,
        gives_way=name == "locality",
    )


def columns_of(entity: Entity, today: Callable[[], date], names: Names) -> tuple[Column, ...]:
    """The columns of ``entity`` in the order of their declaration.

    ``today`` gives the date that "103 days ago" counts from, ``names`` the names of records referred to.
    Record types that a person marks ready get the column State, which says what needs attention first, unless they
    have a state of their own.
    """
    items: Sequence[Field | Derived] = (*entity.fields, *entity.derived)
    placed = sorted((each for each in items if each.column), key=lambda each: each.column)
    columns = [_column(entity, each, today, names) for each in placed]
    if entity.ready_by_person and all(each.name != STATE for each in columns):
        columns.append(
            Column(STATE, N_("State"), _state_text, _state_mark, _state_short, sortable=False, in_compact=True, most=26)
        )
    return tuple(columns)
