"""The state of a record in words: a sentence in heads and previews, its main part in lists (design-language.md, 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from progressus_desktop.clock import local
from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Level
from progressus_desktop.domain.records import Record
from progressus_desktop.words import N_, NN_, _, language, ngettext

SEPARATOR = " · "

_PLANNED = {"planned", "confirmed"}

_STAGE_ICONS = {
    "identified": ("circle-dashed", "muted"),
    "contacted": ("info", "info"),
    "talks": ("info", "info"),
    "paused": ("triangle-alert", "warn"),
    "ended": ("circle-dashed", "muted"),
    "refused": ("circle-x", "err"),
}

_HAPPENING = {
    "event": ("status", "event_status"),
    "partner": ("stage", "stage"),
    "cluster": ("stage", "cluster_stage"),
    "action": ("state", "action_state"),
    "task": ("state", "task_state"),
    "observation": ("kind", "observation_kind"),
    "monthly_report": ("state", "report_state"),
}
"""What happened with a record of a type: the field or derived value, and its code list."""

_DELIVERY = {
    "local": N_("only on this laptop"),
    "to_send": N_("to be sent"),
    "packed": N_("in a package, not confirmed"),
    "confirmed": N_("the office has it"),
}


class RowState(Protocol):
    """What a row of a list says about its record's state."""

    @property
    def values(self) -> Mapping[str, Any]:
        """The row's columns: ``entry``, ``errors``, ``warnings``, ``delivery``; ``status`` for an event."""


@dataclass(frozen=True, slots=True)
class ListState:
    """An icon (a Lucide name), a kind of token (ok, warn, err, planned, draft, muted) and words."""

    icon: str
    kind: str
    words: str


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _errors(n: int) -> str:
    one, many = NN_("{n} error", "{n} errors")
    return ngettext(one, many, n)


def _warnings(n: int) -> str:
    one, many = NN_("{n} warning", "{n} warnings")
    return ngettext(one, many, n)


def _mark(planned: bool, entry: str, errors: int, warnings: int, delivery: str) -> ListState:  # noqa: FBT001, PLR0911 - a table
    """What needs attention first: errors, then draft, planned, warnings, delivery."""
    if errors:
        head = _("Planned") if planned else _capital(codelists.word("entry", entry))
        return ListState("circle-x", "err", f"{head}, {_errors(errors)}")
    if entry == "draft":
        return ListState("pencil", "draft", _capital(codelists.word("entry", entry)))
    if entry == "archived":
        return ListState("archive", "muted", _capital(codelists.word("entry", entry)))
    if planned:
        return ListState("calendar-clock", "planned", _("Planned"))
    if warnings:
        return ListState("triangle-alert", "warn", f"{_('Ready')}, {_warnings(warnings)}")
    if delivery == "to_send":
        return ListState("circle-check", "ok", f"{_('Ready')}, {_('to be sent')}")
    if delivery == "confirmed":
        return ListState("circle-check", "ok", _capital(_(_DELIVERY["confirmed"])))
    return ListState("circle-check", "ok", _("Ready"))


def list_state(row: RowState) -> ListState:
    """What the column State shows of a row."""
    values = row.values
    planned = values.get("status") in _PLANNED
    errors, warnings = int(values.get("errors") or 0), int(values.get("warnings") or 0)
    entry, delivery = str(values.get("entry") or "draft"), str(values.get("delivery") or "local")
    return _mark(planned, entry, errors, warnings, delivery)


def _counts(record: Record) -> tuple[int, int]:
    levels = [problem.level for problem in record.problems]
    return levels.count(Level.ERROR), levels.count(Level.WARNING)


def _code(record: Record, name: str) -> str:
    """A code, empty for none and for text that could not be read."""
    value = record.fields.get(name)
    return value if isinstance(value, str) else ""


def record_mark(record: Record) -> ListState:
    """The icon and kind that stand before the state sentence of a record."""
    errors, warnings = _counts(record)
    stage = record.derived.get("stage")
    if not errors and record.entry == "ready" and isinstance(stage, str) and stage in _STAGE_ICONS:
        icon, kind = _STAGE_ICONS[stage]
        return ListState(icon, kind, _capital(codelists.word("stage", stage)))
    planned = _code(record, "status") in _PLANNED
    found = _mark(planned, record.entry, errors, warnings, record.delivery)
    if record.entry == "draft" and not planned:
        return ListState("pencil", "draft", found.words)
    return found


def what_happened(record: Record) -> str:
    """The first part: an event's status, a partner's stage of cooperation, a task's state; empty if there is none."""
    name, codes = _HAPPENING.get(record.entity, ("", ""))
    value = record.fields.get(name) or record.derived.get(name)
    if record.entity == "monthly_report" and value in ("draft", "ready"):  # it may be what could not be read
        return ""  # the state of entry says the same
    words = [_capital(codelists.word(codes, value))] if isinstance(value, str) else []
    if record.entity == "task" and _code(record, "origin") not in {"", "own"}:
        words.append(codelists.word("task_origin", _code(record, "origin")))
    return SEPARATOR.join(words)


def _entry(record: Record) -> str:
    errors, warnings = _counts(record)
    word = codelists.word("entry", record.entry or "draft")
    if errors:
        return f"{word}, {_errors(errors)}"
    return f"{word}, {_warnings(warnings)}" if warnings and record.entry == "ready" else word


def delivery_words(record: Record) -> str:
    """The last part: where the record is besides this laptop, and since when."""
    if record.delivered_ms and record.delivery == "confirmed":
        return _("the office has it since {day}", day=_day(record.delivered_ms))
    if record.delivered_ms and record.delivery == "packed":
        return _("in a package of {day}, not confirmed", day=_day(record.delivered_ms))
    return _(_DELIVERY.get(record.delivery, record.delivery))


def _day(milliseconds: int) -> str:
    from babel.dates import format_date

    return str(format_date(local(milliseconds).date(), "d MMMM", locale=language()))


def state_sentence(record: Record) -> str:
    """All states of a record in one sentence: "Odbyło się · gotowe · tylko na tym laptopie"."""
    if record.merged_into:
        return SEPARATOR.join(part for part in (what_happened(record), _("merged into another record")) if part)
    if record.deleted:
        return SEPARATOR.join(part for part in (what_happened(record), _("in the bin")) if part)
    parts = (what_happened(record), _entry(record), delivery_words(record))
    sentence = SEPARATOR.join(part for part in parts if part)
    return _capital(sentence)
