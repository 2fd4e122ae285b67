"""The office summary (zestawienie biura): all testers of a time at once, with the source of every number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from progressus_desktop.reports import blocks, charts, theme
from progressus_desktop.reports.blocks import Tile
from progressus_desktop.reports.charts import Bar
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.periodical import coverage
from progressus_desktop.reports.periodical_lines import Audience, MonthLine, StageLine
from progressus_desktop.reports.sections import listed
from progressus_desktop.reports.setting import Setting, number, or_none
from progressus_desktop.reports.tables import Cell, Column, Look, Row
from progressus_desktop.reports.text import Rich, Run, bold
from progressus_desktop.words import _

_CLOSE = Look(pad_y=1.5, row_keys=True)
_MATRIX = Look(pad_y=1.3, pad_x=4.0, row_keys=True)
_MONTH_WIDTH = 30.0
_TREND_LOW, _TREND_HIGH = 104.0, 280.0


@dataclass(frozen=True, slots=True)
class TesterLine:
    """A tester: events held in each month shown, and the sums of the whole time."""

    name: str
    months: Sequence[int]
    events: int
    participations: int
    contacts: int
    organisations: int


@dataclass(frozen=True, slots=True)
class GminaLine:
    """A gmina: per topic how many expected audiences were reached of how many, and which were not, in words."""

    name: str
    reached: Sequence[tuple[int, int]]
    gaps: str


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator: its value against its target (0: none), its part and where the number comes from."""

    code: str
    name: str
    unit: str
    value: int
    target: int
    detail: str
    source: str


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """A cluster: stage, since when, members, joint actions, what nobody covers."""

    name: str
    stage: str
    since: str
    members: int
    actions: int
    gaps: str


@dataclass(frozen=True, slots=True)
class QualityLine:
    """What a tester's records lack: drafts, held events without list or photos, photos without permission."""

    name: str
    drafts: int
    without_list: int
    without_photos: int
    without_permission: int
    unexplained: int

    @property
    def figures(self) -> tuple[int, ...]:
        """The counts in the order of the columns."""
        return (self.drafts, self.without_list, self.without_photos, self.without_permission, self.unexplained)


@dataclass(frozen=True, slots=True)
class OfficeSummary:
    """The whole project in words and figures ready to be printed, in the language of the report."""

    project: str
    period: str
    tiles: Sequence[Tile]
    months: Sequence[MonthLine]
    month_heads: Sequence[str]
    testers: Sequence[TesterLine]
    indicators: Sequence[IndicatorLine]
    topics: Sequence[tuple[str, str]]
    audiences: Sequence[Audience]
    percent: int
    reached: int
    expected: int
    gaps: Sequence[tuple[str, str]]
    gminas: Sequence[GminaLine]
    stages: Sequence[StageLine]
    clusters: Sequence[ClusterLine]
    quality: Sequence[QualityLine]
    method: Sequence[Rich]


def render(summary: OfficeSummary, setting: Setting) -> bytes:
    """The summary as a finished PDF file."""
    kind, title = _("Office summary"), _("Summary of the project")
    document = setting.document(kind, "", title, running=summary.project, landscape=True, subject=summary.period)
    blocks.opening(document, " · ".join(part for part in (kind, summary.project) if part), title)
    document.paragraph(f"{summary.period} {setting.as_of}.", theme.STAMP, after=5)
    blocks.tiles(document, summary.tiles)
    _trend(document, summary)
    _indicators(document, summary)
    _testers(document, summary)
    coverage(document, summary)
    _gminas(document, summary)
    _funnel(document, summary)
    _clusters(document, summary)
    _quality(document, summary)
    document.heading(_("How the numbers come about"), keep=50)
    document.bullets(list(summary.method), theme.VALUE)
    return document.finish()


