"""Text before it is drawn: made safe, measured, broken into lines.

Any text is accepted. Composed to NFC; line ends and tabs become spaces or breaks; other control
characters and invisible direction marks are left out. A character the font lacks is drawn as
``□`` and carries the true character as ActualText, so that a screen reader and a copy give it back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from progressus_desktop.reports.pdf import Face, face
from progressus_desktop.reports.theme import BOLD, Colour, Style

MISSING = "□"
_SLACK = 0.01
"""A hundredth of a point too wide is no reason for another line: widths are sums of fractions."""
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f\ufff9-\ufffb"
    "\ufdd0-\ufdef" + "".join(chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF)) + "]"
)
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_LONE = re.compile("[\ud800-\udfff]")
_STICKY = re.compile(r"(?<![^ („])([AaIiOoUuWwZz]|(?:al|art|dr|gm|ks|lit|nr|os|pl|pow|św|ul|ust|woj)\.|nr) (?=[^ ])")
"""A one-letter Polish word or an abbreviation must not end a line."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that differs from its paragraph: bold, coloured, a link."""

    text: str
    weight: str = ""
    colour: Colour = ""
    link: str = ""


Rich = str | Sequence[str | Run]
"""Text, or a sequence of texts and runs."""


def bold(text: str) -> Run:
    """``text`` in bold."""
    return Run(text, BOLD)


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a line in one face and colour; ``original`` is set where signs stand for missing characters."""

    face: Face
    colour: Colour
    text: str
    width: float
    link: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line ready to be drawn; ``width`` leaves out the blank at its end."""

    pieces: tuple[Piece, ...]
    width: float


def clean(text: str) -> str:
    """``text`` without what cannot be drawn; breaks are line feeds."""
    if text.isascii() and text.isprintable():
        return text
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    text = _LONE.sub("\ufffd", _DROPPED.sub("", text))
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """``text`` cleaned, in one line, for titles and descriptions."""
    return " ".join(clean(text).split())


def plain(rich: Rich) -> str:
    """The words of ``rich``, cleaned, without styles."""
    return (
        clean(rich)
        if isinstance(rich, str)
        else "".join(plain(part.text if isinstance(part, Run) else part) for part in rich)
    )


def wrapped(rich: Rich, style: Style, width: float) -> list[Line]:
    """``rich`` as lines no wider than ``width``; at least one line, soft line ends keep their blank."""
    if isinstance(rich, str):
        text = clean(rich)
        of = face(style.weight)
        try:
            wide = of.width(text, style.size)
        except KeyError:
            pass
        else:
            if wide <= width + _SLACK:
                return [Line((Piece(of, style.colour, text, wide),), wide)]
    return _Breaker(style, width).broken(rich)


_JOINTS = "-/@"
"""Signs within a word after which a line may end."""


@dataclass(frozen=True, slots=True)
class _Atom:
    """A run between two possible breaks: a word with its blanks, a missing character."""

    face: Face
    colour: Colour
    text: str
    link: str
    original: str = ""


class _Breaker:
    """Greedy line breaking over atoms; a word wider than the line is cut between characters."""

    def __init__(self, style: Style, width: float) -> None:
        self._style = style
        self._width = width
        self._lines: list[Line] = []
        self._pieces: list[Piece] = []
        self._used = 0.0

    def broken(self, rich: Rich) -> list[Line]:
        parts = [rich] if isinstance(rich, str) else rich
        word: list[_Atom] = []
        for part in parts:
            run = part if isinstance(part, Run) else Run(part)
            of = face(run.weight or self._style.weight)
            colour = run.colour or self._style.colour
            for index, text in enumerate(clean(run.text).split("\n")):
                if index:
                    self._place(word)
                    word = []
                    self._part()
                    self._end()
                for token in re.findall(r"[^ ]* |[^ ]+", _STICKY.sub("\\1\u00a0", text)):
                    word.extend(self._atoms(of, colour, token, run.link))
                    if token.endswith(" "):
                        self._place(word)
                        word = []
        self._place(word)
        self._end()
        return self._lines

    def _atoms(self, of: Face, colour: Colour, token: str, link: str) -> list[_Atom]:
        if all(map(of.has, token)):
            return [_Atom(of, colour, token, link)]
        made: list[_Atom] = []
        for covered, text in _by_coverage(of, token):
            made.append(
                _Atom(of, colour, text, link) if covered else _Atom(of, colour, MISSING * len(text), link, text)
            )
        return made

    def _place(self, word: list[_Atom]) -> None:
        if not word:
            return
        size = self._style.size
        wide = sum(atom.face.width(atom.text, size) for atom in word)
        last = word[-1]
        blank = last.face.width(" ", size) if last.text.endswith(" ") else 0.0
        if self._pieces and self._used + wide - blank > self._width + _SLACK:
            self._end()
        if wide - blank > self._width + _SLACK:
            for atom in word:
                self._cut(atom)
            return
        for atom in word:
            self._put(atom, atom.text, atom.original)

    def _cut(self, atom: _Atom) -> None:
        """Place an atom wider than the line, character by character; if it may be, the line ends after a hyphen."""
        size, start, used = self._style.size, 0, self._used
        for at, character in enumerate(atom.text):
            wide = atom.face.width(character, size)
            if used + wide > self._width and (at > start or self._pieces):
                end = self._hyphen(atom.text, start, at)
                if end > start:
                    self._put(atom, atom.text[start:end], atom.original[start:end])
                self._end()
                start, used = end, atom.face.width(atom.text[end:at], size)
            used += wide
        self._put(atom, atom.text[start:], atom.original[start:])

    @staticmethod
    def _hyphen(text: str, start: int, end: int) -> int:
        """Where a line may end that would be full at ``end``: after the last hyphen, slash or at sign, else there."""
        last = max(text.rfind(sign, start + 1, end) for sign in _JOINTS)
        return last + 1 if last >= 0 else end

    def _put(self, atom: _Atom, text: str, original: str) -> None:
        wide = atom.face.width(text, self._style.size)
        if self._pieces:
            last = self._pieces[-1]
            same = last.face is atom.face and last.colour == atom.colour and last.link == atom.link
            if same and not last.original and not original:
                self._pieces[-1] = Piece(last.face, last.colour, last.text + text, last.width + wide, last.link)
                self._used += wide
                return
        self._pieces.append(Piece(atom.face, atom.colour, text, wide, atom.link, original))
        self._used += wide

    def _part(self) -> None:
        """Keep words apart at a break that is no blank, for those who hear or copy the text."""
        if self._pieces and not self._pieces[-1].text.endswith((" ", "\u00a0")):
            last = self._pieces[-1]
            self._put(_Atom(last.face, last.colour, " ", ""), " ", "")

    def _end(self) -> None:
        width = self._used
        if self._pieces and self._pieces[-1].text.endswith(" "):
            width -= self._pieces[-1].face.width(" ", self._style.size)
        self._lines.append(Line(tuple(self._pieces), width))
        self._pieces, self._used = [], 0.0


def _by_coverage(of: Face, token: str) -> list[tuple[bool, str]]:
    parts: list[tuple[bool, str]] = []
    for character in token:
        covered = of.has(character)
        if parts and parts[-1][0] == covered:
            parts[-1] = (covered, parts[-1][1] + character)
        else:
            parts.append((covered, character))
    return parts
