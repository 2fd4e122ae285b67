"""Photo and attachment: a file by its content, what it shows and what may be done with it (domain.md, section 7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from progressus_desktop.domain.fields import (
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
from progressus_desktop.domain.rules import plain_date, plain_int
from progressus_desktop.words import N_, NN_, Message

_S = PersonalData.SPECIAL

_FIELDS = (
    Field("kind", Type.CODE, N_("Kind of file"), required=True, codes="photo_kind", section="basics"),
    Field("event", Type.REFERENCE, N_("Event"), target="event", section="basics"),
    Field("partner", Type.REFERENCE, N_("Partner"), target="partner", section="basics"),
    Field("original", Type.HASH, N_("Original file"), required=True, personal=_S),
    Field("shared_copy", Type.HASH, N_("Copy for reports"), personal=_S),
    Field("media_type", Type.TEXT, N_("Type of file"), example="image/jpeg"),
    Field("width", Type.INTEGER, N_("Width in pixels")),
    Field("height", Type.INTEGER, N_("Height in pixels")),
    Field(
        "caption", Type.TEXT, N_("Caption"), section="basics", searchable=True, column=1,
        example=N_("Participants at the map of resources"),
    ),
    Field(
        "alt", Type.TEXT, N_("Photo description for a screen reader"), section="basics", searchable=True, column=2,
        help=N_("Needed before the photo goes into a report."),
        example=N_("Six people sit at a table with a map"),
    ),
    Field("decorative", Type.BOOLEAN, N_("Decorative photo"), section="basics"),
    Field("taken_at", Type.DATE, N_("Taken on"), section="basics", column=3, example="18.11.2026"),
    Field("author", Type.TEXT, N_("Author"), section="basics", personal=PersonalData.PERSONAL),
    Field("licence", Type.TEXT, N_("Licence"), section="basics"),
    Field("people_shown", Type.CODE, N_("People shown"), codes="people_shown", section="basics", personal=_S),
    Field("people_count", Type.INTEGER, N_("How many recognisable people"), section="basics", personal=_S),
    Field("persons", Type.REFERENCES, N_("Recognisable people"), target="person", section="basics", personal=_S),
    Field(
        "published", Type.ROWS, N_("Published in"), section="basics", more=True,
        parts=(
            Field("link", Type.URL, N_("Link"), required=True),
            Field("date", Type.DATE, N_("Date")),
        ),
    ),
    Field("note", Type.LONG_TEXT, N_("Note"), section="basics", more=True),
)  # fmt: skip


def _day(values: Values) -> date | None:
    return plain_date(values.get("taken_at"))


def _consent(person: Values, photo: str) -> str:
    """The image consent of one person for one photo: its own key beats that for all photos."""
    by_purpose = {item.get("purpose"): item.get("state") for item in person.get("consents") or ()}
    return str(by_purpose.get(f"image:{photo}") or by_purpose.get("image:all") or "")


def permission(values: Values, lookup: Lookup) -> str:
    """The permission state of a photo (code list ``permission``): the worst of its recognisable people.

    Not a stored column: it changes with the consents of persons.
    """
    shown = values.get("people_shown")
    if shown in {"nobody", "crowd"}:
        return "not_needed"
    persons = values.get("persons") or []
    states = [_consent(lookup.record("person", each) or {}, str(values.get("id", ""))) for each in persons]
    if "withdrawn" in states:
        return "withdrawn"
    if shown != "recognisable" or not states:
        return "unknown"
    given = states.count("given")
    if given == len(states) and given >= (plain_int(values.get("people_count")) or 0):
        return "full"
    return "partial" if given else "none"


def _rules(values: Values, _lookup: Lookup) -> Iterable[Problem]:
    if not values.get("event") and not values.get("partner"):
        message = Message(N_("Choose the event or partner this file belongs to."))
        yield Problem("event", Level.ERROR, "required", message)
    if values.get("kind") == "photo" and not values.get("alt") and not values.get("decorative"):
        message = Message(N_("Without a description the photo stays out of reports. E.g. Six people sit at a table."))
        yield Problem("alt", Level.WARNING, "alt_missing", message)
    if values.get("people_shown") in {"nobody", "crowd"} and values.get("persons"):
        message = Message(N_("Recognisable people are named, so this is not a crowd. Change “People shown”."))
        yield Problem("people_shown", Level.ERROR, "crowd_with_persons", message)


ENTITY = Entity(
    name="photo",
    label=N_("Photo or file"),
    plural=N_("Photos and files"),
    fields=_FIELDS,
    title=("caption",),
    sections=(Section("basics", N_("Photo and consent")),),
    rules=_rules,
    day=_day,
    tags=("kind", "people_shown"),
    order="-taken_at",
    icon="image",
    words=ListWords(counted=NN_("{n} photo", "{n} photos")),
)
