"""The accessibility check the program applies to its own files, and to any PDF it is given.

It looks at what a screen reader needs: structure, order, names, language, and at what makes the
file keep: embedded fonts, metadata, colour profile. Independent validators do so again in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from progressus_desktop.errors import DamagedError, NotFoundError
from progressus_desktop.words import N_, Message

_HEADING = re.compile(r"/H([1-6])$")
_MAX_ALT = 250
_IMAGE_FILE = re.compile(r"\.(jpe?g|png|heic|tiff?|webp)$", re.IGNORECASE)
_CELLS = {"/TD", "/TH"}
_PAINTING = {
    "Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "INLINE IMAGE",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a file; ``page`` is 0 where none is meant."""

    code: str
    message: Message
    page: int = 0

    def __str__(self) -> str:
        """The words for people."""
        return str(self.message)


@dataclass(slots=True)
class _Seen:
    """What a walk through the structure tree has met."""

    findings: list[Finding] = field(default_factory=list)
    level: int = 0
    headings: int = 0
    h1: int = 0
    owned: dict[tuple[int, int], int] = field(default_factory=dict)
    annotations: set[tuple[int, int]] = field(default_factory=set)

    def add(self, code: str, text: str, page: int = 0, **params: object) -> None:
        self.findings.append(Finding(code, Message(text, params), page))


def check_file(path: Path) -> list[Finding]:
    """All findings in the PDF at ``path``; none means that it is accessible as far as a machine can tell.

    Raises:
        NotFoundError: there is no such file.
        DamagedError: it is no PDF or cannot be read.
    """
    if not path.is_file():
        raise NotFoundError(Message(N_("There is no file {path}."), {"path": path.name}))
    try:
        with pikepdf.open(path) as pdf:
            return _findings(pdf)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise DamagedError(Message(N_("{path} is not a PDF file, or it is damaged."), {"path": path.name})) from error


def _findings(pdf: pikepdf.Pdf) -> list[Finding]:
    seen = _Seen()
    for problem in pdf.check_pdf_syntax():
        seen.add("syntax", N_("The file's syntax: {problem}."), problem=str(problem))
    root: Any = pdf.Root
    _catalogue(root, pdf, seen)
    tree = root.get("/StructTreeRoot")
    if tree is None:
        seen.add("no-tags", N_("The file has no tags: a screen reader cannot find its parts."))
        return seen.findings
    numbers: dict[tuple[int, int], int] = {page.obj.objgen: at for at, page in enumerate(pdf.pages, 1)}
    for kid in _kids(tree):
        _element(kid, seen, numbers, None, "")
    if not seen.h1:
        seen.add("no-h1", N_("The file has no main heading."))
    elif seen.h1 > 1:
        seen.add("many-h1", N_("The file has more than one main heading."))
    for number, page in enumerate(pdf.pages, 1):
        _page(page, number, seen)
    return seen.findings


def _catalogue(root: Any, pdf: pikepdf.Pdf, seen: _Seen) -> None:
    if not str(root.get("/Lang", "")):
        seen.add("no-language", N_("The file does not say its language."))
    marked = root.get("/MarkInfo")
    if marked is None or not bool(marked.get("/Marked", False)):
        seen.add("not-marked", N_("The file does not say that it is tagged."))
    preferences = root.get("/ViewerPreferences")
    if preferences is None or not bool(preferences.get("/DisplayDocTitle", False)):
        seen.add("title-not-shown", N_("The file does not ask to show its title."))
    title = str(pdf.docinfo.get("/Title", ""))
    if not title.strip():
        seen.add("no-title", N_("The file has no title."))
    _metadata(root, title, seen)
    if root.get("/OutputIntents") is None:
        seen.add("no-profile", N_("The file has no colour profile."))


