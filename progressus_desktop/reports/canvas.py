"""Pages to draw on, from the top left corner in points; everything drawn is marked or an artifact.

What is painted while no element is open becomes an artifact by itself, so nothing can stay
unmarked. Page numbers "n of N" are written at the end into a second content stream of each page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from progressus_desktop.reports import metadata, outline
from progressus_desktop.reports.images import Picture
from progressus_desktop.reports.metadata import About
from progressus_desktop.reports.paths import ALL_ROUND, round_box
from progressus_desktop.reports.pdf import PdfFile, literal
from progressus_desktop.reports.tagging import Element, Structure, StructureError
from progressus_desktop.reports.text import Line, Piece, clean
from progressus_desktop.reports.theme import A4, PANEL, Colour, Style

_MOST_CUT = 1.25
"""A photo may lose a fifth of one side to fill its box."""


@dataclass(slots=True)
class Page:
    """One page while it is drawn, and what must be known of it afterwards."""

    number: int
    object: int
    key: int
    body: int
    foot: int
    code: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    annotations: list[int] = field(default_factory=list)
    pictures: dict[str, int] = field(default_factory=dict)
    font: tuple[str, float] = ("", 0.0)
    fill: str = ""
    stroke: str = ""
    thickness: float = -1.0


class Canvas:
    """A document under construction: pages, structure, bookmarks."""

    def __init__(self, about: About, *, landscape: bool = False) -> None:
        self.about = about
        self.file = PdfFile()
        self.tree = Structure(self.file)
        self.width, self.height = (A4[1], A4[0]) if landscape else A4
        self._pages_object = self.file.reserve()
        self._outline: list[outline.Bookmark] = []
        self._places: dict[str, bytes] = {}
        self._pictures: dict[str, int] = {}
        self._finished: list[Page] = []
        self._feet: list[Callable[[int], None]] = []
        self._element: Element | None = None
        self._artifact = False
        self.page: Page = self._new_page()

    # -- pages

    def _new_page(self) -> Page:
        reserve = self.file.reserve
        return Page(len(self._finished) + 1, reserve(), self.tree.new_key(), reserve(), reserve())

    def next_page(self, foot: Callable[[int], None]) -> None:
        """Close this page and begin another; ``foot`` draws its footer once the number of pages is known."""
        self._close_page(foot)
        self.page = self._new_page()

    def _close_page(self, foot: Callable[[int], None]) -> None:
        page = self.page
        if self._element is not None:
            what = "a page ended inside an element"
            raise StructureError(what)
        self._end_artifact()
        self.file.put_stream(page.body, b"", "\n".join([*page.code, ""]).encode("latin-1"))
        page.code = []
        self.tree.page_done(page.key, page.owners)
        self._finished.append(page)
        self._feet.append(foot)

    # -- marked content

    @contextmanager
    def marked(self, element: Element) -> Iterator[None]:
        """What is drawn inside belongs to ``element``."""
        self.begin(element)
        yield
        self.end()

    def begin(self, element: Element) -> None:
        """Open marked content of ``element`` on this page."""
        page = self.page
        self._end_artifact()
        mcid = len(page.owners)
        page.owners.append(element.number)
        self.tree.content(element, page.object, mcid)
        page.code.append(f"/{element.role} <</MCID {mcid}>> BDC")
        self._element = element

    def end(self) -> None:
        """Close the marked content opened last."""
        self.page.code.append("EMC")
        self._element = None

    def _paint(self) -> None:
        if self._element is None and not self._artifact:
            self.page.code.append("/Artifact BMC")
            self._artifact = True

    def _end_artifact(self) -> None:
        if self._artifact:
            self.page.code.append("EMC")
            self._artifact = False

    @contextmanager
    def pagination(self, kind: str, top: float, bottom: float) -> Iterator[None]:
        """What is drawn inside is an artifact of that kind (``Header``, ``Footer``) between two heights."""
        self._end_artifact()
        box = f"[0 {self.height - bottom:.2f} {self.width:.2f} {self.height - top:.2f}]"
        self.page.code.append(f"/Artifact <</Type/Pagination/Subtype/{kind}/BBox{box}>> BDC")
        self._artifact = True
        yield
        self._end_artifact()

    # -- painting

    def _filled(self, colour: Colour) -> None:
        if self.page.fill != colour:
            self.page.fill = colour
            self.page.code.append(f"{colour} rg")

    def _stroked(self, colour: Colour, thickness: float) -> None:
        page = self.page
        if page.stroke != colour:
            page.stroke = colour
            page.code.append(f"{colour} RG")
        if page.thickness != thickness:
            page.thickness = thickness
            page.code.append(f"{thickness:.2f} w")

    def line(self, x0: float, y0: float, x1: float, y1: float, colour: Colour, thickness: float = 0.6) -> None:
        """A straight line."""
        self._paint()
        self._stroked(colour, thickness)
        high = self.height
        self.page.code.append(f"{x0:.2f} {high - y0:.2f} m {x1:.2f} {high - y1:.2f} l S")

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: Colour = "",
        stroke: Colour = "",
        thickness: float = 0.6,
        radius: float = 0.0,
        corners: tuple[bool, bool, bool, bool] = ALL_ROUND,
    ) -> None:
        """A rectangle; ``corners`` (top left, top right, bottom right, bottom left) says which are round."""
        self._paint()
        if fill:
            self._filled(fill)
        if stroke:
            self._stroked(stroke, thickness)
        high = self.height - y
        if radius:
            path = round_box(x, high, width, height, min(radius, width / 2, height / 2), corners)
        else:
            path = f"{x:.2f} {high - height:.2f} {width:.2f} {height:.2f} re"
        self.page.code.append(f"{path} {'B' if fill and stroke else 'f' if fill else 'S'}")

    def dot(
        self, x: float, y: float, radius: float, *, fill: Colour = "", stroke: Colour = "", thickness: float = 1.0
    ) -> None:
        """A circle round (x, y)."""
        self.box(
            x - radius, y - radius, 2 * radius, 2 * radius, fill=fill, stroke=stroke, thickness=thickness, radius=radius
        )

    def polygon(self, points: Sequence[tuple[float, float]], fill: Colour) -> None:
        """A filled polygon."""
        self._paint()
        self._filled(fill)
        steps = [f"{x:.2f} {self.height - y:.2f} {'l' if at else 'm'}" for at, (x, y) in enumerate(points)]
        self.page.code.append(" ".join(steps) + " h f")

    def cells(self, x: float, y: float, side: float, dark: Iterable[tuple[int, int, int]], colour: Colour) -> None:
        """Filled bars (row, column, length) of a grid of squares, for a two-dimensional code."""
        self._paint()
        self._filled(colour)
        top = self.height - y
        bars = [
            f"{x + column * side:.3f} {top - (row + 1) * side:.3f} {length * side:.3f} {side:.3f} re"
            for row, column, length in dark
        ]
        self.page.code.append("\n".join(bars) + "\nf")

    def picture(self, picture: Picture, x: float, y: float, width: float, height: float) -> None:
        """A photo that fills the given box; one of quite another shape is shown whole, on a tint."""
        self._paint()
        across, down = width / picture.width, height / picture.height
        alike = max(across, down) / min(across, down) < _MOST_CUT
        if not alike:
            self.box(x, y, width, height, fill=PANEL)
        scale = max(across, down) if alike else min(across, down)
        wide, high = picture.width * scale, picture.height * scale
        name = self._picture_name(picture)
        left, bottom = x - (wide - width) / 2, self.height - y - height - (high - height) / 2
        self.page.code.append(
            f"q {x:.2f} {self.height - y - height:.2f} {width:.2f} {height:.2f} re W n "
            f"{wide:.2f} 0 0 {high:.2f} {left:.2f} {bottom:.2f} cm /{name} Do Q"
        )

    def _picture_name(self, picture: Picture) -> str:
        number = self._pictures.get(picture.identity)
        if number is None:
            number = self._pictures[picture.identity] = self.file.reserve()
            self.file.put_stream(number, picture.entries(), picture.data, compress=False)
        name = f"P{number}"
        self.page.pictures[name] = number
        return name

    # -- text

    def text(self, lines: Sequence[Line], x: float, y: float, width: float, style: Style, align: str = "left") -> None:
        """Draw ``lines``; ``y`` is the top of the first one. Link pieces are drawn as ordinary text."""
        self._paint()
        page = self.page
        code = page.code
        code.append("BT")
        base = self.height - y - baseline(style)
        for line in lines:
            at = x
            if align == "right":
                at += width - line.width
            elif align == "center":
                at += (width - line.width) / 2
            for piece in line.pieces:
                self._piece(piece, at, base, style.size)
                at += piece.width
            base -= style.leading
        code.append("ET")

    def _piece(self, piece: Piece, x: float, y: float, size: float) -> None:
        if not piece.text:
            return
        page = self.page
        code = page.code
        if piece.colour != page.fill:
            page.fill = piece.colour
            code.append(f"{piece.colour} rg")
        if piece.original:
            code.append(f"/Span <</ActualText {literal(piece.original).decode('ascii')}>> BDC")
        place = f"1 0 0 1 {x:.2f} {y:.2f} Tm"
        for name, codes in self.file.encoded(piece.face, piece.text):
            if page.font != (name, size):
                page.font = (name, size)
                code.append(f"{name} {size:.2f} Tf")
            code.append(f"{place} ({codes.decode('latin-1')}) Tj".lstrip())
            place = ""
        if piece.original:
            code.append("EMC")

    def link(self, element: Element, target: str, said: str, x: float, y: float, width: float, height: float) -> None:
        """A clickable area that belongs to the Link ``element``: to a web address, or to a ``#place`` of the file.

        ``said`` are the words it lies on, read where the target is no address.
        """
        number = self.file.reserve()
        key = self.tree.object(element, self.page.object, number)
        high = self.height
        rect = f"[{x:.2f} {high - y - height:.2f} {x + width:.2f} {high - y:.2f}]".encode()
        if target.startswith("#"):
            words, action = said, b"/S/GoTo/D/" + target[1:].encode("ascii")
        else:
            words = target
            action = b"/S/URI/URI" + literal(target.encode("ascii", "backslashreplace").decode())
        self.file.put(
            number,
            b"<</Type/Annot/Subtype/Link/Rect%s/Border[0 0 0]/F 4/Contents%s/StructParent %d/P %d 0 R"
            b"/A<</Type/Action%s>>>>" % (rect, literal(clean(words)), key, self.page.object, action),
        )
        self.page.annotations.append(number)

    def place(self, name: str, y: float) -> None:
        """Call height ``y`` of this page ``name`` (letters and digits), so that links can lead there."""
        self._places[name] = b"[%d 0 R/XYZ 0 %.2f null]" % (self.page.object, self.height - y)

    def bookmark(self, level: int, title: str, y: float) -> None:
        """A bookmark to height ``y`` of this page."""
        self._outline.append(outline.Bookmark(level, title, self.page.object, self.height - y))

    # -- the end

    def finish(self, foot: Callable[[int], None]) -> bytes:
        """Close the last page and give the whole file."""
        self._close_page(foot)
        pages = self._finished
        for page, draw in zip(pages, self._feet, strict=True):
            self.page = page
            page.font, page.fill, page.stroke, page.thickness = ("", 0.0), "", "", -1.0
            draw(len(pages))
            self._end_artifact()
            self.file.put_stream(page.foot, b"", "\n".join([*page.code, ""]).encode("latin-1"))
            self._put_page(page)
        kids = b" ".join(b"%d 0 R" % page.object for page in pages)
        self.file.put(self._pages_object, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids))
        return self.file.finished(self._catalogue(), self.file.add(metadata.information(self.about)))

    def _put_page(self, page: Page) -> None:
        resources = b"/Font " + self.file.fonts_reference
        if page.pictures:
            named = b"".join(b"/%s %d 0 R" % (name.encode(), number) for name, number in page.pictures.items())
            resources += b"/XObject<<" + named + b">>"
        body = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %.2f %.2f]/Contents[%d 0 R %d 0 R]/Resources<<%s>>" % (
            self._pages_object, self.width, self.height, page.body, page.foot, resources,
        )  # fmt: skip
        if page.annotations:
            body += b"/Annots[" + b" ".join(b"%d 0 R" % number for number in page.annotations) + b"]"
        self.file.put(page.object, body + b"/Tabs/S/StructParents %d>>" % page.key)

    def _catalogue(self) -> int:
        file = self.file
        profile, packet = file.reserve(), file.reserve()
        file.put_stream(profile, b"/N 3", metadata.srgb_profile())
        file.put_stream(packet, b"/Type/Metadata/Subtype/XML", metadata.xmp(self.about), compress=False)
        intent = (
            b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)"
        )
        root = self.tree.finish()
        bookmarks = outline.written(file, self._outline)
        if self._places:
            named = b"".join(b"/%s%s" % (name.encode("ascii"), place) for name, place in self._places.items())
            bookmarks += b"/Dests<<" + named + b">>"
        return file.add(
            b"<</Type/Catalog/Pages %d 0 R/Lang%s/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R/Metadata %d 0 R"
            b"/ViewerPreferences<</DisplayDocTitle true>>/PageMode/%s%s/OutputIntents[%s/DestOutputProfile %d 0 R>>]>>"
            % (
                self._pages_object, literal(self.about.lang), root, packet,
                b"UseOutlines" if len(self._outline) > 1 else b"UseNone", bookmarks, intent, profile,
            )
        )  # fmt: skip


def baseline(style: Style) -> float:
    """Distance from the top of a line to its baseline."""
    return style.leading / 2 + style.size * 0.33
