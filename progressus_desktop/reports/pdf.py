"""The one module that touches ReportLab: its fonts, and its document as a store of numbered objects.

ReportLab subsets and formats the fonts. The file itself is written here: object streams, a
cross-reference stream, CR LF before every ``endstream`` (without it one stream in 256 fails
PDF/A), and an identifier made from the content, so that the same data give the same bytes.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFont

from progressus_desktop import assets
from progressus_desktop.reports.theme import BOLD, REGULAR, SEMIBOLD

_FILES = {
    REGULAR: "SourceSans3_400Regular.ttf",
    SEMIBOLD: "SourceSans3_600SemiBold.ttf",
    BOLD: "SourceSans3_700Bold.ttf",
}
_PER_OBJECT_STREAM = 200
_ENTRY = 6
_NO_OBJECT = b"\x00\x00\x00\x00\x00\xff"
"""The first entry of a cross-reference table: number 0 is never an object."""
_CMAP_BLOCK = 100
_CODES_IN_FONT = 256


class Face:
    """One weight of the report's font: which characters it has and how wide they are."""

    def __init__(self, weight: str) -> None:
        path = assets.folder("fonts") / _FILES[weight]
        self.weight = weight
        self.font: Any = TTFont(f"Progressus-{weight}", str(path), asciiReadable=False, shapable=False)
        glyphs = self.font.face.charToGlyph
        self.widths: dict[str, float] = {chr(code): self.font.face.charWidths[code] for code in glyphs}

    def has(self, character: str) -> bool:
        """Whether the font can draw ``character``."""
        return character in self.widths

    def width(self, text: str, size: float) -> float:
        """Width of ``text`` in points; every character must be in the font."""
        return sum(map(self.widths.__getitem__, text)) * size / 1000


@cache
def face(weight: str) -> Face:
    """The face of that weight, read once."""
    return Face(weight)


def literal(text: str) -> bytes:
    """``text`` as a PDF text string: plain where ASCII allows, else UTF-16 in hexadecimal."""
    if text.isascii() and text.isprintable():
        return b"(" + escaped(text.encode("ascii")) + b")"
    return b"<FEFF" + text.encode("utf-16-be", "replace").hex().upper().encode() + b">"


def escaped(data: bytes) -> bytes:
    """``data`` as the inside of a literal string."""
    data = data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return data.replace(b"\r", b"\\r")


