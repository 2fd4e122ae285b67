"""Pictures of the program's pages, rendered without a display: for README, for looking at, for machines without one.

``python -m progressus_desktop.gui.pictures [--every|--manual] WORKSPACE TARGET`` opens the demo workspace and writes
PNG files: the main pages, with ``--every`` each page in three themes, two sizes, two text sizes and two languages,
with ``--manual`` those that the manual shows.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from progressus_desktop import clock
from progressus_desktop.gui.main import Program, application
from progressus_desktop.services import tables_in, workspaces
from progressus_desktop.services.demo import PASSWORD
from progressus_desktop.services.permission import OFFICE
from progressus_desktop.services.tables_in import Staging
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import LANGUAGES

if TYPE_CHECKING:
    from progressus_desktop.gui.session import Session

_SETTLE_MS = 400
_LAPTOP, _SMALL = (1366, 696), (1280, 640)
_LARGEST = 200
_COLOURS = 96
_MOMENTS = 12
"""How often lists and previews get the event loop to fill themselves before they are painted."""
_SHOWN = {
    "event": {"event-basics": 0, "event-participants": 2, "event-topics": 3, "event-course": 4, "event-photos": 5},
    "partner": {"partner-log": 2},
}
"""Pictures of the manual from forms: their names and the section that each shows."""

_MANUAL_PAGES = {
    "clusters": "cluster", "tasks": "task", "report-month": "monthly_report", "reports": "reports",
    "settings": "settings",
}  # fmt: skip
_MANUAL_OFFICE = {"office-overview": "overview", "office-review-report": "review", "office-packages": "packages"}
"""Pictures of the manual from whole pages: by name the page, and by page the name."""


@dataclass(frozen=True, slots=True)
class Look:
    """One way to show a page."""

    theme: str = "light"
    size: tuple[int, int] = _LAPTOP
    percent: int = 100
    language: str = "pl"

    @property
    def name(self) -> str:
        """Part of a file's name."""
        return f"{self.theme}-{self.size[0]}-{self.percent}-{self.language}"


def looks() -> Iterator[Look]:
    """Every way to show a page that the design asks for."""
    for theme in ("light", "dark", "contrast"):
        yield Look(theme=theme)
        yield Look(theme=theme, percent=_LARGEST)
    yield from (Look(size=_SMALL), Look(language="en"), Look(percent=_LARGEST, language="en"))


def _first(program: Program, entity: str, wanted: Callable[[Any], bool]) -> str:
    session = program.session
    if session is None:
        return ""
    rows = query.window(session.ws, entity, View(), 0, 60)
    return next((row.id for row in rows if wanted(row.values)), rows[0].id if rows else "")


def _old_table(ws: Workspace) -> Staging:
    """What an invented old table would change."""
    known = query.window(ws, "partner", View(), 0, 1)
    code, name = (known[0].values["code"], known[0].values["name"]) if known else ("", "")
    rows = (
        "Kod;Nazwa;Rodzaj;Miejscowość;Telefon",
        ";OSP Żabno;OSP;Żabno;94 374 11 11",
        f"{code};{name};;;94 374 22 22",
    )
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "partnerzy 2024.csv"
        file.write_text("\n".join(rows), encoding="cp1250")
        return tables_in.stage(ws, "partner", file)


def pages(program: Program) -> Iterator[str]:
    """Show one page after the other; gives the name of the one in sight."""
    session = program.session
    if session is None:
        return
    shell = session.shell
    for name in ("dashboard", "coverage"):
        shell.go(name)
        yield name
    for entity, section_count in (("event", 7), ("partner", 7)):
        page = shell.go(entity)
        page.stack.setCurrentWidget(page.list)
        yield f"{entity}s-list"
        if entity == "event":
            page.list.tabs.setCurrentIndex(1)
            page.first_focus().setFocus()
            yield "calendar"
            page.list.tabs.setCurrentIndex(0)
        chosen = _first(program, entity, lambda values: bool(values["errors"] or values.get("stage") == "declared"))
        page.open(chosen)
        for number in range(section_count):
            page.form(entity).show_section(number)
            name = page.form(entity).entity.sections[number].name
            yield f"{entity}-form-{number + 1}-{name}"
        page.form(entity).acts.history()
        yield f"{entity}-history"
        page.stack.setCurrentWidget(page.list)
    yield from _photos(shell.go("event"))
    page = shell.go("partner")
    page.staging().show_plan(_old_table(session.ws))
    yield "partners-import"
    page.staging().go_back()
    yield from _joint(program)
    yield from _named_list(program)
    yield from _reports(session)
    yield from _project(shell.go("project"))
    for name in ("reports", "exchange", "versions", "bin", "retention", "settings"):
        shell.go(name)
        yield name
    session.search.open("wars")
    yield "search"
    session.search.close_popup()


