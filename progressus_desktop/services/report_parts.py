"""The ten parts of a report on screen: how far each is, and the records behind its figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from progressus_desktop.domain import codelists
from progressus_desktop.domain import monthly_report as report
from progressus_desktop.domain.fields import Level, Values
from progressus_desktop.domain.records import Record
from progressus_desktop.reports.periodical_lines import Periodical
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.monthly import Standing
from progressus_desktop.services.report_readiness import Counts, PartState, states, wrong_in
from progressus_desktop.services.reporting_lacks import Lack, lacks
from progressus_desktop.services.reporting_lines import held_of, people, sexes, tiles
from progressus_desktop.services.reporting_monthly import days_of
from progressus_desktop.services.reporting_period import Period, gathered, month_report, stage_on
from progressus_desktop.services.reporting_source import Asked, Snapshot
from progressus_desktop.words import N_, Message, _, ngettext

if TYPE_CHECKING:
    from progressus_desktop.store.workspace import Workspace

_MOST = 300


@dataclass(frozen=True, slots=True)
class PartLine:
    """A record behind a part: its type and id (empty for a sum), its day, its name, how much it counts."""

    entity: str
    record: str
    day: str
    words: str
    figures: str


@dataclass(frozen=True, slots=True)
class Overlook:
    """All parts of one report: their states, and what stands behind each."""

    states: Sequence[PartState]
    lines: Mapping[str, Sequence[PartLine]]


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look at a report found; no record while nobody began it."""

    record: Record | None
    standing: Standing
    over: Overlook
    lacks: Sequence[Lack]


def look_at(ws: Workspace, record: Record | None, standing: Standing, period: str, kind: str) -> Looked:
    """The parts of a report and what it lacks, errors first.

    Raises:
        UsageError: the project does not say when testing begins and ends.
    """
    fields = record.fields if record is not None else {"kind": kind, "period": period}
    over = overlook(ws, fields, wrong_in(record))
    if record is None:
        own = [Lack(Message(N_("The report is not begun.")), report.ENTITY.name, "", "", Level.ERROR)]
    else:
        own = [Lack(each.message, record.entity, record.id, each.field, each.level) for each in record.problems]
    found = [*own, *lacks(ws, kind, Asked(month=period))]
    return Looked(record, standing, over, sorted(found, key=lambda each: each.level is not Level.ERROR))


def overlook(ws: Workspace, fields: Values, wrong: frozenset[str] = frozenset()) -> Overlook:
    """How far each part of a report is, counted in one snapshot; ``fields`` are those of its record, or its key.

    ``wrong`` names the own words that have to be written or corrected.

    Raises:
        UsageError: its period cannot be read.
    """
    with ws.reader() as connection:
        snapshot = Snapshot(ws, connection)
        snapshot.chosen = say.text(fields, "tester") or snapshot.own
        month = "" if say.text(fields, "kind") == report.FINAL else say.text(fields, "period")
        source = gathered(snapshot, *days_of(snapshot, fields), month, fields)
        said = month_report(source) if month else None
        lines = {part: list(make(source))[:_MOST] for part, make in _LINES.items()}
    return Overlook(list(states(_counts(source, said, lines, wrong))), lines)


# -- the records -----------------------------------------------------------------------------------------------------


def _events(source: Period) -> Iterator[PartLine]:
    for each in source.events:
        held = say.text(each, "status") == "held"
        status = say.text(each, "status")
        figures = sexes(*people([each])) if held else codelists.word("event_status", status) if status else ""
        yield _line("event", each, say.text(each, "title"), figures)


def _contacts(source: Period) -> Iterator[PartLine]:
    for each in source.interactions:
        names = ", ".join(say.names(source.lookup, "partner", say.ids(each, "partners")))
        result = say.text(each, "result")
        words = " · ".join(part for part in (names, say.text(each, "subject")) if part)
        yield _line("interaction", each, words, codelists.word("interaction_result", result) if result else "")


