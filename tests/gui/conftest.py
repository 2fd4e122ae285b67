"""A real workspace with some 300 records, and a list page over it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from progressus_desktop.clock import FixedClock
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.bus import ChangeBus
from progressus_desktop.gui.context import Context, SettingsHub
from progressus_desktop.gui.jobs import Jobs
from progressus_desktop.gui.listpage import ListPage
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import records, workspaces
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import use_language

NOW = datetime.fromisoformat("2026-11-23T11:48:00+01:00")
PASSWORD = "lists of records"
EVENTS = 220
PLACES = ("Zmyślona", "Przykładów", "Lipniki Wzorcowe", "Łękinia", "Źródła")
NAMES = (
    ("OSP Lipniki Wzorcowe", "osp", "active"),
    ("KGW „Malwa”", "kgw", "active"),
    ("PUP Wzorów", "pup", "agreement"),
    ("Pieczarkarnia „Jutrzenka”", "employer", "declared"),
    ("Fundacja „Most nad Strugą”", "foundation", "identified"),
    ("Łąka i Las", "association", "talks"),
    ("Źrebię", "informal", "paused"),
)


class Said:
    """Keeps what a page said to the person."""

    def __init__(self) -> None:
        self.banners: list[tuple[str, str]] = []
        self.undo: list[str] = []
        self.spoken: list[str] = []

    def banner(self, kind: str, title: str, text: str = "", action: str = "", act: Any = None, key: str = "") -> None:
        self.banners.append((kind, title))

    def clear(self, key: str) -> None:
        self.banners.clear()

    def undo_bar(self, text: str) -> None:
        self.undo.append(text)

    def announce(self, text: str) -> None:
        self.spoken.append(text)

    def error(self, failure: ProgressusError) -> None:
        self.banners.append(("err", str(failure)))

    def saved(self, state: str, at: str = "") -> None:
        pass


def event_values(number: int, rnd: random.Random) -> dict[str, Any]:
    day = date(2026, 12, 10) - timedelta(days=number)
    return {
        "title": f"{rnd.choice(('Warsztat', 'Spotkanie', 'Żniwa'))} numer {number:03d}",
        "kind": "workshop" if number % 3 else "fair",
        "status": "held" if day < NOW.date() else "planned",
        "date": day.isoformat(),
        "place_name": "Świetlica" if number % 2 else "Remiza",
        "locality": PLACES[number % len(PLACES)],
        "participants": {"pwd": {"f": 2, "m": 1}},
        "course": "Rozmowa o pracy.",
        "topics": [{"topic": "T1" if number % 2 else "T2", "depth": "presented"}],
    }


def fill(ws: Workspace) -> None:
    rnd = random.Random(7)
    partners = records.add_many(
        ws,
        "partner",
        [
            {"name": name, "kind": kind, "locality": "Zmyślona", "relations": [{"stage": stage, "date": "2026-05-04"}]}
            for name, kind, stage in NAMES
        ],
        draft=True,
    )
    records.add_many(ws, "event", [event_values(number, rnd) for number in range(EVENTS)], draft=True)
    contacts = [
        {
            "date": day,
            "channel": "phone",
            "subject": f"rozmowa {n}",
            "partners": [partners[n % 4]],
            "result": "informed",
        }
        for n, day in enumerate(["2026-11-20", "2026-11-18", "2026-10-29", "2026-08-12"] * 15)
    ]
    records.add_many(ws, "interaction", contacts, draft=True)


def make(folder: Path) -> Workspace:
    project = {"name": "Progressus", "short_code": "PRG", "date_from": "2026-01-01", "date_to": "2027-12-31"}
    return workspaces.create(
        folder,
        PASSWORD,
        FixedClock(NOW),
        role="tester",
        project=project | {"leader_name": "Lider"},
        org="Stowarzyszenie Zmyślone",
        user="Anna Przykładowa",
    )


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty and a filled workspace, made once."""
    place = tmp_path_factory.mktemp("prepared")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROGRESSUS_HOME", str(tmp_path_factory.mktemp("home")))
        make(place / "empty").close()
        filled = make(place / "filled")
        fill(filled)
        filled.close()
    return place


def moved(prepared: Path, folder: Path) -> Workspace:
    """A prepared workspace as if it had been moved here: the same laptop goes on with it."""
    shutil.copytree(prepared, folder)
    ws = workspaces.open_(folder, FixedClock(NOW), password=PASSWORD)
    ws.keep_identity()
    return ws


@pytest.fixture
def empty_ws(prepared: Path, tmp_path: Path) -> Iterator[Workspace]:
    ws = moved(prepared / "empty", tmp_path / "empty")
    yield ws
    ws.close()


@pytest.fixture
def ws(prepared: Path, tmp_path: Path) -> Iterator[Workspace]:
    ws = moved(prepared / "filled", tmp_path / "ws")
    yield ws
    ws.close()


@pytest.fixture(scope="module")
def shared_ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Read only: shared by the tests of a module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROGRESSUS_HOME", str(tmp_path_factory.mktemp("home")))
        ws = make(tmp_path_factory.mktemp("shared") / "ws")
        fill(ws)
        yield ws
        ws.close()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    qapp.setStyle("Fusion")
    made = Theme(qapp)
    made.apply("light", 100)
    use_language("en")
    yield made
    use_language("pl")
    made.deleteLater()


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture
def context_of(theme: Theme, said: Said) -> Iterator[Callable[[Workspace], Context]]:
    made: list[Context] = []

    def build(ws: Workspace) -> Context:
        # the application owns it as in the program: a pool collected by Python pulls running jobs from under Qt
        context = Context(
            ws, ChangeBus(ws), Jobs(QApplication.instance()), theme, SettingsHub(), lambda *_where: None, said
        )
        made.append(context)
        return context

    yield build
    for window in QApplication.topLevelWidgets():
        window.close()
    for context in made:
        context.jobs.close()
        context.bus.close()
        context.jobs.deleteLater()


@pytest.fixture
def context(shared_ws: Workspace, context_of: Callable[[Workspace], Context]) -> Context:
    """Over the shared workspace; tests that write ask for ``own``."""
    return context_of(shared_ws)


@pytest.fixture
def own(ws: Workspace, context_of: Callable[[Workspace], Context]) -> Context:
    return context_of(ws)


def show(qtbot: QtBot, page: QWidget) -> None:
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()


def open_list(qtbot: QtBot, context: Context, entity: str = "event", width: int = 1366) -> ListPage:
    page = ListPage(context, entity)
    qtbot.addWidget(page)
    scale = context.theme.scale
    page.resize(width - (196 if width / scale >= 900 else 0), 626)
    page.relayout(round(width / scale))
    show(qtbot, page)
    page.first_focus().setFocus()
    return page


@pytest.fixture
def events(qtbot: QtBot, context: Context) -> ListPage:
    return open_list(qtbot, context)


@pytest.fixture
def own_events(qtbot: QtBot, own: Context) -> ListPage:
    return open_list(qtbot, own)


@pytest.fixture
def partners(qtbot: QtBot, context: Context) -> ListPage:
    return open_list(qtbot, context, "partner")
