"""The written answer to a request for erasure that is refused: why, what happens to the data, how to complain."""

from __future__ import annotations

from dataclasses import dataclass

from progressus_desktop.reports import forms
from progressus_desktop.reports.setting import Setting
from progressus_desktop.words import _


@dataclass(frozen=True, slots=True)
class Letter:
    """The answer in words ready to be printed; ``ground`` may be empty where ``words`` tell the reason alone."""

    name: str
    project: str
    controller: str
    asked_on: str
    date: str
    ground: str
    words: str
    kept: str
    contact: str


def render(letter: Letter, setting: Setting) -> bytes:
    """The letter as a finished PDF file."""
    kind = _("Answer to a request for the erasure of data")
    document = setting.document(kind, "", kind, running=letter.project or kind)
    facts = [
        (_("To"), letter.name), (_("Controller"), letter.controller), (_("Project"), letter.project),
        (_("Asked on"), letter.asked_on), (_("Answered on"), letter.date),
    ]  # fmt: skip
    forms.head(document, setting.as_of, kind, facts, "")
    document.prose(_("We cannot meet the request to erase personal data now (Art. 17 of the GDPR)."))
    document.heading(_("Reason of the refusal"), keep=60)
    reasons = [letter.ground[:1].upper() + letter.ground[1:] + "." if letter.ground else "", letter.words]
    for each in reasons:
        if each:
            document.prose(each)
    document.heading(_("What happens to the data"), keep=60)
    document.bullets(
        [
            _("We keep only the data that this reason asks for, and use them for nothing else."),
            _("Once the reason ends, we erase the data."),
            *([_("How long we keep data: {words}", words=letter.kept)] if letter.kept else []),
        ]
    )
    document.heading(_("What can be done"), keep=90)
    document.bullets(
        [
            _("A complaint can be lodged with the supervisory authority: the President of the Personal Data Protection"
              " Office (Prezes Urzędu Ochrony Danych Osobowych)."),
            _("The rights can be claimed before a court too."),
            *([_("Questions about the data: {contact}", contact=letter.contact)] if letter.contact else []),
        ]
    )  # fmt: skip
    forms.signature(document, [_("Place and date"), _("For the controller: name, signature")], room=60)
    return document.finish()
