"""The structure tree: small elements that are written as soon as they are complete."""

from __future__ import annotations

from progressus_desktop.errors import ProgressusError
from progressus_desktop.reports.pdf import PdfFile, literal
from progressus_desktop.words import N_, Message

_HEADINGS = {"H1": 1, "H2": 2, "H3": 3, "H4": 4}
MAX_ALT = 250


class StructureError(ProgressusError):
    """A report broke a rule of accessible documents; a bug of the report, found before a file exists."""

    code, exit_code = "structure", 1

    def __init__(self, what: str) -> None:
        super().__init__(Message(N_("The report could not be made: {what}."), {"what": what}))


class Element:
    """One element of the structure tree: role, parent, kids, first page."""

    __slots__ = ("attributes", "entries", "kids", "number", "page", "parent", "role", "sealed")

    def __init__(self, role: str, number: int, parent: int, attributes: bytes, entries: bytes) -> None:
        self.role = role
        self.number = number
        self.parent = parent
        self.attributes = attributes
        self.entries = entries
        self.kids: list[bytes] = []
        self.page = 0
        self.sealed = False


class Structure:
    """All elements of one document, its parent tree and its headings in order."""

    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self.root = file.reserve()
        self._nums: list[tuple[int, bytes]] = []
        self._next_key = 0
        self._open: dict[int, Element] = {}
        self.headings: list[int] = []
        self.document = self.element("Document", None)

    def element(
        self, role: str, parent: Element | None, *, alt: str = "", attributes: bytes = b"", lang: str = ""
    ) -> Element:
        """A new child of ``parent``.

        Raises:
            StructureError: a heading level is jumped, or an alternative text is empty or too long.
        """
        if role in _HEADINGS:
            self._check_heading(role)
        if role == "Figure" and not (0 < len(alt) <= MAX_ALT):
            what = "a picture has no description, or one over 250 characters"
            raise StructureError(what)
        entries = (b"/Alt" + literal(alt) if alt else b"") + (b"/Lang" + literal(lang) if lang else b"")
        made = Element(role, self._file.reserve(), parent.number if parent else self.root, attributes, entries)
        if parent is not None:
            parent.kids.append(b"%d 0 R" % made.number)
        self._open[made.number] = made
        return made

    def _check_heading(self, role: str) -> None:
        level = _HEADINGS[role]
        before = self.headings[-1] if self.headings else 0
        if level > before + 1 or (level == 1 and self.headings):
            what = f"heading {role} after level {before}"
            raise StructureError(what)
        self.headings.append(level)

    def content(self, element: Element, page: int, mcid: int) -> None:
        """Note that marked content ``mcid`` of the page object ``page`` belongs to ``element``."""
        if not element.page:
            element.page = page
        if element.page == page:
            element.kids.append(b"%d" % mcid)
        else:
            element.kids.append(b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (page, mcid))

    def object(self, element: Element, page: int, number: int) -> int:
        """Note that the annotation ``number`` belongs to ``element``; gives its StructParent."""
        element.kids.append(b"<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>" % (page, number))
        key = self.new_key()
        self._nums.append((key, b"%d 0 R" % element.number))
        return key

    def new_key(self) -> int:
        """A new key of the parent tree."""
        self._next_key += 1
        return self._next_key - 1

    def page_done(self, key: int, owners: list[int]) -> None:
        """Tell which elements own the marked contents 0, 1, … of the page with ``StructParents key``."""
        array = self._file.add(b"[" + b" ".join(b"%d 0 R" % number for number in owners) + b"]")
        self._nums.append((key, b"%d 0 R" % array))

    def seal(self, element: Element) -> None:
        """Write ``element``: nothing will be added to it any more. Sealing twice does nothing."""
        if element.sealed:
            return
        element.sealed = True
        self._open.pop(element.number, None)
        kids = element.kids
        body = b"<</Type/StructElem/S/%s/P %d 0 R" % (element.role.encode(), element.parent)
        if element.page:
            body += b"/Pg %d 0 R" % element.page
        if len(kids) == 1:
            body += b"/K " + kids[0]
        elif kids:
            body += b"/K[" + b" ".join(kids) + b"]"
        if element.attributes:
            body += b"/A" + element.attributes
        self._file.put(element.number, body + element.entries + b">>")
        element.kids = []

    def finish(self) -> int:
        """Write what is open and the root; gives the root's number."""
        for element in list(self._open.values()):
            self.seal(element)
        nums = b" ".join(b"%d %s" % pair for pair in sorted(self._nums))
        tree = self._file.add(b"<</Nums[" + nums + b"]>>")
        self._file.put(
            self.root,
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>"
            % (self.document.number, tree, self._next_key),
        )
        return self.root