def _metadata(root: Any, title: str, seen: _Seen) -> None:
    packet = root.get("/Metadata")
    text = packet.read_bytes().decode("utf-8", "replace") if packet is not None else ""
    if "pdfuaid:part" not in text:
        seen.add("no-claim", N_("The file does not claim to be accessible (PDF/UA)."))
    written = re.search(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", text, re.DOTALL)
    from xml.sax.saxutils import unescape

    if written is None or unescape(written[1]) != title:
        seen.add("titles-differ", N_("The file's two titles are not the same."))


def _kids(element: Any) -> Iterator[Any]:
    kids = element.get("/K")
    if kids is None:
        return
    if isinstance(kids, pikepdf.Array):
        yield from kids
    else:
        yield kids


def _element(element: Any, seen: _Seen, pages: dict[tuple[int, int], int], page: int | None, path: str) -> None:
    """Check one element and all below it."""
    if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
        return
    role = str(element["/S"])
    here = element.get("/Pg")
    number = pages.get(here.objgen, 0) if here is not None else page or 0
    _heading(role, seen, number)
    if role == "/Figure":
        _alternative(element, seen, number)
    if role == "/Table":
        _table(element, seen, number)
    if role == "/TH" and not _attribute(element, "/Scope"):
        seen.add("no-scope", N_("A header cell does not say what it heads."), number)
    for kid in _kids(element):
        if isinstance(kid, int):
            _own(seen, number, kid)
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == pikepdf.Name.MCR:
            other: Any = kid.get("/Pg", here)
            _own(seen, pages.get(other.objgen, 0), int(kid["/MCID"]))
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == pikepdf.Name.OBJR:
            seen.annotations.add(kid["/Obj"].objgen)
        else:
            _element(kid, seen, pages, number, path + role)


def _own(seen: _Seen, page: int, mcid: int) -> None:
    if (page, mcid) in seen.owned:
        seen.add("owned-twice", N_("A piece of page {number} belongs to two parts."), page, number=page)
    seen.owned[page, mcid] = 1


def _heading(role: str, seen: _Seen, page: int) -> None:
    found = _HEADING.match(role)
    if not found:
        return
    level = int(found[1])
    seen.h1 += level == 1
    if level > seen.level + 1:
        seen.add(
            "heading-jump",
            N_("A heading of level {level} follows one of level {before}."),
            page,
            level=level,
            before=seen.level,
        )
    seen.level = level


def _alternative(element: Any, seen: _Seen, page: int) -> None:
    alt = str(element.get("/Alt", "")).strip()
    if not alt:
        seen.add("no-alt", N_("A picture on page {number} has no description."), page, number=page)
    elif _IMAGE_FILE.search(alt):
        seen.add("alt-is-file", N_("A picture on page {number} has a file name as its description."), page, number=page)
    elif len(alt) > _MAX_ALT:
        seen.add(
            "alt-too-long", N_("A picture on page {number} has a description over 250 characters."), page, number=page
        )
    if _attribute(element, "/BBox") is None:
        seen.add("no-box", N_("A picture on page {number} does not say where it is."), page, number=page)


def _attribute(element: Any, name: str) -> Any:
    attributes = element.get("/A")
    every = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
    for each in every:
        if isinstance(each, pikepdf.Dictionary) and name in each:
            return each[name]
    return None


def _rows(table: Any) -> Iterator[Any]:
    for kid in _kids(table):
        if isinstance(kid, pikepdf.Dictionary):
            if kid.get("/S") == pikepdf.Name.TR:
                yield kid
            elif str(kid.get("/S", "")) in {"/THead", "/TBody", "/TFoot"}:
                yield from _rows(kid)


def _table(table: Any, seen: _Seen, page: int) -> None:
    heads, widths = 0, set()
    sections = [str(kid.get("/S", "")) for kid in _kids(table) if isinstance(kid, pikepdf.Dictionary)]
    for row in _rows(table):
        cells = [kid for kid in _kids(row) if isinstance(kid, pikepdf.Dictionary) and str(kid.get("/S", "")) in _CELLS]
        heads += sum(str(cell["/S"]) == "/TH" for cell in cells)
        widths.add(sum(int(_attribute(cell, "/ColSpan") or 1) for cell in cells))
    if not heads:
        seen.add("no-heads", N_("A table on page {number} has no header cells."), page, number=page)
    if len(widths) > 1:
        seen.add(
            "uneven", N_("The rows of a table on page {number} differ in their number of cells."), page, number=page
        )
    if sections.count("/THead") > 1:
        seen.add(
            "head-repeated", N_("A table on page {number} repeats its header for screen readers."), page, number=page
        )


def _page(page: Any, number: int, seen: _Seen) -> None:
    if page.get("/Tabs") != pikepdf.Name.S:
        seen.add("tab-order", N_("Page {number} does not follow the reading order."), number, number=number)
    _fonts(page, number, seen)
    for annotation in page.get("/Annots", []):
        if annotation.objgen not in seen.annotations:
            seen.add("loose-link", N_("A link on page {number} belongs to no part."), number, number=number)
        if not str(annotation.get("/Contents", "")).strip():
            seen.add("silent-link", N_("A link on page {number} does not say where it leads."), number, number=number)
    _content(page, number, seen)


def _fonts(page: Any, number: int, seen: _Seen) -> None:
    resources = page.get("/Resources", {})
    for font in dict(resources.get("/Font", {})).values():
        descriptor = font.get("/FontDescriptor")
        if descriptor is None or not any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3")):
            name = str(font.get("/BaseFont", "/"))[1:]
            seen.add("font", N_("The font {name} is not in the file."), number, name=name)
        elif "/ToUnicode" not in font:
            seen.add(
                "unreadable-font", N_("The letters of a font on page {number} cannot be copied."), number, number=number
            )


def _content(page: Any, number: int, seen: _Seen) -> None:
    """Everything painted must be marked, and every mark must be owned."""
    stack: list[bool] = []
    unmarked = False
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in {"BDC", "BMC"}:
            operands = instruction.operands
            mcid = (
                operands[1].get("/MCID") if operator == "BDC" and isinstance(operands[1], pikepdf.Dictionary) else None
            )
            stack.append(mcid is not None or str(operands[0]) == "/Artifact")
            if mcid is not None and (number, int(mcid)) not in seen.owned:
                seen.add("orphan", N_("A piece of page {number} belongs to no part."), number, number=number)
        elif operator == "EMC":
            if stack:
                stack.pop()
        elif operator in _PAINTING and not any(stack):
            unmarked = True
    if unmarked:
        seen.add(
            "unmarked",
            N_("Something on page {number} is neither text for reading nor decoration."),
            number,
            number=number,
        )
