"""The cluster report (sprawozdanie klastra): stage, members, what they give and seek, gaps, actions, before and now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from progressus_desktop.reports import blocks, charts, theme
from progressus_desktop.reports.blocks import Tile
from progressus_desktop.reports.charts import Bar
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.sections import cells, listed
from progressus_desktop.reports.setting import Setting, number
from progressus_desktop.reports.tables import Cell, Column, Look, Row
from progressus_desktop.reports.text import Run, bold
from progressus_desktop.words import _

_CLOSE = Look(pad_y=1.6, row_keys=True)


@dataclass(frozen=True, slots=True)
class StageStep:
    """A stage of clusters and since when this one is at it; ``now`` marks the present one."""

    name: str
    since: str
    now: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation in the cluster; ``before`` and ``now`` say how it worked with the others."""

    name: str
    role: str
    since: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Share:
    """A kind of offer: who gives it, who seeks it; sought and given by nobody it is a gap."""

    category: str
    gives: str
    seeks: str
    gap: bool = False


@dataclass(frozen=True, slots=True)
class ActionLine:
    """A joint action and what came of it."""

    title: str
    kind: str
    partners: str
    period: str
    state: str
    result: str
    outcomes: str


@dataclass(frozen=True, slots=True)
class Cooperation:
    """How many members worked with others in this way before the cluster and now."""

    name: str
    before: int
    now: int


@dataclass(frozen=True, slots=True)
class ClusterReport:
    """A cluster in words ready to be printed, in the language of the report."""

    code: str
    name: str
    state: str
    state_kind: str
    facts: Sequence[tuple[str, str]]
    tiles: Sequence[Tile]
    mission: str = ""
    stages: Sequence[StageStep] = ()
    members: Sequence[Member] = ()
    shares: Sequence[Share] = ()
    gaps: Sequence[str] = ()
    actions: Sequence[ActionLine] = ()
    cooperation: Sequence[Cooperation] = ()
    plan: str = ""
    risks: str = ""
    working: bool = False


def render(report: ClusterReport, setting: Setting) -> bytes:
    """The report as a finished PDF file."""
    kind, name = _("Cluster report"), report.name or _("Cluster without a name")
    document = setting.document(kind, report.code, name, running=name, working=report.working)
    blocks.opening(document, " · ".join(part for part in (kind, report.code) if part), name)
    blocks.chips(document, report.state_kind, report.state, setting.as_of)
    blocks.facts(document, report.facts)
    document.y += 6
    blocks.tiles(document, report.tiles)
    if report.mission:
        document.heading(_("Mission"), keep=34)
        document.prose(report.mission)
    _stages(document, report)
    _members(document, report)
    _cooperation(document, report)
    _shares(document, report)
    _actions(document, report)
    for heading, words in ((_("Plan to last"), report.plan), (_("Risks"), report.risks)):
        if words:
            document.heading(heading, keep=34)
            document.prose(words)
    return document.finish()


def _stages(document: Document, report: ClusterReport) -> None:
    columns = [Column(_("Stage"), share=1.0), Column(_("Since"), width=90)]
    rows = []
    for step in report.stages:
        name: str | Cell = step.name
        if step.now:
            name = Cell([Run(f"{blocks.SIGNS['ok']} ", theme.SEMIBOLD, theme.OK), bold(step.name), _(" (now)")],
                        fill=theme.TEAL_SOFT)  # fmt: skip
        rows.append(Row([name, step.since or "–"]))
    document.heading(_("Stages"), keep=len(rows) * 15.0 + 20)
    document.table(columns, rows, _CLOSE, width=320, name=_("Stages of the cluster with dates"))


def _members(document: Document, report: ClusterReport) -> None:
    columns = [
        Column(_("Member"), share=190), Column(_("Role"), share=80), Column(_("Since"), width=66),
        Column(_("Cooperation before"), share=86), Column(_("Now"), share=60),
    ]  # fmt: skip
    rows = [Row(cells(each.name, each.role, each.since, each.before, each.now)) for each in report.members]
    listed(
        document, _("Members"), columns, rows, name=_("Members of the cluster"), empty=_("There are no members yet."),
    )  # fmt: skip


def _cooperation(document: Document, report: ClusterReport) -> None:
    """Before and now: what the joint actions show of how members worked together."""
    if not report.members:
        return
    columns = [
        Column(_("Cooperation"), share=1.0), Column(_("Now"), width=52, align="right"),
        Column(_("Before"), width=60, align="right"),
    ]  # fmt: skip
    rows = [Row([each.name, number(each.now), number(each.before)]) for each in report.cooperation]
    width = 240.0
    head, *steps = document.table_heights(columns, rows, _CLOSE, width)
    document.heading(_("Cooperation before and now"), keep=head + sum(steps) + 30)
    document.need(head + sum(steps))
    top = document.y
    document.table(columns, rows, _CLOSE, width=width, name=_("Members by the way they cooperate"))
    end, x = document.y, document.left + width + 12
    document.y = top + 1.5
    document.paragraph(_("Bar: now, line: before"), theme.CAPTION, x=x, width=document.right - x)
    words = "; ".join(_("{name}: {before} before, {now} now", name=each.name, before=each.before, now=each.now)
                      for each in report.cooperation)  # fmt: skip
    alt = _("Bar chart of members by cooperation. {words}", words=words)
    shown = [Bar(each.now, each.before) for each in report.cooperation]
    charts.bars(document, alt, shown, x, top + head, document.right - x, steps)
    document.y = end + 1.5
    note = _("Now: from joint actions that were begun; one is occasional, two and more are steady.")
    document.y += 2.0
    document.paragraph(note, theme.CAPTION)


def _shares(document: Document, report: ClusterReport) -> None:
    columns = [
        Column(_("Kind of support"), share=150), Column(_("Gives"), share=180), Column(_("Seeks"), share=180),
    ]  # fmt: skip
    rows = []
    for each in report.shares:
        gives: str | Cell = each.gives or "–"
        if each.gap:
            gives = Cell([Run(_("! gap: nobody"), theme.BOLD, theme.WARN)], fill=theme.WARN_SOFT)
        rows.append(Row([each.category, gives, each.seeks or "–"]))
    listed(
        document, _("What members give and seek"), columns, rows, name=_("Who gives and who seeks which support"),
        empty=_("No member has written down an offer or a need."), look=_CLOSE,
    )  # fmt: skip
    if report.gaps:
        document.heading(_("Gaps"), keep=34)
        document.bullets(list(report.gaps))


def _actions(document: Document, report: ClusterReport) -> None:
    columns = [
        Column(_("Joint action"), share=100), Column(_("Kind"), share=72), Column(_("Partners"), share=108),
        Column(_("Period"), width=84), Column(_("State"), share=74), Column(_("Result"), share=98),
        Column(_("Outcomes for people"), share=84),
    ]  # fmt: skip
    rows = [
        Row(cells(each.title, each.kind, each.partners, each.period, each.state, each.result, each.outcomes))
        for each in report.actions
    ]
    listed(
        document, _("Joint actions"), columns, rows, name=_("Joint actions with their results"),
        empty=_("There are no joint actions yet."),
    )  # fmt: skip
