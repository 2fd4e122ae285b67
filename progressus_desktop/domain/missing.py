"""What to say where a required field is empty: how to fill it, with an example."""

from __future__ import annotations

from progressus_desktop.domain.fields import Field, Type
from progressus_desktop.words import N_, Message

_ASK = {
    "title": N_("Enter the title."),
    "locality": N_("Enter the locality."),
    "date": N_("Enter the date."),
    "date_from": N_("Enter the first day."),
    "date_to": N_("Enter the last day."),
    "name": N_("Enter the name."),
    "last_name": N_("Enter the last name."),
    "first_name": N_("Enter the first name."),
    "subject": N_("Write what it was about."),
    "short_code": N_("Enter the short code."),
    "kind": N_("Choose the kind."),
    "status": N_("Choose the status."),
    "channel": N_("Choose the form of contact."),
    "result": N_("Choose the result."),
    "role": N_("Choose the role."),
    "stage": N_("Choose the stage."),
    "state": N_("Choose the state."),
    "depth": N_("Choose how it was raised."),
    "answer": N_("Choose an answer."),
    "basis": N_("Choose the legal basis."),
    "leader": N_("Choose the leader."),
    "lead_organiser": N_("Choose the lead organiser."),
    "organisation": N_("Choose the organisation."),
    "person": N_("Choose the person."),
    "partner": N_("Choose the partner."),
    "partners": N_("Choose at least one partner."),
    "phone": N_("Enter the phone number."),
    "email": N_("Enter the e-mail address."),
    "link": N_("Enter the link."),
    "original": N_("Choose a file."),
    "what": N_("Write what."),
    "item": N_("Write what is on the agenda."),
    "institution": N_("Enter the institution."),
    "count": N_("Enter the number."),
    "no": N_("Enter the number."),
    "data_set": N_("Write which data."),
}
_CHOSEN = {Type.CODE, Type.CODES, Type.REFERENCE, Type.REFERENCES}


def missing(field: Field) -> Message:
    """The words under an empty required field: "Wpisz miejscowość. Np. Zmyślona."; by its label if it has none."""
    named = {"field": Message(field.label)}
    by_label = Message(N_("Choose “{field}”.") if field.type in _CHOSEN else N_("Write “{field}”."), named)
    ask = Message(_ASK[field.name]) if field.name in _ASK else by_label
    if not field.example or field.type in _CHOSEN:
        return ask
    return Message(N_("{sentence} E.g. {example}."), {"sentence": ask, "example": Message(field.example)})