def _trend(document: Document, summary: OfficeSummary) -> None:
    document.heading(_("Month by month"), keep=190)
    shown = [charts.Month(line.short, line.participations) for line in summary.months]
    document.paragraph(_("Participations by month"), theme.CAPTION, after=1.0)
    heads = (_("Events"), _("Participations"), _("Recipients"), _("Users"), _("Contacts"), _("Organisations"))
    columns = [Column(_("Month"), share=1.0), *(Column(head, width=88, align="right") for head in heads)]
    rows = [Row([line.label, *map(or_none, line.figures)]) for line in summary.months]
    sums = [sum(line.figures[at] for line in summary.months) for at in range(len(heads) - 1)]
    rows.append(Row([_("Total"), *map(or_none, sums), Cell([Run("–", colour=theme.MUTED)])], total=True))
    left = document.bottom - document.y - 4
    fits = document.table_height(columns, rows, _CLOSE, document.width) + _TREND_LOW <= left
    # where the numbers do not fit below, the trend takes the rest of the page and they stand on the next in one piece
    high = _TREND_LOW if fits else min(max(left, _TREND_LOW), _TREND_HIGH)
    charts.columns(document, charts.trend_words(_("participations by month"), shown), shown, high)
    if not fits:
        document.new_page()
    document.table(columns, rows, _CLOSE, name=_("Events, people and contacts by month"))


def _indicators(document: Document, summary: OfficeSummary) -> None:
    """Values against targets: numbers in a table, a bar and the mark of the target beside each row."""
    if not summary.indicators:
        return
    document.heading(_("Indicators against targets"), keep=120)
    columns = [
        Column(_("Code"), width=44), Column(_("Indicator"), share=150), Column(_("Unit"), share=60),
        Column(_("Value"), width=52, align="right"), Column(_("Target"), width=52, align="right"),
        Column("%", width=44, align="right"), Column(_("Of which"), share=90), Column(_("Comes from"), share=110),
    ]  # fmt: skip
    rows = [
        Row([
            line.code or "–", line.name, line.unit or "–", Cell([bold(number(line.value))]), or_none(line.target),
            f"{100 * line.value // line.target}%" if line.target else "–", line.detail or "–", line.source or "–",
        ])
        for line in summary.indicators
    ]  # fmt: skip
    document.table(columns, rows, Look(pad_y=1.8), name=_("Indicators: value, target and where the number comes from"))


def _testers(document: Document, summary: OfficeSummary) -> None:
    heads = [Column(head, width=_MONTH_WIDTH, align="right") for head in summary.month_heads]
    sums = [
        Column(_("Events"), width=46, align="right"), Column(_("Participations"), width=66, align="right"),
        Column(_("Contacts"), width=52, align="right"), Column(_("Org."), width=36, align="right"),
    ]  # fmt: skip
    rows = [
        Row([
            line.name, *map(or_none, line.months), Cell([bold(or_none(line.events))]), or_none(line.participations),
            or_none(line.contacts), or_none(line.organisations),
        ])
        for line in summary.testers
    ]  # fmt: skip
    if rows:
        totals = [sum(line.months[at] for line in summary.testers) for at in range(len(summary.month_heads))]
        whole = [
            sum(getattr(line, name) for line in summary.testers) for name in ("events", "participations", "contacts")
        ]
        rows.append(Row([_("Total"), *map(or_none, [*totals, *whole]), "–"], total=True))
    listed(
        document, _("Testers by month"), [Column(_("Tester"), share=1.0), *heads, *sums], rows,
        name=_("Events held by tester and month, with the sums of the whole time"),
        empty=_("There are no testers yet."),
        note=_("Events held in each month; at the right the whole time. A dash: none."), look=_MATRIX,
    )  # fmt: skip


