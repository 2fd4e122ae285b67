"""The monthly report of a tester (sprawozdanie miesięczne): what was done, for whom, with whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from progressus_desktop.reports import blocks, charts, theme
from progressus_desktop.reports.blocks import Entry, Panel, Tile
from progressus_desktop.reports.charts import Bar
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.setting import Setting, number, or_none
from progressus_desktop.reports.tables import Cell, Column, Look, Row, natural_width
from progressus_desktop.reports.text import Rich, Run, bold
from progressus_desktop.words import _

GAP = -1
"""A coverage cell that was expected and stayed empty."""
_COVERAGE = Look(pad_y=1.2, head_pad_y=1.25, row_keys=True, gap_lines=True)
_STAGES = Look(pad_y=1.3, head_pad_y=1.4, row_keys=True)


@dataclass(frozen=True, slots=True)
class Audience:
    """A row of the coverage table: how often each topic reached this audience, :data:`GAP` for a gap."""

    label: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event of the month; ``remark`` (moved, cancelled) follows its title."""

    date: str
    title: str
    locality: str
    topics: str
    f: int = 0
    m: int = 0
    x: int = 0
    pwd: int = 0
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One contact with a partner."""

    date: str
    channel: str
    partner: str
    subject: str
    topics: str
    result: str
    due: str


@dataclass(frozen=True, slots=True)
class StageLine:
    """Partners at a stage now and a month before; ``quiet`` stages are drawn in grey."""

    label: str
    now: int
    before: int
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Monthly:
    """A month in words and figures ready to be printed, in the language of the report."""

    organisation: str
    code: str
    title: str
    state: str
    state_kind: str
    month: str
    month_before: str
    tiles: Sequence[Tile]
    topics: Sequence[tuple[str, str]]
    audiences: Sequence[Audience]
    percent: int = 0
    reached: int = 0
    expected: int = 0
    gaps: Sequence[tuple[str, str]] = ()
    events: Sequence[EventLine] = ()
    events_total: str = ""
    contacts: Sequence[ContactLine] = ()
    contacts_total: str = ""
    stages: Sequence[StageLine] = ()
    left_out: Sequence[str] = ()
    people: Sequence[str] = ()


def render(report: Monthly, setting: Setting) -> bytes:
    """The report as a finished PDF file."""
    organisation = "  ·  ".join(part for part in (report.organisation, report.code) if part)
    document = setting.document(
        _("Monthly report"), report.code, report.title, running=organisation, header=report.title
    )
    blocks.opening(document, " · ".join(part for part in (report.organisation, report.code) if part), report.title)
    blocks.chips(document, report.state_kind, report.state, setting.as_of)
    blocks.tiles(document, report.tiles)
    _coverage(document, report)
    _events(document, report)
    _contacts(document, report)
    _stages(document, report)
    if report.left_out:
        document.heading(_("What this report leaves out"), keep=30)
        document.bullets(list(report.left_out))
    document.heading(_("Signature"), keep=80)
    blocks.signatures(document, (_("First and last name"), _("Date and signature")), report.people or ["", ""])
    return document.finish()


def _coverage(document: Document, report: Monthly) -> None:
    document.heading(_("The four topics and their audiences"), keep=150)
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
        panel.entries.append(Entry(_("Gaps ({n})", n=len(report.gaps)), theme.PANEL_KEY, gap=7.0))
        panel.entries += [Entry([bold(code), f" {words}"], bullet=True) for code, words in report.gaps]
    name = _("How often each topic was presented to each audience")
    blocks.beside(document, columns, rows, _COVERAGE, panel, panel_width=153, gap=16, name=name)
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


def _events(document: Document, report: Monthly) -> None:
    document.heading(_("Events"), keep=70)
    if not report.events:
        document.paragraph(_("No events this month."), theme.STAMP)
        return
    topics = _topics_width(line.topics for line in report.events)
    columns = [
        Column(_("Date"), width=38), Column(_("Event"), share=181), Column(_("Locality"), share=80),
        Column(_("Topics"), width=topics), Column(_("F"), width=30, align="right"),
        Column(_("M"), width=24, align="right"),
        Column(_("Not given"), width=50, align="right"), Column(_("PwD"), width=34, align="right"),
    ]  # fmt: skip
    rows = [
        Row([line.date, _title(line), line.locality or "–", line.topics or "–", *_figures(line)])
        for line in report.events
    ]
    every = EventLine(
        "", "", "", "", *(sum(getattr(line, sex) for line in report.events) for sex in ("f", "m", "x", "pwd"))
    )
    rows.append(Row(["", Cell([bold(report.events_total)], span=3), *_figures(every)], total=True))
    document.table(columns, rows, Look(pad_y=2.0), name=_("Events of the month with participants"))


def _topics_width(topics: Iterable[str]) -> float:
    """Room for the longest list of topics; words beside it may wrap, codes may not."""
    return natural_width(set(topics), theme.CELL, Look().pad_x)


def _title(line: EventLine) -> Cell:
    parts: list[str | Run] = [line.title]
    if line.remark:
        parts.append(Run(f" ({line.remark})", theme.BOLD, theme.WARN))
    return Cell(parts)


def _figures(line: EventLine) -> list[str]:
    return [or_none(line.f), or_none(line.m), or_none(line.x), or_none(line.pwd)]


def _contacts(document: Document, report: Monthly) -> None:
    document.heading(_("Contacts with partners"), keep=70)
    document.paragraph(report.contacts_total, theme.NOTE, after=2.0)
    if not report.contacts:
        return
    topics = _topics_width(line.topics for line in report.contacts)
    columns = [
        Column(_("Date"), width=38), Column(_("Channel"), share=54), Column(_("Partner"), share=125),
        Column(_("Matter"), share=100), Column(_("Topics"), width=topics), Column(_("Result"), share=78),
        Column(_("Next by"), width=50),
    ]  # fmt: skip
    rows = [
        Row(
            [
                line.date,
                line.channel or "–",
                line.partner or "–",
                line.subject or "–",
                line.topics or "–",
                line.result or "–",
                line.due or "–",
            ]
        )
        for line in report.contacts
    ]
    document.table(columns, rows, Look(pad_y=2.0), name=_("Contacts of the month"))


def _stages(document: Document, report: Monthly) -> None:
    document.heading(_("Partners by stage of cooperation"), keep=190)
    columns = [
        Column(_("Stage"), share=1.0), Column(report.month, width=40, align="right"),
        Column(report.month_before, width=54, align="right"), Column(_("Change"), width=48, align="right"),
    ]  # fmt: skip
    rows = [
        Row([line.label, number(line.now), number(line.before), _change(line.now - line.before)])
        for line in report.stages
    ]
    now, before = sum(line.now for line in report.stages), sum(line.before for line in report.stages)
    rows.append(Row([_("Total"), number(now), number(before), _change(now - before)], total=True))
    width = 268.0
    document.need(document.table_height(columns, rows, _STAGES, width))
    top = document.y
    document.table(columns, rows, _STAGES, width=width, name=_("Partners by stage now and a month before"))
    end = document.y
    x = document.left + width + 8
    document.y = top + 1.5
    note = _("Bar: {month}, line: {before}", month=report.month.lower(), before=report.month_before.lower())
    document.paragraph(note, theme.CAPTION, x=x, width=document.right - x)
    head = _STAGES.head_style.leading + 2 * _STAGES.head_pad_y
    bars = [Bar(line.now, line.before, line.quiet) for line in report.stages]
    step = theme.CELL.leading + 2 * _STAGES.pad_y
    charts.bars(document, _chart_words(report), bars, x, top + head, document.right - x, step)
    document.y = end


def _chart_words(report: Monthly) -> str:
    """What the chart says, for those who do not see it; the figures stand in the table."""
    largest: Rich = max(report.stages, key=lambda line: line.now, default=StageLine("–", 0, 0)).label
    return _("Bar chart of partners by stage; most are at: {stage}. The figures stand in the table.", stage=largest)


def _change(difference: int) -> str:
    if not difference:
        return "0"
    return f"+{number(difference)}" if difference > 0 else f"−{number(-difference)}"