def _to_unicode(name: str, subset: list[int]) -> bytes:
    """A ToUnicode map without code 0 and with blocks of at most 100 entries, as the standard wants."""
    entries = [f"<{code:02X}> <{_utf16(value)}>" for code, value in enumerate(subset) if code and value]
    blocks = [entries[at : at + _CMAP_BLOCK] for at in range(0, len(entries), _CMAP_BLOCK)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be").hex().upper()


class PdfFile:
    """The objects of one file: reserved, filled in any order, written at the end."""

    def __init__(self) -> None:
        self._doc: Any = pdfdoc.PDFDocument(compression=0, invariant=1)
        self._bodies: dict[int, bytes] = {}
        self._streams: dict[int, tuple[bytes, bytes]] = {}
        self._places = bytearray(_NO_OBJECT)
        self.fonts_reference = b"1 0 R"

    def reserve(self) -> int:
        """The number of a new object, to be filled later."""
        self._doc.objectcounter += 1
        return int(self._doc.objectcounter)

    def put(self, number: int, body: bytes) -> None:
        """Fill object ``number``, once, with a value that is not a stream; many are packed away together."""
        self._bodies[number] = body
        if len(self._bodies) == _PER_OBJECT_STREAM:
            self._pack()

    def _pack(self) -> None:
        """Turn the objects waiting into one compressed stream: a long table then costs little more than its file."""
        numbers, holder = sorted(self._bodies), self.reserve()
        for index, number in enumerate(numbers):
            self._place(number, 2, holder, index)
        self._streams[holder] = _object_stream(numbers, self._bodies)
        self._bodies.clear()

    def _place(self, number: int, kind: int, where: int, index: int = 0) -> None:
        """Note in the cross-reference table where an object stands."""
        missing = _ENTRY * (number + 1) - len(self._places)
        if missing > 0:
            self._places += bytes(missing)
        self._places[_ENTRY * number : _ENTRY * (number + 1)] = (
            bytes((kind,)) + where.to_bytes(4, "big") + bytes((index,))
        )

    def add(self, body: bytes) -> int:
        """A new object with that value."""
        number = self.reserve()
        self.put(number, body)
        return number

    def put_stream(self, number: int, entries: bytes, data: bytes, *, compress: bool = True) -> None:
        """Fill object ``number`` with a stream; ``entries`` are its dictionary's other entries."""
        if compress:
            data = zlib.compress(data, 6)
            entries += b"/Filter/FlateDecode"
        self._streams[number] = (entries, data)

    def encoded(self, of: Face, text: str) -> list[tuple[str, bytes]]:
        """``text`` as (font resource, codes) pieces; a font carries at most 255 characters."""
        font, doc = of.font, self._doc
        return [
            (font.getSubsetInternalName(subset, doc), escaped(codes)) for subset, codes in font.splitString(text, doc)
        ]

    def finished(self, root: int, info: int) -> bytes:
        """The whole file, deterministic for the same objects.

        Raises:
            ValueError: a reserved object was never filled; a bug of the report.
        """
        self._take_fonts()
        if self._bodies:
            self._pack()
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        for number in sorted(self._streams):
            self._place(number, 1, len(out))
            out += _stream(number, *self._streams.pop(number))
        if self._places[::_ENTRY].count(0) > 1:
            msg = "an object was reserved and never filled"
            raise ValueError(msg)
        return bytes(out + self._cross_reference(len(out), root, info, hashlib.sha256(out).digest()[:16]))

    def _take_fonts(self) -> None:
        """Have ReportLab make its font objects, and take them over."""
        doc = self._doc
        subsets = {font: [list(subset) for subset in font.state[doc].subsets] for font in doc.delayedFonts}
        for font in doc.delayedFonts:
            font.addObjects(doc)
            for index, subset in enumerate(subsets[font]):
                name = f"{pdfdoc.PDFName(_base_name(font, index))[1:]}"
                doc.idToObject[f"toUnicodeCMap:{name}"].content = _to_unicode(name, subset)
        taken: set[int] = set()
        while waiting := sorted(set(doc.numberToId) - taken):
            for number in waiting:
                taken.add(number)
                self._take(number, doc.idToObject[doc.numberToId[number]])

    def _take(self, number: int, thing: Any) -> None:
        if not isinstance(thing, pdfdoc.PDFStream):
            self.put(number, bytes(pdfdoc.format(thing, self._doc, toplevel=1)))
            return
        content = thing.content if isinstance(thing.content, bytes) else thing.content.encode("latin-1")
        entries = bytes(pdfdoc.format(pdfdoc.PDFDictionary(thing.dictionary.dict.copy()), self._doc))
        self.put_stream(number, entries.strip()[2:-2].strip(), content)

    def _cross_reference(self, at: int, root: int, info: int, identity: bytes) -> bytes:
        number = self.reserve()
        self._place(number, 1, at)
        hexed = identity.hex().encode()
        entries = b"/Type/XRef/Size %d/W[1 4 1]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]/Filter/FlateDecode" % (
            number + 1, root, info, hexed, hexed,
        )  # fmt: skip
        return _stream(number, entries, zlib.compress(self._places, 6)) + b"startxref\n%d\n%%%%EOF\n" % at


def _base_name(font: Any, index: int) -> str:
    """The name ReportLab gives subset ``index`` of ``font``."""
    from reportlab.pdfbase.ttfonts import SUBSETN

    return bytes(b"".join((SUBSETN(index), b"+", font.face.name, font.face.subfontNameX))).decode("ascii")


def _stream(number: int, entries: bytes, data: bytes) -> bytes:
    return b"%d 0 obj\n<<%s/Length %d>>\nstream\n%s\r\nendstream\nendobj\n" % (number, entries, len(data), data)


def _object_stream(numbers: Iterable[int], bodies: dict[int, bytes]) -> tuple[bytes, bytes]:
    heads: list[bytes] = []
    parts: list[bytes] = []
    at = 0
    for number in numbers:
        heads.append(b"%d %d" % (number, at))
        parts.append(bodies[number])
        at += len(bodies[number]) + 1
    head = b" ".join(heads) + b"\n"
    entries = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(heads), len(head))
    return entries, zlib.compress(head + b"\n".join(parts), 6)
