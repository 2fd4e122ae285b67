"""A tester's period, a month or the whole testing, from its records to the monthly and the final report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from progressus_desktop.domain import codelists
from progressus_desktop.domain.coverage import Coverage, coverage
from progressus_desktop.domain.fields import Lookup, Values
from progressus_desktop.domain.monthly_report import items
from progressus_desktop.errors import UsageError
from progressus_desktop.reports.periodical_lines import Annex, ClusterLine, Periodical, StageLine
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_joint import clusters_of
from progressus_desktop.services.reporting_lines import (
    audience_of,
    contact_line,
    difficulties,
    event_line,
    events_total,
    gaps_of,
    held_of,
    important,
    observation_line,
    paragraphs,
    plan,
    tiles,
)
from progressus_desktop.services.reporting_source import Asked, Snapshot, month_days, period, span_words
from progressus_desktop.services.reporting_tasks import with_tasks
from progressus_desktop.services.reporting_work import (
    Cut,
    Spent,
    days_table,
    hours_table,
    months_between,
    months_table,
    spent_of,
    typed,
)
from progressus_desktop.words import N_, Message, _, ngettext

_QUIET = {"paused", "ended", "refused"}
_SHOWN_CONTACTS = 8
"""More contacts than these are shown in an annex, the weightiest in the report itself."""


@dataclass(frozen=True, slots=True)
class Period:
    """Everything of the days ``first`` to ``last``, in the order of its dates; drafts are only counted.

    ``ahead`` are events and contacts of later days, for the plan; ``month`` is set where it is one month; ``words``
    are a person's own, as the record of the report keeps them; ``spent`` the hours, by kind of work;
    ``today`` is the day it is made on.
    """

    first: str
    last: str
    month: str
    organisation: str
    organisation_id: str
    events: Sequence[Values]
    interactions: Sequence[Values]
    partners: Sequence[Values]
    ahead: Sequence[Values]
    draft_events: int
    draft_interactions: int
    signer: str
    lookup: Lookup
    clusters: Sequence[ClusterLine] = ()
    observations: Sequence[Values] = ()
    words: Values = field(default_factory=dict)
    spent: Spent = field(default_factory=list)
    today: str = ""


def final_days(snapshot: Snapshot, asked: Asked) -> tuple[str, str]:
    """The days asked for, else those of the test phase, else those of the project.

    Raises:
        UsageError: the project does not say, or the last day comes before the first.
    """
    project = snapshot.project
    first, last = period(asked)
    first = first or say.text(project, "testing_from") or say.text(project, "date_from")
    last = last or say.text(project, "testing_to") or say.text(project, "date_to")
    if say.parsed(first) is None or say.parsed(last) is None or last < first:
        hint = Message(N_("Give --from and --to, or write the test phase into the project."))
        raise UsageError(Message(N_("The project does not say when testing begins and ends.")), hint=hint)
    return first, last


def gathered(snapshot: Snapshot, first: str, last: str, month: str, words: Values) -> Period:
    """The records of a period, with a person's own words about it."""
    events, draft_events = snapshot.ready("event", first, last)
    spoken, draft_talks = snapshot.ready("interaction", first, last)
    talks = with_tasks(snapshot.lookup, spoken)
    partners = snapshot.each("partner")
    after = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
    until = month_days(after[:7])[1]
    return Period(
        first, last, month, say.name(snapshot.lookup, snapshot.own) or snapshot.ws.name, snapshot.own, events, talks,
        partners, snapshot.each("event", after, until), draft_events, draft_talks, snapshot.signer(), snapshot.lookup,
        clusters_of(snapshot, first, last), snapshot.ready("observation", first, last)[0], words,
        typed(items(words, "hours")) or spent_of(events, talks), snapshot.today.isoformat(),
    )  # fmt: skip


def _told(source: Period) -> Coverage:
    kinds = {say.text(each, "id"): say.text(each, "kind") for each in source.partners}
    return coverage(held_of(source.events), source.interactions, lambda each: kinds.get(each, ""))


def report_of(source: Period) -> Periodical:
    """What both reports have."""
    told = _told(source)
    contacts = [contact_line(each, source.lookup, years=not source.month) for each in source.interactions]
    return Periodical(
        organisation=source.organisation,
        code="",
        title="",
        state=_("Working copy"),
        state_kind="warn",
        period=f"{span_words(source.first, source.last)}.",
        tiles=tiles(source.events, source.interactions),
        topics=[(code, codelists.short("topic", code)) for code in codelists.codes("topic")],
        audiences=[audience_of(told, code) for code in codelists.codes("participant_role")],
        percent=told.percent,
        reached=len(told.expected) - len(told.gaps),
        expected=len(told.expected),
        gaps=gaps_of(told),
        events_total=events_total(source.events),
        contacts=important(contacts, source.interactions, _SHOWN_CONTACTS),
        contacts_total=_contacts_total(source.interactions),
        stages=stages_of(source.partners, source.organisation_id, source.first, source.last),
        clusters=source.clusters,
        observations=[observation_line(each, source.lookup) for each in source.observations],
        short=paragraphs(source.words, "summary"),
        troubles=paragraphs(source.words, "difficulties"),
        difficulties=difficulties(source.events),
        conclusions=paragraphs(source.words, "conclusions"),
        intended=paragraphs(source.words, "plan"),
        files=_files(source),
        left_out=_left_out(source),
        people=[source.signer, _("project office")],
        working=True,
    )