def _partners(source: Period) -> Iterator[PartLine]:
    order = codelists.codes("stage")
    found = [(stage_on(each, source.organisation_id, source.last), each) for each in source.partners]
    known = [(stage, each) for stage, each in found if stage in order]
    for stage, each in sorted(known, key=lambda pair: (-order.index(pair[0]), say.text(pair[1], "name"))):
        yield _line("partner", each, say.text(each, "name"), say.capital(codelists.word("stage", stage)))


def _clusters(source: Period) -> Iterator[PartLine]:
    for each in source.clusters:
        members = ngettext("{n} member", "{n} members", each.members)
        yield PartLine("cluster", each.record, "", each.name, ", ".join([each.stage or "–", members]))


def _observations(source: Period) -> Iterator[PartLine]:
    for each in source.observations:
        yield _line(
            "observation", each, say.text(each, "text"), codelists.word("observation_kind", say.text(each, "kind"))
        )


def _topics(source: Period) -> Iterator[PartLine]:
    """Which records presented which topic."""
    for code in codelists.codes("topic"):
        for entity, records in (("event", held_of(source.events)), ("interaction", source.interactions)):
            for each in records:
                told = next((item for item in say.rows(each, "topics") if item.get("topic") == code), None)
                if told is None:
                    continue
                audience = ", ".join(codelists.word("participant_role", one) for one in told.get("audience") or ())
                name = say.text(each, "title") or say.text(each, "subject")
                yield _line(entity, each, f"{code} · {name}", audience)


def _difficulties(source: Period) -> Iterator[PartLine]:
    for each in source.events:
        if say.text(each, "difficulties").strip():
            yield _line("event", each, say.text(each, "title"), say.text(each, "difficulties"))


def _plan(source: Period) -> Iterator[PartLine]:
    for each in source.ahead:
        if say.text(each, "status") in {"planned", "confirmed"}:
            yield _line(
                "event", each, say.text(each, "title"), codelists.word("event_status", say.text(each, "status"))
            )
    for each in source.interactions:
        if say.text(each, "next_step_due") > source.last:
            words = say.text(each, "next_step") or say.text(each, "subject")
            yield PartLine("interaction", say.text(each, "id"), say.day(say.text(each, "next_step_due")), words, "")


def _hours(source: Period) -> Iterator[PartLine]:
    for kind, spent in source.spent:
        for day, minutes in sorted(spent):
            if minutes:
                yield PartLine("", "", say.day(day), kind, _("{n} min", n=minutes))


def _short(source: Period) -> Iterator[PartLine]:
    for each in tiles(source.events, source.interactions):
        yield PartLine("", "", "", each.label, " · ".join(part for part in (str(each.value), str(each.note)) if part))


_LINES: Mapping[str, Callable[[Period], Iterator[PartLine]]] = {
    "short": _short, "topics": _topics, "events": _events, "contacts": _contacts, "partners": _partners,
    "clusters": _clusters, "observations": _observations, "difficulties": _difficulties, "plan": _plan,
    "hours": _hours,
}  # fmt: skip


def _line(entity: str, each: Values, words: str, figures: str) -> PartLine:
    return PartLine(
        entity, say.text(each, "id"), say.day(say.text(each, "date")), words or _("without a title"), figures
    )


# -- how far each part is ---------------------------------------------------------------------------------------------


def _counts(
    source: Period, said: Periodical | None, lines: Mapping[str, Sequence[PartLine]], wrong: frozenset[str]
) -> Counts:
    return Counts(
        gaps=len(said.gaps) if said is not None else 0,
        events=len(source.events),
        draft_events=source.draft_events,
        talks=len(source.interactions),
        draft_talks=source.draft_interactions,
        partners=len(lines["partners"]),
        clusters=len(lines["clusters"]),
        observations=len(lines["observations"]),
        minutes=sum(each for _kind, spent in source.spent for _day, each in spent),
        words=source.words,
        wrong=wrong,
    )
