"""Participant (osoba na liście imiennej): a person at an event, where the project allows named lists (domain.md, 6).

Never a disability or a special need: those stay counts of the event. The consent to use the image is the
person's own; here it is only shown and set.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping

from progressus_desktop.domain.fields import (
    Derived,
    Entity,
    Field,
    Level,
    ListWords,
    Lookup,
    PersonalData,
    Problem,
    Section,
    Type,
    Values,
)
from progressus_desktop.words import N_, NN_, Message

IMAGE = "image:all"
"""The purpose of a person's consent to use the image, in all photos."""

CONSENT_FIELDS = ("image_consent", "image_consent_date", "image_consent_way")
"""What is shown here and kept with the person."""

STATES: Mapping[str, str] = {"given": "yes", "refused": "no", "objected": "no", "withdrawn": "withdrawn"}
"""The answer that a state of consent is shown as; nothing said is "unknown"."""

_P, _S = PersonalData.PERSONAL, PersonalData.SPECIAL

_FIELDS = (
    Field("event", Type.REFERENCE, N_("Event"), required=True, target="event", section="basics", searchable=True),
    Field(
        "person", Type.REFERENCE, N_("Person"), required=True, target="person", section="basics", personal=_P,
        searchable=True, column=1,
    ),
    Field(
        "organisation", Type.REFERENCE, N_("Organisation"), target="partner", section="basics", personal=_P,
        searchable=True, column=2,
    ),
    Field("role", Type.CODE, N_("Role at the event"), codes="named_role", section="basics", personal=_P, column=3),
    Field("sex", Type.CODE, N_("Sex"), codes="sex", section="basics", personal=_P, column=4),
    Field("present", Type.CODE, N_("Presence"), codes="presence", section="basics", personal=_P, column=5),
    Field("signed", Type.BOOLEAN, N_("Signed on paper"), section="basics", personal=_P),
    Field("signed_row", Type.INTEGER, N_("Row on paper"), section="basics", example="4"),
    Field(
        "image_consent", Type.CODE, N_("Image consent"), codes="image_consent", section="basics", personal=_S,
        help=N_("Kept with the person: it holds for all photos."),
    ),
    Field("image_consent_date", Type.DATE, N_("Date of the consent"), section="basics", personal=_S),
    Field("image_consent_way", Type.CODE, N_("Way of the consent"), codes="consent_way", section="basics", personal=_S),
    Field("clause_given_on", Type.DATE, N_("Information clause given on"), section="basics", personal=_P, column=7),
)  # fmt: skip


def identity(values: Values) -> str:
    """The id of a person at an event, empty until both are chosen: two laptops make one record of it."""
    event, person = values.get("event"), values.get("person")
    if not (isinstance(event, str) and event and isinstance(person, str) and person):
        return ""
    try:
        return str(uuid.uuid5(uuid.UUID(event), person))
    except ValueError:
        return ""


def took_part(values: Values) -> bool:
    """Whether a person on the list was there, late or not."""
    return values.get("present") in {None, "yes", "late", "left_early"}


def consent_of(person: Values) -> Mapping[str, str]:
    """The person's consent to use the image in all photos: state, date, way; empty if nothing is said."""
    found = next((each for each in person.get("consents") or () if each.get("purpose") == IMAGE), None)
    return {name: str(found[name]) for name in ("state", "date", "way") if found.get(name)} if found else {}


def answer(person: Values) -> str:
    """A person's image consent as the list shows it: yes, no, withdrawn or unknown."""
    return STATES.get(consent_of(person).get("state", ""), "unknown")


def _consent(values: Values, lookup: Lookup) -> str | None:
    person = values.get("person")
    found = lookup.record("person", person) if isinstance(person, str) and person else None
    return answer(found) if found is not None else None


def _rules(values: Values, lookup: Lookup) -> Iterable[Problem]:
    yield from _allowed(lookup)
    if values.get("signed") is False and values.get("signed_row"):
        message = Message(N_("There is a row on paper, but no signature. Correct one of them."))
        yield Problem("signed_row", Level.WARNING, "row_without_signature", message)


def _allowed(lookup: Lookup) -> Iterator[Problem]:
    if lookup.project().get("named_attendance") is not True:
        message = Message(N_("This project keeps no named lists. Count the participants in the table of the event."))
        yield Problem("event", Level.ERROR, "no_named_lists", message)


ENTITY = Entity(
    name="participant",
    label=N_("Participant"),
    plural=N_("Participants"),
    fields=_FIELDS,
    title=("person",),
    sections=(Section("basics", N_("Participant")),),
    derived=(
        Derived("consent", Type.CODE, N_("Image consent"), _consent, follows=("person",), codes="image_consent",
                column=6),
    ),
    rules=_rules,
    tags=("role", "present"),
    order="person",
    icon="user",
    words=ListWords(
        new=N_("&New participant"),
        counted=NN_("{n} person on the list", "{n} people on the list"),
        removed=N_("Person taken off the list."),
        filter=N_("Filter: person, organisation"),
        empty=N_("Nobody is on the list yet"),
    ),
    start=lambda _today, _organisation: {"role": "participant", "sex": "x", "present": "yes"},
    assumed=("role", "sex", "present"),
    identity=identity,
    within="event",
)  # fmt: skip
