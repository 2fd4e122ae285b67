"""The pictures of the manual: the real program over the invented workspace, in both languages, small files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from progressus_desktop.gui import pictures
from progressus_desktop.gui.main import Program
from progressus_desktop.words import LANGUAGES

_SIZE = (1280, 640)
_COLOURS = 96
_SECTIONS = {
    "event": {"event-basics": 0, "event-participants": 2, "event-topics": 3, "event-course": 4, "event-photos": 5},
    "partner": {"partner-log": 2},
}


def steps(program: Program, target: Path) -> Iterator[Path | None]:
    """Bring page after page into sight, in one language after the other."""
    for language in LANGUAGES:
        program.settings.change(theme="light", text_scale=100, language=language)
        program.window.resize(*_SIZE)
        yield None
        folder = target / language / "pictures"
        for name in _pages(program):
            yield folder / f"{name}.png" if name else None


def _pages(program: Program) -> Iterator[str]:
    session = program.session
    if session is None:
        return
    shell = session.shell
    for entity, sections in _SECTIONS.items():
        page: Any = shell.go(entity)
        page.stack.setCurrentWidget(page.list)
        chosen = pictures.first(program, entity, _full)
        page.list.show_at(chosen)
        yield f"{entity}s-list"
        page.open(chosen)
        for name, number in sections.items():
            page.form(entity).show_section(number)
            yield name
        page.stack.setCurrentWidget(page.list)
    page.staging().show_plan(pictures.old_table(session.ws))
    yield "partners-import"
    page.staging().go_back()
    for name, entity in (("clusters", "cluster"), ("tasks", "task"), ("reports", "reports"), ("settings", "settings")):
        shell.go(entity)
        yield ""  # lists and previews fill themselves a moment later
        yield name
    if shell.knows("packages"):
        shell.go("packages")
        yield "packages"
    shell.go("event")
    session.search.open("lip")
    yield "search"
    session.search.close_popup()


def _full(values: Any) -> bool:
    """A record that has something in most of its sections."""
    return bool(values.get("persons")) if "persons" in values else values.get("stage") == "declared"


def smaller(file: Path) -> None:
    """Fewer colours: a fifth of the size, nobody sees the difference."""
    from PIL import Image

    with Image.open(file) as picture:
        few = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(file, optimize=True)