def month_report(source: Period) -> Periodical:
    """A month in words and figures."""
    name = say.month_name(source.month)
    report = report_of(source)
    report.kind = _("Monthly report")
    report.title = _("Tester's monthly report, {month}", month=name)
    report.now = say.capital(say.month_name(source.month, with_year=False))
    report.then = say.capital(say.month_name(_month_before(source.month), with_year=False))
    report.events = [event_line(event) for event in source.events]
    report.plan_title = _("Plan for {month}", month=say.month_name(_following(source), with_year=False))
    report.plan = plan(source.ahead, source.interactions, source.last, month_days(_following(source))[1])
    report.hours = hours_table(source.spent, _decades(source.month))
    report.annexes = _annexes(source, days=True)
    return report


def final_report(source: Period) -> Periodical:
    """The whole testing in words and figures."""
    report = report_of(source)
    report.kind = _("Final report")
    report.title = _("Tester's final report")
    report.now, report.then = _("At the end"), _("Before")
    report.months = months_table(source.events, source.interactions, _months_so_far(source))
    report.plan_title = _("What comes next")
    report.plan = plan(source.ahead, source.interactions, source.last, "9999-12-31")
    report.hours = hours_table(source.spent, [Cut(_("Whole time"), source.first, source.last)])
    report.annexes = _annexes(source, days=False)
    return report


def _months_so_far(source: Period) -> list[Cut]:
    """The months up to today, or to the last thing that was done; months still to come would be rows of dashes."""
    done = [say.text(each, "date") for each in (*held_of(source.events), *source.interactions)]
    return months_between(source.first, min(source.last, max(source.first, source.today, *done)))


def _month_before(month: str) -> str:
    return (date.fromisoformat(f"{month}-01") - timedelta(days=1)).isoformat()[:7]


def _following(source: Period) -> str:
    return (date.fromisoformat(source.last) + timedelta(days=1)).isoformat()[:7]


def _decades(month: str) -> list[Cut]:
    last = month_days(month)[1]
    end = int(last[-2:])
    parts = ((1, 10), (11, 20), (21, end))
    return [Cut(f"{first}–{until}.{month[5:]}", f"{month}-{first:02}", f"{month}-{until:02}") for first, until in parts]


def _annexes(source: Period, *, days: bool) -> list[Annex]:
    """Everything behind the report: all contacts where only some are shown, all events, hours by day."""
    found = []
    if len(source.interactions) > _SHOWN_CONTACTS:
        lines = [contact_line(each, source.lookup, years=not source.month) for each in source.interactions]
        total = ngettext("{n} entry", "{n} entries", len(lines))
        found.append(Annex(_("Contact log"), total, contacts=lines))
    if not days and source.events:
        total = ngettext("{n} event", "{n} events", len(source.events))
        events = [event_line(event, years=True) for event in source.events]
        found.append(Annex(_("Events"), total, events=events))
    if days:
        table = days_table(source.spent)
        if table.rows:
            total = ngettext("{n} day", "{n} days", len(table.rows))
            found.append(Annex(_("Hours by day"), total, hours=table))
    return found


def _files(source: Period) -> list[str]:
    """The photos, scans and lists that a person chose to go with the report."""
    return [
        say.file_name(source.lookup, each) or _("a file that is not on this laptop")
        for each in say.ids(source.words, "annexes")
    ]


def _contacts_total(talks: Sequence[Values]) -> str:
    if not talks:
        return _("No contacts in this time.")
    counts = Counter(say.text(talk, "channel") for talk in talks)
    parts = [f"{codelists.word('channel', code)} {counts[code]}" for code in codelists.codes("channel") if counts[code]]
    words = _("Total {n}: {parts}.", n=len(talks), parts=", ".join(parts))
    if len(talks) > _SHOWN_CONTACTS:
        words += " " + _("Below the weightiest, all in the annex.")
    return words


def stage_on(partner: Values, organisation: str, last: str) -> str:
    """The stage a partner had reached with ``organisation`` (any, for the office) on the day ``last``."""
    known = [
        (say.text(row, "date"), at, say.text(row, "stage"))
        for at, row in enumerate(say.rows(partner, "relations"))
        if say.text(row, "date") <= last and (not organisation or say.text(row, "organisation") == organisation)
    ]
    return max(known)[2] if known else ""


def stages_of(partners: Iterable[Values], organisation: str, first: str, last: str) -> list[StageLine]:
    """Partners by stage on the last day, and on the day before the first."""
    known = list(partners)
    before = (date.fromisoformat(first) - timedelta(days=1)).isoformat()
    here = Counter(stage_on(each, organisation, last) for each in known)
    then = Counter(stage_on(each, organisation, before) for each in known)
    return [
        StageLine(say.capital(codelists.word("stage", code)), here[code], then[code], quiet=code in _QUIET)
        for code in codelists.codes("stage")
    ]


def _left_out(source: Period) -> list[str]:
    """What is counted in words because it is not yet ready."""
    parts = []
    if source.draft_events:
        parts.append(ngettext("{n} draft of an event", "{n} drafts of events", source.draft_events))
    if source.draft_interactions:
        parts.append(ngettext("{n} draft of a contact", "{n} drafts of contacts", source.draft_interactions))
    return parts
