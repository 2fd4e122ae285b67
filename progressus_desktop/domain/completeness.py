"""How complete the documentation of an event is, and what is still missing (domain.md, section 6)."""

from __future__ import annotations

from dataclasses import dataclass

from progressus_desktop.domain.event_rules import total
from progressus_desktop.domain.fields import Values
from progressus_desktop.words import N_, NN_, Message

PHOTOS_WANTED = 4
FILES = "photos"
"""Not a field: the section of an event's form where its photos and scans are."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """``percent`` from 0 to 100 of what an event's file should hold; ``missing`` names the rest in order.

    ``fields`` are the fields of the form where each of the missing things is entered; files are at ``photos``.
    """

    percent: int
    missing: tuple[Message, ...]
    fields: tuple[str, ...] = ()


def completeness(event: Values, photo_count: int, *, has_list_scan: bool = False) -> Completeness:
    """What an event's file holds: participants, topics, course, agenda, photos, marks, scan of the sheet.

    ``photo_count`` counts its photos; ``has_list_scan`` says whether a scan of the attendance sheet
    is attached.
    """
    short = PHOTOS_WANTED - photo_count
    one, many = NN_("{n} more photo", "{n} more photos")
    steps = (
        (total(event.get("participants")) > 0, "participants", Message(N_("numbers of participants"))),
        (bool(event.get("topics")), "topics", Message(N_("topics"))),
        (bool(event.get("course")), "course", Message(N_("course and results"))),
        (bool(event.get("agenda")), "agenda", Message(N_("agenda"))),
        (short <= 0, FILES, Message(one, plural=many, count=max(short, 1))),
        (_marked(event), "visibility", Message(N_("visibility check"))),
        (has_list_scan, FILES, Message(N_("scan of the attendance sheet"))),
    )
    missing = [(name, message) for there, name, message in steps if not there]
    percent = 100 * (len(steps) - len(missing)) // len(steps)
    return Completeness(percent, tuple(message for _name, message in missing), tuple(name for name, _ in missing))


def _marked(event: Values) -> bool:
    answers = [item.get("answer") for item in event.get("visibility") or ()]
    return "yes" in answers and "no" not in answers
