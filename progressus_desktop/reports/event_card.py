"""The event card (karta wydarzenia): everything about one event on two pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from progressus_desktop.reports import blocks, theme
from progressus_desktop.reports.blocks import Entry, Panel, Photo
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.setting import Setting, number, or_none
from progressus_desktop.reports.tables import COMPACT, Cell, Column, Look, Row
from progressus_desktop.reports.text import Run
from progressus_desktop.words import _, ngettext


@dataclass(frozen=True, slots=True)
class Count:
    """A row of participants: women, men, not given."""

    label: str
    f: int = 0
    m: int = 0
    x: int = 0

    @property
    def total(self) -> int:
        """All together."""
        return self.f + self.m + self.x


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: how deep it went (0 not touched … 3 workshop) and for whom."""

    code: str
    name: str
    depth: int = 0
    depth_word: str = ""
    audience: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What was agreed, who does it, until when; ``state`` in words once it is not open any more."""

    what: str
    who: str
    due: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One document of the event: whether it is there, and words about it."""

    name: str
    present: bool
    words: str


@dataclass(frozen=True, slots=True)
class EventCard:
    """An event in words ready to be printed, in the language of the report."""

    code: str
    title: str
    state: str
    state_kind: str = "ok"
    facts: Sequence[tuple[str, str]] = ()
    participants: Sequence[Count] = ()
    of_which: Sequence[Count] = ()
    about_people: Sequence[tuple[str, str]] = ()
    topics: Sequence[Topic] = ()
    summary: str = ""
    course: str = ""
    difficulties: str = ""
    arrangements: Sequence[Arrangement] = ()
    accessible: Sequence[str] = ()
    not_accessible: Sequence[str] = ()
    not_applicable: Sequence[str] = ()
    unanswered: Sequence[str] = ()
    requested: str = ""
    photos: Sequence[Photo] = ()
    photos_note: str = ""
    percent: int = 0
    evidence: Sequence[Evidence] = ()
    people: Sequence[str] = field(default_factory=tuple)
    working: bool = False


def render(card: EventCard, setting: Setting) -> bytes:
    """The card as a finished PDF file."""
    title = card.title or _("Event without a title")
    kind = _("Event card")
    document = setting.document(kind, card.code, title, running=title, working=card.working)
    blocks.opening(document, f"{kind} · {card.code}", title)
    draw(document, card, setting)
    document.heading(_("Approval"), keep=70)
    blocks.signatures(document, (_("First and last name"), _("Date and signature")), card.people or ["", ""])
    return document.finish()


def draw(document: Document, card: EventCard, setting: Setting) -> None:
    """The card below its title."""
    blocks.chips(document, card.state_kind, card.state, setting.as_of)
    if card.facts:
        blocks.facts(document, card.facts)
    _participants(document, card)
    _topics(document, card)
    _course(document, card)
    _arrangements(document, card)
    _accessibility(document, card)
    _photos(document, card)
    _completeness(document, card)


def _participants(document: Document, card: EventCard) -> None:
    women, men, unknown = (sum(getattr(count, sex) for count in card.participants) for sex in ("f", "m", "x"))
    total = Count(_("Total"), women, men, unknown)
    rows = [_count_row(count) for count in card.participants if count.total]
    rows.append(Row(_count_cells(total), total=True))
    rows += [_count_row(count, indent=8.0) for count in card.of_which]
    columns = [
        Column(_("Role"), share=1.0),
        Column(_("W"), width=36, align="right"),
        Column(_("M"), width=36, align="right"),
        Column(_("Not given"), width=50, align="right"),
        Column(_("Total"), width=46, align="right"),
    ]
    persons = ngettext("{count} person", "{count} people", total.total, count=number(total.total))
    panel = Panel([Entry(persons, theme.BIG)])
    if total.total:
        panel.entries.append(Entry(_sexes(total)))
    for label, value in card.about_people:
        panel.entries += [Entry(label, theme.PANEL_KEY, gap=6.0), Entry(value, gap=1.2)]
    name = _("Participants by role and sex")
    blocks.beside(document, columns, rows, _MATRIX, panel, panel_width=132, name=name, heading=_("Participants"))


_MATRIX = Look(pad_y=2.25, head_pad_y=2.3, row_keys=True)


def _sexes(total: Count) -> str:
    parts = [
        ngettext("{count} woman", "{count} women", total.f, count=number(total.f)),
        ngettext("{count} man", "{count} men", total.m, count=number(total.m)),
    ]
    if total.x:
        parts.append(_("not given\u00a0{count}", count=number(total.x)))
    return ", ".join(parts)


def _count_row(count: Count, indent: float = 0.0) -> Row:
    return Row(_count_cells(count, indent))


def _count_cells(count: Count, indent: float = 0.0) -> list[str | Cell]:
    figures = (count.f, count.m, count.x, count.total)
    return [Cell(count.label, indent=indent), *(or_none(figure) for figure in figures)]


