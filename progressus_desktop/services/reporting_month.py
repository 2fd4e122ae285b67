"""From a month's events, contacts and partners to the monthly report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from progressus_desktop.domain import codelists, event_rules
from progressus_desktop.domain.coverage import Coverage, coverage
from progressus_desktop.domain.fields import Lookup, Values
from progressus_desktop.errors import UsageError
from progressus_desktop.reports import monthly as pages
from progressus_desktop.reports.blocks import Tile
from progressus_desktop.reports.monthly import GAP, Audience, ContactLine, EventLine, Monthly, StageLine
from progressus_desktop.reports.setting import number
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_source import Asked, Render, Snapshot, month_days
from progressus_desktop.words import N_, Message, _, ngettext

_QUIET = {"paused", "ended", "refused"}
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Month:
    """Everything of one month, in the order of its dates; drafts are only counted."""

    month: str
    organisation: str
    organisation_id: str
    events: Sequence[Values]
    interactions: Sequence[Values]
    partners: Sequence[Values]
    draft_events: int
    draft_interactions: int
    worker: str
    role: str
    lookup: Lookup


def monthly(snapshot: Snapshot, asked: Asked) -> Render:
    """The monthly report."""
    if not _MONTH.fullmatch(asked.month):
        raise UsageError(Message(N_("Give the month as YYYY-MM, for example 2026-11.")))
    first, last = month_days(asked.month)
    events, draft_events = snapshot.ready("event", first, last)
    talks, draft_talks = snapshot.ready("interaction", first, last)
    partners = snapshot.each("partner")
    source = Month(
        asked.month, say.name(snapshot.lookup, snapshot.own) or snapshot.ws.name, snapshot.own, events, talks,
        partners, draft_events, draft_talks, *snapshot.worker(), snapshot.lookup,
    )  # fmt: skip
    return partial(pages.render, report(source))


def before(month: str) -> str:
    """The month before ``month``."""
    return (date.fromisoformat(f"{month}-01") - timedelta(days=1)).isoformat()[:7]


def report(source: Month) -> Monthly:
    """The monthly report in words and figures."""
    held = [event for event in source.events if say.text(event, "status") == "held"]
    told = coverage(
        held, source.interactions, lambda each: say.text(source.lookup.record("partner", each) or {}, "kind")
    )
    audiences = list(codelists.codes("participant_role"))
    return Monthly(
        organisation=source.organisation,
        code="",
        title=_("Tester's monthly report, {month}", month=say.month_name(source.month)),
        state=_("Working copy"),
        state_kind="warn",
        month=say.capital(say.month_name(source.month, with_year=False)),
        month_before=say.capital(say.month_name(before(source.month), with_year=False)),
        tiles=_tiles(source, held),
        topics=[(code, codelists.short("topic", code)) for code in codelists.codes("topic")],
        audiences=[_audience(told, code) for code in audiences],
        percent=told.percent,
        reached=len(told.expected) - len(told.gaps),
        expected=len(told.expected),
        gaps=_gaps(told),
        events=[_event(event) for event in source.events],
        events_total=_events_total(source.events),
        contacts=[_contact(each, source.lookup) for each in source.interactions],
        contacts_total=_contacts_total(source.interactions),
        stages=_stages(source),
        left_out=_left_out(source),
        people=[", ".join(part for part in (source.worker, source.role) if part), _("project office")],
    )


def _sum(events: Iterable[Values], role: str = "") -> tuple[int, int, int]:
    """Women, men, not given; of one role or of all."""
    found = [0, 0, 0]
    for event in events:
        matrix = event.get("participants")
        if isinstance(matrix, dict):
            chosen = {role: matrix.get(role)} if role else matrix
            for at, sex in enumerate(("f", "m", "x")):
                found[at] += event_rules.column_total(
                    {key: row for key, row in chosen.items() if isinstance(row, dict)}, sex
                )
    return found[0], found[1], found[2]


def _sexes(women: int, men: int, unknown: int) -> str:
    words = _("F {women}, M {men}", women=number(women), men=number(men))
    more = [_("not given {count}", count=number(unknown))] if unknown else []
    return ", ".join([words, *more])


def _tiles(source: Month, held: Sequence[Values]) -> list[Tile]:
    everyone, recipients, users = _sum(held), _sum(held, "pwd"), _sum(held, "ngo_staff")
    informed = {each for event in held for each in say.ids(event, "partners")}
    informed |= {each for talk in source.interactions for each in say.ids(talk, "partners")}
    states = Counter(say.text(event, "status") for event in source.events)
    notes = [
        f"{codelists.word('event_status', code)}: {states[code]}" for code in ("moved", "cancelled") if states[code]
    ]
    return [
        Tile(_("Events"), number(len(held)), ", ".join(notes) or ngettext("was held", "were held", len(held))),
        Tile(_("Participations"), number(sum(everyone)), _sexes(*everyone)),
        Tile(_("Recipients"), number(sum(recipients)), _("PwD: {sexes}", sexes=_sexes(*recipients))),
        Tile(_("Users"), number(sum(users)), _("NGO: {sexes}", sexes=_sexes(*users))),
        Tile(_("Organisations"), number(len(informed)), _("informed")),
    ]


def _audience(told: Coverage, code: str) -> Audience:
    counts = {topic: row.get(code, 0) for topic, row in told.counts.items()}
    for topic, audience in told.gaps:
        if audience == code:
            counts[topic] = GAP
    label = say.capital(codelists.word("participant_role", code))
    short = _("PwD")
    return Audience(f"{label} ({short})" if code == "pwd" else label, counts)


def _gaps(told: Coverage) -> list[tuple[str, str]]:
    """Per topic the audiences it did not reach."""
    missed: dict[str, list[str]] = {}
    for topic, audience in told.gaps:
        missed.setdefault(topic, []).append(codelists.word("participant_role", audience))
    return [(topic, _("not presented: {audiences}", audiences=", ".join(each))) for topic, each in missed.items()]


def _event(event: Values) -> EventLine:
    held = say.text(event, "status") == "held"
    women, men, unknown = _sum([event]) if held else (0, 0, 0)
    status = say.text(event, "status")
    remark = "" if held else codelists.word("event_status", status) if status else _("no status")
    topics = sorted(say.text(item, "topic") for item in say.rows(event, "topics"))
    of_which = event.get("of_which")
    row = of_which.get("pwd") if isinstance(of_which, dict) else None
    counted = {"pwd": row} if isinstance(row, dict) else None
    with_disabilities = event_rules.total(counted) if counted else sum(_sum([event], "pwd"))
    return EventLine(
        say.short_day(say.text(event, "date")),
        say.text(event, "title") or _("Event without a title"),
        say.text(event, "locality"),
        ", ".join(topics),
        women,
        men,
        unknown,
        with_disabilities if held else 0,
        remark,
    )


def _events_total(events: Sequence[Values]) -> str:
    states = Counter(say.text(event, "status") for event in events)
    parts = [
        f"{codelists.word('event_status', code)} {states[code]}"
        for code in codelists.codes("event_status")
        if states[code]
    ]
    return _("Total: {parts}", parts=", ".join(parts))


def _contact(talk: Values, lookup: Lookup) -> ContactLine:
    channel, result = say.text(talk, "channel"), say.text(talk, "result")
    return ContactLine(
        say.short_day(say.text(talk, "date")),
        codelists.word("channel", channel) if channel else "",
        ", ".join(say.names(lookup, "partner", say.ids(talk, "partners"))),
        say.text(talk, "subject"),
        ", ".join(sorted(say.text(item, "topic") for item in say.rows(talk, "topics"))),
        codelists.word("interaction_result", result) if result else "",
        say.short_day(say.text(talk, "next_step_due")),
    )


def _contacts_total(talks: Sequence[Values]) -> str:
    if not talks:
        return _("No contacts this month.")
    counts = Counter(say.text(talk, "channel") for talk in talks)
    parts = [f"{codelists.word('channel', code)} {counts[code]}" for code in codelists.codes("channel") if counts[code]]
    return _("Total {n}: {parts}.", n=len(talks), parts=", ".join(parts))


def _stage_on(partner: Values, organisation: str, last: str) -> str:
    """The stage a partner had reached with ``organisation`` (any, for the office) on the day ``last``."""
    known = [
        (say.text(row, "date"), at, say.text(row, "stage"))
        for at, row in enumerate(say.rows(partner, "relations"))
        if say.text(row, "date") <= last and (not organisation or say.text(row, "organisation") == organisation)
    ]
    return max(known)[2] if known else ""


def _stages(source: Month) -> list[StageLine]:
    now, past = month_days(source.month)[1], month_days(before(source.month))[1]
    organisation = source.organisation_id
    here = Counter(_stage_on(each, organisation, now) for each in source.partners)
    then = Counter(_stage_on(each, organisation, past) for each in source.partners)
    return [
        StageLine(say.capital(codelists.word("stage", code)), here[code], then[code], quiet=code in _QUIET)
        for code in codelists.codes("stage")
    ]


def _left_out(source: Month) -> list[str]:
    """What is counted in words because it is not yet ready."""
    parts = []
    if source.draft_events:
        parts.append(ngettext("{n} draft of an event", "{n} drafts of events", source.draft_events))
    if source.draft_interactions:
        parts.append(ngettext("{n} draft of a contact", "{n} drafts of contacts", source.draft_interactions))
    return parts
