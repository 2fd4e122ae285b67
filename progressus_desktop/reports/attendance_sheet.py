"""The attendance sheet (lista obecności): names to sign, on paper, with a code that finds its event again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from progressus_desktop.reports import qr, theme
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.setting import Setting
from progressus_desktop.reports.tables import Cell, Column, Look, Row
from progressus_desktop.reports.text import Rich, Run, bold, wrapped
from progressus_desktop.words import _

_SMALL_QR = 44.0
_FOOT_ROOM = 51.0
_LARGE = 1.6
"""Large print: body text of 16 points."""
_LARGE_HEAD = 1.35
_MORE_BLANK = 20
_ROW, _LARGE_ROW = 31.5, 42.0
"""Row heights: 11.1 mm and 14.8 mm."""


@dataclass(frozen=True, slots=True)
class Person:
    """A name printed in advance."""

    name: str
    organisation: str


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """What a sheet needs; ``blank`` rows follow the printed names."""

    code: str
    title: str
    when: str
    where: str
    organiser: str
    clause: Sequence[Rich] = ()
    people: Sequence[Person] = ()
    blank: int = 20
    leader: str = ""
    landscape: bool = False
    large_print: bool = False


def render(sheet: AttendanceSheet, setting: Setting) -> bytes:
    """The sheet as a finished PDF file."""
    kind = _("Attendance sheet")
    scale = _LARGE if sheet.large_print else 1.0
    title = sheet.title or _("Event without a title")
    document = setting.document(
        kind, sheet.code, kind, running=title, landscape=sheet.landscape, subject=f"{title} · {sheet.code}"
    )
    document.bottom = document.page_bottom - _FOOT_ROOM * (1.35 if sheet.large_print else 1)
    _top(document, sheet, kind, scale)
    if sheet.clause:
        _clause(document, sheet.clause, scale)
    document.every_page = lambda doc: _next_top(doc, sheet, min(scale, _LARGE_HEAD))
    document.before_turn = lambda doc: _boxes(doc, sheet, tagged=False)
    _names(document, sheet, scale)
    document.before_turn = None
    _boxes(document, sheet, tagged=True)
    return document.finish()


def _top(document: Document, sheet: AttendanceSheet, kind: str, scale: float) -> None:
    top = document.y
    document.paragraph(" · ".join((_("Event"), sheet.code)), theme.KICKER, after=2.2)
    document.heading(kind, 1)
    document.y -= 2.4
    pairs = [
        (_("Event"), [bold(sheet.title)] if sheet.title else "–"),
        (_("Date and time"), sheet.when or "–"),
        (_("Place"), sheet.where or "–"),
        (_("Organiser"), sheet.organiser or "–"),
    ]
    width = document.width - qr.SIDE - 24
    look = Look(
        style=theme.VALUE.scaled(min(scale, 1.45)), pad_x=0, pad_y=0.8, line="", show_head=False, last_line=False
    )
    key = theme.KEY.scaled(min(scale, 1.45))
    rows = [Row([Cell(label, key, key=True), Cell(value)]) for label, value in pairs]
    document.table([Column("", width=66 * min(scale, 1.45)), Column("", share=1.0)], rows, look, width=width)
    end = document.y
    document.y = top
    qr.tagged(document, sheet.code, document.right - qr.SIDE - 5.5, top + 6)
    document.y = max(end, top + qr.SIDE + 24) + 6


def _next_top(document: Document, sheet: AttendanceSheet, scale: float) -> None:
    """The head of each further page: the event and the code again, all repeats and so artifacts."""
    canvas = document.canvas
    x = document.right - _SMALL_QR
    room = document.width - _SMALL_QR - 16
    head, small = theme.H2_PANEL.scaled(scale), theme.CELL.scaled(scale)
    title = wrapped(sheet.title or "–", head, room)[:2]
    about = wrapped(" · ".join(part for part in (sheet.when, sheet.where) if part), small, room)[:2]
    below = 64 + len(title) * head.leading + 3
    end = max(60 + _SMALL_QR + 14, below + len(about) * small.leading)
    with canvas.pagination("Header", 51, end):
        qr.draw(canvas, qr.content(sheet.code, canvas.page.number), x, 60, _SMALL_QR)
        number = wrapped([bold(qr.short(sheet.code)), f" / {canvas.page.number}"], theme.CELL, _SMALL_QR + 20)
        canvas.text(number, x - 10, 60 + _SMALL_QR + 2, _SMALL_QR + 20, theme.CELL, "center")
        canvas.text(title, document.left, 64, room, head)
        canvas.text(about, document.left, below, room, small)
    document.y = end + 4


def _clause(document: Document, clause: Sequence[Rich], scale: float) -> None:
    """The information clause in plain words, in a tinted box."""
    style = theme.CLAUSE.scaled(scale)
    head = theme.H2_PANEL.scaled(scale)
    inner = document.width - 20
    title = _("Your data in short")
    high = 8 + head.leading + sum(len(wrapped(text, style, inner)) * style.leading + 1.2 for text in clause) + 8
    document.need(min(high, document.bottom - 70))
    fits = document.y + high <= document.bottom
    if fits:
        document.canvas.box(document.left, document.y, document.width, high, fill=theme.PANEL, radius=6)
    end = document.y + high
    document.y += 7.5
    document.canvas.bookmark(2, title, document.y - 6)
    document.paragraph(title, head, role="H2", x=document.left + 10, width=inner, after=0.6)
    for text in clause:
        document.paragraph(text, style, x=document.left + 10, width=inner, after=1.2)
    document.y = (end if fits else document.y) + 8.5


def _names(document: Document, sheet: AttendanceSheet, scale: float) -> None:
    style = theme.Style(theme.REGULAR, 9.5, 12.4).scaled(scale)
    small = theme.CELL.scaled(scale)
    row = _LARGE_ROW if sheet.large_print else _ROW
    look = Look(
        style=small, head_style=theme.HEAD.scaled(min(scale, 1.5)), pad_y=2.5, head_pad_y=3.5,
        line=theme.GRID, grid=theme.GRID, border=theme.GRID, radius=0.0, middle=True,
    )  # fmt: skip
    columns = [
        Column(_("No."), width=30 * (scale if scale == 1 else 1.5), align="right"),
        Column(_("First and last name"), share=142),
        Column(_("Organisation or gmina"), share=157),
        Column(_("Signature"), share=170),
    ]
    if sheet.landscape:
        columns.append(Column(_("Remarks"), share=120))
    rows = _rows(document, sheet, style, row, len(columns))
    document.table(columns, rows, look, name=_("People present, to sign"))


def _rows(document: Document, sheet: AttendanceSheet, style: theme.Style, high: float, columns: int) -> Iterator[Row]:
    """The printed names, the blank rows asked for, and more of them down to the end of the last page."""
    for at, person in enumerate(sheet.people, 1):
        yield Row(
            [Cell(str(at), style), Cell(person.name, style), person.organisation, *[""] * (columns - 3)], height=high
        )
    blank = 0
    # the table lays one row ahead: the row given before is not yet drawn when this asks for the place left
    while blank < sheet.blank or (blank < sheet.blank + _MORE_BLANK and _room(document, high)):
        blank += 1
        yield Row([Cell(str(len(sheet.people) + blank), style), *[""] * (columns - 1)], height=high)


def _room(document: Document, high: float) -> bool:
    """Whether one more row fits behind the one that waits, on this page or on the one that row will open."""
    return document.y + high > document.bottom or document.y + 2 * high <= document.bottom


def _boxes(document: Document, sheet: AttendanceSheet, *, tagged: bool) -> None:
    """Counts of this page, and the leader's date and signature; ``tagged`` on the last page, else repeats."""
    canvas = document.canvas
    large = sheet.large_print
    high = 46.0 * (1.35 if large else 1)
    top = document.page_bottom - high + 1
    factor = 1.35 if large else 1.0
    left_width = 204.0 * (1.2 if large else 1)
    key, small = theme.PANEL_KEY.scaled(factor), theme.CELL.scaled(factor)
    canvas.box(document.left, top, left_width, high, fill=theme.PANEL, stroke=theme.EDGE, radius=5)
    x = document.left + left_width + 7.5
    canvas.box(x, top, document.right - x, high, stroke=theme.EDGE, radius=5)
    leader = (
        _("Leader: {name}, date and legible signature", name=sheet.leader)
        if sheet.leader
        else _("Leader: name, date and legible signature")
    )
    wide = left_width / 204.0
    middle = top + high * 0.4
    label = middle + high * 0.245 - small.leading / 2
    texts: list[tuple[Rich, theme.Style, float, float, float]] = [
        (_("On this page"), key, document.left + 9, top + 4, left_width - 18),
        (_("signatures"), small, document.left + 9, label, 46 * wide),
        (_("not signed"), small, document.left + 102 * wide, label, 54 * wide),
        (leader, key, x + 9, top + 4, document.right - x - 18),
    ]
    for at in (54.0, 156.5):
        canvas.box(
            document.left + at * wide, middle, 38.5 * wide, high * 0.49, fill=theme.WHITE, stroke=theme.TEXT, radius=3.5
        )
    for text, style, at, y, width in texts:
        lines = wrapped(text, style, width)[:2]
        if not tagged:
            canvas.text(lines, at, y, width, style)
            continue
        element = canvas.tree.element("P", document.parent)
        with canvas.marked(element):
            canvas.text(lines, at, y, width, style)
        canvas.tree.seal(element)


def clause(controller: str, basis: str, questions: str) -> list[Rich]:
    """The plain-words information clause of the sheet for a project's controller."""
    first = [
        (_("Who collects them:"), f"{controller}."),
        (_("What for:"), _("to confirm that the meeting took place and to settle the project.")),
        (_("Legal basis:"), f"{basis}."),
        (_("Who will see them:"), _("the project office and the programme's inspectors.")),
        (_("For how long:"), _("as long as the funding agreement requires.")),
    ]
    rights = _("you may see your data, correct them, object, or complain to the data protection authority (UODO).")
    second: list[str | Run] = [bold(_("Your rights:")), f" {rights} "]
    if questions:
        second += [_("Questions:") + " ", Run(questions, link=f"mailto:{questions}"), ". "]
    second += [bold(_("A signature is no consent to photos.")), " "]
    second.append(_("We do not ask for PESEL, address or health. You cannot sign? Tell the leader."))
    opening: list[str | Run] = []
    for question, answer in first:
        opening += [bold(question), f" {answer} "]
    return [opening, second]