def _topics(document: Document, card: EventCard) -> None:
    document.heading(_("Topics"), keep=60)
    rows = []
    for topic in card.topics:
        name: list[str | Run] = [Run(topic.code, theme.BOLD), f" {topic.name}"]
        if topic.detail:
            name.append(Run("\n" + _("raised: {aspects}", aspects=topic.detail), colour=theme.MUTED))
        dots = blocks.depth_dots(topic.depth)
        word = topic.depth_word if topic.depth else Run(_("not raised"), colour=theme.MUTED)
        depth = Cell([word], mark=dots.mark, mark_width=dots.mark_width)
        rows.append(Row([Cell(name), depth, topic.audience or "–"]))
    columns = [
        Column(_("Topic"), share=183.5),
        Column(_("How it was raised"), share=104),
        Column(_("For whom"), share=212),
    ]
    document.table(columns, rows, _NORMAL, name=_("The four topics, how deep each went and for whom"))


_NORMAL = Look(row_keys=True)


def _course(document: Document, card: EventCard) -> None:
    if card.course or card.summary:
        document.heading(_("Course and results"), keep=40)
    if card.summary and card.summary != card.course:
        document.prose(card.summary)
    if card.course:
        document.prose(card.course)
    if card.difficulties:
        document.heading(_("Difficulties"), keep=30)
        document.prose(card.difficulties)


def _arrangements(document: Document, card: EventCard) -> None:
    if not card.arrangements:
        return
    document.heading(_("Arrangements"), keep=50)
    rows = [
        Row([each.what, each.who or "–", " · ".join(part for part in (each.due, each.state) if part) or "–"])
        for each in card.arrangements
    ]
    columns = [Column(_("What was agreed"), share=263), Column(_("Who"), share=136), Column(_("Until when"), share=100)]
    document.table(columns, rows, Look(), name=_("Arrangements with person and date"))


def _accessibility(document: Document, card: EventCard) -> None:
    document.heading(_("Accessibility"), keep=60)
    answers = [
        ("ok", _("Yes ({n})", n=len(card.accessible)), ", ".join(card.accessible)),
        ("error", _("No ({n})", n=len(card.not_accessible)), ", ".join(card.not_accessible)),
        ("none", _("Not applicable ({n})", n=len(card.not_applicable)), ", ".join(card.not_applicable)),
        ("warn", _("No answer ({n})", n=len(card.unanswered)), ", ".join(card.unanswered)),
    ]
    rows = [Row([_answer(sign, label), words]) for sign, label, words in answers if words]
    rows.append(Row([Cell([Run(_("Requested"), theme.SEMIBOLD)], key=True), card.requested or "–"]))
    columns = [Column("", width=100), Column("", share=1.0)]
    document.table(columns, rows, blocks.BOXED, name=_("Accessibility answers"))


def _lower(name: str) -> str:
    """``name`` as it stands inside a sentence."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _answer(sign: str, label: str) -> Cell:
    parts: list[str | Run] = [
        Run(f"{blocks.SIGNS[sign]} ", theme.SEMIBOLD, blocks.SIGN_COLOURS[sign]),
        Run(label, theme.SEMIBOLD),
    ]
    return Cell(parts, key=True)


def _photos(document: Document, card: EventCard) -> None:
    if not (card.photos or card.photos_note):
        return
    document.heading(_("Photos"), keep=130 if card.photos else 20)
    if card.photos:
        blocks.photos(document, card.photos[:3])
    if card.photos_note:
        document.paragraph(card.photos_note, theme.CAPTION)
    document.y += 2


def _completeness(document: Document, card: EventCard) -> None:
    if not card.evidence:
        return
    there = sum(each.present for each in card.evidence)
    missing = [_lower(each.name) for each in card.evidence if not each.present]
    panel = Panel([Entry(f"{card.percent}%", theme.BIG), Entry("", gap=4.0, bar=card.percent / 100)])
    panel.entries.append(Entry(_("{n} of {all} items", n=there, all=len(card.evidence)), gap=5.5))
    if missing:
        panel.entries.append(Entry([Run(_("Missing: {names}", names=", ".join(missing)), theme.SEMIBOLD, theme.WARN)]))
    rows = []
    for each in card.evidence:
        state: list[str | Run] = [Run(f"{blocks.SIGNS['ok']} ", theme.SEMIBOLD, theme.OK), each.words]
        if not each.present:
            state = [Run(f"! {each.words}", theme.BOLD, theme.WARN)]
        rows.append(Row([each.name, Cell(state)]))
    columns = [Column(_("Document"), share=128), Column(_("State"), share=223)]
    name = _("Documents of the event and whether they are there")
    blocks.beside(
        document, columns, rows, COMPACT, panel, panel_width=134, panel_left=True, name=name,
        heading=_("Completeness of the documents"),
    )  # fmt: skip
