"""From the photos of an event or a period to the gallery; what may not be shown is counted."""

from __future__ import annotations

from functools import partial

from progressus_desktop.domain.fields import Values
from progressus_desktop.errors import UsageError
from progressus_desktop.reports import gallery as pages
from progressus_desktop.reports.gallery import Chapter, Gallery, Taken
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_photos import LeftOut, Shown, showable
from progressus_desktop.services.reporting_source import Asked, Render, Snapshot, period, span_words, values
from progressus_desktop.words import N_, Message, _, ngettext


def gallery(snapshot: Snapshot, asked: Asked) -> Render:
    """The gallery of an event, or of all events of a period.

    Raises:
        UsageError: neither an event nor a period was asked for.
    """
    if asked.record_id:
        event = values(snapshot.named("event", asked.record_id))
        title = say.text(event, "title") or _("Event without a title")
        about = " · ".join(part for part in (say.day(say.text(event, "date")), say.text(event, "locality")) if part)
        return partial(pages.render, _of(snapshot, [event], title, about, say.text(event, "code")))
    first, last = period(asked)
    if not first or not last:
        hint = Message(N_("Give --id, or --from and --to, or --month."))
        raise UsageError(Message(N_("Say of which event or of which days the gallery shall be.")), hint=hint)
    return partial(pages.render, _of(snapshot, snapshot.each("event", first, last), _("Gallery of events"),
                                     span_words(first, last), ""))  # fmt: skip


def _of(snapshot: Snapshot, events: list[Values], title: str, about: str, code: str) -> Gallery:
    left = LeftOut()
    chapters = []
    every = 0
    for event in events:
        files = snapshot.lookup.linked("photo", "event", say.text(event, "id"))
        pictures = [each for each in files if say.text(each, "kind") == "photo"]
        shown, not_shown = showable(snapshot, pictures)
        left.reasons += not_shown.reasons
        every += len(pictures)
        if shown:
            heading = "" if code else _heading(event)
            chapters.append(Chapter(heading, [_taken(each, event) for each in shown]))
    number = sum(len(chapter.photos) for chapter in chapters)
    words = ngettext("{shown} of {n} photo is shown.", "{shown} of {n} photos are shown.", every, shown=number)
    return Gallery(code, title, about, words if every else _("There are no photos."), left.words(), chapters)


def _heading(event: Values) -> str:
    parts = (say.day(say.text(event, "date")), say.text(event, "title") or _("Event without a title"))
    return " · ".join(part for part in parts if part)


def _taken(shown: Shown, event: Values) -> Taken:
    day = say.day(say.text(shown.values, "taken_at") or say.text(event, "date"))
    return Taken(shown.photo, " · ".join(part for part in (day, say.where(event)) if part))
