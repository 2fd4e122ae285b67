"""What the preview beside a list says of a record: a few facts in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from progressus_desktop.domain import codelists, indicator, parsing, territory
from progressus_desktop.domain.catalog import entity
from progressus_desktop.domain.event_rules import column_total, counted, total
from progressus_desktop.domain.fields import Lookup, Type, Values
from progressus_desktop.domain.records import Record
from progressus_desktop.gui.columns import NONE, SILENT_DAYS, Mark, days_ago
from progressus_desktop.services.taskstate import days_left, in_days, with_weekday
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, _, ngettext

_DAY = len("2026-11-27")
_MOST_NAMES = 6


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled fact; ``half`` takes half of the width."""

    label: str
    words: str
    half: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the preview shows besides the state sentence. ``photos`` are content hashes."""

    facts: tuple[Fact, ...] = ()
    warnings: tuple[tuple[Mark, str], ...] = ()
    photos: tuple[tuple[str, str], ...] = ()


def as_typed(value: Any) -> str:
    """A value as text; one that could not be read as its type as it was typed."""
    return str(value.get("?", "")) if isinstance(value, dict) else str(value or "")


def day_words(value: Any) -> str:
    """An ISO date as 27.11.2026; text that is no date as it was typed."""
    text = as_typed(value)
    return f"{text[8:10]}.{text[5:7]}.{text[:4]}" if len(text) == _DAY else text


def title_of(ws: Workspace, record: Record) -> str:
    """A record's name on screen."""
    of = entity(record.entity)
    if record.entity == indicator.NAME:
        return indicator.words_of(record.fields)[0] or record.code or _("Without a name")
    words = []
    for name in of.title:
        value = record.fields.get(name)
        if isinstance(value, dict):
            words.append(str(value.get("?", "")))
        elif name == "topic" and value:
            words.append(f"{value} {codelists.short('topic', str(value))}:")
        elif value:
            field = of.field(name)
            known = query.title(ws, field.target, str(value)) if field.type is Type.REFERENCE else ""
            words.append(known or parsing.shown(field, value))
    return " ".join(word for word in words if word) or record.code or _("Without a name")


def _names(ids: Iterable[Any], lookup: Lookup) -> str:
    found = [lookup.record("partner", each) for each in ids if isinstance(each, str)]
    names = [str(each.get("short_name") or each.get("name") or "") for each in found if each]
    more = len(names) - _MOST_NAMES
    rest = ngettext("and {n} more", "and {n} more", more) if more > 0 else ""
    return ", ".join([*names[:_MOST_NAMES], rest] if rest else names)


def _when(fields: Values) -> str:
    start, end = fields.get("start"), fields.get("end")
    hours = "–".join(each for each in (start, end) if isinstance(each, str) and each)
    return ", ".join(part for part in (day_words(fields.get("date")), hours) if part)


def _where(fields: Values) -> str:
    parts = [fields.get(name) for name in ("place_name", "street", "locality")]
    code = fields.get("gmina")
    gmina = territory.gmina(code) if isinstance(code, str) else None
    if gmina is not None and gmina.name != fields.get("locality"):
        parts.append(_("gm. {name}", name=gmina.name))
    return ", ".join(str(part) for part in parts if part and isinstance(part, str))


def _people(fields: Values) -> str:
    matrix = fields.get("participants")
    everyone = total(matrix)
    if not everyone:
        return NONE
    signs = {"f": _("W"), "m": _("M"), "x": _("n/s")}
    parts = [f"{sign} {number}" for column, sign in signs.items() if (number := column_total(matrix, column))]
    return f"{everyone} ({', '.join(parts)})"


def _event(ws: Workspace, record: Record, lookup: Lookup, _today: date) -> Facts:
    fields = counted({**record.fields, "id": record.id}, lookup)
    partners = _names(dict.fromkeys([*(fields.get("partners") or ()), *(fields.get("co_organisers") or ())]), lookup)
    topics = ", ".join(sorted(str(item.get("topic", "")) for item in fields.get("topics") or ()))
    photos = [
        each.fields for each in query.linked(ws, "photo", "event", record.id) if each.fields.get("kind") == "photo"
    ]
    arrangements = [str(row.get("what") or "") for row in fields.get("arrangements") or ()]
    facts = [
        Fact(N_("When"), _when(fields), half=True),
        Fact(N_("Participants"), _people(fields), half=True),
        Fact(N_("Where"), _where(fields)),
        Fact(N_("Partners present"), partners),
        Fact(N_("Topics"), topics or NONE, half=True),
        Fact(N_("Photos"), str(len(photos) or NONE), half=True),
        Fact(N_("Arrangements"), "; ".join(each for each in arrangements[:2] if each)),
    ]
    pictures = [
        (str(each.get("shared_copy") or each.get("original") or ""), str(each.get("alt") or each.get("caption") or ""))
        for each in photos
    ]
    return Facts(_told(facts), photos=tuple(each for each in pictures[:3] if each[0]))


