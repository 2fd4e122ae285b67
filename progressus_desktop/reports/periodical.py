"""The monthly and the final report of a tester (sprawozdanie miesięczne, końcowe): what was done, with and for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from progressus_desktop.reports import blocks, charts, theme
from progressus_desktop.reports.blocks import Entry, Panel
from progressus_desktop.reports.charts import Bar
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.periodical_lines import (
    GAP,
    Annex,
    Audience,
    ContactLine,
    EventLine,
    Figures,
    ObservationLine,
    Periodical,
    StageLine,
)
from progressus_desktop.reports.sections import cells
from progressus_desktop.reports.setting import Setting, number, or_none
from progressus_desktop.reports.tables import Cell, Column, Look, Row, natural_width
from progressus_desktop.reports.text import Rich, Run, bold
from progressus_desktop.words import _, language

_COVERAGE = Look(pad_y=1.2, head_pad_y=1.25, row_keys=True, gap_lines=True)
_STAGES = Look(pad_y=1.3, head_pad_y=1.4, row_keys=True)
_NEARLY = 0.8
"""A table of figures this wide takes the whole width: an edge just short of the margin looks like a mistake."""

_WIDEST_STAGES = 320.0
_FIGURES = 48.0
_WIDEST = 150.0


def render(report: Periodical, setting: Setting) -> bytes:
    """The report as a finished PDF file."""
    organisation = "  ·  ".join(part for part in (report.organisation, report.code) if part)
    document = setting.document(
        report.kind, report.code, report.title, running=organisation, header=report.title, working=report.working
    )
    blocks.opening(document, " · ".join(part for part in (report.organisation, report.code) if part), report.title)
    blocks.chips(document, report.state_kind, report.state, f"{report.period} {setting.as_of}".strip())
    blocks.tiles(document, report.tiles)
    if report.short:
        document.heading(_("In short"), keep=40)
        document.bullets(list(report.short))
    coverage(document, report)
    if report.months:
        _months(document, report)
    else:
        _events(document, _("Events"), report.events, report.events_total)
    _contacts(document, _("Contacts with partners"), report.contacts, report.contacts_total)
    _stages(document, report)
    _clusters(document, report)
    _observations(document, report)
    _indicators(document, report)
    _difficulties(document, report)
    _plan(document, report)
    if report.hours is not None and report.hours.rows:
        _figures(document, _("Hours"), report.hours)
    if report.left_out:
        document.heading(_("What this report leaves out"), keep=30)
        document.bullets(list(report.left_out))
    _annexes(document, report)
    document.heading(_("Signature"), keep=80)
    if report.seal:
        document.paragraph(report.seal, theme.CAPTION, after=4.0)
    blocks.signatures(document, (_("First and last name"), _("Date and signature")), report.people or ["", ""])
    for number_, annex in enumerate(report.annexes, 1):
        _annex(document, number_, annex)
    return document.finish()


def _months(document: Document, report: Periodical) -> None:
    """The trend and its numbers, by month."""
    document.heading(_("Month by month"), keep=190)
    shown = [charts.Month(line.short, line.participations) for line in report.months]
    # above the table: under it the sentence would go to the next page alone
    once = _("Organisations are counted once in each month, so they have no sum.")
    document.paragraph(f"{_('Participations by month')}. {once}", theme.CAPTION, after=1.0)
    charts.columns(document, charts.trend_words(_("participations by month"), shown), shown)
    heads = (_("Events"), _("Participations"), _("Recipients"), _("Users"), _("Contacts"), _("Organisations"))
    columns = [Column(_("Month"), share=1.0), *(Column(head, width=62, align="right") for head in heads)]
    rows = [Row([line.label, *map(or_none, line.figures)]) for line in report.months]
    sums = [sum(line.figures[at] for line in report.months) for at in range(len(heads) - 1)]
    rows.append(Row([_("Total"), *map(or_none, sums), Cell([Run("–", colour=theme.MUTED)])], total=True))
    document.table(columns, rows, Look(pad_y=1.6, row_keys=True), name=_("Events, people and contacts by month"))


def _clusters(document: Document, report: Periodical) -> None:
    if not report.clusters:
        return
    document.heading(_("Clusters and joint actions"), keep=60)
    columns = [
        Column(_("Cluster"), share=150), Column(_("Stage"), share=110), Column(_("Members"), width=54, align="right"),
        Column(_("Joint actions in this time"), share=190),
    ]  # fmt: skip
    rows = [
        Row([line.name, line.stage or "–", or_none(line.members), "; ".join(line.actions) or "–"])
        for line in report.clusters
    ]
    document.table(columns, rows, Look(pad_y=2.0, row_keys=True), name=_("Clusters with their joint actions"))
    for line in report.clusters:
        if line.together:
            document.y += 2.0
            document.paragraph([bold(f"{line.name}. "), line.together], theme.NOTE)


def _observations(document: Document, report: Periodical) -> None:
    if not report.observations:
        return
    document.heading(_("Observations about the product"), keep=60)
    columns = [
        Column(_("Size and reach"), width=_natural(line.size for line in report.observations)),
        Column(_("Element"), width=_natural(line.element for line in report.observations)),
        Column(_("Observation"), share=170), Column(_("What was changed or simplified"), share=110),
        Column(_("Decision"), width=_natural(line.decision for line in report.observations)),
    ]  # fmt: skip
    rows = [
        Row([_whose(line), line.element or "–", _observed(line), line.adaptation or "–", line.decision or "–"])
        for line in report.observations
    ]
    document.table(columns, rows, Look(pad_y=2.0), name=_("Observations by size and reach of the organisation"))


def _indicators(document: Document, report: Periodical) -> None:
    if not report.indicators:
        return
    document.heading(_("Indicators"), keep=60)
    columns = [
        Column(_("Code"), width=44), Column(_("Indicator"), share=190), Column(_("Value"), width=58, align="right"),
        Column(_("Unit"), share=90), Column(_("From what"), share=140),
    ]  # fmt: skip
    rows = [
        Row([line.code, line.name, or_none(line.value), line.unit or "–", line.behind or "–"])
        for line in report.indicators
    ]
    document.table(columns, rows, Look(pad_y=1.6, row_keys=True), name=_("Indicators with the records behind them"))
    document.y += 1.5
    document.paragraph(_("Each record is counted once in each indicator."), theme.CAPTION)


def _whose(line: ObservationLine) -> str | Cell:
    if not (line.size and line.reach):
        return line.size or line.reach or "–"
    return Cell([line.size, Run(f"\n{line.reach}", colour=theme.MUTED)])


def _observed(line: ObservationLine) -> Cell:
    kind = f"{line.kind[:1].upper()}{line.kind[1:]}: " if line.kind else ""
    return Cell([bold(kind), line.text or "–"])


def _difficulties(document: Document, report: Periodical) -> None:
    if report.troubles or report.difficulties:
        document.heading(_("Difficulties"), keep=60)
        _paragraphs(document, report.troubles)
    if report.difficulties:
        columns = [Column(_("Event"), share=180), Column(_("What was difficult"), share=319)]
        rows = [Row([event, words]) for event, words in report.difficulties]
        document.table(columns, rows, Look(pad_y=2.0), name=_("Difficulties by event"))
    if report.conclusions:
        document.heading(_("Conclusions about the product"), keep=40)
        _paragraphs(document, report.conclusions)


def _paragraphs(document: Document, lines: Sequence[str]) -> None:
    for line in lines:
        document.paragraph(line, after=3.0)


def _plan(document: Document, report: Periodical) -> None:
    if not report.plan and not report.intended:
        return
    document.heading(report.plan_title, keep=40)
    _paragraphs(document, report.intended)
    if report.plan:
        document.bullets([[bold(f"{day} "), words] if day else words for day, words in report.plan])


def _figures(document: Document, heading: str, figures: Figures, level: int = 2) -> None:
    document.heading(heading, level, keep=70)
    columns = [Column(figures.what, share=1.0), *(Column(head, width=72, align="right") for head in figures.heads)]
    rows = [Row([label, *values]) for label, values in figures.rows]
    rows.append(Row([_("Total"), *figures.total], total=True))
    wide = 190.0 + 72 * len(figures.heads)
    wide = document.width if wide > _NEARLY * document.width else wide
    document.table(columns, rows, Look(pad_y=1.8, row_keys=True), width=wide, name=heading)


def _annexes(document: Document, report: Periodical) -> None:
    named = [*(f"{annex.name}: {annex.total}" for annex in report.annexes), *report.files]
    if named:
        document.heading(_("Annexes"), keep=30)
        document.bullets(list(named), numbered=True)


def _annex(document: Document, number_: int, annex: Annex) -> None:
    heading = _("Annex {number}. {name}", number=number_, name=annex.name)
    if annex.contacts:
        _contacts(document, heading, annex.contacts, annex.total)
    if annex.events:
        _events(document, heading, annex.events, annex.total)
    if annex.hours is not None:
        _figures(document, heading, annex.hours)


class Covered(Protocol):
    """What the section of topics and audiences needs of a report."""

    @property
    def topics(self) -> Sequence[tuple[str, str]]:
        """Codes and names of the topics."""

    @property
    def audiences(self) -> Sequence[Audience]:
        """The rows."""

    @property
    def gaps(self) -> Sequence[tuple[str, str]]:
        """Codes of topics, and in words whom they did not reach."""

    @property
    def percent(self) -> int:
        """The share of expected cells met."""

    @property
    def reached(self) -> int:
        """How many expected cells were met."""

    @property
    def expected(self) -> int:
        """How many are expected."""


def coverage(document: Document, report: Covered) -> None:
    """Topics and audiences with their gaps."""
    codes = [code for code, _name in report.topics]
    rows = [
        Row([audience.label, *(_coverage_cell(audience.counts.get(code, 0)) for code in codes)])
        for audience in report.audiences
    ]
    columns = [Column(_("Audience"), share=1.0), *(Column(code, width=40, align="center") for code in codes)]
    panel = Panel([Entry(f"{report.percent}%", theme.BIG)])
    fields = _("{n} of {all} expected cells of the table", n=report.reached, all=report.expected)
    panel.entries.append(Entry(fields, gap=1.0))
    if report.gaps:
        missed = report.expected - report.reached
        panel.entries.append(Entry(_("Gaps ({n})", n=missed), theme.PANEL_KEY, gap=7.0))
        panel.entries += [Entry([bold(code), f" {words}"], bullet=True) for code, words in report.gaps]
    name = _("How often each topic was presented to each audience")
    heading = _("The four topics and their audiences")
    blocks.beside(document, columns, rows, _COVERAGE, panel, panel_width=153, gap=16, name=name, heading=heading)
    legend: list[str | Run] = []
    for code, topic in report.topics:
        legend += [Run(code, theme.BOLD), f" {topic}{' · ' if code != codes[-1] else ''}"]
    document.y += 1.5
    document.paragraph(legend, theme.CAPTION)
    note = _("Number: how often the topic was presented to this group (events and contacts). Dash: group not expected.")
    document.paragraph(note, theme.CAPTION)


def _coverage_cell(count: int) -> Cell:
    if count == GAP:
        return Cell([Run(_("! gap"), theme.BOLD, theme.WARN)], fill=theme.WARN_SOFT)
    if count:
        return Cell([bold(number(count))], fill=theme.TEAL_SOFT)
    return Cell([Run("–", colour=theme.MUTED)])


def _events(document: Document, heading: str, events: Sequence[EventLine], total: str) -> None:
    document.heading(heading, keep=70)
    if not events:
        document.paragraph(_("No events in this time."), theme.STAMP)
        return
    dates, topics = _natural(line.date for line in events), _natural(line.topics for line in events)
    columns = [
        Column(_("Date"), width=max(dates, 38)), Column(_("Event"), share=181), Column(_("Locality"), share=80),
        Column(_("Topics"), width=topics), Column(_("W"), width=30, align="right"),
        Column(_("M"), width=24, align="right"),
        Column(_("Not given"), width=50, align="right"), Column(_("PwD"), width=34, align="right"),
    ]  # fmt: skip
    rows = [
        Row([line.date, _title(line), line.locality or "–", line.topics or "–", *_numbers(line)]) for line in events
    ]
    every = EventLine("", "", "", "", *(sum(getattr(line, sex) for line in events) for sex in ("f", "m", "x", "pwd")))
    rows.append(Row(["", Cell([bold(total)], span=3), *_numbers(every)], total=True))
    document.table(columns, rows, Look(pad_y=2.0), name=_("Events with participants"))


def _natural(words: Iterable[str]) -> float:
    """Room for the longest of short words or codes; the long texts beside them may wrap, these hardly ever."""
    return min(natural_width(set(words), theme.CELL, Look().pad_x), _WIDEST)


def _title(line: EventLine) -> Cell:
    parts: list[str | Run] = [line.title]
    if line.remark:
        parts.append(Run(f" ({line.remark})", theme.BOLD, theme.WARN))
    return Cell(parts)


def _numbers(line: EventLine) -> list[str]:
    return [or_none(line.f), or_none(line.m), or_none(line.x), or_none(line.pwd)]


def _contacts(document: Document, heading: str, contacts: Sequence[ContactLine], total: str) -> None:
    document.heading(heading, keep=70)
    document.paragraph(total, theme.NOTE, after=2.0)
    if not contacts:
        return
    dates, channels = _natural(line.date for line in contacts), _natural(line.channel for line in contacts)
    topics, results = _natural(line.topics for line in contacts), _natural(line.result for line in contacts)
    columns = [
        Column(_("Date"), width=max(dates, 38)), Column(_("Channel"), width=channels), Column(_("Partner"), share=115),
        Column(_("Matter"), share=115), Column(_("Topics"), width=topics),
        Column(_("Result"), width=results),
        Column(_("Next by"), width=_natural(line.due for line in contacts)),
    ]  # fmt: skip
    rows = [
        Row(cells(line.date, line.channel, line.partner, line.subject, line.topics, line.result, line.due))
        for line in contacts
    ]
    document.table(columns, rows, Look(pad_y=2.0), name=_("Contacts by date"))


def _stages(document: Document, report: Periodical) -> None:
    document.heading(_("Partners by stage of cooperation"), keep=190)
    heads = (report.now, report.then, _("Change"))
    columns = [
        Column(_("Stage"), share=1.0), *(Column(head, width=_FIGURES, align="right") for head in heads),
    ]  # fmt: skip
    rows = [
        Row([line.label, number(line.now), number(line.before), _change(line.now - line.before)])
        for line in report.stages
    ]
    now, before = sum(line.now for line in report.stages), sum(line.before for line in report.stages)
    rows.append(Row([_("Total"), number(now), number(before), _change(now - before)], total=True))
    width = _natural(line.label for line in report.stages) + sum(
        max(natural_width([head], theme.HEAD, _STAGES.pad_x), _FIGURES) for head in heads
    )
    width = min(width, _WIDEST_STAGES)
    head, *steps = document.table_heights(columns, rows, _STAGES, width)
    document.need(head + sum(steps))
    top = document.y
    document.table(columns, rows, _STAGES, width=width, name=_("Partners by stage, now and before"))
    end = document.y
    x = document.left + width + 8
    document.y = top + 1.5
    # names of months stay capital in English, in Polish they are small as all words within a sentence
    inside = str if language() == "en" and not report.months else str.lower
    note = _("Bar: {month}, line: {before}", month=inside(report.now), before=inside(report.then))
    document.paragraph(note, theme.CAPTION, x=x, width=document.right - x)
    bars = [Bar(line.now, line.before, line.quiet) for line in report.stages]
    charts.bars(document, _chart_words(report), bars, x, top + head, document.right - x, steps)
    document.y = end


def _chart_words(report: Periodical) -> str:
    """What the chart says, for those who do not see it; the figures stand in the table."""
    largest: Rich = max(report.stages, key=lambda line: line.now, default=StageLine("–", 0, 0)).label
    return _("Bar chart of partners by stage; most are at: {stage}. The figures stand in the table.", stage=largest)


def _change(difference: int) -> str:
    if not difference:
        return "0"
    return f"+{number(difference)}" if difference > 0 else f"−{number(-difference)}"
