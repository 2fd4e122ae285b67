"""Which photos may stand in a report, and in words how many were left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from progressus_desktop.domain import photo
from progressus_desktop.domain.fields import Values
from progressus_desktop.errors import ProgressusError
from progressus_desktop.reports.blocks import Photo
from progressus_desktop.reports.images import picture
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_source import Snapshot
from progressus_desktop.words import ngettext

_MENDABLE = ("permission", "description", "absent")
"""Why a photo is left out, where a person can mend it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo that may be shown, and its record."""

    photo: Photo
    values: Values


@dataclass(slots=True)
class LeftOut:
    """How many photos are not shown: by reason, and those that are merely too many."""

    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def number(self) -> int:
        """How many were left out for a reason a person can mend."""
        return sum(self.reasons[reason] for reason in _MENDABLE)

    def sentences(self) -> Iterator[str]:
        """What was left out for a reason a person can mend, a sentence for each reason."""
        refused, undescribed, absent = (self.reasons[reason] for reason in _MENDABLE)
        if refused:
            yield ngettext(
                "Left out: {n} photo without permission.", "Left out: {n} photos without permission.", refused
            )
        if undescribed:
            yield ngettext(
                "Left out: {n} photo without a description.",
                "Left out: {n} photos without a description.",
                undescribed,
            )
        if absent:
            yield ngettext(
                "Left out: {n} photo that is not on this laptop.",
                "Left out: {n} photos that are not on this laptop.",
                absent,
            )

    def words(self) -> str:
        """All of it in words, with those that are merely too many; empty if nothing was left out."""
        more = self.reasons["more"]
        kept = [ngettext("{n} more is kept with the event.", "{n} more are kept with the event.", more)] if more else []
        return " ".join([*self.sentences(), *kept])

    def gaps(self) -> Iterator[str]:
        """The same as items of a list of what is missing."""
        refused, undescribed, absent = (self.reasons[reason] for reason in _MENDABLE)
        if refused:
            yield ngettext("permission for {n} photo", "permission for {n} photos", refused)
        if undescribed:
            yield ngettext("description of {n} photo", "description of {n} photos", undescribed)
        if absent:
            yield ngettext("{n} photo file on this laptop", "{n} photo files on this laptop", absent)


def reason_against(values: Values, snapshot: Snapshot) -> str:
    """Why a photo may not be shown (``permission`` or ``description``); empty if it may."""
    if not photo.may_leave(values, snapshot.lookup):
        return "permission"
    described = say.text(values, "alt").strip() or values.get("decorative") is True
    return "" if described else "description"


def showable(snapshot: Snapshot, pictures: Iterable[Values], most: int = 0) -> tuple[list[Shown], LeftOut]:
    """The photos that may be shown, at most ``most`` (0: all), and what was left out."""
    shown: list[Shown] = []
    left = LeftOut()
    for each in pictures:
        why = reason_against(each, snapshot)
        if why:
            left.reasons[why] += 1
        elif most and len(shown) == most:
            left.reasons["more"] += 1
        else:
            made = ready(snapshot, each)
            left.reasons["absent"] += made is None
            shown += [Shown(made, each)] if made else []
    return shown, left


def ready(snapshot: Snapshot, values: Values) -> Photo | None:
    """A photo with its description and caption; None if its file is not here or damaged."""
    wanted = say.text(values, "shared_copy")
    try:
        found = picture(snapshot.read(wanted))
    except (ProgressusError, OSError, KeyError):
        return None
    decorative = values.get("decorative") is True
    return Photo(found, "" if decorative else say.text(values, "alt"), say.text(values, "caption"))