def _gminas(document: Document, summary: OfficeSummary) -> None:
    columns = [
        Column(_("Gmina"), share=170),
        *(Column(code, width=58, align="center") for code, _name in summary.topics),
        Column(_("Not reached"), share=330),
    ]
    rows = [Row([line.name, *map(_part, line.reached), line.gaps or "–"]) for line in summary.gminas]
    listed(
        document, _("Topics by gmina"), columns, rows, name=_("Expected audiences reached by each topic in each gmina"),
        empty=_("No event or contact has a gmina."), look=_CLOSE,
        note=_("How many of the expected audiences each topic reached."),
    )  # fmt: skip


def _part(reached: tuple[int, int]) -> Cell:
    done, expected = reached
    words = _("{n} of {all}", n=done, all=expected)
    if not done:
        return Cell([Run(words, colour=theme.MUTED)])
    return Cell([bold(words)], fill=theme.TEAL_SOFT) if done == expected else Cell(words)


def _funnel(document: Document, summary: OfficeSummary) -> None:
    """Partners by stage, with bars beside the rows."""
    document.heading(_("Partners by stage of cooperation"), keep=190)
    columns = [
        Column(_("Stage"), share=1.0), Column(_("At the end"), width=70, align="right"),
        Column(_("Before"), width=60, align="right"),
    ]  # fmt: skip
    rows = [Row([line.label, number(line.now), number(line.before)]) for line in summary.stages]
    rows.append(
        Row([_("Total"), *(number(sum(getattr(line, name) for line in summary.stages)) for name in ("now", "before"))],
            total=True)
    )  # fmt: skip
    width = 300.0
    head, *steps = document.table_heights(columns, rows, _CLOSE, width)
    document.need(head + sum(steps))
    top = document.y
    document.table(columns, rows, _CLOSE, width=width, name=_("Partners by stage, now and before"))
    end, x = document.y, document.left + width + 12
    document.y = top + 1.5
    document.paragraph(_("Bar: at the end, line: before"), theme.CAPTION, x=x, width=document.right - x)
    largest = max(summary.stages, key=lambda line: line.now, default=StageLine("–", 0, 0)).label
    words = _("Bar chart of partners by stage; most are at: {stage}. The figures stand in the table.", stage=largest)
    shown = [Bar(line.now, line.before, line.quiet) for line in summary.stages]
    charts.bars(document, words, shown, x, top + head, document.right - x, steps)
    document.y = end


def _clusters(document: Document, summary: OfficeSummary) -> None:
    if not summary.clusters:
        return
    columns = [
        Column(_("Cluster"), share=150), Column(_("Stage"), share=110), Column(_("Since"), width=66),
        Column(_("Members"), width=62, align="right"), Column(_("Joint actions"), width=84, align="right"),
        Column(_("Nobody offers"), share=230),
    ]  # fmt: skip
    rows = [
        Row(
            [
                line.name,
                line.stage or "–",
                line.since or "–",
                or_none(line.members),
                or_none(line.actions),
                line.gaps or "–",
            ]
        )
        for line in summary.clusters
    ]
    listed(document, _("Clusters"), columns, rows, name=_("Clusters with stage, members and gaps"), empty="")


def _quality(document: Document, summary: OfficeSummary) -> None:
    heads = (
        _("Drafts"), _("Without a list"), _("Too few photos"), _("Photos without permission"),
        _("Differences not explained"),
    )  # fmt: skip
    columns = [Column(_("Tester"), share=1.0), *(Column(head, width=96, align="right") for head in heads)]
    rows = [Row([line.name, *map(_lack, line.figures)]) for line in summary.quality]
    if rows:
        sums = [sum(line.figures[at] for line in summary.quality) for at in range(len(heads))]
        rows.append(Row([_("Total"), *map(or_none, sums)], total=True))
    listed(
        document, _("Quality of the data"), columns, rows, name=_("What the records of each tester lack"),
        empty=_("There are no testers yet."), look=_CLOSE,
    )  # fmt: skip


def _lack(count: int) -> str | Cell:
    return Cell([Run(f"! {number(count)}", theme.BOLD, theme.WARN)]) if count else "–"
