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
from progressus_desktop.reports.setting import number
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.monthly import Standing
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
class PartState:
    """How far a part is: ``kind`` is ok, warn, err or none."""

    part: str
    kind: str
    words: str


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
    problems = record.problems if record is not None else ()
    over = overlook(ws, fields, [(each.field, each.level) for each in problems])
    if record is None:
        own = [Lack(Message(N_("The report is not begun.")), report.ENTITY.name, "", "", Level.ERROR)]
    else:
        own = [Lack(each.message, record.entity, record.id, each.field, each.level) for each in problems]
    found = [*own, *lacks(ws, kind, Asked(month=period))]
    return Looked(record, standing, over, sorted(found, key=lambda each: each.level is not Level.ERROR))


def overlook(ws: Workspace, fields: Values, problems: Sequence[tuple[str, Level]] = ()) -> Overlook:
    """How far each part of a report is, counted in one snapshot; ``fields`` are those of its record, or its key.

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
    wrong = {name for name, level in problems if level is Level.ERROR}
    return Overlook(list(_states(source, said, lines, wrong)), lines)


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


def _states(
    source: Period, said: Periodical | None, lines: Mapping[str, Sequence[PartLine]], wrong: set[str]
) -> Iterator[PartState]:
    yield _own("short", source, ("summary",), wrong)
    gaps = len(said.gaps) if said is not None else 0
    yield (
        PartState("topics", "warn", ngettext("gaps in {n} topic", "gaps in {n} topics", gaps))
        if gaps
        else PartState("topics", "ok", _("Without gaps"))
    )
    drafts, events = source.draft_events, len(source.events)
    if drafts:
        yield PartState("events", "warn", _("{n} of {all} are drafts", n=drafts, all=drafts + events))
    else:
        yield _counted("events", events)
    talks = source.draft_interactions
    if talks:
        yield PartState("contacts", "warn", _("{n} of {all} are drafts", n=talks, all=talks + len(source.interactions)))
    else:
        yield _counted("contacts", len(source.interactions))
    for part in ("partners", "clusters", "observations"):
        yield _counted(part, len(lines[part]))
    yield _own("difficulties", source, ("difficulties", "conclusions"), wrong)
    yield _own("plan", source, ("plan",), wrong)
    minutes = sum(each for _kind, spent in source.spent for _day, each in spent)
    hours = _("{n} h", n=number(round(minutes / 60)))
    yield PartState(
        "hours", "err" if "hours" in wrong else "ok" if minutes else "none", hours if minutes else _("None")
    )


def _counted(part: str, count: int) -> PartState:
    return PartState(part, "ok" if count else "none", number(count) if count else _("None"))


def _own(part: str, source: Period, names: Sequence[str], wrong: set[str]) -> PartState:
    written = [name for name in names if say.text(source.words, name).strip()]
    if wrong & set(names):
        return PartState(part, "err", _("Empty") if not written else _("To correct"))
    if len(written) == len(names):
        return PartState(part, "ok", _("Complete"))
    return PartState(part, "none", _("Begun") if written else _("Empty"))
