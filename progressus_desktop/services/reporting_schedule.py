"""From the events of a period to the schedule."""

from __future__ import annotations

from functools import partial

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Values
from progressus_desktop.reports import schedule as pages
from progressus_desktop.reports.schedule import Planned, Schedule
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_source import Asked, Render, Snapshot, period, span_words
from progressus_desktop.words import _, ngettext

_CHANGED = frozenset({"cancelled", "moved"})
_FAR = "9999-12-31"


def schedule(snapshot: Snapshot, asked: Asked) -> Render:
    """The schedule of the days asked for; without a first day it begins with the day of the newest change."""
    first, last = period(asked)
    first = first or snapshot.today.isoformat()
    events, drafts = snapshot.ready("event", first, last or _FAR)
    coming = [each for each in events if say.text(each, "status") not in _CHANGED]
    left_out = ngettext("{n} draft is left out.", "{n} drafts are left out.", drafts)
    email = say.text(snapshot.project, "office_email")
    made = Schedule(
        organisation=say.name(snapshot.lookup, snapshot.own) or snapshot.ws.name,
        period=span_words(first, last),
        events=[_planned(snapshot, each) for each in events],
        total=ngettext("{n} event.", "{n} events.", len(coming)),
        left_out=left_out if drafts else "",
        questions=email if "@" in email else "",
    )
    return partial(pages.render, made)


def _planned(snapshot: Snapshot, event: Values) -> Planned:
    status, kind = say.text(event, "status"), say.text(event, "kind")
    reason = say.text(event, "status_reason")
    state = codelists.word("event_status", status) if status else _("no status")
    sessions = say.rows(event, "sessions")
    address = [
        say.text(event, "street"), say.text(event, "locality"), say.gmina_and_powiat(say.text(event, "gmina")),
        say.text(event, "online_link"),
    ]  # fmt: skip
    return Planned(
        day=say.day(say.text(event, "date"), weekday=True),
        hours=say.when(event) if sessions else say.hours(event),
        title=say.text(event, "title") or _("Event without a title"),
        kind=codelists.word("event_kind", kind) if kind else "",
        place=say.text(event, "place_name"),
        address=", ".join(part for part in address if part),
        organiser=say.name(snapshot.lookup, say.text(event, "lead_organiser")),
        state=f"{state} ({reason})" if reason and status in _CHANGED else state,
        changed=status in _CHANGED,
    )
