"""Pages of a finished report as pictures for the screen."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from progressus_desktop.services import reporting
from progressus_desktop.services.reporting_source import Asked

if TYPE_CHECKING:
    from progressus_desktop.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Preview:
    """A report as it will be: its file, and how many pages it has."""

    data: bytes
    pages: int


def preview(ws: Workspace, kind: str, asked: Asked, lang: str = "") -> Preview:
    """The report as PDF, not written anywhere.

    Raises:
        UsageError: nothing to make it about, or a month or day that is none.
        NotFoundError: there is no such record.
    """
    import pypdfium2

    data = reporting.made(ws, kind, asked, lang)
    pdf: Any = pypdfium2.PdfDocument(data)
    try:
        return Preview(data, len(pdf))
    finally:
        pdf.close()


def picture(data: bytes, number: int, width: int) -> bytes:
    """Page ``number`` (from 1) of a PDF as PNG, ``width`` pixels wide."""
    import pypdfium2

    pdf: Any = pypdfium2.PdfDocument(data)
    try:
        page = pdf[number - 1]
        out = io.BytesIO()
        page.render(scale=width / page.get_size()[0]).to_pil().save(out, "PNG", compress_level=1)
        return out.getvalue()
    finally:
        pdf.close()