def _contact_person(ws: Workspace, record: Record, lookup: Lookup) -> str:
    for each in query.linked(ws, "contact", "partner", record.id, limit=1):
        person = lookup.record("person", str(each.fields.get("person") or "")) or {}
        name = " ".join(str(person[part]) for part in ("first_name", "last_name") if person.get(part))
        return ", ".join(part for part in (name, str(each.fields.get("function") or "")) if part)
    return ""


def _partner(ws: Workspace, record: Record, lookup: Lookup, today: date) -> Facts:
    fields = record.fields
    newest = next(iter(query.linked(ws, "interaction", "partners", record.id, limit=1)), None)
    last = ""
    if newest is not None:
        channel = codelists.word("channel", str(newest.fields.get("channel") or ""))
        last = f"{day_words(newest.fields.get('date'))}, {channel}: {newest.fields.get('subject') or ''}"
    elif record.derived.get("last_contact"):
        last = day_words(record.derived["last_contact"])
    address = " ".join(as_typed(fields[name]) for name in ("street", "house") if fields.get(name))
    place = " ".join(as_typed(fields[name]) for name in ("postal_code", "locality") if fields.get(name))
    facts = [
        Fact(N_("Contact person"), _contact_person(ws, record, lookup)),
        Fact(N_("Phone"), shown_value(ws, record, "phone")),
        Fact(N_("E-mail"), shown_value(ws, record, "email")),
        Fact(N_("Address"), ", ".join(part for part in (address, place) if part)),
        Fact(N_("Last contact"), last or NONE),
    ]
    warnings = []
    days = days_ago(str(record.derived.get("last_contact") or ""), today)
    if days is not None and days > SILENT_DAYS:
        words = ngettext("No contact for {n} day", "No contact for {n} days", days)
        warnings.append((Mark("triangle-alert", "warn"), words))
    return Facts(_told(facts), tuple(warnings))


def shown_value(ws: Workspace, record: Record, name: str) -> str:
    """A field of a record as it is read, empty if nothing stands in it."""
    value = record.fields.get(name)
    field = entity(record.entity).field(name)
    if record.entity == indicator.NAME and name in indicator.SPOKEN:
        return indicator.words_of(record.fields)[indicator.SPOKEN.index(name)]
    if field.codes == "topic" and isinstance(value, str):
        return f"{value} {codelists.short('topic', value)}"
    if field.type is Type.REFERENCE and isinstance(value, str):
        return query.title(ws, field.target, value)
    return parsing.shown(field, value) if value else ""


def _task(_ws: Workspace, record: Record, _lookup: Lookup, today: date) -> Facts:
    fields = record.fields
    due = with_weekday(fields.get("due"))
    left = days_left(fields, today)
    if left is not None and fields.get("state") in {None, "open"}:
        due = f"{due} ({in_days(left)})"
    facts = [
        Fact(N_("Due on"), due),
        Fact(N_("Who does it"), str(fields.get("who") or NONE)),
        Fact(N_("What exactly"), str(fields.get("note") or "")),
        Fact(N_("What it is about"), str(record.derived.get("about") or NONE)),
        Fact(N_("Done on"), with_weekday(fields.get("done_on"))),
        Fact(N_("Evidence"), str(fields.get("evidence") or NONE)),
    ]
    return Facts(_told(facts))


def _other(ws: Workspace, record: Record, _lookup: Lookup, _today: date) -> Facts:
    placed = sorted((each for each in entity(record.entity).fields if each.column), key=lambda each: each.column)
    return Facts(_told([Fact(each.label, shown_value(ws, record, each.name)) for each in placed]))


def _told(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    return tuple(each for each in facts if each.words)


_READERS: dict[str, Callable[[Workspace, Record, Lookup, date], Facts]] = {
    "event": _event,
    "partner": _partner,
    "task": _task,
}


def facts_of(ws: Workspace, record: Record, today: date) -> Facts:
    """The facts to show of one record."""
    read = _READERS.get(record.entity, _other)
    return read(ws, record, query.lookup(ws), today)