def _reports(session: Session) -> Iterator[str]:
    """The tester's report of the month, then what the office sees of all of them."""
    page = session.shell.go("monthly_report")
    page.stack.setCurrentWidget(page.list)
    yield "report-of-the-month"
    page.list.write()
    for number in (0, 2, 7, 9):
        page.form("monthly_report").show_section(number)
        yield f"report-form-{number + 1}"
    page.stack.setCurrentWidget(page.list)
    yield from _office(session)


def _office(session: Session) -> Iterator[str]:
    """What the office sees of the reports of all testers; then the tester works again."""
    shell, ws, tester = session.shell, session.ws, session.ws.person
    office = next((each.id for each in workspaces.people(ws) if each.role == OFFICE), "")
    if not office:
        return
    workspaces.work_as(ws, office)
    session.person_changed()
    for name in ("overview", "testers", "packages", "review"):
        shell.go(name)
        yield f"office-{name}"
    rows = query.window(ws, "monthly_report", View(where=(("state", "returned"),)), 0, 1)
    if rows:
        review = shell.page("review")
        review.open(rows[0].id)
        yield "office-review-report"
        review.board.close_review()
    workspaces.work_as(ws, tester)
    session.person_changed()


def _project(page: Any) -> Iterator[str]:
    """What everybody must know of the project, and the office's form of the marks."""
    page.stack.setCurrentWidget(page.list)
    yield "project"
    page.list.open_button.click()
    page.form("project").show_section(1)
    yield "project-form-2"
    page.stack.setCurrentWidget(page.list)


def _joint(program: Program) -> Iterator[str]:
    """Clusters, tasks, observations, indicators with the first record in each section; then rarely seen lists."""
    session = program.session
    if session is None:
        return
    for entity in ("cluster", "task", "observation", "indicator"):
        page = session.shell.go(entity)
        page.stack.setCurrentWidget(page.list)
        yield f"{entity}s"
        page.open(_first(program, entity, lambda _values: True))
        for number, section in enumerate(page.form(entity).entity.sections):
            page.form(entity).show_section(number)
            yield f"{entity}-form-{number + 1}-{section.name}"
        page.stack.setCurrentWidget(page.list)
    for entity in ("offer", "talking_point", "code_text"):
        page = session.shell.go(entity)
        page.stack.setCurrentWidget(page.list)
        yield f"{entity}s"


def _named_list(program: Program) -> Iterator[str]:
    """The event that has a named list: the numbers that follow from it, and the list."""
    session = program.session
    listed = _first(program, "participant", lambda _values: True)
    record = query.get(session.ws, "participant", listed) if session is not None and listed else None
    if session is None or record is None:
        return
    page = session.shell.go("event")
    page.open(str(record.fields["event"]))
    page.form("event").show_section(2)
    yield "event-form-listed"
    page.show_over("participant", "", {"event": record.fields["event"]})
    yield "named-list"
    page.stack.setCurrentWidget(page.list)


def _photos(page: Any) -> Iterator[str]:
    """Photos and consents: the tiles, an answer of somebody, the masks, one photo large."""
    page.show_photos()
    photos = page.photos()
    photos.tiles.setFocus()
    for card in photos.tiles.tiles.cards:
        if card.permission == "partial" and card.uncovered:
            photos.tiles.go_to(card.id)
    while photos.tiles.read_more():
        pass
    yield "photos"
    photos.add_consent()
    yield "photos-consent"
    photos.panel.show_photo()
    photos.mask_faces()
    yield "photos-masks"
    photos.show_large()
    yield "photos-large"
    photos.show_tiles()
    page.show_list()


def dress(program: Program, look: Look) -> None:
    """Show everything in this way from now on."""
    program.settings.change(theme=look.theme, text_scale=look.percent, language=look.language)
    program.window.resize(*look.size)


