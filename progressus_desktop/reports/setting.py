"""What all reports of one export share: language, author, marks, stamp of the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from progressus_desktop.reports.document import Document, Frame
from progressus_desktop.reports.images import Picture
from progressus_desktop.reports.metadata import About
from progressus_desktop.reports.text import one_line
from progressus_desktop.words import _

PROGRAM = "Progressus Desktop"
_TAGS = {"pl": "pl-PL", "en": "en-GB"}


@dataclass(frozen=True, slots=True)
class Setting:
    """The surroundings of a report; ``stamp`` is the time of the newest change in the log, as local time.

    ``strip`` is the office's picture of the marks; ``every_page`` puts it on each page, not only on the first.
    """

    lang: str
    author: str
    stamp: datetime
    marks: Sequence[str] = ()
    marks_note: str = ""
    strip: Picture | None = None
    every_page: bool = False

    @property
    def moment(self) -> str:
        """The stamp as people write it."""
        return f"{self.stamp:%d.%m.%Y, %H:%M}"

    @property
    def as_of(self) -> str:
        """The stamp as a sentence of its own."""
        return _("Data as of {moment}", moment=self.moment)

    def document(
        self,
        kind: str,
        code: str,
        title: str,
        *,
        running: str,
        subject: str = "",
        landscape: bool = False,
        header: str = "",
        working: bool = False,
    ) -> Document:
        """An empty document with the marks, header and footer of a report of that ``kind``.

        ``working`` marks every page as a working copy.
        """
        stamp = _("data as of {moment}", moment=self.moment)
        foot = "  ·  ".join(part for part in (f"{kind} {code}".strip(), stamp, PROGRAM) if part)
        head = header or "  ·  ".join(part for part in (kind, code) if part)
        frame = Frame(
            head, running, foot, self.marks, self.marks_note, self.strip, _("working copy") if working else ""
        )
        about = About(
            one_line(title),
            one_line(self.author),
            one_line(subject or kind),
            _TAGS.get(self.lang, self.lang),
            self.stamp,
        )
        document = Document(about, frame, landscape=landscape)
        document.strip_on_every_page = self.every_page
        return document


def number(value: int) -> str:
    """A whole number with narrow groups of three: ``1 240``."""
    return f"{value:,}".replace(",", "\u00a0")


def or_none(value: int) -> str:
    """A whole number, a dash for none."""
    return number(value) if value else "–"
