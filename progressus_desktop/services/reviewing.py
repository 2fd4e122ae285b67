"""A version of a report as the office reviews it: part by part, beside the version before, with its remarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from progressus_desktop.domain import monthly_report as report
from progressus_desktop.domain.records import Record
from progressus_desktop.reports.periodical_lines import GAP, Periodical
from progressus_desktop.services import freezing
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.freezing import Frozen
from progressus_desktop.words import _

if TYPE_CHECKING:
    from progressus_desktop.store.workspace import Workspace

NOT_SEEN = ""
"""A part the office did not look at yet; the others are codes of ``report_review``."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading and its lines, as they were frozen."""

    heading: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Part:
    """One of the ten parts: what it says, what it said in the version before (None: the same), what was remarked.

    ``earlier`` is the remark to the version before, to see whether it was heard.
    """

    name: str
    passages: Sequence[Passage]
    before: Sequence[Passage] | None
    review: str
    remark: str
    earlier: str


@dataclass(frozen=True, slots=True)
class Review:
    """A frozen version with its parts."""

    record: Record
    frozen: Frozen
    parts: Sequence[Part]

    @property
    def number(self) -> int:
        """Which version it is."""
        return self.frozen.number

    @property
    def seen(self) -> int:
        """How many parts the office looked at."""
        return sum(part.review != NOT_SEEN for part in self.parts)

    @property
    def remarks(self) -> int:
        """How many parts have a remark."""
        return sum(part.review == report.REMARK for part in self.parts)


def review_of(ws: Workspace, record: Record) -> Review | None:
    """The newest version of a report, ready to be reviewed; None if there is none or its file has not arrived.

    Raises:
        DamagedError: the file is not what it says.
    """
    frozen = freezing.read(ws, record)
    if frozen is None:
        return None
    earlier = freezing.read(ws, record, frozen.number - 1) if frozen.number > 1 else None
    now = passages(frozen)
    then = passages(earlier) if earlier is not None else None
    return Review(record, frozen, [_part(record, frozen.number, name, now, then) for name in report.PARTS])


def _part(
    record: Record,
    number: int,
    name: str,
    now: dict[str, list[Passage]],
    then: dict[str, list[Passage]] | None,
) -> Part:
    said, before = (report.remark(record.fields, at, name) for at in (number, number - 1))
    changed = then is not None and then[name] != now[name]
    return Part(
        name, now[name], then[name] if then is not None and changed else None,
        str(said.get("review") or NOT_SEEN), str(said.get("text") or ""), str(before.get("text") or ""),
    )  # fmt: skip


def passages(frozen: Frozen) -> dict[str, list[Passage]]:
    """What a version says, by part, in the language in force."""
    said = frozen.periodical()
    return {name: list(make(said)) for name, make in _MAKERS.items()}


def _short(said: Periodical) -> Iterator[Passage]:
    yield Passage(_("In your own words"), list(said.short))
    yield Passage(_("Figures"), [f"{tile.label}: {tile.value} · {tile.note}" for tile in said.tiles])


def _topics(said: Periodical) -> Iterator[Passage]:
    share = _("{percent}%: {n} of {all} expected cells", percent=said.percent, n=said.reached, all=said.expected)
    yield Passage(_("Coverage"), [share])
    for code, topic in said.topics:
        told = [f"{each.label} {each.counts[code]}" for each in said.audiences if each.counts.get(code, 0) > 0]
        gaps = [each.label for each in said.audiences if each.counts.get(code) == GAP]
        lines = [", ".join(told)] if told else []
        yield Passage(f"{code} {topic}", [*lines, *([_("Gaps: {names}", names=", ".join(gaps))] if gaps else [])])


def _events(said: Periodical) -> Iterator[Passage]:
    lines = [
        " · ".join(
            part
            for part in (
                each.date, each.title, each.locality, each.remark,
                _("W {women}, M {men}", women=each.f, men=each.m) if each.f or each.m else "",
                each.topics,
            )
            if part
        )
        for each in [*said.events, *(line for annex in said.annexes for line in annex.events)]
    ]  # fmt: skip
    yield Passage(said.events_total, lines)


def _contacts(said: Periodical) -> Iterator[Passage]:
    every = next((annex.contacts for annex in said.annexes if annex.contacts), said.contacts)
    lines = [
        " · ".join(part for part in (each.date, each.channel, each.partner, each.subject, each.result) if part)
        for each in every
    ]
    yield Passage(said.contacts_total, lines)


def _partners(said: Periodical) -> Iterator[Passage]:
    lines = [
        _("{stage}: {now} (before: {then})", stage=each.label, now=each.now, then=each.before)
        for each in said.stages
        if each.now or each.before
    ]
    yield Passage(_("Partners by stage of cooperation"), lines)


def _clusters(said: Periodical) -> Iterator[Passage]:
    for each in said.clusters:
        members = _("Members: {n}", n=each.members)
        facts = " · ".join(part for part in (each.stage, members) if part)
        yield Passage(each.name, [facts, *([each.together] if each.together else []), *each.actions])


def _observations(said: Periodical) -> Iterator[Passage]:
    for each in said.observations:
        changed = _("What was changed or simplified")
        more = [f"{changed}: {each.adaptation}"] if each.adaptation else []
        head = " · ".join(part for part in (each.kind, each.element, each.size, each.reach) if part)
        yield Passage(head, [each.text, *more])


def _difficulties(said: Periodical) -> Iterator[Passage]:
    events = [f"{event}: {words}" for event, words in said.difficulties]
    yield Passage(_("Difficulties"), [*said.troubles, *events])
    yield Passage(_("Conclusions about the product"), list(said.conclusions))


def _plan(said: Periodical) -> Iterator[Passage]:
    yield Passage(_("In your own words"), list(said.intended))
    yield Passage(said.plan_title, [" ".join(part for part in line if part) for line in said.plan])


def _hours(said: Periodical) -> Iterator[Passage]:
    if said.hours is None or not said.hours.rows:
        return
    heads = list(said.hours.heads)
    for label, cells in [*said.hours.rows, (_("Total"), said.hours.total)]:
        yield Passage(label, [", ".join(f"{head}: {cell}" for head, cell in zip(heads, cells, strict=False))])


_MAKERS = {
    "short": _short, "topics": _topics, "events": _events, "contacts": _contacts, "partners": _partners,
    "clusters": _clusters, "observations": _observations, "difficulties": _difficulties, "plan": _plan,
    "hours": _hours,
}  # fmt: skip


def title(ws: Workspace, record: Record) -> str:
    """Whose report it is, and of which month."""
    from progressus_desktop.store import query

    name = query.title(ws, "partner", say.text(record.fields, "tester")) or _("without a name")
    period = say.text(record.fields, "period")
    final = say.text(record.fields, "kind") == report.FINAL or not report.MONTH.fullmatch(period)
    return _("Report: {name}, {what}", name=name, what=_("Final report") if final else say.month_name(period))