def _steps(program: Program, target: Path, *, every: bool) -> Iterator[Path | None]:
    """Bring page after page into sight; gives the file each is to be painted into, None where nothing is."""
    for look in looks() if every else (Look(),):
        dress(program, look)
        yield None
        for name in pages(program):
            yield from [None] * (_MOMENTS if name in {"report-of-the-month", "reports"} else 0)  # their pages are drawn
            yield target / (f"{name}-{look.name}.png" if every else f"{name}.png")
    if every:
        from progressus_desktop.gui import otherpictures

        yield from otherpictures.steps(program, target)


def _manual_steps(program: Program, target: Path) -> Iterator[Path | None]:
    """Bring page after page into sight, in one language after the other."""
    for language in LANGUAGES:
        program.settings.change(theme="light", text_scale=100, language=language)
        program.window.resize(*_SMALL)
        yield None
        folder = target / language / "pictures"
        for name in _manual_pages(program):
            yield folder / f"{name}.png" if name else None


def _manual_pages(program: Program) -> Iterator[str]:
    session = program.session
    if session is None:
        return
    shell = session.shell
    shell.go("dashboard")
    yield from [""] * _MOMENTS
    yield "dashboard"
    for entity, sections in _SHOWN.items():
        page: Any = shell.go(entity)
        page.stack.setCurrentWidget(page.list)
        chosen = _first(program, entity, _full)
        page.list.show_at(chosen)
        yield f"{entity}s-list"
        if entity == "event":
            page.list.tabs.setCurrentIndex(1)
            page.first_focus().setFocus()
            yield "calendar"
            page.list.tabs.setCurrentIndex(0)
        page.open(chosen)
        for name, number in sections.items():
            page.form(entity).show_section(number)
            yield name
        page.stack.setCurrentWidget(page.list)
    page.staging().show_plan(_old_table(session.ws))
    yield "partners-import"
    page.staging().go_back()
    page = shell.go("event")
    yield next(_photos(page))
    page.show_list()
    for name, entity in _MANUAL_PAGES.items():
        shell.go(entity)
        yield from [""] * _MOMENTS
        yield name
    for name in _office(session):
        yield from [""] * _MOMENTS
        yield _MANUAL_OFFICE.get(name, "")
    shell.go("event")
    session.search.open("lip")
    yield "search"
    session.search.close_popup()


def _full(values: Any) -> bool:
    """A record that has something in most of its sections."""
    return bool(values.get("persons")) if "persons" in values else values.get("stage") == "declared"


def _smaller(file: Path) -> None:
    """Fewer colours: a fifth of the size, nobody sees the difference."""
    from PIL import Image

    with Image.open(file) as picture:
        few = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


Steps = Callable[[Program], Iterator[Path | None]]


def write(workspace: Path, making: Steps, finish: Callable[[Path], None] = lambda _file: None) -> list[Path]:
    """Paint the window into each file that ``making`` gives, let ``finish`` work on it; gives the files."""
    app = application(sys.argv[:1])
    program = Program(app, clock.from_environment())
    program.settings.change(theme="light", text_scale=100, language="pl")
    program.window.resize(*_LAPTOP)
    program.window.show()
    program.enter(workspaces.open_(workspace, program.clock, password=PASSWORD))
    made: list[Path] = []
    steps = making(program)

    def paint(file: Path) -> None:
        if program.jobs.running():  # what the page reads beside the window is not there yet
            QTimer.singleShot(_SETTLE_MS, lambda: paint(file))
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        program.window.grab().save(str(file))
        finish(file)
        made.append(file)
        step()

    def step() -> None:
        # each page has the event loop to itself for a moment: lists fill, photos load, rings move
        try:
            file = next(steps)
        except StopIteration:
            app.quit()
            return
        QTimer.singleShot(_SETTLE_MS, step if file is None else lambda: paint(file))

    QTimer.singleShot(_SETTLE_MS, step)
    app.exec()
    program.leave(lock=False)
    program.jobs.close()
    return made


def main() -> int:
    """Read the arguments and write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--every", action="store_true")
    which.add_argument("--manual", action="store_true")
    parser.add_argument("workspace", type=Path)
    parser.add_argument("target", type=Path)
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        # the pictures change looks and language; the person's own settings stay as they are
        os.environ["PROGRESSUS_HOME"] = home
        if given.manual:
            made = write(given.workspace, lambda program: _manual_steps(program, given.target), _smaller)
        else:
            made = write(given.workspace, lambda program: _steps(program, given.target, every=given.every))
        for file in made:
            print(f"  {file}")  # noqa: T201 - a command of the Makefile
    return 0


if __name__ == "__main__":
    sys.exit(main())
