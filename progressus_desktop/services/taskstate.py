"""How a task stands today, in words: open and when it is due, from whom it comes, done and when."""

from __future__ import annotations

from datetime import date

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Values
from progressus_desktop.domain.rules import plain_date
from progressus_desktop.services.state import ListState
from progressus_desktop.words import N_, _, ngettext

SOON_DAYS = 2
"""An open task due within so many days is marked."""

_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def with_weekday(value: object, *, year: bool = True) -> str:
    """An ISO date with its day of the week: "śr. 25.11.2026" (without ``year``: "śr. 25.11"); else the text."""
    day = plain_date(value)
    if day is None:
        return str(value or "")
    return f"{_(_WEEKDAYS[day.weekday()])} {day:%d.%m.%Y}" if year else f"{_(_WEEKDAYS[day.weekday()])} {day:%d.%m}"


def days_left(values: Values, today: date) -> int | None:
    """Days until a task is due, negative when it is late; None without a date."""
    due = plain_date(values.get("due"))
    return (due - today).days if due else None


def in_days(days: int) -> str:
    """In words: "today", "tomorrow", "in 3 days", "2 days late"."""
    if days < 0:
        return ngettext("{n} day late", "{n} days late", -days)
    if days == 0:
        return _("today")
    return _("tomorrow") if days == 1 else ngettext("in {n} day", "in {n} days", days)


def task_state(values: Values, today: date) -> ListState:
    """Icon, kind and words for lists: "Open, in 2 days", "Done 19.11"."""
    state = str(values.get("state") or "open")
    word = codelists.word("task_state", state)
    word = word[:1].upper() + word[1:]
    if state == "done":
        day = plain_date(values.get("done_on"))
        return ListState("circle-check", "ok", f"{word} {day:%d.%m}" if day else word)
    if state != "open":
        return ListState("circle-dashed", "muted", word)
    left = days_left(values, today)
    if left is not None and left <= SOON_DAYS:
        return ListState("triangle-alert", "err" if left < 0 else "warn", f"{word}, {in_days(left)}")
    if values.get("origin") == "office":
        return ListState("info", "info", f"{word}, {codelists.word('task_origin', 'office')}")
    return ListState("circle-dashed", "muted", word)
