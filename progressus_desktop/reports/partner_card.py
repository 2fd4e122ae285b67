"""The partner card (karta partnera): who the organisation is, what was agreed and done with it, what is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from progressus_desktop.reports import blocks, theme
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.sections import cells, listed
from progressus_desktop.reports.setting import Setting
from progressus_desktop.reports.tables import Cell, Column, Row
from progressus_desktop.reports.text import Rich, Run, bold
from progressus_desktop.words import _


@dataclass(frozen=True, slots=True)
class Person:
    """A contact person; ``clause`` says when the information clause was given."""

    name: str
    function: str
    phone: str
    email: str
    clause: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """A declaration or contract and whether its scan is kept."""

    kind: str
    date: str
    valid: str
    scan: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of cooperation: when, which, whose, a note."""

    date: str
    stage: str
    whose: str
    note: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """An event the partner had a part in."""

    date: str
    title: str
    part: str
    locality: str
    status: str


@dataclass(frozen=True, slots=True)
class Talk:
    """An entry of the contact log."""

    date: str
    channel: str
    subject: str
    topics: str
    result: str


@dataclass(frozen=True, slots=True)
class Matter:
    """Something still to be done; ``late`` if its day has passed."""

    what: str
    who: str
    due: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the partner gives: kind, what, for whom, its cost, until when; ``new`` if the project began it."""

    kind: str
    what: str
    whom: str
    cost: str
    until: str
    new: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """A cluster the partner belongs to."""

    cluster: str
    role: str
    since: str
    stage: str


@dataclass(frozen=True, slots=True)
class PartnerCard:
    """A partner in words ready to be printed, in the language of the report."""

    code: str
    name: str
    state: str
    state_kind: str
    period: str
    facts: Sequence[tuple[str, str]] = ()
    people: Sequence[Person] = ()
    people_note: str = ""
    offers: Sequence[Offer] = ()
    seeks: Sequence[str] = ()
    clusters: Sequence[Membership] = ()
    agreements: Sequence[Agreement] = ()
    stages: Sequence[Stage] = ()
    meetings: Sequence[Meeting] = ()
    talks: Sequence[Talk] = ()
    matters: Sequence[Matter] = ()
    working: bool = False


def render(card: PartnerCard, setting: Setting) -> bytes:
    """The card as a finished PDF file."""
    kind, name = _("Partner card"), card.name or _("Partner without a name")
    document = setting.document(kind, card.code, name, running=name, working=card.working)
    blocks.opening(document, " · ".join(part for part in (kind, card.code) if part), name)
    blocks.chips(document, card.state_kind, card.state, setting.as_of)
    if card.facts:
        blocks.facts(document, card.facts)
    _matters(document, card)
    _people(document, card)
    _offers(document, card)
    _agreements(document, card)
    _clusters(document, card)
    _stages(document, card)
    _meetings(document, card)
    _talks(document, card)
    return document.finish()


def _matters(document: Document, card: PartnerCard) -> None:
    columns = [Column(_("What to do"), share=263), Column(_("Who"), share=116), Column(_("Until when"), share=120)]
    rows = [Row([each.what, each.who or "–", _due(each)]) for each in card.matters]
    listed(document, _("Open matters"), columns, rows, name=_("What is still to be done"), empty=_("Nothing is open."))


def _due(matter: Matter) -> str | Cell:
    if matter.late:
        return Cell([Run(_("! overdue, {day}", day=matter.due), theme.BOLD, theme.WARN)])
    return matter.due or "–"


def _people(document: Document, card: PartnerCard) -> None:
    columns = [
        Column(_("First and last name"), share=120), Column(_("Function"), share=100), Column(_("Phone"), share=90),
        Column(_("E-mail"), share=125), Column(_("Clause given"), share=64),
    ]  # fmt: skip
    rows = [Row(cells(each.name, each.function, each.phone, each.email, each.clause)) for each in card.people]
    listed(
        document, _("Contact persons"), columns, rows, name=_("Contact persons of the partner"),
        empty=card.people_note or _("No contact persons."), note=card.people_note if rows else "",
    )  # fmt: skip


def _offers(document: Document, card: PartnerCard) -> None:
    """What the partner gives, and in words what it seeks."""
    columns = [
        Column(_("Kind"), share=90), Column(_("What is offered"), share=170), Column(_("For whom"), share=110),
        Column(_("Cost"), share=60), Column(_("Valid until"), share=69),
    ]  # fmt: skip
    rows = [
        Row([each.kind or "–", _offered(each), each.whom or "–", each.cost or "–", each.until or "–"])
        for each in card.offers
    ]
    seeks: Rich = [bold(f"{_('Seeks')}: "), ", ".join(card.seeks)] if card.seeks else ""
    listed(
        document, _("Offers and needs"), columns, rows, name=_("What the partner offers"),
        empty=_("No offer is written down yet."),
    )  # fmt: skip
    if card.seeks:
        document.y += 3.0
        document.paragraph(seeks, theme.VALUE)


def _offered(offer: Offer) -> Cell:
    shown: list[str | Run] = [offer.what or "–"]
    if offer.new:
        shown.append(Run(f" ({offer.new})", theme.SEMIBOLD, theme.OK))
    return Cell(shown)


def _clusters(document: Document, card: PartnerCard) -> None:
    if not card.clusters:
        return
    columns = [
        Column(_("Cluster"), share=190), Column(_("Role in the cluster"), share=110), Column(_("Since"), width=80),
        Column(_("Stage of the cluster"), share=120),
    ]  # fmt: skip
    rows = [Row(cells(each.cluster, each.role, each.since, each.stage)) for each in card.clusters]
    listed(document, _("Clusters"), columns, rows, name=_("Clusters of the partner"), empty="")


def _agreements(document: Document, card: PartnerCard) -> None:
    columns = [
        Column(_("Document"), share=190), Column(_("Date"), share=80), Column(_("Valid until"), share=80),
        Column(_("Scan"), share=80),
    ]  # fmt: skip
    rows = [Row([each.kind, each.date or "–", each.valid or "–", _scan(present=each.scan)]) for each in card.agreements]
    listed(
        document, _("Declarations and agreements"), columns, rows, name=_("Documents signed with the partner"),
        empty=_("Nothing was signed yet."),
    )  # fmt: skip


def _scan(*, present: bool) -> Cell:
    if present:
        return Cell([Run(f"{blocks.SIGNS['ok']} ", theme.SEMIBOLD, theme.OK), _("there")])
    return Cell([Run(f"! {_('missing')}", theme.BOLD, theme.WARN)])


def _stages(document: Document, card: PartnerCard) -> None:
    columns = [
        Column(_("Date"), width=62), Column(_("Stage"), share=130), Column(_("Whose cooperation"), share=150),
        Column(_("Note"), share=150),
    ]  # fmt: skip
    rows = [Row(cells(each.date, each.stage, each.whose, each.note)) for each in card.stages]
    listed(
        document, _("Stage of cooperation"), columns, rows, name=_("How the cooperation went, newest first"),
        empty=_("No stage is written down yet."),
    )  # fmt: skip


def _meetings(document: Document, card: PartnerCard) -> None:
    columns = [
        Column(_("Date"), width=62), Column(_("Event"), share=190), Column(_("Part"), share=100),
        Column(_("Locality"), share=90), Column(_("State"), share=70),
    ]  # fmt: skip
    rows = [Row(cells(each.date, each.title, each.part, each.locality, each.status)) for each in card.meetings]
    listed(
        document, _("Joint events"), columns, rows, name=_("Events with a part of the partner, newest first"),
        empty=_("No events in this time."), note=card.period,
    )  # fmt: skip


def _talks(document: Document, card: PartnerCard) -> None:
    columns = [
        Column(_("Date"), width=62), Column(_("Channel"), share=60), Column(_("Matter"), share=200),
        Column(_("Topics"), share=56), Column(_("Result"), share=90),
    ]  # fmt: skip
    rows = [Row(cells(each.date, each.channel, each.subject, each.topics, each.result)) for each in card.talks]
    listed(
        document, _("Contact log"), columns, rows, name=_("Contacts with the partner, newest first"),
        empty=_("No contacts in this time."), note=card.period,
    )  # fmt: skip
