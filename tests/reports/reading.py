"""How the tests read a finished PDF: its text, its structure, what independent validators say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import page
import pikepdf
import pypdfium2

PROFILES = ("ua1", "2a")


def validators(data: bytes, folder: Path) -> list[str]:
    """Findings of page-validation (both profiles), pdfua, qpdf and the program's own check."""
    from pdfua import validator

    from progressus_desktop.services.reporting import check_file

    path = folder / "report.pdf"
    path.write_bytes(data)
    found = [f"own: {finding.code}" for finding in check_file(path)]
    limits = page.SafetyLimits.unlimited()
    for profile in PROFILES:
        report = page.validate_pdf(str(path), profile=profile, limits=limits)
        found += [f"{profile}: {failure.rule_id} {failure.message}" for failure in report.failures]
    found += [f"pdfua: {finding}" for finding in validator.validate(str(path)).findings]
    with pikepdf.open(path) as pdf:
        found += [f"qpdf: {problem}" for problem in pdf.check_pdf_syntax()]
    return found


def text(data: bytes) -> str:
    """All text in the order of the pages, as a copy from a viewer gives it."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(pdf[at].get_textpage().get_text_bounded() for at in range(len(pdf)))
    finally:
        pdf.close()


def squeezed(value: str) -> str:
    """Without blanks of any kind, composed: what must survive line breaks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", value))


class Tagged:
    """The structure tree with its text: elements in reading order."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(BytesIO(data))
        self._pieces: dict[tuple[tuple[int, int], int], str] = {}
        for one in self.pdf.pages:
            self._read(one)

    def _read(self, one: pikepdf.Page) -> None:
        fonts = {name: _letters(font) for name, font in dict(one.Resources.Font).items()}
        mcid, current, hidden = None, {}, 0
        depth: list[str] = []
        for instruction in pikepdf.parse_content_stream(one):
            operator, operands = str(instruction.operator), list(instruction.operands)
            if operator in {"BDC", "BMC"}:
                kind = operands[1] if operator == "BDC" else {}
                actual = kind.get("/ActualText") if isinstance(kind, pikepdf.Dictionary) else None
                if isinstance(kind, pikepdf.Dictionary) and "/MCID" in kind:
                    mcid = int(kind["/MCID"])
                    self._pieces.setdefault((one.obj.objgen, mcid), "")
                    depth.append("mcid")
                elif actual is not None and mcid is not None:
                    self._pieces[one.obj.objgen, mcid] += str(actual)
                    hidden += 1
                    depth.append("actual")
                else:
                    depth.append("other")
            elif operator == "EMC":
                last = depth.pop()
                mcid = None if last == "mcid" else mcid
                hidden -= last == "actual"
            elif operator == "Tf":
                current = fonts[str(operands[0])]
            elif operator == "Tj" and mcid is not None and not hidden:
                self._pieces[one.obj.objgen, mcid] += "".join(current[code] for code in bytes(operands[0]))

    def elements(self, role: str = "") -> Iterator[Any]:
        """All elements of a role in reading order."""
        yield from self._below(self.pdf.Root.StructTreeRoot, role)

    def _below(self, element: Any, role: str) -> Iterator[Any]:
        for kid in _kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                if not role or str(kid.S) == f"/{role}":
                    yield kid
                yield from self._below(kid, role)

    def words(self, element: Any) -> str:
        """The text of an element and all below it."""
        found = ""
        for kid in _kids(element):
            if isinstance(kid, int):
                found += self._pieces[element.Pg.objgen, kid]
            elif "/MCID" in kid:
                found += self._pieces[kid.get("/Pg", element.get("/Pg")).objgen, int(kid.MCID)]
            elif "/S" in kid:
                found += self.words(kid)
        return found


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _letters(font: Any) -> dict[int, str]:
    """Character codes to text by the font's ToUnicode map."""
    body = font.ToUnicode.read_bytes().decode()
    pairs = re.findall(r"<(\w{2})> <(\w{4,8})>", body)
    return {int(code, 16): bytes.fromhex(value).decode("utf-16-be") for code, value in pairs}
