"""The observations register (rejestr obserwacji): what of the tested product works, what does not, and for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from progressus_desktop.reports import blocks, charts, theme
from progressus_desktop.reports.blocks import Tile
from progressus_desktop.reports.charts import Bar
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.setting import Setting, or_none
from progressus_desktop.reports.tables import Cell, Column, Look, Row
from progressus_desktop.reports.text import Run, bold
from progressus_desktop.words import _

_CLOSE = Look(pad_y=1.5, row_keys=True)
_LISTED = Look(pad_y=2.4)


@dataclass(frozen=True, slots=True)
class ElementLine:
    """An element of the product: how many observations of each kind there are about it."""

    name: str
    kinds: Sequence[int]

    @property
    def total(self) -> int:
        """How many there are of all kinds."""
        return sum(self.kinds)


@dataclass(frozen=True, slots=True)
class ContextLine:
    """Organisations of one size or reach: how they were observed; ``weight`` is the mean in words, empty for none."""

    name: str
    all: int
    works: int
    obstacles: int
    adaptations: int
    weight: str

    @property
    def figures(self) -> tuple[int, ...]:
        """The counts in the order of the columns."""
        return self.all, self.works, self.obstacles, self.adaptations


@dataclass(frozen=True, slots=True)
class Observation:
    """One observation; ``sign`` says by word's side what kind it is (a key of ``blocks.SIGNS``)."""

    code: str
    date: str
    sign: str
    kind: str
    text: str
    whom: str
    context: str
    weight: str
    adaptation: str
    proposal: str
    decision: str
    reason: str
    accepted: bool = False
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """All observations about one element of the product."""

    name: str
    observations: Sequence[Observation]


@dataclass(frozen=True, slots=True)
class Register:
    """Observations in words and figures ready to be printed, in the language of the report."""

    organisation: str
    period: str
    tiles: Sequence[Tile]
    kinds: Sequence[str]
    elements: Sequence[ElementLine]
    sizes: Sequence[ContextLine]
    reaches: Sequence[ContextLine]
    groups: Sequence[Group]
    left_out: str = ""


def render(register: Register, setting: Setting) -> bytes:
    """The register as a finished PDF file."""
    kind, title = _("Observations register"), _("Observations about the product")
    running = "  ·  ".join(part for part in (register.organisation, register.period.rstrip(".")) if part)
    document = setting.document(kind, "", title, running=running, landscape=True, subject=register.period)
    blocks.opening(document, " · ".join(part for part in (kind, register.organisation) if part), title)
    document.paragraph(f"{register.period} {setting.as_of}.".strip(), theme.STAMP, after=5)
    blocks.tiles(document, register.tiles)
    if register.left_out:
        document.paragraph(register.left_out, theme.NOTE, after=2.0)
    if not register.groups:
        document.heading(_("Register"), keep=30)
        document.paragraph(_("There are no observations in this time."), theme.STAMP)
        return document.finish()
    _elements(document, register)
    contexts(document, register.sizes, register.reaches)
    document.heading(_("Register"), keep=120)
    for group in register.groups:
        _group(document, group)
    return document.finish()


def _elements(document: Document, register: Register) -> None:
    """Elements by kinds, with a bar for each; the mark is what stands in the way."""
    document.heading(_("By element and kind"), keep=150)
    columns = [
        Column(_("Element of the product"), share=1.0),
        *(Column(head, width=62, align="right") for head in register.kinds),
        Column(_("Total"), width=46, align="right"),
    ]
    rows = [
        Row([line.name, *map(or_none, line.kinds), Cell([bold(or_none(line.total))])]) for line in register.elements
    ]
    sums = [sum(line.kinds[at] for line in register.elements) for at in range(len(register.kinds))]
    rows.append(Row([_("Total"), *map(or_none, [*sums, sum(sums)])], total=True))
    width = document.width - 110.0
    head, *steps = document.table_heights(columns, rows, _CLOSE, width)
    document.need(head + sum(steps))
    top = document.y
    document.table(columns, rows, _CLOSE, width=width, name=_("Observations by element of the product and kind"))
    end, x = document.y, document.left + width + 12
    most = max(register.elements, key=lambda line: line.total)
    words = _("Bar chart of observations by element; most are about: {element}. The figures stand in the table.",
              element=most.name)  # fmt: skip
    bars = [Bar(line.total) for line in register.elements]
    charts.bars(document, words, bars, x, top + head, document.right - x, steps)
    document.y = end


def contexts(document: Document, sizes: Sequence[ContextLine], reaches: Sequence[ContextLine], level: int = 2) -> None:
    """By size and by reach of the organisations: the question whether the product can be adapted."""
    document.heading(_("By size and reach of the organisations"), level, keep=90)
    for head, lines, name in (
        (_("Size of the organisation"), sizes, _("Observations by size of the organisation")),
        (_("Reach of the organisation"), reaches, _("Observations by reach of the organisation")),
    ):
        columns = [
            Column(head, share=1.0), Column(_("Observations"), width=76, align="right"),
            Column(_("What works"), width=76, align="right"),
            Column(_("Problems and barriers"), width=82, align="right"),
            Column(_("Adaptations"), width=70, align="right"), Column(_("Mean weight"), width=66, align="right"),
        ]  # fmt: skip
        rows = [
            Row(
                [line.name, *map(or_none, (line.all, line.works, line.obstacles, line.adaptations)), line.weight or "–"]
            )
            for line in lines
        ]
        width = min(document.width, 620.0)
        document.need(document.table_height(columns, rows, _CLOSE, width))
        document.table(columns, rows, _CLOSE, width=width, name=name)
        document.y += 6


def _group(document: Document, group: Group) -> None:
    document.heading(f"{group.name} ({len(group.observations)})", 3, keep=80)
    columns = [
        Column(_("No. and date"), width=82), Column(_("Kind"), width=62), Column(_("Observation"), share=185),
        Column(_("Organisation"), share=130), Column(_("Weight"), width=44, align="right"),
        Column(_("Adaptation"), share=94), Column(_("Proposal"), share=94),
        Column(_("Decision of the office"), share=93),
    ]  # fmt: skip
    name = _("Observations about: {element}", element=group.name)
    document.table(columns, _rows(group.observations), _LISTED, name=name)


def _rows(observations: Iterable[Observation]) -> Iterable[Row]:
    for each in observations:
        yield Row([
            _two(each.code or "–", each.date), _kind(each), _two(each.text, each.topic), _two(each.whom, each.context),
            each.weight or "–", each.adaptation or "–", each.proposal or "–", _decision(each),
        ])  # fmt: skip


def _two(first: str, second: str) -> Cell:
    """Two lines in a cell, the second one muted."""
    shown: list[str | Run] = [first] if first else []
    if second:
        shown.append(Run(f"\n{second}" if first else second, colour=theme.MUTED))
    return Cell(shown or "–")


def _kind(observation: Observation) -> Cell:
    sign = observation.sign
    if sign not in blocks.SIGNS:
        return Cell(observation.kind or "–")
    return Cell([Run(f"{blocks.SIGNS[sign]} ", theme.BOLD, blocks.SIGN_COLOURS[sign]), observation.kind])


def _decision(observation: Observation) -> Cell:
    if not observation.decision:
        return Cell("–")
    colour = theme.OK if observation.accepted else theme.TEXT
    sign = f"{blocks.SIGNS['ok']} " if observation.accepted else ""
    shown: list[str | Run] = [Run(f"{sign}{observation.decision}", theme.SEMIBOLD, colour)]
    if observation.reason:
        shown.append(Run(f"\n{observation.reason}", colour=theme.MUTED))
    return Cell(shown)
