"""Values of records as words on paper: dates, times, places, names of other records."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from progressus_desktop import words
from progressus_desktop.domain import codelists, territory
from progressus_desktop.domain.dates import shown_date
from progressus_desktop.domain.fields import Lookup, Values
from progressus_desktop.words import _

_PARTIAL = re.compile(r"\d{4}-\d{2}")


def text(values: Values, name: str) -> str:
    """A text field as typed; what could not be read as its type is shown as typed too."""
    value = values.get(name)
    if isinstance(value, dict):
        return str(value.get("?", ""))
    return "" if value is None else str(value)


def rows(values: Values, name: str) -> list[dict[str, Any]]:
    """The items of a map or rows field."""
    value = values.get(name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def ids(values: Values, name: str) -> list[str]:
    """The ids of a references field."""
    value = values.get(name)
    return [str(item) for item in value] if isinstance(value, list) else []


def capital(word: str) -> str:
    """``word`` with a capital first letter, the rest as it is."""
    return word[:1].upper() + word[1:]


def parsed(value: str) -> date | None:
    """The date in ``value``, or None."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def day(value: str, *, weekday: bool = False) -> str:
    """``2026-05-12`` as ``12.05.2026``, with its weekday if asked; ``2026-05`` as ``05.2026``; other text as it is."""
    found = parsed(value)
    if found is None:
        return shown_date(value) if _PARTIAL.fullmatch(value) else value
    numeric = f"{found:%d.%m.%Y}"
    if not weekday:
        return numeric
    from babel.dates import format_date

    return f"{format_date(found, 'EEEE', locale=words.language())}, {numeric}"


def short_day(value: str) -> str:
    """``2026-05-12`` as ``12.05``."""
    found = parsed(value)
    return f"{found:%d.%m}" if found else value


def from_to(first: str, last: str) -> str:
    """``03.11–20.11.2026``; whole dates on two lines where the years differ, one date where there is one."""
    if not first or not last or first == last:
        return day(first or last)
    return f"{short_day(first)}–{day(last)}" if first[:4] == last[:4] else f"{day(first)}–\n{day(last)}"


def month_name(month: str, *, with_year: bool = True) -> str:
    """``2026-05`` as ``maj 2026``."""
    from babel.dates import format_date

    pattern = "LLLL yyyy" if with_year else "LLLL"
    return format_date(date.fromisoformat(f"{month}-01"), pattern, locale=words.language())


def short_month(day: str) -> str:
    """The month of a day as ``maj``, shortened: ``sty``, ``lut``."""
    from babel.dates import format_date

    found = parsed(day)
    return format_date(found, "LLL", locale=words.language()).rstrip(".") if found else day


def hours(values: Values) -> str:
    """``10:00–14:00`` from start and end."""
    start, end = text(values, "start"), text(values, "end")
    return f"{start}–{end}" if start and end else start or end


def when(event: Values) -> str:
    """The date and times of an event; each session where it has several."""
    sessions = rows(event, "sessions")
    spans = [(text(each, "date"), hours(each)) for each in sessions] or [(text(event, "date"), hours(event))]
    return "; ".join(
        ", ".join(part for part in (day(of, weekday=len(spans) == 1), span) if part) for of, span in spans if of or span
    )


def where(event: Values, *, with_gmina: bool = False) -> str:
    """The place of an event in one line."""
    parts = [text(event, "place_name"), text(event, "street"), text(event, "locality")]
    if with_gmina:
        parts.append(gmina_name(text(event, "gmina")))
    return ", ".join(part for part in parts if part)


def gmina_name(code: str) -> str:
    """``gmina Grzmiąca``; empty for none."""
    found = territory.gmina(code)
    return _("gmina {name}", name=found.name) if found else ""


def gminas(codes: Iterable[str]) -> str:
    """``Barwice, Grzmiąca (powiat szczecinecki); Bobolice (powiat koszaliński)``."""
    by_powiat: dict[str, list[str]] = {}
    for code in codes:
        found = territory.gmina(code)
        by_powiat.setdefault(found.powiat if found else "", []).append(found.name if found else code)
    return "; ".join(
        _("{names} (powiat {powiat})", names=", ".join(names), powiat=powiat) if powiat else ", ".join(names)
        for powiat, names in by_powiat.items()
    )


def gmina_and_powiat(code: str) -> str:
    """``gmina Grzmiąca, powiat szczecinecki``."""
    found = territory.gmina(code)
    return _("gmina {name}, powiat {powiat}", name=found.name, powiat=found.powiat) if found else code


def names(lookup: Lookup, entity: str, wanted: Iterable[str], field: str = "name") -> list[str]:
    """The names of records; absent ones are left out."""
    found = (lookup.record(entity, each) for each in wanted if each)
    return [text(values, field) for values in found if values and text(values, field)]


def name(lookup: Lookup, record_id: str) -> str:
    """The name of a partner, empty if there is none."""
    return ", ".join(names(lookup, "partner", [record_id]))


def file_name(lookup: Lookup, record_id: str) -> str:
    """A photo or file by its kind, caption and event, else partner; empty if it is not here."""
    found = lookup.record("photo", record_id)
    if not found:
        return ""
    kind, event = text(found, "kind"), lookup.record("event", text(found, "event")) or {}
    about = " ".join(part for part in (text(event, "title"), day(text(event, "date"))) if part)
    about = about or name(lookup, text(found, "partner"))
    word = capital(codelists.word("photo_kind", kind)) if kind else ""
    return " · ".join(part for part in (word, text(found, "caption"), about) if part)


def person(values: Values | None) -> str:
    """First and last name of a user."""
    return " ".join(part for part in (text(values or {}, "first_name"), text(values or {}, "last_name")) if part)


def codes(code_list: str, wanted: Iterable[str]) -> str:
    """The words of codes, in the list's own order."""
    chosen = set(wanted)
    return ", ".join(codelists.word(code_list, code) for code in codelists.codes(code_list) if code in chosen)


def chip(event: Values, entry: str) -> str:
    """The kind of the chip round an event's state."""
    if entry == "draft":
        return "warn"
    return "ok" if text(event, "status") == "held" else "info"
