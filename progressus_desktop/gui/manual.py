"""The manual as it is shipped: its chapters in order, the chapter of each page, search in all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from progressus_desktop import assets
from progressus_desktop.domain.sorting import fold

KEYS = "keyboard"
CHAPTERS = (
    "start", "protection", "event", "attendance", "photos", "partners", "clusters", "tasks", "monthly-report",
    "exchange", "two-versions", "tables", "erasure", "password", "backups", KEYS, "troubleshooting",
    "office-inviting", "office-packages", "office-overview",
)  # fmt: skip
"""In the order of reading; each is a file of ``docs/manual/<language>``."""

KEYS_MARK = "<!-- keys -->"
"""Stands where the keyboard chapter shows the keys of the program."""

_OF = {
    "dashboard": "start", "search": "start", "coverage": "event",
    "event.participants": "attendance", "participant": "attendance",
    "event.photos": "photos", "photo": "photos", "partner": "partners", "contact": "partners",
    "interaction": "partners", "offer": "partners", "cluster": "clusters", "membership": "clusters",
    "action": "clusters", "task": "tasks", "reports": "monthly-report", "monthly_report": "monthly-report",
    "exchange": "exchange", "versions": "two-versions", "bin": "erasure", "settings": "protection",
    "retention": "erasure",
    "packages": "office-packages", "testers": "office-overview", "overview": "office-overview",
    "review": "office-overview", "indicator": "office-overview", "talking_point": "office-overview",
    "code_text": "office-overview", "project": "office-overview",
    "event": "event", "observation": "event", "tables": "tables",
}  # fmt: skip
_MOST_HITS = 40
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"^[#>*\-\d.\s|]+|[*`]|<!--.*?-->")
_RULE = re.compile(r"^[|\s:-]+$")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the manual: ``text`` is its Markdown, ``title`` its first heading."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A line that holds all words looked for, with the heading it stands under."""

    chapter: Chapter
    heading: str
    words: str


@cache
def chapters(language: str) -> tuple[Chapter, ...]:
    """All chapters in a language, in the order of reading."""
    found = []
    for name in CHAPTERS:
        text = (assets.manual(language) / f"{name}.md").read_text("utf-8")
        found.append(Chapter(name, text.split("\n", 1)[0].lstrip("# "), text))
    return tuple(found)


def chapter_of(topic: str) -> str:
    """The chapter of a page, or of a section of a form ("event.photos")."""
    return _OF.get(topic) or _OF.get(topic.split(".", 1)[0], CHAPTERS[0])


def find(language: str, words: str) -> list[Hit]:
    """Where the manual has all of ``words``, whatever their case and Polish marks; titles and headings come first."""
    wanted = fold(words).split()
    if not wanted:
        return []
    hits = [each for chapter in chapters(language) for each in _hits(chapter, wanted)]
    hits.sort(key=lambda each: (each.words != each.chapter.title, each.words != each.heading))
    return hits[:_MOST_HITS]


def _hits(chapter: Chapter, wanted: list[str]) -> Iterator[Hit]:
    heading = chapter.title
    for line in chapter.text.splitlines():
        words = plain(line)
        if line.startswith("#"):
            heading = words
        if words and all(each in fold(words) for each in wanted):
            yield Hit(chapter, heading, words)


def plain(line: str) -> str:
    """A line of Markdown as it is read: without marks, a link as its words."""
    if _RULE.match(line):
        return ""
    return _MARKS.sub("", _LINK.sub(r"\1", line)).replace("|", " ").strip()
