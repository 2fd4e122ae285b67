"""The rules of the strip of marks: it is there, sharp in print, large enough, in the colours the profile says."""

from __future__ import annotations

from collections.abc import Iterator

from progressus_desktop import words
from progressus_desktop.domain.fields import Level
from progressus_desktop.reports import theme
from progressus_desktop.reports.document import strip_size
from progressus_desktop.reports.images import colourful
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_source import Snapshot
from progressus_desktop.words import N_, Message

LEAST_DPI = 150
LEAST_HIGH = 14.0
"""Points; a strip so wide that it would be lower than this on the page cannot be read."""
_POINTS_AN_INCH = 72.0
_ROOM = theme.A4[0] - 2 * theme.MARGIN


def faults(snapshot: Snapshot, *, outside: bool) -> Iterator[tuple[Message, str, Level]]:
    """What is wrong with the marks: words, field of the project, weight; ``outside`` documents need them."""
    project = snapshot.project
    chosen = say.text(project, "visibility_strip")
    if outside and not chosen and not snapshot.ws.is_demo:
        yield (
            Message(N_("The project has no strip of logos; a place for it is printed.")),
            "visibility_strip",
            Level.WARNING,
        )
    if outside and not say.text(project, f"visibility_sentence_{words.language()}"):
        message = Message(N_("The project has no funding statement in the language of the print."))
        yield message, f"visibility_sentence_{words.language()}", Level.WARNING
    if not chosen:
        return
    strip = snapshot.strip(snapshot.strip_file())
    if strip is None:
        yield (
            Message(N_("The strip of logos is not on this laptop or cannot be read.")),
            "visibility_strip",
            Level.ERROR,
        )
        return
    _wide, high = strip_size(strip, _ROOM)
    if strip.height * _POINTS_AN_INCH / high < LEAST_DPI:
        yield Message(N_("The strip of logos is too coarse for print.")), "visibility_strip", Level.WARNING
    if high < LEAST_HIGH:
        yield (
            Message(N_("The strip of logos is so wide that the marks become too small.")),
            "visibility_strip",
            Level.WARNING,
        )
    if say.text(project, "visibility_colour") == "mono" and colourful(strip):
        yield (
            Message(N_("The strip of logos has colours, the project asks for black and white.")),
            "visibility_colour",
            Level.WARNING,
        )
