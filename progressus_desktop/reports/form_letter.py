"""The letter of intent (list intencyjny) between an organisation and a partner, filled in with what is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from progressus_desktop.reports import blocks, forms, theme
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.setting import Setting
from progressus_desktop.reports.text import Rich, bold
from progressus_desktop.words import _

_WHOM = 24.0


@dataclass(frozen=True, slots=True)
class Party:
    """One side of the letter; what is not known is a line to write on."""

    name: str
    address: str
    numbers: str


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter in words ready to be printed, in the language of the report."""

    code: str
    parties: tuple[Party, Party]
    project: str
    leader: str
    until: str
    sought: Sequence[str] = ()
    offers: Sequence[str] = ()


def render(letter: Letter, setting: Setting) -> bytes:
    """The letter as a finished PDF file."""
    title = _("Letter of intent")
    document = setting.document(title, letter.code, title, running=letter.parties[1].name or title)
    blocks.opening(document, letter.project or letter.code, title)
    matter = _("on joint work for the vocational activation of people with disabilities")
    document.paragraph(matter, theme.LEAD, after=4.0)
    forms.lines(document, [_("Place and date")])
    for number, party in enumerate(letter.parties, 1):
        _party(document, number, party)
    for heading, items in _articles(letter):
        document.heading(heading, keep=50)
        document.bullets(list(items), numbered=True)
    _offers(document, letter)
    document.heading(_("Signatures"), keep=66)
    forms.signature(
        document,
        [_("For: {name}", name=each.name or "……………………") for each in letter.parties],
        room=48,
    )
    return document.finish()


def _party(document: Document, number: int, party: Party) -> None:
    known = ", ".join(part for part in (party.address, party.numbers) if part)
    words: Rich = [f"{number}. ", bold(party.name)] if party.name else f"{number}."
    document.y += 4
    if party.name:
        document.paragraph([*words, f", {known}" if known else ""], after=1)
    else:
        forms.lines(document, [words])
    forms.lines(document, [_("represented by")], high=_WHOM)


def _articles(letter: Letter) -> list[tuple[str, list[Rich]]]:
    """The paragraphs of the letter; words an office may use as they are."""
    frame = (
        _("The letter is signed within the project “{project}”, led by {leader}.",
          project=letter.project, leader=letter.leader or "……………………")
        if letter.project
        else ""
    )  # fmt: skip
    until = letter.until or "……………………"
    aims: list[Rich] = [
        _("The parties want to work together so that people with disabilities find it easier to get and keep work."),
        _("They want to test joint work in a cluster: of organisations, employers and local government."),
    ]
    ways: list[Rich] = [
        _("The parties tell each other of their offers and needs and name one person for contact each."),
        _("They plan joint actions, and agree on each of them apart."),
        _("They take part, as far as they can, in meetings of the cluster."),
    ]
    last: list[Rich] = [
        _("The letter gives rise to no financial duty and to no claim."),
        _("It is valid until {until}. Each party may withdraw from it in writing at any time.", until=until),
        _("It is drawn up in two copies, one for each party."),
    ]
    return [
        (_("Aim"), [*aims, *([frame] if frame else [])]),
        (_("How we work together"), ways),
        (_("Final provisions"), last),
    ]


def _offers(document: Document, letter: Letter) -> None:
    """What the partner gives: every category of offers to be ticked; what it seeks is known from its record."""
    document.heading(_("What the partner can give"), keep=60)
    forms.choices(document, list(letter.offers), theme.VALUE, between=0.5, columns=3)
    if letter.sought:
        document.heading(_("What the partner seeks"), keep=34)
        document.paragraph(", ".join(letter.sought) + ".")
