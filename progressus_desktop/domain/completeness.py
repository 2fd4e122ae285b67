"""How complete the documentation of an event is, and what is still missing (domain.md, section 6)."""

from __future__ import annotations

from dataclasses import dataclass

from progressus_desktop.domain.event_rules import total
from progressus_desktop.domain.fields import Values
from progressus_desktop.words import N_, NN_, Message

PHOTOS_WANTED = 4


@dataclass(frozen=True, slots=True)
class Completeness:
    """``percent`` from 0 to 100 of what an event's file should hold; ``missing`` names the rest in order."""

    percent: int
    missing: tuple[Message, ...]


def completeness(event: Values, photo_count: int, *, has_list_scan: bool = False) -> Completeness:
    """What an event's file holds: participants, topics, course, agenda, photos, marks, scan of the sheet.

    ``photo_count`` counts its photos; ``has_list_scan`` says whether a scan of the attendance sheet
    is attached.
    """
    short = PHOTOS_WANTED - photo_count
    one, many = NN_("{n} more photo", "{n} more photos")
    steps = (
        (total(event.get("participants")) > 0, Message(N_("numbers of participants"))),
        (bool(event.get("topics")), Message(N_("topics"))),
        (bool(event.get("course")), Message(N_("course and results"))),
        (bool(event.get("agenda")), Message(N_("agenda"))),
        (short <= 0, Message(one, plural=many, count=max(short, 1))),
        (_marked(event), Message(N_("visibility check"))),
        (has_list_scan, Message(N_("scan of the attendance sheet"))),
    )
    missing = tuple(message for there, message in steps if not there)
    return Completeness(100 * (len(steps) - len(missing)) // len(steps), missing)


def _marked(event: Values) -> bool:
    answers = [item.get("answer") for item in event.get("visibility") or ()]
    return "yes" in answers and "no" not in answers
