"""Lines of calendar and contact files: escaped and folded as RFC 5545 and RFC 2426 want it."""

from __future__ import annotations

_LONGEST = 75
"""Octets of a line without its end."""


def escaped(text: str) -> str:
    """A text as a value: backslash, comma, semicolon and new lines escaped, other control characters left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for each in ("\\", ",", ";"):
        plain = plain.replace(each, f"\\{each}")
    spaced = "".join(" " if each.isspace() else each for each in plain.replace("\n", "\\n"))
    return "".join(each for each in spaced if each.isprintable())


def folded(line: str) -> str:
    """A line with its end, folded so that no part has more than 75 octets and no letter is cut."""
    out, size = [], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LONGEST:
            out.append("\r\n ")
            size = 1
        out.append(letter)
        size += octets
    return "".join(out) + "\r\n"
