"""A person's own long text as headings, paragraphs and lists, without any markup but what people type anyway."""

from __future__ import annotations

from dataclasses import dataclass

_BULLETS = frozenset({"- ", "• ", "* ", "– "})


@dataclass(frozen=True, slots=True)
class Title:
    """A line of its own that began with #: the heading of what follows."""

    text: str


Block = str | list[str] | Title
"""A paragraph, the items of a list, or a heading."""


def blocks_of(text: str) -> list[Block]:
    """Empty lines divide paragraphs; lines that begin with - or • make lists, a line that begins with # a heading."""
    found: list[Block] = []
    lines: list[str] = []

    def close() -> None:
        if lines:
            found.append("\n".join(lines))
            lines.clear()

    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        bare = line.strip()
        heading = bare.lstrip("#").strip() if bare.startswith("#") else ""
        if heading:
            close()
            found.append(Title(heading))
        elif bare[:2] in _BULLETS:
            close()
            last = found[-1] if found else None
            if isinstance(last, list):
                last.append(bare[2:].strip())
            else:
                found.append([bare[2:].strip()])
        elif not bare:
            close()
        else:
            lines.append(line.rstrip())
    close()
    return found
