"""Photo and attachment: a file by its content, what it shows and what may be done with it (domain.md, section 7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from progressus_desktop.domain import framing
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
from progressus_desktop.domain.rules import health_hint, plain_date, plain_int
from progressus_desktop.words import N_, NN_, Message

_S = PersonalData.SPECIAL
ALL = "image:all"
"""The purpose of a consent to all photos; that to one photo ends with its id instead."""

_FREE = frozenset({"not_needed", "full"})
"""Permission states in which a photo may leave as it is."""

_FIELDS = (
    Field("kind", Type.CODE, N_("Kind of file"), required=True, codes="photo_kind", section="basics"),
    Field("event", Type.REFERENCE, N_("Event"), target="event", section="basics"),
    Field("partner", Type.REFERENCE, N_("Partner"), target="partner", section="basics"),
    Field("original", Type.HASH, N_("Original file"), required=True, personal=_S),
    Field("shared_copy", Type.HASH, N_("Copy for reports"), personal=_S),
    Field(
        "crop", Type.TEXT, N_("Part that is kept"),
        help=N_("Left, top, width and height in thousandths of the photo; the original stays whole."),
        example="0 100 1000 800",
    ),
    Field(
        "masks", Type.ROWS, N_("Masked faces"), personal=_S,
        help=N_("Blurred in all that leaves; in thousandths of the photo."),
        parts=(
            Field("left", Type.INTEGER, N_("From the left"), required=True),
            Field("top", Type.INTEGER, N_("From the top"), required=True),
            Field("width", Type.INTEGER, N_("Width"), required=True),
            Field("height", Type.INTEGER, N_("Height"), required=True),
            Field("person", Type.REFERENCE, N_("Whose face"), target="person"),
        ),
    ),
    Field("copy_framing", Type.TEXT, N_("How the copy for reports was cut and masked")),
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
    return str(consent_of(person, photo).get("state") or "")


def permission(values: Values, lookup: Lookup) -> str:
    """The permission state of a photo (code list ``permission``): the worst of its recognisable people.

    Not a stored column: it changes with the consents of persons.
    """
    shown = values.get("people_shown")
    if shown in {"nobody", "crowd"}:
        return "not_needed"
    persons = values.get("persons") or []
    states = [_consent(lookup.record("person", each) or {}, str(values.get("id", ""))) for each in persons]
    if "withdrawn" in states or "objected" in states:
        return "withdrawn"
    if shown != "recognisable" or not states:
        return "unknown"
    given = states.count("given")
    if given == len(states) and given >= (plain_int(values.get("people_count")) or 0):
        return "full"
    return "partial" if given else "none"


def consent_of(person: Values, photo: str) -> Values:
    """What one person said about one photo, else about all photos (state, date, way); empty if nothing."""
    by_purpose = {item.get("purpose"): item for item in person.get("consents") or ()}
    found: Values = by_purpose.get(f"image:{photo}") or by_purpose.get(ALL) or {}
    return found


def numbers(values: Values, lookup: Lookup) -> tuple[int, int]:
    """How many recognisable people agreed, and how many there are."""
    persons = values.get("persons") or []
    photo = str(values.get("id", ""))
    given = sum(_consent(lookup.record("person", each) or {}, photo) == "given" for each in persons)
    return given, max(len(persons), plain_int(values.get("people_count")) or 0)


def uncovered(values: Values, lookup: Lookup) -> int:
    """How many recognisable people did not agree and have no mask over their face.

    A mask hides the person it names; people without a name need as many masks without one.
    """
    persons = values.get("persons") or []
    masks = framing.frame_of(values).masks
    hidden = {each.person for each in masks}
    photo = str(values.get("id", ""))
    seen = [each for each in persons if each not in hidden]
    named = sum(_consent(lookup.record("person", each) or {}, photo) != "given" for each in seen)
    nameless = max(0, (plain_int(values.get("people_count")) or 0) - len(persons))
    return named + max(0, nameless - sum(not each.person for each in masks))


def may_leave(values: Values, lookup: Lookup) -> bool:
    """Whether its copy may stand in reports and go to others.

    Not needed or full; partial once every other face is masked; never while the copy lacks a mask it shall have.
    """
    if not framing.current(values):
        return False
    state = permission(values, lookup)
    return state in _FREE or (state == "partial" and not uncovered(values, lookup))


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
    yield from framing.problems(values)
    for name in ("caption", "alt", "note"):
        yield from health_hint(values, name)


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
    words=ListWords(
        new=N_("Add &photos"),
        counted=NN_("{n} photo", "{n} photos"),
        empty=N_("There are no photos yet"),
        what=N_("Photos of events and partners, with what the people on them said."),
        gain=N_("What you gain with the first photos"),
        gains=(
            N_("They stand on the event card and in the gallery"),
            N_("The program knows which of them may be shown"),
            N_("Faces can be masked before a photo leaves"),
        ),
    ),
)
